"""Comments in the source that excuse one place from one rule, with a reason.

    <!-- jianbao: allow N-DATE as printed on the seal -->

The excuse covers the block that follows the comment, or the block that holds it. Checks leave out what it excuses;
repair joins nothing there (R-JOIN), makes no heading of it (R-HEAD, R-RUNIN), and leaves a marked heading its level
(R-ARTICLE).
"""

from __future__ import annotations

from converters.diagnostics import Diagnostic, Span
from converters.records import dataclass

from .document import Document
from .patterns import compiled
from .walk import blocks_within


@dataclass(frozen=True, slots=True)
class Excuse:
    """Rules that are excused in a stretch of a source, and why."""

    rules: frozenset[str]
    reason: str
    covers: Span
    comment: Span

    def excuses(self, finding: Diagnostic) -> bool:
        """Whether a finding is of an excused rule and in the stretch."""
        return self.names(finding.rule) and finding.span is not None and self.holds(finding.span)

    def names(self, rule: str) -> bool:
        """Whether a rule, or its family, is excused."""
        return rule in self.rules or rule.partition("-")[0] in self.rules

    def holds(self, span: Span) -> bool:
        """Whether a place is in the stretch."""
        covers = self.covers
        return span.source == covers.source and covers.start <= span.start < max(covers.end, covers.start + 1)


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
    """The innermost block that holds a comment, or what follows it there."""
    own = [span for span in spans if span.source == comment.source]
    holder = next((span for span in reversed(own) if span.start <= comment.start and comment.end <= span.end), None)
    following = next((span for span in own if span.start >= comment.end), None)
    if following is not None and (holder is None or following.end <= holder.end):
        return Span(comment.source, comment.start, following.end)
    return holder or comment


class Excused:
    """Whether a place of a document is excused from one rule, with a reason."""

    __slots__ = ("_made",)

    def __init__(self, document: Document, rule: str) -> None:
        made = excuses(document) if document.comments else ()
        self._made = [one for one in made if one.reason and one.names(rule)]

    def __call__(self, span: Span | None) -> bool:
        """Whether the rule has nothing to say of what stands in a stretch."""
        return bool(self._made) and span is not None and any(one.holds(span) for one in self._made)
