"""Edits made against one state of a source, carried over to another; and bytes that keep what no edit touches."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from difflib import SequenceMatcher

from converters.diagnostics import Source
from converters.exporters.docx.identity import without_comments

from .pieces import Replacement, apply

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Carrier:
    """Carries places from a base to the source as it is now; both are compared line by line."""

    def __init__(self, base: str, now: str) -> None:
        self.same: list[tuple[int, int, int]] = []
        if base == now:
            self.same.append((0, len(base), 0))
            return
        first, second = base.splitlines(keepends=True), without_comments(now).splitlines(keepends=True)
        starts, others = _starts(first), _starts(second)
        matcher = SequenceMatcher(None, first, second, autojunk=False)
        for a, c, size in matcher.get_matching_blocks():
            if size:
                self.same.append((starts[a], starts[a + size], others[c]))

    def carry(self, start: int, end: int) -> int | None:
        """How far a stretch has moved; None where it is not the same any more."""
        for low, high, place in self.same:
            if low <= start and end <= high:
                return place - low
        return None


def _starts(lines: Sequence[str]) -> list[int]:
    out = [0]
    for line in lines:
        out.append(out[-1] + len(line))
    return out


def encode(source: Source, data: bytes, edits: Sequence[Replacement]) -> bytes:
    """The bytes of a source with edits made: its encoding, byte order mark and line ends are kept.

    Raises UnicodeEncodeError for a new character that the encoding lacks.
    """
    if not edits:
        return data
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    raw = data[len(mark) :].decode(source.encoding)
    if "\r" not in raw:
        return mark + apply(raw, edits).encode(source.encoding)
    # Where each character of the text with "\n" alone stood among the line ends as they are.
    places: list[int] = []
    position = 0
    while position < len(raw):
        places.append(position)
        position += 2 if raw.startswith("\r\n", position) else 1
    places.append(len(raw))
    moved = [
        Replacement(places[edit.start], places[edit.end], edit.text.replace("\n", source.newline)) for edit in edits
    ]
    return mark + apply(raw, moved).encode(source.encoding)
