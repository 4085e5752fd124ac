"""Tables as XHTML: caption, columns, header cells with their scope; wide ones scroll by themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.patterns import compiled
from converters.model.walk import plain
from converters.xhtml import attribute

from .book import Book

Line: TypeAlias = Callable[[str, tuple[i.Inline, ...]], str]
"""Writes a line of text in the style of this name."""

# A phone shows about 19 hanzi of the body's size on a line; a table whose columns want more scrolls.
_SCREEN_EM = 21.0
# A column holds its longest Latin word, and four hanzi of its text on a line; a cell has blanks at its sides.
_COLUMN_EM, _SIDES_EM = 4.0, 1.0
_LETTERS = {b.Alignment.LEFT: "left", b.Alignment.CENTRE: "center", b.Alignment.RIGHT: "right"}


def write_table(book: Book, line: Line, table: b.Table) -> str:
    """A table; one that is wider than a screen stands in a region that scrolls and can be reached by keyboard."""
    caption = line("caption", table.caption)
    head, body = table.rows[: table.header_rows], table.rows[table.header_rows :]
    columns = _columns(table)
    # The cells that a row's predecessors cover, so that each cell knows its column.
    covered: dict[int, int] = {}
    head_rows = "".join([_row(line, table, row, covered, head=True) for row in head])
    body_rows = "".join([_row(line, table, row, covered, head=False) for row in body])
    parts = [f"<caption>{caption}</caption>\n" if caption else "", columns]
    if head_rows:
        parts.append(f"<thead>\n{head_rows}</thead>\n")
    if body_rows:
        parts.append(f"<tbody>\n{body_rows}</tbody>\n")
    width = _width(table)
    if width <= _SCREEN_EM:
        return f"<table>\n{''.join(parts)}</table>"
    book.wide_tables += 1
    name = attribute("aria-label", plain(table.caption) or f"{book.words.table} {book.wide_tables}")
    return (
        f'<div class="wide" role="region" tabindex="0"{name}>\n'
        f'<table style="min-width:{width:.3g}em">\n{"".join(parts)}</table>\n</div>'
    )


def _columns(table: b.Table) -> str:
    if not any(column.width_ratio for column in table.columns):
        return ""
    return "<colgroup>" + "".join(
        f'<col style="width:{column.width_ratio * 100:.3g}%"/>' if column.width_ratio else "<col/>"
        for column in table.columns
    ) + "</colgroup>\n"  # fmt: skip


def _row(line: Line, table: b.Table, row: b.Row, covered: dict[int, int], *, head: bool) -> str:
    out: list[str] = []
    place = 0
    for cell in row.cells:
        while covered.get(place, 0) > 0:
            covered[place] -= 1
            place += 1
        out.append(_cell(line, table, cell, place, head=head))
        for column in range(place, place + cell.columns):
            covered[column] = cell.rows - 1
        place += cell.columns
    for column in [column for column, rows in covered.items() if column >= place and rows > 0]:
        covered[column] -= 1
    return f"<tr>{''.join(out)}</tr>\n"


def _cell(line: Line, table: b.Table, cell: b.Cell, place: int, *, head: bool) -> str:
    header = head or cell.header
    inner = line("table_head" if header else "table", cell.inlines)
    alignment = table.columns[place].alignment if place < len(table.columns) else b.Alignment.DEFAULT
    kind = attribute("class", _LETTERS.get(alignment, ""))
    spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
        f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    )
    if not header or not inner:
        # A header cell without text heads nothing.
        return f"<td{kind}{spans}>{inner}</td>"
    return f'<th{kind} scope="{"col" if head else "row"}"{spans}>{inner}</th>'


def _width(table: b.Table) -> float:
    """What the columns want on a line, in ems of the body's size."""
    wanted: dict[int, float] = {}
    for row in table.rows:
        place = 0
        for cell in row.cells:
            if cell.columns == 1:
                wanted[place] = max(wanted.get(place, 0.0), _least(plain(cell.inlines)))
            place += cell.columns
    return sum(width + _SIDES_EM for width in wanted.values())


def _least(text: str) -> float:
    """The least width at which a cell's text reads well, in ems."""
    words = compiled("[!-~]+").findall(text)
    return max(min(width_em(text), _COLUMN_EM), max(map(len, words), default=0) / 2)


def width_em(text: str) -> float:
    """About how wide a text is, in ems."""
    return sum(1.0 if char > "\u2e7f" else 0.5 for char in text)
