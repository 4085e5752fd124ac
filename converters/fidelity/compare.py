"""The text of an edition against the text of the model."""

from __future__ import annotations

import bisect
from itertools import islice

from converters.diagnostics import Diagnostic, Severity, Span
from converters.model import walk
from converters.model.blocks import Table
from converters.model.document import Document
from converters.model.reading import Frame, Passage, Stream, passages
from converters.ooxml import FORBIDDEN, REPLACEMENT

from .differences import Difference, Fault, differences
from .edition import LINE_HYPHEN, Chunk, EditionText
from .ink import INVISIBLE, Ink, ink_of, visible, without_space

# An edition that is wrong from end to end is not worth more lines than this; the number of the rest is said.
MOST_FINDINGS = 20
_CONTEXT = 6
_LONG_CELL = 150
"""Characters of a cell, below which no row is higher than a page."""
# Editions that are made of XML, which has no way to write some characters.
_XML = (".docx", ".epub", ".html")
_HYPHENS = frozenset("-\u2010\u2011")
_FIRST_WIDE = "\u2e80"
"""From here on characters are hanzi, kana and their marks, which no hyphen divides."""

_RULES = {
    Stream.BODY: "V-TEXT", Stream.READINGS: "V-TEXT", Stream.NOTES: "V-NOTE", Stream.NOTE_READINGS: "V-NOTE",
}  # fmt: skip
_MESSAGES = {
    Fault.CHANGED: "{place}: after “{before}” stands “{found}”, in the source “{wanted}”",
    Fault.LOST: "{place}: after “{before}” the text “{wanted}” is lost",
    Fault.ADDED: "{place}: after “{before}” stands “{found}”, which is not in the source",
    Fault.DOUBLED: "{place}: after “{before}” the text “{found}” stands twice",
    Fault.MOVED: "{place}: after “{before}” stands “{found}”, in the source in the order “{wanted}”",
}
_SPACE_LOST = "{place}: the space after “{before}” is lost"
_SPACE_ADDED = "{place}: a space stands after “{before}”, which is not in the source"
_MORE = "{place}: {count} more differences"


def compare(document: Document, edition: EditionText, name: str, frame: Frame | None = None) -> tuple[Diagnostic, ...]:
    """Every difference between a document and an edition of the given name, as findings."""
    expected = passages(document, frame)
    found: list[Diagnostic] = []
    in_xml = name.lower().endswith(_XML) and any(FORBIDDEN.search(source.text) for source in document.sources)
    for stream in Stream:
        wanted = [_writable(passage) for passage in expected[stream]] if in_xml else expected[stream]
        comparison = _Comparison(document, name, stream, wanted, edition.streams[stream])
        found += comparison.findings(MOST_FINDINGS - len(found))
    return tuple(found)


def _writable(passage: Passage) -> Passage:
    """A passage as XML can hold it: U+FFFD stands for what it forbids, which the writers have said."""
    return passage._replace(text=FORBIDDEN.sub(REPLACEMENT, passage.text))


class _Comparison:
    """One stream of a document beside the same stream of an edition."""

    def __init__(
        self, document: Document, name: str, stream: Stream, wanted: list[Passage], found: list[Chunk]
    ) -> None:
        self.document = document
        self.name = name
        self.stream = stream
        self.passages = wanted
        self.wanted = ink_of((passage.text, False) for passage in wanted)
        self.chunks = _without_line_hyphens(found, self.wanted.text)
        self.found = ink_of((chunk.text, chunk.glued) for chunk in self.chunks)

    def findings(self, room: int) -> list[Diagnostic]:
        """The differences, at most `room` and one line that counts the rest."""
        wanted, found = self.wanted, self.found
        if wanted.text == found.text:
            lost = wanted.spaces - found.spaces - found.free
            added = found.spaces - wanted.spaces - wanted.free
            spaces = [(at, at, True) for at in lost] + [(at, at, False) for at in added]
            faults: list[Difference] = []
        else:
            faults, steps = differences(wanted.text, found.text)
            if self.name.lower().endswith(".pdf"):
                faults = self._without_parted_rows(faults)
            spaces = []
            for step in steps:
                spaces += _spaces_in(step.a0, step.b0, step.length, wanted, found)
        spaces.sort()
        count = len(faults) + len(spaces)
        out = [self._finding(fault) for fault in islice(faults, max(room, 0))]
        out += [self._space(*space) for space in islice(spaces, max(room - len(out), 0))]
        if count > len(out):
            values = (("place", self.name), ("count", str(count - len(out))))
            out.append(Diagnostic(_RULES[self.stream], Severity.ERROR, _MORE, values=values))
        return out

    def _without_parted_rows(self, faults: list[Difference]) -> list[Difference]:
        """The faults without those of a table whose characters are all there: a row that is higher than a page is cut
        across its cells, so that a page has the beginnings of all and the next one their ends."""
        tables = sorted(
            (block.span.source, block.span.start, block.span.end)
            for block in walk.all_blocks(self.document)
            if isinstance(block, Table) and block.span is not None and _may_be_parted(block)
        )  # fmt: skip
        if not tables:
            return faults
        inside: dict[tuple[str, int, int], list[Difference]] = {}
        for fault in faults:
            span = self._span(max(fault.a0 - 1, 0), fault.a1 if fault.a1 > fault.a0 else fault.a0)
            table = next(
                (each for each in tables if span and each[0] == span.source and each[1] <= span.start < each[2]), None
            )
            if table is not None:
                inside.setdefault(table, []).append(fault)
        parted = set[Difference]()
        for found in inside.values():
            lost = sorted("".join(self.wanted.text[fault.a0 : fault.a1] for fault in found))
            added = sorted("".join(self.found.text[fault.b0 : fault.b1] for fault in found))
            pages = {self._place(at) for fault in found for at in (fault.b0, max(fault.b1 - 1, 0))}
            if lost == added and len(pages) > 1:
                parted.update(found)
        return [fault for fault in faults if fault not in parted]

    def _finding(self, fault: Difference) -> Diagnostic:
        place = self._place(fault.b0 if fault.b1 > fault.b0 else max(fault.b0 - 1, 0))
        values = (
            ("place", f"{self.name} {place}".strip()),
            ("before", self._before(fault.a0)),
            ("found", _shown(self.found.text[fault.b0 : fault.b1])),
            ("wanted", _shown(self.wanted.text[fault.a0 : fault.a1])),
        )
        span = self._span(fault.a0, fault.a1)
        return Diagnostic(
            _RULES[self.stream], Severity.ERROR, _MESSAGES[fault.fault], span, place, _hint(self.name), values
        )

    def _space(self, wanted_at: int, found_at: int, lost: bool) -> Diagnostic:
        place = self._place(max(found_at - 1, 0))
        values = (("place", f"{self.name} {place}".strip()), ("before", self._before(wanted_at)))
        message = _SPACE_LOST if lost else _SPACE_ADDED
        span = self._span(wanted_at, wanted_at)
        return Diagnostic(_RULES[self.stream], Severity.ERROR, message, span, place, _hint(self.name), values)

    def _before(self, offset: int) -> str:
        return self.wanted.text[max(0, offset - _CONTEXT) : offset]

    def _place(self, offset: int) -> str:
        """Where in the edition a character stands."""
        index = _index(self.found.starts, offset)
        return self.chunks[index].place if index >= 0 else ""

    def _span(self, start: int, end: int) -> Span | None:
        """Where in the source a stretch of the wanted text stands."""
        first = self._offset(start)
        if first is None:
            # Text that no source holds, or the end of the whole: the place of the block is the nearest that is known.
            index = _index(self.wanted.starts, min(start, max(len(self.wanted.text) - 1, 0)))
            return self.passages[index].span if index >= 0 else None
        last = self._offset(end - 1) if end > start else None
        source, offset = first
        return Span(source, offset, max(offset, last[1] if last else offset) + 1)

    def _offset(self, ink_offset: int) -> tuple[str, int] | None:
        """The source and the offset in it of a character of the wanted text; None where no source holds it."""
        if ink_offset >= len(self.wanted.text):
            return None
        index = _index(self.wanted.starts, ink_offset)
        passage = self.passages[index]
        position = _nth_ink(passage.text, ink_offset - self.wanted.starts[index])
        piece = bisect.bisect_right(passage.pieces, position, key=lambda pair: pair[0]) - 1
        if piece < 0 or passage.pieces[piece][1] < 0:
            return None
        begin, offset = passage.pieces[piece]
        source = passage.span.source if passage.span else self._only_source()
        return (source, offset + position - begin) if source else None

    def _only_source(self) -> str:
        return self.document.sources[0].name if self.document.sources else ""


def _without_line_hyphens(chunks: list[Chunk], wanted: str) -> list[Chunk]:
    """Decide what the hyphens at line ends are, which a PDF does not say: the author's, or a broken word's."""
    if not any(LINE_HYPHEN in chunk.text for chunk in chunks):
        return chunks
    out: list[Chunk] = []
    position = 0
    for chunk in chunks:
        text = chunk.text
        while (at := text.find(LINE_HYPHEN)) >= 0:
            before = without_space(visible(text[:at]))[-_CONTEXT:]
            # Faults so far may have moved the place a little.
            around = position + len(without_space(visible(text[:at])))
            place = wanted.find(before, max(0, around - len(before) - 40), around + 40) + len(before)
            hyphen = wanted[place : place + 1]
            if hyphen not in _HYPHENS:
                hyphen = "" if place < len(before) or _is_within_word(wanted, place) else "-"
            text = text[:at] + hyphen + text[at + 1 :]
        position += len(without_space(visible(text)))
        out.append(Chunk(text, chunk.place, chunk.glued))
    return out


def _is_within_word(text: str, place: int) -> bool:
    """Whether text[place] goes on a word that hyphens may divide there (Latin, Greek, Cyrillic …): two letters each."""
    around = text[max(0, place - 2) : place + 2]
    return len(around) == 4 and all(character.isalpha() and character < _FIRST_WIDE for character in around)


def _may_be_parted(table: Table) -> bool:
    """Whether a row may be higher than a page: a cell is long, and another stands beside it."""
    return any(
        len(row.cells) > 1 and any(len(walk.plain(cell.inlines)) > _LONG_CELL for cell in row.cells)
        for row in table.rows
    )


def _index(starts: list[int], offset: int) -> int:
    return bisect.bisect_right(starts, offset) - 1


def _spaces_in(a0: int, b0: int, length: int, wanted: Ink, found: Ink) -> list[tuple[int, int, bool]]:
    """The spaces lost or added strictly inside an equal stretch."""
    shift = b0 - a0
    expected = {at for at in wanted.spaces if a0 < at < a0 + length}
    seen = {at - shift for at in found.spaces if b0 < at < b0 + length}
    lost = {at for at in expected - seen if at + shift not in found.free}
    added = seen - expected - wanted.free
    return [(at, at + shift, True) for at in lost] + [(at, at + shift, False) for at in added]


def _nth_ink(text: str, number: int) -> int:
    """Position in the text of the character that has `number` visible characters before it."""
    seen = 0
    for position, character in enumerate(text):
        if character.isspace() or character in INVISIBLE:
            continue
        if seen == number:
            return position
        seen += 1
    return max(len(text) - 1, 0)


def _shown(text: str) -> str:
    """A text short enough for a message."""
    return text if len(text) <= 24 else f"{text[:12]}…{text[-8:]}"


def _hint(name: str) -> str:
    return "do not use this edition; report the difference" if name else ""
