"""S-HAN and S-MULTI: spaces that extraction left between hanzi, and runs of spaces."""

from __future__ import annotations

import re

from converters.diagnostics import Checked, Diagnostic, Severity
from converters.model.characters import HAN, SPACES, is_wide
from converters.model.numerals import NUMERAL
from converters.model.patterns import compiled
from converters.model.sheet import BREAK, Mend, Role, Sheet

from .rule import Class, LinePass, Options, Rule
from .signals import CAPTION, FIELD, SOURCE

S_HAN = Rule(
    "S-HAN",
    "Space between two hanzi",
    Class.AUTO,
    """\
Removes a space between two hanzi in running text; in a heading it becomes a line break, and is reported.

Why: Chinese has no word spaces; extractors put them where glyphs were set apart, and where a title was broken.
Example: 召 开 会 议  ->  召开会议;  # 甲厅召开 学习会议  ->  a title of two lines
Kept: after 第N条, in a table's names (王 刚), in rows of fields, in a source line, behind a dateline (本报讯),
between the halves of a verse.
Mend: applied; --no-fix S-HAN leaves the spaces.
""",
)
S_MULTI = Rule(
    "S-MULTI",
    "Run of spaces, or a space at a line's end",
    Class.AUTO,
    """\
Makes one space of several, a space of a tab, and removes spaces at the end of a line of text.

Why: they come from columns and from justified lines; no edition shows them as the author meant.
Example: Vol.  5  ->  Vol. 5
Mend: applied; --no-fix S-MULTI leaves them.
""",
)

S_LATIN = Rule(
    "S-LATIN",
    "Space between a hanzi and a figure or a Latin word",
    Class.AUTO,
    """\
Removes a space between a hanzi and a figure; between a hanzi and a Latin word only when named in --fix.

Why: the gap is the layout's (clreq 3.2); a space typed there is counted as a character and widens the line.
Example: 共 300 人  ->  共300人
Kept: in captions (图1 流程), after 第N条, before telephone numbers and grouped figures (3 000), in tables.
Mend: applied for figures; --fix S-LATIN for words too; --no-fix S-LATIN leaves both.
""",
)
S_NUM = Rule(
    "S-NUM",
    "Space inside a number",
    Class.REPORT,
    """\
Keeps the space between groups of figures (3 000): no rule removes it.

Standard: GB/T 15835-2011, 5.1.2. N-DIGITFORM reports groups of two styles in one text.
""",
)

_SPACES = " \t\u00a0\u3000\u2002\u2003\u2009\u200a\u202f"
# The characters of a foreign word or number, less the marks that P-COMMA, P-PAREN and P-QUOTE may widen.
_TOKEN = r"[#-&*+\-./0-:<->@-~]"
# The end of a sentence, in either width: no row of fields has one.
_SENTENCE = r"[。！？!?]|\.(?!\d)"
# 第四条, and 第 四 条 where extraction has set it wide.
_REGULATION_END = compiled(rf"(?:^|[\n\v])第 ?(?:[{NUMERAL}零〇\d] ?)+[编章节条]\Z")
# 本报讯 连日来: the space parts the dateline from the text.
_DATELINE = compiled(
    rf"(?:^|[\n\v])(?:本[报報刊网網社台]|[{HAN}]{{2,6}}[社报報网網])[^，。；：！？\n\v]{{0,28}}[讯訊电電]\Z"
)


def run(sheet: Sheet, options: Options) -> Checked[Sheet]:
    """Remove the spaces between hanzi, break headings at them, shorten runs of other spaces."""
    text = sheet.text
    mends: list[Mend] = []
    findings: list[Diagnostic] = []
    between, several = options.runs(S_HAN), options.runs(S_MULTI)
    figures = options.runs(S_LATIN)
    latin = figures and "S-LATIN" in options.fix
    judged: dict[int, str] = {}
    for start, end in sheet.spaces():
        left = text[start - 1] if start else "\n"
        right = text[end] if end < len(text) else "\n"
        if is_wide(left) and is_wide(right):
            row = sheet.row(start)
            if sheet.roles[row] is Role.CAPTION and "\u3000" in text[start:end]:
                continue  # it keeps the captions of two pictures apart
            if row not in judged:
                judged[row] = _judge(sheet, row)
            verdict = judged[row]
            if verdict == "keep" or _after_number(text, sheet.starts[row], start):
                continue
            if left in "讯訊电電" and _DATELINE.search(text, max(0, sheet.starts[row] - 1, start - 40), start):
                continue
            if verdict == "report":
                mends.append(
                    Mend("S-HAN", start, end, "", "low", "a row of fields or a verse may be meant", applied=False)
                )
            elif between:
                breaks = verdict == "break"
                mends.append(Mend("S-HAN", start, end, BREAK if breaks else ""))
                if breaks:
                    words = text[max(sheet.starts[row], start - 6) : start]
                    findings.append(
                        Diagnostic(
                            "S-HAN", Severity.INFO, "space in a heading taken as a line break after {words}",
                            sheet.span(start, end), hint="remove the space if the heading is one line",
                            values=(("words", words),),
                        )
                    )  # fmt: skip
        elif left != "\n" and right != "\n" and _figure_gap(sheet, (start, end), figures, latin):
            mends.append(Mend("S-LATIN", start, end, ""))
        elif several and (left == "\n" or right in "\n\v"):
            mends.append(Mend("S-MULTI", start, end, ""))
        elif several and (end - start > 1 or text[start] == "\t"):
            if sheet.roles[sheet.row(start)] is Role.VERSE:
                continue
            mends.append(Mend("S-MULTI", start, end, " "))
    done = sheet.apply(mends)
    return Checked(done.value, tuple(findings), done.changes)


def _figure_gap(sheet: Sheet, gap: tuple[int, int], figures: bool, latin: bool) -> bool:
    """Whether spaces stand between a hanzi and a figure (or, where asked, a Latin word) and may go."""
    text = sheet.text
    place, end = gap
    left, right = text[place - 1 : place], text[end : end + 1]
    if not left or not right or is_wide(left) == is_wide(right):
        return False
    figure, before = (right, False) if is_wide(left) else (left, True)
    token = compiled(rf"{_TOKEN}+(?: {_TOKEN}+)*\Z").search(text, max(0, place - 40), place) if before else None
    token = token or compiled(rf"{_TOKEN}+(?: \d+)*").match(text, end)
    if not figure.isascii() or not figure.isalnum() or token is None:
        return False
    if compiled("[A-Za-z]").search(token.group()):
        if not latin:
            return False  # ISO 9001, 5G: a name
    elif not figures or compiled(r"\d-\d|\d{7,}|\d \d{3}").search(token.group()):
        return False  # telephone numbers and groups of figures keep their distance
    row = sheet.row(place)
    if sheet.roles[row] in (Role.TITLE, Role.CELL, Role.LABEL, Role.SOURCE, Role.CAPTION, Role.VERSE):
        return False
    begin = sheet.starts[row]
    caption = compiled(CAPTION).match(text, begin)
    if caption is not None and place < caption.end():
        return False  # 图1 流程
    return not _after_number(text, begin, place)


def _after_number(text: str, begin: int, place: int) -> bool:
    """Whether what stands before a space is 第N条 or 第N章 at the start of a line."""
    return place - begin <= 12 and _REGULATION_END.search(text[max(0, begin - 1) : place]) is not None


def _judge(sheet: Sheet, row: int) -> str:
    """What a space between hanzi is in a line: "drop", "break", "keep" or "report"."""
    role = sheet.roles[row]
    line = sheet.line(row).strip(_SPACES)
    parts = [part for part in re.split(f"[{SPACES}]+", line.strip()) if part]
    single = all(len(part) == 1 for part in parts)
    if role is Role.TITLE:
        return "keep"  # divided already, or given by front matter
    if role is Role.HEADING:
        if (single and len(parts) > 2) or compiled(r"目\s*[录錄]").fullmatch(line.strip()):
            return "drop"
        return "break"
    if role in (Role.SOURCE, Role.LABEL) or compiled(SOURCE).match(line):
        return "keep"
    if len(line) <= 40 and compiled(r"[（(][^（）()，。；,;.]+[）)]").fullmatch(line) and not single:
        return "keep"  # （送电三班 一线员工）
    if len(line) <= 40 and compiled(rf"[（(](?=[^（）()]*{FIELD})[^（）()。]+[）)]").fullmatch(line):
        return "keep"  # （码头组 供稿；校对：法律组）
    if role is Role.CELL:
        return "keep" if len(parts) == 2 and len(line) <= 6 else "drop"
    if role is Role.VERSE:
        return "keep"
    if single:
        # 王 刚, and 王 刚  李 明  张 三: names of two characters, set wide.
        return "keep" if len(parts) == 2 or compiled(rf"\S \S(?:[{SPACES}]{{2,}}\S \S)+").fullmatch(line) else "drop"
    if (
        compiled(rf"[{HAN}]{{1,8}}\s*[：:]").findall(line)[1:]
        and len(line) <= 80
        and not compiled(_SENTENCE).search(line)
    ):
        return "keep"
    marks = compiled("[，。、；：！？,;:?!“”\"'（）().…]").search(line)
    if marks is None and len(line) <= 40 and all(2 <= len(part) <= 12 for part in parts):
        return "report"
    return "drop"


PASS = LinePass("spaces", (S_HAN, S_MULTI, S_LATIN, S_NUM), run, chars=" ", odd=True)
