"""A census of an edited DOCX: every character of its accepted view, read from the XML alone.

It shares nothing with the reader that finds lines and looks, so that what the one overlooks the other still counts:
what neither list has is a fault, and is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from converters.ooxml import W
from converters.readers.docx.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
# Deleted text, properties, and what Word keeps for programs older than 2010.
_SKIPPED = frozenset((
    "del", "moveFrom", "delText", "pPr", "rPr", "tcPr", "tblPr", "trPr", "sdtPr", "sectPr", "rubyPr",
))  # fmt: skip
_FURNITURE_FIELDS = frozenset(("TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "NOTEREF"))
CONTENTS, FIELDS, HIDDEN, SIGNS = "contents", "fields", "hidden", "signs"
HEADERS, UNCALLED, DRAWINGS = "headers", "uncalled", "drawings"
# The numbers of pages in headers and contents: whoever opens a file computes them anew.
NUMBERS = "numbers"
_PAGE_FIELDS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"))
# The words of charts and of SmartArt stand in parts of their own.
_DRAWN = frozenset(("chart", "chartEx", "diagramData"))


_UNCOUNTED = str.maketrans("", "", "\n\r\t")


class Census(NamedTuple):
    """The characters of text and of readings above it; and those that stand aside, by the reason."""

    text: Counter[str]
    aside: dict[str, str]

    @property
    def total(self) -> int:
        """All characters."""
        return self.text.total() + sum(map(len, self.aside.values()))


def take_census(package: Package) -> Census:
    """Count a package. Raises InputError for a damaged part."""
    main = package.main
    counter = _Counter(_Names(package))
    counter.walk(package.xml(main))
    for kind in ("footnotes", "endnotes"):
        part = package.related(main, kind)
        if not part:
            continue
        for note in package.xml(part):
            if note.get(f"{{{W}}}type") in (None, "normal"):
                called = (kind[:-1], note.get(f"{{{W}}}id", "")) in counter.called
                counter.fields.clear()
                counter.aside_for = "" if called else UNCALLED
                counter.walk(note)
    counter.fields.clear()
    counter.aside_for = DRAWINGS
    for relation in package.relations(main).values():
        if relation.kind in _DRAWN and not relation.external and package.has(relation.target):
            for text in package.xml(relation.target).iter(f"{{{_DRAWING}}}t", f"{{{_CHART}}}v"):
                counter.put(text.text or "")
    counter.aside_for = HEADERS
    for relation in package.relations(main).values():
        if relation.kind in ("header", "footer") and not relation.external and package.has(relation.target):
            counter.fields.clear()
            counter.walk(package.xml(relation.target))
    return Census(counter.text, {reason: "".join(words) for reason, words in counter.aside.items()})


class _Names:
    """The styles whose paragraphs are furniture, and those that hide their text."""

    def __init__(self, package: Package) -> None:
        self.furniture: set[str] = set()
        self.hiding: set[str] = set()
        part = package.related(package.main, "styles")
        if not part:
            return
        based: dict[str, str] = {}
        for style in package.xml(part).iter(f"{{{W}}}style"):
            identifier = style.get(f"{{{W}}}styleId", "")
            children = {_local(child): child for child in style}
            words = children["name"].get(f"{{{W}}}val", "") if "name" in children else identifier
            name = "".join(words.lower().split())
            if "basedOn" in children:
                based[identifier] = children["basedOn"].get(f"{{{W}}}val", "")
            if (name.startswith(("toc", "目录")) and (name[-1:].isdigit() or name in ("tocheading", "toc标题"))) or (
                name in ("header", "footer", "页眉", "页脚")
            ):
                self.furniture.add(identifier)
            if _says(style, "vanish"):
                self.hiding.add(identifier)
        for identifier, below in based.items():
            if below in self.hiding:
                self.hiding.add(identifier)


class _Counter:
    def __init__(self, names: _Names) -> None:
        self.names = names
        self.text: Counter[str] = Counter()
        self.aside: dict[str, list[str]] = {}
        self.called: set[tuple[str, str]] = set()
        self.fields: list[list[str]] = []  # instruction, and whether the result has begun
        self.aside_for = ""
        self.style = ""

    def put(self, text: str, reason: str = "") -> None:
        """Count some characters where they stand."""
        reason = self.aside_for or reason or self.field_reason()
        if reason in (HEADERS, CONTENTS) and self.is_number():
            reason = NUMBERS
        text = text.translate(_UNCOUNTED)
        if reason and text:
            self.aside.setdefault(reason, []).append(text)
        else:
            self.text.update(text)

    def field_reason(self) -> str:
        for instruction, begun in self.fields:
            if not begun:
                return FIELDS
            if instruction.split(None, 1)[:1] and instruction.split()[0].upper() in _FURNITURE_FIELDS:
                return FIELDS
        return ""

    def is_number(self) -> bool:
        """Whether the number of a page stands here."""
        return any(
            begun and words.split()[:1] and words.split()[0].upper() in _PAGE_FIELDS for words, begun in self.fields
        )

    def walk(self, element: Element) -> None:
        for child in _children(element):
            self.child(child)

    def child(self, child: Element) -> None:
        name = _local(child)
        match name:
            case "t":
                if child.tag in (f"{{{W}}}t", f"{{{_MATH}}}t"):
                    self.put(child.text or "")
            case "noBreakHyphen":
                self.put("\u2011")
            case "sym":
                self.put("?", SIGNS)
            case "fldChar":
                self.field(child)
            case "instrText":
                if self.fields and not self.fields[-1][1]:
                    self.fields[-1][0] += child.text or ""
            case "fldSimple":
                self.fields.append([child.get(f"{{{W}}}instr", ""), "yes"])
                self.walk(child)
                self.fields.pop()
            case "footnoteReference" | "endnoteReference":
                if not self.aside_for:
                    self.called.add((name[:-9], child.get(f"{{{W}}}id", "")))
            case "p":
                reference = child.find(f"{{{W}}}pPr/{{{W}}}pStyle")
                self.within(child, CONTENTS if _value(reference) in self.names.furniture else "")
            case "r":
                self.run(child)
            case "sdt":
                gallery = child.find(f"{{{W}}}sdtPr/{{{W}}}docPartObj/{{{W}}}docPartGallery")
                self.within(child, CONTENTS if _value(gallery) == "Table of Contents" else "")
            case "tr" if child.find(f"{{{W}}}trPr/{{{W}}}del") is not None:
                return
            case "tc" if child.find(f"{{{W}}}tcPr/{{{W}}}cellDel") is not None:
                return
            case _:
                self.walk(child)

    def run(self, run: Element) -> None:
        properties = run.find(f"{{{W}}}rPr")
        style = properties.find(f"{{{W}}}rStyle") if properties is not None else None
        switch = properties.find(f"{{{W}}}vanish") if properties is not None else None
        hidden = _on(switch) if switch is not None else _value(style) in self.names.hiding
        self.within(run, HIDDEN if hidden else "")

    def within(self, element: Element, reason: str) -> None:
        kept = self.aside_for
        self.aside_for = kept or reason
        self.walk(element)
        self.aside_for = kept

    def field(self, char: Element) -> None:
        match char.get(f"{{{W}}}fldCharType"):
            case "begin":
                self.fields.append(["", ""])
            case "separate" if self.fields:
                self.fields[-1][1] = "yes"
            case "end" if self.fields:
                self.fields.pop()
            case _:
                pass


def _children(element: Element) -> Iterator[Element]:
    chosen = False
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name = _local(child)
        if name in _SKIPPED or (name in ("Choice", "Fallback") and chosen):
            continue
        chosen = chosen or name == "Choice"
        yield child


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _value(element: Element | None) -> str:
    return element.get(f"{{{W}}}val", "") if element is not None else ""


def _on(element: Element) -> bool:
    return element.get(f"{{{W}}}val", "1").lower() not in ("0", "false", "off", "none")


def _says(style: Element, name: str) -> bool:
    switch = style.find(f"{{{W}}}rPr/{{{W}}}{name}")
    return switch is not None and _on(switch)
