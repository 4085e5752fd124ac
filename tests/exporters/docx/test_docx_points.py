"""One test for each thing that goes wrong in Word files that programs write; each looks at the XML."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from word_parts import NAMES, Word, colophon_of, in_order, make, names, tags, text, value, w, whole, word, xml_parts

import everything
from converters.exporters.docx import export
from converters.exporters.docx.grid import grid_of
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article
from converters.model.metadata import Metadata
from converters.model.pagination import Pagination
from converters.theme.schema import (
    DraftStyle,
    PageNumberStyle,
    Theme,
)

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
    # What Word takes for hanzi where the theme is asked in Chinese.
    assert part.xpath("//a:font[@script='Hans']/@typeface", namespaces=NAMES) == faces
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
        for child in entry.iter(w("fldChar"), w("instrText"))
    ]
    assert field[:3] == ["begin", 'TOC \\o "1-1" \\h \\z \\u', "separate"]
    assert field[-1] == "end"
    assert field.count("begin") == field.count("separate") == field.count("end") == 4


def test_each_entry_points_to_a_bookmark_around_its_title() -> None:
    edition = whole()
    for entry, title in zip(_contents(edition), ("第一篇文章", "第二篇", "社区养老"), strict=True):
        anchor = entry.find(w("hyperlink")).get(w("anchor"))
        assert f" PAGEREF {anchor} \\h " in [x.text for x in entry.iter(w("instrText"))]
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
    assert int(value(colophon_of(edition), "w:tblPr/w:tblW", "w") or 0) == grid.measure
    assert int(value(edition.style("TOC1"), "w:pPr/w:tabs/w:tab", "pos") or 0) > grid.text_measure
    inner = edition.find("//w:tbl[w:tblPr/w:tblStyle]")[0]
    assert int(value(inner, "w:tblPr/w:tblW", "w") or 0) == grid.text_measure
