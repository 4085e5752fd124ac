"""Titles: lines as the author broke them, or broken at phrases and in balance, in the middle of as many rows as lines.

GB/T 9704-2012, 7.3.1: centred, broken at word boundaries, lines of unlike lengths (梯形 or 菱形).
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from converters.diagnostics import Span
from converters.model import inlines as i
from converters.theme.schema import TextStyle
from converters.typeset import Rules, SetLine, set_paragraph
from converters.typeset.characters import CLOSING, OPENING

from .flatten import Flat
from .items import Box, Noted, Rows
from .phrases import boundaries
from .result import Element, Passage

if TYPE_CHECKING:
    from .blocks import Setter

_BLANK_KEPT = 0.25
"""Outer blank of brackets and quotes in a title, in em (targets): half of what they have in text."""
_MOST_LINES = 8
"""A title of more lines than this is text: it may part at the foot of a page."""
_MOST_BALANCED = 200
"""A title of more characters than this is not weighed phrase by phrase."""
_PHRASE_WEIGHT = 0.3
_EVEN_WEIGHT = 0.015
_COLON_WEIGHT = 0.12
"""Cost of a ： inside a line: what stands before it wants a line of its own."""
_LINE_WEIGHT = 0.06
"""Cost of a line more than there must be."""
_GOOD_ENOUGH = 0.12
"""A division that costs less is taken without looking at others."""
_EVEN = 1.0


def title(
    setter: Setter, lines: Sequence[tuple[i.Inline, ...]], style: TextStyle, element: Element, span: Span | None
) -> tuple[Rows | Box, list[str]]:
    """A title as an item, and its lines as they were broken (for the contents)."""
    shop = setter.shop
    inlines: list[i.Inline] = []
    for line in lines:
        if inlines:
            inlines.append(i.LineBreak())
        inlines += line
    measure = setter.measure
    flat = shop.flatten(style, inlines, element)
    rules = shop.rules(flat.case)
    passage = Passage(flat.text, (), flat.case.main, flat.case.em, element)
    passage.runs, passage.marks = flat.runs, flat.marks
    passage.insets = flat.insets or None
    passage.widths = flat.widths or flat.case.widths
    passage.align, passage.measure = style.align, measure
    passage.pitch = style.leading or shop.pitch
    if flat.missing:
        shop.report_missing(flat.missing, inlines, span)
    passage.lines = [_tightened(passage, line) for line in _lines(flat, measure / passage.em, rules, shop.lang)]
    if any(line.overfull for line in passage.lines):
        shop.warn_overfull(passage, span)
    texts = [passage.text[line.start : line.end] for line in passage.lines]
    return _item(setter, passage, style, setter.notes_of(flat, passage)), texts


def _item(setter: Setter, passage: Passage, style: TextStyle, noted: Sequence[Noted]) -> Rows | Box:
    pitch = setter.shop.pitch
    if len(passage.lines) > _MOST_LINES:
        return Rows(passage, 0.0, style.before_rows * pitch, style.after_rows * pitch, on_grid=True, notes=noted)
    box = setter.text_box(passage, style)
    box.keep = True
    box.notes = [Noted(0, note.passages) for note in noted]
    return box


def _lines(flat: Flat, measure: float, rules: Rules, lang: str) -> list[SetLine]:
    """The lines of a title; each of the author's own is broken further only where it does not fit."""
    lines: list[SetLine] = []
    start = 0
    for part in flat.text.split("\n"):
        end = start + len(part)
        for first, last in _parts(flat, start, end, measure, lang):
            text = flat.text[first:last]
            if flat.widths is None and last - first <= measure and min(text) >= "一" and max(text) <= "鿿":
                # Hanzi alone, one em each: a line that fits needs no line breaker.
                lines.append(SetLine(first, last, (), 0.0, float(last - first)))
                continue
            widths = flat.widths[first:last] if flat.widths is not None else None
            for line in set_paragraph(text, measure, rules=rules, widths=widths, justify=False):
                shifts = tuple((place + first, shift) for place, shift in line.shifts)
                lines.append(line._replace(start=line.start + first, end=line.end + first, shifts=shifts))
        start = end + 1
    return lines


def _parts(flat: Flat, start: int, end: int, measure: float, lang: str) -> list[tuple[int, int]]:
    """A line of the author's, cut at phrases so that its lines are balanced; () for an empty one."""
    text = flat.text[start:end]
    if flat.widths is not None:
        widths: Sequence[float] = flat.widths[start:end]
    else:
        widths = [flat.case.widths[character] for character in text]
    whole = sum(widths)
    if whole <= measure or len(text) > _MOST_BALANCED:
        return [(start, end)] if text else []
    ends = _balanced(text, widths, measure, lang)
    starts = [0, *ends[:-1]]
    return [(start + first, start + last) for first, last in zip(starts, ends, strict=True)]


def _balanced(text: str, widths: Sequence[float], measure: float, lang: str) -> list[int]:
    """Ends of the lines that cost least: near the mean width, at strong boundaries, not of equal lengths."""
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + width)
    least = math.ceil(edges[-1] / measure)
    first, last = 1, len(text)
    if least == 2:
        # Of two lines neither may be longer than the measure: only the places between are looked at.
        first = bisect_left(edges, edges[-1] - measure)
        last = bisect_right(edges, measure) - 1
    places = boundaries(text, lang, first, last)
    places[len(text)] = 1.0
    found = _least_cost(text, sorted(places), places, edges, measure, least)
    if found is None or found[0] > _GOOD_ENOUGH:
        places = boundaries(text, lang)
        places[len(text)] = 1.0
        ordered = sorted(places)
        for count in range(least, least + 3):
            other = _least_cost(text, ordered, places, edges, measure, count)
            if other is not None:
                cost = other[0] + _LINE_WEIGHT * (count - least)
                if found is None or cost < found[0]:
                    found = (cost, other[1])
    # Where nothing fits at phrases (one endless word) the line breaker does what it can.
    return found[1] if found is not None else [len(text)]


def _least_cost(
    text: str, ordered: Sequence[int], places: dict[int, float], edges: Sequence[float], measure: float, count: int
) -> tuple[float, list[int]] | None:
    """The cheapest division into `count` lines and its cost, None where there is none."""
    mean = edges[-1] / count
    states: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for number in range(1, count + 1):
        following: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, ends) in states.items():
            for place in ordered:
                width = edges[place] - edges[start]
                if place <= start:
                    continue
                if width > measure:
                    break
                if (place == ordered[-1]) != (number == count):
                    continue
                own = ((width - mean) / measure) ** 2 + _PHRASE_WEIGHT * (1 - places[place])
                if "：" in text[start : place - 1]:
                    own += _COLON_WEIGHT
                if ends:
                    before = edges[start] - (edges[ends[-2]] if len(ends) > 1 else 0.0)
                    own += _EVEN_WEIGHT if abs(width - before) <= _EVEN else 0.0
                known = following.get(place)
                if known is None or cost + own < known[0]:
                    following[place] = (cost + own, [*ends, place])
        states = following
    return states.get(ordered[-1])


def _tightened(passage: Passage, line: SetLine) -> SetLine:
    """A line whose inner brackets and quotes keep only a part of their outer blank."""
    shifts = dict(line.shifts)
    text = passage.text
    taken = 0.0
    for index in range(line.start, line.end):
        character = text[index]
        if character in OPENING and index > line.start and index not in shifts:
            shifts[index] = -_BLANK_KEPT
            taken += _BLANK_KEPT
        elif character in CLOSING and index + 1 < line.end and index + 1 not in shifts:
            shifts[index + 1] = -_BLANK_KEPT
            taken += _BLANK_KEPT
    if not taken:
        return line
    return line._replace(shifts=tuple(sorted(shifts.items())), width=line.width - taken)
