"""What a reader of any edition reads, in order: the canonical text that all editions are held against.

Masthead · the issue's editor's note · each article (attachment label, column, editor's note, kicker, title lines,
subtitle, author, blocks, source line) · colophon. Notes and readings above a base are streams of their own, in the
order in which they are called. Marks that an edition makes (numbers of lists and notes) and alt texts are no text.
"""

from __future__ import annotations

import enum
import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, TypeAlias, assert_never

from converters.diagnostics import Span

from . import blocks as b
from . import inlines as i
from .document import Article, Document
from .masthead import colophon, labels, masthead
from .metadata import Kind, Metadata
from .walk import note_identity


class Stream(enum.Enum):
    """Texts that are read apart from each other."""

    BODY = "body"
    NOTES = "notes"
    READINGS = "readings"
    NOTE_READINGS = "note readings"


class Passage(NamedTuple):
    """A stretch of text that stands by itself: a line of the masthead, a paragraph, a cell.

    `pieces` are pairs (position in `text`, offset in the source), each good up to the next pair; an offset of
    -1 stands for text that no source holds. `span` is the place of the block that the text belongs to.
    """

    text: str
    pieces: tuple[tuple[int, int], ...] = ()
    span: Span | None = None


class Frame(NamedTuple):
    """What the style sheet says of the text around the articles: the form of the issue line, what is shown.

    `preprinted` (套打): the edition goes onto headed paper, which holds the masthead's name already. `on_paper`: it is
    read as its pages show it.
    """

    issue_form: str = ""
    masthead: bool = True
    colophon: bool = True
    preprinted: bool = False
    form: str = ""
    on_paper: bool = False


Streams: TypeAlias = dict[Stream, list[Passage]]


def issue_note(metadata: Metadata) -> tuple[str, str]:
    """The issue's editor's note as (label, text); the label is "" where the text begins with it itself."""
    word = labels(metadata.lang)
    text = metadata.editor_note
    if not text or text.startswith(word.editor_note):
        return "", text
    return word.editor_note + word.colon, text


def passages(document: Document, frame: Frame | None = None) -> Streams:
    """The text of a document, stream by stream, in the canonical reading order."""
    frame = frame or Frame()
    reader = _Reader()
    metadata = document.metadata
    if frame.form and not metadata.form and metadata.kind is Kind.GONGWEN:
        metadata = replace(metadata, form=frame.form)
    if frame.masthead:
        head = masthead(metadata, frame.issue_form)
        if head.name:
            shown = replace(head, name="") if frame.preprinted else head
            lines = shown.lines_on_paper(metadata) if frame.on_paper else shown.lines()
            reader.add_strings(lines, metadata.span)
    label, note = issue_note(metadata)
    if note:
        reader.add_strings((label + note,), metadata.span)
    for article in document.articles:
        reader.add_article(article)
    if frame.colophon:
        foot = colophon(metadata)
        for row in foot.recipients + foot.imprint:
            reader.add_strings((row.label + row.text, row.right), metadata.span)
    return reader.streams


class _Reader:
    """Collects passages; `note_depth` tells the text of notes from the body's."""

    __slots__ = ("inner_notes", "note_depth", "seen_notes", "streams")

    def __init__(self) -> None:
        self.streams: Streams = {stream: [] for stream in Stream}
        self.note_depth = 0
        self.inner_notes: list[i.Note] = []
        self.seen_notes: set[tuple[str, object]] = set()

    def add_strings(self, lines: Iterable[str], span: Span | None) -> None:
        self.streams[Stream.BODY].extend(Passage(line, (), span) for line in lines if line)

    def add_article(self, article: Article) -> None:
        span = article.span
        if article.attachment:
            self.add_strings((article.attachment,), span)
        self.add(article.column, span)
        self.add_blocks(article.editor_note)
        self.add(article.kicker, span)
        for line in article.title:
            self.add(line, span)
        self.add(article.subtitle, span)
        self.add(article.author, span)
        self.add_blocks(article.blocks)
        if article.source is not None:
            self.add(article.source.inlines, article.source.span or span)

    def add_blocks(self, blocks: Iterable[b.Block]) -> None:
        for block in blocks:
            self.add_block(block)

    def add_block(self, block: b.Block) -> None:
        match block:
            case b.Paragraph(inlines=line, run_in=run_in, span=span):
                self.add(run_in + line, span)
            case b.Heading(inlines=line, span=span) | b.Addressee(inlines=line, span=span):
                self.add(line, span)
            case b.ListBlock(items=items):
                for item in items:
                    self.add_blocks(item.blocks)
            case b.DefinitionList(items=definitions, span=span):
                for definition in definitions:
                    self.add(definition.term, span)
                    for description in definition.descriptions:
                        self.add_blocks(description)
            case b.Quote(blocks=inner):
                self.add_blocks(inner)
            case b.Table(caption=caption, rows=rows, span=span):
                self.add(caption, span)
                for row in rows:
                    for cell in row.cells:
                        self.add(cell.inlines, span)
            case b.Figure(caption=caption, span=span):
                self.add(caption, span)
            case b.CodeBlock(text=text, start=start, span=span):
                self.put(Passage(text, ((0, start),), span))
            case b.Verse(lines=lines, span=span):
                self.add_all(lines, span)
            case b.AttachmentNote(label=label, items=names, span=span):
                self.add_all((label, *names), span)
            case b.Signature(organs=organs, date=date, remark=remark, span=span):
                self.add_all((*organs, date, remark), span)
            case b.Rule() | b.PageBreak():
                pass
            case _:
                assert_never(block)

    def add_all(self, lines: Iterable[tuple[i.Inline, ...]], span: Span | None) -> None:
        for line in lines:
            self.add(line, span)

    def add(self, line: tuple[i.Inline, ...], span: Span | None) -> None:
        if len(line) == 1 and isinstance(line[0], i.Text):
            self.put(Passage(line[0].text, ((0, line[0].start),), span))
            return
        texts: list[str] = []
        pieces: list[tuple[int, int]] = []
        apart: list[Callable[[], None]] = []
        position = 0
        for text, start in self.pieces_of(line, span, apart):
            pieces.append((position, start))
            texts.append(text)
            position += len(text)
        self.put(Passage("".join(texts), tuple(pieces), span))
        for later in apart:
            later()

    def put(self, passage: Passage) -> None:
        if passage.text:
            self.streams[Stream.NOTES if self.note_depth else Stream.BODY].append(passage)

    def pieces_of(
        self, line: tuple[i.Inline, ...], span: Span | None, apart: list[Callable[[], None]]
    ) -> Iterator[tuple[str, int]]:
        """The texts of a line and their offsets; what is read in another stream is put into `apart`."""
        for inline in line:
            match inline:
                case i.Text(text=text, start=start) | i.Code(text=text, start=start):
                    yield text, start
                case i.LineBreak(start=start):
                    yield "\n", start
                case i.Ruby(base=base, reading=reading, start=start):
                    yield from self.pieces_of(base, span, apart)
                    self.add_reading(Passage(reading, ((0, start),), span))
                case i.Note():
                    apart.append(functools.partial(self.add_note, inline))
                case i.Image():
                    pass
                case _:
                    yield from self.pieces_of(inline.children, span, apart)

    def add_reading(self, passage: Passage) -> None:
        self.streams[Stream.NOTE_READINGS if self.note_depth else Stream.READINGS].append(passage)

    def add_note(self, note: i.Note) -> None:
        """A note's text; a note that another note calls follows the outer one's text."""
        if self.note_depth:
            self.inner_notes.append(note)
            return
        waiting = [note]
        while waiting:
            self._read_note(waiting.pop(0))
            waiting += self.inner_notes
            self.inner_notes = []

    def _read_note(self, note: i.Note) -> None:
        """A note's text; a note that is called twice is read once."""
        key = note_identity(note)
        if key in self.seen_notes:
            return
        self.seen_notes.add(key)
        self.note_depth += 1
        self.add_blocks(note.blocks)
        self.note_depth -= 1
