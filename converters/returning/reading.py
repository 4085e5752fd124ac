"""Reads an edited DOCX: its lines with their marks and looks, what was tracked, its tables, pictures and comments."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from converters.diagnostics import Span
from converters.errors import InputError
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.captions import BETWEEN
from converters.readers.docx.numbering import Label, Numbering
from converters.readers.docx.package import Package
from converters.readers.docx.parts import Grid, GridCell, Para, Part
from converters.readers.docx.story import Story
from converters.readers.docx.styles import Styles, w

from .base import Base, program_of, read_base, style_of
from .counting import take_census
from .departures import Departures, Hand
from .edited import NO_HAND, Comment, Edited, EditedCell, EditedLine
from .holdings import WORDLESS, Departure, Holdings
from .lines import PREFIX
from .looks import PICTURE, Flat, Shown, flatten
from .pictures import Gallery, tidy
from .sheet import read_sheet, table_looks

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TITLE = 1
_PARAGRAPH_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_TRACKED = tuple(map(w, (
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "cellIns", "cellDel", "numberingChange",
)))  # fmt: skip
_BULLET, _ORDERED = "-", "1."


class _Story(Story):
    """A story that remembers the element of each paragraph, and what Word counted before it."""

    def __init__(self, package: Package, styles: Styles, numbering: Numbering) -> None:
        super().__init__(package, styles, numbering, package.main)
        self.elements: dict[int, Element] = {}
        self.spoken: dict[int, str] = {}
        self.tables: dict[int, Element] = {}
        # The paragraphs behind which a section begins on a page of its own, and whether one has gone by.
        self.page_ends: list[int] = []
        self.ordinals: dict[Element, int] = {}
        self.page_ended = False

    def _paragraph(self, element: Element) -> Iterator[Part]:
        self.elements[self.length] = element
        ordinal = self.ordinals.get(element, -1)
        while self.page_ends and self.page_ends[0] < ordinal:
            # It may have stood in something that is passed over, such as the contents.
            del self.page_ends[0]
            self.page_ended = True
        yield from super()._paragraph(element)

    def _table(self, element: Element) -> Grid:
        # Of tables that begin at one place the outer one comes first.
        self.tables.setdefault(self.length, element)
        return super()._table(element)

    def _spoken(self, label: Label | None) -> str:
        text = super()._spoken(label)
        if text:
            self.spoken[self.length] = text
        return text


def read_edited(name: str, data: bytes) -> Edited:
    """An edited file. Raises InputError: no DOCX, damaged, hostile, without text."""
    package = Package(name, data)

    def root(kind: str) -> Element | None:
        part = package.related(package.main, kind)
        return package.xml(part) if part else None

    styles = Styles(root("styles"))
    story = _Story(package, styles, Numbering(root("numbering")))
    for kind, relation in (("footnote", "footnotes"), ("endnote", "endnotes")):
        notes = root(relation)
        if notes is None:
            continue
        story.note_parts[kind] = package.related(package.main, relation)
        for note in notes.iter(w(kind)):
            if note.get(w("type")) in (None, "normal"):
                story.notes[kind, note.get(w("id"), "")] = note
    body = package.xml(package.main).find(w("body"))
    if body is None:
        raise InputError("it has no body", where=name, hint="get a whole copy")
    from converters.readers.docx import references_of

    story.references = references_of(body)
    base = read_base(package)
    departures = Departures(root("styles"), styles, Holdings(package))
    reader = _Lines(story, base, departures)
    story.ordinals = {paragraph: number for number, paragraph in enumerate(body.iter(w("p")))}
    story.page_ends = [story.ordinals[paragraph] for paragraph in _page_ends(body)]
    reader.walk(story.parts_of(body))
    reader.read_notes()
    if not reader.out:
        raise InputError("it holds no text", where=name, hint="get a whole copy")
    found = list(_comments(package, body))
    return Edited(
        lines=tuple(reader.out), tables=reader.tables, comments=tuple(found), census=take_census(package),
        gallery=reader.gallery, base=base, findings=(*package.findings, *story.findings),
        sheet=read_sheet(package, departures), style=style_of(package), program=program_of(package),
        loose=tuple(reader.loose), empty=tuple(reader.empty), looks_of_tables=reader.looks_of_tables,
    )  # fmt: skip


class _Lines:
    def __init__(self, story: _Story, base: Base | None, departures: Departures) -> None:
        self.story = story
        self.departures = departures
        self.gallery = Gallery(base.pictures if base else None)
        self.paragraph_ids = base.paragraphs if base else {}
        self.out: list[EditedLine] = []
        self.notes: list[i.Note] = []
        self.tables: dict[tuple[int, int], tuple[EditedCell, ...]] = {}
        self.count = 0
        self.new_page = False
        self.loose: list[tuple[int, Departure]] = []
        self.empty: list[int] = []
        self.looks_of_tables: dict[int, dict[str, tuple[str, ...]]] = {}

    def walk(self, group: Iterable[Part]) -> None:
        for part in group:
            if isinstance(part, Grid):
                self.table(part)
            else:
                self.paragraph(part)

    def table(self, grid: Grid) -> None:
        held = list(_paragraphs(part for row in grid.rows for cell in row for part in cell.parts))
        if any(para.meaning == "colophon" for para in held):
            for para in held:
                # A line that was put in has another style, or none.
                self.paragraph(replace(para, meaning="colophon"))
            return
        self.count += 1
        table = self.count
        element = self.story.tables.get(grid.span.start)
        if element is not None:
            self.looks_of_tables[table] = table_looks(element)
        for number, row in enumerate(grid.rows, 1):
            cells = []
            for cell in row:
                before = len(self.out)
                self.cell(cell, (table, number))
                line = before if len(self.out) > before else None
                cells.append(EditedCell(cell.column, cell.columns, cell.continued, line))
            self.tables[table, number] = tuple(cells)
        if not any(line.cell is not None and line.cell[0] == table for line in self.out[-1:]):
            self.loose.append((len(self.out), Departure("blank table", ())))

    def cell(self, cell: GridCell, place: tuple[int, int]) -> None:
        """The paragraphs of a cell as one line: a cell of the source holds lines, not paragraphs."""
        paragraphs = list(_paragraphs(cell.parts))
        if not paragraphs:
            return
        inlines: list[i.Inline] = []
        uncounted = ""
        for para in paragraphs:
            prefix, _ = self.labelled(para, in_cell=True)
            inlines += [i.LineBreak()] if inlines else []
            inlines += [*((i.Text(prefix),) if prefix else ()), *para.run_in, *para.inlines]
            uncounted += prefix + self.story.spoken.get(para.span.start, "")
        elements = [self.story.elements.get(para.span.start) for para in paragraphs]
        self.add(
            tuple(inlines),
            EditedLine(
                0, Flat(), sum((self.marks(element) for element in elements), ()), 0, "",
                any(map(_tracked, elements)), paragraphs[0].meaning, place, uncounted, 0, self.hands(elements),
            ),
        )  # fmt: skip

    def hands(self, elements: Iterable[Element | None]) -> Hand:
        """What was set by hand on the paragraphs of a cell, as of one."""
        hands = [self.departures.of(element) for element in elements if element is not None]
        return Hand(hands[0].style, sum((hand.departures for hand in hands), ())) if hands else NO_HAND

    def paragraph(self, para: Para) -> None:
        element = self.story.elements.get(para.span.start)
        self.new_page = self.new_page or self.story.page_ended
        self.story.page_ended = False
        prefix, listed = self.labelled(para)
        inlines = (i.Text(prefix), *para.inlines) if prefix else para.inlines
        if para.meaning == "title" and para.images and not para.level:
            # A name that is drawn has its letters in the description.
            prefix = "".join(image.alt for image in para.images)
            inlines = (i.Text(prefix),)
        uncounted = prefix + self.story.spoken.get(para.span.start, "")
        hand = self.departures.of(element) if element is not None else NO_HAND
        label = para.label if listed else None
        self.add(
            inlines,
            EditedLine(
                0, Flat(), self.marks(element), para.level, listed, _tracked(element), para.meaning, None, uncounted,
                para.depth if listed else 0, hand, label, (), para.page_break,
            ),
            para.run_in,
        )  # fmt: skip

    def labelled(self, para: Para, *, in_cell: bool = False) -> tuple[str, str]:
        """The number that becomes text before a paragraph, and the kind of list that it is an item of."""
        label = para.label
        if label is None or label.format == "none" or not label.text:
            return "", ""
        bullet = label.format == "bullet"
        if para.level or in_cell:
            return ("" if bullet else label.text), ""
        return "", _BULLET if bullet else _ORDERED

    def read_notes(self) -> None:
        done = 0
        while done < len(self.notes):
            for inlines, span in _lines_of(self.notes[done]):
                uncounted = self.story.spoken.get(span.start, "") if span else ""
                self.add(inlines, EditedLine(0, Flat(), uncounted=uncounted, meaning="note", note=done + 1))
            done += 1

    def add(self, inlines: tuple[i.Inline, ...], line: EditedLine, run_in: tuple[i.Inline, ...] = ()) -> None:
        from converters.model.walk import notes_within

        for note in notes_within(run_in + inlines):
            if not any(note is known for known in self.notes):
                self.notes.append(note)
        flat = flatten(inlines, run_in=run_in, breaks=line.level != _TITLE, show=self.shown)
        if not flat.text.strip():
            self.new_page = self.new_page or line.new_page
            held = [each for each in line.hand.departures if each.sort in WORDLESS]
            self.loose += ((len(self.out), each) for each in held)
            if not held and line.cell is None and line.meaning not in ("colophon", "rule", "red-rule"):
                self.empty.append(len(self.out))
            return
        if line.level == _TITLE:
            line = replace(line, breaks=_breaks(flatten(inlines, run_in=run_in, show=self.shown).text))
        line = replace(line, new_page=line.new_page or self.new_page)
        self.new_page = False
        if PICTURE in flat.text:
            flat = _named(flat)
        # In Word the captions of pictures side by side have a cell each, and nothing between them.
        between = "".join(BETWEEN for inline in inlines if inline == i.Text(BETWEEN))
        self.out.append(replace(line, number=len(self.out) + 1, flat=flat, uncounted=line.uncounted + between))

    def shown(self, image: i.Image) -> Shown | None:
        part = image.target.partition("!/")[2]
        return self.gallery.of_edited(image, self.story.package.data(part)) if part else None

    def marks(self, element: Element | None) -> tuple[str, ...]:
        if element is None:
            return ()
        names = [start.get(w("name"), "") for start in element.iter(w("bookmarkStart"))]
        found = [name.split("_Copy_")[0] for name in names if name.startswith(PREFIX)]
        second = self.paragraph_ids.get(element.get(_PARAGRAPH_ID, "").upper())
        return tuple(dict.fromkeys([*found, *([second] if second else [])]))


def _page_ends(body: Element) -> Iterator[Element]:
    """The paragraphs behind which a section begins a page: what kind it is says the section that begins."""
    sections = list(body.iter(w("sectPr")))
    for section, following in itertools.pairwise(sections):
        kind = following.find(w("type"))
        if kind is None or kind.get(w("val")) not in ("continuous", "nextColumn"):
            yield from itertools.islice(section.iterancestors(w("p")), 1)


def _breaks(text: str) -> tuple[int, ...]:
    """Where the lines of a text begin, the first apart; blank ones and the breaks themselves are not counted."""
    lines = text.split("\n")
    return tuple(itertools.accumulate(map(len, lines)))[:-1]


def _named(flat: Flat) -> Flat:
    """A line whose pictures have the names that they are given in the source."""
    objects = dict(flat.objects or {})
    for place, inline in objects.items():
        shown = flat.looks[place].picture
        if isinstance(inline, i.Image) and shown is not None:
            objects[place] = i.Image(shown.target, shown.alt, "", tidy(inline.width))
    return replace(flat, objects=objects)


def _paragraphs(parts: Iterable[Part]) -> Iterator[Para]:
    for part in parts:
        if isinstance(part, Grid):
            for row in part.rows:
                for cell in row:
                    yield from _paragraphs(cell.parts)
        elif part.inlines or part.run_in:
            yield part


def _lines_of(note: i.Note) -> Iterable[tuple[tuple[i.Inline, ...], Span | None]]:
    from converters.model.walk import blocks_within, inlines_of

    for block in blocks_within(note.blocks):
        match block:
            case b.CodeBlock(text=text, start=start):
                yield (i.Text(text, start),), block.span
            case b.Verse(lines=lines):
                whole: list[i.Inline] = []
                for line in lines:
                    whole += [i.LineBreak(), *line] if whole else line
                yield tuple(whole), block.span
            case b.AttachmentNote(label=label, items=items):
                for number, name in enumerate(items or ((),)):
                    yield name if number else label + name, block.span
            case _:
                for inlines in inlines_of(block):
                    yield inlines, block.span


def _tracked(element: Element | None) -> bool:
    return element is not None and any(True for _ in element.iter(*_TRACKED))


def _comments(package: Package, body: Element) -> Iterator[Comment]:
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
        text = "\n".join(
            "".join(words.text or "" for words in paragraph.iter(w("t"))) for paragraph in comment.iter(w("p"))
        )
        yield Comment(comment.get(w("author"), ""), text, about.get(comment.get(w("id"), ""), ""))
