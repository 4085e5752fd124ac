"""The text of an EPUB, page by page in the order of its spine (EPUB 3.3, 5.7)."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from .edition import EditionText, UnreadableEditionError
from .hypertext import PageText

_CONTAINER = "META-INF/container.xml"
_OPF = "{http://www.idpf.org/2007/opf}"
_COVERS = ("cover", "cover-page")


def read_epub(data: bytes) -> EditionText:
    """The text of a book; its navigation document and its cover are furniture. Raises UnreadableEditionError."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    edition = EditionText()
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            root: Any = etree.fromstring(package.read(_CONTAINER), parser)
            opf: str = root.xpath("string(//*[local-name()='rootfile']/@full-path)")
            for path in _spine(etree.fromstring(package.read(opf), parser), posixpath.dirname(opf)):
                page = etree.fromstring(package.read(path), parser)
                PageText(edition, posixpath.basename(path)).read(page)
    except (zipfile.BadZipFile, KeyError, AttributeError, etree.LxmlError, ValueError) as trouble:
        raise UnreadableEditionError(str(trouble)) from None
    return edition


def _spine(package: Any, folder: str) -> list[str]:
    """Paths of the pages that are read, in order."""
    items = {item.get("id"): item for item in package.iter(f"{_OPF}item")}
    paths: list[str] = []
    for reference in package.iter(f"{_OPF}itemref"):
        item = items[reference.get("idref")]
        properties = (item.get("properties") or "").split()
        if "nav" in properties or reference.get("idref") in _COVERS:
            continue
        paths.append(posixpath.normpath(posixpath.join(folder, unquote(item.get("href")))))
    return paths
