"""What a character is to the compositor: one class letter each (clreq; GB/T 15834-2011, 5.1).

H  hanzi, kana, symbol: 1 em, a line may break on either side   B  the same, but lines break at spaces only
O  opening bracket or quote     C  closing bracket or quote     S  、，；：     F  。．     Q  ！？
X  a mark of a whole em that may not start a line (‼)           I  interpunct ·   N  connector ～ –
L  solidus /    l  solidus ／     D  —     T  ⸺     E  …         K  small kana, iteration mark
a  letter    d  digit    p  . , :    j  ; ! ? ) ] }    q  ( [ {    h  -    y  any other narrow sign
g  sign of a number ± −    v  sign before a number ￥    u  sign after a number ℃    R  object    r  flag letter
s  space    n  forced line break    m  part of the character before it    z  joiner of both its neighbours
"""

from __future__ import annotations

import functools
import unicodedata

OPENING = "‘“（《〈【〖〔［｛「『〘〚｟〝﹁﹃︵︷︹︻︽︿"
CLOSING = "’”）》〉】〗〕］｝」』〙〛｠〞〟﹂﹄︶︸︺︼︾﹀"
COMMAS = "、，；："
FULL_STOPS = "。．"
EXCLAMATIONS = "！？"
DOUBLE_MARKS = "‼⁇⁈⁉"
INTERPUNCTS = "·・‧"
CONNECTORS = "～〜–‐゠"
PREFIXES = "￥¥＄£€№"
POSTFIXES = "‰℃°′″％¢"
SMALL_KANA = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ" + "".join(map(chr, range(0x31F0, 0x3200)))
ITERATION_MARKS = "々〻ゝゞヽヾー〃"
JOINED_DASHES = "\U0010fffa\U0010fffb\U0010fffc\U0010fffd"
"""Private characters that a caller may put in the place of a pair of dashes which its face draws as one sign."""
JOINED_SHOUTS = "\U0010fff0\U0010fff1\U0010fff2\U0010fff3"
"""The same for ！！ ！？ ？！ ？？ in one em of a vertical line."""
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
STAND_INS: dict[str, range] = {
    "H": range(0x100000, 0x108000),
    "a": range(0x108000, 0x10C000),
    "m": range(0x10C000, 0x10E000),
    "d": range(0x10E000, 0x10E800),
    "y": range(0x10E800, 0x10F000),
    "X": range(0x10F000, 0x10F100),
}
"""Private characters that a caller may put in the place of signs of these classes that its face draws together."""
JOINT = range(0x10B000, 0x10C000)
"""Stand-ins of letters whose sign is drawn by several glyphs: those after the first say nothing."""

_SPECIAL = {
    **dict.fromkeys(OPENING, "O"),
    **dict.fromkeys(CLOSING, "C"),
    **dict.fromkeys(COMMAS, "S"),
    **dict.fromkeys(FULL_STOPS, "F"),
    **dict.fromkeys(EXCLAMATIONS, "Q"),
    **dict.fromkeys(DOUBLE_MARKS, "X"),
    **dict.fromkeys(INTERPUNCTS, "I"),
    **dict.fromkeys(CONNECTORS, "N"),
    **dict.fromkeys(PREFIXES, "v"),
    **dict.fromkeys(POSTFIXES, "u"),
    **dict.fromkeys("±−", "g"),
    **dict.fromkeys(".,:", "p"),
    **dict.fromkeys(";!?)]}»", "j"),
    **dict.fromkeys("([{«", "q"),
    **dict.fromkeys(" \t", "s"),
    "\n": "n",
    "\N{ZERO WIDTH SPACE}": "s",
    "-": "h",
    "\N{NON-BREAKING HYPHEN}": "y",
    "/": "L",
    "／": "l",
    "—": "D",
    "⸺": "T",
    **dict.fromkeys(JOINED_DASHES, "T"),
    **dict.fromkeys(JOINED_SHOUTS, "X"),
    "…": "E",
    "⋯": "E",
    OBJECT: "R",
    "\N{ZERO WIDTH JOINER}": "z",
    "\N{WORD JOINER}": "z",
    "\N{IDEOGRAPHIC SPACE}": "H",
    "\N{NO-BREAK SPACE}": "y",
}

_NARROW_SCRIPTS_END = 0x2000
"""Below this lie the alphabets, whose letters make words; above it symbols, kana and hanzi, which do not."""


def classify(character: str) -> str:
    """The class letter of a character, before a language has its say (see `class_table`)."""
    special = _SPECIAL.get(character)
    if special is not None:
        return special
    code = ord(character)
    if code >= 0x100000:
        return next((letter for letter, codes in STAND_INS.items() if code in codes), "H")
    if code < 0x80:
        if character.isdigit():
            return "d"
        return "a" if character.isalpha() else "m" if code < 0x20 or code == 0x7F else "y"
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Mc", "Cf") or 0x1160 <= code <= 0x11FF or 0x1F3FB <= code <= 0x1F3FF:
        return "m"
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "r"
    if unicodedata.east_asian_width(character) == "H":
        return "H"
    if code < _NARROW_SCRIPTS_END or 0xFB1D <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFF:
        if category[0] == "L":
            return "a" if code < 0x1100 or code > 0x11FF else "H"
        return "d" if category == "Nd" else "y" if unicodedata.east_asian_width(character) != "A" else "H"
    if category == "Zs":
        return "s" if code != 0x202F else "y"
    return "H"


class ClassTable(dict[int, str]):
    """Class letters by code point, found when first asked for; fit for `str.translate`."""

    def __init__(self, kana: bool, words_only: bool) -> None:
        super().__init__()
        self._kana = kana
        self._words_only = words_only

    def __missing__(self, code: int) -> str:
        character = chr(code)
        letter = classify(character)
        if letter == "H":
            if self._words_only:
                letter = "B"
            elif self._kana and (character in SMALL_KANA or character in ITERATION_MARKS):
                letter = "K"
        self[code] = letter
        return letter


@functools.cache
def class_table(kana: bool = False, words_only: bool = False) -> ClassTable:
    """The table of a language.

    `kana`: small kana and iteration marks may not start a line (strict Japanese);
    `words_only`: lines break at spaces only (Korean).
    """
    return ClassTable(kana, words_only)


_HALF_EM_MARKS = frozenset("·‧–‐-/«»")


@functools.cache
def nominal_width(character: str, wide_interpunct: bool = False) -> float:
    """Width in em without a font: 1 for full-width characters, ½ for ASCII and letters (clreq; GB/T 15834-2011).

    `wide_interpunct`: the interpunct has a whole em, as in Taiwan, Hong Kong and Japan.
    """
    if character in _HALF_EM_MARKS:
        return 1.0 if wide_interpunct and character in INTERPUNCTS else 0.5
    match classify(character):
        case "m" | "z" | "n":
            return 0.0
        case "s" if character == "\N{ZERO WIDTH SPACE}":
            return 0.0
        case "T":
            return 2.0
        case "a" | "d" | "p" | "j" | "q" | "h" | "y" | "s" | "L" | "r":
            return 0.5
        case "v" if ord(character) < 0x100:
            return 0.5
        case "u" if character == "¢":
            return 0.5
        case _ if unicodedata.east_asian_width(character) == "H":
            return 0.5
        case _:
            return 1.0
