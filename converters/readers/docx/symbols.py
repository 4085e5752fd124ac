"""Signs of symbol fonts as the characters that they show: Wingdings, Wingdings 2, Symbol.

Such a font has its signs at 0x20–0xFF, which Word writes as U+F020–U+F0FF. The characters are those of the fonts'
mapping in Unicode (L2/12-368 and Public/MAPPINGS/VENDORS/ADOBE/symbol.txt); where that has a sign which no Chinese
face holds, the plain form of the same sign stands for it (☑ for the bold ballot box).
"""

from __future__ import annotations

_PRIVATE = 0xF000


def _row(first: int, signs: str) -> dict[int, str]:
    return {first + place: sign for place, sign in enumerate(signs)}


_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x75: "◆", 0x77: "◆",
    0x76: "❖", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
} | _row(0x81, "①②③④⑤⑥⑦⑧⑨⑩") | _row(0x8C, "❶❷❸❹❺❻❼❽❾❿")  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x98: "●", 0xA2: "■", 0xA3: "□",
} | _row(0x6A, "①②③④⑤⑥⑦⑧⑨⑩") | _row(0x75, "❶❷❸❹❺❻❼❽❾❿")  # fmt: skip
_SYMBOL = (
    _row(0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")
    | _row(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ")
    | _row(0xA3, "≤⁄∞")
    | _row(0xAB, "↔←↑→↓°±″≥×∝∂•÷≠≡≈…")
    | {0x22: "∀", 0x24: "∃", 0x40: "≅", 0xC7: "∩", 0xC8: "∪", 0xCE: "∈", 0xCF: "∉", 0xD0: "∠", 0xD1: "∇", 0xD5: "∏"}
    | {0xD6: "√", 0xD7: "⋅", 0xD9: "∧", 0xDA: "∨", 0xE5: "∑", 0xF2: "∫"}
)
_FONTS = {"wingdings": _WINGDINGS, "wingdings2": _WINGDINGS_2, "wingdings3": {}, "webdings": {}, "symbol": _SYMBOL}


def is_symbol_font(font: str) -> bool:
    """Whether a font's codes are its own and no characters."""
    return _key(font) in _FONTS


def sign_of(font: str, code: int) -> str:
    """The character that a font shows at a code, "" where no character is known for it."""
    signs = _FONTS.get(_key(font))
    if signs is None:
        # A text font: its code is a character, unless it is a private one.
        return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFFE else ""
    return signs.get(code - _PRIVATE if code >= _PRIVATE else code, "")


def enclosed(mark: str, number: str) -> str:
    """The one character for a number in a ring, as Word composes it (EQ \\o\\ac); "" where there is none."""
    if mark not in "○◯〇" or not mark or not (number.isascii() and number.isdecimal()) or len(number) > 2:
        return ""
    value = int(number)
    if 1 <= value <= 20:
        return chr(0x245F + value)
    if 21 <= value <= 35:
        return chr(0x323C + value)
    return chr(0x328D + value) if 36 <= value <= 50 else ""


def _key(font: str) -> str:
    return "".join(font.lower().split())
