"""Repair: damaged text comes out right, no word of it altered, every change on record."""

from __future__ import annotations

import operator
from dataclasses import replace
from itertools import chain, groupby

from converters.diagnostics import Changes, Checked, Diagnostic, Record
from converters.model.blocks import Paragraph
from converters.model.document import Article, Document
from converters.model.patterns import compiled
from converters.model.sheet import ODD
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
    soft_lines,
    spaces,
    stops,
    wished,
    wraps,
)
from .by_lines import line_by_line
from .rule import ArticlePass, ArticleStep, Class, LinePass, Options, Pass, Rule

__all__ = ["PASSES", "ArticlePass", "Class", "LinePass", "Options", "Pass", "Rule", "repair"]

PASSES: tuple[Pass | LinePass | ArticlePass, ...] = (
    controls.PASS,
    forms.PASS,
    indents.PASS,
    furniture.PASS,
    wraps.PASS,
    soft_lines.PASS,
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
    given = document
    with collector_off():
        odd = _may_be_odd(document)
        for kind, group in groupby(PASSES, key=type):
            if kind is LinePass:
                steps = [step for step in group if isinstance(step, LinePass)]
                if not odd and all(step.odd and not step.chars for step in steps):
                    continue
                checked, odd = line_by_line(document, steps, options, odd=odd)
                document = checked.value
                findings += checked.findings
                changes += checked.changes.records
                del checked
            elif kind is ArticlePass:
                prepared = [step.prepare(document, options) for step in group if isinstance(step, ArticlePass)]
                # What an article was is let go as soon as what becomes of it is there.
                waiting, document = list(reversed(document.articles)), replace(document, articles=())
                done, records = _by_articles(waiting, [step for step in prepared if step is not None])
                document = replace(document, articles=done)
                changes += records
            else:
                for step in group:
                    if isinstance(step, Pass) and not (step.once and again):
                        checked = step.run(document, options)
                        document = checked.value
                        findings += checked.findings
                        changes += checked.changes.records
                        del checked
    if replace(document, articles=()) == replace(given, articles=()) and _same(document.articles, given.articles):
        document = given
    return Checked(document, tuple(findings), Changes(changes))


def _same(some: tuple[Article, ...], others: tuple[Article, ...]) -> bool:
    return len(some) == len(others) and all(map(operator.is_, some, others))


def _by_articles(waiting: list[Article], steps: list[ArticleStep]) -> tuple[tuple[Article, ...], list[Record]]:
    """Articles (the first is the last of the list, which is emptied) put through passes, each through all of them.

    The records are in the passes' order.
    """
    done: list[Article] = []
    changes: list[list[Record]] = [[] for _ in steps]
    while waiting:
        pieces: tuple[Article, ...] = (waiting.pop(),)
        for step, made in zip(steps, changes, strict=True):
            pieces = tuple(chain.from_iterable([step(piece, made) for piece in pieces]))
        done += pieces
    return tuple(done), list(chain.from_iterable(changes))


def _may_be_odd(document: Document) -> bool:
    """Whether a document may hold what most Chinese texts do without (Sheet.odd).

    Its sources tell, unless characters were named in them (&nbsp;) or there are none.
    """
    texts = [source.text for source in document.sources]
    return not texts or any("&" in text or compiled(ODD).search(text) is not None for text in texts)
