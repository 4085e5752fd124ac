"""Page numbers on lines of their own inside a paragraph of Markdown, where no blank line parts them from the text."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from converters.diagnostics import Source, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.characters import is_latin
from converters.model.lines import flat, locate, rewrite
from converters.model.patterns import compiled
from converters.records import dataclass

DASHES = r"[-—–－─―~～·•|]{1,2}\s*(\d{1,4})\s*[-—–－─―~～·•|]{1,2}"
PAGE = r"第\s*(\d{1,4})\s*[页頁](?:\s*[,，/／]?\s*共\s*\d{1,4}\s*[页頁])?|[Pp]age\s+(\d{1,4})(?:\s+of\s+\d{1,4})?"
# In these a line end of the source is no line end of the author's.
_MARKED_UP = (".html", ".htm", ".xhtml", ".epub", ".docx", ".docm", ".dotx", ".dotm", ".doc")
_BLANK = r"[^\S\n]*"
_LINE = rf"(?m)^{_BLANK}(?:{DASHES}|{PAGE}){_BLANK}$"
_ITEM = r"\d{1,4}[^\S\n]*[-—–*+](?:\s+|\Z)"


# Where in a block a paragraph stands: itself, or (item, block) of a list.
_At: TypeAlias = tuple[int, int]
_SELF = (-1, -1)
# Instead of a block of an item: its mark and the number behind it.
_MARK = -1
# No page number has more characters.
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Cut:
    """The place of a page number in the text of a block's own paragraph, or of one in an item of it."""

    at: _At
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, or a stretch of one that page numbers part; `cut` is a number's place in block `of`."""

    block: b.Block
    of: int
    cut: Cut | None = None
    whole: bool = True


def parted(blocks: tuple[b.Block, ...], sources: tuple[Source, ...]) -> list[Piece]:
    """Blocks with each page number on a line of its own as a piece of its own; the pieces are to be judged by."""
    held = {one.name: one.text for one in sources if not one.name.lower().endswith(_MARKED_UP)}
    pieces: list[Piece] = []
    for index, block in enumerate(blocks):
        span = block.span
        text = held.get(span.source, "") if span is not None else ""
        found: list[Piece] = []
        if span is not None and text.find("\n", span.start, span.end) >= 0:
            match block:
                case b.Paragraph():
                    found = _stretches(block, _SELF, index, text)
                case b.ListBlock() if compiled(_LINE).search(text, span.start, span.end) is not None:
                    found = _of_list(block, index, text)
        pieces += found or [Piece(block, index)]
    return pieces


def _stretches(block: b.Paragraph, at: _At, index: int, source: str, done: int = 0) -> list[Piece]:
    """The pieces of a paragraph, from a place in its text on; none where it has no page number."""
    span = block.span
    if span is None or block.run_in or block.joined:
        return []
    text = flat(block.inlines)
    pieces: list[Piece] = []
    for match in compiled(_LINE).finditer(source, span.start, span.end):
        line = match.group().strip()
        start = match.start() + match.group().index(line)
        place = _place(block.inlines, start)
        end = place + len(line)
        if place < done or text[place:end] != line:
            continue
        if text[done:place].strip():
            pieces.append(Piece(_line(text[done:place], span), index, whole=False))
        where = Span(span.source, start, start + len(line))
        pieces.append(Piece(_line(line, where), index, Cut(at, place, end), whole=False))
        done = end
    if pieces and text[done:].strip():
        pieces.append(Piece(_line(text[done:], span), index, whole=False))
    return pieces


def _of_list(block: b.ListBlock, index: int, source: str) -> list[Piece]:
    """The pieces of a list, and of what reads as one: - 3 - and the text below it."""
    pieces: list[Piece] = []
    marked = all(_number(item, source) is not None for item in block.items)
    for row, item in enumerate(block.items):
        for column, inner in enumerate(item.blocks):
            if not isinstance(inner, b.Paragraph):
                continue
            done = 0
            text = flat(inner.inlines)
            if marked and (where := _number(item, source)) is not None:
                done = len(_digits(text))
                line = source[where.start : where.end]
                pieces.append(Piece(_line(line, where), index, Cut((row, _MARK), 0, done), whole=False))
            found = _stretches(inner, (row, column), index, source, done)
            rest = text[done:].strip()
            span = inner.span or Span("", -1, -1)
            pieces += found or ([Piece(_line(rest, span), index, whole=False)] if rest else [])
    return pieces if any(piece.cut for piece in pieces) else []


def _digits(text: str) -> str:
    match = compiled(_ITEM).match(text)
    return match.group() if match is not None else ""


def _number(item: b.ListItem, source: str) -> Span | None:
    """Where the page number stands, its first dash taken for the mark of an item; None where there is none."""
    match item.blocks:
        case (b.Paragraph(inlines=inlines, run_in=(), span=Span() as span),) if item.marker in ("-", "*", "+"):
            line = _digits(source[span.start : span.start + _LONGEST])
            start = source.rfind(item.marker, 0, span.start)
            if "\n" in line and start >= 0 and _digits(flat(inlines)):
                return Span(span.source, start, span.start + len(line.rstrip()))
    return None


def _line(text: str, span: Span) -> b.Paragraph:
    return b.Paragraph((i.Text(text.strip()),), span=span)


def _place(inlines: tuple[i.Inline, ...], start: int) -> int:
    """Where in a line's text the character of the source at `start` stands, in runs at its top; −1 if nowhere."""
    position = 0
    for inline in inlines:
        if isinstance(inline, i.Text) and 0 <= inline.start <= start < inline.start + len(inline.text):
            return position + start - inline.start
        position += len(flat((inline,)))
    return -1


def without(block: b.Block, cuts: list[Cut]) -> list[b.Block]:
    """What is left of a block without the page numbers at some of its places."""
    match block:
        case b.Paragraph():
            left = _cut(block, cuts)
            return [left] if left is not None else []
        case b.ListBlock():
            out: list[b.Block] = []
            for row, item in enumerate(block.items):
                mine = [one for one in cuts if one.at[0] == row]
                number = any(one.at[1] == _MARK for one in mine)
                parts = tuple(_part(part, mine, (_MARK, column)) for column, part in enumerate(item.blocks))
                if number:
                    # The number was no item: what stood below it is a paragraph.
                    out += [part for part in parts if not isinstance(part, b.Paragraph) or part.inlines]
                    continue
                item = replace(item, blocks=parts)
                last = out[-1] if out else None
                if isinstance(last, b.ListBlock):
                    out[-1] = replace(last, items=(*last.items, item))
                else:
                    out.append(replace(block, items=(item,), start=block.start + row))
            return out
        case _:
            return [block]


def _part(block: b.Block, cuts: list[Cut], columns: tuple[int, int]) -> b.Block:
    """A block of an item without its page numbers; a paragraph that was nothing else is left empty."""
    mine = [cut for cut in cuts if cut.at[1] in columns]
    if not mine or not isinstance(block, b.Paragraph):
        return block
    return _cut(block, mine) or replace(block, inlines=())


def _cut(block: b.Paragraph, cuts: list[Cut]) -> b.Paragraph | None:
    """A paragraph without some page numbers; None where nothing else was in it."""
    text = flat(block.inlines)
    edits = []
    for cut in cuts:
        start, end = cut.start, cut.end
        while start and text[start - 1] == " ":
            start -= 1
        while text[end : end + 1] == " ":
            end += 1
        latin = start > 0 and end < len(text) and is_latin(text[start - 1]) and is_latin(text[end])
        edits.append((start, end, " " if latin else ""))
    rest = rewrite(block.inlines, edits)
    left = flat(rest)
    if not left.strip():
        return None
    span = block.span
    if span is not None:
        first, last = locate(rest, 0), locate(rest, len(left) - 1)
        start = first if edits[0][0] == 0 and first >= 0 else span.start
        end = last + 1 if edits[-1][1] == len(text) and last >= 0 else span.end
        span = Span(span.source, start, end)
    return replace(block, inlines=rest, span=span)
