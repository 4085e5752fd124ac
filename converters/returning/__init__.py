"""The way back: an edited DOCX into its source, stroke for stroke.

The edition says of each paragraph where in the source it stood, and what stood there. Its lines and those of the
source are aligned (marks checked by likeness, equal text, likeness, splits and joins, moves); each change becomes
small edits, and what they do not touch keeps its bytes. The result is read again: a change that does not come out
as it was made is written in another way, or taken back and listed as a conflict. Nothing is dropped in silence.
"""

from __future__ import annotations

import bisect
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from converters.diagnostics import Checked, Diagnostic, Severity, Source
from converters.errors import InputError, StyleError
from converters.exporters.docx.identity import without_comments
from converters.model.document import Document
from converters.records import dataclass

from . import counting
from .align import Group, align
from .base import Base
from .changes import LAYOUT, Change, Writer
from .edited import Comment, Edited, read_edited
from .excusing import Result, held_apart, is_excused, left_as_text
from .front_matter import FrontMatter
from .hands import hands
from .lines import Kind, Line, Lines, lines_of
from .pieces import Replacement, apply, countable, fold
from .rebase import Carrier, encode
from .reckoning import Count, reckon
from .three_way import Merger
from .unedited import Unedited
from .unsaid import REASONS, unsaid
from .verifying import Verifier, Wrong
from .wording import Way, Wording

__all__ = ["Comment", "Count", "Entry", "Returned", "merge"]

_MEANWHILE = "the source was changed here meanwhile"
_UNREAD = "the result would not read as it was edited"
_EXCUSED = "a comment in the source excuses this place from a rule of repair"
_LEVEL = "its level follows from its words"
_BY_WORDS = "how it looks follows from its words"
_FORMATTING = frozenset(("formatting", "heading", "list", "picture", *LAYOUT))
# With fewer characters of the edited file found in the source than this it is that of another.
_LEAST_RATIO = 0.3
_MOST_ROUNDS = 24
# Sources that are read but not written line by line.
_NOT_WRITTEN = frozenset((".docx", ".epub", ".html", ".htm", ".xhtml"))
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


@dataclass(frozen=True, slots=True)
class Returned:
    """The source with the edits in it, and every edit in one of three lists; `comments` are review notes.

    `pictures` are new ones by the names that the text calls them, from the source's folder.
    """

    text: bytes
    applied: tuple[Entry, ...]
    conflicts: tuple[Entry, ...]
    ignored: tuple[Entry, ...]
    comments: tuple[Comment, ...]
    count: Count
    findings: tuple[Diagnostic, ...]
    pictures: tuple[tuple[str, bytes], ...] = ()


def merge(edited: bytes, source_name: str, source: bytes, *, edited_name: str = "edited.docx") -> Returned:
    """Bring an edited DOCX back into its source; an unedited one gives the source byte for byte.

    Raises InputError: the edited file is no DOCX, or hostile, or that of another source; the source cannot be read.
    """
    suffix = PurePath(source_name).suffix.lower()
    if suffix in _NOT_WRITTEN:
        raise InputError(
            "edits are brought back into Markdown and plain text, not into {suffix}", where=source_name, suffix=suffix,
            hint="make a Markdown source of it first: jianbao build --to markdown",
        )  # fmt: skip
    given = read_edited(edited_name, edited)
    return _Merge(given, source_name, source, edited_name).run()


class _Merge:
    def __init__(self, edited: Edited, source_name: str, data: bytes, edited_name: str) -> None:
        self.edited = edited
        self.name = source_name
        self.edited_name = edited_name
        self.data = data
        self.findings: list[Diagnostic] = list(edited.findings)
        self.document = self.read(data)
        self.base_document = self.document
        self.source = self.document.sources[0]
        self.issue_form = _issue_form(self.document)
        self.now = self.lines(self.document)
        self.base_text, self.old = self.base(edited.base)

    def read(self, data: bytes) -> Document:
        return self.mended(data).value

    def mended(self, data: bytes) -> Checked[Document]:
        from converters.readers import read
        from converters.repairs import repair

        return repair(read(self.name, data).value)

    def lines(self, document: Document) -> Lines:
        return lines_of(document, self.issue_form, self.edited.gallery.of_source)

    def base(self, base: Base | None) -> tuple[str, Lines]:
        """The text that the edition was made from, and its lines."""
        now = self.source.text
        if base is None:
            self.warn(
                "the edited file does not say from which source it was made; it is compared by its words alone",
                "see that the source is the right one, and read the applied list over",
            )
            return now, self.now
        if hashlib.sha256(now.encode("utf-8", "surrogatepass")).hexdigest() == base.digest:
            return now, self.now
        text = base.text()
        if text is None:
            self.warn(
                "the source is another than when the edition was made; what was changed where cannot be told",
                "name the source as it was when the edition was made",
            )
            return now, self.now
        if text == without_comments(now):
            return now, self.now
        self.warn(
            "the source has been changed since the edition was made; both sets of changes are merged",
            "see the conflicts; they are marked in the result",
        )
        self.base_document = self.read(text.encode("utf-8", "surrogatepass"))
        return text, self.lines(self.base_document)

    def warn(self, message: str, hint: str) -> None:
        self.findings.append(Diagnostic("W-RETURN", Severity.WARNING, message, place=self.edited_name, hint=hint))

    def run(self) -> Returned:
        groups = align(self.old, self.edited.lines)
        self.check_kinship(groups)
        self.findings += hands(self.edited, self.old, groups, self.edited_name)
        base = Source(self.name, self.base_text) if self.base_text is not self.source.text else self.source
        front = FrontMatter(base, self.base_document.metadata, self.issue_form)
        unedited = Unedited(self.base_document, self.old, self.edited)
        writer = Writer(front, unedited, self.old, self.edited, groups)
        carrier = Carrier(self.base_text, self.source.text)
        merger = Merger(self.old, self.now, self.edited.lines, self.wording_now(writer), unedited)
        changes = [self.carried(change, carrier, merger) for change in writer.changes()]
        changes = self.without_clashes(changes)
        text, changes, result = self.verified(changes, writer.kept.gone)
        now = Counter(line.text for line in self.now)
        # What the edited file says and the source, changed meanwhile, says too.
        changes = [
            change for change in changes if change.refused != _MEANWHILE or not self._agreed(change, now, merger)
        ]  # fmt: skip
        return self.result(text, changes, result, carrier, writer)

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

    def wording_now(self, writer: Writer) -> Wording:
        """What writes changes into the source as it is now."""
        return replace(writer.wording, source=self.source.text, unedited=None)

    def carried(self, change: Change, carrier: Carrier, merger: Merger) -> Change:
        """A change in places of the source as it is now."""
        if change.refused or change.rides:
            return change
        ways = [way for way in (self.carried_way(change, way, carrier) for way in change.ways) if way is not None]
        if not ways:
            return merger.merged(change) or replace(change, ways=(), refused=_MEANWHILE)
        return replace(change, ways=tuple(ways))

    def carried_way(self, change: Change, way: Way, carrier: Carrier) -> Way | None:
        edits = []
        lines = [self.old[k] for k in change.group.old]
        for edit in way.edits:
            low, high = edit.start, edit.end
            for line in lines:
                if line.start >= 0 and line.start <= high and low <= line.end:
                    low, high = min(low, line.start), max(high, line.end)
            shift = carrier.carry(low, high)
            if shift is None and low == high and edit.text.startswith("\n"):
                # Behind a block that has changed: what counts is the blank line that follows it.
                shift = carrier.carry(high + 1, high + 1)
            if shift is None:
                return None
            edits.append(Replacement(edit.start + shift, edit.end + shift, edit.text))
        return replace_edits(way, edits)

    def without_clashes(self, changes: list[Change]) -> list[Change]:
        """Changes of which no two write the same place, and whose characters the source's encoding has."""
        out: list[Change] = []
        taken: list[Replacement] = []
        for change in changes:
            change = self.trimmed(change, taken)
            clash = any(
                edit.start < other.end and other.start < edit.end
                for edit in change.edits
                for other in _near(edit, taken)
            )
            lacking = next((edit for edit in change.edits if not _encodes(edit.text, self.source)), None)
            if clash:
                change = replace(change, ways=(), refused="another change stands in the same place")
            elif lacking:
                change = replace(change, ways=(), refused="the source's encoding lacks one of its characters")
            else:
                for edit in change.edits:
                    bisect.insort(taken, edit)
                ways = [way for way in change.ways if all(_encodes(edit.text, self.source) for edit in way.edits)]
                change = replace(change, ways=tuple(ways))
            out.append(change)
        return out

    def trimmed(self, change: Change, taken: list[Replacement]) -> Change:
        """A change whose deletions leave out blank lines that another takes."""
        if not change.ways or change.refused:
            return change
        text = self.source.text
        edits = []
        for edit in change.edits:
            for other in _near(edit, taken):
                low, high = max(edit.start, other.start), min(edit.end, other.end)
                if edit.text or low >= high or text[low:high].strip():
                    continue
                if low == edit.start:
                    edit = edit._replace(start=high)
                elif high == edit.end:
                    edit = edit._replace(end=low)
            edits.append(edit)
        return replace(change, ways=(replace_edits(change.ways[0], edits), *change.ways[1:]))

    def verified(self, changes: list[Change], gone: list[str]) -> tuple[bytes, list[Change], Lines]:
        """The result, read again until every change that is in it reads as it was made."""
        verifier = Verifier(self.old, self.now, self.edited.lines, gone)
        for _ in range(_MOST_ROUNDS):
            edits = [edit for change in changes for edit in change.edits]
            if not edits:
                break
            data = encode(self.source, self.data, edits)
            try:
                mended = self.mended(data)
                got = self.lines(mended.value)
            except InputError:
                wrong = Wrong({number for number, change in enumerate(changes) if change.edits}, set())
            else:
                wrong = verifier.wrong(got, changes, in_order=self.base_text == self.source.text)
                excused = self.excused(Result(mended, got), changes, verifier)
                if excused:
                    changes = excused
                    continue
            if not wrong:
                listed = list(_with_looks_listed(changes, self.old))
                noted = [("heading", _LEVEL, change) for change in verifier.relevelled(got, changes)]
                noted += [("style", REASONS["styled"], change) for change in verifier.restyled(got, changes)]
                noted += [("formatting", _BY_WORDS, change) for change in verifier.derived(got, changes)]
                for kind, reason, change in noted:
                    listed.append(replace(change, kind=kind, ways=(), refused=reason, added=0, left_out=True))
                return data, listed, got
            changes = [_otherwise(change, wrong, number) for number, change in enumerate(changes)]
        left = [change if change.refused else replace(change, ways=(), refused=_UNREAD) for change in changes]
        return self.data, left, self.now

    def excused(self, result: Result, changes: list[Change], verifier: Verifier) -> list[Change]:
        """The changes with excuses for what repair would read otherwise than it was edited; [] where it does not."""
        apart = held_apart(self.source, result, changes, verifier.texts(result.lines, changes))
        return apart or left_as_text(self.source, result, changes, self.edited.lines)

    def result(self, data: bytes, changes: list[Change], result: Lines, carrier: Carrier, writer: Writer) -> Returned:
        edited = self.edited
        applied = [change for change in changes if not change.refused]
        conflicts = [change for change in changes if change.refused and not change.left_out]
        marked = [change for change in conflicts if change.refused == _MEANWHILE]
        text = self.with_marks(data, applied, marked, carrier) if marked else data
        reckoning = reckon(
            edited.census, edited.lines, changes, result, merged=self.old is not self.now,
            furniture=writer.unedited.furniture,
        )  # fmt: skip
        if reckoning.count.lost:
            self.findings.append(Diagnostic(
                "W-RETURN", Severity.ERROR, "{count} characters of the edited file are in none of the lists: {text}",
                place=self.edited_name, hint="compare the result with the edited file, and report this",
                values=(("count", str(reckoning.count.lost)), ("text", reckoning.lost[:200])),
            ))  # fmt: skip
        ignored = [self.entry(change) for change in changes if change.left_out]
        ignored += self.aside(writer, reckoning.count.blank)
        for line in reckoning.edged:
            ignored.append(Entry("unread", line.number, 0, "", line.text, "blanks at the ends of a paragraph"))
        written = text.decode(self.source.encoding, "replace") if edited.gallery.new else ""
        pictures = tuple((name, data) for name, data in edited.gallery.new.items() if name in written)
        return Returned(
            text, tuple(map(self.entry, applied)), tuple(map(self.entry, conflicts)), tuple(ignored), edited.comments,
            reckoning.count, tuple(self.findings), pictures,
        )  # fmt: skip

    def aside(self, writer: Writer, blank: int) -> Iterator[Entry]:
        """What the edited file holds and no source has a place for."""
        found = unsaid(self.edited, writer.kept.unedited, self.old, writer.groups, writer.told)
        furniture = writer.unedited.furniture
        for reason, words in self.edited.census.aside.items():
            shown = furniture.get(reason, "")
            if shown == words:
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
        return self.base_text.count("\n", 0, place) + 1 if place >= 0 else 0

    def _agreed(self, change: Change, now: Counter[str], merger: Merger) -> bool:
        """Whether the source meanwhile says what the edited file says."""
        new = [self.edited.lines[k].text for k in change.group.new]
        if change.kind == "deleted":
            return not any(now[self.old[k].text] or merger.partner(k) is not None for k in change.group.old)
        return change.kind not in _FORMATTING and bool(new) and all(now[text] for text in new)

    def with_marks(self, data: bytes, applied: list[Change], marked: list[Change], carrier: Carrier) -> bytes:
        """The result with each conflict as a comment before the block that follows it."""
        edits = [edit for change in applied for edit in change.edits]
        for change in marked:
            text = " / ".join((change.after or f"deleted: {change.before}").split("\n")).replace("--", "- -")
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
            if line.kind is Kind.BLOCK:
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
        before, after = change.before, change.after
        if change.kind in _FORMATTING and change.edits and not change.of_layout:
            # What repair would mend anyway is not shown.
            text = self.source.text
            edits = [edit for edit in change.edits if fold(text[edit.start : edit.end]) != fold(edit.text)]
            edits = edits or list(change.edits)
            low, high = min(edit.start for edit in edits), max(edit.end for edit in edits)
            before, after = text[low:high], apply(text[low:high], edits, low)
        reason = change.refused or (_EXCUSED if is_excused(change) else "")
        return Entry(change.kind, first.number if first else 0, row, _shown(before), _shown(after), reason, tracked)


def _near(edit: Replacement, taken: list[Replacement]) -> list[Replacement]:
    """Of edits in order, none over another, those that may touch one."""
    low = bisect.bisect_left(taken, (edit.start,))
    return taken[max(low - 2, 0) : bisect.bisect_left(taken, (edit.end + 1,))]


def replace_edits(way: Way, edits: list[Replacement]) -> Way:
    """A way with other edits."""
    return way._replace(edits=tuple(edits))


def _shown(text: str) -> str:
    from .looks import CALL, PICTURE

    return text.replace(CALL, "").replace(PICTURE, "▣")


def _otherwise(change: Change, wrong: Wrong, number: int) -> Change:
    """A change that did not read as it was made, written in its next way; refused where there is none."""
    if number in wrong.words:
        if len(change.ways) > 1:
            return replace(change, ways=change.ways[1:])
        return replace(change, ways=(), refused=_LEVEL if change.kind == "heading" else _UNREAD)
    if number not in wrong.looks:
        return change
    if len(change.ways) > 1:
        return replace(change, ways=change.ways[1:])
    if change.kind in _FORMATTING:
        return replace(change, ways=(), refused=_BY_WORDS)
    return replace(change, ways=(change.ways[0]._replace(looks=False),))


def _with_looks_listed(changes: list[Change], old: Sequence[Line]) -> Iterator[Change]:
    """The changes, and behind one whose words came back without their looks, its looks as a conflict."""
    for change in changes:
        yield change
        if change.edits and not change.rides and not change.ways[0].looks:
            derived = any(line.by_words for line in (old[k] for k in change.group.old))
            yield Change("formatting", change.group, (), _BY_WORDS, change.before, change.after, 0, derived)


def _pairs(texts: list[str]) -> Counter[str]:
    """How often each two characters stand side by side."""
    return Counter(text[k : k + 2] for text in texts for k in range(len(text) - 1))


def _encodes(text: str, source: Source) -> bool:
    try:
        text.encode(source.encoding)
    except UnicodeEncodeError:
        return False
    return True


def _issue_form(document: Document) -> str:
    from converters.theme.load import load
    from converters.theme.resolve import choose

    try:
        return load(choose(document.metadata, None)).masthead.issue_form
    except StyleError:
        return ""
