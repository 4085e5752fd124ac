"""Through which hands an edited file has been: which program saved it, which marks it has lost, which stand twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from converters.diagnostics import Diagnostic, Severity

from .align import Group
from .edited import Edited
from .lines import Line

# Programs that keep all that an edition says; "" says nothing.
_FAITHFUL = ("jianbao", "Microsoft Office Word", "Microsoft Macintosh Word", "Microsoft Word")


def hands(edited: Edited, old: Sequence[Line], groups: Sequence[Group], place: str) -> Iterator[Diagnostic]:
    """What is to be known of a file before its edits are read."""
    program = _named(edited.program)
    if program and not program.startswith(_FAITHFUL):
        yield _said(
            "it was saved by {program}; what that program keeps nowhere is not taken for an edit", place,
            hint="look at the ignored list for what it left out", program=program,
        )  # fmt: skip
    known = frozenset(edited.base.paragraphs.values()) if edited.base else frozenset()
    pairs = [
        (old[group.old[0]], edited.lines[group.new[0]])
        for group in groups
        if len(group.old) == len(group.new) == 1 and old[group.old[0]].mark in known
    ]
    lost = sum(1 for _, new in pairs if not new.marks)
    if lost:
        yield _said(
            "{lost} of {count} paragraphs have lost their marks; they are found by their words", place,
            hint="read the applied list over", lost=str(lost), count=str(len(pairs)),
        )  # fmt: skip
    marks = Counter(mark for line in edited.lines for mark in set(line.marks) if mark in known)
    doubled = sum(1 for count in marks.values() if count > 1)
    if doubled:
        yield _said(
            "{count} marks stand on several paragraphs, as copying leaves them; their words tell which is which", place,
            hint="read the applied list over", count=str(doubled),
        )  # fmt: skip


def _named(program: str) -> str:
    """A program's name and version: LibreOffice and WPS write the build behind them."""
    return re.split(r"[$_]|/(?=\D)", program, maxsplit=1)[0].strip() if "$" in program else program.split("_", 1)[0]


def _said(message: str, place: str, *, hint: str, **values: str) -> Diagnostic:
    return Diagnostic("W-RETURN", Severity.INFO, message, None, place, hint, tuple(values.items()))
