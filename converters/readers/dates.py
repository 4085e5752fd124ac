"""Dates as authors write them: 2023-11-27, 2023年11月27日, 二〇二三年十一月二十七日."""

from __future__ import annotations

import datetime
import re

_FIGURES = re.compile(
    r"(\d{4})\s*(?:[-/.．]|年|년)\s*(\d{1,2})\s*(?:[-/.．]|月|월)\s*(\d{1,2})\s*[日号號일]?(?:[T ].*)?"
)
_HANZI = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号號]"
)
_DIGITS = {char: digit for digit, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


def parse_date(text: str) -> datetime.date | None:
    """The date that a text is; None where it is none or where there is no such day."""
    bare = text.strip()
    try:
        if match := _FIGURES.fullmatch(bare):
            return datetime.date(int(match[1]), int(match[2]), int(match[3]))
        if match := _HANZI.fullmatch(re.sub(r"\s+", "", bare)):
            year = int("".join(str(_DIGITS[char]) for char in match[1]))
            return datetime.date(year, _count(match[2]), _count(match[3]))
    except ValueError:
        return None
    return None


def _count(hanzi: str) -> int:
    """A number below one hundred in hanzi; ValueError where it is none."""
    tens, ten, ones = hanzi.rpartition("十")
    if not ten:
        if len(hanzi) != 1:
            raise ValueError(hanzi)
        return _DIGITS[hanzi]
    if len(tens) > 1 or len(ones) > 1:
        raise ValueError(hanzi)
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
