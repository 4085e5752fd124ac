"""The way back: an edited DOCX into its source, stroke for stroke.

The edition says of each paragraph where in the source it stood, and what stood there. Its lines and those of the
source are aligned (marks checked by likeness, equal text, likeness, splits and joins, moves); each change becomes
small edits, and what they do not touch keeps its bytes. The result is read again: a change that does not come out
as it was made is taken back and listed as a conflict. Nothing is dropped in silence.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from dataclasses import replace

from converters.diagnostics import Diagnostic, Severity, Source
from converters.errors import InputError, StyleError
from converters.exporters.docx.identity import without_comments
from converters.model.document import Document
from converters.records import dataclass

from .align import Group, align
from .changes import Change, Writer
from .edited import Base, Comment, Edited, read_edited
from .lines import Line, lines_of
from .pieces import Replacement, countable
from .rebase import Carrier, encode

__all__ = ["Count", "Entry", "Returned", "merge"]

_MEANWHILE = "the source was changed here meanwhile"
_UNREAD = "the result would not read as it was edited"
# With fewer characters of the edited file found in the source than this it is that of another.
_LEAST_RATIO = 0.3
_MOST_ROUNDS = 8
# Marks whose form repair mends, in compatibility form.
_MENDED = frozenset(",.;:!?()\"'“”‘’…—-–―、。·《》")


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


@dataclass(frozen=True, slots=True)
class Count:
    """Where the characters of the edited file are: as they were in the source, applied, in conflict, ignored."""

    total: int
    kept: int
    applied: int
    conflict: int
    ignored: int


@dataclass(frozen=True, slots=True)
class Returned:
    """The source with the edits in it, and every edit in one of three lists; `comments` are review notes."""

    text: bytes
    applied: tuple[Entry, ...]
    conflicts: tuple[Entry, ...]
    ignored: tuple[Entry, ...]
    comments: tuple[Comment, ...]
    count: Count
    findings: tuple[Diagnostic, ...]


def merge(edited: bytes, source_name: str, source: bytes, *, edited_name: str = "edited.docx") -> Returned:
    """Bring an edited DOCX back into its source; an unedited one gives the source byte for byte.

    Raises InputError: the edited file is no DOCX, or hostile, or that of another source; the source cannot be read.
    """
    given = read_edited(edited_name, edited)
    return _Merge(given, source_name, source, edited_name).run()


class _Merge:
    def __init__(self, edited: Edited, source_name: str, data: bytes, edited_name: str) -> None:
        self.edited = edited
        self.name = source_name
        self.edited_name = edited_name
        self.data = data
        self.findings: list[Diagnostic] = []
        document = self.read(data)
        self.source = document.sources[0]
        self.issue_form = _issue_form(document)
        self.now = lines_of(document, self.issue_form)
        self.base_text, self.old = self.base(edited.base)

    def read(self, data: bytes) -> Document:
        from converters.readers import read
        from converters.repairs import repair

        return repair(read(self.name, data).value).value

    def base(self, base: Base | None) -> tuple[str, list[Line]]:
        """The text that the edition was made from, and its lines."""
        now = self.source.text
        if base is None:
            self.warn("the edited file does not say from which source it was made; it is compared by its words alone")
            return now, self.now
        if hashlib.sha256(now.encode("utf-8", "surrogatepass")).hexdigest() == base.digest:
            return now, self.now
        text = _rebuilt(base)
        if text is None:
            self.warn("the source is another than when the edition was made; what was changed where cannot be told")
            return now, self.now
        if text == without_comments(now):
            return now, self.now
        self.warn("the source has been changed since the edition was made; both sets of changes are merged")
        return text, lines_of(self.read(text.encode("utf-8", "surrogatepass")), self.issue_form)

    def warn(self, message: str) -> None:
        self.findings.append(Diagnostic("W-RETURN", Severity.WARNING, message, place=self.edited_name))

    def run(self) -> Returned:
        groups = align(self.old, self.edited.lines)
        self.check_kinship(groups)
        writer = Writer(self.base_text, self.old, self.edited.lines, groups)
        changes, ignored = self.sort(writer.changes())
        carrier = Carrier(self.base_text, self.source.text)
        changes = [self.carried(change, carrier) for change in changes]
        changes = self.without_clashes(changes)
        text, changes = self.verified(changes)
        return self.result(text, changes, ignored, carrier)

    def check_kinship(self, groups: list[Group]) -> None:
        found = sum(countable(self.edited.lines[k].text) for group in groups if group.old for k in group.new)
        whole = sum(countable(line.text) for line in self.edited.lines)
        if self.old is not self.now:
            one, two = (_pairs([line.text for line in group]) for group in (self.old, self.now))
            found = min(found, whole * (one & two).total() // max(one.total(), 1))
        if found < whole * _LEAST_RATIO:
            raise InputError(
                "it is not an edition of {source}: {percent}% of its text is there", where=self.edited_name,
                source=self.name, percent=100 * found // max(whole, 1), hint="name the source that it was made from",
            )  # fmt: skip

    def sort(self, changes: list[Change]) -> tuple[list[Change], list[Change]]:
        """Changes of the text; and lines of front matter that an edition may leave out by its style."""
        kept, ignored = [], []
        for change in changes:
            if change.kind == "deleted" and self.old[change.group.old[0]].start < 0:
                ignored.append(replace(change, refused="lines made from front matter are taken out there"))
            else:
                kept.append(change)
        return kept, ignored

    def carried(self, change: Change, carrier: Carrier) -> Change:
        """A change in places of the source as it is now."""
        if change.refused:
            return change
        edits = []
        lines = [self.old[k] for k in change.group.old]
        for edit in change.edits:
            low, high = edit.start, edit.end
            for line in lines:
                if line.start >= 0 and line.start <= high and low <= line.end:
                    low, high = min(low, line.start), max(high, line.end)
            shift = carrier.carry(low, high)
            if shift is None:
                return replace(change, edits=(), refused=_MEANWHILE)
            edits.append(Replacement(edit.start + shift, edit.end + shift, edit.text))
        return replace(change, edits=tuple(edits))

    def without_clashes(self, changes: list[Change]) -> list[Change]:
        """Changes of which no two write the same place, and whose characters the source's encoding has."""
        out: list[Change] = []
        taken: list[Replacement] = []
        for change in changes:
            clash = any(edit.start < other.end and other.start < edit.end for edit in change.edits for other in taken)
            lacking = next((edit for edit in change.edits if not _encodes(edit.text, self.source)), None)
            if clash:
                change = replace(change, edits=(), refused="another change stands in the same place")
            elif lacking:
                change = replace(change, edits=(), refused="the source's encoding lacks one of its characters")
            else:
                taken += change.edits
            out.append(change)
        return out

    def verified(self, changes: list[Change]) -> tuple[bytes, list[Change]]:
        """The result, read again until every change that is in it reads as it was made."""
        for _ in range(_MOST_ROUNDS):
            edits = [edit for change in changes for edit in change.edits]
            if not edits:
                break
            data = encode(self.source, self.data, edits)
            wrong = self.misread(data, changes)
            if not wrong:
                return data, changes
            changes = [
                replace(change, edits=(), refused=_UNREAD) if number in wrong else change
                for number, change in enumerate(changes)
            ]
        return self.data, [
            change if change.refused else replace(change, edits=(), refused=_UNREAD) for change in changes
        ]

    def misread(self, data: bytes, changes: list[Change]) -> set[int]:
        """The changes that do not come out as they were made."""
        try:
            got = lines_of(self.read(data), self.issue_form)
        except InputError:
            return {number for number, change in enumerate(changes) if change.edits}
        applied = [(number, change) for number, change in enumerate(changes) if change.edits]
        expected = Counter(_fold(line.text) for line in self.now)
        for _, change in applied:
            expected.update(_fold(self.edited.lines[k].text) for k in change.group.new)
            expected.subtract(_fold(self.old[k].text) for k in change.group.old)
        found = Counter(_fold(line.text) for line in got)
        levels = Counter((_fold(line.text), line.level) for line in got)
        differing = {text for text in expected | found if expected[text] != found[text]}
        wrong = set()
        for number, change in applied:
            texts = [self.edited.lines[k] for k in change.group.new]
            lost = any(_fold(line.text) in differing for line in texts)
            lost = lost or any(_fold(self.old[k].text) in differing for k in change.group.old)
            lost = lost or any(line.level and not levels[_fold(line.text), line.level] for line in texts)
            if lost:
                wrong.add(number)
        if differing and not wrong:
            return {number for number, _ in applied}
        if not wrong and not any(change.refused for change in changes) and self.base_text == self.source.text:
            order = [_fold(line.text) for line in self.edited.lines]
            if [_fold(line.text) for line in got] != order:
                whole = {number for number, change in applied if change.kind in ("moved", "inserted", "deleted")}
                return whole or {number for number, _ in applied}
        return wrong

    def result(self, data: bytes, changes: list[Change], ignored: list[Change], carrier: Carrier) -> Returned:
        edited = self.edited
        applied = [change for change in changes if not change.refused]
        refused = [change for change in changes if change.refused]
        # What the edited file says and the source, changed meanwhile, says too.
        now = Counter(line.text for line in self.now)
        agreed = [change for change in refused if change.refused == _MEANWHILE and self._agreed(change, now)]
        conflicts = [change for change in refused if change not in agreed]
        marked = [change for change in conflicts if change.refused == _MEANWHILE and change.after]
        if marked:
            data = self.with_marks(data, applied, marked, carrier)
        read = sum(countable(line.text) for line in edited.lines) - edited.numbers + edited.readings
        unread = edited.total - edited.furniture - read
        entries = [self.entry(change) for change in ignored]
        for characters, reason in (
            (edited.furniture, "the contents and other furniture of the page"),
            (unread, "fields, hidden text and other words that are no text"),
        ):
            if characters > 0:
                entries.append(Entry("unread", 0, 0, "", str(characters), reason))
        count_applied = sum(change.added for change in applied)
        count_conflict = sum(change.added for change in conflicts)
        outside = edited.total - read
        count = Count(
            edited.total, edited.total - outside - count_applied - count_conflict, count_applied, count_conflict,
            outside,
        )  # fmt: skip
        return Returned(
            data, tuple(map(self.entry, applied)), tuple(map(self.entry, conflicts)), tuple(entries), edited.comments,
            count, tuple(self.findings),
        )  # fmt: skip

    def _agreed(self, change: Change, now: Counter[str]) -> bool:
        """Whether the source meanwhile says what the edited file says."""
        new = [self.edited.lines[k].text for k in change.group.new]
        if change.kind == "deleted":
            return not any(now[self.old[k].text] for k in change.group.old)
        return bool(new) and all(now[text] for text in new)

    def with_marks(self, data: bytes, applied: list[Change], marked: list[Change], carrier: Carrier) -> bytes:
        """The result with each conflict as a comment before the block that follows it."""
        edits = [edit for change in applied for edit in change.edits]
        for change in marked:
            text = " / ".join(change.after.split("\n")).replace("--", "- -")
            place = self.place_after(change, carrier)
            mark = f"<!-- conflict: {text} -->"
            if place < 0:
                end = len(self.source.text.rstrip())
                edits.append(Replacement(end, end, f"\n\n{mark}"))
            else:
                edits.append(Replacement(place, place, f"{mark}\n\n"))
        try:
            return encode(self.source, self.data, edits)
        except UnicodeEncodeError:
            return data

    def place_after(self, change: Change, carrier: Carrier) -> int:
        last = max(change.group.old, default=-1)
        if last < 0:
            return -1
        for line in self.old[last + 1 :]:
            if line.kind.value == "block":
                shift = carrier.carry(line.start, line.end)
                if shift is not None:
                    return line.start + shift
        return -1

    def entry(self, change: Change) -> Entry:
        """A change as it is shown."""
        place = next((self.old[k].start for k in change.group.old if self.old[k].start >= 0), -1)
        if place < 0 and change.edits:
            place = change.edits[0].start
        row = self.base_text.count("\n", 0, place) + 1 if place >= 0 else 0
        first = self.edited.lines[change.group.new[0]] if change.group.new else None
        tracked = any(self.edited.lines[k].tracked for k in change.group.new)
        return Entry(
            change.kind, first.number if first else 0, row, change.before, change.after, change.refused, tracked
        )


def _rebuilt(base: Base) -> str | None:
    """The source that an edition was made from, its comments blank; None where the edition does not hold all of it."""
    length = max((start + len(text) for start, text in base.pieces), default=0)
    if length > 64 * 1024 * 1024:
        return None
    out = ["\x00"] * length
    for start, text in base.pieces:
        out[start : start + len(text)] = text
    whole = "".join(out)
    return None if "\x00" in whole or not whole else without_comments(whole)


def _pairs(texts: list[str]) -> Counter[str]:
    """How often each two characters stand side by side."""
    return Counter(text[k : k + 2] for text in texts for k in range(len(text) - 1))


def _encodes(text: str, source: Source) -> bool:
    try:
        text.encode(source.encoding)
    except UnicodeEncodeError:
        return False
    return True


def _fold(text: str) -> str:
    """A text without what repair may still mend in it: blanks and the form of marks."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if not char.isspace() and char not in _MENDED) or folded.strip()


def _issue_form(document: Document) -> str:
    from converters.theme.load import load
    from converters.theme.resolve import choose

    try:
        return load(choose(document.metadata, None)).masthead.issue_form
    except StyleError:
        return ""
