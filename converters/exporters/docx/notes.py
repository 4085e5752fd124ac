"""word/footnotes.xml: notes as Word's own footnotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias

from converters.diagnostics import Span
from converters.model.blocks import Block
from converters.model.inlines import Note
from converters.model.walk import note_identity

from .paragraphs import Container

if TYPE_CHECKING:
    from .writer import Writer

WriteBlocks: TypeAlias = "Callable[[Writer, Iterable[Block], str, Container], None]"
"""What writes blocks, a note's as the text's: a writer, the blocks, the stem of their ids, what they stand in."""

_REFERENCE = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
# 0.5 em of air after the number, as spacing and not as a character: the note's text stays the author's. It stands
# on the line, as Chinese notes have it.
_MARK = (
    '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/><w:spacing w:val="100"/><w:vertAlign w:val="baseline"/></w:rPr>'
    "<w:footnoteRef/></w:r>"
)
# ① to ⑳; Word itself goes on with plain figures.
_LAST_CIRCLED = 20
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))


class Notes:
    """Collects footnotes in the order of their calls."""

    __slots__ = ("_numbers", "_parts", "_waiting", "_write_blocks", "_writer", "repeated")

    def __init__(self, writer: Writer, write_blocks: WriteBlocks) -> None:
        self._writer = writer
        self._write_blocks = write_blocks
        self._parts: list[str] = []
        self._numbers: dict[tuple[str, object], int] = {}
        self._waiting: list[Note] | None = None
        # Notes that are called more than once: their first call needs a bookmark.
        self.repeated: set[int] = set()

    def __bool__(self) -> bool:
        return bool(self._parts)

    def call(self, note: Note, span: Span | None) -> str:
        """The run that calls a note; a second call of the same note refers to the first one's number."""
        key = note_identity(note)
        known = self._numbers.get(key)
        if known is not None:
            self.repeated.add(known)
            return repeated_call(known)
        if self._waiting is not None:
            # Word has no notes in notes.
            self._writer.report(
                "W-NOTE", "a note inside a note: its text follows the outer one's", span, hint="call it from the text"
            )
            self._waiting.append(note)
            return ""
        number = len(self._numbers) + 1
        self._numbers[key] = number
        self._write(note, number)
        return _REFERENCE.format(number=number)

    def _write(self, note: Note, number: int) -> None:
        writer = self._writer
        kept = writer.out, writer.story, writer.gap, writer.room, writer.page_break, writer.after_table, writer.prefix
        writer.out, writer.story = [], writer.story.package.footnotes
        writer.gap, writer.room, writer.page_break, writer.after_table, writer.prefix = None, 0, False, False, _MARK
        self._waiting = [note]
        place = 0
        while self._waiting:
            inner = self._waiting.pop(0)
            place += 1
            self._write_blocks(writer, inner.blocks, f"n{number}_{place}", Container("FootnoteText"))
        self._waiting = None
        if writer.prefix:
            writer.paragraph("FootnoteText", "")
        if writer.after_table:
            writer.spacer()
        self._parts.append(f'<w:footnote w:id="{number}">{"".join(writer.out)}</w:footnote>')
        writer.out, writer.story, writer.gap, writer.room, writer.page_break, writer.after_table, writer.prefix = kept

    def part(self) -> str:
        """The contents of the footnotes part: the two separators and the notes."""
        separators = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p w14:paraId="{self._writer.identity.paragraph()}"><w:pPr>'
            '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
            f'<w:ind w:firstLineChars="0" w:firstLine="0"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for kind, number in _SEPARATORS
        )
        return separators + "".join(self._parts)

    def mark_repeated(self, body: str) -> str:
        """The body with a bookmark around each call that later calls refer to."""
        for number in sorted(self.repeated):
            call = _REFERENCE.format(number=number)
            start, end = self._writer.identity.bookmark(reference_name(number))
            body = body.replace(call, f"{start}{call}{end}", 1)
        return body


def reference_name(number: int) -> str:
    """The bookmark of a note's first call."""
    return f"_RefNote{number}"


def repeated_call(number: int) -> str:
    """A NOTEREF field that shows the number of a note that is called again."""
    shown = chr(0x2460 + number - 1) if number <= _LAST_CIRCLED else str(number)
    style = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
    return (
        f'<w:r>{style}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{style}<w:instrText xml:space="preserve"> NOTEREF {reference_name(number)} \\f \\h </w:instrText></w:r>'
        f'<w:r>{style}<w:fldChar w:fldCharType="separate"/></w:r><w:r>{style}<w:t>{shown}</w:t></w:r>'
        f'<w:r>{style}<w:fldChar w:fldCharType="end"/></w:r>'
    )
