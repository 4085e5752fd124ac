"""Tables, lists, quotations and notes come back with what was put in and taken out."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from editing import SEEDS, Desk, style_of, text_of, w
from lxml import etree
from rich import RICH, changed, returned, retype

BILINGUAL = SEEDS / "bilingual.md"


def bare(element: Any) -> Any:
    """A copy without the marks of the way back, as Word pastes it."""
    new = copy.deepcopy(element)
    for mark in [*new.iter(w("bookmarkStart")), *new.iter(w("bookmarkEnd"))]:
        mark.getparent().remove(mark)
    return new


def row_of(desk: Desk, words: str) -> Any:
    return next(desk.find(words).iterancestors(w("tr")))


def fill(desk: Desk, row: Any, texts: list[str]) -> None:
    for cell, text in zip(row.iter(w("tc")), texts, strict=True):
        paragraph = next(cell.iter(w("p")))
        if text_of(paragraph):
            desk.change(paragraph, 0, len(text_of(paragraph)), text)
        elif text:
            etree.SubElement(etree.SubElement(paragraph, w("r")), w("t")).text = text


def cell(desk: Desk) -> None:
    retype(desk, "木工教师来访", "木工", "钳|工*甲*", tracked=True)


def empty(desk: Desk) -> None:
    retype(desk, "生态环境局", "生态环境局", "")


def filled(desk: Desk) -> None:
    fill(desk, row_of(desk, "合计"), ["合计 Total", "三家", "22", "107.25"])


def two_paragraphs(desk: Desk) -> None:
    desk.insert(desk.find("生态环境局"), "市水利局")


def row_in(desk: Desk) -> None:
    row = row_of(desk, "木工")
    new = bare(row)
    row.addnext(new)
    fill(desk, new, ["厨师来访 Cooks", "餐饮学校", "3", "9.5"])


def row_out(desk: Desk) -> None:
    row_of(desk, "木工").find(w("trPr")).append(desk.marked("del", []))


def rows_swapped(desk: Desk) -> None:
    row_of(desk, "木工").addprevious(row_of(desk, "河水"))


def merged(desk: Desk) -> None:
    row = row_of(desk, "合计")
    first, second = list(row.iter(w("tc")))[:2]
    first.find(w("tcPr")).insert(1, etree.Element(w("gridSpan"), {w("val"): "2"}))
    row.remove(second)


CARPENTRY = "| 木工教师来访 Carpentry teachers | 职业学校 | 4 | 16.0 |"
WATER = "| 河水监测 Water monitoring | 生态环境局 | 6 | 52.75 |"
TOTAL = "| 合计 Total | | 22 | 107.25 |"


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (cell, [f"-{CARPENTRY}", r"+| 钳\|工\*甲\*教师来访 Carpentry teachers | 职业学校 | 4 | 16.0 |"]),
        (empty, [f"-{WATER}", "+| 河水监测 Water monitoring |  | 6 | 52.75 |"]),
        (filled, [f"-{TOTAL}", "+| 合计 Total | 三家 | 22 | 107.25 |"]),
        (two_paragraphs, [f"-{WATER}", "+| 河水监测 Water monitoring | 生态环境局<br>市水利局 | 6 | 52.75 |"]),
        (row_in, ["+| 厨师来访 Cooks | 餐饮学校 | 3 | 9.5 |"]),
        (row_out, [f"-{CARPENTRY}"]),
        (rows_swapped, [f"+{WATER}", f"-{WATER}"]),
        (merged, [f"-{TOTAL}", "+| 合计 Total | << | 22 | 107.25 |"]),
    ],
)
def test_what_becomes_of_rows_and_cells(
    editions: dict[Path, bytes], edit: Callable[[Desk], None], lines: list[str]
) -> None:
    source = BILINGUAL.read_text(encoding="utf-8")
    result = returned(editions[BILINGUAL], edit, source)
    assert changed(result, source) == lines
    assert not result.conflicts


def test_a_column_taken_out_leaves_how_the_others_stand(editions: dict[Path, bytes]) -> None:
    source = BILINGUAL.read_text(encoding="utf-8")

    def edit(desk: Desk) -> None:
        for row in next(desk.document.iter(w("tbl"))).iter(w("tr")):
            row.remove(list(row.iter(w("tc")))[2])

    text = returned(editions[BILINGUAL], edit, source).text.decode()
    assert "| 项目 Project | 牵头单位 Lead | 经费（万元） |\n|:-------------|:--------------|-------------:|\n" in text
    assert "| 合计 Total |  | 107.25 |" in text


def test_a_table_taken_out_with_its_caption_and_a_new_one(editions: dict[Path, bytes]) -> None:
    source = BILINGUAL.read_text(encoding="utf-8")

    def gone(desk: Desk) -> None:
        table = next(desk.document.iter(w("tbl")))
        table.getparent().remove(table)
        desk.delete(desk.find("首年合作项目"))

    text = returned(editions[BILINGUAL], gone, source).text.decode()
    assert "| 项目 Project" not in text
    assert "## 一、首年项目 Projects of the First Year\n\n经费由两市" in text

    def new(desk: Desk) -> None:
        table = bare(next(desk.document.iter(w("tbl"))))
        for number, row in enumerate(table.iter(w("tr"))):
            fill(desk, row, [f"新{number}{letter}" for letter in "甲乙丙丁"])
        desk.find("经费由两市").addnext(table)

    text = returned(editions[BILINGUAL], new, source).text.decode()
    assert "| 新0甲 | 新0乙 | 新0丙 | 新0丁 |\n|---|---|---|---|\n| 新1甲 |" in text


def test_items_of_lists_at_every_depth(editions: dict[Path, bytes]) -> None:
    source = BILINGUAL.read_text(encoding="utf-8")

    def put(desk: Desk) -> None:
        item = desk.find("登录协会网站")
        new = bare(item)
        item.addnext(new)
        desk.change(new, 0, len(text_of(new)), "先看说明；")

    assert changed(returned(editions[BILINGUAL], put, source), source) == ["+2. 先看说明；"]
    gone = returned(editions[BILINGUAL], lambda desk: desk.delete(desk.find("单位推荐信")), source)
    assert changed(gone, source) == ["-   - 单位推荐信（a letter from your employer）；"]

    def freed(desk: Desk) -> None:
        item = desk.find("逾期不再受理")
        desk.restyle(item, "")
        properties = item.find(w("pPr"))
        properties.remove(properties.find(w("numPr")))

    line = "6月30日17:00前提交，**逾期不再受理**。"
    assert changed(returned(editions[BILINGUAL], freed, source), source) == [f"-3. {line}", "+", f"+{line}"]

    def listed(desk: Desk) -> None:
        numbers = desk.find("逾期不再受理").find(w("pPr"))
        for words in ("丙事。", "乙事。", "甲事。"):
            new = desk.insert(desk.find("报名咨询"), words)
            new.insert(0, copy.deepcopy(numbers))

    text = returned(editions[BILINGUAL], listed, source).text.decode()
    assert "\n\n1. 甲事。\n2. 乙事。\n3. 丙事。\n\n（青浦河市" in text


def test_paragraphs_of_quotations_and_editors_notes(editions: dict[Path, bytes]) -> None:
    source = BILINGUAL.read_text(encoding="utf-8")

    def quoted(desk: Desk) -> None:
        quote = desk.find("距离只是")
        desk.restyle(desk.insert(quote, "又一句。"), style_of(quote))

    assert changed(returned(editions[BILINGUAL], quoted, source), source) == ["+>", "+> 又一句。"]
    yunling = SEEDS / "yunling.md"
    source = yunling.read_text(encoding="utf-8")
    gone = returned(editions[yunling], lambda desk: desk.delete(desk.find("床位空着")), source)
    assert "::: editor-note" not in gone.text.decode()


def test_notes_go_and_come_with_their_calls(rich: bytes) -> None:
    def gone(desk: Desk) -> None:
        desk.delete(desk.find("召开民政工作会议，"))

    text = returned(rich, gone).text.decode()
    assert "[^1]" not in text and "民政工作**会议" not in text

    def moved(desk: Desk) -> None:
        call = next(desk.document.iter(w("footnoteReference"))).getparent()
        desk.find("一张图管住更新").append(call)

    text = returned(rich, moved).text.decode()
    assert "护理排班。[^1]\n" in text and "[^1]: 见附表,共**三**页。" in text

    def added(desk: Desk) -> None:
        notes = desk.parts["word/footnotes.xml"].decode()
        note = (
            '<w:footnote w:id="55"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>新的注释。</w:t></w:r></w:p></w:footnote>'
        )
        desk.parts["word/footnotes.xml"] = notes.replace("</w:footnotes>", f"{note}</w:footnotes>").encode()
        run = etree.SubElement(desk.find("一张图管住更新"), w("r"))
        etree.SubElement(run, w("footnoteReference"), {w("id"): "55"})

    assert "护理排班。^[新的注释。]\n" in returned(rich, added).text.decode()
    assert RICH.count("[^1]") == 2
