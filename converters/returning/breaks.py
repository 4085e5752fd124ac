"""Where a title is broken and where a page begins: changes of layout that a source can say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .align import Group
from .edited import EditedLine
from .lines import Kind, Line, Lines
from .looks import PICTURE
from .pieces import Replacement, opcodes
from .places import extents
from .unedited import Unedited

NEW_PAGE = "\\newpage"
LINE_BREAK = "<br>"
_WRITTEN = re.compile(r"[ \t　]*(?:<br ?/?>|\\\n|  +\n|\n)?[ \t　]*", re.IGNORECASE)


class Break(NamedTuple):
    """A change of breaks: of which sort, the edits (none: no source can say it), what a title's breaks are then."""

    sort: str
    group: Group
    edits: tuple[Replacement, ...]
    breaks: tuple[int, ...] = ()


class Breaks:
    """Compares where lines of titles and pages begin with where they began in the unedited edition."""

    def __init__(
        self, source: str, old: Lines, new: Sequence[EditedLine], unedited: Unedited, *, plain: bool = False
    ) -> None:
        self.source = source
        self.old = old
        self.new = new
        self.unedited = unedited
        self.plain = plain

    def of(self, group: Group) -> Iterator[Break]:
        """The changes of one group."""
        if not group.old or not group.new:
            return
        old, new = self.old[group.old[0]], self.new[group.new[0]]
        shown = self.unedited.line(old)
        if shown is None:
            return
        one = len(group.old) == len(group.new) == 1
        if one and old.is_title and new.level == shown.level and new.breaks != shown.breaks:
            yield from self._title(group, old, new, shown)
        if new.new_page != shown.new_page:
            yield self._page(group, old, added=new.new_page)
        for k in group.new[1:]:
            if self.new[k].new_page:
                yield Break("page break", group, ())

    def _title(self, group: Group, old: Line, new: EditedLine, shown: EditedLine) -> Iterator[Break]:
        wanted = {_carried(place, old.text, new.text) for place in new.breaks}
        wanted -= {0, len(old.text)}
        added, gone = wanted - set(shown.breaks), set(shown.breaks) - wanted
        if not added and not gone:
            return
        units = extents(old, self.source)
        edits = []
        for place in sorted(added):
            low, high = units[place - 1].end, units[place].start
            edits.append(Replacement(low if not self.source[low:high].strip() else high, high, LINE_BREAK))
        own = gone & set(old.breaks)
        for place in sorted(own):
            match = _WRITTEN.match(self.source, units[place - 1].end, units[place].start)
            if match is None or match.end() != units[place].start:
                own.discard(place)
                continue
            edits.append(Replacement(match.start(), match.end(), ""))
        breaks = tuple(sorted((set(old.breaks) - own) | added))
        yield Break("line break", group, () if self.plain else tuple(edits), breaks)
        if gone - own and edits:
            yield Break("line break", group, ())

    def _page(self, group: Group, old: Line, *, added: bool) -> Break:
        if old.start < 0 or self.plain or (added and old.kind is not Kind.BLOCK):
            return Break("page break", group, ())
        if added:
            return Break("page break", group, (Replacement(old.start, old.start, f"{NEW_PAGE}\n\n"),))
        if old.new_page < 0:
            return Break("page break", group, ())
        end = self.source.find("\n", old.new_page)
        following = re.compile(r"\s*\n").match(self.source, end) if end >= 0 else None
        start = self.source.rfind("\n", 0, old.new_page) + 1
        return Break("page break", group, (Replacement(start, following.end() if following else end + 1, ""),))


def _carried(place: int, old: str, new: str) -> int:
    """A place of the new text in the old one."""
    shift = 0
    for _, _, i2, j1, j2 in opcodes(old, new):
        if place <= j1:
            break
        if place < j2:
            return i2
        shift = i2 - j2
    return place + shift


def kept_apart(line: EditedLine) -> bool:
    """Whether a new block begins a page of its own."""
    return line.new_page and not line.listed and line.cell is None and PICTURE not in line.text
