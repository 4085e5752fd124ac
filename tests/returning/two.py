"""A source of two articles for edits of structure, and the ways of editing that the matrix of kinds is made of."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, NamedTuple

from editing import Desk, cut_at, run_text, runs_of, text_of, w
from lxml import etree

from converters.ooxml import R, W

TWO = """---
简报名称: 青浦简报
期号: 3
日期: 2026-03-27
编发单位: 青浦河市
送: 各县区。
编辑: [张三, 李四]
articles:
  - author: 王五
---

【工作动态】

# 第一篇的题目 在这里

第一篇第一段文字在这里，写了不少的字，说明情况如何如何。

第一篇第二段文字在那里，也写了不少的字。讲清楚来龙去脉。

(据甲局)

# 第二篇的题目在那里

第二篇第一段文字说明另一件事，前因后果写得**明明白白**。

## 一、小标题甲

第二篇第二段，有一个注[^1]，还有一个[链接](https://example.org/a)。

- 项甲
- 项乙
- 项丙

第二篇中间的一段文字，隔开两个列表，字数也不少。

1. 条一
2. 条二
3. 条三

| 甲 | 乙 | 丙 |
|---|---|---|
| 一 | 二 | 三 |
| 四 | 五 | 六 |
| 七 | 八 | 九 |

: 表1 情况表

![说明](pictures/exchange.png){width=40mm}
: 图1 一张图

最后一段文字写在{重点|zhòngdiǎn}这里，收尾。

(据乙局)

[^1]: 第一个注的文字。
"""
FIRST, SECOND, LAST = "第一篇第一段", "第一篇第二段", "最后一段"
_NAMES = {
    "w": W, "r": R, "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml", "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}  # fmt: skip
NAMESPACES = " ".join(f'xmlns:{name}="{address}"' for name, address in _NAMES.items())
Edit = Callable[[Desk], object]


class Case(NamedTuple):
    """A kind of edit: what is done, in which list it comes ("applied", "conflicts", "ignored") and as what.

    `found` is a word of the entry's kind or reason; `change` what becomes of the source ((): nothing).
    """

    name: str
    edit: Edit
    listed: str
    found: str
    change: tuple[tuple[str, str], ...] = ()


def xml(text: str) -> list[Any]:
    """Some elements."""
    return list(etree.fromstring(f"<x {NAMESPACES}>{text}</x>"))


def paragraph_looks(words: str, text: str) -> Edit:
    """Properties set on the paragraph that holds some words."""

    def edit(desk: Desk) -> None:
        paragraph = desk.find(words)
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        for element in xml(text):
            for old in properties.findall(element.tag):
                properties.remove(old)
            properties.append(element)

    return edit


def word_looks(words: str, chosen: str, text: str, *, tracked: bool = False) -> Edit:
    """Properties set on some words of the paragraph that holds them."""

    def edit(desk: Desk) -> None:
        paragraph = desk.find(words)
        start = text_of(paragraph).index(chosen)
        end = start + len(chosen)
        cut_at(paragraph, start)
        cut_at(paragraph, end)
        position = 0
        for run in runs_of(paragraph):
            length = len(run_text(run))
            if length and start <= position and position + length <= end:
                properties = run.find(w("rPr"))
                if properties is None:
                    properties = etree.Element(w("rPr"))
                    run.insert(0, properties)
                before = copy.deepcopy(properties)
                properties.extend(xml(text))
                if tracked:
                    change = desk.marked("rPrChange", [])
                    change.append(before)
                    properties.append(change)
            position += length

    return edit


def put_behind(words: str, text: str) -> Edit:
    """Elements put at the end of the paragraph that holds some words."""
    return lambda desk: desk.find(words).extend(xml(text))


def in_part(name: str, before: str, after: str) -> Edit:
    """A part of the package rewritten; `name` may be its beginning."""

    def edit(desk: Desk) -> None:
        part = next(each for each in sorted(desk.parts) if each.startswith(name))
        text = desk.parts[part].decode()
        assert before in text
        desk.parts[part] = text.replace(before, after, 1).encode()

    return edit


def new_line(words: str, text: str, style: str = "", *, above: bool = False, tracked: bool = False) -> Edit:
    """A paragraph put in below (or above) the one that holds some words."""

    def edit(desk: Desk) -> None:
        anchor = desk.find(words)
        new = desk.insert(anchor, text, tracked=tracked)
        if style:
            desk.restyle(new, style)
        if above:
            anchor.addprevious(new)

    return edit


def typed(words: str, before: str, after: str, *, tracked: bool = False) -> Edit:
    """Some words typed over."""

    def edit(desk: Desk) -> None:
        paragraph = desk.find(words)
        start = text_of(paragraph).index(before)
        desk.change(paragraph, start, start + len(before), after, tracked=tracked)

    return edit


def taken_out(*words: str, tracked: bool = False) -> Edit:
    """Paragraphs taken out; "" is the picture's."""

    def edit(desk: Desk) -> None:
        for each in words:
            found = desk.find(each) if each else next(p for p in desk.body if any(True for _ in p.iter(w("drawing"))))
            desk.delete(found, tracked=tracked)

    return edit


def table_of(desk: Desk) -> Any:
    """The table of the second article."""
    return next(table for table in desk.body.iter(w("tbl")) if any(text.text == "甲" for text in table.iter(w("t"))))


def rows_of(desk: Desk) -> list[Any]:
    """Its rows."""
    return list(table_of(desk).findall(w("tr")))


def cell_of(desk: Desk, row: int, column: int) -> Any:
    """One of its cells."""
    return rows_of(desk)[row].findall(w("tc"))[column]


def unmarked(element: Any) -> Any:
    """An element without bookmarks, as a copy has it in Word."""
    for mark in [*element.iter(w("bookmarkStart")), *element.iter(w("bookmarkEnd"))]:
        mark.getparent().remove(mark)
    return element
