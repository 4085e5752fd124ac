"""The manual pages of the repair rules."""

from __future__ import annotations

from . import PASSES
from .rule import Class, Rule

# Rules that act before a document is there, or under another code.
_ELSEWHERE = (
    Rule(
        "E-DEC",
        "Encoding of the source",
        Class.AUTO,
        """\
Finds the encoding: byte order mark, strict UTF-8, UTF-16 with and without a mark, then a guess over the whole file.

GBK, GB2312 and CP936 are read as GB18030, which contains them; Big5 as Big5-HKSCS. A file that cannot be decoded
strictly is refused: nothing is left out or replaced. The reader shows its choice, and how sure it is.
""",
    ),
    Rule(
        "P-DUP",
        "Marks doubled, or in conflict",
        Class.REPORT,
        """\
Reported by check as Q-DUP: see jianbao explain Q-DUP.
""",
    ),
    Rule(
        "P-PAIR",
        "Marks without a partner",
        Class.REPORT,
        """\
Reported by check as Q-PAIR: see jianbao explain Q-PAIR.
""",
    ),
)
_CLASSES = {
    Class.AUTO: "applied by default",
    Class.OPT: "applied when named in --fix",
    Class.REPORT: "reported, never applied",
}


def rules() -> dict[str, Rule]:
    """Every repair rule by its code, in the order of the passes."""
    return {rule.code: rule for rule in (*_ELSEWHERE, *(rule for step in PASSES for rule in step.rules))}


def explain(code: str) -> str:
    """A rule's manual page: code, title, class, then what, why, example, mend and standard. Raises KeyError."""
    rule = rules()[code.upper()]
    return f"{rule.code}: {rule.title} ({_CLASSES[rule.group]})\n\n{rule.page}"
