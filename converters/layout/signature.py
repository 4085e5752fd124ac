"""发文机关署名 and 成文日期 (GB/T 9704-2012, 7.3.5): where seal and stamp go decides where the lines stand."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model import walk
from converters.theme.schema import Align, Role, TextStyle

from .compositor import Manner
from .items import Box, Item, Noted
from .result import Element, Passage, Piece
from .setter import Place, Setter

_SEALED_RIGHT_EM = 4
"""With a seal the date stands four 字 from the right, the organ is centred over it; so do stamps and their date."""
_UNSEALED_RIGHT_EM = 2
_UNSEALED_ROWS = 1.0
"""Without a seal one blank row stands above, whatever room the style sheet leaves for seals (7.3.5.2)."""
_DATE_SHIFT_EM = 2
"""Without one, the date's first hanzi is two 字 to the right of the organ's."""
_REMARK_LEFT_EM = 2
_STAMP_GAP_EM = 2
"""A signer's title stands two 字 to the left of the stamp (7.3.5.3)."""
_SEALS_IN_ROW = 3
_NAMED = re.compile(r"(?<=\S)[ \u3000]+(?=\S[ \u3000]+\S$|\S+$)")


def signature(setter: Setter, block: b.Signature, place: Place) -> list[Item]:
    """The signature as one box that never begins a page."""
    made = _Signature(setter, block, place)
    style = made.style
    if block.stamped:
        made.stamps()
    elif block.sealed and len(made.block.organs) > 1:
        made.seals()
    else:
        made.lines()
    made.remark()
    if not made.pieces:
        return []
    pitch = setter.shop.pitch
    before = style.before_rows if block.sealed or block.stamped else min(style.before_rows, _UNSEALED_ROWS)
    return [
        Box(made.y, made.pieces, before * pitch, style.after_rows * pitch, tail=True, on_grid=True, notes=made.noted)
    ]


class _Signature:
    """Puts the lines of one signature under each other; `y` is how deep they have come."""

    def __init__(self, setter: Setter, block: b.Signature, place: Place) -> None:
        self.setter = setter
        self.shop = setter.shop
        self.block = block
        self.place = place
        self.style = replace(setter.styles.signature, align=Align.LEFT)
        self.em, self.pitch = self.shop.em(self.style), self.shop.pitch
        self.measure = setter.measure - place.left - place.right
        self.pieces: list[Piece] = []
        self.noted: list[Noted] = []
        self.y = 0.0

    def _line(self, inlines: Sequence[i.Inline], width: float, style: TextStyle | None = None) -> Passage:
        shop, style = self.shop, style or self.style
        element = Element("P", self.place.parent)
        flat = shop.flatten(style, inlines, element)
        manner = Manner(gap=0.0, span=self.block.span, inlines=inlines)
        passage, notes = self.setter.set_flat(flat, style, width, element, manner)
        self.noted.extend(notes)
        return passage

    def _put(self, passage: Passage, x: float, y: float) -> None:
        self.pieces.append(Piece(passage, 0, len(passage.lines), self.place.left + max(x, 0.0), y))

    def _organs(self) -> list[Passage]:
        return [self._line(organ, self.measure) for organ in self.block.organs if organ]

    def _date(self) -> Passage | None:
        return self._line(self.block.date, self.measure) if self.block.date else None

    def lines(self) -> None:
        """Organs under each other and the date (7.3.5.1, 7.3.5.2)."""
        measure, em = self.measure, self.em
        organs, date = self._organs(), self._date()
        date_width = _width(date)
        widest = max((_width(passage) for passage in organs), default=0.0)
        if self.block.sealed:
            date_x = measure - _SEALED_RIGHT_EM * em - date_width
            centre = date_x + date_width / 2 if date is not None else measure - _SEALED_RIGHT_EM * em - widest / 2
            lefts = [min(centre - _width(passage) / 2, measure - _width(passage)) for passage in organs]
        elif date_width > widest:
            date_x = measure - _UNSEALED_RIGHT_EM * em - date_width
            lefts = [date_x - _DATE_SHIFT_EM * em for _ in organs]
        else:
            lefts = [measure - _UNSEALED_RIGHT_EM * em - _width(passage) for passage in organs]
            date_x = min(min(lefts, default=0.0) + _DATE_SHIFT_EM * em, measure - date_width)
        for passage, left in zip(organs, lefts, strict=True):
            self._put(passage, left, self.y)
            self.y += len(passage.lines) * self.pitch
        if date is not None:
            self._put(date, date_x, self.y)
            self.y += len(date.lines) * self.pitch

    def seals(self) -> None:
        """A joint issue with seals: organs in rows of up to three, so far apart that no seal meets another; the last
        one centred over the date (7.3.5.1)."""
        organs, date = self._organs(), self._date()
        seal = self.shop.theme.signature.seal
        step = max(seal, *(_width(passage) + self.em for passage in organs))
        date_width = _width(date) or _width(organs[-1])
        date_x = self.measure - _SEALED_RIGHT_EM * self.em - date_width
        last = min(date_x + date_width / 2, self.measure - step / 2)
        in_row = max(1, min(_SEALS_IN_ROW, int((last - step / 2) / step + 1.001)))
        deep = math.ceil(seal / self.pitch) * self.pitch
        for first in range(0, len(organs), in_row):
            row = organs[first : first + in_row]
            for number, passage in enumerate(row):
                centre = last - (len(row) - 1 - number) * step
                self._put(passage, centre - _width(passage) / 2, self.y)
            is_last = first + in_row >= len(organs)
            self.y += max(len(passage.lines) for passage in row) * self.pitch if is_last else deep
        if date is not None:
            self._put(date, date_x, self.y)
            self.y += len(date.lines) * self.pitch

    def stamps(self) -> None:
        """签名章 under each other, each with the signer's title to its left, in the middle of its height (7.3.5.3)."""
        look = self.shop.theme.signature
        left = self.measure - _SEALED_RIGHT_EM * self.em - look.stamp_width
        rows = math.ceil(look.stamp_height / self.pitch - 0.05)
        for line in self.block.organs:
            title, name = _title_and_name(line)
            passage = self._line(title, max(left - _STAMP_GAP_EM * self.em, self.em))
            height = max(rows, len(passage.lines)) * self.pitch
            middle = self.y + (height - len(passage.lines) * self.pitch) / 2
            self._put(passage, left - _STAMP_GAP_EM * self.em - _width(passage), middle)
            if name:
                kai = self._line(name, look.stamp_width, replace(self.style, role=Role.KAITI))
                self._put(kai, left + (look.stamp_width - _width(kai)) / 2, middle)
            self.y += height
        date = self._date()
        if date is not None:
            self.y += self.pitch if self.block.organs else 0.0
            self._put(date, self.measure - _SEALED_RIGHT_EM * self.em - _width(date), self.y)
            self.y += len(date.lines) * self.pitch

    def remark(self) -> None:
        """附注, below the date, two 字 in (7.3.6)."""
        if self.block.remark:
            remark = self._line(self.block.remark, self.measure - _REMARK_LEFT_EM * self.em)
            self._put(remark, _REMARK_LEFT_EM * self.em, self.y)
            self.y += len(remark.lines) * self.pitch


def is_remark(block: b.Block) -> bool:
    """Whether what follows a signature is its 附注, a line in brackets (7.3.6): it does not begin a page."""
    if not isinstance(block, b.Paragraph):
        return False
    words = walk.plain(block.inlines).strip()
    return words[:1] + words[-1:] in ("（）", "()")


def _title_and_name(line: tuple[i.Inline, ...]) -> tuple[tuple[i.Inline, ...], tuple[i.Inline, ...]]:
    """省长　张三 as title and name; the blank between is not set. A line that is not plain text has no name."""
    first = line[0] if line else None
    if not isinstance(first, i.Text) or len(line) > 1 or (found := _NAMED.search(first.text)) is None:
        return line, ()
    start = first.start + found.end() if first.start >= 0 else -1
    return (i.Text(first.text[: found.start()], first.start),), (i.Text(first.text[found.end() :], start),)


def _width(passage: Passage | None) -> float:
    return max((line.width for line in passage.lines), default=0.0) * passage.em if passage is not None else 0.0
