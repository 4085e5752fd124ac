"""The composer beside a plain one: every line measured anew, character by character, nothing remembered."""

from __future__ import annotations

import random
import re

import pytest

from converters.typeset import Line, compose

OPEN, CLOSE, COMMA, STOP, SHOUT = "“（《", "”）》", "，、；：", "。", "！？"
MARKS = OPEN + CLOSE + COMMA + STOP + SHOUT
UNIT = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*%?|——|……|[！？]{2}|.", re.DOTALL)


def units_of(text: str) -> list[str]:
    return UNIT.findall(text)


def is_hanzi(unit: str) -> bool:
    return "一" <= unit[0] <= "鿿"


def latin(unit: str, side: int) -> bool:
    return unit[side].isascii() and unit[side].isalnum()


def measure_line(units: list[str], trim_start: bool, trim_end: bool) -> tuple[float, float]:
    """Natural width, and what can be taken from it."""
    width = give = 0.0
    blanks: list[list[float]] = []
    for unit in units:
        if unit in ("——", "……"):
            width += 2
        elif len(unit) == 2 and unit[0] in SHOUT:
            width += 1
        elif unit[0].isascii():
            width += len(unit) / 2
        elif unit == "·":
            width += 0.5
        else:
            width += 1
        before = 0.5 if unit in OPEN else 0.0
        after = 0.5 if len(unit) == 1 and unit in CLOSE + COMMA + STOP + SHOUT else 0.0
        blanks.append([before, after])
    for number in range(len(units) - 1):
        left, right = units[number], units[number + 1]
        if (is_hanzi(left) and latin(right, 0)) or (latin(left, -1) and is_hanzi(right)):
            width += 0.25
            give += 0.125
        if left[0] in MARKS and right[0] in MARKS:
            if left in OPEN and right in OPEN:
                width -= blanks[number + 1][0]
                blanks[number + 1][0] = 0.0
            elif left not in OPEN and right in OPEN:
                shared = min(blanks[number][1], blanks[number + 1][0])
                width -= shared
                blanks[number][1] -= shared
            elif left not in OPEN:
                width -= blanks[number][1]
                blanks[number][1] = 0.0
    if trim_start and units[0] in OPEN:
        width -= 0.5
        blanks[0][0] = 0.0
    if trim_end:
        width -= blanks[-1][1]
        blanks[-1][1] = 0.0
    return width, give + sum(map(sum, blanks))


def legal(left: str, right: str) -> bool:
    if right[0] in CLOSE + COMMA + STOP + SHOUT + "·":
        return False
    return left not in OPEN


def plain_compose(text: str, measure: float, indent: float) -> list[Line]:
    units = units_of(text)
    ends: list[int] = []
    start = 0

    def room(at: int) -> float:
        return measure if at else measure - indent

    while start < len(units):
        width = room(start)
        reach = start
        for end in range(start + 1, len(units) + 1):
            if measure_line(units[start:end], True, True)[0] <= width + 1e-6:
                reach = end
        end = reach
        if reach < len(units) and (reach == start or not legal(units[reach - 1], units[reach])):
            further = reach + 1
            while further < len(units) and not legal(units[further - 1], units[further]):
                further += 1
            natural, give = measure_line(units[start:further], True, True)
            end = further
            if natural - give > width + 1e-6:
                end = reach - 1
                while end > start and not legal(units[end - 1], units[end]):
                    end -= 1
        if end <= start:
            raise ValueError("too narrow for this plain composer")
        ends.append(end)
        start = end
    mend(units, ends, room)
    lines, start = [], 0
    for end in ends:
        adjust = room(start) - measure_line(units[start:end], True, True)[0]
        if end == len(units):
            adjust = min(0.0, adjust)
        lines.append(Line("".join(units[start:end]), adjust))
        start = end
    return lines


def mend(units: list[str], ends: list[int], room) -> None:  # type: ignore[no-untyped-def]
    def lonely(at: int) -> bool:
        rest = [unit for unit in units[at:] if unit[0] not in MARKS + "—…"]
        return len(rest) == 1 and is_hanzi(rest[0])

    if len(ends) < 2 or not lonely(ends[-2]):
        return
    start = ends[-3] if len(ends) > 2 else 0
    natural, give = measure_line(units[start:], True, True)
    if natural - give <= room(start) + 1e-6:
        del ends[-2]
        return
    end = ends[-2] - 1
    while end > start and (not legal(units[end - 1], units[end]) or lonely(end)):
        end -= 1
    if end > start and measure_line(units[end:], True, True)[0] <= room(1) + 1e-6:
        ends[-2] = end


def bulletin(dice: random.Random) -> str:
    pieces = ["会议", "指出", "要", "民政", "坚持问题导向", "落实", *"，、。；：“”（）《》！？", "——", "……", "·"]
    pieces += ["GDP", "Python", "2023", "3,000", "35.6%", "10"]
    weights = [9, 9, 9, 9, 9, 9, 6, 4, 4, 2, 2, 3, 3, 2, 2, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    text = "".join(dice.choices(pieces, weights, k=dice.randint(3, 40)))
    # Several dashes or shouts in a row, and words that grow together, are another rule's business.
    text = re.sub(r"(——|……){2,}", "——", text)
    return re.sub(r"(?<=[A-Za-z0-9%])(?=[A-Za-z0-9])|(?<=[！？])(?=[！？])", "的", text)


@pytest.mark.parametrize("block", range(10))
def test_lines_and_adjustments_are_those_of_the_plain_algorithm(block: int) -> None:
    compared = 0
    for seed in range(block * 80, block * 80 + 80):
        dice = random.Random(seed)
        text = bulletin(dice)
        measure, indent = dice.choice([6, 8, 10, 13, 14.5, 20, 28]), dice.choice([0, 2])
        try:
            expected = plain_compose(text, measure, indent)
        except ValueError:
            continue
        composed = compose(text, measure, indent)
        assert [line.text for line in composed] == [line.text for line in expected], text
        assert [line.adjust for line in composed] == pytest.approx([line.adjust for line in expected]), text
        compared += 1
    assert compared > 60
