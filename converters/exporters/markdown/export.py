"""Markdown that reads back to the same model: for text that repair has mended, and for moving a document elsewhere.

A document that repair has divided is written flat again: columns, titles, notes and source lines in the order in
which repair finds them. What has no place in the text (a kicker, an article's date) goes into front matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from converters.diagnostics import Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.grid import first_columns
from converters.model.lines import locate
from converters.model.markup import NUMBERED_CAPTION
from converters.model.metadata import ArticleOverride
from converters.model.walk import plain

from .front_matter import write_front_matter
from .inlines import guard, write_image, write_inlines

_SEPARATOR = "<!-- -->"
_ALIGNMENTS = {
    b.Alignment.DEFAULT: "---",
    b.Alignment.LEFT: ":--",
    b.Alignment.CENTRE: ":-:",
    b.Alignment.RIGHT: "--:",
}
_LABEL = re.compile(r"[^\s\[\]^]+")
_NUMBERED_ALT = re.compile(NUMBERED_CAPTION)


def export(document: Document) -> str:
    """The document as Markdown with front matter. What repair derives (articles, run-in headings) it derives again."""
    overrides = tuple(_overrides(document))
    source = document.sources[0].text if len(document.sources) == 1 else ""
    writer = _Writer(source)
    body: list[b.Block] = []
    for article in document.articles:
        body.extend(_flat(article, _override_of(article, document, overrides), _is_divided(document)))
    text = writer.document(tuple(body), document)
    front = write_front_matter(document.metadata, overrides, source)
    return f"{front}\n{text}" if front and text else front or text


def _is_divided(document: Document) -> bool:
    return any(article.title for article in document.articles)


def _proper(document: Document) -> list[Article]:
    return [article for article in document.articles if not article.attachment]


def _overrides(document: Document) -> Iterator[ArticleOverride]:
    """An entry of `articles` for each article: what front matter said, and what the text has no place for."""
    said = document.metadata.articles
    proper = _proper(document)
    for number in range(max(len(said), len(proper))):
        override = said[number] if number < len(said) else ArticleOverride()
        if number < len(proper):
            article = proper[number]
            if article.kicker and not override.kicker:
                override = replace(override, kicker=plain(article.kicker))
            if article.date and not override.date:
                override = replace(override, date=article.date)
        yield override


def _override_of(article: Article, document: Document, overrides: tuple[ArticleOverride, ...]) -> ArticleOverride:
    for other, override in zip(_proper(document), overrides, strict=False):
        if other is article:
            return override
    return ArticleOverride()


def _flat(article: Article, override: ArticleOverride, divided: bool) -> Iterator[b.Block]:
    """An article as blocks one under the other; what front matter says of it is left to front matter."""
    if article.attachment:
        yield b.Paragraph((i.Text(article.attachment),))
    if article.column and not override.column:
        yield b.Heading(1, article.column)
    notes = article.editor_note if not override.editor_note else ()
    note = [b.Quote(notes, b.QuoteRole.EDITOR_NOTE, notes[0].span)] if notes else []
    begins = _begin(article.span)
    below = bool(note) and bool(article.title) and 0 <= begins < _begin(notes[0].span)
    if not below:
        yield from note
    if article.title:
        title: list[i.Inline] = []
        for line in article.title:
            title += [i.LineBreak(), *line] if title else line
        yield b.Heading(1, tuple(title), article.span)
    yield from _under_title(article, override, note if below else [])
    for block in article.blocks:
        if divided and isinstance(block, b.Heading):
            block = replace(block, level=block.level + 1)
        yield block
    if article.source is not None and not override.source:
        yield b.Paragraph(article.source.inlines, span=article.source.span)


def _under_title(article: Article, override: ArticleOverride, note: list[b.Quote]) -> Iterator[b.Block]:
    """Subtitle, author and a note that stands below the title: in the source's order where that is known."""
    parts: list[tuple[int, b.Block]] = []
    if article.subtitle and not override.subtitle:
        parts.append((locate(article.subtitle, 0), b.Paragraph(article.subtitle)))
    if article.author and not override.author:
        parts.append((locate(article.author, 0), b.Paragraph(article.author)))
    parts += [(_begin(block.span), block) for block in note]
    if all(place >= 0 for place, _ in parts):
        parts.sort(key=lambda part: part[0])
    for _, block in parts:
        yield block


def _begin(span: Span | None) -> int:
    return span.start if span is not None else -1


def definition(label: str, blocks: tuple[b.Block, ...]) -> str:
    """A note's definition under a label."""
    return _Writer().definition(label, blocks)


class _Writer:
    """Writes blocks; the definitions of notes are gathered and stand at the end."""

    def __init__(self, source: str = "") -> None:
        self.notes: dict[str, tuple[b.Block, ...]] = {}
        self.source = source

    def document(self, blocks: tuple[b.Block, ...], document: Document) -> str:
        """The whole text: blocks, comments before the blocks that they stood before, notes."""
        comments = list(document.comments)
        parts: list[str] = []
        before: b.Block | None = None
        for block in blocks:
            while comments and comments[0].span.start < _begin(block.span):
                parts.append(f"<!-- {comments.pop(0).text} -->")
            if before is not None and _merges(before, block):
                parts.append(_SEPARATOR)
            parts.append(self.block(block))
            before = block
        parts += [f"<!-- {comment.text} -->" for comment in comments]
        written = 0
        while written < len(self.notes):
            label, inner = list(self.notes.items())[written]
            parts.append(self.definition(label, inner))
            written += 1
        text = "\n\n".join(part for part in parts if part)
        return text + "\n" if text else ""

    def label(self, note: i.Note) -> str:
        """The label under which a note is defined; one that is taken by another text, or none, is given a number."""
        wanted = note.label if _LABEL.fullmatch(note.label) else ""
        label, number = wanted or "1", 1
        while label in self.notes and (not wanted or self.notes[label] != note.blocks):
            number += 1
            label = f"{wanted}-{number}" if wanted else str(number)
        self.notes[label] = note.blocks
        return label

    def definition(self, label: str, blocks: tuple[b.Block, ...]) -> str:
        """A note's text under its label, further blocks indented."""
        text = self.blocks(blocks)
        first = blocks[0] if blocks else None
        if not isinstance(first, b.Paragraph):
            return f"[^{label}]:\n\n" + _indented(text, "    ")
        return f"[^{label}]: " + _indented(text, "    ").lstrip(" ")

    def blocks(self, blocks: tuple[b.Block, ...], separator: str = "\n\n") -> str:
        """Blocks one under the other."""
        parts: list[str] = []
        before: b.Block | None = None
        for block in blocks:
            if before is not None and _merges(before, block):
                parts.append(_SEPARATOR)
            parts.append(self.block(block))
            before = block
        return separator.join(parts)

    def line(self, inlines: tuple[i.Inline, ...], *, lines: bool = False) -> str:
        """A line of inlines, on one line of the source unless `lines`."""
        return write_inlines(inlines, self.label, lines=lines)

    def block(self, block: b.Block) -> str:
        """One block, without the blank line after it."""
        match block:
            case b.Heading(level=level, inlines=inlines):
                return _heading(level, self.line(inlines))
            case b.Paragraph():
                text = guard(self.line(block.run_in + block.inlines, lines=True))
                return ("　　" if block.indented else "") + text
            case b.ListBlock():
                return self._list(block)
            case b.DefinitionList():
                return self._definitions(block)
            case b.Quote(blocks=inner, role=b.QuoteRole.QUOTE):
                return _prefixed(self.blocks(inner), "> ") or ">"
            case b.Quote(blocks=inner, role=role):
                return f"::: {role.value}\n{self.blocks(inner)}\n:::"
            case b.Table():
                return self._table(block)
            case b.Figure():
                return self._figure(block)
            case b.CodeBlock():
                return _code(block)
            case b.Verse(lines=lines):
                return self._div("verse", [guard(self.line(line)) for line in lines])
            case b.Rule():
                return "* * *"
            case b.PageBreak():
                return "\\newpage"
            case b.Addressee(inlines=inlines):
                return self._div("addressee", guard(self.line(inlines, lines=True)).split("\\\n"))
            case b.AttachmentNote():
                return self._attachments(block)
            case b.Signature():
                rows = [
                    *block.organs,
                    *((block.date,) if block.date else ()),
                    *((block.remark,) if block.remark else ()),
                ]
                kind = "signature" + " sealed" * block.sealed + " stamped" * block.stamped
                return self._div(kind, [guard(self.line(row)) for row in rows])
            case _:
                assert_never(block)

    def _div(self, name: str, rows: list[str]) -> str:
        return "\n".join((f"::: {name}", *rows, ":::"))

    def _attachments(self, block: b.AttachmentNote) -> str:
        rows = [self.line(item) for item in block.items]
        label = self.line(block.label)
        rows = [guard(label + (rows[0] if rows else "")), *map(guard, rows[1:])] if label else list(map(guard, rows))
        return self._div("attachments", rows)

    def _list(self, block: b.ListBlock) -> str:
        items = []
        for number, item in enumerate(block.items):
            marker = item.marker if _fits(item.marker, block.ordered) else ""
            marker = marker or (f"{block.start + number}." if block.ordered else "-")
            text = self.blocks(item.blocks, "\n" if block.tight else "\n\n")
            if item.checked is not None:
                text = ("[x] " if item.checked else "[ ] ") + text
            items.append(f"{marker} " + _indented(text, " " * (len(marker) + 1)).lstrip(" "))
        return ("\n" if block.tight else "\n\n").join(items)

    def _definitions(self, block: b.DefinitionList) -> str:
        groups = []
        for item in block.items:
            rows = [guard(self.line(item.term))]
            rows += [": " + _indented(self.blocks(each), "  ").lstrip(" ") for each in item.descriptions]
            groups.append("\n".join(rows))
        return "\n\n".join(groups)

    def _figure(self, block: b.Figure) -> str:
        titled = _titled(block, self.source)
        if titled is not None:
            return "\n".join(map(write_image, titled))
        silent = not block.caption and (
            any(image.title for image in block.images)
            or (len(block.images) == 1 and _NUMBERED_ALT.match(block.images[0].alt) is not None)
        )
        text = "\n".join(write_image(image, captionless=silent) for image in block.images)
        alone = block.images[0] if len(block.images) == 1 else None
        if alone and not alone.title and _NUMBERED_ALT.match(alone.alt) and block.caption:
            only = block.caption[0] if len(block.caption) == 1 else None
            if isinstance(only, i.Text) and only.text == alone.alt:
                return text
        return f"{text}\n: {guard(self.line(block.caption))}" if block.caption else text

    def _table(self, block: b.Table) -> str:
        width = len(block.columns)
        grid: list[list[str]] = [[""] * width for _ in block.rows]
        starts = first_columns(block.rows)
        for number, (row, columns) in enumerate(zip(block.rows, starts, strict=True)):
            for cell, column in zip(row.cells, columns, strict=True):
                for down in range(min(cell.rows, len(grid) - number)):
                    for right in range(min(cell.columns, width - column)):
                        grid[number + down][column + right] = "^^" if down else "<<"
                if column < width:
                    grid[number][column] = self._cell(cell)
        rows = ["| " + " | ".join(row) + " |" for row in grid]
        rows.insert(1, "|" + "|".join(_ALIGNMENTS[column.alignment] for column in block.columns) + "|")
        caption = self.line(block.caption)
        attributes = _table_attributes(block, starts)
        if caption or attributes:
            rows += ["", ": " + " ".join(part for part in (_edges(caption), attributes) if part)]
        return "\n".join(rows)

    def _cell(self, cell: b.Cell) -> str:
        text = _edges(self.line(cell.inlines))
        return ("\\" + text if text in ("<<", "^^") else text).replace("|", "\\|")


def _titled(block: b.Figure, source: str) -> tuple[i.Image, ...] | None:
    """A figure's pictures with the titles that its caption was in the source; None where it stood elsewhere."""
    texts = [part for part in block.caption if isinstance(part, i.Text)]
    pieces = texts[::2]
    if (
        not texts
        or len(texts) != len(block.caption)
        or any(gap.text != "　" or gap.start >= 0 for gap in texts[1::2])
        or any(image.title or image.start < 0 for image in block.images)
    ):
        return None
    titles: dict[int, str] = {}
    for piece in pieces:
        at = [number for number, image in enumerate(block.images) if image.start < piece.start]
        if not at or at[-1] in titles or source[piece.start - 1 : piece.start] not in ('"', "'", "("):
            return None
        if "\n" in source[block.images[at[-1]].start : piece.start]:
            return None
        titles[at[-1]] = piece.text
    if list(titles) != sorted(titles) or len(pieces) * 2 - 1 != len(texts):
        return None
    if len(block.images) == 1 and not titles:
        return None
    return tuple(replace(image, title=titles.get(number, "")) for number, image in enumerate(block.images))


def _edges(text: str) -> str:
    """A line whose first and last spaces are written as their numbers, so that they stay."""
    return re.sub(r"^\s+|\s+$", lambda match: "".join(f"&#{ord(char)};" for char in match[0]), text)


def _heading(level: int, text: str) -> str:
    text = _edges(text)
    text = re.sub(r"#(?=#*$)", r"\\#", text)
    return f"{'#' * min(level, 6)} {text}".rstrip(" ")


def _merges(before: b.Block, after: b.Block) -> bool:
    """Whether two blocks would be read as one."""
    match before, after:
        case b.ListBlock(), b.ListBlock():
            return before.ordered == after.ordered
        case b.DefinitionList(), b.DefinitionList():
            return True
        case _:
            return False


def _fits(marker: str, ordered: bool) -> bool:
    return re.fullmatch(r"\d{1,9}[.)]" if ordered else r"[-+*]", marker) is not None


def _code(block: b.CodeBlock) -> str:
    longest = max((len(run) for run in re.findall("`+", block.text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{block.language}\n{block.text}\n{fence}" if block.text else f"{fence}{block.language}\n{fence}"


def _table_attributes(block: b.Table, starts: tuple[tuple[int, ...], ...]) -> str:
    said = []
    if any(column.width_ratio for column in block.columns):
        said.append('widths="' + " ".join(f"{column.width_ratio * 100:.6g}%" for column in block.columns) + '"')
    if block.header_rows != 1:
        said.append(f"header={block.header_rows}")
    if block.landscape:
        said.append(".landscape")
    side = _head_columns(block, starts)
    if side:
        said.append(f"head-columns={side}")
    return "{" + " ".join(said) + "}" if said else ""


def _head_columns(block: b.Table, starts: tuple[tuple[int, ...], ...]) -> int:
    """How many columns at the left are head cells below the head; `starts` are the columns where cells begin."""
    side = 0
    body = list(zip(block.rows, starts, strict=True))[block.header_rows :]
    for row, columns in body:
        for cell, column in zip(row.cells, columns, strict=True):
            if cell.header:
                side = max(side, column + cell.columns)
    return side


def _indented(text: str, indent: str) -> str:
    """Every line but blank ones behind an indent."""
    return "\n".join(indent + line if line else line for line in text.split("\n"))


def _prefixed(text: str, prefix: str) -> str:
    return "\n".join(
        (prefix + line).rstrip(" ") if line.strip(" ") == "" else prefix + line for line in text.split("\n")
    )
