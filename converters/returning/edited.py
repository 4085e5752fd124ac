"""The edited DOCX: its lines with their marks, what was tracked, its comments, and every character counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from converters.errors import InputError
from converters.model import inlines as i
from converters.ooxml import IDENTITY
from converters.readers.docx.numbering import Label, Numbering
from converters.readers.docx.package import Package
from converters.readers.docx.parts import Grid, Para, Part
from converters.readers.docx.story import Story
from converters.readers.docx.styles import Styles, w
from converters.records import dataclass

from .lines import PREFIX, Flat, flatten

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TITLE = 1
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = frozenset(map(w, ("del", "moveFrom")))


@dataclass(frozen=True, slots=True)
class EditedLine:
    """A paragraph of the edited file; `number` counts those that are not empty, from 1."""

    number: int
    flat: Flat
    inlines: tuple[i.Inline, ...]
    marks: tuple[str, ...] = ()
    level: int = 0
    listed: str = ""
    tracked: bool = False
    pictures: int = 0

    @property
    def text(self) -> str:
        """Its characters."""
        return self.flat.text


class Comment(NamedTuple):
    """A comment: who says what of which words."""

    author: str
    text: str
    about: str


class Base(NamedTuple):
    """What the edition says of the source that it was made from."""

    name: str
    digest: str
    pieces: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Edited:
    """An edited file: its lines, comments, the characters in it that no line has, and the source it came from."""

    lines: tuple[EditedLine, ...]
    comments: tuple[Comment, ...]
    total: int
    furniture: int
    numbers: int
    readings: int
    base: Base | None


class _Story(Story):
    """A story that remembers the element of each paragraph."""

    def __init__(self, package: Package, styles: Styles, numbering: Numbering) -> None:
        super().__init__(package, styles, numbering, package.main)
        self.elements: dict[int, Element] = {}
        self.spoken = 0

    def _paragraph(self, element: Element) -> Iterable[Part]:  # type: ignore[override]
        self.elements[self.length] = element
        yield from super()._paragraph(element)

    def _spoken(self, label: Label | None) -> str:
        text = super()._spoken(label)
        self.spoken += len(text)
        return text


def read_edited(name: str, data: bytes) -> Edited:
    """An edited file. Raises InputError: no DOCX, damaged, hostile, without text."""
    package = Package(name, data)

    def root(kind: str) -> Element | None:
        part = package.related(package.main, kind)
        return package.xml(part) if part else None

    story = _Story(package, Styles(root("styles")), Numbering(root("numbering")))
    stories: list[Element] = []
    for kind, relation in (("footnote", "footnotes"), ("endnote", "endnotes")):
        notes = root(relation)
        if notes is None:
            continue
        story.note_parts[kind] = package.related(package.main, relation)
        for note in notes.iter(w(kind)):
            if note.get(w("type")) in (None, "normal"):
                story.notes[kind, note.get(w("id"), "")] = note
                stories.append(note)
    body = package.xml(package.main).find(w("body"))
    if body is None:
        raise InputError("it has no body", where=name, hint="get a whole copy")
    from converters.readers.docx import references_of

    story.references = references_of(body)
    lines = _lines(list(story.parts_of(body)), story)
    if not lines:
        raise InputError("it holds no text", where=name, hint="get a whole copy")
    total = sum(_count(part) for part in (body, *stories))
    furniture = sum(_furniture(part, story) for part in (body, *stories))
    readings = sum(
        len(text.text or "") for part in (body, *stories) for top in part.iter(w("rt")) for text in top.iter(w("t"))
    )
    comments = tuple(_comments(package, body))
    return Edited(tuple(lines), comments, total, furniture, story.spoken, readings, _base(package))


def _lines(parts: Iterable[Part], story: _Story) -> list[EditedLine]:
    found: list[EditedLine] = []
    notes: list[i.Note] = []

    def add(inlines: tuple[i.Inline, ...], para: Para | None) -> None:
        level = para.level if para else 0
        flat = flatten(inlines, breaks=level != _TITLE)
        from converters.model.walk import images_within, notes_within

        for note in notes_within(inlines):
            if not any(note is known for known in notes):
                notes.append(note)
        if not flat.text.strip():
            return
        element = story.elements.get(para.span.start) if para else None
        listed = para.label.text or "•" if para and para.label and not para.level else ""
        found.append(
            EditedLine(
                len(found) + 1,
                flat,
                inlines,
                _marks(element),
                level,
                listed,
                _tracked(element),
                sum(1 for _ in images_within(inlines)),
            )
        )

    def walk(group: Iterable[Part]) -> None:
        for part in group:
            if isinstance(part, Grid):
                for row in part.rows:
                    for cell in row:
                        walk(cell.parts)
            else:
                add(part.run_in + part.inlines, part)

    walk(parts)
    done = 0
    while done < len(notes):
        for inlines in _lines_of(notes[done]):
            add(inlines, None)
        done += 1
    return found


def _lines_of(note: i.Note) -> Iterable[tuple[i.Inline, ...]]:
    from converters.model.walk import blocks_within, inlines_of

    for block in blocks_within(note.blocks):
        yield from inlines_of(block)


def _marks(element: Element | None) -> tuple[str, ...]:
    if element is None:
        return ()
    names = (start.get(w("name"), "") for start in element.iter(w("bookmarkStart")))
    return tuple(dict.fromkeys(name.split("_Copy_")[0] for name in names if name.startswith(PREFIX)))


def _tracked(element: Element | None) -> bool:
    return element is not None and any(True for _ in element.iter(*map(w, ("ins", "del", "moveFrom", "moveTo"))))


def _gone(text: Element, root: Element) -> bool:
    for above in text.iterancestors():
        if above is root:
            return False
        if above.tag in _GONE or above.tag == _MC + "Fallback":
            return True
    return False


def _count(root: Element) -> int:
    """The characters that a reader of the accepted file sees, counted in its XML alone."""
    return sum(len(text.text or "") for text in root.iter(w("t")) if not _gone(text, root))


def _furniture(root: Element, story: Story) -> int:
    """Of these the ones that belong to the contents and to other furniture of the page."""
    total = 0
    for paragraph in root.iter(w("p")):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        meaning = story.styles.meaning(style.get(w("val"), "")) if style is not None else ""
        if meaning in ("contents", "furniture"):
            total += _count(paragraph)
    return total


def _comments(package: Package, body: Element) -> Iterable[Comment]:
    part = package.related(package.main, "comments")
    if not part:
        return
    about: dict[str, str] = {}
    opened: dict[str, list[str]] = {}
    for element in body.iter():
        if element.tag == w("commentRangeStart"):
            opened[element.get(w("id"), "")] = []
        elif element.tag == w("commentRangeEnd"):
            identifier = element.get(w("id"), "")
            about[identifier] = "".join(opened.pop(identifier, []))
        elif element.tag == w("t"):
            for words in opened.values():
                words.append(element.text or "")
    for comment in package.xml(part).iter(w("comment")):
        text = "".join(words.text or "" for words in comment.iter(w("t")))
        yield Comment(comment.get(w("author"), ""), text, about.get(comment.get(w("id"), ""), ""))


def _base(package: Package) -> Base | None:
    for relation in package.relations(package.main).values():
        if relation.kind != "customXml" or relation.external or not package.has(relation.target):
            continue
        root = package.xml(relation.target)
        if root.tag == f"{{{IDENTITY}}}source":
            return _identity(root)
    return None


def _identity(root: Element) -> Base | None:
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
    return Base(file.get("name", ""), file.get("sha256", ""), tuple(pieces))
