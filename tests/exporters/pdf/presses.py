"""A press to test with: an ICC profile of four inks made from numbers, so that the tests need no file of anybody's."""

from __future__ import annotations

import functools
import struct
from itertools import product
from typing import Any


@functools.cache
def press_profile() -> bytes:
    """A CMYK output profile (ICC.1:2001-04) of a press whose inks are ideal: B2A0 and A2B0 in Lab, coarse but whole."""
    tags = {
        b"desc": _description("Press of the tests"),
        b"cprt": b"text" + bytes(4) + b"none\0",
        b"wtpt": b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061),
        b"A2B0": _table(4, 3, 5, _ink_to_lab),
        b"B2A0": _table(3, 4, 9, _lab_to_ink),
    }
    start = 132 + 12 * (len(tags) + 4)
    places: dict[bytes, tuple[int, int]] = {}
    body = bytearray()
    for tag, data in tags.items():
        places[tag] = (start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    # One table serves every rendering intent.
    for first, others in ((b"A2B0", (b"A2B1", b"A2B2")), (b"B2A0", (b"B2A1", b"B2A2"))):
        for other in others:
            places[other] = places[first]
    table = struct.pack(">I", len(places)) + b"".join(tag + struct.pack(">2I", *at) for tag, at in places.items())
    header = struct.pack(
        ">I4s4s4s4s4s6H4s4sI4s4sQI3i4s44x", start + len(body), bytes(4), b"\x02\x40\0\0", b"prtr", b"CMYK", b"Lab ",
        2000, 1, 1, 0, 0, 0, b"acsp", bytes(4), 0, bytes(4), bytes(4), 0, 0, 63190, 65536, 54061, bytes(4),
    )  # fmt: skip
    return header + table + bytes(body)


def _table(inputs: int, outputs: int, grid: int, value: Any) -> bytes:
    """A table of 8-bit values (lut8Type): identity curves around a grid."""
    identity = bytes(range(256))
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    steps = [step / (grid - 1) for step in range(grid)]
    cells = bytes(
        max(0, min(255, round(part * 255))) for point in product(steps, repeat=inputs) for part in value(*point)
    )
    return (
        b"mft1" + bytes(4) + bytes((inputs, outputs, grid, 0)) + matrix + identity * inputs + cells + identity * outputs
    )


def _ink_to_lab(cyan: float, magenta: float, yellow: float, key: float) -> tuple[float, float, float]:
    red, green, blue = ((1 - ink) * (1 - key) for ink in (cyan, magenta, yellow))
    light = 0.3 * red + 0.6 * green + 0.1 * blue
    return light, 0.5 + (red - green) / 2, 0.5 + (green - blue) / 2


def _lab_to_ink(light: float, a: float, b: float) -> tuple[float, float, float, float]:
    green = light - 0.6 * (a - 0.5) + 0.2 * (b - 0.5)
    red, blue = green + 2 * (a - 0.5), green - 2 * (b - 0.5)
    parts = [max(0.0, min(1.0, part)) for part in (red, green, blue)]
    key = 1 - max(parts)
    cyan, magenta, yellow = (0.0 if key >= 1 else (1 - part - key) / (1 - key) for part in parts)
    return cyan, magenta, yellow, key


def _description(text: str) -> bytes:
    data = text.encode("ascii") + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(data)) + data + bytes(8 + 3 + 67)
