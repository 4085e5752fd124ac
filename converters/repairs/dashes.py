"""P-DASH and P-TILDE: dashes and range marks typed as hyphens and tildes."""

from __future__ import annotations

from converters.diagnostics import Checked, Diagnostic, Severity
from converters.model.characters import HAN, KANA, SPACES
from converters.model.patterns import compiled
from converters.model.sheet import OBJECT, Mend, Sheet

from .context import after, before, is_chinese
from .rule import Class, LinePass, Options, Rule

P_DASH = Rule(
    "P-DASH",
    "Dash of the wrong form",
    Class.AUTO,
    """\
Makes —— of two or more hyphens, or of rows of ─ ━ ― – －, beside Chinese text.

Why: the Chinese dash is two hanzi long (GB/T 15834-2011, 4.10.2).
Example: 主题-- 记  ->  主题——记
Not touched: a number range (2023-2024年: N-RANGE), options of programs (--fix), Latin text. A single — between
two hanzi may be a dash or a range, and is reported.
Mend: applied; --no-fix P-DASH leaves them.
""",
)
E_DASHCH = Rule(
    "E-DASHCH",
    "Dash in the place of 一, or 一 in the place of a dash",
    Class.REPORT,
    """\
Reports a dash where a number is wanted (第—条), and ー or － between two hanzi.

Why: 一 — － ー ― look alike to character recognition.
Mend: never applied.
""",
)
P_TILDE = Rule(
    "P-TILDE",
    "Tilde in a range",
    Class.OPT,
    """\
Makes ～ of a tilde between two numbers.

Why: GB/T 15834-2011, 4.13.1.3: the wave mark is full-width.
Example: 3~5天  ->  3～5天
Mend: with --fix P-TILDE.
""",
)


_SPACE = frozenset(" \t\u00a0\u3000\u2002\u2003\u2009\u200a\u202f")


def run(sheet: Sheet, options: Options) -> Checked[Sheet]:
    """Mend dashes; report lone ones."""
    lang = sheet.lang
    if lang.startswith(("ko", "en")):
        return Checked(sheet)
    text = sheet.text
    mends: list[Mend] = []
    findings: list[Diagnostic] = []
    # Japanese also writes ―― and ──.
    runs = "-{2,}|—{3,}" if lang.startswith("ja") else "[-—–─━―－]{2,}"
    if options.runs(P_DASH):
        for match in compiled(rf"[-—–─━―－]{{2,}}(?:[{SPACES}]+[-—–─━―－]{{2,}})*").finditer(text):
            if match.group() == "——" or compiled(runs).match(match.group()) is None:
                continue
            start, end = _widened(text, match.start(), match.end())
            mend = _dash(text, start, end, text[start:end])
            if mend is not None:
                mends.append(mend)
        for match in compiled(rf"—(?<=[{HAN}{KANA}”》）]—)(?=[{HAN}{KANA}“《（])(?<![”》）]—(?=[“《（]))").finditer(
            text
        ):
            findings.append(
                Diagnostic(
                    "P-DASH", Severity.INFO, "a single — between two hanzi", sheet.span(match.start(), match.end()),
                    hint="write —— for a dash; — alone joins places, times and names",
                )
            )  # fmt: skip
    if not lang.startswith("ja"):
        for match in compiled(rf"第[—－ー―-](?=[条章节期届次批号款项个])|(?<=[{HAN}])[ー－](?=[{HAN}])").finditer(text):
            place = match.end() - 1
            findings.append(
                Diagnostic(
                    "E-DASHCH", Severity.WARNING, "{char} where 一 or a dash is meant", sheet.span(place, place + 1),
                    hint="write 一 or ——", values=(("char", text[place]),),
                )
            )  # fmt: skip
    if options.runs(P_TILDE):
        for match in compiled(r"(?<=[\d%％万亿])~(?=\d)").finditer(text):
            mends.append(Mend("P-TILDE", match.start(), match.end(), "～"))
    done = sheet.apply(mends)
    return Checked(done.value, tuple(findings), done.changes)


_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两半几数第")


_BEFORE_OPTION = frozenset(" \n\v\"'`([（“‘《「" + OBJECT)


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with the spaces on both sides of it."""
    while start and text[start - 1] in _SPACE:
        start -= 1
    while end < len(text) and text[end] in _SPACE:
        end += 1
    return start, end


def _dash(text: str, start: int, end: int, found: str) -> Mend | None:
    marks = found.strip()
    left, right = before(text, start), after(text, end)
    if marks == "——":
        return None
    if left == "" and right == "":
        return None  # a rule of hyphens
    if (
        compiled("[a-z]").match(text, end) is not None
        and found[-1:] == "-"
        and (found[0] in _SPACE or (text[start - 1 : start] or " ") in _BEFORE_OPTION)
    ):
        return None  # an option of a program: --fix
    if (left and not is_chinese(left)) or (right and not is_chinese(right)):
        # One side Latin: only where the other is Chinese and the dash is no range.
        if not ((left and is_chinese(left)) or (right and is_chinese(right))):
            return None
        # Between a figure and another, written in hanzi, it may be a range; behind a per cent sign it is none.
        if left.isdecimal() and right in _NUMERALS and text[start - 1 : start] not in ("%", "％"):
            return None
    if left == "":
        # The spaces of a line's beginning are another rule's.
        start += len(found) - len(found.lstrip())
    return Mend("P-DASH", start, end, "——")


PASS = LinePass("dashes", (P_DASH, P_TILDE, E_DASHCH), run, chars="-—–─━―~ー－")
