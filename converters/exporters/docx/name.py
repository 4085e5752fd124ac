"""The name above the rule: its size and tracking in one line, its runs."""

from __future__ import annotations

import math
import re

from converters.theme.schema import TextStyle
from converters.units import TWIPS_PER_POINT, mm, twips

from .grid import ems
from .paragraphs import Direct
from .writer import Writer

# Where Word and LibreOffice set the baseline in an exact line that is taller than its face, and how high the
# ink of a hanzi reaches above it and its em box below, in ems.
BASELINE_RATIO = 0.8
INK_ABOVE = 0.85
BOX_BELOW = 0.12
# By how much a letter of a heavy face is wider than the half em that a letter takes elsewhere.
_HEAVY_LATIN_EMS = 0.12
# As in print: 文件 stands this far beside the organs, whose lines are so many ems high and in all this deep at most.
_JOINT_GAP_EM = 0.5
_JOINT_LINE = 1.3
# So much more, that a face whose hanzi are a hair wider does not turn a line.
_SLACK_EM = 0.25
_DEEPEST_JOINT = mm(75)


def fitted_name(writer: Writer, name: str, look: TextStyle) -> tuple[float, int]:
    """Size in points and tracking in twips of a name that fits the measure in one line."""
    room = writer.grid.measure / TWIPS_PER_POINT
    count = max(ems(name) + _HEAVY_LATIN_EMS * sum(char.isascii() and char.isalpha() for char in name), 0.5)
    wanted = count * look.size * (1 + look.tracking_em)
    size = look.size
    tracking_em = look.tracking_em
    if wanted > room:
        # First the air between the hanzi goes, then size.
        tracking_em = max(0.0, room / (count * look.size) - 1)
        if not tracking_em:
            size = math.floor(room / count * 2) / 2
    return size, round(tracking_em * size * TWIPS_PER_POINT)


def tracked(writer: Writer, text: str, style: str, properties: str = "") -> str:
    """The runs of a centred line of tracked hanzi; the last is not tracked, or the line would stand too far left."""
    span = writer.metadata.span
    if not writer.grid.tracking(writer.styles[style].look):
        return _with_properties(writer.text(text, span, style), properties)
    last = re.sub('<w:spacing w:val="[0-9]+"/>', "", properties)
    return _with_properties(writer.text(text[:-1], span, style), properties) + _with_properties(
        writer.text(text[-1:], span, style), '<w:spacing w:val="0"/>' + last
    )


def _with_properties(runs: str, properties: str) -> str:
    """Runs with direct formatting added; a run's own w:rPr holds at most its fonts here."""
    if not properties:
        return runs
    runs = re.sub(r"<w:r><w:t", f"<w:r><w:rPr>{properties}</w:rPr><w:t", runs)
    return re.sub(r"<w:r><w:rPr>(<w:rFonts[^>]*/>)</w:rPr>", rf"<w:r><w:rPr>\1{properties}</w:rPr>", runs)


def joint_name(writer: Writer, lines: list[str], y: float) -> tuple[float, float]:
    """The organs of a joint issue, spread to one width, and 文件 beside the middle of them (GB/T 9704-2012, 7.2.4).

    A table without rules: what a secretary would make of it. Returns where it ends and where its last em box ends.
    """
    *organs, suffix = lines
    look = writer.styles["Title"].look
    room = writer.grid.measure / TWIPS_PER_POINT
    wide = 1 + look.tracking_em
    widest, beside = max(map(ems, organs)) * wide, ems(suffix) * wide
    size = min(
        look.size, math.floor(room / (widest + beside + _JOINT_GAP_EM + 2 * _SLACK_EM) * 2) / 2,
        _DEEPEST_JOINT / (len(organs) * _JOINT_LINE),
    )  # fmt: skip
    line = _JOINT_LINE * size
    baseline = BASELINE_RATIO * line
    before = max(0.0, writer.theme.masthead.top - (baseline - INK_ABOVE * size) - y)
    spread, right = twips((widest + _SLACK_EM) * size), twips((beside + _JOINT_GAP_EM + _SLACK_EM) * size)
    half = round(size * 2)
    sized = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    spacing = f'w:before="0" w:after="0" w:line="{twips(line)}" w:lineRule="exact"'
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    writer.spacer(before=max(0, twips(before) - 20))
    writer.out.append(
        f'<w:tbl><w:tblPr><w:tblW w:w="{spread + right}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="0000" w:firstRow="0"'
        ' w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="0"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{spread}"/><w:gridCol w:w="{right}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/>'
        f'</w:trPr><w:tc><w:tcPr><w:tcW w:w="{spread}" w:type="dxa"/>{writer.flow}</w:tcPr>'
    )
    span = writer.metadata.span
    for number, organ in enumerate(organs):
        runs = _with_properties(writer.text(organ, span, "Title"), f'<w:spacing w:val="0"/>{sized}')
        mark = "m_name" if number == 0 else f"m_name_{number + 1}"
        writer.paragraph("Title", runs, mark, Direct(spacing=spacing, align="distribute"))
    writer.out.append(
        f'</w:tc><w:tc><w:tcPr><w:tcW w:w="{right}" w:type="dxa"/>{writer.flow}<w:vAlign w:val="center"/></w:tcPr>'
    )
    runs = tracked(writer, suffix, "Title", f'<w:spacing w:val="{twips(look.tracking_em * size)}"/>{sized}')
    writer.paragraph("Title", runs, "m_name_suffix", Direct(spacing=spacing, align="right"))
    writer.out.append("</w:tc></w:tr></w:tbl>")
    writer.after_table = True
    depth = before + len(organs) * line
    return y + depth, y + depth - line + baseline + BOX_BELOW * size
