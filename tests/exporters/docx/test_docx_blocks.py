"""Blocks as paragraphs and tables."""

from __future__ import annotations

import dataclasses

import pytest
from word_parts import NAMES, Word, text, value, w, whole, word

import everything
from converters.exporters.docx import export
from converters.exporters.docx.tables import MOST_COLUMNS, place_cells
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document, SourceLine
from converters.model.metadata import Kind, Metadata
from converters.model.pagination import Pagination
from converters.model.pictures import Picture
from converters.theme.schema import Theme
from converters.units import twips


def t(words: str) -> tuple[i.Inline, ...]:
    return (i.Text(words),)


def style_of(words: str) -> str | None:
    return value(whole().paragraph(words), "w:pPr/w:pStyle")


def test_the_masthead_stands_in_reading_order() -> None:
    marks = whole().find("//w:bookmarkStart[starts-with(@w:name, '_jb_m_')]")
    lines = [(value(mark.getparent(), "w:pPr/w:pStyle"), text(mark.getparent())) for mark in marks]
    assert lines == [
        ("Secrecy", "000123"), ("Secrecy", "内部资料"), ("Secrecy", "加急"), ("MeetingName", "云岭省民政工作会议"),
        ("Title", "民政工作简报"), ("IssueLine", "第12期（总第345期）"),
        ("Issuer", "云岭省民政厅办公室\t2026年3月27日"),
        ("EditorNote", "编者按：按本期要求，刊发两篇文章。"),
    ]  # fmt: skip


def test_the_name_is_red_and_its_last_hanzi_is_not_tracked() -> None:
    assert value(whole().style("Title"), "w:rPr/w:color") == "E2231A"
    runs = whole().find("//w:p[w:pPr/w:pStyle/@w:val='Title']/w:r")
    assert [(text(run), value(run, "w:rPr/w:spacing")) for run in runs] == [("民政工作简", None), ("报", "0")]


def test_a_long_name_is_made_smaller_until_it_fits_one_line() -> None:
    edition = word(metadata=Metadata(name="云岭省青浦河市社区养老服务工作简报"))
    run = edition.find("//w:p[w:pPr/w:pStyle/@w:val='Title']/w:r")[0]
    size = int(value(run, "w:rPr/w:sz") or 0) / 2
    assert 17 * size <= 442.3 < 17 * (size + 1)


def test_the_red_rule_is_the_border_of_a_paragraph_as_wide_as_the_type_area() -> None:
    border = whole().style("RedRule").find(f"{w('pPr')}/{w('pBdr')}/{w('top')}")
    assert (border.get(w("color")), border.get(w("sz"))) == ("E2231A", "12")
    assert value(whole().style("RedRule"), "w:pPr/w:ind", "left") == "0"
    assert len(whole().find("//w:p[w:pPr/w:pStyle/@w:val='RedRule']")) == 1


def test_a_bulletin_without_a_name_has_no_masthead() -> None:
    edition = word(b.Paragraph(t("文")), metadata=Metadata(issue="1", issuer="办公室"))
    assert edition.find("//w:bookmarkStart[starts-with(@w:name, '_jb_m_')]") == []


@pytest.mark.parametrize(
    ("words", "style"),
    [
        ("【工作动态】", "Column"), ("引题", "Kicker"), ("——副题", "Subtitle"), ("张三", "Author"),
        ("供各地参考。", "EditorNote"), ("（据青浦河市民政局）", "SourceLine"), ("各市（州）民政局：", "Addressee"),
        ("距离只是", "Quote"), ("床前明月光", "Verse"), ("图1", "Caption"), ("def f", "HTMLPreformatted"),
        ("失能老人", "Term"), ("生活不能", "Definition"), ("附件：", "AttachmentNote"), ("附件1", "AttachmentLabel"),
        ("云岭省民政厅", None), ("2026年3月6日", "Date"), ("（联系人", "Remark"), ("表1", "Caption"),
    ],
)  # fmt: skip
def test_each_part_has_its_style(words: str, style: str | None) -> None:
    if style is None:
        assert [p for p in whole().find("//w:p[w:pPr/w:pStyle/@w:val='IssuingOrgan']") if text(p) == words]
    else:
        assert style_of(words) == style


def test_the_label_of_an_editors_note_is_set_apart_within_its_paragraph() -> None:
    paragraph = whole().paragraph("编者按：办法")
    assert value(paragraph.find(w("r")), "w:rPr/w:rStyle") == "EditorLabel"
    assert text(paragraph.find(w("r"))) == "编者按："
    assert paragraph.find(f"{w('pPr')}/{w('keepNext')}") is not None


def test_an_editors_note_that_reaches_the_writer_as_a_quotation_looks_like_one() -> None:
    edition = word(b.Quote((b.Paragraph(t("编者按：文。")),), role=b.QuoteRole.EDITOR_NOTE))
    assert value(edition.paragraph("编者按"), "w:pPr/w:pStyle") == "EditorNote"


def test_a_run_in_heading_opens_its_paragraph_in_the_face_of_its_level() -> None:
    paragraph = whole().paragraph("优化设施布局。")
    assert text(paragraph) == "优化设施布局。各地要统筹编制清单。"
    assert value(paragraph.find(w("r")), "w:rPr/w:rStyle") == "RunIn2"
    assert value(whole().style("RunIn2"), "w:rPr/w:rFonts", "eastAsia") == "楷体_GB2312"


def test_title_lines_are_line_breaks_of_one_paragraph() -> None:
    (title,) = [p for p in whole().find("//w:p[w:pPr/w:pStyle/@w:val='Heading1']") if text(p).startswith("第一篇")]
    assert title.findall(f".//{w('br')}")
    assert text(title) == "第一篇文章\n“回头看”工作"


def test_blank_rows_part_two_articles() -> None:
    edition = word(articles=(Article(title=(t("甲"),)), Article(title=(t("乙"),))))
    before = [int(value(edition.paragraph(name), "w:pPr/w:spacing", "before") or -1) for name in "甲乙"]
    # One row and two rows, less what a title of 34 pt reaches into them.
    assert before == [528, 1108]


def test_a_page_break_belongs_to_the_paragraph_that_follows() -> None:
    assert whole().paragraph("分页之后。").find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None
    assert whole().paragraph("分页之前。").find(f"{w('pPr')}") is None


def test_no_blank_rows_stand_at_the_head_of_a_page_that_a_paragraph_begins() -> None:
    note = Article(title=(t("乙"),), editor_note=(b.Paragraph(t("编者按：说明。")),))
    edition = word(articles=(Article(title=(t("甲"),)), Article(title=(t("乙"),)), note),
                   metadata=Metadata(article_break="page"))  # fmt: skip
    assert [value(edition.paragraph(name), "w:pPr/w:spacing", "before") for name in ("甲", "乙", "编者按")] == [
        "528", "0", "0",
    ]  # fmt: skip


def test_an_attachment_begins_a_page_with_its_label() -> None:
    label = whole().paragraph("附件1")
    assert label.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None


def test_the_names_of_attachments_turn_over_under_the_first_names_first_hanzi() -> None:
    first, second = whole().paragraph("附件：1."), whole().paragraph("2.重点")
    # Two hanzi of indent, three of the label and one for "1.".
    assert value(first, "w:pPr/w:ind", "left") == value(second, "w:pPr/w:ind", "left") == str(6 * 314)
    assert value(first, "w:pPr/w:ind", "hanging") == str(4 * 314)
    assert value(second, "w:pPr/w:ind", "hanging") == "314"


def test_verse_and_code_keep_their_lines_in_one_paragraph() -> None:
    assert text(whole().paragraph("床前")) == "床前明月光，\n疑是地上霜。"
    assert text(whole().paragraph("def f")) == "def f(x):\n\treturn x < 1\n\n# “引号”"


def test_a_quotation_in_a_quotation_is_indented_further() -> None:
    inner = whole().paragraph("引文中的引文。")
    assert value(inner, "w:pPr/w:ind", "leftChars") == "400"


def test_items_carry_their_list_level_and_further_paragraphs_go_on_without_a_mark() -> None:
    nested = whole().paragraph("身份证")
    assert value(nested, "w:pPr/w:numPr/w:ilvl") == "1"
    assert value(nested, "w:pPr/w:pStyle") == "ListBullet2"
    further = whole().paragraph("第二段")
    assert value(further, "w:pPr/w:pStyle") == "ListContinue"
    assert further.find(f"{w('pPr')}/{w('numPr')}") is None


def test_an_item_that_begins_with_a_table_has_a_paragraph_for_its_mark() -> None:
    table = b.Table((b.Column(),), (b.Row((b.Cell(t("甲")),)),), 0)
    edition = word(b.ListBlock((b.ListItem((table,), "-"),)))
    (item,) = edition.find("//w:p[w:pPr/w:numPr]")
    assert text(item) == ""


# tables


def test_a_table_has_spans_repeated_heads_and_alignment() -> None:
    table = whole().find("//w:tbl")[0]
    rows = table.findall(w("tr"))
    assert [row.find(f"{w('trPr')}/{w('tblHeader')}") is not None for row in rows] == [True, True, False, False]
    assert value(rows[0], "w:tc[1]/w:tcPr/w:vMerge") == "restart"
    assert rows[1][1].find(f"{w('tcPr')}/{w('vMerge')}").get(w("val")) is None
    assert value(rows[0], "w:tc[2]/w:tcPr/w:gridSpan") == "2"
    assert value(rows[2], "w:tc[1]/w:p/w:pPr/w:jc") == "left"
    assert value(rows[2], "w:tc[3]/w:p/w:pPr/w:jc") == "right"
    assert value(rows[3], "w:tc[1]/w:p/w:pPr/w:pStyle") == "TableHead"
    assert [[text(cell) for cell in row.findall(w("tc"))] for row in rows] == [
        ["项目", "经费", "备注"], ["", "市级", "县级", "单位：万元"], ["护理员", "38.5", "12", ""],
        ["合计", "50.5", ""],
    ]  # fmt: skip


def test_two_tables_are_parted_by_a_paragraph() -> None:
    tables = whole().find("/w:document/w:body/w:tbl")
    assert tables[0].getnext().tag == w("p")
    assert text(tables[0].getnext()) == ""


def test_widths_that_the_author_gave_are_kept() -> None:
    table = whole().find("//w:tbl")[1]
    widths = [int(column.get(w("w"))) for column in table.find(w("tblGrid"))]
    assert widths[0] / sum(widths) == pytest.approx(0.25, abs=0.001)


def test_cells_that_reach_down_push_later_cells_aside() -> None:
    rows = (
        b.Row((b.Cell(t("a"), rows=3), b.Cell(t("b")))),
        b.Row((b.Cell(t("c"), rows=2),)),
        b.Row(()),
        b.Row((b.Cell(t("d")),)),
    )
    columns, placed = place_cells(b.Table((b.Column(), b.Column()), rows))
    assert columns == 2
    assert [[(p.column, p.continued, p.cell is not None) for p in row] for row in placed] == [
        [(0, False, True), (1, False, True)],
        [(0, True, False), (1, False, True)],
        [(0, True, False), (1, True, False)],
        [(0, False, True), (1, False, False)],
    ]


def test_a_wide_cell_stops_before_one_that_reaches_down() -> None:
    rows = (
        b.Row((b.Cell(t("a")), b.Cell(t("b"), rows=2), b.Cell(t("c")))),
        b.Row((b.Cell(t("d"), columns=3),)),
    )
    _, placed = place_cells(b.Table((b.Column(),) * 3, rows))
    assert [(p.column, p.columns) for p in placed[1]] == [(0, 1), (1, 1), (2, 1)]


def test_the_63_columns_that_word_has_are_not_reported() -> None:
    from word_parts import make

    row = b.Row(tuple(b.Cell(t(str(n))) for n in range(MOST_COLUMNS)))
    checked = make(b.Table((b.Column(),) * MOST_COLUMNS, (row,), 0))
    assert checked.findings == ()


# figures


def test_a_figure_has_its_picture_its_alternative_text_and_its_caption() -> None:
    (first, *_) = whole().find("//w:p[w:pPr/w:pStyle/@w:val='Picture']")
    properties = first.xpath(".//wp:docPr", namespaces=NAMES)[0]
    assert (properties.get("descr"), properties.get("title")) == ("两市往来人次", "图")
    assert first.find(f"{w('pPr')}/{w('keepNext')}") is not None
    assert text(first.getnext()) == "图1 两市年度往来"
    width = int(first.xpath(".//wp:extent/@cx", namespaces=NAMES)[0])
    height = int(first.xpath(".//wp:extent/@cy", namespaces=NAMES)[0])
    assert width / 12700 == pytest.approx(0.7 * 442.25, abs=0.1)
    assert width / height == pytest.approx(4 / 3, abs=0.001)


def test_pictures_side_by_side_share_the_measure_and_a_decorative_one_says_so() -> None:
    (row,) = whole().find("//w:tr[count(.//w:drawing) = 2]")
    widths = [int(value) / 12700 for value in row.xpath(".//wp:extent/@cx", namespaces=NAMES)]
    assert len(widths) == 2
    assert sum(widths) <= 442.3
    decorative = row.xpath(".//*[local-name()='decorative']/@val")
    assert decorative == ["1"]
    assert row.xpath(".//wp:docPr/@descr", namespaces=NAMES) == ["", "第二幅"]


def test_the_same_picture_is_stored_once() -> None:
    assert len([name for name in whole().names() if name.startswith("word/media/")]) == 2


def test_drawings_have_ids_of_their_own() -> None:
    identifiers = whole().find("//wp:docPr/@id")
    assert len(identifiers) == len(set(identifiers)) == 4


# 公文


def test_an_upward_document_has_its_number_and_its_signer_on_one_line() -> None:
    metadata = Metadata(Kind.GONGWEN, organs=("云岭省民政厅",), document_number="云民请〔2026〕3号", signer="李四")
    edition = word(b.Paragraph(t("文")), metadata=metadata)
    assert text(edition.paragraph("云民请")) == "云民请〔2026〕3号\t签发人：李四"


def test_a_preprinted_head_keeps_its_room_and_draws_neither_name_nor_rule() -> None:
    from dataclasses import replace

    from converters.theme.schema import Theme

    theme = Theme()
    theme = replace(theme, masthead=replace(theme.masthead, preprinted=True))
    edition = word(b.Paragraph(t("文")), metadata=Metadata(name="简报", issue="1"), theme=theme)
    title = edition.find("//w:p[w:pPr/w:pStyle/@w:val='Title']")
    assert [text(p) for p in title] == [""]
    assert edition.style("RedRule").find(f"{w('pPr')}/{w('pBdr')}") is None


def printed(*lines: str) -> Pagination:
    return Pagination({"a1": "1"}, (), 1, True, {"a1": lines})


def test_a_long_title_breaks_where_the_printed_page_broke_it() -> None:
    title = (i.Text("云岭省民政厅关于进一步加强"), i.Strong((i.Text("社区养老"),)), i.Text("服务工作的通知"))
    edition = word(
        articles=(Article(title=(title,)),),
        pagination=printed("云岭省民政厅关于进一步加强", "社区养老服务工作的通知"),
    )
    (heading,) = edition.find("//w:p[w:pPr/w:pStyle/@w:val='Heading1']")
    assert text(heading) == "云岭省民政厅关于进一步加强\n社区养老服务工作的通知"
    # Two lines of 34 pt on two rows: what the style says already.
    assert heading.find(f"{w('pPr')}/{w('spacing')}") is None
    (entry,) = edition.find("//w:p[w:pPr/w:pStyle/@w:val='TOC1']")
    assert text(entry) == "云岭省民政厅关于进一步加强社区养老服务工作的通知\t1"


def test_an_entry_of_the_contents_that_is_too_long_turns_where_the_title_does() -> None:
    first, second = "湖北省民政厅党组专题研究部署本省", "主题教育整改落实情况“回头看”工作"
    edition = word(articles=(Article(title=(t(first + second),)),), pagination=printed(first, second))
    (entry,) = edition.find("//w:p[w:pPr/w:pStyle/@w:val='TOC1']")
    assert text(entry) == f"{first}\n{second}\t1"


@pytest.mark.parametrize("lines", [("别的标题", "第二行"), ("云岭省", "厅通知"), ("云岭省通知",)])
def test_lines_that_are_not_the_titles_are_not_believed(lines: tuple[str, ...]) -> None:
    edition = word(articles=(Article(title=(t("云岭省通知"),)),), pagination=printed(*lines))
    assert text(edition.find("//w:p[w:pPr/w:pStyle/@w:val='Heading1']")[0]) == "云岭省通知"


def test_what_a_title_reaches_into_the_rows_below_is_taken_off_after_its_last_line() -> None:
    edition = word(articles=(Article(title=(t("题目"),), subtitle=t("——副题"), blocks=(b.Paragraph(t("文")),)),))
    spaces = [
        int(value(edition.paragraph(name), "w:pPr/w:spacing", side) or 0)
        for name, side in (("题目", "before"), ("——副题", "after"))
    ]
    # A row before and a row after, less what a line of 34 pt is taller than a row, half of it at each side.
    assert sum(spaces) + 680 == 3 * 579


def test_text_goes_on_with_the_next_row_after_a_table_and_after_a_figure() -> None:
    table = b.Table((b.Column(),), (b.Row((b.Cell(t("甲")),)), b.Row((b.Cell(t("乙")),))), 1)
    picture = Picture(everything.png(96, 96), "image/png", 96, 96, 96)
    edition = word(
        table, b.Paragraph(t("其后")), b.Figure((i.Image("p.png"),)), b.Paragraph(t("再后")), b.Paragraph(t("末")),
        pictures={"p.png": picture},
    )  # fmt: skip
    after_table, after_figure = (
        int(value(edition.paragraph(name), "w:pPr/w:spacing", "before") or 0) for name in ("其后", "再后")
    )
    # Two rows and three rules; a hair less than the whole row, or the page might lose its last one.
    rows = 2 * (18 + 5 + 0.5) * 20 + 10
    assert after_table >= 579 // 4 and 579 - 4 <= (rows + after_table) % 579 <= 579 - 1
    assert after_figure >= 120 and (72 * 20 + 120 + after_figure) % 579 == 0
    assert edition.paragraph("末").find(w("pPr")) is None


def test_the_cells_of_a_table_have_air_above_and_below_their_text() -> None:
    for side in ("top", "bottom"):
        assert value(whole().find("//w:tbl[w:tblPr/w:tblStyle]")[0], f"w:tblPr/w:tblCellMar/w:{side}", "w") == "50"


def test_a_table_in_landscape_stands_on_pages_of_its_own() -> None:
    table = b.Table((b.Column(), b.Column()), (b.Row((b.Cell(t("甲")), b.Cell(t("乙")))),), 1, landscape=True)
    edition = word(b.Paragraph(t("之前")), table, b.Paragraph(t("之后")))
    sections = edition.find("//w:sectPr")
    sizes = [tuple(part.find(w("pgSz")).get(w(name)) for name in ("w", "h", "orient")) for part in sections]
    assert sizes == [("11906", "16838", None), ("16838", "11906", "landscape"), ("11906", "16838", None)]
    turned = sections[1].find(w("pgMar"))
    upright = sections[0].find(w("pgMar"))
    assert [turned.get(w(side)) for side in ("top", "right", "bottom", "left")] == [
        upright.get(w(side)) for side in ("left", "top", "right", "bottom")
    ]
    width = int(value(edition.find("//w:tbl")[0], "w:tblPr/w:tblW", "w") or 0)
    # A small table takes three fifths of the room, as in print.
    assert width == round(0.6 * (16838 - int(turned.get(w("left"))) - int(turned.get(w("right")))))
    assert all(part.find(w("footerReference")) is not None for part in sections)


def test_a_name_with_latin_letters_has_room_for_a_heavy_face() -> None:
    edition = word(b.Paragraph(t("文")), metadata=Metadata(name="Green River Bulletin 青浦河通讯"))
    size = int(value(edition.paragraph("Green"), ".//w:sz") or 0) / 2
    assert size * (18 * 0.62 + 3 * 0.5 + 5) <= 442.3


def test_those_present_at_a_meeting_turn_over_under_the_first_name() -> None:
    metadata = Metadata(Kind.GONGWEN, name="会议纪要", form="纪要")
    edition = word(b.Paragraph(t("出席：张三、李四。")), b.Paragraph(t("列席人员：王五。")), metadata=metadata)
    paragraph = edition.paragraph("出席")
    assert value(paragraph, "w:pPr/w:pStyle") == "Attendance"
    assert value(paragraph, "w:r/w:rPr/w:rStyle") == "AttendanceLabel"
    indent = paragraph.find(f".//{w('ind')}")
    assert (indent.get(w("left")), indent.get(w("hanging"))) == ("1570", "942")
    assert value(edition.paragraph("列席"), "w:pPr/w:ind", "hanging") == "1570"
    plain = word(b.Paragraph(t("出席：张三、李四。")))
    assert plain.paragraph("出席").find(w("pPr")) is None


ORGANS = ("云岭省民政厅", "云岭省财政厅", "云岭省人力资源和社会保障厅")


def test_the_organs_of_a_joint_issue_are_spread_to_one_width_beside_the_word_document() -> None:
    edition = word(b.Paragraph(t("文")), metadata=Metadata(Kind.GONGWEN, organs=ORGANS))
    table = edition.find("//w:tbl")[0]
    organs, beside = table.findall(f".//{w('tc')}")
    assert tuple(text(paragraph) for paragraph in organs.findall(w("p"))) == ORGANS
    assert [value(paragraph, "w:pPr/w:jc") for paragraph in organs.findall(w("p"))] == ["distribute"] * 3
    assert text(beside) == "文件"
    assert value(beside, "w:tcPr/w:vAlign") == "center"
    grid = [int(column.get(w("w"))) for column in table.find(w("tblGrid"))]
    size = int(value(organs, ".//w:sz") or 0) / 2
    assert grid[0] >= size * 20 * len(ORGANS[2]) and sum(grid) <= 8845


def test_more_signers_than_two_stand_two_in_a_row_beside_the_number_at_their_foot() -> None:
    metadata = Metadata(Kind.GONGWEN, name="文件", document_number="云民发〔2026〕12号", signer="张三 李四 王五")
    edition = word(b.Paragraph(t("文")), metadata=metadata)
    number, names = edition.find("//w:tbl")[0].findall(f".//{w('tc')}")
    assert text(number) == "云民发〔2026〕12号"
    assert value(number, "w:tcPr/w:vAlign") == "bottom"
    rows = ["".join(map(text, paragraph.findall(w("r")))) for paragraph in names.findall(w("p"))]
    assert rows == ["签发人：张三\t李四", "\t王五"]
    kai = names.xpath(".//w:r[w:rPr/w:rFonts/@w:eastAsia = '楷体_GB2312']", namespaces=NAMES)
    assert "".join(map(text, kai)) == "张三李四王五"
    places = [int(stop.get(w("pos"))) for stop in names.find(f".//{w('tabs')}")]
    assert places[1] - places[0] == 3 * 320


def test_beside_vertical_lines_stops_count_along_the_line_and_the_colophon_stands_in_the_text() -> None:
    theme = Theme()
    theme = dataclasses.replace(theme, page=dataclasses.replace(theme.page, writing_mode="vertical-rl"))
    metadata = Metadata(name="简报", issuer="办公室", report_to=("甲。",))
    edition = word(b.Paragraph(t("文")), metadata=metadata, theme=theme)
    stop = int(value(edition.style("Issuer"), "w:pPr/w:tabs/w:tab", "pos") or 0)
    assert 12000 < stop < twips(theme.page.height) - twips(theme.page.top) - twips(theme.page.bottom)
    assert edition.find("//w:tblpPr") == []


@pytest.mark.parametrize(
    ("characters", "closing", "tied"),
    [(1, "", True), (80, "", True), (86, "", False), (800, "a1.b2", False), (800, "a1.b1", True)],
)
def test_a_source_line_is_tied_to_what_is_never_parted_and_to_what_ends_near_the_foot_of_its_page(
    characters: int, closing: str, tied: bool
) -> None:
    body = b.Paragraph(t("字" * (characters - 1) + "。"))
    article = Article(title=(t("题目"),), blocks=(body,), source=SourceLine(t("（本刊综合）")))
    pagination = Pagination(closing=frozenset([closing]))
    edition = Word(export(Document(Metadata(), (article,)), Theme(), pagination, {}, None).value)
    (line,) = edition.find("//w:p[w:pPr/w:pStyle/@w:val='SourceLine']")
    assert (line.getprevious().find(w("pPr") + "/" + w("keepNext")) is not None) == tied


def test_a_signature_is_tied_however_long_the_last_paragraph_is() -> None:
    edition = word(b.Paragraph(t("字" * 300)), b.Signature((t("云岭省民政厅"),), t("2026年3月27日")))
    assert edition.paragraph("字字").find(w("pPr") + "/" + w("keepNext")) is not None


def test_code_stands_off_by_a_quarter_of_a_row_and_the_text_goes_on_with_the_next_row() -> None:
    edition = word(b.Paragraph(t("之前")), b.CodeBlock("a\nb"), b.Paragraph(t("之后")))
    before = int(value(edition.paragraph("a"), "w:pPr/w:spacing", "before") or 0)
    after = int(value(edition.paragraph("之后"), "w:pPr/w:spacing", "before") or 0)
    assert before == 579 // 4 <= after
    assert (before + 2 * 16 * 20 + after) % 579 == 0


@pytest.mark.parametrize(("gap", "rows"), [(0.0, 0), (9.0, 0), (12.0, 1), (18.0, 1)])
def test_a_title_stands_two_whole_rows_below_the_masthead_as_in_print(gap: float, rows: int) -> None:
    def place(rule_gap: float) -> int:
        theme = Theme()
        theme = dataclasses.replace(theme, masthead=dataclasses.replace(theme.masthead, rule_gap=rule_gap))
        metadata = Metadata(name="简报", issue="1", issuer="办公室")
        edition = word(metadata=metadata, theme=theme, articles=(Article((t("题目"),), (b.Paragraph(t("文")),)),))
        before = [int(value(p, "w:pPr/w:spacing", "before") or 0) for p in edition.find("//w:p")]
        return sum(before)

    # However far down the rule stands, the title keeps to the rows of the page.
    moved = place(Theme().masthead.rule_gap + gap) - place(Theme().masthead.rule_gap)
    assert moved in (rows * 579, rows * 579 - 1, rows * 579 + 1)
