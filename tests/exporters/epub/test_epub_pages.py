"""What stands in the pages: every part of a bulletin as the element that it is."""

from __future__ import annotations

import pytest
from epub_books import NAMES, VERTICAL, Opened, document, everything_book, line, paragraph, write

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.metadata import Metadata
from converters.model.pagination import PageStart, Pagination

ONE, TWO = "article-001.xhtml", "article-002.xhtml"
EPUB_TYPE = f"{{{NAMES['epub']}}}type"


def body(*blocks: b.Block) -> Opened:
    return write(document(*blocks))


def inner(book: Opened, path: str, page: str = ONE) -> list[str]:
    return ["".join(found.itertext()) for found in book.find(page, path)]


def test_masthead_is_a_title_page_whose_name_is_its_heading() -> None:
    book = everything_book()
    assert inner(book, "//h:header[@epub:type='titlepage']/h:h1", "title.xhtml") == ["民政工作简报"]
    assert inner(book, "//h:body//h:p | //h:body//h:h1", "title.xhtml") == [
        "000123", "内部资料", "加急", "云岭省民政工作会议", "民政工作简报", "第12期（总第345期）",
        "云岭省民政厅办公室", "2026年3月27日", "编者按：按本期要求，刊发两篇文章。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kind"), [("民政工作简报", "masthead-name"), ("Green River Bulletin 青浦河通讯", "masthead-name long")]
)
def test_a_name_that_no_screen_holds_is_set_smaller(name: str, kind: str) -> None:
    book = write(document(paragraph("一"), metadata=Metadata(name=name)))
    assert book.find("title.xhtml", "//h:h1/@class") == [kind]


def test_a_document_without_a_name_has_no_title_page() -> None:
    assert "EPUB/title.xhtml" not in write(document(paragraph("一"))).names()


def test_title_keeps_the_line_breaks_of_its_author() -> None:
    heading = everything_book().find(ONE, "//h:h1")[0]
    assert [(each.tag.rpartition("}")[2], each.text) for each in heading] == [
        ("span", "第一篇文章"), ("br", None), ("span", "“回头看”工作"),
    ]  # fmt: skip


def test_title_breaks_where_the_print_edition_does_if_the_screen_has_no_room() -> None:
    lines = ("云岭省民政厅关于进一步加强", "社区养老服务工作的通知")
    pagination = Pagination(title_lines={"a1": lines})
    book = write(document(paragraph("一"), title="".join(lines)), None, pagination)
    assert inner(book, "//h:h1/h:span[@class='phrase']") == list(lines)
    assert inner(book, "//h:h1") == ["".join(lines)]
    assert "display: inline-block" in book.rule("span.phrase")


def phrases(title: str) -> list[str]:
    """The parts of a title between the places where a narrow screen may part it."""
    heading = write(document(paragraph("一"), title=title)).find(ONE, "//h:h1")[0]
    return [heading.text, *(mark.tail for mark in heading.iterfind("h:wbr", NAMES))]


def test_a_title_is_parted_between_phrases_alone() -> None:
    assert phrases("云岭省民政厅部署开展春季养老机构安全检查") == ["云岭省民政厅部署", "开展春季养老机构", "安全检查"]
    assert "word-break: keep-all" in everything_book().rule(".title")
    assert "overflow-wrap: break-word" in everything_book().rule(".title")


def test_a_short_quotation_in_a_title_is_not_parted() -> None:
    assert "“一张床位图”" in phrases("青浦河市：“一张床位图”让空床看得见")


def test_a_title_loses_nothing_where_it_is_parted() -> None:
    title = "青浦河市与 Northfield 结为友好城市 Sister Cities at Last，2026年第12次"
    assert "".join(phrases(title)) == title


def test_no_line_of_a_title_begins_with_a_particle() -> None:
    assert not [part for part in phrases("讀者來函：請給老人家大一點的字") if part.startswith("的")]


def test_a_title_that_fits_every_screen_is_not_parted() -> None:
    assert phrases("把“老人饭桌”开进") == ["把“老人饭桌”开进"]


def test_kicker_title_subtitle_author_and_source_stand_in_order() -> None:
    classes = everything_book().find(ONE, "//*[self::h:p or self::h:h1]/@class")
    wanted = ["column", "kicker", "title", "subtitle", "author", "addressee", "source"]
    assert [name for name in classes if name in wanted] == wanted


def test_source_line_never_joins_the_paragraph_before_it() -> None:
    assert inner(everything_book(), "//h:p[@class='source']") == ["（据青浦河市民政局）"]


def test_running_head_above_each_article_is_furniture() -> None:
    banner = everything_book().find(TWO, "//h:p[contains(@class, 'banner')]")
    assert [(found.text, found.get("class")) for found in banner] == [("民政工作简报 · 第12期", "banner furniture")]


def test_headings_nest_without_gaps_and_keep_the_level_of_the_author_as_their_class() -> None:
    book = body(b.Heading(3, line("1.甲")), b.Heading(4, line("（1）乙")), b.Heading(1, line("一、丙")))
    headings = book.find(ONE, "//*[self::h:h2 or self::h:h3 or self::h:h4]")
    assert [(found.tag[-2:], found.get("class")) for found in headings] == [
        ("h2", "heading3"), ("h3", "heading4"), ("h2", "heading1"),
    ]  # fmt: skip


def test_run_in_heading_stands_in_its_paragraph() -> None:
    book = body(b.Paragraph(line("各地要统筹。"), line("优化布局。"), 2))
    assert inner(book, "//h:p[h:span[@class='run-in heading2']]") == ["优化布局。各地要统筹。"]


def test_label_of_an_editors_note_is_set_apart() -> None:
    assert inner(everything_book(), "//h:aside[@class='editor-note']//h:span") == ["编者按："]


def test_a_paragraph_in_latin_letters_is_not_justified() -> None:
    book = body(paragraph("The first exchange begins in September. “好”"), paragraph("与 Northfield 签署协议。"))
    assert [found.get("class") for found in book.find(ONE, "//h:section/h:p")] == ["latin", None]
    assert "text-align: left" in book.rule("p.latin")


def test_list_starts_where_the_author_started_it() -> None:
    assert everything_book().find(ONE, "//h:ol/@start") == ["3"]


def test_marks_of_items_are_those_that_the_author_typed() -> None:
    items = tuple(b.ListItem((paragraph(text),), mark) for text, mark in (("甲", "1)"), ("乙", "（二）"), ("丙", "3.")))
    book = body(b.ListBlock(items, ordered=True))
    styles = [item.get("style") for item in book.find(ONE, "//h:ol/h:li")]
    assert styles == ['list-style-type:"1) "', 'list-style-type:"（二） "', None]
    assert book.find(ONE, "//h:ol/@style") == ["padding-left:3.5em"]


def test_task_items_show_their_state_as_furniture() -> None:
    states = everything_book().find(ONE, "//h:li/h:span[@class='furniture']")
    assert [(found.text, found.get("aria-label"), found.get("role")) for found in states] == [
        ("☑", "已完成", "img"), ("☐", "未完成", "img"),
    ]  # fmt: skip


def test_terms_and_descriptions_are_a_definition_list() -> None:
    assert inner(everything_book(), "//h:dl/h:dt") == ["失能老人"]
    assert inner(everything_book(), "//h:dl/h:dd") == ["生活不能自理的老人。"]


def test_table_has_caption_head_scopes_and_spans() -> None:
    book = everything_book()
    assert inner(book, "//h:table[1]/h:caption") == ["表1 首年经费"]
    cells = book.find(ONE, "(//h:table)[1]//h:th")
    assert [(cell.text, cell.get("scope"), cell.get("colspan"), cell.get("rowspan")) for cell in cells] == [
        ("项目", "col", None, "2"), ("经费", "col", "2", None), ("备注", "col", None, None),
        ("市级", "col", None, None), ("县级", "col", None, None), ("单位：万元", "col", None, None),
        ("合计", "row", None, None),
    ]  # fmt: skip


def test_cells_stand_as_their_column_also_below_a_cell_of_two_rows() -> None:
    cells = everything_book().find(ONE, "(//h:table)[1]/h:thead/h:tr[2]/h:th/@class")
    # 市级 stands in the second column, which has no alignment; 县级 in the third, 单位 in the fourth.
    assert cells == ["right", "center"]


def test_widths_of_columns_are_shares_of_the_table() -> None:
    assert everything_book().find(ONE, "//h:col/@style") == ["width:25%", "width:75%"]


def test_a_wide_table_scrolls_and_can_be_reached_by_keyboard() -> None:
    row = b.Row(tuple(b.Cell(line("数据内容较长")) for _ in range(8)))
    book = body(b.Table(tuple(b.Column() for _ in range(8)), (row, row), caption=line("表2")))
    region = book.find(ONE, "//h:div[h:table]")
    said = [tuple(map(found.get, ("class", "role", "tabindex", "aria-label"))) for found in region]
    assert said == [("wide", "region", "0", "表2")]


def test_a_narrow_table_does_not_scroll() -> None:
    assert everything_book().find(ONE, "//h:div[@class='wide']") == []


def test_an_empty_header_cell_heads_nothing() -> None:
    row = b.Row((b.Cell(()), b.Cell(line("甲"))))
    assert inner(body(b.Table((b.Column(), b.Column()), (row,))), "//h:thead//h:td") == [""]


def test_figure_has_its_description_and_caption() -> None:
    figure = everything_book().find(ONE, "//h:figure[1]")[0]
    image = figure.find("h:img", NAMES)
    assert (image.get("alt"), image.get("style")) == ("两市往来人次", "width:70%")
    assert figure.find("h:figcaption", NAMES).text == "图1 两市年度往来"


def test_a_picture_that_only_decorates_has_an_empty_description() -> None:
    images = everything_book().find(ONE, "//h:div[@class='plates']/h:img")
    assert [image.get("alt") for image in images] == ["", "第二幅"]


def test_a_picture_is_in_the_book_once() -> None:
    names = [name for name in everything_book().names() if "/pictures/" in name]
    assert names == ["EPUB/pictures/picture-001.png", "EPUB/pictures/picture-002.png"]


def test_a_missing_picture_leaves_its_description_as_furniture() -> None:
    book = body(b.Figure((i.Image("gone.png", "一座桥"),)))
    assert inner(book, "//h:span[contains(@class, 'furniture')]") == ["［图片缺失：一座桥］"]


def test_inlines_are_the_elements_that_they_mean() -> None:
    found = everything_book().find(ONE, "//h:p[h:strong]/*")
    assert [(each.tag.rpartition("}")[2], each.get("class")) for each in found] == [
        ("strong", None), ("strong", None), ("em", None), ("em", "latin"), ("s", None), ("em", "dots"),
            ("em", "dots hollow-sesame"), ("span", "deceased"),
        ("u", "name"), ("cite", "wavy"), ("sub", None), ("sup", None), ("a", None), ("code", None), ("br", None),
        ("ruby", None), ("a", "call"), ("img", "inline"),
    ]  # fmt: skip


def test_ruby_has_its_reading_and_no_discouraged_brackets() -> None:
    ruby = everything_book().find(ONE, "//h:ruby")[0]
    assert [(child.tag.rpartition("}")[2], child.text) for child in ruby] == [("rt", "かんじ")]


def test_a_link_into_nowhere_or_into_a_script_is_text() -> None:
    book = body(
        paragraph(
            i.Link(line("甲"), "javascript:alert(1)"), i.Link(line("乙"), "#nowhere"), i.Link(line("丙"), "file:///etc")
        )
    )
    assert book.find(ONE, "//h:section//h:a") == []
    assert inner(book, "//h:section/h:p") == ["甲乙丙"]


def test_a_link_to_a_heading_leads_to_its_page() -> None:
    articles = (
        Article((line("甲"),), (paragraph(i.Link(line("见"), "#一首年项目"), i.Link(line("又"), "#乙")),)),
        Article((line("乙"),), (b.Heading(1, line("一、首年项目")),)),
    )
    book = write(Document(Metadata(), articles))
    assert book.find(ONE, "//h:p/h:a/@href") == ["article-002.xhtml#h1", "article-002.xhtml#a2"]
    assert book.find(TWO, "//h:h2/@id") == ["h1"]


def test_an_address_with_hanzi_is_encoded() -> None:
    book = body(paragraph(i.Link(line("甲"), "https://a.example/报 名?x=1&y=50%")))
    assert book.find(ONE, "//h:p/h:a/@href") == ["https://a.example/%E6%8A%A5%20%E5%90%8D?x=1&y=50%25"]


def test_a_note_opens_from_its_call_and_leads_back() -> None:
    book = everything_book()
    call = book.find(ONE, "//h:a[@epub:type='noteref']")[0]
    assert (call.get("role"), call.text, call.get("href")) == ("doc-noteref", "[1]", "#note-1")
    note = book.find(ONE, "//h:aside[@epub:type='footnote']")[0]
    assert (note.get("role"), note.get("id")) == ("doc-footnote", "note-1")
    back = note.find(".//h:a", NAMES)
    assert (back.get(EPUB_TYPE), back.get("role"), back.get("href")) == (
        "backlink",
        "doc-backlink",
        f"#{call.get('id')}",
    )


def test_a_note_that_is_called_twice_stands_once() -> None:
    book = everything_book()
    assert book.find(TWO, "//h:a[@role='doc-noteref']/@href") == ["#note-2", "#note-2"]
    assert len(book.find(TWO, "//h:aside[@role='doc-footnote']")) == 1
    calls = book.find(TWO, "//h:a[@role='doc-noteref']/@id")
    assert len(set(calls)) == 2


def test_a_note_in_a_link_follows_the_link() -> None:
    note = i.Note("1", (paragraph("注"),), 5)
    book = body(paragraph(i.Link((i.Text("文"), note), "https://a.example/")))
    assert [found.text for found in book.find(ONE, "(//h:p)[1]/h:a")] == ["文", "[1]"]


def test_a_note_in_a_note_follows_it() -> None:
    deep = i.Note("2", (paragraph("深"),), 9)
    outer = i.Note("1", (paragraph("浅", deep), paragraph("第二段")), 5)
    book = body(paragraph("甲", outer, i.Note("3", (paragraph("后"),), 11)))
    texts = [text.replace("\n", "") for text in inner(book, "//h:aside[@role='doc-footnote']")]
    assert texts == ["[1]浅[3]第二段", "[3]深", "[2]后"]


def test_notes_of_a_term_are_numbered_before_those_of_its_description() -> None:
    term, description = (i.Note(label, (paragraph(label),), place) for label, place in (("词", 3), ("释", 9)))
    book = body(b.DefinitionList((b.Definition((i.Text("词"), term), ((paragraph("释义", description),),)),)))
    assert inner(book, "//h:aside[@role='doc-footnote']") == ["[1]词", "[2]释"]


def test_verse_keeps_its_lines() -> None:
    assert inner(everything_book(), "//h:div[@class='verse']/h:p") == ["床前明月光，", "疑是地上霜。"]


def test_code_stays_as_it_stands() -> None:
    assert inner(everything_book(), "//h:pre") == ["def f(x):\n\treturn x < 1\n\n# “引号”"]


def test_signature_and_attachments_keep_their_lines() -> None:
    book = everything_book()
    assert inner(book, "//h:div[@class='signed']/h:p") == ["云岭省民政厅", "2026年3月6日"]
    assert inner(book, "//h:div[@class='attachments']//h:p") == [
        "附件：", "1.社区养老服务设施建设标准", "2.重点任务清单",
    ]  # fmt: skip


def test_an_attached_text_carries_its_label() -> None:
    assert inner(everything_book(), "//h:p[@class='attachment-label']", "article-003.xhtml") == ["附件1"]


def test_colophon_is_the_last_page() -> None:
    rows = inner(everything_book(), "//h:section[@class='colophon']//h:p", "colophon.xhtml")
    assert rows[0] == "报：云岭省委办公厅、省政府办公厅。"
    assert rows[-2:] == ["编辑：张三\u3000审核：李四", "共印100份"]


@pytest.mark.parametrize("offset", range(7))
def test_printed_page_begins_at_its_character(offset: int) -> None:
    book = write(
        document(paragraph("一二", i.Strong(line("三四")), "五六")),
        None,
        Pagination(starts=(PageStart("7", "a1.b1", offset),)),
    )
    mark = book.find(ONE, "//h:span[@role='doc-pagebreak']")[0]
    before = "".join(mark.xpath("preceding::text()[ancestor::h:p]", namespaces=NAMES))
    assert (before, mark.get("id"), mark.get("aria-label")) == ("一二三四五六"[:offset], "page-7", "第7页")


def test_printed_pages_begin_in_lists_tables_and_code() -> None:
    blocks = (
        b.ListBlock((b.ListItem((paragraph("甲乙"),)), b.ListItem((paragraph("丙丁"),)))),
        b.Table((b.Column(),), (b.Row((b.Cell(line("戊己")),)),), 0),
        b.CodeBlock("ab\ncd"),
    )
    starts = (PageStart("2", "a1.b1", 3), PageStart("3", "a1.b2", 1), PageStart("4", "a1.b3", 3))
    book = write(document(*blocks), None, Pagination(starts=starts))
    tails = [mark.tail for mark in book.find(ONE, "//h:span[@role='doc-pagebreak']")]
    assert tails == ["丁", "己", "cd"]


def test_short_numbers_stand_upright_in_a_vertical_book() -> None:
    book = write(document(paragraph("第12期，2026年3月，25%")), VERTICAL)
    assert inner(book, "//h:span[@class='tcy']") == ["12", "3"]


def test_what_xml_forbids_is_replaced() -> None:
    assert inner(body(paragraph("a\x01b <&> c")), "//h:section/h:p") == ["a\ufffdb <&> c"]


def test_untitled_article_is_named_by_its_first_words() -> None:
    book = write(document(paragraph("没有题目的一篇文章，只有正文，从第一个字读起。"), title=""))
    assert book.find(ONE, "/h:html/h:head/h:title/text()") == ["没有题目的一篇文章，只有正文，从第一个字…"]


def test_an_empty_document_is_a_book_all_the_same() -> None:
    assert write(Document()).find("nav.xhtml", "//h:nav[@epub:type='toc']//h:a/@href") == ["cover.xhtml"]


def test_notes_without_a_place_are_one_only_where_they_say_the_same() -> None:
    one, other = i.Note("", (paragraph("甲注"),)), i.Note("", (paragraph("乙注"),))
    book = body(paragraph("甲", one, "乙", other, "丙", one))
    assert inner(book, "//h:aside[@role='doc-footnote']") == ["[1]甲注", "[2]乙注"]
    assert [call.text for call in book.find(ONE, "//h:a[@role='doc-noteref']")] == ["[1]", "[2]", "[1]"]
