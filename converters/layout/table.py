"""Tables: widths from the contents, spans, a head that is repeated, rows that part where a page ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import field, replace

from converters.diagnostics import Severity
from converters.model import blocks as b
from converters.model import walk
from converters.records import dataclass
from converters.theme.schema import TextStyle
from converters.typeset import Lines

from .compositor import Manner, align_of
from .items import Box, Item, Noted, TableRows
from .result import Bar, Element, Passage, Piece, Placed
from .setter import Place, Setter
from .table_columns import Extents, TableColumns

_PAD_Y = 2.5
_RULE = 0.5
_BLACK = "#000000"
_LEAST_UPRIGHT = 0.75
"""A table that would be set smaller than 小五 (9 pt of 12) is turned, where it is larger so."""
_FEWEST_TURNED = 4
_CAPTION_GAP = 4.0


@dataclass(slots=True, eq=False, repr=False)
class _Cell:
    """A cell at its place in the grid; `lines` of its passage from `first` on are still to be set."""

    passage: Passage
    row: int
    column: int
    rows: int
    columns: int
    first: int = 0

    @property
    def height(self) -> float:
        return (len(self.passage.lines) - self.first) * self.passage.pitch + 2 * _PAD_Y


@dataclass(slots=True, eq=False, repr=False)
class RowBox(Box):
    """A row, or rows that a spanning cell holds together; keeps its cells so that it can be cut."""

    cells: Sequence[_Cell] = field(default_factory=tuple)
    rows_in: int = 1


def table(setter: Setter, block: b.Table, place: Place) -> list[Item]:
    """A table as an item that may part between its rows."""
    if not block.rows:
        return []
    page = setter.shop.theme.page
    extents: Extents = {}
    if page.writing_mode == "horizontal-tb" and (block.landscape or _wants_turning(setter, block, place, extents)):
        with setter.across(page.depth):
            alone = replace(place, left=0.0, right=0.0)
            return setter.wide([_TableSetter(setter, block, alone, extents, turned=True).item()])
    if setter.is_narrow:
        # A table that is too wide for its column stands across all of them.
        found = len(setter.shop.findings)
        if TableColumns(setter, block, place, extents).is_crowded():
            del setter.shop.findings[found:]
            with setter.across():
                return setter.wide([_TableSetter(setter, block, place, extents).item()])
    return [_TableSetter(setter, block, place, extents).item()]


def _wants_turning(setter: Setter, block: b.Table, place: Place, extents: Extents) -> bool:
    """Whether a table would be set too small on the upright page, and larger on its side; says so."""
    page = setter.shop.theme.page
    if len(block.columns) < _FEWEST_TURNED or any(column.width_ratio for column in block.columns):
        return False
    with setter.across():
        upright = TableColumns(setter, block, place, extents).best_ratio()
    if upright >= _LEAST_UPRIGHT:
        return False
    with setter.across(page.depth):
        turned = TableColumns(setter, block, place, extents).best_ratio()
    if turned <= upright and turned > 0:
        return False
    setter.shop.find(
        "L-TABLE", Severity.INFO, "a table of {columns} columns is turned by 90°, on pages of its own", block.span,
        "divide the table if it is to stand upright", columns=str(len(block.columns)),
    )  # fmt: skip
    return True


class _TableSetter:
    """Sets one table; `turned` sets it for pages on their side."""

    def __init__(self, setter: Setter, block: b.Table, place: Place, extents: Extents, *, turned: bool = False) -> None:
        page = setter.shop.theme.page
        self.turned = turned
        self.page_depth = page.measure if turned else page.depth
        self.setter = setter
        self.shop = setter.shop
        self.block = block
        self.place = place
        self.columns = TableColumns(setter, block, place, extents)
        self.noted: dict[int, list[Noted]] = {}

    def item(self) -> TableRows:
        """The whole table."""
        shop = self.shop
        element = Element("Table", self.place.parent)
        caption = self._caption(element)
        self.columns.divide()
        cells = self._cells(element)
        groups = self._groups(cells)
        head = [box for box in groups if box.cells and box.cells[0].row < self.columns.head_rows]
        rows = groups[len(head) :]
        if sum(box.height for box in head) > self.page_depth / 2:
            # A head that fills half a page is not repeated: it is the table's first rows.
            rows, head = groups, []
        boxes: list[Box] = [*caption, *head]
        repeated = [box.cells for box in head]
        pitch = shop.pitch
        return TableRows(
            boxes, rows, lambda: [self._box(cells, furniture=True) for cells in repeated], self._cut,
            before=pitch / 4, after=pitch / 4, turned=self.turned,
        )  # fmt: skip

    def _caption(self, element: Element) -> list[Box]:
        if not self.block.caption:
            return []
        style = self.setter.styles.caption
        caption = Element("Caption", element)
        flat = self.shop.flatten(style, self.block.caption, caption)
        manner = Manner(balanced=True, span=self.block.span, inlines=self.block.caption)
        passage, noted = self.setter.set_flat(flat, style, self.columns.room, caption, manner)
        piece = Piece(passage, 0, len(passage.lines), self.place.left, 0.0)
        return [Box(passage.height + _CAPTION_GAP, (piece,), notes=noted)]

    # -- cells and rows

    def _cells(self, table: Element) -> list[_Cell]:
        shop, block = self.shop, self.block
        made: list[_Cell] = []
        # A row in which no cell begins, all of it being spanned from above, is none in the tag tree: it has no cells.
        begun = sorted({row for _, row, _ in self.columns.grid})
        row_elements: dict[int, Element] = {row: Element("TR", table) for row in begun}
        has_torn = False
        for cell, row, column in self.columns.grid:
            head = row < self.columns.head_rows
            is_header = head or cell.header
            element = Element("TH" if is_header else "TD", row_elements[row])
            attributes: list[tuple[str, str, str]] = []
            if is_header:
                attributes.append(("Table", "Scope", "/Column" if head else "/Row"))
            if cell.columns > 1:
                attributes.append(("Table", "ColSpan", str(cell.columns)))
            spanned = sum(row <= other < row + cell.rows for other in begun) if cell.rows > 1 else 1
            if spanned > 1:
                attributes.append(("Table", "RowSpan", str(spanned)))
            element.attributes = tuple(attributes)
            style = self.columns.style(head=is_header)
            if not is_header:
                known = block.columns[column].alignment if column < len(block.columns) else b.Alignment.DEFAULT
                style = self.columns.style(head=False, align=align_of(known, style.align))
            measure = max(self.columns.text_width(column, cell.columns), style.size / 2)
            notes: Sequence[Noted] = ()
            passage = self._plain_cell(cell, style, measure, element)
            if passage is None or (is_header and len(passage.lines) > 1):
                flat = shop.flatten(style, cell.inlines, element)
                manner = Manner(balanced=is_header, span=block.span, inlines=cell.inlines)
                passage, notes = self.setter.set_flat(flat, style, measure, element, manner)
            if any(line.overfull or line.torn for line in passage.lines.special.values()):
                has_torn = True
            made.append(_Cell(passage, row, column, max(cell.rows, 1), max(cell.columns, 1)))
            if notes:
                self.noted.setdefault(row, []).extend(Noted(0, note.passages) for note in notes)
        if has_torn:
            shop.find(
                "L-TABLE", Severity.WARNING, "a column is narrower than a word in it; the word is divided", block.span,
                "widen the column or shorten the word",
            )  # fmt: skip
        return made

    def _plain_cell(self, cell: b.Cell, style: TextStyle, measure: float, element: Element) -> Passage | None:
        """The text of a cell that holds nothing but characters that its typecase knows."""
        text = walk.text_alone(cell.inlines) if cell.inlines else ""
        if text is None:
            return None
        stick = self.shop.stick(style, measure)
        return self.shop.fill(stick, text, element) if stick.case.knows(text) or not text else None

    def _groups(self, cells: Sequence[_Cell]) -> list[RowBox]:
        """Rows as boxes; rows that a cell spans stand in one, unless that would be higher than a page."""
        count = len(self.block.rows)
        by_row: list[list[_Cell]] = [[] for _ in range(count)]
        for cell in cells:
            by_row[cell.row].append(cell)
        boxes: list[RowBox] = []
        row = 0
        while row < count:
            end = row + 1
            index = row
            while index < end:
                for cell in by_row[index]:
                    end = max(end, min(cell.row + cell.rows, count))
                index += 1
            group = [cell for line in by_row[row:end] for cell in line]
            box = self._box(group, rows=end - row)
            if end - row > 1 and box.height > self.page_depth:
                for single in range(row, end):
                    for cell in by_row[single]:
                        cell.rows = 1
                    boxes.append(self._box(by_row[single], rows=1))
            else:
                boxes.append(box)
            row = end
        for box in boxes:
            first = box.cells[0].row if box.cells else 0
            box.notes = [note for line in range(first, first + box.rows_in) for note in self.noted.get(line, ())]
        return boxes

    def _box(self, cells: Sequence[_Cell], rows: int = 0, *, furniture: bool = False) -> RowBox:
        """A box of rows with their rules."""
        first = min((cell.row for cell in cells), default=0)
        rows = rows or max((cell.row + cell.rows - first for cell in cells), default=1)
        least = self.shop.leading(self.columns.style(head=False)) + 2 * _PAD_Y
        heights = [least] * rows
        for cell in cells:
            if cell.rows == 1:
                heights[cell.row - first] = max(heights[cell.row - first], cell.height)
        for cell in cells:
            if cell.rows > 1:
                inside = slice(cell.row - first, min(cell.row - first + cell.rows, rows))
                missing = cell.height - sum(heights[inside])
                if missing > 0:
                    heights[min(inside.stop, rows) - 1] += missing
        tops = [0.0]
        for height in heights:
            tops.append(tops[-1] + height)
        items: list[Placed] = []
        left = self.place.left + max((self.columns.room - self.columns.edges[-1]) / 2, 0.0)
        items += self._rules(cells, tops, first, left)
        for cell in cells:
            top = tops[cell.row - first]
            bottom = tops[min(cell.row - first + cell.rows, rows)]
            passage = _as_furniture(cell.passage) if furniture else cell.passage
            spare = max(bottom - top - cell.height, 0.0) / 2
            x = left + self.columns.edges[cell.column] + self.columns.pad
            items.append(Piece(passage, cell.first, len(passage.lines), x, top + _PAD_Y + spare))
        return RowBox(tops[-1], items, cells=cells, rows_in=rows)

    def _rules(self, cells: Sequence[_Cell], tops: Sequence[float], first: int, left: float) -> list[Placed]:
        """Rules around all cells; where nothing spans, one for each edge of the row."""
        height, width = tops[-1], self.columns.edges[-1]
        half = _RULE / 2
        if len(tops) == 2 and all(cell.columns == 1 for cell in cells):
            bars: list[Placed] = [Bar(left - half, y - half, width + _RULE, _RULE, _BLACK) for y in (0.0, height)]
            bars += [Bar(left + x - half, 0.0, _RULE, height, _BLACK) for x in self.columns.edges]
            return bars
        bars = []
        for cell in cells:
            x0 = left + self.columns.edges[cell.column]
            x1 = left + self.columns.edges[min(cell.column + cell.columns, self.columns.count)]
            y0 = tops[cell.row - first]
            y1 = tops[min(cell.row - first + cell.rows, len(tops) - 1)]
            bars += [
                Bar(x0 - half, y0 - half, x1 - x0 + _RULE, _RULE, _BLACK),
                Bar(x0 - half, y1 - half, x1 - x0 + _RULE, _RULE, _BLACK),
                Bar(x0 - half, y0, _RULE, y1 - y0, _BLACK),
                Bar(x1 - half, y0, _RULE, y1 - y0, _BLACK),
            ]
        return bars

    def _cut(self, box: Box, room: float) -> tuple[Box, Box] | None:
        """A row that is higher than a page, cut after as many lines as fit; None where not one fits."""
        assert isinstance(box, RowBox)
        if box.rows_in > 1 or not box.cells:
            return None
        pitch = max(cell.passage.pitch for cell in box.cells)
        lines = math.floor((room - 2 * _PAD_Y) / pitch)
        if lines < 1:
            return None
        upper, lower = [], []
        for cell in box.cells:
            passage = cell.passage
            stop = min(cell.first + lines, len(passage.lines))
            head = _part(passage, stop)
            upper.append(replace(cell, passage=head))
            lower.append(replace(cell, first=stop))
        rest = self._box(lower, rows=1)
        rest.notes = ()
        part = self._box(upper, rows=1)
        part.notes = box.notes
        return part, rest


def _part(passage: Passage, stop: int) -> Passage:
    """The same passage with its lines up to `stop`."""
    part = _copy(passage)
    part.lines = Lines.of(passage.lines[:stop])
    if stop < len(passage.lines):
        part.text = passage.text[: passage.lines[stop].start]
    return part


def _as_furniture(passage: Passage) -> Passage:
    """A passage that is repeated: an artifact, without links and calls."""
    copy = _copy(passage)
    copy.element = None
    copy.marks = tuple(mark for mark in passage.marks if mark.element is None)
    return copy


def _copy(passage: Passage) -> Passage:
    copy = Passage(passage.text, passage.lines, passage.setting, passage.em, passage.element)
    copy.runs, copy.marks, copy.insets, copy.widths = passage.runs, passage.marks, passage.insets, passage.widths
    copy.align, copy.measure, copy.pitch, copy.indent = passage.align, passage.measure, passage.pitch, passage.indent
    return copy
