"""word/numbering.xml: one abstract list for each form of marks, a w:num of its own for each list."""

from __future__ import annotations

import re

from converters.ooxml import W, escape
from converters.theme.schema import Role

from .grid import Grid
from .looks import fonts, indents

_LEVELS = 9
# Word stores a list's first number in 16 bits.
LARGEST_START = 32767
BULLET = "•"
UNCHECKED, CHECKED = "☐", "☑"


class Numbering:
    """Hands out list numbers; a number that is never shared cannot run on into the next list."""

    __slots__ = ("_forms", "_grid", "_lists")

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._forms: dict[str, int] = {}
        self._lists: list[str] = []

    def __bool__(self) -> bool:
        return bool(self._lists)

    def bullets(self, sign: str = BULLET) -> int:
        """A new list of bullets."""
        return self._new(sign, "")

    def numbers(self, marker: str, start: int, level: int) -> int:
        """A new ordered list; `marker` is its first item's mark as typed, `level` counts from 0."""
        form = re.sub(r"[0-9A-Za-z]+", "%", marker.strip(), count=1)
        if "%" not in form or len(form) > 4:
            form = "%."
        override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        return self._new(form, override)

    def properties(self, number: int, level: int) -> str:
        """w:numPr of an item."""
        return f'<w:numPr><w:ilvl w:val="{min(level, _LEVELS - 1)}"/><w:numId w:val="{number}"/></w:numPr>'

    def _new(self, form: str, override: str) -> int:
        abstract = self._forms.setdefault(form, len(self._forms))
        number = len(self._lists) + 1
        self._lists.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>')
        return number

    def part(self) -> bytes:
        """The numbering part: all abstract lists stand before all lists (ECMA-376 part 1, 17.9.17)."""
        abstracts = "".join(self._abstract(form, number) for form, number in self._forms.items())
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:numbering xmlns:w="{W}">{abstracts}'
            f"{''.join(self._lists)}</w:numbering>"
        ).encode()

    def _abstract(self, form: str, number: int) -> str:
        look = self._grid.theme.styles.list
        em = self._grid.em(look)
        ordered = "%" in form
        face = fonts(self._grid, Role.FANGSONG, hint=not ordered)
        levels = []
        for level in range(_LEVELS):
            text = form.replace("%", f"%{level + 1}") if ordered else form
            levels.append(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{"decimal" if ordered else "bullet"}"/>'
                f'<w:lvlText w:val="{escape(text)}"/><w:lvlJc w:val="left"/><w:pPr>'
                f"{indents(look.left_em * (level + 1), 0, 0, em, round(look.left_em * em))}</w:pPr>"
                f"<w:rPr>{face}</w:rPr></w:lvl>"
            )
        return (
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>'
            f"{''.join(levels)}</w:abstractNum>"
        )
