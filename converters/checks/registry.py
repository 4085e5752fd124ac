"""The rules of check: how one is declared, which there are, and their manual pages."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterable

from converters.diagnostics import Diagnostic, Severity
from converters.records import dataclass

from .view import View

MODULES = (
    "numbering",
    "documents",
    "addressees",
    "dates",
    "figures",
    "approximations",
    "percentages",
    "pairs",
    "quoting",
    "marks",
    "points",
    "names",
    "wording",
    "confusions",
    "layout",
)
"""The modules that hold rules, in the order in which findings are made."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One check: `run` yields its findings; its docstring is the manual page.

    `default` says whether it runs without being selected, `langs` for texts of which languages: beginnings of
    language tags, () for all.
    """

    code: str
    severity: Severity
    title: str
    run: Callable[[View], Iterable[Diagnostic]]
    default: bool = True
    langs: tuple[str, ...] = ("zh",)

    @property
    def page(self) -> str:
        """The manual page."""
        return inspect.getdoc(self.run) or ""


_RULES: dict[str, Rule] = {}


def rule(
    code: str, severity: Severity, title: str, *, default: bool = True, langs: tuple[str, ...] = ("zh",)
) -> Callable[[Callable[[View], Iterable[Diagnostic]]], Callable[[View], Iterable[Diagnostic]]]:
    """Declares a function as the rule with this code."""

    def declare(function: Callable[[View], Iterable[Diagnostic]]) -> Callable[[View], Iterable[Diagnostic]]:
        _RULES[code] = Rule(code, severity, title, function, default, langs)
        return function

    return declare


def rules() -> dict[str, Rule]:
    """Every rule by its code."""
    for name in MODULES:
        importlib.import_module(f"{__package__}.{name}")
    return _RULES


def explain(code: str) -> str:
    """A rule's manual page: code, title, level, then what, why, example, mend and standard. Raises KeyError."""
    found = rules()[code.upper()]
    level = found.severity.name.lower()
    return f"{found.code}: {found.title} ({level}{'' if found.default else ', off unless selected'})\n\n{found.page}\n"
