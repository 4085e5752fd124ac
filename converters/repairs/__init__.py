"""Repair: damaged text comes out right, no word of it altered, every change on record."""

from __future__ import annotations

from converters.diagnostics import Change, Checked, Diagnostic
from converters.model.document import Document
from converters.model.patterns import compiled
from converters.model.sheet import Sheet

from . import articles, brackets, joins, mark_spaces, marks, run_ins, spaces
from .rule import Class, Options, Pass, Rule

__all__ = ["PASSES", "Class", "Options", "Pass", "Rule", "repair"]

PASSES: tuple[Pass, ...] = (
    joins.PASS,
    spaces.PASS,
    marks.PASS,
    brackets.PASS,
    mark_spaces.PASS,
    articles.PASS,
    run_ins.PASS,
)
"""The passes in the order in which they run."""


def repair(document: Document, *, options: Options | None = None) -> Checked[Document]:
    """A document put through every pass, with what was found and what was changed.

    No hanzi, letter or figure is altered, apart from the encoding forms that E-KANGXI, E-FWALNUM and E-LIG fold.
    """
    options = options or Options()
    findings: list[Diagnostic] = []
    changes: list[Change] = []
    sheet = Sheet(document)
    for step in PASSES:
        if step.needs and compiled(step.needs).search(sheet.text) is None:
            continue
        checked = step.run(sheet, options)
        findings.extend(checked.findings)
        changes.extend(checked.changes)
        if checked.value is not sheet.document:
            sheet = Sheet(checked.value)
    return Checked(sheet.document, tuple(findings), tuple(changes))
