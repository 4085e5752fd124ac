"""Plain stretches: headings, and paragraphs between them, read without a block parser."""

from __future__ import annotations

from converters.diagnostics import Span
from converters.model import blocks as b
from converters.model.inlines import Text
from converters.model.patterns import compiled

from .chunks import heading
from .places import BLANKS, at
from .state import Reading

# A stretch without these is text from end to end, and most are: they pass here and never meet the inline grammar.
_SPECIAL = compiled(r"[\\`*_~^\[\]!<&{\n]")


def plain_blocks(reading: Reading, start: int, end: int, out: list[b.Block]) -> None:
    """Read a stretch that `divide` calls plain."""
    text = reading.source.text
    first = text[start]
    if first == "#" or text.find("\n#", start, end) >= 0:
        _with_headings(reading, start, end, out)
    elif _SPECIAL.search(text, start, end) or first in BLANKS or text[end - 1] in BLANKS:
        _paragraph(reading, start, end, out)
    else:
        out.append(b.Paragraph((Text(text[start:end], start),), span=Span(reading.source.name, start, end)))


def _paragraph(reading: Reading, start: int, end: int, out: list[b.Block]) -> None:
    from .paragraphs import paragraph

    out.extend(paragraph(at(reading.source.text[start:end], start), reading))


def _with_headings(reading: Reading, start: int, end: int, out: list[b.Block]) -> None:
    text = reading.source.text
    begin = start
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        found = heading(text[start:stop]) if text[start] == "#" else None
        if found:
            if begin < start:
                _paragraph(reading, begin, start - 1, out)
            level, first, last = found
            out.append(_heading(reading, level, (start + first, start + last), (start, stop)))
            begin = stop + 1
        start = stop + 1
    if begin < end:
        _paragraph(reading, begin, end, out)


def _heading(reading: Reading, level: int, words: tuple[int, int], line: tuple[int, int]) -> b.Heading:
    start, end = words
    text = reading.source.text
    while start < end and text[start] in BLANKS:
        start += 1
    while start < end and text[end - 1] in BLANKS:
        end -= 1
    span = Span(reading.source.name, line[0], line[0] + len(text[line[0] : line[1]].rstrip()))
    if not _SPECIAL.search(text, start, end):
        return b.Heading(level, (Text(text[start:end], start),) if end > start else (), span)
    from .inlines import read_inlines

    return b.Heading(level, read_inlines(at(text[start:end], start), reading), span)
