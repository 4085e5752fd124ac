"""Pictures side by side: a table without borders, a caption under each picture that has its own.

Room between pictures of one line is kept by no program but Word; the cells of a table are kept by all.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.captions import own_captions, rows_of
from converters.model.walk import plain
from converters.units import TWIPS_PER_POINT, twips

from .figures import CAPTION_GAP, PADDING, SHARE_GAP, Drawn
from .grid import ems
from .paragraphs import Direct
from .tables import part_from_above
from .writer import Writer


class _Cells(NamedTuple):
    """A row's edges in twips, how many columns of the grid each of its cells takes, and half the gap between two."""

    edges: list[int]
    span: int
    gap: int

    def opening(self, number: int, upright: str) -> str:
        """A cell's start: its width, its margins, how it stands."""
        last = len(self.edges) - 2
        sides = (("left", self.gap if number else 0), ("right", self.gap if number < last else 0))
        margins = "".join(f'<w:{side} w:w="{room}" w:type="dxa"/>' for side, room in sides)
        merged = f'<w:gridSpan w:val="{self.span}"/>' if self.span > 1 else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{self.edges[number + 1] - self.edges[number]}" w:type="dxa"/>{merged}'
            f'<w:tcMar>{margins}</w:tcMar><w:vAlign w:val="{upright}"/></w:tcPr>'
        )

    def room(self, number: int) -> int:
        """The width between a cell's margins."""
        sides = (number > 0) + (number < len(self.edges) - 2)
        return self.edges[number + 1] - self.edges[number] - sides * self.gap


def write_plates(writer: Writer, figure: b.Figure, mark: str, style: str) -> bool:
    """Write a figure of several pictures; False where it is no such, or its lines are vertical.

    `style` is that of a paragraph that has to stand before the table.
    """
    figures = writer.figures
    images = [image for image in figure.images if figures.usable(image, figure.span) is not None]
    if len(images) < 2 or writer.is_vertical:
        return False
    captions = own_captions(figure.caption, len(images))
    rows = rows_of(len(images))
    part_from_above(writer, style)
    placed = [
        [
            (drawn, share)
            for image, share in _shares(writer, images[row.start : row.stop], even=len(rows) > 1)
            if (drawn := figures.drawn(image, figure.span, share)) is not None
        ]
        for row in rows
    ]
    columns = math.lcm(*map(len, rows))
    if len(rows) > 1:
        room = writer.grid.text_measure
        grid = [[round(room * k / len(row)) for k in range(len(row) + 1)] for row in rows]
        whole = [round(room * k / columns) for k in range(columns + 1)]
    else:
        grid = [_edges(writer, [share if captions else _share(writer, drawn) for drawn, share in placed[0]])]
        whole = grid[0]
    writer.out.append(_head(whole))
    gap = twips(writer.grid.text_measure * SHARE_GAP / TWIPS_PER_POINT) // 2
    height = 2 * PADDING
    for row, drawings, edges in zip(rows, [[drawn for drawn, _ in line] for line in placed], grid, strict=True):
        cells = _Cells(edges, columns // len(row), gap)
        first, last = row is rows[0], row is rows[-1]
        _pictures(writer, drawings, cells, _Tie(mark if first else "", bool(figure.caption) or not last, first))
        height += max(drawn.height for drawn in drawings) + CAPTION_GAP
        if captions:
            tie = _Tie(f"{mark}_caption" if first else "", not last, first)
            height += _captions(writer, figure, captions[row.start : row.stop], cells, tie)
    writer.out.append("</w:tbl>")
    writer.after_table = True
    if figure.caption and not captions:
        writer.paragraph("Caption", writer.runs(figure.caption, figure.span, "Caption"), f"{mark}_caption")
        look = writer.styles["Caption"].look
        height += writer.grid.leading(look) * writer.grid.lines(plain(figure.caption), look, 0)
    # The text goes on with the next row of the page, as in print.
    writer.room = twips(PADDING) + -twips(height) % writer.grid.line
    return True


class _Tie(NamedTuple):
    """The id of a row's first paragraph, whether the row stays with what follows, whether it is the figure's first."""

    mark: str
    keep_next: bool
    first: bool


def _shares(writer: Writer, images: Sequence[i.Image], *, even: bool) -> list[tuple[i.Image, float]]:
    """What part of the measure each picture of a row takes; cells of several rows are even, and so are these."""
    if even:
        return [(image, (1 - SHARE_GAP * (len(images) - 1)) / len(images)) for image in images]
    return writer.figures.shares(tuple(images))


def _share(writer: Writer, drawn: Drawn) -> float:
    return drawn.width * TWIPS_PER_POINT / writer.grid.text_measure


def _edges(writer: Writer, shares: Sequence[float]) -> list[int]:
    """Where the cells of a row begin and end in twips: each holds its picture and half the gap at either side."""
    room = writer.grid.text_measure
    edges, reached = [0], 0.0
    for number, share in enumerate(shares, 1):
        reached += share + SHARE_GAP * (number < len(shares))
        edges.append(round(room * (reached - SHARE_GAP / 2 * (number < len(shares)))))
    return edges


def _head(edges: list[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{after - before}"/>' for before, after in itertools.pairwise(edges))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{edges[-1]}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0"'
        f' w:noVBand="0"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


def _pictures(writer: Writer, drawings: Sequence[Drawn], cells: _Cells, tie: _Tie) -> None:
    spacing = f'w:before="{twips(PADDING) if tie.first else 0}" w:after="{twips(CAPTION_GAP)}"'
    writer.out.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
    for number, drawn in enumerate(drawings):
        writer.out.append(cells.opening(number, "bottom"))
        direct = Direct(keep_next=tie.keep_next, spacing=spacing)
        writer.paragraph("Picture", drawn.run, "" if number else tie.mark, direct)
        writer.out.append("</w:tc>")
    writer.out.append("</w:tr>")


def _captions(
    writer: Writer, figure: b.Figure, captions: Sequence[tuple[i.Inline, ...]], cells: _Cells, tie: _Tie
) -> float:
    """The row of captions; returns its height in points."""
    look = writer.styles["Caption"].look
    lines = 1
    writer.out.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
    for number, caption in enumerate(captions):
        writer.out.append(cells.opening(number, "top"))
        runs = writer.runs(caption, figure.span, "Caption")
        writer.paragraph("Caption", runs, "" if number else tie.mark, Direct(keep_next=tie.keep_next))
        writer.out.append("</w:tc>")
        room = cells.room(number) / (look.size * TWIPS_PER_POINT)
        lines = max(lines, sum(max(1, math.ceil(ems(line) / room)) for line in plain(caption).split("\n")))
    writer.out.append("</w:tr>")
    return lines * writer.grid.leading(look)
