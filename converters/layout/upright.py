"""How characters stand in a vertical line: upright, in a form of their own, turned, or several in one cell.

Unicode's Vertical_Orientation (UAX #50), put in the few ranges that a bulletin meets; where a face has a form for
vertical lines (`vert`) that is what stands. Turned characters are drawn as in a horizontal line that is turned as a
whole by 90° clockwise, so they need nothing here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from converters.fonts.face import Face
from converters.model.patterns import compiled
from converters.typeset.characters import classify
from converters.typeset.rules import family

_NARROW = frozenset("adpjqyhsLgumznr")
_FIRST_WIDE = 0x2E80
_WIDE = 0.9
"""A ℃ or ％ of so many em is one of hanzi's kind."""
_STAND_BELOW = (
    (0x00A7, 0x00A7), (0x00A9, 0x00A9), (0x00AE, 0x00AE), (0x00B1, 0x00B1), (0x00BC, 0x00BE), (0x00D7, 0x00D7),
    (0x00F7, 0x00F7), (0x2016, 0x2016), (0x2020, 0x2021), (0x2030, 0x2031), (0x203B, 0x203C), (0x2042, 0x2042),
    (0x2047, 0x2049), (0x2051, 0x2051), (0x20DD, 0x20E0), (0x2100, 0x2101), (0x2103, 0x2109), (0x2113, 0x2114),
    (0x2116, 0x2117), (0x211E, 0x2123), (0x2125, 0x2125), (0x2127, 0x2127), (0x2135, 0x213F), (0x2145, 0x214A),
    (0x214C, 0x214D), (0x214F, 0x218B), (0x221E, 0x221E), (0x2234, 0x2235), (0x2300, 0x2307), (0x230C, 0x231F),
    (0x2324, 0x2328), (0x232B, 0x232B), (0x237D, 0x239A), (0x23BE, 0x23CD), (0x23CF, 0x23CF), (0x23D1, 0x23DB),
    (0x23E2, 0x2422), (0x2424, 0x24FF), (0x25A0, 0x2619), (0x2620, 0x2767), (0x2776, 0x2793),
)  # fmt: skip
"""Characters below U+2E80 that stand upright (UAX #50: U)."""

_TURNED = frozenset("～〜〰ー゠－＿￣＝｜＜＞—―–‥…⋯⸺〈〉《》「」『』【】〔〕〖〗〘〙〚〛（）［］｛｝｟｠")
"""Above U+2E80 those that are turned where a face has no form for vertical lines (Tr, R), and dashes and dots."""
_TURNED_IN_JAPANESE = frozenset("：；")

_QUOTES = {
    "zh-Hans": {"“": "﹃", "”": "﹄", "‘": "﹁", "’": "﹂"},
    "zh-Hant": {"“": "﹁", "”": "﹂", "‘": "﹃", "’": "﹄"},
    "ja": {"“": "〝", "”": "〟"},
}
"""What quotation marks become in a vertical line (GB/T 15834-2011, 5.2; JIS X 4051): the mainland's outer ones are
double, Taiwan's single."""

_TONES = frozenset("ˉˊˇˋ˙")
"""Tones of 注音 stand as their signs do, which UAX #50 leaves to whoever sets them."""
_CORNER_STOPS = "，。、．"
_CORNER = 0.25
"""The middle of a stop lies so far, in em, below the upper edge of its cell, where stops stand in the corner."""


class Stand(NamedTuple):
    """A character standing upright: its glyph, the advance down the line and the pen point in the glyph's own
    coordinates, in em."""

    glyph: int
    advance: float
    x: float
    y: float


@lru_cache(maxsize=65536)
def stand(face: Face, character: str) -> Stand | None:
    """How a character stands in a vertical line; None where it is turned, or the face has no glyph for it."""
    glyph = _glyph(face, character)
    if not glyph:
        return None
    advance = face.vertical_advance(glyph) if "vmtx" in face.tags else 1.0
    y = face.em_middle + 0.5
    if character in _CORNER_STOPS and family(face.lang) == "zh-Hant":
        # A face of the mainland's forms has them in the corner; here they stand in the middle of the cell.
        glyph = face.glyphs[ord(character)]
        left, bottom, right, top = face.ink(glyph)
        return Stand(glyph, 1.0, (left + right) / 2, (bottom + top) / 2 + 0.5)
    if character in _CORNER_STOPS and face.vertical_glyphs[ord(character)] != face.glyphs[ord(character)]:
        # Some faces (Fandol) leave the stop in the middle of its cell.
        _, bottom, _, top = face.ink(glyph)
        if y - (bottom + top) / 2 > 0.5 - _CORNER / 2:
            y = (bottom + top) / 2 + _CORNER
    return Stand(glyph, advance, face.advance(glyph) / 2, y)


def _glyph(face: Face, character: str) -> int:
    """The glyph of what stands, 0 where the character is turned."""
    code = ord(character)
    plain = face.glyphs[code]
    language = family(face.lang)
    if character in "“”‘’" and plain and face.advance(plain) > 0.3:
        substitute = _QUOTES.get(language, {}).get(character)
        if substitute is None or not face.is_cjk:
            return 0
        found = face.vertical_glyphs[ord(substitute)]
        return found if face.glyphs[ord(substitute)] else 0
    if character in _TONES and plain:
        return plain
    if not plain or (classify(character) in _NARROW and (code < 0x100 or face.advance(plain) < _WIDE)):
        return 0
    form = face.vertical_glyphs[code]
    if form and form != plain:
        return form
    if character in _TURNED or (character in _TURNED_IN_JAPANESE and language == "ja"):
        return 0
    if code < _FIRST_WIDE and not any(first <= code <= last for first, last in _STAND_BELOW):
        return 0
    return plain


_CELL = "[\U00100000-\U0010fe00]"
_BOUND = compiled(f"第{_CELL}[条條款期号號屆届回卷章節节]?|{_CELL}月{_CELL}日|{_CELL}[℃％‰°′″]|[￥¥＄]{_CELL}")
"""What holds together with a cell: 第12條, 9月15日, 25℃, ￥12 (clreq, 符号分离禁则)."""


def bound(text: str) -> list[tuple[int, int]]:
    """The stretches of a text with stand-ins for cells that never part."""
    return [match.span() for match in _BOUND.finditer(text)]
