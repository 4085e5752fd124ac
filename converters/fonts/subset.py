"""Subsets of faces by HarfBuzz: font programs for the PDF and web fonts for the EPUB."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import uharfbuzz as hb

from converters.cache import current
from converters.errors import FontError
from converters.records import dataclass

from . import prepared
from .face import Face

# What a PDF never reads: layout, names, character maps; text is kept by ToUnicode and codes are glyph ids.
_NOT_IN_PDF = (
    "BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "STAT", "VORG",
    "cmap", "gasp", "kern", "meta", "name", "vhea", "vmtx",
)  # fmt: skip
_WEB_FEATURES = ("ccmp", "halt", "kern", "locl", "mark", "mkmk", "vert", "vrt2")
_FLAGS = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE


@dataclass(frozen=True, slots=True)
class FontProgram:
    """A subset ready to stand in a PDF.

    `data` is a bare CFF table when `is_cff` (FontFile3, CIDFontType0C), else a TrueType file (FontFile2).
    Text codes are the face's own glyph ids. `new_ids` maps them to glyph ids of `data` for the CIDToGIDMap
    of a TrueType program; it is empty for CFF, whose CIDs (or, without a charset of CIDs, glyphs) are the codes.
    """

    data: bytes
    is_cff: bool
    new_ids: dict[int, int]


def subset(face: Face, glyph_ids: Iterable[int]) -> bytes:
    """An OpenType font with these glyphs and .notdef, whose CIDs or glyph ids are the face's own.

    For the PDF, without layout tables and names; a variable face is pinned to its instance. The same glyphs
    give the same bytes. Raises FontError when the face forbids embedding or HarfBuzz cannot subset it.
    """
    result, _ = _execute(face, glyph_ids, retain=not face.is_identity_cff)
    return bytes(result.blob.data)


def font_program(face: Face, glyph_ids: Iterable[int]) -> FontProgram:
    """The subset as a PDF font program; TrueType is renumbered, which `new_ids` undoes."""
    retain = face.is_cff and not face.is_identity_cff
    result, mapping = _execute(face, glyph_ids, retain=retain)
    if face.is_cff:
        return FontProgram(bytes(result.reference_table("CFF ").data), True, {})
    return FontProgram(bytes(result.blob.data), False, mapping)


def renumbered_program(face: Face, glyph_ids: Iterable[int]) -> FontProgram:
    """The subset with its glyphs numbered afresh, CFF or TrueType: `new_ids` maps the face's glyph ids to them.

    For a writer that gives the glyphs CIDs of its own. Raises FontError as `subset` does.
    """
    glyphs = sorted(glyph_ids)
    return _kept("program", face, repr(glyphs), lambda: _renumbered(face, glyphs))


def _renumbered(face: Face, glyph_ids: Iterable[int]) -> FontProgram:
    result, mapping = _execute(face, glyph_ids, retain=False)
    if face.is_cff:
        return FontProgram(bytes(result.reference_table("CFF ").data), True, mapping)
    return FontProgram(bytes(result.blob.data), False, mapping)


def web_font(face: Face, text: str) -> bytes:
    """A small font file with a character map for these characters, for an EPUB: TTF or OTF as the face is.

    Keeps names and the vertical and regional forms of the text's characters. Raises FontError as `subset` does.
    """
    characters = "".join(sorted(set(text)))
    return _kept("web", face, characters, lambda: FontProgram(_web_font(face, characters), face.is_cff, {})).data


def _web_font(face: Face, text: str) -> bytes:
    _require_rights(face)
    wanted = hb.SubsetInput()
    codes = {ord(char) for char in text if face.glyphs[ord(char)]}
    wanted.unicode_set.update(codes)
    wanted.glyph_set.update({face.glyphs[code] for code in codes})
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(web_features())
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    wanted.name_lang_id_set.update({0x0409, 0x0804})
    if face.is_variable:
        _pin(face, wanted)
    return bytes(_subset(face, prepared.source_of_text(face, codes), wanted)[0].blob.data)


def web_features() -> list[int]:
    """The layout features that web fonts keep, as HarfBuzz' numbers."""
    return list(map(_tag, _WEB_FEATURES))


def _kept(kind: str, face: Face, wanted: str, make: Callable[[], FontProgram]) -> FontProgram:
    """A subset from the cache of the build, where it has one."""
    cache = current()
    if cache is None:
        return make()
    from .kept_subsets import recall

    def parts() -> tuple[bytes, bool, dict[int, int]]:
        program = make()
        return program.data, program.is_cff, program.new_ids

    return FontProgram(*recall(cache, (kind, face, wanted), parts))


def _execute(face: Face, glyph_ids: Iterable[int], *, retain: bool) -> tuple[hb.Face, dict[int, int]]:
    _require_rights(face)
    wanted = hb.SubsetInput()
    glyphs = {0, *glyph_ids}
    wanted.glyph_set.update(glyphs)
    wanted.layout_feature_tag_set.clear()
    wanted.drop_table_tag_set.update(map(_tag, _NOT_IN_PDF))
    wanted.flags = _FLAGS
    if retain:
        # CIDs that do not follow the glyph ids are renumbered, so that code = CID = the face's glyph id.
        wanted.flags |= hb.SubsetFlags.RETAIN_GIDS
        if face.is_cff:
            wanted.flags |= hb.SubsetFlags.CFF_IDENTITY_CHARSET
    if face.is_variable:
        _pin(face, wanted)
    if "CFF2" in face.tags:
        wanted.flags |= hb.SubsetFlags.DOWNGRADE_CFF2
    return _subset(face, prepared.source_of_glyphs(face, glyphs), wanted)


def _subset(face: Face, source: hb.Face, wanted: hb.SubsetInput) -> tuple[hb.Face, dict[int, int]]:
    try:
        plan = hb.SubsetPlan(source, wanted)
        mapping: dict[int, int] = dict(plan.old_to_new_glyph_mapping.items())
        return plan.execute(), mapping
    except (RuntimeError, MemoryError) as error:
        raise FontError(
            "{face} cannot be subset", face=face.family, where=str(face.path), hint="choose another face for its role"
        ) from error


def _pin(face: Face, wanted: hb.SubsetInput) -> None:
    wanted.pin_all_axes_to_default(face.hb_face)
    if face.weight_axis is not None:
        wanted.pin_axis_location(face.hb_face, "wght", face.weight_axis)


def _require_rights(face: Face) -> None:
    if not face.may_embed:
        raise FontError(
            "{face} may not be embedded (fsType {rights})",
            face=face.family, rights=face.fs_type, where=str(face.path), hint="choose another face for its role",
        )  # fmt: skip


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii").ljust(4), "big")
