"""Lines of their own under each other in Markdown become paragraphs; the lines of running text do not."""

from __future__ import annotations

import pytest

from converters.checks import CheckOptions, check
from converters.model import blocks as b
from converters.model.sheet import Sheet
from converters.readers import read
from converters.repairs import Options, repair
from converters.repairs.soft_lines import starts

APART = [
    ("numbered headings", "一、基本情况\n二、突出矛盾\n三、对策建议"),
    ("items in figures behind a colon", "现通知如下：\n（一）摸清底数，逐户登记。\n（二）落实责任，逐级签字。"),
    ("a single line of a note", "附件：1.评估表\n2.补贴目录"),
    ("articles of a regulation", "第一条　为了规范管理，制定本办法。\n第二条　本办法适用于全县。"),
    ("rows with a label", "时间：10月6日\n地点：图书馆\n联系人：张三"),
    ("rows behind a sentence", "活动安排如下。\n时间：10月6日\n地点：图书馆"),
    ("a source line", "活动取得圆满成功。\n（据云岭省民政厅）"),
    ("a verse", "春争日，夏争时，\n一年之计莫迟迟。\n种子下地如下聘，\n误了节气误娶妻。"),
    ("a person and a date", "枣园社区居民 苏文琴\n2026年10月5日"),
    ("organs and a date behind a sentence", "请认真贯彻执行。\n云岭省民政厅\n云岭省财政厅\n2026年3月6日"),
]
TOGETHER = [
    ("running text", "今年以来，全县新建助餐点三十个，覆盖了所有的\n乡镇，老人们在家门口就能吃上热饭。"),
    (
        "a number at a line's beginning by chance",
        "评选分为三个等级，其中获得一等奖的有\n二、三两个小组，其余小组获得了鼓励。",
    ),
    ("a label at a line's beginning by chance", "他站起来对大家\n说：这件事情就这样办。"),
    ("short clauses of many lengths", "布谷鸟叫了，\n锄头不等人，老百姓也不等人，\n散会以后各回各的田头去。"),
    ("a narrow column", "春天到了，万物复\n苏，农民们都在田\n里忙着插秧和施肥"),
    ("a date in a sentence", "这项工作从去年开始，一直要持续到\n2026年3月6日"),
    ("a number that rises by chance", "这几年的变化很大，说起来头一个就要数到这里的人均收入和生活水平\n一、\n二、"),
]


def mended(text: str, options: Options | None = None) -> list[str]:
    return Sheet(repair(read("a.md", f"# 题目\n\n{text}\n".encode()).value, options=options).value).text.split("\n")[1:]


@pytest.mark.parametrize("text", [text for _, text in APART], ids=[name for name, _ in APART])
def test_lines_of_their_own_stand_apart(text: str) -> None:
    assert ["".join(line.split()) for line in mended(text)] == ["".join(line.split()) for line in text.split("\n")]


@pytest.mark.parametrize("text", [text for _, text in TOGETHER], ids=[name for name, _ in TOGETHER])
def test_lines_of_one_paragraph_stay_together(text: str) -> None:
    assert starts(text.split("\n")) == {}
    assert len(mended(text)) == 1


def test_the_record_tells_the_line_end_and_its_place() -> None:
    source = "# 题目\n\n时间：10月6日\n地点：图书馆\n"
    (change,) = [one for one in repair(read("a.md", source.encode()).value).changes if one.rule == "R-LINES"]
    assert change.before == "\n" == source[change.span.start : change.span.end]
    assert (change.after, change.confidence, change.evidence) == ("\n\n", "high", "rows with a label")


def test_a_marked_line_end_and_a_rule_switched_off_leave_one_paragraph() -> None:
    assert len(mended("时间：10月6日  \n地点：图书馆")) == 1
    assert mended("时间：10月6日\n地点：图书馆", Options(no_fix=frozenset({"R-LINES"}))) == [
        "时间：10月6日地点：图书馆"
    ]


def test_a_signature_on_lines_without_a_blank_one_is_a_signature() -> None:
    source = (
        "---\nkind: gongwen\ndocument_number: 云民发〔2026〕12号\n---\n\n# 关于加强服务的通知\n\n"
        "各市（州）民政局：\n\n请各地结合实际认真抓好贯彻落实，并及时报告进展。\n\n云岭省民政厅\n2026年3月6日\n"
    )
    document = repair(read("a.md", source.encode()).value).value
    signature = document.articles[0].blocks[-1]
    assert isinstance(signature, b.Signature)
    assert not list(check(document, options=CheckOptions(select=frozenset({"A-SIGN"}))))
    again = repair(document)
    assert again.value == document and not [change for change in again.changes if change.applied]


def test_a_list_of_contents_in_one_paragraph_is_taken_for_one() -> None:
    body = "调研组走访了十一所学校，与校长、教师、家长作了面对面的访谈。"
    heads = ("一、基本情况", "二、三个突出矛盾")
    source = "# 海岛教育\n\n目录\n\n" + "\n".join(heads) + "".join(f"\n\n{head}\n\n{body}" for head in heads)
    document = repair(read("a.md", source.encode()).value).value
    assert [entry.text for entry in document.contents] == list(heads)
    assert sum(isinstance(block, b.Heading) for block in document.articles[0].blocks) == 2


def test_a_line_end_of_html_is_no_line_end() -> None:
    document = repair(read("a.html", "<h1>题</h1><p>时间：10月6日\n地点：图书馆</p>".encode()).value)
    assert not [change for change in document.changes if change.rule == "R-LINES"]


def test_a_blank_that_a_soft_line_end_stands_for_is_taken_out_where_the_line_ends() -> None:
    source = "# 题目\n\n全县按期办结率、**群众满意率**\n95.2%，比去年高。\n"
    (change,) = [one for one in repair(read("a.md", source.encode()).value).changes if one.rule == "S-LATIN"]
    assert (change.before, change.after) == (" ", "")
    assert source[change.span.start : change.span.end].strip("*") == "\n"


def test_rows_of_the_foot_on_full_lines_stay_apart() -> None:
    rows = "报：市委办公室、市政府办公室\n送：各县（市、区）应急管理局\n共印80份"
    text = f"# 云岫市简报\n\n第15期\n\n云岫市应急管理局    2026年6月1日\n\n# 活动举行\n\n6月1日，活动举行。\n\n{rows}\n"
    for name in ("a.txt", "a.md"):
        metadata = repair(read(name, text.encode()).value).value.metadata
        assert metadata.report_to == ("市委办公室、市政府办公室",)
        assert metadata.send_to == ("各县（市、区）应急管理局",)
