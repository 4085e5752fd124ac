"""Where stretches that hold blank lines end: code fences, fenced divs, comments, scripts.

Each function is given lines without the indent of what holds them; the first is the opening one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

CODE_OPENER = re.compile(r" {0,3}(?:(`{3,})[^`\n]*|(~{3,})[^\n]*)$")
DIV_OPENER = re.compile(r":{3,}[ \t]*[^\s:][^\n]*$")
DIV_CLOSER = re.compile(r" {0,3}:{3,}[ \t]*$")
RAW_OPENER = re.compile(r"<(?:!--|(script|style)(?=[\s>/]|$))", re.IGNORECASE)


def code_end(lines: Sequence[str], start: int = 0) -> int | None:
    """The line that closes the code fence of line `start`; None where none does."""
    opener = CODE_OPENER.match(lines[start])
    mark = (opener[1] or opener[2]) if opener else "```"
    closer = re.compile(rf" {{0,3}}{mark[0]}{{{len(mark)},}}[ \t]*$")
    return next((index for index in range(start + 1, len(lines)) if closer.match(lines[index])), None)


def div_end(lines: Sequence[str]) -> int | None:
    """The line that closes a div; divs and code inside it are passed over. None where none does."""
    depth, index = 0, 0
    # Length from which on a fence of a character is known to stay open.
    open_lengths = {"`": 1 << 30, "~": 1 << 30}
    while index < len(lines):
        line = lines[index]
        if code := CODE_OPENER.match(line):
            mark = code[1] or code[2]
            if len(mark) < open_lengths[mark[0]]:
                end = code_end(lines, index)
                if end is not None:
                    index = end + 1
                    continue
                open_lengths[mark[0]] = len(mark)
        elif DIV_CLOSER.match(line):
            depth -= 1
            if depth == 0:
                return index
        elif DIV_OPENER.match(line.lstrip(" ")):
            depth += 1
        index += 1
    return None


def raw_end(lines: Sequence[str]) -> int | None:
    """The line in which a comment, script or style ends; None where it does not."""
    opener = RAW_OPENER.match(lines[0].lstrip(" "))
    if opener is None:
        return None
    if opener[1] is None:
        # "<!-->" is a whole comment, so the opening's own hyphens may close it.
        first = lines[0][lines[0].find("<!--") + 2 :]
        return 0 if "-->" in first else next((row for row in range(1, len(lines)) if "-->" in lines[row]), None)
    closing = f"</{opener[1].lower()}"
    return next((index for index, line in enumerate(lines) if closing in line.lower()), None)
