"""What counts as text in each kind of edition, and what is furniture."""

from __future__ import annotations

import io
import zipfile

import pytest
from sample import bulletin, edition

from converters.fidelity.docx import read_docx
from converters.fidelity.edition import LINE_HYPHEN, Chunk, EditionText, UnreadableEditionError
from converters.fidelity.epub import read_epub
from converters.fidelity.hypertext import read_html
from converters.fidelity.pdf import read_pdf
from converters.model.reading import Stream

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def texts(edition_text: EditionText, stream: Stream = Stream.BODY) -> list[str]:
    """The stretches of a stream, glued ones put together."""
    out: list[str] = []
    for chunk in edition_text.streams[stream]:
        if chunk.glued and out:
            out[-1] += chunk.text
        else:
            out.append(chunk.text)
    return out


def page(body: str) -> EditionText:
    return read_html(f"<!DOCTYPE html><html><head><title>no</title></head><body>{body}</body></html>".encode())


def test_blocks_begin_paragraphs_and_inline_elements_do_not() -> None:
    assert texts(page("<h1>标题</h1><p>一<em>二</em>三</p><div>四</div>五")) == ["标题", "一二三", "四", "五"]


def test_a_space_between_inline_elements_is_kept_and_one_between_blocks_is_not() -> None:
    assert texts(page("<p><b>Green</b> <i>River</i></p>\n  <p>x</p>")) == ["Green River", "x"]


def test_a_line_break_begins_a_line() -> None:
    assert texts(page("<p>一<br/>二</p>")) == ["一", "二"]


@pytest.mark.parametrize(
    "furniture",
    [
        '<nav epub:type="toc">目录</nav>',
        '<span epub:type="pagebreak">3</span>',
        '<span role="doc-pagebreak">3</span>',
        '<a epub:type="noteref">①</a>',
        '<a role="doc-backlink">↩</a>',
        '<p class="label furniture">封面</p>',
        "<p hidden>藏</p>",
        "<script>x</script><style>y</style>",
        '<img alt="图" src="x"/>',
    ],
)
def test_furniture_is_no_text(furniture: str) -> None:
    assert "".join(texts(page(f"<div>一{furniture}二</div>"))) == "一二"


def test_notes_and_readings_are_streams_of_their_own() -> None:
    found = page(
        "<p>读<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby></p>"
        "<aside role='doc-footnote'><p>注</p></aside><p>后</p>"
    )
    assert "".join(texts(found)) == "读漢字后"
    assert texts(found, Stream.NOTES) == ["注"]
    assert texts(found, Stream.READINGS) == ["かんじ"]


def docx(body: str, footnotes: str = "") -> EditionText:
    styles = '<w:style w:type="paragraph" w:styleId="Contents1"><w:name w:val="toc 1"/></w:style>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        package.writestr("word/styles.xml", f"<w:styles {W}>{styles}</w:styles>")
        package.writestr("word/header1.xml", f"<w:hdr {W}><w:p><w:r><w:t>页眉</w:t></w:r></w:p></w:hdr>")
        if footnotes:
            package.writestr("word/footnotes.xml", f"<w:footnotes {W}>{footnotes}</w:footnotes>")
    return read_docx(out.getvalue())


def p(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_contents_of_a_docx_are_told_by_their_style_or_their_field() -> None:
    style = '<w:pPr><w:pStyle w:val="Contents1"/></w:pPr>'
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>目录</w:t></w:r></w:p>'
        '<w:p><w:r><w:t>第二行</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert texts(docx(p("要目", style) + field + p("正文"))) == ["正文"]


def test_the_words_of_a_link_field_are_text() -> None:
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>网站</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert texts(docx(field)) == ["网站"]


def test_deleted_and_hidden_words_are_not_there_and_inserted_ones_are() -> None:
    body = (
        "<w:p><w:r><w:t>一</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>见</w:t></w:r></w:p>'
    )
    assert texts(docx(body)) == ["一新见"]


def test_footnotes_are_read_in_the_order_of_their_calls() -> None:
    call = '<w:p><w:r><w:t>文</w:t></w:r><w:r><w:footnoteReference w:id="{}"/></w:r></w:p>'
    notes = "".join(f'<w:footnote w:id="{n}">{p(f"注{n}")}</w:footnote>' for n in (0, 1, 2))
    found = docx(call.format(2) + call.format(1), notes)
    assert texts(found, Stream.NOTES) == ["注2", "注1"]


def test_a_text_box_is_read_once_though_it_is_written_twice() -> None:
    box = "<w:txbxContent>" + p("框") + "</w:txbxContent>"
    body = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(docx(body)) == ["框"]


def test_a_cover_and_a_navigation_document_are_no_text_of_a_book() -> None:
    body = "".join(texts(read_epub(edition(bulletin(), "epub"))))
    assert body.startswith("民政工作简报")
    assert body.count("云岭省民政厅部署春季安全检查") == 1


def test_page_numbers_and_contents_of_a_pdf_are_told_by_their_tags() -> None:
    data = edition(bulletin(), "pdf")
    quick, close = read_pdf(data), read_pdf(data, close=True)
    for found in (quick, close):
        body = "".join(texts(found))
        assert "—" not in body
        assert "填写报名表；" in body and "1." not in body
        assert "".join("".join(texts(found, Stream.READINGS)).split()) == "かんじ"
        assert "".join(texts(found, Stream.NOTES)).strip().startswith("协议全文")


@pytest.mark.parametrize("read", [read_pdf, read_docx, read_epub])
def test_what_is_no_such_file_is_unreadable(read: object) -> None:
    assert callable(read)
    with pytest.raises(UnreadableEditionError):
        read(b"nothing")


DOCTYPE = b"<!DOCTYPE html>"


def _spoiled(name: str, data: bytes, *, before: bytes = b"", after: bytes = b"") -> bytes:
    """A good book with a member more, or with the first occurrence of some bytes in a page changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(edition(bulletin(), "epub"))) as whole:
        parts = [(part, whole.read(part)) for part in whole.namelist()]
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as copy:
        for part, held in parts:
            copy.writestr(part, held.replace(before, after, 1) if before and part.endswith("001.xhtml") else held)
        if name:
            copy.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "before", "after", "reason"),
    [
        ("EPUB/big.png", b"\0" * (64 << 20), b"", b"", "packed too tightly"),
        ("../../x", b"x", b"", b"", "leads out"),
        ("", b"", b"<!DOCTYPE html>", b'<!DOCTYPE html [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>', "declares entities"),
        (
            "",
            b"",
            b"<!DOCTYPE html>",
            b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
            "declares entities",
        ),
        ("", b"", b"</section>", b"</sektion>", "XML is damaged"),
        ("META-INF/encryption.xml", b'<e><CipherReference URI="EPUB/article-001.xhtml"/></e>', b"", b"", "encrypted"),
    ],
    ids=["bomb", "path", "entities", "file", "torn", "locked"],
)
def test_a_hostile_book_is_refused_and_not_unpacked(
    name: str, data: bytes, before: bytes, after: bytes, reason: str
) -> None:
    with pytest.raises(UnreadableEditionError, match=reason):
        read_epub(_spoiled(name, data, before=before, after=after))


def test_the_same_book_unspoiled_is_read() -> None:
    assert texts(read_epub(_spoiled("", b""))) == texts(read_epub(edition(bulletin(), "epub")))


def test_a_hyphen_at_a_line_end_is_the_authors_or_nobodys() -> None:
    from converters.fidelity.compare import _without_line_hyphens

    chunks = [
        Chunk(f"a long{LINE_HYPHEN}", "p. 1"),
        Chunk(f"winded inter{LINE_HYPHEN}", "p. 1"),
        Chunk("national", "p. 1"),
    ]
    found = _without_line_hyphens(chunks, "along-windedinternational")
    assert [chunk.text for chunk in found] == ["a long-", "winded inter", "national"]
