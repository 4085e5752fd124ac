"""P-COMMA: half-width commas, semicolons, colons, question and exclamation marks in Chinese text."""

from __future__ import annotations

import bisect

from converters.diagnostics import Checked
from converters.model.patterns import compiled
from converters.model.sheet import OBJECT, Sheet, Swaps, every

from .context import in_chinese, is_chinese, protected
from .rule import Class, LinePass, Options, Rule

P_COMMA = Rule(
    "P-COMMA",
    "Half-width mark in Chinese text",
    Class.AUTO,
    """\
Widens , ; : ? ! to ，；：？！ where they stand in Chinese text.

Why: extraction and some keyboards give the half-width form; Chinese marks take the room of a hanzi
(GB/T 15834-2011, 5.1.1).
Example: 近日,某厅召开会议  ->  近日，某厅召开会议
Not touched: a mark between two digits (3,000; 10:30; ISO 9001:2015), in an address, an e-mail or a path, in
code, in an English sentence.
Mend: applied; --no-fix P-COMMA leaves the marks as they are.
""",
)

_SPACE = frozenset(" \t\u00a0\u3000\u2002\u2003\u2009\u200a\u202f")
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}


def run(sheet: Sheet, options: Options) -> Checked[Sheet]:
    """Widen the marks."""
    lang = sheet.lang
    if not options.runs(P_COMMA) or lang.startswith(("ko", "en")):
        return Checked(sheet)
    text = sheet.text
    # Japanese writes 、 or ，: which of them is the author's choice.
    commas = every(text, ",") if not lang.startswith("ja") else []
    # By far the most frequent: a comma after a hanzi.
    sure = [place for place in commas if place and "\u4e00" <= text[place - 1] <= "\u9fff"]
    rest = sorted(set(commas).difference(sure)) if len(sure) < len(commas) else []
    for mark in ";:?!":
        rest += every(text, mark)
    places, afters = list(sure), ["，"] * len(sure)
    doubts: dict[int, tuple[str, str]] = {}
    for start in sorted(rest):
        doubt = _judge(text, start, places)
        if doubt is not None:
            index = bisect.bisect(places, start)
            places.insert(index, start)
            afters.insert(index, _WIDE[text[start]])
            if doubt:
                doubts[start] = ("medium", doubt)
    said = {bisect.bisect_left(places, start): doubt for start, doubt in doubts.items()}
    return sheet.swap(Swaps("P-COMMA", places, "".join(afters), said))


def _judge(text: str, start: int, widened: list[int]) -> str | None:
    """Why the mark at a place is widened though in doubt; "" where it plainly is Chinese, None where it is not."""
    mark = text[start]
    place = start - 1
    while place >= 0 and text[place] in _SPACE:
        place -= 1
    left = text[place] if place >= 0 else "\n"
    if ("\u4e00" <= left <= "\u9fff" or is_chinese(left)) and not (mark == ":" and text.startswith("//", start + 1)):
        return None if mark == "?" and _query(text, start) else ""
    if mark in ":;" and text[start + 1 : start + 2] == ")":
        return None  # :)
    if left in _WIDE and widened[(index := bisect.bisect_left(widened, place)) : index + 1] == [place]:
        return "beside a Chinese mark"
    if left != OBJECT and _weak(text, start):
        return "the sentence is Chinese"
    if left == OBJECT and is_chinese(text[start + 1 : start + 2] or "\n"):
        return "Chinese follows"
    return None


def _query(text: str, start: int) -> bool:
    """Whether a "?" opens the query of an address that has hanzi in its path."""
    return compiled(r"\?[\w-]+=").match(text, start) is not None


def _weak(text: str, start: int) -> bool:
    left, right = text[start - 1 : start], text[start + 1 : start + 2]
    if left.isdecimal() and right.isdecimal():
        return False
    return not protected(text, start) and in_chinese(text, start, start + 1)


PASS = LinePass("marks", (P_COMMA,), run, chars=",;:?!")
