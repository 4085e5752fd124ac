"""Unicode's bidirectional algorithm (UAX #9). Capitals stand for Hebrew letters, as in the standard's own examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.typeset.bidi import MIRRORED, base_level, levels, runs_leftwards, visual_order

_HEBREW = {chr(65 + number): chr(0x5D0 + number) for number in range(26)}
_LATIN = {right: left for left, right in _HEBREW.items()}
LRE, RLE, PDF, LRI, RLI, FSI, PDI = "\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
RLM, LRM, RLO = "\u200f\u200e\u202e"
EXPLICIT = LRE + RLE + PDF + LRI + RLI + FSI + PDI + RLM + LRM + RLO


def shown(text: str, base: int = 0) -> str:
    """How a line is drawn, brackets turned round, explicit characters left out."""
    logical = "".join(_HEBREW.get(sign, sign) for sign in text)
    depths = levels(logical, base)
    drawn = "".join(
        MIRRORED.get(logical[place], logical[place]) if depths[place] % 2 else logical[place]
        for place in visual_order(depths)
    )
    return "".join(_LATIN.get(sign, sign) for sign in drawn if sign not in EXPLICIT)


@pytest.mark.parametrize(
    ("text", "base", "drawn"),
    [
        ("car means CAR.", 0, "car means RAC."),
        ("car MEANS CAR.", 1, ".RAC SNAEM car"),
        ("DID YOU SAY 'he said \u202acar MEANS CAR\u202c'?", 1, "?'he said car RAC SNAEM' YAS UOY DID"),
        ("中文（ABC）中文", 0, "中文（CBA）中文"),
        ("中文（ABC DEF）和GHI，中文", 0, "中文（FED CBA）和IHG，中文"),
        ("说：ABC DEF 2023，好", 0, "说：2023 FED CBA，好"),
        ("ABC (DEF) 12%, GHI", 1, "IHG ,12% (FED) CBA"),
        ("ABC 1-2 GHI", 1, "IHG 1-2 CBA"),
        ("a(B)c", 0, "a(B)c"),
        ("A(b)C", 1, "C(b)A"),
        ("A [x] B", 0, "A [x] B"),
        ("A, b, C", 0, "A, b, C"),
        ("A, B, c", 0, "B ,A, c"),
        (f"a {RLI}B c D{PDI} e", 0, "a D c B e"),
        (f"A {LRI}b C d{PDI} E", 1, "E b C d A"),
        (f"a {FSI}B c{PDI} d {FSI}c B{PDI}", 0, "a c B d c B"),
        (f"A!{RLM} b", 0, "!A b"),
        ("A! b", 0, "A! b"),
    ],
)  # fmt: skip
def test_lines_are_drawn_as_the_standard_has_them(text: str, base: int, drawn: str) -> None:
    assert shown(text, base) == drawn


def test_arabic_makes_figures_after_it_arabic_ones() -> None:
    # W2: figures after Arabic letters take no percent sign along, after Hebrew ones they do.
    assert levels("ش 12%", 1)[-1] == 1
    assert levels("א 12%", 1)[-1] == 2


def test_an_override_turns_no_letters_round() -> None:
    assert shown(f"ab{RLO}cd{PDF}ef") == "abcdef"


def test_the_first_letter_says_where_a_paragraph_runs() -> None:
    assert base_level("«12» אבג abc") == 1
    assert base_level("“abc” אבג") == 0
    assert base_level("12, 13。") == 0


def test_a_text_of_hanzi_runs_nowhere_else() -> None:
    assert not runs_leftwards("民政部办公厅 2023年 ABC")
    assert runs_leftwards("民政 עברית")
    assert levels("民政部（办公厅）2023年 A", 0) == [0] * 15


def test_deep_and_broken_embeddings_come_to_an_end() -> None:
    for sign in (RLE, RLI, LRE, FSI, PDI, PDF):
        assert len(levels(sign * 400 + "אb", 0)) == 402


_SIGNS = st.sampled_from(list("abc12,.-+%$()[]（）《》中文 ") + list("אבגשسي٣") + [RLE, PDF, RLI, LRI, FSI, PDI, RLM])


@given(st.lists(_SIGNS, max_size=24).map("".join), st.sampled_from([0, 1]))
def test_every_character_is_drawn_once_and_letters_keep_their_own_direction(text: str, base: int) -> None:
    found = levels(text, base)
    assert sorted(visual_order(found)) == list(range(len(text)))
    for sign, level in zip(text, found, strict=True):
        assert level >= base
        if sign in "abc中文":
            assert level % 2 == 0
        elif sign in "אבגשسي":
            assert level % 2 == 1
