"""Which lines of a text that a fixed width has cut are lines of their own: titles, and rows of a signature."""

from __future__ import annotations

from .characters import CLOSERS
from .numerals import numbered
from .patterns import compiled

STOPS = "。！？…；：.!?;:”’）》」』】)"
"""Marks with which a line may end that its author ended."""
# What a line ends with before a title or a row; before a number, what a list is announced with too.
_ENDS = "。！？!?"
_ANNOUNCES = "…：；:;"


def is_own(line: str, following: str, width: int) -> bool:
    """Whether a line is too short for the width that cut its text, and has no stop at its end.

    The width is in half characters. Every character counts as if it were full-width, since a text may be cut at so
    many characters; a word that begins the line after this one may have been too long for it.
    """
    line = line.strip()
    word = compiled("[!-~]+").match(following.strip())
    if not line or 2 * (len(line) + (len(word[0]) if word is not None else 0)) >= width:
        return False
    return line[-1] not in STOPS + ",，、" or (line[-1] in "？！?!" and numbered(line) is not None)


def has_ended(last: str, line: str) -> bool:
    """Whether the text of the line before has come to its end where this one would be a line of its own."""
    end = last.rstrip(CLOSERS + "\"' \t\u3000)")[-1:]
    return bool(end) and end in (_ENDS + _ANNOUNCES if numbered(line.strip()) is not None else _ENDS)
