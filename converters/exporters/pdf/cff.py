"""Compact Font Format, as far as embedding needs it: give the glyphs of a subset the CIDs that the page streams use.

In a CID-keyed CFF the charset says which CID each glyph answers to (Adobe Technical Note 5176, 13). HarfBuzz keeps the
CIDs of the whole font; here they become the codes of the page streams, which are Unicode values wherever a
character has one, so that a text becomes codes by encoding it as UTF-16BE and nothing else.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import pairwise

from converters.errors import FontError

_CHARSET = 15
_ROS = (12, 30)
_CID_COUNT = (12, 34)
_LONG_INTEGER = 29


def is_cid_keyed(program: bytes) -> bool:
    """Does the Top DICT begin with the ROS operator, as that of every CID-keyed font does?"""
    return any(operator == _ROS for operator, _, _ in _operators(program, *_top_dict(program)))


def with_charset(program: bytes, cids: Sequence[int]) -> bytes:
    """The font program with a new charset: `cids` holds the CID of every glyph but glyph 0, in glyph order.

    Raises FontError where the Top DICT does not leave room for the new offset (no subset of HarfBuzz does that).
    """
    out = bytearray(program)
    start, end = _top_dict(program)
    found = False
    for operator, operand, size in _operators(program, start, end):
        if operator == _CHARSET:
            if size != 5 or out[operand] != _LONG_INTEGER:
                raise FontError("The charset of an embedded face cannot be moved")
            struct.pack_into(">i", out, operand + 1, len(program))
            found = True
        elif operator == _CID_COUNT and size == 5:
            struct.pack_into(">i", out, operand + 1, 65536)
        elif operator == _CID_COUNT and size == 3:
            # A count below the highest CID would be wrong; 32767 is the most that three bytes hold, and no reader
            # of an embedded subset relies on the count.
            struct.pack_into(">h", out, operand + 1, 32767)
    if not found:
        raise FontError("An embedded face has no charset")
    return bytes(out) + b"\x00" + struct.pack(f">{len(cids)}H", *cids)


def _top_dict(program: bytes) -> tuple[int, int]:
    """Where the first Top DICT begins and ends: after the header and the Name INDEX."""
    _, names_end = _index(program, program[2])
    tops, _ = _index(program, names_end)
    return tops[0]


def _index(program: bytes, position: int) -> tuple[list[tuple[int, int]], int]:
    """The stretches of an INDEX and the place after it."""
    (count,) = struct.unpack_from(">H", program, position)
    if count == 0:
        return [], position + 2
    size = program[position + 2]
    first = position + 3
    offsets = [
        int.from_bytes(program[first + number * size : first + (number + 1) * size], "big")
        for number in range(count + 1)
    ]
    base = first + (count + 1) * size - 1
    return [(base + a, base + b) for a, b in pairwise(offsets)], base + offsets[-1]


def _operators(program: bytes, start: int, end: int) -> list[tuple[int | tuple[int, int], int, int]]:
    """(operator, place of its last operand, size of that operand) for each entry of a DICT."""
    found: list[tuple[int | tuple[int, int], int, int]] = []
    position, operand, size = start, start, 0
    while position < end:
        byte = program[position]
        if byte <= 21:
            operator: int | tuple[int, int] = byte
            position += 1
            if byte == 12:
                operator = (12, program[position])
                position += 1
            found.append((operator, operand, size))
            continue
        operand, size = position, _operand_size(program, position)
        position += size
    return found


def _operand_size(program: bytes, position: int) -> int:
    byte = program[position]
    if byte == 28:
        return 3
    if byte == _LONG_INTEGER:
        return 5
    if byte == 30:  # a real number: nibbles up to an f
        stop = position + 1
        while program[stop] & 0x0F != 0x0F and program[stop] >> 4 != 0x0F:
            stop += 1
        return stop + 1 - position
    return 1 if byte <= 246 else 2
