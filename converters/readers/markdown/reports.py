"""Everything that the Markdown reader finds amiss: rule, severity, message and hint, under a short name each."""

from __future__ import annotations

from typing import NamedTuple

from converters.diagnostics import Severity


class Report(NamedTuple):
    """A kind of finding; the fields of its templates are filled where it is reported."""

    rule: str
    severity: Severity
    message: str
    hint: str = ""


_WARNING = Severity.WARNING

REPORTS = {
    "link": Report(
        "M-LINK",
        _WARNING,
        "an address that begins with “{scheme}:” is not followed; only its text is kept",
        "give an address on the web, or a file beside the source",
    ),
    "attribute": Report(
        "M-ATTR",
        _WARNING,
        "a picture has no attribute “{name}”; it is left out",
        "write width=60%, width=60mm or .decorative",
    ),
    "tag": Report("M-HTML", _WARNING, "the HTML tag <{name}> is dropped; its text is kept", "write it in Markdown"),
    "look": Report("M-HTML", Severity.INFO, "the HTML tag <{name}> is dropped; its text is kept"),
    "open-tag": Report(
        "M-HTML", _WARNING, "the HTML tag <{name}> is not closed; it is dropped and its text kept", "close it"
    ),
    "contents": Report(
        "M-HTML",
        _WARNING,
        "<{name}> and what it holds are dropped; nothing of it is run",
        "remove it from the source",
    ),
    "marks-depth": Report(
        "M-DEPTH",
        _WARNING,
        "marks are nested too deeply here; the innermost are left out, their text is kept",
        "take the needless marks away",
    ),
    "blocks-depth": Report(
        "M-DEPTH",
        Severity.ERROR,
        "lists, quotes or divs are nested too deeply here; this stretch is read as plain text",
        "divide it, or take needless marks away",
    ),
    "note-undefined": Report(
        "M-NOTE",
        _WARNING,
        "note [^{label}] is called but nowhere defined; the call stays as text",
        "add a line that begins with [^{label}]: to the source",
    ),
    "note-inside": Report(
        "M-NOTE",
        _WARNING,
        "note [^{label}] is called inside itself; the call stays as text",
        "take this call out of the note",
    ),
    "note-again": Report("M-NOTE", Severity.INFO, "note [^{label}] is called more than once; it is printed each time"),
    "note-twice": Report(
        "M-NOTE",
        _WARNING,
        "note [^{label}] is defined more than once; this text stands where it is written",
        "give the notes different labels",
    ),
    "note-uncalled": Report(
        "M-NOTE",
        _WARNING,
        "note [^{label}] is never called; its text stands at the end",
        "call it in the text, or delete it",
    ),
    "table-spans": Report(
        "M-TABLE",
        _WARNING,
        "the cells that << and ^^ join are no rectangle; they are left apart",
        "join whole rows and columns of cells",
    ),
    "table-widths": Report(
        "M-TABLE",
        _WARNING,
        "the widths “{widths}” are not one number for each of {count} columns",
        'write for example widths="2 3 3"',
    ),
    "table-surplus": Report(
        "M-TABLE",
        _WARNING,
        "the row has more cells than the head: “{cells}”; the table is widened",
        "give the head and the line of hyphens as many columns",
    ),
    "div-unknown": Report(
        "M-DIV", _WARNING, "“::: {name}” is not known; what it holds is read as ordinary text", "write {near}"
    ),
    "div-open": Report(
        "M-DIV",
        _WARNING,
        "“::: {name}” is not closed; it is taken to end at the next blank line",
        "close it with a line of three colons",
    ),
}
