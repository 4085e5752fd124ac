"""报尾 and 版记: recipients and imprint between rules at the foot of the last page (GB/T 9704-2012, 7.4)."""

from __future__ import annotations

from dataclasses import replace

from converters.diagnostics import Severity
from converters.model.masthead import ColophonRow, colophon
from converters.model.metadata import Form
from converters.theme.schema import Align
from converters.typeset import Lines, SetLine

from .items import Box
from .result import Bar, Element, Passage, Piece, Placed
from .setter import Setter

_BLACK = "#000000"
LEAST_GAP_ROWS = 0.9
"""The blank row above the colophon may shrink to this (targets)."""
_HAIR = 0.002
"""By how much of an em the names of a row stand nearer than one em: text extractors (Poppler) take a whole em for the
space between two columns, and would read what stands in the columns above between two names."""


def colophon_box(setter: Setter, root: Element) -> Box | None:
    """The colophon as a box that ends with the type area; None where there is none.

    A bulletin's rules frame the recipients, its editors stand below; a 公文's last rule lies on the lower edge.
    """
    shop = setter.shop
    look = shop.theme.colophon
    rows = colophon(shop.metadata)
    if shop.form is Form.LETTER and (shop.metadata.printed_by or shop.metadata.printed_date):
        shop.find(
            "L-LETTER", Severity.INFO, "a letter has no imprint: 印发机关 and its date are left out",
            shop.metadata.span, "take them out of the front matter, or leave out the form",
        )  # fmt: skip
    if not rows or not look.show:
        return None
    builder = _Builder(setter, Element("Sect", root))
    builder.rule(look.rule_thick)
    if rows.recipients:
        builder.rows(rows.recipients)
    if shop.is_official:
        if rows.imprint:
            if rows.recipients:
                builder.rule(look.rule_thin)
            builder.rows(rows.imprint)
        builder.rule(look.rule_thick)
    else:
        if rows.recipients:
            builder.rule(look.rule_thick)
        if rows.imprint:
            builder.rows(rows.imprint)
    return Box(builder.y, builder.items)


class _Builder:
    """Puts rules and rows under each other."""

    def __init__(self, setter: Setter, element: Element) -> None:
        self.setter = setter
        self.shop = setter.shop
        self.style = setter.styles.colophon
        self.element = element
        self.items: list[Placed] = []
        self.y = 0.0

    def rule(self, thickness: float) -> None:
        """A rule as wide as the type area; none of no thickness."""
        if not thickness:
            return
        self.items.append(Bar(0.0, self.y, self.setter.measure, thickness, _BLACK))
        self.y += thickness

    def rows(self, rows: tuple[ColophonRow, ...]) -> None:
        """Rows with turnover under the text after the label, and what stands at the right."""
        shop, style = self.shop, self.style
        em = shop.em(style)
        left = style.left_em * em
        room = self.setter.measure - left - style.right_em * em
        flush = replace(style, align=Align.LEFT)
        gap = shop.theme.colophon.rule_gap
        self.y += gap
        for row in rows:
            element = Element("P", self.element)
            start, y = left, self.y
            if row.label:
                label = shop.line(row.label, flush, element, room)
                self.items.append(Piece(label, 0, len(label.lines), start, y))
                # The label's colon keeps its blank: the text begins on the next place of the row.
                start += min(shop.typecase(style).width(row.label), room / 2)
            height = shop.leading(style)
            if row.text:
                text = shop.line(row.text, flush, element, room - (start - left))
                _draw_together(text)
                self.items.append(Piece(text, 0, len(text.lines), start, y))
                height = text.height
                end = start + (text.lines[-1].width * text.em if text.lines else 0.0)
            else:
                end = start
            if row.right:
                right = shop.line(row.right, replace(style, align=Align.RIGHT), element, room)
                width = max((line.width for line in right.lines), default=0.0) * right.em
                at = y + height - shop.leading(style)
                if end + em + width > left + room and row.text:
                    at += shop.leading(style)
                    height += shop.leading(style)
                self.items.append(Piece(right, 0, len(right.lines), left, at))
            self.y += height
        self.y += gap


def _draw_together(passage: Passage) -> None:
    """Set what stands behind a blank of one em a hair nearer."""

    def nearer(line: SetLine) -> SetLine:
        shifts = dict(line.shifts)
        for index in range(line.start, line.end - 1):
            if passage.text[index] == "\u3000":
                shifts[index + 1] = shifts.get(index + 1, 0.0) - _HAIR
        return line._replace(shifts=tuple(sorted(shifts.items())))

    if "\u3000" in passage.text:
        passage.lines = Lines.of([nearer(line) for line in passage.lines])
