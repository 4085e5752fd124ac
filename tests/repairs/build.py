"""Documents for tests, from a few lines of text: a block a paragraph, "#" for headings."""

from __future__ import annotations

import re

from converters.diagnostics import Source, Span
from converters.model.blocks import Block, Heading, Paragraph
from converters.model.document import Article, Document
from converters.model.inlines import Text
from converters.model.metadata import Metadata


def build(text: str, metadata: Metadata | None = None, name: str = "text.md") -> Document:
    """A flat document, as a reader gives it, of blocks that blank lines separate."""
    blocks: list[Block] = []
    for match in re.finditer(r"(?:(?!\n\n)[\s\S])+", text):
        piece = match.group()
        start = match.start() + len(piece) - len(piece.lstrip("\n"))
        piece = piece.strip("\n")
        if not piece:
            continue
        span = Span(name, start, start + len(piece))
        mark = re.match(r"(#+) ", piece)
        if mark:
            blocks.append(Heading(len(mark[1]), (Text(piece[mark.end() :], start + mark.end()),), span))
        else:
            blocks.append(Paragraph((Text(piece, start),), span=span))
    return Document(metadata or Metadata(), (Article(blocks=tuple(blocks)),), (Source(name, text),))


def lines(text: str, metadata: Metadata | None = None, name: str = "text.txt") -> Document:
    """A flat document of plain text: every line that is not blank is a paragraph."""
    blocks: list[Block] = []
    for match in re.finditer(r"[^\n]*[^\s][^\n]*", text):
        span = Span(name, match.start(), match.end())
        blocks.append(Paragraph((Text(match.group(), match.start()),), span=span))
    return Document(metadata or Metadata(), (Article(blocks=tuple(blocks)),), (Source(name, text),))
