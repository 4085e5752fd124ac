"""How a look of the style sheet is said in WordprocessingML: faces, sizes, indents, spacing, colours, marks."""

from __future__ import annotations

from converters.ooxml import escape
from converters.theme.schema import Role, TextStyle, Theme
from converters.units import twips

from .grid import Grid

FRAMED = '<w:bdr w:val="single" w:sz="6" w:space="0" w:color="auto"/>'
"""示亡号: a frame around a run."""


def fonts(grid: Grid, role: Role, *, own_digits: bool = False, hint: bool = False) -> str:
    """w:rFonts of a role: all four slots by name and no theme attribute, which would win over the names.

    黑体, 小标宋 and monospace draw their own letters and digits, as in print; the other roles leave them to the
    Latin face.
    """
    face = escape(grid.face(role))
    own = own_digits or role in (Role.HEITI, Role.XIAOBIAOSONG, Role.MONO, Role.LATIN)
    latin = face if own else escape(grid.face(Role.LATIN))
    asian = escape(grid.face(Role.FANGSONG)) if role in (Role.MONO, Role.LATIN) else face
    mark = ' w:hint="eastAsia"' if hint else ""
    return f'<w:rFonts{mark} w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{asian}" w:cs="{latin}"/>'


def languages(lang: str) -> str:
    """w:lang for a document's language: Word keeps one for Latin text and one for East Asian text."""
    tag = lang.lower()
    asian = {"ja": "ja-JP", "ko": "ko-KR"}.get(tag[:2], "zh-CN")
    if tag.startswith("zh-hant") or tag in ("zh-tw", "zh-hk", "zh-mo"):
        asian = "zh-HK" if "hk" in tag else "zh-TW"
    return f'<w:lang w:val="en-US" w:eastAsia="{asian}" w:bidi="ar-SA"/>'


def size(points: float) -> str:
    """w:sz and w:szCs of a size in points, which Word counts in halves."""
    half = max(1, round(points * 2))
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def block_spacing(
    grid: Grid, look: TextStyle, lines: int, before_rows: float = -1.0, after_rows: float = -1.0
) -> tuple[int, int]:
    """Space before and after a block in twips; lines taller than the row stand centred on as many rows.

    Negative rows mean those of the style.
    """
    before = (look.before_rows if before_rows < 0 else before_rows) * grid.line
    after = (look.after_rows if after_rows < 0 else after_rows) * grid.line
    over = overhang(grid, look, lines)
    return round(max(0.0, before - over)), round(max(0.0, after - over))


def overhang(grid: Grid, look: TextStyle, lines: int) -> float:
    """How far a block of lines taller than the row reaches into the blank rows at each side, in twips.

    Only what is set in a display size stands off the grid like this.
    """
    if look.size <= grid.theme.styles.body.size:
        return 0.0
    return max(0.0, (twips(grid.leading(look)) - grid.line) * lines / 2)


def indents(left_em: float, right_em: float, first_em: float, em: int, hanging: int = 0) -> str:
    """w:ind with every value said twice, in hundredths of a character and in twips.

    Word takes the characters, other programs the twips. A value of 0 clears what a parent style says.
    """
    if hanging:
        return (
            f'<w:ind w:leftChars="0" w:left="{round(left_em * em)}" w:rightChars="0" w:right="{round(right_em * em)}"'
            f' w:firstLineChars="0" w:hanging="{hanging}"/>'
        )
    left, right, first = round(left_em * 100), round(right_em * 100), round(first_em * 100)
    return (
        f'<w:ind w:leftChars="{left}" w:left="{round(left_em * em)}" w:rightChars="{right}"'
        f' w:right="{round(right_em * em)}" w:firstLineChars="{first}" w:firstLine="{round(first_em * em)}"/>'
    )


def eighths(points: float) -> int:
    """A border's width in eighths of a point; Word knows 2 to 96."""
    return min(96, max(2, round(points * 8)))


def colour(theme: Theme, name: str) -> str:
    """A colour as six hexadecimal digits, "auto" for black."""
    value = theme.color(name).lstrip("#").upper()
    return "auto" if value == "000000" else value


def dots_style(form: str) -> str:
    """The character style of emphasis dots of a form."""
    return "".join(["Dots", *(word.capitalize() for word in form.split("-"))])


def emphasis_mark(grid: Grid, form: str = "") -> str:
    """着重号 stands under the hanzi in Chinese (GB/T 15834-2011, 4.9), beside or above in Japanese. Word has no hollow
    sesame: a circle stands for it, its style says what it is."""
    match form or grid.theme.text.emphasis or "":
        case "hollow-dot" | "hollow-sesame":
            return "circle"
        case "sesame":
            return "comma"
        case "dot":
            return "dot" if grid.lang.lower().startswith("ja") else "underDot"
        case _:
            return "comma" if grid.lang.lower().startswith("ja") else "underDot"
