"""Changes of which no two write the same place, and whose characters the source's encoding has."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import replace

from converters.diagnostics import Source

from .change import Change
from .pieces import Replacement


def without_clashes(source: Source, changes: Sequence[Change]) -> list[Change]:
    """Changes of which no two write the same place, and whose characters the source's encoding has."""
    out: list[Change] = []
    taken: list[Replacement] = []
    for change in changes:
        change = _trimmed(source, change, taken)
        clash = any(
            edit.start < other.end and other.start < edit.end for edit in change.edits for other in _near(edit, taken)
        )
        lacking = next((edit for edit in change.edits if not _encodes(edit.text, source)), None)
        if clash:
            change = replace(change, ways=(), refused="another change stands in the same place")
        elif lacking:
            change = replace(change, ways=(), refused="the source's encoding lacks one of its characters")
        else:
            for edit in change.edits:
                bisect.insort(taken, edit)
            ways = [way for way in change.ways if all(_encodes(edit.text, source) for edit in way.edits)]
            change = replace(change, ways=tuple(ways))
        out.append(change)
    return out


def _trimmed(source: Source, change: Change, taken: list[Replacement]) -> Change:
    """A change whose deletions leave out blank lines that another takes."""
    if not change.ways or change.refused:
        return change
    text = source.text
    edits = []
    for edit in change.edits:
        for other in _near(edit, taken):
            low, high = max(edit.start, other.start), min(edit.end, other.end)
            if edit.text or low >= high or text[low:high].strip():
                continue
            if low == edit.start:
                edit = edit._replace(start=high)
            elif high == edit.end:
                edit = edit._replace(end=low)
        edits.append(edit)
    return replace(change, ways=(change.ways[0]._replace(edits=tuple(edits)), *change.ways[1:]))


def _near(edit: Replacement, taken: list[Replacement]) -> list[Replacement]:
    """Of edits in order, none over another, those that may touch one."""
    low = bisect.bisect_left(taken, (edit.start,))
    return taken[max(low - 2, 0) : bisect.bisect_left(taken, (edit.end + 1,))]


def _encodes(text: str, source: Source) -> bool:
    try:
        text.encode(source.encoding)
    except UnicodeEncodeError:
        return False
    return True
