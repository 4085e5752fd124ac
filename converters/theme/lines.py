"""Where a key stands in a TOML text: the parser does not say, so the lines are read again when a fault is found."""

from __future__ import annotations

import re

_TABLE = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PLACE = re.compile(r"(.*?)\s*\(at (?:line (\d+), column \d+|end of document)\)")


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


def place_of_toml_error(message: str) -> tuple[int, str]:
    """Line (0 where it is the end) and reason in a message of the TOML parser."""
    match = _PLACE.fullmatch(message)
    if match is None:
        return 0, message
    return int(match[2] or 0), match[1][:1].lower() + match[1][1:]


def _plain(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))
