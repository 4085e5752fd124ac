"""P-COMMA: half-width commas, semicolons, colons, question and exclamation marks in Chinese text."""

from __future__ import annotations

from converters.diagnostics import Checked
from converters.model.document import Document
from converters.model.patterns import compiled
from converters.model.sheet import OBJECT, Mend, Sheet

from .context import in_chinese, is_chinese, protected
from .rule import Class, Options, Pass, Rule

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


def run(sheet: Sheet, options: Options) -> Checked[Document]:
    """Widen the marks."""
    if not options.runs(P_COMMA) or sheet.document.metadata.lang.lower().startswith(("ko", "en")):
        return Checked(sheet.document)
    text = sheet.text
    japanese = sheet.document.metadata.lang.lower().startswith("ja")
    mends: list[Mend] = []
    widened = -1
    for match in compiled("[,;:?!]").finditer(text):
        start = match.start()
        mark = text[start]
        place = start - 1
        if mark == "," and place >= 0 and "\u4e00" <= text[place] <= "\u9fff" and not japanese:
            # By far the most frequent: a comma after a hanzi.
            mends.append(Mend("P-COMMA", start, start + 1, "，"))
            widened = start
            continue
        while place >= 0 and text[place] in _SPACE:
            place -= 1
        left = text[place] if place >= 0 else "\n"
        if japanese and mark == ",":
            # Japanese writes 、 or ，: which of them is the author's choice.
            continue
        if ("\u4e00" <= left <= "\u9fff" or is_chinese(left)) and not (
            mark == ":" and text.startswith("//", start + 1)
        ):
            if mark == "?" and _query(text, start):
                continue
            mends.append(Mend("P-COMMA", start, start + 1, _WIDE[mark]))
            widened = start
        elif place >= 0 and widened == place:
            # A mark beside one that has just become Chinese.
            mends.append(Mend("P-COMMA", start, start + 1, _WIDE[mark], "medium", "beside a Chinese mark"))
            widened = start
        elif left != OBJECT and _weak(text, start):
            mends.append(Mend("P-COMMA", start, start + 1, _WIDE[mark], "medium", "the sentence is Chinese"))
            widened = start
        elif left == OBJECT and is_chinese(text[start + 1 : start + 2] or "\n"):
            mends.append(Mend("P-COMMA", start, start + 1, _WIDE[mark], "medium", "Chinese follows"))
            widened = start
    return sheet.apply(mends)


def _query(text: str, start: int) -> bool:
    """Whether a "?" opens the query of an address that has hanzi in its path."""
    return compiled(r"\?[\w-]+=").match(text, start) is not None


def _weak(text: str, start: int) -> bool:
    left, right = text[start - 1 : start], text[start + 1 : start + 2]
    if left.isdecimal() and right.isdecimal():
        return False
    return not protected(text, start) and in_chinese(text, start, start + 1)


PASS = Pass("marks", (P_COMMA,), run, chars=",;:?!")
