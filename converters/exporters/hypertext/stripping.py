"""Picture files freed of their metadata byte by byte: what the camera, the owner and the program wrote into them."""

from __future__ import annotations

import re
import struct
import zlib

# Chunks of a PNG that make the picture (PNG, third edition, 5.6); text, time, Exif and animation are left out.
_PNG_KEPT = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"sBIT"))
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Markers of JPEG segments: end, start of scan, application data 0 (JFIF), 2 (ICC), 14 (Adobe), comment.
_EOI, _SOS, _APP0, _APP2, _APP14, _APP15, _COM = 0xD9, 0xDA, 0xE0, 0xE2, 0xEE, 0xEF, 0xFE
# Start of frame; three markers among them are tables (ITU-T T.81, table B.1).
_SOF, _SOF_LAST, _NO_SOF = 0xC0, 0xCF, (0xC4, 0xC8, 0xCC)
# A marker inside the data of a scan: no stuffed zero, no restart.
_MARKER = re.compile(b"\xff[^\x00\xd0-\xd7\xff]")
# Red, green and blue of sRGB as a profile has them (IEC 61966-2-1, adapted to D50), and how far rounding strays.
_SRGB = ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))
_NEAR = 0.003


def plain_jpeg(data: bytes) -> bytes:
    """A JPEG without its metadata and whatever follows its end; b"" for one that is not in sRGB."""
    out = [data[:2]]
    profile = b""
    place = 2
    while data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:
            # A byte that fills.
            place += 1
            continue
        length = int.from_bytes(data[place + 2 : place + 4], "big") + 2
        segment = data[place : place + length]
        if marker == _APP2 and segment[4:15] == b"ICC_PROFILE":
            profile += segment[18:]
        if _SOF <= marker <= _SOF_LAST and marker not in _NO_SOF and segment[9] == 4:
            # Four printing inks, which many reading systems draw in wrong colours.
            return b""
        if marker in (_APP0, _APP14) or not (_APP0 <= marker <= _APP15 or marker == _COM):
            out.append(segment)
        place += length
        if marker == _SOS:
            end = _scan_end(data, place)
            out.append(data[place:end])
            place = end
            if data[place + 1] == _EOI:
                out.append(data[place : place + 2])
                return b"".join(out) if not profile or is_srgb(profile) else b""
    return b""


def _scan_end(data: bytes, start: int) -> int:
    """Where the data of a scan end: at the next marker. Raises ValueError where there is none."""
    found = _MARKER.search(data, start)
    if found is None:
        raise ValueError("no end")
    return found.start()


def plain_png(data: bytes) -> bytes:
    """A PNG without its metadata and its animation; b"" for one that is not in sRGB. Raises ValueError: damaged."""
    out = [_PNG_SIGNATURE]
    place = len(_PNG_SIGNATURE)
    while place < len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        chunk = data[place : place + length + 12]
        kind = chunk[4:8]
        if zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise ValueError("damaged")
        if kind == b"iCCP":
            packed = chunk[8:-4].partition(b"\0")[2][1:]
            if not is_srgb(zlib.decompressobj().decompress(packed, 1 << 22)):
                return b""
        if kind == b"cICP" and chunk[8:10] != b"\x01\x0d":
            # Wide or bright colours (ITU-T H.273); those of sRGB are 1 and 13.
            return b""
        if kind in _PNG_KEPT:
            out.append(chunk)
        if kind == b"IEND":
            return b"".join(out)
        place += length + 12
    raise ValueError("no end")


def plain_gif(data: bytes) -> bytes:
    """A GIF without comments and foreign data (GIF89a, 24 and 26); what makes it move stays. Raises ValueError."""
    place = 13 + _table_size(data[10])
    out = [data[:place]]
    while True:
        match data[place]:
            case 0x3B:
                out.append(b"\x3b")
                return b"".join(out)
            case 0x2C:
                start = place
                place = _blocks_end(data, place + 10 + _table_size(data[place + 9]) + 1)
                out.append(data[start:place])
            case 0x21:
                start, kind = place, data[place + 1]
                place = _blocks_end(data, place + 2)
                if kind == 0xF9 or (kind == 0xFF and data[start + 3 : start + 14] == b"NETSCAPE2.0"):
                    out.append(data[start:place])
            case _:
                raise ValueError("damaged")


def _table_size(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, place: int) -> int:
    while data[place]:
        place += data[place] + 1
    return place + 1


def is_srgb(profile: bytes) -> bool:
    """Is an ICC profile that of sRGB, by its name and its primaries (ICC.1:2010, 9.2)?"""
    if b"sRGB" not in profile and "sRGB".encode("utf-16-be") not in profile:
        return False
    try:
        (count,) = struct.unpack_from(">I", profile, 128)
        tags: dict[bytes, tuple[float, ...]] = {}
        for number in range(min(count, 64)):
            name, offset, _ = struct.unpack_from(">4sII", profile, 132 + 12 * number)
            if name in (b"rXYZ", b"gXYZ", b"bXYZ"):
                tags[name] = tuple(value / 65536 for value in struct.unpack_from(">3i", profile, offset + 8))
    except struct.error:
        return False
    found = [tags.get(name, (0.0, 0.0, 0.0)) for name in (b"rXYZ", b"gXYZ", b"bXYZ")]
    return all(
        abs(value - wanted) <= _NEAR
        for one, other in zip(found, _SRGB, strict=True)
        for value, wanted in zip(one, other, strict=True)
    )
