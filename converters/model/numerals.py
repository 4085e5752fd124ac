"""Numbers in hanzi and numbers that open a block: what repairs and checks both read."""

from __future__ import annotations

from typing import NamedTuple

from .patterns import compiled

NUMERAL = "一二三四五六七八九十百"
_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九", 1)} | {"〇": 0, "零": 0}


class Numbered(NamedTuple):
    """A number that opens a block: its level (1–5), its value and the length of the mark."""

    level: int
    value: int
    length: int


def numeral(text: str) -> int:
    """The value of a number in hanzi below 1000 or in figures; 0 where it is none."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char == "十":
            total += (digit or 1) * 10
            digit = 0
        elif char == "百":
            total += (digit or 1) * 100
            digit = 0
        else:
            return 0
    return total + digit


def in_hanzi(value: int) -> str:
    """A number from 1 to 999 in hanzi, as the parts of a regulation are numbered: 十二, 一百零三."""
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    digits = "零一二三四五六七八九"
    words = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + (digits[ones] if ones else "")


def numbered(text: str) -> Numbered | None:
    """The number that opens a block, by the five levels of official documents (GB/T 9704-2012, 7.3.3)."""
    if not text or text[0] not in "一二三四五六七八九十百（(0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
        return None
    match = compiled(
        rf"(?:([{NUMERAL}]{{1,4}})\s*、|[（(]\s*(?:([{NUMERAL}]{{1,3}})|(\d{{1,2}}))\s*[)）]\s*、?"
        r"|(\d{1,2})[.．](?!\d)|([①-⑳])\s*、?)\s*(?=\S)"
    ).match(text)
    if match is None:
        return None
    for level, group in ((1, 1), (2, 2), (4, 3), (3, 4)):
        if match[group]:
            return Numbered(level, numeral(match[group]), match.end())
    return Numbered(5, ord(match[5]) - ord("①") + 1, match.end())
