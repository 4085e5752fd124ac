"""A face of code points: a frame with the hexadecimal digits of a character that no face draws, one em wide.

It is made on the spot, as a TrueType file of a few tables (OpenType 1.9, glyf), so that it is subset, embedded and
read like any other face.
"""

from __future__ import annotations

import functools
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

from .face import Face

_EM = 1000
_ASCENT, _DESCENT = 880, -120
_LEFT, _RIGHT, _TOP, _BOTTOM, _PEN = 20, 980, 870, -110, 26
"""The frame, all but as large as the em box of a hanzi, and the weight of its strokes."""
_WIDE, _HIGH, _STROKE = 0.7, 0.8, 40
"""How much of its part of the frame a digit fills, and the weight of its strokes: digits must be read in 16 pt."""
_STROKES = {
    "0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc", "5": "afgcd", "6": "afgedc", "7": "abc",
    "8": "abcdefg", "9": "abcdfg", "A": "abcefg", "B": "cdefg", "C": "adef", "D": "bcdeg", "E": "adefg", "F": "aefg",
}  # fmt: skip
"""Digits as seven strokes: a top, b and c right, d foot, e and f left (lower and upper), g middle."""

_FILE = "codes.ttf"

_Rectangle = tuple[int, int, int, int]


@functools.lru_cache(maxsize=64)
def code_face(block: int, lang: str) -> Face:
    """A face that draws the 256 code points from `block` × 256 on as their codes."""
    first = block * 256
    return Face(Path(_FILE), 0, lang, data=_font([chr(code) for code in range(first, first + 256)]))


def is_code_face(face: Face) -> bool:
    """Whether this is a face of codes."""
    return face.data is not None and face.path.name == _FILE


def _font(characters: Sequence[str]) -> bytes:
    glyphs = [_glyph([]), *(_glyph(_rectangles(f"{ord(sign):04X}")) for sign in characters)]
    offsets = [0]
    for glyph in glyphs:
        offsets.append(offsets[-1] + len(glyph))
    count = len(glyphs)
    points = max((len(_rectangles(f"{ord(sign):04X}")) for sign in characters), default=0)
    box = (_LEFT, _BOTTOM, _RIGHT, _TOP)
    tables = {
        "OS/2": struct.pack(
            ">HhHHH11h10B4L4s3H3h2H2L2h3H", 4, _EM, 400, 5, 0, *[0] * 10, 0, *[0] * 10, 0, 0, 0, 0, b"NONE", 0x40,
            0x20, 0xFFFF, _ASCENT, _DESCENT, 0, _ASCENT, -_DESCENT, 0, 0, 500, 700, 0, 32, 0,
        ),
        "cmap": _cmap(characters),
        "glyf": b"".join(glyphs),
        "head": struct.pack(
            ">LLLLHHQQ4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, _EM, 0, 0, *box, 0, 8, 2, 1, 0
        ),
        "hhea": struct.pack(">LhhhHhhhhhhhhhhhH", 0x10000, _ASCENT, _DESCENT, 0, _EM, *[0] * 11, count),
        "hmtx": b"".join(struct.pack(">Hh", _EM, _LEFT if number else 0) for number in range(count)),
        "loca": struct.pack(f">{len(offsets)}L", *offsets),
        "maxp": struct.pack(">LH13H", 0x10000, count, 4 * points, points, 0, 0, 2, *[0] * 8),
        "name": _names(),
        "post": struct.pack(">LLhhL4L", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
    }  # fmt: skip
    return _file(tables)


def _rectangles(digits: str) -> list[_Rectangle]:
    """The frame and the strokes of the digits, in two rows."""
    half = (len(digits) + 1) // 2
    found = [
        (_LEFT, _BOTTOM, _LEFT + _PEN, _TOP), (_RIGHT - _PEN, _BOTTOM, _RIGHT, _TOP),
        (_LEFT, _BOTTOM, _RIGHT, _BOTTOM + _PEN), (_LEFT, _TOP - _PEN, _RIGHT, _TOP),
    ]  # fmt: skip
    wide = (_RIGHT - _LEFT - 2 * _PEN) / half
    high = (_TOP - _BOTTOM - 2 * _PEN) / 2
    for number, digit in enumerate(digits):
        row, column = divmod(number, half)
        left = _LEFT + _PEN + column * wide + wide * (1 - _WIDE) / 2
        foot = _TOP - _PEN - (row + 1) * high + high * (1 - _HIGH) / 2
        found += _digit(digit, (left, foot, wide * _WIDE, high * _HIGH), _STROKE)
    return found


def _digit(digit: str, place: tuple[float, float, float, float], pen: float) -> Iterator[_Rectangle]:
    left, foot, width, height = place
    right, top, middle = left + width, foot + height, foot + height / 2
    strokes = {
        "a": (left, top - pen, right, top), "d": (left, foot, right, foot + pen),
        "g": (left, middle - pen / 2, right, middle + pen / 2),
        "f": (left, middle, left + pen, top), "e": (left, foot, left + pen, middle),
        "b": (right - pen, middle, right, top), "c": (right - pen, foot, right, middle),
    }  # fmt: skip
    for name in _STROKES[digit]:
        first, bottom, last, upper = strokes[name]
        yield round(first), round(bottom), round(last), round(upper)


def _glyph(rectangles: Sequence[_Rectangle]) -> bytes:
    """A glyph of rectangles, each a contour of four points, clockwise."""
    if not rectangles:
        return b""
    box = [min(r[0] for r in rectangles), min(r[1] for r in rectangles),
           max(r[2] for r in rectangles), max(r[3] for r in rectangles)]  # fmt: skip
    ends = [4 * number + 3 for number in range(len(rectangles))]
    points = [
        point for left, foot, right, top in rectangles
        for point in ((left, foot), (left, top), (right, top), (right, foot))
    ]  # fmt: skip
    data = struct.pack(">hhhhh", len(rectangles), *box) + struct.pack(f">{len(ends)}HH", *ends, 0)
    data += b"\x01" * len(points)
    for axis in (0, 1):
        before = 0
        for point in points:
            data += struct.pack(">h", point[axis] - before)
            before = point[axis]
    return data + b"\0" * (-len(data) % 4)


def _cmap(characters: Sequence[str]) -> bytes:
    """One subtable of format 12 (full Unicode)."""
    groups = b"".join(struct.pack(">LLL", ord(sign), ord(sign), number) for number, sign in enumerate(characters, 1))
    table = struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(characters)) + groups
    return struct.pack(">HHHHL", 0, 1, 3, 10, 12) + table


def _names() -> bytes:
    records, strings = b"", b""
    for number, text in ((1, "Jianbao Codes"), (2, "Regular"), (4, "Jianbao Codes"), (6, "JianbaoCodes-Regular")):
        data = text.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(data), len(strings))
        strings += data
    return struct.pack(">HHH", 0, 4, 6 + len(records)) + records + strings


def _file(tables: dict[str, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    head = struct.pack(">LHHHH", 0x10000, count, 16 << power, power, (count - (1 << power)) * 16)
    offset = len(head) + 16 * count
    directory, body = b"", b""
    for tag, data in sorted(tables.items()):
        padded = data + b"\0" * (-len(data) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sLLL", tag.encode(), total, offset + len(body), len(data))
        body += padded
    return head + directory + body
