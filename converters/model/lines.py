"""A line's inlines as the characters that a sheet shows: flattened, edited, and traced to the source.

A line break is `BREAK`, each character of inline code and each picture is `OBJECT`, and a note takes no room.
"""

from __future__ import annotations

import bisect
from dataclasses import replace
from operator import itemgetter
from typing import TypeAlias

from converters.diagnostics import Span

from . import inlines as i
from .walk import WRAPPERS

BREAK = "\v"
OBJECT = "\ufffc"

Inlines: TypeAlias = tuple[i.Inline, ...]

_first, _last = itemgetter(0), itemgetter(1)


def flat(inlines: Inlines) -> str:
    """A line's characters as a sheet shows them."""
    if len(inlines) == 1 and type(inlines[0]) is i.Text:
        return inlines[0].text
    return "".join([inline.text if type(inline) is i.Text else _flat(inline) for inline in inlines])


def _flat(inline: i.Inline) -> str:
    match inline:
        case i.Text(text=text):
            return text
        case i.Code(text=text):
            return OBJECT * len(text)
        case i.LineBreak():
            return BREAK
        case i.Note():
            return ""
        case i.Image():
            return OBJECT
        case i.Ruby(base=base):
            return flat(base)
        case _:
            return flat(inline.children)


def rewrite(inlines: Inlines, edits: list[tuple[int, int, str]]) -> Inlines:
    """A line with edits made: (start, end, after), sorted, not overlapping, in offsets of its flat text.

    An edit of equal length keeps its run whole; another cuts it, so that source places stay true.
    """
    if len(inlines) == 1 and type(inlines[0]) is i.Text:
        return tuple(_rewrite_run(inlines[0], edits))
    out, _ = _rewrite_children(inlines, edits, 0)
    return out


def _rewrite_children(inlines: Inlines, edits: list[tuple[int, int, str]], position: int) -> tuple[Inlines, int]:
    out: list[i.Inline] = []
    for inline in inlines:
        if isinstance(inline, i.Text):
            length = len(inline.text)
            mine = _clip(edits, position, position + length)
            out.extend(_rewrite_run(inline, mine) if mine else (inline,))
            position += length
        elif isinstance(inline, WRAPPERS):
            children, position = _rewrite_children(inline.children, edits, position)
            if children != inline.children:
                if not children:
                    continue
                out.append(replace(inline, children=children))
            else:
                out.append(inline)
        elif isinstance(inline, i.Ruby):
            base, position = _rewrite_children(inline.base, edits, position)
            out.append(inline if base == inline.base else replace(inline, base=base))
        elif isinstance(inline, i.LineBreak):
            # A mend that takes the place of a line break removes it.
            near = _near(edits, position, position)
            gone = any(start <= position < end for start, end, _ in near)
            added = next((after for start, end, after in near if start == position < end), "")
            out.extend([inline] if not gone else _pieces(added, inline.start))
            position += 1
        else:
            out.append(inline)
            position += len(_flat(inline))
    return tuple(out), position


def _near(edits: list[tuple[int, int, str]], start: int, end: int) -> list[tuple[int, int, str]]:
    """The edits that touch a stretch."""
    if len(edits) < 4:
        return edits
    return edits[bisect.bisect_left(edits, start, key=_last) : bisect.bisect_right(edits, end, key=_first)]


def _clip(edits: list[tuple[int, int, str]], start: int, end: int) -> list[tuple[int, int, str]]:
    """The parts of edits inside a run, in the run's own offsets; a text goes where its edit begins."""
    mine = []
    for first, last, after in _near(edits, start, end):
        if first < end and last > start:
            mine.append((max(first, start) - start, min(last, end) - start, after if first >= start else ""))
        elif first == last and start < first <= end:
            mine.append((first - start, first - start, after))
        elif first == last == start == 0:
            mine.append((0, 0, after))
    return mine


def _rewrite_run(run: i.Text, edits: list[tuple[int, int, str]]) -> list[i.Inline]:
    text, origin = run.text, run.start
    out: list[i.Inline] = []
    pieces: list[str] = []
    begin, last = 0, 0
    for start, end, after in edits:
        pieces.append(text[last:start])
        last = end
        if end - start == len(after) and BREAK not in after:
            pieces.append(after)
            continue
        whole = "".join(pieces)
        if whole:
            out.append(i.Text(whole, origin + begin if origin >= 0 else -1))
        # A replacement that is no longer than what it replaces still points into it.
        place = origin + start if origin >= 0 and len(after) <= end - start else -1
        out.extend(_pieces(after, place))
        pieces = []
        begin = end
    pieces.append(text[last:])
    whole = "".join(pieces)
    if whole:
        out.append(i.Text(whole, origin + begin if origin >= 0 else -1))
    return out


def _pieces(after: str, place: int) -> list[i.Inline]:
    out: list[i.Inline] = []
    for number, part in enumerate(after.split(BREAK)):
        if number:
            out.append(i.LineBreak(place))
        if part:
            out.append(i.Text(part, place))
    return out


class Traced:
    """A line gone through once, after which every character of it is found in the source at once."""

    __slots__ = ("_begins", "_leaves", "_length")

    def __init__(self, inlines: Inlines) -> None:
        # Where each leaf that takes room begins, where it stands, and how far that moves with each of its characters.
        self._begins: list[int] = []
        self._leaves: list[tuple[int, int]] = []
        self._length = self._trace(inlines, 0, -1, at_end=True)

    def _trace(self, inlines: Inlines, position: int, beside: int, *, at_end: bool) -> int:
        """Notes the leaves of a line from a position on; `beside` is the place of what has none. Returns its end."""
        final = len(inlines) - 1
        for index, inline in enumerate(inlines):
            if type(inline) is i.Text and inline.text and inline.start >= 0:
                # As nearly every one is.
                self._begins.append(position)
                self._leaves.append((inline.start, 1))
                position += len(inline.text)
                continue
            last = at_end and index == final
            match inline:
                case i.Ruby(base=base, start=place):
                    position = self._trace(base, position, place, at_end=last)
                    continue
                case i.Text(start=place) | i.Code(start=place):
                    length, step = len(inline.text), 1
                case i.LineBreak(start=place) | i.Image(start=place):
                    length, step = 1, 0
                case i.Note(start=place):
                    length, step = 0, 0
                case _:
                    position = self._trace(inline.children, position, beside, at_end=last)
                    continue
            if length or last:
                if place < 0:
                    place, step = beside, 0
                self._begins.append(position)
                self._leaves.append((place, step))
            position += length
        return position

    def locate(self, offset: int) -> int:
        """The place in the source of the character at an offset; -1 where no source holds it."""
        index = bisect.bisect_right(self._begins, offset) - 1
        if index < 0 or offset > self._length:
            return -1
        place, step = self._leaves[index]
        return place + (offset - self._begins[index]) * step if place >= 0 else -1

    def span(self, source: str, start: int, end: int) -> Span | None:
        """The place in a source of a stretch of the line; None where the source does not hold it."""
        first = self.locate(start)
        if first < 0:
            return None
        last = self.locate(end - 1) if end > start else first - 1
        return Span(source, first, last + 1 if last >= first - 1 else first)

    def gap(self, source: str, start: int, end: int) -> Span:
        """Where a stretch stands that no source holds, as a soft line end's blank: what is between its neighbours."""
        before, after = self.locate(start - 1) if start else -1, self.locate(end)
        first = before + 1 if before >= 0 else after
        return Span(source, first, max(first, after))


def locate(inlines: Inlines, offset: int) -> int:
    """The place in the source of the character at an offset of a line; -1 where no source holds it."""
    position = 0
    for inline in inlines:
        length = len(_flat(inline))
        if offset < position + length or (offset == position + length and inline is inlines[-1]):
            match inline:
                case i.Text(start=place) | i.Code(start=place):
                    return place + offset - position if place >= 0 else -1
                case i.LineBreak(start=place) | i.Image(start=place) | i.Note(start=place):
                    return place
                case i.Ruby(base=base, start=place):
                    inner = locate(base, offset - position)
                    return inner if inner >= 0 else place
                case _:
                    return locate(inline.children, offset - position)
        position += length
    return -1
