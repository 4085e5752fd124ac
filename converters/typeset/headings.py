"""Headings: lines of one sense, balanced, 梯形 or 菱形 (GB/T 9704-2012, 7.3.1; clreq).

A heading that fits is left alone. One that does not is divided at marks and between phrases, so that its lines are
of like length, yet not of the same.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from converters.model.patterns import compiled

from .characters import nominal_width
from .measuring import Copy
from .phrases import boundaries
from .rules import Rules
from .setting import set_paragraph

_SPACE = r"(?<=[\u2e80-\uffef])[ \u3000]+(?=[\u2e80-\uffef])"
_MOST_BALANCED = 200
"""A line of more characters than this is not weighed phrase by phrase."""
_PHRASE_WEIGHT = 0.3
_EVEN_WEIGHT = 0.015
_COLON_WEIGHT = 0.12
"""Cost of a ： inside a line: what stands before it wants a line of its own."""
_SPACE_WEIGHT = 0.08
"""The same of a space between hanzi: the author has parted there."""
_LINE_WEIGHT = 0.06
"""Cost of a line more than there must be."""
_SHORT_WEIGHT = 1.0
"""Cost of a last line of one or two hanzi."""
_SHORT = 2.5
_GOOD_ENOUGH = 0.12
"""A division that costs less is taken without looking at others."""
_EVEN = 1.0
_HAIR = 1e-6
_FULL_RATIO = 0.9
"""One of several lines of the author's that is fuller than this parts after its ：, so that no line stands out."""


class _Heading(NamedTuple):
    """A line of the author's: its text, where each character begins and the last one ends, in em, and the measure."""

    text: str
    edges: Sequence[float]
    measure: float
    lang: str


def balance(
    text: str, measure: float, *, rules: Rules | None = None, widths: Sequence[float] | None = None
) -> list[tuple[int, int]]:
    """Start and end of each line of a heading set to `measure` em; spaces at a break are left out.

    A line feed in the text is the author's own break and always kept. `widths` as in `set_paragraph`.
    """
    rules = rules or Rules()
    if widths is None:
        widths = [rules.widths.get(character, nominal_width(character)) for character in text]
    lines: list[tuple[int, int]] = []
    for start, end in divide(Copy(text, rules, widths), measure):
        if sum(widths[start:end]) <= measure:
            lines.append(_trimmed(text, start, end))
            continue
        # Where nothing fits at phrases (one endless word) the line breaker does what it can.
        found = set_paragraph(text[start:end], measure, rules=rules, widths=widths[start:end], justify=False)
        lines.extend((start + line.start, start + line.end) for line in found)
    return lines


def balance_lines(title_lines: Sequence[str], measure: float, *, rules: Rules | None = None) -> list[str]:
    """The lines of a heading whose author broke it into `title_lines`."""
    text = "\n".join(title_lines)
    return [text[start:end] for start, end in balance(text, measure, rules=rules)]


def divide(copy: Copy, measure: float) -> list[tuple[int, int]]:
    """Start and end of the parts of a heading that its author, or its phrases, part; () for an empty one.

    `copy` has the widths of all its characters. A part without a place to be parted at may be wider than the measure.
    """
    text, widths = copy.text, copy.widths
    assert widths is not None
    parts: list[tuple[int, int]] = []
    start = 0
    lines = text.split("\n")
    for line in lines:
        end = start + len(line)
        whole = sum(widths[start:end])
        ends = [len(line)] if line else []
        if len(line) <= _MOST_BALANCED:
            if whole > measure:
                ends = _balanced(_heading(copy, start, end, measure))
            elif len(lines) > 1 and "：" in line[:-1] and whole > _FULL_RATIO * measure:
                ends = _parted_at_colon(_heading(copy, start, end, measure))
        begin = 0
        for place in ends:
            parts.append((start + begin, start + place))
            begin = place
        start = end + 1
    return parts


def _heading(copy: Copy, start: int, end: int, measure: float) -> _Heading:
    assert copy.widths is not None
    edges = [0.0]
    for width in copy.widths[start:end]:
        edges.append(edges[-1] + width)
    return _Heading(copy.text[start:end], edges, measure, copy.rules.lang)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] in " \t\u200b":
        end -= 1
    return start, end


def _parted_at_colon(heading: _Heading) -> list[int]:
    """The ends of two lines, the first with what stands before the ：, where they are of like length."""
    text = heading.text
    places: dict[int, float] = {}
    # A line with a ： inside costs as much as is good enough, so no other place can be better.
    for place, character in enumerate(text[:-1], 1):
        if character == "：":
            places |= boundaries(text, heading.lang, place, place)
    found = _least_cost(heading, places, 2)
    return found[1] if found is not None and found[0] <= _GOOD_ENOUGH else [len(text)]


def _balanced(heading: _Heading) -> list[int]:
    """Ends of the lines that cost least: near the mean width, at strong boundaries, not of equal lengths."""
    text, edges, measure, lang = heading
    least = math.ceil(edges[-1] / measure)
    first, last = 1, len(text)
    if least == 2:
        # Of two lines neither may be longer than the measure: only the places between are looked at.
        first = bisect_left(edges, edges[-1] - measure)
        last = bisect_right(edges, measure) - 1
    found = _least_cost(heading, boundaries(text, lang, first, last), least)
    if found is None or found[0] > _GOOD_ENOUGH:
        places = boundaries(text, lang)
        for count in range(least, least + 3):
            other = _least_cost(heading, places, count)
            if other is not None:
                cost = other[0] + _LINE_WEIGHT * (count - least)
                if found is None or cost < found[0]:
                    found = (cost, other[1])
    return found[1] if found is not None else [len(text)]


def _least_cost(heading: _Heading, places: dict[int, float], count: int) -> tuple[float, list[int]] | None:
    """The cheapest division into `count` lines and its cost, None where there is none."""
    text, edges, measure, _ = heading
    size = len(text)
    places[size] = 1.0
    ordered = sorted(places)
    mean = edges[-1] / count
    has_colon = "：" in text
    has_space = compiled(_SPACE).search(text) is not None
    states: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for number in range(1, count + 1):
        following: dict[int, tuple[float, list[int]]] = {}
        # Only the last line ends with the text; no line before it may leave more than the others can hold.
        ends_now = ordered[:-1] if number < count else ordered[-1:]
        first = bisect_left(edges, edges[-1] - (count - number) * measure - _HAIR)
        ends_now = ends_now[bisect_left(ends_now, first) :]
        for start, (cost, ends) in states.items():
            for place in ends_now:
                width = edges[place] - edges[start]
                if place <= start:
                    continue
                if width > measure:
                    break
                own = ((width - mean) / measure) ** 2 + _PHRASE_WEIGHT * (1 - places[place])
                if has_colon and "：" in text[start : place - 1]:
                    own += _COLON_WEIGHT
                if has_space and len(compiled(_SPACE).findall(text, start, place - 1)) > 0:
                    own += _SPACE_WEIGHT
                if place == size and width < _SHORT:
                    own += _SHORT_WEIGHT
                if ends:
                    before = edges[start] - (edges[ends[-2]] if len(ends) > 1 else 0.0)
                    own += _EVEN_WEIGHT if abs(width - before) <= _EVEN else 0.0
                known = following.get(place)
                if known is None or cost + own < known[0]:
                    following[place] = (cost + own, [*ends, place])
        states = following
    return states.get(size)
