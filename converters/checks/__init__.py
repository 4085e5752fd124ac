"""Check: a proof-reader's eye goes over the mended text and reports what only a person may decide."""

from __future__ import annotations

from dataclasses import dataclass

from converters.diagnostics import Diagnostic
from converters.model.document import Document

__all__ = ["CheckOptions", "check"]


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """Which rules run: only those in `select` (where it is not empty), less those in `ignore`.

    A name is a code ("Q-PAIR"), a family ("Q") or "all".
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def runs(self, code: str, default: bool = True) -> bool:
        """Whether the rule with this code runs."""
        if code in self.ignore or (_names(self.ignore, code) and code not in self.select):
            return False
        return _names(self.select, code) if self.select else default


def _names(names: frozenset[str], code: str) -> bool:
    return bool(names) and (code in names or code.partition("-")[0] in names or "all" in names)


def check(document: Document, *, options: CheckOptions | None = None) -> tuple[Diagnostic, ...]:
    """Every finding of the rules that run, in the order of the text."""
    from .registry import rules
    from .view import View

    options = options or CheckOptions()
    view = View(document)
    found = [
        diagnostic
        for code, rule in rules().items()
        if options.runs(code, rule.default)
        for diagnostic in rule.run(view)
    ]
    found.sort(key=lambda diagnostic: diagnostic.span.start if diagnostic.span else -1)
    return tuple(found)
