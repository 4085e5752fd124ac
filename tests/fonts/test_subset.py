from __future__ import annotations

import io

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from converters.errors import FontError
from converters.fonts.face import Face, open_face
from converters.fonts.subset import font_program, subset, web_font
from making_fonts import FontMaker, system_face


def outline(font: TTFont, name: str) -> list[object]:
    pen = RecordingPen()
    font.getGlyphSet()[name].draw(pen)
    return pen.value


def test_a_cid_keyed_subset_keeps_its_codes_and_outlines(default: Face) -> None:
    glyphs = [default.glyph_id(char) for char in "民政工作简报"]
    font = TTFont(io.BytesIO(subset(default, glyphs)))
    assert set(font["CFF "].cff.topDictIndex[0].charset) == {".notdef", *(f"cid{glyph:05d}" for glyph in glyphs)}
    whole = TTFont(default.path, fontNumber=default.index)
    assert outline(font, f"cid{glyphs[0]:05d}") == outline(whole, whole.getGlyphName(glyphs[0]))


def test_a_cff_face_whose_cids_have_gaps_is_renumbered_to_its_glyph_ids() -> None:
    face = system_face("FandolFang-Regular.otf")
    glyph = face.glyph_id("仿")
    assert not face.is_identity_cff
    font = TTFont(io.BytesIO(subset(face, [glyph])))
    assert f"cid{glyph:05d}" in font["CFF "].cff.topDictIndex[0].charset
    whole = TTFont(face.path)
    assert outline(font, f"cid{glyph:05d}") == outline(whole, whole.getGlyphName(glyph))


def test_a_pdf_program_of_a_cff_face_is_the_bare_table(default: Face) -> None:
    program = font_program(default, [default.glyph_id("国")])
    assert program.is_cff
    assert program.data[:1] == b"\x01"
    assert program.new_ids == {}


def test_a_pdf_program_of_a_truetype_face_says_how_it_was_renumbered(maker: FontMaker) -> None:
    face = open_face(maker.make("a.ttf", chars="一国家A"), 0, "zh-Hans")
    glyphs = [face.glyph_id(char) for char in "家A"]
    program = font_program(face, glyphs)
    font = TTFont(io.BytesIO(program.data))
    assert set(program.new_ids) == {0, *glyphs}
    assert font["maxp"].numGlyphs == 3
    assert sorted(program.new_ids.values()) == [0, 1, 2]
    assert "cmap" not in font


def test_the_same_glyphs_in_any_order_give_the_same_bytes(default: Face) -> None:
    glyphs = [default.glyph_id(char) for char in "同样的字给同样的字节"]
    assert subset(default, glyphs) == subset(default, reversed(glyphs))
    assert web_font(default, "甲乙丙") == web_font(default, "丙乙甲甲")


def test_a_web_font_maps_just_the_characters_of_the_text(default: Face) -> None:
    font = TTFont(io.BytesIO(web_font(default, "简报，“第12期”\n\U0010ffff")))
    assert set(map(chr, font.getBestCmap())) == set("简报，“第12期”")
    assert font["name"].getDebugName(1) == "Noto Sans CJK SC"


def test_a_web_font_of_a_truetype_face_stays_truetype(maker: FontMaker) -> None:
    face = open_face(maker.make("a.ttf", chars="一国家A"), 0, "zh-Hans")
    assert "glyf" in TTFont(io.BytesIO(web_font(face, "国")))


@pytest.mark.parametrize("rights", [2, 0x100, 0x200])
def test_a_face_that_forbids_it_is_never_embedded(maker: FontMaker, rights: int) -> None:
    face = open_face(maker.make("locked.ttf", fs_type=rights), 0, "zh-Hans")
    for write in (lambda: subset(face, [1]), lambda: font_program(face, [1]), lambda: web_font(face, "一")):
        with pytest.raises(FontError, match="may not be embedded"):
            write()


def test_a_preview_and_print_face_may_be_read_and_printed_but_not_edited(maker: FontMaker) -> None:
    face = open_face(maker.make("preview.ttf", fs_type=4), 0, "zh-Hans")
    assert (face.may_embed, face.may_embed_editable) == (True, False)


def test_a_subset_of_nothing_is_a_font_with_notdef_alone(default: Face) -> None:
    assert TTFont(io.BytesIO(subset(default, [])))["maxp"].numGlyphs == 1
