"""Titles on a screen: parted where print parts them, else between phrases; never inside a word or a short quotation."""

from __future__ import annotations

from itertools import pairwise

from converters.model import inlines as i
from converters.model.document import Article
from converters.typeset.phrases import boundaries

from .blocks import BlockWriter
from .book import Book

# A line of this many characters stands whole on the narrowest phone (320 px hold 14 hanzi of a title), and a phrase of
# this many where the reader has made the letters larger by half.
_WHOLE, _PHRASE = 12, 9
# How well a line must end at a place (typeset.phrases: 0 to 1), and how well where a phrase would be too long.
_SURE, _POSSIBLE = 0.5, 0.1
_PARTICLES = "的地得了着過过"


def write_title(writer: BlockWriter, article: Article, identifier: str) -> str:
    """The heading of an article with its kicker, subtitle and author, "" where it has none of them."""
    above = f'<p class="kicker">{writer.line("kicker", article.kicker)}</p>\n' if article.kicker else ""
    element = f"h{writer.book.title_level}"
    title = _lines(writer, article, identifier)
    heading = f'<{element} id="{identifier}" class="title">{title}</{element}>' if title else ""
    below = "".join(
        f'\n<p class="{style}">{writer.line(style, line)}</p>'
        for style, line in (("subtitle", article.subtitle), ("author", article.author))
        if line
    )
    whole = above + heading + below
    return f'<header class="head">\n{whole}\n</header>' if whole else ""


def _lines(writer: BlockWriter, article: Article, identifier: str) -> str:
    """The lines of a title: the author's, else those of the print edition where a screen has no room for it."""
    match article.title:
        case ((i.Text(text=text),),):
            book = writer.book
            book.faces.draw(book.faces.style("title").role, text)
            printed = book.title_lines.get(identifier, ())
            if len(printed) > 1 and "".join(printed) == text:
                return "".join(f'<span class="phrase">{parted(book, line)}</span>' for line in printed)
            return parted(book, text)
        case (line,):
            return writer.line("title", line)
        case lines:
            return "<br/>".join(f'<span class="phrase">{_line(writer, line)}</span>' for line in lines)


def _line(writer: BlockWriter, line: tuple[i.Inline, ...]) -> str:
    match line:
        case (i.Text(text=text),):
            book = writer.book
            book.faces.draw(book.faces.style("title").role, text)
            return parted(book, text)
        case _:
            return writer.line("title", line)


def parted(book: Book, line: str) -> str:
    """A line of a title with the places where a narrow screen may part it; the style sheet forbids all others."""
    if len(line) <= _WHOLE:
        return book.escape(line)
    cuts = [0, *_cuts(line, book.lang), len(line)]
    return "<wbr/>".join(book.escape(line[start:end]) for start, end in pairwise(cuts))


def _cuts(line: str, lang: str) -> list[int]:
    # A line does not begin with a particle, and a space is a place by itself.
    found = {
        place: worth for place, worth in boundaries(line, lang, 2, len(line) - 2).items()
        if line[place] not in _PARTICLES and not line[place - 1].isspace()
    }  # fmt: skip
    cuts = {place for place, worth in found.items() if worth >= _SURE}
    edges = [0, *sorted(cuts), len(line)]
    while edges[1:]:
        start, end = edges[0], edges[1]
        inside = [place for place in found if start < place < end and found[place] > _POSSIBLE]
        if end - start <= _PHRASE or not inside:
            edges.pop(0)
            continue
        edges.insert(1, max(inside, key=lambda place: (found[place], -abs(start + end - 2 * place))))
        cuts.add(edges[1])
    return sorted(cuts)
