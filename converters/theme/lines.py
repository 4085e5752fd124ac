"""Where a key stands in a TOML text: the parser does not say, so the lines are read again when a fault is found."""

from __future__ import annotations

import re

_TABLE = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PLACE = re.compile(r"(.*?)\s*\(at (?:line (\d+), column \d+|end of document)\)")
# What the parser says, and what it means; the first that is found in it counts.
_REASONS = (
    (r"newline or end of document", "something stands behind a value that does not belong there"),
    (r"invalid value", "a value is missing, or it is a text without quotation marks"),
    (r"unterminated string|expected [\"']{3}|expected '\"'", "a quotation mark is not closed"),
    (r"overwrite|mutate|redefine|duplicate|twice", "a key or a table stands there twice"),
    (r"expected '\]|unclosed array", "a [ is not closed"),
    (r"unclosed inline table", "a { is not closed"),
    (r"expected '='", "a key has no = behind it"),
    (
        r"initial character|invalid statement",
        "a key has other marks than letters, figures, - and _; put it in quotation marks",
    ),
    (r"backslash|unescaped|escaped|hex value|unicode", "a backslash in a text means nothing here; write two of them"),
    (r"illegal character|invalid character", "there is a control character or a line end where none may be"),
    (r"date|time", "this is no date"),
    (r"recursion|nested", "it is nested too deeply"),
)
UNKNOWN_REASON = "its form is wrong"
REASONS = (*(reason for _, reason in _REASONS), UNKNOWN_REASON)
"""Every reason that may be given."""


def find(text: str, path: str) -> int:
    """Line, from 1, on which the key at a path such as "page.rows" is set; that of its table else, or 0.

    Keys of inline tables are found on the line of the table.
    """
    best, best_length = 0, 0
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if (match := _TABLE.match(line)) and "=" not in line.partition("]")[0]:
            table = _plain(match[1])
            here = table
        elif match := _KEY.match(line):
            here = f"{table}.{_plain(match[1])}" if table else _plain(match[1])
        else:
            continue
        if (path == here or path.startswith(f"{here}.")) and len(here) > best_length:
            best, best_length = number, len(here)
    return best


def place_of_toml_error(message: str, text: str) -> tuple[int, str]:
    """Line, and reason in an author's words, of a complaint of the TOML parser about a text."""
    match = _PLACE.fullmatch(message)
    said = match[1] if match else message
    reason = next((reason for words, reason in _REASONS if re.search(words, said, re.IGNORECASE)), UNKNOWN_REASON)
    last = text.rstrip().count("\n") + 1
    return int(match[2]) if match and match[2] else last, reason


def _plain(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))
