"""报尾 and 版记: a table at the foot of the last page (GB/T 9704-2012, 7.4)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from converters.model import blocks as b
from converters.model.document import Article
from converters.model.inlines import Inline
from converters.model.masthead import Colophon, ColophonRow, colophon
from converters.model.metadata import Kind
from converters.model.walk import blocks_within, inlines_of, notes_within, numbered
from converters.units import twips

from .grid import ems
from .looks import eighths, indents
from .paragraphs import Direct
from .writer import Writer

# A colophon that takes more of the page than this is set in the text: a floating one would push the text about.
_TALLEST_RATIO = 0.6
# The line that Word gives a Chinese face by itself, in ems.
_NATURAL_LINE = 1.3
# The gaps between hanzi and figures that Word adds to the text at the right, and half an em to spare.
_CELL_SLACK_EMS = 2.5


def write_colophon(writer: Writer) -> None:
    """Write the colophon that the metadata asks for, floating at the foot of the page or, where too tall, inline."""
    foot = colophon(writer.metadata)
    if not foot or not writer.theme.colophon.show:
        return
    if writer.after_table or writer.page_break or not writer.out:
        # LibreOffice moves what stands between two tables into the first; a floating table needs text before it.
        writer.gap = None
        writer.spacer()
    tall = colophon_height(writer, foot) > writer.theme.page.depth * _TALLEST_RATIO
    # A floating table would lie on the notes at the foot of its page.
    # Beside vertical lines it stands in the text: what "bottom" is there, programs see differently.
    floating = not tall and not writer.is_vertical and not _notes_on_last_page(writer)
    if not floating:
        writer.paragraph("Colophon", "")
    _write_table(writer, foot, floating=floating)
    if writer.theme.colophon.even_page and _stands_alone(writer):
        writer.page_break = True
    _write_anchor(writer)


def colophon_height(writer: Writer, foot: Colophon) -> float:
    """About how tall a colophon is, in points."""
    lines = sum(_row_lines(writer, row) for row in foot.recipients + foot.imprint)
    return lines * writer.grid.leading(writer.styles["Colophon"].look)


def _row_lines(writer: Writer, row: ColophonRow) -> int:
    """About how many lines a row takes."""
    look = writer.styles["Colophon"].look
    room = writer.grid.measure / writer.grid.em(look) - look.left_em - look.right_em
    return max(1, math.ceil(ems(row.text) / max(room - ems(row.label) - ems(row.right), 1.0)))


def _notes_on_last_page(writer: Writer) -> bool:
    """Whether notes are called on the last page of the print edition."""
    starts = writer.pagination.starts
    if not writer.notes or not starts:
        return False
    reached = False
    for key, thing in numbered(writer.document):
        reached = reached or key == starts[-1].block
        if reached and any(True for line in _lines(thing) for _ in notes_within(line)):
            return True
    return False


def _lines(thing: Article | b.Block) -> Iterator[tuple[Inline, ...]]:
    if isinstance(thing, Article):
        yield from (thing.kicker, *thing.title, thing.subtitle, thing.author)
        if thing.source is not None:
            yield thing.source.inlines
    else:
        for block in blocks_within((thing,)):
            yield from inlines_of(block)


def _stands_alone(writer: Writer) -> bool:
    """Whether the print edition put the colophon on an even page of its own."""
    pagination = writer.pagination
    last = pagination.starts[-1].label if pagination.starts else ""
    return pagination.page_count % 2 == 0 and last == str(pagination.page_count - 1)


def _left_margin(writer: Writer) -> int:
    """The margin at the left of the last page in twips; on the back of a leaf it is the outer one."""
    page, count = writer.theme.page, writer.pagination.page_count
    back = page.duplex and count > 0 and count % 2 == 0
    return twips(page.outer if back else page.inner)


def _write_anchor(writer: Writer) -> None:
    """The paragraph that the floating table hangs on: it has no height, so that it never opens a page by itself."""
    if writer.page_break:
        writer.out.append(
            f'<w:p w14:paraId="{writer.identity.paragraph()}"><w:pPr><w:pageBreakBefore/><w:snapToGrid w:val="0"/>'
            '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
            '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
        )
        writer.page_break = False
    else:
        writer.spacer()


def _write_table(writer: Writer, foot: Colophon, *, floating: bool) -> None:
    look, rules = writer.styles["Colophon"].look, writer.theme.colophon
    em = writer.grid.em(look)
    room = writer.grid.measure
    widest = max((ems(row.right) for row in foot.imprint), default=0.0)
    right = min(room - em, round((widest + look.right_em + _CELL_SLACK_EMS) * em)) if widest else 0
    widths = [room - right, right] if right else [room]
    thick, thin = (eighths(width) if width else 0 for width in (rules.rule_thick, rules.rule_thin))
    official = writer.metadata.kind is Kind.GONGWEN
    # 公文: thick, thin between recipients and imprint, thick; 简报: the rules frame the recipients.
    middle = thin if official else thick
    rows = [(row, False) for row in foot.recipients] + [(row, True) for row in foot.imprint]
    # Across, the place is told from the edge of the paper: LibreOffice does not let a table float that is as wide as
    # the text unless it is told so.
    position = (
        f'<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:topFromText="{writer.grid.line}" w:bottomFromText="0"'
        f' w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="{_left_margin(writer)}" w:tblpYSpec="bottom"/>'
        '<w:tblOverlap w:val="never"/>'
        if floating
        else ""
    )
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    writer.out.append(
        f'<w:tbl><w:tblPr>{position}<w:tblW w:w="{room}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0"'
        ' w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="0"/></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + "</w:tblGrid>"
    )
    for number, (row, imprint) in enumerate(rows):
        top = thick if number == 0 else middle if imprint and not rows[number - 1][1] else 0
        last = number == len(rows) - 1
        bottom = thick if last and (official or not imprint) else 0
        gap = twips(rules.rule_gap)
        below = last or (not imprint and rows[number + 1][1])
        raised = _raised(writer)
        edges = _Edges(top, bottom, gap if top else 0, gap + raised if below else 0, last, raised)
        writer.out.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
        _write_row(writer, row, widths, edges, f"c{number + 1}")
        writer.out.append("</w:tr>")
    writer.out.append("</w:tbl>")
    writer.after_table = True


class _Edges(NamedTuple):
    """A row's rules in eighths of a point, the room inside them in twips, and whether it is the last.

    `raised` is what the first line below a rule gives up, so that text stands in the middle of its row.
    """

    top: int
    bottom: int
    above: int
    below: int
    last: bool
    raised: int

    def properties(self) -> str:
        """w:tcBorders and w:tcMar."""
        borders = _border("top", self.top) + _border("bottom", self.bottom)
        margins = "".join(
            f'<w:{side} w:w="{room}" w:type="dxa"/>'
            for side, room in (("top", self.above), ("bottom", self.below))
            if room
        )
        return (f"<w:tcBorders>{borders}</w:tcBorders>" if borders else "") + (
            f"<w:tcMar>{margins}</w:tcMar>" if margins else ""
        )


def _raised(writer: Writer) -> int:
    """How far text stands below the middle of a line that is taller than its face, in twips: all air is above it."""
    look = writer.styles["Colophon"].look
    return max(0, twips((writer.grid.leading(look) - _NATURAL_LINE * look.size) / 2))


def _border(side: str, width: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="auto"/>' if width else ""


def _write_row(writer: Writer, row: ColophonRow, widths: list[int], edges: _Edges, mark: str) -> None:
    look = writer.styles["Colophon"].look
    em = writer.grid.em(look)
    hanging = round(ems(row.label) * em)
    span = writer.metadata.span
    cells = [(row.label + row.text, mark)]
    if row.right:
        cells.append((row.right, f"{mark}_right"))
    for number, (text, name) in enumerate(cells):
        width = sum(widths) if len(cells) == 1 else widths[number]
        merged = f'<w:gridSpan w:val="{len(widths)}"/>' if len(cells) == 1 and len(widths) > 1 else ""
        writer.out.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}{edges.properties()}{writer.flow}</w:tcPr>'
        )
        if number:
            direct = Direct(indent=indents(0, look.right_em, 0, em), align="right")
        elif hanging:
            direct = Direct(indent=indents(look.left_em + hanging / em, look.right_em, 0, em, hanging))
        else:
            # Beside the text at the right, the right indent would only narrow the cell.
            direct = Direct(indent=indents(look.left_em, 0, 0, em))
        if edges.top and _row_lines(writer, row) == 1:
            line = twips(writer.grid.leading(look)) - edges.raised
            direct = direct._replace(spacing=f'w:line="{line}" w:lineRule="atLeast"')
        # Where it cannot float it still stays in one piece.
        direct = direct._replace(keep_next=not edges.last)
        writer.paragraph("Colophon", writer.text(text, span, "Colophon"), name, direct)
        writer.out.append("</w:tc>")
