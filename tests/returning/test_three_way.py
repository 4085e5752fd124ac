"""Both sides changed one paragraph: merged clause by clause where a clause stands between their changes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from editing import Desk, edition
from two import FIRST, TWO, Edit, typed
from two import word_looks as words

from converters.exporters.docx.identity import without_comments
from converters.returning import Returned, merge

P1 = "第一篇第一段文字在这里，写了不少的字，说明情况如何如何。"


@pytest.fixture(scope="module")
def two(folder: Path) -> bytes:
    """The DOCX of TWO."""
    return edition("two.md", TWO.encode(), folder)


def both(data: bytes, edit: Edit, now: str) -> Returned:
    desk = Desk(data)
    edit(desk)
    result = merge(desk.bytes(), "two.md", now.encode())
    count = result.count
    assert count.lost == 0
    assert count.total == count.kept + count.applied + count.conflict + count.ignored
    return result


@pytest.mark.parametrize(
    ("edit", "mine", "theirs"),
    [
        (typed(FIRST, "第一篇", "首篇"), ("第一篇第一段", "首篇第一段"), ("情况如何如何", "情形是这样")),
        (words(FIRST, "第一篇", "<w:b/>"), ("第一篇第一段", "**第一篇**第一段"), ("情况如何如何", "情况**如何**如何")),
        (
            typed("第二篇第二段", "第二篇", "次篇"),
            ("第二篇第二段", "次篇第二段"),
            ("https://example.org/a", "https://example.org/c"),
        ),
    ],
    ids=["words", "looks", "beside a note and a link"],
)
def test_changes_with_a_clause_between_them_are_merged_and_said_to_be(
    two: bytes, edit: Edit, mine: tuple[str, str], theirs: tuple[str, str]
) -> None:
    now = TWO.replace(*theirs)
    result = both(two, edit, now)
    assert result.text.decode() == now.replace(*mine)
    assert [entry.kind for entry in result.applied] == ["merged"]
    assert not result.conflicts


@pytest.mark.parametrize(
    "theirs", [("文字在这里", "文字在此"), ("写了不少", "写下许多")], ids=["same clause", "next clause"]
)
def test_changes_that_touch_are_a_conflict_and_marked(two: bytes, theirs: tuple[str, str]) -> None:
    now = TWO.replace(*theirs, 1)
    result = both(two, typed(FIRST, "第一篇", "首篇"), now)
    assert [entry.reason for entry in result.conflicts] == ["the source was changed here meanwhile"]
    mark = f"<!-- conflict: {P1.replace('第一篇', '首篇')} -->"
    assert result.text.decode().replace(f"{mark}\n\n", "") == now


def test_a_deletion_of_what_has_changed_meanwhile_is_marked(two: bytes) -> None:
    result = both(
        two, lambda desk: desk.delete(desk.find(FIRST)), TWO.replace("写了不少的字，说明", "写下许多的字，说明")
    )
    assert f"<!-- conflict: deleted: {P1} -->" in result.text.decode()


def test_the_same_change_on_both_sides_is_no_change(two: bytes) -> None:
    now = TWO.replace("第一篇第一段", "首篇第一段")
    result = both(two, typed(FIRST, "第一篇", "首篇"), now)
    assert (result.text.decode(), result.applied, result.conflicts) == (now, (), ())


def test_random_changes_of_two_clauses_are_merged_where_one_stands_between(folder: Path) -> None:
    chance = random.Random(7)
    clauses = [f"第{number}句话讲的是这件事情" for number in "一二三四五六七八"]
    source = "# 题目在这里\n\n" + "，".join(clauses) + "。\n\n另外一段文字写在这里，不作改动。\n"
    data = edition("clauses.md", source.encode(), folder)
    for _ in range(12):
        mine, theirs = chance.sample(range(len(clauses)), 2)
        edit = typed(clauses[0], clauses[mine][:3], f"改{mine}")
        now = source.replace(clauses[theirs], clauses[theirs].replace("这件事情", "那桩事"))
        desk = Desk(data)
        edit(desk)
        result = merge(desk.bytes(), "clauses.md", now.encode())
        if abs(mine - theirs) > 1:
            assert result.text.decode() == now.replace(clauses[mine][:3], f"改{mine}")
        else:
            assert len(result.conflicts) == 1


# Excuses in the source


PLAIN = """# 青浦河市召开民政工作会

近日，青浦河市召开会议，部署全年工作。

一、健全工作机制

会议指出，要压紧责任，加强督导，确保各项任务按期完成。

二、抓好落实

各地要抓好落实，一件一件办好，不留尾巴。
"""
HEAD = "<!-- jianbao: allow R-HEAD 改稿作正文 -->\n"
EXCUSED = (
    PLAIN.replace("一、健全", f"{HEAD}一、健全")
    .replace("二、抓好", f"{HEAD}二、抓好")
    .replace("会议指出", "<!-- jianbao: allow R-JOIN 改稿在此分段 -->\n会议指出")
)


@pytest.mark.parametrize(
    ("base", "now"),
    [
        (PLAIN, EXCUSED), (EXCUSED, PLAIN), (EXCUSED, EXCUSED.replace("部署全年", "安排全年")),
        (EXCUSED, EXCUSED.replace("改稿作正文", "局长要求").replace("改稿在此分段", "另起一段")),
        (EXCUSED, EXCUSED.replace("按期完成", "如期完成")),
    ],
    ids=["put in", "taken out", "beside a change", "with other reasons", "over a change"],
)  # fmt: skip
def test_excuses_are_the_authors_and_neither_doubled_nor_brought_back_nor_a_conflict(
    folder: Path, base: str, now: str
) -> None:
    desk = Desk(edition("a.md", base.encode(), folder))
    typed("健全工作", "健全", "完善")(desk)
    typed("会议指出", "压紧", "压实")(desk)
    result = merge(desk.bytes(), "a.md", now.encode())
    assert result.text.decode() == now.replace("健全", "完善").replace("压紧", "压实")
    assert result.conflicts == result.ignored == ()
    assert len(result.applied) == 2


def test_an_edition_tells_which_rules_of_repair_are_excused_and_not_why() -> None:
    said = "<!-- jianbao: allow R-HEAD, R-JOIN: 局长定 --><!-- jianbao: allow R 甲 --><!-- jianbao: allow N-DATE 乙 -->"
    assert without_comments(said) == (
        "<!-- jianbao: allow R-HEAD, R-JOIN: ··· --><!-- jianbao: allow R · --><!--                         -->"
    )


PARTED = PLAIN.replace("指出，要", "指出，\n\n<!-- jianbao: allow R-JOIN 改稿在此分段 -->\n要")


@pytest.mark.parametrize(("before", "after"), [("督导", "指导"), ("会议指", "会上指")], ids=["behind", "before"])
def test_a_change_inside_one_part_of_what_the_source_has_parted_since_is_merged(
    folder: Path, before: str, after: str
) -> None:
    desk = Desk(edition("a.md", PLAIN.encode(), folder))
    typed("会议指出", before, after)(desk)
    result = merge(desk.bytes(), "a.md", PARTED.encode())
    assert result.text.decode() == PARTED.replace(before, after)
    assert [entry.kind for entry in result.applied] == ["merged"]
    assert result.conflicts == ()
    assert result.count.lost == 0


@pytest.mark.parametrize(
    "edits",
    [[typed("会议指出", "出，要", "出，我们要")], [typed("会议指出", "，要", "")],
     [words("会议指出", "会议", "<w:b/>"), typed("会议指出", "督导", "指导")]],
    ids=["at the seam", "over the seam", "with looks in the other part"],
)  # fmt: skip
def test_what_touches_the_seam_or_both_parts_is_a_conflict(folder: Path, edits: list[Edit]) -> None:
    desk = Desk(edition("a.md", PLAIN.encode(), folder))
    for edit in edits:
        edit(desk)
    result = merge(desk.bytes(), "a.md", PARTED.encode())
    assert [entry.reason for entry in result.conflicts] == ["the source was changed here meanwhile"]
    assert result.applied == ()
    assert "<!-- conflict: 会议" in result.text.decode()
