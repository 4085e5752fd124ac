"""What the header of a picture file says: its kind, its size, how it was held.

Sizes come from the files' own headers (PNG 3rd edition 5 and 11; ISO/IEC 10918-1 B.2; GIF89a 18; RFC 9649; TIFF 6.0,
section 2; Windows BMP; SVG 2), so that no picture library is loaded for a build.
"""

from __future__ import annotations

import re
import struct

from converters.model.patterns import compiled

from .model.pictures import Picture

# A scan of an A3 page at 600 dpi has 70 million pixels; more is a mistake or an attack on memory.
MOST_PIXELS = 100_000_000

_MM_PER_INCH = 25.4


class PictureError(ValueError):
    """A picture that cannot be used; the text is the reason."""


def header(data: bytes) -> Picture:
    """What a picture's header says. Raises PictureError: unknown, cut off, without a size, or too large."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        picture = _png(data)
    elif data.startswith(b"\xff\xd8"):
        picture = _jpeg(data)
    elif data.startswith((b"GIF87a", b"GIF89a")):
        picture = _gif(data)
    elif data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        picture = _webp(data)
    elif data.startswith(_TIFF):
        picture = _tiff(data)
    elif data.startswith(b"BM") and len(data) >= 26:
        picture = _bmp(data)
    elif b"<svg" in data[:4096].lower():
        picture = _svg(data)
    elif not data:
        raise PictureError("it is empty")
    else:
        raise PictureError("it is none of PNG, JPEG, TIFF, GIF, WebP, BMP, SVG")
    if picture.width_px <= 0 or picture.height_px <= 0:
        raise PictureError("it has no size")
    if picture.width_px * picture.height_px > MOST_PIXELS:
        raise PictureError(f"it has more than {MOST_PIXELS // 1_000_000} million pixels")
    return picture


_TIFF = (b"II*\0", b"MM\0*")

# Tag 0x0112 (Exif 2.3, 4.6.4): 1 is upright, 2 to 8 are mirrored and turned.
_ORIENTATION, _TURNED = 0x0112, range(2, 9)
# Of a photograph that has to be written anew: above this quality the file grows and nothing is seen.
_QUALITY = 95


def upright(picture: Picture) -> Picture:
    """A photograph as it is seen: one that its camera held otherwise is turned, so that every edition has it so.

    Raises PictureError for one that cannot be read.
    """
    if orientation(picture.data) not in _TURNED:
        return picture
    import io

    from PIL import Image, ImageOps

    stream = io.BytesIO()
    try:
        with Image.open(io.BytesIO(picture.data)) as image:
            form, kept = image.format or "PNG", {name: image.info[name] for name in _KEPT if name in image.info}
            turned = ImageOps.exif_transpose(image)
            if form in ("JPEG", "MPO"):
                form = "JPEG"
                kept |= {"quality": _QUALITY, "subsampling": image.info.get("subsampling", "4:4:4")}
            elif form == "TIFF":
                kept |= {"compression": "group4" if turned.mode == "1" else "tiff_lzw"}
            elif form == "WEBP":
                kept |= {"quality": _QUALITY, "lossless": picture.data[12:16] == b"VP8L"}
            turned.info.pop("exif", None)
            turned.save(stream, form, **kept)
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        raise PictureError("it is cut off") from None
    return header(stream.getvalue())


_KEPT = ("icc_profile", "dpi")


def orientation(data: bytes) -> int:
    """The orientation that a picture's Exif block tells, 1 where there is none (Exif 2.3, 4.6.4)."""
    if data.startswith(b"\xff\xd8"):
        # Before the first scan; a text that happens to hold the name does no harm, its block is no TIFF.
        place = data.find(b"Exif\0\0", 0, 1 << 18) + 6
    elif data.startswith(b"\x89PNG"):
        place = data.find(b"eXIf", 8) + 4
    elif data.startswith(b"RIFF"):
        place = data.find(b"EXIF", 12) + 8
        place += 6 if data[place : place + 6] == b"Exif\0\0" else 0
    elif data.startswith(_TIFF):
        try:
            return _directory(data)[0].get(_ORIENTATION, (1,))[0]
        except struct.error:
            return 1
    else:
        return 1
    if place < 12:
        return 1
    exif = data[place : place + (1 << 16)]
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return 1
    try:
        start: int = struct.unpack_from(f"{order}I", exif, 4)[0]
        count: int = struct.unpack_from(f"{order}H", exif, start)[0]
        for entry in range(start + 2, start + 2 + 12 * count, 12):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, entry)
            if tag == _ORIENTATION:
                return int(value)
    except struct.error:
        pass
    return 1


def _png(data: bytes) -> Picture:
    width = height = 0
    dpi = 0.0
    position = 8
    while position + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, position)
        kind = data[position + 4 : position + 8]
        body = position + 8
        if kind == b"IHDR" and length >= 8 and body + 8 <= len(data):
            width, height = struct.unpack_from(">II", data, body)
        elif kind == b"pHYs" and length == 9 and body + 9 <= len(data):
            across, _, unit = struct.unpack_from(">IIB", data, body)
            if unit == 1:
                # Pixels a metre; the nearest tenth takes back what whole numbers lost.
                dpi = round(across * _MM_PER_INCH / 1000, 1)
        elif kind == b"IEND":
            return Picture(data, "image/png", width, height, dpi)
        position = body + length + 4
    raise PictureError("it is cut off")


# Start of frame, without DHT, JPG and DAC, which lie in the same range.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE = frozenset((0x01, *range(0xD0, 0xD9)))


def _jpeg(data: bytes) -> Picture:
    width = height = 0
    dpi = 0.0
    position = 2
    while position + 4 <= len(data):
        if data[position] != 0xFF:
            break
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if marker in _BARE:
            position += 2
            continue
        (length,) = struct.unpack_from(">H", data, position + 2)
        body = position + 4
        if marker == 0xE0 and data[body : body + 5] == b"JFIF\0" and body + 12 <= len(data):
            unit, across = struct.unpack_from(">BH", data, body + 7)
            dpi = across * (_MM_PER_INCH / 10 if unit == 2 else 1.0) if unit in (1, 2) and across > 1 else 0.0
        elif marker in _FRAMES and body + 5 <= len(data):
            height, width = struct.unpack_from(">HH", data, body + 1)
        elif marker == 0xDA:
            if data.rfind(b"\xff\xd9", body) < 0:
                break
            return Picture(data, "image/jpeg", width, height, dpi)
        position += 2 + max(length, 2)
    raise PictureError("it is cut off")


def _gif(data: bytes) -> Picture:
    if len(data) < 14 or not data.rstrip(b"\0").endswith(b"\x3b"):
        raise PictureError("it is cut off")
    width, height = struct.unpack_from("<HH", data, 6)
    return Picture(data, "image/gif", width, height)


def _webp(data: bytes) -> Picture:
    if len(data) < 30 or len(data) < struct.unpack_from("<I", data, 4)[0] + 8:
        raise PictureError("it is cut off")
    match data[12:16]:
        case b"VP8 ":
            width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", data, 26))
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", data, 21)
            width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            width = int.from_bytes(data[24:27], "little") + 1
            height = int.from_bytes(data[27:30], "little") + 1
        case _:
            raise PictureError("it is none of PNG, JPEG, TIFF, GIF, WebP, BMP, SVG")
    return Picture(data, "image/webp", width, height)


# Fields of a TIFF directory (TIFF 6.0, section 8), and how its whole numbers are packed, by their type.
_WIDTH, _HEIGHT, _STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES, _ACROSS, _UNIT = 256, 257, 273, 279, 324, 325, 282, 296
_NUMBERS = {1: "B", 3: "H", 4: "I"}
_RATIONAL, _CENTIMETRE = 5, 3


def _tiff(data: bytes) -> Picture:
    """A scan of one page: of several only one would be seen, so the author has to part them."""
    try:
        fields, following = _directory(data)
        width, height = fields[_WIDTH][0], fields[_HEIGHT][0]
        starts = fields.get(_STRIPS) or fields[_TILES]
        sizes = fields.get(_STRIP_SIZES) or fields[_TILE_SIZES]
    except (struct.error, KeyError, IndexError):
        raise PictureError("it is cut off") from None
    if any(start + size > len(data) for start, size in zip(starts, sizes, strict=False)):
        raise PictureError("it is cut off")
    if following:
        raise PictureError("it has more than one page")
    dpi = fields.get(_ACROSS, (0,))[0] * (_MM_PER_INCH / 10 if fields.get(_UNIT) == (_CENTIMETRE,) else 1.0)
    return Picture(data, "image/tiff", width, height, dpi if dpi > 1 else 0.0)


def _directory(data: bytes) -> tuple[dict[int, tuple[int, ...]], int]:
    """The whole numbers of a TIFF's first directory, fractions rounded, and where the next directory begins.

    Raises struct.error where it is cut off.
    """
    order = "<" if data.startswith(b"II") else ">"
    (place,) = struct.unpack_from(f"{order}I", data, 4)
    (count,) = struct.unpack_from(f"{order}H", data, place)
    end = place + 2 + 12 * count
    fields: dict[int, tuple[int, ...]] = {}
    for entry in range(place + 2, end, 12):
        tag, kind, many, at = struct.unpack_from(f"{order}HHII", data, entry)
        if kind == _RATIONAL:
            above, below = struct.unpack_from(f"{order}II", data, at)
            fields[tag] = (round(above / below) if below else 0,)
        elif kind in _NUMBERS and many <= len(data):
            form = f"{order}{many}{_NUMBERS[kind]}"
            fields[tag] = struct.unpack_from(form, data, entry + 8 if struct.calcsize(form) <= 4 else at)
    return fields, struct.unpack_from(f"{order}I", data, end)[0]


def _bmp(data: bytes) -> Picture:
    size, start, head = struct.unpack_from("<I4xII", data, 2)
    if max(size, start, 14 + head) > len(data):
        raise PictureError("it is cut off")
    if head == 12:
        width, height = struct.unpack_from("<HH", data, 18)
        return Picture(data, "image/bmp", width, height)
    if head < 40:
        raise PictureError("it is cut off")
    width, height = struct.unpack_from("<ii", data, 18)
    metre = max(struct.unpack_from("<i", data, 38)[0], 0)
    # A height below zero: its rows come from the top (BITMAPINFOHEADER).
    return Picture(data, "image/bmp", width, abs(height), round(metre * _MM_PER_INCH / 1000, 1))


_SVG_LENGTH = compiled(r"\s*([0-9.]+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|)\s*", re.IGNORECASE)
_CSS_PIXELS = {"px": 1.0, "": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


def _svg(data: bytes) -> Picture:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise PictureError("it is cut off") from None
    sides = [_svg_length(root.get(name)) for name in ("width", "height")]
    box = (root.get("viewBox") or "").replace(",", " ").split()
    if len(box) == 4:
        try:
            across, down = float(box[2]), float(box[3])
        except ValueError:
            raise PictureError("it has no size") from None
        if across > 0 and down > 0:
            match sides:
                case [None, None]:
                    sides = [across, down]
                case [None, height] if height is not None:
                    sides = [height * across / down, height]
                case [width, None] if width is not None:
                    sides = [width, width * down / across]
                case _:
                    pass
    # 300 by 150 is what a browser takes where a picture says nothing (CSS 2.2, 10.3.2).
    width, height = sides[0] or 300.0, sides[1] or 150.0
    return Picture(data, "image/svg+xml", round(width), round(height), 96.0)


def _svg_length(text: str | None) -> float | None:
    match = _SVG_LENGTH.fullmatch(text or "")
    if match is None:
        return None
    try:
        return float(match[1]) * _CSS_PIXELS[match[2].lower()]
    except ValueError:
        return None
