"""The passes that look at lines, put to a document stretch by stretch, by all hands that are free.

A stretch hangs on nothing outside it, so another process may mend it. What comes back is what differs, as plain
numbers and texts: lines by their rows, and the records; the model is put together here.
"""

from __future__ import annotations

import os
import pickle
from array import array
from collections.abc import Sequence
from itertools import chain
from typing import Any, TypeAlias, cast

from converters.diagnostics import Change, Changes, Checked, Diagnostic, Record, Span, Swapped
from converters.hands import Shared, pays
from converters.model import inlines as i
from converters.model.document import Document
from converters.model.lines import Inlines
from converters.model.sheet import Sheet
from converters.records import dataclass

from .rule import LinePass, Options
from .stretches import Stretch, stretches, together

# Fewer stretches are mended before another process has begun.
_FEWEST = 4
Packed: TypeAlias = tuple[Any, ...]
"""A mended stretch as marshal takes it."""


@dataclass(frozen=True, slots=True)
class _Mended:
    """A stretch after all passes; findings and records for each of them, and whether its text was odd."""

    sheet: Sheet
    findings: list[list[Diagnostic]]
    records: list[list[Record]]
    odd: bool


def line_by_line(
    document: Document, steps: Sequence[LinePass], options: Options, *, odd: bool
) -> tuple[Checked[Document], bool]:
    """A document put through passes that look at lines, stretch by stretch; the records are in the passes' order.

    `odd` says what is known of the text (Sheet.odd): what has nothing odd in it gets nothing.
    """
    findings: list[list[Diagnostic]] = [[] for _ in steps]
    records: list[list[Record]] = [[] for _ in steps]
    mended: list[tuple[Stretch, Document]] = []
    any_odd = False
    waiting = list(stretches(document))
    owner = os.getpid()

    def work(number: int) -> _Mended | Packed:
        made = _mend(waiting[number], steps, options, odd=odd)
        return made if os.getpid() == owner else _packed(made, waiting[number].document)

    many = len(waiting) if len(waiting) >= _FEWEST and pays(document.length) else 0
    with Shared(many, work) as shared:
        for number, stretch in enumerate(waiting):
            made = shared.take(number) or work(number)
            if not isinstance(made, _Mended):
                made, now = _unpacked(made, stretch.document)
            else:
                now = made.sheet.document
            any_odd = any_odd or made.odd
            for all_findings, found in zip(findings, made.findings, strict=True):
                all_findings += found
            for all_records, done in zip(records, made.records, strict=True):
                all_records += done
            mended.append((stretch, now))
    whole = together(document, mended)
    changes = Changes(chain.from_iterable(records))
    return Checked(whole, tuple(chain.from_iterable(findings)), changes), any_odd


def _mend(stretch: Stretch, steps: Sequence[LinePass], options: Options, *, odd: bool) -> _Mended:
    sheet = Sheet(stretch.document, odd=None if odd else False)
    made = _Mended(sheet, [[] for _ in steps], [[] for _ in steps], sheet.odd)
    for step, findings, records in zip(steps, made.findings, made.records, strict=True):
        if step.needed(sheet):
            checked = step.run(sheet, options)
            findings += checked.findings
            records += checked.changes.records
            sheet = checked.value
    return _Mended(sheet, made.findings, made.records, made.odd)


def _packed(made: _Mended, given: Document) -> Packed:
    """A mended stretch as plain values: its changed lines, or the whole of it where blocks were cut."""
    edits = made.sheet.edits_of(given)
    lines = pickle.dumps(made.sheet.document) if edits is None else [(row, _line(new)) for row, new in edits.items()]
    records = [[_record(record) for record in step] for step in made.records]
    return lines, pickle.dumps(made.findings) if any(made.findings) else b"", records, made.odd


def _unpacked(packed: Packed, given: Document) -> tuple[_Mended, Document]:
    lines, found, records, odd = packed
    sheet = Sheet(given, odd=False)
    if isinstance(lines, bytes):
        now = cast("Document", pickle.loads(lines))
    else:
        now = sheet.document_with({row: _inlines(line) for row, line in lines})
    findings = pickle.loads(found) if found else [[] for _ in records]
    return _Mended(sheet, findings, [[_record_of(record) for record in step] for step in records], odd), now


def _line(inlines: Inlines) -> list[Any] | bytes:
    """A line as plain values: texts with their places, places of line breaks."""
    out: list[Any] = []
    for inline in inlines:
        if type(inline) is i.Text:
            out.append((inline.text, inline.start))
        elif type(inline) is i.LineBreak:
            out.append(inline.start)
        else:
            return pickle.dumps(inlines)
    return out


def _inlines(line: list[Any] | bytes) -> Inlines:
    if isinstance(line, bytes):
        return cast("Inlines", pickle.loads(line))
    return tuple([i.LineBreak(part) if type(part) is int else i.Text(*part) for part in line])


def _record(record: Record) -> Packed:
    if isinstance(record, Swapped):
        doubts = list(record.doubts.items())
        return record.rule, record.source, record.places.tobytes(), record.was, record.now, doubts
    span = record.span
    return (
        record.rule, span.source, span.start, span.end, record.before, record.after, record.confidence, record.evidence,
        record.applied,
    )  # fmt: skip


def _record_of(packed: Packed) -> Record:
    if len(packed) == 6:
        rule, source, places, was, now, doubts = packed
        held: array[int] = array("q")
        held.frombytes(places)
        return Swapped(rule, source, held, was, now, dict(doubts))
    rule, source, start, end, *rest = packed
    return Change(rule, Span(source, start, end), *rest)
