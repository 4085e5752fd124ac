"""OpenType tables read with struct: names, rights, weight, outlines. No font library is loaded.

Clauses are those of the OpenType specification (ISO/IEC 14496-22) and of Adobe Technical Note 5176 (CFF).
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable

from converters.records import dataclass

_SIGNATURES = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_ENGLISH, _CHINESE = 0x0409, 0x0804
_MAC_ROMAN_ENGLISH = (1, 0, 0)
MAX_FACES = 256  # a collection claiming more is broken: the largest known holds a few dozen

FAMILY, SUBFAMILY, FULL, POSTSCRIPT, TYPOGRAPHIC_FAMILY, TYPOGRAPHIC_SUBFAMILY = 1, 2, 4, 6, 16, 17


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a face in every language it gives.

    `families` holds name IDs 1 and 16, `full` holds 4 and 6; `family` and `full_name` are the English ones
    where there are any, `chinese` the Simplified Chinese family or "".
    """

    family: str
    full_name: str
    postscript: str
    chinese: str
    families: tuple[str, ...]
    full: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rights:
    """What OS/2 says: `fs_type` (embedding), `weight` 1 to 1000, `italic`, `cap_height` in font units."""

    fs_type: int = 0
    weight: int = 400
    italic: bool = False
    cap_height: int = 0
    ascender: int = 0
    descender: int = 0

    @property
    def may_embed(self) -> bool:
        """May a subset stand in a document that is read or printed: not restricted, bitmap-only or no-subset?"""
        return not (self.fs_type & 0x000E == 2 or self.fs_type & 0x0300)

    @property
    def may_embed_editable(self) -> bool:
        """May it stand in a document that is edited: fsType installable (0) or editable (8)?"""
        return self.may_embed and self.fs_type & 0x000E in (0, 8)


def face_offsets(head: bytes) -> tuple[int, ...]:
    """Offsets of the table directories in a font file, from its first bytes; () if it is not a font.

    A collection's offsets stand in its header (`ttcf`); give at least 12 + 4 × MAX_FACES bytes of it.
    """
    if head[:4] in _SIGNATURES:
        return (0,)
    if head[:4] != b"ttcf" or len(head) < 12:
        return ()
    (count,) = struct.unpack_from(">L", head, 8)
    if not 0 < count <= MAX_FACES or len(head) < 12 + 4 * count:
        return ()
    return struct.unpack_from(f">{count}L", head, 12)


def read_directory(read: Callable[[int, int], bytes], offset: int) -> dict[str, tuple[int, int]]:
    """A table directory: tag -> (offset, length). `read(offset, length)` gives bytes of the file."""
    head = read(offset, 12)
    if len(head) < 12:
        return {}
    (count,) = struct.unpack_from(">H", head, 4)
    records = read(offset + 12, 16 * count)
    return {
        tag.decode("latin-1"): (start, length)
        for tag, _, start, length in struct.iter_unpack(">4sLLL", records[: len(records) // 16 * 16])
    }


def parse_names(table: bytes) -> Names:
    """The name table. Broken records are skipped; a face without names has empty ones."""
    found: dict[tuple[int, int], str] = {}
    families: dict[str, None] = {}
    full: dict[str, None] = {}
    if len(table) >= 6:
        _, count, storage = struct.unpack_from(">HHH", table)
        for number in range(min(count, (len(table) - 6) // 12)):
            platform, encoding, language, name_id, length, start = struct.unpack_from(">6H", table, 6 + 12 * number)
            if name_id not in (FAMILY, FULL, POSTSCRIPT, TYPOGRAPHIC_FAMILY):
                continue
            raw = table[storage + start : storage + start + length]
            text = _decode_name(platform, encoding, language, raw)
            if not text:
                continue
            key = language if platform == 3 else _ENGLISH
            if platform == 3 or (key, name_id) not in found:
                found[key, name_id] = text
            (families if name_id in (FAMILY, TYPOGRAPHIC_FAMILY) else full).setdefault(text)
    family = found.get((_ENGLISH, TYPOGRAPHIC_FAMILY)) or found.get((_ENGLISH, FAMILY)) or next(iter(families), "")
    return Names(
        family=family,
        full_name=found.get((_ENGLISH, FULL)) or next(iter(full), family),
        postscript=found.get((_ENGLISH, POSTSCRIPT), ""),
        chinese=found.get((_CHINESE, TYPOGRAPHIC_FAMILY)) or found.get((_CHINESE, FAMILY), ""),
        families=tuple(families),
        full=tuple(full),
    )


def _decode_name(platform: int, encoding: int, language: int, raw: bytes) -> str:
    if platform in (0, 3):
        # Old Chinese faces give GBK or Big5 bytes under the PRC and Big5 encodings of the Windows platform.
        codec = {3: "gb18030", 4: "big5"}.get(encoding, "utf-16-be") if platform == 3 else "utf-16-be"
        raw = raw if codec == "utf-16-be" else raw.replace(b"\0", b"")
        return raw.decode(codec, "ignore").strip("\0 ")
    if (platform, encoding, language) == _MAC_ROMAN_ENGLISH:
        return raw.decode("mac-roman", "ignore").strip("\0 ")
    return ""


def parse_rights(table: bytes) -> Rights:
    """The OS/2 table; a face without one may be embedded and is a Regular."""
    if len(table) < 72:
        return Rights()
    weight, _, fs_type = struct.unpack_from(">HHH", table, 4)
    (selection,) = struct.unpack_from(">H", table, 62)
    ascender, descender = struct.unpack_from(">hh", table, 68)
    version = struct.unpack_from(">H", table)[0]
    cap_height = struct.unpack_from(">h", table, 88)[0] if version >= 2 and len(table) >= 90 else 0
    return Rights(fs_type, weight or 400, bool(selection & 1), cap_height, ascender, descender)


def parse_advances(hmtx: bytes, hhea: bytes, glyph_count: int) -> array[int]:
    """Advance of every glyph in font units; glyphs past the last long record repeat its advance."""
    (long_count,) = struct.unpack_from(">H", hhea, 34)
    pairs = array("H", hmtx[: 4 * long_count])
    _to_native(pairs)
    advances = pairs[::2]
    if advances and len(advances) < glyph_count:
        advances.extend(array("H", [advances[-1]]) * (glyph_count - len(advances)))
    return advances


def parse_loca(loca: bytes, *, long: bool) -> array[int]:
    """Offsets of glyph outlines in the glyf table (halved in the short form): equal neighbours are a blank glyph."""
    offsets = array("I" if long else "H", loca[: len(loca) // (4 if long else 2) * (4 if long else 2)])
    _to_native(offsets)
    return offsets


def _to_native(values: array[int]) -> None:
    if struct.pack("=H", 1) != struct.pack(">H", 1):
        values.byteswap()


def cff_is_identity(cff: memoryview, glyph_count: int) -> bool:
    """Is this a CID-keyed CFF whose glyph n is CID n? False for name-keyed ones and for charsets with gaps.

    TN 5176, clauses 5 (INDEX), 9 (Top DICT) and 13 (charsets). A table that cannot be read counts as False.
    """
    try:
        position = _skip_index(cff, cff[2])
        top = _first_of_index(cff, position)
        operators = _dict_operators(top)
        if (12, 30) not in operators:
            return False
        (charset,) = operators.get((15,), (0,))
        if charset < 3:
            return False
        return _charset_is_identity(cff, int(charset), glyph_count)
    except (IndexError, ValueError, struct.error):
        return False


def _charset_is_identity(cff: memoryview, start: int, glyph_count: int) -> bool:
    form, position, glyph = cff[start], start + 1, 1
    if form == 0:
        cids = array("H", bytes(cff[position : position + 2 * (glyph_count - 1)]))
        _to_native(cids)
        return cids == array("H", range(1, glyph_count))
    while glyph < glyph_count:
        first = struct.unpack_from(">H", cff, position)[0]
        left = cff[position + 2] if form == 1 else struct.unpack_from(">H", cff, position + 2)[0]
        if first != glyph:
            return False
        glyph += left + 1
        position += 3 if form == 1 else 4
    return True


def _index_offsets(cff: memoryview, position: int) -> tuple[int, int, int]:
    """Number of objects, size of an offset, and position of the offset array of an INDEX."""
    (count,) = struct.unpack_from(">H", cff, position)
    return count, cff[position + 2] if count else 0, position + 3


def _offset(cff: memoryview, array_start: int, size: int, number: int) -> int:
    return int.from_bytes(cff[array_start + number * size : array_start + (number + 1) * size], "big")


def _skip_index(cff: memoryview, position: int) -> int:
    count, size, start = _index_offsets(cff, position)
    if not count:
        return position + 2
    return start + (count + 1) * size - 1 + _offset(cff, start, size, count)


def _first_of_index(cff: memoryview, position: int) -> bytes:
    count, size, start = _index_offsets(cff, position)
    data = start + (count + 1) * size - 1
    return bytes(cff[data + _offset(cff, start, size, 0) : data + _offset(cff, start, size, 1)])


def _dict_operators(data: bytes) -> dict[tuple[int, ...], tuple[float, ...]]:
    """Operators of a DICT and their integer operands (real numbers are read as 0: none is needed)."""
    found: dict[tuple[int, ...], tuple[float, ...]] = {}
    operands: list[float] = []
    position = 0
    while position < len(data):
        byte = data[position]
        position += 1
        if byte <= 21:
            operator: tuple[int, ...] = (byte,)
            if byte == 12:
                operator, position = (12, data[position]), position + 1
            found[operator] = tuple(operands)
            operands = []
        elif byte == 28:
            operands.append(struct.unpack_from(">h", data, position)[0])
            position += 2
        elif byte == 29:
            operands.append(struct.unpack_from(">l", data, position)[0])
            position += 4
        elif byte == 30:
            while data[position] & 0x0F != 0x0F and data[position] >> 4 != 0x0F:
                position += 1
            position += 1
            operands.append(0)
        elif byte <= 246:
            operands.append(byte - 139)
        elif byte <= 250:
            operands.append((byte - 247) * 256 + data[position] + 108)
            position += 1
        else:
            operands.append(-(byte - 251) * 256 - data[position] - 108)
            position += 1
    return found
