"""Check: a proof-reader's eye goes over the mended text and reports what only a person may decide."""

from __future__ import annotations

from dataclasses import field, replace

from converters.diagnostics import Diagnostic, Severity
from converters.model.document import Document
from converters.records import collector_off, dataclass

from .words import WordList

__all__ = ["CheckOptions", "WordList", "check"]

_LEVELS = {"info": Severity.INFO, "warning": Severity.WARNING, "error": Severity.ERROR}


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """Which rules run: only those in `select` (where it is not empty), less those in `ignore`.

    A name is a code ("Q-PAIR"), a family ("Q") or "all". `settings` are pairs of a name and "on", "off" or a level
    ("info", "warning", "error"), as a style sheet's [check] table or front matter have them; `select` and `ignore`
    win over them. `words` are the user's own.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    settings: tuple[tuple[str, str], ...] = ()
    words: WordList = field(default_factory=WordList)

    def runs(self, code: str, default: bool = True) -> bool:
        """Whether the rule with this code runs."""
        if code in self.ignore or (_names(self.ignore, code) and code not in self.select):
            return False
        if self.select:
            return _names(self.select, code)
        said = self.said(code)
        return default if not said else said != "off"

    def said(self, code: str) -> str:
        """The setting for a rule: its own before its family's, a later before an earlier; "" for none."""
        own = family = ""
        for name, setting in self.settings:
            word = setting.strip().lower()
            if name == code:
                own = word
            elif name == code.partition("-")[0] or name == "all":
                family = word
        return own or family


def _names(names: frozenset[str], code: str) -> bool:
    return bool(names) and (code in names or code.partition("-")[0] in names or "all" in names)


def check(document: Document, *, options: CheckOptions | None = None) -> tuple[Diagnostic, ...]:
    """Every finding of the rules that run, in the order of the text, less those that a comment excuses."""
    from .excuses import excuse
    from .registry import rules
    from .view import stretches

    options = options or CheckOptions()
    options = replace(options, settings=(*options.settings, *document.metadata.settings))
    lang = document.metadata.lang.lower()
    found: list[Diagnostic] = []
    with collector_off():
        running = [
            (rule, _LEVELS.get(options.said(code)))
            for code, rule in rules().items()
            if (not rule.langs or lang in rule.langs or lang.startswith(tuple(f"{tag}-" for tag in rule.langs)))
            and options.runs(code, rule.default)
        ]
        for view in stretches(document, options.words):
            for rule, level in running:
                made = rule.run(view)
                found.extend(made if level is None else (replace(one, severity=level) for one in made))
    found.sort(key=lambda diagnostic: diagnostic.span.start if diagnostic.span else -1)
    return excuse(document, found)
