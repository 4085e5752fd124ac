"""信函: the head of a letter and the rule at the foot of its first page (GB/T 9704-2012, 10.1).

Mark and rules stand outside the type area, which only a text frame (w:framePr) can do in the flow of the text.
"""

from __future__ import annotations

from converters.model.masthead import Masthead
from converters.units import mm, twips

from .grid import ems
from .looks import colour, indents
from .name import BASELINE_RATIO, BOX_BELOW, INK_ABOVE, fitted_name, tracked
from .paragraphs import Direct
from .styles import name_leading
from .writer import Writer

_TOP = mm(30)
"""The mark's ink below the edge of the paper."""
_FOOT = mm(20)
"""The lower double rule above the edge of the paper."""
_RULE = mm(170)
_THIN_RATIO = 1 / 3
_GAP_EM = 7 / 8
"""From the double rule to the first line below it, of a hanzi of 3号."""
# Word keeps a border at most 31 pt away from its text.
_FARTHEST = 31
_LEAST_LINE = 20


def write_letter(writer: Writer, head: Masthead) -> float:
    """Write the head; what follows it has its gap then, and the returned depth is 0."""
    page, theme, span = writer.theme.page, writer.theme, writer.metadata.span
    look = writer.styles["Title"].look
    size, tracking = fitted_name(writer, head.name, look)
    line = name_leading(look) * size / look.size
    baseline = BASELINE_RATIO * line
    top = _TOP - (baseline - INK_ABOVE * size)
    rule = top + baseline + BOX_BELOW * size + theme.masthead.rule_gap
    number = writer.styles["DocumentNumber"].look
    row = rule + _depth(writer) + _GAP_EM * number.size - (writer.grid.pitch - number.size) / 2
    secrecy = writer.styles["Secrecy"].look
    lines = [text for text in (head.copy_no, head.secrecy, head.urgency) if text]
    for place, (text, mark) in enumerate(
        pair for pair in ((head.copy_no, "m_copy"), (head.secrecy, "m_secrecy"), (head.urgency, "m_urgency")) if pair[0]
    ):
        width = round((ems(text) + 1) * writer.grid.em(secrecy))
        frame = _frame(width, "left", row + place * writer.grid.pitch)
        writer.paragraph("Secrecy", writer.text(text, span, "Secrecy"), mark, Direct(frame=frame))
    half = round(size * 2)
    properties = f'<w:spacing w:val="{tracking}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    runs = "" if theme.masthead.preprinted else tracked(writer, head.name, "Title", properties)
    direct = Direct(
        frame=_frame(twips(_RULE), "center", top),
        border="" if theme.masthead.preprinted else _double_rule(writer, "bottom", rule - top - line),
        spacing=f'w:before="0" w:after="0" w:line="{twips(line)}" w:lineRule="exact"',
    )
    writer.paragraph("Title", runs, "m_name", direct)
    bottom = row
    for text, mark in ((head.document_number, "m_number"), (head.signer, "m_signer")):
        if text:
            width = round((ems(text) + 2) * writer.grid.em(number))
            frame = _frame(width, "right", bottom)
            direct = Direct(frame=frame, align="right", indent=indents(0, 0, 0, writer.grid.em(number)))
            writer.paragraph("DocumentNumber", writer.text(text, span), mark, direct)
            bottom += writer.grid.pitch
    bottom = max(bottom, row + len(lines) * writer.grid.pitch) - page.top
    # Nothing of this takes room in the flow of the text, which goes on two rows below (10.1).
    half_leading = (writer.grid.pitch - number.size) / 2
    writer.gap = twips(bottom - half_leading + 2 * writer.grid.pitch)
    return 0.0


def foot_rule(writer: Writer, footer: float) -> str:
    """The paragraph of page 1's footer, which ends `footer` points above the edge of the paper, with the lower rule."""
    page = writer.theme.page
    beside = (twips(page.inner) + twips(_RULE) + twips(page.outer) - twips(page.width)) // 2
    after = max(0, twips(_FOOT - footer) - _LEAST_LINE)
    return (
        f'<w:p w14:paraId="{writer.identity.paragraph()}"><w:pPr><w:pStyle w:val="Footer"/>'
        f'{_double_rule(writer, "top", 0)}<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="{after}" w:line="{_LEAST_LINE}" w:lineRule="exact"/>'
        f'<w:ind w:leftChars="0" w:left="{-beside}" w:rightChars="0" w:right="{-beside}" w:firstLineChars="0"'
        ' w:firstLine="0"/></w:pPr></w:p>'
    )


def _depth(writer: Writer) -> float:
    return writer.theme.masthead.rule_thickness * (2 + _THIN_RATIO)


def _frame(width: int, align: str, y: float) -> str:
    return (
        f'<w:framePr w:w="{width}" w:wrap="around" w:vAnchor="page" w:hAnchor="margin" w:xAlign="{align}"'
        f' w:y="{twips(y)}"/>'
    )


def _double_rule(writer: Writer, side: str, space: float) -> str:
    """文武线: the thick line of the upper one is above, that of the lower one below.

    Word names the lines of a border from the text outwards, so that of both the thick one is named first.
    """
    return (
        f'<w:pBdr><w:{side} w:val="thickThinSmallGap" w:sz="{round(_depth(writer) * 8)}"'
        f' w:space="{min(_FARTHEST, max(0, round(space)))}"'
        f' w:color="{colour(writer.theme, writer.theme.masthead.rule_color)}"/></w:pBdr>'
    )
