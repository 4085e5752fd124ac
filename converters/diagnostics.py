"""Findings, changes and the places they speak of. Nothing here prints."""

from __future__ import annotations

import bisect
import enum
from dataclasses import field
from typing import Generic, TypeVar

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
class Checked(Generic[T]):
    """A value, what was found on the way to it and what was changed."""

    value: T
    findings: tuple[Diagnostic, ...] = field(default=())
    changes: tuple[Change, ...] = field(default=())


def fill(template: str, values: tuple[tuple[str, str], ...]) -> str:
    """A template with its `{name}` fields filled; a template without values is returned as it is."""
    return template.format(**dict(values)) if values else template
