"""Pictures as an edition carries them: named, small enough, upright, in sRGB, without what the camera wrote into them.

A JPEG, PNG or GIF that needs nothing is only freed of its metadata, byte by byte; any other is written anew as JPEG or
PNG, which every reading system draws. Each is decoded once: a file that is damaged is not carried.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from converters.model.pictures import Picture, Pictures
from converters.records import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

_SUFFIXES = {
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/svg+xml": "svg",
}  # fmt: skip
# The quality of JPEGs that had to be written anew: the eye sees no difference at this one.
_JPEG_QUALITY = 88


@dataclass(frozen=True, slots=True)
class Shelved:
    """A picture of the edition: file name, media type, bytes."""

    name: str
    media_type: str
    data: bytes


class Shelf:
    """The pictures that an edition uses, prepared when they are first asked for."""

    def __init__(self, pictures: Pictures, longest_px: int) -> None:
        self._pictures = pictures
        self._longest = longest_px
        self._taken: dict[str, Shelved | None] = {}

    def take(self, target: str) -> Shelved | None:
        """The picture that an author calls by this path; None where it could not be read, which was said then."""
        if target not in self._taken:
            picture = self._pictures.get(target)
            self._taken[target] = self._shelve(picture) if picture is not None else None
        return self._taken[target]

    def aspect(self, target: str) -> float:
        """How many times as wide as high a picture is, 0 for one whose size is not known."""
        picture = self._pictures.get(target)
        return picture.width_px / picture.height_px if picture and picture.height_px > 0 else 0.0

    def is_broken(self, target: str) -> bool:
        """Was a picture read and can yet not be drawn?"""
        return target in self._pictures and self.take(target) is None

    def taken(self) -> Iterator[Shelved]:
        """Every picture in use, in the order of first use."""
        return (picture for picture in self._taken.values() if picture is not None)

    def _shelve(self, picture: Picture) -> Shelved | None:
        prepared = prepare(picture, self._longest)
        if prepared is None:
            return None
        media_type, data = prepared
        number = sum(1 for picture in self._taken.values() if picture is not None) + 1
        return Shelved(f"picture-{number:03d}.{_SUFFIXES[media_type]}", media_type, data)


def prepare(picture: Picture, longest_px: int) -> tuple[str, bytes] | None:
    """Media type and bytes of a picture for an edition, None for one that cannot be drawn."""
    kind = picture.media_type
    try:
        if kind == "image/svg+xml":
            from .drawings import sanitise

            return kind, sanitise(picture.data)
        return _pixels(picture, longest_px)
    except (ValueError, OSError, SyntaxError, MemoryError, struct.error, IndexError, EOFError, zlib.error):
        # Pillow's readers raise all of these for damaged files.
        return None


def _pixels(picture: Picture, longest_px: int) -> tuple[str, bytes] | None:
    import io
    import warnings

    from PIL import Image

    from converters.picture_headers import orientation

    from .stripping import plain_gif, plain_jpeg, plain_png

    kind = picture.media_type
    strip = {"image/jpeg": plain_jpeg, "image/png": plain_png, "image/gif": plain_gif}.get(kind)
    fits = max(picture.width_px, picture.height_px) <= longest_px and orientation(picture.data) == 1
    data = strip(picture.data) if strip is not None and fits else b""
    with warnings.catch_warnings():
        # How many pixels are too many was asked when the file was read.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data or picture.data)) as image:
                if not data:
                    return _redrawn(image, picture, longest_px)
                if kind == "image/jpeg":
                    # An eighth of the pixels proves as well that the file is whole.
                    image.draft(image.mode, (1, 1))
                image.load()
        except Image.DecompressionBombError:
            return None
    return kind, data


def _redrawn(opened: Image, picture: Picture, longest_px: int) -> tuple[str, bytes]:
    """A picture written anew: upright, in sRGB, no longer than it may be; JPEG for photographs, PNG for the rest."""
    import io

    from PIL import Image, ImageOps

    # A lossless WebP (RFC 9649, 2.6) is a drawing; one with losses has been a photograph.
    drawing = picture.media_type in ("image/png", "image/gif") or b"VP8L" in picture.data[:64]
    image: Image.Image = ImageOps.exif_transpose(opened)
    profile = opened.info.get("icc_profile")
    clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    image = _in_srgb(_in_eight_bits(image), profile, "RGBA" if clear else "RGB")
    image.thumbnail((longest_px, longest_px), Image.Resampling.LANCZOS)
    image.info.clear()
    stream = io.BytesIO()
    if clear or drawing:
        image.save(stream, "PNG", optimize=True)
        return "image/png", stream.getvalue()
    image.save(stream, "JPEG", quality=_JPEG_QUALITY, optimize=True)
    return "image/jpeg", stream.getvalue()


def _in_eight_bits(image: Image) -> Image:
    """A grey picture of sixteen bits as one of eight; Pillow's own conversion cuts all above 255 off."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    return image


def _in_srgb(image: Image, profile: bytes | None, mode: str) -> Image:
    if profile:
        import io

        from PIL import ImageCms

        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            turned = None
        if turned is not None:
            if mode == "RGBA" and "A" in image.getbands():
                turned.putalpha(image.getchannel("A"))
            return turned.convert(mode)
    return image.convert(mode)


def is_moving(picture: Picture) -> bool:
    """Will it move in an edition? Only a GIF keeps its frames."""
    if picture.media_type != "image/gif":
        return False
    import io

    from PIL import Image

    try:
        with Image.open(io.BytesIO(picture.data)) as image:
            return getattr(image, "n_frames", 1) > 1
    except (OSError, ValueError, SyntaxError, EOFError):
        return False
