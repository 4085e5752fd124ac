"""The worked examples of the composition rules, by id: text, measure, profile, indent, lines, em added or taken."""

from __future__ import annotations

import pytest

from converters.typeset import Line, compose

EXAMPLES = """
E01|全省各级民政部门要认真制定方案，精心做好|14|gb|0|全省各级民政部门要认真制定方 ⏎ 案，精心做好|0
E02|要压紧压实工作责任。强化指导|10|gb|0|要压紧压实工作责任。 ⏎ 强化指导|0.5
E03|会议指出要坚持问题导向。全面整改|11|gb|0|会议指出要坚持问题导 ⏎ 向。全面整改|1
E04|切实改进作风，防止形式主义，真抓实干|13|gb|0|切实改进作风，防止形式主义， ⏎ 真抓实干|-0.5
E05|运用GDP和CPI数据。随后分析|9|gb|0|运用GDP和CPI数据。 ⏎ 随后分析|-0.5
E06|通过主题党日和“三会一课”带动|8|gb|0|通过主题党日和 ⏎ “三会一课”带动|1
E07|坚持“当下改”和“长久立”相结合|8|gb|0|坚持“当下改”和 ⏎ “长久立”相结合|0
E08|学习《条例》《办法》精神要点|12|gb|0|学习《条例》《办法》精神 ⏎ 要点|0.5
E09|认真学习贯彻《条例》《办法》精神|10|gb|0|认真学习贯彻《条例》 ⏎ 《办法》精神|0.5
E10|切实做到“两手抓。”会议强调要|9|gb|0|切实做到“两手抓。” ⏎ 会议强调要|0
E11|他说：“要实干。”大家赞同|8|gb|0|他说：“要实干。” ⏎ 大家赞同|0.5
E12|印发《办法》，从严要求各地|6|gb|0|印发《办法》， ⏎ 从严要求各地|0
E13|要把握“‘四下基层’机制”的要求|7|gb|0|要把握“‘四下 ⏎ 基层’机制”的 ⏎ 要求|0.5,0
E14|群众办事难——这是主要问题|6|gb|0|群众办事难 ⏎ ——这是主要 ⏎ 问题|1,0
E15|群众办事难——这是主要问题|6|strict|0|群众办事 ⏎ 难——这是主 ⏎ 要问题|2,0
E16|基层减负增效——突出重点|7|gb|0|基层减负增效 ⏎ ——突出重点|1
E17|走访了社区、养老院……共十处|10|gb|0|走访了社区、养老院 ⏎ ……共十处|1
E18|比去年同期增长了35.6%左右|9|gb|0|比去年同期增长了 ⏎ 35.6%左右|1
E19|累计救助困难群众3,000余人|10|gb|0|累计救助困难群众 ⏎ 3,000余人|2
E20|运用GDP和CPI数据分析|6|gb|0|运用GDP和 ⏎ CPI数据分析|1
E21|工作平台由Python编写完成|7|gb|0|工作平台由 ⏎ Python编写 ⏎ 完成|2,1.75
E22|学习卡尔·马克思著作原文|4|gb|0|学习卡 ⏎ 尔·马克 ⏎ 思著作 ⏎ 原文|1,0.5,1
E23|第1～3条适用于本办法|3|gb|0|第1～ ⏎ 3条适 ⏎ 用于本 ⏎ 办法|0.25,0.25,0
E24|统筹推进疫情防控/经济发展工作|8|gb|0|统筹推进疫情防 ⏎ 控/经济发展工作|1
E25|要做实做细调查研究。|9|gb|0|要做实做细调查 ⏎ 研究。|2
E26|建立台账、清单、图表机制|11|gb|0|建立台账、清单、图表机制|-1
E27|“六快”办理机制不断健全完善|10|gb|2|“六快”办理机制 ⏎ 不断健全完善|0.5
E28|“六快”办理机制不断健全完善|10|gb-nostart|2|“六快”办理机制 ⏎ 不断健全完善|0
E29|近日，安徽省民政厅党组召开会议|10|gb|2|近日，安徽省民政 ⏎ 厅党组召开会议|0
E30|是否真的落实了？！请查|8|gb|0|是否真的落实了？！ ⏎ 请查|0
E31|按照办法（暂行）执行并报告|5|gb|0|按照办法 ⏎ （暂行）执 ⏎ 行并报告|1,0.5
E32|国发〔2023〕15号文件要求|5|gb|0|国发〔2023〕 ⏎ 15号文件 ⏎ 要求|-0.5,0.75
E33|制定印发《关于进一步夯实社区基层基础工作的实施方案》，从优化|14|gb|2|\
制定印发《关于进一步夯实 ⏎ 社区基层基础工作的实施方案》， ⏎ 从优化|0,0
E34|會議指出，要堅持問題導向|4|hant|0|會議指 ⏎ 出，要堅 ⏎ 持問題 ⏎ 導向|1,0,1
E35|他說：「很好。」大家同意|7|hant|0|他說：「很好。」 ⏎ 大家同意|-1
E36|東京オリンピックの準備|6|ja|0|東京オリン ⏎ ピックの準備|1
E37|国民の「生活」を守る|4|ja|0|国民の ⏎ 「生活」 ⏎ を守る|1,0
E38|대한민국 헌법 제1조|5|ko|0|대한민국 ⏎ 헌법 제1조|1
""".strip()

PROFILES: dict[str, dict[str, object]] = {
    "gb": {},
    "strict": {"level": "strict"},
    "gb-nostart": {"trim_start": False},
    "hant": {"lang": "zh-Hant"},
    "ja": {"lang": "ja"},
    "ko": {"lang": "ko"},
}


def _expected(lines: str, adjusts: str) -> list[Line]:
    texts = lines.split(" ⏎ ")
    numbers = [float(number) for number in adjusts.split(",")]
    numbers += [0.0] * (len(texts) - len(numbers))
    return [Line(text, number) for text, number in zip(texts, numbers, strict=True)]


@pytest.mark.parametrize("row", [pytest.param(row, id=row[:3]) for row in EXAMPLES.splitlines()])
def test_worked_example_is_set_as_the_rules_say(row: str) -> None:
    _, text, measure, profile, indent, lines, adjusts = row.split("|")
    options: dict[str, object] = PROFILES[profile]
    composed = compose(text, float(measure), float(indent), **options)
    assert composed == _expected(lines, adjusts)
