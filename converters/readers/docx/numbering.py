"""word/numbering.xml: the numbers that Word counts and no text holds (ECMA-376 part 1, 17.9 and 17.18.59)."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    "ideographDigital", "ideographTraditional", "ideographZodiac", "ideographZodiacTraditional",
    "ideographLegalTraditional", "ideographEnclosedCircle", "koreanCounting", "koreanDigital", "koreanDigital2",
    "koreanLegal", "decimalEnclosedCircle", "decimalEnclosedCircleChinese", "decimalEnclosedParen",
    "decimalEnclosedFullstop", "decimalFullWidth", "decimalFullWidth2",
))  # fmt: skip
_ZERO = "零"
_DIGITS = "〇一二三四五六七八九"
_KOREAN = "영일이삼사오육칠팔구"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
# The zero of counting by digits is 〇 (GB/T 15835), for which Word shows the geometric ○ in two formats.
# Digits, units, where one is said, whether zeros are. Word leaves no zero where Japanese and Korean say none.
_COUNTED: dict[str, tuple[str, str, str, bool]] = {
    "chineseCountingThousand": (_ZERO + _DIGITS[1:], "十百千万", "everyday", True),
    "taiwaneseCountingThousand": (_ZERO + _DIGITS[1:], "十百千萬", "everyday", True),
    "chineseLegalSimplified": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟萬", "said", True),
    "ideographLegalTraditional": ("零壹貳參肆伍陸柒捌玖", "拾佰仟萬", "said", True),
    "japaneseCounting": (_DIGITS, "十百千万", "unsaid", False),
    "japaneseLegal": ("〇壱弐参四伍六七八九", "拾百阡萬", "said", False),
    "koreanCounting": (_KOREAN, "십백천만", "bare", False),
}
# Signs from one on; Word goes on in figures.
_SIGNS = {
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    "ideographEnclosedCircle": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
}
_KOREAN_ONES = ("", "하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_KOREAN_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
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
        for child in _children(element):
            name = child.tag.rpartition("}")[2]
            value = child.get(VAL, "")
            if name == "start":
                level.start = number_of(child) or 0
            elif name == "numFmt":
                own = child.get(w("format"), "")
                level.format = f"custom {own}" if value == "custom" and own else value
            elif name == "lvlText":
                level.text = value
            elif name == "lvlRestart":
                level.restart = value != "0"
            elif name == "isLgl":
                level.legal = value not in ("0", "false")
        found[_whole(element.get(w("ilvl"), "0"))] = level
    return found


def _children(element: Element) -> Iterator[Element]:
    """What a level says. Word sets a format of its own beside one for readers that do not know it: the first counts."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.tag.endswith("}AlternateContent"):
            first = next((each for each in child.iter(w("numFmt"))), None)
            if first is not None:
                yield first
        else:
            yield child


def _whole(text: str) -> int:
    return min(int(text), 8) if text.isdecimal() and len(text) < 10 else 0


def spell(number: int, form: str) -> str:
    """A number in one of Word's formats; figures for a format that is not known."""
    if form in _COUNTED:
        return counted(number, *_COUNTED[form])
    if form in _SIGNS:
        return _one_of(number, _SIGNS[form])
    match form:
        case "chineseCounting" | "taiwaneseCounting":
            return chinese(number) if number < 100 else _by_digits(number, _DIGITS)
        case "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand":
            return _by_digits(number, _DIGITS)
        case "koreanDigital" | "koreanDigital2":
            return _by_digits(number, _KOREAN if form == "koreanDigital" else _ZERO + _DIGITS[1:])
        case "koreanLegal":
            return _korean(number)
        case "ideographZodiacTraditional":
            return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if number > 0 else str(number)
        case "decimalFullWidth" | "decimalFullWidth2":
            return _by_digits(number, "０１２３４５６７８９")
        case "decimalZero":
            return f"{number:02d}"
        case "numberInDash":
            return f"- {number} -"
        case "lowerLetter" | "upperLetter":
            letter = _letters(number)
            return letter if form == "lowerLetter" else letter.upper()
        case "lowerRoman" | "upperRoman":
            roman = _roman(number)
            return roman if form == "lowerRoman" else roman.upper()
        case "none":
            return ""
        case _:
            # A format of the writer's own shows its first numbers: 001, 002, 003, …
            width = re.match(r"custom (0*1)\b", form)
            return str(number).zfill(len(width[1])) if width else str(number)


def chinese(number: int) -> str:
    """A number in everyday hanzi: 十, 十一, 二十, 一百零一."""
    return counted(number, _ZERO + _DIGITS[1:], "十百千万", "everyday")


def counted(number: int, digits: str, units: str, ones: str = "said", zeros: bool = True) -> str:
    """A number below a hundred million with signs for its tens; other numbers in figures.

    `ones` says when 一 stands before a unit: "said" always, "everyday" not at the front of 十, "unsaid" never, "bare"
    not before ten thousand either. `zeros` says whether a zero stands for the places between that are left out.
    """
    if not 0 <= number < 100_000_000:
        return str(number)
    if number == 0:
        return digits[0]
    high, low = divmod(number, 10_000)
    out = ""
    if high:
        out = ("" if high == 1 and ones == "bare" else _thousands(high, digits, units, ones, zeros=zeros)) + units[3]
        if zeros and 0 < low < 1000:
            out += digits[0]
    out += _thousands(low, digits, units, ones, zeros=zeros)
    # 一十 is said 十 only at the front, and only in everyday numerals.
    return out[1:] if ones == "everyday" and out.startswith(digits[1] + units[0]) else out


def _thousands(number: int, digits: str, units: str, ones: str, *, zeros: bool) -> str:
    out = ""
    gap = False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            gap = zeros and bool(out)
            continue
        if gap:
            out += digits[0]
            gap = False
        unsaid = digit == 1 and place and ones in ("unsaid", "bare")
        out += ("" if unsaid else digits[digit]) + (units[place - 1] if place else "")
    return out


def _by_digits(number: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(max(number, 0)))


def _korean(number: int) -> str:
    """Korean's own words to 99; beyond, those that Korean has from Chinese."""
    if not 0 < number < 100:
        return spell(number, "koreanCounting") if number > 0 else str(number)
    return _KOREAN_TENS[number // 10] + _KOREAN_ONES[number % 10]


def _one_of(number: int, signs: str) -> str:
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
