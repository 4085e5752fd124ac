"""Link annotations, each tied to its element by an object reference (ISO 14289-1, 7.18.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from converters.layout.result import Element

from .file import PrintFile, escape, number_text, text_string
from .outline import Pages, element_at
from .painter import Annotation
from .structure import ObjectReference

_AT_ONCE = 500
"""Links that are written in one go."""


class Placed(NamedTuple):
    """A link that has a number and a key of the parent tree, to be written when all elements have numbers."""

    number: int
    key: int
    annotation: Annotation
    target: tuple[int, float] | None


def place_annotations(
    file: PrintFile, annotations: Sequence[Annotation], page: int, pages: Pages, key: int
) -> list[Placed]:
    """Number the links of a page and tie them to their elements; `key` is the first free key of the parent tree.

    A link into the document whose target is not there is none.
    """
    placed: list[Placed] = []
    for annotation in annotations:
        target = None
        if annotation.target.startswith("#"):
            target = pages.layout.destinations.get(annotation.target[1:])
            if target is None:
                continue
        number = file.reserve()
        annotation.element.kids.append(ObjectReference(number, page))
        placed.append(Placed(number, key + len(placed), annotation, target))
    return placed


def contents_of(placed: Sequence[Placed], pages: Pages) -> dict[Element, Element]:
    """Each entry of the contents with the element that it leads to (ISO 14289-2, 8.2.5.8)."""
    found: dict[Element, Element] = {}
    for link in placed:
        entry: Element | None = link.annotation.element
        while entry is not None and entry.tag != "TOCI":
            entry = entry.parent
        if entry is not None and link.target is not None:
            found[entry] = element_at(pages.layout, *link.target)
    return found


def write_annotations(file: PrintFile, placed: Sequence[Placed], pages: Pages) -> None:
    """Write links that were placed."""
    for start in range(0, len(placed), _AT_ONCE):
        part = placed[start : start + _AT_ONCE]
        file.put_all([link.number for link in part], [_body(link, pages) for link in part])


def _body(link: Placed, pages: Pages) -> bytes:
    """The dictionary of a link."""
    _, key, annotation, target = link
    if target is None:
        action = b"/A<</S/URI/URI(%b)>>" % escape(_address(annotation.target))
    else:
        action = pages.leads_to(*target)
    rectangle = " ".join([number_text(value + pages.margin) for value in annotation.rectangle]).encode()
    return b"<</Type/Annot/Subtype/Link/Rect[%b]/Border[0 0 0]/F 4/Contents %b/StructParent %d%b>>" % (
        rectangle, text_string(annotation.text), key, action,
    )  # fmt: skip


def _address(target: str) -> bytes:
    """An address in ASCII (ISO 32000-1, 12.6.4.7): what is not ASCII is percent-encoded."""
    encoded = bytearray()
    for byte in target.encode("utf-8", "replace"):
        encoded += bytes((byte,)) if 0x21 <= byte <= 0x7E else b"%%%02X" % byte
    return bytes(encoded)
