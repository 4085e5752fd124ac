"""Changes made against the edition's source, carried to the source as it is now; what cannot be is marked there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converters.diagnostics import Source

from .change import Change
from .lines import Kind, Line
from .pieces import Replacement
from .rebase import Carrier, encode
from .three_way import Merger
from .wording import Way

MEANWHILE = "the source was changed here meanwhile"


class Carrying:
    """Carries the changes of one edited file; `old` are the lines of its base."""

    def __init__(self, source: Source, data: bytes, old: Sequence[Line], base: str) -> None:
        self.source = source
        self.data = data
        self.old = old
        self.carrier = Carrier(base, source.text)

    def carried(self, change: Change, merger: Merger) -> Change:
        """A change in places of the source as it is now."""
        if change.refused or change.rides:
            return change
        ways = [way for way in (self._way(change, way) for way in change.ways) if way is not None]
        if not ways:
            return merger.merged(change) or replace(change, ways=(), refused=MEANWHILE)
        return replace(change, ways=tuple(ways))

    def _way(self, change: Change, way: Way) -> Way | None:
        edits = []
        lines = [self.old[k] for k in change.group.old]
        for edit in way.edits:
            low, high = edit.start, edit.end
            for line in lines:
                if line.start >= 0 and line.start <= high and low <= line.end:
                    low, high = min(low, line.start), max(high, line.end)
            shift = self.carrier.carry(low, high)
            if shift is None and low == high and edit.text.startswith("\n"):
                # Behind a block that has changed: what counts is the blank line that follows it.
                shift = self.carrier.carry(high + 1, high + 1)
            if shift is None:
                return None
            edits.append(Replacement(edit.start + shift, edit.end + shift, edit.text))
        return way._replace(edits=tuple(edits))

    def marked(self, data: bytes, applied: Sequence[Change], conflicts: Sequence[Change]) -> bytes:
        """The result with each conflict as a comment before the block that follows it."""
        edits = [edit for change in applied for edit in change.edits]
        for change in conflicts:
            text = " / ".join((change.after or f"deleted: {change.before}").split("\n")).replace("--", "- -")
            place = self._place_after(change)
            mark = f"<!-- conflict: {text} -->"
            if place < 0:
                end = len(self.source.text.rstrip())
                edits.append(Replacement(end, end, f"\n\n{mark}"))
            else:
                edits.append(Replacement(place, place, f"{mark}\n\n"))
        try:
            return encode(self.source, self.data, edits)
        except UnicodeEncodeError:
            return data

    def _place_after(self, change: Change) -> int:
        last = max(change.group.old, default=-1)
        if last < 0:
            return -1
        for line in self.old[last + 1 :]:
            if line.kind is Kind.BLOCK:
                shift = self.carrier.carry(line.start, line.end)
                if shift is not None:
                    return line.start + shift
        return -1
