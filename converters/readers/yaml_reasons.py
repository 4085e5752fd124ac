"""What is wrong with a YAML text, in words that an author understands: the parser speaks of tokens and nodes."""

from __future__ import annotations

import re

# What the parsers say (libyaml, and PyYAML's own), and what it means; the first that is found in it counts.
_REASONS = (
    (r"control characters|unacceptable character|UTF", "there is a control character in it"),
    (r"[,'\"] or '?\]", "a list that begins with [ is not closed"),
    (r"[,'\"] or '?\}", "a group that begins with { is not closed"),
    (r"end of stream", "a quotation mark or a bracket is not closed"),
    (r"tab character", "a tab stands where only spaces may"),
    (r"cannot start any token", "a value begins with a mark that must stand between quotation marks"),
    (r"mapping values are not allowed", "a second colon in a value, or a key that is indented too far"),
    (r"mapping keys are not allowed", "a question mark where no key may begin"),
    (r"sequence entries are not allowed", "a hyphen where no list may begin"),
    (r"alphabetic or numeric character|alphanumeric", "a value begins with * or &; put it between quotation marks"),
    (r"escape (?:character|code)|decimal number|unicode",
     "a backslash between double quotation marks means nothing here; write two of them"),
    (r"comment or line break|indentation indicator", "something stands behind | or > that does not belong there"),
    (r"document indicator|<document start>|document", "there is more than one document in it"),
    (r"expected key|block end|'-' indicator|node content", "a line is not indented as its neighbours are"),
    (r"expected ':'", "a key has no colon behind it"),
    (r"unexpected ':'", "a colon stands where none may"),
    (r"tag|directive|version|'!'|'>'|URI", "a value begins with ! or %; put it between quotation marks"),
)  # fmt: skip
UNKNOWN_REASON = "it is not YAML"
# Found out at the end of the text, or of the line: what is to be mended stands where it began.
FROM_ITS_BEGINNING = frozenset(
    (
        "a list that begins with [ is not closed", "a group that begins with { is not closed",
        "a quotation mark or a bracket is not closed", "a key has no colon behind it",
    )
)  # fmt: skip
CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]"


def reason_of(problem: str) -> str:
    """A parser's complaint as a message of the program; what is not known is told in general."""
    return next((reason for words, reason in _REASONS if re.search(words, problem, re.IGNORECASE)), UNKNOWN_REASON)


REASONS = (*(reason for _, reason in _REASONS), UNKNOWN_REASON)
"""Every reason that may be given."""
