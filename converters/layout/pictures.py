"""Pictures as large as they say they are, or as their author asks, within their room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converters.diagnostics import Severity, Span
from converters.model import inlines as i
from converters.model.pictures import Picture
from converters.records import dataclass
from converters.units import parse_length

from .result import Element, PictureBox

if TYPE_CHECKING:
    from .compositor import Compositor

_SCREEN_DPI = 96
"""Pictures that do not say how large they are: CSS pixels."""


@dataclass(frozen=True, slots=True)
class PictureRoom:
    """Room for a picture, in points, and the element that it hangs in; `caption` describes it if nothing else does."""

    width: float
    height: float
    parent: Element | None
    inline: bool = False
    caption: str = ""
    span: Span | None = None


def picture_box(shop: Compositor, image: i.Image, room: PictureRoom) -> PictureBox | None:
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
    width, height = natural_size(picture)
    # On a page of vertical lines, which lies on its side, a picture stands upright all the same.
    most, highest = (room.height, room.width) if shop.is_vertical else (room.width, room.height)
    if image.width and (wanted := wanted_width(image.width, most)) > 0:
        width, height = wanted, height * wanted / width
    scale = min(1.0, most / width, highest / height)
    width, height = width * scale, height * scale
    if shop.is_vertical:
        width, height = height, width
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


def natural_size(picture: Picture) -> tuple[float, float]:
    """Width and height in points that a picture says it has; at the screen's resolution where it says none."""
    dpi = picture.dpi if picture.dpi > 0 else _SCREEN_DPI
    return picture.width_px / dpi * 72, picture.height_px / dpi * 72


def wanted_width(text: str, measure: float) -> float:
    """The width in points that an author asks for, in parts of the measure or as a length; 0 where it is none."""
    text = text.strip()
    try:
        if text.endswith("%"):
            return float(text[:-1]) / 100 * measure
        return parse_length(text)
    except ValueError:
        return 0.0
