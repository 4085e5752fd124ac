"""Contents, landmarks and printed pages, for EPUB 3 and for EPUB 2."""

from __future__ import annotations

from dataclasses import replace

import pytest
from epub_books import NAMES, Opened, document, everything_book, line, paragraph, write

from converters.model import blocks as b
from converters.model.document import Article, Document
from converters.model.metadata import Metadata
from converters.model.pagination import PageStart, Pagination

NAV = "nav.xhtml"


def columns() -> Document:
    """An article before any column, then two columns."""
    article = Article((line("无栏目"),), (paragraph("一"),))
    first = Article((line("甲"),), (paragraph("一"),), column=line("【工作动态】"))
    second = Article((line("乙"),), (paragraph("一"),))
    third = Article((line("丙"),), (paragraph("一"),), column=line("【经验交流】"))
    return Document(Metadata(name="简报"), (article, first, second, third))


def entries(book: Opened) -> list[tuple[int, str, str]]:
    """Depth, text and address of each entry."""
    return [
        (len(found.xpath("ancestor::h:ol", namespaces=NAMES)), "".join(found.itertext()), found.get("href"))
        for found in book.find(NAV, "//h:nav[@epub:type='toc']//h:a")
    ]


def test_articles_stand_under_their_columns() -> None:
    assert entries(write(columns())) == [
        (1, "无栏目", "article-001.xhtml#a1"),
        (1, "【工作动态】", "article-002.xhtml"),
        (2, "甲", "article-002.xhtml#a2"),
        (2, "乙", "article-003.xhtml#a3"),
        (1, "【经验交流】", "article-004.xhtml"),
        (2, "丙", "article-004.xhtml#a4"),
    ]


def test_contents_of_epub_2_are_the_same() -> None:
    book = write(columns())
    points = [
        (
            len(found.xpath("ancestor-or-self::ncx:navPoint", namespaces=NAMES)),
            found.xpath("string(ncx:navLabel/ncx:text)", namespaces=NAMES),
            found.xpath("string(ncx:content/@src)", namespaces=NAMES),
        )
        for found in book.find("toc.ncx", "//ncx:navPoint")
    ]
    assert points == entries(book)
    assert book.find("toc.ncx", "//ncx:meta[@name='dtb:depth']/@content") == ["2"]


def test_identifier_of_epub_2_is_that_of_the_package() -> None:
    book = everything_book()
    uid = book.find("toc.ncx", "//ncx:meta[@name='dtb:uid']/@content")
    assert uid == book.find("content.opf", "//dc:identifier[@id='id']/text()")


def test_a_single_article_is_entered_with_its_headings() -> None:
    book = write(document(b.Heading(2, line("甲")), b.Heading(3, line("细目")), b.Heading(2, line("乙"))))
    assert entries(book) == [
        (1, "题目", "article-001.xhtml#a1"), (2, "甲", "article-001.xhtml#h1"), (2, "乙", "article-001.xhtml#h3"),
    ]  # fmt: skip


def test_every_address_of_the_navigation_leads_to_an_element() -> None:
    book = everything_book()
    for address in book.find(NAV, "//h:a/@href"):
        file, _, identifier = address.partition("#")
        assert not identifier or book.find(file, f"//*[@id='{identifier}']"), address


@pytest.mark.parametrize(
    ("lang", "labels"),
    [
        ("zh-Hans", ["封面", "本期要目", "正文"]),
        ("zh-Hant", ["封面", "本期要目", "正文"]),
        ("ja", ["表紙", "目次", "本文"]),
        ("ko", ["표지", "차례", "본문"]),
        ("en", ["Cover", "In this issue", "Text"]),
        ("fr", ["Cover", "In this issue", "Text"]),
    ],
)
def test_landmarks_speak_the_language_of_the_book(lang: str, labels: list[str]) -> None:
    book = write(document(paragraph("一"), metadata=Metadata(lang=lang, toc="true")))
    marks = book.find(NAV, "//h:nav[@epub:type='landmarks']//h:a")
    assert [mark.text for mark in marks] == labels
    assert [mark.get(f"{{{NAMES['epub']}}}type") for mark in marks] == ["cover", "toc", "bodymatter"]


def test_contents_that_are_not_read_are_no_landmark() -> None:
    marks = write(document(paragraph("一"))).find(NAV, "//h:nav[@epub:type='landmarks']//h:a/@href")
    assert marks == ["cover.xhtml", "article-001.xhtml"]


def test_title_of_the_contents_is_the_one_that_the_author_gave() -> None:
    book = write(replace(columns(), metadata=Metadata(toc_title="本期导读")))
    assert book.find(NAV, "//h:h1/text()") == ["本期导读"]


@pytest.mark.parametrize(
    ("toc", "articles", "shown"), [("auto", 4, True), ("false", 4, False), ("auto", 1, False), ("true", 1, True)]
)
def test_contents_are_read_where_there_is_something_to_choose(toc: str, articles: int, shown: bool) -> None:
    given = replace(columns(), metadata=Metadata(toc=toc), articles=columns().articles[:articles])
    assert ("nav" in write(given).find("content.opf", "//opf:itemref/@idref")) is shown


def test_page_list_follows_the_print_edition() -> None:
    starts = (PageStart("1", "a1"), PageStart("2", "a1.b1", 1), PageStart("iii", "a2"), PageStart("— 4 —", "a2.b1", 9))
    articles = tuple(Article((line(title),), (paragraph("一二三"),)) for title in ("甲", "乙"))
    book = write(Document(Metadata(name="简报"), articles), None, Pagination(starts=starts))
    listed = [(found.text, found.get("href")) for found in book.find(NAV, "//h:nav[@epub:type='page-list']//h:a")]
    assert listed == [
        ("1", "title.xhtml#page-1"), ("2", "article-001.xhtml#page-2"),
        ("iii", "article-002.xhtml#page-iii"), ("— 4 —", "article-002.xhtml#page-n4"),
    ]  # fmt: skip
    assert book.find("content.opf", "//dc:source/text()") == ["简报（印刷版）"]
    assert book.find("content.opf", "//opf:meta[@property='pageBreakSource']/text()") == ["简报（印刷版）"]
    assert book.find("content.opf", "//opf:meta[@property='source-of']/text()") == ["pagination"]


def test_page_list_of_epub_2_is_the_same() -> None:
    starts = (PageStart("1", "a1"), PageStart("2", "a2"), PageStart("iii", "a3"), PageStart("4", "a4"))
    book = write(columns(), None, Pagination(starts=starts))
    listed = [(found.text, found.get("href")) for found in book.find(NAV, "//h:nav[@epub:type='page-list']//h:a")]
    targets = book.find("toc.ncx", "//ncx:pageTarget")
    assert [
        (
            target.xpath("string(ncx:navLabel/ncx:text)", namespaces=NAMES),
            target.xpath("string(ncx:content/@src)", namespaces=NAMES),
        )
        for target in targets
    ] == listed
    assert [(target.get("type"), target.get("value")) for target in targets] == [
        ("normal", "1"), ("normal", "2"), ("special", None), ("normal", "4"),
    ]  # fmt: skip
    assert book.find("toc.ncx", "//ncx:meta[@name='dtb:maxPageNumber']/@content") == ["4"]


def test_a_page_that_splits_no_block_begins_with_the_first_thing_on_it() -> None:
    pages = {"a1": "1", "a1.b1": "1", "a2": "2", "a2.b1": "2", "a3": "2", "a4": "3"}
    book = write(columns(), None, Pagination(pages, (PageStart("3", "a3.b1", 1),), 3))
    listed = [(found.text, found.get("href")) for found in book.find(NAV, "//h:nav[@epub:type='page-list']//h:a")]
    assert listed == [("1", "title.xhtml#page-1"), ("2", "article-002.xhtml#page-2"), ("3", "article-003.xhtml#page-3")]


def test_a_page_with_a_title_on_top_begins_with_the_title() -> None:
    pages = {"a1": "1", "a1.b1": "1", "a2": "2", "a2.b1": "2", "a3": "2", "a4": "3"}
    book = write(columns(), None, Pagination(pages, (PageStart("1", "a1.b1"), PageStart("2", "a2.b1")), 3))
    mark = book.find("article-002.xhtml", "//h:span[@id='page-2']")[0]
    assert "".join(mark.xpath("following::h:h1//text()", namespaces=NAMES)) == "甲"


def test_a_masthead_with_a_page_of_its_own_begins_the_first_page() -> None:
    pages = {"a1": "2", "a1.b1": "2", "a2": "3", "a2.b1": "3"}
    book = write(columns(), None, Pagination(pages, (), 3))
    listed = [(found.text, found.get("href")) for found in book.find(NAV, "//h:nav[@epub:type='page-list']//h:a")]
    assert listed == [("1", "title.xhtml#page-1"), ("2", "article-001.xhtml#page-2"), ("3", "article-002.xhtml#page-3")]


def test_without_pages_there_is_no_page_list() -> None:
    book = write(columns())
    assert book.find(NAV, "//h:nav[@epub:type='page-list']") == []
    assert book.find("content.opf", "//dc:source") == []


def test_an_untitled_article_is_entered_by_its_first_words() -> None:
    book = write(Document(Metadata(), (Article(blocks=(paragraph("只有正文。"),)), Article())))
    assert [text for _, text, _ in entries(book)] == ["只有正文。", "正文"]
