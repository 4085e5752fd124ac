"""The text of an XHTML or HTML page, without its furniture (HTML Living Standard; EPUB 3.3, structural semantics)."""

from __future__ import annotations

from typing import Any

from converters.model.reading import Stream

from .edition import EditionText, UnreadableEditionError

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
# Elements that stand in a line; all others begin and end a paragraph.
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark",
    "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u",
    "var", "wbr",
))  # fmt: skip
_SILENT = frozenset((
    "head", "script", "style", "template", "rp", "svg", "math", "audio", "video", "object", "iframe",
    "noscript",
))  # fmt: skip
_FURNITURE_TYPES = frozenset(("pagebreak", "noteref", "backlink", "toc", "landmarks", "page-list", "cover"))
_FURNITURE_ROLES = frozenset(("doc-pagebreak", "doc-noteref", "doc-backlink", "doc-toc", "doc-cover"))
_NOTE_TYPES = frozenset(("footnote", "endnote", "rearnote"))
_NOTE_ROLES = frozenset(("doc-footnote", "doc-endnote"))


class PageText:
    """Walks one page and puts its text into an edition's; notes wait until their call is known."""

    def __init__(self, edition: EditionText, file: str = "") -> None:
        self.edition = edition
        self.file = file
        self.paragraph = 0
        self.fresh = True
        self.stream = Stream.BODY

    def read(self, root: Any) -> None:
        """Take the text of a parsed page."""
        self._element(root)

    def _element(self, element: Any) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            return
        name = tag.rpartition("}")[2].lower()
        if name in _SILENT or is_furniture(element):
            return
        if name == "img":
            if "artwork" in element.get("class", "").split():
                # The bulletin's name, drawn.
                self._put(element.get("alt"))
            return
        if name == "br":
            self.fresh = True
            return
        before = self.stream
        if name == "rt":
            self.stream = Stream.NOTE_READINGS if before in (Stream.NOTES, Stream.NOTE_READINGS) else Stream.READINGS
            self._put(_whole_text(element))
            self.stream = before
            return
        if is_note(element):
            self.stream = Stream.NOTES
        block = name not in _INLINE
        if block:
            self._new_paragraph()
        self._put(element.text)
        for child in element:
            self._element(child)
            self._put(child.tail)
        if block:
            self._new_paragraph()
        self.stream = before

    def _new_paragraph(self) -> None:
        self.fresh = True

    def _put(self, text: str | None) -> None:
        if not text:
            return
        if not text.strip():
            # White space alone: between blocks it is nothing, between words it is a space.
            if not self.fresh:
                self.edition.add(text, self._place(), self.stream, glued=True)
            return
        reading = self.stream in (Stream.READINGS, Stream.NOTE_READINGS)
        if self.fresh and not reading:
            self.paragraph += 1
        self.edition.add(text, self._place(), self.stream, glued=not (self.fresh or reading))
        if not reading:
            self.fresh = False

    def _place(self) -> str:
        return f"{self.file} ¶ {self.paragraph}".strip()


def is_furniture(element: Any) -> bool:
    """True for an element that the edition itself marks as no part of the text."""
    classes = element.get("class", "").split()
    if "furniture" in classes or element.get("hidden") is not None:
        return True
    types = element.get(_EPUB_TYPE) or element.get("epub:type") or ""
    return not (
        _FURNITURE_TYPES.isdisjoint(types.split()) and _FURNITURE_ROLES.isdisjoint(element.get("role", "").split())
    )


def is_note(element: Any) -> bool:
    """True for an element that holds a note's text."""
    types = element.get(_EPUB_TYPE) or element.get("epub:type") or ""
    return not (_NOTE_TYPES.isdisjoint(types.split()) and _NOTE_ROLES.isdisjoint(element.get("role", "").split()))


def read_html(data: bytes) -> EditionText:
    """The text of a whole HTML file in UTF-8. Raises UnreadableEditionError."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError) as trouble:
        raise UnreadableEditionError(str(trouble)) from None
    edition = EditionText()
    PageText(edition).read(root)
    return edition


def _whole_text(element: Any) -> str:
    return "".join(element.itertext())
