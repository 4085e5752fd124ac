"""What shows beyond doubt that a text goes on in another: a bracket left open, a time or a sum cut in two."""

from __future__ import annotations

from converters.model.characters import HAN, is_formula, is_hanzi
from converters.model.patterns import compiled

ENDS = "。！？…；：!?;:."
CLOSING = "”’）》】」』〉〕］｝\"')]}"
# Stops of either width inside a text, since one becomes the other; the point of a decimal is none.
STOP = r"[，。；！？,;!?]|\.(?!\d)"
END = r"[。！？!?]|\.(?!\d)"
SHORT = 15
"""Characters of a piece that may be a heading or a label."""
# How far from the tear a bracket's other half is looked for, in characters.
_REACH = 1000
_WAVES = frozenset("～~—–")
_CLOSE = r"(?:[。；;]|\.(?!\d))"
# Words that are a sentence.
_ANSWER = rf"(?:[是对好行不嗯啊哦唉来走错]|不是|不行|不错|是的|对的|好的|当然|可以|没有|完了|同意|谢谢|且慢){_CLOSE}"
# The rest of a decimal; 12. / 2023年 and 12. / 3、 are none.
_FRACTION = r"\d{1,3}(?![\d年月日.、）)．])"
# Signs that want a second number; C++ and a path are words.
_OPERATOR = r"(?<![+＋])[+＋=＝×÷／<＞>]\Z|[\w)）]/\Z"
_PAIRS = {
    "“": "”",
    "‘": "’",
    "（": "）",
    "《": "》",
    "〈": "〉",
    "「": "」",
    "『": "』",
    "【": "】",
    "〔": "〕",
    "(": ")",
}
# Marks that no paragraph, and so nothing under a heading, begins with.
_MIDDLE = frozenset("，、。；：！？")
_OPERATORS = frozenset("+＋=＝×÷／<＞>/")
_MARK = "[“”‘’（）()《》〈〉「」『』【】〔〕]"
_SHUT = frozenset(_PAIRS.values())
_ALSO = {"）": "）)", ")": "）)"}


def goes_on(a: str, z: str) -> bool:
    """Whether a line goes on in the block after it beyond doubt: it is no heading."""
    return bool(a and z) and bool(certain(a, z, ended=a.rstrip(CLOSING)[-1:] in tuple(ENDS)))


def certain(a: str, z: str, *, ended: bool) -> str:
    """Why a text goes on in another beyond doubt, whatever else they look like; "" where nothing says so."""
    a = a[-_REACH:]
    if ended:
        # The last character decides nearly always; a search for it would go through all of the text.
        if a[-1] in ":：" and compiled(r"\d[:：]\Z").search(a) and compiled(r"[0-5]\d(?!\d)").match(z):
            return "a time goes on"
        # Stops in either width, since one becomes the other: the point of a text that has them is none.
        if a[-1] == "." and compiled(rf"[{HAN}][.。].*(?<!\d)\d{{1,3}}\.\Z").search(a) and compiled(_FRACTION).match(z):
            return "a decimal goes on"
    if ended and z[0] not in _SHUT:
        # Behind a stop only a text that begins with the bracket's other half goes on.
        return ""
    wanted = left_open(a) if compiled(r"[”’）)》」』】〕]").search(z, 0, _REACH) else ""
    if wanted and (not ended or z[0] in wanted):
        place = _first_closed(z)
        if place >= 0 and z[place] in _ALSO.get(wanted, wanted):
            return f"{wanted} stands in the second piece only"
    if ended:
        return ""
    if z[0] in _MIDDLE:
        return f"a paragraph cannot begin with {z[0]}"
    if is_formula(a[-1], z[0]):
        return "a formula goes on"
    if (
        a[-1] in _OPERATORS
        and compiled(_OPERATOR).search(a, max(0, len(a) - 3))
        and (z[0].isalnum() or z[0] in "([（")
        and "://" not in a[-80:]
    ):
        return f"no paragraph ends in {a[-1]}"
    if (a[-1].isalnum() or a[-1] in ")²³") and a[-1].isascii() != is_hanzi(a[-1]) and z[0] in "=＝/／×÷":
        return f"a paragraph cannot begin with {z[0]}"
    if (
        compiled(r"[\d%％℃°][～~—–]?\Z").search(a, max(0, len(a) - 2))
        and compiled(r"[～~—–]?\d").match(z)
        and (a[-1] in _WAVES) != (z[0] in _WAVES)
    ):
        return "a range goes on"
    if len(a) < SHORT:
        return ""
    if is_hanzi(a[-1]) and compiled(rf"(?!{_ANSWER})[{HAN}]{{1,2}}{_CLOSE}").match(z):
        return "the end of a sentence"
    if prose(a) and compiled(r"[-—–─━―－]{2,}[^-—–─━―－]").match(z) and z[-1] in "。！？.!?":
        # A subtitle has no stop at its end.
        return "a dash goes on from a piece without a stop"
    return ""


def _first_closed(text: str) -> int:
    """The place of the first closing mark in a text whose opening mark is not in it; −1 where there is none."""
    depth: list[str] = []
    for mark in compiled(_MARK).finditer(text, 0, _REACH):
        char = mark.group()
        if char in _PAIRS:
            depth.append(_PAIRS[char])
        else:
            if not depth:
                return mark.start()
            if char in _ALSO.get(depth[-1], depth[-1]):
                depth.pop()
    return -1


def prose(text: str) -> bool:
    """Whether a text has a stop, as a sentence has and a heading has not."""
    return compiled(STOP).search(text) is not None


def left_open(text: str) -> str:
    """The closing mark that the last bracket left open in a text wants; "" where none is open."""
    wanted: list[str] = []
    for char in compiled(_MARK).findall(text, max(0, len(text) - _REACH)):
        if char in _PAIRS:
            wanted.append(_PAIRS[char])
        elif wanted and char in _ALSO.get(wanted[-1], wanted[-1]):
            wanted.pop()
    return wanted[-1] if wanted else ""
