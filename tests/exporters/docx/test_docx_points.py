"""One test for each thing that goes wrong in Word files that programs write; each looks at the XML."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from word_parts import NAMES, Word, in_order, make, names, tags, text, value, w, whole, word, xml_parts

import everything
from converters.exporters.docx import export
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
    DraftStyle,
    MastheadStyle,
    PageNumberStyle,
    PdfStyle,
    Role,
    Theme,
)
from converters.units import twips

P_ORDER = names(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
R_ORDER = names(
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath"
)
SECTION_ORDER = names(
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols "
    "formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
)
SETTINGS_ORDER = names(
    "zoom mirrorMargins bordersDoNotSurroundHeader bordersDoNotSurroundFooter defaultTabStop evenAndOddHeaders "
    "drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery "
    "characterSpacingControl footnotePr compat themeFontLang clrSchemeMapping decimalSymbol listSeparator docId"
)


# 1 faces


def test_all_four_slots_of_every_style_and_of_the_defaults_name_a_face() -> None:
    fonts = whole().styles.findall(f".//{w('rFonts')}")
    assert len(fonts) > 60
    for element in fonts:
        assert all(element.get(w(slot)) for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    for style in whole().styles.xpath("//w:style[@w:type='paragraph']", namespaces=NAMES):
        assert style.find(f"{w('rPr')}/{w('rFonts')}") is not None, style.get(w("styleId"))
    assert whole().styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('rFonts')}") is not None


def test_titles_and_heads_draw_their_own_letters_and_digits_and_the_body_those_of_the_latin_face() -> None:
    for identifier, face in (
        ("Title", "方正小标宋简体"), ("Heading1", "方正小标宋简体"), ("Heading2", "黑体"),
        ("Normal", "Times New Roman"), ("EditorNote", "Times New Roman"),
    ):  # fmt: skip
        assert value(whole().style(identifier), "w:rPr/w:rFonts", "ascii") == face


def test_no_part_names_a_font_of_the_theme() -> None:
    for name, part in xml_parts(whole()):
        for element in part.iter():
            assert not [key for key in element.attrib if key.endswith("Theme")], name


def test_the_themes_own_fonts_are_those_of_title_and_body() -> None:
    part = whole().part("word/theme/theme1.xml")
    faces = part.xpath("//a:majorFont/a:ea/@typeface | //a:minorFont/a:ea/@typeface", namespaces=NAMES)
    assert faces == ["方正小标宋简体", "仿宋_GB2312"]
    assert set(part.xpath("//a:latin/@typeface", namespaces=NAMES)) == {"Times New Roman"}


# 2 hints


def test_quotes_dashes_and_ellipses_beside_hanzi_are_hinted_as_chinese() -> None:
    paragraph = whole().paragraph("近日，青浦河市")
    runs = [run for run in paragraph.findall(w("r")) if re.search("[“”…—]", text(run))]
    assert runs
    assert all(value(run, "w:rPr/w:rFonts", "hint") == "eastAsia" for run in runs)


def test_quotes_around_english_are_not_hinted() -> None:
    edition = word(b.Paragraph((i.Text("“Distance is a habit,” one speaker said. 距离只是一种“习惯”。"),)))
    hinted = [text(run) for run in edition.find("//w:r[w:rPr/w:rFonts/@w:hint]")]
    assert hinted == ["“", "”"]
    paragraph = edition.paragraph("“Distance")
    assert text(paragraph.findall(w("r"))[0]).startswith("“Distance")


# 3 indents


def test_the_first_line_is_indented_in_characters_and_in_twips() -> None:
    indent = whole().style("Normal").find(f"{w('pPr')}/{w('ind')}")
    assert indent.get(w("firstLineChars")) == "200"
    assert indent.get(w("firstLine")) == "628"


def test_every_style_clears_what_normal_indents() -> None:
    for style in whole().styles.xpath("//w:style[@w:type='paragraph']", namespaces=NAMES):
        indent = style.find(f"{w('pPr')}/{w('ind')}")
        assert indent is not None, style.get(w("styleId"))
        for name in ("leftChars", "left", "rightChars", "right", "firstLineChars"):
            assert indent.get(w(name)) is not None, (style.get(w("styleId")), name)
        assert indent.get(w("firstLine")) is not None or indent.get(w("hanging")) is not None


# 4 order


def test_children_stand_in_the_order_of_the_schema() -> None:
    edition = whole()
    for name, part in xml_parts(edition):
        for element in part.iter(w("pPr")):
            assert in_order(element, P_ORDER), (name, tags(element))
        for element in part.iter(w("rPr")):
            assert in_order(element, R_ORDER), (name, tags(element))
        for element in part.iter(w("sectPr")):
            assert in_order(element, SECTION_ORDER), (name, tags(element))
    assert in_order(edition.settings, SETTINGS_ORDER)


def test_children_that_seldom_meet_stand_in_order_too() -> None:
    theme = Theme(page_number=PageNumberStyle(first_page=False))
    theme = replace(theme, page=replace(theme.page, writing_mode="vertical-rl"))
    line = (i.Strike((i.Superscript((i.Strong((i.Dots((i.Emphasis((i.Text("x"),)),)),)),)),)),)
    edition = word(b.Paragraph(line), theme=theme)
    (properties,) = [part for part in edition.find("//w:r/w:rPr") if part.find(w("strike")) is not None]
    assert len(tags(properties)) >= 7
    assert in_order(properties, R_ORDER)
    assert {"titlePg", "textDirection", "docGrid"} <= set(tags(edition.section()))
    assert in_order(edition.section(), SECTION_ORDER)


# 5 built-in styles


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ("Normal", "Normal"), ("Title", "Title"), ("Subtitle", "Subtitle"), ("Heading1", "heading 1"),
        ("Heading4", "heading 4"), ("Heading9", "heading 9"), ("TOC1", "toc 1"), ("TOC3", "toc 3"),
        ("TOCHeading", "TOC Heading"), ("FootnoteText", "footnote text"), ("FootnoteReference", "footnote reference"),
        ("ListNumber", "List Number"), ("ListBullet2", "List Bullet 2"), ("Quote", "Quote"), ("Caption", "caption"),
        ("Strong", "Strong"), ("Emphasis", "Emphasis"), ("Hyperlink", "Hyperlink"), ("Header", "header"),
        ("Footer", "footer"), ("HTMLPreformatted", "HTML Preformatted"), ("TableGrid", "Table Grid"),
    ],
)  # fmt: skip
def test_a_built_in_style_is_overridden_under_its_own_name(identifier: str, name: str) -> None:
    style = whole().style(identifier)
    assert value(style, "w:name") == name
    assert style.get(w("customStyle")) is None


def test_styles_that_word_lacks_have_chinese_names_and_no_name_comes_twice() -> None:
    found = [element.get(w("val")) for element in whole().styles.findall(f"{w('style')}/{w('name')}")]
    assert len(found) == len(set(found))
    for style in whole().styles.xpath("//w:style[@w:customStyle]", namespaces=NAMES):
        assert re.search("[\u4e00-\u9fff]", value(style, "w:name") or "")


def test_headings_and_only_they_have_outline_levels() -> None:
    levels = {
        style.get(w("styleId")): value(style, "w:pPr/w:outlineLvl")
        for style in whole().styles.xpath("//w:style[w:pPr/w:outlineLvl]", namespaces=NAMES)
    }
    assert levels == {f"Heading{n}": str(n - 1) for n in range(1, 10)}


def test_an_article_is_a_heading_1_and_its_first_heading_a_heading_2() -> None:
    titles = [text(title) for title in whole().find("//w:p[w:pPr/w:pStyle/@w:val='Heading1']")]
    assert titles == ["第一篇文章\n“回头看”工作", "第二篇", "社区养老服务设施建设标准"]
    assert value(whole().paragraph("一、健全"), "w:pPr/w:pStyle") == "Heading2"
    assert value(whole().paragraph("①小目"), "w:pPr/w:pStyle") == "Heading6"


def test_body_paragraphs_are_plain_normal_so_that_changing_it_changes_them_all() -> None:
    assert whole().paragraph("会议指出").find(w("pPr")) is None


# 6 contents


def _contents(edition: Word) -> list[object]:
    return edition.find("//w:p[w:pPr/w:pStyle/@w:val='TOC1']")


def test_the_contents_are_a_field_whose_result_is_there() -> None:
    edition = whole()
    entries = _contents(edition)
    assert [text(entry) for entry in entries] == [
        "第一篇文章“回头看”工作\t1", "第二篇\t4", "社区养老服务设施建设标准\t5",
    ]  # fmt: skip
    field = [
        child.get(w("fldCharType")) or (child.text or "").strip()
        for entry in entries
        for child in entry.iter(w("fldChar"), w("instrText"))  # type: ignore[attr-defined]
    ]
    assert field[:3] == ["begin", 'TOC \\o "1-1" \\h \\z \\u', "separate"]
    assert field[-1] == "end"
    assert field.count("begin") == field.count("separate") == field.count("end") == 4


def test_each_entry_points_to_a_bookmark_around_its_title() -> None:
    edition = whole()
    for entry, title in zip(_contents(edition), ("第一篇文章", "第二篇", "社区养老"), strict=True):
        anchor = entry.find(w("hyperlink")).get(w("anchor"))  # type: ignore[attr-defined]
        assert f" PAGEREF {anchor} \\h " in [x.text for x in entry.iter(w("instrText"))]  # type: ignore[attr-defined]
        start = edition.find(f"//w:bookmarkStart[@w:name='{anchor}']")
        assert len(start) == 1
        assert text(start[0].getparent()).startswith(title)


def test_nothing_asks_word_to_update_fields_when_it_opens_the_file() -> None:
    assert whole().settings.find(w("updateFields")) is None


def test_there_are_no_contents_unless_the_print_edition_has_them() -> None:
    document = everything.document()
    edition = Word(export(document, Theme(), replace(everything.pagination(), contents=False), {}, None).value)
    assert _contents(edition) == []


def test_a_long_title_turns_in_the_contents_only_where_its_lines_do_not_fit_together() -> None:
    lines = ("第一期青海省西宁市民政局：", "夯实城乡社区基层基础", "高效推动主题教育落实落地见效")
    articles = (Article(title=((i.Text("".join(lines)),),)),)
    pagination = Pagination({"a1": "1"}, contents=True, title_lines={"a1": lines})
    (entry,) = _contents(Word(make(articles=articles, metadata=Metadata(name="简报"), pagination=pagination).value))
    assert text(entry) == f"{lines[0]}{lines[1]}\n{lines[2]}\t1"


# 7 page numbers


def test_odd_and_even_pages_have_footers_with_a_whole_page_field() -> None:
    edition = whole()
    kinds = edition.section().xpath("w:footerReference/@w:type", namespaces=NAMES)
    assert kinds == ["default", "even"]
    sides = []
    for number in (1, 2):
        part = edition.part(f"word/footer{number}.xml")
        field = [
            child.get(w("fldCharType")) or (child.text or "").strip()
            for child in part.iter(w("fldChar"), w("instrText"), w("t"))
        ]
        assert field == ["—", "begin", "PAGE", "separate", "1", "end", "—"]
        dashes = [run for run in part.iter(w("r")) if "—" in text(run)]
        assert [value(run, "w:rPr/w:rFonts", "hint") for run in dashes] == ["eastAsia"] * 2
        sides.append(value(part, "//w:jc"))
    assert sides == ["right", "left"]
    assert edition.settings.find(w("evenAndOddHeaders")) is not None


def test_a_page_number_in_the_middle_needs_no_even_footer() -> None:
    theme = Theme(page_number=PageNumberStyle(position="center"))
    edition = word(b.Paragraph((i.Text("文"),)), theme=theme)
    assert edition.section().xpath("w:footerReference/@w:type", namespaces=NAMES) == ["default"]
    assert edition.settings.find(w("evenAndOddHeaders")) is None
    assert value(edition.part("word/footer1.xml"), "//w:jc") == "center"


def test_page_one_may_go_without_a_number() -> None:
    edition = word(b.Paragraph((i.Text("文"),)), theme=Theme(page_number=PageNumberStyle(first_page=False)))
    assert edition.section().find(w("titlePg")) is not None
    assert "first" in edition.section().xpath("w:footerReference/@w:type", namespaces=NAMES)


def test_a_draft_says_so_on_every_page() -> None:
    for form in ("label", "watermark"):
        theme = Theme(draft=DraftStyle(form=form), page_number=PageNumberStyle(first_page=False))
        edition = word(b.Paragraph((i.Text("文"),)), theme=theme, metadata=Metadata(draft="送审稿"))
        kinds = edition.section().xpath("w:headerReference/@w:type", namespaces=NAMES)
        assert kinds == ["default", "even", "first"]
        for number in (1, 2, 3):
            part = edition.part(f"word/header{number}.xml")
            art = part.xpath("//*[local-name() = 'textpath']/@string")
            assert (text(part), art) == (("送审稿", []) if form == "label" else ("", ["送审稿"]))
    assert word(b.Paragraph((i.Text("文"),))).section().find(w("headerReference")) is None


def test_every_section_repeats_the_footers() -> None:
    theme = Theme()
    theme = replace(theme, page=replace(theme.page, columns=2))
    document = everything.document()
    edition = Word(export(document, theme, everything.pagination(), everything.PICTURES, None).value)
    sections = edition.find("//w:sectPr")
    assert all(section.xpath("count(w:footerReference)", namespaces=NAMES) == 2 for section in sections)
    # Front and first title; its columns; second title; its columns; the attachment's; its columns; the colophon.
    assert [value(part, "w:cols", "num") for part in sections] == [None, "2", None, "2", None, "2", None]
    assert [value(part, "w:type") for part in sections] == [None, *["continuous"] * 3, "nextPage", *["continuous"] * 2]


def test_titles_contents_and_colophon_stand_across_the_columns() -> None:
    theme = Theme()
    theme = replace(theme, page=replace(theme.page, columns=2))
    document = everything.document()
    edition = Word(export(document, theme, everything.pagination(), everything.PICTURES, None).value)
    grid = grid_of(theme, "zh-Hans")
    assert int(value(_colophon(edition), "w:tblPr/w:tblW", "w") or 0) == grid.measure
    assert int(value(edition.style("TOC1"), "w:pPr/w:tabs/w:tab", "pos") or 0) > grid.text_measure
    inner = edition.find("//w:tbl[w:tblPr/w:tblStyle]")[0]
    assert int(value(inner, "w:tblPr/w:tblW", "w") or 0) == grid.text_measure


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


def test_a_paragraph_with_a_picture_takes_back_the_exact_line() -> None:
    paragraph = whole().paragraph("普通，")
    assert paragraph.find(f".//{w('drawing')}") is not None
    assert value(paragraph, "w:pPr/w:spacing", "lineRule") == "auto"


def test_the_grid_of_a_table_says_the_real_widths() -> None:
    for table in whole().find("//w:tbl"):
        columns = [int(column.get(w("w"))) for column in table.find(w("tblGrid"))]
        assert sum(columns) == int(value(table, "w:tblPr/w:tblW", "w") or 0) == grid_of(Theme(), "zh-Hans").measure
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


def _colophon(edition: Word) -> object:
    return edition.find("//w:tbl[.//w:pStyle/@w:val='Colophon']")[0]


def test_the_colophon_floats_at_the_foot_of_the_type_area() -> None:
    table = _colophon(whole())
    place = table.find(f"{w('tblPr')}/{w('tblpPr')}")  # type: ignore[attr-defined]
    assert (place.get(w("vertAnchor")), place.get(w("tblpYSpec"))) == ("margin", "bottom")
    # LibreOffice lets a table as wide as the text float only where its place across is told from the paper's edge.
    assert (place.get(w("horzAnchor")), place.get(w("tblpX"))) == ("page", "1587")
    following = table.getnext()  # type: ignore[attr-defined]
    assert following.tag == w("p")
    assert value(following, "w:pPr/w:spacing", "line") == "20"


def test_the_colophon_on_the_back_of_a_leaf_stands_at_the_outer_margin() -> None:
    for count, duplex, left in ((5, True, "1587"), (6, True, "1474"), (6, False, "1587")):
        theme = Theme(page=replace(Theme().page, duplex=duplex))
        edition = word(
            b.Paragraph((i.Text("文"),)),
            theme=theme, metadata=Metadata(name="简报", report_to=("甲。",)), pagination=Pagination(page_count=count),
        )  # fmt: skip
        assert value(_colophon(edition), "w:tblPr/w:tblpPr", "tblpX") == left


def test_text_stands_in_the_middle_of_a_colophons_rows() -> None:
    rows = _colophon(whole()).findall(w("tr"))  # type: ignore[attr-defined]
    look = Theme().styles.colophon
    raised = twips((look.leading - 1.3 * look.size) / 2)
    lines = [value(row, ".//w:pPr/w:spacing", "line") for row in rows]
    assert lines == [str(twips(look.leading) - raised), None, None, str(twips(look.leading) - raised)]
    assert [value(row, ".//w:tcMar/w:bottom", "w") for row in rows] == [None, None, str(raised), str(raised)]


def test_a_bulletins_rules_frame_the_recipients() -> None:
    rows = _colophon(whole()).findall(w("tr"))  # type: ignore[attr-defined]
    assert [text(row) for row in rows] == [
        "报：云岭省委办公厅、省政府办公厅。", "送：省直有关部门。",
        "发：各市（州）民政局，各县（市、区）民政局，厅机关有关处室、直属各单位。", "编辑：张三　审核：李四共印100份",
    ]  # fmt: skip
    tops = [value(row, ".//w:tcBorders/w:top", "sz") for row in rows]
    assert tops == ["8", None, None, "8"]
    assert [value(row, ".//w:tcBorders/w:bottom", "sz") for row in rows] == [None] * 4


def test_an_official_documents_rules_are_thick_thin_thick() -> None:
    metadata = Metadata(Kind.GONGWEN, name="文件", send_to=("甲、乙。",), printed_by="办公室")
    rows = _colophon(word(b.Paragraph((i.Text("文"),)), metadata=metadata)).findall(w("tr"))  # type: ignore[attr-defined]
    assert [value(row, ".//w:tcBorders/w:top", "sz") for row in rows] == ["8", "6"]
    assert value(rows[-1], ".//w:tcBorders/w:bottom", "sz") == "8"


def test_a_colophon_too_tall_for_the_page_stands_in_the_text() -> None:
    metadata = Metadata(name="简报", report_to=("云岭省委办公厅、" * 300,))
    table = _colophon(word(b.Paragraph((i.Text("文"),)), metadata=metadata))
    assert table.find(f"{w('tblPr')}/{w('tblpPr')}") is None  # type: ignore[attr-defined]


def test_a_colophon_does_not_float_over_the_notes_of_its_page() -> None:
    note = i.Note("甲", (b.Paragraph((i.Text("注文。"),)),))
    metadata = Metadata(name="简报", report_to=("甲。",))
    blocks = (b.Paragraph((i.Text("前"), note)), b.Paragraph((i.Text("后"),)))
    for last, floats in (("a1.b1", False), ("a1.b2", True)):
        pagination = Pagination(starts=(PageStart("1", last),), page_count=1)
        table = _colophon(word(*blocks, metadata=metadata, pagination=pagination))
        assert (table.find(f"{w('tblPr')}/{w('tblpPr')}") is not None) is floats  # type: ignore[attr-defined]


def test_a_style_sheet_without_rules_has_none() -> None:
    theme = Theme(colophon=ColophonStyle(rule_thick=0, rule_thin=0), masthead=MastheadStyle(rule_thickness=0))
    edition = word(b.Paragraph((i.Text("文"),)), theme=theme, metadata=Metadata(name="简报", report_to=("甲。",)))
    assert edition.find("//w:tcBorders/*") == []
    assert edition.find("//w:pStyle[@w:val='RedRule']") == []
    assert edition.style("RedRule").find(f".//{w('pBdr')}") is None


def test_the_rows_of_a_colophon_stay_together() -> None:
    rows = _colophon(whole()).findall(w("tr"))  # type: ignore[attr-defined]
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
