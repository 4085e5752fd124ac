"""All the text of a document as one string, line under line, and the way back into the model.

Repairs and checks look for faults with one search over this string instead of one a paragraph. In it a "line" is
what walk.py calls one: a paragraph's text, a heading, a table cell. Lines are separated by "\\n"; inside a line
a line break is `BREAK`, each character of inline code and each picture is `OBJECT`, and a note takes no room
(its own lines follow the line that calls it).
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import replace
from operator import itemgetter
from typing import NamedTuple

from converters.diagnostics import Change, Checked, Span

from . import blocks as b
from . import inlines as i
from .document import Article, Document
from .lines import BREAK, OBJECT, Inlines, flat, locate, place_in, rewrite, source_runs, span_of
from .visits import Role, Visit, map_article, map_block, map_front, visit_line
from .walk import notes_within

__all__ = ["BREAK", "OBJECT", "Inlines", "Mend", "Role", "Sheet", "flat", "locate", "rewrite"]

_start = itemgetter(1)


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
            map_front(article, visit)
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
                map_block(block, visit)
                owners.extend([index] * (len(lines) - len(owners)))
            if article.source is not None:
                visit_line(article.source.inlines, Role.SOURCE, article.source.span, visit)
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
        return span_of(self.lines[row], self.sources[row], start - self.starts[row], end - self.starts[row])

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
                        runs = source_runs(inlines)
                    where = place_in(runs, start - offset, end - offset)
                    if where is not None:
                        span = Span(source, where, where + end - start)
                    else:
                        span = span_of(inlines, source, start - offset, end - offset) or Span(source, -1, -1)
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
            blocks[owner] = map_block(block, _substitute(changed, row))
        return replace(article, blocks=tuple(blocks))


def _substitute(changed: dict[int, Inlines], first: int) -> Visit:
    """A visit, to be begun at the line with the index `first`, that puts changed lines in place."""
    counter = first - 1

    def visit(inlines: Inlines, _role: Role, _span: Span | None) -> Inlines:
        nonlocal counter
        counter += 1
        return changed.get(counter, inlines)

    return visit
