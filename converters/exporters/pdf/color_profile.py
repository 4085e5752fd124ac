"""The sRGB profile of the output intent, made from the numbers of IEC 61966-2-1; and what other profiles are called.

A matrix and tone curve profile (ICC.1:2001-04, version 2.4) is a few numbers; making it here keeps a profile of unclear
licence out of the file, and the date that a library would write into it.
"""

from __future__ import annotations

import functools
import struct

# Primaries and white of sRGB adapted to D50 by Bradford's method, as IEC 61966-2-1 profiles have them.
_WHITE = (0.9642, 1.0, 0.8249)
_RED = (0.4361, 0.2225, 0.0139)
_GREEN = (0.3851, 0.7169, 0.0971)
_BLUE = (0.1431, 0.0606, 0.7141)
_CURVE_POINTS = 256


@functools.cache
def srgb_profile() -> bytes:
    """The profile as bytes; the same on every day."""
    tags = {
        b"desc": _description("sRGB IEC61966-2.1"),
        b"cprt": b"text" + bytes(4) + b"No copyright; numbers of IEC 61966-2-1\0",
        b"wtpt": _xyz(_WHITE),
        b"rXYZ": _xyz(_RED),
        b"gXYZ": _xyz(_GREEN),
        b"bXYZ": _xyz(_BLUE),
        b"rTRC": _curve(),
    }
    # The three channels share one curve.
    names = [*tags, b"gTRC", b"bTRC"]
    start = 128 + 4 + 12 * len(names)
    places: dict[bytes, tuple[int, int]] = {}
    body = bytearray()
    for tag, data in tags.items():
        places[tag] = (start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    places[b"gTRC"] = places[b"bTRC"] = places[b"rTRC"]
    table = struct.pack(">I", len(names)) + b"".join(tag + struct.pack(">2I", *places[tag]) for tag in names)
    size = start + len(body)
    header = struct.pack(
        ">I4s4s4s4s4s6H4s4sI4s4sQI3i4s44x",
        size, b"\0\0\0\0", b"\x02\x40\0\0", b"mntr", b"RGB ", b"XYZ ", 2000, 1, 1, 0, 0, 0, b"acsp", b"\0\0\0\0",
        0, b"\0\0\0\0", b"\0\0\0\0", 0, 0, *(_fixed(value) for value in _WHITE), b"\0\0\0\0",
    )  # fmt: skip
    return header + table + bytes(body)


def description(profile: bytes) -> str:
    """What a profile calls itself in its tag "desc" (ICC.1:2001-04, 6.5.17; ICC.1:2022, 10.15), else "Custom"."""
    (count,) = struct.unpack_from(">I", profile, 128)
    for number in range(min(count, (len(profile) - 132) // 12)):
        tag, offset, size = struct.unpack_from(">4s2I", profile, 132 + 12 * number)
        data = profile[offset : offset + size]
        if tag == b"desc" and data[:4] == b"desc" and len(data) > 12:
            (length,) = struct.unpack_from(">I", data, 8)
            return data[12 : 12 + length].split(b"\0")[0].decode("ascii", "ignore").strip() or "Custom"
        if tag == b"desc" and data[:4] == b"mluc" and len(data) >= 28:
            length, start = struct.unpack_from(">2I", data, 20)
            return data[start : start + length].decode("utf-16-be", "ignore").strip("\0 ") or "Custom"
    return "Custom"


def _fixed(value: float) -> int:
    return round(value * 65536)


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(_fixed(value) for value in values))


def _curve() -> bytes:
    """Tone curve of sRGB, encoded value to light."""
    points = []
    for index in range(_CURVE_POINTS):
        value = index / (_CURVE_POINTS - 1)
        light = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        points.append(round(light * 65535))
    return b"curv" + bytes(4) + struct.pack(f">I{_CURVE_POINTS}H", _CURVE_POINTS, *points)


def _description(text: str) -> bytes:
    data = text.encode("ascii") + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(data)) + data + bytes(8 + 3 + 67)
