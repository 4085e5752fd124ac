"""Where composition has a fast lane beside a slow one, both come to the same."""

from __future__ import annotations

import random

import pytest

from converters.typeset import Copy, Lines, Rules, SetLine, glue, measuring, set_lines, set_paragraph, setting
from converters.typeset.measuring import measured
from tests.typeset.test_invariants import chinese

SIGNS = "中文会议指出要坚持民政，。、：；！？“”（）《》—…·/-()[],.%abcGDP0123456789 ￥℃葛\u0301か한"
LANGUAGES = ["zh-Hans", "zh-Hant", "ja", "ko"]


def texts(count: int) -> list[str]:
    dice = random.Random(7)
    mixed = ["".join(dice.choice(SIGNS) for _ in range(dice.randint(1, 80))) for _ in range(count)]
    return mixed + [chinese(seed, 120) for seed in range(count)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pattern_of_long_documents_finds_the_runs_of_short_ones(lang: str) -> None:
    prepared = Rules.for_language(lang).prepared
    for text in texts(150):
        prepared._asked = 0
        slowly = prepared.runs_of(text)
        prepared._asked = 10_000
        assert prepared.runs_of(text) == slowly


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sums_say_what_lines_give(lang: str) -> None:
    dice = random.Random(3)
    for text in texts(100):
        galley = measured(Copy(text, Rules.for_language(lang)), 20)
        for _ in range(8):
            start, end = sorted(dice.sample(range(len(text) + 1), 2))
            galley.asked = 0
            slowly = glue.rooms(galley, start, end)
            galley.asked = 10_000
            assert glue.rooms(galley, start, end) == pytest.approx(slowly, abs=1e-9)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_run_met_before_is_measured_as_if_it_were_new(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = Rules.for_language(lang)
    found = [set_paragraph(text, 12, indent=2, rules=rules) for text in texts(150) * 2]
    assert rules.prepared.templates or lang == "ko"
    monkeypatch.setattr(measuring, "_LONGEST_TEMPLATE", 0)
    for text, lines in zip(texts(150) * 2, found, strict=True):
        for line, again in zip(lines, set_paragraph(text, 12, indent=2, rules=rules), strict=True):
            assert (line.start, line.end) == (again.start, again.end)
            assert line.width == pytest.approx(again.width, abs=1e-9)


@pytest.mark.parametrize("breaking", ["total-fit", "greedy"])
@pytest.mark.parametrize("trim", [True, False])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_that_stands_in_one_line_is_set_as_if_it_were_measured(
    lang: str, trim: bool, breaking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = Rules.for_language(lang, trim_start=trim, trim_end=trim, breaking=breaking)
    dice = random.Random(11)
    signs = ("中文会议民政", "中文会，。（）《》：", "中文第一条（）月日、1a ")
    short = ["".join(dice.choices(dice.choice(signs), k=dice.randint(1, 13))) for _ in range(400)]
    short += ["", "——", "第十条", "（一）中", "12月3日", "中\n文"]
    cases = [(text, indent, justify) for text in short for indent in (0.0, 2.0, 0.3) for justify in (True, False)]

    def in_lines() -> list[object]:
        return [set_lines(Copy(text, rules), 12.0, indent, justify=justify).flat() for text, indent, justify in cases]

    quickly = in_lines()
    monkeypatch.setattr(setting, "_short_line", lambda *_: None)
    assert in_lines() == quickly


def test_packed_lines_are_those_that_were_set() -> None:
    for text in texts(60):
        for justify in (True, False):
            lines = set_lines(Copy(text, Rules()), 15.5, 2, justify=justify)
            one_by_one = list(lines)
            again = Lines.of(one_by_one)
            assert list(again) == one_by_one == lines[:]
            assert lines[-1] == one_by_one[-1] and lines[1:3] == one_by_one[1:3]
            assert all(isinstance(line, SetLine) for line in lines)
            with pytest.raises(IndexError):
                lines[len(one_by_one)]
