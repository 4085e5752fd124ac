"""The entries of the three lists: what was applied, what is in conflict, what no source has a place for."""

from __future__ import annotations

from collections.abc import Iterator

from converters.records import dataclass

from . import counting
from .change import FORMATTING, Change
from .changes import Writer
from .edited import Edited
from .excusing import is_excused
from .lines import Lines
from .looks import CALL, PICTURE
from .pieces import apply, fold
from .unsaid import REASONS, unsaid

_EXCUSED = "a comment in the source excuses this place from a rule of repair"
_ASIDE = {
    counting.CONTENTS: "the contents and other furniture of the page",
    counting.FIELDS: "fields such as page numbers",
    counting.HIDDEN: "hidden text",
    counting.SIGNS: "signs of symbol fonts",
    counting.HEADERS: "headers and footers of the page",
    counting.UNCALLED: "notes that nothing calls",
    counting.DRAWINGS: REASONS["drawn"],
}
# What is listed with its place, by the sort there.
_PLACED = {counting.HIDDEN: "hidden", counting.SIGNS: "sign", counting.DRAWINGS: "drawn"}
# What is no formatting, by its sort.
_KINDS = {
    "drawn": "drawing", "object": "drawing", "boxed": "drawing", "afloat": "picture", "cropped": "picture",
    "stretched": "picture", "adorned": "picture", "formula": "formula", "field": "field", "bookmarked": "bookmark",
    "controlled": "control", "numbered": "list", "style": "style", "styled": "style", "unknown sheet": "style",
    "page": "page", "sections": "page", "furniture": "page", "background": "page", "property": "property",
    "chunk": "unread", "hidden": "unread", "sign": "unread", "subDoc": "unread", "table": "table",
    "blank table": "table",
}  # fmt: skip
_DROPPED = {
    "link": "the program that saved the file keeps no links",
    "strong": "the program that saved the file keeps no bold",
    "emphasis": "the program that saved the file keeps no italics",
    "strike": "the program that saved the file keeps no struck-out text",
    "dots": "the program that saved the file keeps no emphasis dots",
    "deceased": "the program that saved the file keeps no frames around names",
    "name": "the program that saved the file keeps no lines under names",
    "book": "the program that saved the file keeps no wavy lines under titles",
    "raised": "the program that saved the file keeps no raised and lowered text",
    "code": "the program that saved the file keeps no looks of code",
    "reading": "the program that saved the file keeps no readings",
    "levels": "the program that saved the file keeps no levels of headings",
    "lists": "the program that saved the file keeps no lists",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A change of the edited file: its kind, its paragraph there, its line in the source (0: none), the texts."""

    kind: str
    paragraph: int
    line: int
    before: str
    after: str
    reason: str = ""
    tracked: bool = False


class Lists:
    """Makes entries of what one edited file asks for; `base` is the source that it was made from, `now` as it is."""

    def __init__(self, edited: Edited, old: Lines, base: str, now: str) -> None:
        self.edited = edited
        self.old = old
        self.base = base
        self.now = now

    def entry(self, change: Change) -> Entry:
        """A change as it is shown."""
        place = next((self.old[k].start for k in change.group.old if self.old[k].start >= 0), -1)
        if place < 0 and change.edits:
            place = change.edits[0].start
        row = self.base.count("\n", 0, place) + 1 if place >= 0 else 0
        first = self.edited.lines[change.group.new[0]] if change.group.new else None
        tracked = any(self.edited.lines[k].tracked for k in change.group.new)
        before, after = change.before, change.after
        if change.kind in FORMATTING and change.edits and not change.of_layout:
            # What repair would mend anyway is not shown.
            text = self.now
            edits = [edit for edit in change.edits if fold(text[edit.start : edit.end]) != fold(edit.text)]
            edits = edits or list(change.edits)
            low, high = min(edit.start for edit in edits), max(edit.end for edit in edits)
            before, after = text[low:high], apply(text[low:high], edits, low)
        reason = change.refused or (_EXCUSED if is_excused(change) else "")
        return Entry(change.kind, first.number if first else 0, row, _shown(before), _shown(after), reason, tracked)

    def aside(self, writer: Writer, blank: int) -> Iterator[Entry]:
        """What the edited file holds and no source has a place for."""
        found = unsaid(self.edited, writer.kept.unedited, self.old, writer.groups, writer.told)
        furniture = writer.unedited.furniture
        for reason, words in self.edited.census.aside.items():
            shown = furniture.get(reason, "")
            if shown == words or reason == counting.NUMBERS:
                continue
            placed = sum(len(each.after.replace(" ", "")) for each in found if each.sort == _PLACED.get(reason))
            if placed < len(words.replace(" ", "")):
                yield Entry("unread", 0, 0, shown, words, _ASIDE[reason])
        if blank:
            yield Entry("unread", 0, 0, "", str(blank), "paragraphs of blanks")
        if writer.kept.plain:
            for line in self.edited.lines:
                if line.flat.marks:
                    yield Entry("formatting", line.number, 0, "", line.text, "a plain text has no looks", line.tracked)
        for name in writer.kept.missing():
            yield Entry("formatting", 0, 0, "", "", _DROPPED[name])
        for each in found:
            kind, before, after = _KINDS.get(each.sort, "formatting"), _shown(each.before), _shown(each.after)
            row = self.row_of(each.old)
            yield Entry(kind, each.paragraph, row, before, after, REASONS[each.sort], each.tracked)

    def row_of(self, old: int | None) -> int:
        """The row of the source in which a line stands, 0 for none."""
        place = self.old[old].start if old is not None else -1
        return self.base.count("\n", 0, place) + 1 if place >= 0 else 0


def _shown(text: str) -> str:
    return text.replace(CALL, "").replace(PICTURE, "▣")
