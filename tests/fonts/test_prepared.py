"""A face that was made ready gives the same bytes as the whole one, only sooner."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from converters.fonts import prepared
from converters.fonts.face import Face, open_face
from converters.fonts.places import embedded_default
from converters.fonts.subset import font_program, renumbered_program, subset, web_features, web_font

_SIMPLIFIED = 2


@pytest.fixture(scope="module")
def face() -> Iterator[Face]:
    face = open_face(embedded_default(), _SIMPLIFIED, "zh-Hans")
    prepared.prepare(face, web_features())
    yield face
    prepared.forget()


def _cut(face: Face, glyphs: list[int], text: str) -> tuple[object, ...]:
    return renumbered_program(face, glyphs), font_program(face, glyphs), subset(face, glyphs), web_font(face, text)


def test_random_texts_are_cut_from_a_prepared_face_to_the_same_bytes(
    face: Face, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(7)
    common = sorted(prepared.common(face.lang))
    cases = []
    for count in (1, 7, 60, 300):
        text = "".join(map(chr, chance.sample(common, count))) + "“……”——"
        glyphs = [face.glyphs[ord(char)] for char in text] + [face.vertical_glyphs[ord(char)] for char in text]
        assert prepared.source_of_text(face, [ord(char) for char in text if face.glyphs[ord(char)]]) is not face.hb_face
        assert prepared.source_of_glyphs(face, glyphs) is not face.hb_face
        cases.append((glyphs, text, _cut(face, glyphs, text)))
    monkeypatch.setattr(prepared, "_prepared", {})
    for glyphs, text, ready in cases:
        assert _cut(face, glyphs, text) == ready


def test_what_is_not_common_is_cut_from_the_whole_face(face: Face) -> None:
    rare = ord("龘")
    assert face.glyphs[rare]
    assert prepared.source_of_glyphs(face, [face.glyphs[rare]]) is face.hb_face
    assert prepared.source_of_text(face, [rare]) is face.hb_face
    assert web_font(face, "龘") == web_font(face, "龘龘")


_LANGUAGES = {
    "zh-Hans": ("简报“", "簡"), "zh-Hant": ("簡報", "简"), "zh-HK": ("簡報", "简"), "ja": ("だよ通信", "简"),
    "ko": ("소식", "简"),
}  # fmt: skip


@pytest.mark.parametrize("lang", _LANGUAGES)
def test_the_common_characters_are_those_of_the_languages_own_standard(lang: str) -> None:
    has, lacks = _LANGUAGES[lang]
    common = prepared.common(lang)
    assert common.issuperset(map(ord, has + "abc 012"))
    assert ord(lacks) not in common
