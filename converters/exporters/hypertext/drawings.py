"""SVG drawings without anything that runs, loads or leads elsewhere (SVG 2; EPUB 3.3, 6.3)."""

from __future__ import annotations

import re
from typing import Any

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = tuple(f"{{http://www.w3.org/XML/1998/namespace}}{name}" for name in ("lang", "space"))
_DRAWN = frozenset((
    "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "text", "tspan", "textPath", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern",
    "marker", "style", "image", "filter", "switch",
))  # fmt: skip
# What leads outside; a backslash could hide it in another spelling (CSS Syntax 3, 4.3.7).
_OUTSIDE = re.compile(
    r"url\(\s*['\"]?(?!['\"]?#)|@import|expression\(|javascript:|(?:image|image-set|src|cross-fade|element)\(|\\",
    re.IGNORECASE,
)
# More elements than this are drawn by no drawing; references that refer to references make them by the million.
_MOST_DRAWN, _DEEPEST = 200_000, 50
_NAMED = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)")
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
    _measure(root)
    drawn: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return drawn


def _measure(root: Any) -> None:
    """Count what is drawn, references drawn as often as they are called. Raises ValueError: too much, or a circle."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    counted: dict[str, int] = {}

    def count(element: Any, above: tuple[str, ...]) -> int:
        total = 0
        for each in element.iter():
            total += 1
            for name in _references(each):
                if name in above or len(above) > _DEEPEST:
                    raise ValueError("it draws itself")
                if name in named and name not in counted:
                    counted[name] = count(named[name], (*above, name))
                total += counted.get(name, 0)
            if total > _MOST_DRAWN:
                raise ValueError("it draws itself over and over")
        return total

    count(root, ())


def _references(element: Any) -> list[str]:
    """The names of the elements that an element draws: by use, as a pattern, marker, mask or clip."""
    found = [value[1:] for name, value in element.attrib.items() if name.endswith("href") and value.startswith("#")]
    for value in element.attrib.values():
        if "url(" in value:
            found += _NAMED.findall(value)
    return found


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
    if name.startswith("{") and not name.startswith(f"{{{_XLINK}}}") and name not in _XML:
        return False
    return _OUTSIDE.search(value) is None
