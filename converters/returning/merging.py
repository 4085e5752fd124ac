"""One edited file brought back into one source: aligned, changed, read again, listed and counted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from converters.diagnostics import Checked, Diagnostic, Severity, Source
from converters.errors import InputError, StyleError
from converters.exporters.docx.identity import without_comments
from converters.model.document import Document
from converters.records import dataclass

from .align import Group, align
from .base import Base
from .carrying import MEANWHILE, Carrying
from .change import FORMATTING, Change
from .changes import Writer
from .clashes import without_clashes
from .edited import Comment, Edited
from .excusing import Result, Said, held_apart, left_as_text
from .front_matter import FrontMatter
from .hands import hands
from .keeping import Keeping
from .lines import Kind, Line, Lines, lines_of
from .lists import Entry, Lists
from .pieces import countable
from .rebase import encode
from .reckoning import Count, reckon
from .three_way import Merger
from .unedited import Unedited
from .unsaid import REASONS
from .verifying import Verifier, Wrong
from .wording import Wording

_UNREAD = "the result would not read as it was edited"
_LEVEL = "its level follows from its words"
_NO_LOOKS = "front matter has no looks"
_BY_WORDS = "how it looks follows from its words"
# With fewer characters of the edited file found in the source than this it is that of another.
_LEAST_RATIO = 0.3
_MOST_ROUNDS = 24


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


class Merge:
    """The way back of one edited file."""

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
        """A state of the source, mended."""
        return self.mended(data).value

    def mended(self, data: bytes) -> Checked[Document]:
        """A state of the source, mended, and what was mended in it. Raises InputError."""
        from converters.readers import read
        from converters.repairs import repair

        return repair(read(self.name, data).value)

    def lines(self, document: Document) -> Lines:
        """The lines that an edition of a document shows."""
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
        """Note what a person should know of the edited file."""
        self.findings.append(Diagnostic("W-RETURN", Severity.WARNING, message, place=self.edited_name, hint=hint))

    def run(self) -> Returned:
        """Bring it back. Raises InputError for an edition of another source."""
        groups = align(self.old, self.edited.lines)
        self.check_kinship(groups)
        self.findings += hands(self.edited, self.old, groups, self.edited_name)
        base = Source(self.name, self.base_text) if self.base_text is not self.source.text else self.source
        front = FrontMatter(base, self.base_document.metadata, self.issue_form)
        unedited = Unedited(self.base_document, self.old, self.edited)
        writer = Writer(front, unedited, self.old, self.edited, groups)
        carrying = Carrying(self.source, self.data, self.old, self.base_text)
        merger = Merger(self.old, self.now, self.edited.lines, self.wording_now(writer), unedited)
        changes = [carrying.carried(change, merger) for change in writer.changes()]
        changes = without_clashes(self.source, changes)
        text, changes, result = self.verified(changes, writer.kept)
        now = Counter(line.text for line in self.now)
        # What the edited file says and the source, changed meanwhile, says too.
        changes = [
            change for change in changes if change.refused != MEANWHILE or not self._agreed(change, now, merger)
        ]  # fmt: skip
        return self.result(text, changes, result, carrying, writer)

    def check_kinship(self, groups: list[Group]) -> None:
        """Raises InputError where hardly a word of the edited file is the source's."""
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

    def verified(self, changes: list[Change], kept: Keeping) -> tuple[bytes, list[Change], Lines]:
        """The result, read again until every change that is in it reads as it was made."""
        verifier = Verifier(self.old, self.now, self.edited.lines, kept.gone)
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
                excused = self.excused(Result(mended, got), changes, verifier, kept)
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

    def excused(self, result: Result, changes: list[Change], verifier: Verifier, kept: Keeping) -> list[Change]:
        """The changes with excuses for what repair would read otherwise than it was edited; [] where it does not."""
        apart = held_apart(self.source, result, changes, verifier.texts(result.lines, changes))
        return apart or left_as_text(
            self.source, result, changes, Said(self.edited, kept), verifier.relevelled_meanwhile
        )

    def result(self, data: bytes, changes: list[Change], result: Lines, carrying: Carrying, writer: Writer) -> Returned:
        """What is given back: the text, the lists, the count."""
        edited = self.edited
        applied = [change for change in changes if not change.refused]
        conflicts = [change for change in changes if change.refused and not change.left_out]
        marked = [change for change in conflicts if change.refused == MEANWHILE]
        text = carrying.marked(data, applied, marked) if marked else data
        merged = self.old is not self.now
        reckoning = reckon(edited, changes, result, writer.unedited.furniture, merged=merged)
        if reckoning.count.lost:
            self.findings.append(Diagnostic(
                "W-RETURN", Severity.ERROR, "{count} characters of the edited file are in none of the lists: {text}",
                place=self.edited_name, hint="compare the result with the edited file, and report this",
                values=(("count", str(reckoning.count.lost)), ("text", reckoning.lost[:200])),
            ))  # fmt: skip
        lists = Lists(edited, self.old, self.base_text, self.source.text)
        ignored = [lists.entry(change) for change in changes if change.left_out]
        ignored += lists.aside(writer, reckoning.count.blank)
        for line in reckoning.edged:
            ignored.append(Entry("unread", line.number, 0, "", line.text, "blanks at the ends of a paragraph"))
        written = text.decode(self.source.encoding, "replace") if edited.gallery.new else ""
        pictures = tuple((name, data) for name, data in edited.gallery.new.items() if name in written)
        return Returned(
            text, tuple(map(lists.entry, applied)), tuple(map(lists.entry, conflicts)), tuple(ignored), edited.comments,
            reckoning.count, tuple(self.findings), pictures,
        )  # fmt: skip

    def _agreed(self, change: Change, now: Counter[str], merger: Merger) -> bool:
        """Whether the source meanwhile says what the edited file says."""
        new = [self.edited.lines[k].text for k in change.group.new]
        if change.kind == "deleted":
            return not any(now[self.old[k].text] or merger.partner(k) is not None for k in change.group.old)
        return change.kind not in FORMATTING and bool(new) and all(now[text] for text in new)


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
    if change.kind in FORMATTING:
        return replace(change, ways=(), refused=_BY_WORDS)
    return replace(change, ways=(change.ways[0]._replace(looks=False),))


def _with_looks_listed(changes: list[Change], old: Sequence[Line]) -> Iterator[Change]:
    """The changes, and behind one whose words came back without their looks, its looks as a conflict."""
    for change in changes:
        yield change
        if change.edits and not change.rides and not change.ways[0].looks:
            lines = [old[k] for k in change.group.old]
            meta = any(line.kind is Kind.META for line in lines)
            derived = meta or any(line.by_words for line in lines)
            reason = _NO_LOOKS if meta else _BY_WORDS
            yield Change("formatting", change.group, (), reason, change.before, change.after, 0, derived)


def _pairs(texts: list[str]) -> Counter[str]:
    """How often each two characters stand side by side."""
    return Counter(text[k : k + 2] for text in texts for k in range(len(text) - 1))


def _issue_form(document: Document) -> str:
    from converters.theme.load import load
    from converters.theme.resolve import choose

    try:
        return load(choose(document.metadata, None)).masthead.issue_form
    except StyleError:
        return ""
