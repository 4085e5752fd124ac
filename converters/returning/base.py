"""What an edition says of the source that it was made from: its text, its pictures, the ids of its paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from converters.exporters.docx.identity import without_comments
from converters.ooxml import IDENTITY
from converters.readers.docx.package import Package

from .pictures import Held

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST_CHARACTERS = 64 * 1024 * 1024


class Base(NamedTuple):
    """The source's name and hash; its text in pieces; its pictures (None: not said); marks by w14:paraId.

    `printed` gives, for an article's id, its title as the printed page broke it, `closing` the last blocks that are
    tied to what closes their article because the printed page ends there, `pages` where the contents say that an
    article begins.
    """

    name: str
    digest: str
    pieces: tuple[tuple[int, str], ...]
    pictures: tuple[Held, ...] | None
    paragraphs: dict[str, str]
    printed: dict[str, tuple[str, ...]]
    closing: frozenset[str]
    pages: dict[str, str]

    def text(self) -> str | None:
        """The source that an edition was made from, its comments blank; None where the edition does not hold it all."""
        length = max((start + len(text) for start, text in self.pieces), default=0)
        if length > _MOST_CHARACTERS:
            return None
        out = ["\x00"] * length
        for start, text in self.pieces:
            out[start : start + len(text)] = text
        whole = "".join(out)
        return None if "\x00" in whole or not whole else without_comments(whole)


def read_base(package: Package) -> Base | None:
    """The part in which an edition carries its source; None where there is none."""
    for relation in package.relations(package.main).values():
        if relation.kind != "customXml" or relation.external or not package.has(relation.target):
            continue
        root = package.xml(relation.target)
        if root.tag == f"{{{IDENTITY}}}source":
            return _read(root)
    return None


def _read(root: Element) -> Base | None:
    import base64
    import binascii

    file = root.find(f"{{{IDENTITY}}}file")
    if file is None:
        return None
    number = file.get("n", "")
    pieces = []
    for text in root.iter(f"{{{IDENTITY}}}text", f"{{{IDENTITY}}}rest"):
        start = text.get("start", "")
        if text.get("file") != number or not start.isdecimal() or len(start) > 9:
            continue
        words = text.text or ""
        if text.get("encoding") == "base64":
            try:
                words = base64.b64decode(words, validate=True).decode("utf-8", "surrogatepass")
            except (binascii.Error, UnicodeDecodeError):
                continue
        pieces.append((int(start), words))
    closing = frozenset(block.get("id", "") for block in root.iter(f"{{{IDENTITY}}}closing"))
    pages = {page.get("id", ""): page.text or "" for page in root.iter(f"{{{IDENTITY}}}page")}
    return Base(
        file.get("name", ""), file.get("sha256", ""), tuple(pieces), _pictures(root), _paragraphs(root), _printed(root),
        closing, pages,
    )  # fmt: skip


def _pictures(root: Element) -> tuple[Held, ...] | None:
    if root.find(f"{{{IDENTITY}}}p") is None:
        return None
    found = []
    for picture in root.iter(f"{{{IDENTITY}}}picture"):
        width = picture.get("width", "")
        if width.isdecimal() and len(width) < 12:
            found.append(Held(picture.get("target", ""), picture.get("sha256", ""), int(width)))
    return tuple(found)


def _printed(root: Element) -> dict[str, tuple[str, ...]]:
    found = root.iter(f"{{{IDENTITY}}}printed")
    return {title.get("id", ""): tuple((title.text or "").split("\n")) for title in found}


def _paragraphs(root: Element) -> dict[str, str]:
    pairs = ((element.text or "").partition(" ") for element in root.iter(f"{{{IDENTITY}}}p"))
    return {identifier: mark for identifier, _, mark in pairs if mark}


def style_of(package: Package) -> str:
    """The style sheet that an edition says it was made by; "" where it says none."""
    part = package.related("", "custom-properties")
    if not part:
        return ""
    for row in package.xml(part):
        if row.get("name") == "jianbao.style":
            return "".join(str(text) for text in row.itertext()).strip()
    return ""


def program_of(package: Package) -> str:
    """The program that saved a file, with its version, as its extended properties say it."""
    part = package.related("", "extended-properties")
    if not part:
        return ""
    for row in package.xml(part):
        if str(row.tag).endswith("}Application"):
            return (row.text or "").strip()
    return ""
