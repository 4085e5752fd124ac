"""Classes of characters that repairs and checks ask for, as bodies of regular-expression classes and as tests."""

from __future__ import annotations

# Unified ideographs with their extensions, the compatibility block, 々 〆 〇.
HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA = "\u3041-\u3096\u309d\u309e\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff"
# Spaces of every width. A tab counts; a line break does not.
SPACES = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

OPENERS = "“‘（《〈「『【〖〔［｛〘〚"
CLOSERS = "”’）》〉」』】〗〕］｝〙〛"
FULL_STOPS = "。！？"
STOPS = "，、；：" + FULL_STOPS
# Marks that only Chinese and Japanese text uses; curly quotes, the dash and the ellipsis are Latin ones too.
WIDE_MARKS = "、。，；：！？（）《》〈〉「」『』【】〖〗〔〕［］｛｝～·〘〙〚〛．"
# Marks that cannot begin a line (clreq 3.1.8): a block that begins with one is the rest of another.
NOT_AT_START = "，。、；：！？”’）》〉」』】〗〕］｝…％%‰℃"


def is_hanzi(char: str) -> bool:
    """Whether a character is an ideograph (or 々, 〇)."""
    return (
        "\u4e00" <= char <= "\u9fff"
        or "\u3400" <= char <= "\u4dbf"
        or "\u3005" <= char <= "\u3007"
        or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U0003ffff"
    )


def is_kana(char: str) -> bool:
    """Whether a character is a kana, long vowel and iteration marks included."""
    return "\u3041" <= char <= "\u30fe" and char not in "\u3097\u3098\u3099\u309a\u309b\u309c\u309f\u30a0\u30fb"


def is_wide(char: str) -> bool:
    """Whether a character is an ideograph or a kana."""
    return is_hanzi(char) or is_kana(char)


TIGHT = "°′″℃²³/—–×÷±"
"""Signs that no space parts from a figure beside them, though neither is wide."""


def wants_space(text: str) -> bool:
    """Whether a text ends in a sign of a formula that has a space before it, and so has one behind it: ΔL =."""
    return len(text) > 2 and text[-1] in "=＝+×÷<>" and text[-2] == " "


def is_formula(left: str, right: str) -> bool:
    """Whether two neighbours are a Greek letter and a Latin one: ΔL, αL are no two words."""
    one, other = ("\u0370" <= char <= "\u03ff" for char in (left, right))
    return one != other and left.isalpha() and right.isalpha() and left < "\u0400" and right < "\u0400"


def is_latin(char: str) -> bool:
    """Whether a character is a letter of an alphabet other than kana: Latin, Greek, Cyrillic."""
    return char.isalpha() and char < "\u2e80"
