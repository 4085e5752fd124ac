"""What is excused is no finding."""

from __future__ import annotations

from collections.abc import Iterable

from converters.diagnostics import Diagnostic, Severity
from converters.model.document import Document
from converters.model.excuses import excuses


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
