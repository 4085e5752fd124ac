"""Where stretches that hold blank lines end: code fences, fenced divs, comments, scripts.

Each function is given lines without the indent of what holds them; the first is the opening one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from converters.model.patterns import compiled

CODE_OPENER = compiled(r" {0,3}(?:(`{3,})[^`\n]*|(~{3,})[^\n]*)$")
DIV_OPENER = compiled(r":{3,}[ \t]*[^\s:][^\n]*$")
DIV_CLOSER = compiled(r" {0,3}:{3,}[ \t]*$")
RAW_OPENER = compiled(r"<(?:!--|(script|style)(?=[\s>/]|$))", re.IGNORECASE)


class Lines:
    """Lines that are looked at one after the other; `line(number)` gives one, None behind the last."""

    __slots__ = ("_line", "_seen")

    def __init__(self, line: Callable[[int], str | None]) -> None:
        self._line = line
        self._seen: list[str] = []

    def get(self, number: int) -> str | None:
        """The line of a number, counted from 0."""
        seen = self._seen
        while len(seen) <= number:
            line = self._line(len(seen))
            if line is None:
                return None
            seen.append(line)
        return seen[number]

    def find(self, start: int, ends: Callable[[str], object]) -> int | None:
        """The first line from `start` on for which `ends` holds."""
        while (line := self.get(start)) is not None:
            if ends(line):
                return start
            start += 1
        return None


def text_lines(text: str, start: int) -> Lines:
    """The lines of a text from an offset on."""
    position = start

    def line(_number: int) -> str | None:
        nonlocal position
        if position > len(text):
            return None
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        begin, position = position, end + 1
        return text[begin:end]

    return Lines(line)


def code_end(lines: Lines, start: int = 0) -> int | None:
    """The line that closes the code fence of line `start`; None where none does."""
    opener = CODE_OPENER.match(lines.get(start) or "")
    mark = (opener[1] or opener[2]) if opener else "```"
    return lines.find(start + 1, compiled(rf" {{0,3}}{mark[0]}{{{len(mark)},}}[ \t]*$").match)


def div_end(lines: Lines) -> int | None:
    """The line that closes a div; divs and code inside it are passed over. None where none does."""
    depth, index = 0, 0
    # Length from which on a fence of a character is known to stay open.
    open_lengths = {"`": 1 << 30, "~": 1 << 30}
    while (line := lines.get(index)) is not None:
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


def raw_end(lines: Lines) -> int | None:
    """The line in which a comment, script or style ends; None where it does not."""
    first = (lines.get(0) or "").lstrip(" ")
    opener = RAW_OPENER.match(first)
    if opener is None:
        return None
    if opener[1] is None:
        # "<!-->" is a whole comment, so the opening's own hyphens may close it.
        return 0 if "-->" in first[2:] else lines.find(1, lambda line: "-->" in line)
    closing = f"</{opener[1].lower()}"
    return lines.find(0, lambda line: closing in line.lower())
