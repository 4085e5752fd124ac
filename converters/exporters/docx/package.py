"""The parts of the file, their relationships and their place in the archive.

The relationships and the names of parts are python-docx's; the archive is written here, because python-docx puts
the clock into it. No part of python-docx's template is used: it brings a thumbnail, a foreign customXml part,
stylesWithEffects and 340 kB of styles that would all have to be taken out again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from converters.deflated import Deflated
from converters.ooxml import CONTENT_TYPES, escape, write_archive

from .opc import CT, PACKAGE_URI, RT, PackURI, Relationships

_IMAGE_TYPES = {"png": CT.PNG, "jpeg": CT.JPEG, "gif": CT.GIF, "bmp": CT.BMP, "tiff": CT.TIFF}
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Story:
    """A part that holds text: it hands out the ids of the links and pictures in it."""

    __slots__ = ("_links", "_pictures", "package", "part")

    def __init__(self, package: Package, part: _Part) -> None:
        self.package = package
        self.part = part
        self._links: dict[str, str] = {}
        self._pictures: dict[str, str] = {}

    def link(self, address: str) -> str:
        """The relationship of an address outside; one for all links to it."""
        known = self._links.get(address)
        if known is None:
            # python-docx looks through all relationships for a free id; with thousands of links that is quadratic.
            known = self._links[address] = f"rIdL{len(self._links) + 1}"
            self.part.rels.add_relationship(RT.HYPERLINK, address, known, is_external=True)
        return known

    def picture(self, data: bytes, extension: str) -> str:
        """The relationship of a picture; the same bytes are stored once."""
        name = self.package.media(data, extension)
        known = self._pictures.get(name)
        if known is None:
            known = self._pictures[name] = self.part.relate_to(self.package.media_parts[name], RT.IMAGE)
        return known


class Package:
    """The package of one edition."""

    def __init__(self) -> None:
        self._rels: Any = Relationships(PACKAGE_URI.baseURI)
        self.media_parts: dict[str, _Part] = {}
        self._hashes: dict[str, str] = {}
        main: Any = self._part("/word/document.xml", CT.WML_DOCUMENT_MAIN)
        self._rels.get_or_add(RT.OFFICE_DOCUMENT, main)
        self.document = Story(self, main)
        self.footnotes = Story(self, self._part("/word/footnotes.xml", CT.WML_FOOTNOTES))
        self._footers = 0
        self._headers = 0

    def _part(self, name: str, content_type: str, data: bytes | Deflated = b"") -> _Part:
        return _Part(PackURI(name), content_type, data)

    def media(self, data: bytes, extension: str) -> str:
        """The name of a picture's part, made where the bytes are new."""
        digest = hashlib.sha256(data).hexdigest()
        name = self._hashes.get(digest)
        if name is None:
            name = self._hashes[digest] = f"/word/media/image{len(self._hashes) + 1}.{extension}"
            self.media_parts[name] = self._part(name, _IMAGE_TYPES[extension], data)
        return name

    def header(self, data: bytes) -> str:
        """Add a header; returns the id of its relationship."""
        self._headers += 1
        return self.add(f"/word/header{self._headers}.xml", CT.WML_HEADER, RT.HEADER, data)

    def footer(self, data: bytes) -> str:
        """Add a footer; returns the id of its relationship."""
        self._footers += 1
        return self.add(f"/word/footer{self._footers}.xml", CT.WML_FOOTER, RT.FOOTER, data)

    def add(self, name: str, content_type: str, relationship: str, data: bytes) -> str:
        """Add a part that the document refers to; returns the id of its relationship."""
        identifier: str = self.document.part.relate_to(self._part(name, content_type, data), relationship)
        return identifier

    def add_identity(self, data: bytes | Deflated, fingerprint: str) -> None:
        """Add the customXml part and the properties part that gives it its id."""
        f = fingerprint.upper()
        guid = f"{{{f[32:40]}-{f[40:44]}-4{f[45:48]}-8{f[49:52]}-{f[52:64]}}}"
        item = self._part("/customXml/item1.xml", CT.XML, data)
        self.document.part.relate_to(item, RT.CUSTOM_XML)
        properties = _HEAD.decode() + (
            f'<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"'
            f' ds:itemID="{guid}"><ds:schemaRefs/></ds:datastoreItem>'
        )
        item.relate_to(
            self._part("/customXml/itemProps1.xml", CT.OFC_CUSTOM_XML_PROPERTIES, properties.encode()),
            RT.CUSTOM_XML_PROPS,
        )

    def add_footnotes(self, data: bytes) -> None:
        """Give the footnotes part its contents and tie it to the document."""
        self.footnotes.part.data = data
        self.document.part.relate_to(self.footnotes.part, RT.FOOTNOTES)

    def add_properties(self, core: bytes, extended: bytes, custom: bytes) -> None:
        """Add the three parts of properties, which the package itself refers to."""
        for name, content_type, relationship, data in (
            ("core", CT.OPC_CORE_PROPERTIES, RT.CORE_PROPERTIES, core),
            ("app", CT.OFC_EXTENDED_PROPERTIES, RT.EXTENDED_PROPERTIES, extended),
            ("custom", CT.OFC_CUSTOM_PROPERTIES, RT.CUSTOM_PROPERTIES, custom),
        ):
            self._rels.get_or_add(relationship, self._part(f"/docProps/{name}.xml", content_type, data))

    def write(self) -> bytes:
        """The archive: content types first, then each part behind its relationships, as Word writes them."""
        parts = list(_parts(self._rels, set()))
        members: list[tuple[str, bytes | Deflated]] = [
            ("[Content_Types].xml", _content_types(parts)),
            ("_rels/.rels", _bytes(self._rels.xml)),
        ]
        for part in parts:
            members.append((part.partname.membername, part.data))
            if len(part.rels):
                members.append((part.partname.rels_uri.membername, _bytes(part.rels.xml)))
        return write_archive(members)


class _Part:
    """A part whose contents may come after its relationships have been handed out."""

    __slots__ = ("content_type", "data", "partname", "rels")

    def __init__(self, name: PackURI, content_type: str, data: bytes | Deflated) -> None:
        self.partname = name
        self.content_type = content_type
        self.data = data
        # A dictionary of python-docx's relationships, whose targets are parts like this one.
        self.rels: Any = Relationships(name.baseURI)

    def relate_to(self, target: _Part, kind: str) -> str:
        """The id of the relationship to another part, one for each."""
        identifier: str = self.rels.get_or_add(kind, target).rId
        return identifier


def _parts(rels: Any, seen: set[str]) -> Iterator[_Part]:
    """Every part that relationships lead to, each before those that it leads to itself."""
    for relation in rels.values():
        if not relation.is_external and relation.target_part.partname not in seen:
            seen.add(relation.target_part.partname)
            yield relation.target_part
            yield from _parts(relation.target_part.rels, seen)


def _content_types(parts: list[_Part]) -> bytes:
    defaults = {"rels": CT.OPC_RELATIONSHIPS, "xml": CT.XML}
    overrides = []
    for part in parts:
        if part.content_type in _IMAGE_TYPES.values():
            defaults[part.partname.ext] = part.content_type
        elif part.content_type != CT.XML:
            overrides.append((str(part.partname), part.content_type))
    rows = [f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in sorted(defaults.items())]
    rows += [f'<Override PartName="{escape(name)}" ContentType="{kind}"/>' for name, kind in sorted(overrides)]
    return _HEAD + f'<Types xmlns="{CONTENT_TYPES}">{"".join(rows)}</Types>'.encode()


def _bytes(xml: str | bytes) -> bytes:
    return xml if isinstance(xml, bytes) else xml.encode()
