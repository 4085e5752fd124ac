"""Colours as the file prints them: grey and sRGB for an office printer, four inks for a press.

On a press black is K alone, so that text needs one plate, and a colour of the style sheet is printed by its recipe.
Any other colour, and every picture, goes through the press's own profile; where none is named, through a plain formula.
"""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING, Any

from converters.errors import InputError, StyleError
from converters.files import Files
from converters.theme.schema import Theme

from .color_profile import srgb_profile
from .file import number_text

if TYPE_CHECKING:
    from PIL import Image

_PROFILE_LIMIT = 16 * 1024 * 1024
"""Profiles of presses have half a megabyte to three."""


def read_intent(theme: Theme, files: Files) -> bytes:
    """The ICC profile that pdf.output_intent names, b"" where a press file names none. Raises StyleError."""
    name = theme.pdf.output_intent
    if not name or theme.pdf.profile != "press":
        return b""
    try:
        data = files.read(name, _PROFILE_LIMIT)
    except InputError as trouble:
        raise StyleError(
            "the profile {file} cannot be read: {reason}", where="pdf.output_intent", file=name, reason=trouble.message,
            hint=trouble.hint,
        ) from None  # fmt: skip
    # ICC.1:2022, 7.2: size, class, colour space, signature and version stand at fixed places of the header.
    if len(data) < 132 or data[36:40] != b"acsp" or int.from_bytes(data[:4], "big") != len(data):
        raise StyleError(
            "{file} is no whole ICC profile", where="pdf.output_intent", file=name, hint="ask the printer for theirs"
        )
    kind, space = data[12:16].decode("ascii", "replace"), data[16:20].decode("ascii", "replace")
    if (kind, space) != ("prtr", "CMYK") or data[8] > 4:
        raise StyleError(
            "{file} is a profile of the kind {kind}, {space}, version {version}; a press has prtr, CMYK, up to 4",
            where="pdf.output_intent", file=name, kind=kind.strip(), space=space.strip(), version=data[8],
            hint="ask the printer for theirs",
        )  # fmt: skip
    return data


class Inks:
    """The colours of one file. `intent` is the press's profile, b"" where there is none."""

    def __init__(self, theme: Theme, intent: bytes) -> None:
        self.theme = theme
        self.intent = intent
        self.is_press = theme.pdf.profile == "press"
        self._operators: dict[str, bytes] = {}

    @property
    def at_first(self) -> str:
        """The colour that a page begins with; on a press none, for a page's own black is a grey, not the ink K."""
        return "" if self.is_press else "#000000"

    @property
    def registration(self) -> bytes:
        """The operator that draws cut marks: on every plate of a press, so that plates can be laid on one another."""
        return b"1 1 1 1 K" if self.is_press else b"0 G"

    def operator(self, color: str) -> bytes:
        """The operator that fills with "#RRGGBB"; in capitals it draws lines with it."""
        found = self._operators.get(color)
        if found is None:
            found = self._operators[color] = self._press(color) if self.is_press else _office(color)
        return found

    def _press(self, color: str) -> bytes:
        if recipe := self.theme.recipe(color):
            parts = {part[0]: int(part[1:]) / 100 for part in recipe.split()}
            inks = [parts.get(ink, 0.0) for ink in "CMYK"]
        else:
            red, green, blue = _components(color)
            if red == green == blue:
                inks = [0.0, 0.0, 0.0, 1 - red]
            elif self.intent:
                inks = [value / 255 for value in self._converted(color)]
            else:
                key = 1 - max(red, green, blue)
                inks = [1 - red - key, 1 - green - key, 1 - blue - key, key]
        return b"%b %b %b %b k" % tuple(number_text(value).encode() for value in inks)

    def _converted(self, color: str) -> tuple[int, ...]:
        from PIL import Image

        return tuple(self.to_press(Image.new("RGB", (1, 1), color)).tobytes())

    def to_press(self, image: Image.Image, profile: bytes = b"") -> Image.Image:
        """A coloured picture in the press's inks; `profile` is the picture's own, b"": sRGB.

        Raises ValueError for a profile that cannot be used.
        """
        if not self.intent:
            return _plain(image.convert("RGB"))
        return _through(image.convert("RGB"), profile or srgb_profile(), self.intent, "CMYK")


def to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """A picture of other inks or light in sRGB. Raises ValueError for a profile that cannot be used."""
    if profile:
        return _through(image, profile, srgb_profile(), "RGB")
    return _as_printed(image) if image.mode == "CMYK" else image.convert("RGB")


def _office(color: str) -> bytes:
    """Greys stay grey, so that black is printed with black alone."""
    red, green, blue = _components(color)
    if red == green == blue:
        return b"%b g" % number_text(red).encode()
    return b"%b %b %b rg" % tuple(number_text(value).encode() for value in (red, green, blue))


def _components(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _through(image: Image.Image, source: bytes, target: bytes, mode: str) -> Image.Image:
    from PIL import ImageCms

    try:
        change = _transform(source, target, image.mode, mode)
        changed = ImageCms.applyTransform(image, change)
    except (ImageCms.PyCMSError, OSError) as trouble:
        raise ValueError(f"its colour profile cannot be used ({trouble})") from None
    assert changed is not None
    changed.info.pop("icc_profile", None)
    return changed


@functools.lru_cache(maxsize=8)
def _transform(source: bytes, target: bytes, mode: str, wanted: str) -> Any:
    """A change of colours by ICC profiles: relative colorimetric with black point compensation, as presses have it."""
    from PIL import ImageCms

    return ImageCms.buildTransform(
        io.BytesIO(source), io.BytesIO(target), mode, wanted,
        ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )  # fmt: skip


# The solid inks of offset printing on coated paper, one and more of them over one another (ISO 12647-2:2004/Amd 1,
# table 2, black backing), in sRGB, the paper being white. Black over others is reckoned: as dark as both together.
_SOLIDS = {
    "": (255, 255, 255), "C": (0, 161, 227), "M": (226, 10, 128), "Y": (255, 238, 0), "MY": (228, 31, 37),
    "CY": (0, 153, 76), "CM": (47, 56, 134), "CMY": (59, 58, 56),
}  # fmt: skip
_BLACK = (45, 44, 43)
_STRIP = 256
"""Rows that are turned at once: what stands in memory beside the picture is a strip of it for each solid."""


def _as_printed(image: Image.Image) -> Image.Image:
    """Inks of no named press as they would look on paper.

    Neugebauer's equations: each solid covers as much of the paper as the dots of its inks meet. They are reckoned in
    the values of sRGB, whose curve does for the gain of the dots what the exponent of Yule and Nielsen does.
    """
    from PIL import Image

    shown = Image.new("RGB", image.size)
    for top in range(0, image.height, _STRIP):
        strip = image.crop((0, top, image.width, min(top + _STRIP, image.height)))
        dots = dict(zip("CMYK", strip.split(), strict=True))

        def laid(solid: str, inks: str, strip: Image.Image = strip, dots: dict[str, Image.Image] = dots) -> Image.Image:
            if not inks:
                color: tuple[int, ...] = _SOLIDS[solid.rstrip("K")]
                if solid.endswith("K"):
                    color = tuple(value * black // 255 for value, black in zip(color, _BLACK, strict=True))
                return Image.new("RGB", strip.size, color)
            ink, others = inks[0], inks[1:]
            return Image.composite(laid(solid + ink, others), laid(solid, others), dots[ink])

        shown.paste(laid("", "CMYK"), (0, top))
    return shown


def _plain(image: Image.Image) -> Image.Image:
    """The four inks by the plain formula: what is dark in all three colours is printed with black."""
    from PIL import Image, ImageChops

    cyan, magenta, yellow = (ImageChops.invert(channel) for channel in image.split())
    key = ImageChops.darker(ImageChops.darker(cyan, magenta), yellow)
    inks = [ImageChops.subtract(ink, key) for ink in (cyan, magenta, yellow)]
    return Image.merge("CMYK", (*inks, key))
