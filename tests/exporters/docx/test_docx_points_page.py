"""The points of test_docx_points.py that concern the page, its settings, and what stands in and around the text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from word_parts import NAMES, Word, colophon_of, make, text, value, w, whole, word, xml_parts

from converters.exporters.docx.grid import grid_of
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article
from converters.model.metadata import Kind, Metadata
from converters.model.pagination import PageStart, Pagination
from converters.theme.schema import (
    ColophonStyle,
    Composition,
    DocxStyle,
    MastheadStyle,
    PdfStyle,
    Role,
    Theme,
)
from converters.units import twips

# 8 the 22 × 28 page


def test_the_page_holds_22_rows_of_28_hanzi() -> None:
    edition = whole()
    section = edition.section()
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    assert (size.get(w("w")), size.get(w("h"))) == ("11906", "16838")
    assert [margins.get(w(side)) for side in ("top", "bottom", "left", "right")] == ["2098", "1984", "1587", "1474"]
    depth = 16838 - 2098 - 1984
    measure = 11906 - 1587 - 1474
    normal = edition.style("Normal")
    line = int(value(normal, "w:pPr/w:spacing", "line") or 0)
    assert value(normal, "w:pPr/w:spacing", "lineRule") == "exact"
    assert depth // line == 22
    assert line == 579
    advance = 320 + int(value(normal, "w:rPr/w:spacing") or 0)
    assert measure // advance == 28
    assert advance == 314
    # A hair to spare: LibreOffice drops the stop after a line that has none.
    assert measure - 28 * advance >= 28
    grid = section.find(w("docGrid"))
    assert (grid.get(w("type")), grid.get(w("linePitch")), grid.get(w("charSpace"))) == ("lines", "579", None)


def test_an_office_may_want_another_line() -> None:
    edition = word(b.Paragraph((i.Text("文"),)), theme=Theme(docx=DocxStyle(line_twips=560, spacing_twips=-8)))
    assert value(edition.style("Normal"), "w:pPr/w:spacing", "line") == "560"
    assert value(edition.style("Normal"), "w:rPr/w:spacing") == "-8"
    assert value(edition.section(), "w:docGrid", "linePitch") == "560"


# 9 exact lines


def test_an_exact_line_never_cuts_what_stands_on_it() -> None:
    for style in whole().styles.xpath("//w:style[w:pPr/w:spacing/@w:lineRule='exact']", namespaces=NAMES):
        line = int(value(style, "w:pPr/w:spacing", "line") or 0)
        size = int(value(style, "w:rPr/w:sz") or 0) * 10
        assert line >= 1.29 * size or style.get(w("styleId")) == "RedRule"


@pytest.mark.parametrize("identifier", ["Heading1", "TableText", "TableHead", "Caption", "FootnoteText", "Picture"])
def test_titles_cells_pictures_and_small_type_have_no_exact_line(identifier: str) -> None:
    assert value(whole().style(identifier), "w:pPr/w:spacing", "lineRule") != "exact"
    assert value(whole().style(identifier), "w:pPr/w:snapToGrid") == "0"


def test_a_style_that_is_taller_than_the_row_has_no_exact_line_even_where_the_sheet_gives_it_none() -> None:
    theme = Theme()
    title = replace(theme.styles.title, size=22, leading=0)
    sheet = replace(theme, styles=replace(theme.styles, title=title))
    assert value(word(theme=sheet).style("Heading1"), "w:pPr/w:spacing", "lineRule") == "atLeast"


def test_a_paragraph_with_a_picture_takes_back_the_exact_line() -> None:
    paragraph = whole().paragraph("普通，")
    assert paragraph.find(f".//{w('drawing')}") is not None
    assert value(paragraph, "w:pPr/w:spacing", "lineRule") == "auto"
    assert value(paragraph, "w:pPr/w:snapToGrid") == "0"


def test_the_grid_of_a_table_says_the_real_widths() -> None:
    for table in whole().find("//w:tbl"):
        columns = [int(column.get(w("w"))) for column in table.find(w("tblGrid"))]
        assert sum(columns) == int(value(table, "w:tblPr/w:tblW", "w") or 0) <= grid_of(Theme(), "zh-Hans").measure
        for row in table.findall(w("tr")):
            assert sum(int(value(cell, "w:tcPr/w:tcW", "w") or 0) for cell in row.findall(w("tc"))) == sum(columns)


# 10 settings


def test_the_settings_are_those_of_a_duplex_chinese_document() -> None:
    settings = whole().settings
    assert settings.find(w("mirrorMargins")) is not None
    assert value(settings, "w:characterSpacingControl") == "compressPunctuation"
    assert value(settings, "w:compat/w:compatSetting[@w:name='compatibilityMode']") == "15"
    assert settings.find(f"{w('compat')}/{w('doNotExpandShiftReturn')}") is not None
    language = whole().styles.find(f".//{w('lang')}")
    assert (language.get(w("val")), language.get(w("eastAsia"))) == ("en-US", "zh-CN")


@pytest.mark.parametrize(
    ("lang", "tag"), [("zh-Hant", "zh-TW"), ("zh-HK", "zh-HK"), ("ja", "ja-JP"), ("ko", "ko-KR"), ("en", "zh-CN")]
)
def test_the_language_is_the_documents(lang: str, tag: str) -> None:
    edition = word(b.Paragraph((i.Text("文"),)), metadata=Metadata(lang=lang))
    assert edition.styles.find(f".//{w('lang')}").get(w("eastAsia")) == tag
    assert value(edition.settings, "w:themeFontLang", "eastAsia") == tag


def test_line_breaking_follows_the_style_sheet() -> None:
    normal = whole().style("Normal").find(w("pPr"))
    assert value(normal, "w:kinsoku") is None
    assert normal.find(w("kinsoku")) is not None
    assert value(normal, "w:overflowPunct") == "0"
    assert normal.find(w("autoSpaceDE")).get(w("val")) is None
    assert normal.find(w("widowControl")).get(w("val")) is None
    loose = Composition(hanging=True, gap_em=0, digit_gap_em=0, level="none", widows=1, orphans=1)
    edition = word(b.Paragraph((i.Text("文"),)), theme=Theme(text=loose))
    normal = edition.style("Normal").find(w("pPr"))
    assert [value(normal, f"w:{name}") for name in ("kinsoku", "autoSpaceDE", "autoSpaceDN", "widowControl")] == [
        "0"
    ] * 4
    assert normal.find(w("overflowPunct")).get(w("val")) is None
    assert value(edition.settings, "w:characterSpacingControl") == "doNotCompress"


# 11 the colophon


def test_the_colophon_floats_at_the_foot_of_the_type_area() -> None:
    table = colophon_of(whole())
    place = table.find(f"{w('tblPr')}/{w('tblpPr')}")
    assert (place.get(w("vertAnchor")), place.get(w("tblpYSpec"))) == ("margin", "bottom")
    # LibreOffice lets a table as wide as the text float only where its place across is told from the paper's edge.
    assert (place.get(w("horzAnchor")), place.get(w("tblpX"))) == ("page", "1587")
    following = table.getnext()
    assert following.tag == w("p")
    assert value(following, "w:pPr/w:spacing", "line") == "20"


def test_the_colophon_on_the_back_of_a_leaf_stands_at_the_outer_margin() -> None:
    for count, duplex, left in ((5, True, "1587"), (6, True, "1474"), (6, False, "1587")):
        theme = Theme(page=replace(Theme().page, duplex=duplex))
        edition = word(
            b.Paragraph((i.Text("文"),)),
            theme=theme, metadata=Metadata(name="简报", report_to=("甲。",)), pagination=Pagination(page_count=count),
        )  # fmt: skip
        assert value(colophon_of(edition), "w:tblPr/w:tblpPr", "tblpX") == left


def test_text_stands_in_the_middle_of_a_colophons_rows() -> None:
    rows = colophon_of(whole()).findall(w("tr"))
    look = Theme().styles.colophon
    raised = twips((look.leading - 1.3 * look.size) / 2)
    lines = [value(row, ".//w:pPr/w:spacing", "line") for row in rows]
    assert lines == [str(twips(look.leading) - raised), None, None, str(twips(look.leading) - raised)]
    assert [value(row, ".//w:tcMar/w:bottom", "w") for row in rows] == [None, None, str(raised), str(raised)]


def test_a_bulletins_rules_frame_the_recipients() -> None:
    rows = colophon_of(whole()).findall(w("tr"))
    assert [text(row) for row in rows] == [
        "报：云岭省委办公厅、省政府办公厅。", "送：省直有关部门。",
        "发：各市（州）民政局，各县（市、区）民政局，厅机关有关处室、直属各单位。", "编辑：张三　审核：李四共印100份",
    ]  # fmt: skip
    tops = [value(row, ".//w:tcBorders/w:top", "sz") for row in rows]
    assert tops == ["8", None, None, "8"]
    assert [value(row, ".//w:tcBorders/w:bottom", "sz") for row in rows] == [None] * 4


def test_an_official_documents_rules_are_thick_thin_thick() -> None:
    metadata = Metadata(Kind.GONGWEN, name="文件", send_to=("甲、乙。",), printed_by="办公室")
    rows = colophon_of(word(b.Paragraph((i.Text("文"),)), metadata=metadata)).findall(w("tr"))
    assert [value(row, ".//w:tcBorders/w:top", "sz") for row in rows] == ["8", "6"]
    assert value(rows[-1], ".//w:tcBorders/w:bottom", "sz") == "8"


def test_a_colophon_too_tall_for_the_page_stands_in_the_text() -> None:
    metadata = Metadata(name="简报", report_to=("云岭省委办公厅、" * 300,))
    table = colophon_of(word(b.Paragraph((i.Text("文"),)), metadata=metadata))
    assert table.find(f"{w('tblPr')}/{w('tblpPr')}") is None


def test_a_colophon_does_not_float_over_the_notes_of_its_page() -> None:
    note = i.Note("甲", (b.Paragraph((i.Text("注文。"),)),))
    metadata = Metadata(name="简报", report_to=("甲。",))
    blocks = (b.Paragraph((i.Text("前"), note)), b.Paragraph((i.Text("后"),)))
    for last, floats in (("a1.b1", False), ("a1.b2", True)):
        pagination = Pagination(starts=(PageStart("1", last),), page_count=1)
        table = colophon_of(word(*blocks, metadata=metadata, pagination=pagination))
        assert (table.find(f"{w('tblPr')}/{w('tblpPr')}") is not None) is floats


def test_a_style_sheet_without_rules_has_none() -> None:
    theme = Theme(colophon=ColophonStyle(rule_thick=0, rule_thin=0), masthead=MastheadStyle(rule_thickness=0))
    edition = word(b.Paragraph((i.Text("文"),)), theme=theme, metadata=Metadata(name="简报", report_to=("甲。",)))
    assert edition.find("//w:tcBorders/*") == []
    assert edition.find("//w:pStyle[@w:val='RedRule']") == []
    assert edition.style("RedRule").find(f".//{w('pBdr')}") is None


def test_the_rows_of_a_colophon_stay_together() -> None:
    rows = colophon_of(whole()).findall(w("tr"))
    assert [row.find(f".//{w('keepNext')}") is not None for row in rows] == [True, True, True, False]


def test_a_plain_paragraph_parts_the_colophon_from_a_table_before_it() -> None:
    table = b.Table((b.Column(),), (b.Row((b.Cell((i.Text("甲"),)),)),), 0)
    edition = word(table, metadata=Metadata(name="简报", report_to=("甲。",)))
    assert [child.tag for child in edition.find("/w:document/w:body/*")][-5:] == [
        w("tbl"), w("p"), w("tbl"), w("p"), w("sectPr"),
    ]  # fmt: skip


# 12 the signature


def test_a_signature_keeps_with_what_stands_before_it() -> None:
    edition = word(
        b.Paragraph((i.Text("末段。"),)),
        b.Signature(((i.Text("云岭省民政厅"),), (i.Text("云岭省财政厅"),)), (i.Text("2026年3月6日"),)),
    )
    assert edition.paragraph("末段").find(f"{w('pPr')}/{w('keepNext')}") is not None
    organ = edition.paragraph("云岭省民政厅")
    assert value(organ, "w:pPr/w:pStyle") == "IssuingOrgan"
    assert edition.style("IssuingOrgan").find(f"{w('pPr')}/{w('keepNext')}").get(w("val")) is None


def test_the_date_keeps_with_the_remark_below_it() -> None:
    for remark in ((), (i.Text("（此件公开发布）"),)):
        edition = word(b.Signature(((i.Text("云岭省民政厅"),),), (i.Text("2026年3月6日"),), remark))
        assert (edition.paragraph("2026年").find(f"{w('pPr')}/{w('keepNext')}") is not None) == bool(remark)


def _rights(sealed: bool, date: str) -> list[str | None]:
    edition = word(b.Signature(((i.Text("云岭省民政厅"),),), (i.Text(date),), sealed=sealed))
    return [value(edition.paragraph(line), "w:pPr/w:ind", "rightChars") for line in ("云岭", date)]


def test_with_a_seal_the_organ_stands_centred_over_a_date_four_hanzi_from_the_right() -> None:
    assert _rights(True, "2026年3月6日") == ["400", "400"]
    assert _rights(True, "2026年12月16日") == ["450", "400"]


def test_without_a_seal_the_date_begins_two_hanzi_to_the_right_of_the_organ() -> None:
    assert _rights(False, "2026年3月6日") == ["200", "0"]
    assert _rights(False, "2026年12月16日") == ["500", "200"]


# 13 no synthetic bold


def test_strong_is_heiti_and_no_style_of_chinese_faces_is_bold() -> None:
    strong = whole().style("Strong")
    assert value(strong, "w:rPr/w:rFonts", "eastAsia") == "黑体"
    for element in whole().styles.findall(f".//{w('b')}"):
        assert element.get(w("val")) == "0"
    for style in whole().styles.xpath("//w:style[@w:type='paragraph']", namespaces=NAMES):
        # Said, since programs that know a built-in style as bold would have it so.
        assert value(style, "w:rPr/w:b") == "0", style.get(w("styleId"))


def test_only_runs_without_hanzi_are_bold_or_leaning() -> None:
    bold = [text(run) for run in whole().find("//w:r[w:rPr/w:b or w:rPr/w:i]")]
    assert bold == ["three minutes", "leaning"]


# 14 faces of the standard


def test_the_standards_own_faces_are_named_with_their_substitutes() -> None:
    part = whole().part("word/fontTable.xml")
    for name in ("仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体", "Times New Roman"):
        found = part.xpath(f"w:font[@w:name='{name}']", namespaces=NAMES)
        assert len(found) == 1, name
        assert value(found[0], "w:altName")
        assert re.fullmatch("[0-9A-F]{20}", value(found[0], "w:panose1") or "")
    named = {
        element.get(w(slot))
        for _, xml in xml_parts(whole())
        for element in xml.iter(w("rFonts"))
        for slot in ("ascii", "hAnsi", "eastAsia", "cs")
    }
    known = {font.get(w("name")) for font in part}
    assert named - {None} <= known


def test_a_language_has_faces_of_its_own() -> None:
    edition = word(b.Paragraph((i.Text("文"),)), metadata=Metadata(lang="ja"))
    assert value(edition.style("Normal"), "w:rPr/w:rFonts", "eastAsia") == Theme().face_names(Role.FANGSONG, "ja")[0]


# 15 lists


def test_each_list_has_a_number_of_its_own_that_starts_where_it_should() -> None:
    edition = whole()
    numbers = [value(p, "w:pPr/w:numPr/w:numId") for p in edition.find("//w:p[w:pPr/w:numPr]")]
    assert numbers == ["1", "1", "2", "3", "4", "5"]
    part = edition.part("word/numbering.xml")
    starts = part.xpath("w:num[@w:numId='1']//w:startOverride/@w:val", namespaces=NAMES)
    assert starts == ["3"]
    assert part.xpath("w:num[@w:numId='5']//w:startOverride/@w:val", namespaces=NAMES) == ["1"]
    forms = part.xpath("w:abstractNum/w:lvl[@w:ilvl='0']/w:lvlText/@w:val", namespaces=NAMES)
    assert forms == ["%1.", "•", "☑", "☐", "%1)"]


def test_typed_chinese_numbers_stay_text() -> None:
    paragraph = whole().paragraph("一、健全服务网络")
    assert paragraph.find(f"{w('pPr')}/{w('numPr')}") is None


# 16 nothing lost beside the text


def test_a_line_with_everything_keeps_note_link_picture_and_text() -> None:
    paragraph = whole().paragraph("普通，")
    for name in ("footnoteReference", "hyperlink", "drawing", "ruby", "br"):
        assert paragraph.find(f".//{w(name)}") is not None, name


def test_notes_are_footnotes_in_a_part_of_their_own() -> None:
    edition = whole()
    notes = edition.part("word/footnotes.xml")
    kinds = [note.get(w("type")) for note in notes]
    assert kinds[:2] == ["separator", "continuationSeparator"]
    assert [text(note) for note in notes[2:]] == ["注文“一”。注文第二段。", "题注。"]
    assert [reference.get(w("id")) for reference in edition.find("//w:footnoteReference")] == ["1", "2"]
    assert notes[2].find(f".//{w('footnoteRef')}") is not None
    assert value(notes[2][0], "w:pPr/w:pStyle") == "FootnoteText"
    assert value(notes[2].find(w("p")), "w:r[w:footnoteRef]/w:rPr/w:vertAlign") == "baseline"
    assert value(edition.style("FootnoteText"), "w:pPr/w:ind", "firstLineChars") == "200"


def test_notes_are_counted_in_circles_in_chinese_and_in_figures_in_english() -> None:
    for lang, form in (("zh-Hans", "decimalEnclosedCircleChinese"), ("en", "decimal")):
        note = i.Note("1", (b.Paragraph((i.Text("注"),)),))
        edition = word(b.Paragraph((i.Text("文"), note)), metadata=Metadata(lang=lang))
        assert value(edition.section(), "w:footnotePr/w:numFmt") == form


def test_a_note_called_again_refers_to_its_number() -> None:
    edition = whole()
    fields = [element.text for element in edition.find("//w:instrText[contains(., 'NOTEREF')]")]
    assert fields == [" NOTEREF _RefNote2 \\f \\h "]
    (start,) = edition.find("//w:bookmarkStart[@w:name='_RefNote2']")
    assert start.getnext().find(w("footnoteReference")).get(w("id")) == "2"


def test_an_article_that_begins_a_page_does_so_by_its_own_property() -> None:
    articles = (Article(title=((i.Text("甲"),),)), Article(title=((i.Text("乙"),),)))
    metadata = Metadata(article_break="page")
    edition = Word(make(metadata=metadata, articles=articles, pagination=Pagination()).value)
    assert edition.paragraph("甲").find(f".//{w('pageBreakBefore')}") is None
    assert edition.paragraph("乙").find(f".//{w('pageBreakBefore')}") is not None


def test_a_running_head_stands_on_every_page_but_the_first() -> None:
    theme = Theme(pdf=PdfStyle(running_head="{name} · {title}"))
    metadata = Metadata(name="民政简报", title="第一期")
    edition = word(b.Paragraph((i.Text("文"),)), theme=theme, metadata=metadata)
    section = edition.section()
    assert section.xpath("w:headerReference/@w:type", namespaces=NAMES) == ["default", "even"]
    assert section.xpath("w:footerReference/@w:type", namespaces=NAMES) == ["default", "even", "first"]
    assert section.find(w("titlePg")) is not None
    assert text(edition.part("word/header1.xml")) == "民政简报 · 第一期"
    assert text(edition.part("word/footer3.xml")) == "— 1 —"
