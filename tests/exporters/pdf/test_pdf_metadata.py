"""What the file says of itself, in the document information and in XMP, whatever the metadata hold."""

from __future__ import annotations

import datetime
import io
import re

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from converters.exporters import pdf
from converters.exporters.pdf.file import text_string
from converters.model.document import Document
from converters.model.metadata import Metadata
from printed import document, laid, paragraph, printed, theme

_NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}


def packet(data: bytes) -> etree._Element:
    """The XMP packet of a file, parsed."""
    return etree.fromstring(data[data.index(b"<x:xmpmeta") : data.index(b"</x:xmpmeta>") + 12])


def said(data: bytes) -> tuple[dict[str, str], dict[str, str]]:
    """Title, author, subject and keywords of the information and of XMP."""
    with pypdfium2.PdfDocument(io.BytesIO(data)) as made:
        information = {key: made.get_metadata_value(key) for key in ("Title", "Author", "Subject", "Keywords")}
    root = packet(data)
    paths = {
        "Title": "//dc:title//rdf:li", "Author": "//dc:creator//rdf:li", "Subject": "//dc:description//rdf:li",
        "Keywords": "//pdf:Keywords",
    }  # fmt: skip
    xmp = {key: "".join(root.xpath(f"string({path})", namespaces=_NAMES)) for key, path in paths.items()}
    return information, xmp


def of(metadata: Metadata, title: str = "") -> bytes:
    return printed(document(paragraph("正文。"), metadata=metadata, title=title)).data


def test_both_say_the_same() -> None:
    data = of(
        Metadata(
            title="民政工作简报 <&> 第1期",
            author=("张三", "李四"),
            description="摘要“一”。",
            keywords=("养老", "A&B"),
        )
    )
    information, xmp = said(data)
    assert (
        information
        == xmp
        == {
            "Title": "民政工作简报 <&> 第1期",
            "Author": "张三、李四",
            "Subject": "摘要“一”。",
            "Keywords": "养老; A&B",
        }
    )


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30), st.lists(st.text(max_size=10), max_size=3))
def test_no_character_of_the_metadata_breaks_the_file(title: str, author: str, keywords: list[str]) -> None:
    data = of(Metadata(title=title, author=(author,), keywords=tuple(keywords)))
    information, xmp = said(data)
    assert information == xmp
    assert not re.search(r"[\x00-\x1f\x7f\ud800-\udfff]", "".join(xmp.values()))
    kept = "".join(c for c in title if c.isprintable() and not c.isspace())
    assert "".join(xmp["Title"].split()) == kept or not kept


def test_control_characters_and_lone_surrogates_are_left_out_of_the_metadata() -> None:
    data = of(
        Metadata(title="甲\x01乙\x1b[31m丙\ud800丁\u2028戊\x7f", author=("厅\x00办\x0b公",), keywords=("a\x0cb",))
    )
    assert said(data)[1] == {"Title": "甲 乙 [31m丙 丁 戊", "Author": "厅 办 公", "Subject": "", "Keywords": "a b"}


def test_a_title_of_five_thousand_characters_stands_whole_everywhere() -> None:
    title = "民政工作会议纪要" * 625
    made = printed(document(paragraph("正文。"), title=title, metadata=Metadata(title=title)))
    information, xmp = said(made.data)
    assert information["Title"] == xmp["Title"] == title
    assert made.pdf.get_toc().__next__().get_title() == title
    assert "".join(made.words(page) for page in range(1, made.page_count + 1)).count("民政工作会议纪要") >= 600


def test_a_string_is_never_longer_than_the_standard_allows() -> None:
    assert len(bytes.fromhex(text_string("𠮷" * 40000)[1:-1].decode())) <= 32767


@pytest.mark.parametrize(
    ("made", "title"),
    [
        (document(paragraph("正文一段，文字。")), "正文一段，文字。"),
        (document(paragraph("正文。"), title="题目"), "题目"),
        (document(paragraph("正文。"), metadata=Metadata(name="简报", issue="3"), title="题目"), "简报 第3期"),
        (Document(Metadata(), ()), "—"),
    ],
)
def test_a_file_without_a_title_is_called_by_what_it_says(made: Document, title: str) -> None:
    data = printed(made).data
    assert said(data)[1]["Title"] == said(data)[0]["Title"] == title


def test_dates_agree_and_are_those_that_were_given() -> None:
    date = datetime.datetime(2026, 3, 6, 8, 9, 10, tzinfo=datetime.UTC)
    made = document(paragraph("正文。"))
    data = pdf.export(laid(made).value, made, theme(), date).value
    assert b"/CreationDate (D:20260306080910Z)/ModDate (D:20260306080910Z)" in data
    assert packet(data).xpath("string(//xmp:CreateDate)", namespaces=_NAMES) == "2026-03-06T08:09:10Z"


def test_pages_have_labels() -> None:
    made = printed(document(*[paragraph("行。")] * 50, title="题"))
    assert made.page_count == 3
    assert [made.pdf.get_page_label(page) for page in range(3)] == ["1", "2", "3"]


def test_the_language_of_the_text_is_said() -> None:
    made = printed(document(paragraph("正文。"), metadata=Metadata(lang="zh-Hant")))
    assert b"/Lang (zh-Hant)" in made.data and b"<rdf:li>zh-Hant</rdf:li>" in made.data


@pytest.mark.parametrize("tag", ["中文", "zh_CN", "en US", "", "zh--Hans"])
def test_what_is_no_language_is_called_undetermined(tag: str) -> None:
    """Both standards refuse a file whose language is no tag."""
    data = printed(document(paragraph("正文。"), metadata=Metadata(lang=tag))).data
    assert b"/Lang (und)" in data and b"<rdf:li>und</rdf:li>" in data
