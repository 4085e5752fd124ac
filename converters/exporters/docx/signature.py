"""署名, 成文日期 and 附注 (GB/T 9704-2012, 7.3.5 and 7.3.6): a chain that is kept together.

Where seals and stamps go decides where the lines stand: organs of a joint issue side by side in a table without
borders, a signer's title beside the place of his stamp.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import TypeAlias

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.patterns import compiled
from converters.model.walk import plain
from converters.theme.schema import Role
from converters.units import twips

from .grid import ems
from .looks import indents
from .paragraphs import NOTHING, Direct
from .runs import Line, Look
from .tables import part_from_above
from .writer import Writer

_Words: TypeAlias = tuple[i.Inline, ...]
_SET_OFF_EMS = 4
"""With a seal or a stamp the date stands four 字 from the right."""
_STAMP_GAP_EMS = 2
"""A signer's title stands two 字 to the left of the stamp (7.3.5.3)."""
_SEALS_IN_ROW = 3
_BLANK_EMS = {" ": 0.25, "\u3000": 1.0}
# Between paragraphs of one style the style drops the blank rows.
_APART = '<w:contextualSpacing w:val="0"/>'
_NAMED = compiled(r"(?<=\S)([ \u3000]+)(\S[ \u3000]+\S|\S+)$")


def write_signature(writer: Writer, block: b.Signature, mark: str) -> None:
    """Write a signature; it never stands alone on a page."""
    writer.identity.block(mark, "signature", (block.span,))
    look = writer.styles["Date"].look
    set_off = block.sealed or block.stamped
    marks = itertools.chain([mark], (f"{mark}_{number}" for number in itertools.count(2)))
    # Without a seal one blank row stands above (7.3.5.2).
    rows = writer.theme.styles.signature.before_rows
    first = round((rows if set_off else min(rows, 1.0)) * writer.grid.line)
    if block.stamped:
        _stamps(writer, block, marks, first)
    elif block.sealed and len(block.organs) > 1 and not writer.is_vertical:
        _seals(writer, block, marks, first)
    else:
        _organs(writer, block, marks, first)
    if block.date:
        right = _places(block, (), sealed=set_off)[1]
        em = writer.grid.em(look)
        direct = Direct(keep_next=bool(block.remark), indent=indents(0, max(0.0, right), 0, em))
        if not block.organs:
            direct = direct._replace(spacing=f'w:before="{first}"')
        elif block.stamped:
            # One blank row below the stamps.
            direct = direct._replace(spacing=f'w:before="{writer.grid.line + _stamp_rooms(writer)[1]}"')
        writer.paragraph("Date", writer.runs(block.date, block.span, "Date"), next(marks), direct)
    if block.remark:
        direct = NOTHING if block.organs or block.date else Direct(spacing=f'w:before="{first}"')
        writer.paragraph("Remark", writer.runs(block.remark, block.span, "Remark"), next(marks), direct)


def _organs(writer: Writer, block: b.Signature, marks: Iterator[str], first: int) -> None:
    """Organs under each other, over the date."""
    em = writer.grid.em(writer.styles["Date"].look)
    for number, organ in enumerate(block.organs):
        right = _places(block, organ, sealed=block.sealed)[0]
        direct = Direct(indent=indents(0, max(0.0, right), 0, em))
        if number == 0 and not block.sealed:
            direct = direct._replace(spacing=f'w:before="{first}"')
        writer.paragraph("IssuingOrgan", writer.runs(organ, block.span, "IssuingOrgan"), next(marks), direct)


def _places(block: b.Signature, organ: tuple[i.Inline, ...], *, sealed: bool) -> tuple[float, float]:
    """Blank ems at the right of an organ's and of the date's line.

    With a seal the organs stand centred over the date, four 字 from the right; without one the organ is two 字 from
    the right and the date begins two 字 to the right of it.
    """
    date = ems(plain(block.date)) if block.date else 0.0
    widest = max((ems(plain(line)) for line in block.organs), default=0.0)
    width = ems(plain(organ))
    if sealed:
        return _SET_OFF_EMS + (date - width) / 2, float(_SET_OFF_EMS)
    if date > widest:
        return 2 + date + 2 - width, 2.0
    return 2.0, widest - date


def _seals(writer: Writer, block: b.Signature, marks: Iterator[str], first: int) -> None:
    """A joint issue: organs in rows of up to three, so far apart that no seal meets another, the last over the date."""
    look = writer.styles["IssuingOrgan"].look
    em, measure = writer.grid.em(look), writer.grid.text_measure
    widths = [ems(plain(organ)) * em for organ in block.organs]
    seal = twips(writer.theme.signature.seal)
    step = round(min(measure, max(seal, *(width + em for width in widths))))
    date = ems(plain(block.date)) * em if block.date else widths[-1]
    last = min(measure - _SET_OFF_EMS * em - date / 2, measure - step / 2)
    in_row = max(1, min(_SEALS_IN_ROW, int((last - step / 2) / step + 1.001), len(block.organs)))
    deep = math.ceil(seal / writer.grid.line) * writer.grid.line
    writer.gap = None
    part_from_above(writer, "IssuingOrgan")
    writer.out.append(_table(in_row, step, round(last + step / 2) - in_row * step))
    count = len(block.organs)
    for start in range(0, count, in_row):
        row = block.organs[start : start + in_row]
        is_last = start + in_row >= count
        height = "" if is_last else f'<w:trHeight w:val="{deep}" w:hRule="atLeast"/>'
        writer.out.append(f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>")
        for place in range(in_row):
            organ = row[place - in_row + len(row)] if place >= in_row - len(row) else ()
            writer.out.append(f'<w:tc><w:tcPr><w:tcW w:w="{step}" w:type="dxa"/></w:tcPr>')
            direct = Direct(keep_next=True, indent=indents(0, 0, 0, em), align="center")
            if start == 0:
                direct = direct._replace(spacing=f'w:before="{first}"')
            runs = writer.runs(organ, block.span, "IssuingOrgan") if organ else ""
            writer.paragraph("IssuingOrgan", runs, next(marks) if organ else "", direct)
            writer.out.append("</w:tc>")
        writer.out.append("</w:tr>")
    writer.out.append("</w:tbl>")
    writer.after_table, writer.room = True, 0


def _table(columns: int, width: int, left: int) -> str:
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width * columns}" w:type="dxa"/><w:tblInd w:w="{left}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="0000" w:firstRow="0"'
        ' w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="0"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


def _stamps(writer: Writer, block: b.Signature, marks: Iterator[str], first: int) -> None:
    """签名章 under each other: the title two 字 to the left of each, a name that is typed in the stamp's place."""
    grid, sizes = writer.grid, writer.theme.signature
    look = writer.styles["IssuingOrgan"].look
    em = grid.em(look)
    stamp = twips(sizes.stamp_width) / em
    above, below = _stamp_rooms(writer)
    for number, line in enumerate(block.organs):
        title, blank, name = _title_and_name(line)
        runs = Line(writer, line, block.span, look.size)
        right = _SET_OFF_EMS + stamp + _STAMP_GAP_EMS
        written = runs.runs(title)
        if name:
            beside = (stamp - ems(plain(name))) / 2
            right = _SET_OFF_EMS + beside
            # The blank reaches from the title to the name: spacing that is added behind each of its characters.
            typed = sum(_BLANK_EMS[char] for char in plain(blank))
            spread = max(0, round((_STAMP_GAP_EMS + beside - typed) * em / len(plain(blank))))
            written += runs.runs(blank, Look(spread=spread)) + runs.runs(name, Look(role=Role.KAITI))
        # Of a space after and a space before Word takes the larger: all of it stands before.
        direct = Direct(
            spacing=f'w:before="{above + (below if number else first)}" w:after="0"',
            indent=indents(0, max(0.0, right), 0, em) + _APART,
        )
        writer.paragraph("IssuingOrgan", written, next(marks), direct)


def _stamp_rooms(writer: Writer) -> tuple[int, int]:
    """The room that a stamp takes above and below its line, in twips."""
    line = writer.grid.line
    rows = max(1, math.ceil(twips(writer.theme.signature.stamp_height) / line - 0.05))
    return (rows - 1) * line // 2, (rows - 1) * line - (rows - 1) * line // 2


def _title_and_name(line: _Words) -> tuple[_Words, _Words, _Words]:
    """省长　张三 as title, blank and name; a line that is not plain text has no name."""
    first = line[0] if line else None
    if not isinstance(first, i.Text) or len(line) > 1 or (found := _NAMED.search(first.text)) is None:
        return line, (), ()

    def part(start: int, end: int) -> _Words:
        return (i.Text(first.text[start:end], first.start + start if first.start >= 0 else -1),)

    return part(0, found.start(1)), part(*found.span(1)), part(*found.span(2))
