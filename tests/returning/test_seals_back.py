"""Signatures whose lines are set by seals and stamps come back as the lines that they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from editing import edition
from rich import changed, returned, retype

SOURCE = """---
发文机关: [云岭省民政厅]
发文字号: 云民发〔2026〕12号
类型: 公文
---

# 关于印发办法的通知

现将办法印发给你们。

::: signature sealed
云岭省民政厅
云岭省财政厅
2026年3月27日
:::

又一段正文。

::: signature stamped
省长　张三
副省长　李四
2026年3月28日
:::
"""


@pytest.fixture(scope="module")
def signed(folder: Path) -> bytes:
    return edition("signed.md", SOURCE.encode(), folder)


def test_unedited_they_are_the_same(signed: bytes) -> None:
    result = returned(signed, lambda _: None, SOURCE)
    assert changed(result, SOURCE) == [] and not result.applied


@pytest.mark.parametrize(
    ("words", "before", "after"), [("云岭省财政", "财政", "水利"), ("副省长", "李四", "王五"), ("省长", "省长", "厅长")]
)
def test_a_line_of_them_is_changed(signed: bytes, words: str, before: str, after: str) -> None:
    result = returned(signed, lambda desk: retype(desk, words, before, after), SOURCE)
    taken, put = changed(result, SOURCE)
    assert put[1:] == taken[1:].replace(before, after)
