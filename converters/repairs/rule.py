"""What a repair rule is, what a pass is, and which of them run."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import TypeAlias

from converters.diagnostics import Checked, Record
from converters.model.document import Article, Document
from converters.model.sheet import Sheet
from converters.records import dataclass


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

    def with_settings(self, settings: tuple[tuple[str, str], ...]) -> Options:
        """These options after what front matter says of rules: pairs of a name and "fix", "on", "no-fix" or "off".

        What was asked for on the command line wins.
        """
        fix = {name for name, said in settings if said in ("fix", "on") and name not in self.no_fix}
        no_fix = {name for name, said in settings if said in ("no-fix", "off") and name not in self.fix}
        return Options(self.fix | fix, self.no_fix | no_fix) if fix or no_fix else self


def _names(names: frozenset[str], code: str) -> bool:
    return bool(names) and (code in names or code.partition("-")[0] in names or "all" in names)


@dataclass(frozen=True, slots=True)
class Pass:
    """One step of repair over the blocks of a document: idempotent.

    A pass that runs `once` weighs the lines as the source tore them, and is left out where an earlier repair has put
    paragraphs together.
    """

    name: str
    rules: tuple[Rule, ...]
    run: Callable[[Document, Options], Checked[Document]]
    once: bool = False


ArticleStep: TypeAlias = Callable[[Article, list[Record]], tuple[Article, ...]]
"""What mends an article and adds its records to a list; it gives the article, or those that it was cut into."""


@dataclass(frozen=True, slots=True)
class ArticlePass:
    """One step of repair over the blocks of one article of a document that is divided: idempotent.

    `prepare` is given the document, of which it may keep no article; it says None where the pass is not to run.
    """

    name: str
    rules: tuple[Rule, ...]
    prepare: Callable[[Document, Options], ArticleStep | None]


@dataclass(frozen=True, slots=True)
class LinePass:
    """One step of repair that looks at each line by itself: idempotent, over one stretch of a document at a time.

    The pass has nothing to do unless the stretch has one of `chars` or `words`, or, where it is `odd`, a character
    that most Chinese texts do without; one without any of the three always runs.
    """

    name: str
    rules: tuple[Rule, ...]
    run: Callable[[Sheet, Options], Checked[Sheet]]
    chars: str = ""
    words: tuple[str, ...] = ()
    odd: bool = False

    def needed(self, sheet: Sheet) -> bool:
        """Whether the pass may find something on a sheet."""
        text = sheet.text
        return (
            not (self.chars or self.words or self.odd)
            or any(char in text for char in self.chars)
            or any(word in text for word in self.words)
            or (self.odd and sheet.odd)
        )
