"""What this program writes it reads back: text for text, part for part."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

import everything
from converters.exporters.docx import export
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.captions import joined_captions, own_captions
from converters.model.document import Article, Document
from converters.model.metadata import Form, Kind, Metadata, form_of
from converters.model.pagination import Pagination
from converters.model.reading import Stream, passages
from converters.model.walk import plain
from converters.readers import read
from converters.theme.schema import Theme


def there_and_back(document: Document, pagination: Pagination | None = None) -> Document:
    data = export(document, Theme(), pagination or everything.pagination(), everything.PICTURES, None).value
    checked = read("everything.docx", data)
    assert checked.findings == ()
    return checked.value


@pytest.mark.parametrize("stream", list(Stream))
def test_every_character_comes_back_in_its_place(stream: Stream) -> None:
    document = everything.document()
    found = passages(there_and_back(document))[stream]
    assert [passage.text for passage in found] == [passage.text for passage in passages(document)[stream]]


def test_metadata_come_back() -> None:
    metadata = everything.metadata()
    found = there_and_back(everything.document()).metadata
    joined = "，".join(metadata.distribute_to) + "。"
    expected = replace(
        metadata, toc="auto", keywords=(), distribute_to=(joined,), editor_note=f"编者按：{metadata.editor_note}"
    )
    assert found == expected


def test_metadata_of_an_official_document_come_back() -> None:
    import datetime

    metadata = Metadata(
        Kind.GONGWEN, name="云岭省民政厅文件", document_number="云民发〔2026〕12号", secrecy="机密", secrecy_term="1年",
        send_to=("甲，乙。",), printed_by="云岭省民政厅办公室", printed_date=datetime.date(2026, 3, 9), signer="李四",
    )  # fmt: skip
    document = Document(metadata, (Article(title=((i.Text("通知"),),), blocks=(b.Paragraph((i.Text("文。"),)),)),))
    assert there_and_back(document, Pagination()).metadata == metadata


def test_articles_come_back_with_their_parts() -> None:
    document = everything.document()
    found = there_and_back(document)
    assert len(found.articles) == 3
    for before, after in zip(document.articles, found.articles, strict=True):
        for part in ("kicker", "subtitle", "column", "author"):
            assert plain(getattr(after, part)) == plain(getattr(before, part))
        assert after.attachment == before.attachment
        assert [plain(line) for line in after.title] == [plain(line) for line in before.title]
        assert (after.source is None) == (before.source is None)
    assert len(found.articles[0].editor_note) == 2


def test_blocks_come_back_as_what_they_were() -> None:
    document = everything.document()
    found = there_and_back(document)
    assert [type(block) for block in found.articles[0].blocks] == [type(block) for block in document.articles[0].blocks]
    headings = [block.level for block in found.articles[0].blocks if isinstance(block, b.Heading)]
    assert headings == [1, 2, 3, 4, 5]
    (signature,) = [block for block in found.articles[0].blocks if isinstance(block, b.Signature)]
    assert signature.sealed


def test_a_paragraph_added_in_word_joins_its_article() -> None:
    data = export(everything.document(), Theme(), everything.pagination(), everything.PICTURES, None).value
    edited = docx.Document(io.BytesIO(data))
    place = next(p for p in edited.paragraphs if p.text.startswith("会议指出"))
    place.insert_paragraph_before("新加的一段。")
    stream = io.BytesIO()
    edited.save(stream)
    found = read("a.docx", stream.getvalue()).value
    texts = [plain(block.inlines) for block in found.articles[0].blocks if isinstance(block, b.Paragraph)]
    assert texts[1] == "新加的一段。"


def _again(*blocks: b.Block, metadata: Metadata) -> Document:
    document = Document(metadata, (Article(title=((i.Text("题目"),),), blocks=blocks),))
    return read("a.docx", export(document, Theme(), Pagination(), {}, None).value).value


def test_minutes_come_back_with_their_form_and_those_present_as_plain_text() -> None:
    present = b.Paragraph((i.Text("出席：张三、李四。"),))
    metadata = Metadata(Kind.GONGWEN, name="会议纪要", form="纪要")
    again = _again(present, metadata=metadata)
    assert form_of(again.metadata.form) is Form.MINUTES
    assert plain(again.articles[0].blocks[0].inlines) == "出席：张三、李四。"  # type: ignore[union-attr]  # a paragraph, as the source has it
    assert all(isinstance(inline, i.Text) for inline in again.articles[0].blocks[0].inlines)  # type: ignore[union-attr]  # a paragraph, as the source has it


def test_a_letter_comes_back_as_a_letter() -> None:
    metadata = Metadata(
        Kind.GONGWEN, form="信函", organs=("云岭省民政厅",), document_number="云民函〔2026〕31号", urgency="加急"
    )
    again = _again(b.Paragraph((i.Text("正文。"),)), metadata=metadata).metadata
    assert (form_of(again.form), again.name, again.document_number, again.urgency) == (
        Form.LETTER, "云岭省民政厅", "云民函〔2026〕31号", "加急",
    )  # fmt: skip


def test_a_table_in_landscape_comes_back_so_and_its_neighbours_do_not() -> None:
    def table(landscape: bool) -> b.Table:
        return b.Table((b.Column(),), (b.Row((b.Cell((i.Text("甲"),)),)),), 1, landscape=landscape)

    blocks = (table(False), b.Paragraph((i.Text("文"),)), table(True), b.Paragraph((i.Text("文"),)), table(False))
    again = _again(*blocks, metadata=Metadata(name="简报"))
    assert [block.landscape for block in again.articles[0].blocks if isinstance(block, b.Table)] == [False, True, False]


@pytest.mark.parametrize("signer", ["张三", "张三 李四", "张三 李四 王五"])
def test_signers_come_back(signer: str) -> None:
    metadata = Metadata(Kind.GONGWEN, name="云岭省民政厅文件", document_number="云民发〔2026〕1号", signer=signer)
    again = _again(b.Paragraph((i.Text("正文。"),)), metadata=metadata).metadata
    assert (again.signer, again.document_number, again.name) == (signer, metadata.document_number, metadata.name)


def test_the_organs_of_a_joint_issue_come_back() -> None:
    metadata = Metadata(Kind.GONGWEN, organs=("云岭省民政厅", "云岭省财政厅"), document_number="云民发〔2026〕1号")
    again = _again(b.Paragraph((i.Text("正文。"),)), metadata=metadata).metadata
    assert (again.organs, again.name, again.document_number) == (metadata.organs, "", metadata.document_number)


def test_pictures_side_by_side_come_back_as_one_figure_with_a_caption_each() -> None:
    images = (i.Image("chart.png", "甲"), i.Image("second.png", "乙"))
    captions = ((i.Text("图1 甲"),), (i.Text("图2 乙"),))
    for figure in (b.Figure(images, joined_captions(captions)), b.Figure(images, captions[0]), b.Figure(images)):
        document = Document(Metadata(name="简报"), (Article(title=((i.Text("题目"),),), blocks=(figure,)),))
        (again,) = there_and_back(document, Pagination()).articles[0].blocks
        assert isinstance(again, b.Figure)
        assert [image.alt for image in again.images] == ["甲", "乙"]
        assert plain(again.caption) == plain(figure.caption)
        assert len(own_captions(again.caption, 2)) == len(own_captions(figure.caption, 2))


@pytest.mark.parametrize("said", [{"sealed": True}, {"stamped": True}, {}])
def test_signatures_with_seals_and_stamps_come_back(said: dict[str, bool]) -> None:
    organs = ("省长\u3000张三", "副省长\u3000李四") if "stamped" in said else ("云岭省民政厅", "云岭省财政厅")
    signature = b.Signature(tuple((i.Text(organ),) for organ in organs), (i.Text("2026年3月27日"),), **said)
    blocks = _again(b.Paragraph((i.Text("正文。"),)), signature, metadata=Metadata(name="简报")).articles[0].blocks
    again = blocks[-1]
    assert isinstance(again, b.Signature)
    assert tuple(plain(organ) for organ in again.organs) == organs
    assert (again.sealed, again.stamped) == (said.get("sealed", False), said.get("stamped", False))
    assert not any(isinstance(inline, i.Emphasis) for organ in again.organs for inline in organ)
