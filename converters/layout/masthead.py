"""报头 and 版头: the lines of model/masthead.py in their places, down to the red rule (GB/T 9704-2012, 7.2 and 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converters.model import inlines as i
from converters.model.masthead import Masthead, masthead
from converters.model.metadata import Form
from converters.theme.schema import Align, Role, TextStyle
from converters.units import mm

from .compositor import Manner
from .flatten import Flattener
from .items import Box
from .marks import MarkSetter, name_width
from .red_rule import double_depth, double_rule, red_rule
from .result import Bar, Element, Passage, Piece, Placed
from .setter import Setter

_SUPER_GAP = 6.0
_SIGNERS_IN_ROW = 2
"""签发人 stand two in a row (GB/T 9704-2012, 7.2.6)."""
_LETTER_TOP = mm(30)
"""A letter's mark: its ink below the edge of the paper (10.1)."""
_LETTER_RULE = mm(170)
_LETTER_RULE_OVERHANG = mm(14)
"""A double rule is so much wider than the type area of the standard; on smaller paper 170 mm would leave the page."""
_LETTER_FOOT = mm(20)
"""A letter's lower double rule: its lower edge above the edge of the paper (10.1)."""
_FOOT_GAP = mm(2.5)
"""Least room between a type area that reaches deeper than the standard's and a letter's lower double rule."""
_TOP_GAP_EM = 0.75
"""From the last of 份号, 密级, 紧急程度 to the ink of a mark that would stand beside them, in hanzi of theirs."""
_LETTER_GAP_EM = 7 / 8
"""From a letter's double rule to the first line below it, of a hanzi of 3号 (10.1)."""


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
        if self.shop.form is Form.LETTER:
            return self._letter(head)
        self._top_lines(head)
        self._name(head)
        bottom = self._number(head) if self.shop.is_official else self._issue_lines(head)
        if not self.look.rule_thickness:
            # An order has no rule: its text follows the number (10.2).
            return Box(bottom, self.items, on_grid=True)
        rule = bottom + self.look.rule_gap
        drawn, bottom = red_rule(self.look, self._red(), rule, self.measure)
        if not self.look.preprinted:
            self.items += drawn
        return Box(bottom, self.items, on_grid=True)

    def _red(self) -> str:
        return self.shop.theme.color(self.look.rule_color)

    def _line(self, text: str, style: TextStyle) -> Passage:
        return self.shop.line(text, style, Element("P", self.element), self.measure)

    def _put(self, passage: Passage, x: float, y: float) -> None:
        self.items.append(Piece(passage, 0, len(passage.lines), x, y))

    def _left(self, text: str, style: TextStyle, y: float, indent: float = 0.0) -> None:
        self._put(self._line(text, replace(style, align=Align.LEFT)), indent, y)

    def _right(self, text: str, style: TextStyle, y: float, indent: float = 0.0) -> None:
        self._put(self._line(text, replace(style, align=Align.RIGHT)), -indent, y)

    def _top_lines(self, head: Masthead, y: float = 0.0) -> None:
        """份号, 密级, 紧急程度: one under the other at the left; a bulletin's number at the right (7.2.1 to 7.2.3)."""
        style = self.styles.secrecy
        numbered = replace(style, role=Role.FANGSONG)
        pitch = self.shop.pitch
        row = 0
        if head.copy_no and self.shop.is_official:
            self._left(head.copy_no, numbered, y)
            row = 1
        elif head.secrecy and self.shop.is_official and self.shop.form is not Form.LETTER:
            # 密级 has the second row also where no 份号 has the first (7.2.2).
            row = 1
        beside = "" if self.shop.is_official else head.copy_no
        for line in (head.secrecy, head.urgency):
            if line:
                self._left(line, style, y + row * pitch)
                row += 1
            if beside and row:
                self._right(beside, numbered, y)
                beside = ""
        if beside:
            self._right(beside, numbered, y)
        self.y = y + max(row, 1 if head.copy_no else 0) * pitch

    def _name(self, head: Masthead) -> None:
        """The name, its ink `masthead.top` below the type area's top, in one line; the line above it, if any."""
        top = max(self.look.top + self.shop.theme.page.hang, self._below_top_lines())
        if head.super_title:
            line = self._line(head.super_title, self.styles.masthead_super)
            top = max(top, self._below_top_lines() + line.height + _SUPER_GAP)
            self._put(line, 0.0, top - line.height - _SUPER_GAP)
        self._mark(head.name, top)

    def _below_top_lines(self) -> float:
        """Where what follows 份号, 密级 and 紧急程度 may begin."""
        style = self.styles.secrecy
        return self.y - (self.shop.pitch - style.size) / 2 + _TOP_GAP_EM * style.size if self.y else 0.0

    def _mark(self, name: str, top: float) -> None:
        """The mark with its ink at `top`; 套打: it is set as ever and its room kept, but nothing is drawn."""
        hidden = self.look.preprinted
        mark = MarkSetter(self.shop, self.measure, None if hidden else self.element)
        style = self.styles.organ_mark if self.shop.is_official else self.styles.masthead_name
        bottom = mark.artwork(name, self.look.image, top)
        if bottom is None:
            *organs, last = name.split("\n")
            if not organs:
                bottom = mark.name(name, style, top)
            elif self.shop.form is Form.LETTER:
                bottom = mark.joint((*organs, last), "", style, top)
            else:
                bottom = mark.joint(organs, last, style, top)
        if not hidden:
            self.items += mark.items
        self.y = bottom

    # -- the lines below the name

    def _number(self, head: Masthead) -> float:
        """发文字号 centred; at the left where a signer stands at the right (7.2.5, 7.2.6); returns its em bottom."""
        style = self.styles.document_number
        if not head.document_number and not head.signer:
            return self.y
        y = self.y + self.look.blank_rows * self.shop.pitch
        indent = self.shop.em(style)
        if head.signer:
            last = y + (self._signer_rows(head.signer) - 1) * self.shop.pitch
            if head.document_number:
                self._left(head.document_number, style, last, indent)
            self._signers(head.signer, style, y, indent)
            y = last
        else:
            self._put(self._line(head.document_number, style), 0.0, y)
        return y + self.shop.pitch / 2 + style.size / 2

    def _signer_rows(self, signer: str) -> int:
        return -(-len(signer.split()) // _SIGNERS_IN_ROW) or 1

    def _signers(self, signer: str, style: TextStyle, y: float, indent: float) -> None:
        """签发人： and the names in 楷体, two in a row under each other, ending one 字 from the right (7.2.6)."""
        label, colon, names = signer.partition(self.shop.words.colon)
        if not colon:
            label, names = "", signer
        found = names.split()
        kai = replace(style, role=Role.KAITI, align=Align.LEFT)
        room = max((name_width(self.shop, name, kai) for name in found), default=0.0)
        step = room + self.shop.em(style)
        count = min(len(found), _SIGNERS_IN_ROW)
        start = self.measure - indent - (count * step - self.shop.em(style) if count else 0.0)
        before = name_width(self.shop, label + colon, style)
        if len(found) <= 1:
            flat = Flattener(self.shop, replace(style, align=Align.RIGHT), Element("P", self.element))
            flat.add((i.Text(label + colon),))
            flat.add((i.Text(names),), Role.KAITI)
            style = replace(style, align=Align.RIGHT)
            passage = self.shop.set_flat(flat.finish(), style, self.measure, flat.element, Manner(gap=0.0))
            self._put(passage, -indent, y)
            return
        if label:
            self._left(label + colon, style, y, start - before)
        for number, name in enumerate(found):
            row, column = divmod(number, _SIGNERS_IN_ROW)
            self._left(name, kai, y + row * self.shop.pitch, start + column * step)

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
            self._signers(head.signer, style, y, style.right_em * em)
            y += self._signer_rows(head.signer) * pitch
            bottom = y - pitch / 2 + style.size / 2
        if head.issuer or head.date:
            room = self.measure - (style.left_em + style.right_em) * em
            if head.issuer:
                self._left(head.issuer, style, y, style.left_em * em)
                wide = name_width(self.shop, head.issuer, style) + name_width(self.shop, head.date, style) + em > room
                if head.date and wide:
                    y += pitch * max(1, _lines_of(self.items))
            if head.date:
                self._right(head.date, style, y, style.right_em * em)
            y += pitch
            bottom = y - pitch / 2 + style.size / 2
        return bottom

    # -- 信函

    def _letter(self, head: Masthead) -> Box:
        """A letter's head: mark, double rule, 发文字号 at the right below it; the foot rule of the page (10.1)."""
        page = self.shop.theme.page
        self._mark(head.name, _LETTER_TOP - page.top)
        rule = self.y + self.look.rule_gap
        thickness = self.look.rule_thickness
        depth = double_depth(thickness)
        style, pitch = self.styles.document_number, self.shop.pitch
        # The first line's em box begins 7/8 of a hanzi below the rule.
        y = rule + depth + _LETTER_GAP_EM * style.size - (pitch - style.size) / 2
        self._top_lines(head, y)
        bottom = max(self.y, y + pitch if head.document_number else y)
        if head.document_number:
            self._right(head.document_number, style, y)
        if head.signer:
            self._signers(head.signer, style, bottom, 0.0)
            bottom += self._signer_rows(head.signer) * pitch
        if not self.look.preprinted:
            self._double_rule(rule, thick_first=True)
            foot = page.height - _LETTER_FOOT - page.top - depth
            self._double_rule(max(foot, page.depth - page.hang + _FOOT_GAP), thick_first=False)
        return Box(bottom - (pitch - style.size) / 2, self.items, on_grid=True)

    def _double_rule(self, y: float, *, thick_first: bool) -> None:
        """文武线, 170 mm, centred on the type area."""
        thick = self.look.rule_thickness
        if not thick:
            return
        width = min(_LETTER_RULE, self.measure + _LETTER_RULE_OVERHANG)
        x = (self.measure - width) / 2
        self.items += double_rule(Bar(x, y, width, thick, self._red()), thick_first=thick_first)


def _lines_of(items: Sequence[Placed]) -> int:
    last = items[-1]
    return len(last.passage.lines) if isinstance(last, Piece) else 1
