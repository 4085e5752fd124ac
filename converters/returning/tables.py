"""Tables on the way back: rows put in and taken out, cells merged, filled and emptied, whole tables new and gone."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Sequence

from converters.records import dataclass

from .align import Group
from .edited import Edited, EditedCell
from .lines import Grid, Lines
from .pieces import NotWritableError, Replacement, apply, written
from .places import extents
from .wording import Wording

_HEAD = re.compile(r"[ \t]*(?:>[ \t]*)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?")
_COLUMN = re.compile(r"c(\d+)$")
_OWN_WAY = "its table is written in a way of its own"


@dataclass(frozen=True, slots=True)
class TableChange:
    """What becomes of rows: `place` is the group that it stands in for; `text` a whole new table, to be put in."""

    kind: str
    place: int
    group: Group
    edits: tuple[Replacement, ...] = ()
    text: str = ""
    refused: str = ""


class Tables:
    """Pairs the tables and rows of source and edited file, and takes the groups of lines whose rows change."""

    def __init__(self, source: str, old: Lines, edited: Edited, groups: list[Group], wording: Wording) -> None:
        self.source = source
        self.old = old
        self.edited = edited
        self.wording = wording
        self.groups = self._separated(groups)
        self.consumed: set[int] = set()
        self.found: list[TableChange] = []
        self.loose: tuple[set[tuple[int, int]], set[tuple[int, int]]] | None = None
        self.partner = {group.new[0]: group.old[0] for group in self.groups if len(group.old) == len(group.new) == 1}
        self.pairs = self._paired_tables(self.groups)
        self.rows = {new: self._paired_rows(new, old_) for new, old_ in self.pairs.items()}
        self.groups = self._split_rows(self.groups)
        self.partner = {group.new[0]: group.old[0] for group in self.groups if len(group.old) == len(group.new) == 1}

    def changes(self) -> list[TableChange]:
        """Every change of rows; the groups that they stand in for are in `consumed`."""
        if not self.edited.tables and not self.old.tables:
            return []
        if not self.found:
            for new in sorted({table for table, _ in self.edited.tables}):
                if new in self.pairs:
                    self._table(new, self.pairs[new])
                else:
                    self._new_table(new)
            for number, grid in self.old.tables.items():
                if number not in self.pairs.values():
                    self._gone_table(number, grid)
        return self.found

    # Which is which.

    def _separated(self, groups: list[Group]) -> list[Group]:
        """Groups of which no line of a cell is paired with one outside a table, or with several."""
        out: list[Group] = []
        for group in groups:
            cells = [self.old[k].cell is not None for k in group.old]
            cells += [self.edited.lines[k].cell is not None for k in group.new]
            mixed = any(cells) and not all(cells)
            several = any(cells) and (len(group.old) > 1 or len(group.new) > 1)
            if (mixed or several) and group.old and group.new:
                out += [Group((k,), ()) for k in group.old] + [Group((), (k,)) for k in group.new]
            else:
                out.append(group)
        return out

    def _paired_tables(self, groups: Sequence[Group]) -> dict[int, int]:
        votes: Counter[tuple[int, int]] = Counter()
        for group in groups:
            if len(group.old) == len(group.new) == 1:
                one, two = self.edited.lines[group.new[0]].cell, self.old[group.old[0]].cell
                if one is not None and two is not None:
                    votes[one[0], two[0]] += 1
        pairs: dict[int, int] = {}
        for (new, old), _ in votes.most_common():
            if new not in pairs and old not in pairs.values():
                pairs[new] = old
        return pairs

    def _paired_rows(self, new: int, old: int) -> dict[int, int]:
        """Rows of the edited table -> rows of the source's; both rise."""
        votes: Counter[tuple[int, int]] = Counter()
        for k, partner in self.partner.items():
            one, two = self.edited.lines[k].cell, self.old[partner].cell
            if one is not None and two is not None and (one[0], two[0]) == (new, old):
                votes[one[1], two[1]] += 1 + len(self.edited.lines[k].text)
        rows: dict[int, int] = {}
        rising: list[tuple[int, int]] = []
        for (one_row, two_row), _ in votes.most_common():
            at = bisect.bisect_left(rising, (one_row, 0))
            below = rising[at - 1][1] if at else 0
            above = rising[at][1] if at < len(rising) else two_row + 1
            if one_row not in rows and below < two_row < above:
                rising.insert(at, (one_row, two_row))
                rows[one_row] = two_row
        self._pair_empty(new, old, rows)
        return rows

    def _pair_empty(self, new: int, old: int, rows: dict[int, int]) -> None:
        """Rows without a word are paired in order between those that have some."""
        full_new = {cell[1] for line in self.edited.lines if (cell := line.cell) is not None and cell[0] == new}
        full_old = {cell[1] for line in self.old if (cell := line.cell) is not None and cell[0] == old}
        last = 0
        for number in sorted(number for table, number in self.edited.tables if table == new):
            if number in rows:
                last = rows[number]
            elif number not in full_new:
                partner = last + 1
                reached = min((z for a, z in rows.items() if a > number), default=len(self.old.tables[old].rows) + 1)
                if partner < reached and partner not in full_old:
                    rows[number] = last = partner

    def _split_rows(self, groups: list[Group]) -> list[Group]:
        """Groups of cells whose rows are not the same row: what was there is gone, what is here is new."""
        out: list[Group] = []
        for group in groups:
            if len(group.old) == len(group.new) == 1:
                one, two = self.edited.lines[group.new[0]].cell, self.old[group.old[0]].cell
                if one is not None and two is not None:
                    same = self.pairs.get(one[0]) == two[0] and self.rows[one[0]].get(one[1]) == two[1]
                    if not same:
                        out += [Group(group.old, ()), Group((), group.new)]
                        continue
                    group = Group(group.old, group.new)
            out.append(group)
        return out

    # What becomes of a table.

    def _table(self, new: int, old: int) -> None:
        grid = self.old.tables[old]
        rows = self.rows[new]
        numbers = sorted(number for table, number in self.edited.tables if table == new)
        wide = max((cell.column + cell.columns for k in numbers for cell in self.edited.tables[new, k]), default=0)
        gone = [number for number in range(1, len(grid.rows) + 1) if number not in rows.values()]
        fresh = [number for number in numbers if number not in rows]
        reshaped = [number for number, partner in rows.items() if self._reshaped((new, number), (old, partner), grid)]
        if not gone and not fresh and not reshaped and wide == grid.columns:
            return
        if any(start < 0 for start, _ in grid.rows):
            self._take("table", (new, numbers), (old, range(1, len(grid.rows) + 1)), _OWN_WAY)
            return
        came_from = self._columns(new)
        head_moved = rows.get(numbers[0]) != 1 or any(column != other for column, other in came_from.items())
        try:
            if wide != grid.columns or head_moved:
                edit = self._whole(new, grid, numbers)
                self._take("table", (new, numbers), (old, range(1, len(grid.rows) + 1)), (edit,))
                return
            self._by_rows((new, old), grid, (fresh, gone, reshaped))
        except NotWritableError as reason:
            self._take("table", (new, numbers), (old, range(1, len(grid.rows) + 1)), str(reason))

    def _by_rows(self, tables: tuple[int, int], grid: Grid, rows: tuple[list[int], list[int], list[int]]) -> None:
        """Rows put in, taken out and written anew, each by itself."""
        new, old = tables
        fresh, gone, reshaped = rows
        for number in reshaped:
            partner = self.rows[new][number]
            start = grid.rows[partner - 1][0]
            edit = Replacement(start, self._row_end(start), self._row((new, number), grid, start))
            self._take("changed row", (new, [number]), (old, [partner]), (edit,))
        for number in fresh:
            before = max(k for k in self.rows[new] if k < number)
            start = grid.rows[self.rows[new][before] - 1][0]
            # Behind the head stands the line of hyphens.
            end = self._row_end(start)
            end = self._row_end(end + 1) if self.rows[new][before] == 1 else end
            edit = Replacement(end, end, "\n" + self._row((new, number), grid, start))
            self._take("inserted row", (new, [number]), (old, []), (edit,))
        for number in gone:
            start = grid.rows[number - 1][0]
            end = min(self._row_end(start) + 1, len(self.source))
            self._take("deleted row", (new, []), (old, [number]), (Replacement(start, end, ""),))

    def _reshaped(self, new: tuple[int, int], old: tuple[int, int], grid: Grid) -> bool:
        """Whether cells of a row are merged or divided, or one is filled that was empty, or emptied."""
        cells = self.edited.tables[new]
        shape = tuple((cell.column, cell.columns) for cell in cells if not cell.continued)
        if shape != grid.rows[old[1] - 1][1] or self._shuffled(new, old):
            return True
        return new in self._loose()[0] or old in self._loose()[1]

    def _shuffled(self, new: tuple[int, int], old: tuple[int, int]) -> bool:
        """Whether cells of a row stand in other columns."""
        for cell in self.edited.tables[new]:
            partner = self.partner.get(cell.line) if cell.line is not None else None
            column = _COLUMN.search(self.old[partner].mark) if partner is not None else None
            if column and partner is not None and self.old[partner].cell == old and int(column[1]) - 1 != cell.column:
                return True
        return False

    def _loose(self) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
        """The rows of the edited file and of the source that hold a line without a partner."""
        if self.loose is None:
            lines, old = self.edited.lines, self.old
            here = {lines[group.new[0]].cell for group in self.groups if group.new and not group.old}
            there = {old[group.old[0]].cell for group in self.groups if group.old and not group.new}
            self.loose = {cell for cell in here if cell}, {cell for cell in there if cell}
        return self.loose

    def _new_table(self, new: int) -> None:
        numbers = sorted(number for table, number in self.edited.tables if table == new)
        cells = [self.edited.tables[new, number] for number in numbers]
        wide = max((cell.column + cell.columns for row in cells for cell in row), default=0)
        try:
            rows = [self._written_row("| ", " |", self._contents(row, wide)) for row in cells]
        except NotWritableError as reason:
            self._take("inserted", (new, numbers), (0, []), str(reason))
            return
        rows.insert(1, "|" + "---|" * wide)
        self._take("inserted", (new, numbers), (0, []), (), "\n".join(rows))

    def _gone_table(self, number: int, grid: Grid) -> None:
        starts = [start for start, _ in grid.rows]
        if min(starts, default=-1) < 0:
            self._take("deleted", (0, []), (number, range(1, len(grid.rows) + 1)), _OWN_WAY)
            return
        end = min(self._row_end(starts[-1]) + 1, len(self.source))
        while self.source.startswith("\n", end):
            end += 1
        edits = [Replacement(starts[0], end, "")]
        first = next((line.mark for line in self.old if line.cell and line.cell[0] == number), "")
        name = re.sub(r"_r\d+c\d+$", "", first)
        for group in self.groups:
            # A caption that stays is a paragraph.
            line = self.old[group.old[0]] if group.old and group.new else None
            if line and line.mark == f"{name}_caption" and line.start >= 0:
                match = re.compile(r"[ \t]*:[ \t]+").match(self.source, line.start)
                edits += [Replacement(match.start(), match.end(), "")] if match else []
        self._take("deleted", (0, []), (number, range(1, len(grid.rows) + 1)), tuple(edits))

    def _take(
        self,
        kind: str,
        new: tuple[int, Sequence[int]],
        old: tuple[int, Sequence[int]],
        outcome: tuple[Replacement, ...] | str,
        text: str = "",
    ) -> None:
        """Take the groups of some rows: they are one change, of edits or with a reason why there are none."""
        places: list[int] = []
        before: list[int] = []
        after: list[int] = []
        for place, group in enumerate(self.groups):
            one = self.edited.lines[group.new[0]].cell if group.new else None
            two = self.old[group.old[0]].cell if group.old else None
            here = one is not None and one[0] == new[0] and one[1] in new[1]
            there = two is not None and two[0] == old[0] and two[1] in old[1]
            if (here or there) and place not in self.consumed:
                places.append(place)
                before += group.old
                after += group.new
        if places:
            self.consumed |= set(places)
            group = Group(tuple(sorted(before)), tuple(sorted(after)))
            edits, refused = ((), outcome) if isinstance(outcome, str) else (outcome, "")
            self.found.append(TableChange(kind, places[0], group, edits, text, refused))

    # Writing rows.

    def _row_end(self, start: int) -> int:
        end = self.source.find("\n", start)
        return len(self.source) if end < 0 else end

    def _whole(self, new: int, grid: Grid, numbers: list[int]) -> Replacement:
        """All rows written anew; columns keep how they stand."""
        start = grid.rows[0][0]
        wide = max(cell.column + cell.columns for k in numbers for cell in self.edited.tables[new, k])
        rows = [self._row((new, number), grid, start, wide) for number in numbers]
        first_end = self._row_end(start)
        marks = self.source[first_end + 1 : self._row_end(first_end + 1)]
        head, lead, tail = self._edges(start)
        given = [mark.strip() for mark in marks[len(head) :].strip().strip("|").split("|")]
        came_from = self._columns(new)
        line = [given[came_from[k]] if came_from.get(k, -1) in range(len(given)) else "---" for k in range(wide)]
        rows.insert(1, head + lead.strip() + "|".join(line) + tail.strip())
        return Replacement(start, self._row_end(grid.rows[-1][0]), "\n".join(rows))

    def _columns(self, new: int) -> dict[int, int]:
        """Columns of the edited table -> those of the source's, by the cells that are the same."""
        votes: Counter[tuple[int, int]] = Counter()
        for (table, _), cells in self.edited.tables.items():
            for cell in cells:
                partner = self.partner.get(cell.line) if table == new and cell.line is not None else None
                column = _COLUMN.search(self.old[partner].mark) if partner is not None else None
                if column:
                    votes[cell.column, int(column[1]) - 1] += 1
        found: dict[int, int] = {}
        for (one, two), _ in votes.most_common():
            found.setdefault(one, two)
        return found

    def _edges(self, start: int) -> tuple[str, str, str]:
        """What stands before a row's table, and how its rows begin and end."""
        text = self.source[start : self._row_end(start)]
        match = _HEAD.match(text)
        head = match[0] if match else ""
        begins, ends = text[len(head) :].startswith("|"), text.rstrip().endswith("|")
        return head, "| " if begins else "", " |" if ends else ""

    def _row(self, at: tuple[int, int], grid: Grid, model: int, wide: int = 0) -> str:
        head, lead, tail = self._edges(model)
        return head + self._written_row(lead, tail, self._contents(self.edited.tables[at], wide or grid.columns))

    def _written_row(self, lead: str, tail: str, contents: list[str]) -> str:
        return lead + " | ".join(contents) + tail

    def _contents(self, cells: Sequence[EditedCell], wide: int) -> list[str]:
        out: list[str] = []
        for cell in cells:
            out += [""] * (cell.column - len(out))
            text = self._content(cell)
            covered = "^^" if cell.continued and not text else "<<"
            out += ["^^" if cell.continued and not text else text, *[covered] * (cell.columns - 1)]
        return (out + [""] * (wide - len(out)))[:wide]

    def _content(self, cell: EditedCell) -> str:
        """A cell's text: that of the source with its edits, or new."""
        if cell.line is None:
            return ""
        line = self.edited.lines[cell.line]
        partner = self.partner.get(cell.line)
        if partner is not None and self.old[partner].start >= 0:
            old = self.old[partner]
            units = extents(old, self.source)
            low, high = self.wording.bounds(old, units)
            if old.text == line.text:
                return self.source[low:high]
            edits = self.wording.ways([old], [line])[0].edits
            return apply(self.source[low:high], edits, low)
        text = written(line.inlines, self.wording.grammar).replace("\\\n", "<br>").replace("\n", "<br>")
        text = f"\\{text}" if text in ("<<", "^^") else text
        return re.sub(r"(?<!\\)\|", r"\\|", text)
