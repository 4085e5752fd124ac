"""Puts the edits that findings propose into the sources themselves."""

from __future__ import annotations

from collections.abc import Iterable

from converters.diagnostics import Diagnostic, Edit, Source
from converters.errors import ExportError
from converters.files import STANDARD, Files


def apply(name: str, findings: Iterable[Diagnostic], sources: Iterable[Source], files: Files) -> int:
    """Apply every edit that does not touch another one; returns how many findings were mended.

    The file keeps its encoding and its line ends. Raises ExportError.
    """
    text = next((source for source in sources if source.name == name), None)
    if text is None or name == STANDARD or not _is_plain(name):
        return 0
    chosen: list[Edit] = []
    mended = 0
    end = -1
    fixable = [finding for finding in findings if finding.fix and all(edit.span.source == name for edit in finding.fix)]
    for finding in sorted(fixable, key=lambda finding: finding.fix[0].span.start):
        edits = sorted(finding.fix, key=lambda edit: edit.span.start)
        if edits[0].span.start < end:
            continue
        chosen += edits
        end = edits[-1].span.end
        mended += 1
    if not mended:
        return 0
    whole = text.text
    for edit in reversed(chosen):
        whole = whole[: edit.span.start] + edit.after + whole[edit.span.end :]
    try:
        data = whole.replace("\n", text.newline).encode(text.encoding)
    except (UnicodeEncodeError, LookupError):
        raise ExportError(
            "the mended text cannot be written in {encoding}", where=name, encoding=text.encoding,
            hint="save the source as UTF-8 first",
        ) from None  # fmt: skip
    files.write(name, data)
    return mended


def _is_plain(name: str) -> bool:
    """Only in these do the offsets of findings count the characters of the file."""
    return name.lower().endswith((".md", ".markdown", ".mkd", ".txt", ".text"))
