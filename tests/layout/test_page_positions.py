"""Places on the page, measured from the PDF (GB/T 9704-2012; the drawn targets)."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest

from converters.model import blocks as b
from converters.model.metadata import Kind, Metadata
from printed import Print, document, hanzi, paragraph, printed, text, theme

CELL = 156 / 28
ROW = 225 / 22

BULLETIN = Metadata(
    name="民政工作简报",
    issue="12",
    year=2023,
    total_issue=345,
    issuer="云岭省民政厅办公室",
    date=datetime.date(2023, 11, 27),
    report_to=("云岭省委办公厅、省政府办公厅。",),
    send_to=("省直有关部门。",),
    distribute_to=("各市（州）民政局，各县（市、区）民政局，厅机关有关处室、直属各单位。",),
    editors=("张三",),
    reviewers=("李四",),
    copies=100,
)

OFFICIAL = Metadata(
    kind=Kind.GONGWEN,
    name="云岭省民政厅文件",
    copy_no="000012",
    secrecy="机密",
    secrecy_term="1年",
    urgency="加急",
    document_number="云民发〔2026〕12号",
    send_to=("云岭省委办公厅、省政府办公厅，省发展改革委、省财政厅、省卫生健康委，青浦河市人民政府。",),
    printed_by="云岭省民政厅办公室",
    printed_date=datetime.date(2026, 3, 9),
)


def middle(row: float) -> float:
    """Middle of a row of the grid, from 0."""
    return 37 + (row + 0.5) * ROW


# -- the grid


def test_a_full_page_has_22_rows_at_the_pitch_of_the_standard() -> None:
    made = printed(document(paragraph(hanzi(28 * 40))))
    rows = made.rows(1)[:-1]
    assert len(rows) == 22
    steps = [below.base - above.base for above, below in pairwise(rows)]
    assert all(step == pytest.approx(ROW, abs=0.02) for step in steps)
    # The embedded face's em box reaches from 0.88 above to 0.12 below the baseline.
    assert rows[0].base == pytest.approx(44.25, abs=0.1)


def test_an_unpunctuated_line_has_28_hanzi_on_cells_of_the_grid() -> None:
    made = printed(document(paragraph(hanzi(28 * 3))))
    row = made.rows(1)[1]
    assert len(row.signs) == 28
    assert row.x == pytest.approx(28, abs=0.02)
    assert [sign.x for sign in row.signs] == pytest.approx([28 + CELL * place for place in range(28)], abs=0.05)


def test_a_paragraph_begins_two_cells_in() -> None:
    made = printed(document(paragraph(hanzi(60))))
    assert made.rows(1)[0].x == pytest.approx(28 + 2 * CELL, abs=0.02)


def test_even_pages_are_mirrored_and_others_are_not() -> None:
    made = printed(document(paragraph(hanzi(28 * 60))))
    assert made.rows(2)[1].x == pytest.approx(26, abs=0.02)
    assert made.rows(3)[1].x == pytest.approx(28, abs=0.02)


def test_without_duplex_even_pages_keep_their_margin() -> None:
    made = printed(document(paragraph(hanzi(28 * 60))), theme(page__duplex="false"))
    assert made.rows(2)[1].x == pytest.approx(28, abs=0.02)


def test_text_after_a_table_stands_on_the_grid_again() -> None:
    table = b.Table((b.Column(), b.Column()), (b.Row((b.Cell(text("甲")), b.Cell(text("乙")))),), header_rows=0)
    made = printed(document(paragraph("前文"), table, paragraph("后文")))
    before, after = made.row("前文").base, made.row("后文").base
    assert (after - before) / ROW == pytest.approx(round((after - before) / ROW), abs=0.01)


# -- page numbers


def test_page_numbers_stand_outside_one_hanzi_in_with_the_dash_7_mm_below() -> None:
    made = printed(document(paragraph(hanzi(28 * 40))))
    odd, even = made.rows(1)[-1], made.rows(2)[-1]
    assert odd.words == "—1—" and even.words == "—2—"
    one = 14 * 25.4 / 72
    assert odd.signs[-1].right == pytest.approx(184 - one, abs=0.2)
    assert even.signs[0].left == pytest.approx(26 + one, abs=0.2)
    assert odd.signs[0].top == pytest.approx(269, abs=0.3)


def test_the_first_page_goes_without_its_number_where_the_style_says_so() -> None:
    made = printed(document(paragraph(hanzi(28 * 40))), theme(page_number__first_page="false"))
    assert "—1—" not in made.words(1)
    assert "—2—" in made.words(2)


# -- 报头


def test_the_name_stands_35_mm_below_the_type_area_by_its_ink() -> None:
    made = printed(document(paragraph("正文。"), metadata=BULLETIN))
    assert min(sign.top for sign in made.row("民政工作简报").signs) == pytest.approx(72, abs=0.35)


def test_the_name_is_centred_without_the_space_after_its_last_hanzi() -> None:
    made = printed(document(paragraph("正文。"), metadata=BULLETIN))
    row = made.row("民政工作简报")
    advance = 60 * 25.4 / 72
    assert (row.x + row.signs[-1].x + advance) / 2 == pytest.approx(106, abs=0.1)


def test_a_long_name_is_shrunk_to_one_line() -> None:
    name = "云岭省青浦河市民政事业高质量发展工作情况简报"
    made = printed(document(paragraph("正文。"), metadata=Metadata(name=name)))
    row = made.row(name[:4])
    assert row.words == name
    assert row.left > 28 and row.right < 184


def test_issue_line_issuer_and_date_stand_where_the_target_has_them() -> None:
    made = printed(document(paragraph("正文。"), metadata=BULLETIN))
    assert made.row("总第345期").base == pytest.approx(109.63, abs=0.55)
    row = made.row("云岭省民政厅办公室")
    assert row.base == pytest.approx(119.84, abs=0.55)
    assert row.x == pytest.approx(28 + CELL, abs=0.2)
    assert row.words.endswith("2023年11月27日")
    assert row.signs[-1].x + 16 * 25.4 / 72 == pytest.approx(184 - CELL, abs=0.2)


def test_the_red_rule_lies_4_mm_under_the_em_box_of_the_line_above() -> None:
    made = printed(document(paragraph("正文。"), metadata=BULLETIN))
    left, top, right, bottom = made.rules(1)[0]
    assert (left, right) == pytest.approx((28, 184), abs=0.05)
    assert (top, bottom) == pytest.approx((124.99, 125.52), abs=0.3)


def test_a_one_article_issue_has_two_blank_rows_below_the_rule() -> None:
    made = printed(document(paragraph("正文。"), metadata=BULLETIN, title="标题"))
    # The rule ends in row 8; rows 9 and 10 are blank.
    assert made.row("标题").base == pytest.approx(middle(11) + 0.38 * 22 * 25.4 / 72, abs=0.35)


# -- 报尾


def test_the_colophon_ends_with_the_type_area_and_its_rules_frame_the_recipients() -> None:
    made = printed(document(paragraph("正文。"), metadata=BULLETIN))
    upper, lower = made.rules(1)[-2:]
    assert (upper[1], upper[3]) == pytest.approx((220.45, 220.80), abs=0.05)
    assert (lower[1], lower[3]) == pytest.approx((253.48, 253.83), abs=0.05)
    assert made.row("编辑：张三").base == pytest.approx(259.38, abs=0.6)


def test_turnover_of_recipients_stands_under_the_text_after_the_label() -> None:
    made = printed(document(paragraph("正文。"), metadata=BULLETIN))
    label = made.row("发：各市")
    turnover = next(row for row in made.rows(1) if row.base > label.base + 1)
    assert turnover.x == pytest.approx(label.signs[2].x, abs=0.1)
    assert turnover.x == pytest.approx(28 + 3 * 14 * 25.4 / 72, abs=0.1)


def test_a_colophon_that_does_not_fit_gets_a_page_of_its_own() -> None:
    made = printed(document(paragraph(hanzi(28 * 9)), metadata=BULLETIN))
    assert made.page_count == 2
    assert "报：" not in made.words(1)
    assert made.rules(2)[-1][3] == pytest.approx(253.83, abs=0.05)


# -- 公文


def official(*blocks: b.Block) -> Print:
    return printed(document(*blocks, metadata=OFFICIAL, title="关于开展试点的通知"), theme("gongwen"))


def test_copy_number_secrecy_and_urgency_take_the_first_rows_flush_left() -> None:
    made = official(paragraph("正文。"))
    for number, words in enumerate(("000012", "机密★1年", "加急")):
        row = made.row(words)
        assert row.x == pytest.approx(28, abs=0.1)
        assert row.base == pytest.approx(44.25 + number * ROW, abs=0.5)


def test_organ_mark_number_and_rule_stand_where_the_standard_has_them() -> None:
    made = official(paragraph("正文。"))
    assert min(sign.top for sign in made.row("云岭省民政厅文件").signs) == pytest.approx(72, abs=0.35)
    assert made.row("云民发").base == pytest.approx(113.59, abs=0.6)
    left, top, right, bottom = made.rules(1)[0]
    assert (left, right) == pytest.approx((28, 184), abs=0.05)
    assert (top, bottom) == pytest.approx((118.74, 119.27), abs=0.2)
    assert made.row("关于开展试点").base == pytest.approx(middle(10) + 0.38 * 22 * 25.4 / 72, abs=0.35)


def test_the_title_of_two_lines_is_centred_on_two_rows() -> None:
    title = "云岭省民政厅关于进一步加强社区养老服务工作的通知"
    made = printed(document(paragraph("正文。"), metadata=OFFICIAL, title=title), theme("gongwen"))
    first, second = made.row("云岭省民政厅关于"), made.row("社区养老服务")
    assert first.words == "云岭省民政厅关于进一步加强"
    assert second.base - first.base == pytest.approx(34 * 25.4 / 72, abs=0.05)
    assert (first.base + second.base) / 2 - 0.38 * 22 * 25.4 / 72 == pytest.approx(37 + 11 * ROW, abs=0.35)


def test_the_rules_of_an_official_colophon() -> None:
    made = official(paragraph("正文。"))
    rules = made.rules(1)[1:]
    assert [(rule[1], rule[3]) for rule in rules] == [
        pytest.approx((235.65, 236.00), abs=0.05),
        pytest.approx((252.58, 252.83), abs=0.05),
        pytest.approx((261.65, 262.00), abs=0.05),
    ]
    assert made.row("2026年3月9日印发").base == pytest.approx(258.70, abs=0.6)


def test_a_sealed_date_stands_four_cells_in_and_the_organ_is_centred_over_it() -> None:
    signature = b.Signature((text("云岭省民政厅"),), text("2026年3月6日"), sealed=True)
    made = official(paragraph("正文。"), signature)
    date = made.row("2026年3月6日")
    organ = next(row for row in made.rows(1) if row.words == "云岭省民政厅")
    assert date.signs[-1].x + CELL == pytest.approx(184 - 4 * CELL, abs=0.1)
    middle_of_organ = (organ.x + organ.signs[-1].x + CELL) / 2
    middle_of_date = (date.x + date.signs[-1].x + CELL) / 2
    assert middle_of_organ == pytest.approx(middle_of_date, abs=0.1)


def test_an_unsealed_date_begins_two_cells_right_of_the_organ() -> None:
    signature = b.Signature((text("云岭省民政厅办公室秘书处"),), text("2026年3月6日"))
    made = official(paragraph("正文。"), signature)
    organ = next(row for row in made.rows(1) if row.words == "云岭省民政厅办公室秘书处")
    assert organ.signs[-1].x + CELL == pytest.approx(184 - 2 * CELL, abs=0.1)
    assert made.row("2026年3月6日").x == pytest.approx(organ.x + 2 * CELL, abs=0.1)


def test_a_date_longer_than_the_organ_stands_two_cells_in() -> None:
    signature = b.Signature((text("办公厅"),), text("2026年3月6日"))
    made = official(paragraph("正文。"), signature)
    organ = next(row for row in made.rows(1) if row.words == "办公厅")
    date = made.row("2026年3月6日")
    assert date.signs[-1].x + CELL == pytest.approx(184 - 2 * CELL, abs=0.1)
    assert organ.x == pytest.approx(date.x - 2 * CELL, abs=0.1)


def test_attachments_stand_two_cells_in_and_under_each_other() -> None:
    note = b.AttachmentNote((text("1.社区养老服务设施建设标准"), text("2.社区养老服务重点任务清单")), text("附件："))
    made = official(paragraph("正文。"), note)
    first, second = made.row("附件："), made.row("2.社区")
    assert first.x == pytest.approx(28 + 2 * CELL, abs=0.1)
    number = next(sign for sign in first.signs if sign.character == "1")
    assert second.x == pytest.approx(number.x, abs=0.1)
    assert second.base - first.base == pytest.approx(ROW, abs=0.02)


def test_a_source_line_ends_two_cells_in() -> None:
    made = printed(document(paragraph("正文。"), source="（据云岭省民政厅）"))
    row = made.row("据云岭省")
    # The closing bracket takes half a cell at the line's end.
    assert row.signs[-2].x + 1.5 * CELL == pytest.approx(184 - 2 * CELL, abs=0.1)
