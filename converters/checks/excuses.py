"""Comments in the source that excuse one place from one rule, with a reason.

    <!-- jianbao: allow N-DATE as printed on the seal -->

The excuse covers the block that follows the comment, or the block that holds it.
"""

from __future__ import annotations

from collections.abc import Iterable

from converters.diagnostics import Diagnostic, Severity, Span
from converters.model.document import Document
from converters.model.patterns import compiled
from converters.model.walk import blocks_within
from converters.records import dataclass


@dataclass(frozen=True, slots=True)
class Excuse:
    """Rules that are excused in a stretch of a source, and why."""

    rules: frozenset[str]
    reason: str
    covers: Span
    comment: Span

    def excuses(self, finding: Diagnostic) -> bool:
        """Whether a finding is of an excused rule and in the stretch."""
        span = finding.span
        return (
            span is not None
            and span.source == self.covers.source
            and self.covers.start <= span.start < max(self.covers.end, self.covers.start + 1)
            and (finding.rule in self.rules or finding.rule.partition("-")[0] in self.rules)
        )


def excuses(document: Document) -> tuple[Excuse, ...]:
    """The excuses that the comments of a document make; a comment that says something else is none."""
    found = []
    spans: list[Span] | None = None
    for comment in document.comments:
        match = compiled(r"\s*jianbao\s*:\s*allow\s+([A-Za-z][\w,\s-]*?)(?:\s*[:：]\s*|\s+(?![A-Z]+-)|\s*$)(.*)").match(
            comment.text.replace("\n", " ")
        )
        if match is None:
            continue
        rules = frozenset(code.upper() for code in compiled(r"[,\s]+").split(match[1]) if code)
        if spans is None:
            spans = _spans(document)
        found.append(Excuse(rules, match[2].strip(), _covered(comment.span, spans), comment.span))
    return tuple(found)


def _spans(document: Document) -> list[Span]:
    spans: list[Span] = []
    for article in document.articles:
        if article.span is not None:
            spans.append(article.span)
        if article.source is not None and article.source.span is not None:
            spans.append(article.source.span)
        for block in blocks_within((*article.editor_note, *article.blocks)):
            if block.span is not None:
                spans.append(block.span)
                spans.extend(getattr(block, "joined", ()))
    spans.sort(key=lambda span: span.start)
    return spans


def _covered(comment: Span, spans: list[Span]) -> Span:
    for span in spans:
        if span.source == comment.source and span.start <= comment.start and comment.end <= span.end:
            return span
    for span in spans:
        if span.source == comment.source and span.start >= comment.end:
            return Span(comment.source, comment.start, span.end)
    return comment


def excuse(document: Document, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings that no comment excuses; a comment without a reason is a finding of its own (M-ALLOW)."""
    made = excuses(document)
    if not made:
        return tuple(findings)
    kept = [finding for finding in findings if not any(one.reason and one.excuses(finding) for one in made)]
    kept.extend(
        Diagnostic(
            "M-ALLOW", Severity.WARNING, "an excuse for {rules} without a reason", one.comment,
            hint="say why after the rule", values=(("rules", ", ".join(sorted(one.rules))),),
        )
        for one in made if not one.reason
    )  # fmt: skip
    return tuple(kept)
