"""Long titles as they are written, in three languages: where their lines end."""

from __future__ import annotations

import re

import pytest

from converters.typeset import Rules, balance_lines

HANS = [
    "云岭省人民政府办公厅关于印发云岭省养老服务体系建设“十五五”规划的通知",
    "民政部 国家发展改革委 财政部关于进一步加强农村留守老年人关爱服务工作的意见",
    "关于2026年第一季度全省养老机构安全检查情况的通报",
    "青浦河市民政局关于转发《云岭省社会救助家庭经济状况核对办法（试行）》的通知",
    "云岭省委办公厅 云岭省人民政府办公厅印发《关于推进基本养老服务体系建设的实施方案》",
    "以“小切口”撬动“大治理”：河口县推进村级议事协商创新实验的做法与启示",
    "从128张表到19张表：青浦河市给村级报表“瘦身”的调查",
    "云岭省民政厅与云岭师范学院签订社区工作者定向培养协议",
    "深入推进殡葬领域腐败乱象专项整治 切实维护人民群众切身利益",
    "全省困难群众救助补助资金3.2亿元已全部下达到县",
    "云岭省2025年国民经济和社会发展计划执行情况与2026年国民经济和社会发展计划草案的报告",
    "坚持党建引领 创新社会治理 全面推进街道社区服务中心标准化规范化建设",
    "云岭省第十四届人民代表大会常务委员会第二十三次会议公告",
    "省长张三到青浦河市调研基层民政工作并看望慰问困难群众",
    "关于公布第三批全省养老服务业综合改革试点地区名单的通知",
]
HANT = [
    "關於推動社區圖書館數位化服務與長者閱讀推廣計畫之說明",
    "讀者來函：請給老人家大一點的字，也請給孩子們多一點時間",
    "白沙渡老渡船重新下水，船伕說「先敬水，再開船」",
    "雲嶺圖書協會第七屆會員大會暨理監事改選會議紀錄",
    "臺北市立圖書館與各區公所合作辦理銀髮族數位學習課程",
    "民國一一五年鄉土文學獎徵文辦法及評審委員名單",
]
JA = [
    "市内全域におけるコミュニティバスの運行時刻変更についてのお知らせ",
    "廃校になった小学校の給食室が週末だけの食堂として再出発",
    "令和8年度地域包括支援センター運営協議会の開催結果について",
    "高齢者の移動手段を確保するための予約制乗合タクシー実証実験",
    "町立図書館の開館時間を平日は午後7時まで延長します",
    "住民アンケートの結果から見えてきた買い物支援の課題と今後の取り組み",
]
ALL = [*((title, "zh-Hans") for title in HANS), *((title, "zh-Hant") for title in HANT), *((each, "ja") for each in JA)]
TORN = re.compile(
    r"[0-9万亿第]\n[0-9万亿元年月日张届次個]|[ァ-ヺー]\n[ァ-ヺー]|人\n民|委\n员|社\n会|養\n老|工\n作|文學\n獎"
)


@pytest.mark.parametrize(("title", "lang"), ALL)
@pytest.mark.parametrize("measure", [12, 14, 17, 20, 24])
def test_lines_of_a_title_end_where_sense_does(title: str, lang: str, measure: float) -> None:
    lines = balance_lines([title], measure, rules=Rules.for_language(lang))
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    for line in lines:
        assert not line.startswith(tuple("的们をーッ々」》”）：，")), lines
        assert len(lines) == 1 or not line.endswith(tuple("“《（「并和与及暨與")), lines
        assert len(line) > 2, lines
    assert TORN.search("\n".join(lines)) is None, lines


@pytest.mark.parametrize(
    ("title", "measure", "lines"),
    [
        (HANS[4], 20, "云岭省委办公厅/云岭省人民政府办公厅印发《关于推进/基本养老服务体系建设的实施方案》"),
        (HANS[7], 20, "云岭省民政厅与云岭师范学院/签订社区工作者定向培养协议"),
        (HANS[9], 20, "全省困难群众救助补助资金3.2亿元/已全部下达到县"),
        (HANS[13], 20, "省长张三到青浦河市调研/基层民政工作并看望慰问困难群众"),
        ("落实落细“一老一小”服务保障 着力提升民生福祉", 20, "落实落细“一老一小”服务保障/着力提升民生福祉"),
        (JA[2], 20, "令和8年度地域包括支援センター/運営協議会の開催結果について"),
        (JA[4], 13, "町立図書館の/開館時間を平日は/午後7時まで延長します"),
        (HANT[5], 12, "民國一一五年鄉土文學獎/徵文辦法及評審委員名單"),
    ],
)
def test_some_titles_have_these_lines(title: str, measure: float, lines: str) -> None:
    lang = "ja" if title in JA else "zh-Hant" if title in HANT else "zh-Hans"
    assert "/".join(balance_lines([title], measure, rules=Rules.for_language(lang))) == lines
