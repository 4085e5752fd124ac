"""L-LAYOUT: the manual page of the findings that the layout makes; here nothing is laid out."""

from __future__ import annotations

from collections.abc import Iterable

from converters.diagnostics import Diagnostic, Severity

from .registry import rule
from .view import View


@rule("L-LAYOUT", Severity.WARNING, "What shows only on the page", langs=())
def on_the_page(_view: View) -> Iterable[Diagnostic]:
    """Findings that need lines and pages: jianbao build makes them, jianbao check does not.

    A heading alone at the foot of a page, a last line of one hanzi, a widow, an overfull line, a character that no
    face has, a face that stands in for another.
    Mend: each finding says its own.
    """
    return ()
