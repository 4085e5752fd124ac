"""What a repair rule is, what a pass is, and which of them run."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass

from converters.diagnostics import Checked
from converters.model.document import Document
from converters.model.sheet import Sheet


class Class(enum.Enum):
    """How a rule acts: AUTO mends by default, OPT only when it is named, REPORT never."""

    AUTO = "auto"
    OPT = "opt"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of repair: its code, a title that names the fault, its class and its manual page."""

    code: str
    title: str
    group: Class
    page: str


@dataclass(frozen=True, slots=True)
class Options:
    """Which rules run: `fix` adds rules of class OPT, `no_fix` takes rules away.

    A name is a code ("P-TILDE"), a family ("P") or "all".
    """

    fix: frozenset[str] = frozenset()
    no_fix: frozenset[str] = frozenset()

    def runs(self, rule: Rule) -> bool:
        """Whether a rule may change text; a name in `no_fix` wins over the same name in `fix`."""
        if rule.group is Class.REPORT:
            return False
        if _names(self.no_fix, rule.code):
            return rule.code in self.fix and rule.code not in self.no_fix
        return rule.group is Class.AUTO or _names(self.fix, rule.code)


def _names(names: frozenset[str], code: str) -> bool:
    return bool(names) and (code in names or code.partition("-")[0] in names or "all" in names)


@dataclass(frozen=True, slots=True)
class Pass:
    """One step of repair: idempotent, a function from a sheet to a document with findings and changes.

    `needs` is a pattern without which in the text the pass has nothing to do ("" if there is none).
    """

    name: str
    rules: tuple[Rule, ...]
    run: Callable[[Sheet, Options], Checked[Document]]
    needs: str = ""

    def __call__(self, document: Document, options: Options | None = None) -> Checked[Document]:
        """The pass alone, over a document."""
        return self.run(Sheet(document), options or Options())
