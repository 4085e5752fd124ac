"""One face: its glyphs in the document's language and what they measure, by HarfBuzz.

Lengths are parts of an em unless a name says "units". A glyph id of 0 means: this face does not draw the
character, take the next face of the chain.
"""

from __future__ import annotations

import functools
import mmap
import struct
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import uharfbuzz as hb

from converters.errors import FontError

from . import marks, tables

# Features that join or move glyphs: switched off where one character must give one glyph.
_ALONE = dict.fromkeys(("ccmp", "liga", "clig", "rlig", "calt", "rclt", "kern", "mark", "mkmk"), False)

# A glyph counts as one em wide within this tolerance: a few faces round by a unit or two.
_EM_TOLERANCE = 0.005

# Characters drawn with another's glyph where a face has none of their own (Unicode: compatibility equivalents).
_STAND_INS = {0x00A0: 0x0020, 0x2011: 0x2010, 0x2010: 0x002D, 0x00AD: 0x002D, 0x202F: 0x2009, 0x2215: 0x002F}

# Hanzi whose strokes form a frame that designers centre in the em box.
_FRAMED = "国口回田固圈围园图困圆因"


class Shaped(NamedTuple):
    """A glyph as HarfBuzz sets it; `cluster` is the index of its first character, lengths are in em."""

    glyph: int
    cluster: int
    advance: float
    x: float
    y: float


class GlyphMap(dict[int, int]):
    """Code point -> glyph id, 0 where the face has none; fills itself, so it serves `str.translate`.

    The keys are thus the characters that were asked for so far.
    """

    __slots__ = ("_find",)

    def __init__(self, find: Any) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, code: int) -> int:
        glyph: int = self._find(code)
        self[code] = glyph
        return glyph


class Face:
    """A face of a font file, opened for one language; make it with `open_face`.

    `glyphs` maps code points to glyph ids, `vertical_glyphs` does so for vertical lines (vert).
    `data` is the file where it does not lie at `path`. `em_top` and `em_bottom` bound the em box of its hanzi above and
    below the baseline: rows are levelled by the middle of that box. `hb_face` and `hb_font` are HarfBuzz' own objects,
    scaled to font units.
    """

    def __init__(self, path: Path, index: int, lang: str, weight: int | None = None, data: bytes | None = None) -> None:
        self.path = path
        self.data = data
        self.index = index
        self.lang = lang
        try:
            self.hb_face = hb.Face(hb.Blob.from_file_path(str(path)) if data is None else hb.Blob(data), index)
        except (hb.HarfBuzzError, OSError) as error:
            raise FontError("cannot open this font file", where=str(path), hint="choose another file") from error
        if index >= self.hb_face.count or not self.hb_face.glyph_count:
            raise FontError("this file holds no such face", where=f"{path}#{index}", hint="choose another file")
        self.hb_font = hb.Font(self.hb_face)
        self.units_per_em: int = self.hb_face.upem
        self.glyph_count: int = self.hb_face.glyph_count
        self.tags: frozenset[str] = frozenset(self.hb_face.table_tags)
        self.is_cff = "CFF " in self.tags or "CFF2" in self.tags
        self.is_variable = "fvar" in self.tags
        self.weight_axis: int | None = None
        if self.is_variable and weight is not None and any(axis.tag == "wght" for axis in self.hb_face.axis_infos):
            self.weight_axis = weight
            self.hb_font.set_variations({"wght": weight})
        self.glyphs = GlyphMap(self._find_glyph)
        self.vertical_glyphs = GlyphMap(self._find_vertical)
        self._trims: dict[str, tuple[float, float]] = {}
        self._localised = self._has_localised_forms()
        self.is_cjk = bool(self.hb_font.get_nominal_glyph(0x4E00) or self.hb_font.get_nominal_glyph(0xAC00))
        self._full_width = marks.FULL_WIDTH if self.is_cjk and marks.is_full_width_language(lang) else frozenset()

    def __repr__(self) -> str:
        return f"<Face {self.postscript_name} {self.lang} {self.path.name}#{self.index}>"

    # -- names and rights

    def table(self, tag: str) -> bytes:
        """Bytes of a table, b"" where there is none."""
        return bytes(self.hb_face.reference_table(tag).data) if tag in self.tags else b""

    @functools.cached_property
    def names(self) -> tables.Names:
        """Names in every language the face gives."""
        return tables.parse_names(self.table("name"))

    @functools.cached_property
    def rights(self) -> tables.Rights:
        """Embedding rights, weight and slope."""
        return tables.parse_rights(self.table("OS/2"))

    @property
    def family(self) -> str:
        """English family name where there is one."""
        return self.names.family or self.path.stem

    @property
    def postscript_name(self) -> str:
        """PostScript name, made of the family's letters where the face has none."""
        return self.names.postscript or "".join(c for c in self.family if c.isascii() and c.isalnum()) or "Face"

    @property
    def fs_type(self) -> int:
        """OS/2 fsType."""
        return self.rights.fs_type

    @property
    def may_embed(self) -> bool:
        """May a subset stand in a document that is read or printed?"""
        return self.rights.may_embed

    @property
    def may_embed_editable(self) -> bool:
        """May it stand in a document that is edited (DOCX)?"""
        return self.rights.may_embed_editable

    # -- what a font descriptor needs, in font units

    @functools.cached_property
    def bounding_box(self) -> tuple[int, int, int, int]:
        """Left, bottom, right, top of all glyphs (head), in font units."""
        left, bottom, right, top = struct.unpack_from(">4h", self.table("head"), 36)
        return left, bottom, right, top

    @functools.cached_property
    def ascent_units(self) -> int:
        """Ascender of hhea, in font units."""
        return int.from_bytes(self.table("hhea")[4:6], "big", signed=True)

    @functools.cached_property
    def descent_units(self) -> int:
        """Descender of hhea, negative, in font units."""
        return -abs(int.from_bytes(self.table("hhea")[6:8], "big", signed=True))

    @property
    def cap_height_units(self) -> int:
        """Height of capitals, in font units."""
        height = self.rights.cap_height
        return height or round(self.ink(self.glyphs[ord("H")])[3] * self.units_per_em) or self.ascent_units

    # -- glyphs

    def glyph_id(self, char: str) -> int:
        """Glyph of a character in the face's language, 0 where the face does not draw it."""
        return self.glyphs[ord(char)]

    def prepare(self, text: Iterable[str]) -> None:
        """Look up all characters of a text at once; far faster than one at a time where forms are localised."""
        if not self._localised:
            return
        nominal = self.hb_font.get_nominal_glyph
        # Marks with rules of their own, and all that HarfBuzz may drop or decompose, go one by one.
        plain = [
            code
            for code in map(ord, set(text))
            if code > 0x2E7F and code not in self.glyphs and code not in self._full_width and nominal(code)
        ]
        if not plain:
            return
        shaped = self._shape_alone("".join(map(chr, plain)))
        if len(shaped) == len(plain):
            for code, (glyph, cluster) in zip(plain, shaped, strict=True):
                if plain[cluster] == code:
                    self.glyphs[code] = 0 if self._is_blank(code, glyph) else glyph

    def plain_glyph(self, char: str) -> int:
        """Glyph that the character map alone gives, without language, width or blankness in mind."""
        return self.hb_font.get_nominal_glyph(ord(char)) or 0

    def variation_glyph(self, char: str, selector: str) -> int:
        """Glyph of a character with a variation selector, 0 where the face does not know the sequence."""
        return self.hb_font.get_variation_glyph(ord(char), ord(selector)) or 0

    def _find_glyph(self, code: int) -> int:
        glyph: int = self.hb_font.get_nominal_glyph(code) or 0
        if not glyph and code in _STAND_INS:
            return self.glyphs[_STAND_INS[code]]
        if not glyph or code < 0x80:
            return glyph
        if self._localised:
            shaped = self._shape_alone(chr(code))
            glyph = shaped[0][0] if len(shaped) == 1 else glyph
        if code in self._full_width:
            return self._one_em_glyph(code, glyph)
        return 0 if self._is_blank(code, glyph) else glyph

    def _one_em_glyph(self, code: int, glyph: int) -> int:
        """The one-em form of a dash, ellipsis or quotation mark; 0 where the face has only the Western form.

        — is 890 wide in Noto Serif CJK, “ ” are 350 wide in LXGW WenKai.
        """
        if self._is_one_em(glyph):
            return glyph
        shaped = self._shape_alone(chr(code), {"fwid": True})
        if len(shaped) == 1 and self._is_one_em(shaped[0][0]):
            return shaped[0][0]
        twin = self.hb_font.get_nominal_glyph(marks.ONE_EM_TWINS.get(code, 0)) or 0
        return twin if twin and self._is_one_em(twin) else 0

    def _is_one_em(self, glyph: int) -> bool:
        return abs(self.advance(glyph) - 1) <= _EM_TOLERANCE

    def _is_blank(self, code: int, glyph: int) -> bool:
        """Does the face map a hanzi, kana or hangul to an empty outline (some AR PL faces do)?"""
        if code < 0x3041 or code in marks.BLANK_BY_NATURE:
            return False
        if "glyf" in self.tags and "loca" in self.tags:
            offsets = self._loca
            return glyph + 1 < len(offsets) and offsets[glyph] == offsets[glyph + 1]
        if self.is_trusted:
            return False
        extents = self.hb_font.get_glyph_extents(glyph)
        return extents is not None and not extents.width and not extents.height

    @functools.cached_property
    def is_trusted(self) -> bool:
        """Is this one of the Noto CJK faces, whose glyphs were all checked? Spares a look at each outline."""
        return self.is_cff and self.names.postscript.startswith(("NotoSansCJK", "NotoSerifCJK"))

    @functools.cached_property
    def _loca(self) -> array[int]:
        return tables.parse_loca(self.table("loca"), long=bool(self.table("head")[51]))

    def _has_localised_forms(self) -> bool:
        """Has the face a locl feature for its language, in any script?"""
        if "GSUB" not in self.tags:
            return False
        font_face = self.hb_face
        wanted = marks.opentype_languages(self.lang)
        for script, _ in enumerate(font_face.get_table_script_tags("GSUB")):
            languages = font_face.get_script_language_tags("GSUB", script)
            for number, tag in enumerate(languages):
                if tag in wanted and "locl" in font_face.get_language_feature_tags("GSUB", script, number):
                    return True
        return False

    # -- shaping

    def _buffer(self, text: str, direction: str, script: str) -> Any:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction = direction
        if script:
            buffer.script = script
        buffer.language = marks.shaping_language(self.lang)
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        return buffer

    def _shape_alone(self, text: str, features: dict[str, bool] | None = None) -> list[tuple[int, int]]:
        buffer = self._buffer(text, "ltr", "Hani")
        hb.shape(self.hb_font, buffer, _ALONE | features if features else _ALONE)
        return [(info.codepoint, info.cluster) for info in buffer.glyph_infos]

    def shape(
        self, text: str, features: dict[str, bool] | None = None, script: str = "", direction: str = "ltr"
    ) -> list[Shaped]:
        """Glyphs of a text with the face's own kerning, ligatures and marks; for words, marks and foreign scripts.

        `script` is a four-letter ISO 15924 code; without one HarfBuzz guesses it from the text. Glyphs come from left
        to right, in the `direction` "rtl" too.
        """
        buffer = self._buffer(text, direction, script)
        if not script:
            buffer.guess_segment_properties()
        buffer.direction = direction
        hb.shape(self.hb_font, buffer, features or {})
        em = self.units_per_em
        return [
            Shaped(info.codepoint, info.cluster, place.x_advance / em, place.x_offset / em, place.y_offset / em)
            for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    # -- measures

    @functools.cached_property
    def advances(self) -> array[int]:
        """Advance of every glyph, indexed by glyph id, in font units."""
        if self.weight_axis is not None:
            advance = self.hb_font.get_glyph_h_advance
            return array("H", (max(0, advance(glyph)) for glyph in range(self.glyph_count)))
        return tables.parse_advances(self.table("hmtx"), self.table("hhea"), self.glyph_count)

    def advance(self, glyph: int) -> float:
        """Advance width of a glyph."""
        return float(self.advances[glyph] / self.units_per_em)

    def width(self, char: str) -> float:
        """Advance width of a character's glyph."""
        return self.advance(self.glyphs[ord(char)])

    def ink(self, glyph: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of a glyph's ink from its origin; zeros for a blank glyph."""
        extents = self.hb_font.get_glyph_extents(glyph)
        if extents is None:
            return 0.0, 0.0, 0.0, 0.0
        em = self.units_per_em
        left, top = extents.x_bearing / em, extents.y_bearing / em
        return left, top + extents.height / em, left + extents.width / em, top

    def trims(self, char: str) -> tuple[float, float]:
        """Blank that may go at the left and at the right of a full-width mark, together at most ½ em.

        From the face's own `halt` feature, else from its ink: some faces centre ？, so never blindly a half.
        Marks that are not one em wide have none.
        """
        if char not in self._trims:
            self._trims[char] = self._find_trims(char)
        return self._trims[char]

    def _find_trims(self, char: str) -> tuple[float, float]:
        glyph = self.glyphs[ord(char)]
        if not glyph or not self._is_one_em(glyph):
            return 0.0, 0.0
        by_feature = self._trims_by_feature(char) if "GPOS" in self.tags else None
        return by_feature or marks.trims_from_ink(*self.ink(glyph)[::2])

    def _trims_by_feature(self, char: str) -> tuple[float, float] | None:
        buffer = self._buffer(char, "ltr", "Hani")
        hb.shape(self.hb_font, buffer, _ALONE | {"halt": True})
        if len(buffer.glyph_infos) != 1:
            return None
        place = buffer.glyph_positions[0]
        em = self.units_per_em
        whole = 1 - place.x_advance / em
        if whole <= _EM_TOLERANCE:
            return None
        left = -place.x_offset / em
        return left, whole - left

    @functools.cached_property
    def em_middle(self) -> float:
        """Height of the middle of the em box above the baseline; rows are levelled by it.

        A CJK face's typographic ascender and descender (OS/2) say it where they agree with the ink of framed
        hanzi within 0.03 em; where they do not (Fandol, LXGW WenKai: copied from another face) the ink does.
        A face without hanzi is levelled by its digits, whose middle stands 0.038 em below that of a hanzi.
        """
        middles = sorted(
            (bottom + top) / 2
            for glyph in map(self.plain_glyph, _FRAMED)
            if glyph
            for _, bottom, _, top in (self.ink(glyph),)
            if top > bottom
        )
        if not middles:
            _, bottom, _, top = self.ink(self.plain_glyph("0"))
            return (bottom + top) / 2 + 0.038 if top > bottom else 0.38
        half = len(middles) // 2
        by_ink = middles[half] if len(middles) % 2 else (middles[half - 1] + middles[half]) / 2
        said = (self.rights.ascender + self.rights.descender) / 2 / self.units_per_em
        return said if abs(said - by_ink) <= 0.03 else by_ink

    @property
    def em_top(self) -> float:
        """Top of the em box above the baseline."""
        return self.em_middle + 0.5

    @property
    def em_bottom(self) -> float:
        """Bottom of the em box, negative below the baseline."""
        return self.em_middle - 0.5

    # -- vertical lines

    def _find_vertical(self, code: int) -> int:
        glyph = self.glyphs[code]
        if not glyph:
            return 0
        buffer = self._buffer(chr(code), "ttb", "Hani")
        hb.shape(self.hb_font, buffer, _ALONE | {"vert": True})
        return buffer.glyph_infos[0].codepoint if len(buffer.glyph_infos) == 1 else glyph

    def has_vertical_form(self, char: str) -> bool:
        """Has the face another glyph for this character in vertical lines? Without one, brackets must be turned."""
        return self.vertical_glyphs[ord(char)] != self.glyphs[ord(char)]

    def vertical_advance(self, glyph: int) -> float:
        """Advance of a glyph down a vertical line, positive."""
        return float(abs(self.hb_font.get_glyph_v_advance(glyph)) / self.units_per_em)

    def vertical_origin(self, glyph: int) -> tuple[float, float]:
        """Where a vertical line's pen point lies in the glyph's own coordinates: x and y."""
        x, y = self.hb_font.get_glyph_v_origin(glyph)
        return x / self.units_per_em, y / self.units_per_em

    # -- outlines

    @functools.cached_property
    def is_identity_cff(self) -> bool:
        """Is glyph n of this CFF face CID n? Then a subset keeps its codes by keeping its charset."""
        if "CFF " not in self.tags:
            return False
        if self.is_trusted:
            return True
        with self.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            head = tables.face_offsets(data[: 12 + 4 * tables.MAX_FACES])
            if self.index >= len(head):
                return False
            directory = tables.read_directory(lambda start, length: data[start : start + length], head[self.index])
            start, length = directory["CFF "]
            return tables.cff_is_identity(memoryview(data[start : start + length]), self.glyph_count)


@functools.lru_cache(maxsize=64)
def open_face(path: Path, index: int = 0, lang: str = "zh-Hans", weight: int | None = None) -> Face:
    """A face of a font file, opened once for each language; its outlines stay on disk until they are used.

    `weight` picks an instance of a variable face. Raises FontError when the file is no font or has no such face.
    """
    return Face(path, index, lang, weight)
