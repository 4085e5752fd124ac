"""EPUB read: this program's own editions come back as they were, foreign ones as blocks, hostile ones not at all."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings

import everything
import strategies
from converters.errors import InputError
from converters.exporters import epub
from converters.fonts.roles import resolve
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.metadata import Kind, Metadata
from converters.model.pagination import Pagination
from converters.model.reading import Stream, passages
from converters.readers import read
from converters.theme.schema import Theme

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="{}" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0"><metadata>'
    "<dc:language>zh-TW</dc:language><dc:title>書名</dc:title><dc:creator>張三</dc:creator>"
    "<dc:date>2026-05-18T00:00:00Z</dc:date><dc:publisher>某館</dc:publisher></metadata>"
    '<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>{}</manifest>'
    '<spine><itemref idref="nav"/>{}</spine></package>'
)
PAGE = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>t</title></head><body>{}</body></html>'


def book(*pages: str, **more: str | bytes) -> bytes:
    """A foreign book of these bodies; `more` are further members, "__" for "/" and "_" for "."."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER.format("OPS/book.opf"))
        items = "".join(
            f'<item id="p{n}" href="text/p%20{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(pages))
        )
        spine = "".join(f'<itemref idref="p{n}"/>' for n in range(len(pages)))
        archive.writestr("OPS/book.opf", OPF.format(items, spine))
        archive.writestr("OPS/nav.xhtml", PAGE.format("<nav><h1>目錄</h1></nav>"))
        for number, page in enumerate(pages):
            archive.writestr(
                f"OPS/text/p {number}.xhtml",
                PAGE.format(page) if page.startswith("<p") or not page.startswith("<?") else page,
            )
        for name, data in more.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return stream.getvalue()


def blocks(*pages: str) -> tuple[b.Block, ...]:
    return strategies.unplaced(read("book.epub", book(*pages)).value).articles[0].blocks


def text(words: str) -> tuple[i.Inline, ...]:
    return (i.Text(words),)


def ours(document: Document) -> bytes:
    fonts = resolve(Theme(), document.metadata.lang, system=False).value
    return epub.export(document, Theme(), fonts, Pagination(), everything.PICTURES, None).value


def said(document: Document) -> dict[Stream, list[str]]:
    return {stream: [passage.text for passage in found] for stream, found in passages(document).items()}


# -- our own editions


def test_an_edition_of_ours_says_the_same_when_it_is_read() -> None:
    back = read("everything.epub", ours(everything.document()))
    assert back.findings == ()
    assert said(back.value) == said(everything.document())


def test_an_edition_of_ours_gives_its_articles_and_blocks_back() -> None:
    back = strategies.unplaced(read("everything.epub", ours(everything.document())).value)
    was = strategies.unplaced(everything.document())
    assert [type(block) for block in back.articles[0].blocks] == [type(block) for block in was.articles[0].blocks]
    assert [(a.title, a.kicker, a.subtitle, a.column, a.author, a.attachment) for a in back.articles[::2]] == [
        (a.title, a.kicker, a.subtitle, a.column, a.author, a.attachment) for a in was.articles[::2]
    ]
    kept = (b.Heading, b.Signature, b.AttachmentNote, b.Verse, b.Addressee, b.Quote, b.DefinitionList, b.CodeBlock)
    for one, other in zip(back.articles[0].blocks, was.articles[0].blocks, strict=True):
        if isinstance(other, kept):
            assert one == other


def test_metadata_of_an_edition_of_ours_come_back() -> None:
    back = read("everything.epub", ours(everything.document())).value.metadata
    was = everything.metadata()
    names = (
        "name super_title issue total_issue issuer date secrecy copy_no urgency editor_note report_to send_to copies"
        " editors reviewers keywords lang"
    )
    for name in names.split():
        assert getattr(back, name) == getattr(was, name), name


@pytest.mark.parametrize("form", ["", "letter", "order", "minutes"])
@pytest.mark.parametrize("organs", [("云岭省民政厅",), ("云岭省民政厅", "云岭省财政厅")])
def test_the_organ_mark_of_an_official_document_comes_back_as_its_organs_and_form(
    form: str, organs: tuple[str, ...]
) -> None:
    metadata = Metadata(
        Kind.GONGWEN, organs=organs, form=form, document_number="云民发〔2026〕12号", addressees=("各市民政局",)
    )
    back = read("book.epub", ours(replace(everything.document(), metadata=metadata))).value.metadata
    assert (back.kind, back.organs, back.form, back.name) == (Kind.GONGWEN, organs, form, "")
    assert back.addressees == ("各市民政局",)


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant", "ja", "ko", "en"])
def test_the_masthead_comes_back_in_every_language(lang: str) -> None:
    was = replace(everything.metadata(), lang=lang, year=2026)
    back = read("book.epub", ours(replace(everything.document(), metadata=was))).value.metadata
    assert (back.lang, back.issue, back.total_issue, back.year, back.date, back.editors, back.copies) == (
        lang, was.issue, was.total_issue, 2026, was.date, was.editors, was.copies,
    )  # fmt: skip
    assert (back.report_to, back.send_to) == (was.report_to, was.send_to)


@settings(max_examples=25, deadline=None)
@given(strategies.flat_documents())
def test_any_document_says_the_same_after_the_way_through_a_book(document: Document) -> None:
    back = said(read("book.epub", ours(document)).value)
    # White space at the edges of a line is no text of it.
    assert {stream: "".join("".join(found).split()) for stream, found in back.items()} == {
        stream: "".join("".join(found).split()) for stream, found in said(document).items()
    }


# -- foreign books


def test_a_foreign_book_is_one_flat_article_in_the_order_of_its_spine() -> None:
    document = read("book.epub", book("<h1>甲</h1><p>一</p>", "<h2>乙</h2><p>二</p>")).value
    assert len(document.articles) == 1
    assert strategies.unplaced(document).articles[0].blocks == (
        b.Heading(1, text("甲")), b.Paragraph(text("一")), b.Heading(2, text("乙")), b.Paragraph(text("二")),
    )  # fmt: skip


def test_the_package_says_what_a_foreign_book_is() -> None:
    found = read("book.epub", book("<p>一</p>")).value.metadata
    assert (found.lang, found.title, found.author, found.issuer, str(found.date)) == (
        "zh-Hant", "書名", ("張三",), "某館", "2026-05-18",
    )  # fmt: skip


def test_places_point_into_the_text_that_was_read() -> None:
    document = read("book.epub", book("<p>一二</p><p>三 <b>四</b></p>")).value
    source = document.sources[0]
    assert source.text == "一二\n三 四"
    block = document.articles[0].blocks[1]
    assert block.span is not None
    assert source.text[block.span.start : block.span.end] == "三 四"
    assert isinstance(block, b.Paragraph)
    assert [(inline.start) for inline in block.inlines if isinstance(inline, i.Text)] == [3]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>一\n  二</p>", "一二"), ("<p>一，\n二</p>", "一，二"), ("<p>a\n b</p>", "a b"), ("<p> 一 </p>", "一"),
        ("<p>一 二</p>", "一 二"), ("<p>a<b> </b>b</p>", "a b"), ("<p>一&#160;二</p>", "一\u00a0二"), ("一", "一"),
        ("<div>一<span>二</span></div>", "一二"), ("<p>　　一</p>", "　　一"),
    ],
)  # fmt: skip
def test_white_space_is_taken_as_browsers_take_it(html: str, words: str) -> None:
    from converters.model.walk import plain

    (block,) = blocks(html)
    assert isinstance(block, b.Paragraph)
    assert plain(block.inlines) == words


@pytest.mark.parametrize(
    ("html", "inlines"),
    [
        ("<p>一 <b>two</b> 三</p>", (i.Text("一 "), i.Strong(text("two")), i.Text(" 三"))),
        ("<p>一 <b> two </b> 三</p>", (i.Text("一 "), i.Strong(text("two")), i.Text(" 三"))),
        ("<p>一\n<b>二</b>\n三</p>", (i.Text("一"), i.Strong(text("二")), i.Text("三"))),
        ("<p>a <ruby>漢<rt>かん</rt></ruby></p>", (i.Text("a "), i.Ruby(text("漢"), "かん"))),
        ("<p> <b>one</b></p>", (i.Strong(text("one")),)),
        ("<p>a<b> </b><b>c</b></p>", (i.Text("a "), i.Strong(text("c")))),
    ],
)  # fmt: skip
def test_a_space_before_an_element_is_no_part_of_it(html: str, inlines: tuple[i.Inline, ...]) -> None:
    assert blocks(html) == (b.Paragraph(inlines),)


def test_elements_are_the_inlines_that_they_mean() -> None:
    html = (
        "<p><b>一</b><i>二</i><s>三</s><sup>四</sup><sub>五</sub><code>a  b</code>"
        '<a href="https://a.example/" title="t">六</a><ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>'
        "<span>七</span><br/>八</p>"
    )
    (block,) = blocks(html)
    assert block == b.Paragraph(
        (
            i.Strong(text("一")), i.Emphasis(text("二")), i.Strike(text("三")), i.Superscript(text("四")),
            i.Subscript(text("五")), i.Code("a b"), i.Link(text("六"), "https://a.example/", "t"),
            i.Ruby(text("漢"), "かん"), i.Ruby(text("字"), "じ"), i.Text("七"), i.LineBreak(), i.Text("八"),
        )
    )  # fmt: skip


def test_lists_quotes_tables_and_code_are_blocks() -> None:
    html = (
        '<ol start="3"><li>一<ul><li>二</li></ul></li></ol><blockquote><p>三</p></blockquote><hr/>'
        "<table><caption>表</caption><tr><th>甲</th><th>乙</th></tr>"
        "<tr><td align='right'>1</td><td><p>2</p><p>3</p></td></tr></table>"
        "<pre>a\n  b</pre><dl><dt>四</dt><dd>五</dd></dl>"
    )
    inner = b.ListBlock((b.ListItem((b.Paragraph(text("二")),), "-"),))
    assert blocks(html) == (
        b.ListBlock((b.ListItem((b.Paragraph(text("一")), inner), "3."),), True, 3),
        b.Quote((b.Paragraph(text("三")),)),
        b.Rule(),
        b.Table(
            (b.Column(b.Alignment.RIGHT), b.Column()),
            (
                b.Row((b.Cell(text("甲")), b.Cell(text("乙")))),
                b.Row((b.Cell(text("1")), b.Cell((i.Text("2"), i.LineBreak(), i.Text("3"))))),
            ),
            1,
            text("表"),
        ),
        b.CodeBlock("a\n  b"),
        b.DefinitionList((b.Definition(text("四"), ((b.Paragraph(text("五")),),)),)),
    )


def test_a_list_of_terms_in_a_description_is_read_once() -> None:
    inner = b.DefinitionList((b.Definition(text("丙"), ((b.Paragraph(text("丁")),),)),))
    outer = b.DefinitionList((b.Definition(text("甲"), ((b.Paragraph(text("乙")), inner),)),))
    assert blocks("<dl><dt>甲</dt><dd><p>乙</p><dl><div><dt>丙</dt><dd>丁</dd></div></dl></dd></dl>") == (outer,)


def test_the_number_of_a_gazette_comes_back() -> None:
    was = replace(everything.metadata(), kind=Kind.GONGBAO, identifier="CN53-1234/D")
    back = read("book.epub", ours(replace(everything.document(), metadata=was))).value.metadata
    assert (back.kind, back.identifier, back.copies) == (Kind.GONGBAO, "CN53-1234/D", was.copies)


@pytest.mark.parametrize(
    ("html", "marks"),
    [
        ("<ol type='a'><li>x</li><li>y</li></ol>", ["a.", "b."]),
        ("<ol type='I' start='4'><li>x</li><li>y</li></ol>", ["IV.", "V."]),
        ("<ol style='list-style-type: lower-roman'><li>x</li><li value='9'>y</li><li>z</li></ol>", ["i.", "ix.", "x."]),
        ("<ol type='A' start='27'><li>x</li></ol>", ["AA."]),
        ("<ol><li style='list-style-type:&quot;（一） &quot;'>x</li><li>y</li></ol>", ["（一）", "2."]),
        ("<ol type='a' start='0'><li>x</li></ol>", ["0."]),
    ],
)
def test_marks_of_items_are_those_that_the_page_shows(html: str, marks: list[str]) -> None:
    (block,) = blocks(html)
    assert isinstance(block, b.ListBlock)
    assert [item.marker for item in block.items] == marks


def test_typed_marks_of_items_come_back() -> None:
    items = tuple(b.ListItem((b.Paragraph(text("项")),), mark) for mark in ("1)", '"2"', "\\", "④"))
    back = read("book.epub", ours(Document(Metadata(), (Article((text("题"),), (b.ListBlock(items, ordered=True),)),))))
    (block,) = back.value.articles[0].blocks
    assert isinstance(block, b.ListBlock)
    assert [item.marker for item in block.items] == ["1)", '"2"', "\\", "④"]


def test_a_picture_of_the_book_is_named_by_its_place_in_the_archive() -> None:
    (block,) = blocks('<p><img src="../images/a%20b.png" alt="圖"/></p>')
    assert block == b.Figure((i.Image("../images/a%20b.png", "圖"),))
    data = book('<p><img src="../a.png" alt="圖"/></p>', OPS__a_png=b"x")
    (found,) = strategies.unplaced(read("shelf/book.epub", data).value).articles[0].blocks
    assert found == b.Figure((i.Image("book.epub!/OPS/a.png", "圖"),))


def test_notes_are_found_across_pages() -> None:
    call = '<p>文<a epub:type="noteref" href="p%201.xhtml#n">1</a></p>'
    note = '<aside epub:type="footnote" id="n"><p>注</p></aside><p>後</p>'
    first, second = blocks(call, note)
    assert first == b.Paragraph((i.Text("文"), i.Note("n", (b.Paragraph(text("注")),))))
    assert second == b.Paragraph(text("後"))


def test_pages_that_are_not_well_formed_are_read_all_the_same() -> None:
    assert blocks("<p>一<br>二<p>三") == (
        b.Paragraph((i.Text("一"), i.LineBreak(), i.Text("二"))), b.Paragraph(text("三")),
    )  # fmt: skip


def test_named_entities_of_old_books_are_characters() -> None:
    page = (
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
        + PAGE.format("<p>a&nbsp;b&mdash;c</p>")
    )
    assert blocks(page) == (b.Paragraph(text("a\u00a0b—c")),)


# -- hostile books


@pytest.mark.parametrize("html", ["<script>bad()</script>", "<iframe src='x'>bad</iframe>", "<form><p>bad</p></form>"])
def test_what_could_run_is_left_out_and_said(html: str) -> None:
    checked = read("book.epub", book(f"<p>一</p>{html}"))
    assert "bad" not in checked.value.sources[0].text
    assert [finding.rule for finding in checked.findings] == ["H-ACTIVE"]


@pytest.mark.parametrize(
    "page",
    [
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><html><p>&b;</p></html>',
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><p>&a;</p></html>',
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "x">]><html><body><p>&a;</html>',
    ],
)
def test_a_page_that_declares_entities_is_refused(page: str) -> None:
    with pytest.raises(InputError, match="entities"):
        read("book.epub", book(page))


def test_a_picture_outside_the_archive_is_not_made_a_file() -> None:
    for source in ("../../../etc/passwd", "file:///etc/passwd", "http://a.example/a.png", "/etc/passwd"):
        (block,) = blocks(f'<p><img src="{source}" alt="x"/></p>')
        assert isinstance(block, b.Figure)
        assert "!/" not in block.images[0].target


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(InputError, match=r"pack|large"):
        read("book.epub", _packed(b"\0" * (64 << 20)))


def _packed(data: bytes) -> bytes:
    stream = io.BytesIO(book("<p>一</p>"))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OPS/big.png", data)
    return stream.getvalue()


def test_a_member_that_leads_out_of_the_archive_is_refused() -> None:
    stream = io.BytesIO(book("<p>一</p>"))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("../../x", "x")
    with pytest.raises(InputError, match="leads out"):
        read("book.epub", stream.getvalue())


def test_encrypted_pages_are_refused_and_obfuscated_faces_are_not() -> None:
    lock = '<encryption><CipherReference URI="{}"/></encryption>'
    with pytest.raises(InputError, match="encrypted"):
        read("book.epub", book("<p>一</p>", **{"META-INF__encryption_xml": lock.format("OPS/text/p%200.xhtml")}))
    assert read("book.epub", book("<p>一</p>", **{"META-INF__encryption_xml": lock.format("OPS/a.otf")})).value.articles


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip", b"\0" * 100])
def test_what_is_no_book_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        read("book.epub", data)


def test_a_book_without_text_is_refused() -> None:
    with pytest.raises(InputError, match="no text"):
        read("book.epub", book("<p> </p>"))


def test_a_missing_page_is_said() -> None:
    data = book("<p>一</p>", "<p>二</p>").replace(b"OPS/text/p 1.xhtml", b"OPS/text/q 1.xhtml")
    assert [finding.rule for finding in read("book.epub", data).findings] == ["H-MISSING"]


@pytest.mark.parametrize(("cover", "read_too"), [("<p>一</p>", True), ("<p><img src='a.png' alt='封面'/></p>", False)])
def test_a_cover_is_read_where_it_holds_words(cover: str, read_too: bool) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(cover, "<p>二</p>"))) as whole, zipfile.ZipFile(stream, "w") as copy:
        for name in whole.namelist():
            copy.writestr(name, whole.read(name).replace(b'"p0"', b'"cover"'))
    document = read("book.epub", stream.getvalue()).value
    assert len(document.articles[0].blocks) == (2 if read_too else 1)


def test_deep_nesting_does_no_harm() -> None:
    document = read("book.epub", book("<div>" * 200 + "一" + "</div>" * 200)).value
    assert "一" in document.sources[0].text


def test_a_plain_document_needs_no_metadata() -> None:
    assert read("book.epub", ours(Document(Metadata(), everything.document().articles[2:]))).value.metadata.name == ""
