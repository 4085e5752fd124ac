"""The face that PDFium measures a text with when it is not to open the faces of a file: every glyph a narrow box.

A text object of one glyph whose box is empty is no text to PDFium: where it found no face at all, it passed over the
第 and the 期 of 第5期, and the whole file had to be read again, closely, which takes five times as long. The box is a
tenth of an em wide, so that no two glyphs of a line lie one upon the other: PDFium takes such for one printed twice.
"""

from __future__ import annotations

import ctypes
import functools
import struct
import sys
from ctypes import CFUNCTYPE, c_char_p, c_int, c_uint, c_ulong, c_void_p
from typing import Any

_EM, _WIDTH, _TOP, _BOTTOM = 1000, 100, 880, -120
_GLYPHS = 0x4000
"""Glyphs of TrueType subsets are asked for by their number, those of others by their character."""

_RELEASE = CFUNCTYPE(None, c_void_p)
_ENUMERATE = CFUNCTYPE(None, c_void_p, c_void_p)
_MAP = CFUNCTYPE(c_void_p, c_void_p, c_int, c_int, c_int, c_int, c_char_p, c_void_p)
_GET = CFUNCTYPE(c_void_p, c_void_p, c_char_p)
_DATA = CFUNCTYPE(c_ulong, c_void_p, c_void_p, c_uint, c_void_p, c_ulong)
_NAME = CFUNCTYPE(c_ulong, c_void_p, c_void_p, c_void_p, c_ulong)
_CHARSET = CFUNCTYPE(c_int, c_void_p, c_void_p)
_DELETE = CFUNCTYPE(None, c_void_p, c_void_p)


class _FontInfo(ctypes.Structure):
    """FPDF_SYSFONTINFO, version 1 (fpdf_sysfontinfo.h)."""

    _fields_ = (
        ("version", c_int), ("release", _RELEASE), ("enumerate", _ENUMERATE), ("map", _MAP), ("get", _GET),
        ("data", _DATA), ("name", _NAME), ("charset", _CHARSET), ("delete", _DELETE),
    )  # fmt: skip


class StandIn:
    """Says to PDFium, while `wanted` is set, that every face that it asks for is here."""

    def __init__(self) -> None:
        self.wanted = False
        self._info = _FontInfo(
            1, _RELEASE(_nothing), _ENUMERATE(_nothing), _MAP(self._map), _GET(_no_number), _DATA(_give),
            _NAME(_no_number), _CHARSET(_no_number), _DELETE(_nothing),
        )  # fmt: skip

    def offer(self, library: Any) -> None:
        """Have PDFium ask here for faces; left alone where the program that we work in uses PDFium itself."""
        if "pypdfium2_raw" in sys.modules:
            return
        library.FPDF_SetSystemFontInfo(ctypes.byref(self._info))

    def _map(self, *_asked: Any) -> int:
        return 1 if self.wanted else 0


def _nothing(*_asked: Any) -> None:
    """What is of no use here."""


def _no_number(*_asked: Any) -> int:
    return 0


def _give(_info: Any, _face: Any, table: int, room: int | None, size: int) -> int:
    """The whole file (table 0) into the room given; its length, 0 where a table of a collection is asked for."""
    if table:
        return 0
    data = file()
    if room and size >= len(data):
        ctypes.memmove(room, data, len(data))
    return len(data)


@functools.cache
def file() -> bytes:
    """A TrueType font (OpenType 1.9) in which every character and every glyph is the same box."""
    outline = struct.pack(">5h2H4B", 1, 0, _BOTTOM, _WIDTH, _TOP, 3, 0, 1, 1, 1, 1)
    outline += struct.pack(">8h", 0, _WIDTH, 0, -_WIDTH, _BOTTOM, 0, _TOP - _BOTTOM, 0)
    outline += b"\0" * (-len(outline) % 4)
    bounds = 0, _BOTTOM, _WIDTH, _TOP
    found = {
        # All of Unicode (format 13) is glyph 1.
        "cmap": struct.pack(">4HI2H6I", 0, 1, 3, 10, 12, 13, 0, 28, 0, 1, 1, 0x10FFFF, 1),
        "glyf": outline * 2,
        "head": struct.pack(">4I2H2q4h2H3h", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *bounds, 0, 8, 2, 0, 0),
        "hhea": struct.pack(">I3hH11hH", 0x10000, _TOP, _BOTTOM, 0, _EM, 0, 0, _WIDTH, 1, *[0] * 7, 1),
        "hmtx": struct.pack(">Hh", _EM, 0),
        # In units of two bytes. An end before its beginning counts as that of the table: two outlines do for all.
        "loca": struct.pack(">2H", 0, len(outline) // 2) * (_GLYPHS // 2 + 1),
        "maxp": struct.pack(">IH13H", 0x10000, _GLYPHS, 4, 1, 0, 0, 1, *[0] * 8),
    }
    place = 12 + 16 * len(found)
    directory, body = struct.pack(">I4H", 0x10000, len(found), 64, 2, 16 * len(found) - 64), b""
    for tag, table in found.items():
        directory += tag.encode() + struct.pack(">3I", 0, place + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    return directory + body
