"""HTML: the body of a page as blocks; an edition of this program gives its parts back as they were.

Nothing is run and nothing is fetched.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from converters.diagnostics import Checked
from converters.errors import InputError
from converters.model.document import Article, Document
from converters.model.metadata import Metadata

from .encoding import decode
from .hypertext.blocks import PageReader
from .hypertext.house import HouseReader, find_articles
from .hypertext.notes import read_notes
from .hypertext.story import LANGUAGES, Story, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["read"]


def read(name: str, data: bytes) -> Checked[Document]:
    """An HTML page as a document. Raises InputError: empty, undecodable, or without any text."""
    decoded = decode(name, data)
    root = _parse(name, decoded.value.text)
    body = next((each for each in root.iter() if local(each) == "body"), root)
    story = Story(name, lambda _page, address: address)
    reader = PageReader(story)
    read_notes(reader, {"": body})
    metadata = _metadata(root)
    if find_articles(body):
        house = HouseReader(reader, metadata.lang)
        house.page(body)
        articles = tuple(house.articles)
        metadata = replace(
            house.metadata(metadata.title), lang=metadata.lang, description=metadata.description,
            keywords=metadata.keywords,
        )  # fmt: skip
    else:
        blocks = tuple(reader.blocks(body))
        articles = (Article(blocks=blocks),) if blocks else ()
    if not articles:
        raise InputError("it holds no text", where=name, hint="get a whole copy")
    findings = (*decoded.findings, *story.findings)
    return Checked(Document(metadata, articles, (story.source(),)), findings)


def _parse(name: str, text: str) -> Element:
    from lxml import etree, html

    # The text is decoded already: what a page says of its encoding is not asked again.
    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        root: Element | None = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        # The parser has left out what stands deeper.
        raise InputError(
            "its elements stand in each other more than 250 deep", where=name, hint="close the tags that stay open"
        )
    if root is None:
        raise InputError("it holds no text", where=name, hint="get a whole copy")
    return root


def _metadata(root: Element) -> Metadata:
    lang = (root.get("lang") or "").replace("_", "-")
    said = {str(each.get("name")).lower(): each.get("content") or "" for each in root.iter("meta") if each.get("name")}
    title = next(("".join(map(str, each.itertext())).strip() for each in root.iter("title")), "")
    return Metadata(
        lang=LANGUAGES.get(lang.lower(), lang or "zh-Hans"),
        title=title,
        description=said.get("description", ""),
        keywords=tuple(word.strip() for word in said.get("keywords", "").split(",") if word.strip()),
    )
