"""Every line of a document put through one function, with its role; what does not change stays the very same object."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from converters.diagnostics import Span

from . import blocks as b
from . import inlines as i
from .document import Article, Document
from .lines import Inlines
from .walk import WRAPPERS


class Role(enum.Enum):
    """What a line of the sheet is in the document."""

    TITLE = "title"
    HEADING = "heading"
    RUN_IN = "run-in"
    BODY = "body"
    SOURCE = "source"
    CELL = "cell"
    CAPTION = "caption"
    VERSE = "verse"
    LABEL = "label"


Visit: TypeAlias = Callable[[Inlines, Role, "Span | None"], Inlines]


def map_document(document: Document, visit: Visit) -> Document:
    """The document with every line put through `visit`, in the order of the sheet."""
    articles = tuple(map_article(article, visit) for article in document.articles)
    if all(new is old for new, old in zip(articles, document.articles, strict=True)):
        return document
    return replace(document, articles=articles)


def map_article(article: Article, visit: Visit) -> Article:
    """An article with every line put through `visit`: column, note, kicker, title, …, blocks, source."""
    front = map_front(article, visit)
    blocks = map_blocks(article.blocks, visit)
    source = article.source
    if source is not None:
        inlines = visit_line(source.inlines, Role.SOURCE, source.span, visit)
        if inlines is not source.inlines:
            source = replace(source, inlines=inlines)
    if front is None and blocks is article.blocks and source is article.source:
        return article
    return replace(article if front is None else front, blocks=blocks, source=source)


def map_front(article: Article, visit: Visit) -> Article | None:
    """The article with the lines before its blocks put through `visit`; None where none of them changed."""
    span = article.span

    def line(inlines: Inlines, role: Role) -> Inlines:
        return visit_line(inlines, role, span, visit) if inlines else inlines

    column = line(article.column, Role.LABEL)
    note = map_blocks(article.editor_note, visit)
    kicker = line(article.kicker, Role.TITLE)
    title = tuple(line(part, Role.TITLE) for part in article.title)
    subtitle = line(article.subtitle, Role.TITLE)
    author = line(article.author, Role.LABEL)
    if (
        column is article.column
        and note is article.editor_note
        and kicker is article.kicker
        and _same(title, article.title)
        and subtitle is article.subtitle
        and author is article.author
    ):
        return None
    return replace(
        article, column=column, editor_note=note, kicker=kicker, title=title, subtitle=subtitle, author=author
    )  # fmt: skip


def map_blocks(blocks: tuple[b.Block, ...], visit: Visit) -> tuple[b.Block, ...]:
    """Blocks with every line put through `visit`."""
    out: list[b.Block] | None = None
    for index, block in enumerate(blocks):
        new = map_block(block, visit)
        if new is not block:
            if out is None:
                out = list(blocks)
            out[index] = new
    return blocks if out is None else tuple(out)


def visit_line(inlines: Inlines, role: Role, span: Span | None, visit: Visit) -> Inlines:
    """A line put through `visit`, and after it the lines of the notes that it calls."""
    inlines = visit(inlines, role, span)
    if len(inlines) == 1 and type(inlines[0]) is i.Text:
        return inlines
    return _map_notes(inlines, visit)


def _map_notes(inlines: Inlines, visit: Visit) -> Inlines:
    out: list[i.Inline] | None = None
    for index, inline in enumerate(inlines):
        new: i.Inline = inline
        if isinstance(inline, i.Note):
            blocks = map_blocks(inline.blocks, visit)
            if blocks is not inline.blocks:
                new = replace(inline, blocks=blocks)
        elif isinstance(inline, WRAPPERS):
            children = _map_notes(inline.children, visit)
            if children is not inline.children:
                new = replace(inline, children=children)
        elif isinstance(inline, i.Ruby):
            base = _map_notes(inline.base, visit)
            if base is not inline.base:
                new = replace(inline, base=base)
        if new is not inline:
            if out is None:
                out = list(inlines)
            out[index] = new
    return inlines if out is None else tuple(out)


def _same(new: tuple[object, ...], old: tuple[object, ...]) -> bool:
    return all(a is b for a, b in zip(new, old, strict=True))


def _map_lines(lines: tuple[Inlines, ...], role: Role, span: Span | None, visit: Visit) -> tuple[Inlines, ...]:
    new = tuple(visit_line(line, role, span, visit) for line in lines)
    return lines if _same(new, lines) else new


def map_block(block: b.Block, visit: Visit) -> b.Block:
    """A block with every line put through `visit`."""
    span = block.span
    if type(block) is b.Paragraph:
        run_in = visit_line(block.run_in, Role.RUN_IN, span, visit) if block.run_in else ()
        inlines = visit_line(block.inlines, Role.BODY, span, visit)
        if inlines is block.inlines and (not run_in or run_in is block.run_in):
            return block
        return replace(block, inlines=inlines, run_in=run_in)
    match block:
        case b.Heading(inlines=old):
            inlines = visit_line(old, Role.HEADING, span, visit)
            return block if inlines is old else replace(block, inlines=inlines)
        case b.Addressee(inlines=old):
            inlines = visit_line(old, Role.LABEL, span, visit)
            return block if inlines is old else replace(block, inlines=inlines)
        case b.Quote(blocks=inner):
            blocks = map_blocks(inner, visit)
            return block if blocks is inner else replace(block, blocks=blocks)
        case b.ListBlock(items=items):
            new_items = tuple(_map_item(item, visit) for item in items)
            return block if _same(new_items, items) else replace(block, items=new_items)
        case b.DefinitionList(items=definitions):
            new_definitions = tuple(_map_definition(item, span, visit) for item in definitions)
            return block if _same(new_definitions, definitions) else replace(block, items=new_definitions)
        case b.Table():
            return _map_table(block, visit)
        case b.Figure(caption=old):
            caption = visit_line(old, Role.CAPTION, span, visit) if old else ()
            return block if not old or caption is old else replace(block, caption=caption)
        case b.Verse(lines=old_lines):
            lines = _map_lines(old_lines, Role.VERSE, span, visit)
            return block if lines is old_lines else replace(block, lines=lines)
        case b.AttachmentNote(items=old_lines, label=old):
            label = visit_line(old, Role.LABEL, span, visit) if old else old
            lines = _map_lines(old_lines, Role.LABEL, span, visit)
            return block if label is old and lines is old_lines else replace(block, label=label, items=lines)
        case b.Signature(organs=old_organs, date=old_date, remark=old_remark):
            organs = _map_lines(old_organs, Role.LABEL, span, visit)
            date = visit_line(old_date, Role.LABEL, span, visit) if old_date else old_date
            remark = visit_line(old_remark, Role.LABEL, span, visit) if old_remark else old_remark
            if organs is old_organs and date is old_date and remark is old_remark:
                return block
            return replace(block, organs=organs, date=date, remark=remark)
        case _:
            return block


def _map_item(item: b.ListItem, visit: Visit) -> b.ListItem:
    blocks = map_blocks(item.blocks, visit)
    return item if blocks is item.blocks else replace(item, blocks=blocks)


def _map_definition(item: b.Definition, span: Span | None, visit: Visit) -> b.Definition:
    term = visit_line(item.term, Role.LABEL, span, visit)
    descriptions = tuple(map_blocks(blocks, visit) for blocks in item.descriptions)
    if term is item.term and _same(descriptions, item.descriptions):
        return item
    return replace(item, term=term, descriptions=descriptions)


def _map_table(table: b.Table, visit: Visit) -> b.Table:
    caption = visit_line(table.caption, Role.CAPTION, table.span, visit) if table.caption else table.caption
    rows = tuple(_map_row(row, table.span, visit) for row in table.rows)
    if caption is table.caption and _same(rows, table.rows):
        return table
    return replace(table, caption=caption, rows=rows)


def _map_row(row: b.Row, span: Span | None, visit: Visit) -> b.Row:
    cells = []
    for cell in row.cells:
        inlines = visit_line(cell.inlines, Role.CELL, span, visit) if cell.inlines else cell.inlines
        cells.append(cell if inlines is cell.inlines else replace(cell, inlines=inlines))
    return row if _same(tuple(cells), row.cells) else replace(row, cells=tuple(cells))
