"""Tables: w:tbl with its grid, spans, repeated heads, widths and alignment."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, NamedTuple

from converters.model import blocks as b
from converters.model.walk import plain
from converters.units import twips

from .grid import ems
from .sections import begin

if TYPE_CHECKING:
    from .writer import Container, Writer

# Word opens no table of more columns.
MOST_COLUMNS = 63
_JC = {b.Alignment.LEFT: "left", b.Alignment.CENTRE: "center", b.Alignment.RIGHT: "right"}
# The blank at both sides of a cell's text in Word's Normal Table.
_CELL_MARGINS = 216
_NARROWEST_EMS = 2.0
# Room in points as in print: between a caption and its table, above and below the text of a cell, for a rule.
_CAPTION_GAP = 4.0
_PADDING = 2.5
_RULE = 0.5


class Placed(NamedTuple):
    """A place of the grid: a cell's first row, or (`cell` is None) a further row of the one above, or nothing."""

    column: int
    columns: int
    rows: int
    cell: b.Cell | None
    continued: bool = False


def place_cells(table: b.Table) -> tuple[int, list[list[Placed]]]:
    """The table's number of columns, and for each row every place from left to right, gaps filled."""
    rows: list[list[Placed]] = []
    # column -> (rows still to come, columns) of a cell that reaches down.
    hanging: dict[int, tuple[int, int]] = {}
    width = len(table.columns)
    for row in table.rows:
        above, hanging = hanging, {}
        furthest = max(above, default=-1)
        placed: list[Placed] = []
        column = taken = 0
        while taken < len(row.cells) or column <= furthest:
            columns = 1
            if column in above:
                left, columns = above[column]
                placed.append(Placed(column, columns, left, None, True))
                if left > 1:
                    hanging[column] = (left - 1, columns)
            elif taken < len(row.cells):
                cell = row.cells[taken]
                taken += 1
                # A cell that would run into one from above stops before it.
                columns = next((k for k in range(1, cell.columns) if column + k in above), max(1, cell.columns))
                placed.append(Placed(column, columns, max(1, cell.rows), cell))
                if cell.rows > 1:
                    hanging[column] = (cell.rows - 1, columns)
            else:
                placed.append(Placed(column, 1, 1, None))
            column += columns
        width = max(width, column)
        rows.append(placed)
    for placed in rows:
        reached = placed[-1].column + placed[-1].columns if placed else 0
        placed.extend(Placed(column, 1, 1, None) for column in range(reached, width))
    return width, rows


def write_table(writer: Writer, table: b.Table, mark: str, container: Container) -> None:
    """Write a table and its caption, which stands above it; one in landscape stands on pages of its own."""
    from .writer import TOP

    page = writer.theme.page
    turned = table.landscape and container is TOP and page.height > page.width
    if not turned:
        _write_table(writer, table, mark, container, writer.grid.text_measure - container.left)
        return
    writer.page_break, writer.room = False, 0
    columns = writer.section.columns
    begin(writer, start="nextPage", turned=True)
    _write_table(writer, table, mark, container, twips(page.height) - twips(page.top) - twips(page.bottom))
    begin(writer, columns, start="nextPage")


def _write_table(writer: Writer, table: b.Table, mark: str, container: Container, measure: int) -> None:
    from .writer import NOTHING, TOP, Direct

    if table.caption:
        caption = writer.runs(table.caption, table.span, "Caption")
        spacing = f'w:before="{writer.grid.line // 4}" w:after="{twips(_CAPTION_GAP)}"'
        writer.paragraph("Caption", caption, f"{mark}_caption", Direct(keep_next=True, spacing=spacing))
    if writer.after_table or writer.gap is not None or writer.page_break or writer.prefix:
        if writer.gap is None and not writer.page_break and not writer.prefix:
            writer.spacer(before=writer.room)
        else:
            writer.paragraph(container.style or "TableText", "", "", NOTHING)
    columns, rows = place_cells(table)
    if not columns:
        return
    surplus = columns - MOST_COLUMNS
    if surplus > 0:
        writer.report(
            "W-COLUMNS",
            "a table of {count} columns; Word has {most}: the last cell of a row holds the rest, one under the other",
            table.span,
            hint="divide the table",
            count=columns,
            most=MOST_COLUMNS,
        )
    widths = column_widths(writer, table, min(columns, MOST_COLUMNS), rows, measure)
    heads = min(table.header_rows, len(rows))
    out = writer.out
    pad = twips(_PADDING)
    left = f'<w:tblInd w:w="{container.left}" w:type="dxa"/>' if container.left else ""
    out.append(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="{"left" if container.left else "center"}"/>{left}<w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:top w:w="{pad}" w:type="dxa"/><w:bottom w:w="{pad}" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0"'
        ' w:noVBand="1"/></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + "</w:tblGrid>"
    )
    for number, placed in enumerate(rows, 1):
        head = number <= heads
        out.append(f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>")
        _write_row(writer, table, placed, widths, _RowMark(f"{mark}_r{number}", head))
        out.append("</w:tr>")
    out.append("</w:tbl>")
    writer.after_table = True
    if container is TOP:
        # The text goes on with the next row of the page, as in print.
        height = twips(sum(_row_heights(writer, rows, widths, heads)))
        height += twips(writer.grid.leading(writer.styles["Caption"].look) + _CAPTION_GAP) if table.caption else 0
        quarter = writer.grid.line // 4
        writer.room = quarter + -(height + quarter) % writer.grid.line


def _row_heights(writer: Writer, rows: list[list[Placed]], widths: list[int], heads: int) -> list[float]:
    """About how tall the rows are, in points."""
    heights = []
    for number, placed in enumerate(rows):
        look = writer.styles["TableHead" if number < heads else "TableText"].look
        lines = 1
        for place in placed:
            if place.cell is not None and place.rows == 1:
                room = max((sum(widths[place.column : place.column + place.columns]) - _CELL_MARGINS), 1) / 20
                texts = plain(place.cell.inlines).split("\n")
                lines = max(lines, sum(max(1, math.ceil(ems(text) * look.size / room - 0.01)) for text in texts))
        heights.append(lines * writer.grid.leading(look) + 2 * _PADDING + _RULE)
    return heights


class _RowMark(NamedTuple):
    """The stem of the marks of a row's cells, and whether it is one of the table's head."""

    name: str
    head: bool


def _write_row(writer: Writer, table: b.Table, placed: list[Placed], widths: list[int], mark: _RowMark) -> None:
    last = len(widths) - 1
    main = [place for place in placed if place.column <= last]
    rest = [place for place in placed if place.column > last]
    for place in main:
        columns = min(place.columns, last + 1 - place.column)
        properties = f'<w:tcW w:w="{sum(widths[place.column : place.column + columns])}" w:type="dxa"/>'
        if columns > 1:
            properties += f'<w:gridSpan w:val="{columns}"/>'
        if place.continued:
            properties += "<w:vMerge/>"
        elif place.rows > 1:
            properties += '<w:vMerge w:val="restart"/>'
        writer.out.append(f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>')
        _write_cell(writer, table, place, mark)
        if place is main[-1]:
            for further in rest:
                if further.cell is not None:
                    _write_cell(writer, table, further, mark)
        writer.out.append("</w:tc>")


def _write_cell(writer: Writer, table: b.Table, place: Placed, mark: _RowMark) -> None:
    from .writer import NOTHING, Direct

    if place.cell is None:
        writer.paragraph("TableText", "")
        return
    cell = place.cell
    header = mark.head or cell.header
    style = "TableHead" if header else "TableText"
    alignment = table.columns[place.column].alignment if place.column < len(table.columns) else b.Alignment.DEFAULT
    direct = Direct(align=_JC[alignment]) if alignment in _JC and not header else NOTHING
    writer.paragraph(style, writer.runs(cell.inlines, table.span, style), f"{mark.name}c{place.column + 1}", direct)


def column_widths(writer: Writer, table: b.Table, columns: int, rows: list[list[Placed]], room: int) -> list[int]:
    """The columns' widths in twips; they fill the measure, since WPS believes w:tblGrid and not the contents."""
    ratios = [column.width_ratio for column in table.columns[:columns]]
    ratios += [0.0] * (columns - len(ratios))
    if all(ratio > 0 for ratio in ratios):
        shares = ratios
    else:
        shares = _natural_shares(writer, columns, rows, room)
        given = sum(ratios)
        if 0 < given < 1:
            free = sum(share for share, ratio in zip(shares, ratios, strict=True) if not ratio) or 1.0
            shares = [ratio or share / free * (1 - given) for share, ratio in zip(shares, ratios, strict=True)]
    total = sum(shares)
    edges = [0]
    reached = 0.0
    for share in shares:
        reached += share
        edges.append(round(room * reached / total))
    return [max(1, after - before) for before, after in itertools.pairwise(edges)]


def _natural_shares(writer: Writer, columns: int, rows: list[list[Placed]], room: int) -> list[float]:
    """What each column's longest cell takes, within bounds: no column is starved by a wordy neighbour."""
    em = round(writer.theme.styles.table.size * 20)
    wants = [_NARROWEST_EMS * em + _CELL_MARGINS] * columns
    widest = room * max(0.5, 1 / columns)
    for placed in rows:
        for place in placed:
            if place.cell is not None and place.columns == 1 and place.column < columns:
                text = max(plain(place.cell.inlines).split("\n"), key=len)
                wants[place.column] = max(wants[place.column], min(widest, (ems(text) + 0.5) * em + _CELL_MARGINS))
    return wants
