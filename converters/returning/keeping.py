"""What an edited file keeps: a program that has no bold saves none, and then its absence is nobody's edit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .edited import Edited, EditedLine
from .lines import Kind, Line, Lines
from .looks import Look, alike
from .unedited import Unedited

# Styles that say what a paragraph is, by what they mean.
_TELLING = frozenset((
    "quote", "verse", "code", "editor-note", "caption", "addressee", "source", "organ", "date", "attachment-note",
    "column", "kicker", "subtitle", "author", "title", "term", "definition", "remark", "attachment",
))  # fmt: skip
_SAME_PARTS = {"aside": "quote"}


class Keeping:
    """What can be compared: a file that has no bold at all was saved by a program that keeps none."""

    def __init__(self, old: Lines, edited: Edited, unedited: Unedited, *, plain: bool = False) -> None:
        self.unedited = unedited
        self.plain = plain
        if plain:
            self.gone = [name for name in Look._fields if name != "picture"]
            self.has_levels = self.has_lists = False
            return
        self.gone = _gone(old, edited, unedited)
        levels = sum(1 for line in old if line.level and line.start >= 0)
        self.has_levels = any(line.level for line in edited.lines) or levels < 2
        items = sum(1 for line in old if line.listed and line.kind is Kind.ITEM)
        self.has_lists = any(line.listed for line in edited.lines) or items < 2

    def same(self, old: Line, new: EditedLine) -> bool:
        """Whether all characters of two lines of one text look the same."""
        for place, (char, one, two) in enumerate(zip(old.text, old.flat.looks, new.flat.looks, strict=True)):
            if one is not two and not alike(char, one, two):
                kept = two._replace(**{name: getattr(one, name) for name in self.gone})
                if not alike(char, one, kept) and not alike(char, self.unedited.looks(old)[place], two):
                    return False
        return True

    def restyled(self, old: Line, new: EditedLine) -> bool:
        """Whether a paragraph was given a style that says something else of it."""
        if old.start < 0 or old.level or new.level or new.meaning not in _TELLING:
            return False
        # The plainest cases are told without making an edition.
        if new.meaning in (old.part, _SAME_PARTS.get(old.part, "")):
            return False
        meaning = self.unedited.meaning(old)
        return meaning is not None and meaning != new.meaning

    def missing(self) -> list[str]:
        """What the program that saved the file has dropped everywhere."""
        if self.plain:
            return []
        out = list(self.gone)
        out += [] if self.has_levels else ["levels"]
        return out if self.has_lists else [*out, "lists"]

    def relevelled(self, old: Line, new: EditedLine) -> bool:
        """Whether a heading has another level; in notes nobody sees one."""
        return old.start >= 0 and old.level != new.level and self.has_levels and new.meaning != "note"

    def listed_alike(self, old: Line, new: EditedLine) -> bool:
        """Whether both are items of lists, or neither; a heading is none."""
        if old.kind not in (Kind.BLOCK, Kind.ITEM) or old.level or new.level or not self.has_lists:
            return True
        return bool(old.listed) == bool(new.listed)


def _gone(old: Lines, edited: Edited, unedited: Unedited) -> list[str]:
    """Looks that stood in two paragraphs or more and stand nowhere now."""

    def places(looks_of: Iterable[Sequence[Look]]) -> dict[str, int]:
        found = dict.fromkeys(Look._fields, 0)
        for looks in looks_of:
            for name, ones in zip(Look._fields, zip(*set(looks), strict=True), strict=False):
                found[name] += any(ones)
        return found

    lines = [line for line in old if line.start >= 0]
    one, two = places(line.flat.looks for line in lines), places(line.flat.looks for line in edited.lines)
    gone = [name for name in Look._fields if one[name] > 1 and not two[name] and name != "picture"]
    if not gone:
        return []
    shown = places(unedited.looks(line) for line in lines)
    return [name for name in gone if shown[name] > 1]
