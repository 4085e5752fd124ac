"""Titles: lines as the author broke them, or broken at phrases and in balance, in the middle of as many rows as lines.

GB/T 9704-2012, 7.3.1: centred, broken at word boundaries, lines of unlike lengths (梯形 or 菱形).
"""

from __future__ import annotations

from collections.abc import Sequence

from converters.diagnostics import Span
from converters.model import inlines as i
from converters.model import walk
from converters.model.patterns import compiled
from converters.theme.schema import Align, TextStyle
from converters.typeset import Lines, Rules, SetLine
from converters.typeset.characters import CLOSING, OPENING

from .balance import phrase_lines
from .compositor import Compositor, Manner
from .flatten import Flat
from .items import Box, Noted, Rows
from .result import Element, MarkKind, Passage, RubyBox
from .setter import Setter

_BLANK_KEPT = 0.25
"""Outer blank of brackets and quotes in a title, in em (targets): half of what they have in text."""
_MARKS = f"[{OPENING}{CLOSING}]"
_WHOLE_WORDS = Manner(hyphenate=False)
"""No word of a title is divided."""
_MOST_LINES = 8
"""A title of more lines than this is text: it may part at the foot of a page."""


def title(
    setter: Setter, lines: Sequence[tuple[i.Inline, ...]], style: TextStyle, element: Element, span: Span | None
) -> tuple[Rows | Box, list[str]]:
    """A title as an item, and its lines as they were broken (for the contents)."""
    shop = setter.shop
    left = _left(setter, style)
    measure = setter.measure - left
    flat = _plain(shop, lines, style)
    if flat is None:
        inlines: list[i.Inline] = []
        for line in lines:
            if inlines:
                inlines.append(i.LineBreak())
            inlines += line
        flat = shop.flatten(style, inlines, element)
        if flat.missing:
            shop.report_missing(flat.missing, inlines, span)
        shop.report_coded(set(flat.text), Manner(span=span, inlines=inlines))
    passage = Passage(flat.text, Lines(), flat.case.main, flat.case.em, element)
    passage.runs, passage.marks = flat.runs, flat.marks
    passage.insets = flat.insets or None
    passage.widths = flat.widths or flat.case.widths
    passage.align, passage.measure = style.align, measure
    passage.pitch = style.leading or shop.pitch
    ready = None if flat.widths else shop.ready_lines(flat.case, flat.text)
    passage.lines = ready or _set(flat, measure / passage.em, shop.rules(flat.case, _WHOLE_WORDS))
    shop.warn_overfull(passage, span)
    texts = [_written(shop, passage, line) for line in passage.lines.special.values()]
    shop.arrange(passage)
    return _item(setter, passage, (style, left), setter.notes_of(flat, passage)), texts


def title_lines(setter: Setter, text: str, style: TextStyle) -> Lines:
    """The lines of a title that holds nothing but text."""
    case = setter.shop.typecase(style)
    measure = setter.measure - _left(setter, style)
    return _set(Flat(case, text), measure / case.em, setter.shop.rules(case, _WHOLE_WORDS))


def title_text(lines: Sequence[tuple[i.Inline, ...]]) -> str | None:
    """The author's lines of a title as one text, None where they hold more than text."""
    texts = [text for line in lines if (text := walk.text_alone(line)) is not None]
    return "\n".join(texts) if len(texts) == len(lines) else None


def _left(setter: Setter, style: TextStyle) -> float:
    """How far in a title stands: one that is not centred may be set in."""
    return min(style.left_em * setter.shop.em(style), setter.measure / 2) if style.align is Align.LEFT else 0.0


def _set(flat: Flat, measure: float, rules: Rules) -> Lines:
    return Lines.of([_tightened(flat.text, line) for line in phrase_lines(flat, measure, rules)])


def _written(shop: Compositor, passage: Passage, line: SetLine) -> str:
    """What a line says, readings, pictures and the marks of notes in it left out."""
    calls = [mark for mark in passage.marks if mark.kind is MarkKind.CALL]
    if not passage.insets and not calls:
        return shop.clusters.written(passage.text[line.start : line.end])
    parts = list(passage.text[line.start : line.end])
    for mark in calls:
        for index in range(max(mark.start, line.start), min(mark.end, line.end)):
            parts[index - line.start] = ""
    for index, inset in (passage.insets or {}).items():
        if line.start <= index < line.end:
            parts[index - line.start] = inset.base.text if isinstance(inset, RubyBox) else ""
    return shop.clusters.written("".join(parts))


def _plain(shop: Compositor, lines: Sequence[tuple[i.Inline, ...]], style: TextStyle) -> Flat | None:
    """The lines as they are where they hold known characters and nothing else; None for the Flattener to do."""
    text, case = title_text(lines), shop.typecase(style)
    return Flat(case, text, runs=case.runs(text)) if text is not None and case.knows(text) else None


def _item(setter: Setter, passage: Passage, manner: tuple[TextStyle, float], noted: Sequence[Noted]) -> Rows | Box:
    style, left = manner
    pitch = setter.shop.pitch
    if len(passage.lines) > _MOST_LINES:
        return Rows(passage, left, style.before_rows * pitch, style.after_rows * pitch, on_grid=True, notes=noted)
    box = setter.text_box(passage, style, left)
    box.keep = True
    box.notes = [Noted(0, note.passages) for note in noted]
    return box


def _tightened(text: str, line: SetLine) -> SetLine:
    """A line whose inner brackets and quotes keep only a part of their outer blank."""
    marks = list(compiled(_MARKS).finditer(text, line.start, line.end))
    if not marks:
        return line
    shifts = dict(line.shifts)
    taken = 0.0
    for match in marks:
        index = match.start()
        place = index if text[index] in OPENING else index + 1
        if line.start < place < line.end and place not in shifts:
            shifts[place] = -_BLANK_KEPT
            taken += _BLANK_KEPT
    if not taken:
        return line
    return line._replace(shifts=tuple(sorted(shifts.items())), width=line.width - taken)
