"""Texts in their styles → items of the flow, with the notes that they call."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from converters.diagnostics import Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model import walk
from converters.records import dataclass
from converters.theme.schema import Align, TextStyle
from converters.typeset import LONGEST_RUNT

from .compositor import MOST_STICKS, Compositor, Manner
from .flatten import Flat, Flattener
from .items import Box, Item, Noted, PageEnd, Rows
from .result import Element, Passage, Piece
from .stick import Ready, Stick

_OVERHANG = 1.25
"""A title's lines may be this much farther apart than rows (34 pt on 28.99) and still take one row each (targets)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where blocks stand: `left` and `right` of the type area taken away, the element they hang in, the style of
    their paragraphs."""

    parent: Element
    left: float = 0.0
    right: float = 0.0
    body: TextStyle | None = None


class Setter:
    """Sets texts in their styles, with their notes, one after the other; knows how deep the headings have gone."""

    def __init__(self, shop: Compositor) -> None:
        self.shop = shop
        self.styles = shop.theme.styles
        self.measure = shop.theme.page.column_width
        self.top_level = 1
        self.level = 0
        self.attending = False
        self.source_style = replace(self.styles.source, indent_em=0.0)
        self.ahead: Callable[[object], Ready | None] = lambda _: None
        """Asked for the lines of a title or paragraph that were made ahead (see ahead.py)."""
        self.cell_styles: dict[tuple[bool, float, Align | None], TextStyle] = {}
        """The styles of cells: of the head or not, at which part of their size, ranged how (table_columns.py)."""
        self._sticks: dict[tuple[int, float, float, float], Stick] = {}

    @contextmanager
    def across(self, measure: float = 0.0) -> Iterator[None]:
        """Meanwhile set to the whole type area, across its columns, or to another measure."""
        measure, self.measure = self.measure, measure or self.shop.theme.page.measure
        try:
            yield
        finally:
            self.measure = measure

    @property
    def is_narrow(self) -> bool:
        """Whether text is set to a column of several."""
        return self.measure < self.shop.theme.page.measure - 0.01

    def wide(self, items: list[Item]) -> list[Item]:
        """Items that stand across the columns."""
        for item in items:
            if not isinstance(item, PageEnd):
                item.wide = True
        return items

    # -- plain text

    def rows(
        self,
        inlines: Sequence[i.Inline],
        style: TextStyle,
        place: Place,
        span: Span | None = None,
        element: Element | None = None,
    ) -> Rows:
        """One passage in its style as an item; without an `element` it is a paragraph of its place."""
        shop = self.shop
        element = element or Element("P", place.parent)
        stick = self._stick(style, place)
        text = walk.text_alone(inlines)
        if text is not None and stick.case.knows(text):
            return self.item(shop.fill(stick, text, element), style, stick.left, (), span)
        notes: Sequence[Noted] = ()
        manner = Manner(stick.indent, span=span, inlines=inlines)
        if text is not None:
            passage = shop.set_text(text, style, stick.measure, element, manner)
        else:
            flat = shop.flatten(style, inlines, element)
            passage, notes = self.set_flat(flat, style, stick.measure, element, manner)
        return self.item(passage, style, stick.left, notes, span)

    def body_stick(self) -> Stick:
        """The stick of the paragraphs of an article."""
        return self._stick(self.styles.body, Place(Element("P")))

    def _stick(self, style: TextStyle, place: Place) -> Stick:
        """The stick of a style at a place; made once for all paragraphs that stand there."""
        key = (id(style), place.left, place.right, self.measure)
        found = self._sticks.get(key)
        if found is None:
            if len(self._sticks) >= MOST_STICKS:
                self._sticks.clear()
            em = self.shop.em(style)
            left = place.left + style.left_em * em
            measure = max(self.measure - left - place.right - style.right_em * em, em)
            indent = min(style.indent_em * em, measure / 2)
            found = self._sticks[key] = self.shop.stick(style, measure, Manner(indent), left)
        return found

    def item(self, passage: Passage, style: TextStyle, left: float, notes: Sequence[Noted], span: Span | None) -> Rows:
        """A passage as an item in its style; says so where a line of it does not fit."""
        pitch = self.shop.pitch
        if passage.lines.special:
            self.shop.warn_overfull(passage, span)
        starts = passage.lines.starts
        if len(starts) > 2 and starts[-1] - starts[-2] <= LONGEST_RUNT:
            self.shop.note_runt(passage, span)
        on_grid = abs(passage.pitch - pitch) < 0.01
        return Rows(
            passage, left, style.before_rows * pitch, style.after_rows * pitch, style.keep_with_next,
            on_grid=on_grid, notes=notes, widows=style.widows, orphans=style.orphans,
        )  # fmt: skip

    def set_flat(
        self,
        flat: Flat,
        style: TextStyle,
        measure: float,
        element: Element | None,
        manner: Manner,
    ) -> tuple[Passage, list[Noted]]:
        """Set a flat text and the notes that it calls."""
        passage = self.shop.set_flat(flat, style, measure, element, manner)
        return passage, self.notes_of(flat, passage)

    def notes_of(self, flat: Flat, passage: Passage) -> list[Noted]:
        """The notes of a flat text, by the line that calls each."""
        noted: list[Noted] = []
        for call in flat.calls:
            line = 0
            while line + 1 < len(passage.lines) and passage.lines[line + 1].start <= call.index:
                line += 1
            noted.append(Noted(line, self._note(call.mark, call.note, call.reference)))
        return noted

    def _note(self, mark: str, note: i.Note, reference: Element) -> tuple[Passage, ...]:
        """A note's text in the style of notes, its mark before the first paragraph."""
        shop, style = self.shop, self.styles.note
        em = shop.em(style)
        measure = shop.theme.page.column_width
        element = Element("Note", reference.parent, inline=True, content="Note")
        element.after = reference
        label = Element("Lbl", element)
        passages: list[Passage] = []
        for line in _lines_of(note.blocks):
            paragraph = Element("P", element, content="Note")
            setter = Flattener(shop, style, paragraph)
            if not passages:
                setter.add_label(mark, label)
                setter.add((i.Text(" "),))
            setter.add(line)
            flat = setter.finish()
            manner = Manner(min(2 * em, measure / 2), inlines=line)
            passage = shop.set_flat(flat, style, measure, paragraph, manner)
            passages.append(passage)
            for inner in self.notes_of(flat, passage):
                passages.extend(inner.passages)
        return tuple(passages)

    def spaced(self, items: list[Item], style: TextStyle) -> list[Item]:
        """Items with the blanks of a style before the first and after the last."""
        pitch = self.shop.pitch
        if items and not isinstance(items[0], PageEnd):
            items[0].before = max(items[0].before, style.before_rows * pitch)
        if items and not isinstance(items[-1], PageEnd):
            items[-1].after = max(items[-1].after, style.after_rows * pitch)
        return items

    def title_tag(self, level: int) -> str:
        """The tag of a column or an article's title, and the depth that headings go on from."""
        self.level = level
        return f"H{level}"

    def text_box(self, passage: Passage, style: TextStyle, left: float = 0.0) -> Box:
        """A passage of its own pitch in the middle of as many rows as it has lines, of more where rows are narrow."""
        pitch = self.shop.pitch
        count = len(passage.lines)
        rows = count if passage.pitch <= pitch * _OVERHANG else math.ceil(passage.height / pitch)
        top = (rows * pitch - passage.height) / 2
        return Box(
            rows * pitch, (Piece(passage, 0, count, left, top),), style.before_rows * pitch,
            style.after_rows * pitch, style.keep_with_next, on_grid=True,
        )  # fmt: skip


def _lines_of(blocks: tuple[b.Block, ...]) -> Iterable[tuple[i.Inline, ...]]:
    """Every line of inlines in blocks, for where there is no room for more than lines (notes)."""
    for block in walk.blocks_within(blocks):
        if isinstance(block, b.CodeBlock):
            yield (i.Text(block.text, block.start),)
        elif isinstance(block, b.Paragraph) and block.run_in:
            yield block.run_in + block.inlines
        else:
            for line in walk.inlines_of(block):
                if line:
                    yield line
