"""EPUB 2 and 3: the pages of the spine in their order; an edition of this program gives its parts back as they were.

Nothing is run, nothing is fetched: scripts, remote pictures, encrypted pages and everything that leads out of the
archive are left out with a finding, or refused.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from converters.diagnostics import Checked, Severity
from converters.errors import InputError
from converters.model import blocks as b
from converters.model.document import Article, Document
from converters.model.masthead import masthead
from converters.model.metadata import Form, Kind, Metadata

from .epub_package import EpubPackage
from .hypertext.blocks import PageReader
from .hypertext.house import HouseReader, find_articles
from .hypertext.notes import read_notes
from .hypertext.story import LANGUAGES, Story, flat_text, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["read"]


def read(name: str, data: bytes) -> Checked[Document]:
    """An EPUB as a document. Raises InputError: no EPUB, damaged, hostile, encrypted, or without any text."""
    return _Reading(EpubPackage(name, data)).document()


class _Reading:
    """One book while it is read."""

    def __init__(self, package: EpubPackage) -> None:
        self.name = package.name
        self.package = package
        self.story = Story(package.name, self._picture)
        self.reader = PageReader(self.story)

    def document(self) -> Checked[Document]:
        """Read everything."""
        self.package.refuse_encryption()
        pages = dict(self._pages())
        read_notes(self.reader, pages)
        metadata = self._metadata()
        if any(find_articles(root) for root in pages.values()):
            house = HouseReader(self.reader, metadata.lang)
            for path, root in pages.items():
                self.story.page = path
                house.page(root)
            articles = tuple(house.articles)
            metadata = self._merge(house.metadata(metadata.title), metadata)
        else:
            blocks: list[b.Block] = []
            for path, root in pages.items():
                self.story.page = path
                blocks += self.reader.blocks(root)
            articles = (Article(blocks=tuple(blocks)),) if blocks else ()
        if not articles:
            raise InputError("it holds no text", where=self.name, hint="get a whole copy")
        return Checked(Document(metadata, articles, (self.story.source(),)), tuple(self.story.findings))

    def _pages(self) -> Iterator[tuple[str, Element]]:
        """The bodies of the pages that are read, in order; a cover that holds no text is a picture of the book."""
        for page in self.package.spine():
            if not page.path:
                self.story.report_once(
                    "H-MISSING", "the page {page} is missing", Severity.WARNING, page=page.address or "?"
                )
                continue
            body = self.package.page(page.path)
            if not page.cover or flat_text(body).strip():
                yield page.path, body

    def _picture(self, page: str, address: str) -> str:
        """The target of a picture in the archive: the file's name, "!/" and the part's; elsewhere as it stands."""
        path = "" if ":" in address else self.package.resolve(page, address)
        return f"{PurePath(self.name).name}!/{path}" if path in self.package.archive and path else address

    # -- metadata

    def _metadata(self) -> Metadata:
        """What the package document says (EPUB 3.3, 5.5; Dublin Core)."""

        def said(name: str) -> list[str]:
            return [
                text
                for each in self.package.root.iter()
                if local(each) == name and "purl.org/dc" in str(each.tag) and (text := (each.text or "").strip())
            ]

        tag = next(iter(said("language")), "").replace("_", "-")
        date = next(iter(said("date")), "")[:10]
        return Metadata(
            lang=LANGUAGES.get(tag.lower(), tag or "zh-Hans"),
            title=next(iter(said("title")), ""),
            author=tuple(said("creator")),
            issuer=next(iter(said("publisher")), ""),
            description=next(iter(said("description")), ""),
            keywords=tuple(said("subject")),
            date=_iso_date(date),
        )

    def _merge(self, house: Metadata, package: Metadata) -> Metadata:
        """What the pages say, and of the package only what pages do not show."""
        author = package.author if package.author != (package.issuer,) else ()
        merged = replace(
            house, lang=package.lang, author=author, description=package.description, keywords=package.keywords,
            date=house.date or package.date,
        )  # fmt: skip
        if house.kind is Kind.GONGWEN and package.issuer and (marked := _organs(house, package)):
            return replace(merged, name="", organs=marked.organs, form=marked.form)
        # A masthead shows its issuer; without a masthead only the package knows it.
        return merged if house.name else replace(merged, issuer=package.issuer)


def _organs(house: Metadata, package: Metadata) -> Metadata | None:
    """The organs and the form of an official document that together make its organ mark; a letter has no imprint."""
    organs = tuple(package.issuer.split("、"))
    imprint = bool(house.printed_by or house.printed_date)
    forms = (
        "" if form is Form.DOCUMENT else form.value for form in Form if not (imprint and form is Form.LETTER)
    )  # fmt: skip
    marks = (Metadata(Kind.GONGWEN, lang=package.lang, organs=organs, form=form) for form in forms)
    return next((each for each in marks if masthead(each).name == house.name), None)


def _iso_date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
