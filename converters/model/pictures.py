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


Pictures: TypeAlias = Mapping[str, Picture]
"""Image.target -> the picture; a target that is absent could not be used (a finding says why)."""
