"""Further rules of composition, each by what it says."""

from __future__ import annotations

import pytest

from converters.typeset import Line, Rules, balance_lines, compose, set_paragraph


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def test_no_gap_stands_between_a_quote_and_a_digit_and_two_quotes_share_their_blank() -> None:
    assert compose("“3张表”“6件事”等", 8)[0].adjust == 1.5
    (line,) = set_paragraph("“3张表”“6件事”", 20)
    assert dict(line.shifts) == {0: -0.5, 2: 0.25, 5: -0.5, 7: 0.25}


@pytest.mark.parametrize(("measure", "first"), [(14, "该项工作我们须于"), (12, "该项工作我们须于2023年")])
def test_a_date_stays_on_one_line_of_fourteen_em(measure: float, first: str) -> None:
    assert texts(compose("该项工作我们须于2023年11月27日完成任务", measure))[0] == first


def test_print_parts_a_date_rather_than_tear_the_line_before_it_open() -> None:
    torn = "工作进展情况于工作进展情况于2026年6月30日前报省民政厅。"
    assert max(line.gap for line in set_paragraph(torn, 19)) < 0.15
    whole = "工作进展情况于工作进展情况于工作进展情况2026年6月30日前报省民政厅。"
    assert set_paragraph(whole, 21)[1].start == whole.index("2026")


@pytest.mark.parametrize("measure", range(4, 20))
def test_a_bracketed_number_neither_ends_a_line_nor_is_split(measure: float) -> None:
    for line in compose("会议要求（一）提高认识（二）加强领导（十二）落实责任", measure)[:-1]:
        assert not line.text.endswith("）")
        assert line.text.count("（") == line.text.count("）")


@pytest.mark.parametrize("measure", [5, 8, 11, 16])
def test_an_address_breaks_only_after_its_marks(measure: float) -> None:
    lines = compose("https://www.mca.gov.cn/n152/index.html", measure)
    assert len(lines) > 1
    assert all(line.text[-1] in "/." for line in lines[:-1])


def test_an_address_in_print_has_no_hyphen() -> None:
    lines = set_paragraph("详见https://www.mca.gov.cn/international/information.html", 8)
    assert not any(line.hyphen for line in lines)


def test_closers_alone_are_one_overfull_line() -> None:
    (line,) = compose("。」』" * 10, 4)
    assert line.overfull


def test_what_is_wider_than_the_measure_stands_alone_and_is_reported() -> None:
    assert compose("用Python编", 2) == [Line("用", 1), Line("Python", 0, overfull=True), Line("编")]


def test_print_tears_what_no_line_can_hold_and_says_so() -> None:
    lines = set_paragraph("a" * 50, 8)
    assert [line.end - line.start for line in lines] == [16, 16, 16, 2]
    assert [line.torn for line in lines] == [True, True, True, False]


def test_an_empty_text_has_no_lines() -> None:
    assert compose("", 10) == [] and set_paragraph("", 10) == []


def test_signs_of_several_code_points_count_once() -> None:
    assert texts(compose("𠮷野家葛\U000e0100飾区", 3)) == ["𠮷野家", "葛\U000e0100飾区"]
    assert texts(compose("中e\u0301文中文字", 3)) == ["中e\u0301文", "中文字"]
    assert texts(compose("👨‍👩‍👧‍👦字符串集合", 3)) == ["👨‍👩‍👧‍👦字符", "串集合"]


def test_levels_differ_as_their_names_say() -> None:
    assert texts(compose("会议指出要坚持问题导向。全面整改", 11, level="none"))[1][0] == "。"
    assert texts(compose("统筹推进疫情防控/经济发展", 8.5, level="basic")) == ["统筹推进疫情防控/", "经济发展"]
    assert texts(compose("统筹推进疫情防控/经济发展", 8.5, level="gb")) == ["统筹推进疫情防", "控/经济发展"]


def test_narrow_columns_relax_the_level_before_they_overrun() -> None:
    assert texts(compose("——……——", 2, level="strict")) == ["——", "……", "——"]
    assert not any(line.overfull for line in compose("疫情/经济", 2.5))


def test_units_that_should_hold_together_do() -> None:
    assert texts(compose("我们依据本法第12条办理", 8)) == ["我们依据本法", "第12条办理"]
    assert texts(compose("管道全长共计25 km以上", 8)) == ["管道全长共计", "25 km以上"]
    assert texts(compose("1. 社区养老服务", 2.6))[0] == "1. 社"


def test_measure_words_may_leave_their_number() -> None:
    assert texts(compose("全年完成重点任务10项工作", 9.5))[0].endswith("10")


def test_a_single_space_between_hanzi_and_latin_is_the_gap() -> None:
    (line,) = set_paragraph("中文 GDP", 20)
    assert line.width == 2 + 0.25 + 1.5


def test_digits_may_have_a_gap_of_their_own() -> None:
    rules = Rules.for_language("zh-Hans", digit_gap=0)
    (line,) = set_paragraph("共100万GDP元", 20, rules=rules)
    assert line.width == 1 + 1.5 + 1 + 0.25 + 1.5 + 0.25 + 1


def test_a_mark_may_hang_where_it_would_not_fit() -> None:
    assert texts(compose("会议指出要坚持，全面整改", 7))[0] == "会议指出要坚"
    assert compose("会议指出要坚持，全面整改", 7, hanging=True)[0] == Line("会议指出要坚持，")
    assert compose("會議指出要堅持，全面整改", 7, lang="zh-Hant", hanging=True)[0].text == "會議指出要堅"


def test_the_blank_after_a_heading_number_is_not_squeezed() -> None:
    text = "（一）切实改进作风，防止形式主义，真抓实干，务求实效，取得成绩"
    lines = set_paragraph(text, 15.5)
    squeezed = [place for line in lines for place, em in line.shifts if em < 0]
    assert squeezed and 3 not in squeezed


def test_brackets_and_commas_give_in_one_ratio() -> None:
    (line,) = set_paragraph("建立台账、图“表”机、制字", 12)
    assert dict(line.shifts) == {5: -0.25, 6: -0.25, 9: -0.25, 11: -0.25}


def test_marks_may_give_what_their_face_leaves_blank() -> None:
    rules = Rules.for_language("zh-Hans", trims={"。": 0.6})
    (line,) = set_paragraph("会议结束。", 10, rules=rules)
    assert line.width == pytest.approx(4.4)


def test_widths_of_every_character_are_honoured() -> None:
    assert texts(compose("中文字号", 4, widths=[2, 2, 1, 1])) == ["中文", "字号"]
    assert texts(compose("abcd中", 3, widths={"a": 0.25, "b": 0.25, "c": 0.25, "d": 0.25})) == ["abcd中"]


def test_objects_stand_in_line_with_the_width_given() -> None:
    text = "见图\ufffc所示位置"
    widths = [1.0, 1.0, 3.0, 1.0, 1.0, 1.0, 1.0]
    lines = set_paragraph(text, 6, widths=widths)
    assert [text[line.start : line.end] for line in lines] == ["见图\ufffc所", "示位置"]


def test_what_is_glued_stays_together() -> None:
    lines = set_paragraph("会议指出要坚持问题", 4, glued=[(3, 5)], rules=Rules(breaking="greedy"))
    assert all(line.end != 4 for line in lines)


def test_a_forced_break_ends_a_line_without_stretching_it() -> None:
    lines = set_paragraph("第一行\n第二行", 10, indent=2)
    assert [(line.start, line.end, line.adjust) for line in lines] == [(0, 3, 0.0), (4, 7, 0.0)]


def test_a_long_word_is_divided_only_where_it_tears_a_line_open() -> None:
    text = "本软件使用internationalization技术"
    assert [line.hyphen for line in set_paragraph(text, 10)] == [True, False]
    assert not any(line.hyphen for line in set_paragraph(text, 16))
    assert not any(line.hyphen for line in set_paragraph(text, 10, rules=Rules(hyphenate=False)))


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            ["青海省西宁市民政局：夯实城乡社区基层基础 高效推动主题教育落实落地"],
            ["青海省西宁市民政局：", "夯实城乡社区基层基础", "高效推动主题教育落实落地"],
        ),
        (
            ["青海省西宁市民政局：夯实城乡社区基层基础", "高效推动主题教育落实落地"],
            ["青海省西宁市民政局：", "夯实城乡社区基层基础", "高效推动主题教育落实落地"],
        ),
        (
            ["湖北省民政厅党组专题研究", "主题教育整改落实情况“回头看”工作"],
            ["湖北省民政厅党组专题研究", "主题教育整改落实情况“回头看”工作"],
        ),
        (
            ["湖北省民政厅党组专题研究主题教育整改落实情况“回头看”工作"],
            ["湖北省民政厅党组专题研究", "主题教育整改落实情况“回头看”工作"],
        ),
        (
            ["云岭省民政厅关于进一步加强社区养老服务工作的通知"],
            ["云岭省民政厅关于进一步加强", "社区养老服务工作的通知"],
        ),
        (["民政工作简报"], ["民政工作简报"]),
    ],
)
def test_headings_break_where_sense_does(title: list[str], lines: list[str]) -> None:
    assert balance_lines(title, 20.1) == lines


def test_no_line_of_a_heading_begins_with_a_particle() -> None:
    title = "关于进一步加强社区养老服务体系建设的指导意见"
    for measure in range(6, 22):
        assert not any(line.startswith("的") for line in balance_lines([title], measure))


def test_a_heading_never_leaves_one_hanzi_on_its_last_line() -> None:
    title = "全省各级民政部门要把组织学习作为一项重要政治任务字"
    for measure in range(5, 25):
        assert len(balance_lines([title], measure)[-1]) > 2


def test_a_heading_without_a_place_to_part_it_is_still_broken_into_lines_that_fit() -> None:
    assert [len(line) for line in balance_lines(["字" * 1000], 20)] == [20] * 50
    assert all(len(line) <= 40 for line in balance_lines(["a" * 100], 20))


def test_the_authors_own_lines_are_kept_where_they_fit() -> None:
    assert balance_lines(["关于开展试点工作", "的通知"], 20) == ["关于开展试点工作", "的通知"]


def test_unknown_levels_are_refused() -> None:
    with pytest.raises(ValueError, match="not a level"):
        compose("中", 4, level="harsh")


def test_a_mark_whose_face_has_no_blank_gives_none() -> None:
    rules = Rules.for_language("ja", widths={"“": 0.5, "”": 0.5})
    lines = set_paragraph("￥文0)》😀”P～", 3, rules=rules)
    assert lines[-1].end == 9


def test_the_path_of_a_file_breaks_after_its_solidus_alone() -> None:
    assert texts(compose("见seeds/pictures/minzheng.md文件", 9)) == ["见seeds/pictures/", "minzheng.md文件"]
    assert texts(compose("时速80km/h以内", 4))[1:] == ["80km/h", "以内"]
    assert texts(compose("协议TCP/IP网络", 3)) == ["协议", "TCP/IP", "网络"]
