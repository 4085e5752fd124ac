"""Plain articles of a long document, a piece at a time and by all hands that are free.

What an article of plain paragraphs and headings writes depends on nothing but itself and the printed page. The pieces
are the same however many hands there are, and each is packed by itself, so the file is the same, too.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import NamedTuple, Self

from converters.hands import Shared
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.walk import blocks_within, inlines_of, notes_within

from .writer import Writer, Written

_PIECE = 1000
"""Paragraphs of a piece: 25 ms of work, and 600 kB of the document part."""
_LEAST = 3
"""Pieces that are worth another process: it takes 5 ms to be made."""
# The paragraphs of pieces are numbered from here on, and those of the rest never get so far.
_FIRST_NUMBER = 1 << 24
# So many paragraphs an article has at most beside its blocks, and one bookmark more than paragraphs.
_HEAD_AND_FOOT = 8


class _Run(NamedTuple):
    """Articles `first` to `last`, both inclusive, and the number of their first paragraph."""

    first: int
    last: int
    start: int


class Pieces:
    """The pieces of a document, to be asked for in order. `write` writes the article of a number with a writer."""

    def __init__(self, writer: Writer, write: Callable[[Writer, int], None]) -> None:
        self._writer = writer
        self._write = write
        self._runs = _runs(writer.document) if writer.theme.page.columns == 1 else []
        self._places = {run.first: place for place, run in enumerate(self._runs)}
        self._done = 0
        count = len(self._runs)
        self._shared = Shared(count if count >= _LEAST else 0, self._make, pickle)

    def hold(self, number: int) -> bool:
        """Whether the article of a number stands in a piece: then that has been put into the document."""
        place = self._places.get(number)
        if place is not None:
            made = self._shared.take(place)
            self._writer.take_over(self._make(place) if made is None else made)
            self._done = self._runs[place].last
        return number <= self._done

    def _make(self, place: int) -> Written:
        run = self._runs[place]
        writer = self._writer.apart(run.start)
        for number in range(run.first, run.last + 1):
            self._write(writer, number)
        return writer.written()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._shared.close()


def _runs(document: Document) -> list[_Run]:
    """Runs of plain articles that are long enough for a piece.

    The first article goes on from the front of the issue and the last is followed by the colophon; what follows an
    article that is not plain takes over its blank rows: none of these stands in a piece. No article does where there
    are notes: which of them are called twice is known at the end.
    """
    plain = [_is_plain(article) for article in document.articles]
    if plain.count(True) < 2 or any(
        _has_notes(article) for article, held in zip(document.articles, plain, strict=True) if not held
    ):
        return []
    runs: list[_Run] = []
    first = length = 0
    start = _FIRST_NUMBER
    last = len(plain)
    for number in range(2, last):
        if not (plain[number - 2] and plain[number - 1]):
            length = 0
            continue
        if not length:
            first = number
        length += len(document.articles[number - 1].blocks) + _HEAD_AND_FOOT
        if length >= _PIECE:
            runs.append(_Run(first, number, start))
            start += length
            length = 0
    return runs


def _has_notes(article: Article) -> bool:
    lines = list(_heads(article))
    for block in blocks_within(article.editor_note + article.blocks):
        lines += inlines_of(block)
    return any(True for line in lines for _ in notes_within(line))


def _heads(article: Article) -> tuple[tuple[i.Inline, ...], ...]:
    """The lines of an article that are no blocks."""
    foot = () if article.source is None else (article.source.inlines,)
    return (article.column, article.kicker, *article.title, article.subtitle, article.author, *foot)


def _is_plain(article: Article) -> bool:
    """Whether an article writes nothing but a paragraph for each of its lines and blocks."""
    if not (article.title or article.blocks or article.source) or article.editor_note:
        return False
    for block in article.blocks:
        match block:
            case b.Paragraph():
                if not (_is_plain_line(block.run_in) and _is_plain_line(block.inlines)):
                    return False
            case b.Heading():
                if not _is_plain_line(block.inlines):
                    return False
            case _:
                return False
    return all(_is_plain_line(line) for line in _heads(article))


def _is_plain_line(inlines: tuple[i.Inline, ...]) -> bool:
    """Whether a line calls for nothing outside it."""
    if len(inlines) == 1 and type(inlines[0]) is i.Text:
        return True
    for inline in inlines:
        match inline:
            case i.Text() | i.Code() | i.LineBreak():
                pass
            case i.Link() | i.Note() | i.Image() | i.Ruby():
                return False
            case _:
                if not _is_plain_line(inline.children):
                    return False
    return True
