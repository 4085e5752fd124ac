"""发文机关署名 and 成文日期 (GB/T 9704-2012, 7.3.5): where the seal goes decides where the lines stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from converters.model import blocks as b
from converters.model import inlines as i
from converters.theme.schema import Align

from .compositor import Manner
from .items import Box, Item, Noted
from .result import Element, Passage, Piece

if TYPE_CHECKING:
    from .blocks import Place, Setter

_SEALED_RIGHT_EM = 4
"""With a seal the date stands four 字 from the right, the organ is centred over it."""
_UNSEALED_RIGHT_EM = 2
_DATE_SHIFT_EM = 2
"""Without one, the date's first hanzi is two 字 to the right of the organ's."""
_REMARK_LEFT_EM = 2


def signature(setter: Setter, block: b.Signature, place: Place) -> list[Item]:
    """The signature as one box that never begins a page."""
    shop = setter.shop
    style = replace(setter.styles.signature, align=Align.LEFT)
    em, pitch = shop.em(style), shop.pitch
    measure = setter.measure - place.left - place.right
    pieces: list[Piece] = []
    noted: list[Noted] = []
    y = 0.0

    def line(inlines: Sequence[i.Inline], width: float) -> Passage:
        element = Element("P", place.parent)
        flat = shop.flatten(style, inlines, element)
        manner = Manner(gap=0.0, span=block.span, inlines=inlines)
        passage, notes = setter.set_flat(flat, style, width, element, manner)
        noted.extend(notes)
        return passage

    organs = [line(organ, measure) for organ in block.organs if organ]
    date = line(block.date, measure) if block.date else None
    date_width = _width(date)
    widest = max((_width(passage) for passage in organs), default=0.0)
    if block.sealed:
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
        pieces.append(Piece(passage, 0, len(passage.lines), place.left + max(left, 0.0), y))
        y += len(passage.lines) * pitch
    if date is not None:
        pieces.append(Piece(date, 0, len(date.lines), place.left + max(date_x, 0.0), y))
        y += len(date.lines) * pitch
    if block.remark:
        remark = line(block.remark, measure - _REMARK_LEFT_EM * em)
        pieces.append(Piece(remark, 0, len(remark.lines), place.left + _REMARK_LEFT_EM * em, y))
        y += len(remark.lines) * pitch
    if not pieces:
        return []
    return [Box(y, pieces, style.before_rows * pitch, style.after_rows * pitch, tail=True, on_grid=True, notes=noted)]


def _width(passage: Passage | None) -> float:
    return max((line.width for line in passage.lines), default=0.0) * passage.em if passage is not None else 0.0
