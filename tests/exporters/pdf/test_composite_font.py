"""One composite font a face: codes, shared glyphs, ToUnicode, widths (ISO 32000-1, 9.7 and 9.10)."""

from __future__ import annotations

import io

import pytest
from fontTools.cffLib import CFFFontSet
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.exporters.pdf import cff
from converters.exporters.pdf.composite import CompositeFont, to_unicode
from converters.exporters.pdf.file import PrintFile
from converters.fonts.face import Face
from converters.fonts.roles import resolve
from converters.theme.load import load
from converters.theme.schema import Role
from printed import document, paragraph, printed

SHARED = "一⼀·・•-\u2011 \u3000\u2003人⼈"


@pytest.fixture(scope="module")
def face() -> Face:
    return resolve(load("jianbao"), "zh-Hans", system=False).value.face(Role.HEITI)


def test_a_character_is_coded_as_itself(face: Face) -> None:
    font = CompositeFont(face, set("民政工作"), {}, "F1")
    assert font.encode("民政") == "民政".encode("utf-16-be")


def test_a_character_beyond_the_bmp_takes_a_code_of_two_bytes(face: Face) -> None:
    font = CompositeFont(face, set("𠮷民"), {}, "F1")
    assert len(font.encode("𠮷民")) == 4
    assert font.encode("𠮷民")[2:] == "民".encode("utf-16-be")


def test_characters_that_share_a_glyph_are_drawn_by_twins(face: Face) -> None:
    font = CompositeFont(face, set("一⼀民"), {}, "F1")
    assert font.level == {"⼀": 1}, "the common character keeps the font itself"
    assert font.encode("⼀") == font.encode("一")


def test_the_charset_names_each_glyph_by_its_code(face: Face) -> None:
    font = CompositeFont(face, set("民政ABC，"), {}, "F1")
    program = cff.with_charset(font._program.data, font._charset())
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program), None)
    names = fonts[0].charset
    assert {f"cid{ord(character):05d}" for character in "民政ABC，"} <= set(names)
    assert names[0] == ".notdef"


def test_a_charset_that_is_not_replaced_names_other_glyphs(face: Face) -> None:
    font = CompositeFont(face, set("民政"), {}, "F1")
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(font._program.data), None)
    assert f"cid{ord('民'):05d}" not in fonts[0].charset


def test_to_unicode_joins_neighbours_and_spells_out_clusters() -> None:
    table = to_unicode({0x4E00: "一", 0x4E01: "丁", 0xE000: "葛\U000e0100", 0xE001: "𠮷"}).decode()
    assert "<4E00> <4E01> <4E00>" in table
    assert "<E000> <845BDB40DD00>" in table
    assert "<E001> <D842DFB7>" in table


def test_to_unicode_never_joins_codes_across_a_high_byte() -> None:
    table = to_unicode({code: chr(code) for code in range(0x4EFE, 0x4F02)}).decode()
    assert "<4EFE> <4EFF> <4EFE>" in table and "<4F00> <4F01> <4F00>" in table


def test_the_same_characters_give_the_same_objects(face: Face) -> None:
    def made(order: str) -> bytes:
        file = PrintFile()
        CompositeFont(face, set(order), {}, "F1").write(file)
        return file._buffer.getvalue()

    assert made("民政工作ABC") == made("CBA作工政民")


@settings(max_examples=25, deadline=None)
@given(
    st.text(st.sampled_from("民政工作，。“”（）ABCxyz0189 葛𠮷—…" + SHARED.replace(" ", "")), min_size=1, max_size=40)
)
def test_text_comes_out_as_it_went_in(words: str) -> None:
    made = printed(document(paragraph(words)))
    whole = made.words(1).removesuffix("—1—")
    assert whole == "".join(character for character in words if not character.isspace())


def test_a_variation_selector_comes_out_with_its_base() -> None:
    made = printed(document(paragraph("葛\U000e0100城市")))
    assert "葛\U000e0100城市" in made.words(1)


def test_values_that_the_standards_forbid_are_said_otherwise() -> None:
    table = to_unicode({0xFEFF: "\ufeff", 0x0000: "\x00", 0x7532: "甲"}).decode()
    assert "<FEFF> <2060>" in table and "<0000> <0020>" in table and "<7532> <7532> <7532>" in table
    assert "\ufeff" not in printed(document(paragraph("甲\ufeff乙"))).words(1)
