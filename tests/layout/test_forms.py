"""The special forms of a 公文, joint issue, signers and stamps: places measured from the PDF (GB/T 9704-2012, 7.2,
7.3.5 and 10)."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import tools
from converters.layout.result import Piece
from converters.model import blocks as b
from converters.model.document import Article, Document
from converters.model.metadata import Kind, Metadata
from converters.theme.resolve import choose
from printed import Print, document, hanzi, laid, paragraph, printed, replace, text, theme

CELL = 156 / 28
ROW = 225 / 22
EM = 16 * 25.4 / 72
"""A hanzi of 3号, in millimetres."""
UP = 0.88
"""The embedded face's em box reaches so far above the baseline, in em."""

LETTER = Metadata(
    kind=Kind.GONGWEN, form="信函", organs=("云岭省民政厅",), document_number="云民函〔2026〕31号", urgency="加急",
    send_to=("青浦河市民政局。",), printed_by="云岭省民政厅办公室", printed_date=datetime.date(2026, 4, 3),
)  # fmt: skip


def official(metadata: Metadata, *blocks: b.Block, title: str = "关于开展试点的通知") -> Print:
    return printed(document(*blocks, metadata=metadata, title=title), theme(choose(metadata)))


def top(row_base: float, size: float = EM) -> float:
    """Top of the em box of a line."""
    return row_base - UP * size


# -- 信函


def test_a_letters_mark_is_the_organ_alone_and_its_ink_30_mm_below_the_paper() -> None:
    made = official(LETTER, paragraph("正文。"))
    mark = made.row("云岭省民政厅")
    assert mark.words == "云岭省民政厅"
    assert min(sign.top for sign in mark.signs) == pytest.approx(30, abs=0.35)


def test_a_letters_double_rules_are_170_mm_wide_and_centred_on_the_type_area() -> None:
    made = official(LETTER, paragraph("正文。"))
    rules = made.rules(1)
    assert len(rules) == 4
    for left, _top, right, _bottom in rules:
        assert (left, right) == pytest.approx((21, 191), abs=0.05)
    thick, thin, upper, lower = (rule[3] - rule[1] for rule in rules)
    assert thick > 2 * thin and lower > 2 * upper
    assert rules[3][3] == pytest.approx(297 - 20, abs=0.05)


def test_a_letters_upper_rule_lies_4_mm_below_the_mark() -> None:
    made = official(LETTER, paragraph("正文。"))
    mark = made.row("云岭省民政厅")
    size = 36 * 25.4 / 72
    assert made.rules(1)[0][1] == pytest.approx(mark.base + (1 - UP) * size + 4, abs=0.3)


def test_a_letters_number_stands_flush_right_below_the_rule_beside_the_urgency() -> None:
    made = official(LETTER, paragraph("正文。"))
    row = made.row("云民函")
    assert row.words.startswith("加急")
    assert row.x == pytest.approx(28, abs=0.1)
    assert row.signs[-1].x + EM == pytest.approx(184, abs=0.15)
    assert top(row.base) - made.rules(1)[1][3] == pytest.approx(EM * 7 / 8, abs=0.2)


def test_a_letters_title_stands_two_rows_below_the_last_line_of_its_head() -> None:
    for metadata in (LETTER, replace(LETTER, secrecy="秘密", copy_no="000003")):
        made = official(metadata, paragraph("正文。"))
        last = made.row("加急")
        size = 22 * 25.4 / 72
        blank = top(made.row("关于开展").base, size) - (last.base + (1 - UP) * EM)
        # From em box to em box: two rows and half the leading of both lines.
        assert blank == pytest.approx(2 * ROW + (ROW - size) / 2, abs=0.3)


def test_text_below_a_letters_title_stands_on_the_grid() -> None:
    made = official(LETTER, paragraph("正文。"))
    rows = (top(made.row("正文。").base) - (ROW - EM) / 2 - 37) / ROW
    assert rows == pytest.approx(round(rows), abs=0.02)


def test_a_letters_first_page_has_no_number_and_its_colophon_no_rules_and_no_imprint() -> None:
    made = official(LETTER, paragraph(hanzi(28 * 30)))
    assert "—1—" not in made.words(1) and "—2—" in made.words(2)
    assert len(made.rules(2)) == 0, "the double rules are those of page 1"
    row = made.row("抄送：", 2)
    assert row.base == pytest.approx(262 - 11 * 25.4 / 72 + 0.38 * 14 * 25.4 / 72, abs=1.0)
    assert "印发" not in made.words(2)
    assert "L-LETTER" in {finding.rule for finding in made.findings}, "and that is said"
    assert official(replace(LETTER, printed_by="", printed_date=None), paragraph("正文。")).findings == ()


def test_the_form_of_a_sheet_is_that_of_a_document_that_names_none() -> None:
    plain = replace(LETTER, form="")
    made = printed(document(paragraph("正文。"), metadata=plain), theme("xinhan"))
    assert made.row("云岭省民政厅").words == "云岭省民政厅"
    assert printed(document(paragraph("正文。"), metadata=plain), theme("gongwen")).row("文件")


# -- 命令


ORDER = Metadata(kind=Kind.GONGWEN, form="命令", organs=("云岭省人民政府",), document_number="第12号")


def test_an_orders_mark_stands_20_mm_below_the_type_area_and_has_no_rule() -> None:
    made = official(ORDER, paragraph("现予公布。"), title="")
    mark = made.row("云岭省人民政府令")
    assert min(sign.top for sign in mark.signs) == pytest.approx(57, abs=0.35)
    assert made.rules(1) == []


def test_an_orders_number_stands_two_rows_below_the_mark_and_the_text_two_below_that() -> None:
    made = official(ORDER, paragraph("现予公布。"), title="")
    mark, number = made.row("云岭省人民政府令"), made.row("第12号")
    size = 42 * 25.4 / 72
    assert (number.x + number.signs[-1].x + EM) / 2 == pytest.approx(106, abs=0.3)
    assert top(number.base) - (mark.base + (1 - UP) * size) == pytest.approx(2 * ROW + (ROW - EM) / 2, abs=0.3)
    words = made.row("现予公布")
    assert top(words.base) - (number.base + (1 - UP) * EM) == pytest.approx(2 * ROW + (ROW - EM) / 2, abs=0.3)


def test_a_stamp_has_its_place_four_cells_from_the_right_and_the_signers_title_two_cells_left_of_it() -> None:
    signature = b.Signature((text("省长　张三"),), text("2026年3月25日"), stamped=True)
    made = official(ORDER, paragraph("现予公布。"), signature, title="")
    row = next(row for row in made.rows(1) if row.words.startswith("省长"))
    left = 184 - 4 * CELL - 40
    assert row.signs[1].x + CELL == pytest.approx(left - 2 * CELL, abs=0.1)
    name = row.signs[2:]
    assert "".join(sign.character for sign in name) == "张三"
    assert (name[0].x + name[-1].x + CELL) / 2 == pytest.approx(left + 20, abs=0.3)
    date = made.row("2026年3月25日")
    assert date.signs[-1].x + CELL == pytest.approx(184 - 4 * CELL, abs=0.1)


def test_a_stamp_begins_two_rows_below_the_text_and_the_date_stands_one_row_below_it() -> None:
    signature = b.Signature((text("省长"),), text("2026年3月25日"), stamped=True)
    made = printed(document(paragraph("正文。"), signature, metadata=Metadata(kind=Kind.GONGWEN)), theme("gongwen"))
    body, title, date = made.row("正文。"), made.row("省长"), made.row("2026年3月25日")
    # The stamp is 20 mm, two rows; the title stands in the middle of its height.
    assert title.base - body.base == pytest.approx(3.5 * ROW, abs=0.1)
    assert date.base - body.base == pytest.approx(6 * ROW, abs=0.1)


def test_stamps_of_several_signers_stand_under_each_other() -> None:
    lines = (text("省长　张三"), text("主任　李四"))
    made = printed(document(paragraph("正文。"), b.Signature(lines, text("2026年3月25日"), stamped=True)))
    first, second = made.row("省长"), made.row("主任")
    assert first.x == pytest.approx(second.x, abs=0.05)
    assert second.base - first.base == pytest.approx(2 * ROW, abs=0.1)


# -- 纪要


MINUTES = Metadata(kind=Kind.GONGWEN, form="纪要", name="云岭省民政厅办公会议纪要", document_number="〔2026〕7号")


def test_minutes_have_their_mark_35_mm_below_the_type_area() -> None:
    made = official(MINUTES, paragraph("正文。"))
    assert min(sign.top for sign in made.row("云岭省民政厅办公会议纪要").signs) == pytest.approx(72, abs=0.35)


def test_those_present_stand_one_row_below_the_text_with_turnovers_after_the_colon() -> None:
    present = paragraph("出席：" + "、".join(["张三", "李四", "王五", "赵六"] * 4) + "。")
    made = official(MINUTES, paragraph("正文。"), present, paragraph("请假：钱七。"), paragraph("列席：孙八。"))
    body, label = made.row("正文。"), made.row("出席：")
    assert label.base - body.base == pytest.approx(2 * ROW, abs=0.05)
    assert label.x == pytest.approx(28 + 2 * CELL, abs=0.1)
    turnover = next(row for row in made.rows(1) if row.base > label.base + 1)
    assert turnover.x == pytest.approx(label.signs[3].x, abs=0.1)
    assert turnover.x == pytest.approx(28 + 5 * CELL, abs=0.1)
    excused, sitting = made.row("请假："), made.row("列席：")
    assert sitting.base - excused.base == pytest.approx(ROW, abs=0.05), "no blank between them"


def test_the_label_of_those_present_is_set_in_heiti_and_the_names_are_not() -> None:
    metadata = replace(MINUTES, name="")
    made = laid(document(paragraph("出席：张三。"), metadata=metadata), theme("jiyao")).value
    pieces = [item for item in made.pages[0].items if isinstance(item, Piece) and item.passage.element is not None]
    words = {item.passage.text for item in pieces}
    assert words == {"出席：", "张三。"}


def test_in_other_forms_such_a_paragraph_is_a_paragraph() -> None:
    made = official(replace(MINUTES, form=""), paragraph("正文。"), paragraph("出席：" + "张三、" * 30))
    rows = made.rows(1)
    label = made.row("出席：")
    turnover = next(row for row in rows if row.base > label.base + 1)
    assert turnover.x == pytest.approx(28, abs=0.1)


def test_a_first_page_without_text_is_said() -> None:
    organs = tuple(f"云岭省第{number}局" for number in "一二三四五六七八")
    crowded = replace(MINUTES, form="", name="", organs=organs, signer="张三")
    addressee = b.Addressee(text("各市（州）民政局，" * 14 + "各县民政局："))
    made = official(crowded, addressee, paragraph(hanzi(100)))
    assert "L-FIRST" in {finding.rule for finding in made.findings}
    plain = official(crowded, paragraph(hanzi(100)))
    assert "L-FIRST" not in {finding.rule for finding in plain.findings}


# -- joint issue, signers


JOINT = Metadata(
    kind=Kind.GONGWEN, organs=("云岭省民政厅", "云岭省发展和改革委员会", "云岭省财政厅"),
    document_number="云民发〔2026〕18号", signer="张三　李四五　王六",
)  # fmt: skip


def test_organs_of_a_joint_issue_stand_under_each_other_with_the_word_beside_their_middle() -> None:
    made = official(JOINT, paragraph("正文。"))
    first = next(row for row in made.rows(1) if row.words == "云岭省民政厅")
    third = next(row for row in made.rows(1) if row.words == "云岭省财政厅")
    second = made.row("云岭省发展和改革委员会")
    assert min(sign.top for sign in first.signs) == pytest.approx(72, abs=0.4)
    beside = next(sign for sign in made.signs(1) if sign.character == "文")
    assert beside.base == pytest.approx((first.base + third.base) / 2, abs=0.05)
    assert second.words == "云岭省发展和改革委员会文件"
    organ = second.signs[:-2]
    assert beside.x > organ[-1].x
    for row in (first, third):
        assert row.x == pytest.approx(organ[0].x, abs=0.3) and row.signs[-1].x == pytest.approx(organ[-1].x, abs=0.5)
    assert organ[0].left > 27.9 and second.right < 184.1


def test_signers_stand_two_in_a_row_and_the_number_beside_the_last() -> None:
    made = official(JOINT, paragraph("正文。"))
    first, last = made.row("签发人："), made.row("云民发")
    assert last.base - first.base == pytest.approx(ROW, abs=0.05)
    assert first.words == "签发人：张三李四五" and last.words == "云民发〔2026〕18号王六"
    assert last.x == pytest.approx(28 + CELL, abs=0.3)
    assert first.signs[-1].x + EM == pytest.approx(184 - EM, abs=0.15)
    under = next(sign for sign in last.signs if sign.character == "王")
    assert under.x == pytest.approx(first.signs[4].x, abs=0.05)


def test_one_signer_ends_one_hanzi_from_the_right_beside_the_number() -> None:
    made = official(replace(JOINT, signer="张三"), paragraph("正文。"))
    row = made.row("签发人：")
    assert row.words == "云民发〔2026〕18号签发人：张三"
    assert row.signs[-1].x + EM == pytest.approx(184 - EM, abs=0.15)
    rule = made.rules(1)[0]
    assert rule[1] == pytest.approx(row.base + (1 - UP) * EM + 4, abs=0.1)


def test_seals_of_a_joint_issue_do_not_meet_and_the_last_organ_stands_over_the_date() -> None:
    organs = tuple(text(organ) for organ in JOINT.organs)
    signature = b.Signature(organs, text("2026年3月6日"), sealed=True)
    made = printed(document(paragraph("正文。"), signature, metadata=Metadata(kind=Kind.GONGWEN)), theme("gongwen"))
    date = made.row("2026年3月6日")
    last = next(row for row in made.rows(1) if row.base == pytest.approx(date.base - ROW, abs=0.05))
    assert last.words == "云岭省财政厅"
    centre = (date.x + date.signs[-1].x + CELL) / 2
    assert (last.x + last.signs[-1].x + CELL) / 2 == pytest.approx(centre, abs=0.1)
    above = next(row for row in made.rows(1) if row.words == "云岭省民政厅云岭省发展和改革委员会")
    assert last.base - above.base >= 42
    middles = [
        (above.signs[0].x + above.signs[5].x + CELL) / 2,
        (above.signs[6].x + above.signs[-1].x + CELL) / 2,
    ]
    assert middles[1] - middles[0] >= 42


def test_addressees_of_the_front_matter_stand_above_the_copies_without_a_rule_between() -> None:
    metadata = replace(
        JOINT, addressees=("各市（州）人民政府，省直各部门。",), send_to=("云岭省委办公厅。",), printed_by="办公室"
    )
    made = official(metadata, paragraph("正文。"))
    first, second = made.row("主送："), made.row("抄送：")
    assert first.x == pytest.approx(28 + 14 * 25.4 / 72, abs=0.1) == second.x
    between = [rule for rule in made.rules(1) if first.base < rule[1] < second.base]
    assert between == []
    assert second.base - first.base == pytest.approx(22 * 25.4 / 72, abs=0.1)


@pytest.mark.conformance
def test_every_form_is_accessible_and_fit_for_the_archive(tmp_path: Path) -> None:
    stamped = b.Signature((text("省长　张三"),), text("2026年3月25日"), stamped=True)
    sealed = b.Signature(tuple(text(organ) for organ in JOINT.organs), text("2026年3月6日"), sealed=True)
    paths = []
    for number, (metadata, blocks) in enumerate(
        ((LETTER, (sealed,)), (ORDER, (stamped,)), (MINUTES, (paragraph("出席：张三。"),)), (JOINT, (sealed,)))
    ):
        made = printed(Document(metadata, (Article((text("标题"),), blocks),)), theme(choose(metadata)))
        path = tmp_path / f"form{number}.pdf"
        path.write_bytes(made.data)
        paths.append(path)
    assert set(tools.verapdf("2a,ua1", *paths).values()) == {"pass"}


def test_page_1_shows_text_though_its_first_paragraph_must_be_parted_for_that() -> None:
    addressee = b.Addressee(text("云岭省人民政府："))
    body = (paragraph("近日，" + hanzi(80)), b.Signature((text("云岭省民政厅"),), text("2026年3月6日"), sealed=True))
    metadata = replace(JOINT, secrecy="机密", urgency="特急", copy_no="000012", signer="签发人：张三 李四 王五")
    shown = []
    for length in range(10, 60, 10):
        made = printed(
            document(addressee, *body, metadata=metadata, title="关于" + hanzi(length)), theme(choose(metadata))
        )
        assert made.row("签发人").words.count("签发人") == 1, "the label that the author wrote is not written twice"
        shown.append(any("近日" in row.words for row in made.rows(1)))
        said = "L-FIRST" in {finding.rule for finding in made.findings}
        assert shown[-1] is not said
    assert shown.count(True) >= 4, shown
