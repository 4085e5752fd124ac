"""A source with something of everything, and how one edit of its edition comes back."""

from __future__ import annotations

import difflib
from collections.abc import Callable

from editing import Desk, text_of

from converters.returning import Returned, merge

RICH = """---
简报名称: 青浦简报
期号: 3
日期: 2026-03-27
编发单位: 青浦河市
送: 各县区。
编辑: [张三, 李四]
---

# 青浦河市召开 民政工作会

近日,青浦河市召开**民政工作**会议,部署*全年任务*,[名]{.name}和[书]{.book}与[重点]{.dots}~~旧~~的`code`见[链接](https://example.org/a?b=1)[^1]。H~2~O与cm^3^，{重|zhòng}点{漢字|かんじ}也要抓好。

**一张图管住更新。** 市民政局把床位数据拆成“总数、在住、预留、空闲”四项，由机构院长每天8:00和18:00前填报，系统自动比对食堂用餐人数和护理排班。

## 一、健全*网络*

1. 第一项**粗**；
2. 第二项。

- [x] 完成的事
- 未完的事

| 甲 | 乙 | 丙 |
|---|:-:|--:|
| 一 | << | **三** |
| 四 | 五 | ^^ |
| 七 | 八 | 九 |

: 表1 情况表

![图1 往来人次](pictures/exchange.png){width=70%}

![说明](pictures/exchange.png){width=40mm}
: 图2 又一张

::: signature
青浦河市民政局
2026年3月27日
:::

(据青浦河市民政局)

[^1]: 见附表,共**三**页。
"""  # noqa: E501  (paragraphs of a source are one line each)


def returned(data: bytes, edit: Callable[[Desk], None], source: str = RICH) -> Returned:
    """The edition with an edit, brought back; every character of it is in one of the lists."""
    desk = Desk(data)
    edit(desk)
    result = merge(desk.bytes(), "rich.md", source.encode())
    count = result.count
    assert count.total == count.kept + count.applied + count.conflict + count.ignored
    assert count.lost == 0
    assert min(count.kept, count.applied, count.conflict, count.ignored) >= 0
    return result


def changed(result: Returned, source: str = RICH) -> list[str]:
    """The lines that a return took out (-) and put in (+)."""
    lines = difflib.unified_diff(source.split("\n"), result.text.decode().split("\n"), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def retype(desk: Desk, words: str, before: str, after: str, *, tracked: bool = False) -> None:
    """Type over some words of the paragraph that holds others."""
    paragraph = desk.find(words)
    start = text_of(paragraph).index(before)
    desk.change(paragraph, start, start + len(before), after, tracked=tracked)


def dress(desk: Desk, words: str, chosen: str, *looks: str, bare: bool = False, tracked: bool = False) -> None:
    """Give some words of the paragraph that holds others a look, or take it from them."""
    paragraph = desk.find(words)
    start = text_of(paragraph).index(chosen)
    desk.dress(paragraph, start, start + len(chosen), *looks, bare=bare, tracked=tracked)
