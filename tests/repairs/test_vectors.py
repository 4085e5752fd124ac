"""Each rule with a text that it mends and a near miss that it leaves."""

from __future__ import annotations

import pytest

from converters.model.sheet import Sheet
from converters.repairs import Options, repair

from .build import build

MENDED = [
    ("P-STOP", "评出了第一.二是要抓好落实", "评出了第一。二是要抓好落实"),
    ("S-HAN", "他说，本报讯 连载到今天", "他说，本报讯连载到今天"),
    ("E-BOM", "民\u200e政\u2066工作\u2069", "民政工作"),
    ("E-BOM", f"民\u200e政{'工' * 50}محمد", f"民政{'工' * 50}محمد"),
    ("P-COMMA", "近日,某厅党组(扩大)会议召开", "近日，某厅党组（扩大）会议召开"),
    ("P-COMMA", "共3,000人,10:30开会", "共3,000人，10:30开会"),
    ("P-COMMA", "“六快”,坚持", "“六快”，坚持"),
    ("P-COMMA", "《办法》,从", "《办法》，从"),
    ("P-COMMA", "达35.6%,比", "达35.6%，比"),
    ("P-COMMA", "打开C:\\a,b\\c.txt,然后", "打开C:\\a,b\\c.txt，然后"),
    ("P-COMMA", "https://greenriver.example/apply?x=1&y=2,填写", "https://greenriver.example/apply?x=1&y=2，填写"),
    ("P-COMMA", "时间:2023年;地点:会议室", "时间：2023年；地点：会议室"),
    ("P-COMMA", "问?答!", "问？答！"),
    ("P-COMMA", "7:20, 市局的灯亮了。", "7:20，市局的灯亮了。"),
    ("P-PAREN", "盐度(‰)、pH值", "盐度（‰）、pH值"),
    ("P-PAREN", "温度 (℃),pH值", "温度（℃），pH值"),
    ("P-QUOTE", '老人沉默半晌:"......我认."', "老人沉默半晌：“……我认。”"),
    ("P-STOP", "要做好听证、公示. 任何人不得挪用.", "要做好听证、公示。任何人不得挪用。"),
    ("P-STOP", "他答：“同意. 请签字.”", "他答：“同意。请签字。”"),
    ("P-STOP", "举办“市集”（Cloud Bazaar 2024）. 活动很热闹。", "举办“市集”（Cloud Bazaar 2024）。活动很热闹。"),
    ("P-QUOTE", "把标尺的'5'看成了'S',全部重数。", "把标尺的‘5’看成了‘S’，全部重数。"),
    (
        "P-STOP",
        "电话：226 0120（工作日8:00—17:30）. 微信公众号：鹿鸣。",
        "电话：226 0120（工作日8:00—17:30）。微信公众号：鹿鸣。",
    ),
    ("P-COMMA", "扫码地址：http://a.cn/b?c=1,2; 电话：12", "扫码地址：http://a.cn/b?c=1,2；电话：12"),
    ("P-STOP", "第1天. 新楼组长上任。", "第1天。新楼组长上任。"),
    ("P-COMMA", '他问:"谁懂这个词?RAVASZ?"', "他问：“谁懂这个词？RAVASZ？”"),
    ("S-PUNCT", "“怎样缴费？” “What if I fail?”", "“怎样缴费？”“What if I fail?”"),
    ("P-STOP", "按260元/吨收购. 农户签了字。", "按260元/吨收购。农户签了字。"),
    ("P-ELL", "“哪里还有next time...”", "“哪里还有next time……”"),
    ("P-DASH", "成绩不及格 --58分。", "成绩不及格——58分。"),
    ("P-DASH", "结论”--A组领先", "结论”——A组领先"),
    ("S-PUNCT", "“ AI会不会做梦？” “ 会。” 8人答。", "“AI会不会做梦？”“会。”8人答。"),
    ("S-PUNCT", "重在人 —— 没有人不行。", "重在人——没有人不行。"),
    ("S-HAN", "渡口有三绝：船歌、米酒。歌词只有四 句：", "渡口有三绝：船歌、米酒。歌词只有四句："),
    ("P-PAREN", "(一)加强领导", "（一）加强领导"),
    ("P-PAREN", "(1)加强领导", "（1）加强领导"),
    ("P-PAREN", "GDP(国内生产总值)增长", "GDP（国内生产总值）增长"),
    ("P-PAREN", "公司(ABC)称", "公司（ABC）称"),
    ("P-QUOTE", '他说:"好的."', "他说：“好的。”"),
    ("P-QUOTE", "他说'好'了", "他说‘好’了"),
    ("P-STOP", "会议召开.会议指出要抓好落实.", "会议召开。会议指出要抓好落实。"),
    ("P-STOP", "达3.5%.同比", "达3.5%。同比"),
    ("P-ELL", "等等...", "等等……"),
    ("P-ELL", "他想…又停下", "他想……又停下"),
    ("P-DASH", "主题-- 记", "主题——记"),
    ("P-DASH", "主题──记", "主题——记"),
    ("P-DASH", "小小的巡河单－－谁巡的", "小小的巡河单——谁巡的"),
    ("P-DASH", "这个数字是86%--比去年高。", "这个数字是86%——比去年高。"),
    ("P-DASH", "请拨打12345--有事随时打。", "请拨打12345——有事随时打。"),
    ("P-DASH", "他看了看表--16:45，下课铃响了。", "他看了看表——16:45，下课铃响了。"),
    ("E-KANGXI", "⼈⺠２０２３年", "人民2023年"),
    ("E-LIG", "ofﬁce", "office"),
    ("E-BOM", "民政\u200b部\ufeff门", "民政部门"),
    ("S-HAN", "召 开 会 议", "召开会议"),
    ("S-HAN", "全省 民政 工作会议，在京 召开。", "全省民政工作会议，在京召开。"),
    ("S-PUNCT", "会议 ，指出", "会议，指出"),
    ("S-PUNCT", "会议提出 “ 六稳 ” 工作。", "会议提出“六稳”工作。"),
    ("S-HAN", "第 四 条 市民政 部门应当编制规划。", "第四条 市民政部门应当编制规划。"),
    ("S-LATIN", "共 300 人", "共300人"),
    ("S-MULTI", "Vol.  5", "Vol. 5"),
    ("E-NBSP", "　　近日，会议召开。", "近日，会议召开。"),
]

LEFT = [
    ("P-STOP", "全長四.八公里"),
    ("S-HAN", "本报讯 连日来，图书馆前排起了长队。"),
    ("S-HAN", "新华社南屿10月6日电 今年以来，渔港一派繁忙。"),
    ("E-BOM", "请\u200eC++\u200e小组联系\u2066محمد علي\u2069（电话：\u200f0000-1234）。"),
    ("E-BOM", "作者\u2067שלום\u2069。"),
    ("P-COMMA", "见http://a.cn/b?c=1,2。"),
    ("P-COMMA", "We use Python, C and Java."),
    ("P-COMMA", "Hello, world! 你好"),
    ("P-COMMA", "按照 ISO 9001:2015 标准"),
    ("P-COMMA", "他说：“Yes, sir!”"),
    ("P-COMMA", "比例为1:500"),
    ("P-COMMA", "Room 7, 市局 is closed."),
    ("P-PAREN", "体重(kg)/身高(m)²"),
    ("P-COMMA", "Open http://a.cn/b?c=1; 电话 is short."),
    ("P-PAREN", "救援时间=(行驶+展开)÷2，可以提前。"),
    ("P-COMMA", "他说：“Sorry! Wunderbar!”"),
    ("P-STOP", "第1章. 总则"),
    ("S-HAN", "（码头组 供稿；校对：法律组）"),
    ("P-PAREN", "by sea (海), and by land"),
    ("P-QUOTE", '他说："……'),
    ("P-STOP", "附件. 名单"),
    ("P-STOP", "包括：一. 总则"),
    ("P-STOP", "他说：“See p. 5”。"),
    ("P-ELL", "他说：“Sorry! Our cat...”"),
    ("P-DASH", "加上“--fix”选项"),
    ("S-PUNCT", "提示 “Encoding error” 的意思"),
    ("S-HAN", "（湖滨区应急局 审核：区应急办）"),
    ("P-PAREN", "f(x)=2"),
    ("P-PAREN", "即(3+5)×2=16。"),
    ("P-PAREN", "The Ministry (民政部) said so."),
    ("P-PAREN", "见表3.2(b)所示"),
    ("P-PAREN", "f(甲)=3"),
    ("P-PAREN", "调用print(“你好”)函数"),
    ("P-COMMA", "见第3,5,7条"),
    ("P-COMMA", ":) 你好"),
    ("P-QUOTE", '他说："你看过"红楼梦"吗？"'),
    ("S-PUNCT", "他说 “OK” 了。"),
    ("S-HAN", "王 刚  李 明  张 三"),
    ("P-QUOTE", '"甲"乙"丙'),
    ("P-QUOTE", "don't 用"),
    ("P-QUOTE", "the students' 6'2\" 甲"),
    ("S-HAN", "（送电三班 一线员工）"),
    ("P-STOP", "伟大的革命导师卡尔.马克思说"),
    ("P-STOP", "一.加强领导"),
    ("P-STOP", "目标值为3.5.下一步"),
    ("P-ELL", "wait... what"),
    ("P-DASH", "使用 --fix 选项"),
    ("P-DASH", "电话88－－123号"),
    ("P-DASH", "甲－乙两地"),
    ("P-DASH", "2023-2024年"),
    ("P-DASH", "每次3--五天"),
    ("S-HAN", "王 刚"),
    ("S-HAN", "第一条 为了"),
    ("S-HAN", "编辑：张三　审核：李四"),
    ("S-NUM", "3 000人"),
    ("S-LATIN", "电话 000-0000000"),
    ("S-LATIN", "图1 流程"),
    ("N-RANGE", "第1-3条"),
    ("P-PAIR", "《甲》乙》"),
    ("P-BRACKET", "国发[2023]5号"),
    ("E-BOM", "👨\u200d👩\u200d👧"),
]


@pytest.mark.parametrize(("rule", "torn", "whole"), MENDED)
def test_rule_mends(rule: str, torn: str, whole: str) -> None:
    mended = repair(build(torn))
    assert Sheet(mended.value).text == whole
    assert rule in {change.rule for change in mended.changes}


@pytest.mark.parametrize(("rule", "text"), LEFT)
def test_rule_leaves_a_near_miss(rule: str, text: str) -> None:
    assert Sheet(repair(build(text)).value).text == text, rule


@pytest.mark.parametrize(
    ("rule", "torn", "whole"),
    [
        ("P-TILDE", "3~5天", "3～5天"),
        ("P-BOOK", "<<养老服务条例>>实施", "《养老服务条例》实施"),
        ("P-BRACKET", "国发[2023]5号", "国发〔2023〕5号"),
        ("P-MIDDOT", "卡尔•马克思", "卡尔·马克思"),
        ("E-KANA", "人ロ普查", "人口普查"),
        ("S-LATIN", "使用 Python 编写", "使用Python编写"),
    ],
)
def test_rules_that_run_only_when_named(rule: str, torn: str, whole: str) -> None:
    assert Sheet(repair(build(torn)).value).text == torn
    assert Sheet(repair(build(torn), options=Options(fix=frozenset({rule}))).value).text == whole


def test_a_rule_that_is_switched_off_leaves_its_fault() -> None:
    options = Options(no_fix=frozenset({"P-COMMA"}))
    assert Sheet(repair(build("近日,召开(扩大)会"), options=options).value).text == "近日,召开（扩大）会"


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("E-MOJI", "锟斤拷部门"),
        ("E-MOJI", "ä¸\xadå\x9b½ 国"),
        ("E-PUA", "民政\ue001部"),
        ("E-COMPAT", "\uf900先生"),
        ("E-KANA", "人ロ普查"),
        ("E-DASHCH", "第—条"),
        ("P-QUOTE", '"甲"乙"丙'),
        ("P-PAREN", "中心组(扩大）会议"),
        ("P-DASH", "主题—记"),
        ("P-DASH", "打出四个字—《西游记》"),
        ("R-WX", "点击上方蓝字关注我们"),
        ("S-HAN", "# 甲 乙"),
    ],
)
def test_what_only_a_person_may_decide_is_reported(rule: str, text: str) -> None:
    assert rule in {finding.rule for finding in repair(build(text)).findings}


def test_every_change_tells_where_it_was_made() -> None:
    text = "首段。\n\n近日,召开\n\n（扩大）会议,共３人。"
    for change in repair(build(text)).changes:
        if change.applied and change.before != change.after:
            assert text[change.span.start : change.span.end] == change.before, change


def test_runs_of_text_still_point_into_the_source() -> None:
    text = "近日,某 厅 召开(扩大)会议...讨论ofﬁce问题--记"
    for line in Sheet(repair(build(text)).value).lines:
        for run in line:
            assert run is not None
            if run.start >= 0:
                for index, char in enumerate(run.text):
                    held = text[run.start + index]
                    assert held == char or not (held.isalnum() and "\u4e00" <= held <= "\u9fff"), (held, char)
