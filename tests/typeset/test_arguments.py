"""What compose says to arguments that are none, and what it makes of odd texts."""

from __future__ import annotations

import math
import random

import pytest

from converters.typeset import compose
from converters.typeset.characters import nominal_width


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"measure": math.nan}, "measure is not a number"),
        ({"measure": 0}, "measure is 0 em; it must be above 0"),
        ({"measure": -2}, "measure is -2 em"),
        ({"indent": math.nan}, "indent is not a number"),
        ({"gap": -1}, "gap is -1 em; it must be at least 0"),
        ({"gap": math.nan}, "gap is not a number"),
        ({"widths": [1, 1]}, "there are 2 widths for 4 characters"),
        ({"widths": [1, 1, -1, 1]}, "the width of '玄' is -1 em"),
        ({"widths": {"地": math.nan}}, "the width of '地' is not a number"),
        ({"level": "hard"}, "'hard' is not a level"),
    ],
)
def test_what_is_no_length_is_refused_in_words(keys: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        compose(**{"text": "天地玄黄", "measure": 3, **keys})


@pytest.mark.parametrize("feed", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x85"])
def test_every_line_feed_ends_a_line_and_is_no_part_of_it(feed: str) -> None:
    assert [line.text for line in compose(f"天地{feed}{feed}玄黄{feed}", 5)] == ["天地", "", "玄黄"]
    widths = [1.0] * len(f"天地{feed}玄黄")
    widths[-2] = 2.0
    assert [line.text for line in compose(f"天地{feed}玄黄", 2, widths=widths)] == ["天地", "玄", "黄"]


def test_a_mapping_widens_hanzi_too() -> None:
    assert [line.text for line in compose("天地玄黄", 3, widths={"天": 2})] == ["天地", "玄黄"]


def test_widths_that_say_the_nominal_change_nothing() -> None:
    chance = random.Random(3)
    for _ in range(200):
        words = "".join(chance.choices("全省各级，。“”（）《》—…GDP12 35.6%·/～！？", k=chance.randint(1, 40)))
        measure = chance.randint(3, 18)
        plain = compose(words, measure)
        assert compose(words, measure, widths=[nominal_width(sign) for sign in words]) == plain
        assert compose(words, measure, widths={sign: nominal_width(sign) for sign in words}) == plain


def test_an_indent_may_hang_out_and_one_wider_than_the_measure_leaves_its_line_one_sign() -> None:
    assert [line.text for line in compose("天地玄黄宇宙", 3, indent=-1)] == ["天地玄黄", "宇宙"]
    lines = compose("天地玄黄", 3, indent=5)
    assert [(line.text, line.overfull) for line in lines] == [("天", True), ("地玄黄", False)]


@pytest.mark.parametrize("measure", [4, 5, 6, 7])
def test_no_line_begins_with_a_connector_or_an_interpunct_that_stands_after_a_space(measure: int) -> None:
    for mark in "～·/":
        lines = compose(f"天地玄黄 {mark} 宇宙洪荒", measure)
        assert not any(line.text.startswith(mark) for line in lines)


def test_a_lone_hanzi_with_an_interpunct_or_a_half_width_stop_is_lone() -> None:
    assert [line.text for line in compose("天地玄黄宇宙·", 5)] == ["天地玄黄", "宇宙·"]
    assert [line.text for line in compose("天地玄黄宇宙.", 5)] == ["天地玄黄", "宇宙."]


def test_a_lone_hanzi_gets_company_where_the_last_line_can_be_squeezed_for_it() -> None:
    lines = compose("天地玄黄，。（宇）；！洪", 6.5)
    assert lines[-1].text != "洪"
