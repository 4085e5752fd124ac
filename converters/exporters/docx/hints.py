"""Which marks are Chinese and which are Latin: “ ” ‘ ’ … — · and the symbols that both scripts use.

Word draws such a character in the Latin face unless its run carries w:hint="eastAsia" (ECMA-376 part 1,
17.3.2.26). The answer is found from what stands around the mark, so a quotation in English keeps English quotes.
"""

from __future__ import annotations

from converters.model.patterns import compiled

from .grid import WIDE

# General punctuation to miscellaneous symbols, and the few of Latin-1 that GB 2312 has.
AMBIGUOUS = compiled("[§¨°±·×÷\u2010-\u2bff]")
_LETTER = compiled("[A-Za-z\u00c0-\u024f\u0370-\u04ff]")
_PAIRS = {"”": "“", "’": "‘"}


def plain_answer(text: str) -> bool | None:
    """Whether the ambiguous marks of a line are Chinese; None where only `answers` can tell."""
    if _LETTER.search(text) is None:
        return WIDE.search(text) is not None
    return None if WIDE.search(text) is not None else False


def answers(text: str) -> list[bool]:
    """For each character of a line: is it a mark that should be drawn as Chinese? (False for all others.)"""
    default = len(WIDE.findall(text)) >= len(_LETTER.findall(text))
    result = [False] * len(text)
    opened: list[tuple[str, int]] = []
    for index, char in enumerate(text):
        if AMBIGUOUS.match(char) is None:
            continue
        result[index] = _beside_hanzi(text, index, index, default)
        if char in _PAIRS.values():
            opened.append((char, index))
        elif char in _PAIRS:
            while opened and opened[-1][0] != _PAIRS[char]:
                opened.pop()
            if opened:
                start = opened.pop()[1]
                inside = WIDE.search(text, start, index) is not None
                result[start] = result[index] = inside or _beside_hanzi(text, start, index, default)
    return result


def _beside_hanzi(text: str, start: int, end: int, default: bool) -> bool:
    """Whether a hanzi or a Chinese mark is the nearest neighbour of a stretch (its last character included)."""
    before, after = _neighbour(text, start - 1, -1), _neighbour(text, end + 1, 1)
    if WIDE.match(before) or WIDE.match(after):
        return True
    if _LETTER.match(before) or _LETTER.match(after):
        return False
    return default


def _neighbour(text: str, index: int, step: int) -> str:
    while 0 <= index < len(text):
        if text[index] not in " \u00a0\t" and AMBIGUOUS.match(text[index]) is None:
            return text[index]
        index += step
    return ""
