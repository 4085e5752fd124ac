"""The package: archive, reading order, identity, dates, names of files."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from dataclasses import replace

import pytest
from epub_books import NAMES, VERTICAL, document, everything_book, line, paragraph, write
from hypothesis import given, settings
from hypothesis import strategies as st

import everything
import strategies
from converters.exporters.epub.metadata import identifier
from converters.fidelity import frame_of, verify
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.metadata import Kind, Metadata
from converters.theme.schema import Theme

ISSUE = Metadata(
    name="民政工作简报", issue="12", year=2026, issuer="云岭省民政厅办公室", date=datetime.date(2026, 3, 27)
)


def test_mimetype_comes_first_and_is_stored() -> None:
    first = everything_book().archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert everything_book().data[30:58] == b"mimetypeapplication/epub+zip"


def test_the_same_document_gives_the_same_bytes_on_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(4_000_000_000.0))
    again = write(everything.document(), None, everything.pagination(), everything.PICTURES)
    assert again.data == everything_book().data


def test_no_member_carries_a_time_of_its_own() -> None:
    assert {info.date_time for info in everything_book().archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_text_of_a_book_with_every_construct_is_that_of_the_model() -> None:
    found = verify(everything.document(), "everything.epub", everything_book().data, frame_of(Theme()))
    assert [finding.text() for finding in found] == []


def test_text_of_a_vertical_book_is_that_of_the_model() -> None:
    book = write(everything.document(), VERTICAL, everything.pagination(), everything.PICTURES)
    found = verify(everything.document(), "everything.epub", book.data, frame_of(VERTICAL))
    assert [finding.text() for finding in found] == []


def test_a_lost_hanzi_is_found() -> None:
    given_document = document(paragraph("把好事办好。"))
    other = document(paragraph("把好事办。"))
    assert verify(given_document, "book.epub", write(other).data, frame_of(Theme()))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12), min_size=1, max_size=4))
def test_no_character_is_lost_or_altered(texts: list[str]) -> None:
    given_document = document(*(paragraph(text) for text in texts))
    found = verify(given_document, "book.epub", write(given_document).data, frame_of(Theme()))
    assert [finding.text() for finding in found] == []


@settings(max_examples=25, deadline=None)
@given(strategies.bulletins())
def test_text_of_any_bulletin_is_that_of_the_model(bulletin: Document) -> None:
    found = verify(bulletin, "book.epub", write(bulletin, pictures=everything.PICTURES).data, frame_of(Theme()))
    assert [finding.text() for finding in found] == []


def test_reading_order_is_cover_masthead_contents_articles_colophon() -> None:
    book = everything_book()
    assert book.find("content.opf", "//opf:itemref/@idref") == [
        "cover", "title-page", "nav", "article-001", "article-002", "article-003", "colophon",
    ]  # fmt: skip


def test_each_article_has_a_file_of_its_own_with_a_plain_name() -> None:
    articles = tuple(Article((line(title),), (paragraph("文"),)) for title in ("民政", "民政", "a/b", "CON", "𠮷"))
    names = [name for name in write(Document(Metadata(), articles)).names() if "article" in name]
    assert names == [f"EPUB/article-{number:03d}.xhtml" for number in range(1, 6)]


def test_no_name_in_the_archive_needs_more_than_plain_ascii() -> None:
    assert all(re.fullmatch(r"[A-Za-z0-9./-]+", name) for name in everything_book().names())


def test_title_language_and_makers_are_those_of_the_issue() -> None:
    book = everything_book()
    found = {
        name: book.find("content.opf", f"//dc:{name}/text()")
        for name in ("title", "language", "creator", "publisher", "contributor", "date", "subject")
    }
    assert found == {
        "title": ["民政工作简报 第12期"],
        "language": ["zh-CN"],
        "creator": ["云岭省民政厅办公室"],
        "publisher": ["云岭省民政厅办公室"],
        "contributor": ["张三"],
        "date": ["2026-03-27"],
        "subject": ["养老", "社区"],
    }


@pytest.mark.parametrize(
    ("lang", "tag"), [("zh-Hans", "zh-CN"), ("zh-Hant", "zh-TW"), ("zh-HK", "zh-HK"), ("ja", "ja"), ("en", "en")]
)
def test_language_is_the_one_that_reading_systems_know(lang: str, tag: str) -> None:
    book = write(document(paragraph("一"), metadata=Metadata(lang=lang)))
    assert book.find("content.opf", "//dc:language/text()") == [tag]
    assert book.find("article-001.xhtml", "/h:html/@lang") == [tag]
    assert book.tree("article-001.xhtml").get("{http://www.w3.org/XML/1998/namespace}lang") == tag


def test_modified_is_the_given_date_in_utc() -> None:
    moment = datetime.datetime(2026, 3, 28, 1, 2, 3, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
    book = write(document(paragraph("一")), date=moment)
    assert book.find("content.opf", "//opf:meta[@property='dcterms:modified']/text()") == ["2026-03-27T17:02:03Z"]


def test_modified_without_a_date_is_the_epoch_of_epub() -> None:
    modified = everything_book().find("content.opf", "//opf:meta[@property='dcterms:modified']/text()")
    assert modified == ["1980-01-01T00:00:00Z"]


def test_a_corrected_edition_keeps_the_identity_of_the_old() -> None:
    old, new = document(paragraph("把好事办好"), metadata=ISSUE), document(paragraph("把好事办好。"), metadata=ISSUE)
    assert identifier(old) == identifier(new)
    assert identifier(old).startswith("urn:uuid:")


def test_a_corrected_edition_is_newer_than_the_old_and_has_its_identity() -> None:
    """Reading systems put a book in the place of one with the same identifier and an older dcterms:modified."""
    import converters
    from converters.files import Memory

    text = "---\n刊名: 民政工作简报\n期号: 12\n日期: 2026-03-27\n{}---\n\n# 题目\n\n把好事办好。\n"
    said = []
    for more, variables in (("", {}), ("修订日期: 2026-04-02\n", {}), ("", {"SOURCE_DATE_EPOCH": "1780000000"})):
        files = Memory({"a.md": text.format(more).encode()}, variables)
        converters.build("a.md", "out", to=("epub",), files=files)
        package = zipfile.ZipFile(io.BytesIO(files.contents["out/a.epub"])).read("EPUB/content.opf").decode()
        said.append((re.findall("urn:uuid:[^<]*", package), re.findall('modified">([^<]*)', package)))
    assert len({str(identifiers) for identifiers, _ in said}) == 1
    assert [modified for _, modified in said] == [
        ["2026-03-27T00:00:00Z"], ["2026-04-02T00:00:00Z"], ["2026-05-28T20:26:40Z"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change", [{"issue": "13"}, {"year": 2025}, {"name": "信息"}, {"issuer": "某局"}, {"supplement": True}]
)
def test_another_issue_has_another_identity(change: dict[str, object]) -> None:
    other = replace(ISSUE, **change)
    assert identifier(document(metadata=ISSUE)) != identifier(document(metadata=other))


def test_identity_without_name_or_issue_is_that_of_the_text() -> None:
    nameless = replace(ISSUE, issue="")
    one, two = document(paragraph("一"), metadata=nameless), document(paragraph("二"), metadata=nameless)
    assert identifier(one) == identifier(document(paragraph("一"), metadata=nameless))
    assert identifier(one) != identifier(two)


def test_an_official_document_is_known_by_its_number() -> None:
    metadata = Metadata(kind=Kind.GONGWEN, organs=("云岭省民政厅",), document_number="云民发〔2026〕12号")
    assert identifier(document(paragraph("一"), metadata=metadata)) == identifier(document(metadata=metadata))


def test_the_bulletin_is_a_series_and_each_issue_has_its_place() -> None:
    book = write(document(paragraph("一"), metadata=ISSUE))
    meta = {
        found.get("property"): found.text for found in book.find("content.opf", "//opf:meta[@refines or @property]")
    }
    assert meta["belongs-to-collection"] == "民政工作简报"
    assert meta["collection-type"] == "series"
    assert meta["group-position"] == "2026.12"


def test_cover_is_named_in_both_forms() -> None:
    book = everything_book()
    assert book.find("content.opf", "//opf:item[@properties='cover-image']/@href") == ["cover.png"]
    name = book.find("content.opf", "//opf:meta[@name='cover']/@content")
    assert name == book.find("content.opf", "//opf:item[@properties='cover-image']/@id")


def test_cover_can_be_left_out() -> None:
    theme = replace(Theme(), epub=replace(Theme().epub, cover=False))
    book = write(document(paragraph("一")), theme)
    assert not [name for name in book.names() if "cover" in name]
    assert book.find("content.opf", "//opf:meta[@name='cover']") == []


def test_apple_books_is_told_to_use_the_faces_of_the_book() -> None:
    options = everything_book().archive.read("META-INF/com.apple.ibooks.display-options.xml").decode()
    assert '<option name="specified-fonts">true</option>' in options


def test_a_vertical_book_turns_its_pages_from_the_right() -> None:
    book = write(document(paragraph("一")), VERTICAL)
    assert book.find("content.opf", "//opf:spine/@page-progression-direction") == ["rtl"]
    assert write(document(paragraph("一"))).find("content.opf", "//opf:spine/@page-progression-direction") == []


def test_accessibility_metadata_say_what_the_book_has() -> None:
    book = everything_book()
    meta = [
        (found.get("property").partition(":")[2], found.text)
        for found in book.find("content.opf", "//opf:meta[starts-with(@property, 'schema:')]")
    ]
    assert {value for name, value in meta if name == "accessMode"} == {"textual", "visual"}
    assert ("accessModeSufficient", "textual") in meta
    features = {value for name, value in meta if name == "accessibilityFeature"}
    assert features >= {"tableOfContents", "alternativeText", "pageNavigation", "pageBreakMarkers", "rubyAnnotations"}
    assert ("accessibilityHazard", "none") in meta
    assert any(name == "accessibilitySummary" and "印刷版页码" in value for name, value in meta)


def test_ruby_is_claimed_wherever_it_stands_and_vertical_lines_in_a_vertical_book() -> None:
    def claims(given_document: Document, theme: Theme | None = None) -> set[str]:
        return set(write(given_document, theme).find("content.opf", "//opf:meta/text()"))

    deep = document(paragraph(i.Strong((i.Ruby(line("漢"), "かん"),))))
    titled = Document(Metadata(), (Article(((i.Ruby(line("漢"), "かん"),),), (paragraph("一"),)),))
    assert "rubyAnnotations" in claims(deep)
    assert "rubyAnnotations" in claims(titled)
    assert "verticalWriting" in claims(deep, VERTICAL)
    assert "verticalWriting" not in claims(deep)


def test_a_book_without_pages_pictures_or_ruby_claims_none() -> None:
    book = write(document(paragraph("一")))
    said = set(book.find("content.opf", "//opf:meta/text()"))
    assert said.isdisjoint({"visual", "alternativeText", "pageNavigation", "pageBreakMarkers", "rubyAnnotations"})


def test_a_picture_without_description_is_not_called_described() -> None:
    from converters.model import blocks as b

    picture = b.Figure((i.Image("chart.png"),))
    book = write(document(picture), pictures=everything.PICTURES)
    said = set(book.find("content.opf", "//opf:meta/text()"))
    assert "alternativeText" not in said
    assert "textual" in said
    assert book.find("content.opf", "//opf:meta[@property='dcterms:conformsTo']") == []


def test_sentences_in_another_language_lower_the_claim_to_level_a() -> None:
    def claim(text: str) -> list[str]:
        return write(document(paragraph(text))).find("content.opf", "//opf:meta[@id='conformance']/text()")

    assert claim("全文为汉字，GDP 除外。") == ["EPUB Accessibility 1.1 - WCAG 2.1 Level AA"]
    assert claim("Both texts are equally authentic.") == ["EPUB Accessibility 1.1 - WCAG 2.1 Level A"]


def test_every_file_is_in_the_manifest_and_every_entry_is_a_file() -> None:
    book = everything_book()
    listed = {f"EPUB/{name}" for name in book.find("content.opf", "//opf:item/@href")}
    held = {name for name in book.names() if name.startswith("EPUB/")} - {"EPUB/content.opf"}
    assert listed == held


def test_namespaces_are_declared_once_a_page() -> None:
    assert everything_book().tree("article-001.xhtml").nsmap == {None: NAMES["h"], "epub": NAMES["epub"]}
