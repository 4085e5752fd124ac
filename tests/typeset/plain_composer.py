"""A second composer, written from the words of clreq and GB/T 15834 alone: plain, slow, character by character.

It shares no line with converters.typeset. Every line is measured anew from its signs; nothing is remembered.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

OPEN = "‘“（《〈【〖〔［｛「『〘〚｟〝"
CLOSE = "’”）》〉】〗〕］｝」』〙〛｠〞〟"
COMMAS, FULL, SHOUT = "、，：；", "。．", "！？"
DOUBLE = "‼⁇⁈⁉"
CONNECT = "～〜–‐—"
DOTS = "·・‧"
UNITS_AFTER = "%‰℃°′″％¢"
BEFORE_NUMBER = "￥¥$＄£€№#"
SMALL = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ々〻ゝゞヽヾー〃"


class Sign(NamedTuple):
    """What never parts: its text, its width, its blanks, and whether a pair of shouts is drawn in one em."""

    text: str
    width: float
    before: float = 0.0
    after: float = 0.0


class House(NamedTuple):
    """lang, level, gap, trims."""

    lang: str
    level: str
    gap: float
    trim_start: bool
    trim_end: bool
    hanging: bool = False


HOUSES = {
    "zh-Hans": House("zh-Hans", "gb", 0.25, True, True),
    "zh-Hant": House("zh-Hant", "basic", 0.25, False, False),
    "ja": House("ja", "strict", 0.25, False, False),
    "ko": House("ko", "gb", 0.0, False, False),
}


def graphemes(text: str) -> list[str]:
    """Signs of one or more code points: combining marks, selectors and what a joiner joins belong to the one before."""
    found: list[str] = []
    for character in text:
        joins = unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf") or "\U0001f3fb" <= character <= "\U0001f3ff"
        if found and (joins or found[-1].endswith("\u200d")):
            found[-1] += character
        else:
            found.append(character)
    return found


def in_word(sign: str) -> bool:
    """A Latin letter, with or without an accent, or a digit."""
    return sign[0].isalnum() and ord(sign[0]) < 0x250


def is_digit(sign: str) -> bool:
    return sign[0] in "0123456789"


def is_digit_sign(sign: str) -> bool:
    return sign[0] in "0123456789,.:/-"


def units(text: str) -> list[str]:
    """clreq 1.3: words, numbers with their signs, pairs of dashes, dots and shouts stay whole."""
    signs = graphemes(text)
    found: list[str] = []
    place = 0
    while place < len(signs):
        sign = signs[place]
        end = place + 1
        if (
            sign in "—…⋯！？"
            and signs[end : end + 1]
            and (signs[end] == sign or (sign in SHOUT and signs[end] in SHOUT))
        ):
            end += 1
        elif sign == " ":
            while end < len(signs) and signs[end] == " ":
                end += 1
        else:
            head = place
            if sign in BEFORE_NUMBER and re.match("[-−+±]?[0-9]", "".join(signs[place + 1 : place + 3])):
                head = place + 1
            if signs[head] in "±−" and head + 1 < len(signs) and is_digit(signs[head + 1]):
                head += 1
            if in_word(signs[head]):
                end = head + 1
                while end < len(signs):
                    if (
                        in_word(signs[end])
                        or (
                            signs[end] == "-"
                            and end + 1 < len(signs)
                            and in_word(signs[end + 1])
                            and not (
                                is_digit(signs[end - 1])
                                and is_digit(signs[end + 1])
                                and all(map(is_digit_sign, signs[head:end]))
                            )
                        )
                        or (
                            signs[end] in ",.:/"
                            and is_digit(signs[end - 1])
                            and end + 1 < len(signs)
                            and is_digit(signs[end + 1])
                        )
                    ):
                        end += 1
                    elif signs[end] in UNITS_AFTER and is_digit(signs[end - 1]):
                        end += 1
                        break
                    else:
                        break
        found.append("".join(signs[place:end]))
        place = end
    return found


def nominal(sign: str, house: House) -> float:
    first = sign[0]
    if first in DOTS:
        return 0.5 if house.lang == "zh-Hans" and first in "·‧" else 1.0
    if first in "–‐":
        return 0.5
    if first.isascii() or in_word(first) or first in "¥£¢":
        return 0.5
    if first in "⸺":
        return 2.0
    return 1.0


def sign_of(unit: str, house: House) -> Sign:
    parts = graphemes(unit)
    width = sum(nominal(part, house) for part in parts)
    if len(parts) == 2 and parts[0] in SHOUT and parts[1] in SHOUT:
        return Sign(unit, width) if house.lang == "zh-Hant" else Sign(unit, 1.0)
    if len(parts) > 1 or width != 1.0:
        return Sign(unit, width)
    if unit in OPEN:
        return Sign(unit, 1.0, 0.5, 0.0)
    if unit in CLOSE:
        return Sign(unit, 1.0, 0.0, 0.5)
    if unit in COMMAS + FULL + SHOUT:
        if house.lang == "zh-Hant":
            # Its blanks lie on both sides: a neighbour shares none of them (E35), squeezing takes both.
            return Sign(unit, 1.0)
        return Sign(unit, 1.0, 0.0, 0.5)
    return Sign(unit, 1.0)


def is_hanzi(text: str) -> bool:
    return (unicodedata.category(text) in ("Lo", "Lm") and ord(text) > 0x2000) or text == "〇"


class Line(NamedTuple):
    text: str
    adjust: float
    overfull: bool = False


class Plain:
    """One paragraph in one house's manner."""

    def __init__(self, text: str, measure: float, indent: float, house: House) -> None:
        self.house = house
        self.measure, self.indent = measure, indent
        self.signs = [sign_of(unit, house) for unit in units(text)]
        self.size = len(self.signs)

    def room(self, start: int) -> float:
        return self.measure if start else self.measure - self.indent

    # -- clreq 2: width of a line, and 3: what it can give

    def line(self, start: int, end: int) -> tuple[float, float]:
        """Natural width of signs[start:end] as one line, and all that it can give."""
        house = self.house
        signs = self.signs[start:end]
        while signs and signs[-1].text[0] == " ":
            signs = signs[:-1]
        if not signs:
            return 0.0, 0.0
        width = sum(sign.width for sign in signs)
        blanks = [[sign.before, sign.after] for sign in signs]
        give = 0.0
        centred = house.lang == "zh-Hant"
        for number in range(len(signs) - 1):
            left, right = signs[number].text, signs[number + 1].text
            if self.has_gap(left, right):
                width += house.gap
                give += max(0.0, house.gap - 0.125)
            marks = OPEN + CLOSE + COMMAS + FULL + SHOUT
            if (
                left[-1] in marks
                and right[0] in marks
                and signs[number].width == 1
                and (signs[number + 1].width == 1 or right[0] in SHOUT)
            ):
                if left[0] in OPEN:
                    if right[0] in OPEN:
                        width -= blanks[number + 1][0]
                        blanks[number + 1][0] = 0.0
                elif right[0] in OPEN:
                    shared = min(blanks[number][1], blanks[number + 1][0])
                    width -= shared
                    blanks[number][1] -= shared
                else:
                    width -= blanks[number][1]
                    blanks[number][1] = 0.0
        for number, sign in enumerate(signs):
            if sign.text[0] == " ":
                if number + 1 < len(signs) and number and len(sign.text) == 1 and house.lang != "ko":
                    before, after = signs[number - 1].text, signs[number + 1].text
                    if self.has_gap(before, after):
                        width += house.gap - 0.5
                        give += max(0.0, house.gap - 0.125)
                        continue
                give += max(0.0, sign.width - 0.25)
            elif sign.text in DOTS and sign.width == 1:
                give += 0.5
        if house.trim_start and signs[0].text[0] in OPEN:
            width -= blanks[0][0]
            blanks[0][0] = 0.0
        ends_narrow = signs[-1].text[0] in CLOSE or (signs[-1].text[0] in COMMAS + FULL + SHOUT and not centred)
        if ends_narrow and house.trim_end:
            width -= blanks[-1][1]
            blanks[-1][1] = 0.0
        for number, sign in enumerate(signs):
            if sign.text[0] in SHOUT and house.lang != "zh-Hans":
                continue
            if centred and sign.text in COMMAS + FULL:
                give += 0.5
            give += sum(blanks[number])
        return width, give

    def has_gap(self, left: str, right: str) -> bool:
        end = graphemes(left)[-1]
        return (is_hanzi(end[0]) and in_word(right)) or (in_word(end) and is_hanzi(right[0]))

    # -- clreq 1: where a line may end

    def legal(self, place: int, relaxed: int = 0) -> bool:
        left, right, house = self.signs[place - 1].text, self.signs[place].text, self.house
        levels = ("none", "basic", "gb", "strict")
        strictness = levels.index(house.level)
        level = levels[max(min(strictness, 1), strictness - relaxed)]
        if right[0] == " ":
            return False
        if house.lang == "ko" and left[-1] != " ":
            return False
        if level == "none":
            return True
        if right[0] in CLOSE + COMMAS + FULL + SHOUT + DOUBLE or left[-1] in OPEN + "([{":
            return False
        if left == "." and in_word(right):
            return False
        if left in ";!?)]}" and in_word(right) and place > 1 and in_word(self.signs[place - 2].text[-1]):
            return relaxed == 3
        if right[0] in "([{" and (in_word(left[-1]) or left[-1] == "%"):
            return relaxed == 3
        if left[-1] == " ":
            if right in CONNECT or (right in "/／" and house.lang.startswith("zh")):
                return relaxed >= 2
            if right[0] in DOTS and (house.lang != "ja" or house.level == "strict"):
                return relaxed >= 2
            return right[0] not in ",.:;!?)]}"
        if left[-1] in "/／" and house.lang.startswith("zh") and level in ("gb", "strict"):
            return False
        if right in ("——", "……", "⋯⋯", "⸺"):
            return not (level == "strict" and house.lang.startswith("zh"))
        if right[0] in CONNECT + "-":
            return False
        if right[0] in DOTS:
            return house.lang == "ja" and house.level != "strict"
        if right[0] in ",.:;!?)]}":
            return False
        if right[0] in "/／" and house.lang.startswith("zh"):
            return False
        return not (house.lang == "ja" and house.level == "strict" and right[0] in SMALL)

    # -- clreq 6

    def hang(self, start: int, end: int) -> float:
        """clreq 2.2, 行尾悬挂: what a lone stop at the end may stand out, none in horizontal zh-Hant."""
        house = self.house
        if not house.hanging or house.lang == "zh-Hant" or end - start < 2:
            return 0.0
        stops = "、，。．：；！？" if house.lang == "zh-Hans" else "、，。．"
        last, before = self.signs[end - 1].text, self.signs[end - 2].text
        if last not in stops or before[0] in OPEN + CLOSE + COMMAS + FULL + SHOUT:
            return 0.0
        return self.line(start, end)[0] - self.line(start, end - 1)[0]

    def ends(self) -> list[tuple[int, bool]]:
        found: list[tuple[int, bool]] = []
        start = 0
        while start < self.size:
            room = self.room(start) + 1e-6
            reach = start
            for end in range(start + 1, self.size + 1):
                if self.line(start, end)[0] - self.hang(start, end) <= room:
                    reach = end
                elif end - start > 2 * room + 8:
                    break
            for relaxed in range(4):
                end, over = self.end(start, reach, room, relaxed)
                if not over:
                    break
            found.append((end, over))
            start = end
        return found

    def end(self, start: int, reach: int, room: float, relaxed: int) -> tuple[int, bool]:
        """Where the line ends that reaches so far at its natural width; True: nothing makes it fit."""
        if reach == self.size or (reach > start and self.legal(reach, relaxed)):
            return reach, False
        further = reach + 1
        while further < self.size and not self.legal(further, relaxed):
            further += 1
        width, give = self.line(start, further)
        if width - give <= room:
            return further, False
        end = reach
        while end > start and not self.legal(end, relaxed):
            end -= 1
        return (end, False) if end > start else (further, True)

    def lonely(self, place: int) -> bool:
        hanzi = 0
        for sign in self.signs[place:]:
            if sign.text[0] in OPEN + CLOSE + COMMAS + FULL + SHOUT + "—… /／.,:;!?)]}" + DOUBLE + DOTS + CONNECT:
                continue
            if not is_hanzi(sign.text[0]):
                return False
            hanzi += 1
        return hanzi == 1

    def mended(self, found: list[tuple[int, bool]]) -> list[tuple[int, bool]]:
        if len(found) < 2 or self.house.lang == "ko" or not self.lonely(found[-2][0]):
            return found
        start = found[-3][0] if len(found) > 2 else 0
        width, give = self.line(start, self.size)
        if width - give <= self.room(start) + 1e-6:
            return [*found[:-2], (self.size, False)]
        end = found[-2][0] - 1
        while end > start and (not self.legal(end) or self.lonely(end)):
            end -= 1
        width, give = self.line(end, self.size)
        if end > start and width - give <= self.measure + 1e-6:
            return [*found[:-2], (end, False), (self.size, False)]
        return found

    def lines(self) -> list[Line]:
        found, start = [], 0
        for end, over in self.mended(self.ends()):
            width, give = self.line(start, end)
            adjust = self.room(start) - width
            if -self.hang(start, end) - 1e-6 <= adjust < -1e-6:
                adjust += self.hang(start, end)
            if over and width - give > self.room(start):
                adjust = max(adjust, -give)
            elif end == self.size:
                adjust = min(0.0, adjust)
            text = "".join(sign.text for sign in self.signs[start:end])
            found.append(Line(text.rstrip(" "), adjust, over))
            start = end
        return found


def plain_compose(text: str, measure: float, indent: float = 0.0, house: House = HOUSES["zh-Hans"]) -> list[Line]:
    """The lines of a text without line feeds."""
    return Plain(text, measure, indent, house).lines() if text else []
