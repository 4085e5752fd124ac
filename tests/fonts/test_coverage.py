from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.diagnostics import Severity, Source
from converters.fonts.coverage import (
    check_source_coverage,
    drawn_by,
    is_invisible,
    missing_characters,
    missing_finding,
    split,
)
from converters.fonts.face import Face, open_face
from converters.fonts.roles import FontSet, resolve
from converters.theme.schema import Role, Theme
from making_fonts import FontMaker


def pieces(text: str, chain: tuple[Face, ...]) -> list[tuple[str, str]]:
    return [(text[run.start : run.end], run.face.path.stem) for run in split(text, chain)[0]]


@pytest.fixture
def chain(maker: FontMaker) -> tuple[Face, ...]:
    kai = maker.make("kai.ttf", "Kai", chars="一国家“”e\u0301", advance={"“": 350, "”": 350})
    song = maker.make("song.ttf", "Song", chars="一国家镕“”é")
    return open_face(kai), open_face(song)


def test_a_text_that_one_face_draws_is_one_run(chain: tuple[Face, ...]) -> None:
    assert pieces("国家一", chain) == [("国家一", "kai")]


def test_what_the_first_face_lacks_comes_from_the_next(chain: tuple[Face, ...]) -> None:
    assert pieces("国镕家", chain) == [("国", "kai"), ("镕", "song"), ("家", "kai")]


def test_western_quotation_marks_of_the_first_face_are_drawn_by_the_next(chain: tuple[Face, ...]) -> None:
    assert pieces("“国家”", chain) == [("“", "song"), ("国家", "kai"), ("”", "song")]


def test_a_combining_mark_stays_with_its_base(chain: tuple[Face, ...]) -> None:
    assert pieces("国e\u0301家", chain) == [("国e\u0301家", "kai")]
    assert pieces("镕\u0301", chain) == [("镕\u0301", "song")], "the base's face, as the mark is in another"


def test_a_variation_selector_stays_with_its_base_and_is_never_missing(chain: tuple[Face, ...]) -> None:
    assert split("国\U000e0100镕\ufe00", chain)[1] == ()
    assert pieces("国\U000e0100镕\ufe00", chain) == [("国\U000e0100", "kai"), ("镕\ufe00", "song")]


def test_the_default_draws_a_variation_sequence_that_it_knows(fonts: FontSet) -> None:
    chain = fonts.chain(Role.SONGTI)
    assert split("葛\U000e0101", chain) == ([type(split("国", chain)[0][0])(0, 2, chain[0])], ())


@pytest.mark.parametrize("char", ["\u200b", "\u200d", "\ufeff", "\u00ad", "\n", "\t", "\ufe0f", "\u2028", "\u2060"])
def test_controls_and_ignorable_characters_are_not_missing(chain: tuple[Face, ...], char: str) -> None:
    assert is_invisible(char)
    assert split(f"{char}国{char}镕{char}", chain)[1] == ()
    assert missing_characters(char, chain) == ()


def test_a_character_that_no_face_draws_is_named_with_its_place(chain: tuple[Face, ...]) -> None:
    runs, missing = split("国𪚥家", chain)
    assert missing == (1,)
    assert (runs[0].start, runs[-1].end) == (0, 3)


def test_a_missing_character_is_an_error_with_code_point_and_place(fonts: FontSet) -> None:
    source = Source("a.md", "第一行\n姓名：\U0010ffff与𪚥，\U0010ffff")
    findings = check_source_coverage(source, fonts)
    assert [(finding.rule, finding.severity) for finding in findings] == [("F-GLYPH", Severity.ERROR)] * 2
    assert findings[0].span is not None
    assert source.locate(findings[0].span.start) == (2, 4)
    assert "U+10FFFF" in findings[0].text()
    assert "2 times" in findings[0].text()
    assert "U+2A6A5" in findings[1].text()


def test_the_embedded_default_draws_every_character_of_gb2312(fonts: FontSet) -> None:
    rows = [bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF)]
    text = "".join(raw.decode("gb2312", "ignore") for raw in rows)
    assert len(text) > 7000
    assert missing_characters(text, fonts.chain(Role.FANGSONG)) == ()


def test_which_face_draws_what_is_told_in_the_order_of_the_chain(chain: tuple[Face, ...]) -> None:
    assert [(face.path.stem, chars) for face, chars in drawn_by("镕国 家国\n", chain)] == [
        ("kai", "国家"),
        ("song", "镕"),
    ]


_CHAINS = resolve(Theme(), system=False).value


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_runs_cover_the_text_without_gap_or_overlap(text: str) -> None:
    runs, missing = split(text, _CHAINS.chain(Role.FANGSONG))
    assert "".join(text[run.start : run.end] for run in runs) == text
    assert all(run.start < run.end for run in runs)
    assert not any(is_invisible(text[place]) for place in missing)


@pytest.mark.parametrize(
    ("char", "message", "advice"),
    [
        ("\U00030000", "no face here draws", "fonts install --rare"),
        ("\u0378", "U+0378 is no character of Unicode", "write the character that is meant"),
        ("\ufffe", "U+FFFE is no character of Unicode", "write the character that is meant"),
        ("\ue123", "U+E123 is a private code", "write the character that it stands for"),
        ("\ufffd", "REPLACEMENT CHARACTER", "take this place from the original file"),
        ("\x01", "U+0001, which is a control character", "remove it"),
        ("\u0e01", "THAI CHARACTER KO KAI", "run `jianbao fonts install`, put"),
    ],
)
def test_the_advice_fits_the_character(char: str, message: str, advice: str) -> None:
    for count in (1, 3):
        finding = missing_finding(char, count=count)
        assert message in finding.text()
        assert advice in finding.hint_text()
        assert ("3 times" in finding.text()) is (count == 3)
    assert ("--rare" in missing_finding(char).hint) is (char == "\U00030000")
