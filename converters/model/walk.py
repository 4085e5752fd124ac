"""Walks through the model: the characters of a line, runs of text, blocks inside blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from . import blocks as b
from . import inlines as i
from .document import Article, Document

WRAPPERS = (
    i.Strong, i.Emphasis, i.Strike, i.Dots, i.Deceased, i.ProperName, i.BookTitle, i.Superscript, i.Subscript, i.Link,
)  # fmt: skip


def plain(inlines: tuple[i.Inline, ...]) -> str:
    """The characters of a line: text, code, ruby bases; a line break is "\\n"; notes and pictures are nothing."""
    if len(inlines) == 1 and isinstance(inlines[0], i.Text):
        return inlines[0].text
    return "".join(_plain(inline) for inline in inlines)


def text_alone(inlines: Sequence[i.Inline]) -> str | None:
    """The characters of a line that holds nothing but runs of text, None for any other."""
    if len(inlines) == 1:
        only = inlines[0]
        return only.text if type(only) is i.Text else None
    texts = [inline.text for inline in inlines if type(inline) is i.Text]
    return "".join(texts) if texts and len(texts) == len(inlines) else None


def _plain(inline: i.Inline) -> str:
    match inline:
        case i.Text(text=text) | i.Code(text=text):
            return text
        case i.LineBreak():
            return "\n"
        case i.Ruby(base=base):
            return plain(base)
        case i.Note() | i.Image():
            return ""
        case _:
            return plain(inline.children)


def title_text(article: Article, separator: str = "") -> str:
    """An article's title in one line; between hanzi its line breaks are nothing, between Latin words a space."""
    lines = [plain(line) for line in article.title]
    whole = ""
    for line in lines:
        glue = separator or (" " if whole and line and whole[-1].isascii() and line[0].isascii() else "")
        whole += (glue if whole else "") + line
    return whole


def split_lines(inlines: tuple[i.Inline, ...]) -> tuple[tuple[i.Inline, ...], ...]:
    """A line of inlines cut where its author broke it."""
    lines: list[list[i.Inline]] = [[]]
    for inline in inlines:
        if isinstance(inline, i.LineBreak):
            lines.append([])
        else:
            lines[-1].append(inline)
    return tuple(tuple(line) for line in lines)


def map_text(inlines: tuple[i.Inline, ...], change: Callable[[i.Text], tuple[i.Inline, ...]]) -> tuple[i.Inline, ...]:
    """The same inlines with every Text (not Code) put through `change`; notes are left alone."""
    out: list[i.Inline] = []
    for inline in inlines:
        if isinstance(inline, i.Text):
            out.extend(change(inline))
        elif isinstance(inline, WRAPPERS):
            out.append(replace(inline, children=map_text(inline.children, change)))
        elif isinstance(inline, i.Ruby):
            out.append(replace(inline, base=map_text(inline.base, change)))
        else:
            out.append(inline)
    return tuple(out)


def inlines_of(block: b.Block) -> Iterator[tuple[i.Inline, ...]]:
    """Every line of inlines that a block itself holds, in reading order; blocks inside it are not entered."""
    match block:
        case b.Heading(inlines=line) | b.Addressee(inlines=line):
            yield line
        case b.Paragraph(run_in=run_in, inlines=line):
            if run_in:
                yield run_in
            yield line
        case b.Table(caption=caption, rows=rows):
            if caption:
                yield caption
            for row in rows:
                for cell in row.cells:
                    yield cell.inlines
        case b.Figure(caption=caption):
            yield caption
        case b.Verse(lines=lines):
            yield from lines
        case b.AttachmentNote(label=label, items=items):
            yield label
            yield from items
        case b.Signature(organs=organs, date=date, remark=remark):
            yield from organs
            yield date
            yield remark
        case b.DefinitionList(items=items):
            for item in items:
                yield item.term
        case _:
            return


def children_of(block: b.Block) -> Iterator[b.Block]:
    """The blocks directly inside a block, in reading order."""
    match block:
        case b.Quote(blocks=inner):
            yield from inner
        case b.ListBlock(items=items):
            for item in items:
                yield from item.blocks
        case b.DefinitionList(items=definitions):
            for definition in definitions:
                for description in definition.descriptions:
                    yield from description
        case _:
            return


_NESTING = (b.Quote, b.ListBlock, b.DefinitionList)
"""Blocks that hold blocks."""


def blocks_within(blocks: tuple[b.Block, ...]) -> Iterator[b.Block]:
    """Every block, each before the blocks inside it; the blocks of notes are not entered."""
    for block in blocks:
        yield block
        if isinstance(block, _NESTING):
            yield from blocks_within(tuple(children_of(block)))


def all_blocks(document: Document) -> Iterator[b.Block]:
    """Every block of every article, editor's notes first."""
    for article in document.articles:
        yield from blocks_within(article.editor_note)
        yield from blocks_within(article.blocks)


def numbered(document: Document) -> Iterator[tuple[str, Article | b.Block]]:
    """Articles and their top-level blocks with ids "a1", "a1.b1" … : the keys of Pagination.

    An article's editor's note counts apart: "a1.n1".
    """
    for number, article in enumerate(document.articles, 1):
        yield f"a{number}", article
        for index, block in enumerate(article.editor_note, 1):
            yield f"a{number}.n{index}", block
        for index, block in enumerate(article.blocks, 1):
            yield f"a{number}.b{index}", block


def notes_within(inlines: tuple[i.Inline, ...]) -> Iterator[i.Note]:
    """The notes called in a line, in order."""
    for inline in inlines:
        if isinstance(inline, i.Note):
            yield inline
        elif isinstance(inline, WRAPPERS):
            yield from notes_within(inline.children)
        elif isinstance(inline, i.Ruby):
            yield from notes_within(inline.base)


def note_identity(note: i.Note) -> tuple[str, object]:
    """What makes two calls those of one note: its label and its place, its text where it has no place."""
    place = note.blocks[0].span.start if note.blocks and note.blocks[0].span else note.start
    return note.label, place if place >= 0 else note.blocks


def images_within(inlines: tuple[i.Inline, ...]) -> Iterator[i.Image]:
    """The pictures in a line, in order."""
    for inline in inlines:
        if isinstance(inline, i.Image):
            yield inline
        elif isinstance(inline, WRAPPERS):
            yield from images_within(inline.children)
