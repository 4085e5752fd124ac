"""A member of a zip archive that is packed while it is written, in one go or put together of pieces.

A piece ends with a full flush (RFC 1951, 3.2.4, an empty stored block): it refers to nothing before it and nothing
after it refers into it, so pieces that were packed apart, in other processes even, are one stream when they stand in a
row. The checksum of the whole follows from those of the pieces and their lengths.
"""

from __future__ import annotations

import functools
import zlib
from typing import NamedTuple

# Level 9 saves 5 % and takes twice the time; level 3 saves half the time and takes 1.6 times the room.
_LEVEL = 6
# CRC-32 is the rest of a division by this polynomial over the field of two elements, the highest power in the lowest
# bit (ISO/IEC 8802-3, 3.2.9).
_POLYNOMIAL = 0xEDB88320
_ONE = 1 << 31


class Packed(NamedTuple):
    """A packed piece, with the checksum and the size of what it holds."""

    data: bytes
    crc: int
    size: int


def pack_piece(data: bytes) -> Packed:
    """Bytes packed apart, to be put into a member later."""
    packer = _packer()
    return Packed(packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH), zlib.crc32(data), len(data))


class Deflated:
    """A member that never stands in memory as a whole."""

    __slots__ = ("_packer", "_pieces", "_whole", "crc", "size")

    def __init__(self) -> None:
        self._packer = _packer()
        self._whole: bytes | None = None
        self._pieces: list[bytes] = []
        self.crc = 0
        self.size = 0

    def write(self, data: bytes) -> None:
        """Add bytes at the end."""
        self.crc = zlib.crc32(data, self.crc)
        self.size += len(data)
        if packed := self._packer.compress(data):
            self._pieces.append(packed)

    def append(self, piece: Packed) -> None:
        """Add a piece at the end."""
        self._pieces += (self._packer.flush(zlib.Z_FULL_FLUSH), piece.data)
        self.crc = joined_crc(self.crc, piece.crc, piece.size)
        self.size += piece.size

    def packed(self) -> bytes:
        """The whole member, packed; nothing can be written after this."""
        if self._whole is None:
            self._whole = b"".join((*self._pieces, self._packer.flush()))
            self._pieces.clear()
        return self._whole


def _packer() -> zlib._Compress:
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)


def joined_crc(first: int, second: int, size: int) -> int:
    """The checksum of two pieces in a row from theirs and the second's size: the first is moved up by so many bytes."""
    return _product(_power(size), first) ^ second


def _product(left: int, right: int) -> int:
    """Two polynomials multiplied, less all multiples of the checksum's."""
    product = 0
    while left:
        if left & _ONE:
            product ^= right
        left = left << 1 & 0xFFFFFFFF
        right = right >> 1 ^ (_POLYNOMIAL if right & 1 else 0)
    return product


def _power(size: int) -> int:
    """x to the power of the number of bits in so many bytes."""
    power = _ONE
    for place in range(size.bit_length()):
        if size >> place & 1:
            power = _product(_square(place), power)
    return power


@functools.cache
def _square(times: int) -> int:
    """x to the eighth power, squared so many times."""
    if not times:
        return _ONE >> 8
    half = _square(times - 1)
    return _product(half, half)
