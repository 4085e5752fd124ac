"""SVG drawings without anything that runs, loads or leads elsewhere (SVG 2; EPUB 3.3, 6.3)."""

from __future__ import annotations

import re
from typing import Any

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_DRAWN = frozenset((
    "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "text", "tspan", "textPath", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern",
    "marker", "style", "image", "filter", "switch",
))  # fmt: skip
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression\(|javascript:", re.IGNORECASE)
_PICTURE_DATA = re.compile("data:image/(png|jpeg|gif|webp);base64,", re.IGNORECASE)


def sanitise(data: bytes) -> bytes:
    """A drawing with its shapes and texts alone. Raises ValueError for what is no well-formed SVG."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root: Any = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None
    if root.tag != f"{{{_SVG}}}svg":
        raise ValueError("no SVG")
    for element in list(root.iter()):
        if not _may_stay(element):
            _remove(element)
            continue
        for name, value in list(element.attrib.items()):
            if not _may_say(etree.QName(name).localname.lower(), name, value):
                del element.attrib[name]
        if element.tag == f"{{{_SVG}}}image" and not _is_drawn(element):
            _remove(element)
    drawn: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return drawn


def _is_drawn(image: Any) -> bool:
    return image.get("href") is not None or image.get(f"{{{_XLINK}}}href") is not None


def _remove(element: Any) -> None:
    """Take an element out; the text that follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _may_stay(element: Any) -> bool:
    if not isinstance(element.tag, str) or not element.tag.startswith(f"{{{_SVG}}}"):
        return False
    name = element.tag.rpartition("}")[2]
    if name == "style":
        return _OUTSIDE.search("".join(element.itertext())) is None
    return name in _DRAWN or (name.startswith("fe") and name != "feImage")


def _may_say(local: str, name: str, value: str) -> bool:
    if local.startswith("on"):
        return False
    if local == "href":
        return value.startswith("#") or _PICTURE_DATA.match(value) is not None
    if name.startswith("{") and not name.startswith(("{http://www.w3.org/XML/", f"{{{_XLINK}}}")):
        return False
    return _OUTSIDE.search(value) is None
