"""What one reading of a Markdown source has learned so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from converters.diagnostics import Change, Diagnostic, Source, Span
from converters.model.blocks import Block
from converters.model.document import Comment
from converters.records import dataclass

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

    def report(self, what: str, place: tuple[int, int], /, **values: str) -> None:
        """Report one of REPORTS at a stretch of the source."""
        from .reports import REPORTS

        rule, severity, message, hint = REPORTS[what]
        self.findings.append(
            Diagnostic(rule, severity, message, self.span(*place), hint=hint, values=tuple(values.items()))
        )

    def note(self, label: str, place: tuple[int, int]) -> tuple[Block, ...] | None:
        """The blocks of the note that is called at a place; None, with a finding, where there is none to call."""
        make = self.notes.get(label)
        if make is None:
            self.report("note-undefined", place, label=label)
            return None
        if label in self.open_notes or len(self.open_notes) >= NOTE_DEPTH:
            self.report("note-inside", place, label=label)
            return None
        if label in self.called:
            self.report("note-again", place, label=label)
        self.called.add(label)
        self.open_notes.append(label)
        try:
            return make()
        finally:
            self.open_notes.pop()
