"""Titles: lines as the author broke them, or broken in balance, in the middle of as many rows as there are lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from converters.diagnostics import Span
from converters.model import inlines as i
from converters.theme.schema import TextStyle
from converters.typeset import SetLine
from converters.typeset.characters import CLOSING, OPENING

from .paging import Box, Item, Noted, Rows
from .result import Element, Passage

if TYPE_CHECKING:
    from .blocks import Setter

_BLANK_KEPT = 0.25
"""Outer blank of brackets and quotes in a title, in em (targets): half of what they have in text."""
_MOST_LINES = 8
"""A title of more lines than this is text: it may part at the foot of a page."""


def title(
    setter: Setter, lines: Sequence[tuple[i.Inline, ...]], style: TextStyle, element: Element, span: Span | None
) -> tuple[list[Item], list[str]]:
    """The items of a title and its lines as they were broken (for the contents)."""
    shop = setter.shop
    inlines: list[i.Inline] = []
    for line in lines:
        if inlines:
            inlines.append(i.LineBreak())
        inlines += line
    measure = setter.measure
    flat = shop.flatten(style, inlines, element)
    passage, noted = setter.set_flat(flat, style, measure, element, inlines=inlines, span=span)
    passage.lines = [_tightened(passage, line) for line in passage.lines]
    texts = [passage.text[line.start : line.end] for line in passage.lines]
    return _items(setter, passage, style, noted), texts


def _items(setter: Setter, passage: Passage, style: TextStyle, noted: Sequence[Noted]) -> list[Item]:
    pitch = setter.shop.pitch
    if len(passage.lines) > _MOST_LINES:
        return [
            Rows(passage, 0.0, style.before_rows * pitch, style.after_rows * pitch, on_grid=True, notes=noted)
        ]
    box: Box = setter.text_box(passage, style)
    box.keep = True
    box.notes = [Noted(0, note.passages) for note in noted]
    return [box]


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
