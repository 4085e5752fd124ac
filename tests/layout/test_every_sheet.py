"""What must hold whichever style sheet meets whichever document: sheets and forms are chosen apart."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from converters.model import blocks as b
from converters.model.document import Article, Document
from converters.model.metadata import Kind, Metadata
from printed import Print, document, hanzi, paragraph, printed, replace, text, theme

SHEETS = sorted(
    path.stem for path in (Path(__file__).parents[2] / "styles").glob("*.toml") if path.stem not in ("base", "web")
)
LEVEL = [name for name in SHEETS if name != "vertical"]
LETTER = Metadata(kind=Kind.GONGWEN, form="信函", organs=("云岭省民政厅",), document_number="云民函〔2026〕31号")
OFFICIAL = Metadata(
    kind=Kind.GONGWEN, organs=("云岭省民政厅",), document_number="云民发〔2026〕12号", copy_no="000012", secrecy="机密",
    secrecy_term="1年", urgency="加急", toc="true",
)  # fmt: skip


def made(metadata: Metadata, sheet: str, *blocks: b.Block) -> Print:
    body = blocks or (paragraph(hanzi(2000)),)
    return printed(document(*body, metadata=metadata, title="关于开展试点的通知"), theme(sheet))


@pytest.mark.parametrize("sheet", LEVEL)
def test_a_letters_rules_stay_on_the_paper_and_clear_of_the_text_and_page_1_has_no_number(sheet: str) -> None:
    found = made(LETTER, sheet)
    page = found.pdf[0]
    width, height = (size * 25.4 / 72 for size in page.get_size())
    rules = [rule for rule in found.rules(1) if rule[2] - rule[0] > width / 2]
    assert all(left > 5 and right < width - 5 and bottom < height - 5 for left, _, right, bottom in rules)
    if not rules:
        assert sheet == "mingling", "its own masthead has no rule"
        return
    assert all(rule[3] - rule[1] > 0.1 for rule in rules), "a rule of no thickness is drawn as a hair"
    last = found.rows(1)[-1]
    assert max(sign.bottom for sign in last.signs) < rules[-2][1] - 0.5


@pytest.mark.parametrize("sheet", [name for name in LEVEL if name != "xinhan"])
def test_the_mark_stands_clear_of_secrecy_and_urgency_above_it(sheet: str) -> None:
    found = made(OFFICIAL, sheet)
    above = found.row("加急")
    mark = next(row for row in found.rows(1) if row.words.startswith("云岭省民政厅") and row.base > above.base)
    gap = mark.top - max(sign.bottom for sign in above.signs)
    assert gap > 0.5 * (above.signs[1].x - above.signs[0].x)


@pytest.mark.parametrize("sheet", LEVEL)
def test_the_heading_of_the_contents_stands_clear_of_the_red_rule(sheet: str) -> None:
    metadata = replace(OFFICIAL, kind=Kind.JIANBAO, name="民政工作简报", organs=(), document_number="", urgency="")
    articles = tuple(Article(title=(text(f"第{n}篇文章"),), blocks=(paragraph("正文。"),)) for n in "一二三")
    found = printed(Document(metadata, articles), theme(sheet))
    rules = [rule for rule in found.rules(1) if rule[2] - rule[0] > 60]
    if not rules:
        assert sheet == "mingling"
        return
    heading = found.row("本期要目")
    assert heading.top - rules[0][3] > 0.5 * (heading.signs[1].x - heading.signs[0].x) / 1.5


def test_names_of_two_attachments_are_not_parted_and_take_the_signature_along() -> None:
    note = b.AttachmentNote((text("1.建设标准"), text("2.任务清单")), text("附件："))
    signed = b.Signature((text("云岭省民政厅"),), text("2026年3月6日"))
    for lines in range(12, 22):
        found = printed(document(*(paragraph("一段。") for _ in range(lines)), note, signed), theme("gongwen"))
        first, second = (
            next(page for page in range(1, found.page_count + 1) if words in "".join(r.words for r in found.rows(page)))
            for words in ("建设标准", "任务清单")
        )
        assert first == second, lines


@pytest.mark.parametrize("lines", range(15, 21))
def test_a_remark_typed_below_a_signature_stays_with_it(lines: int) -> None:
    signed = b.Signature((text("云岭省民政厅"),), text("2026年3月6日"))
    blocks = [*(paragraph("一段。") for _ in range(lines)), signed, paragraph("（联系人：张三）")]
    found = printed(document(*blocks), theme("gongwen"))
    page = found.page_count
    assert ("联系人" in "".join(row.words for row in found.rows(page))) == (
        "2026年3月6日" in "".join(row.words for row in found.rows(page))
    )


def test_words_of_titles_and_mastheads_are_not_divided() -> None:
    issuer = "青浦河市对外友好协会青浦河市 International Friendship Associations"
    metadata = Metadata(name="通讯", issue="1", issuer=issuer, date=datetime.date(2026, 3, 27))
    title = "青浦河市与友好城市北田市关于 Internationalization Standardization"
    found = printed(document(paragraph("正文。"), metadata=metadata, title=title), theme("large-print"))
    words = [row.words for row in found.rows(1)]
    assert not any(line.endswith(("-", "\u00ad", "\u2010")) for line in words), words
    for word in ("International", "Associations", "Internationalization", "Standardization"):
        assert any(word in line for line in words), word
