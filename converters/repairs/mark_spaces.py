"""S-PUNCT: spaces beside full-width marks."""

from __future__ import annotations

from converters.diagnostics import Checked
from converters.model.characters import WIDE_MARKS, is_wide
from converters.model.sheet import OBJECT, Mend, Role, Sheet

from .rule import Class, LinePass, Options, Rule
from .signals import is_source

S_PUNCT = Rule(
    "S-PUNCT",
    "Space beside a full-width mark",
    Class.AUTO,
    """\
Removes spaces before and after full-width marks, and just inside Chinese brackets.

Why: a full-width mark has its white on board; the layout sets the rest (clreq 3.1.6).
Example: 西宁市民政局： 夯实基础  ->  西宁市民政局：夯实基础
Kept: between the fields of one row (编辑：张三  审核：李四).
Mend: applied; --no-fix S-PUNCT leaves the spaces.
""",
)

_BESIDE = frozenset(WIDE_MARKS) - {"·", "～"}


def run(sheet: Sheet, options: Options) -> Checked[Sheet]:
    """Remove the spaces."""
    if not options.runs(S_PUNCT):
        return Checked(sheet)
    text = sheet.text
    mends: list[Mend] = []
    for start, end in sheet.spaces():
        row = -1
        if text[start - 1 : start] not in _BESIDE and text[end : end + 1] not in _BESIDE:
            if not _beside_quote(text, start, end):
                continue
            row = sheet.row(start)
            if sheet.roles[row] in (Role.TITLE, Role.HEADING):
                continue  # it may stand for the end of a line
        row = sheet.row(start) if row < 0 else row
        if sheet.roles[row] in (Role.VERSE, Role.LABEL) or is_source(sheet.line(row)):
            continue
        if text[start - 1 : start] == OBJECT or text[end : end + 1] == OBJECT:
            continue
        mends.append(Mend("S-PUNCT", start, end, ""))
    return sheet.apply(mends)


def _beside_quote(text: str, start: int, end: int) -> bool:
    """Whether spaces stand inside a quotation mark beside an ideograph, or between one and a quotation in Chinese."""
    left, right = text[start - 1 : start] or " ", text[end : end + 1] or " "
    if left in "“‘":
        return is_wide(right)
    if right in "”’":
        return is_wide(left)
    if right in "“‘":
        return is_wide(left) and is_wide(text[end + 1 : end + 2] or " ")
    inner = text[start - 2 : start - 1] or " "
    return left in "”’" and is_wide(right) and (is_wide(inner) or inner in WIDE_MARKS)


PASS = LinePass("mark-spaces", (S_PUNCT,), run, chars=" ", odd=True)
