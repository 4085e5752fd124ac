"""Lines of tens of thousands of marks: what they take grows as they do."""

from __future__ import annotations

import pytest

from converters.checks import check
from converters.repairs import repair

from repairs.build import build  # isort: skip

# Were each mark compared with every other, a line of these would take minutes, and the suite would stand still.
LENGTH = 30_000


@pytest.mark.parametrize(
    "marks",
    ["“", "（", "《", "「", "'", '"', " ", "1", "、好等", "“,", "“ ", "“”", "（》", "好 "],
)
def test_a_line_of_marks_without_end_is_read_once(marks: str) -> None:
    document = repair(build(f"# 题\n\n甲{marks * (LENGTH // len(marks))}乙。\n")).value
    check(document)


def test_marks_nested_deeply_are_pairs() -> None:
    document = repair(build(f"# 题\n\n{'（' * 20_000}甲{'）' * 20_000}。\n")).value
    assert "Q-PAIR" not in {finding.rule for finding in check(document)}
