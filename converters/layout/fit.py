"""凑页: an issue on as many pages as the press wants, by row pitch and spacing within the limits of the style sheet.

Sizes are never changed: rows and hanzi to a line are, and with them the pitch and the place of a hanzi; and the blank
rows between articles.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from converters.diagnostics import Checked, Diagnostic, Severity
from converters.theme.schema import Theme

from .result import Layout

_GAP_COST = 0.06
"""A blank row between articles is seen as much as a pitch that is changed by six parts of a hundred."""
_NEVER = 1_000_000
_CELL_COST = 3.0
"""A change of spacing is seen three times as much as one of the row pitch."""


def fitted(first: Checked[Layout], theme: Theme, lay_out: Callable[[Theme], Checked[Layout]]) -> Checked[Layout]:
    """The layout that has the pages that `page.fit` asks for and changes least, or the first one and a finding."""
    wanted = theme.page.fit
    pages = len(first.value.pages)
    if suits(pages, wanted):
        return first
    found = grids(theme)
    # 本期要目 that the issue has, or has not, stay as they are on fewer or more pages.
    contents = replace(theme.contents, min_pages=0 if first.value.pagination.contents else _NEVER)

    def laid(grid: Grid) -> Checked[Layout]:
        page = replace(theme.page, rows=grid.rows, characters=grid.characters)
        article = replace(theme.article, gap_rows=theme.article.gap_rows - grid.fewer)
        return lay_out(replace(theme, page=page, article=article, contents=contents))

    # The fullest and the emptiest page say whether looking at the others is worth its time.
    least, most = len(laid(max(found)).value.pages), len(laid(min(found)).value.pages)
    if any(suits(count, wanted) for count in range(least, most + 1)):
        for grid in found:
            made = laid(grid)
            if suits(len(made.value.pages), wanted):
                said = Diagnostic(
                    "L-FIT", Severity.INFO,
                    "set on {rows} rows of {characters} hanzi, {gap} rows between articles, to have {pages} pages",
                    values=(("rows", str(grid.rows)), ("characters", str(grid.characters)),
                            ("gap", f"{theme.article.gap_rows - grid.fewer:g}"),
                            ("pages", str(len(made.value.pages)))),
                )  # fmt: skip
                return replace(made, findings=(*made.findings, said))
    said = Diagnostic(
        "L-FIT", Severity.WARNING,
        "the issue has {pages} pages; no pitch or spacing within the limits of the style sheet gives it {wanted}",
        hint="cut or add some lines, or widen page.fit_pitch_ratio",
        values=(("pages", str(pages)), ("wanted", wanted)),
    )  # fmt: skip
    return replace(first, findings=(*first.findings, said))


def suits(pages: int, wanted: str) -> bool:
    """Whether a number of pages is "4", or a "multiple of 4"."""
    number = int(wanted.split()[-1])
    return pages % number == 0 if "multiple" in wanted else pages == number


class Grid(NamedTuple):
    """Rows, hanzi to a line, and how many blank rows fewer stand between articles; the largest holds most."""

    rows: int
    characters: int
    fewer: int


def grids(theme: Theme) -> list[Grid]:
    """What the limits allow, what changes least first; the page's own is not among them."""
    page = theme.page
    rows = _range(page.depth, page.pitch, page.fit_pitch_ratio)
    characters = _range(page.measure, page.cell, page.fit_cell_ratio)
    gap = theme.article.gap_rows
    most = page.fit_gap_rows if theme.article.break_ == "run-on" else 0
    fewer = [change for change in range(-most, most + 1) if gap - change >= min(gap, 1.0)]
    own = Grid(page.rows, page.characters, 0)

    def cost(grid: Grid) -> float:
        pitch, cell = page.depth / grid.rows, page.measure / grid.characters
        change = abs(pitch - page.pitch) / page.pitch + _CELL_COST * abs(cell - page.cell) / page.cell
        return change + _GAP_COST * abs(grid.fewer)

    found = [Grid(row, sign, gap) for row in rows for sign in characters for gap in fewer]
    return sorted((grid for grid in found if grid != own), key=cost) or [own]


def _range(length: float, step: float, ratio: float) -> range:
    """How many steps go into a length, each by at most a part of it wider or narrower."""
    least = math.ceil(length / (step * (1 + ratio)) - 1e-6)
    most = math.floor(length / (step * (1 - ratio)) + 1e-6)
    return range(max(least, 1), max(most, 1) + 1)
