"""S-PUNCT: spaces beside full-width marks."""

from __future__ import annotations

from converters.diagnostics import Checked
from converters.model.characters import WIDE_MARKS, is_wide
from converters.model.patterns import compiled
from converters.model.sheet import OBJECT, Mend, Role, Sheet

from .context import after, before, has_wide
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

# A quotation is not looked through further than this, in characters.
_LONGEST = 400
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
            inside = text[start - 1 : start] == "“" or text[end : end + 1] == "”"
            if sheet.roles[row] in (Role.TITLE, Role.HEADING) and not inside:
                continue  # it may stand for the end of a line
        row = sheet.row(start) if row < 0 else row
        if sheet.roles[row] in (Role.VERSE, Role.LABEL) or is_source(sheet.line(row)):
            continue
        if text[start - 1 : start] == OBJECT or text[end : end + 1] == OBJECT:
            continue
        mends.append(Mend("S-PUNCT", start, end, ""))
    return sheet.apply(mends)


def _beside_quote(text: str, start: int, end: int) -> bool:
    """Whether spaces stand inside quotation marks, or beside a quotation or a dash in Chinese text."""
    left, right = text[start - 1 : start] or " ", text[end : end + 1] or " "
    if left == "“" or right == "”":
        return True  # wrong in any language
    if left == "‘":
        return is_wide(right)
    if right == "’":
        return is_wide(left)
    if text.startswith("——", end) or text.endswith("——", max(0, start - 2), start):
        return any(map(is_wide, filter(None, (before(text, start), after(text, end)))))
    opens = right in "“‘" and (_is_chinese(left) or (left in "”’" and _foreign(text, start - 1, -1) is False))
    if opens:
        return left in "”’" or _foreign(text, end, 1) is False
    if left not in "”’" or not (is_wide(right) or right.isdecimal() or right == "…"):
        return False
    return _foreign(text, start - 1, -1) is False


def _is_chinese(char: str) -> bool:
    return is_wide(char) or char in WIDE_MARKS


def _foreign(text: str, place: int, step: int) -> bool | None:
    """Whether the quotation that begins or ends at a place is a Latin one: 出现 “Encoding error” 的. None: no such.

    A writer who sets Latin words off with spaces does so with them too.
    """
    row = text.rfind("\n", 0, place) + 1
    if step > 0:
        start, end = place + 1, text.find("”" if text[place] == "“" else "’", place, place + _LONGEST)
    else:
        opener = "“" if text[place] == "”" else "‘"
        start, end = text.rfind(opener, max(row, place - _LONGEST), place) + 1, place
    if start <= 0 or end < 0:
        return None
    inner = text[start:end]
    return not has_wide(inner) and compiled("[A-Za-z]").search(inner) is not None


PASS = LinePass("mark-spaces", (S_PUNCT,), run, chars=" ", odd=True)
