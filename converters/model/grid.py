"""Where the cells of a table stand when some of them cover more than one place."""

from __future__ import annotations

from collections.abc import Sequence

from .blocks import Row


def first_columns(rows: Sequence[Row]) -> tuple[tuple[int, ...], ...]:
    """For each row the column (from 0) in which each of its cells begins; places that are covered are passed over."""
    covered: dict[int, int] = {}
    out: list[tuple[int, ...]] = []
    for row in rows:
        column = 0
        places = []
        begun: dict[int, int] = {}
        for cell in row.cells:
            while covered.get(column, 0) > 0:
                column += 1
            places.append(column)
            for place in range(column, column + cell.columns):
                begun[place] = cell.rows
            column += cell.columns
        out.append(tuple(places))
        covered = {place: left - 1 for place, left in covered.items() if left > 1}
        covered |= {place: left - 1 for place, left in begun.items() if left > 1}
    return tuple(out)
