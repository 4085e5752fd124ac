"""Text without its white space, and the places where white space matters: between two Latin (or Korean) words."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

# Characters that only steer line breaking: ZERO WIDTH SPACE, WORD JOINER, ZERO WIDTH NO-BREAK SPACE, SOFT HYPHEN.
INVISIBLE = "\u200b\u2060\ufeff\u00ad"
_DROP_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))


class Ink(NamedTuple):
    """Characters without white space.

    `starts` is, for each stretch given, the number of characters before it. `spaces` are the offsets at which a space
    parts two words; at the offsets in `free` a line or a paragraph begins, and it does not matter there.
    """

    text: str
    starts: list[int]
    spaces: set[int]
    free: set[int]


def visible(text: str) -> str:
    """The text without characters that only steer line breaking."""
    if any(character in text for character in INVISIBLE):
        return text.translate(_DROP_INVISIBLE)
    return text


def without_space(text: str) -> str:
    """The text without any white space."""
    return "".join(text.split())


def ink_of(stretches: Iterable[tuple[str, bool]]) -> Ink:
    """Put stretches of (text, glued to the stretch before) together."""
    out: list[str] = []
    starts: list[int] = []
    spaces: set[int] = set()
    free: set[int] = set()
    total = 0
    open_space = open_line = False
    last = ""
    for text, glued in stretches:
        text = visible(text)
        starts.append(total)
        words = text.split()
        if not words:
            open_space = open_space or bool(text)
            open_line = open_line or "\n" in text
            if not glued:
                free.add(total)
            continue
        if not glued or open_line:
            free.add(total)
        elif (open_space or text[0].isspace()) and _in_word(last) and _in_word(words[0][0]):
            spaces.add(total)
        if len(words) == 1:
            ink = words[0]
        else:
            ink = "".join(words)
            _inner(text, words, total, spaces, free)
        out.append(ink)
        last = ink[-1]
        total += len(ink)
        open_space = text[-1].isspace()
        open_line = "\n" in text[len(text.rstrip()) :]
    free.add(total)
    return Ink("".join(out), starts, spaces, free)


def _inner(text: str, words: list[str], total: int, spaces: set[int], free: set[int]) -> None:
    """The spaces inside one stretch; a line end inside it means nothing."""
    if "\n" in text:
        position = total
        for line in text.split("\n"):
            free.add(position)
            parts = line.split()
            if len(parts) > 1:
                _spaces(parts, position, spaces)
            position += sum(map(len, parts))
    else:
        _spaces(words, total, spaces)


def _spaces(words: list[str], position: int, spaces: set[int]) -> None:
    for before, after in itertools.pairwise(words):
        position += len(before)
        if _in_word(before[-1]) and _in_word(after[0]):
            spaces.add(position)


def _in_word(character: str) -> bool:
    """Whether it stands in words that spaces part: ASCII, European scripts, Korean; not the Chinese middle dot."""
    return (
        "!" <= character <= "~"
        or ("\u00a1" <= character <= "\u10ff" and character != "\u00b7")
        or "\u1200" <= character <= "\u1fff"
        or "\uac00" <= character <= "\ud7af"
    )
