"""Lines of text as XHTML: emphasis, marks, links, ruby, calls of notes, pictures in the line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import assert_never

from converters.model import inlines as i
from converters.model.pagination import PageStart
from converters.model.patterns import compiled
from converters.model.walk import plain
from converters.theme.schema import Role
from converters.units import parse_length
from converters.xhtml import attribute, escape, safe_address

from .book import Book

_WIDE = "[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"


def drawn(inlines: tuple[i.Inline, ...]) -> str:
    """All that a line's face draws: its text, readings of ruby, numbers of notes."""
    if len(inlines) == 1 and type(inlines[0]) is i.Text:
        return inlines[0].text
    return plain(inlines) + "".join(_beside(inlines))


def _beside(inlines: tuple[i.Inline, ...]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case i.Ruby(base=base, reading=reading):
                yield reading
                yield from _beside(base)
            case i.Note():
                yield "[0123456789]"
            case i.Text() | i.Code() | i.LineBreak() | i.Image():
                pass
            case _:
                yield from _beside(inline.children)


class InlineWriter:
    """Writes lines of a book. While `pending` holds page starts, characters are counted and marks put between them."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.pending: list[PageStart] = []
        self.position = 0
        self._linked = False
        self._late: list[str] = []
        self.escape = book.escape

    def line(self, inlines: tuple[i.Inline, ...]) -> str:
        """A line as XHTML."""
        if len(inlines) == 1 and type(inlines[0]) is i.Text:
            return self.text(inlines[0].text)
        return "".join([self._inline(inline) for inline in inlines])

    def text(self, text: str) -> str:
        """Characters, with the marks of the printed pages that begin among them."""
        if not self.pending:
            return self.escape(text)
        return self._between_marks(text, self.escape)

    def begin(self, starts: list[PageStart]) -> None:
        """Count characters from here, for the pages that begin in the block that follows."""
        self.pending = sorted(starts, key=lambda start: start.offset)
        self.position = 0

    def end(self) -> str:
        """The marks of pages that begin where the block ends."""
        rest, self.pending = self.pending, []
        return "".join(self.book.page_mark(start.label) for start in rest)

    def _between_marks(self, text: str, escape_text: Callable[[str], str]) -> str:
        out: list[str] = []
        cut = 0
        while self.pending and self.pending[0].offset < self.position + len(text):
            start = self.pending.pop(0)
            place = max(start.offset - self.position, cut)
            out += (escape_text(text[cut:place]), self.book.page_mark(start.label))
            cut = place
        self.position += len(text)
        out.append(escape_text(text[cut:]))
        return "".join(out)

    def plain_text(self, text: str) -> str:
        """Characters that stay as they are: code."""
        return self._between_marks(text, escape) if self.pending else escape(text)

    def _inline(self, inline: i.Inline) -> str:
        match inline:
            case i.Text(text=text):
                return self.text(text)
            case i.Code(text=text):
                return f"<code>{self.plain_text(text)}</code>"
            case i.LineBreak():
                self.position += 1
                return "<br/>"
            case i.Ruby(base=base, reading=reading):
                self.book.ruby = True
                # A browser without ruby shows the reading in brackets; EPUB discourages rp, its readers have ruby.
                opening, closing = ("", "") if self.book.epub else ("<rp>（</rp>", "<rp>）</rp>")
                return f"<ruby>{self.line(base)}{opening}<rt>{escape(reading)}</rt>{closing}</ruby>"
            case i.Note():
                return self._call(inline)
            case i.Image():
                return self.image(inline, "inline")
            case _:
                return self._span(inline)

    def _span(self, span: i.Span) -> str:
        children = span.children
        match span:
            case i.Strong():
                self.book.faces.draw(Role.HEITI, drawn(children))
                return f"<strong>{self.line(children)}</strong>"
            case i.Emphasis():
                if compiled(_WIDE).search(plain(children)) is None:
                    return f'<em class="latin">{self.line(children)}</em>'
                self.book.faces.draw(Role.KAITI, drawn(children))
                return f"<em>{self.line(children)}</em>"
            case i.Strike():
                return f"<s>{self.line(children)}</s>"
            case i.Dots(form=form):
                kind = f"dots {form}" if form else "dots"
                return f'<em class="{kind}">{self.line(children)}</em>'
            case i.Deceased():
                return f'<span class="deceased">{self.line(children)}</span>'
            case i.ProperName():
                return f'<u class="name">{self.line(children)}</u>'
            case i.BookTitle():
                return f'<cite class="wavy">{self.line(children)}</cite>'
            case i.Superscript():
                return f"<sup>{self.line(children)}</sup>"
            case i.Subscript():
                return f"<sub>{self.line(children)}</sub>"
            case i.Link():
                return self._link(span)
            case _:
                assert_never(span)

    def _link(self, link: i.Link) -> str:
        """A link, or its text alone where it leads nowhere that a reader may be sent."""
        target = link.target
        href = self.book.anchor(target) if target.startswith("#") else safe_address(target)
        if not href or self._linked:
            return self.line(link.children)
        self._linked = True
        inner = self.line(link.children)
        self._linked = False
        late, self._late = self._late, []
        title = attribute("title", link.title)
        if not inner:
            # A link without text cannot be followed.
            return "".join(late)
        return f"<a{attribute('href', self.book.address(href))}{title}>{inner}</a>{''.join(late)}"

    def _call(self, note: i.Note) -> str:
        entry, identifier = self.book.call(note)
        kind = self.book.semantics("noteref", "doc-noteref")
        href = attribute("href", self.book.address(f"{entry.file}#note-{entry.number}"))
        call = f'<a{kind} class="call" id="{identifier}"{href}>[{entry.number}]</a>'
        if self._linked:
            # One link cannot hold another: the call follows it.
            self._late.append(call)
            return ""
        return call

    def image(self, image: i.Image, kind: str, look: str = "") -> str:
        """A picture, or its description where it is missing; `look` is a declaration of CSS."""
        source = self.book.picture_source(image.target)
        if not source:
            text = self.book.words.missing.format(text=image.alt or image.target)
            return f'<span class="missing furniture">{escape(text)}</span>'
        if not image.alt and not image.decorative:
            self.book.undescribed = True
        alt = "" if image.decorative else image.alt or (image.title or self.book.words.picture)
        # An author's picture always has an alt attribute; an empty one tells that it only decorates.
        described = f' alt="{escape(alt)}"'
        style = attribute("style", look or (self.width(image.width) if image.width else ""))
        return f'<img class="{kind}"{attribute("src", source)}{described}{attribute("title", image.title)}{style}/>'

    def width(self, width: str) -> str:
        """A width as CSS: a share stays one, a length becomes ems of the body's size; "" for what is neither.

        A vertical page has no width to take a share of: there a picture is only kept within the screen.
        """
        if re.fullmatch(r"\s*\d+(\.\d+)?\s*%\s*", width):
            if self.book.vertical:
                return ""
            return f"width:{width.strip().replace(' ', '')}"
        try:
            size = self.book.faces.theme.styles.body.size
            return f"width:{parse_length(width, size) / size:.3g}em"
        except ValueError:
            return ""
