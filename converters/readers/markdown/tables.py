"""Tables: cells with their places in the source, cells that span, captions with the table's attributes.

A cell that holds only << belongs to the cell on its left, one that holds only ^^ to the cell above.
"""

from __future__ import annotations

import re
from dataclasses import replace

from converters.model.blocks import Alignment, Cell, Column, Row, Table
from converters.model.grid import first_columns

from . import syntax
from .inlines import read_inlines
from .places import Placed
from .state import Reading

# Marks of lists, quotes, definitions and notes.
_HOLDER = re.compile(r"[\s>]*(?:(?:[-+*:~]|\d+[.)]|\[\^[^\]]+\]:)[\s>]*)*")
LEFT, ABOVE = "<<", "^^"
# ": caption {widths="2 3 3" header=1 head-columns=1 .landscape}"; the attributes are optional.
CAPTION = re.compile(r":[ \t]+(?=\S)")
_ATTRIBUTES = re.compile(r"[ \t]*\{([^{}\n]*)\}[ \t]*$")
_LANDSCAPE = frozenset(("landscape", "横排", "横版", "横向"))
_KEYS = ("widths", "header", "head-columns")
_ALIGNMENTS = {"": Alignment.DEFAULT, "left": Alignment.LEFT, "center": Alignment.CENTRE, "right": Alignment.RIGHT}


def place_cells(line: str, start: int, contents: list[str]) -> list[Placed]:
    """The cells of a row with their places; `line` is the source's whole line, which begins at `start`.

    What stands beyond the table's columns is added to the given contents: GFM drops it, here the table grows.
    """
    edges = [-1, *(match.start() for match in re.finditer(r"(?<!\\)\|", line)), len(line)]
    segments = list(zip((edge + 1 for edge in edges), edges[1:], strict=False))
    # What holds the table (the marks of a quote, a list) stands before the first bar.
    if len(segments) > 1 and _HOLDER.fullmatch(line[slice(*segments[0])]):
        segments = segments[1:]
    if len(segments) > 1 and not line[slice(*segments[-1])].strip():
        segments.pop()
    surplus = [line[slice(*segment)].strip().replace("\\|", "|") for segment in segments[len(contents) :]]
    if any(surplus):
        contents = contents + surplus
    placed = [_place(line, start, segment, text) for text, segment in zip(contents, segments, strict=False)]
    return placed + [Placed(text, ((0, start),)) for text in contents[len(placed) :]]


def _place(line: str, start: int, segment: tuple[int, int], content: str) -> Placed:
    """A cell's content, in which "\\|" has become "|", and where its pieces stand."""
    raw = line[slice(*segment)]
    written = content.replace("|", "\\|")
    offset = raw.rfind(written)
    if offset < 0:
        return Placed(content, ((0, start + segment[0]),))
    there = start + segment[0] + offset
    pieces = [(0, there)]
    for here, char in enumerate(content):
        if char == "|":
            # The bar stands behind its backslash, and so does all that follows it.
            pieces.append((here, there + here + len(pieces)))
    return Placed(content, tuple(pieces))


def build_table(
    rows: list[tuple[list[Placed], bool]], alignments: list[str], reading: Reading, place: tuple[int, int]
) -> Table:
    """A table from its rows of cells (and whether each stands in the head)."""
    width = len(alignments)
    owners: list[list[tuple[int, int]]] = []
    for number, (cells, _) in enumerate(rows):
        line: list[tuple[int, int]] = []
        for column in range(width):
            text = cells[column].text if column < len(cells) else ""
            if text == LEFT and column:
                line.append(line[column - 1])
            elif text == ABOVE and number:
                line.append(owners[number - 1][column])
            else:
                line.append((number, column))
        owners.append(line)
    spans = _spans(owners, reading, place)
    built = []
    for number, (cells, header) in enumerate(rows):
        built.append(
            Row(
                tuple(
                    Cell(
                        read_inlines(cells[column], reading) if column < len(cells) else (),
                        *spans[number, column],
                        header=header,
                    )
                    for column in range(width)
                    if (number, column) in spans
                )
            )
        )
    columns = tuple(Column(_ALIGNMENTS[alignment]) for alignment in alignments)
    return Table(columns, tuple(built), sum(header for _, header in rows), span=reading.span(*place))


def _spans(
    owners: list[list[tuple[int, int]]], reading: Reading, place: tuple[int, int]
) -> dict[tuple[int, int], tuple[int, int]]:
    """(row, column) of each cell -> the columns and rows that it covers; cells that would overlap cover one place."""
    covered: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for number, line in enumerate(owners):
        for column, owner in enumerate(line):
            covered.setdefault(owner, []).append((number, column))
    spans = {}
    for owner, places in covered.items():
        columns = max(column for _, column in places) - owner[1] + 1
        rows = max(number for number, _ in places) - owner[0] + 1
        if columns * rows == len(places):
            spans[owner] = (columns, rows)
            continue
        reading.report("table-spans", place)
        spans.update(dict.fromkeys(places, (1, 1)))
    return spans


def with_caption(table: Table, caption: Placed, reading: Reading) -> Table:
    """A table with the caption and the attributes that a line ": caption {…}" gives it."""
    text = caption.text
    match = _ATTRIBUTES.search(text)
    found = syntax.attributes(match[1]) if match else None
    end = len(text)
    if match and found and _LANDSCAPE.issuperset(found[0]) and all(key in _KEYS for key in found[1]):
        end = match.start()
        table = _dressed(table, found[1], reading, (caption.offset(match.start(1)), caption.offset(match.end(1))))
        if found[0]:
            table = replace(table, landscape=True)
    opening = CAPTION.match(text)
    start = min(opening.end() if opening else 0, end)
    return replace(table, caption=read_inlines(caption.part(start, end), reading) if end > start else ())


def _dressed(table: Table, settings: dict[str, str], reading: Reading, place: tuple[int, int]) -> Table:
    if "widths" in settings:
        try:
            shares = [float(share.rstrip("%")) for share in re.split(r"[\s,]+", settings["widths"].strip())]
        except ValueError:
            shares = []
        if len(shares) == len(table.columns) and min(shares) >= 0 and sum(shares) > 0:
            whole = 100.0 if "%" in settings["widths"] else sum(shares)
            columns = zip(table.columns, shares, strict=True)
            table = replace(
                table, columns=tuple(replace(column, width_ratio=round(share / whole, 6)) for column, share in columns)
            )
        else:
            reading.report("table-widths", place, widths=settings["widths"], count=str(len(table.columns)))
    header = settings.get("header", "")
    head_columns = settings.get("head-columns", "0")
    if header.isdecimal() or head_columns != "0":
        head_rows = min(int(header), len(table.rows)) if header.isdecimal() else table.header_rows
        side = int(head_columns) if head_columns.isdecimal() else 0
        rows = [
            Row(
                tuple(
                    replace(cell, header=number < head_rows or column < side)
                    for cell, column in zip(row.cells, columns, strict=True)
                )
            )
            for number, (row, columns) in enumerate(zip(table.rows, first_columns(table.rows), strict=True))
        ]
        table = replace(table, rows=tuple(rows), header_rows=head_rows)
    return table
