"""Numbers that are not meant exactly."""

from __future__ import annotations

import pytest

from checks.finding import found  # isort: skip


@pytest.mark.parametrize(
    "text",
    [
        "用了三、四个月",
        "用了3、4个月",
        "两、三天",
        "十七、八岁的青年",
        "约3～4个月",
        "大约需要5～6天",
        "3～4个月左右",
        "约20～30人",
        "约10余人左右",
        "近百人左右",
        "几十余人到会",
        "约几十人",
        "大约三十来岁",
        "将近三百多人",
        "十余人左右",
        "数百多名群众",
        "近千余名群众",
        "约30%左右",
        "约5℃左右",
        "3万多人左右",
        "接近100人左右",
        "共10余多人",
        "约10多年",
    ],
)
def test_hit(text: str) -> None:
    hits = found("N-APPROX", text)
    assert len(hits) == 1, [hit.text() for hit in hits]
    assert "{" not in hits[0].text() + hits[0].hint_text()
    assert hits[0].span is not None


@pytest.mark.parametrize(
    "text",
    [
        "获一、二等奖",
        "三、四层为办公室",
        "第3、4个",
        "3、4月份检查",
        "需要3～4个月",
        "20～30人",
        "二三十人，七八个人，三四天",
        "大约二三十人",
        "近十余年来，近20多年，近几年",
        "最近10多年",
        "几千来自各地的群众",
        "节约30多万元",
        "约定三人左右手",
        "在附近三里左右",
        "近百名职工，约200人，150元左右",
        "全省上下，几百多种",
        "约三分之一",
    ],
)
def test_near_miss(text: str) -> None:
    assert [hit.text() for hit in found("N-APPROX", text)] == []
