"""Colons, semicolons, and the mark of enumeration."""

from __future__ import annotations

import pytest

from checks.finding import found  # isort: skip


@pytest.mark.parametrize(
    "text",
    [
        "包括大米、面粉，鸡蛋、牛奶等物资",
        "听取了工作汇报、研究了有关事项。",
        "省、市、和乡镇的",
    ],
)
def test_hit(text: str) -> None:
    hits = found("Q-ENUM", text)
    assert len(hits) == 1, [hit.text() for hit in hits]
    assert "{" not in hits[0].text() + hits[0].hint_text()
    assert hits[0].span is not None


@pytest.mark.parametrize(
    "text",
    [
        "加强学习、培训，提高政治、业务等素质",
        "听取了工作汇报，研究了有关事项。",
        "解决了吃水、用电等问题",
        "大米、面粉、鸡蛋等",
        "看了又看、想了又想。",
    ],
)
def test_near_miss(text: str) -> None:
    assert [hit.text() for hit in found("Q-ENUM", text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "如：北京。",
        "# 题\n\n会议指出，要查。会议认为，要快。会议强调：要改。",
        "会议强调：要做到三点：一是查。",
    ],
)
def test_colon_hit(text: str) -> None:
    assert len(found("Q-COLON", text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "如：北京、上海。例如：北京。",
        "联系人：地质环境科，电话：0000-2361188。",
        "# 题\n\n会议指出，要查。会议强调：“要改。”会议要求：一是快。",
        "# 题\n\n会议指出：要查。会议强调：要改。",
    ],
)
def test_colon_near_miss(text: str) -> None:
    assert [hit.text() for hit in found("Q-COLON", text)] == []


def test_semicolon_between_bare_parts_however_many() -> None:
    assert len(found("Q-SEMI", "山高；水长；人和。")) == 1
    assert not found("Q-SEMI", "山高，路远；水长，天阔；人和。")


def test_numbered_paragraphs_of_one_sentence_end_alike() -> None:
    items = "# 题\n\n（一）有章程；\n\n（二）有人员；\n\n（三）有经费；\n\n（四）有场地。"
    assert not found("Q-SEMI", items)
    assert len(found("Q-SEMI", items.replace("人员；", "人员。"))) == 1
    # Items of several sentences end in 。 beside short ones.
    assert not found("Q-SEMI", items.replace("人员；", "人员。人员不少于三名。"))
