"""Masthead and colophon edited in Word come back into front matter."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from editing import SEEDS, Desk, edition, text_of, w
from rich import changed, returned, retype

YUNLING, TONGZHI = SEEDS / "yunling.md", SEEDS / "tongzhi.md"


@pytest.mark.parametrize(
    ("words", "before", "after", "lines"),
    [
        ("第12期", "12", "13", ["-期号: 12", "+期号: 13"]),
        ("总第345期", "345", "346", ["-总期号: 345", "+总期号: 346"]),
        ("第12期", "（总第345期）", "", ["-总期号: 345"]),
        ("民政工作简报", "民政工作简报", "民政信息", ["-简报名称: 民政工作简报", "+简报名称: 民政信息"]),
        ("云岭省民政厅办公室", "办公室", "综合处", ["-编发单位: 云岭省民政厅办公室", "+编发单位: 云岭省民政厅综合处"]),
        ("2026年3月27日", "27", "30", ["-日期: 2026-03-27", "+日期: 2026-03-30"]),
        ("内部资料", "内部资料", "秘密", ["-密级: 内部资料", "+密级: 秘密"]),
        ("省直有关部门", "省直有关部门", "省直各部门", ["-送: 省直有关部门。", "+送: 省直各部门。"]),
        ("编辑：张三", "张三", "张三、王五", ["-编辑: 张三", "+编辑: [张三, 王五]"]),
        ("审核：李四", "李四", "赵六", ["-审核: 李四", "+审核: 赵六"]),
        ("共印100份", "100", "120", ["-份数: 100", "+份数: 120"]),
    ],
)
@pytest.mark.parametrize("tracked", [False, True])
def test_a_line_of_a_bulletins_head_or_foot_is_its_key(
    editions: dict[Path, bytes], words: str, before: str, after: str, lines: list[str], tracked: bool
) -> None:
    source = YUNLING.read_text(encoding="utf-8")
    result = returned(editions[YUNLING], lambda desk: retype(desk, words, before, after, tracked=tracked), source)
    assert changed(result, source) == lines
    assert [entry.kind for entry in result.applied] == ["changed"]


@pytest.mark.parametrize(
    ("words", "before", "after", "lines"),
    [
        ("云民发", "12", "15", ["-document_number: 云民发〔2026〕12号", "+document_number: 云民发〔2026〕15号"]),
        ("云岭省民政厅文件", "民政厅", "卫健委", ["-organs: [云岭省民政厅]", "+organs: [云岭省卫健委]"]),
        ("★1年", "1", "3", ["-secrecy_term: 1年", "+secrecy_term: 3年"]),
        ("加急", "加急", "特急", ["-urgency: 加急", "+urgency: 特急"]),
        ("印发", "9日", "10日", ["-printed_date: 2026-03-09", "+printed_date: 2026-03-10"]),
        ("2026年3月6日", "6日", "7日", ["-2026年3月6日", "+2026年3月7日"]),
        ("附件：1.", "建设", "设置", ["-附件：1.社区养老服务设施建设标准", "+附件：1.社区养老服务设施设置标准"]),
    ],
)
def test_a_line_of_an_official_document_is_its_key_or_its_line(
    editions: dict[Path, bytes], words: str, before: str, after: str, lines: list[str]
) -> None:
    source = TONGZHI.read_text(encoding="utf-8")
    result = returned(editions[TONGZHI], lambda desk: retype(desk, words, before, after), source)
    assert changed(result, source) == lines


def row_of(desk: Desk, words: str) -> object:
    return next(desk.find(words).iterancestors(w("tr")))


def drop_secrecy(desk: Desk) -> None:
    desk.delete(desk.find("内部资料"))


def drop_report(desk: Desk) -> None:
    row = row_of(desk, "云岭省委办公厅、省政府办公厅。")
    row.getparent().remove(row)


def add_recipients(desk: Desk) -> None:
    row = row_of(desk, "各市（州）民政局")
    new = copy.deepcopy(row)
    for mark in [*new.iter(w("bookmarkStart")), *new.iter(w("bookmarkEnd"))]:
        mark.getparent().remove(mark)
    row.addnext(new)
    paragraph = next(new.iter(w("p")))
    desk.change(paragraph, 0, len(text_of(paragraph)), "本期增发：各有关高校。")


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (drop_secrecy, ["-密级: 内部资料"]),
        (drop_report, ["-报: 云岭省委办公厅、省政府办公厅。"]),
        (add_recipients, ["+增发: 各有关高校。"]),
    ],
)
def test_a_line_taken_out_takes_its_key_and_a_new_one_brings_one(
    editions: dict[Path, bytes], edit: Callable[[Desk], None], lines: list[str]
) -> None:
    source = YUNLING.read_text(encoding="utf-8")
    assert changed(returned(editions[YUNLING], edit, source), source) == lines


def test_a_date_that_is_none_is_a_conflict(editions: dict[Path, bytes]) -> None:
    source = YUNLING.read_text(encoding="utf-8")
    result = returned(editions[YUNLING], lambda desk: retype(desk, "2026年3月27日", "27日", "某日"), source)
    assert result.text.decode() == source
    assert [entry.reason for entry in result.conflicts] == ["it is no date"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("期号： 12", "期号： 13"),
        ('期号: "12" # 号', '期号: "13" # 号'),
        ("期号: '12'", "期号: '13'"),
        ("期号: 第12期", "期号: 第13期"),
    ],
)
def test_the_form_of_a_value_is_kept(folder: Path, old: str, new: str) -> None:
    source = f"---\n简报名称: 青浦简报\n{old}\n---\n\n# 题目在这里\n\n近日，青浦河市召开会议，部署全年任务。\n"
    data = edition("form.md", source.encode(), folder)
    result = returned(data, lambda desk: retype(desk, "期", "12", "13"), source)
    assert result.text.decode() == source.replace(old, new)


def test_signatures_and_names_of_attachments_are_put_in_and_taken_out(editions: dict[Path, bytes]) -> None:
    source = TONGZHI.read_text(encoding="utf-8")

    def edit(desk: Desk) -> None:
        names = desk.find("2.社区养老服务重点任务清单")
        organ = [p for p in desk.document.iter(w("p")) if text_of(p) == "云岭省民政厅"][-1]
        for after, words in ((names, "3.联系人名单"), (organ, "云岭省财政厅")):
            new = desk.insert(after, words)
            new.insert(0, copy.deepcopy(after.find(w("pPr"))))

    assert changed(returned(editions[TONGZHI], edit, source), source) == ["+3.联系人名单", "+云岭省财政厅"]
    gone = returned(editions[TONGZHI], lambda desk: desk.delete(desk.find("2.社区养老服务重点")), source)
    assert changed(gone, source) == ["-2.社区养老服务重点任务清单"]
