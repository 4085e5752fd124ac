"""The lines of a source as its edition shows them: each character knows where in the source it stood."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.masthead import colophon, labels, masthead
from converters.records import dataclass

# A note's call; the reader of a DOCX and the model have no character for it.
CALL = "\ufffc"
PREFIX = "_jb_"
_ENTITY = re.compile(r"&#?\w{1,32};")
_HASHES = re.compile(r" {0,3}(#{1,6})[ \t]+")
_ITEM = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+)")


class Kind(enum.Enum):
    """What may be done with a line: a block of its own, an item of a list, part of something larger, front matter."""

    BLOCK = "block"
    ITEM = "item"
    INNER = "inner"
    META = "meta"


@dataclass(frozen=True, slots=True)
class Flat:
    """A run of inlines character by character: `places` in the source (-1: none), `paths` the marks around each."""

    text: str = ""
    places: tuple[int, ...] = ()
    paths: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph that an edition shows. `start` and `end` are the whole lines of the source that it stands in.

    `level` is that of Word's heading styles, 0 for text; `is_title` that its line breaks are layout.
    """

    mark: str
    kind: Kind
    flat: Flat
    level: int = 0
    start: int = -1
    end: int = -1
    is_title: bool = False

    @property
    def text(self) -> str:
        """Its characters."""
        return self.flat.text


class Place(NamedTuple):
    """A stretch of the source."""

    start: int
    end: int


def flatten(inlines: Iterable[i.Inline], *, breaks: bool = True) -> Flat:
    """The characters of a line; without `breaks` its line breaks are left out."""
    text: list[str] = []
    places: list[int] = []
    paths: list[tuple[int, ...]] = []

    def walk(group: Iterable[i.Inline], path: tuple[int, ...]) -> None:
        for inline in group:
            match inline:
                case i.Text(text=words, start=start) | i.Code(text=words, start=start):
                    text.append(words)
                    places.extend(range(start, start + len(words)) if start >= 0 else [-1] * len(words))
                    inner = (*path, id(inline)) if isinstance(inline, i.Code) else path
                    paths.extend([inner] * len(words))
                case i.LineBreak(start=start):
                    if breaks:
                        text.append("\n")
                        places.append(start)
                        paths.append(path)
                case i.Note(start=start):
                    text.append(CALL)
                    places.append(start)
                    paths.append(path)
                case i.Image():
                    pass
                case i.Ruby(base=base):
                    walk(base, (*path, id(inline)))
                case _:
                    walk(inline.children, (*path, id(inline)))

    walk(inlines, ())
    return Flat("".join(text), tuple(places), tuple(paths))


def lines_of(document: Document, issue_form: str = "") -> list[Line]:
    """Every line of a mended document that its edition shows, in order; the lines of notes stand at the end."""
    reader = _Lines(document, issue_form)
    reader.read()
    return [line for line in (*reader.out, *reader.note_lines) if line.text.strip()]


class _Part(NamedTuple):
    """What a line is; with `ask` it is a block of its own only where blank lines part it from others."""

    mark: str
    kind: Kind
    level: int = 0
    title: bool = False
    ask: bool = False


class _Lines:
    def __init__(self, document: Document, issue_form: str) -> None:
        self.document = document
        self.issue_form = issue_form
        self.text = document.sources[0].text
        self.out: list[Line] = []
        self.note_lines: list[Line] = []
        self.notes: list[i.Note] = []

    def read(self) -> None:
        self.head()
        for number, article in enumerate(self.document.articles, 1):
            self.article(article, f"a{number}")
        foot = colophon(self.document.metadata)
        for number, row in enumerate(foot.recipients + foot.imprint, 1):
            self.meta(f"c{number}", row.label + row.text)
            self.meta("", row.right)
        for note in self.notes:
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
            self.line(inlines, _Part(f"{key}_{part}", Kind.BLOCK, level, title), self.out)

        if article.attachment:
            self.out.append(Line(f"{PREFIX}{key}_attachment", Kind.INNER, flatten((i.Text(article.attachment),))))
        line("column", article.column)
        for number, block in enumerate(article.editor_note, 1):
            self.block(block, f"{key}_n{number}", Kind.INNER, self.out)
        line("kicker", article.kicker)
        line("title", sum(article.title, ()), 1, title=True)
        line("subtitle", article.subtitle)
        line("author", article.author)
        for number, block in enumerate(article.blocks, 1):
            self.block(block, f"{key}_b{number}", Kind.BLOCK, self.out)
        if article.source is not None:
            line("source", article.source.inlines)

    def line(self, inlines: tuple[i.Inline, ...], part: _Part, out: list[Line]) -> None:
        mark, kind, level, title, ask = part
        if not inlines:
            return
        flat = flatten(inlines, breaks=not title)
        known = [place for place in flat.places if place >= 0]
        start = end = -1
        if known:
            start = self.text.rfind("\n", 0, min(known)) + 1
            end = self.text.find("\n", max(known))
            end = len(self.text) if end < 0 else end
            if ask and not self.alone(start, end):
                kind = Kind.INNER
        elif kind is not Kind.META:
            kind = Kind.INNER
        out.append(Line(PREFIX + mark if mark else "", kind, flat, level, start, end, title))
        for note in _notes(inlines):
            if not any(note == known_note for known_note in self.notes if note.label):
                self.notes.append(note)

    def alone(self, start: int, end: int) -> bool:
        """Whether lines of the source are a block by themselves: blank lines, or nothing, above and below."""
        above = self.text[self.text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
        following = self.text.find("\n", end + 1)
        below = self.text[end + 1 : following if following >= 0 else len(self.text)]
        return not above.strip() and not below.strip()

    def blocks(self, blocks: Iterable[b.Block], key: str, kind: Kind, out: list[Line]) -> None:
        for number, block in enumerate(blocks, 1):
            self.block(block, f"{key}_{number}" if key else "", kind, out)

    def block(self, block: b.Block, key: str, kind: Kind, out: list[Line]) -> None:
        def line(
            inlines: tuple[i.Inline, ...], mark: str = "", kind: Kind = Kind.INNER, level: int = 0, *, ask: bool = False
        ) -> None:
            self.line(inlines, _Part(mark, kind, level, ask=ask), out)

        match block:
            case b.Paragraph():
                line(block.run_in + block.inlines, key, kind)
            case b.Heading():
                line(block.inlines, key, kind, min(max(block.level + 1, 2), 9))
            case b.Addressee(inlines=inlines):
                line(inlines, key, kind, ask=True)
            case b.ListBlock(items=items):
                for number, item in enumerate(items, 1):
                    whole = kind is Kind.BLOCK and len(item.blocks) == 1
                    inner = Kind.ITEM if whole and isinstance(item.blocks[0], b.Paragraph) else Kind.INNER
                    self.blocks(item.blocks, f"{key}_{number}" if key else "", inner, out)
            case b.Quote(blocks=inner_blocks):
                self.blocks(inner_blocks, key, Kind.INNER, out)
            case b.DefinitionList(items=definitions):
                for definition in definitions:
                    line(definition.term)
                    for description in definition.descriptions:
                        self.blocks(description, "", Kind.INNER, out)
            case b.Table():
                line(block.caption, f"{key}_caption" if key else "")
                for row in block.rows:
                    for cell in row.cells:
                        line(cell.inlines)
            case b.Figure(caption=caption):
                line(caption, f"{key}_caption" if key else "")
            case b.CodeBlock(text=text, start=start):
                line((i.Code(text, start if text and self.text.startswith(text, start) else -1),), key)
            case b.Verse(lines=verses):
                whole_verse: list[i.Inline] = []
                for number, verse in enumerate(verses):
                    whole_verse += [i.LineBreak(), *verse] if number else verse
                line(tuple(whole_verse), key)
            case b.AttachmentNote(label=label, items=names):
                for number, name in enumerate(names or ((),), 1):
                    line(
                        name if number > 1 else label + name, key if number == 1 else f"{key}_{number}", kind, ask=True
                    )
            case b.Signature():
                rows = [*block.organs, *((block.date,) if block.date else ())]
                rows += [block.remark] if block.remark else []
                for number, inlines in enumerate(rows, 1):
                    line(inlines, key if number == 1 else f"{key}_{number}", kind, ask=True)
            case b.Rule() | b.PageBreak():
                pass


def _notes(inlines: Iterable[i.Inline]) -> Iterator[i.Note]:
    from converters.model.walk import notes_within

    return notes_within(tuple(inlines))


def extents(line: Line, source: str) -> list[Place]:
    """Where each character of a line is written in the source: escapes, references and notes' calls included.

    A character without a place has what stands between its neighbours, the first of several all of it.
    """
    places, text = line.flat.places, line.text
    out: list[Place] = []
    for number, place in enumerate(places):
        if place < 0:
            out.append(Place(-1, -1))
            continue
        end = place + 1
        char = text[number]
        if char == CALL:
            end = _call_end(source, place)
        elif char == "\n" and source.startswith("<br", place):
            end = source.find(">", place) + 1 or end
        elif source[place] == "&" and (match := _ENTITY.match(source, place)):
            following = places[number + 1] if number + 1 < len(places) else -1
            end = match.end() if following < 0 or following >= match.end() else end
        before = out[-1].end if out and out[-1].end >= 0 else line.start
        if place > before and source[place - 1] == "\\" and char in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~":
            out.append(Place(place - 1, end))
        else:
            out.append(Place(place, end))
    return _filled(out, line, source)


def _filled(found: list[Place], line: Line, source: str) -> list[Place]:
    out = list(found)
    number = 0
    while number < len(out):
        if out[number].start >= 0:
            number += 1
            continue
        last = number
        while last < len(out) and out[last].start < 0:
            last += 1
        low = out[number - 1].end if number else line.start
        high = out[last].start if last < len(out) else line.end
        entities = [Place(match.start(), match.end()) for match in _ENTITY.finditer(source, low, high)]
        if len(entities) == last - number:
            out[number:last] = entities
        else:
            out[number] = Place(low, max(low, high))
            out[number + 1 : last] = [Place(max(low, high), max(low, high))] * (last - number - 1)
        number = last
    return out


def _call_end(source: str, place: int) -> int:
    opened = source.find("[", place)
    if opened < 0:
        return place + 1
    depth = 0
    for position in range(opened, min(len(source), opened + 100_000)):
        depth += {"[": 1, "]": -1}.get(source[position], 0)
        if depth == 0:
            return position + 1
    return place + 1


def hashes(line: Line, source: str) -> str:
    """The marks that make a line of the source a heading, "" where it has none."""
    match = _HASHES.match(source, line.start) if line.start >= 0 else None
    return match[1] if match else ""


def heading_end(line: Line, source: str) -> int:
    """Where the marks of a heading end."""
    match = _HASHES.match(source, line.start)
    return match.end() if match else line.start


def item_mark(line: Line, source: str) -> re.Match[str] | None:
    """The marker of an item of a list."""
    return _ITEM.match(source, line.start)
