"""Colours of a screen, light and dark, from those of the style sheet (WCAG 2.2, 1.4.3: contrast of 4.5 : 1)."""

from __future__ import annotations

from converters.records import dataclass

INK, PAPER = "#1A1A1A", "#FFFFFF"
DARK_INK, DARK_PAPER = "#D6D3CD", "#121212"
# Words beside the text: running heads, marks.
FAINT, DARK_FAINT = "#666666", "#9A968F"

# The red of the press and what it looks best as on either ground.
_TUNED = {"#E2231A": ("#C4161C", "#E2685C")}
_CONTRAST = 4.5


@dataclass(frozen=True, slots=True)
class Shade:
    """A colour on a light and on a dark ground."""

    light: str
    dark: str


def shade(color: str) -> Shade | None:
    """The two shades of a colour of the sheet; None for black, which is the ink of either ground."""
    red, green, blue = _channels(color)
    if max(red, green, blue) - min(red, green, blue) < 16:
        return None
    if (tuned := _TUNED.get(color.upper())) is not None:
        return Shade(*tuned)
    return Shade(_until_readable(color, PAPER, 0), _until_readable(color, DARK_PAPER, 255))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, relative luminance), 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _until_readable(color: str, ground: str, towards: int) -> str:
    """A colour moved towards black (0) or white (255) until it can be read on a ground."""
    channels = _channels(color)
    for step in range(21):
        moved = "#" + "".join(f"{round(channel + (towards - channel) * step / 20):02X}" for channel in channels)
        if contrast(moved, ground) >= _CONTRAST:
            return moved
    return moved


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(color))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
