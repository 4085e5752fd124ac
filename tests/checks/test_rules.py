"""Each check with a hit and a near miss."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from converters.checks import CheckOptions, check
from converters.checks.registry import explain, rules
from converters.checks.words import WordList, parse
from converters.diagnostics import Diagnostic, Severity, Span
from converters.model.document import Comment, ContentsEntry, Document
from converters.model.metadata import Metadata
from converters.readers import read
from converters.repairs import Options, repair

from checks.finding import NOTICE, OFFICIAL, found, official  # isort: skip
from repairs.build import build  # isort: skip


HITS = [
    ("N-ORDER", "# 题\n\n一、甲项工作的安排\n\n（1）小项的安排。\n\n1.中项的安排。"),
    ("N-ORDER", "# 题\n\n## 一、总体安排\n\n正文。\n\n## 1.1 分项安排\n\n正文。\n\n## 二、保障\n\n正文。"),
    ("N-SEQ", "# 办法\n\n第一条　为了办好，制定本办法。\n\n第二条　适用本办法。\n\n第四条　自公布之日起施行。"),
    ("N-SEQ", "# 办法\n\n第一条　应当：\n\n（一）有章程；\n\n（三）有馆址。"),
    ("N-SEQ", "# 题\n\n## 甲部分\n\n（一）健全网络\n\n正文。\n\n（三）提升能力\n\n正文。"),
    ("N-SEQ", "# 题\n\n一、健全网络\n\n二、提升能力\n\n四、强化保障"),
    ("N-SEQ", "# 题\n\n会议明确任务。一是查底数。二是查设施。四是查演练。"),
    ("N-SEQ", "# 题\n\n第一，查底数。第三，查演练。"),
    ("N-MARK", "# 题\n\n（一）、加强领导。各地要抓好落实。"),
    ("N-MARK", "# 题\n\n1、加强领导。各地要抓好落实。"),
    ("N-LONE", "# 题\n\n一、健全网络\n\n（一）优化布局\n\n正文。\n\n二、提升能力\n\n正文。"),
    ("N-HSTOP", "# 题\n\n## 一、加强组织领导。\n\n正文。"),
    ("N-HDUP", "# 题\n\n## 一、加强领导\n\n正文。\n\n## 二、加强领导\n\n正文。"),
    ("N-DOCNO", "根据国发[2023]5号文件"),
    ("N-DOCNO", "根据国发〔2023〕第5号文件"),
    ("N-DOCNO", "根据国发〔2023〕005号文件"),
    ("N-DOCNO", "根据国发〔23〕5号文件"),
    ("N-CITE", "根据国发〔2023〕5号《关于养老服务的通知》要求"),
    ("N-CITE", "根据《关于养老服务的通知》国发〔2023〕5号要求"),
    ("N-DATE", "定于2月30日开会"),
    ("N-DATE", "定于2023年11月27日（星期二）开会"),
    ("N-DATE", "2023年01月05日印发"),
    ("N-DATE", "于23年11月27日印发"),
    ("N-DATE", "23年11月印发"),
    ("N-DATE", "到23年底完成"),
    ("N-DATE", "二0二三年印发"),
    ("N-DATE", "二零二三年印发"),
    ("N-DATEMIX", "2023年十一月召开"),
    ("N-DATEMIX", "11月二十七日召开"),
    ("N-RANGE", "第1-3条"),
    ("N-RANGE", "每次3~5天"),
    ("N-RANGE", "投资9～16亿元"),
    ("N-RANGE", "占13～17%"),
    ("N-APPROX", "用了三、四个月"),
    ("N-APPROX", "约10余人左右"),
    ("N-APPROX", "走出去三、四步"),
    ("N-PCT", "不低于百分之5的比例"),
    ("N-DATE", "10月06日上午开会"),
    ("N-DATE", "攝於一九五6年冬天"),
    ("N-RANGE", "每月租金800-1,200元"),
    ("N-RANGE", "每天8:00-12:00开放"),
    ("N-MONTHDAY", "“6.28”强降雨"),
    ("Q-STOP", "他说：“它听得懂我！”！"),
    ("Q-NEST", "他讲：“你写‘不适’，等于没写；他要是说“像有只猫在挠”，你就照写。”"),
    ("Q-NEST", "《关于〈甲〉和《乙》的说明》"),
    ("Q-BOOK", "举办第四届《匠心杯》职工技能大赛"),
    ("Q-ENUM", "修缮了桥梁、涵洞、等一批项目"),
    ("N-APPROX", "大约300人左右"),
    ("N-LEX", "每周星期5值班"),
    ("N-LEX", "党的20大精神"),
    ("N-LEX", "正月初5"),
    ("N-LEX", "清咸丰10年"),
    ("N-LEX", "4书5经"),
    ("N-MONTHDAY", "5.12地震"),
    ("N-MONTHDAY", "5·12汶川特大地震"),
    ("N-MONTHDAY", "一二九运动"),
    ("N-DIGITFORM", "2,023年印发"),
    ("N-DIGITFORM", "增长.5个百分点"),
    ("N-DIGITFORM", "共3,000人，另有12 000元"),
    ("N-BIGNUM", "共3千5百人"),
    ("N-UNIT", "全长3公里，宽2千米"),
    ("N-UNIT", "长30公分"),
    ("N-UNIT", "身高1米75厘米"),
    ("N-UNIT", "投资1.5亿万元"),
    ("N-PCT", "下降2倍"),
    ("N-PCT", "占百分之三十，另占20%"),
    ("Q-PAIR", "学习《甲》乙》"),
    ("Q-PAIR", "他说：“好。"),
    ("Q-PAIR", "中心组（扩大会议"),
    ("Q-NEST", "《关于印发《办法》的通知》"),
    ("Q-NEST", "他说：“我听见“好”字。”"),
    ("Q-NEST", "‘六快’机制"),
    ("Q-NEST", "根据〈管理办法〉规定"),
    ("Q-STOP", "他说：“好。”。"),
    ("Q-STOP", "他说：“我明天一早就到县城里去”。"),
    ("Q-COMMA", "读《山》、《水》"),
    ("Q-SO", "用“三会课”。办“三会课”。讲“三会课”。最后，三会课，办好。"),
    ("Q-SO", "用“三会课”。办“三会课”。讲“三会课”。" * 2 + "最后，三会课，办好。其次，三会课，也好。"),
    ("Q-BOOK", "获《先进工作者奖》"),
    ("Q-BOOK", "获《先进工作者》称号"),
    ("Q-BOOK", "印发《关于做好养老服务》的通知"),
    ("Q-ELLETC", "桌椅、板凳……等等。"),
    ("Q-ELLETC", "等等..."),
    ("Q-ELLETC", "苹果、梨……等水果。"),
    ("N-APPROX", "七、八个人"),
    ("Q-ELLETC", "他走了……。"),
    ("Q-COLON", "会议强调：要做到三点：一是查。"),
    ("Q-SEMI", "山高；水长。"),
    ("Q-ENUM", "省、市、和乡镇的"),
    ("Q-ENUM", "桌子、椅子、等家具"),
    ("Q-CONN", "2021—2022年、2023～2024年、2019—2020年"),
    ("Q-CONN", "每次3～5天，共2—3天，再加3～4周"),
    ("Q-CONN", "合肥—南京铁路、合肥-蚌埠公路"),
    ("Q-DUP", "会议结束。。"),
    ("Q-DUP", "省，、市"),
    ("Q-WIDTH", "the price is good，and the work was done"),
    ("Q-WIDTH", "10：30开会"),
    ("Q-TITLE", "# 关于安全的报告，\n\n正文。"),
    ("A-SRC", "# 甲\n\n正文。\n\n（据云岭省民政厅）\n\n# 乙\n\n正文。"),
    ("A-TYPE", "# 关于请求拨款的请示\n\n正文。"),
    ("A-TYPE", "# 关于转发关于拨款的通知\n\n正文。"),
    ("T-REPEAT", "做好的的工作"),
    ("T-REPEAT", "民政局民政局的工作"),
    ("T-REPEAT", "会议研究了安全工作。会议研究了安全工作。"),
    ("T-SENT", "会" * 130 + "。"),
    ("T-HANT", "民政廳召开会议"),
    ("T-HANT", "経济发展"),
    ("T-OCR", "办好自己的事。相信自己的人。说自己的话。做自已的事。"),
    ("T-OCR", "2O23年召开"),
    ("T-OCR", "共l5人到会"),
    ("T-OCR", "人□普查"),
    ("T-OCR", "完成工作o会议指出"),
]

MISSES = [
    ("N-APPROX", "名列第三、四步"),
    ("N-DATE", "编号0106日志，2026年10月6日"),
    ("N-DATE", "第一100年纪念"),
    ("N-RANGE", "电话800-1200，型号1,200-A"),
    ("N-RANGE", "比分8:00，比例3:2-1"),
    ("N-MONTHDAY", "“2.8”版软件"),
    ("Q-STOP", "“它听得懂我！”他喊。"),
    ("Q-NEST", "他讲：“你写‘不适’，等于没写。”又讲：“照写。”"),
    ("Q-BOOK", "小说《一只玻璃杯》获奖"),
    ("N-APPROX", "# 题\n\n一、基本情况\n\n正文。\n\n二、三个突出矛盾\n\n正文。"),
    ("Q-ENUM", "说一句话、写一封信、等一个人。"),
    ("Q-ENUM", "奖给做砸了实验、却弄明白了的同学。"),
    ("A-SRC", "# 甲\n\n正文。\n\n（据云岭省民政厅）\n\n# 数字看民政\n\n以上数据由市民政局规划科提供。"),
    ("N-ORDER", "# 题\n\n一、甲项工作的安排\n\n1.中项的安排。\n\n2.中项的安排。"),
    ("N-ORDER", "# 题\n\n## 一、甲项\n\n（一）小项的安排。\n\n1. 中项的安排。\n\n（1）细项的安排。\n\n2. 中项的安排。"),
    ("N-SEQ", "# 题\n\n一、健全网络\n\n二、提升能力\n\n三、强化保障"),
    (
        "N-SEQ",
        "# 办法\n\n第一条　应当：\n\n（一）有章程；\n\n（二）有馆。\n\n第二条　不得：\n\n（一）收费；\n\n（二）闭馆。",
    ),
    ("N-SEQ", "# 办法\n\n第十二条　本条所引。\n\n第三条规定的情形除外。"),
    ("N-SEQ", "# 题\n\n## 甲部分\n\n（一）健全网络\n\n正文。\n\n## 乙部分\n\n（一）提升能力\n\n正文。"),
    ("N-ORDER", "# 题\n\n## 一、总体安排\n\n3.5亿元资金到位。\n\n## 二、保障\n\n正文。"),
    ("N-SEQ", "# 题\n\n一是查底数。二是查设施。三是查演练。这是一件好事。"),
    ("N-MARK", "# 题\n\n3、4月份进行检查。"),
    ("N-LONE", "# 题\n\n一、健全网络\n\n正文。\n\n二、提升能力\n\n正文。"),
    ("N-HSTOP", "# 题\n\n## 一、钱从哪里来？\n\n正文。"),
    ("N-HDUP", "# 题\n\n## 一、加强领导\n\n正文。\n\n## 二、抓好落实\n\n正文。"),
    ("N-DOCNO", "根据国发〔2023〕5号文件，住建设路（2023）号楼"),
    ("N-CITE", "根据《关于养老服务的通知》（国发〔2023〕5号）要求"),
    ("N-DATE", "定于2024年2月29日（星期四）开会，二〇二三年已开过"),
    ("N-DATE", "近20年底子厚，工龄20年，历时12年3个月，“98年洪水”，2023年底"),
    ("N-DATEMIX", "2023年腊月初八，2023年11月27日"),
    ("N-RANGE", "电话010-12345678，2023-11-27，每次3～5天，2021—2023年"),
    ("N-APPROX", "获一、二等奖，用了三四个月，约10人，约定3人左右各一"),
    ("N-LEX", "第1条，5方面军，星期五"),
    ("N-MONTHDAY", "“5·12”地震，“5·12汶川地震”，增长5.12个百分点，投入5.12万元用于地震"),
    ("N-DIGITFORM", "共2,023人，2023年增长0.5个百分点"),
    ("N-BIGNUM", "共3.45亿元，5千克"),
    ("N-UNIT", "全长3公里，宽2公里，3小时20分，宽3米、高2米"),
    ("N-PCT", "增长2倍，占30%"),
    ("Q-PAIR", "学习《甲》《乙》，他说：“好（不好）。”1）甲；2）乙"),
    ("Q-PAIR", "“第一段说。\n\n“第二段说完。”"),
    ("Q-NEST", "《关于印发〈办法〉的通知》，他说：“我听见‘好’字。”（甲）（乙）"),
    ("Q-STOP", "他说：“好。”大家提出了“三个必须”。"),
    ("Q-COMMA", "读《山》《水》；读《阿Q正传》（鲁迅）、《边城》"),
    ("Q-SO", "用“六快办理”。办“六快办理”。"),
    ("Q-BOOK", "读《爷爷的借书证》，读《获奖作品集》，印发《关于做好养老服务的通知》"),
    ("Q-ELLETC", "桌椅、板凳……他等着。桌椅、板凳……等他来搬。"),
    ("Q-COLON", "他说：“要做到：查、改。”时间：10:30；地点：会议室。"),
    ("Q-SEMI", "山高，路远；水长，天阔。"),
    ("Q-ENUM", "发展、和平与进步；宽敞、及时"),
    ("Q-CONN", "2021—2022年、2023—2024年，每次3～5天，他——走了，合肥—南京铁路"),
    ("Q-DUP", "真的？！太好了！！"),
    ("Q-WIDTH", "比分3：2，10:30开会，好（good）"),
    ("Q-TITLE", "# 钱从哪里来？\n\n正文。"),
    ("A-SRC", "# 甲\n\n正文。\n\n# 乙\n\n正文。"),
    ("A-SRC", "# 甲\n\n正文。\n\n（据云岭省民政厅）\n\n# 链接：什么是低保\n\n正文。"),
    ("A-SRC", "# 甲\n\n正文。\n\n（据云岭省民政厅）\n\n# 简讯\n\n正文。\n\n（本刊综合）"),
    ("A-TYPE", "# 关于拨款的请示\n\n正文。"),
    ("T-REPEAT", "以营利为目的的活动，标的的价值，的的确确，研究研究，哈哈哈哈哈哈，不了了之，所有有关部门"),
    ("T-SENT", "会" * 100 + "。"),
    ("T-HANT", "民政厅召开会议，喆字堃字，友好象征，帐篷，超过份额"),
    ("T-OCR", "自己的事已经办好，技术本身，收入八人，未到月末。"),
    ("T-OCR", "4S店和5S管理，ISO 9001，B2O3，PM2.5，5G，3D，第I类，A1l号"),
    ("T-OCR", "□是　□否"),
]


@pytest.mark.parametrize(("rule", "text"), HITS)
def test_hit(rule: str, text: str) -> None:
    hits = found(rule, text)
    assert hits, text
    assert {hit.rule for hit in hits} == {rule}
    for hit in hits:
        assert hit.text() and "{" not in hit.text()
        assert "{" not in hit.hint_text()
        assert hit.span is not None


@pytest.mark.parametrize(("rule", "text"), MISSES)
def test_near_miss(rule: str, text: str) -> None:
    assert [hit.text() for hit in found(rule, text)] == []


def test_full_width_brackets_of_a_number_are_asked_for_where_repair_is_off() -> None:
    document = repair(build("# 题\n\n(一)加强领导"), options=Options(no_fix=frozenset({"P-PAREN"}))).value
    assert "N-BRK" in [hit.rule for hit in check(document)]


def test_relative_dates_are_noted_in_dated_texts_only() -> None:
    dated = Metadata(date=datetime.date(2026, 3, 6))
    assert found("N-RELDATE", "去年召开了会议", dated)
    assert not found("N-RELDATE", "去年召开了会议")
    assert not found("N-RELDATE", "2026年6月30日前完成", dated)


def test_official_document_in_order_has_no_finding() -> None:
    for rule in ("A-REF", "A-SIGN", "A-TO", "N-DOCNO", "Q-TITLE", "N-DATE"):
        assert official(rule, NOTICE) == [], rule


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("A-REF", "2.任务清单", "2.任务清册"),
        ("A-REF", "2.任务清单\n", "2.任务清单。\n"),
        ("A-REF", "1.建设标准\n2.任务清单", "1.建设标准"),
        ("A-REF", "进展。", "进展，见附件3。"),
        ("A-REF", "1.建设标准", "1.《建设标准》"),
        ("A-TO", "各市（州）民政局：", "各县人民政府、省政府各部门："),
        ("A-SIGN", "云岭省民政厅\n2026年3月6日\n", ""),
        ("N-DATE", "2026年3月6日", "2026.3.6"),
        ("Q-TITLE", "关于加强社区养老服务的通知", "关于加强养老服务，抓好落实的通知"),
    ],
)
def test_official_document_with_a_fault_has_one(rule: str, old: str, new: str) -> None:
    assert official(rule, NOTICE.replace(old, new, 1))


def test_wrong_document_number_in_front_matter_is_found() -> None:
    assert official("N-DOCNO", NOTICE, replace(OFFICIAL, document_number="云民发[2026]12号"))


def test_copies_row_ends_in_a_full_stop() -> None:
    assert official("A-TO", NOTICE, replace(OFFICIAL, send_to=("省委办公厅",)))
    assert not official("A-TO", NOTICE, replace(OFFICIAL, send_to=("省委办公厅。",)))


def test_levels_of_the_row_of_copies_are_parted_by_commas() -> None:
    row = "省委办公厅、省政府办公厅，各市、县（区）民政局。"
    assert not official("A-TO", NOTICE, replace(OFFICIAL, send_to=(row,)))
    assert official("A-TO", NOTICE, replace(OFFICIAL, send_to=(row.replace("，", "、"),)))


def test_a_reference_to_an_attachment_where_nothing_is_attached() -> None:
    assert found("A-REF", "报名办法见附件2。")
    assert found("A-REF", "# 题\n\n名单（详见附件）报送。")
    assert not found("A-REF", "邮件附件请勿打开，见附件中的说明。")


def test_a_weekday_of_a_date_without_a_year_is_that_of_the_nearest_year() -> None:
    issued = Metadata(date=datetime.date(2024, 1, 5))
    assert found("N-DATE", "12月30日（星期五）召开", issued)
    assert not found("N-DATE", "12月30日（星期六）召开，1月4日（星期四）结束", issued)
    assert not found("N-DATE", "12月30日（星期五）召开")


def test_the_name_of_the_file_is_compared_with_the_front_matter() -> None:
    def named(name: str) -> list[str]:
        text = "---\nname: 云岭简报\nissue: 12\ndate: 2023-11-27\n---\n\n# 题\n\n正文。\n"
        document = read(name, text.encode()).value
        return [hit.text() for hit in check(document, options=CheckOptions(select=frozenset({"A-ISSUE"})))]

    assert not named("2023年第12期.md")
    assert len(named("2023年第13期.md")) == 1
    assert len(named("2022年第13期.md")) == 2


def test_signature_in_a_bulletin_is_noted() -> None:
    assert official("A-SIGN", NOTICE, Metadata(name="民政简报"))


def test_contents_are_compared_with_titles() -> None:
    document = repair(build("# 甲题\n\n正文。\n\n# 乙题\n\n正文。")).value
    select = CheckOptions(select=frozenset({"A-TOC"}))
    assert not check(replace(document, contents=(ContentsEntry("◆甲题"), ContentsEntry("◆乙题 3"))), options=select)
    assert len(check(replace(document, contents=(ContentsEntry("乙题"), ContentsEntry("甲题"))), options=select)) == 1
    assert len(check(replace(document, contents=(ContentsEntry("甲题"), ContentsEntry("丙题"))), options=select)) == 2


def test_parts_of_an_article_are_listed_in_their_order() -> None:
    text = "# 海岛教育\n\n目录\n\n{}\n\n{}\n\n一、基本情况\n\n正文在此。\n\n二、对策建议\n\n正文在此处。\n"
    heads = ["一、基本情况", "二、对策建议"]

    def told(first: str, second: str) -> int:
        document = repair(read("a.md", text.format(first, second).encode()).value).value
        return len(list(check(document, options=CheckOptions(select=frozenset({"A-TOC"})))))

    assert (told(*heads), told(*heads[::-1])) == (0, 1)


def test_front_matter_that_contradicts_itself() -> None:
    assert found("A-ISSUE", "正文。", Metadata(year=2025, date=datetime.date(2026, 1, 1)))
    assert not found("A-ISSUE", "正文。", Metadata(year=2026, date=datetime.date(2026, 1, 1), copies=3))


def test_user_words() -> None:
    words = parse("name 张三丰\nconfuse 截止=截至\navoid 某地=某省\n# 注\n")
    assert words == WordList(("张三丰",), (("截止", "截至"),), (("某地", "某省"),))
    document = repair(build("张二丰说，截止今天，某地已办。截至昨日，张三丰在。")).value
    assert [hit.rule for hit in check(document, options=CheckOptions(words=words))] == ["T-NAME", "T-CONF", "T-SENS"]
    assert check(document) == ()
    with pytest.raises(ValueError, match="line 1"):
        parse("wrong 词语\n")


def test_fixes_give_the_text_they_promise() -> None:
    text = "# 题\n\n定于2023年01月05日开会，省、市、和乡，第1-3条，读《山》、《水》。"
    document = repair(build(text)).value
    options = CheckOptions(select=frozenset({"N-DATE", "Q-ENUM", "N-RANGE", "Q-COMMA"}))
    for edit in sorted(
        (edit for hit in check(document, options=options) for edit in hit.fix), key=lambda edit: -edit.span.start
    ):
        text = text[: edit.span.start] + edit.after + text[edit.span.end :]
    assert text == "# 题\n\n定于2023年1月5日开会，省、市和乡，第1～3条，读《山》《水》。"


def excused(comment: str) -> tuple[Diagnostic, ...]:
    text = "首段定于2月30日。\n\n<!-- -->\n\n次段定于2月30日。\n\n末段定于2月30日。"
    document = build(text)
    place = text.index("<!--")
    blocks = tuple(block for block in document.articles[0].blocks if block.span and block.span.start != place)
    articles = (replace(document.articles[0], blocks=blocks),)
    span = Span("text.md", place, place + 8)
    return check(repair(replace(document, articles=articles, comments=(Comment(comment, span),))).value)


def test_an_excuse_with_a_reason_covers_the_next_block_only() -> None:
    assert len(excused("jianbao: allow N-DATE 原文如此")) == 2
    assert len(excused("jianbao: allow Q-PAIR 原文如此")) == 3


def test_an_excuse_without_a_reason_excuses_nothing() -> None:
    assert [hit.rule for hit in excused("jianbao: allow N-DATE")] == ["N-DATE", "N-DATE", "N-DATE", "M-ALLOW"]


def test_settings_switch_and_grade_rules() -> None:
    def levels(*settings: tuple[str, str]) -> list[Severity]:
        document: Document = repair(build("定于2月30日", Metadata(settings=settings))).value
        return [hit.severity for hit in check(document)]

    assert levels() == [Severity.ERROR]
    assert levels(("N-DATE", "off")) == []
    assert levels(("N", "off"), ("N-DATE", "info")) == [Severity.INFO]


@pytest.mark.parametrize("code", sorted(rules()))
def test_every_rule_has_a_manual_page(code: str) -> None:
    page = explain(code)
    assert page.startswith(f"{code}: ")
    assert len(page) > 120
    assert "Mend:" in page


def test_old_forms_are_not_told_one_by_one_in_a_text_that_is_traditional_throughout() -> None:
    text = "# 關於會議的報告\n\n" + "總務處對學生們的來信逐條答覆，並將結果張貼於餐廳門邊的佈告欄。" * 3
    assert [finding.rule for finding in check(read("a.md", text.encode()).value) if finding.rule == "T-HANT"] == [
        "T-HANT"
    ]
