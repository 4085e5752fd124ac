"""The columns of a table: their widths and the size of its text, found as the print edition finds them.

Widths of text are counted in ems, since the faces that Word will draw with are not at hand.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

from converters.model import blocks as b
from converters.model.patterns import compiled
from converters.model.walk import plain
from converters.units import TWIPS_PER_POINT, twips

from .grid import WIDE, ems
from .writer import Writer

MARGIN = 80
"""The blank at both sides of a cell's text in twips: 4 pt, as in print."""
_HAIR = 10
_LEAST_SHARE = 0.6
"""A table narrower than this part of the measure is widened to it; a wider one to the whole measure."""
_SMALLER = (1.0, 0.875, 0.75, 0.625, 0.5)
"""Sizes that are tried where the columns do not fit."""
_LEAST_UPRIGHT = 0.75
"""A table that would be set smaller than this is turned, where it is larger so."""
_FEWEST_TURNED = 4
# What a Latin letter differs in from the half em that it is counted as: the means of Times New Roman and its like.
_SLIM, _SLIM_LESS = compiled(r"[ !'(),./:;\[\]I|fijlt-]"), 0.2
_STOUT, _STOUT_MORE = compiled(r"[%&@A-HK-Zmw]"), 0.18


class Placed(NamedTuple):
    """A place of the grid: a cell's first row, or (`cell` is None) a further row of the one above, or nothing."""

    column: int
    columns: int
    rows: int
    cell: b.Cell | None
    continued: bool = False


class Columns(NamedTuple):
    """Widths in twips, and the size of the table's text as a part of its style's."""

    widths: list[int]
    ratio: float = 1.0


Rows = list[list[Placed]]


def columns_of(writer: Writer, table: b.Table, rows: Rows, count: int, room: int) -> Columns:
    """The first `count` columns of a table that has so much room, in twips."""
    ratios = [column.width_ratio for column in table.columns[:count]]
    ratios += [0.0] * (count - len(ratios))
    if all(ratio > 0 for ratio in ratios):
        total = sum(ratios)
        return Columns(_rounded(ratios, room * min(1.0, total) if total <= 1.001 else room))
    em = _em(writer)
    ratio, least, most = 1.0, [0.0], [0.0]
    for ratio in _SMALLER:
        least, most = _extents(rows, count, em * ratio)
        if sum(least) <= room:
            break
    natural = sum(most)
    if sum(least) > room:
        return Columns(_rounded(least, room), ratio)
    if natural <= room:
        return Columns(
            _rounded(most, max(_LEAST_SHARE * room, natural) if natural < _LEAST_SHARE * room else room), ratio
        )
    share = (room - sum(least)) / (natural - sum(least))
    return Columns(_rounded([low + share * (high - low) for low, high in zip(least, most, strict=True)], room), ratio)


def wants_turning(writer: Writer, table: b.Table, rows: Rows, count: int) -> bool:
    """Whether a table would be set too small on the upright page, and larger on its side."""
    page = writer.theme.page
    if len(table.columns) < _FEWEST_TURNED or any(column.width_ratio for column in table.columns):
        return False
    upright, turned = (_best_ratio(writer, rows, count, room) for room in (writer.grid.measure, twips(page.depth)))
    return upright < _LEAST_UPRIGHT and (turned > upright or not turned)


def _best_ratio(writer: Writer, rows: Rows, count: int, room: int) -> float:
    """The largest size at which no word is divided; 0 where none will do."""
    em = _em(writer)
    return next((ratio for ratio in _SMALLER if sum(_extents(rows, count, em * ratio)[0]) <= room), 0.0)


def _em(writer: Writer) -> float:
    return writer.theme.styles.table.size * TWIPS_PER_POINT


def _rounded(shares: Iterable[float], room: float) -> list[int]:
    """Widths of whole twips that together fill the room."""
    shares = list(shares)
    total = sum(shares) or 1.0
    edges = [0, *(round(room * reached / total) for reached in itertools.accumulate(shares))]
    return [max(1, after - before) for before, after in itertools.pairwise(edges)]


def _width(text: str) -> float:
    """About how wide a text is, in ems."""
    return ems(text) - _SLIM_LESS * len(_SLIM.findall(text)) + _STOUT_MORE * len(_STOUT.findall(text))


def _extents(rows: Rows, count: int, em: float) -> tuple[list[float], list[float]]:
    """The least and the natural width of every column, in twips: no word is divided, no line turned over."""
    least, most = [0.0] * count, [0.0] * count
    spanning: list[tuple[int, int, float]] = []
    for place in itertools.chain.from_iterable(rows):
        if place.cell is None or place.column >= count:
            continue
        text = plain(place.cell.inlines)
        natural = max(_width(line) for line in text.split("\n")) * em + 2 * MARGIN + _HAIR
        word = max(map(_width, WIDE.sub(" ", text).split()), default=0.0)
        needed = min(max(word, 2.0) * em, natural) + 2 * MARGIN + _HAIR if text else 2.0 * MARGIN
        if place.columns > 1:
            spanning.append((place.column, min(place.columns, count - place.column), needed))
            continue
        least[place.column] = max(least[place.column], needed)
        most[place.column] = max(most[place.column], natural, needed)
    for column, columns, needed in spanning:
        missing = needed - sum(least[column : column + columns])
        for index in range(column, column + columns):
            least[index] += max(0.0, missing) / columns
            most[index] = max(most[index], least[index])
    return least, [max(width, 2 * MARGIN + em) for width in most]
