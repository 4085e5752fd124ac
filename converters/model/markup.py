"""What reading and writing Markdown must agree on: which characters are wide, and when marks may open and close."""

from __future__ import annotations

import unicodedata

# A description that is plainly a caption: 图1 …, Figure 2 …
NUMBERED_CAPTION = r"(?:图|圖|図|照片|Figure|Fig\.)\s*[0-9一二三四五六七八九十]"
# Characters of a subscript between bare ~ and a superscript between bare ^: only what formulas and units need, so
# that the ~ of a range and the ^ of a formula stay what they are.
SCRIPT = r"0-9A-Za-z+\-=(),.′″\u0370-\u03ff−±"
ENTITY = r"&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z][a-zA-Z0-9]{1,31}));"


def is_square(char: str) -> bool:
    """Whether a character fills a square and is written without spaces around it: hanzi, kana, their marks.

    Hangul is left out: Korean parts its words with spaces.
    """
    return char >= "\u2e80" and (
        char <= "\u312f"
        or "\u31a0" <= char <= "\u9fff"
        or "\uf900" <= char <= "\ufaff"
        or "\ufe10" <= char <= "\ufe1f"
        or "\ufe30" <= char <= "\ufe6f"
        or "\uff00" <= char <= "\uff60"
        or "\uffe0" <= char <= "\uffe6"
        or "\U00020000" <= char <= "\U0003ffff"
    )


def is_cjk(char: str) -> bool:
    """Whether a character belongs to Chinese, Japanese or Korean text, their own marks included."""
    return (
        is_square(char) or "\u1100" <= char <= "\u11ff" or "\u3130" <= char <= "\u319f" or "\uac00" <= char <= "\ud7ff"
    )


def flanking(char: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a run of `char` between two characters ("" at an edge) can open and can close emphasis.

    CommonMark 0.31, 6.2, amended for Chinese and Japanese: their marks are not punctuation here, and a hanzi
    beside a run counts as a boundary, so that **《制度》**—— and **“六快”**机制 are emphasis.
    """
    mark_before, mark_after = _is_punctuation(before), _is_punctuation(after)
    wide_before, wide_after = bool(before) and is_cjk(before), bool(after) and is_cjk(after)
    edge_before, edge_after = not before or before.isspace(), not after or after.isspace()
    latin_before, latin_after = mark_before and not wide_before, mark_after and not wide_after
    left = not edge_after and (not latin_after or edge_before or latin_before or wide_before)
    right = not edge_before and (not latin_before or edge_after or latin_after or wide_after)
    if char == "_":
        return left and (not right or mark_before), right and (not left or mark_after)
    return left, right


def _is_punctuation(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "PS"
