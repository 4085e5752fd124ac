"""What a rule sees: the document's text on one sheet, and the way from a place in it to a finding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

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


T = TypeVar("T")


# What is counted in all of a document before its stretches are read: by name, the way to count it in one of them.
_SURVEYS: dict[str, Callable[[View], Counter[Any]]] = {}
# The words whose presence anywhere a rule may ask for.
_WORDS = ("公里", "千米", "亩", "公顷", "%", "-", "–", "—", "～")


def survey(name: str, count: Callable[[View], Counter[Any]]) -> None:
    """Has something counted in all of a document; `Whole.counts` tells it."""
    _SURVEYS[name] = count


class Whole:
    """What is known of all of a document, whatever stretch of it is looked at.

    `told` is what has been reported and is not to be reported again.
    """

    __slots__ = ("_counts", "_facts", "_long", "_views", "told")

    def __init__(self, views: Callable[[], Iterator[View]], *, long: bool = False) -> None:
        self._views = views
        self._long = long
        self._facts: dict[Hashable, Any] = {}
        self._counts: dict[str, Counter[Any]] = {}
        self.told: set[Hashable] = set()

    def counts(self, name: str) -> Counter[Any]:
        """What a survey has counted: a document of many stretches is gone through once for all surveys."""
        if name not in self._counts:
            wanted = list(_SURVEYS) if self._long else [name]
            for key in wanted:
                self._counts[key] = Counter()
            for view in self._views():
                for key in wanted:
                    self._counts[key].update(_SURVEYS[key](view))
        return self._counts[name]

    def has(self, *words: str) -> tuple[bool, ...]:
        """Which of some words (of those that are watched for) occur anywhere."""
        counts = self.counts("words")
        return tuple(word in counts for word in words)

    def fact(self, name: Hashable, find: Callable[[Iterator[View]], T]) -> T:
        """A fact that is seldom asked for, found out by going through the document, and kept."""
        if name not in self._facts:
            self._facts[name] = find(self._views())
        known: T = self._facts[name]
        return known

    def once(self, name: Hashable) -> bool:
        """Whether this is asked for the first time: what is to be reported once in a document."""
        if name in self.told:
            return False
        self.told.add(name)
        return True


class View:
    """A stretch of a document as the rules read it; `words` are the user's own.

    A short document is one stretch. Of a long one (an archive) each stretch is some hundred pages, and what a rule
    must know of all of it is asked of `whole`; `first` and `last` say whether the stretch begins and ends the document.
    """

    __slots__ = (
        "_articles",
        "_figures",
        "_followed",
        "_latin",
        "_preceded",
        "_rows",
        "document",
        "first",
        "last",
        "memo",
        "own",
        "parts",
        "sheet",
        "text",
        "whole",
        "words",
    )

    def __init__(
        self,
        document: Document,
        words: WordList | None = None,
        own: tuple[Article, ...] | None = None,
        whole: Whole | None = None,
    ) -> None:
        articles = document.articles
        self.document = document
        # The articles of the stretch.
        self.own = articles if own is None else own
        self.first = not self.own or self.own[0] is articles[0]
        self.last = not self.own or self.own[-1] is articles[-1]
        self.sheet = Sheet(document if own is None else replace(document, articles=own))
        self.text = self.sheet.text
        self.words = words or WordList()
        self.whole = whole or Whole(lambda: iter((self,)))
        # What one rule has found out and another asks for, by the identity of an article.
        self.memo: dict[int, list[Any]] = {}
        # The text of each article between its full stops, where a rule has asked for it.
        self.parts: list[tuple[int, list[str]]] | None = None
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

    def titles(self, opening: str = "《") -> Counter[str]:
        """What stands between these marks anywhere in the document."""
        return self.whole.counts(opening)

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
            for number, article in enumerate(self.own):
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


# Blocks of a stretch: a hundred pages or so. More at a time is no faster, and takes memory.
_BLOCKS = 1500


def stretches(document: Document, words: WordList | None = None) -> Iterator[View]:
    """A document in stretches of whole articles, one after the other; each is let go before the next is made."""
    parts: list[tuple[Article, ...]] = []
    part: list[Article] = []
    blocks = 0
    for article in document.articles:
        part.append(article)
        blocks += len(article.blocks) + 1
        if blocks >= _BLOCKS:
            parts.append(tuple(part))
            part, blocks = [], 0
    if part:
        parts.append(tuple(part))
    if len(parts) < 2:
        yield View(document, words)
        return
    whole = Whole(lambda: (View(document, words, own, whole) for own in parts), long=True)
    for own in parts:
        yield View(document, words, own, whole)


def _between(opening: str, closing: str) -> Callable[[View], Counter[str]]:
    pattern = f"{opening}([^{opening}{closing}\n]{{2,80}}){closing}"
    return lambda view: Counter(compiled(pattern).findall(view.text) if opening in view.text else ())


survey("words", lambda view: Counter(word for word in _WORDS if word in view.text))
survey("《", _between("《", "》"))
survey("〈", _between("〈", "〉"))
