"""The composite font: one embedded, subset Type0 font with Identity-H for a face, CFF or glyf.

The two-byte codes are Unicode values wherever a character has one below U+10000, so that encoding a text is encoding
it as UTF-16BE, and ToUnicode is exact by construction. Three things stand beside that rule:

* a character beyond the BMP, and a cluster of several characters, take a code from an unused block;
* where two characters share a glyph of a CFF face (· and ・, 一 and ⼀), a CID can name only one of them: the
  others are drawn with a twin font, which shares the program and has a ToUnicode of its own;
* a CFF program without CIDs takes its glyph numbers as codes (ISO 32000-1, 9.7.4.2).
"""

from __future__ import annotations

import functools
import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping

from converters.fonts.face import Face
from converters.fonts.subset import renumbered_program
from converters.typeset.characters import JOINT

from . import cff
from .file import COMPRESSION, PrintFile, array, dictionary, name, reference

# Blocks of codes that are handed out, those of private use first; a block that the text itself uses is passed over.
_SPARE_BLOCKS = (*range(0xE0, 0xF9), *range(0xD8, 0xE0), *range(0xA0, 0xA5), *range(0x01, 0x20))
SOFT_HYPHEN = "\u00ad"
"""What a hyphen at a line's end means that the text does not have."""
_LIGATURES = frozenset(map(chr, range(0xFB00, 0xFB07)))
_SYMBOLIC = 4
_SERIF = 2


class CompositeFont:
    """A face as the page streams use it.

    `characters` are all that the face draws; `clusters` maps a stand-in character (any code point) to the glyph and
    the characters that it stands for. `resource` is the font's name in page streams; twins add a letter to it.
    Raises FontError when the face may not be embedded. `mode` is H, for horizontal lines; upright.py has V.
    """

    mode = "H"

    def __init__(
        self, face: Face, characters: Iterable[str], clusters: Mapping[str, tuple[int, str]], resource: str
    ) -> None:
        self.face = face
        self.resource = resource
        self._meaning: dict[str, str] = {}
        self._glyphs: dict[str, int] = {}
        for character in sorted(characters, key=_rank):
            glyph = clusters[character][0] if character in clusters else _glyph_of(face, character)
            if glyph:
                self._glyphs[character] = glyph
                self._meaning[character] = clusters[character][1] if character in clusters else character
        self._program = renumbered_program(face, self._glyphs.values())
        self._plain_cff = self._program.is_cff and not cff.is_cid_keyed(self._program.data)
        self._codes = self._assign_codes()
        self.twins = self._find_twins()
        self._shared = {character for twin in self.twins for character in twin}
        self.private = frozenset(
            c
            for c, said in self._meaning.items()
            if said != _fitting(said) or not said or ord(c) in JOINT or any(map(is_private, said)) or said in _LIGATURES
        )
        """Characters of private use; what they are must also be said beside them (ISO 19005-2, 6.2.11.7.3). So must
        what several glyphs draw that have but one character, and what is longer than a ToUnicode holds."""
        if alone := {c: self._codes[c] for c in sorted(self.private - self._shared)}:
            self.twins.append(alone)
        self._table = {ord(character): code for character, code in self._codes.items() if ord(character) != code}
        for character in characters:
            if character not in self._codes and ord(character) > 0xFFFF:
                # It has no glyph; written as two codes it would take those of its neighbours along.
                self._table[ord(character)] = 0
        # Otherwise only characters beyond the BMP have another code, and those are seen by the length of the codes.
        self._always_translate = any(code < 0x10000 for code in self._table)
        self.level = {character: number for number, twin in enumerate(self.twins, 1) for character in twin}
        """Character -> which twin draws it (1, 2 …); characters that the font itself draws are not in it."""

    @functools.cached_property
    def _twinned(self) -> re.Pattern[str]:
        return re.compile("[" + "".join(map(re.escape, sorted(self.level))) + "]")

    def meaning(self, character: str) -> str:
        """The characters that a character, or a stand-in, of this font means."""
        return self._meaning.get(character, character)

    def is_silent(self, text: str) -> bool:
        """Whether a text is of glyphs alone whose character another glyph says."""
        return bool(text) and not any(map(self.meaning, text))

    def advance(self, character: str) -> float:
        """Advance of what draws a character, or a stand-in, in em."""
        return self.face.advance(self._glyphs.get(character, 0))

    def said(self, text: str) -> str:
        """What has to be said beside a text: what it is, where it holds characters of private use; else nothing."""
        return "" if self.private.isdisjoint(text) else "".join(map(self.meaning, text))

    def has_twins_in(self, text: str) -> bool:
        """Whether a text has characters that a twin font draws."""
        return bool(self.level) and self._twinned.search(text) is not None

    def encode(self, text: str) -> bytes:
        """A text as the codes of this font, two bytes each, not yet escaped."""
        if self._always_translate:
            return text.translate(self._table).encode("utf-16-be", "surrogatepass")
        data = text.encode("utf-16-be", "surrogatepass")
        if len(data) != 2 * len(text):
            return text.translate(self._table).encode("utf-16-be", "surrogatepass")
        return data

    def _assign_codes(self) -> dict[str, int]:
        new_ids = self._program.new_ids
        if self._plain_cff:
            return {character: new_ids[glyph] for character, glyph in self._glyphs.items()}
        codes = {character: ord(character) for character in self._glyphs if ord(character) < 0x10000}
        used = {code >> 8 for code in codes.values()}
        spare = iter(block << 8 | low for block in _SPARE_BLOCKS if block not in used for low in range(256))
        for character in self._glyphs:
            if character not in codes:
                codes[character] = next(spare)
        return codes

    def _find_twins(self) -> list[dict[str, int]]:
        """Characters of a CFF face that share a glyph with an earlier one -> that one's code, level by level."""
        if not self._program.is_cff:
            return []
        twins: list[dict[str, int]] = []
        owners: dict[int, str] = {}
        shared: dict[int, int] = {}
        for character, glyph in self._glyphs.items():
            if glyph not in owners:
                owners[glyph] = character
                continue
            level = shared.get(glyph, 0)
            shared[glyph] = level + 1
            if level == len(twins):
                twins.append({})
            twins[level][character] = self._codes[owners[glyph]]
            self._codes[character] = self._codes[owners[glyph]]
        return twins

    # -- the objects of the file

    def write(self, file: PrintFile) -> dict[str, int]:
        """Write the font's objects; returns the numbers of its Type0 dictionaries by resource name."""
        program = self._program
        tag = self._tag()
        base = f"{tag}+{_plain_name(self.face.postscript_name)}"
        descriptor = file.reserve()
        descendant = file.reserve()
        entries = {
            "Type": "/Font",
            "Subtype": "/CIDFontType0" if program.is_cff else "/CIDFontType2",
            "BaseFont": name(base),
            "CIDSystemInfo": dictionary({"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}),
            "FontDescriptor": reference(descriptor),
            "DW": 1000,
            "W": self._widths(),
        }
        if not program.is_cff:
            entries["CIDToGIDMap"] = reference(file.add(file.stream(self._glyph_map())))
        entries |= self.vertical_metrics()
        self.entries = entries
        file.put(descendant, file.bytes_of(dictionary(entries)))
        file.put(descriptor, file.bytes_of(dictionary(self._descriptor(file, base))))
        own = {character: code for character, code in self._codes.items() if character not in self.level}
        numbers = {}
        for level, codes in enumerate([own, *self.twins]):
            meaning = {code: self._meaning[character] for character, code in codes.items()}
            type0 = {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": name(f"{base}-Identity-{self.mode}" if program.is_cff else base),
                "Encoding": f"/Identity-{self.mode}",
                "DescendantFonts": array([reference(descendant)]),
                "ToUnicode": reference(file.add(file.stream(to_unicode(meaning)))),
            }
            if not level:
                self.type0 = type0
            numbers[self.twin_name(level)] = file.add_object(dictionary(type0))
        return numbers

    def vertical_metrics(self) -> dict[str, object]:
        """Further entries of the CIDFont, of fonts for vertical lines."""
        return {}

    def twin_name(self, level: int) -> str:
        """Resource name of the font (0) or of its n-th twin."""
        return self.resource + ("" if level == 0 else chr(96 + level))

    def _tag(self) -> str:
        """The six letters that mark a subset, from the glyphs in it (ISO 32000-1, 9.6.4)."""
        digest = hashlib.md5(repr(sorted(self._glyphs.items())).encode(), usedforsecurity=False).digest()
        return "".join(chr(65 + byte % 26) for byte in digest[:6])

    def _descriptor(self, file: PrintFile, base: str) -> dict[str, object]:
        face, program = self.face, self._program
        scale = 1000 / face.units_per_em
        if program.is_cff:
            data = program.data
            if not self._plain_cff:
                data = cff.with_charset(data, self._charset())
            key, stream = "FontFile3", file.stream(data, b"/Subtype/CIDFontType0C")
        else:
            key = "FontFile2"
            packed = zlib.compress(program.data, COMPRESSION)
            stream = file.stream(packed, b"/Length1 %d/Filter/FlateDecode" % len(program.data), compress=False)
        return {
            "Type": "/FontDescriptor",
            "FontName": name(base),
            "Flags": _SYMBOLIC,
            "FontBBox": array([round(value * scale) for value in face.bounding_box]),
            "ItalicAngle": 0,
            "Ascent": round(face.ascent_units * scale),
            "Descent": round(face.descent_units * scale),
            "CapHeight": round(face.cap_height_units * scale),
            "StemV": 80,
            key: reference(file.add(stream)),
        }

    def _charset(self) -> list[int]:
        """The CID of each glyph but the first. Glyphs that only serve others get CIDs that no text uses."""
        owner = {}
        for character, glyph in self._glyphs.items():
            if character not in self._shared:
                owner[self._program.new_ids[glyph]] = self._codes[character]
        count = max(self._program.new_ids.values(), default=0)
        used = set(owner.values())
        spare = iter(code for code in range(1, 0x10000) if code not in used)
        return [owner[glyph] if glyph in owner else next(spare) for glyph in range(1, count + 1)]

    def _glyph_map(self) -> bytes:
        codes = {code: self._program.new_ids[self._glyphs[character]] for character, code in self._codes.items()}
        table = bytearray(2 * (max(codes, default=0) + 1))
        for code, glyph in codes.items():
            table[2 * code] = glyph >> 8
            table[2 * code + 1] = glyph & 0xFF
        return bytes(table)

    def _widths(self) -> object:
        """The W array; widths of one em are left to DW."""
        advances, em = self.face.advances, self.face.units_per_em
        runs: list[tuple[int, list[object]]] = []
        expected = -1
        for character, code in sorted(self._codes.items(), key=lambda item: item[1]):
            advance = advances[self._glyphs[character]]
            if advance == em or character in self._shared:
                continue
            width = advance * 1000 / em
            value: object = int(width) if width == int(width) else f"{width:.3f}"
            if code != expected:
                runs.append((code, []))
            runs[-1][1].append(value)
            expected = code + 1
        return array([part for code, run in runs for part in (code, array(run))])


# Values that a ToUnicode may not have (ISO 19005-2, 6.2.11.7.2) and what stands for them: the word joiner, which does
# what ZERO WIDTH NO-BREAK SPACE once did, and spaces for what is no character.
_SAID_OTHERWISE = {0xFEFF: 0x2060, 0x0000: 0x0020, 0xFFFE: 0x0020}


_LONGEST = 60
"""UTF-16 units that a string of a ToUnicode has at most: Poppler reads 256 digits, and none of the table if there are
more."""
_NOTHING = "\u200b"
"""What a glyph says whose character another one says."""


def _glyph_of(face: Face, character: str) -> int:
    """The glyph of a character. A hyphen of ours is seen: some faces (Noto CJK) draw nothing for a soft one."""
    glyph = face.glyphs[ord(character)]
    if character == SOFT_HYPHEN and not any(face.ink(glyph)):
        return face.glyphs[ord("-")]
    return glyph


def _fitting(text: str) -> str:
    """As much of a text as a ToUnicode says of one code."""
    if len(text) <= _LONGEST // 2:
        return text
    units = 0
    for place, character in enumerate(text):
        units += 1 + (character > "\uffff")
        if units > _LONGEST:
            return text[:place]
    return text


def to_unicode(meaning: Mapping[int, str]) -> bytes:
    """A ToUnicode CMap (ISO 32000-1, 9.10.3): code -> characters."""
    meaning = {code: _fitting(text.translate(_SAID_OTHERWISE)) or _NOTHING for code, text in meaning.items()}
    same = sorted(code for code, text in meaning.items() if text == chr(code))
    other = sorted((code, text) for code, text in meaning.items() if text != chr(code))
    ranges: list[tuple[int, int]] = []
    for code in same:
        if ranges and ranges[-1][1] == code - 1 and code & 0xFF:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    lines = [
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange"
    ]
    for start in range(0, len(ranges), 100):
        part = ranges[start : start + 100]
        lines.append(f"{len(part)} beginbfrange")
        lines += [f"<{first:04X}> <{last:04X}> <{first:04X}>" for first, last in part]
        lines.append("endbfrange")
    for start in range(0, len(other), 100):
        some = other[start : start + 100]
        lines.append(f"{len(some)} beginbfchar")
        lines += [f"<{code:04X}> <{text.encode('utf-16-be', 'surrogatepass').hex().upper()}>" for code, text in some]
        lines.append("endbfchar")
    lines.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
    return "\n".join(lines).encode()


def is_private(character: str) -> bool:
    """Is this a code point of private use, which means what its users agreed on?"""
    code = ord(character)
    return 0xE000 <= code <= 0xF8FF or code >= 0xF0000


def _rank(character: str) -> tuple[bool, str]:
    """Order in which characters claim a glyph: the common one before radicals and compatibility ideographs."""
    return "\u2e80" <= character < "\u2fe0" or character >= "\uf900", character


def _plain_name(postscript_name: str) -> str:
    """A PostScript name with what a PDF name would have to escape left out, no longer than a PostScript name may be."""
    return "".join(c for c in postscript_name if c.isascii() and (c.isalnum() or c in "-_"))[:63] or "Face"
