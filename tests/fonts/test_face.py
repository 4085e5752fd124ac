from __future__ import annotations

from pathlib import Path

import pytest

from converters.errors import FontError
from converters.fonts import marks
from converters.fonts.face import Face, open_face
from converters.fonts.roles import embedded_choice
from converters.theme.schema import Role
from making_fonts import FontMaker, system_face


def face_in(lang: str) -> Face:
    choice = embedded_choice(Role.HEITI, lang)
    return open_face(choice.path, choice.index, lang)


def test_names_rights_and_outline_kind_are_read_without_a_font_library(default: Face) -> None:
    assert default.family == "Noto Sans CJK SC"
    assert default.postscript_name == "NotoSansCJKsc-Regular"
    assert (default.units_per_em, default.fs_type, default.may_embed, default.is_cff) == (1000, 0, True, True)
    assert default.bounding_box == (-1002, -1048, 2928, 1808)
    assert default.cap_height_units == 733


def test_a_hanzi_is_one_em_and_a_missing_character_is_glyph_nought(default: Face) -> None:
    assert default.width("国") == 1.0
    assert default.glyph_id("\U0010ffff") == 0


def test_the_glyph_map_serves_translate_and_remembers_what_was_asked(default: Face) -> None:
    coded = "国家A".translate(default.glyphs)
    assert [ord(char) for char in coded] == [default.glyph_id(char) for char in "国家A"]
    assert {ord(char) for char in "国家A"} <= set(default.glyphs)


def test_preparing_many_characters_gives_what_asking_for_each_gives() -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E80))) + "—…“”，。、骨直门海\u3000\u200b\u0301ABC123가"
    choice = embedded_choice(Role.HEITI, "zh-Hans")
    prepared, single = Face(choice.path, choice.index, "zh-Hans"), Face(choice.path, choice.index, "zh-Hans")
    prepared.prepare(text)
    assert text.translate(prepared.glyphs) == text.translate(single.glyphs)


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "zh-HK", "ja", "ko"])
def test_the_language_picks_the_face_of_the_collection(lang: str) -> None:
    assert face_in(lang).family.endswith(marks.region(lang))


def test_each_region_draws_bone_and_straight_in_its_own_way() -> None:
    assert len({face_in(lang).glyph_id("骨") for lang in ("zh-Hans", "zh-Hant", "ja")}) == 3
    assert face_in("zh-Hans").glyph_id("直") != face_in("ja").glyph_id("直")


def test_a_face_of_another_region_draws_the_forms_of_the_document_by_its_locl_feature() -> None:
    japanese = embedded_choice(Role.HEITI, "ja")
    chinese_forms = open_face(japanese.path, japanese.index, "zh-Hans")
    assert chinese_forms.glyph_id("骨") == face_in("zh-Hans").glyph_id("骨")
    assert chinese_forms.glyph_id("骨") != face_in("ja").glyph_id("骨")


@pytest.mark.parametrize("char", "—…“”‘’")
def test_dashes_and_quotation_marks_are_one_em_in_chinese(default: Face, char: str) -> None:
    assert default.width(char) == 1.0


def test_the_plain_em_dash_of_the_default_is_shorter_than_an_em(default: Face) -> None:
    assert default.advance(default.plain_glyph("—")) == pytest.approx(0.894)


def test_a_western_quotation_mark_is_left_to_the_next_face(maker: FontMaker) -> None:
    path = maker.make("kai.ttf", chars="一国“”—―", advance={"“": 350, "”": 350, "—": 890})
    face = open_face(path, 0, "zh-Hans")
    assert face.glyph_id("“") == 0
    assert face.plain_glyph("“") != 0
    assert face.glyph_id("—") == face.plain_glyph("―"), "the one-em bar draws the dash"
    assert open_face(path, 0, "en").glyph_id("“") == face.plain_glyph("“"), "in English it is right"


def test_a_blank_hanzi_counts_as_missing_and_a_blank_space_does_not(maker: FontMaker) -> None:
    face = open_face(maker.make("blank.ttf", chars="一国䶮\u3000 ", blank="䶮\u3000 "), 0, "zh-Hans")
    assert face.glyph_id("䶮") == 0
    assert face.plain_glyph("䶮") != 0
    assert face.glyph_id("\u3000") != 0


def test_a_no_break_hyphen_is_drawn_with_the_hyphen(maker: FontMaker) -> None:
    face = open_face(maker.make("hyphen.ttf", chars="一-"), 0, "zh-Hans")
    assert face.glyph_id("\u2011") == face.glyph_id("-") != 0


@pytest.mark.parametrize(
    ("char", "trims"),
    [("（", (0.5, 0)), ("《", (0.5, 0)), ("“", (0.5, 0)), ("）", (0, 0.5)), ("，", (0, 0.5)), ("。", (0, 0.5)),
     ("：", (0, 0.5)), ("？", (0, 0.5)), ("·", (0.25, 0.25)), ("—", (0, 0)), ("国", (0, 0)), ("A", (0, 0))],
)  # fmt: skip
def test_marks_give_the_blank_that_the_face_says(default: Face, char: str, trims: tuple[float, float]) -> None:
    assert default.trims(char) == pytest.approx(trims)


def test_centred_marks_of_traditional_chinese_give_a_quarter_at_each_side() -> None:
    assert face_in("zh-Hant").trims("，") == pytest.approx((0.25, 0.25))


@pytest.mark.parametrize(
    ("ink", "trims"),
    [((0.1, 0.3), (0, 0.5)), ((0.7, 0.9), (0.5, 0)), ((0.3, 0.7), (0.25, 0.25)), ((0.4, 0.7), (0.3, 0.2)),
     ((0.2, 0.75), (0.2, 0.25)), ((0.1, 0.9), (0, 0)), ((0.0, 1.0), (0, 0)), ((0, 0), (0, 0))],
)  # fmt: skip
def test_without_halt_the_ink_says_what_a_mark_can_give(ink: tuple[float, float], trims: tuple[float, float]) -> None:
    assert marks.trims_from_ink(*ink) == pytest.approx(trims)


def test_rows_are_levelled_by_the_metrics_where_they_agree_with_the_ink(default: Face) -> None:
    assert (default.em_top, default.em_bottom) == pytest.approx((0.88, -0.12))


def test_rows_are_levelled_by_the_ink_where_the_metrics_were_copied(maker: FontMaker) -> None:
    copied = open_face(maker.make("low.ttf", chars="国口回田固一", box=(-144, 736)), 0, "zh-Hans")
    assert copied.em_middle == pytest.approx(0.296), "the middle of its framed hanzi, not 0.38"


def test_fandolfang_and_lxgw_stand_lower_than_noto() -> None:
    assert system_face("FandolFang-Regular.otf").em_middle == pytest.approx(0.296, abs=0.003)
    assert system_face("LXGWWenKai-Regular.ttf").em_middle == pytest.approx(0.335, abs=0.003)


def test_lxgw_leaves_chinese_quotation_marks_to_another_face() -> None:
    assert [system_face("LXGWWenKai-Regular.ttf").glyph_id(char) for char in "“”"] == [0, 0]


def test_ink_of_a_full_stop_lies_in_the_left_half(default: Face) -> None:
    left, bottom, right, top = default.ink(default.glyph_id("。"))
    assert 0 < left < right < 0.5
    assert bottom < top < 0.4


def test_vertical_lines_have_their_own_brackets(default: Face) -> None:
    assert default.has_vertical_form("（")
    assert not default.has_vertical_form("国")
    assert default.vertical_advance(default.glyph_id("国")) == 1.0


def test_latin_is_kerned_and_marks_are_placed_by_shaping(default: Face) -> None:
    shaped = default.shape("AVA")
    assert [glyph.cluster for glyph in shaped] == [0, 1, 2]
    assert shaped[0].advance < default.width("A")


@pytest.mark.parametrize("data", [b"", b"not a font", b"ttcf\0\1\0\0\xff\xff\xff\xff", b"\0\1\0\0\xff\xff"])
def test_a_file_that_is_no_font_is_one_clear_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken.ttf"
    path.write_bytes(data)
    with pytest.raises(FontError, match="broken"):
        open_face(path, 0, "zh-Hans")


def test_a_missing_file_and_a_missing_face_are_clear_errors(tmp_path: Path, default: Face) -> None:
    with pytest.raises(FontError):
        open_face(tmp_path / "none.ttf", 0, "zh-Hans")
    with pytest.raises(FontError, match="no such face"):
        open_face(default.path, 99, "zh-Hans")
