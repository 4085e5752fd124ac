"""EPUB 2 and 3: the pages of the spine in their order; an edition of this program gives its parts back as they were.

Nothing is run, nothing is fetched: scripts, remote pictures, encrypted pages and everything that leads out of the
archive are left out with a finding, or refused.
"""

from __future__ import annotations

import datetime
import posixpath
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from converters.diagnostics import Checked, Severity
from converters.errors import InputError
from converters.model import blocks as b
from converters.model.document import Article, Document
from converters.model.masthead import masthead
from converters.model.metadata import Form, Kind, Metadata
from converters.ooxml import Archive, Limits

from .hypertext.blocks import PageReader
from .hypertext.house import HouseReader, find_articles
from .hypertext.notes import read_notes
from .hypertext.story import LANGUAGES, Story, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["read"]

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
# A book of ten thousand short articles is still a book.
_LIMITS = Limits(members=20_000)


def read(name: str, data: bytes) -> Checked[Document]:
    """An EPUB as a document. Raises InputError: no EPUB, damaged, hostile, encrypted, or without any text."""
    if not data:
        raise InputError("the file is empty", where=name, hint="get a whole copy")
    return _Reading(name, Archive(name, data, _LIMITS)).document()


class _Reading:
    """One book while it is read."""

    def __init__(self, name: str, archive: Archive) -> None:
        self.name = name
        self.archive = archive
        self.story = Story(name, self._picture)
        self.reader = PageReader(self.story)
        self.opf = self._opf()
        self.package = parse_page(archive.read(self.opf), f"{name}: {self.opf}")

    def document(self) -> Checked[Document]:
        """Read everything."""
        self._refuse_encryption()
        pages = {path: self._page(path) for path in self._spine()}
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

    # -- package

    def _opf(self) -> str:
        if _CONTAINER not in self.archive:
            raise InputError("it is no EPUB", where=self.name, hint="give a file with META-INF/container.xml")
        root = parse_page(self.archive.read(_CONTAINER), f"{self.name}: {_CONTAINER}")
        path = next((str(each.get("full-path")) for each in root.iter() if local(each) == "rootfile"), "")
        if not path or path not in self.archive:
            raise InputError("its package document is missing", where=self.name, hint="get a whole copy")
        return path

    def _resolve(self, base: str, address: str) -> str:
        """A path in the archive; "" for what lies outside it."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(address.partition("#")[0])))
        return "" if path.startswith(("..", "/")) or ":" in path else path

    def _spine(self) -> list[str]:
        """The pages that are read, in order, without navigation and cover."""
        items = {item.get("id"): item for item in self.package.iter() if local(item) == "item"}
        paths: list[str] = []
        for reference in self.package.iter():
            item = items.get(reference.get("idref")) if local(reference) == "itemref" else None
            if item is None or "html" not in (item.get("media-type") or ""):
                continue
            if "nav" in (item.get("properties") or "").split() or reference.get("idref") in ("cover", "cover-page"):
                continue
            path = self._resolve(self.opf, item.get("href") or "")
            if not path or path not in self.archive:
                self.story.report_once(
                    "H-MISSING", "the page {page} is missing", Severity.WARNING, page=item.get("href") or "?"
                )
            elif path not in paths:
                paths.append(path)
        return paths

    def _refuse_encryption(self) -> None:
        """Obfuscated faces do no harm; encrypted pages cannot be read (OCF 3.3, 4.2.6.3.2)."""
        if _ENCRYPTION not in self.archive:
            return
        root = parse_page(self.archive.read(_ENCRYPTION), f"{self.name}: {_ENCRYPTION}")
        locked = {unquote(str(each.get("URI") or "")) for each in root.iter() if local(each) == "cipherreference"}
        if locked.intersection(self._spine()):
            raise InputError("its pages are encrypted", where=self.name, hint="get a copy without protection")

    def _page(self, path: str) -> Element:
        root = parse_page(self.archive.read(path), f"{self.name}: {path}")
        body = next((each for each in root.iter() if local(each) == "body"), None)
        return body if body is not None else root

    def _picture(self, page: str, address: str) -> str:
        """The target of a picture in the archive: the file's name, "!/" and the part's; elsewhere as it stands."""
        path = "" if ":" in address else self._resolve(page, address)
        return f"{PurePath(self.name).name}!/{path}" if path in self.archive and path else address

    # -- metadata

    def _metadata(self) -> Metadata:
        """What the package document says (EPUB 3.3, 5.5; Dublin Core)."""

        def said(name: str) -> list[str]:
            return [
                text
                for each in self.package.iter()
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


def parse_page(data: bytes, where: str) -> Element:
    """The root of a page of XML, or of HTML where it is not well-formed; no entity is expanded, nothing is fetched.

    Raises InputError: entities are declared in it, it is nested too deeply, or nothing can be read at all.
    """
    from lxml import etree, html

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root: Element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as trouble:
        if b"<!ENTITY" in data:
            raise InputError("it declares entities", where=where, hint="save it again without them") from None
        try:
            root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", no_network=True))
        except (etree.ParserError, ValueError):
            raise InputError("its XML is damaged: {reason}", where=where, reason=trouble) from None
        return root
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise InputError("it declares entities", where=where, hint="save it again without them")
    return root
