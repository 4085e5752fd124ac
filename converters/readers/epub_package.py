"""The package of an EPUB: where its pages lie and in which order they are read (EPUB 3.3, 4 and 5; OCF 3.3).

Nothing in a page is run or fetched, no entity is expanded, no path leads out of the archive, and nothing is unpacked
before its size has been looked at.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from converters.errors import InputError
from converters.ooxml import Archive, Limits

from .hypertext.story import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_COVERS = ("cover", "cover-page")
# A book of ten thousand short articles is still a book.
_LIMITS = Limits(members=20_000)


class SpinePage(NamedTuple):
    """A page of the spine: its path in the archive, "" for a missing one, its address, and whether it is the cover."""

    path: str
    address: str
    cover: bool


class EpubPackage:
    """A book that has been opened. Raises InputError: no EPUB, damaged, hostile."""

    def __init__(self, name: str, data: bytes) -> None:
        if not data:
            raise InputError("the file is empty", where=name, hint="get a whole copy")
        self.name = name
        self.archive = Archive(name, data, _LIMITS)
        self.opf = self._opf()
        self.root = parse_page(self.archive.read(self.opf), f"{name}: {self.opf}")

    def _opf(self) -> str:
        if _CONTAINER not in self.archive:
            raise InputError("it is no EPUB", where=self.name, hint="give a file with META-INF/container.xml")
        root = parse_page(self.archive.read(_CONTAINER), f"{self.name}: {_CONTAINER}")
        path = next((str(each.get("full-path")) for each in root.iter() if local(each) == "rootfile"), "")
        if not path or path not in self.archive:
            raise InputError("its package document is missing", where=self.name, hint="get a whole copy")
        return path

    def resolve(self, base: str, address: str) -> str:
        """A path in the archive, as seen from a file in it; "" for what lies outside."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(address.partition("#")[0])))
        return "" if path.startswith(("..", "/")) or ":" in path else path

    def spine(self) -> list[SpinePage]:
        """The pages in their order, each once, without the navigation document."""
        items = {item.get("id"): item for item in self.root.iter() if local(item) == "item"}
        pages: dict[str, SpinePage] = {}
        for reference in self.root.iter():
            item = items.get(reference.get("idref")) if local(reference) == "itemref" else None
            if item is None or "html" not in (item.get("media-type") or ""):
                continue
            if "nav" in (item.get("properties") or "").split():
                continue
            address = item.get("href") or ""
            path = self.resolve(self.opf, address)
            found = path if path in self.archive else ""
            pages.setdefault(found or address, SpinePage(found, address, reference.get("idref") in _COVERS))
        return list(pages.values())

    def page(self, path: str, *, strict: bool = False) -> Element:
        """The body of a page, or its root. Raises InputError; where `strict`, also for XML that is not well-formed."""
        root = parse_page(self.archive.read(path), f"{self.name}: {path}", strict=strict)
        body = next((each for each in root.iter() if local(each) == "body"), None)
        return body if body is not None else root

    def refuse_encryption(self) -> None:
        """Obfuscated faces do no harm; encrypted pages cannot be read (OCF 3.3, 4.2.6.3.2). Raises InputError."""
        if _ENCRYPTION not in self.archive:
            return
        root = parse_page(self.archive.read(_ENCRYPTION), f"{self.name}: {_ENCRYPTION}")
        locked = {unquote(str(each.get("URI") or "")) for each in root.iter() if local(each) == "cipherreference"}
        if locked.intersection(page.path for page in self.spine()):
            raise InputError("its pages are encrypted", where=self.name, hint="get a copy without protection")


def parse_page(data: bytes, where: str, *, strict: bool = False) -> Element:
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
            if strict:
                raise ValueError from None
            root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", no_network=True))
        except (etree.ParserError, ValueError):
            raise InputError("its XML is damaged: {reason}", where=where, reason=trouble) from None
        return root
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise InputError("it declares entities", where=where, hint="save it again without them")
    return root
