"""Findings, changes and the places they speak of. Nothing here prints."""

from __future__ import annotations

import bisect
import enum
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from typing import Generic, TypeAlias, TypeVar, overload

from .records import dataclass

T = TypeVar("T")


class Severity(enum.IntEnum):
    """How grave a finding is; the order is the order of gravity."""

    INFO = 1
    WARNING = 2
    ERROR = 3


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source: offsets in characters of its decoded text, `end` exclusive."""

    source: str
    start: int
    end: int


class Source:
    """One decoded source and its lines, so that offsets become lines and columns.

    `text` has "\\n" for every line end and no byte order mark; offsets everywhere count its characters.
    """

    __slots__ = ("_starts", "encoding", "name", "newline", "text")

    def __init__(self, name: str, text: str, encoding: str = "utf-8", newline: str = "\n") -> None:
        self.name = name
        self.text = text
        self.encoding = encoding
        self.newline = newline
        self._starts: list[int] | None = None

    @property
    def line_starts(self) -> list[int]:
        """Offset of the first character of each line."""
        if self._starts is None:
            starts, position = [0], self.text.find("\n")
            while position >= 0:
                starts.append(position + 1)
                position = self.text.find("\n", position + 1)
            self._starts = starts
        return self._starts

    def locate(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from 1."""
        row = bisect.bisect_right(self.line_starts, offset) - 1
        return row + 1, offset - self.line_starts[row] + 1

    def line(self, number: int) -> str:
        """Text of a line (counted from 1), without its line end."""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement that would mend a finding; applied only when asked for."""

    span: Span
    after: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `message` and `hint` are templates filled from `values`, so that they can be translated.

    `span` is the place in a source; `place` says it in words where there is no source text to point
    at (a page of an edition, a paragraph of a DOCX).
    """

    rule: str
    severity: Severity
    message: str
    span: Span | None = None
    place: str = ""
    hint: str = ""
    values: tuple[tuple[str, str], ...] = ()
    fix: tuple[Edit, ...] = ()

    def text(self) -> str:
        """The message in English, its fields filled."""
        return fill(self.message, self.values)

    def hint_text(self) -> str:
        """The hint in English, its fields filled."""
        return fill(self.hint, self.values)


@dataclass(frozen=True, slots=True)
class Change:
    """One change that repair made (`applied`) or would make: what stood where, and what stands there now."""

    rule: str
    span: Span
    before: str
    after: str
    confidence: str = "high"
    evidence: str = ""
    applied: bool = True


@dataclass(frozen=True, slots=True)
class Swapped:
    """Changes of one rule in one source that put one character in the place of another: 8 bytes each, not 250.

    `places` are offsets in the source, -1 where no source holds the character; `was` and `now` have a
    character for each. `doubts` has confidence and evidence of those that are not "high" and "".
    """

    rule: str
    source: str
    places: array[int]
    was: str
    now: str
    doubts: dict[int, tuple[str, str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Change]:
        for index, place in enumerate(self.places):
            confidence, evidence = self.doubts.get(index, ("high", ""))
            span = Span(self.source, place, place + 1 if place >= 0 else -1)
            yield Change(self.rule, span, self.was[index], self.now[index], confidence, evidence)


Record: TypeAlias = Change | Swapped


class Changes(Sequence[Change]):
    """Changes in the order in which they were made; those that swap single characters are kept packed until read."""

    __slots__ = ("_length", "records")

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.records = tuple(records)
        self._length = sum(1 if isinstance(record, Change) else len(record) for record in self.records)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Change]:
        for record in self.records:
            if isinstance(record, Change):
                yield record
            else:
                yield from record

    @overload
    def __getitem__(self, index: int) -> Change: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Change, ...]: ...
    def __getitem__(self, index: int | slice) -> Change | tuple[Change, ...]:
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (Changes, tuple)):
            return NotImplemented
        return len(self) == len(other) and all(mine == its for mine, its in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Changes({self.records!r})"

    def applied(self) -> Counter[str]:
        """How many changes of each rule were made."""
        counts: Counter[str] = Counter()
        for record in self.records:
            if isinstance(record, Swapped):
                counts[record.rule] += len(record)
            elif record.applied:
                counts[record.rule] += 1
        return counts


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """A value, what was found on the way to it and what was changed."""

    value: T
    findings: tuple[Diagnostic, ...] = field(default=())
    changes: Changes = field(default_factory=Changes)


def fill(template: str, values: tuple[tuple[str, str], ...]) -> str:
    """A template with its `{name}` fields filled; a template without values is returned as it is."""
    return template.format(**dict(values)) if values else template
