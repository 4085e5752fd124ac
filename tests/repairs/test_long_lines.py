"""Lines of thousands of marks and pages of thousands of lines: twice as many take twice the work.

Work is counted, not timed: the lines of the program's own code that run.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

from converters.checks import check
from converters.readers import read
from converters.repairs import repair

from .build import build

FEW = 1500
# Twice the text takes twice the work, and what is done once for a document makes that less; a quarter is left over.
MOST = 2.5

MARKS = [
    "“甲", "甲”", "“", "”", '"', '甲"', "'S'", "(", "（甲", "(甲)", "(x", "甲)", ").", "(ab).", "[", "【", "《", "》《",
    "‘甲", "“ ", " ”", "” “", "—— “ ", "--", " --3", "—", "……", "...", '"......', "。。", ",", "a,", "7:20, ", "甲.",
    "甲. ", "1.", "”.", "http://a.b/", "a@", "/a", " ", "甲 ", "甲(‰),", "1~", "甲：",
]  # fmt: skip
BLOCKS = [
    "会议听取了汇报并研究工作，", "会议听取“了汇报并（研究工作", "”会议听取）并研究工作，", "12", "好，", "问：好吗？",
    "结果等于加四十五+", "——结果等于一百二十三。", "（某某市民政局）",
]  # fmt: skip
# Lines of one paragraph: a fault or a finding in each, pieces of other kinds, and lines that only lie there.
SOFT = [
    "会议听取了工作汇报", "甲,", "2023年", "1.甲", '"甲', "'甲'", "人ロ人", "⼈民", "甲 乙", "甲  ", "**甲,**乙",
    "[甲,]{.dots}(乙)", "甲`b`,", "{漢|かん}字", "![x](y.png)甲", "甲[^1]", "第一条 甲", "甲&amp;乙", "“甲", "(甲", "http://a.b/c,",
    "领导小组，12个单位召开了第三季度的工作会议",
]  # fmt: skip


@contextmanager
def counted(part: str = "repairs") -> Iterator[Callable[[], int]]:
    """Counts the lines of a part of the program that run inside the block."""
    count = 0

    def line(*_: object) -> Any:
        nonlocal count
        count += 1
        return line

    def call(frame: FrameType, *_: object) -> Any:
        return line if part in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        yield lambda: count
    finally:
        sys.settrace(before)


def work(text: str) -> int:
    """How many lines of code run when a text is repaired."""
    document = build(text)
    with counted() as count:
        repair(document)
        return count()


def test_the_count_tells_work_that_grows_with_its_square() -> None:
    def look_back(size: int) -> None:
        for index in range(size):
            for _ in range(index):
                pass

    def square(size: int) -> int:
        with counted() as count:
            look_back(size)
            return count()

    assert square(200) / square(100) > MOST


@pytest.mark.parametrize("marks", MARKS)
def test_a_line_of_marks_takes_work_as_long_as_it_is(marks: str) -> None:
    once, twice = (work(f"# 题\n\n甲{marks * (size // len(marks))}乙。") for size in (FEW, 2 * FEW))
    assert twice <= once * MOST, (once, twice)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_text_of_many_blocks_takes_work_as_long_as_it_is(block: str) -> None:
    once, twice = (work("# 题\n\n" + "\n\n".join([block] * size)) for size in (100, 200))
    assert twice <= once * MOST, (once, twice)


@pytest.mark.parametrize("suffix", ["md", "txt", "html"])
@pytest.mark.parametrize("line", SOFT)
def test_a_paragraph_of_many_lines_takes_work_as_long_as_it_is(line: str, suffix: str) -> None:
    def read_mend_and_check(size: int) -> int:
        lines = "\n".join(["甲", *[line] * size])
        with counted("converters") as count:
            check(repair(read(f"long.{suffix}", f"# 题\n\n{lines}。\n\n[^1]: 注\n".encode()).value).value)
            return count()

    read_mend_and_check(1)
    once, twice = (read_mend_and_check(size) for size in (100, 200))
    assert twice <= once * MOST, (once, twice)


def test_pieces_that_are_joined_all_into_one_paragraph_take_work_as_many_as_they_are() -> None:
    piece = "今天下雨了大家都没有去公园玩他们在家里看书学习一整天"
    once, twice = (work("# 题\n\n" + "\n\n".join([piece] * size)) for size in (200, 400))
    assert twice <= once * MOST, (once, twice)


def test_nested_brackets_take_work_as_deep_as_they_are() -> None:
    once, twice = (work(f"# 题\n\n{'(' * size}甲{')' * size}。") for size in (FEW, 2 * FEW))
    assert twice <= once * MOST, (once, twice)
