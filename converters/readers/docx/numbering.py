"""word/numbering.xml: the numbers that Word counts and no text holds (ECMA-376 part 1, 17.9 and 17.18.59)."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING, NamedTuple

from converters.records import dataclass

from .styles import VAL, number_of, w

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Formats whose numbers belong to the text: headings and items of a Chinese document count like this.
CHINESE = frozenset((
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "japaneseCounting", "japaneseLegal",
    "japaneseDigitalTenThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "taiwaneseDigital",
    "ideographDigital", "ideographTraditional", "ideographZodiac", "ideographEnclosedCircle", "koreanCounting",
    "decimalEnclosedCircle", "decimalEnclosedCircleChinese", "decimalFullWidth", "decimalFullWidth2",
))  # fmt: skip
_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class Label(NamedTuple):
    """The number or sign before a paragraph: its text, its format, its value."""

    text: str
    format: str
    value: int


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = "%1."
    restart: bool = True
    legal: bool = False


@dataclass(slots=True)
class _List:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, _Level] = field(default_factory=dict)
    begun: bool = False


class Numbering:
    """Counts the paragraphs of each list in the order in which they are read."""

    def __init__(self, root: Element | None) -> None:
        self._abstracts: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int]] = {}
        if root is None:
            return
        for element in root.iter(w("abstractNum")):
            self._abstracts[element.get(w("abstractNumId"), "")] = _levels(element)
        self._follow_links(root)
        for element in root.iter(w("num")):
            abstract = element.find(w("abstractNumId"))
            numbers = _List(abstract.get(VAL, "") if abstract is not None else "")
            for override in element.iter(w("lvlOverride")):
                level = _whole(override.get(w("ilvl"), "0"))
                start = override.find(w("startOverride"))
                if start is not None:
                    numbers.starts[level] = number_of(start) or 0
                numbers.levels.update(_levels(override))
            self._lists[element.get(w("numId"), "")] = numbers

    def _follow_links(self, root: Element) -> None:
        """Give a list that names a list style (w:numStyleLink) the levels of the one that defines it."""
        defined: dict[str, dict[int, _Level]] = {}
        for element in root.iter(w("abstractNum")):
            link = element.find(w("styleLink"))
            if link is not None:
                defined[link.get(VAL, "")] = self._abstracts[element.get(w("abstractNumId"), "")]
        for element in root.iter(w("abstractNum")):
            link = element.find(w("numStyleLink"))
            if link is not None and link.get(VAL, "") in defined:
                self._abstracts[element.get(w("abstractNumId"), "")] = defined[link.get(VAL, "")]

    def next(self, identifier: str, level: int) -> Label | None:
        """Count one more paragraph of a list; None for a list that is not there, which means: no number."""
        numbers = self._lists.get(identifier)
        if numbers is None or numbers.abstract not in self._abstracts:
            return None
        counters = self._counters.setdefault(numbers.abstract, [-1] * 9)
        if not numbers.begun:
            numbers.begun = True
            for place, start in numbers.starts.items():
                counters[place] = -1 if place > level else start - 1
        here = self._level(numbers, level)
        counters[level] = counters[level] + 1 if counters[level] >= 0 else numbers.starts.get(level, here.start)
        for deeper in range(level + 1, 9):
            if self._level(numbers, deeper).restart:
                counters[deeper] = -1
        for above in range(level):
            if counters[above] < 0:
                counters[above] = self._level(numbers, above).start
        if here.format in ("bullet", "none"):
            return Label(here.text if here.format == "bullet" else "", here.format, counters[level])

        def put(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            form = "decimal" if here.legal and place != level else self._level(numbers, place).format
            return spell(counters[place], form)

        return Label(re.sub(r"%([1-9])", put, here.text), here.format, counters[level])

    def _level(self, numbers: _List, level: int) -> _Level:
        return (
            numbers.levels.get(level) or self._abstracts[numbers.abstract].get(level) or _Level(text=f"%{level + 1}.")
        )


def _levels(root: Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for element in root.iter(w("lvl")):
        level = _Level()
        for child in element:
            name = child.tag.rpartition("}")[2]
            value = child.get(VAL, "")
            if name == "start":
                level.start = number_of(child) or 0
            elif name == "numFmt":
                level.format = value
            elif name == "lvlText":
                level.text = value
            elif name == "lvlRestart":
                level.restart = value != "0"
            elif name == "isLgl":
                level.legal = value not in ("0", "false")
        found[_whole(element.get(w("ilvl"), "0"))] = level
    return found


def _whole(text: str) -> int:
    return min(int(text), 8) if text.isdecimal() and len(text) < 10 else 0


def spell(number: int, form: str) -> str:
    """A number in one of Word's formats; figures for a format that is not known."""
    match form:
        case "chineseCounting" | "taiwaneseCounting" | "ideographDigital" | "taiwaneseDigital" if number > 99:
            return "".join(_DIGITS[int(digit)] for digit in str(number))
        case "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand":
            return "".join(_DIGITS[int(digit)] for digit in str(max(number, 0)))
        case (
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "taiwaneseCounting"
            | ("taiwaneseCountingThousand" | "koreanCounting")
        ):
            return chinese(number)
        case "chineseLegalSimplified" | "japaneseLegal":
            return chinese(number, _FORMAL, "拾佰仟")
        case "ideographTraditional":
            return _cyclic(number, _STEMS)
        case "ideographZodiac":
            return _cyclic(number, _BRANCHES)
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" | "ideographEnclosedCircle":
            return (
                chr(0x245F + number)
                if 1 <= number <= 20
                else chr(0x323C + number)
                if 21 <= number <= 35
                else str(number)
            )
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
        case "decimalZero":
            return f"{number:02d}"
        case "lowerLetter" | "upperLetter":
            letter = _letters(number)
            return letter if form == "lowerLetter" else letter.upper()
        case "lowerRoman" | "upperRoman":
            roman = _roman(number)
            return roman if form == "lowerRoman" else roman.upper()
        case "none":
            return ""
        case _:
            return str(number)


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """A number below ten thousand in hanzi: 十, 十一, 二十, 一百零一; other numbers in figures."""
    if not 0 < number < 10000:
        return str(number) if number else "零"
    out = ""
    gap = False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            gap = gap or bool(out)
            continue
        if gap:
            out += "零"
            gap = False
        out += digits[digit] + (units[place - 1] if place else "")
    # 一十 is said 十 only at the front, and only in everyday numerals.
    return out[1:] if digits is _DIGITS and out.startswith("一十") else out


def _cyclic(number: int, signs: str) -> str:
    return signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _letters(number: int) -> str:
    # Word goes on with aa, bb, … after z.
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, sign in _ROMAN:
        out += sign * (number // value)
        number %= value
    return out
