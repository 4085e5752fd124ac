"""Differences are found exactly, named rightly and put back together to the whole."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from converters.fidelity.differences import Difference, Fault, Step, differences
from converters.fidelity.ink import ink_of

TEXT = "会议指出，全省各级民政部门要把组织学习作为一项重要政治任务，认真制定学习方案，精心做好学习培训、宣传教育。" * 40


def only(wanted: str, found: str) -> Difference:
    faults, _ = differences(wanted, found)
    assert len(faults) == 1
    return faults[0]


def test_equal_texts_have_no_difference() -> None:
    assert differences(TEXT, TEXT) == ([], [Step(0, 0, len(TEXT))])


def test_a_changed_hanzi_is_one_difference_at_its_place() -> None:
    fault = only(TEXT, TEXT[:1000] + "囗" + TEXT[1001:])
    assert fault == Difference(Fault.CHANGED, 1000, 1001, 1000, 1001)


def test_a_lost_hanzi_is_named_lost() -> None:
    at = TEXT.index("政治", 500)
    assert only(TEXT, TEXT[:at] + TEXT[at + 1 :]) == Difference(Fault.LOST, at, at + 1, at, at)


def test_a_doubled_hanzi_is_named_doubled() -> None:
    at = TEXT.index("政治", 500)
    fault = only(TEXT, TEXT[:at] + TEXT[at] + TEXT[at:])
    assert (fault.fault, fault.b1 - fault.b0) == (Fault.DOUBLED, 1)
    assert fault.a0 in (at, at + 1)


def test_two_swapped_hanzi_are_one_difference() -> None:
    at = TEXT.index("政治", 500)
    fault = only(TEXT, TEXT[:at] + "治政" + TEXT[at + 2 :])
    assert (fault.fault, fault.a0, fault.a1) == (Fault.MOVED, at, at + 2)


def test_a_paragraph_added_at_the_end_is_named_added() -> None:
    fault = only(TEXT, TEXT + "另外")
    assert (fault.fault, fault.b0, fault.b1) == (Fault.ADDED, len(TEXT), len(TEXT) + 2)


def test_faults_far_apart_are_each_found() -> None:
    found = "囗" + TEXT[1:1500] + TEXT[1501:2000] + "囗囗" + TEXT[2000:]
    faults, _ = differences(TEXT, found)
    assert [fault.fault for fault in faults] == [Fault.CHANGED, Fault.LOST, Fault.ADDED]


def test_strangers_are_said_to_differ_once() -> None:
    faults, _ = differences("民" * 40_000, "政" * 40_000)
    assert [(fault.a0, fault.a1, fault.b1) for fault in faults] == [(0, 40_000, 40_000)]


@settings(max_examples=200, deadline=None)
@given(st.text("政治一二三", max_size=60), st.text("政治一二三", max_size=60))
def test_steps_and_faults_together_are_both_texts(wanted: str, found: str) -> None:
    faults, steps = differences(wanted, found)
    assert bool(faults) == (wanted != found)
    for step in steps:
        assert wanted[step.a0 : step.a0 + step.length] == found[step.b0 : step.b0 + step.length]
    covered = sum(step.length for step in steps) + sum(f.a1 - f.a0 for f in faults if f.fault is not Fault.MOVED)
    assert covered <= len(wanted)


def test_white_space_between_hanzi_is_nothing_but_between_words_it_counts() -> None:
    ink = ink_of([("民 政 Green River 工作", False)])
    assert ink.text == "民政GreenRiver工作"
    assert ink.spaces == {7}


def test_a_space_at_the_seam_of_two_glued_stretches_counts() -> None:
    assert ink_of([("Green ", False), ("River", True)]).spaces == {5}
    assert ink_of([("Green", False), (" River", True)]).spaces == {5}
    assert ink_of([("Green", False), ("River", True)]).spaces == set()
    # A line end may be a space or none, also where a reader sees it between two stretches of one line.
    seen = ink_of([("Green\n", False), ("River", True)])
    assert seen.spaces == set() and 5 in seen.free
    assert ink_of([("Green", False), (" ", True), ("River", True)]).spaces == {5}


def test_a_line_end_is_free() -> None:
    ink = ink_of([("Green\nRiver", False), ("Bulletin", False)])
    assert ink.spaces == set()
    assert {5, 10} <= ink.free


def test_korean_words_are_parted_by_spaces_that_count() -> None:
    assert ink_of([("민정 업무", False)]).spaces == {2}


def test_characters_that_steer_line_breaking_are_nothing() -> None:
    assert ink_of([("民\u200b政\u00ad工\u2060作", False)]).text == "民政工作"
