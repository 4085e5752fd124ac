"""The source divided at its blank lines: plain paragraphs and headings are read at once, the rest goes to markdown-it.

A chunk is plain when each of its lines begins at the margin with nothing that could begin another block. After a
blank line such a chunk ends every list, quote and note before it, so that the stretches between plain chunks
can be parsed for themselves; stretches that may hold blank lines (code fences, divs, comments) are kept whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from converters.model.patterns import compiled

from .places import SPACES

_CHUNK = compiled(rf"[^\n]*[^\n{SPACES}][^\n]*(?:\n[^\n]*[^\n{SPACES}][^\n]*)*")
_HEADING = compiled(r"(#{1,6})(?:[ \t]+|$)")
# What a line must not begin with to be plain text: marks of other blocks, or a space.
_UNSAFE = compiled(
    r"[ \t>|=:<\[]|[-+](?:[ \t]|$|[-+|: \t]+$|-)|\*(?:[ \t]|$|[* \t]*$)|_[_ \t]*$|`{3}|~(?:~~|[ \t]|$)"
    r"|\d{1,9}[.)](?:[ \t]|$)|#{1,6}(?:[ \t]|$)"
)
# First characters that _UNSAFE need not look at.
_SUSPECT = frozenset(" \t>|=:<[-+*_`~#0123456789")
_DEFINES = compiled(r" {0,3}[:~][ \t]")
_OPENER = compiled(
    r"(?m)^[ \t]*(?:[>\-+*][ \t]*|\d{1,9}[.)][ \t]+)*(?:`{3}|~{3}|:{3}|<!--|<script|<style)", re.IGNORECASE
)


def divide(text: str, start: int) -> Iterator[tuple[int, int, bool]]:
    """Stretches of the text from `start` on, in order: (start, end, whether it is plain)."""
    pending = -1
    pending_end = start
    chunks = _CHUNK.finditer(text, start)
    match = next(chunks, None)
    while match is not None:
        begin, end = match.span()
        following = next(chunks, None)
        if begin < pending_end:
            # Inside a stretch that is kept whole.
            if end > pending_end:
                pending_end = max(end, _reach(text, pending_end, end))
            match = following
            continue
        plain = is_plain(text, begin, end) and not (following and _DEFINES.match(text, following.start()))
        if plain:
            if pending >= 0:
                yield pending, pending_end, False
                pending = -1
            pending_end = begin
            yield begin, end, True
        else:
            if pending < 0:
                pending = begin
            pending_end = max(end, _reach(text, begin, end))
        match = following
    if pending >= 0:
        yield pending, min(pending_end, len(text)), False


def is_plain(text: str, start: int, end: int) -> bool:
    """Whether every line of a chunk is plain text or a heading."""
    if text[start] in _SUSPECT and not _plain_line(text, start, end):
        return False
    line = text.find("\n", start, end) + 1
    while line > 0:
        if text[line] in _SUSPECT and not _plain_line(text, line, end):
            return False
        line = text.find("\n", line, end) + 1
    return True


def _plain_line(text: str, start: int, end: int) -> bool:
    stop = text.find("\n", start, end)
    line = text[start : stop if stop >= 0 else end]
    return _UNSAFE.match(line) is None or _HEADING.match(line) is not None


def heading(line: str) -> tuple[int, int, int] | None:
    """Level, start and end of a heading's text in its line; None where the line is no heading."""
    match = _HEADING.match(line)
    if match is None:
        return None
    start, end = match.end(), len(line.rstrip(" \t"))
    hashes = end
    while hashes > start and line[hashes - 1] == "#":
        hashes -= 1
    if hashes < end and (hashes == start or line[hashes - 1] in " \t"):
        end = hashes
    return len(match[1]), start, max(start, end)


def _reach(text: str, start: int, end: int) -> int:
    """How far what opens in a chunk reaches: its end, or that of a fence, div or comment that goes on beyond it."""
    if _OPENER.search(text, start, end) is None:
        return end
    from . import fences

    position = start
    while position < end:
        stop = text.find("\n", position)
        stop = len(text) if stop < 0 else stop
        line = text[position:stop]
        closing: Callable[[fences.Lines], int | None]
        if fences.CODE_OPENER.match(line):
            closing = fences.code_end
        elif fences.DIV_OPENER.match(line):
            closing = fences.div_end
        elif fences.RAW_OPENER.match(line):
            closing = fences.raw_end
        elif line[:1] in (" ", "\t") and line.lstrip()[:3] in ("```", "~~~", ":::", "<!-", "<sc", "<st"):
            # Whose it is depends on what stands before it: the parser decides.
            return len(text)
        else:
            position = stop + 1
            continue
        rows = fences.text_lines(text, position)
        last = closing(rows)
        if last is None:
            # A fence that is never closed goes on to the end; what else stays open is rare, and the parser's business.
            return len(text)
        position += sum(len(rows.get(row) or "") + 1 for row in range(last + 1))
        end = max(end, position - 1)
    return end
