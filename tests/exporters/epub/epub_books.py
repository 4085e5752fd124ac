"""Books for the tests of this folder: a document written, opened, its parts at hand."""

from __future__ import annotations

import datetime
import functools
import io
import re
import zipfile
from dataclasses import replace
from typing import Any

from lxml import etree

import everything
from converters.exporters import epub
from converters.fonts.roles import FontSet, resolve
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.metadata import Metadata
from converters.model.pagination import Pagination
from converters.model.pictures import Pictures
from converters.theme.schema import Theme

NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
}
VERTICAL = replace(Theme(), page=replace(Theme().page, writing_mode="vertical-rl"))


@functools.cache
def embedded(lang: str = "zh-Hans") -> FontSet:
    """The embedded default for every role."""
    return resolve(Theme(), lang, system=False).value


@functools.cache
def exact_fonts() -> FontSet:
    """The same face, taken for the one that each role asks for: all of them are embedded."""
    return FontSet(
        "zh-Hans", [replace(choice, exact=True) for choice in embedded().choices], {}, embedded().choices[:1]
    )


def line(text: str) -> tuple[i.Inline, ...]:
    """Plain text as a line."""
    return (i.Text(text),)


def paragraph(*parts: str | i.Inline) -> b.Paragraph:
    """A paragraph of texts and inlines."""
    return b.Paragraph(tuple(i.Text(part) if isinstance(part, str) else part for part in parts))


def document(*blocks: b.Block, title: str = "题目", metadata: Metadata | None = None) -> Document:
    """One article."""
    return Document(metadata or Metadata(), (Article(title=(line(title),) if title else (), blocks=blocks),))


class Opened:
    """A book that was written, and its parts."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.archive = zipfile.ZipFile(io.BytesIO(data))

    def read(self, name: str) -> str:
        """A part as text; names are those in the book's folder."""
        return self.archive.read(f"EPUB/{name}").decode()

    def tree(self, name: str) -> Any:
        """A part as XML."""
        return etree.fromstring(self.archive.read(f"EPUB/{name}"))

    def find(self, name: str, path: str) -> list[Any]:
        """Elements, attributes or strings of a part, by XPath."""
        found: list[Any] = self.tree(name).xpath(path, namespaces=NAMES)
        return found

    def names(self) -> list[str]:
        """The names of all parts."""
        return self.archive.namelist()

    def rule(self, selector: str) -> str:
        """What the style sheet declares for exactly this selector, all rules together."""
        css = self.read("style.css").removeprefix('@charset "utf-8";')
        css = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css)
        rules = re.findall(r"([^{}]+)\{([^{}]*)\}", css)
        return "; ".join(said.strip() for names, said in rules if selector in [n.strip() for n in names.split(",")])


def write(
    given: Document,
    theme: Theme | None = None,
    pagination: Pagination | None = None,
    pictures: Pictures | None = None,
    date: datetime.datetime | None = None,
    fonts: FontSet | None = None,
) -> Opened:
    """The book of a document, with the embedded default for every role."""
    faces = fonts or embedded(given.metadata.lang)
    checked = epub.export(given, theme or Theme(), faces, pagination or Pagination(), pictures or {}, date)
    return Opened(checked.value)


@functools.cache
def everything_book() -> Opened:
    """The book of the document with every construct."""
    return write(everything.document(), None, everything.pagination(), everything.PICTURES)
