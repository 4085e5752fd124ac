"""Parts of a bulletin and of a 公文 that stand alone or beside others than usual: measured from the PDF."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from converters.model import blocks as b
from converters.model.document import Article, Document
from converters.model.metadata import Kind, Metadata
from printed import MM, Print, Row, document, hanzi, paragraph, printed, text, theme

CELL = 156 / 28
ROW = 225 / 22
EM = 16 * MM
MIDDLE = 0.38
"""Middle of the embedded face's em box above the baseline, in em."""

BULLETIN = Metadata(
    name="民政工作简报", issue="12", issuer="云岭省民政厅办公室", date=datetime.date(2026, 3, 27), toc="false"
)  # fmt: skip
OFFICIAL = Metadata(kind=Kind.GONGWEN, name="云岭省民政厅文件", document_number="云民发〔2026〕12号")


def row_of(row: Row, size: float = 16.0) -> float:
    """In which row of the grid a line stands, from 0."""
    return (row.base - MIDDLE * size * MM - 37) / ROW - 0.5


def issue(**metadata: Any) -> Print:
    made = Document(replace(BULLETIN, **metadata), (Article((text("标题"),), (paragraph("正文。"),)),))
    return printed(made, theme("jianbao"))


def official(*blocks: b.Block, **metadata: Any) -> Print:
    made = document(*blocks, metadata=replace(OFFICIAL, **metadata), title="关于开展试点的通知")
    return printed(made, theme("gongwen"))


# -- 报头


def test_a_bulletins_number_alone_stands_at_the_right_of_the_first_row() -> None:
    row = issue(copy_no="No. 000123").row("No.")
    assert row_of(row) == pytest.approx(0, abs=0.03)
    assert row.right == pytest.approx(184, abs=0.4)


def test_how_to_keep_a_bulletin_is_said_at_the_left_of_the_first_row() -> None:
    row = issue(secrecy="内部资料 注意保存").row("内部资料")
    assert row_of(row) == pytest.approx(0, abs=0.03)
    assert row.x == pytest.approx(28, abs=0.1)


def test_beside_a_long_issuer_the_date_stands_at_the_right_of_the_row_below() -> None:
    made = issue(issuer="云岭省民政厅养老服务处、社会事务处、儿童福利处")
    issuer, date = made.row("养老服务处"), made.row("2026年3月27日")
    assert date.base - issuer.base == pytest.approx(ROW, abs=0.05)
    assert issuer.x == pytest.approx(28 + EM, abs=0.1)
    assert date.signs[-1].x + EM == pytest.approx(184 - EM, abs=0.15)
    rule = made.rules(1)[0]
    assert rule[1] - (date.base - MIDDLE * EM + EM / 2) == pytest.approx(4, abs=0.1)


# -- 报核


def test_the_note_of_an_issue_stands_below_its_contents_and_above_the_first_title() -> None:
    articles = tuple(Article((text(f"第{name}篇文章"),), (paragraph("文。"),)) for name in "甲乙")
    metadata = replace(BULLETIN, toc="true", editor_note="编者按：" + hanzi(60))
    made = printed(Document(metadata, articles), theme("jianbao"))
    rows = made.rows(1)
    first = made.row("编者按：")
    turnover = rows[rows.index(first) + 1]
    entry = made.row("第乙篇文章2")
    title = next(row for row in rows if row.words == "第甲篇文章")
    assert entry.base < first.base < turnover.base < title.base
    assert first.x == pytest.approx(28 + 4 * CELL, abs=0.1)
    assert turnover.x == pytest.approx(28 + 2 * CELL, abs=0.1)
    assert turnover.signs[-1].x + CELL == pytest.approx(184 - 2 * CELL, abs=0.1)


# -- 报尾


def test_the_number_of_copies_alone_stands_at_the_right_of_the_last_line() -> None:
    row = issue(report_to=("省委办公厅。",), copies=100).row("共印100份")
    assert row.words == "共印100份"
    assert row.signs[-1].x + 14 * MM == pytest.approx(184 - 14 * MM, abs=0.15)
    assert row.base - MIDDLE * 14 * MM + 23.16 * MM / 2 == pytest.approx(262, abs=0.1)


# -- 公文


def test_secrecy_stands_in_the_second_row_where_there_is_no_copy_number_too() -> None:
    made = official(paragraph("正文。"), secrecy="机密", secrecy_term="1年", urgency="加急")
    for number, words in enumerate(("机密★1年", "加急"), 1):
        row = made.row(words)
        assert row_of(row) == pytest.approx(number, abs=0.03)
        assert row.x == pytest.approx(28, abs=0.1)
    assert made.row("云岭省民政厅文件").top == pytest.approx(72, abs=0.35), "the mark keeps its place"


def test_urgency_alone_stands_in_the_first_row() -> None:
    assert row_of(official(paragraph("正文。"), urgency="加急").row("加急")) == pytest.approx(0, abs=0.03)


def test_text_begins_in_the_row_below_the_addressees_two_hanzi_in() -> None:
    made = official(b.Addressee(text("各市民政局：")), paragraph("正文从这里开始。"))
    first = made.row("正文从")
    assert row_of(first) - row_of(made.row("各市")) == pytest.approx(1, abs=0.03)
    assert first.x == pytest.approx(28 + 2 * CELL, abs=0.1)


def test_an_unsealed_signature_stands_one_row_below_the_names_of_attachments() -> None:
    note = b.AttachmentNote((text("1.建设标准"), text("2.清单")), text("附件："))
    signature = b.Signature((text("云岭省民政厅"),), text("2026年1月5日"))
    made = official(paragraph("正文。"), note, signature)
    organ = next(row for row in made.rows(1) if row.words == "云岭省民政厅")
    assert row_of(organ) - row_of(made.row("2.清单")) == pytest.approx(2, abs=0.05)


def test_page_numbers_are_of_4_hao_with_dashes_of_one_hanzi() -> None:
    row = printed(document(paragraph("正文。"))).rows(1)[-1]
    assert row.words == "—1—"
    dash, figure, last = row.signs
    size = 14 * MM
    for sign in (dash, last):
        assert sign.right - sign.left == pytest.approx(0.8 * size, abs=0.03 * size), "its ink in the embedded face"
    assert (figure.left + figure.right) / 2 == pytest.approx((dash.left + last.right) / 2, abs=0.06 * size)
    assert figure.right - figure.left < size / 2, "half-width"
