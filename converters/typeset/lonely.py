"""孤字不成行: a last line of one hanzi, with or without marks, is pulled in or given company."""

from __future__ import annotations

from .boundaries import SOFT
from .galley import Galley
from .greedy import EPSILON, Break, previous_break, squeezable


def _is_hanzi(character: str) -> bool:
    """Hanzi or kana: what 孤字 speaks of. Symbols, hangul and letters do not count."""
    return character in "〆〇々" or (character.isalpha() and ("\u3041" <= character < "\uac00" or character > "\uf8ff"))


LONGEST = 12
"""No last line of one hanzi has more characters, its marks among them."""


def is_one_hanzi(text: str) -> bool:
    """Whether a last line holds one hanzi (or kana), and besides it marks and blanks alone."""
    if len(text) > LONGEST:
        return False
    letters = [character for character in text if character.isalnum()]
    return len(letters) == 1 and _is_hanzi(letters[0])


def is_lonely(galley: Galley, start: int, end: int) -> bool:
    """Whether text[start:end] holds one hanzi and besides it marks alone."""
    if end - start > LONGEST:
        return False
    table, text = galley.prepared.table, galley.text
    hanzi = 0
    for place in range(start, end):
        letter = table[ord(text[place])]
        if letter in "OCSFQXDETINLlpjms":
            continue
        if letter not in "HK" or not _is_hanzi(text[place]):
            return False
        hanzi += 1
    return hanzi == 1


def mend(galley: Galley, breaks: list[Break], measure: float, indent: float = 0.0) -> list[Break]:
    """Pull a lone last hanzi in by squeezing the line above; else send more of that line down to it."""
    if len(breaks) < 2 or galley.rules.words_only:
        return breaks
    size = galley.size
    last = breaks[-2].end
    if not is_lonely(galley, last, size):
        return breaks
    start = breaks[-3].end if len(breaks) > 2 else 0
    limit = galley.line_start(start) + (measure if start else measure - indent) + EPSILON
    if squeezable(galley, start, size, limit):
        return [*breaks[:-2], Break(size)]
    end = previous_break(galley, start, last, 0)
    while end is not None and is_lonely(galley, end, size):
        end = previous_break(galley, start, end, 0)
    if end is None:
        for allowed in range(1, SOFT + 1):
            end = previous_break(galley, start, last, allowed)
            if end is not None and not is_lonely(galley, end, size):
                break
            end = None
    if end is None or not squeezable(galley, end, size, galley.line_start(end) + measure + EPSILON):
        return breaks
    return [*breaks[:-2], Break(end), Break(size)]
