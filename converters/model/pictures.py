"""A picture that has been read: its bytes and what its header says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from converters.records import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """Bytes of a picture file; sizes in pixels (for SVG: CSS pixels), `dpi` 0 where the file says none."""

    data: bytes
    media_type: str
    width_px: int
    height_px: int
    dpi: float = 0.0


ARTWORK = "masthead.image:"
"""What the key of the masthead's artwork begins with: an author's target that began so would be an address."""

_SCREEN_DPI = 96
_TALLEST = 170.0
"""Artwork is no taller than six centimetres: the issue line and the text below it keep their page."""


def artwork_key(image: str) -> str:
    """The key in Pictures of the artwork that a style sheet names; "" for none."""
    return ARTWORK + image if image else ""


def artwork_size(picture: Picture, measure: float) -> tuple[float, float]:
    """Width and height in points of artwork in a masthead: its own, made smaller where the measure asks for it."""
    width, height = (side * 72 / (picture.dpi or _SCREEN_DPI) for side in (picture.width_px, picture.height_px))
    scale = min(1.0, measure / width, _TALLEST / height)
    return width * scale, height * scale


Pictures: TypeAlias = Mapping[str, Picture]
"""Image.target -> the picture; a target that is absent could not be used (a finding says why)."""
