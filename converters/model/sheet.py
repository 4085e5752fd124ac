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

from converters.diagnostics import Change, Changes, Checked, Record, Span

from . import blocks as b
from . import inlines as i
from .characters import SPACES
from .document import Article, Document
from .lines import BREAK, OBJECT, Inlines, Traced, flat, locate, rewrite
from .patterns import compiled
from .swapping import Swapper, Swaps
from .visits import Role, Visit, map_article, map_block, map_front, visit_line
from .walk import notes_within

__all__ = ["BREAK", "OBJECT", "Inlines", "Mend", "Role", "Sheet", "Swaps", "every", "flat", "locate", "rewrite"]

_start = itemgetter(1)
# What nearly every Chinese text is made of; one search tells whether there is anything else in one. 屯, 烫 and 锟 are
# missing: they are the traces of a wrong decoding.
ODD = "[^\n\v -~·—‘’“”…、。〈-】〔〕一-屮屰-烪烬-锞锠-龥，：；？！（）％～]"


class Mend(NamedTuple):
    """A change that a rule wants on a sheet: offsets in its text; `after` may hold `BREAK`."""

    rule: str
    start: int
    end: int
    after: str
    confidence: str = "high"
    evidence: str = ""
    applied: bool = True


def every(text: str, mark: str) -> list[int]:
    """Where a mark stands in a text. (For one that is rare ten times as fast as a regular expression.)"""
    found = []
    place = text.find(mark)
    while place >= 0:
        found.append(place)
        place = text.find(mark, place + 1)
    return found


class Sheet:
    """A document's text and where each line of it belongs.

    A sheet never changes: mends give another one, whose `document` is made when it is asked for.
    """

    __slots__ = (
        "_document",
        "_edited",
        "_notes",
        "_odd",
        "_owners",
        "_traced",
        "articles",
        "lines",
        "roles",
        "sources",
        "starts",
        "text",
    )

    def __init__(self, document: Document, *, odd: bool | None = None) -> None:
        self._document = document
        # The lines that differ from those of the document.
        self._edited: dict[int, Inlines] = {}
        self.lines: list[Inlines] = []
        self.roles: list[Role] = []
        self.sources: list[str] = []
        self.starts: list[int] = []
        # The index of the first line of each article.
        self.articles: list[int] = []
        # For each line the index of the block at the top of the article that it belongs to (or -1).
        self._owners: list[int] = []
        self._notes = False
        self._odd = odd
        # The row of several pieces that `span` was asked for last: thousands of findings may stand in one.
        self._traced: tuple[int, Traced] | None = None
        self._join(self._read())

    def _read(self) -> list[str]:
        """Takes the lines of the document; returns their texts."""
        lines, roles, sources, owners = self.lines, self.roles, self.sources, self._owners
        parts: list[str] = []
        default = self._document.sources[0].name if self._document.sources else ""

        def visit(inlines: Inlines, role: Role, span: Span | None) -> Inlines:
            lines.append(inlines)
            roles.append(role)
            sources.append(span.source if span is not None else default)
            parts.append(flat(inlines))
            if not self._notes and len(inlines) > 1 and next(notes_within(inlines), None) is not None:
                self._notes = True
            return inlines

        def add(inlines: Inlines, role: Role, span: Span | None) -> bool:
            """Take a line that is text and nothing else, as nearly every one is."""
            if len(inlines) == 1 and type(inlines[0]) is i.Text:
                parts.append(inlines[0].text)
            elif inlines and all(type(inline) is i.Text for inline in inlines):
                parts.append(flat(inlines))
            else:
                return False
            lines.append(inlines)
            roles.append(role)
            sources.append(span.source if span is not None else default)
            return True

        for article in self._document.articles:
            self.articles.append(len(lines))
            if article.column or article.editor_note or article.kicker or article.subtitle or article.author:
                map_front(article, visit)
            else:
                for line in article.title:
                    if line and not add(line, Role.TITLE, article.span):
                        visit_line(line, Role.TITLE, article.span, visit)
            owners.extend([-1] * (len(lines) - len(owners)))
            for index, block in enumerate(article.blocks):
                if type(block) is b.Paragraph:
                    if block.run_in and not add(block.run_in, Role.RUN_IN, block.span):
                        visit_line(block.run_in, Role.RUN_IN, block.span, visit)
                    if not add(block.inlines, Role.BODY, block.span):
                        visit_line(block.inlines, Role.BODY, block.span, visit)
                elif type(block) is not b.Heading or not add(block.inlines, Role.HEADING, block.span):
                    map_block(block, visit)
                owners.extend([index] * (len(lines) - len(owners)))
            source = article.source
            if source is not None:
                if not add(source.inlines, Role.SOURCE, source.span):
                    visit_line(source.inlines, Role.SOURCE, source.span, visit)
                owners.extend([-1] * (len(lines) - len(owners)))
        return parts

    def _join(self, parts: list[str]) -> None:
        position = 0
        starts = self.starts
        for part in parts:
            starts.append(position)
            position += len(part) + 1
        self.text = "\n".join(parts)

    @property
    def document(self) -> Document:
        """The document that these lines are of."""
        if self._edited:
            self._document, self._edited = self._replaced(self._edited), {}
        return self._document

    def edits_of(self, document: Document) -> dict[int, Inlines] | None:
        """The lines that differ from those of a document; None where these are not its lines any more."""
        return self._edited if self._document is document else None

    def document_with(self, edits: dict[int, Inlines]) -> Document:
        """The document with lines (by index) put in the place of its own."""
        return self._replaced(edits) if edits else self._document

    @property
    def lang(self) -> str:
        """The language of the document, in small letters."""
        return self._document.metadata.lang.lower()

    def _changed(self, changed: dict[int, Inlines], text: str = "") -> Sheet:
        """The sheet that has these lines in the place of this one's; `text` is its text where that is known."""
        if not changed:
            return self
        sheet = Sheet.__new__(Sheet)
        sheet._document, sheet._edited = self._document, {**self._edited, **changed}
        sheet.lines = list(self.lines)
        for row, inlines in changed.items():
            sheet.lines[row] = inlines
        sheet.roles, sheet.sources, sheet.articles = self.roles, self.sources, self.articles
        sheet._owners, sheet._notes = self._owners, self._notes
        # No mend writes anything odd: what was plain stays so.
        sheet._odd = self._odd
        sheet._traced = None
        if text:
            sheet.starts, sheet.text = self.starts, text
        else:
            sheet.starts, sheet.text = self._rejoined(changed)
        return sheet

    def _rejoined(self, changed: dict[int, Inlines]) -> tuple[list[int], str]:
        """Where lines begin, and the text, with some of them changed: what lies between those stays in one piece."""
        text, old = self.text, self.starts
        starts: list[int] = []
        pieces: list[str] = []
        shift = position = done = 0
        for row in sorted(changed):
            starts += [start + shift for start in old[done : row + 1]] if shift else old[done : row + 1]
            end = old[row + 1] - 1 if row + 1 < len(old) else len(text)
            now = flat(changed[row])
            pieces += (text[position : old[row]], now)
            shift += len(now) - (end - old[row])
            position, done = end, row + 1
        starts += [start + shift for start in old[done:]] if shift else old[done:]
        pieces.append(text[position:])
        return starts, "".join(pieces)

    @property
    def odd(self) -> bool:
        """Whether the text has any character that most Chinese texts do without."""
        if self._odd is None:
            self._odd = compiled(ODD).search(self.text) is not None
        return self._odd

    def spaces(self) -> list[tuple[int, int]]:
        """Every run of spaces, of whatever width: (start, end)."""
        if self.odd:
            return [match.span() for match in compiled(f"[{SPACES}]+").finditer(self.text)]
        found = every(self.text, " ")
        if "  " in self.text:
            return [match.span() for match in compiled(" +").finditer(self.text)]
        return [(place, place + 1) for place in found]

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
        inlines, source, offset = self.lines[row], self.sources[row], self.starts[row]
        if len(inlines) == 1 and type(first := inlines[0]) is i.Text:
            place = first.start + start - offset
            return Span(source, place, place + end - start) if first.start >= 0 else None
        if self._traced is None or self._traced[0] != row:
            self._traced = (row, Traced(inlines))
        return self._traced[1].span(source, start - offset, end - offset)

    def apply(self, mends: Iterable[Mend]) -> Checked[Sheet]:
        """The sheet with the mends that are `applied` made, and a record of all of them.

        Mends that overlap an earlier one are left out; the next run of the rule finds them again.
        """
        wanted = sorted(mends, key=_start)
        if not wanted:
            return Checked(self)
        changes: list[Record] = []
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
            traced: Traced | None = None
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
                    if traced is None:
                        traced = Traced(inlines)
                    stretch = (source, start - offset, end - offset)
                    span = traced.span(*stretch) or traced.gap(*stretch)
                if applied:
                    reached = end if end > start else start + 1
                    edits.append((start - offset, end - offset, after))
                before = text[start:end]
                if BREAK in before or BREAK in after:
                    before, after = before.replace(BREAK, "\n"), after.replace(BREAK, "\n")
                changes.append(Change(rule, span, before, after, confidence, evidence, applied))
            if edits:
                changed[row] = rewrite(inlines, edits)
        return Checked(self._changed(changed), changes=Changes(changes))

    def swap(self, swaps: Swaps) -> Checked[Sheet]:
        """The sheet with single characters put in the place of others, and one packed record of them."""
        places = swaps.places
        if not places:
            return Checked(self)
        swapper = Swapper(swaps, self.text)
        changed: dict[int, Inlines] = {}
        records: list[Record] = []
        starts, lines, sources = self.starts, self.lines, self.sources
        whole, held = swapper.whole, swapper.held
        source, first = "", 0
        index, count = 0, len(places)
        while index < count:
            row = bisect.bisect_right(starts, places[index]) - 1
            end = bisect.bisect_left(places, starts[row + 1], index) if row + 1 < len(starts) else count
            if sources[row] != source and index:
                records.append(swapper.record(source, first, index))
                first = index
            source = sources[row]
            inlines, offset = lines[row], starts[row]
            only = inlines[0]
            if len(inlines) == 1 and type(only) is i.Text and only.start >= 0:
                shift = only.start - offset
                held.extend([place + shift for place in places[index:end]])
                changed[row] = (i.Text(whole[offset : offset + len(only.text)], only.start),)
            else:
                changed[row] = swapper.line(inlines, offset, index, end)
            index = end
        records.append(swapper.record(source, first, count))
        return Checked(self._changed(changed, whole), changes=Changes(records))

    def _replaced(self, changed: dict[int, Inlines]) -> Document:
        """The document with some lines (by index) put in the place of the old ones."""
        articles = list(self._document.articles)
        rows = sorted(changed)
        begin = 0
        for number, first in enumerate(self.articles):
            after = self.articles[number + 1] if number + 1 < len(self.articles) else len(self.lines)
            end = bisect.bisect_left(rows, after, begin)
            if end > begin:
                articles[number] = self._article(number, rows[begin:end], first, changed)
            begin = end
        return replace(self._document, articles=tuple(articles))

    def _article(self, number: int, rows: list[int], first: int, changed: dict[int, Inlines]) -> Article:
        article = self._document.articles[number]
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
                blocks[owner] = b.Paragraph(
                    changed[row], (), block.run_in_level, block.span, block.joined, block.indented
                )
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
