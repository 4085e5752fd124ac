"""Tables: w:tbl with its grid, spans, repeated heads, widths and alignment."""

from __future__ import annotations

import math
from typing import NamedTuple

from converters.model import blocks as b
from converters.model.walk import plain
from converters.units import TWIPS_PER_POINT, twips

from .columns import MARGIN, Columns, Placed, columns_of, wants_turning
from .grid import ems
from .paragraphs import NOTHING, TOP, Container, Direct
from .runs import PLAIN, Look
from .sections import begin
from .writer import Writer

# Word opens no table of more columns.
MOST_COLUMNS = 63
_JC = {b.Alignment.LEFT: "left", b.Alignment.CENTRE: "center", b.Alignment.RIGHT: "right"}
# Room in points as in print: between a caption and its table, above and below the text of a cell, for a rule.
_CAPTION_GAP = 4.0
_PADDING = 2.5
_RULE = 0.5


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
    page = writer.theme.page
    count, rows = place_cells(table)
    turned = (
        container is TOP
        and page.height > page.width
        and (
            table.landscape or (not writer.is_vertical and wants_turning(writer, table, rows, min(count, MOST_COLUMNS)))
        )
    )
    if not turned:
        _write_table(writer, table, rows, _Frame(mark, container, count, writer.grid.text_measure - container.left))
        return
    writer.page_break, writer.room = False, 0
    columns = writer.section.columns
    begin(writer, start="nextPage", turned=True)
    depth = twips(page.height) - twips(page.top) - twips(page.bottom)
    _write_table(writer, table, rows, _Frame(mark, container, count, depth))
    begin(writer, columns, start="nextPage")


class _Frame(NamedTuple):
    """The id of a table, what it stands in, its number of columns and the room for them in twips."""

    mark: str
    container: Container
    columns: int
    measure: int


def _write_table(writer: Writer, table: b.Table, rows: list[list[Placed]], frame: _Frame) -> None:
    mark, container, columns, measure = frame
    if table.caption:
        caption = writer.runs(table.caption, table.span, "Caption")
        spacing = f'w:before="{writer.grid.line // 4}" w:after="{twips(_CAPTION_GAP)}"'
        writer.paragraph("Caption", caption, f"{mark}_caption", Direct(keep_next=True, spacing=spacing))
    part_from_above(writer, container.style or "TableText")
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
    shape = columns_of(writer, table, rows, min(columns, MOST_COLUMNS), measure)
    widths = shape.widths
    heads = min(table.header_rows, len(rows))
    out = writer.out
    pad = twips(_PADDING)
    left = f'<w:tblInd w:w="{container.left}" w:type="dxa"/>' if container.left else ""
    out.append(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="{"left" if container.left else "center"}"/>{left}<w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:top w:w="{pad}" w:type="dxa"/><w:left w:w="{MARGIN}" w:type="dxa"/>'
        f'<w:bottom w:w="{pad}" w:type="dxa"/><w:right w:w="{MARGIN}" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="0"'
        ' w:noVBand="1"/></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + "</w:tblGrid>"
    )
    for number, placed in enumerate(rows, 1):
        head = number <= heads
        out.append(f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>")
        _write_row(writer, table, placed, shape, _RowMark(f"{mark}_r{number}", head))
        out.append("</w:tr>")
    out.append("</w:tbl>")
    writer.after_table = True
    if container is TOP:
        # The text goes on with the next row of the page, as in print.
        # A rule more than rows; rounded up, since where the text stands a hair too low the page loses its last row.
        height = twips(sum(_row_heights(writer, rows, shape, heads)) + _RULE) + 2 + len(rows) // 4
        quarter = writer.grid.line // 4
        if table.caption:
            height += quarter + twips(writer.grid.leading(writer.styles["Caption"].look) + _CAPTION_GAP)
        writer.room = quarter + -(height + quarter) % writer.grid.line


def part_from_above(writer: Writer, style: str) -> None:
    """Before a table: a paragraph that parts it from another one, or bears what waits for the next paragraph."""
    if writer.gap is not None or writer.page_break or writer.prefix:
        writer.paragraph(style, "")
    elif writer.after_table:
        writer.spacer(before=writer.room)


def _row_heights(writer: Writer, rows: list[list[Placed]], shape: Columns, heads: int) -> list[float]:
    """About how tall the rows are, in points."""
    heights = []
    for number, placed in enumerate(rows):
        look = writer.styles["TableHead" if number < heads else "TableText"].look
        lines = 1
        for place in placed:
            if place.cell is not None and place.rows == 1:
                width = sum(shape.widths[place.column : place.column + place.columns])
                room = max(width - 2 * MARGIN, 1) / TWIPS_PER_POINT / shape.ratio
                texts = plain(place.cell.inlines).split("\n")
                lines = max(lines, sum(max(1, math.ceil(ems(text) * look.size / room - 0.01)) for text in texts))
        heights.append(lines * writer.grid.leading(look) * shape.ratio + 2 * _PADDING + _RULE)
    return heights


class _RowMark(NamedTuple):
    """The stem of the marks of a row's cells, and whether it is one of the table's head."""

    name: str
    head: bool


def _write_row(writer: Writer, table: b.Table, placed: list[Placed], shape: Columns, mark: _RowMark) -> None:
    widths = shape.widths
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
        writer.out.append(f'<w:tc><w:tcPr>{properties}{writer.flow}<w:vAlign w:val="center"/></w:tcPr>')
        _write_cell(writer, table, place, mark, shape.ratio)
        if place is main[-1]:
            for further in rest:
                if further.cell is not None:
                    _write_cell(writer, table, further, mark, shape.ratio)
        writer.out.append("</w:tc>")


def _write_cell(writer: Writer, table: b.Table, place: Placed, mark: _RowMark, ratio: float) -> None:
    if place.cell is None:
        writer.paragraph("TableText", "")
        return
    cell = place.cell
    header = mark.head or cell.header
    style = "TableHead" if header else "TableText"
    alignment = table.columns[place.column].alignment if place.column < len(table.columns) else b.Alignment.DEFAULT
    direct = Direct(align=_JC[alignment]) if alignment in _JC and not header else NOTHING
    look = PLAIN
    if ratio < 1:
        # A table of many columns is set smaller, as in print.
        full = writer.styles[style].look
        look = Look(half_points=round(full.size * ratio * 2))
        direct = direct._replace(spacing=f'w:line="{twips(writer.grid.leading(full) * ratio)}" w:lineRule="atLeast"')
    runs = writer.runs(cell.inlines, table.span, style, look)
    writer.paragraph(style, runs, f"{mark.name}c{place.column + 1}", direct)
