"""Both sides changed one paragraph: a merge clause by clause, where their changes do not touch.

The rule: a clause ends behind ，、；：。！？… and the marks that close on it, or at a line break. What the editor
changed and what the source has changed since are merged where at least one clause that neither touched stands between
them, or where both made the same change. All else is a conflict: a person must decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple, TypeAlias

from converters.model import inlines as i

from .align import align
from .change import Change
from .edited import EditedLine
from .lines import Line, Lines
from .looks import Flat, Look, alike
from .pieces import NotWritableError
from .unedited import Unedited
from .wording import Wording

KINDS = frozenset(("changed", "formatting", "picture"))
_CLAUSE = re.compile(r"[^，、；：。！？…,;:!?\n]*[，、；：。！？…,;:!?\n]*[”’」』）》〉】)]*")
# Where each clause of a line begins and ends.
_Spans: TypeAlias = "list[tuple[int, int]]"


class _Region(NamedTuple):
    """Clauses of the base that one side changed, and the clauses that stand for them there."""

    i1: int
    i2: int
    j1: int
    j2: int


class Merger:
    """Merges what the edited file and the source, changed meanwhile, make of one line."""

    def __init__(
        self, old: Lines, now: Lines, edited: Sequence[EditedLine], wording: Wording, unedited: Unedited
    ) -> None:
        self.old = old
        self.now = now
        self.edited = edited
        self.wording = wording
        self.unedited = unedited
        self.partners: dict[int, tuple[int, ...]] | None = None

    def merged(self, change: Change) -> Change | None:
        """A change of both sides as one that is written into the source as it is now; None for a conflict."""
        group = change.group
        if change.kind not in KINDS or len(group.old) != 1 or len(group.new) != 1:
            return None
        partner = self.partner(group.old[0])
        if partner is None:
            return self._in_part(change)
        old, new = self.old[group.old[0]], self.edited[group.new[0]]
        now = self.now[partner]
        if now.start < 0 or now.level != old.level:
            return None
        flat = self._flat(old, new, now)
        if flat is None or (flat.text == now.text and flat.looks == now.flat.looks):
            return None
        return self._written(change, now, replace(new, flat=flat))

    def _written(self, change: Change, now: Line, line: EditedLine) -> Change | None:
        try:
            ways = [way for way in self.wording.ways([now], [line]) if way.edits]
        except NotWritableError:
            return None
        return replace(change, kind="merged", ways=tuple(ways), refused="", instead=(now, line)) if ways else None

    def partner(self, old: int) -> int | None:
        """The line of the source as it is now that a line of the base has become; None for none, or for several."""
        parts = self._parts(old)
        return parts[0] if len(parts) == 1 else None

    def _parts(self, old: int) -> tuple[int, ...]:
        """The lines of the source as it is now that a line of the base has become."""
        if self.partners is None:
            lines = [EditedLine(0, line.flat, level=line.level) for line in self.now]
            groups = align(self.old, lines)
            self.partners = {group.old[0]: tuple(group.new) for group in groups if len(group.old) == 1}
        return self.partners.get(old, ())

    def _in_part(self, change: Change) -> Change | None:
        """A change inside one of the paragraphs that the source has parted a line into since; None for any other.

        What touches a seam may belong to either side of it.
        """
        old, new = self.old[change.group.old[0]], self.edited[change.group.new[0]]
        parts = [self.now[k] for k in self._parts(change.group.old[0])]
        size = len(old.text)
        if change.kind != "changed" or "".join(part.text for part in parts) != old.text:
            return None
        first = _shared(old.text, new.text)
        behind = _shared(old.text[first:][::-1], new.text[first:][::-1])
        start = 0
        for part in parts:
            end = start + len(part.text)
            left, right = first > start or start == 0, size - behind < end or end == size
            if part.start >= 0 and start <= first and size - behind <= end and left and right:
                break
            start = end
        else:
            return None
        grown = len(new.text) - size
        shown = self.unedited.looks(old)
        for k in (*range(start), *range(end, size)):
            look = new.flat.looks[k if k < start else k + grown]
            if not alike(old.text[k], old.flat.looks[k], look) and not alike(old.text[k], shown[k], look):
                return None
        flat = self._cut(new.flat, start, end + grown)
        return self._written(change, part, replace(new, flat=flat, level=part.level))

    def _cut(self, flat: Flat, start: int, end: int) -> Flat:
        objects = {place - start: each for place, each in (flat.objects or {}).items() if start <= place < end}
        return Flat(flat.text[start:end], (), ((),) * (end - start), tuple(flat.looks[start:end]), {}, objects)

    def _flat(self, old: Line, new: EditedLine, now: Line) -> Flat | None:
        base, one, two = (_clauses(text) for text in (old.text, new.text, now.text))
        mine = _regions([old.text[a:z] for a, z in base], [new.text[a:z] for a, z in one])
        mine = self._with_looks(mine, (old, base), (new, one))
        theirs = _regions([old.text[a:z] for a, z in base], [now.text[a:z] for a, z in two])
        chosen: list[tuple[_Region, bool]] = [(region, False) for region in theirs]
        for region in mine:
            beside = [other for other in theirs if region.i1 <= other.i2 and other.i1 <= region.i2]
            same = [
                other for other in beside
                if (other.i1, other.i2) == (region.i1, region.i2)
                and _text(new.text, one, region.j1, region.j2) == _text(now.text, two, other.j1, other.j2)
            ]  # fmt: skip
            if len(beside) > len(same):
                return None
            if not beside:
                chosen.append((region, True))
        return self._joined(sorted(chosen), (new, one), (now, two), len(base))

    def _with_looks(
        self,
        regions: list[_Region],
        old: tuple[Line, _Spans],
        new: tuple[EditedLine, _Spans],
    ) -> list[_Region]:
        """The regions, and the clauses of the same words that look otherwise."""
        line, base = old
        shown = self.unedited.looks(line)
        out = list(regions)
        edges = [*regions, _Region(len(base), len(base), len(new[1]), len(new[1]))]
        i_, j_ = 0, 0
        for region in edges:
            for step in range(region.i1 - i_):
                (a, z), (c, _) = base[i_ + step], new[1][j_ + step]
                if not all(
                    alike(line.text[a + k], looks, new[0].flat.looks[c + k])
                    or alike(line.text[a + k], shown[a + k], new[0].flat.looks[c + k])
                    for k, looks in enumerate(line.flat.looks[a:z])
                ):
                    out.append(_Region(i_ + step, i_ + step + 1, j_ + step, j_ + step + 1))
            i_, j_ = region.i2, region.j2
        return sorted(out)

    def _joined(
        self,
        chosen: list[tuple[_Region, bool]],
        new: tuple[EditedLine, _Spans],
        now: tuple[Line, _Spans],
        count: int,
    ) -> Flat:
        """The line: the source as it is now, with the editor's regions in it."""
        text: list[str] = []
        looks: list[Look] = []
        objects: dict[int, i.Inline] = {}

        def put(flat: Flat, clauses: _Spans, first: int, last: int) -> None:
            if first >= last:
                return
            start, end = clauses[first][0], clauses[last - 1][1]
            offset = len(looks) - start
            objects.update(
                {place + offset: each for place, each in (flat.objects or {}).items() if start <= place < end}
            )
            text.append(flat.text[start:end])
            looks.extend(flat.looks[start:end])

        at = shift = 0
        for region, mine in chosen:
            put(now[0].flat, now[1], at + shift, region.i1 + shift)
            if mine:
                put(new[0].flat, new[1], region.j1, region.j2)
            else:
                put(now[0].flat, now[1], region.j1, region.j2)
                shift = region.j2 - region.i2
            at = region.i2
        put(now[0].flat, now[1], at + shift, count + shift)
        return Flat("".join(text), (), ((),) * len(looks), tuple(looks), {}, objects)


def _shared(one: str, two: str) -> int:
    """How many characters two texts begin with alike."""
    return next((k for k, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def _clauses(text: str) -> _Spans:
    return [(match.start(), match.end()) for match in _CLAUSE.finditer(text) if match.end() > match.start()]


def _regions(base: list[str], other: list[str]) -> list[_Region]:
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return [_Region(a, z, c, d) for tag, a, z, c, d in matcher.get_opcodes() if tag != "equal"]


def _text(text: str, clauses: _Spans, first: int, last: int) -> str:
    return "".join(text[a:z] for a, z in clauses[first:last])
