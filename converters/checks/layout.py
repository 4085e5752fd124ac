"""L-LAYOUT: the manual page of the findings that the layout makes; here nothing is laid out."""

from __future__ import annotations

from collections.abc import Iterable

from converters.diagnostics import Diagnostic, Severity

from .registry import rule
from .view import View


@rule("L-LAYOUT", Severity.WARNING, "What shows only on the page", langs=())
def on_the_page(_view: View) -> Iterable[Diagnostic]:
    """Findings that need lines and pages: jianbao build makes them, jianbao check does not.

    A last line of one hanzi (L-RUNT), an overfull line (L-OVERFULL), a last page that holds the colophon alone
    (L-ALONE), a table or a picture that does not fit (L-TABLE, L-PICTURE), a character that no face has (F-GLYPH), a
    face that stands in for another (F-FACE). Headings keep to what follows them, and widows to the style sheet's keys.
    Mend: each finding says its own.
    """
    return ()
