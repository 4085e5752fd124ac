"""S-PUNCT: spaces beside full-width marks."""

from __future__ import annotations

from converters.diagnostics import Checked
from converters.model.characters import WIDE_MARKS
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
        if text[start - 1 : start] not in _BESIDE and text[end : end + 1] not in _BESIDE:
            continue
        row = sheet.row(start)
        if sheet.roles[row] in (Role.VERSE, Role.LABEL) or is_source(sheet.line(row)):
            continue
        if text[start - 1 : start] == OBJECT or text[end : end + 1] == OBJECT:
            continue
        mends.append(Mend("S-PUNCT", start, end, ""))
    return sheet.apply(mends)


PASS = LinePass("mark-spaces", (S_PUNCT,), run, chars=" ", odd=True)
