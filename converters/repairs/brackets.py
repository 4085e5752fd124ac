"""P-PAREN: half-width brackets in Chinese text, always as a pair."""

from __future__ import annotations

from converters.diagnostics import Checked, Diagnostic, Severity
from converters.model.characters import is_latin, is_wide
from converters.model.document import Document
from converters.model.patterns import compiled
from converters.model.sheet import Mend, Sheet

from .context import has_wide, is_chinese
from .rule import Class, Options, Pass, Rule

P_PAREN = Rule(
    "P-PAREN",
    "Half-width brackets in Chinese text",
    Class.AUTO,
    """\
Widens ( and ) to （ and ） as a pair, where what they enclose or what stands on both sides is Chinese.

Why: brackets in Chinese text are full-width (GB/T 15834-2011, 4.9.3); widening one of a pair makes it worse.
Example: 理论学习中心组(扩大)学习会议  ->  理论学习中心组（扩大）学习会议
Not touched: f(x), (a) in Latin text. A pair of mixed width, （…), is reported and left.
Mend: applied; --no-fix P-PAREN leaves the brackets as they are.
""",
)


_OPERATORS = frozenset("+-*/×÷=<>^√±")
_OPERATORS_AFTER = frozenset("+*/×÷=<>^²³±")


def run(sheet: Sheet, options: Options) -> Checked[Document]:
    """Widen pairs; report mixed ones."""
    if sheet.document.metadata.lang.lower().startswith(("ko", "en")):
        return Checked(sheet.document)
    text = sheet.text
    mends: list[Mend] = []
    findings: list[Diagnostic] = []
    stack: list[int] = []
    for match in compiled("[()（）\n]").finditer(text):
        place = match.start()
        char = text[place]
        if char == "\n":
            stack.clear()
        elif char in "(（":
            stack.append(place)
        elif stack:
            opening = stack.pop()
            if text[opening] == "(" and char == ")":
                if _chinese_pair(text, opening, place):
                    mends.append(Mend("P-PAREN", opening, opening + 1, "（"))
                    mends.append(Mend("P-PAREN", place, place + 1, "）"))
            elif (text[opening] == "(") != (char == ")"):
                findings.append(
                    Diagnostic(
                        "P-PAREN", Severity.INFO, "brackets of two widths in one pair: {pair}",
                        sheet.span(opening, opening + 1), hint="write both in the same width",
                        values=(("pair", text[opening] + "…" + char),),
                    )
                )  # fmt: skip
    done = sheet.apply(mends) if options.runs(P_PAREN) else Checked(sheet.document)
    return Checked(done.value, tuple(findings), done.changes)


def _chinese_pair(text: str, opening: int, closing: int) -> bool:
    left, right = _outer(text, opening - 1, -1), _outer(text, closing + 1, 1)
    inner = text[opening + 1 : closing]
    if has_wide(inner):
        # A Chinese name in an English sentence: "the Ministry (民政部) said".
        spaced = " " in (text[opening - 1 : opening], text[closing + 1 : closing + 2])
        return not (spaced and _latin(left) and _latin(right))
    if not inner.strip():
        return left != "\n" and right != "\n" and not _latin(left) and not _latin(right)
    near = text[opening - 1 : opening] if opening else "\n"
    if _latin(left) or _latin(right) or (near.isascii() and near.isalnum()):
        return False
    if near in _OPERATORS or text[closing + 1 : closing + 2] in _OPERATORS_AFTER:
        # A formula: 即(3+5)×2.
        return False
    return is_chinese(left) or is_chinese(right)


def _latin(char: str) -> bool:
    return char != "" and is_latin(char)


def _outer(text: str, place: int, step: int) -> str:
    """The nearest letter or ideograph outside a bracket; figures, spaces and marks of either width are passed over."""
    while 0 <= place < len(text):
        char = text[place]
        if char == "\n":
            return "\n"
        if is_wide(char) or is_latin(char):
            return char
        place += step
    return "\n"


PASS = Pass("brackets", (P_PAREN,), run, chars="()")
