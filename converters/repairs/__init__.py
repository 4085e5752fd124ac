"""Repair: damaged text comes out right, no word of it altered, every change on record."""

from __future__ import annotations

from itertools import chain, groupby

from converters.diagnostics import Changes, Checked, Diagnostic, Record
from converters.model.blocks import Paragraph
from converters.model.document import Document
from converters.model.sheet import Sheet
from converters.records import collector_off

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
from .rule import Class, LinePass, Options, Pass, Rule
from .stretches import Stretch, stretches, together

__all__ = ["PASSES", "Class", "LinePass", "Options", "Pass", "Rule", "repair"]

PASSES: tuple[Pass | LinePass, ...] = (
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
    changes: list[Record] = []
    again = any(
        block.joined for article in document.articles for block in article.blocks if isinstance(block, Paragraph)
    )
    with collector_off():
        for by_lines, group in groupby(PASSES, key=lambda step: isinstance(step, LinePass)):
            if by_lines:
                steps = [step for step in group if isinstance(step, LinePass)]
                checked = _line_by_line(document, steps, options)
                document = checked.value
                findings += checked.findings
                changes += checked.changes.records
                continue
            for step in group:
                if isinstance(step, Pass) and not (step.once and again):
                    checked = step.run(document, options)
                    document = checked.value
                    findings += checked.findings
                    changes += checked.changes.records
    return Checked(document, tuple(findings), Changes(changes))


def _line_by_line(document: Document, steps: list[LinePass], options: Options) -> Checked[Document]:
    """A document put through passes that look at lines, stretch by stretch; the records are in the passes' order."""
    findings: list[list[Diagnostic]] = [[] for _ in steps]
    changes: list[list[Record]] = [[] for _ in steps]
    mended: list[tuple[Stretch, Document]] = []
    for stretch in stretches(document):
        sheet = Sheet(stretch.document)
        for step, found, made in zip(steps, findings, changes, strict=True):
            if step.needed(sheet):
                checked = step.run(sheet, options)
                found += checked.findings
                made += checked.changes.records
                sheet = checked.value
        mended.append((stretch, sheet.document))
    return Checked(
        together(document, mended), tuple(chain.from_iterable(findings)), Changes(chain.from_iterable(changes))
    )
