"""All the text of a document as one string, line under line, and the way back into the model.

Repairs and checks look for faults with one search over this string instead of one a paragraph. In it a "line" is
what walk.py calls one: a paragraph's text, a heading, a table cell. Lines are separated by "\\n"; inside a line
a line break is `BREAK`, each character of inline code and each picture is `OBJECT`, and a note takes no room
(its own lines follow the line that calls it).
"""

from __future__ import annotations

import bisect
import enum
from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from converters.diagnostics import Change, Checked, Span

from . import blocks as b
from . import inlines as i
from .document import Article, Document
from .walk import WRAPPERS, notes_within

BREAK = "\v"
OBJECT = "\ufffc"

Inlines: TypeAlias = tuple[i.Inline, ...]


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


class Mend(NamedTuple):
    """A change that a rule wants on a sheet: offsets in its text; `after` may hold `BREAK`."""

    rule: str
    start: int
    end: int
    after: str
    confidence: str = "high"
    evidence: str = ""
    applied: bool = True


class Sheet:
    """A document's text and where each line of it belongs. `text` is made once; a sheet never changes."""

    __slots__ = (
        "_next",
        "_notes",
        "_owners",
        "_parts",
        "articles",
        "document",
        "lines",
        "roles",
        "sources",
        "starts",
        "text",
    )

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lines: list[Inlines] = []
        self.roles: list[Role] = []
        self.sources: list[str] = []
        self.starts: list[int] = []
        # The index of the first line of each article.
        self.articles: list[int] = []
        # For each line its text, and the index of the block at the top of the article that it belongs to (or -1).
        self._parts: list[str] = []
        self._owners: list[int] = []
        self._notes = False
        self._next: Sheet | None = None
        self._read()
        self._join()

    def _read(self) -> None:
        lines, roles, sources, parts, owners = self.lines, self.roles, self.sources, self._parts, self._owners
        default = self.document.sources[0].name if self.document.sources else ""

        def visit(inlines: Inlines, role: Role, span: Span | None) -> Inlines:
            lines.append(inlines)
            roles.append(role)
            sources.append(span.source if span is not None else default)
            parts.append(flat(inlines))
            if not self._notes and len(inlines) > 1 and next(notes_within(inlines), None) is not None:
                self._notes = True
            return inlines

        for article in self.document.articles:
            self.articles.append(len(lines))
            _map_front(article, visit)
            owners.extend([-1] * (len(lines) - len(owners)))
            for index, block in enumerate(article.blocks):
                if type(block) is b.Paragraph and len(block.inlines) == 1 and not block.run_in:
                    run = block.inlines[0]
                    if type(run) is i.Text:
                        # Nearly every block: one run of text.
                        lines.append(block.inlines)
                        roles.append(Role.BODY)
                        sources.append(block.span.source if block.span is not None else default)
                        parts.append(run.text)
                        owners.append(index)
                        continue
                _map_block(block, visit)
                owners.extend([index] * (len(lines) - len(owners)))
            if article.source is not None:
                _visit(article.source.inlines, Role.SOURCE, article.source.span, visit)
                owners.extend([-1] * (len(lines) - len(owners)))

    def _join(self) -> None:
        position = 0
        starts = self.starts
        for part in self._parts:
            starts.append(position)
            position += len(part) + 1
        self.text = "\n".join(self._parts)

    def successor(self, document: Document) -> Sheet:
        """The sheet of a document that a pass made of this one's: made anew only where lines came or went."""
        if document is self.document:
            return self
        if self._next is not None and self._next.document is document:
            return self._next
        return Sheet(document)

    def _derive(self, document: Document, changed: dict[int, Inlines]) -> Sheet:
        """The sheet of a document that differs from this one's in these lines only."""
        sheet = Sheet.__new__(Sheet)
        sheet.document = document
        sheet.lines, sheet._parts = list(self.lines), list(self._parts)
        for row, inlines in changed.items():
            sheet.lines[row] = inlines
            sheet._parts[row] = flat(inlines)
        sheet.roles, sheet.sources, sheet.articles = self.roles, self.sources, self.articles
        sheet._owners, sheet._notes, sheet._next = self._owners, False, None
        sheet.starts = []
        sheet._join()
        return sheet

    def row(self, offset: int) -> int:
        """The index of the line that holds a character."""
        return bisect.bisect_right(self.starts, offset) - 1

    def line(self, row: int) -> str:
        """The text of a line."""
        start = self.starts[row]
        end = self.starts[row + 1] - 1 if row + 1 < len(self.starts) else len(self.text)
        return self.text[start:end]

    def article_rows(self, number: int) -> range:
        """The lines of the article with this index."""
        end = self.articles[number + 1] if number + 1 < len(self.articles) else len(self.lines)
        return range(self.articles[number], end)

    def span(self, start: int, end: int) -> Span | None:
        """The place in the source of a stretch of the sheet; None where no source holds it."""
        row = self.row(start)
        return _span(self.lines[row], self.sources[row], start - self.starts[row], end - self.starts[row])

    def apply(self, mends: Iterable[Mend]) -> Checked[Document]:
        """The document with the mends that are `applied` made, and a record of all of them.

        Mends that overlap an earlier one are left out; the next run of the rule finds them again.
        """
        wanted = sorted(mends, key=_start)
        if not wanted:
            return Checked(self.document)
        changes: list[Change] = []
        changed: dict[int, Inlines] = {}
        starts, text = self.starts, self.text
        index, count = 0, len(wanted)
        while index < count:
            # The mends of one line.
            row = bisect.bisect_right(starts, wanted[index][1]) - 1
            offset = starts[row]
            limit = starts[row + 1] if row + 1 < len(starts) else len(text) + 1
            inlines, source = self.lines[row], self.sources[row]
            first = inlines[0] if inlines else None
            place = first.start - offset if len(inlines) == 1 and type(first) is i.Text and first.start >= 0 else None
            edits: list[tuple[int, int, str]] = []
            runs: list[tuple[int, int, int]] | None = None
            reached = -1
            while index < count:
                rule, start, end, after, confidence, evidence, applied = wanted[index]
                if start >= limit:
                    break
                index += 1
                if start < reached:
                    continue
                if place is not None:
                    span = Span(source, place + start, place + end)
                else:
                    if runs is None:
                        runs = _runs(inlines)
                    where = _place_in(runs, start - offset, end - offset)
                    if where is not None:
                        span = Span(source, where, where + end - start)
                    else:
                        span = _span(inlines, source, start - offset, end - offset) or Span(source, -1, -1)
                if applied:
                    reached = end if end > start else start + 1
                    edits.append((start - offset, end - offset, after))
                before = text[start:end]
                if BREAK in before or BREAK in after:
                    before, after = before.replace(BREAK, "\n"), after.replace(BREAK, "\n")
                changes.append(Change(rule, span, before, after, confidence, evidence, applied))
            if edits:
                changed[row] = rewrite(inlines, edits)
        document = self.replaced(changed)
        if changed and not self._notes:
            self._next = self._derive(document, changed)
        return Checked(document, changes=tuple(changes))

    def replaced(self, changed: dict[int, Inlines]) -> Document:
        """The document with some lines (by index) put in the place of the old ones."""
        if not changed:
            return self.document
        articles = list(self.document.articles)
        rows = sorted(changed)
        begin = 0
        for number, first in enumerate(self.articles):
            after = self.articles[number + 1] if number + 1 < len(self.articles) else len(self.lines)
            end = bisect.bisect_left(rows, after, begin)
            if end > begin:
                articles[number] = self._article(number, rows[begin:end], first, changed)
            begin = end
        return replace(self.document, articles=tuple(articles))

    def _article(self, number: int, rows: list[int], first: int, changed: dict[int, Inlines]) -> Article:
        article = self.document.articles[number]
        if any(self._owners[row] < 0 for row in rows):
            return map_article(article, _substitute(changed, first))
        blocks = list(article.blocks)
        done = -1
        for row in rows:
            owner = self._owners[row]
            if owner == done:
                continue
            done = owner
            block = blocks[owner]
            if type(block) is b.Paragraph and not block.run_in and not self._notes:
                blocks[owner] = replace(block, inlines=changed[row])
                continue
            while row > first and self._owners[row - 1] == owner:
                row -= 1
            blocks[owner] = _map_block(block, _substitute(changed, row))
        return replace(article, blocks=tuple(blocks))


def _substitute(changed: dict[int, Inlines], first: int) -> Visit:
    """A visit, to be begun at the line with the index `first`, that puts changed lines in place."""
    counter = first - 1

    def visit(inlines: Inlines, _role: Role, _span: Span | None) -> Inlines:
        nonlocal counter
        counter += 1
        return changed.get(counter, inlines)

    return visit


_start = itemgetter(1)


def flat(inlines: Inlines) -> str:
    """A line's characters as a sheet shows them."""
    if len(inlines) == 1 and type(inlines[0]) is i.Text:
        return inlines[0].text
    return "".join([inline.text if type(inline) is i.Text else _flat(inline) for inline in inlines])


def _flat(inline: i.Inline) -> str:
    match inline:
        case i.Text(text=text):
            return text
        case i.Code(text=text):
            return OBJECT * len(text)
        case i.LineBreak():
            return BREAK
        case i.Note():
            return ""
        case i.Image():
            return OBJECT
        case i.Ruby(base=base):
            return flat(base)
        case _:
            return flat(inline.children)


def rewrite(inlines: Inlines, edits: list[tuple[int, int, str]]) -> Inlines:
    """A line with edits made: (start, end, after), sorted, not overlapping, in offsets of its flat text.

    An edit of equal length keeps its run whole; another cuts it, so that source places stay true.
    """
    if len(inlines) == 1 and type(inlines[0]) is i.Text:
        return tuple(_rewrite_run(inlines[0], edits))
    out, _ = _rewrite_children(inlines, edits, 0)
    return out


def _rewrite_children(inlines: Inlines, edits: list[tuple[int, int, str]], position: int) -> tuple[Inlines, int]:
    out: list[i.Inline] = []
    for inline in inlines:
        if isinstance(inline, i.Text):
            length = len(inline.text)
            mine = _clip(edits, position, position + length)
            out.extend(_rewrite_run(inline, mine) if mine else (inline,))
            position += length
        elif isinstance(inline, WRAPPERS):
            children, position = _rewrite_children(inline.children, edits, position)
            if children != inline.children:
                if not children:
                    continue
                out.append(replace(inline, children=children))
            else:
                out.append(inline)
        elif isinstance(inline, i.Ruby):
            base, position = _rewrite_children(inline.base, edits, position)
            out.append(inline if base == inline.base else replace(inline, base=base))
        elif isinstance(inline, i.LineBreak):
            # A mend that takes the place of a line break removes it.
            gone = any(start <= position < end for start, end, _ in edits)
            added = next((after for start, end, after in edits if start == position < end), "")
            out.extend([inline] if not gone else _pieces(added, inline.start))
            position += 1
        else:
            out.append(inline)
            position += len(_flat(inline))
    return tuple(out), position


def _clip(edits: list[tuple[int, int, str]], start: int, end: int) -> list[tuple[int, int, str]]:
    """The parts of edits inside a run, in the run's own offsets; a text goes where its edit begins."""
    mine = []
    for first, last, after in edits:
        if first < end and last > start:
            mine.append((max(first, start) - start, min(last, end) - start, after if first >= start else ""))
        elif first == last and start < first <= end:
            mine.append((first - start, first - start, after))
        elif first == last == start == 0:
            mine.append((0, 0, after))
    return mine


def _rewrite_run(run: i.Text, edits: list[tuple[int, int, str]]) -> list[i.Inline]:
    text, origin = run.text, run.start
    out: list[i.Inline] = []
    pieces: list[str] = []
    begin, last = 0, 0
    for start, end, after in edits:
        pieces.append(text[last:start])
        last = end
        if end - start == len(after) and BREAK not in after:
            pieces.append(after)
            continue
        whole = "".join(pieces)
        if whole:
            out.append(i.Text(whole, origin + begin if origin >= 0 else -1))
        # A replacement that is no longer than what it replaces still points into it.
        place = origin + start if origin >= 0 and len(after) <= end - start else -1
        out.extend(_pieces(after, place))
        pieces = []
        begin = end
    pieces.append(text[last:])
    whole = "".join(pieces)
    if whole:
        out.append(i.Text(whole, origin + begin if origin >= 0 else -1))
    return out


def _pieces(after: str, place: int) -> list[i.Inline]:
    out: list[i.Inline] = []
    for number, part in enumerate(after.split(BREAK)):
        if number:
            out.append(i.LineBreak(place))
        if part:
            out.append(i.Text(part, place))
    return out


def _runs(inlines: Inlines) -> list[tuple[int, int, int]]:
    """The runs of text at the top of a line that a source holds: (start, end, place in the source)."""
    found = []
    position = 0
    for inline in inlines:
        if type(inline) is i.Text:
            length = len(inline.text)
            if inline.start >= 0:
                found.append((position, position + length, inline.start))
        else:
            length = len(_flat(inline))
        position += length
    return found


def _place_in(runs: list[tuple[int, int, int]], start: int, end: int) -> int | None:
    """The place in the source of a stretch that one run holds; None where none does."""
    for first, last, place in runs:
        if first <= start and end <= last and start < last:
            return place + start - first
    return None


def _span(inlines: Inlines, source: str, start: int, end: int) -> Span | None:
    first = locate(inlines, start)
    if first < 0:
        return None
    last = locate(inlines, end - 1) if end > start else first - 1
    return Span(source, first, last + 1 if last >= first - 1 else first)


def locate(inlines: Inlines, offset: int) -> int:
    """The place in the source of the character at an offset of a line; -1 where no source holds it."""
    position = 0
    for inline in inlines:
        length = len(_flat(inline))
        if offset < position + length or (offset == position + length and inline is inlines[-1]):
            match inline:
                case i.Text(start=place) | i.Code(start=place):
                    return place + offset - position if place >= 0 else -1
                case i.LineBreak(start=place) | i.Image(start=place) | i.Note(start=place):
                    return place
                case i.Ruby(base=base, start=place):
                    inner = locate(base, offset - position)
                    return inner if inner >= 0 else place
                case _:
                    return locate(inline.children, offset - position)
        position += length
    return -1


# The walkers below give back the very object they were given where nothing changed.


def map_document(document: Document, visit: Visit) -> Document:
    """The document with every line put through `visit`, in the order of the sheet."""
    articles = tuple(map_article(article, visit) for article in document.articles)
    if all(new is old for new, old in zip(articles, document.articles, strict=True)):
        return document
    return replace(document, articles=articles)


def map_article(article: Article, visit: Visit) -> Article:
    """An article with every line put through `visit`: column, note, kicker, title, …, blocks, source."""
    front = _map_front(article, visit)
    blocks = map_blocks(article.blocks, visit)
    source = article.source
    if source is not None:
        inlines = _visit(source.inlines, Role.SOURCE, source.span, visit)
        if inlines is not source.inlines:
            source = replace(source, inlines=inlines)
    if front is None and blocks is article.blocks and source is article.source:
        return article
    return replace(article if front is None else front, blocks=blocks, source=source)


def _map_front(article: Article, visit: Visit) -> Article | None:
    """The article with the lines before its blocks put through `visit`; None where none of them changed."""
    span = article.span

    def line(inlines: Inlines, role: Role) -> Inlines:
        return _visit(inlines, role, span, visit) if inlines else inlines

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
        new = _map_block(block, visit)
        if new is not block:
            if out is None:
                out = list(blocks)
            out[index] = new
    return blocks if out is None else tuple(out)


def _visit(inlines: Inlines, role: Role, span: Span | None, visit: Visit) -> Inlines:
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
    new = tuple(_visit(line, role, span, visit) for line in lines)
    return lines if _same(new, lines) else new


def _map_block(block: b.Block, visit: Visit) -> b.Block:
    span = block.span
    if type(block) is b.Paragraph:
        run_in = _visit(block.run_in, Role.RUN_IN, span, visit) if block.run_in else ()
        inlines = _visit(block.inlines, Role.BODY, span, visit)
        if inlines is block.inlines and (not run_in or run_in is block.run_in):
            return block
        return replace(block, inlines=inlines, run_in=run_in)
    match block:
        case b.Heading(inlines=old):
            inlines = _visit(old, Role.HEADING, span, visit)
            return block if inlines is old else replace(block, inlines=inlines)
        case b.Addressee(inlines=old):
            inlines = _visit(old, Role.LABEL, span, visit)
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
            caption = _visit(old, Role.CAPTION, span, visit) if old else ()
            return block if not old or caption is old else replace(block, caption=caption)
        case b.Verse(lines=old_lines):
            lines = _map_lines(old_lines, Role.VERSE, span, visit)
            return block if lines is old_lines else replace(block, lines=lines)
        case b.AttachmentNote(items=old_lines, label=old):
            label = _visit(old, Role.LABEL, span, visit) if old else old
            lines = _map_lines(old_lines, Role.LABEL, span, visit)
            return block if label is old and lines is old_lines else replace(block, label=label, items=lines)
        case b.Signature(organs=old_organs, date=old_date, remark=old_remark):
            organs = _map_lines(old_organs, Role.LABEL, span, visit)
            date = _visit(old_date, Role.LABEL, span, visit) if old_date else old_date
            remark = _visit(old_remark, Role.LABEL, span, visit) if old_remark else old_remark
            if organs is old_organs and date is old_date and remark is old_remark:
                return block
            return replace(block, organs=organs, date=date, remark=remark)
        case _:
            return block


def _map_item(item: b.ListItem, visit: Visit) -> b.ListItem:
    blocks = map_blocks(item.blocks, visit)
    return item if blocks is item.blocks else replace(item, blocks=blocks)


def _map_definition(item: b.Definition, span: Span | None, visit: Visit) -> b.Definition:
    term = _visit(item.term, Role.LABEL, span, visit)
    descriptions = tuple(map_blocks(blocks, visit) for blocks in item.descriptions)
    if term is item.term and _same(descriptions, item.descriptions):
        return item
    return replace(item, term=term, descriptions=descriptions)


def _map_table(table: b.Table, visit: Visit) -> b.Table:
    caption = _visit(table.caption, Role.CAPTION, table.span, visit) if table.caption else table.caption
    rows = tuple(_map_row(row, table.span, visit) for row in table.rows)
    if caption is table.caption and _same(rows, table.rows):
        return table
    return replace(table, caption=caption, rows=rows)


def _map_row(row: b.Row, span: Span | None, visit: Visit) -> b.Row:
    cells = []
    for cell in row.cells:
        inlines = _visit(cell.inlines, Role.CELL, span, visit) if cell.inlines else cell.inlines
        cells.append(cell if inlines is cell.inlines else replace(cell, inlines=inlines))
    return row if _same(tuple(cells), row.cells) else replace(row, cells=tuple(cells))
