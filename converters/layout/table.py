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

_PAD_X = 4.0
_PAD_Y = 2.5
_RULE = 0.5
_BLACK = "#000000"
_LEAST_SHARE = 0.6
"""A table narrower than this part of the measure is widened to it; a wider one to the whole measure."""
_SMALLER = (1.0, 0.875, 0.75, 0.625, 0.5)
"""Sizes that are tried where the columns do not fit: 12 pt down to 小六 and a little below."""
_LEAST_UPRIGHT = 0.75
"""A table that would be set smaller than 小五 (9 pt of 12) is turned, where it is larger so."""
_FEWEST_TURNED = 4
_LEAST_PAD = 0.5
_LEAST_RATIO = 0.05
_HAIR = 0.1
_CAPTION_GAP = 4.0
_MOST_CROWDED = 3.0
"""A table whose lines are on the average longer than three times its room is crowded."""


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
    if page.writing_mode == "horizontal-tb" and (block.landscape or _wants_turning(setter, block, place)):
        with setter.across(page.depth):
            return setter.wide([_TableSetter(setter, block, replace(place, left=0.0, right=0.0), turned=True).item()])
    if setter.is_narrow:
        # A table that is too wide for its column stands across all of them.
        found = len(setter.shop.findings)
        made = _TableSetter(setter, block, place)
        if made.is_crowded():
            del setter.shop.findings[found:]
            with setter.across():
                return setter.wide([_TableSetter(setter, block, place).item()])
    return [_TableSetter(setter, block, place).item()]


def _wants_turning(setter: Setter, block: b.Table, place: Place) -> bool:
    """Whether a table would be set too small on the upright page, and larger on its side; says so."""
    page = setter.shop.theme.page
    if len(block.columns) < _FEWEST_TURNED or any(column.width_ratio for column in block.columns):
        return False
    with setter.across():
        upright = _TableSetter(setter, block, place).best_ratio()
    if upright >= _LEAST_UPRIGHT:
        return False
    with setter.across(page.depth):
        turned = _TableSetter(setter, block, place).best_ratio()
    if turned <= upright and turned > 0:
        return False
    setter.shop.find(
        "L-TABLE", Severity.INFO, "a table of {columns} columns is turned by 90°, on pages of its own", block.span,
        "divide the table if it is to stand upright", columns=str(len(block.columns)),
    )  # fmt: skip
    return True


class _TableSetter:
    """Sets one table; `turned` sets it for pages on their side."""

    def __init__(self, setter: Setter, block: b.Table, place: Place, *, turned: bool = False) -> None:
        page = setter.shop.theme.page
        self.turned = turned
        self.page_depth = page.measure if turned else page.depth
        self.pad = _PAD_X
        self.setter = setter
        self.shop = setter.shop
        self.block = block
        self.place = place
        self.grid = _places(block)
        self.count = max((cell[2] + cell[0].columns for cell in self.grid), default=1)
        self.room = max(setter.measure - place.left - place.right, self.shop.em(setter.styles.table))
        self.head_rows = min(block.header_rows, len(block.rows))
        self.ratio = 1.0
        self.edges: list[float] = []
        self.noted: dict[int, list[Noted]] = {}

    def is_crowded(self) -> bool:
        """Whether words of the table would be divided, or much of it turned over, in the room that there is."""
        least, most = self._extents()
        return sum(least) > self.room or sum(most) > _MOST_CROWDED * self.room

    def best_ratio(self) -> float:
        """The largest of the sizes at which no word is divided, of the style's own; 0 where none will do."""
        for self.ratio in _SMALLER:
            if sum(self._extents()[0]) <= self.room:
                return self.ratio
        return 0.0

    def item(self) -> TableRows:
        """The whole table."""
        shop = self.shop
        element = Element("Table", self.place.parent)
        caption = self._caption(element)
        self._widths()
        cells = self._cells(element)
        groups = self._groups(cells)
        head = [box for box in groups if box.cells and box.cells[0].row < self.head_rows]
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
        passage, noted = self.setter.set_flat(flat, style, self.room, caption, manner)
        piece = Piece(passage, 0, len(passage.lines), self.place.left, 0.0)
        return [Box(passage.height + _CAPTION_GAP, (piece,), notes=noted)]

    # -- widths

    def _style(self, *, head: bool) -> TextStyle:
        styles = self.setter.styles
        style = styles.table_head if head else styles.table
        return replace(style, size=style.size * self.ratio, leading=self.shop.leading(style) * self.ratio)

    def _widths(self) -> None:
        """Edges of the columns, from their ratios or their contents."""
        ratios = [column.width_ratio for column in self.block.columns]
        ratios += [0.0] * (self.count - len(ratios))
        if all(ratio > 0 for ratio in ratios):
            total = sum(ratios)
            share = min(1.0, total) if total <= 1.001 else 1.0
            widths = [self.room * share * ratio / total for ratio in ratios]
        else:
            widths = self._natural_widths()
        self.edges = [0.0]
        for width in widths:
            self.edges.append(self.edges[-1] + width)
        self._shrink(widths)

    def _shrink(self, widths: Sequence[float]) -> None:
        """Take a size at which the widest character of every column fits it: a column may be narrower than a word, but
        never so narrow that its characters stand in the next one."""
        needed = [0.0] * self.count
        for cell, _, column in self.grid:
            if cell.columns == 1:
                needed[column] = max(needed[column], _widest(walk.plain(cell.inlines)))
        em = self.shop.em(self.setter.styles.table)
        for pad in (_PAD_X, _LEAST_PAD):
            self.pad = pad
            most = min(
                ((width - 2 * pad - _HAIR) / (need * em) for width, need in zip(widths, needed, strict=True) if need),
                default=1.0,
            )
            if most >= self.ratio:
                return
        if most < self.ratio:
            self.ratio = max(most, _LEAST_RATIO)
            self.shop.find(
                "L-TABLE", Severity.WARNING, "a column is narrower than a hanzi; the table is set in {size} pt",
                self.block.span, "divide the table", size=f"{em * self.ratio:.1f}",
            )  # fmt: skip

    def _natural_widths(self) -> list[float]:
        least: list[float] = []
        most: list[float] = []
        for ratio in _SMALLER:
            self.ratio = ratio
            least, most = self._extents()
            if sum(least) <= self.room:
                break
        if self.ratio < 1.0 and self.ratio in _SMALLER:
            self.shop.find(
                "L-TABLE", Severity.WARNING, "a table of {columns} columns does not fit the page; it is set smaller",
                self.block.span, "divide the table, or turn it by 90°", columns=str(self.count),
            )  # fmt: skip
        if sum(least) > self.room:
            return [self.room * width / sum(least) for width in least]
        natural = sum(most)
        if natural <= self.room:
            total = self.room if natural >= _LEAST_SHARE * self.room else _LEAST_SHARE * self.room
            return [width * total / natural for width in most] if natural else [total / self.count] * self.count
        spare = self.room - sum(least)
        span = natural - sum(least)
        return [low + spare * (high - low) / span for low, high in zip(least, most, strict=True)]

    def _extents(self) -> tuple[list[float], list[float]]:
        """The least and the natural width of every column."""
        least = [0.0] * self.count
        most = [0.0] * self.count
        cases = {head: self.shop.typecase(self._style(head=head)) for head in (False, True)}
        spanning: list[tuple[int, int, float]] = []
        for cell, row, column in self.grid:
            case = cases[row < self.head_rows]
            text = walk.plain(cell.inlines)
            natural = max((case.width(line) for line in text.split("\n")), default=0.0) + 2 * self.pad + 0.5
            word = max((case.width(word) for word in _words(text)), default=0.0)
            needed = min(max(word, 2 * case.em), natural) + 2 * self.pad + 0.5 if text else 2 * self.pad
            if cell.columns > 1:
                spanning.append((column, cell.columns, needed))
                continue
            least[column] = max(least[column], needed)
            most[column] = max(most[column], natural, needed)
        for column, columns, needed in spanning:
            missing = needed - sum(least[column : column + columns])
            if missing > 0:
                for index in range(column, column + columns):
                    least[index] += missing / columns
                    most[index] = max(most[index], least[index])
        empty = 2 * self.pad + cases[False].em
        most = [max(width, empty) for width in most]
        return least, most

    # -- cells and rows

    def _cells(self, table: Element) -> list[_Cell]:
        shop, block = self.shop, self.block
        made: list[_Cell] = []
        # A row in which no cell begins, all of it being spanned from above, is none in the tag tree: it has no cells.
        begun = sorted({row for _, row, _ in self.grid})
        row_elements: dict[int, Element] = {row: Element("TR", table) for row in begun}
        has_torn = False
        for cell, row, column in self.grid:
            head = row < self.head_rows
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
            style = self._style(head=is_header)
            if not is_header:
                known = block.columns[column].alignment if column < len(block.columns) else b.Alignment.DEFAULT
                style = replace(style, align=align_of(known, style.align))
            width = self.edges[min(column + cell.columns, self.count)] - self.edges[column] - 2 * self.pad
            measure = max(width, style.size / 2)
            notes: Sequence[Noted] = ()
            if cell.inlines:
                flat = shop.flatten(style, cell.inlines, element)
                manner = Manner(balanced=is_header, span=block.span, inlines=cell.inlines)
                passage, notes = self.setter.set_flat(flat, style, measure, element, manner)
            else:
                passage = shop.set_text("", style, measure, element)
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
        least = self.shop.leading(self._style(head=False)) + 2 * _PAD_Y
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
        left = self.place.left + max((self.room - self.edges[-1]) / 2, 0.0)
        items += self._rules(cells, tops, first, left)
        for cell in cells:
            top = tops[cell.row - first]
            bottom = tops[min(cell.row - first + cell.rows, rows)]
            passage = _as_furniture(cell.passage) if furniture else cell.passage
            spare = max(bottom - top - cell.height, 0.0) / 2
            x = left + self.edges[cell.column] + self.pad
            items.append(Piece(passage, cell.first, len(passage.lines), x, top + _PAD_Y + spare))
        return RowBox(tops[-1], items, cells=cells, rows_in=rows)

    def _rules(self, cells: Sequence[_Cell], tops: Sequence[float], first: int, left: float) -> list[Placed]:
        """Rules around all cells; where nothing spans, one for each edge of the row."""
        height, width = tops[-1], self.edges[-1]
        half = _RULE / 2
        if len(tops) == 2 and all(cell.columns == 1 for cell in cells):
            bars: list[Placed] = [Bar(left - half, y - half, width + _RULE, _RULE, _BLACK) for y in (0.0, height)]
            bars += [Bar(left + x - half, 0.0, _RULE, height, _BLACK) for x in self.edges]
            return bars
        bars = []
        for cell in cells:
            x0 = left + self.edges[cell.column]
            x1 = left + self.edges[min(cell.column + cell.columns, self.count)]
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


def _places(block: b.Table) -> list[tuple[b.Cell, int, int]]:
    """Every cell with its row and column, the places that others cover passed over."""
    taken: set[tuple[int, int]] = set()
    found: list[tuple[b.Cell, int, int]] = []
    count = len(block.rows)
    for number, row in enumerate(block.rows):
        column = 0
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            found.append((cell, number, column))
            if cell.rows > 1 or cell.columns > 1:
                for line in range(number, min(number + cell.rows, count)):
                    taken.update((line, place) for place in range(column, column + cell.columns))
            column += max(cell.columns, 1)
    return found


def _widest(text: str) -> float:
    """Width in em of the widest character of a text, roughly: hanzi and marks one, letters two thirds."""
    if not text:
        return 0.0
    return 2 / 3 if text.isascii() else 1.0


def _words(text: str) -> list[str]:
    """The words of a cell that should not be divided: what stands between spaces and is not hanzi."""
    words: list[str] = []
    for word in text.split():
        run = ""
        for character in word:
            if character < "\u2e80":
                run += character
            elif run:
                words.append(run)
                run = ""
        if run:
            words.append(run)
    return words
