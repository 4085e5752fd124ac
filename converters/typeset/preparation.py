"""What follows from the rules alone, once for all paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import characters

if TYPE_CHECKING:
    from .rules import Rules

_MARKS = characters.OPENING + characters.CLOSING + characters.COMMAS + characters.FULL_STOPS + characters.EXCLAMATIONS
_COMBINING = "\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\u200d\u2060\u20d0-\u20ff\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
_HANZI = "〆〇㐀-䶿一-鿿豈-龎\U00020000-\U0003fffd"


class Preparation:
    """What follows from the rules alone: class table, patterns, blanks of the lone marks."""

    __slots__ = ("blanks", "lead", "level", "marks", "runs", "table", "trail", "zh")

    def __init__(self, rules: Rules) -> None:
        self.level = ("none", "basic", "gb", "strict").index(rules.level)
        family = rules.family
        self.zh = family in ("zh-Hans", "zh-Hant")
        kana = family == "ja" and rules.level == "strict"
        self.table = characters.class_table(kana, rules.words_only)
        marks = [mark for mark in _MARKS if advance(rules, mark) == 1.0]
        self.blanks = dict(rules.trims)
        self.marks = re.compile(f"[{_MARKS}{characters.INTERPUNCTS}]")
        self.lead: dict[str, float] = {}
        self.trail: dict[str, float] = {}
        for mark in marks:
            letter = self.table[ord(mark)]
            if letter == "O":
                self.lead[mark] = rules.trims.get(mark, 0.5)
            elif not rules.centred or letter == "C":
                self.trail[mark] = rules.trims.get(mark, 0.5)
        if rules.words_only:
            self.runs = re.compile(r".+", re.DOTALL)
            return
        letters = [chr(code) for code in (*range(0x3041, 0x3097), *range(0x30A1, 0x30FB), 0x30FC, 0x3005, 0x303B)]
        hanzi = _HANZI + "".join(letter for letter in letters if self.table[ord(letter)] == "H")
        simple = "".join(marks)
        self.runs = re.compile(f"(?:[^{hanzi}]{{2,}}|[^{hanzi}{simple}]|[{hanzi}](?=[{_COMBINING}]))+")

    def blank(self, mark: str) -> float:
        """The blank half of an opening, closing or stop mark, where nothing has taken it."""
        return self.lead.get(mark) or self.trail.get(mark) or self.blanks.get(mark, 0.0)


def advance(rules: Rules, character: str) -> float:
    try:
        return rules.widths[character]
    except KeyError:
        return characters.nominal_width(character, rules.wide_interpunct)


def advance(rules: Rules, character: str) -> float:
    """Advance of a character in em."""
    try:
        return rules.widths[character]
    except KeyError:
        return characters.nominal_width(character, rules.wide_interpunct)
