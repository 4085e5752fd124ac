"""The parts of an exported DOCX, for the tests of this folder."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

import everything
from converters.diagnostics import Checked
from converters.exporters.docx import export
from converters.model import blocks as b
from converters.model.document import Article, Document
from converters.model.metadata import Metadata
from converters.model.pagination import Pagination
from converters.model.pictures import Pictures
from converters.ooxml import MC, W14, WP, A, R, W
from converters.theme.schema import Theme

NAMES = {"w": W, "w14": W14, "r": R, "mc": MC, "wp": WP, "a": A}


def w(name: str) -> str:
    """A WordprocessingML name in lxml's form."""
    return f"{{{W}}}{name}"


def names(words: str) -> list[str]:
    """Names that blanks part."""
    return words.split()


class Word:
    """A DOCX and its XML parts."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.zip = zipfile.ZipFile(io.BytesIO(data))

    def names(self) -> list[str]:
        return self.zip.namelist()

    def part(self, name: str) -> Any:
        return etree.fromstring(self.zip.read(name), etree.XMLParser(huge_tree=True))

    @functools.cached_property
    def body(self) -> Any:
        return self.part("word/document.xml")

    @functools.cached_property
    def styles(self) -> Any:
        return self.part("word/styles.xml")

    @functools.cached_property
    def settings(self) -> Any:
        return self.part("word/settings.xml")

    def find(self, path: str) -> list[Any]:
        """What an XPath finds in the body."""
        return list(self.body.xpath(path, namespaces=NAMES))

    def style(self, identifier: str) -> Any:
        found = self.styles.xpath(f"//w:style[@w:styleId='{identifier}']", namespaces=NAMES)
        assert found, identifier
        return found[0]

    def paragraph(self, words: str) -> Any:
        """The paragraph whose text begins with some words."""
        for paragraph in self.body.iter(w("p")):
            if text(paragraph).startswith(words):
                return paragraph
        raise AssertionError(words)

    def section(self) -> Any:
        return self.find("//w:sectPr")[-1]


def text(element: Any) -> str:
    """The characters of an element; a line break is a line end."""
    out = []
    for child in element.iter(w("t"), w("br"), w("tab")):
        out.append(child.text or "" if child.tag == w("t") else "\n" if child.tag == w("br") else "\t")
    return "".join(out)


def value(element: Any, path: str, attribute: str = "val") -> str | None:
    """An attribute of the first element at a path below another."""
    found = element.xpath(path, namespaces=NAMES)
    return found[0].get(w(attribute)) if found else None


def tags(element: Any) -> list[str]:
    """The local names of the children."""
    return [etree.QName(child).localname for child in element]


def in_order(element: Any, order: list[str]) -> bool:
    """Whether the children follow an order of names."""
    places = [order.index(tag) for tag in tags(element)]
    return places == sorted(places)


def make(
    *blocks: b.Block,
    metadata: Metadata | None = None,
    theme: Theme | None = None,
    pictures: Pictures | None = None,
    pagination: Pagination | None = None,
    articles: tuple[Article, ...] | None = None,
) -> Checked[bytes]:
    """An edition of some blocks, or of whole articles."""
    given = articles if articles is not None else (Article(blocks=blocks),)
    document = Document(metadata or Metadata(), given)
    return export(document, theme or Theme(), pagination or Pagination(), pictures or {}, None)


def word(*blocks: b.Block, **settings: Any) -> Word:
    """The parts of an edition of some blocks."""
    return Word(make(*blocks, **settings).value)


@functools.cache
def whole() -> Word:
    """The edition of the document that holds everything."""
    return Word(export(everything.document(), Theme(), everything.pagination(), everything.PICTURES, None).value)


def xml_parts(edition: Word) -> Iterator[tuple[str, Any]]:
    """Every XML part of an edition."""
    for name in edition.names():
        if name.endswith((".xml", ".rels")):
            yield name, edition.part(name)


def colophon_of(edition: Word) -> Any:
    """The table of 报尾 or 版记."""
    return edition.find("//w:tbl[.//w:pStyle/@w:val='Colophon']")[0]
