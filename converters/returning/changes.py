"""What each group of lines changes in the source: small edits, so that everything beside them keeps its bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from converters.model import inlines as i
from converters.records import dataclass

from .align import Group
from .edited import EditedLine
from .lines import CALL, Kind, Line, Place, extents, hashes, heading_end, item_mark
from .pieces import (
    BREAK,
    NotWritableError,
    Replacement,
    apply,
    countable,
    cut,
    inline_notes,
    inlines_within,
    is_plain,
    opcodes,
    written,
)

_BLANK_LINE = re.compile(r"[ \t]*\n[ \t]*\n\s*")
_STRUCTURE = re.compile(r"[ \t]*(?:>[ \t]*)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:#{1,6}[ \t]+)?")
# What repair takes from a run of these when it makes …… and —— of it.
_SURPLUS = frozenset(".。…-—─ ")


@dataclass(frozen=True, slots=True)
class Change:
    """What one group asks for. `refused` says why it is not written; `before` and `after` are shown."""

    kind: str
    group: Group
    edits: tuple[Replacement, ...] = ()
    refused: str = ""
    before: str = ""
    after: str = ""
    added: int = 0


class _Row(NamedTuple):
    """Lines as one text: where each character is written, and which marks are around it."""

    lines: list[Line]
    text: str
    units: list[Place]
    paths: list[tuple[int, ...]]


class Writer:
    """Makes the edits of groups against one source."""

    def __init__(self, source: str, old: Sequence[Line], new: Sequence[EditedLine], groups: Sequence[Group]) -> None:
        self.source = source
        self.old = old
        self.new = new
        self.groups = groups

    def changes(self) -> list[Change]:
        """Every change, in the order of the edited file; untouched lines make none."""
        out = []
        for place, group in enumerate(self.groups):
            if self._same(group):
                continue
            kind = self._kind(group)
            added = self._added(group)
            before = "\n".join(self.old[k].text for k in group.old)
            after = "\n".join(self.new[k].text for k in group.new)
            try:
                edits = self._edits(kind, place, group)
            except NotWritableError as reason:
                out.append(Change(kind, group, (), str(reason), before, after, added))
            else:
                out.append(Change(kind, group, tuple(edits), "", before, after, added))
        return out

    def _same(self, group: Group) -> bool:
        return (
            len(group.old) == len(group.new) == 1
            and not group.moved
            and self.old[group.old[0]].text == self.new[group.new[0]].text
            and (self.old[group.old[0]].level == self.new[group.new[0]].level or self.old[group.old[0]].start < 0)
        )

    def _kind(self, group: Group) -> str:
        if not group.old:
            return "inserted"
        if not group.new:
            return "deleted"
        if group.moved:
            return "moved"
        if len(group.new) > 1:
            return "split"
        return "joined" if len(group.old) > 1 else "changed"

    def _added(self, group: Group) -> int:
        """The characters that the edited file has and the source has not."""
        after = BREAK.join(self.new[k].text for k in group.new)
        before = BREAK.join(self.old[k].text for k in group.old)
        return sum(countable(after[c:d]) for _, _, _, c, d in opcodes(before, after))

    def _edits(self, kind: str, place: int, group: Group) -> list[Replacement]:
        match kind:
            case "inserted":
                line = self.new[group.new[0]]
                return [self._insertion(place, self._block(line, place))]
            case "deleted":
                return [self._deletion(self.old[group.old[0]])]
            case "moved":
                old, new = self.old[group.old[0]], self.new[group.new[0]]
                edits = self._rewrite(group) if old.text != new.text else []
                text = apply(self.source[old.start : old.end], edits, old.start)
                if old.kind is not Kind.BLOCK:
                    raise NotWritableError("it was moved within something that is not moved line by line")
                return [self._deletion(old), self._insertion(place, text)]
            case _:
                return self._rewrite(group)

    # Whole blocks.

    def _block(self, line: EditedLine, place: int) -> str:
        from converters.exporters.markdown.inlines import guard

        if CALL in line.text or line.pictures:
            inlines = inline_notes(line.inlines)
            if any(isinstance(inline, i.Image) for inline in inlines_within(inlines)):
                raise NotWritableError("pictures are put into the source by hand")
        else:
            inlines = line.inlines
        text = guard(written(inlines).replace("\n", "\\\n"))
        if line.level:
            return f"{self._hashes(line.level, place)} {text}".replace("\\\n", "<br>")
        return text

    def _hashes(self, level: int, place: int) -> str:
        """The marks of a heading of a level: those of the nearest heading of that level before, else after it."""
        found: dict[int, str] = {}
        for group in (*self.groups[place + 1 :][::-1], *self.groups[:place]):
            for k in group.old:
                marks = hashes(self.old[k], self.source)
                if marks and self.old[k].level:
                    found[self.old[k].level] = marks
        if level in found:
            return found[level]
        below = [known for known in found if known < level]
        if below:
            return ("#" * (len(found[max(below)]) + level - max(below)))[:6]
        return "#" * min(level, 6)

    def _insertion(self, place: int, text: str) -> Replacement:
        """A block put behind the line that precedes it in the edited file, or before the one that follows."""
        for step in range(place - 1, -1, -1):
            group = self.groups[step]
            if group.old and group.new and not group.moved:
                return self._behind(self.old[group.old[-1]], self.new[group.new[-1]], text, place)
        for group in self.groups[place + 1 :]:
            if group.old and group.new and not group.moved:
                return self._before(self.old[group.old[0]], text)
        raise NotWritableError("nothing beside it is in the source")

    def _behind(self, anchor: Line, edited: EditedLine, text: str, place: int) -> Replacement:
        if anchor.kind is Kind.BLOCK:
            return Replacement(anchor.end, anchor.end, f"\n\n{text}")
        if anchor.kind is Kind.ITEM:
            new = self.groups[place].new
            if new and self.new[new[0]].listed and edited.listed:
                return Replacement(anchor.end, anchor.end, self._item(anchor) + text)
            following = next((g for g in self.groups[place + 1 :] if g.old and g.new and not g.moved), None)
            if following and self.old[following.old[0]].kind is Kind.ITEM:
                raise NotWritableError("it stands inside a list")
            return Replacement(anchor.end, anchor.end, f"\n\n{text}")
        # Behind front matter, a table or a signature: before the block that follows.
        for group in self.groups[place + 1 :]:
            if group.old and group.new and not group.moved:
                return self._before(self.old[group.old[0]], text)
        if anchor.kind is not Kind.META:
            end = len(self.source.rstrip())
            return Replacement(end, end, f"\n\n{text}")
        raise NotWritableError("nothing beside it is in the source")

    def _before(self, anchor: Line, text: str) -> Replacement:
        if anchor.kind is not Kind.BLOCK:
            raise NotWritableError("it stands inside a table, a list or another part that is no run of paragraphs")
        return Replacement(anchor.start, anchor.start, f"{text}\n\n")

    def _item(self, anchor: Line) -> str:
        match = item_mark(anchor, self.source)
        if match is None:
            raise NotWritableError("its list is written in a way of its own")
        marker = match[2]
        if marker[:-1].isdecimal():
            marker = f"{int(marker[:-1]) + 1}{marker[-1]}"
        return f"\n{match[1]}{marker}{match[3]}"

    def _deletion(self, line: Line) -> Replacement:
        if line.kind not in (Kind.BLOCK, Kind.ITEM):
            raise NotWritableError("it belongs to something larger that is not deleted line by line")
        source, start, end = self.source, line.start, line.end
        following = re.compile(r"\n[ \t]*(?=\n)").match(source, end)
        if line.kind is Kind.ITEM:
            return Replacement(start, min(end + 1, len(source)), "")
        if following:
            after = re.compile(r"\s*\n").match(source, end)
            assert after is not None
            return Replacement(start, after.end(), "") if after.end() < len(source) else self._last(start, end)
        if end + 1 < len(source):
            return Replacement(start, end + 1, "")
        return self._last(start, end)

    def _last(self, start: int, end: int) -> Replacement:
        return Replacement(len(self.source[:start].rstrip()), end, "")

    # Inside lines.

    def _rewrite(self, group: Group) -> list[Replacement]:
        lines = [self.old[k] for k in group.old]
        edited = [self.new[k] for k in group.new]
        if any(line.kind is Kind.META or line.start < 0 for line in lines):
            raise NotWritableError("it is made from front matter: change it there")
        if len(lines) > 1 and any(line.kind is not Kind.BLOCK for line in lines):
            raise NotWritableError("only paragraphs are joined")
        if len(edited) > 1 and lines[0].kind is Kind.INNER:
            raise NotWritableError("only paragraphs and items of lists are split")
        edits: list[Replacement] = []
        row, mends = self._row(lines)
        text, paths = row.text, row.paths
        target = BREAK.join(line.text for line in edited)
        for _, i1, i2, j1, j2 in opcodes(text, target):
            around = paths[i1] if i1 < i2 else paths[i1 - 1] if i1 else ()
            fragment = self._fragment(edited, (j1, j2), lines[0], marked=bool(around))
            edits.extend(self._replace(row, i1, i2, fragment))
        edits = _merged(edits, mends if edits else [])
        if lines[0].kind is Kind.BLOCK and len(lines) == 1 and lines[0].level != edited[0].level:
            edits = _merged(edits, [self._promotion(lines[0], edited[0], group)])
        return edits

    def _promotion(self, line: Line, edited: EditedLine, group: Group) -> Replacement:
        marks = hashes(line, self.source)
        if line.level and not marks:
            raise NotWritableError("its level follows from its words")
        place = self.groups.index(group)
        wanted = f"{self._hashes(edited.level, place)} " if edited.level else ""
        return Replacement(line.start, heading_end(line, self.source), wanted)

    def _row(self, lines: list[Line]) -> tuple[_Row, list[Replacement]]:
        text = ""
        units: list[Place] = []
        paths: list[tuple[int, ...]] = []
        mends: list[Replacement] = []
        for number, line in enumerate(lines):
            own = extents(line, self.source)
            if number:
                text += BREAK
                units.append(Place(units[-1].end, own[0].start))
                paths.append(())
            mends += self._mends(line, own)
            text += line.text
            units += own
            paths += line.flat.paths
        return _Row(lines, text, units, paths), mends

    def _mends(self, line: Line, units: list[Place]) -> list[Replacement]:
        """What repair does to a line, written out: marks made full-width, torn pieces put together."""
        source, text, places = self.source, line.text, line.flat.places
        out: list[Replacement] = []
        for number, unit in enumerate(units):
            place = places[number]
            char = text[number]
            if place >= 0 and unit.end - unit.start == 1 and source[place] != char and char not in (CALL, "\n"):
                out.append(Replacement(place, place + 1, char))
            if number and not line.is_title:
                gap = Place(units[number - 1].end, unit.start)
                between = source[gap.start : gap.end]
                if not between or gap.start > gap.end:
                    continue
                torn = _BLANK_LINE.fullmatch(between)
                blank = not between.strip() and "\n" not in between
                surplus = source[gap.start - 1] != text[number - 1] and set(between) <= _SURPLUS
                if torn or blank or surplus:
                    out.append(Replacement(gap.start, gap.end, ""))
        return out

    def _fragment(self, edited: list[EditedLine], stretch: tuple[int, int], line: Line, *, marked: bool) -> str:
        """A stretch of the edited lines as Markdown; where it is put into `marked` words it takes their look."""
        start, end = stretch
        if start == end:
            return ""
        out: list[str] = []
        offset = 0
        for number, part in enumerate(edited):
            first, last = max(start - offset, 0), min(end - offset, len(part.text))
            if number and start <= offset - 1 < end:
                out.append(BREAK)
            if first < last:
                piece = part.text[first:last]
                if marked or (CALL not in piece and is_plain(part.inlines, first, last)):
                    if CALL in piece:
                        raise NotWritableError("a note was put inside words with a look of their own")
                    out.append(written((i.Text(piece),)) if piece.strip() else piece)
                else:
                    inlines = inline_notes(cut(part.inlines, first, last))
                    out.append(written(inlines))
            offset += len(part.text) + 1
        fragment = "".join(out)
        if "\n" in fragment:
            fragment = fragment.replace("\n", "<br>")
        if BREAK in fragment:
            between = self._item(line) if line.kind is Kind.ITEM else "\n\n"
            fragment = fragment.replace(BREAK, between)
        return fragment

    def _replace(self, row: _Row, i1: int, i2: int, fragment: str) -> list[Replacement]:
        lines, text, units, paths = row
        before, after = (paths[i1 - 1] if i1 else ()), (paths[i2] if i2 < len(paths) else ())
        if i1 == i2:
            return [self._inserted(row, i1, fragment)]
        if BREAK in text[i1:i2]:
            return self._joined(row, i1, i2, fragment)
        first, last = units[i1], units[i2 - 1]
        if not fragment and before == after and paths[i1] != before:
            # All that a mark stood around is gone, and the mark with it.
            low = units[i1 - 1].end if i1 else first.start - len(self._opening(lines[0], first.start))
            high = units[i2].start if i2 < len(units) else self._closing(lines[-1], last.end)
            return [Replacement(low, high, "")]
        within = paths[i1]
        if within == paths[i2 - 1] and all(path[: len(within)] == within for path in paths[i1:i2]):
            return [Replacement(first.start, last.end, fragment)]
        if before == after and i1 and i2 < len(units):
            # Marks that open or close inside are whole inside, and go with what they stood around.
            low = first.start if within == before else units[i1 - 1].end
            high = last.end if paths[i2 - 1] == after else units[i2].start
            return [Replacement(low, high, fragment)]
        out = [Replacement(unit.start, unit.end, "") for unit in units[i1:i2] if unit.end > unit.start]
        if fragment:
            out[0] = out[0]._replace(text=fragment)
        return out

    def _opening(self, line: Line, start: int) -> str:
        lead = self.source[line.start : start]
        match = _STRUCTURE.match(lead)
        return lead[match.end() :] if match else lead

    def _closing(self, line: Line, end: int) -> int:
        return len(self.source[: line.end].rstrip()) if line.kind is Kind.BLOCK and end <= line.end else end

    def _inserted(self, row: _Row, at: int, fragment: str) -> Replacement:
        lines, _, units, paths = row
        before, after = (paths[at - 1] if at else ()), (paths[at] if at < len(paths) else ())
        if at == 0:
            place = units[0].start
            if after and lines[0].kind is not Kind.INNER:
                place -= len(self._opening(lines[0], place))
        elif at == len(units):
            place = self._closing(lines[-1], units[-1].end) if before else units[-1].end
        elif len(before) > len(after) or (len(before) == len(after) and before != after):
            # Behind the mark that closes here.
            place = units[at].start if len(before) > len(after) else units[at - 1].end
        else:
            place = units[at - 1].end
        return Replacement(place, place, fragment)

    def _joined(self, row: _Row, i1: int, i2: int, fragment: str) -> list[Replacement]:
        lines, text, units, _ = row
        out: list[Replacement] = []
        offset = 0
        for k in range(i1, i2):
            if text[k] != BREAK:
                if units[k].end > units[k].start:
                    out.append(Replacement(units[k].start, units[k].end, ""))
                continue
            offset = text.count(BREAK, 0, k)
            above, below = lines[offset], lines[offset + 1]
            if below.start < above.end or self.source[above.end : below.start].strip():
                raise NotWritableError("something stands between what was joined")
            tail = self.source[units[k].start : above.end].rstrip()
            lead = self._opening(below, units[k].end)
            out.append(Replacement(units[k].start, units[k].end, tail + lead))
        if fragment:
            out.insert(0, Replacement(out[0].start, out[0].start, fragment))
        return out


def _merged(edits: list[Replacement], mends: list[Replacement]) -> list[Replacement]:
    """Edits, and the mends that none of them touches."""
    out = list(edits)
    for mend in mends:
        if not any(mend.start < edit.end and edit.start < mend.end for edit in edits):
            out.append(mend)
    # A mend and an insertion at one place: the mend goes first.
    return sorted(out, key=lambda edit: (edit.start, edit.end))
