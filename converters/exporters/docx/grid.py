"""The page in Word's units: rows, cells, and the widths of text in them."""

from __future__ import annotations

import math

from converters.model.patterns import compiled
from converters.records import dataclass
from converters.theme.schema import Role, TextStyle, Theme
from converters.units import TWIPS_PER_POINT, twips

# Characters that take a whole em beside hanzi: hanzi, kana, hangul, their marks, and the marks that
# Chinese shares with Latin.
WIDE = compiled(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
    "\U00020000-\U0003fffd]"
)
_EM_MARKS = compiled("[“”‘’—…·★●▲■◆○△□◇→←↑↓①②③④⑤⑥⑦⑧⑨⑩※]")


def ems(text: str) -> float:
    """The width of a text in ems of its size: a hanzi is one, a digit or Latin letter half of one."""
    wide = len(WIDE.findall(text)) + len(_EM_MARKS.findall(text))
    return wide + (len(text) - wide) / 2


@dataclass(frozen=True, slots=True)
class Grid:
    """The page of a style sheet as Word's section and styles need it.

    `line` is the exact line and `spacing` the run spacing, in twips; `pitch` the same line in points.
    """

    theme: Theme
    lang: str
    line: int
    spacing: int

    def face(self, role: Role) -> str:
        """The face that the edition names for a role: the style sheet's first choice for the language."""
        return self.theme.face_names(role, self.lang)[0]

    @property
    def pitch(self) -> float:
        """Height of a row in points, as Word will set it."""
        return self.line / TWIPS_PER_POINT

    @property
    def measure(self) -> int:
        """Length of a line that fills the type area, in twips: its width, its height where lines are vertical."""
        page = self.theme.page
        if page.writing_mode == "vertical-rl":
            return twips(page.height) - twips(page.top) - twips(page.bottom)
        return twips(page.width) - twips(page.inner) - twips(page.outer)

    @property
    def text_measure(self) -> int:
        """Width of one column of text in twips."""
        page = self.theme.page
        if page.columns <= 1:
            return self.measure
        return (self.measure - (page.columns - 1) * twips(page.column_gap)) // page.columns

    def on_cells(self, look: TextStyle) -> bool:
        """Whether the hanzi of a style stand on the cells of the page: only those of the body's size can."""
        return look.on_grid and look.size == self.theme.styles.body.size

    def em(self, look: TextStyle) -> int:
        """What "one em" of indent beside a style is, in twips: its hanzi's advance."""
        return round(look.size * TWIPS_PER_POINT) + self.tracking(look)

    def tracking(self, look: TextStyle) -> int:
        """Run spacing of a style in twips."""
        own = round(look.tracking_em * look.size * TWIPS_PER_POINT)
        return own + self.spacing if self.on_cells(look) else own

    def leading(self, look: TextStyle) -> float:
        """Line height of a style in points."""
        return look.leading or self.pitch

    def exact(self, look: TextStyle) -> bool:
        """Whether a style's lines may be exact: only where the row holds the glyphs of any face of that size.

        1.45 is the tallest line among the faces met (Noto CJK: 1.448 em); a shorter exact line cuts or overlaps.
        """
        return not look.leading and look.size * 1.45 <= self.pitch

    def lines(self, text: str, look: TextStyle, indent_em: float) -> int:
        """About how many lines a text takes."""
        room = self.measure - round((look.left_em + look.right_em) * self.em(look))
        return max(1, math.ceil((ems(text) + indent_em) * self.em(look) / max(room, self.em(look))))


def grid_of(theme: Theme, lang: str) -> Grid:
    """The grid of a style sheet for a language; what the sheet leaves at 0 follows from its page.

    The line is rounded down: 22 lines of 580 twips are 0.2 pt more than 225 mm, and one row would be lost. The
    run spacing is rounded down for the same reason: 28 hanzi of 16 pt at -4 twips overrun 156 mm. One twip more
    goes: on a line without a hair to spare (-5) LibreOffice 7.4 drops the stop that follows it.
    """
    page, body = theme.page, theme.styles.body
    line = theme.docx.line_twips or math.floor(page.pitch * TWIPS_PER_POINT + 1e-6)
    spacing = theme.docx.spacing_twips or math.floor((page.cell - body.size) * TWIPS_PER_POINT + 1e-6) - 1
    return Grid(theme, lang, line, spacing)
