"""A document in stretches: passes that look at each line by itself hold the text of one stretch, not of the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from converters.model import blocks as b
from converters.model.document import Article, Document
from converters.records import dataclass

LENGTH = 40_000
"""Characters of a stretch: its text and the lists of its lines stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a document; where it `goes_on`, its first article is the rest of the one before."""

    document: Document
    goes_on: bool = False


def stretches(document: Document, length: int = LENGTH) -> Iterator[Stretch]:
    """A document in stretches of about so many characters; a short one is a stretch itself."""
    waiting: list[Article] = []
    size, goes_on, whole = 0, False, True
    for article in document.articles:
        for number, piece in enumerate(_pieces(article, length)):
            if waiting and (number or size >= length):
                yield Stretch(replace(document, articles=tuple(waiting)), goes_on)
                waiting, size, goes_on, whole = [], 0, number > 0, False
            waiting.append(piece)
            size += sum(map(_size, piece.blocks))
    yield Stretch(document if whole else replace(document, articles=tuple(waiting)), goes_on)


def together(document: Document, mended: Iterable[tuple[Stretch, Document]]) -> Document:
    """A document from its stretches and what has become of each; the same document where none has changed."""
    articles: list[Article] = []
    same = True
    for stretch, now in mended:
        same = same and now is stretch.document
        first, rest = now.articles[:1], now.articles[1:]
        if stretch.goes_on:
            before, (after,) = articles.pop(), first
            first = (replace(before, blocks=before.blocks + after.blocks, source=after.source),)
        articles += first + rest
    return document if same else replace(document, articles=tuple(articles))


def _pieces(article: Article, length: int) -> list[Article]:
    """An article cut between its blocks; what stands before them is in the first piece, the source line in the last."""
    cuts = [0]
    size = 0
    for index, block in enumerate(article.blocks):
        if size >= length:
            cuts.append(index)
            size = 0
        size += _size(block)
    if len(cuts) == 1:
        return [article]
    ends = [*cuts[1:], len(article.blocks)]
    pieces = [
        Article(blocks=article.blocks[start:end], span=article.span) for start, end in zip(cuts, ends, strict=True)
    ]
    pieces[0] = replace(article, blocks=pieces[0].blocks, source=None)
    pieces[-1] = replace(pieces[-1], source=article.source)
    return pieces


def _size(block: b.Block) -> int:
    span = block.span
    return span.end - span.start if span is not None else 200
