"""报头 and 版头: the lines of model/masthead.py in their places, down to the red rule (GB/T 9704-2012, 7.2)."""

from __future__ import annotations

from dataclasses import replace

from converters.model.masthead import Masthead, masthead
from converters.model.pictures import artwork_key, artwork_size
from converters.theme.schema import Align, Role, TextStyle

from .blocks import Setter
from .items import Box
from .result import Bar, Element, Passage, PictureBox, Piece, Placed, PlacedPicture

_LEAST_NAME = 12.0
"""A name is shrunk to one line, but not below 小四: a longer one takes several lines."""
_SUPER_GAP = 6.0


class MastheadSetter:
    """Builds the box of a masthead line by line; `y` is how far it has come below the type area's top."""

    def __init__(self, setter: Setter, root: Element) -> None:
        self.setter = setter
        self.shop = setter.shop
        self.styles = setter.styles
        self.look = setter.shop.theme.masthead
        self.measure = setter.measure
        self.element = Element("Sect", root)
        self.items: list[Placed] = []
        self.y = 0.0

    def box(self) -> Box | None:
        """The whole masthead as a box, None where there is none."""
        head = masthead(self.shop.metadata, self.look.issue_form)
        if not head.name or not self.look.show:
            return None
        self._top_lines(head)
        self._name(head)
        bottom = self._number(head) if self.shop.is_official else self._issue_lines(head)
        rule = bottom + self.look.rule_gap
        color = self.shop.theme.color(self.look.rule_color)
        if not self.look.preprinted:
            self.items.append(Bar(0.0, rule, self.measure, self.look.rule_thickness, color))
        return Box(rule + self.look.rule_thickness, self.items, on_grid=True)

    def _line(self, text: str, style: TextStyle) -> Passage:
        return self.shop.line(text, style, Element("P", self.element), self.measure)

    def _put(self, passage: Passage, x: float, y: float) -> None:
        self.items.append(Piece(passage, 0, len(passage.lines), x, y))

    def _left(self, text: str, style: TextStyle, y: float, indent: float = 0.0) -> None:
        self._put(self._line(text, replace(style, align=Align.LEFT)), indent, y)

    def _right(self, text: str, style: TextStyle, y: float, indent: float = 0.0) -> None:
        self._put(self._line(text, replace(style, align=Align.RIGHT)), -indent, y)

    def _top_lines(self, head: Masthead) -> None:
        """份号, 密级, 紧急程度: one under the other at the left; a bulletin's number at the right (7.2.1 to 7.2.3)."""
        style = self.styles.secrecy
        numbered = replace(style, role=Role.FANGSONG)
        pitch = self.shop.pitch
        row = 0
        if head.copy_no and self.shop.is_official:
            self._left(head.copy_no, numbered, 0.0)
            row = 1
        elif head.copy_no:
            self._right(head.copy_no, numbered, 0.0)
        for line in (head.secrecy, head.urgency):
            if line:
                self._left(line, style, row * pitch)
                row += 1
        self.y = max(row, 1 if head.copy_no else 0) * pitch

    def _name(self, head: Masthead) -> None:
        """The name, its ink `masthead.top` below the type area's top, in one line; the line above it, if any."""
        shop = self.shop
        top = max(self.look.top, self.y)
        if head.super_title:
            style = self.styles.masthead_super
            line = self._line(head.super_title, style)
            top = max(top, self.y + line.height + _SUPER_GAP)
            self._put(line, 0.0, top - line.height - _SUPER_GAP)
        if self._artwork(head.name, top):
            return
        style = self.styles.organ_mark if shop.is_official else self.styles.masthead_name
        width = self._width(head.name, style)
        if width > self.measure:
            style = replace(style, size=max(style.size * self.measure / width * 0.9999, _LEAST_NAME))
        style = replace(style, leading=style.size * 1.3)
        # The space after the last hanzi may hang out of the measure: it is not seen.
        spaced = self.measure + style.tracking_em * style.size
        # 套打: the name is set as ever and its room kept, but it hangs nowhere.
        parent = None if self.look.preprinted else self.element
        passage = shop.line(head.name, style, Element("P", parent), spaced)
        passage.measure = self.measure
        face, size = passage.setting.face, passage.setting.size
        ink_top = max((face.ink(face.glyphs[ord(character)])[3] for character in head.name), default=0.0)
        middle = top + ink_top * size - passage.setting.drop
        if not self.look.preprinted:
            self._put(passage, 0.0, middle - passage.pitch / 2)
        self.y = middle + (len(passage.lines) - 1) * passage.pitch + size / 2

    def _artwork(self, name: str, top: float) -> bool:
        """The picture in place of the name, which it says (ISO 32000-1, 14.9.4); False where there is none."""
        key = artwork_key(self.look.image)
        picture = self.shop.pictures.get(key)
        if picture is None:
            return False
        width, height = artwork_size(picture, self.measure)
        if not self.look.preprinted:
            element = Element("Figure", self.element)
            element.description = element.replacement = name
            self.items.append(PlacedPicture(PictureBox(key, width, height, element), (self.measure - width) / 2, top))
        self.y = top + height
        return True

    def _width(self, text: str, style: TextStyle) -> float:
        case = self.shop.typecase(style)
        return case.width(text) - case.main.tracking

    def _number(self, head: Masthead) -> float:
        """发文字号 centred; at the left where a signer stands at the right (7.2.5, 7.2.6); returns its em bottom."""
        style = self.styles.document_number
        if not head.document_number and not head.signer:
            return self.y
        y = self.y + self.look.blank_rows * self.shop.pitch
        indent = self.shop.em(style)
        if head.signer:
            if head.document_number:
                self._left(head.document_number, style, y, indent)
            self._right(head.signer, style, y, indent)
        else:
            self._put(self._line(head.document_number, style), 0.0, y)
        return y + self.shop.pitch / 2 + style.size / 2

    def _issue_lines(self, head: Masthead) -> float:
        """期号, 签发, 编发单位 and 日期. Returns the em bottom of the last line."""
        styles, pitch = self.styles, self.shop.pitch
        y = self.y + self.look.blank_rows * pitch
        bottom = self.y
        if head.issue:
            passage = self._line(head.issue, styles.issue)
            self._put(passage, 0.0, y)
            y += passage.height
            bottom = y - pitch / 2 + styles.issue.size / 2
        style = styles.issuer
        em = self.shop.em(style)
        if head.signer:
            self._right(head.signer, style, y, style.right_em * em)
            y += pitch
            bottom = y - pitch / 2 + style.size / 2
        if head.issuer or head.date:
            room = self.measure - (style.left_em + style.right_em) * em
            if head.issuer:
                self._left(head.issuer, style, y, style.left_em * em)
                if head.date and self._width(head.issuer, style) + self._width(head.date, style) + em > room:
                    y += pitch * max(1, len(self.items[-1].passage.lines) if isinstance(self.items[-1], Piece) else 1)
            if head.date:
                self._right(head.date, style, y, style.right_em * em)
            y += pitch
            bottom = y - pitch / 2 + style.size / 2
        return bottom
