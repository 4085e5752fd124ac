"""Lengths. Everything inside the program is in points (1/72 inch) unless a name says otherwise."""

from __future__ import annotations

import re

POINTS_PER_MM = 72 / 25.4
EMU_PER_POINT = 12700
TWIPS_PER_POINT = 20

# 号 sizes as Word has them (GB/T 9704-2012 names the sizes, Word's table gives the points).
HAO_SIZES: dict[str, float] = {
    "初号": 42, "小初": 36, "一号": 26, "小一": 24, "二号": 22, "小二": 18, "三号": 16, "小三": 15,
    "四号": 14, "小四": 12, "五号": 10.5, "小五": 9, "六号": 7.5, "小六": 6.5, "七号": 5.5, "八号": 5,
}  # fmt: skip

_LENGTH = re.compile(r"\s*([+-]?\d+(?:\.\d+)?|[+-]?\.\d+)\s*(mm|cm|pt|in|px|em)\s*")
_FACTORS = {"pt": 1.0, "mm": POINTS_PER_MM, "cm": 10 * POINTS_PER_MM, "in": 72.0, "px": 0.75}


def mm(value: float) -> float:
    """Millimetres as points."""
    return value * POINTS_PER_MM


def to_mm(points: float) -> float:
    """Points as millimetres."""
    return points / POINTS_PER_MM


def twips(points: float) -> int:
    """Points as whole twentieths of a point, the unit of WordprocessingML."""
    return round(points * TWIPS_PER_POINT)


def emu(points: float) -> int:
    """Points as whole English Metric Units, the unit of DrawingML."""
    return round(points * EMU_PER_POINT)


def parse_length(text: str, em: float | None = None) -> float:
    """A length such as "37 mm", "16pt", "2em" or "三号", in points; `em` is the size that "em" stands for.

    Raises ValueError for anything else, and for "em" where no size is known.
    """
    name = text.strip()
    if name in HAO_SIZES:
        return HAO_SIZES[name]
    match = _LENGTH.fullmatch(name)
    if match is None:
        raise ValueError(f'"{text}" is no length; write for example "16pt", "37mm", "2em" or "三号"')
    number, unit = float(match[1]), match[2]
    if unit == "em":
        if em is None:
            raise ValueError(f'"{text}" has no meaning here: em of what? Write pt, mm or a 号 size')
        return number * em
    return number * _FACTORS[unit]
