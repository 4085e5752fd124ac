"""Figures: pictures scaled to the measure, side by side where there are several, with their caption under them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model import walk
from converters.model.captions import own_captions, rows_of
from converters.units import POINTS_PER_MM

from .compositor import Manner
from .items import Box, Item, Noted, Rows, moved
from .pictures import PictureRoom, natural_size, picture_box, wanted_width
from .result import Element, Passage, PictureBox, Piece, Placed, PlacedPicture
from .setter import Place, Setter

_GAP = 4 * POINTS_PER_MM
_CAPTION_GAP = 4.0
_PADDING = 6.0
_MOST_CAPTION = 8
"""A caption of more lines than this is text."""
_MOST_RATIO = 0.8
"""A picture is no higher than four fifths of the type area: its caption stands with it."""


def figure(setter: Setter, block: b.Figure, place: Place) -> list[Item]:
    """A figure as one item; pictures side by side, and what is said to be wider than a column, stand across columns."""
    images = [image for image in block.images if image.target in setter.shop.pictures]
    if setter.is_narrow and (
        len(images) > 1 or any(wanted_width(image.width, 0.0) > setter.measure for image in images)
    ):
        with setter.across():
            return setter.wide(_figure(setter, block, place))
    return _figure(setter, block, place)


def _figure(setter: Setter, block: b.Figure, place: Place) -> list[Item]:
    """A figure as one box: rows of pictures, then the caption; as several where that is higher than a page."""
    shop = setter.shop
    images = [image for image in block.images if image.target in shop.pictures]
    made = _FigureSetter(setter, block, place)
    own = own_captions(block.caption, len(images))
    strips = [made.strip(images[row.start : row.stop], own[row.start : row.stop]) for row in rows_of(len(images))]
    strips = [strip for strip in strips if strip.items]
    depth = shop.theme.page.depth
    last: Rows | None = None
    if block.caption and not own:
        caption = made.caption(block.caption, made.measure, made.group)
        if len(caption.lines) > _MOST_CAPTION:
            # A caption as long as that is text: it may part at the foot of a page.
            last = Rows(caption, place.left, after=_PADDING, on_grid=False, notes=made.noted)
            made.noted = []
        else:
            piece = Piece(caption, 0, len(caption.lines), place.left, 0.0)
            strips.append(_Strip([piece], caption.height))
    if not strips and last is None:
        return []
    heights = sum(strip.height for strip in strips) + 2 * _PADDING
    items: list[Item] = []
    if strips and heights <= depth:
        items.append(_box(strips))
    else:
        items += [_box([strip]) for strip in strips]
    if last is not None:
        items.append(last)
    for item in items[:-1]:
        assert isinstance(item, Box)
        item.keep = True
    first = items[0]
    if isinstance(first, Box):
        first.notes = made.noted
    return items


class _Strip(NamedTuple):
    """Things side by side, measured from their own top, and how high they are."""

    items: list[Placed]
    height: float


def _box(strips: Sequence[_Strip]) -> Box:
    y = _PADDING if isinstance(strips[0].items[0], PlacedPicture) else 0.0
    items: list[Placed] = []
    for strip in strips:
        items += moved(strip.items, 0.0, y)
        y += strip.height
    return Box(y + _PADDING, items, on_grid=False)


class _FigureSetter:
    """Sets the pictures and captions of one figure."""

    def __init__(self, setter: Setter, block: b.Figure, place: Place) -> None:
        self.setter = setter
        self.shop = setter.shop
        self.block = block
        self.place = place
        self.measure = setter.measure - place.left - place.right
        self.group = Element("Sect", place.parent) if block.caption else place.parent
        self.words = walk.plain(block.caption).replace("\n", " ")
        self.noted: list[Noted] = []

    def strip(self, images: Sequence[i.Image], captions: Sequence[tuple[i.Inline, ...]]) -> _Strip:
        """Pictures side by side, their feet level, each with its own caption where there are such."""
        placed: list[tuple[PictureBox, Passage | None]] = []
        for number, (image, (width, height)) in enumerate(zip(images, self._rooms(images), strict=True)):
            words = walk.plain(captions[number]) if captions else self.words
            # A caption ends the part of the tree that it speaks of (ISO 14289-2, 8.2.5.27).
            group = Element("Sect", self.group) if captions else self.group
            room = PictureRoom(width, height, group, False, words, self.block.span)
            box = picture_box(self.shop, image, room)
            if box is None:
                continue
            caption = None
            if captions and captions[number]:
                measure = max(box.width, min(width, self.measure / len(images)))
                caption = self.caption(captions[number], measure, group)
            placed.append((box, caption))
        if not placed:
            return _Strip([], 0.0)
        widths = [max(box.width, caption.measure if caption else 0.0) for box, caption in placed]
        x = self.place.left + (self.measure - sum(widths) - (len(placed) - 1) * _GAP) / 2
        tallest = max(box.height for box, _ in placed)
        items: list[Placed] = []
        deepest = 0.0
        for (box, caption), width in zip(placed, widths, strict=True):
            items.append(PlacedPicture(box, x + (width - box.width) / 2, tallest - box.height))
            if caption is not None:
                left = x + (width - caption.measure) / 2
                items.append(Piece(caption, 0, len(caption.lines), left, tallest + _CAPTION_GAP))
                deepest = max(deepest, caption.height)
            x += width + _GAP
        return _Strip(items, tallest + _CAPTION_GAP + deepest)

    def _rooms(self, images: Sequence[i.Image]) -> list[tuple[float, float]]:
        """Room for each picture of a row: one height for all where that suits them, else an equal share of the row."""
        most = self.shop.theme.page.depth * _MOST_RATIO
        spare = self.measure - (len(images) - 1) * _GAP
        shares = [(spare / len(images), most)] * len(images)
        if len(images) < 2 or any(image.width for image in images):
            return shares
        sizes = [natural_size(self.shop.pictures[image.target]) for image in images]
        if any(width <= 0 or height <= 0 for width, height in sizes):
            return shares
        aspects = [width / height for width, height in sizes]
        height = min(spare / sum(aspects), most)
        if min(tall for _, tall in sizes) < height * 0.98 or max(aspects) > 3 * min(aspects):
            return shares
        return [(height * aspect, height) for aspect in aspects]

    def caption(self, inlines: tuple[i.Inline, ...], measure: float, group: Element | None) -> Passage:
        """A caption centred in its measure."""
        element = Element("Caption", group)
        style = self.setter.styles.caption
        flat = self.shop.flatten(style, inlines, element)
        manner = Manner(balanced=True, span=self.block.span, inlines=inlines)
        passage, noted = self.setter.set_flat(flat, style, measure, element, manner)
        self.noted += [Noted(0, note.passages) for note in noted]
        if any(line.overfull for line in passage.lines):
            self.shop.warn_overfull(passage, self.block.span)
        return passage
