"""The columns of a table: how wide their contents make them, and the size at which a table fits its room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from converters.diagnostics import Severity
from converters.model import blocks as b
from converters.model import walk
from converters.model.patterns import compiled
from converters.theme.schema import Align, TextStyle

from .setter import Place, Setter

_PAD_X = 4.0
_LEAST_SHARE = 0.6
"""A table narrower than this part of the measure is widened to it; a wider one to the whole measure."""
_SMALLER = (1.0, 0.875, 0.75, 0.625, 0.5)
"""Sizes that are tried where the columns do not fit: 12 pt down to 小六 and a little below."""
_LEAST_PAD = 0.5
_LEAST_RATIO = 0.05
_HAIR = 0.1
_MOST_CROWDED = 3.0
"""A table whose lines are on the average longer than three times its room is crowded."""

Extents: TypeAlias = dict[float, tuple[list[float], list[float]]]
"""The least and the natural width of every column of a table, by the size of its text."""


class TableColumns:
    """The columns of one table. `grid` has every cell with its row and column, `room` the width there is for them;
    `edges` are theirs from left to right, `pad` the blank at both sides of a cell's text, `ratio` the size of the text
    in parts of the style's. `extents` are the widths that its columns want at each size, for all who look at the same
    table in another room."""

    def __init__(self, setter: Setter, block: b.Table, place: Place, extents: Extents) -> None:
        self._found = extents
        self.shop = setter.shop
        self.styles = setter.styles
        self._known = setter.cell_styles
        self.block = block
        self.grid = _places(block)
        self.count = max((cell[2] + cell[0].columns for cell in self.grid), default=1)
        self.room = max(setter.measure - place.left - place.right, self.shop.em(setter.styles.table))
        self.head_rows = min(block.header_rows, len(block.rows))
        self.pad = _PAD_X
        self.ratio = 1.0
        self.edges: list[float] = []

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

    def text_width(self, column: int, columns: int) -> float:
        """The width of the text of a cell that begins at a column and is so many wide."""
        return self.edges[min(column + columns, self.count)] - self.edges[column] - 2 * self.pad

    def style(self, *, head: bool, align: Align | None = None) -> TextStyle:
        """The style of the cells of the head or of the others, in the size of the table; one for all that are alike."""
        key = (head, self.ratio, align)
        found = self._known.get(key)
        if found is None:
            style = self.styles.table_head if head else self.styles.table
            size, leading = style.size * self.ratio, self.shop.leading(style) * self.ratio
            found = replace(style, size=size, leading=leading, align=align or style.align)
            self._known[key] = found
        return found

    def divide(self) -> None:
        """Find the edges of the columns, from their ratios or their contents, and the size that fits them."""
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
        em = self.shop.em(self.styles.table)
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
        """The least and the natural width of every column, at the size in hand."""
        found = self._found.get(self.ratio)
        if found is None:
            found = self._found[self.ratio] = self._measured()
        return found

    def _measured(self) -> tuple[list[float], list[float]]:
        least = [0.0] * self.count
        most = [0.0] * self.count
        cases = {head: self.shop.typecase(self.style(head=head)) for head in (False, True)}
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
    return compiled(r"[^\s\u2e80-\U0010ffff]+").findall(text)
