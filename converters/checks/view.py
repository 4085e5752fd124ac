"""What a rule sees: the document's text on one sheet, and the way from a place in it to a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from converters.diagnostics import Diagnostic, Edit, Severity, Span
from converters.model import blocks as b
from converters.model.document import Article, Document
from converters.model.metadata import Kind
from converters.model.patterns import compiled
from converters.model.sheet import Inlines, Role, Sheet

from .words import WordList


def occurs(words: str, text: str) -> bool:
    """Whether a text holds a few characters; one that it lacks is found out twenty times as fast as two it has."""
    return all(char in text for char in words) and words in text


class View:
    """A document as the rules read it; `words` are the user's own."""

    __slots__ = (
        "_articles",
        "_figures",
        "_followed",
        "_latin",
        "_preceded",
        "_rows",
        "_titles",
        "document",
        "memo",
        "sheet",
        "text",
        "words",
    )

    def __init__(self, document: Document, words: WordList | None = None) -> None:
        self.document = document
        self.sheet = Sheet(document)
        self.text = self.sheet.text
        self.words = words or WordList()
        self._titles: dict[str, frozenset[str]] = {}
        # What one rule has found out and another asks for, by the identity of an article.
        self.memo: dict[int, list[Any]] = {}
        self._rows: dict[int, int] | None = None
        self._articles: list[tuple[Article, int, int]] | None = None
        self._figures: list[tuple[int, int]] | None = None
        # Where figures begin, by the character before and the one after them.
        self._preceded: dict[str, list[int]] = {}
        self._followed: dict[str, list[int]] = {}
        self._latin: bool | None = None

    @property
    def official(self) -> bool:
        """Whether the document is a 公文."""
        return self.document.metadata.kind is Kind.GONGWEN

    @property
    def chinese(self) -> bool:
        """Whether the document's language is Chinese."""
        return self.document.metadata.lang.lower().startswith("zh")

    def find(self, pattern: str, *needs: str) -> Iterator[re.Match[str]]:
        """Every match of a pattern in the text; none, at once, where not one of the strings `needs` occurs."""
        if needs and not any(occurs(need, self.text) for need in needs):
            return iter(())
        return compiled(pattern).finditer(self.text)

    def near(self, pattern: str, anchors: tuple[str, ...], before: int, after: int) -> Iterator[re.Match[str]]:
        """Every match of a pattern that lies within so many characters of an anchor.

        In a long text an anchor is found a hundred times as fast as a pattern that begins with a class.
        """
        text = self.text
        seen: set[int] = set()
        found: list[re.Match[str]] = []
        for anchor in anchors:
            place = text.find(anchor)
            while place >= 0:
                match = compiled(pattern).search(
                    text, max(0, place - before), min(len(text), place + len(anchor) + after)
                )
                if match is not None and match.start() not in seen:
                    seen.add(match.start())
                    found.append(match)
                place = text.find(anchor, place + 1)
        return iter(found)

    def figures(self, before: str = "", after: str = "") -> list[int]:
        """Where the runs of figures begin that one of these characters stands before or after; all of them for none."""
        if self._figures is None:
            text = self.text
            self._figures = [match.span() for match in compiled("[0-9]+").finditer(text)]
            for start, end in self._figures:
                self._preceded.setdefault(text[start - 1 : start], []).append(start)
                self._followed.setdefault(text[end : end + 1], []).append(start)
        if not before and not after:
            return [start for start, _ in self._figures]
        found: set[int] = set()
        for known, chars in ((self._preceded, before), (self._followed, after)):
            for char in chars:
                found.update(known.get(char, ()))
        return sorted(found)

    def at_figures(self, pattern: str, after: str = "") -> Iterator[re.Match[str]]:
        """Every match of a pattern that begins at a run of figures, after which one of these characters stands."""
        text, expression = self.text, compiled(pattern)
        reached = 0
        for place in self.figures(after=after):
            if place >= reached and (match := expression.match(text, place)) is not None:
                yield match
                reached = match.end()

    def around_figures(self, pattern: str, before: str, after: str) -> Iterator[re.Match[str]]:
        """Every match of a pattern that begins at most six characters before figures beside one of these characters."""
        return self.around(pattern, self.figures(before, after))

    def around(self, pattern: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
        """Every match of a pattern that begins at most six characters before one of these places, which rise."""
        text, expression = self.text, compiled(pattern)
        reached = 0
        for place in places:
            match = expression.search(text, max(reached, place - 6), min(len(text), place + 20))
            if match is not None:
                yield match
                reached = match.end()

    @property
    def latin(self) -> bool:
        """Whether there is a small Latin letter in the text."""
        if self._latin is None:
            self._latin = compiled("[a-z]").search(self.text) is not None
        return self._latin

    def titles(self, opening: str = "《", closing: str = "》") -> frozenset[str]:
        """What stands between these marks anywhere in the document."""
        if opening not in self._titles:
            found = self.find(f"{opening}([^{opening}{closing}\n]{{2,80}}){closing}", opening)
            self._titles[opening] = frozenset(match[1] for match in found)
        return self._titles[opening]

    def role(self, offset: int) -> Role:
        """What the line is that holds a character."""
        return self.sheet.roles[self.sheet.row(offset)]

    def line_around(self, offset: int) -> str:
        """The text of the line that holds a character."""
        return self.sheet.line(self.sheet.row(offset))

    def place(self, inlines: Inlines) -> tuple[int, int]:
        """Where a line of the model stands in the text: (start, end); (0, 0) for an empty one."""
        if self._rows is None:
            self._rows = {id(line): row for row, line in enumerate(self.sheet.lines)}
        row = self._rows.get(id(inlines), -1)
        if row < 0:
            return 0, 0
        start = self.sheet.starts[row]
        return start, start + len(self.sheet.line(row))

    def articles(self) -> list[tuple[Article, int, int]]:
        """Every article with the stretch of the text that is its own."""
        if self._articles is None:
            starts, firsts = self.sheet.starts, self.sheet.articles
            self._articles = []
            for number, article in enumerate(self.document.articles):
                first = firsts[number]
                after = firsts[number + 1] if number + 1 < len(firsts) else len(starts)
                if first < after:
                    end = starts[after] - 1 if after < len(starts) else len(self.text)
                    self._articles.append((article, starts[first], end))
        return self._articles

    def heads(self, article: Article) -> Iterator[tuple[b.Block, Inlines]]:
        """The line that begins each block at the top of an article: a heading's, a run-in heading's, a paragraph's."""
        for block in article.blocks:
            if isinstance(block, b.Heading):
                yield block, block.inlines
            elif isinstance(block, b.Paragraph):
                yield block, block.run_in or block.inlines

    def span(self, start: int, end: int) -> Span | None:
        """The place in the source of a stretch of the text."""
        return self.sheet.span(start, end)

    def fix(self, start: int, end: int, after: str) -> tuple[Edit, ...]:
        """The edit of the source that puts `after` in the place of a stretch.

        () where the source does not hold just these characters there (an entity, an escape, a torn paragraph).
        """
        span = self.sheet.span(start, end)
        if span is None or span.end - span.start != end - start:
            return ()
        held = next((source.text for source in self.document.sources if source.name == span.source), None)
        if held is None or held[span.start : span.end] != self.text[start:end]:
            return ()
        return (Edit(span, after),)

    def finding(
        self, code: str, severity: Severity, place: tuple[int, int], message: str, hint: str = "", **values: object
    ) -> Diagnostic:
        """A finding at a stretch of the text; the values fill the fields of message and hint."""
        start, end = place
        return Diagnostic(
            code, severity, message, self.span(start, end), hint=hint,
            values=tuple((name, str(value)) for name, value in values.items()),
        )  # fmt: skip

    def fixable(
        self, code: str, severity: Severity, change: tuple[int, int, str], message: str, hint: str = ""
    ) -> Diagnostic:
        """A finding that `check --fix` mends: start and end of a stretch, and what takes its place.

        {found} and {after} of the message and the hint are filled.
        """
        start, end, after = change
        return Diagnostic(
            code, severity, message, self.span(start, end), hint=hint,
            values=(("found", self.text[start:end]), ("after", after)), fix=self.fix(start, end, after),
        )  # fmt: skip
