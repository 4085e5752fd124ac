"""Columns of tables set to the left, the middle or the right: what the line of hyphens under a head says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .align import Group
from .edited import Edited, EditedLine
from .lines import Lines
from .pieces import Replacement
from .unedited import Unedited

_MARKS = {"left": ":--", "center": ":-:", "right": "--:"}
_COLUMN = re.compile(r"c(\d+)$")
_DELIMITER = re.compile(r"[ \t]*:?-+:?[ \t]*")


class Aligned(NamedTuple):
    """A column that all its cells put elsewhere: the group of its first cell, the edit, the numbers of its cells."""

    group: Group
    edit: Replacement
    cells: frozenset[int]


def aligned_columns(
    source: str, old: Lines, edited: Edited, unedited: Unedited, groups: Sequence[Group]
) -> Iterator[Aligned]:
    """The columns below whose heads every cell was set in one other place."""
    found: dict[tuple[int, int], list[tuple[Group, EditedLine, str, str]]] = {}
    for group in groups:
        if len(group.old) != 1 or len(group.new) != 1:
            continue
        line, new = old[group.old[0]], edited.lines[group.new[0]]
        shown, match = unedited.line(line), _COLUMN.search(line.mark)
        if line.cell is None or new.cell is None or shown is None or match is None:
            continue
        grid = old.tables[line.cell[0]]
        if line.cell[1] > grid.heads and grid.rows[0][0] >= 0:
            place = (line.cell[0], int(match[1]) - 1)
            found.setdefault(place, []).append((group, new, _place(new), _place(shown)))
    for (table, column), cells in found.items():
        wanted = {after for _, _, after, _ in cells}
        if len(wanted) != 1 or not wanted <= _MARKS.keys() or all(after == before for _, _, after, before in cells):
            continue
        edit = _edit(source, old.tables[table].rows[0][0], column, _MARKS[wanted.pop()])
        if edit is not None:
            yield Aligned(cells[0][0], edit, frozenset(new.number for _, new, _, _ in cells))


def _place(line: EditedLine) -> str:
    return next((value for each in line.hand.departures if each.sort == "placed" for _, value in each.values), "")


def _edit(source: str, head: int, column: int, mark: str) -> Replacement | None:
    start = source.find("\n", head) + 1
    end = source.find("\n", start)
    row = source[start : end if end >= 0 else len(source)]
    lead = re.match(r"[ \t>]*\|?", row)
    position = lead.end() if lead else 0
    for _ in range(column):
        position = row.find("|", position) + 1
        if not position:
            return None
    match = _DELIMITER.match(row, position)
    if match is None:
        return None
    text = match[0].strip()
    low = start + match.start() + match[0].index(text)
    return Replacement(low, low + len(text), mark)
