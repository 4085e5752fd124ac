"""The lines of a source as its edition shows them: each character knows where in the source it stood."""

from __future__ import annotations

import enum
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.grid import first_columns
from converters.model.masthead import colophon, labels, masthead
from converters.records import dataclass

from .looks import Flat, Show, flatten

PREFIX = "_jb_"
_DELIMITERS = re.compile(r"[\s>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
# How an item of a list begins.
ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+)")


# What the paragraphs of each kind of quotation stand in.
_HELD_IN = {b.QuoteRole.QUOTE: "quote", b.QuoteRole.NOTE: "aside", b.QuoteRole.EDITOR_NOTE: "editor-note"}


class Kind(enum.Enum):
    """What may be done with a line.

    A block of its own, an item of a list, a row of its own in a div (verse apart), part of something larger, front
    matter.
    """

    BLOCK = "block"
    ITEM = "item"
    ROW = "row"
    INNER = "inner"
    META = "meta"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph that an edition shows. `start` and `end` are the whole lines of the source that it stands in.

    `level` is that of Word's heading styles, 0 for text; `is_title` that its line breaks are layout; `listed` is the
    mark of an item, `cell` the number of its table and its row there, `part` what it is of something larger, `breaks`
    where a title's further lines begin, `new_page` the place of the mark that begins a page before it (-1: none),
    `depth` how many lists an item's list stands in.
    """

    mark: str
    kind: Kind
    flat: Flat
    level: int = 0
    start: int = -1
    end: int = -1
    is_title: bool = False
    listed: str = ""
    cell: tuple[int, int] | None = None
    part: str = ""
    breaks: tuple[int, ...] = ()
    new_page: int = -1
    depth: int = 0

    @property
    def text(self) -> str:
        """Its characters."""
        return self.flat.text

    @property
    def by_words(self) -> bool:
        """Whether some of it is a run-in heading that its words alone tell."""
        marks = self.flat.marks or {}
        return any(
            look.strong and not any(isinstance(marks[mark], i.Strong) for mark in path)
            for look, path in zip(self.flat.looks, self.flat.paths, strict=True)
        )


class Grid(NamedTuple):
    """A table of the source: how many columns it has, and its rows: where each is written, (column, columns) of its
    cells. `start` and `end` are the places of the whole; rows are -1 where they are not written one a line.
    """

    start: int
    end: int
    columns: int
    rows: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]
    heads: int


class Lines(list[Line]):
    """Every line of a mended document that its edition shows, in order; the lines of notes stand at the end."""

    def __init__(self, lines: Iterable[Line], tables: dict[int, Grid]) -> None:
        super().__init__(lines)
        self.tables = tables


def lines_of(document: Document, issue_form: str = "", show: Show | None = None) -> Lines:
    """The lines of a document; `show` says how a picture is shown, None for no pictures."""
    reader = _Lines(document, issue_form, show)
    reader.read()
    found = (line for line in (*reader.out, *reader.note_lines) if line.text.strip())
    return Lines(found, reader.grids)


class _Part(NamedTuple):
    """What a line is; with `ask` it is a block of its own only where blank lines part it from others."""

    mark: str
    kind: Kind
    level: int = 0
    title: bool = False
    ask: bool = False
    listed: str = ""
    cell: tuple[int, int] | None = None
    part: str = ""
    run_in: tuple[i.Inline, ...] = ()


class _Lines:
    def __init__(self, document: Document, issue_form: str, show: Show | None) -> None:
        self.document = document
        self.show = show
        # What the paragraphs that are being read stand in: quote, aside, editor-note, definition.
        self.within = ""
        self.tables = 0
        self.grids: dict[int, Grid] = {}
        self.issue_form = issue_form
        self.text = document.sources[0].text
        self.out: list[Line] = []
        self.note_lines: list[Line] = []
        self.notes: list[i.Note] = []
        self.family_end = 0
        self.new_page = -1
        self.depth = 0

    def read(self) -> None:
        self.head()
        for number, article in enumerate(self.document.articles, 1):
            self.article(article, f"a{number}")
        foot = colophon(self.document.metadata)
        for number, row in enumerate(foot.recipients + foot.imprint, 1):
            self.meta(f"c{number}", row.label + row.text)
            self.meta(f"c{number}_right", row.right)
        for number, note in enumerate(self.notes, 1):
            # What a note calls follows it in Word's one.
            self.family_end = max(self.family_end, number)
            self.blocks(note.blocks, "", Kind.INNER, self.note_lines)

    def head(self) -> None:
        metadata = self.document.metadata
        head = masthead(metadata, self.issue_form)
        if head.name:
            number = "\t".join(part for part in (head.document_number, head.signer) if part)
            if head.signer:
                number = f"{head.document_number}\t{head.signer}"
            for mark, text in (
                ("m_copy", head.copy_no), ("m_secrecy", head.secrecy), ("m_urgency", head.urgency),
                ("m_super", head.super_title), ("m_name", head.name), ("m_issue", head.issue), ("m_number", number),
                ("m_issuer", head.issuer + (f"\t{head.date}" if head.date else "")),
            ):  # fmt: skip
                self.meta(mark, text)
        if metadata.editor_note:
            word = labels(metadata.lang)
            label = "" if metadata.editor_note.lstrip("[【").startswith(word.editor_note) else word.editor_note
            for number_, text in enumerate(metadata.editor_note.split("\n")):
                self.meta(f"m_note{number_}", (label + word.colon if label and not number_ else "") + text)

    def meta(self, mark: str, text: str) -> None:
        if text:
            self.out.append(Line(PREFIX + mark if mark else "", Kind.META, flatten((i.Text(text),))))

    def article(self, article: Article, key: str) -> None:
        def line(part: str, inlines: tuple[i.Inline, ...], level: int = 0, *, title: bool = False) -> None:
            self.line(inlines, _Part(f"{key}_{part}", Kind.BLOCK, level, title, part=part), self.out)

        if article.attachment:
            self.out.append(Line(f"{PREFIX}{key}_attachment", Kind.INNER, flatten((i.Text(article.attachment),))))
        line("column", article.column)
        for number, block in enumerate(article.editor_note, 1):
            self.within = "editor-note"
            self.block(block, f"{key}_n{number}", Kind.INNER, self.out)
            self.within = ""
        line("kicker", article.kicker)
        line("title", sum(article.title, ()), 1, title=True)
        if article.title and self.out and self.out[-1].is_title:
            self.out[-1] = replace(self.out[-1], breaks=_breaks(article.title))
        line("subtitle", article.subtitle)
        line("author", article.author)
        for number, block in enumerate(article.blocks, 1):
            self.block(block, f"{key}_b{number}", Kind.BLOCK, self.out)
        if article.source is not None:
            line("source", article.source.inlines)

    def line(self, inlines: tuple[i.Inline, ...], part: _Part, out: list[Line]) -> None:
        if not inlines and not part.run_in:
            return
        kind = part.kind
        # Word has no notes in notes: what calls one there is not seen.
        calls = out is not self.note_lines
        flat = flatten(inlines, run_in=part.run_in, breaks=not part.title, calls=calls, show=self.show)
        known = [place for place in flat.places if place >= 0]
        start = end = -1
        if known:
            start = self.text.rfind("\n", 0, min(known)) + 1
            end = self.text.find("\n", max(known))
            end = len(self.text) if end < 0 else end
            if part.ask and kind is Kind.BLOCK and not self.alone(start, end):
                kind = Kind.ROW
            if kind is Kind.ITEM and not ITEM.match(self.text, start):
                kind = Kind.INNER
        elif kind is not Kind.META:
            kind = Kind.INNER
        mark = PREFIX + part.mark if part.mark else ""
        if not calls:
            part = part._replace(part="note")
        depth = max(self.depth - 1, 0)
        line = Line(
            mark, kind, flat, part.level, start, end, part.title, part.listed, part.cell, part.part, (), self.new_page,
            depth,
        )  # fmt: skip
        out.append(line)
        self.new_page = -1
        for note in _notes(part.run_in + inlines):
            # A note called again is the same one, wherever it is called.
            again = (note.label, note.blocks)
            if not note.label or not any(again == (known.label, known.blocks) for known in self.notes):
                self.notes.insert(len(self.notes) if calls else self.family_end, note)
                self.family_end += not calls

    def alone(self, start: int, end: int) -> bool:
        """Whether lines of the source are a block by themselves: blank lines, or nothing, above and below."""
        above = self.text[self.text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
        following = self.text.find("\n", end + 1)
        below = self.text[end + 1 : following if following >= 0 else len(self.text)]
        return not above.strip() and not below.strip()

    def blocks(self, blocks: Iterable[b.Block], key: str, kind: Kind, out: list[Line]) -> None:
        for number, block in enumerate(blocks, 1):
            self.block(block, f"{key}_{number}" if key else "", kind, out)

    def block(self, block: b.Block, key: str, kind: Kind, out: list[Line], listed: str = "") -> None:
        def line(inlines: tuple[i.Inline, ...], part: _Part) -> None:
            self.line(inlines, part, out)

        match block:
            case b.Paragraph(inlines=inlines, run_in=run_in):
                part = self.within if kind is Kind.INNER else ""
                line(inlines, _Part(key, kind, listed=listed, run_in=run_in, part=part))
            case b.Heading():
                line(block.inlines, _Part(key, kind, min(max(block.level + 1, 2), 9)))
            case b.Addressee(inlines=inlines):
                line(inlines, _Part(key, kind, ask=True, part="addressee"))
            case b.ListBlock(items=items):
                self.depth += 1
                for number, item in enumerate(items, 1):
                    for place, inside in enumerate(item.blocks, 1):
                        mark = f"{key}_{number}_{place}" if key else ""
                        first = place == 1 and isinstance(inside, b.Paragraph)
                        free = kind in (Kind.BLOCK, Kind.ITEM) and (first or isinstance(inside, b.ListBlock))
                        inner = Kind.ITEM if free else Kind.INNER
                        self.block(inside, mark, inner, out, "" if place > 1 else item.marker or "-")
                self.depth -= 1
            case b.Quote(blocks=inner_blocks, role=role):
                kept, self.within = self.within, _HELD_IN[role] if kind is Kind.BLOCK else ""
                self.blocks(inner_blocks, key, Kind.INNER, out)
                self.within = kept
            case b.DefinitionList(items=definitions):
                kept, self.within = self.within, "definition"
                for definition in definitions:
                    line(definition.term, _Part("", Kind.INNER, part="term"))
                    for description in definition.descriptions:
                        self.blocks(description, "", Kind.INNER, out)
                self.within = kept
            case b.Table():
                line(block.caption, _Part(f"{key}_caption" if key else "", Kind.INNER, part="caption"))
                in_note = out is self.note_lines
                self.tables += not in_note
                starts = first_columns(block.rows)
                if not in_note:
                    self.grids[self.tables] = self.grid(block, starts)
                for number, (row, columns) in enumerate(zip(block.rows, starts, strict=True), 1):
                    for cell, column in zip(row.cells, columns, strict=True):
                        mark = f"{key}_r{number}c{column + 1}" if key else ""
                        at = None if in_note else (self.tables, number)
                        line(cell.inlines, _Part(mark, Kind.INNER, cell=at))
            case b.Figure(images=images, caption=caption):
                if self.show is not None:
                    line(images, _Part(key, kind, part="picture"))
                line(caption, _Part(f"{key}_caption" if key else "", Kind.INNER, part="caption"))
            case b.CodeBlock(text=text, start=start):
                code = i.Text(text, start if text and self.text.startswith(text, start) else -1)
                line((code,), _Part(key, Kind.INNER, part="code"))
            case b.Verse(lines=verses):
                whole_verse: list[i.Inline] = []
                for number, verse in enumerate(verses):
                    whole_verse += [i.LineBreak(), *verse] if number else verse
                line(tuple(whole_verse), _Part(key, Kind.INNER, part="verse"))
            case b.AttachmentNote(label=label, items=names):
                for number, name in enumerate(names or ((),), 1):
                    mark = key if number == 1 else f"{key}_{number}"
                    line(name if number > 1 else label + name, _Part(mark, kind, ask=True, part="attachment-note"))
            case b.Signature():
                rows = [*((organ, "organ") for organ in block.organs)]
                rows += [(block.date, "date")] if block.date else []
                rows += [(block.remark, "remark")] if block.remark else []
                for number, (inlines, part) in enumerate(rows, 1):
                    mark = key if number == 1 else f"{key}_{number}"
                    line(inlines, _Part(mark, kind, ask=True, part=part))
            case b.PageBreak(span=span):
                self.new_page = span.start if span is not None else -1
            case b.Rule():
                pass

    def grid(self, table: b.Table, starts: tuple[tuple[int, ...], ...]) -> Grid:
        """Where a table and its rows are written."""
        shapes = [
            tuple((column, cell.columns) for cell, column in zip(row.cells, columns, strict=True))
            for row, columns in zip(table.rows, starts, strict=True)
        ]
        span = table.span
        found: list[int] = []
        if span is not None and span.start >= 0:
            position = self.text.rfind("\n", 0, span.start) + 1
            while 0 <= position < span.end:
                end = self.text.find("\n", position)
                end = len(self.text) if end < 0 else end
                delimiters = len(found) == 1 and _DELIMITERS.fullmatch(self.text, position, end)
                if "|" in self.text[position:end] and not delimiters:
                    found.append(position)
                position = end + 1
        if len(found) != len(shapes):
            found = [-1] * len(shapes)
        start, stop = (span.start, span.end) if span is not None else (-1, -1)
        rows = tuple(zip(found, shapes, strict=True))
        return Grid(start, stop, len(table.columns), rows, table.header_rows)


def _breaks(title: tuple[tuple[i.Inline, ...], ...]) -> tuple[int, ...]:
    """Where the second line of a title begins, and each further one."""
    ends = itertools.accumulate(len(flatten(line, breaks=False).text) for line in title)
    return tuple(ends)[:-1]


def _notes(inlines: Iterable[i.Inline]) -> Iterator[i.Note]:
    from converters.model.walk import notes_within

    return notes_within(tuple(inlines))
