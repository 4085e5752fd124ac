"""Every part of a bulletin and of a 公文 in its place, and every preset: measured from the PDF."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pytest

from converters.layout.result import Piece
from converters.model import blocks as b
from converters.model.document import Article, Document, SourceLine
from converters.model.metadata import Kind, Metadata
from printed import MM, Print, Row, document, hanzi, laid, paragraph, printed, replace, text, theme

CELL = 156 / 28
ROW = 225 / 22
EM = 16 * MM
MIDDLE = 0.38
"""Middle of the embedded face's em box above the baseline, in em."""

BULLETIN = Metadata(
    name="民政工作简报", issue="12", issuer="云岭省民政厅办公室", date=datetime.date(2026, 3, 27), toc="false"
)  # fmt: skip


def row_of(row: Row, size: float = 16.0) -> float:
    """In which row of the grid a line stands, from 0."""
    return (row.base - MIDDLE * size * MM - 37) / ROW - 0.5


def article(**parts: Any) -> Article:
    return Article(title=(text("标题"),), blocks=(paragraph("正文。"),), **parts)


def issue(*articles: Article, metadata: Metadata = BULLETIN, style: str = "jianbao", **keys: str) -> Print:
    return printed(Document(metadata, articles or (article(),)), theme(style, **keys))


def role_of(words: str, made: Document, style: str = "jianbao") -> str:
    """Size and role of the passage that begins with some words: what the style sheet calls it."""
    sheet = theme(style)
    layout = laid(made, sheet).value
    for page in layout.pages:
        for item in page.items:
            if isinstance(item, Piece) and item.passage.text.startswith(words):
                return f"{item.passage.setting.size:g}"
    raise AssertionError(words)


# -- 报头


def test_the_meetings_name_stands_above_the_name_of_the_bulletin_in_the_middle() -> None:
    made = issue(metadata=replace(BULLETIN, super_title="云岭省民政工作会议"), style="jianbao-meeting")
    above, name = made.row("云岭省民政工作会议"), made.row("民政工作简报")
    assert (above.x + above.signs[-1].x + 18 * MM) / 2 == pytest.approx(106, abs=0.3)
    assert above.base < name.top
    assert name.top == pytest.approx(72, abs=0.35), "the name keeps its place"


def test_the_issue_line_is_centred_one_row_below_the_name() -> None:
    made = issue()
    name, line = made.row("民政工作简报"), made.row("第12期")
    bottom = name.base - MIDDLE * 60 * MM + 30 * MM
    assert line.base - MIDDLE * EM - ROW / 2 - bottom == pytest.approx(ROW, abs=0.1)
    # Figures are half a hanzi wide.
    assert (line.x + line.signs[-1].x + EM) / 2 == pytest.approx(106, abs=0.3)


def test_secrecy_stands_at_the_left_and_a_bulletins_number_at_the_right_of_the_first_row() -> None:
    made = issue(metadata=replace(BULLETIN, secrecy="机密", secrecy_term="1年", copy_no="No. 000123"))
    row = made.row("机密★1年")
    assert row_of(row) == pytest.approx(0, abs=0.03)
    assert row.x == pytest.approx(28, abs=0.1)
    assert row.words == "机密★1年No.000123"
    assert row.right == pytest.approx(184, abs=0.4)


def test_the_signer_of_a_bulletin_stands_at_the_right_below_the_issue_line() -> None:
    made = issue(metadata=replace(BULLETIN, signer="张三"))
    signer, line = made.row("签发人："), made.row("第12期")
    assert signer.base - line.base == pytest.approx(ROW, abs=0.05)
    assert signer.signs[-1].x + EM == pytest.approx(184 - EM, abs=0.15)


def test_issuer_and_date_share_the_line_above_the_rule_one_hanzi_in_on_both_sides() -> None:
    made = issue()
    row = made.row("云岭省民政厅办公室")
    assert row.x == pytest.approx(28 + EM, abs=0.1)
    assert row.signs[-1].x + EM == pytest.approx(184 - EM, abs=0.15)
    rule = made.rules(1)[0]
    assert rule[1] - (row.base - MIDDLE * EM + EM / 2) == pytest.approx(4, abs=0.1)
    assert (rule[0], rule[2]) == pytest.approx((28, 184), abs=0.05)
    assert 0.35 <= rule[3] - rule[1] <= 0.71


# -- 报核


def test_the_contents_stand_below_the_rule_with_leaders_to_page_numbers_at_the_right() -> None:
    articles = tuple(Article((text(f"第{name}篇文章"),), (paragraph(hanzi(28 * 8)),)) for name in "甲乙")
    made = issue(*articles, metadata=replace(BULLETIN, toc="true"))
    heading = made.row("本期要目")
    assert (heading.x + heading.signs[-1].x + EM) / 2 == pytest.approx(106, abs=0.3)
    entry = made.row("第甲篇文章1")
    dots = next(row for row in made.rows(1) if row.words.startswith("....."))
    assert entry.signs[0].bottom > dots.base > entry.signs[0].top, "above the baseline of the words"
    assert entry.signs[-2].right < dots.left and dots.right < entry.signs[-1].left
    assert entry.x == pytest.approx(28 + CELL, abs=0.15)
    assert entry.signs[-1].character == "1"
    assert entry.signs[-1].right == pytest.approx(184 - CELL, abs=0.4)


def test_an_editors_note_is_two_hanzi_narrower_on_both_sides_and_stands_above_its_title() -> None:
    note = paragraph("编者按：" + hanzi(60))
    made = issue(article(editor_note=(note,)))
    rows = made.rows(1)
    first = made.row("编者按：")
    turnover = rows[rows.index(first) + 1]
    assert first.x == pytest.approx(28 + 4 * CELL, abs=0.1), "its first line two hanzi more"
    assert turnover.x == pytest.approx(28 + 2 * CELL, abs=0.1)
    assert turnover.signs[-1].x + CELL == pytest.approx(184 - 2 * CELL, abs=0.1)
    assert first.base < made.row("标题").base


def test_kicker_title_subtitle_and_author_stand_under_each_other_in_the_middle() -> None:
    made = issue(article(kicker=text("春季检查"), subtitle=text("——记上坪村"), author=text("张三")))
    rows = [made.row(words) for words in ("春季检查", "标题", "记上坪村", "张三")]
    assert [row.base for row in rows] == sorted(row.base for row in rows)
    steps = [row_of(row, size) for row, size in zip(rows, (16, 22, 16, 16), strict=True)]
    assert [round(step - steps[0]) for step in steps] == [0, 1, 2, 3]
    for row, size in zip(rows, (16, 22, 16, 16), strict=True):
        assert (row.x + row.signs[-1].x + size * MM) / 2 == pytest.approx(106, abs=0.5), row.words
    body = made.row("正文。")
    assert row_of(body) - row_of(rows[3]) == pytest.approx(2, abs=0.05), "one blank row"


def test_a_column_heading_stands_in_the_middle_above_its_first_article() -> None:
    made = issue(article(column=text("【工作动态】")))
    row = made.row("工作动态")
    middle = [sign for sign in row.signs if sign.character in "工态"]
    assert (middle[0].x + middle[1].x + EM) / 2 == pytest.approx(106, abs=0.3)
    assert row.base < made.row("标题").base


def test_articles_stand_two_rows_apart_where_they_run_on() -> None:
    made = issue(article(source=SourceLine(text("（完）"))), Article((text("乙文"),), (paragraph("文。"),)))
    assert row_of(made.row("乙文"), 22) - row_of(made.row("完")) == pytest.approx(3, abs=0.05)


def test_levels_of_headings_begin_two_hanzi_in_each_in_its_face() -> None:
    headings = (
        b.Heading(1, text("一、甲")), b.Heading(2, text("（一）乙")), b.Heading(3, text("1.丙")),
        b.Heading(4, text("（1）丁")),
    )  # fmt: skip
    made = printed(document(*headings, paragraph("文。")), theme("gongwen"))
    for row, start in zip(made.rows(1), ("一、", "（一）", "1.", "（1）"), strict=False):
        assert row.words.startswith(start)
        # The opening bracket at the line's start loses its blank half.
        trimmed = CELL / 2 if start.startswith("（") else 0
        assert row.x == pytest.approx(28 + 2 * CELL - trimmed, abs=0.15)
    sheet = theme("gongwen").styles
    assert [style.role.value for style in (sheet.heading1, sheet.heading2, sheet.heading3, sheet.heading4)] == [
        "heiti", "kaiti", "fangsong", "fangsong",
    ]  # fmt: skip


# -- 报尾


FOOT = replace(
    BULLETIN, report_to=("省委办公厅。",), send_to=("省直部门。",), distribute_to=("各市民政局。",),
    extra_to=("云岭师范学院。",), editors=("张三",), reviewers=("李四",), contact="000-0000000", copies=100,
)  # fmt: skip


def test_rows_of_recipients_begin_one_hanzi_in_under_each_other_between_rules() -> None:
    made = issue(metadata=FOOT)
    rows = [made.row(label) for label in ("报：", "送：", "发：", "本期增发：")]
    assert all(row.x == pytest.approx(28 + 14 * MM, abs=0.1) for row in rows)
    steps = [below.base - above.base for above, below in itertools.pairwise(rows)]
    assert steps == pytest.approx([23.16 * MM] * 3, abs=0.02)
    upper, lower = made.rules(1)[-2:]
    assert upper[3] < rows[0].top and rows[-1].base < lower[1]
    for rule in (upper, lower):
        assert (rule[0], rule[2]) == pytest.approx((28, 184), abs=0.05)
        assert rule[3] - rule[1] == pytest.approx(0.35, abs=0.02)


def test_the_number_of_copies_stands_at_the_right_of_the_editors_row_on_the_last_line() -> None:
    made = issue(metadata=FOOT)
    row = made.row("编辑：张三")
    assert row.words == "编辑：张三审核：李四电话：000-0000000共印100份"
    assert row.signs[-1].x + 14 * MM == pytest.approx(184 - 14 * MM, abs=0.15)
    assert row.base - MIDDLE * 14 * MM + 23.16 * MM / 2 == pytest.approx(262, abs=0.1)


def test_a_bulletin_without_recipients_has_no_colophon() -> None:
    assert len(issue().rules(1)) == 1


# -- 公文


OFFICIAL = Metadata(kind=Kind.GONGWEN, name="云岭省民政厅文件", document_number="云民发〔2026〕12号")


def official(*blocks: b.Block, title: str = "关于开展试点的通知", metadata: Metadata = OFFICIAL) -> Print:
    return printed(document(*blocks, metadata=metadata, title=title), theme("gongwen"))


def test_the_number_stands_in_the_middle_two_rows_below_the_mark() -> None:
    made = official(paragraph("正文。"))
    mark, number = made.row("云岭省民政厅文件"), made.row("云民发")
    bottom = mark.base - MIDDLE * 42 * MM + 21 * MM
    assert number.base - MIDDLE * EM - ROW / 2 - bottom == pytest.approx(2 * ROW, abs=0.1)
    assert (number.left + number.right) / 2 == pytest.approx(106, abs=0.4)


def test_addressees_stand_one_row_below_the_title_flush_left_and_so_do_their_turnovers() -> None:
    made = official(b.Addressee(text("各市（州）民政局，" * 5 + "各县民政局：")), paragraph("正文。"))
    title, first = made.row("关于开展"), made.row("各市")
    assert row_of(first) - row_of(title, 22) == pytest.approx(2, abs=0.05)
    rows = made.rows(1)
    turnover = rows[rows.index(first) + 1]
    assert first.x == pytest.approx(28, abs=0.1) and turnover.x == pytest.approx(28, abs=0.1)


def test_names_of_attachments_stand_one_row_below_the_text_and_turn_over_under_their_first_hanzi() -> None:
    note = b.AttachmentNote((text("1.社区养老服务设施建设标准" + hanzi(20)), text("2.清单")), text("附件："))
    made = official(paragraph("正文。"), note)
    first = made.row("附件：")
    assert row_of(first) - row_of(made.row("正文。")) == pytest.approx(2, abs=0.05)
    rows = made.rows(1)
    turnover = rows[rows.index(first) + 1]
    name = next(sign for sign in first.signs if sign.character == "社")
    assert turnover.x == pytest.approx(name.x, abs=0.1)


def test_one_attachment_without_a_number_turns_over_under_its_first_hanzi() -> None:
    made = official(paragraph("正文。"), b.AttachmentNote((text(hanzi(40)),), text("附件：")))
    first = made.row("附件：")
    rows = made.rows(1)
    assert rows[rows.index(first) + 1].x == pytest.approx(first.signs[3].x, abs=0.1)


def test_an_unsealed_signature_stands_one_row_below_the_text_and_a_sealed_one_two() -> None:
    for sealed, blank in ((False, 1), (True, 2)):
        signature = b.Signature((text("云岭省民政厅"),), text("2026年1月5日"), sealed=sealed)
        made = official(paragraph("正文。"), signature)
        organ = next(row for row in made.rows(1) if row.words == "云岭省民政厅")
        assert row_of(organ) - row_of(made.row("正文。")) == pytest.approx(blank + 1, abs=0.05)
        assert row_of(made.row("2026年1月5日")) - row_of(organ) == pytest.approx(1, abs=0.05)


def test_a_remark_stands_in_the_row_below_the_date_two_hanzi_in() -> None:
    signature = b.Signature((text("云岭省民政厅"),), text("2026年1月5日"), text("（联系人：张三）"))
    made = official(paragraph("正文。"), signature)
    remark, date = made.row("联系人"), made.row("2026年1月5日")
    assert row_of(remark) - row_of(date) == pytest.approx(1, abs=0.05)
    # Its bracket loses the blank half, as every opening mark at the start of a line.
    assert remark.signs[1].x == pytest.approx(28 + 2.5 * CELL, abs=0.1)


def test_an_attached_text_has_its_label_flush_left_in_row_1_and_its_title_in_row_3() -> None:
    articles = (
        Article((text("通知"),), (paragraph("正文。"),)),
        Article((text("建设标准"),), (paragraph("条文。"),), attachment="附件1"),
    )
    made = printed(Document(OFFICIAL, articles), theme("gongwen"))
    label, title = made.row("附件1", 2), made.row("建设标准", 2)
    assert row_of(label) == pytest.approx(0, abs=0.03) and label.x == pytest.approx(26, abs=0.1)
    assert row_of(title, 22) == pytest.approx(2, abs=0.05)
    assert "—2—" in made.words(2), "page numbers go on"


def test_copies_of_an_official_document_stand_one_hanzi_in_with_their_imprint_on_the_last_line() -> None:
    metadata = replace(
        OFFICIAL, send_to=("云岭省委办公厅，" * 6 + "省政府办公厅。",), printed_by="云岭省民政厅办公室",
        printed_date=datetime.date(2026, 1, 5),
    )  # fmt: skip
    made = official(paragraph("正文。"), metadata=metadata)
    first = made.row("抄送：")
    rows = made.rows(1)
    turnover = rows[rows.index(first) + 1]
    em = 14 * MM
    assert first.x == pytest.approx(28 + em, abs=0.1) and turnover.x == pytest.approx(first.signs[3].x, abs=0.1)
    assert first.right <= 184 - em + 0.1
    imprint = made.row("云岭省民政厅办公室")
    assert imprint.words.endswith("2026年1月5日印发")
    assert imprint.x == pytest.approx(28 + em, abs=0.1)
    assert imprint.signs[-1].x + em == pytest.approx(184 - em, abs=0.15)
    assert made.rules(1)[-1][3] == pytest.approx(262, abs=0.05)


def test_the_page_number_may_stand_in_the_middle() -> None:
    made = printed(document(paragraph(hanzi(28 * 30))), theme(page_number__position="center"))
    for page, middle in ((1, 106), (2, 104)):
        row = made.rows(page)[-1]
        assert (row.left + row.right) / 2 == pytest.approx(middle, abs=0.3)


# -- the other reading of the standard


def test_the_other_reading_has_a_pitch_of_fifteen_eighths_of_a_hanzi() -> None:
    made = printed(document(paragraph(hanzi(28 * 30))), theme("gb33476"))
    rows = [row.base for row in made.rows(1)[:-1]]
    assert len(rows) == 22
    assert (rows[-1] - rows[0]) / 21 == pytest.approx(10.39, abs=0.01)
    assert len(made.rows(1)[1].signs) == 28


def test_in_the_other_reading_hanzi_begin_with_the_type_area_and_its_frame_stays() -> None:
    metadata = replace(OFFICIAL, send_to=("省委办公厅。",), printed_by="办公室")
    made = printed(document(paragraph(hanzi(28 * 30)), metadata=metadata), theme("gb33476"))
    assert made.row("云岭省民政厅文件").top == pytest.approx(72, abs=0.35)
    first = made.rows(2)[0]
    assert first.base - MIDDLE * EM - EM / 2 == pytest.approx(37, abs=0.15)
    assert made.rules(made.page_count)[-1][3] == pytest.approx(262, abs=0.05)
    assert next(row for row in made.rows(1) if row.words == "—1—").signs[0].top == pytest.approx(269, abs=0.3)


# -- presets


def presets(style: str, count: int = 2, **metadata: Any) -> Print:
    articles = tuple(
        Article((text(f"第{number}篇文章的题目"),), (paragraph(hanzi(28 * 6)),), source=SourceLine(text("（完）")))
        for number in range(1, count + 1)
    )
    return printed(Document(replace(FOOT, toc="auto", **metadata), articles), theme(style))


def test_a_bulletin_of_one_article_has_no_contents_and_two_blank_rows_below_the_rule() -> None:
    made = presets("jianbao-single", 1)
    assert "本期要目" not in made.words(1)
    rule = made.rules(1)[0]
    assert row_of(made.row("第1篇"), 22) - (rule[3] - 37) / ROW == pytest.approx(2.5, abs=0.5)
    assert "共印100份" in made.words(made.page_count)


def test_a_bulletin_of_several_articles_has_its_contents_whatever_its_length() -> None:
    assert "本期要目" in presets("jianbao-multi").words(1)


def test_a_meetings_bulletin_has_the_meetings_name_and_no_contents() -> None:
    made = presets("jianbao-meeting", super_title="云岭省民政工作会议", issuer="大会秘书组")
    assert made.row("云岭省民政工作会议").base < made.row("民政工作简报").top
    assert made.row("大会秘书组").words.endswith("2026年3月27日")
    assert "本期要目" not in made.words(1)


def test_a_secret_bulletin_has_secrecy_and_number_and_its_recipients_on_an_even_page() -> None:
    made = presets("jianbao-secret", secrecy="秘密", copy_no="000123")
    assert made.row("秘密").words == "秘密000123"
    assert made.page_count % 2 == 0 and "报：" in made.words(made.page_count)


def test_short_items_of_an_information_sheet_run_on_under_smaller_titles() -> None:
    made = issue(article(source=SourceLine(text("（完）"))), Article((text("乙篇短讯"),), ()), style="xinxi")
    first, second = made.row("标题"), made.row("乙篇短讯")
    assert first.signs[-1].x - first.signs[-2].x == pytest.approx(18 * MM, abs=0.02)
    assert row_of(second, 18) - row_of(made.row("完")) == pytest.approx(2, abs=0.1), "one blank row"


def test_a_gazette_has_contents_with_page_numbers_and_each_article_on_a_page_of_its_own() -> None:
    made = presets("gongbao", 3)
    assert "本期要目" in made.words(1)
    pages = [next(page for page in range(made.page_count, 0, -1) if f"第{n}篇" in made.words(page)) for n in (1, 2, 3)]
    assert pages == sorted(set(pages))
    for number, page in enumerate(pages, 1):
        assert made.row(f"第{number}篇文章的题目").words == f"第{number}篇文章的题目{page}"


def test_the_web_sheet_has_neither_masthead_nor_recipients_and_contents_without_pages() -> None:
    made = presets("web", 2)
    words = "".join(made.words(page) for page in range(1, made.page_count + 1))
    assert "民政工作简报" not in words and "报：" not in words
    assert "本期要目" in words and "......" not in words


def test_the_contents_of_a_gazette_stand_on_the_front_page_alone_and_its_number_in_the_colophon() -> None:
    made = presets("gongbao", 3, kind=Kind.GONGBAO, identifier="ISSN 1234-5678")
    front = made.words(1)
    assert "本期要目" in front and "天地玄黄" not in front
    assert made.words(2).startswith("第1篇")
    last = made.row("ISSN1234-5678", made.page_count)
    assert last.base > made.row("编辑：张三", made.page_count).base
    assert "ISSN" not in presets("jianbao", 1, identifier="ISSN 1234-5678").words(1)
