"""Figures: pictures scaled to the measure, side by side where there are several, with their caption under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converters.diagnostics import Severity, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model import walk
from converters.records import dataclass
from converters.units import POINTS_PER_MM, parse_length

from .compositor import Manner
from .items import Box, Item, Noted
from .result import Element, PictureBox, Piece, Placed, PlacedPicture

if TYPE_CHECKING:
    from .blocks import Place, Setter
    from .compositor import Compositor

_SCREEN_DPI = 96
"""Pictures that do not say how large they are: CSS pixels."""
_GAP = 4 * POINTS_PER_MM
_CAPTION_GAP = 4.0
_PADDING = 6.0


@dataclass(frozen=True, slots=True)
class Room:
    """Room for a picture, in points, and the element that it hangs in; `caption` describes it if nothing else does."""

    width: float
    height: float
    parent: Element | None
    inline: bool = False
    caption: str = ""
    span: Span | None = None


def picture_box(shop: Compositor, image: i.Image, room: Room) -> PictureBox | None:
    """A picture scaled to its room, with its element; None where there is none.

    A picture that neither its author nor its caption describes is furniture, and a finding says so: a description
    is never made up.
    """
    picture = shop.pictures.get(image.target)
    if picture is None:
        return None
    if picture.width_px <= 0 or picture.height_px <= 0:
        shop.find(
            "L-PICTURE", Severity.WARNING, "the picture {target} has no size and is left out", room.span,
            "replace the file", target=image.target,
        )  # fmt: skip
        return None
    dpi = picture.dpi if picture.dpi > 0 else _SCREEN_DPI
    width = picture.width_px / dpi * 72
    height = picture.height_px / dpi * 72
    if image.width and (wanted := _wanted(image.width, room.width)) > 0:
        width, height = wanted, height * wanted / width
    scale = min(1.0, room.width / width, room.height / height)
    width, height = width * scale, height * scale
    description = image.alt or image.title or room.caption
    if not description and not image.decorative:
        shop.find(
            "L-ALT", Severity.WARNING, "the picture {target} has no description", room.span,
            "write what it shows between the brackets, or mark it as decorative", target=image.target,
        )  # fmt: skip
    if image.decorative or not description:
        return PictureBox(image.target, width, height, None)
    element = Element("Figure", room.parent, inline=room.inline)
    element.description = description
    return PictureBox(image.target, width, height, element)


def _wanted(text: str, measure: float) -> float:
    text = text.strip()
    try:
        if text.endswith("%"):
            return float(text[:-1]) / 100 * measure
        return parse_length(text)
    except ValueError:
        return 0.0


def figure(setter: Setter, block: b.Figure, place: Place) -> list[Item]:
    """A figure as one item; pictures side by side, and what is said to be wider than a column, stand across columns."""
    images = [image for image in block.images if image.target in setter.shop.pictures]
    if setter.is_narrow and (len(images) > 1 or any(_wanted(image.width, 0.0) > setter.measure for image in images)):
        with setter.across():
            return setter.wide(_figure(setter, block, place))
    return _figure(setter, block, place)


def _figure(setter: Setter, block: b.Figure, place: Place) -> list[Item]:
    """A figure as one box: its pictures in a row, then the caption."""
    shop = setter.shop
    style = setter.styles.caption
    measure = setter.measure - place.left - place.right
    images = [image for image in block.images if image.target in shop.pictures]
    group = place.parent
    caption = None
    noted: list[Noted] = []
    caption_element = None
    if block.caption:
        group = Element("Sect", place.parent)
        caption_element = Element("Caption", None)
    most = shop.theme.page.depth * 0.8
    words = walk.plain(block.caption).replace("\n", " ")
    count = max(len(images), 1)
    share = (measure - (count - 1) * _GAP) / count
    boxes = [
        box
        for image in images
        if (box := picture_box(shop, image, Room(share, most, group, False, words, block.span))) is not None
    ]
    if caption_element is not None:
        caption_element.parent = group
        group.kids.append(caption_element)
        flat = shop.flatten(style, block.caption, caption_element)
        manner = Manner(span=block.span, inlines=block.caption)
        caption, noted = setter.set_flat(flat, style, measure, caption_element, manner)
    if not boxes and caption is None:
        return []
    items: list[Placed] = []
    y = 0.0
    if boxes:
        y += _PADDING
        total = sum(box.width for box in boxes) + (len(boxes) - 1) * _GAP
        x = place.left + (measure - total) / 2
        tallest = max(box.height for box in boxes)
        for box in boxes:
            items.append(PlacedPicture(box, x, y + tallest - box.height))
            x += box.width + _GAP
        y += tallest + _CAPTION_GAP
    if caption is not None:
        items.append(Piece(caption, 0, len(caption.lines), place.left, y))
        y += caption.height
    return [Box(min(y + _PADDING, shop.theme.page.depth), items, on_grid=False, notes=noted)]
