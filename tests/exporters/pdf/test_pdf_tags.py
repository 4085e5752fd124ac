"""The tag tree: order, headings, lists, tables, figures, notes, links, furniture (ISO 32000-1, 14.8; ISO 14289-1)."""

from __future__ import annotations

import ctypes
import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium
import pytest
from PIL import Image as Pillow

from converters.fidelity.pdf import read_pdf
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document, SourceLine
from converters.model.metadata import Metadata
from converters.model.pictures import Picture
from converters.model.reading import Stream
from printed import Print, document, hanzi, paragraph, printed, text, theme
from reading_pdf import READERS


@dataclass
class Node:
    tag: str
    words: str = ""
    alt: str = ""
    kids: list[Node] = field(default_factory=list)

    def all(self, tag: str) -> list[Node]:
        found = [self] if self.tag == tag else []
        return found + [inner for kid in self.kids for inner in kid.all(tag)]

    def tags(self) -> list[str]:
        return [self.tag, *(tag for kid in self.kids for tag in kid.tags())]

    def whole(self) -> str:
        return self.words + "".join(kid.whole() for kid in self.kids)


def tree(made: Print, page: int = 1) -> list[Node]:
    """The structure tree of a page, each node with the characters of its own marked content."""
    sheet = made.pdf[page - 1]
    words = sheet.get_textpage()
    by_mcid: dict[int, str] = {}
    for index in range(words.count_chars()):
        item = pdfium.FPDFText_GetTextObject(words, index)
        mcid = pdfium.FPDFPageObj_GetMarkedContentID(item) if item else -1
        by_mcid[mcid] = by_mcid.get(mcid, "") + chr(pdfium.FPDFText_GetUnicode(words, index))
    root = pdfium.FPDF_StructTree_GetForPage(sheet)

    def string(function: Any, element: Any) -> str:
        size = function(element, None, 0)
        buffer = ctypes.create_string_buffer(max(size, 2))
        function(element, buffer, size)
        return buffer.raw[: max(size - 2, 0)].decode("utf-16-le")

    def read(element: Any) -> Node:
        node = Node(string(pdfium.FPDF_StructElement_GetType, element))
        node.alt = string(pdfium.FPDF_StructElement_GetAltText, element)
        for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
            kid = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
            if kid:
                node.kids.append(read(kid))
            else:
                mcid = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
                node.words += "".join(by_mcid.get(mcid, "").split()) if mcid >= 0 else ""
        return node

    nodes = []
    for index in range(pdfium.FPDF_StructTree_CountChildren(root)):
        kid = pdfium.FPDF_StructTree_GetChildAtIndex(root, index)
        if kid:
            nodes.append(read(kid))
    pdfium.FPDF_StructTree_Close(root)
    return nodes


def picture(width: int = 40, height: int = 30, mode: str = "RGB", form: str = "PNG") -> Picture:
    buffer = io.BytesIO()
    Pillow.new(mode, (width, height), 128 if mode == "L" else (10, 120, 200, 100)[: len(mode)]).save(buffer, form)
    return Picture(buffer.getvalue(), f"image/{form.lower()}", width, height)


def everything() -> tuple[Document, dict[str, Picture]]:
    """A document with each construct of the model."""
    note = i.Note("1", (paragraph("脚注的话。"),))
    wrapped = (i.Text("着重"),)
    rich = b.Paragraph(
        (
            i.Text("甲"), i.Strong(wrapped), i.Emphasis(wrapped), i.Strike(wrapped), i.Dots(wrapped),
            i.ProperName(wrapped), i.BookTitle(wrapped), i.Superscript((i.Text("2"),)), i.Subscript((i.Text("2"),)),
            i.Code("code()"), i.Link((i.Text("链接"),), "https://example.org/路"), note, i.LineBreak(),
            i.Ruby((i.Text("漢字"),), "かんじ"), i.Image("dot.png", "小图"), i.Text("完。"),
        )
    )  # fmt: skip
    header = b.Row((b.Cell(text("地区"), header=True), b.Cell(text("数"), header=True)))
    table = b.Table(
        (b.Column(), b.Column(b.Alignment.RIGHT)),
        (
            header,
            b.Row((b.Cell(text("合并"), rows=2), b.Cell(text("1")))),
            b.Row((b.Cell(text("2")),)),
            b.Row((b.Cell(text("跨两列"), columns=2),)),
        ),
        caption=text("表1 表题"),
    )
    lists = b.ListBlock(
        (
            b.ListItem((paragraph("一项"),), "1."),
            b.ListItem((paragraph("二项"), b.ListBlock((b.ListItem((paragraph("内项"),), "-"),)))),
            b.ListItem((paragraph("待办"),), checked=True),
            b.ListItem((table,)),
        ),
        ordered=True,
    )
    blocks = (
        b.Addressee(text("各市民政局：")),
        b.Heading(1, text("一、大标题")),
        b.Heading(3, text("1.跳级标题")),
        rich,
        lists,
        b.DefinitionList((b.Definition(text("术语"), ((paragraph("解释。"),),)),)),
        b.Quote((paragraph("引文。"),)),
        table,
        b.Figure((i.Image("photo.jpg", "一张照片"), i.Image("dot.png", "", decorative=True)), text("图1 图题")),
        b.CodeBlock("def f(x):\n    return x"),
        b.Verse((text("床前明月光"), text("疑是地上霜"))),
        b.Rule(),
        b.PageBreak(),
        b.AttachmentNote((text("1.甲表"), text("2.乙表")), text("附件：")),
        b.Signature((text("云岭省民政厅"),), text("2026年3月6日"), text("（联系人：张三）")),
    )
    article = Article(
        (text("题目"),), blocks, text("引题"), text("——副题"), text("【栏目】"), text("张三"),
        (paragraph("编者按：说明。"),), SourceLine(text("（据云岭省民政厅）")),
    )  # fmt: skip
    metadata = Metadata(
        name="试验简报", issue="1", issuer="办公室", toc="true", report_to=("省委。",), editors=("张三",), copies=9,
        secrecy="内部资料", copy_no="000001", signer="李四", super_title="会议", editor_note="全期按语。",
    )  # fmt: skip
    pictures = {"photo.jpg": picture(form="JPEG"), "dot.png": picture(8, 8, "RGBA")}
    return Document(metadata, (article, Article((text("二题"),), (paragraph(hanzi(900)),)))), pictures


def test_a_plain_document_is_a_section_of_headings_and_paragraphs() -> None:
    made = printed(document(b.Heading(1, text("一、甲")), paragraph("正文。"), title="题", source="（据某）"))
    (root,) = tree(made)
    assert root.tags() == ["Document", "Sect", "H1", "H2", "P", "P"]
    assert root.whole() == "题一、甲正文。（据某）"


def test_heading_levels_are_never_skipped() -> None:
    made = printed(
        document(b.Heading(3, text("1.甲")), b.Heading(1, text("一、乙")), b.Heading(2, text("（一）丙")), title="题")
    )
    (root,) = tree(made)
    assert [tag for tag in root.tags() if tag.startswith("H")] == ["H1", "H2", "H2", "H3"]


def test_articles_of_a_column_stand_one_level_below_it() -> None:
    articles = (
        Article((text("甲"),), (paragraph("文。"),), column=text("【动态】")),
        Article((text("乙"),), (paragraph("文。"),)),
    )
    (root,) = tree(printed(Document(Metadata(toc="false"), articles)))
    assert [tag for tag in root.tags() if tag.startswith("H")] == ["H1", "H2", "H2"]


def test_a_list_has_marks_and_bodies() -> None:
    made, pictures = everything()
    (root,) = tree(printed(made, pictures=pictures))
    pages = [node for page in (1, 2, 3) for node in _page_nodes(made, pictures, page)]
    items = [item for node in pages for item in node.all("LI")]
    assert any([kid.tag for kid in item.kids] == ["Lbl", "LBody"] for item in items)
    assert root.tag == "Document"


def test_a_term_is_the_label_of_its_item_and_part_of_the_text() -> None:
    entry = b.Definition(text("低保"), ((paragraph("最低生活保障。"),),))
    made = printed(document(b.DefinitionList((entry,))))
    (item,) = tree(made)[0].all("LI")
    assert [(kid.tag, kid.whole()) for kid in item.kids] == [("Lbl", "低保"), ("LBody", "最低生活保障。")]
    assert b"/ListNumbering /None" in made.data
    newer = printed(document(b.DefinitionList((entry,))), theme(pdf__standard="a-4"))
    assert b"/ListNumbering /Description" in newer.data
    for close in (False, True):
        said = read_pdf(made.data, close=close).streams[Stream.BODY]
        assert [chunk.text.strip() for chunk in said] == ["低保", "最低生活保障。"]


@pytest.mark.parametrize("sheet", ["jianbao", "vertical"])
def test_a_task_has_a_box_with_or_without_a_tick(sheet: str, tmp_path: Path) -> None:
    tasks = [b.ListItem((paragraph(words),), "-", ticked) for words, ticked in (("办完", True), ("没办", False))]
    made = printed(document(b.ListBlock(tuple(tasks))), theme(sheet))
    signs = {sign.character: sign for sign in made.signs(1)}
    path = tmp_path / "tasks.pdf"
    path.write_bytes(made.data)
    for reader in ("pdftotext", "pdfium"):
        said = "".join(READERS[reader](path).split())
        assert "☑办完" in said and "☐没办" in said, reader
    # Where a face has no ☑, two of its signs stand over one another.
    drawn = "".join(READERS["pdfminer"](path).split())
    assert "□✓办完□没办" in drawn
    assert "×" not in drawn and signs


def test_furniture_says_what_it_is() -> None:
    """ISO 32000-1, 14.8.2.2.2."""
    pikepdf = pytest.importorskip("pikepdf")
    sheet = theme(pdf__running_head="简报", pdf__crop_marks="true", draft__text="送审稿", draft__form="watermark")
    made = printed(document(b.Paragraph((i.Strike(text("废")),)), *map(paragraph, hanzi(60))), sheet)
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        contents = [pdf.pages[number].Contents.read_bytes() for number in (0, 1)]
    kinds = [set(re.findall(rb"/Artifact<<(.*?)>>BDC", content)) for content in contents]
    footer = b"/Type/Pagination/Subtype/Footer/Attached[/Bottom]"
    header = b"/Type/Pagination/Subtype/Header/Attached[/Top]"
    watermark = b"/Type/Pagination/Subtype/Watermark"
    assert {footer, watermark, b"/Type/Layout", b"/Type/Page"} <= kinds[0] | kinds[1]
    assert footer in kinds[1] and header in kinds[1] and header not in kinds[0]
    assert b"/Artifact BMC" not in contents[0] + contents[1]


def _page_nodes(made: Document, pictures: dict[str, Picture], page: int) -> list[Node]:
    edition = printed(made, pictures=pictures)
    return tree(edition, page) if page <= edition.page_count else []


def test_a_table_has_rows_with_heads_that_say_their_scope() -> None:
    header = b.Row((b.Cell(text("地区")), b.Cell(text("数"))))
    table = b.Table((b.Column(), b.Column()), (header, b.Row((b.Cell(text("甲")), b.Cell(text("1"))))))
    made = printed(document(table))
    (found,) = tree(made)[0].all("Table")
    assert [[(cell.tag, cell.words) for cell in row.kids] for row in found.kids] == [
        [("TH", "地区"), ("TH", "数")],
        [("TD", "甲"), ("TD", "1")],
    ]
    assert b"/Scope /Column" in made.data


def test_a_row_that_is_spanned_from_above_all_across_is_no_row_in_the_tag_tree() -> None:
    """ISO 14289-1, 7.2: columns of a table have equally many rows, and a row without cells counts for none."""
    whole = b.Row((b.Cell(text("甲"), columns=2, rows=2),))
    last = b.Row((b.Cell(text("乙")), b.Cell(text("丙"))))
    made = printed(document(b.Table((b.Column(), b.Column()), (whole, b.Row(()), last), header_rows=0)))
    (found,) = tree(made)[0].all("Table")
    assert [[(cell.tag, cell.words) for cell in row.kids] for row in found.kids] == [
        [("TD", "甲")],
        [("TD", "乙"), ("TD", "丙")],
    ]
    assert b"/ColSpan 2" in made.data and b"/RowSpan" not in made.data


def test_the_head_of_a_table_is_repeated_as_furniture() -> None:
    header = b.Row((b.Cell(text("地区")), b.Cell(text("数"))))
    rows = tuple(b.Row((b.Cell(text(f"甲{number}")), b.Cell(text("1")))) for number in range(60))
    made = printed(document(b.Table((b.Column(), b.Column()), (header, *rows))))
    assert made.page_count > 1
    assert made.words(2).startswith("地区")
    assert "地区" not in "".join(node.whole() for node in tree(made, 2))


def test_a_figure_speaks_its_description_and_a_decorative_one_is_furniture() -> None:
    figure = b.Figure((i.Image("a.png", "一张照片"), i.Image("b.png", decorative=True)), text("图1"))
    made = printed(document(figure), pictures={"a.png": picture(), "b.png": picture()})
    figures = tree(made)[0].all("Figure")
    assert [found.alt for found in figures] == ["一张照片"]


def test_a_note_hangs_where_it_is_called() -> None:
    note = i.Note("1", (paragraph("脚注的话。"),))
    made = printed(document(b.Paragraph((i.Text("甲"), note, i.Text("乙。")))))
    (root,) = tree(made)
    (block,) = [node for node in root.all("P") if node.words.startswith("甲")]
    assert [kid.tag for kid in block.kids] == ["Reference", "Note"]
    assert block.kids[0].whole() == "①"
    assert block.kids[1].whole() == "①脚注的话。"


def test_a_note_called_twice_is_printed_once() -> None:
    note = i.Note("1", (b.Paragraph(text("脚注的话。"), span=None),))
    made = printed(document(b.Paragraph((i.Text("甲"), note, i.Text("乙"), note))))
    assert made.words(1).count("脚注的话") == 1
    assert made.words(1).count("①") == 3


def test_ruby_has_its_base_and_its_reading() -> None:
    made = printed(document(b.Paragraph((i.Text("旧"), i.Ruby((i.Text("漢字"),), "かんじ"), i.Text("文")))))
    (ruby,) = tree(made)[0].all("Ruby")
    assert [(kid.tag, kid.words) for kid in ruby.kids] == [("RB", "漢字"), ("RT", "かんじ")]


def test_a_link_is_an_annotation_tied_to_its_element() -> None:
    made = printed(
        document(b.Paragraph((i.Text("见"), i.Link((i.Text("网站"),), "https://example.org/路"), i.Text("。"))))
    )
    (link,) = tree(made)[0].all("Link")
    assert link.words == "网站"
    assert b"/URI(https://example.org/%E8%B7%AF)" in made.data
    assert b"/Type/OBJR" in made.data


def test_page_numbers_are_furniture() -> None:
    made = printed(document(paragraph("正文。")))
    assert "—1—" in made.words(1)
    assert "1" not in "".join(node.whole() for node in tree(made))


def test_a_paragraph_that_crosses_pages_is_one_element() -> None:
    made = printed(document(paragraph(hanzi(28 * 30))))
    assert made.data.count(b"/S/P/") == 1
    assert b"/Type/MCR" in made.data


def test_bookmarks_follow_the_headings() -> None:
    made = printed(document(b.Heading(1, text("一、甲")), paragraph("正文。"), title="题目"))
    assert [(item.level, item.get_title()) for item in made.pdf.get_toc()] == [(0, "题目"), (1, "一、甲")]


def test_the_whole_text_of_every_construct_is_there() -> None:
    made, pictures = everything()
    edition = printed(made, pictures=pictures)
    assert [finding for finding in edition.findings if finding.severity >= 3] == []
    from converters.fidelity import verify

    assert verify(made, "all.pdf", edition.data) == ()
