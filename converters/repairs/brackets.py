"""P-PAREN: half-width brackets in Chinese text, always as a pair."""

from __future__ import annotations

from converters.diagnostics import Checked, Diagnostic, Severity
from converters.model.characters import is_latin, is_wide
from converters.model.patterns import compiled
from converters.model.sheet import Sheet, Swaps

from .context import has_wide, is_chinese
from .rule import Class, LinePass, Options, Rule

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


# How far a bracket is looked into and around, in characters: rows of thousands are no text.
_REACH = 200
_NEAR = 64
_STOPS = frozenset("，。、；：！？,;!?")
_OPERATORS = frozenset("+-*/×÷=<>^√±")
_EQUALS = frozenset("=＝")
_OPERATORS_AFTER = frozenset("+*/×÷=<>^²³±")


def run(sheet: Sheet, options: Options) -> Checked[Sheet]:
    """Widen pairs; report mixed ones."""
    if sheet.lang.startswith(("ko", "en")):
        return Checked(sheet)
    text = sheet.text
    wide: dict[int, str] = {}
    findings: list[Diagnostic] = []
    stack: list[int] = []
    for match in compiled("[()（）]" if "（" in text or "）" in text else "[()]").finditer(text):
        place = match.start()
        char = text[place]
        if stack and text.find("\n", stack[-1], place) >= 0:
            stack.clear()
        if char in "(（":
            stack.append(place)
        elif stack:
            opening = stack.pop()
            if text[opening] == "(" and char == ")":
                if _chinese_pair(text, opening, place):
                    wide[opening], wide[place] = "（", "）"
            elif (text[opening] == "(") != (char == ")"):
                findings.append(
                    Diagnostic(
                        "P-PAREN", Severity.INFO, "brackets of two widths in one pair: {pair}",
                        sheet.span(opening, opening + 1), hint="write both in the same width",
                        values=(("pair", text[opening] + "…" + char),),
                    )
                )  # fmt: skip
    if not options.runs(P_PAREN):
        return Checked(sheet, tuple(findings))
    places = sorted(wide)
    done = sheet.swap(Swaps("P-PAREN", places, "".join([wide[place] for place in places])))
    return Checked(done.value, tuple(findings), done.changes)


def _chinese_pair(text: str, opening: int, closing: int) -> bool:
    inner = text[opening + 1 : min(closing, opening + _REACH)]
    chinese = has_wide(inner)
    before, after = text[opening - 1 : opening], text[closing + 1 : closing + 2]
    if chinese and before.isascii() and before.isalnum() and (after in _EQUALS or inner[0] in "“\"‘'"):
        return False  # f(甲)=3, print("你好")
    if (before in _OPERATORS or after in _OPERATORS_AFTER) and compiled(r"[-+×÷*/=−]").search(inner):
        return False  # 时间=(行驶+展开)÷2
    if chinese and " " not in (before, after):
        return True
    if compiled("[A-Za-z]").search(inner) is None and before in (" ", "\u3000", "\u00a0"):
        before = text[opening - 2 : opening - 1]
    if _held(before, text, closing + 1):
        return True
    left, right = _outer(text, opening - 1, -1), _outer(text, closing + 1, 1)
    if chinese:
        # A Chinese name in an English sentence: "the Ministry (民政部) said".
        return not (_latin(left) and _latin(right))
    if not inner.strip():
        return left != "\n" and right != "\n" and not _latin(left) and not _latin(right)
    near = text[opening - 1 : opening] if opening else "\n"
    if _latin(left) or _latin(right) or (near.isascii() and near.isalnum()):
        return False
    if near in _OPERATORS or text[closing + 1 : closing + 2] in _OPERATORS_AFTER:
        # A formula: 即(3+5)×2.
        return False
    return is_chinese(left) or is_chinese(right)


def _held(before: str, text: str, end: int) -> bool:
    """Whether a pair stands close behind an ideograph and before another or a stop: 盐度(‰)、pH值.

    Stops of either width count, since one becomes the other.
    """
    after = text[end : end + 1]
    return is_wide(before or " ") and (is_wide(after or " ") or after in _STOPS) and after != ""


def _latin(char: str) -> bool:
    return char != "" and is_latin(char)


def _outer(text: str, place: int, step: int) -> str:
    """The nearest letter or ideograph outside a bracket; figures, spaces and marks of either width are passed over."""
    end = place + step * _NEAR
    while 0 <= place < len(text) and place != end:
        char = text[place]
        if char == "\n":
            return "\n"
        if is_wide(char) or is_latin(char):
            return char
        place += step
    return "\n"


PASS = LinePass("brackets", (P_PAREN,), run, chars="()")
