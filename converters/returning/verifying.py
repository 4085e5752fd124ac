"""The result is read again: a change that does not read as it was made is written in another way, or taken back."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from converters.model import inlines as i

from .change import Change
from .edited import EditedLine
from .lines import Kind, Line
from .listing import is_form
from .looks import CALL, PICTURE, Flat, Look, alike
from .pieces import fold

# What styles say of lines of an article that its words, or their place, must say in a source.
ROLES = frozenset((
    "kicker", "subtitle", "author", "column", "source", "addressee", "organ", "date", "remark", "attachment-note",
    "editor-note", "verse", "code", "quote", "term", "definition",
))  # fmt: skip


class Wrong(NamedTuple):
    """Which changes, by number, do not read as they were made: their words or levels, or their looks alone."""

    words: set[int]
    looks: set[int]

    def __bool__(self) -> bool:
        return bool(self.words or self.looks)


class Verifier:
    """Compares what a result reads as with what it is to read as."""

    def __init__(
        self, old: Sequence[Line], now: Sequence[Line], edited: Sequence[EditedLine], gone: Sequence[str]
    ) -> None:
        self.old = old
        self.now = now
        self.edited = edited
        self.gone = gone

    def wrong(self, got: Sequence[Line], changes: Sequence[Change], *, in_order: bool) -> Wrong:
        """What reads otherwise; `in_order` says that the lines of the result are those of the edited file."""
        standing = [(number, change) for number, change in enumerate(changes) if change.stands]
        applied = [(number, change) for number, change in standing if not change.of_layout]
        words = self._words(got, applied) or self._layout(got, standing)
        if words:
            return Wrong(words, set())
        if in_order and not any(change.refused for change in changes):
            words = self._order(got, applied)
        return Wrong(words, set() if words else self._looks(got, applied))

    def _new(self, change: Change) -> list[EditedLine]:
        """What a change makes."""
        return [change.instead[1]] if change.instead else [self.edited[k] for k in change.group.new]

    def _old(self, change: Change) -> list[Line]:
        """What a change is made of."""
        return [change.instead[0]] if change.instead else [self.old[k] for k in change.group.old]

    def texts(self, got: Sequence[Line], changes: Sequence[Change]) -> tuple[set[str], set[str]]:
        """The folded texts of lines that are to be there and are not, and of those that are there and are not to be."""
        applied = [(number, change) for number, change in enumerate(changes) if change.stands and not change.of_layout]
        expected, found = self._counted(got, applied)
        return set(+(expected - found)), set(+(found - expected))

    def _counted(self, got: Sequence[Line], applied: list[tuple[int, Change]]) -> tuple[Counter[str], Counter[str]]:
        expected = Counter(fold(line.text) for line in self.now)
        for _, change in applied:
            expected.update(fold(line.text) for line in self._new(change))
            expected.subtract(fold(line.text) for line in self._old(change))
        return expected, Counter(fold(line.text) for line in got)

    def _words(self, got: Sequence[Line], applied: list[tuple[int, Change]]) -> set[int]:
        expected, found = self._counted(got, applied)
        levels = Counter((fold(line.text), line.level) for line in got)
        differing = {text for text in expected | found if expected[text] != found[text]}
        parts = {(fold(line.text), line.part) for line in got}
        wrong = set()
        for number, change in applied:
            texts = self._new(change)
            lost = any(fold(line.text) in differing for line in texts)
            lost = lost or any(fold(line.text) in differing for line in self._old(change))
            demoted = change.kind == "heading"
            astray = any((line.level or demoted) and not levels[fold(line.text), line.level] for line in texts)
            lost = lost or (astray and not self.relevelled_meanwhile(change))
            told = change.kind != "inserted" or len(change.ways) < 2 or texts[0].meaning not in ROLES
            if lost or not (told or (fold(texts[0].text), texts[0].meaning) in parts):
                wrong.add(number)
        if differing and not wrong:
            return {number for number, _ in applied}
        return wrong

    def _layout(self, got: Sequence[Line], standing: list[tuple[int, Change]]) -> set[int]:
        """Titles that are broken, and pages that begin, otherwise than they were edited."""
        wrong = set()
        for number, change in standing:
            if not change.of_layout:
                continue
            new = self.edited[change.group.new[0]]
            same = [line for line in got if fold(line.text) == fold(new.text)]
            if change.kind == "alignment":
                # The line of hyphens: the table's words are still its words.
                good = bool(same)
            elif change.kind == "list form":
                good = any(is_form(line, new) for line in same)
            elif change.kind == "page break":
                good = any((line.new_page >= 0) == new.new_page for line in same)
            else:
                good = any(len(line.breaks) == len(change.breaks) for line in same)
            if not good:
                wrong.add(number)
        return wrong

    def _order(self, got: Sequence[Line], applied: list[tuple[int, Change]]) -> set[int]:
        """Lines that came out in another order; front matter has an order of its own."""
        meta = {fold(line.text) for line in (*got, *self.old) if line.kind is Kind.META}
        mine = iter([fold(line.text) for line in got if line.kind is not Kind.META])
        wanted = next(mine, None)
        astray = False
        for text in (fold(line.text) for line in self.edited):
            if text == wanted:
                wanted = next(mine, None)
            elif text not in meta:
                astray = True
        if wanted is None and not astray:
            return set()
        moved = {number for number, change in applied if change.kind in ("moved", "inserted", "deleted")}
        return moved or {number for number, _ in applied}

    def relevelled_meanwhile(self, change: Change) -> bool:
        """Whether the source, and not the editor, has given a line another level since the edition was made."""
        if self.now is self.old or change.instead or len(change.group.old) != 1 or len(change.group.new) != 1:
            return False
        was, new = self.old[change.group.old[0]], self.edited[change.group.new[0]]
        same = {line.level for line in self.now if fold(line.text) == fold(was.text)}
        return was.level == new.level and bool(same) and was.level not in same

    def relevelled(self, got: Sequence[Line], changes: Sequence[Change]) -> list[Change]:
        """Changes of words that make a heading of a line, or none, against what the edited file says."""
        levels = {(fold(line.text), line.level) for line in got}
        return [
            change
            for change in changes
            if change.edits and change.kind != "deleted" and not change.of_layout
            for line in self._new(change)
            if line.meaning != "note" and (fold(line.text), line.level) not in levels
            if not self.relevelled_meanwhile(change)
        ]

    def restyled(self, got: Sequence[Line], changes: Sequence[Change]) -> list[Change]:
        """New lines whose style says what they are, against what they read as."""
        parts = {(fold(line.text), line.part) for line in got}
        return [
            change
            for change in changes
            if change.edits and change.kind == "inserted"
            for line in (self.edited[k] for k in change.group.new[:1])
            if line.meaning in ROLES and (fold(line.text), line.meaning) not in parts
        ]

    def derived(self, got: Sequence[Line], changes: Sequence[Change]) -> list[Change]:
        """Changes that leave a run-in heading without the look that its words gave it."""
        found = {fold(line.text): line for line in got}
        out = []
        for change in changes:
            if (
                change.edits
                and not change.of_layout
                and change.ways[0].looks
                and any(self.old[k].by_words for k in change.group.old)
            ):
                lines = [(self.edited[k].flat, found.get(fold(self.edited[k].text))) for k in change.group.new]
                if any(got and not self._same(flat, got.flat, lenient=True, derived=False) for flat, got in lines):
                    out.append(change)
        return out

    def _looks(self, got: Sequence[Line], applied: list[tuple[int, Change]]) -> set[int]:
        found: dict[str, list[Line]] = defaultdict(list)
        for other in got:
            found[fold(other.text)].append(other)
        wrong = set()
        for number, change in applied:
            if change.rides or not change.ways[0].looks:
                continue
            for line in self._new(change):
                if line.meaning == "note":
                    continue
                same = found.get(fold(line.text), [])
                lenient = change.kind != "formatting"
                # The last way is that with marks around what words told.
                derived = len(change.ways) == 1 and any(each.by_words for each in self._old(change))
                if same and not any(
                    self._same(line.flat, each.flat, lenient=lenient, derived=derived) for each in same
                ):
                    wrong.add(number)
        return wrong

    def _same(self, wanted: Flat, got: Flat, *, lenient: bool, derived: bool) -> bool:
        """Whether the characters of two lines look the same.

        `lenient` where words may make a run-in heading; `derived` where they have made one that may be none now.
        """
        one, two = _compared(wanted), _compared(got, by_words=lenient)
        if len(one) != len(two):
            # Repair has mended marks: they are not compared.
            one, two = ([each for each in side if each[0].isalnum() or each[0] == PICTURE] for side in (one, two))
        if len(one) != len(two):
            return True
        for (char, look, _), (_, other, free) in zip(one, two, strict=True):
            names = (*self.gone, *(("strong",) if free or derived else ()))
            kept = look._replace(**{name: getattr(other, name) for name in names}) if names else look
            if not alike(char, other, kept):
                return False
        return True


def _compared(flat: Flat, *, by_words: bool = False) -> list[tuple[str, Look, bool]]:
    marks = flat.marks or {}
    out = []
    for place, char in enumerate(flat.text):
        if not char.isspace() and char != CALL:
            strong = any(isinstance(marks.get(number), i.Strong) for number in flat.paths[place])
            look = flat.looks[place]
            if look.picture is not None:
                # Its width in the edition follows from the page as well.
                look = look._replace(picture=look.picture._replace(width=""))
            out.append((char, look, by_words and look.strong and not strong))
    return out
