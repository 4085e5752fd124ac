"""What one reading of a Markdown source has learned so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from converters.diagnostics import Change, Diagnostic, Severity, Source, Span
from converters.model.blocks import Block
from converters.model.document import Comment

# Notes inside notes beyond this depth stay text.
NOTE_DEPTH = 3


@dataclass(slots=True)
class Reading:
    """The source, what was found in it, and the definitions that text may refer to.

    `references` maps a normalised label to (target, title); `notes` maps a label to what makes its blocks.
    """

    source: Source
    findings: list[Diagnostic] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: dict[str, Callable[[], tuple[Block, ...]]] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)
    # Labels of the notes whose blocks are being made, outermost first.
    open_notes: list[str] = field(default_factory=list)
    # Where the title of the picture that begins at an offset stands.
    title_places: dict[int, int] = field(default_factory=dict)
    # Offsets of the pictures whose author wants no caption.
    uncaptioned: set[int] = field(default_factory=set)

    def span(self, start: int, end: int) -> Span:
        """A stretch of the source."""
        return Span(self.source.name, start, end)

    def find(
        self, rule: str, severity: Severity, message: str, place: tuple[int, int], hint: str = "", /, **values: str
    ) -> None:
        """Report a finding at a stretch of the source."""
        self.findings.append(
            Diagnostic(rule, severity, message, self.span(*place), hint=hint, values=tuple(values.items()))
        )

    def note(self, label: str, place: tuple[int, int]) -> tuple[Block, ...] | None:
        """The blocks of the note that is called at a place; None, with a finding, where there is none to call."""
        make = self.notes.get(label)
        if make is None:
            self.find(
                "M-NOTE", Severity.WARNING, "note [^{label}] is called but nowhere defined; the call stays as text", place,
                "add a line that begins with [^{label}]: to the source", label=label,
            )  # fmt: skip
            return None
        if label in self.open_notes or len(self.open_notes) >= NOTE_DEPTH:
            self.find(
                "M-NOTE", Severity.WARNING, "note [^{label}] is called inside itself; the call stays as text", place,
                "take this call out of the note", label=label,
            )  # fmt: skip
            return None
        if label in self.called:
            self.find(
                "M-NOTE", Severity.INFO, "note [^{label}] is called more than once; it is printed at each call", place,
                label=label,
            )  # fmt: skip
        self.called.add(label)
        self.open_notes.append(label)
        try:
            return make()
        finally:
            self.open_notes.pop()
