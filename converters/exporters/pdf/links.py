"""Link annotations, each tied to its element by an object reference (ISO 14289-1, 7.18.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from converters.layout.result import Element

from .file import PrintFile, escape, number_text, text_string
from .outline import Pages, destination
from .painter import Annotation
from .structure import ObjectReference


class Written(NamedTuple):
    """Numbers of the annotations of a page, and (key of the parent tree, element) for each."""

    numbers: list[int]
    parents: list[tuple[int, Element]]


def write_annotations(file: PrintFile, annotations: Sequence[Annotation], page: int, pages: Pages, key: int) -> Written:
    """Write the links of a page; `key` is the first free key of the parent tree."""
    written = Written([], [])
    for annotation in annotations:
        target = annotation.target
        if target.startswith("#"):
            place = pages.layout.destinations.get(target[1:])
            if place is None:
                continue
            action = b"/Dest" + destination(pages, *place)
        else:
            action = b"/A<</S/URI/URI(%b)>>" % escape(_address(target))
        rectangle = b" ".join(number_text(value + pages.margin).encode() for value in annotation.rectangle)
        number = file.add(
            b"<</Type/Annot/Subtype/Link/Rect[%b]/Border[0 0 0]/F 4/Contents %b/StructParent %d%b>>"
            % (rectangle, text_string(annotation.text), key, action)
        )
        annotation.element.kids.append(ObjectReference(number, page))
        written.numbers.append(number)
        written.parents.append((key, annotation.element))
        key += 1
    return written


def _address(target: str) -> bytes:
    """An address in ASCII (ISO 32000-1, 12.6.4.7): what is not ASCII is percent-encoded."""
    encoded = bytearray()
    for byte in target.encode("utf-8", "replace"):
        encoded += bytes((byte,)) if 0x21 <= byte <= 0x7E else b"%%%02X" % byte
    return bytes(encoded)
