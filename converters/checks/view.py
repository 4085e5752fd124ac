"""What a rule sees: the document's text on one sheet, and the way from a place in it to a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converters.diagnostics import Diagnostic, Edit, Severity, Span
from converters.model.document import Document
from converters.model.patterns import compiled
from converters.model.sheet import Role, Sheet


class View:
    """A document as the rules read it."""

    __slots__ = ("document", "options", "sheet", "text")

    def __init__(self, document: Document) -> None:
        self.document = document
        self.sheet = Sheet(document)
        self.text = self.sheet.text

    def find(self, pattern: str, *needs: str) -> Iterator[re.Match[str]]:
        """Every match of a pattern in the text; none, at once, where not one of the strings `needs` occurs."""
        if needs and not any(need in self.text for need in needs):
            return iter(())
        return compiled(pattern).finditer(self.text)

    def role(self, offset: int) -> Role:
        """What the line is that holds a character."""
        return self.sheet.roles[self.sheet.row(offset)]

    def line_around(self, offset: int) -> str:
        """The text of the line that holds a character."""
        return self.sheet.line(self.sheet.row(offset))

    def span(self, start: int, end: int) -> Span | None:
        """The place in the source of a stretch of the text."""
        return self.sheet.span(start, end)

    def fix(self, start: int, end: int, after: str) -> tuple[Edit, ...]:
        """The edit of the source that puts `after` in the place of a stretch; () where no source holds it."""
        span = self.sheet.span(start, end)
        return () if span is None or span.end - span.start != end - start else (Edit(span, after),)


def finding(
    view: View, code: str, severity: Severity, place: tuple[int, int], message: str, hint: str = "", **values: object
) -> Diagnostic:
    """A finding at a stretch of the view's text; the values fill the fields of message and hint."""
    start, end = place
    return Diagnostic(
        code, severity, message, view.span(start, end), hint=hint,
        values=tuple((name, str(value)) for name, value in values.items()),
    )  # fmt: skip
