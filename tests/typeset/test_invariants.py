"""What holds for every text: legal lines, nothing lost, edges in place, the same again."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_composer import HOUSES, Plain
from test_against_plain_algorithm import PIECES, generated

from converters.typeset import Rules, compose, greedy, set_paragraph
from converters.typeset.characters import nominal_width
from converters.typeset.lonely import mend
from converters.typeset.measuring import Copy, measured
from converters.typeset.total_fit import HARMLESS, break_lines, worst_cost

STOPS = "、。，：；！？"
OPENERS = "“（《"
CLOSERS = "”）》"

MIXED = st.text(
    st.sampled_from(
        "中文会议指出要坚持民政，。、：；！？“”（）《》—…·/～-()[],.%abcGDP0123456789 ￥℃𠮷葛\u0301\n😀か한"
    ),
    max_size=60,
)
ANYTHING = st.text(max_size=40)
MEASURES = st.sampled_from([1, 2, 3, 4.5, 7, 10, 28])


def chinese(seed: int, length: int = 160) -> str:
    """A paragraph of hanzi with marks, pairs of quotes, numbers and Latin words as a bulletin has them."""
    dice = random.Random(seed)
    parts: list[str] = []
    while sum(map(len, parts)) < length:
        clause = "".join(dice.choice("会议指出要坚持问题导向深入学习贯彻民政工作") for _ in range(dice.randint(2, 13)))
        roll = dice.random()
        if roll < 0.15:
            clause = f"“{clause}”"
        elif roll < 0.25:
            clause = f"《{clause}》"
        elif roll < 0.33:
            clause += f"{dice.randint(1, 3000)}项"
        elif roll < 0.37:
            clause += dice.choice(["GDP", "CPI", "Python"])
        parts.append(clause + dice.choice("，，，、。；："))
    return "".join(parts)[:-1] + "。"


@settings(max_examples=300, deadline=None)
@given(
    MIXED,
    MEASURES,
    st.sampled_from([0, 2]),
    st.sampled_from(["zh-Hans", "zh-Hant", "ja", "ko"]),
    st.sampled_from(["greedy", "total-fit"]),
)
def test_no_character_is_lost_but_spaces_at_breaks(
    text: str, measure: float, indent: float, lang: str, how: str
) -> None:
    lines = compose(text, measure, indent, lang, breaking=how)
    assert "".join(line.text for line in lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert lines == compose(text, measure, indent, lang, breaking=how)


@settings(max_examples=300, deadline=None)
@given(ANYTHING, MEASURES, st.booleans())
def test_any_text_is_set_and_its_lines_follow_each_other(text: str, measure: float, hanging: bool) -> None:
    rules = Rules.for_language("zh-Hans", hanging=hanging)
    lines = set_paragraph(text, measure, rules=rules)
    place = 0
    for line in lines:
        assert line.start >= place
        assert all(character in " \t\n\u200b" for character in text[place : line.start])
        place = line.end
    assert all(character in " \t\n\u200b" for character in text[place:])


@pytest.mark.parametrize("how", ["greedy", "total-fit"])
def test_lines_of_many_paragraphs_begin_and_end_as_they_may(how: str) -> None:
    for seed in range(300):
        text, measure = chinese(seed), random.Random(seed).choice([8, 12, 17.5, 20, 28])
        lines = set_paragraph(text, measure, indent=2, rules=Rules(breaking=how))
        for line in lines:
            assert text[line.start] not in STOPS + CLOSERS
            assert text[line.end - 1] not in OPENERS
            assert not line.overfull
            assert not (line.start and text[line.start - 1].isdigit() and text[line.start].isdigit())
        for number, line in enumerate(lines[:-1]):
            assert line.width == pytest.approx(measure - (0 if number else 2), abs=1e-5)
        assert lines[-1].width <= measure + 1e-5


def advance(character: str) -> float:
    return 0.5 if character.isascii() else 1.0


def test_painted_positions_fill_the_measure() -> None:
    """A painter who follows the words of SetLine ends where `width` says."""
    for seed in range(200):
        text = chinese(seed)
        for line in set_paragraph(text, 20, indent=2):
            shifts = dict(line.shifts)
            assert list(shifts) == sorted(shifts) and all(line.start <= place < line.end for place in shifts)
            edge = sum(advance(character) for character in text[line.start : line.end])
            edge += line.gap * (line.end - line.start - 1) + sum(shifts.values())
            trimmed = 0.5 if text[line.end - 1] in STOPS + CLOSERS else 0.0
            assert edge - trimmed == pytest.approx(line.width, abs=1e-5)


def test_words_and_numbers_are_not_spaced_out() -> None:
    text = "本软件使用GDP2023指标体系衡量经济社会发展"
    lines = set_paragraph(text, 10.4, rules=Rules(breaking="greedy"))
    line = lines[0]
    shifts = dict(line.shifts)
    assert line.gap > 0
    for place in range(line.start + 1, line.end):
        if text[place - 1].isascii() and text[place].isascii():
            assert shifts[place] == pytest.approx(-line.gap)


def test_total_fit_is_never_worse_than_greedy_in_its_worst_line() -> None:
    for seed in range(1000):
        text, measure = chinese(seed, 120), random.Random(seed).choice([7, 10, 14, 20, 28])
        galley = measured(Copy(text, Rules()), measure)
        plain = mend(galley, greedy.break_lines(galley, measure, 2), measure, 2)
        best = break_lines(galley, measure, 2)
        assert worst_cost(galley, best, measure, 2) <= max(HARMLESS, worst_cost(galley, plain, measure, 2)) + 1e-3


def test_composed_total_fit_never_moves_a_line_more_than_greedy_does() -> None:
    for seed in range(1000):
        text, measure = chinese(seed, 80), random.Random(seed).choice([7, 10, 14, 20, 28])
        plain, best = compose(text, measure, 2), compose(text, measure, 2, breaking="total-fit")
        assert (
            max((line.adjust for line in best[:-1]), default=0)
            <= max((line.adjust for line in plain[:-1]), default=0) + 1e-5
        )
        assert max(abs(line.adjust) for line in best) <= max(abs(line.adjust) for line in plain) + 1e-5


def test_total_fit_sets_a_bulletin_tighter_than_greedy() -> None:
    """Not a tie: over many paragraphs the optimising breaker has the smaller total cost."""
    totals = {"greedy": 0.0, "total-fit": 0.0}
    for how in totals:
        for seed in range(100):
            lines = set_paragraph(chinese(seed), 28, indent=2, rules=Rules(breaking=how))
            totals[how] += sum(max(0.0, line.gap - 0.03) for line in lines)
    assert totals["total-fit"] < 0.5 * totals["greedy"]


def test_widths_that_say_what_is_known_change_nothing() -> None:
    for seed in range(200):
        text = chinese(seed, 60)
        known = [nominal_width(character) for character in text]
        assert compose(text, 14, widths=known) == compose(text, 14) == compose(text, 14, widths={"中": 1.0})


@settings(max_examples=100, deadline=None)
@given(MIXED, st.sampled_from([5, 10]))
def test_a_line_set_again_at_its_measure_stays_one_line(text: str, measure: float) -> None:
    for line in compose(text, measure)[:-1]:
        if line.text.strip() and not line.overfull and line.adjust >= 0:
            assert [again.text for again in compose(line.text, measure)] == [line.text]


@pytest.mark.parametrize("lang", PIECES)
def test_total_fit_keeps_the_rules_of_every_language_and_is_no_worse_than_greedy(lang: str) -> None:
    for seed in range(120):
        dice = random.Random(f"total {lang} {seed}")
        text = "".join(generated(dice, lang) for _ in range(3)).strip()
        measure = dice.choice([7, 10, 14, 20, 28])
        rules = Rules.for_language(lang, hanging=dice.random() < 0.3, hyphenate=False)
        if not text:
            continue
        plain = Plain(text, measure, 2, HOUSES[lang])
        places = dict(
            zip(itertools.accumulate((len(sign.text) for sign in plain.signs), initial=0), range(999), strict=False)
        )
        for line in set_paragraph(text, measure, indent=2, rules=rules):
            end = line.end
            while end < len(text) and text[end] == " ":
                end += 1
            assert line.overfull or line.torn or end in places, (text, measure)
            assert line.overfull or line.torn or end == len(text) or plain.legal(places[end], 3), (text, measure)
        galley = measured(Copy(text, rules), measure)
        greedy_breaks = mend(galley, greedy.break_lines(galley, measure, 2), measure, 2)
        worst = worst_cost(galley, break_lines(galley, measure, 2), measure, 2)
        assert worst <= max(HARMLESS, worst_cost(galley, greedy_breaks, measure, 2)) + 1e-3
