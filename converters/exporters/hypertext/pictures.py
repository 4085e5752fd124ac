"""Pictures as an edition carries them: named, small enough, upright, in sRGB, without what the camera wrote into them.

A JPEG or PNG that needs nothing is only freed of its metadata, byte by byte; any other goes through Pillow.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

from converters.model.pictures import Picture, Pictures
from converters.records import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

_SUFFIXES = {
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/svg+xml": "svg",
}  # fmt: skip
# Chunks of a PNG that make the picture (PNG, third edition, 5.6); text, time and Exif are left out.
_PNG_KEPT = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"sBIT"))
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Markers of JPEG segments: start of scan, application data 0 (JFIF), 1 (Exif), 2 (ICC), 14 (Adobe), comment.
_SOS, _APP0, _APP1, _APP2, _APP14, _APP15, _COM = 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
# Start of frame; three markers among them are tables (ITU-T T.81, table B.1).
_SOF, _SOF_LAST, _NO_SOF = 0xC0, 0xCF, (0xC4, 0xC8, 0xCC)
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
    fits = max(picture.width_px, picture.height_px) <= longest_px
    try:
        if kind == "image/svg+xml":
            from .drawings import sanitise

            return kind, sanitise(picture.data)
        if kind == "image/jpeg" and fits and (data := _plain_jpeg(picture.data)):
            return kind, data
        if kind == "image/png" and fits and (data := _plain_png(picture.data)):
            return kind, data
        if kind == "image/gif" and fits:
            return kind, picture.data
        return _redraw(picture, longest_px)
    except (ValueError, OSError, struct.error, IndexError):
        return None


def _plain_jpeg(data: bytes) -> bytes:
    """A JPEG without its metadata; b"" for one that must be turned or brought into sRGB."""
    out = [data[:2]]
    place = 2
    while data[place] == 0xFF:
        marker = data[place + 1]
        if marker == _SOS:
            out.append(data[place:])
            return b"".join(out)
        length = int.from_bytes(data[place + 2 : place + 4], "big") + 2
        segment = data[place : place + length]
        if marker == _APP1 and segment[4:10] == b"Exif\0\0" and _orientation(segment[10:]) > 1:
            return b""
        if marker == _APP2 and segment[4:15] == b"ICC_PROFILE" and b"sRGB" not in segment:
            return b""
        if _SOF <= marker <= _SOF_LAST and marker not in _NO_SOF and segment[9] == 4:
            # Four printing inks, which many reading systems draw in wrong colours.
            return b""
        if marker in (_APP0, _APP14) or not (_APP0 <= marker <= _APP15 or marker == _COM):
            out.append(segment)
        place += length
    return b""


def _orientation(exif: bytes) -> int:
    """The orientation of an Exif block (Exif 2.3, 4.6.4), 1 where it says none."""
    order = "<" if exif[:2] == b"II" else ">"
    start: int = struct.unpack_from(f"{order}I", exif, 4)[0]
    count: int = struct.unpack_from(f"{order}H", exif, start)[0]
    for entry in range(start + 2, start + 2 + 12 * count, 12):
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, entry)
        if tag == 0x0112:
            return int(value)
    return 1


def _plain_png(data: bytes) -> bytes:
    """A PNG without its metadata and its animation; b"" for one with a colour profile or without an end."""
    if not data.startswith(_PNG_SIGNATURE):
        return b""
    out = [_PNG_SIGNATURE]
    place = len(_PNG_SIGNATURE)
    while place < len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        kind = data[place + 4 : place + 8]
        if kind == b"iCCP":
            return b""
        if kind in _PNG_KEPT:
            out.append(data[place : place + length + 12])
        if kind == b"IEND":
            return b"".join(out)
        place += length + 12
    return b""


def _redraw(picture: Picture, longest_px: int) -> tuple[str, bytes]:
    import io

    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(picture.data)) as opened:
        image: Image.Image = ImageOps.exif_transpose(opened)
        profile = opened.info.get("icc_profile")
        clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
        image = _in_srgb(image, profile, "RGBA" if clear else "RGB")
        image.thumbnail((longest_px, longest_px), Image.Resampling.LANCZOS)
        image.info.clear()
        stream = io.BytesIO()
        if clear or picture.media_type in ("image/png", "image/gif"):
            image.save(stream, "PNG", optimize=True)
            return "image/png", stream.getvalue()
        image.save(stream, "JPEG", quality=_JPEG_QUALITY, optimize=True)
        return "image/jpeg", stream.getvalue()


def _in_srgb(image: Image, profile: bytes | None, mode: str) -> Image:
    if profile:
        import io

        from PIL import ImageCms

        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except ImageCms.PyCMSError:
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
    except (OSError, ValueError):
        return False
