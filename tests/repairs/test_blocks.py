"""What is joined, what is not, and what blocks are taken for."""

from __future__ import annotations

import re

import pytest

from converters.diagnostics import Checked
from converters.model import blocks as b
from converters.model.document import Document
from converters.model.masthead import colophon, masthead
from converters.model.metadata import ArticleOverride, Kind, Metadata
from converters.model.sheet import Sheet
from converters.model.walk import plain
from converters.readers import read
from converters.repairs import repair

from .build import build, lines


def texts(document: Document) -> list[str]:
    return [
        plain((*block.run_in, *block.inlines))
        for article in document.articles
        for block in article.blocks
        if isinstance(block, b.Paragraph)
    ]


def joins(checked: Checked[Document]) -> list[str]:
    return [change.confidence for change in checked.changes if change.rule == "R-JOIN" and change.applied]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("确保全年目标任务圆满收官，进一步拉高标杆、争先", "进位，朝着目标奋斗。"),
        ("坚持“当下改”和“长久立”相结合，", "着力堵塞漏洞、补齐制度短板。"),
        ("社区依法协助工作21项、", "创建评比达标工作6项。"),
        ("会议集体学习了《关于进一步夯实社区基层基础", "工作的实施方案》，研究了贯彻意见。"),
        ("会议认真研究了安全生产工作，部署了下一步任务", "。会议还要求抓好落实。"),
        ("他在会上讲了全省养老服务工作的三个“", "没想到”，大家听得入神。"),
        ("除了賣菜、賣小吃，還有「", "以物易物」專區、「阿公修理站」和親子走讀活動。"),
        ("市集建於清代，全盛時期有店鋪一百餘家。二", "○○五年以後，人潮逐漸散去。"),
        ("会议就做好今年的工作提出了三点意见—", "—要抓早、抓小、抓实。"),
        ("会议逐条审议了办法的送审稿，同意第二", "条关于适用范围的规定。"),
        ("第十一条 本办法由", "市民政局负责解释，自2027年1月1日起施行。"),
        (
            "1.社会救助精准有力。全年新增低保",
            "对象43户、71人，退出28户、39人，现有低保对象312户、486人，月人均补助水平702元。",
        ),
        ("（四）绿", "化覆盖率不低于75%。"),
        ("二、市医学会发布《青少年近视防", "控倡议书》，提出了口诀。"),
        ("一、市农学会举办“数字农业”学术沙", "龙。10月10日，沙龙围绕无人农场展开。"),
        ("阅览室添了《中国居民膳食指南（20", "22）》《活着》等书，都摆上了架。"),
        ("他们聊家乡的梯田，聊“如果当初", "……”。第五天，学生睡着了。"),
        ("检测值为96mg/", "100mL，属于醉驾。"),
        ("2,300×0.45×36=", "37,260元，双方都无异议。"),
        ("全市的比例下降了。其中夜间下降12.", "1%，降幅并不算大。"),
        ("日常使用，保持在20%", "～80%就够了；偶尔充满，无妨。"),
        ("日常使用，保持在20%～", "80%就够了；偶尔充满，无妨。"),
        ("他把算式写在白板上：T=(w·L²)/", "(8·f)，会议室静了下来。"),
        ("大家忙着掏淤、封缝，一直忙到16:", "30，才坐下来吃饭。"),
        ("2019年，一颗棉花种子在月球上发了芽", "——那是第一片绿叶。"),
        ("老人说：“那天刮的是东北风。我认。", "”庭审到此结束。"),
    ],
)
def test_torn_paragraph_is_joined(first: str, second: str) -> None:
    assert texts(repair(build(f"{first}\n\n{second}")).value) == [first + second]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("（据湖北省民政厅）", "会议指出，要抓好落实。"),
        ("现将有关事项通知如下：", "一、加强领导"),
        ("会议研究了全年工作。", "会议强调，要抓好落实。"),
        ("要围绕“六快”", "办理机制，抓好落实。"),
        ("特此通知", "云岭省民政厅"),
        ("白日依山尽，", "黄河入海流。"),
        ("图1 全省养老机构安全检查工作流程", "从图上可以看出，检查分为三步进行。"),
        ("云岭省民政厅办公室综合处宣传科", "2026年3月6日"),
        ("报：省委办公厅，省政府办公厅", "送：省直有关部门"),
        ("会议还研究了其他有关事项，大家一致同意了这个办法", "12"),
        ("会议听取了市民政局关于今年工作情况的汇报，审议了", "民政工作简报"),
        ("协会倡议：诚信经营，从一张小票做起", "各会员单位："),
        ("地点：图书馆二楼“静思”研 讨 室", "参加人：高一（4）班、高一（9）班学生共19人"),
        ("小城的一天", "——望津镇见闻。"),
        ("全市新增床位1,200.", "2023年，市民政局部署了新任务。"),
        ("他说：“第一，要快。", "第二，要稳。”大家都同意。"),
        ("一、规范议事规则，解决“怎么议”的问题", "制定《社区协商议事规则（试行）》，明确五个步骤。每件议题都要公示。"),
    ],
)
def test_these_are_never_joined(first: str, second: str) -> None:
    checked = repair(build(f"{first}\n\n{second}"))
    assert joins(checked) == []


def test_source_line_never_joins_the_paragraph_before_it() -> None:
    checked = repair(build("# 题\n\n会议研究了全年的重点工作，\n\n（据云岭省民政厅）"))
    assert joins(checked) == []
    assert checked.value.articles[0].source is not None


def test_lines_that_are_alike_and_have_no_stop_are_not_put_to_the_paragraphs_under_them() -> None:
    long = "会议指出，要坚持以人民为中心的发展思想，扎实推进民政事业高质量发展，切实保障和改善民生，办好群众的身边事。"
    heads = ["加强组织领导，压实工作责任链条", "突出问题导向，补齐民生保障短板", "强化监督检查，确保政策落地见效"]
    text = "\n\n".join(f"{head}\n\n{long}" for head in ["# 题", *heads])
    checked = repair(build(text))
    assert joins(checked) == []
    assert [finding.rule for finding in checked.findings if finding.rule == "R-JOIN"] == ["R-JOIN"] * 3


def test_a_piece_of_a_numbered_paragraph_is_no_heading() -> None:
    text = (
        "# 题\n\n（一）突出重点对象。重点排查低保对象、刚性支出\n\n困难家庭以及独居老人、留守儿童等群体，做到乡不漏村。"
    )
    (block,) = repair(build(text)).value.articles[0].blocks
    assert isinstance(block, b.Paragraph)
    assert plain(block.run_in) == "（一）突出重点对象。"
    assert plain(block.inlines).endswith("刚性支出困难家庭以及独居老人、留守儿童等群体，做到乡不漏村。")


VERSE = ("我把论文写在泥里，", "泥说：太轻。", "我又添上汗水与脚印，", "泥不再说话——", "长出了一棵苗。")


def test_the_lines_of_a_free_verse_stay_lines() -> None:
    assert texts(repair(build("# 题\n\n他写道：\n\n" + "\n\n".join(VERSE))).value)[1:] == list(VERSE)


def test_a_verse_stays_one_when_its_marks_were_mended() -> None:
    torn = "\n\n".join(VERSE).replace("——", " -- ").replace("，", ", ").replace("：", ": ")
    once = repair(build(f"# 题\n\n他写道：\n\n{torn}")).value
    assert texts(once)[1:] == list(VERSE)
    assert texts(repair(once).value) == texts(once)


def test_the_lines_of_a_narrow_column_are_no_verse() -> None:
    checked = repair(build("# 题\n\n会议听取了各处室的汇报，\n\n并就下一阶段的工作，作出安\n\n排，大家表示赞成。"))
    assert texts(checked.value) == ["会议听取了各处室的汇报，并就下一阶段的工作，作出安排，大家表示赞成。"]


def test_a_title_behind_a_source_line_is_not_put_to_the_first_question() -> None:
    text = f"{PROSE}\n（赤岗县农业局）\n老农问，专家答\n老农问：薯叶发黄，是不是缺水？\n专家答：先别急着浇。\n"
    checked = repair(read("a.txt", text.encode()).value)
    assert [plain(line) for article in checked.value.articles for line in article.title] == ["老农问，专家答"]


def test_a_torn_piece_is_no_second_line_of_a_title_behind_a_source_line() -> None:
    first, second = "“瓷上的海”特展，11月15日至次年3", "月2日展出，免费开放，凭身份证入馆。"
    text = f"{PROSE}\n\n（浦湾区文化馆）\n\n展讯\n\n{first}\n\n{second}\n"
    assert first + second in texts(repair(read("a.txt", text.encode()).value).value)


def test_an_indented_piece_is_no_second_line_of_a_title() -> None:
    title, first, second = "社区楼门会把小事商量着办", "社区有居民楼47栋、楼", f"门163个，{PROSE}"
    article = repair(read("a.txt", f"{title}\n　　{first}\n\n{second}\n".encode()).value).value.articles[0]
    assert [plain(line) for line in article.title] == [title]
    assert "".join(texts(Document(Metadata(), (article,)))) == first + second
    # Without an indent it is one, as before.
    text = f"{title}\n会上吵清楚\n　　{PROSE}{PROSE}\n"
    article = repair(read("a.txt", text.encode()).value).value.articles[0]
    assert "".join(map(plain, article.title)) == title + "会上吵清楚"


def test_a_torn_paragraph_behind_a_source_line_is_joined() -> None:
    checked = repair(
        build("# 题\n\n正文在此。\n\n（某市应急局）\n\n附：物资参考标准（按每万人计）：帐篷1\n\n50顶，床300张。")
    )
    assert texts(checked.value)[-1] == "附：物资参考标准（按每万人计）：帐篷150顶，床300张。"


def test_a_torn_source_line_is_put_together() -> None:
    article = repair(build("# 题\n\n会议研究了全年的工作。\n\n（本报记\n\n者 秦晓 通讯员 韦立）")).value.articles[0]
    assert article.source is not None
    assert plain(article.source.inlines) == "（本报记者 秦晓 通讯员 韦立）"


def test_joined_paragraph_keeps_both_places() -> None:
    text = "确保全年目标任务圆满收官，进一步拉高标杆、争先\n\n进位，朝着目标奋斗。"
    (block,) = repair(build(text)).value.articles[0].blocks
    assert isinstance(block, b.Paragraph)
    assert block.span is not None
    assert [text[span.start : span.end] for span in (block.span, *block.joined)] == text.split("\n\n")


def test_latin_words_are_joined_with_a_space() -> None:
    text = "The first exchange begins in September and it will\n\nlast for six weeks."
    assert texts(repair(build(text)).value) == [text.replace("\n\n", " ")]


def test_paragraphs_glued_at_an_indent_are_parted() -> None:
    checked = repair(build("会议研究了工作。　　会议要求抓好落实。"))
    assert texts(checked.value) == ["会议研究了工作。", "会议要求抓好落实。"]


def test_page_numbers_go_and_the_paragraph_is_joined() -> None:
    text = (
        "会议指出，要切实办好惠民生、暖民心、顺民意的实事，让群众真正\n— 1 —\n得实惠。会议强调，要抓好落实，"
        "尤其要对照重点任务，逐条逐项盘点\n— 2 —\n分析，确保收官。"
    )
    checked = repair(lines(text))
    assert texts(checked.value) == ["".join(text.split("\n")).replace("— 1 —", "").replace("— 2 —", "")]
    assert [change.before for change in checked.changes if change.rule == "R-PAGENO"] == ["— 1 —", "— 2 —"]


def test_a_single_page_number_is_reported_and_kept() -> None:
    checked = repair(lines("会议研究了工作。\n— 1 —\n会议要求抓好落实。"))
    assert "— 1 —" in texts(checked.value)
    assert "R-PAGENO" in {finding.rule for finding in checked.findings}


def test_page_numbers_of_any_form_go_where_they_rise_inside_torn_paragraphs() -> None:
    pieces = [
        "会议指出，要切实办好惠民生、暖民心、顺民意的实事，让群众真正", "得实惠。会议强调，要抓好落实，逐条逐项盘点",
        "分析。各地要建立台账，对照重点任务逐项销号，确保全年目标如期", "完成。会议要求，各级民政部门要加强调度。",
    ]  # fmt: skip
    text = "\n".join([pieces[0], "— 2 —", pieces[1], "4", pieces[2], "第 5 页", pieces[3]])
    checked = repair(lines(text))
    assert texts(checked.value) == ["".join(pieces)]
    assert [change.before for change in checked.changes if change.rule == "R-PAGENO"] == ["— 2 —", "4", "第 5 页"]


PROSE = (
    "会议研究了全年的重点工作，听取了各处室的汇报，并就下一阶段的任务作出了安排。"
    "大家围绕难点展开讨论，提出了许多建议，气氛热烈而务实。"
)


def test_bare_figures_between_whole_paragraphs_are_reported_and_kept() -> None:
    text = f"8\n\n{PROSE}\n\n9\n\n{PROSE}\n\n10\n\n{PROSE}"
    checked = repair(build(text))
    assert [block for block in texts(checked.value) if block.isdecimal()] == ["8", "9", "10"]
    assert [finding.rule for finding in checked.findings].count("R-PAGENO") == 3


def test_years_inside_torn_paragraphs_are_no_pages() -> None:
    text = "".join(f"{PROSE[: 20 + year % 7]}\n\n{year}\n\n年{PROSE[30:]}\n\n" for year in (2019, 2020, 2021))
    checked = repair(build(f"# 题\n\n{text}"))
    assert [block for block in texts(checked.value) if block.isdecimal()] == ["2019", "2020", "2021"]


def test_bare_figures_of_a_table_are_not_even_reported() -> None:
    checked = repair(build("8\n\n9\n\n10\n\n11\n\n会议结束。"))
    assert "R-PAGENO" not in {finding.rule for finding in checked.findings}


def test_a_page_number_is_no_second_line_of_a_title() -> None:
    checked = repair(read("a.txt", f"留学生眼中的节气\n\n4\n\n{PROSE}\n\n{PROSE}".encode()).value)
    assert "4" in texts(checked.value)


def test_a_lone_figure_never_becomes_part_of_a_sentence() -> None:
    text = "会议指出，要切实办好惠民生、暖民心、顺民意的实事，让群众真正\n4\n得实惠。会议强调，要抓好落实。"
    checked = repair(lines(text))
    assert texts(checked.value) == text.split("\n")
    assert "R-PAGENO" in {finding.rule for finding in checked.findings}


def test_running_heads_go_but_repeated_lines_of_the_text_stay() -> None:
    page = "民政工作简报\n会议指出，要切实办好惠民生、暖民心、顺民意的实事，要让广大群众真正{}\n— {} —\n"
    text = "".join(page.format("得实惠、" * n, n) for n in range(1, 5)) + "完毕。"
    assert not any("民政工作简报" in line for line in texts(repair(lines(text)).value))
    dialogue = "他推开门，走进了院子里。\n嗯\n她抬起头，看了他一眼。\n嗯\n两个人都不说话。\n嗯\n天黑了。"
    assert texts(repair(lines(dialogue)).value).count("嗯") == 3


def test_a_line_that_tears_paragraphs_twice_is_reported_and_kept() -> None:
    pieces = [
        "会议指出，要切实办好惠民生、暖民心的实事，让广大群众真正",
        "得实惠，各地要对照全年的重点任务逐条逐项认真仔细地盘点",
        "分析，确保收官。",
    ]
    checked = repair(lines("# 题\n" + "\n民政工作简报\n".join(pieces)))
    assert texts(checked.value).count("民政工作简报") == 2
    assert [finding.rule for finding in checked.findings].count("R-FURN") == 2


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_lines_of_so_many_characters_are_joined_whatever_their_width(between: str) -> None:
    indent = "" if between == "\n\n" else "　　"
    first = (
        "截至8月31日24:00，全县建成助餐点318个，累计送餐1,046,000份，日均服务786人。满意率98.2%，同比提高3.1个百分点。"
    )
    second = (
        "A线全长37.5公里，B线42公里，C线26.8公里，共停靠38处，每处停留8分钟；全程恒温70℃，从出锅到上桌不超过90分钟。"
    )
    texts = [first * 2, second * 2]
    # No line ends inside a number.
    line = r".{1,30}(?<![!-~])|.{1,30}(?![!-~])"
    wrapped = between.join("\n".join(re.findall(line, indent + text)) for text in texts)
    document = repair(read("a.txt", wrapped.encode()).value).value
    assert Sheet(document).text.split("\n") == texts


@pytest.mark.parametrize("row", ["二、一口井和一块菜地", "老读者书信展开幕", "编制：质量管理部"])
def test_a_row_behind_a_full_line_is_no_part_of_its_paragraph(row: str) -> None:
    full = "近日某省民政厅召开全省养老机构安全工作视频会议"
    rows = lines(
        "\n".join((f"　　{full}", full + "对春", full + "好。", row, f"　　{full}", full + "对春", full + "对春"))
    )
    text = "\n".join(texts(repair(rows).value))
    assert full + "好。" in text and full + "好。" + row not in text
    # A short line with a stop ends its paragraph.
    rows = lines(
        "\n".join(
            (f"　　{full}", full + "对春", full + "好。", "又开会。", f"　　{full}", full + "对春", full + "对春")
        )
    )
    assert full + "好。又开会。" in "\n".join(texts(repair(rows).value))


def test_hard_wraps_of_one_width_are_joined() -> None:
    whole = (
        "会议指出养老机构里住的是行动不便的老人安全是底线也是良心各地要把看得见的隐患"
        "和看不见的麻痹一起查查到一处改好一处销号一处确保老人安全过冬。"
    )
    rows = [whole[start : start + 16] for start in range(0, len(whole), 16)]
    assert texts(repair(lines("\n".join(rows))).value) == [whole]


def test_lines_of_different_width_stay_paragraphs() -> None:
    text = "会议研究了全年的各项工作，并作出部署。\n会议要求抓好落实。\n散会。"
    assert texts(repair(lines(text)).value) == text.split("\n")


BULLETIN = """\
内部资料
民 政 工 作 简 报
第12期（总第345期）
云岭省民政厅办公室　　2026年3月27日

本期要目
◆云岭省民政厅部署开展春季安全检查
◆河口县把“老人饭桌”开进祠堂

云岭省民政厅部署开展春季安全检查
　　近日，云岭省民政厅召开全省养老机构安全工作视频会议，对春季安全检查作出部署。会议开到县一级，全省设分会场。
（据云岭省民政厅）

河口县把“老人饭桌”开进祠堂
　　河口县山多村散，建一个食堂，往往只有七八位老人来吃。县民政局换了个思路，把闲置的祠堂收拾出来，就是老人饭桌。
（据河口县民政局）

报：云岭省委办公厅。
送：省直有关部门。
发：各市（州）民政局。
编辑：张三　审核：李四（共印100份）
"""


def test_plain_text_of_a_bulletin_finds_its_parts() -> None:
    document = repair(lines(BULLETIN)).value
    assert masthead(document.metadata).lines() == (
        "内部资料", "民政工作简报", "第12期（总第345期）", "云岭省民政厅办公室", "2026年3月27日",
    )  # fmt: skip
    assert [row.label + row.text for row in colophon(document.metadata).recipients] == [
        "报：云岭省委办公厅。", "送：省直有关部门。", "发：各市（州）民政局。",
    ]  # fmt: skip
    assert document.metadata.copies == 100
    assert (document.metadata.toc, len(document.contents)) == ("true", 2)
    assert [plain(article.title[0]) for article in document.articles] == [
        "云岭省民政厅部署开展春季安全检查",
        "河口县把“老人饭桌”开进祠堂",
    ]
    assert all(article.source and len(article.blocks) == 1 for article in document.articles)


NOTICE = """\
云岭省民政厅关于进一步加强社区养老服务工作的通知
各市（州）民政局，各县（市、区）民政局：
为贯彻落实《云岭省养老服务条例》，健全居家社区机构相协调的养老服务体系，现就有关事项通知如下。
一、健全服务网络
（一）优化设施布局。各地要按照“一刻钟服务圈”建设要求，统筹编制社区养老服务设施清单。
（二）盘活存量资源。鼓励将闲置校舍、厂房和办公用房改造为社区养老服务设施，每处面积一般不少于300平方米。
二、提升服务能力
各地要加强组织领导，明确责任分工，落实经费保障，严守安全底线。工作进展情况于6月30日前报省民政厅，逾期不候。
附件：1.社区养老服务设施建设标准
2.社区养老服务重点任务清单
云岭省民政厅
2026年3月6日
（联系人：张三；电话：000-0000000）
附件1
社区养老服务设施建设标准
设施应当设在社区中心，步行十五分钟可以到达，远离污染源和噪声源，周边有医疗卫生机构。
"""


def test_plain_text_of_a_notice_finds_its_parts() -> None:
    checked = repair(lines(NOTICE, Metadata(kind=Kind.GONGWEN)))
    main, attached = checked.value.articles
    assert [type(block).__name__ for block in main.blocks] == [
        "Addressee", "Paragraph", "Heading", "Paragraph", "Paragraph", "Heading", "Paragraph", "AttachmentNote",
        "Signature",
    ]  # fmt: skip
    assert attached.attachment == "附件1"
    assert plain(attached.title[0]) == "社区养老服务设施建设标准"
    run_ins = [plain(block.run_in) for block in main.blocks if isinstance(block, b.Paragraph) and block.run_in]
    assert run_ins == ["（一）优化设施布局。", "（二）盘活存量资源。"]


def test_the_date_of_a_marked_signature_is_found_in_radicals_too() -> None:
    text = "# 题\n\n请抓好落实。\n\n::: signature\n云岭省民政厅\n2026年3⽉6⽇\n:::\n"
    (_, signature) = repair(read("a.md", text.encode()).value).value.articles[0].blocks
    assert isinstance(signature, b.Signature)
    assert (len(signature.organs), plain(signature.date)) == (1, "2026年3月6日")


def test_front_matter_has_the_last_word_on_an_article() -> None:
    override = ArticleOverride(title=("新题", "二行"), source="云岭省民政厅", kicker="引题")
    document = repair(build("# 旧题\n\n正文。\n\n（据某某厅）", Metadata(articles=(override,)))).value
    (article,) = document.articles
    assert [plain(line) for line in article.title] == ["新题", "二行"]
    assert article.source is not None
    assert (plain(article.source.inlines), plain(article.kicker)) == ("（据云岭省民政厅）", "引题")


def test_a_note_of_front_matter_gets_its_label_once() -> None:
    for said in ("此件值得一读。", "编者按：此件值得一读。"):
        document = repair(build("# 题\n\n正文。", Metadata(articles=(ArticleOverride(editor_note=said),)))).value
        (note,) = document.articles[0].editor_note
        assert isinstance(note, b.Paragraph)
        assert plain(note.run_in + note.inlines) == "编者按：此件值得一读。"
        assert repair(document).value == document


@pytest.mark.parametrize(
    ("text", "column", "note", "subtitle"),
    [
        ("# 【工作动态】\n\n# 题\n\n正文。", "【工作动态】", 0, ""),
        ("# 题\n\n编者按：这是按语。\n\n正文。", "", 1, ""),
        ("# 题\n\n——副题在此\n\n正文。", "", 0, "——副题在此"),
    ],
)
def test_parts_around_a_title(text: str, column: str, note: int, subtitle: str) -> None:
    (article,) = repair(build(text)).value.articles
    assert (plain(article.column), len(article.editor_note), plain(article.subtitle)) == (column, note, subtitle)


def test_essay_with_subheads_is_one_article() -> None:
    document = repair(build("# 题\n\n引子一段。\n\n## 山\n\n山的一段。\n\n## 水\n\n水的一段。")).value
    (article,) = document.articles
    assert [block.level for block in article.blocks if isinstance(block, b.Heading)] == [1, 1]


def test_narration_is_no_run_in_heading() -> None:
    rest = (
        "院子里的老槐树已经有些年头了，树下摆着一张石桌，几只石凳，夏天的晚上一家人就坐在那里乘凉说话，一直坐到深夜。"
    )
    document = repair(build(f"他推开了院门。{rest}\n\n她放下了竹篮。{rest}")).value
    assert all(not block.run_in for block in document.articles[0].blocks if isinstance(block, b.Paragraph))


def test_a_formula_and_a_degree_are_put_together_without_a_space() -> None:
    for first, second in (
        ("钢梁热胀冷缩的道理人人都懂，其伸缩量为ΔL = αLΔ", "T，取α为定值，由此算出每孔留缝的宽度。"),
        ("设在高处的摄像机自动识别到一处烟点，坐标为东经118°24′、北纬29", "°07′，系统立即推送截图和坐标。"),
        ("申请的条件和程序，依照该法第二十二条、", "第二十三条的规定办理，有关单位应当予以配合。"),
        ("价钱比真金要便宜得多，大约不到真金价钱的二十分之", "一，但是要在外面罩上一层清漆。"),
        ("校医在校门口站了十一年，看脸色、看步子，看见哪个孩子拖着书包走，就把他拉到旁边，自己"
         "蹲下来，一字一句慢慢地，不慌不忙地", "问：“昨晚睡得好不好？”"),
    ):  # fmt: skip
        document = repair(read("a.md", f"# 题\n\n{first}\n\n{second}\n".encode()).value).value
        assert Sheet(document).text.split("\n")[1] == first + second


def test_who_speaks_begins_a_paragraph_below_a_heading() -> None:
    document = repair(read("a.md", "# 题\n\n技艺问答\n\n问：给漆器描金，用什么？\n".encode()).value).value
    assert len(Sheet(document).text.split("\n")) == 3
