"""Repair: damaged text comes out right, no word of it altered, every change on record."""

from __future__ import annotations

import gc

from converters.diagnostics import Change, Checked, Diagnostic
from converters.model.blocks import Paragraph
from converters.model.document import Document
from converters.model.sheet import Sheet

from . import (
    articles,
    backs,
    brackets,
    contents,
    controls,
    dashes,
    forms,
    fronts,
    furniture,
    heads,
    indents,
    joins,
    mark_spaces,
    marks,
    overrides,
    parts,
    quotes,
    run_ins,
    spaces,
    stops,
    wished,
    wraps,
)
from .rule import Class, Options, Pass, Rule

__all__ = ["PASSES", "Class", "Options", "Pass", "Rule", "repair"]

PASSES: tuple[Pass, ...] = (
    controls.PASS,
    forms.PASS,
    indents.PASS,
    furniture.PASS,
    wraps.PASS,
    fronts.PASS,
    contents.PASS,
    heads.PASS,
    joins.PASS,
    spaces.PASS,
    # Spaces beside marks go before marks are judged, and again beside those that became full-width.
    mark_spaces.PASS,
    wished.PASS,
    brackets.PASS,
    quotes.PASS,
    stops.PASS,
    marks.PASS,
    dashes.PASS,
    mark_spaces.PASS,
    backs.PASS,
    articles.PASS,
    parts.PASS,
    run_ins.PASS,
    overrides.PASS,
)
"""The passes in the order in which they run."""


def repair(document: Document, *, options: Options | None = None) -> Checked[Document]:
    """A document put through every pass, with what was found and what was changed.

    No hanzi, letter or figure is altered, apart from the encoding forms that E-KANGXI, E-FWALNUM and E-LIG fold.
    """
    options = (options or Options()).with_settings(document.metadata.settings)
    findings: list[Diagnostic] = []
    changes: list[Change] = []
    sheet = Sheet(document)
    again = any(
        block.joined for article in document.articles for block in article.blocks if isinstance(block, Paragraph)
    )
    # A long text makes hundreds of thousands of records and no cycles: the collector would only walk over them.
    collecting = gc.isenabled()
    gc.disable()
    try:
        for step in PASSES:
            if (step.once and again) or not step.needed(sheet.text):
                continue
            checked = step.run(sheet, options)
            findings.extend(checked.findings)
            changes.extend(checked.changes)
            sheet = sheet.successor(checked.value)
    finally:
        if collecting:
            gc.enable()
    return Checked(sheet.document, tuple(findings), tuple(changes))
