"""签发人 of a document that goes upward: names in 楷体, two in a row, beside the number (GB/T 9704-2012, 7.2.6)."""

from __future__ import annotations

from converters.model.masthead import Masthead
from converters.theme.schema import Role

from .grid import ems
from .looks import indents
from .paragraphs import Direct
from .runs import Look
from .writer import Writer

SIGNERS_IN_ROW = 2
_KAITI = Look(role=Role.KAITI)
_TAB = "<w:r><w:tab/></w:r>"


def signers(writer: Writer, text: str) -> tuple[str, list[str]]:
    """The label of a line of signers, its colon included, and their names."""
    label, colon, names = text.partition(writer.words.colon or "\0")
    return (label + colon, names.split()) if colon else ("", text.split())


def signer_runs(writer: Writer, text: str) -> str:
    """The runs of signers in one line."""
    span = writer.metadata.span
    label, _ = signers(writer, text)
    names = text[len(label) :]
    return writer.text(label, span) + (writer.text(names, span, "Issuer", _KAITI) if names else "")


def write_signers(writer: Writer, head: Masthead, before: int) -> float:
    """Write more signers than one row holds; returns the depth in points.

    A table without rules: the number stands beside the last row of names, and is read before them.
    """
    look = writer.styles["Issuer"].look
    em, span = writer.grid.em(look), writer.metadata.span
    label, names = signers(writer, head.signer)
    step = round((max(map(ems, names)) + 1) * em)
    start = round(ems(label) * em)
    right = start + SIGNERS_IN_ROW * step + round((look.right_em - 0.75) * em)
    widths = (writer.grid.measure - right, right)
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    writer.spacer(before=max(0, before - 20))
    writer.out.append(
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0"'
        ' w:lastColumn="0" w:noHBand="0" w:noVBand="0"/></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + f'</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{widths[0]}" w:type="dxa"/>'
        f'{writer.flow}<w:vAlign w:val="bottom"/></w:tcPr>'
    )
    number = writer.text(head.document_number, span)
    writer.paragraph("Issuer", number, "m_number" if number else "", Direct(align="left"))
    writer.out.append(f'</w:tc><w:tc><w:tcPr><w:tcW w:w="{widths[1]}" w:type="dxa"/>{writer.flow}</w:tcPr>')
    stops = "".join(
        f'<w:tab w:val="left" w:pos="{start + place * step}"/>'
        for place in range(SIGNERS_IN_ROW)
        if start + place * step
    )
    direct = Direct(tabs=f"<w:tabs>{stops}</w:tabs>", indent=indents(0, 0, 0, em), align="left")
    rows = [names[place : place + SIGNERS_IN_ROW] for place in range(0, len(names), SIGNERS_IN_ROW)]
    for place, row in enumerate(rows):
        runs = _TAB.join(writer.text(name, span, "Issuer", _KAITI) for name in row)
        runs = (writer.text(label, span) if place == 0 else _TAB) + runs
        writer.paragraph("Issuer", runs, "m_signer" if place == 0 else f"m_signer_{place + 1}", direct)
    writer.out.append("</w:tc></w:tr></w:tbl>")
    writer.after_table = True
    return len(rows) * writer.grid.pitch
