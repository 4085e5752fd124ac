"""Inlines as runs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from word_parts import NAMES, Word, text, value, w, whole, word

from converters.exporters.docx import export, hints
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.metadata import Metadata
from converters.model.pagination import Pagination
from converters.theme.schema import Theme


def runs(words: str) -> list[object]:
    return [run for run in whole().paragraph("普通，").iter(w("r")) if text(run) == words]


def only(words: str) -> object:
    (run,) = runs(words)
    return run


@pytest.mark.parametrize(
    ("words", "path", "expected"),
    [
        ("着重", "w:rPr/w:rStyle", "Strong"),
        ("楷体", "w:rPr/w:rStyle", "Emphasis"),
        ("加点", "w:rPr/w:rStyle", "Dots"),
        ("空心", "w:rPr/w:rStyle", "DotsHollowSesame"),
        ("王五", "w:rPr/w:rStyle", "Deceased"),
        ("青浦河", "w:rPr/w:rStyle", "ProperName"),
        ("云岭县志", "w:rPr/w:rStyle", "BookTitle"),
        ("2", "w:rPr/w:vertAlign", "subscript"),
        ("3", "w:rPr/w:vertAlign", "superscript"),
        ("apply <x>", "w:rPr/w:rStyle", "HTMLCode"),
        ("协会", "w:rPr/w:rStyle", "Hyperlink"),
    ],
)
def test_each_inline_has_its_look(words: str, path: str, expected: str) -> None:
    assert value(only(words), path) == expected


def test_struck_text_is_struck() -> None:
    assert only("删去").find(f"{w('rPr')}/{w('strike')}") is not None


def test_dots_stand_under_hanzi_and_lines_under_names() -> None:
    assert value(whole().style("Dots"), "w:rPr/w:em") == "underDot"
    assert value(whole().style("DotsHollowDot"), "w:rPr/w:em") == "circle"
    assert value(whole().style("DotsSesame"), "w:rPr/w:em") == "comma"
    assert value(whole().style("Deceased"), "w:rPr/w:bdr") == "single"
    assert value(whole().style("ProperName"), "w:rPr/w:u") == "single"
    assert value(whole().style("BookTitle"), "w:rPr/w:u") == "wave"


def test_a_look_inside_a_look_is_added_to_it() -> None:
    run = only("又强调")
    assert value(run, "w:rPr/w:rStyle") == "Strong"
    assert value(run, "w:rPr/w:rFonts", "eastAsia") == "楷体_GB2312"
    run = only("网站")
    assert value(run, "w:rPr/w:rStyle") == "Hyperlink"
    assert value(run, "w:rPr/w:rFonts", "eastAsia") == "黑体"


def test_a_ruby_has_base_and_reading() -> None:
    (ruby,) = whole().find("//w:ruby")
    assert text(ruby.find(w("rubyBase"))) == "漢字"
    assert text(ruby.find(w("rt"))) == "かんじ"
    assert value(ruby, "w:rubyPr/w:hpsBaseText") == "32"
    assert value(ruby, "w:rubyPr/w:hps") == "16"


def test_the_readings_size_is_half_its_bases_wherever_it_stands() -> None:
    edition = word(b.Verse(((i.Ruby((i.Text("字"),), "zì"),),)))
    assert value(edition.find("//w:ruby")[0], "w:rubyPr/w:hpsBaseText") == "32"


def test_a_link_is_a_relationship_to_the_outside() -> None:
    (link,) = [link for link in whole().find("//w:hyperlink") if link.get(w("anchor")) is None]
    identifier = link.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
    relationships = whole().part("word/_rels/document.xml.rels")
    (target,) = [relation for relation in relationships if relation.get("Id") == identifier]
    assert target.get("Target") == "https://greenriver.example/apply?a=1&b=2"
    assert target.get("TargetMode") == "External"
    assert link.get(w("tooltip")) == "报名"


def test_a_link_to_a_heading_leads_to_its_bookmark() -> None:
    link = i.Link((i.Text("见后"),), "#一健全服务网络")
    edition = word(b.Paragraph((link,)), b.Heading(1, (i.Text("一、健全服务网络"),)))
    anchor = edition.find("//w:hyperlink")[0].get(w("anchor"))
    (start,) = edition.find(f"//w:bookmarkStart[@w:name='{anchor}']")
    assert text(start.getparent()) == "一、健全服务网络"


def test_links_to_one_address_share_a_relationship() -> None:
    link = i.Link((i.Text("甲"),), "https://a.example/")
    edition = word(*(b.Paragraph((link,)) for _ in range(5)))
    assert edition.zip.read("word/_rels/document.xml.rels").count(b"https://a.example/") == 1


def test_a_note_in_a_note_follows_it_and_is_reported() -> None:
    from word_parts import make

    inner = i.Note("2", (b.Paragraph((i.Text("内层。"),)),))
    outer = i.Note("1", (b.Paragraph((i.Text("外层"), inner, i.Text("。"))),))
    checked = make(b.Paragraph((i.Text("文"), outer)))
    assert [finding.rule for finding in checked.findings] == ["W-NOTE"]
    assert text(Word(checked.value).part("word/footnotes.xml")[2]) == "外层。内层。"


def test_a_link_in_a_note_belongs_to_the_part_of_the_notes() -> None:
    note = i.Note("1", (b.Paragraph((i.Link((i.Text("网站"),), "https://a.example/"),)),))
    edition = word(b.Paragraph((i.Text("文"), note)))
    assert b"https://a.example/" in edition.zip.read("word/_rels/footnotes.xml.rels")
    assert b"https://a.example/" not in edition.zip.read("word/_rels/document.xml.rels")


def test_spaces_at_the_ends_of_runs_are_kept() -> None:
    edition = word(b.Paragraph((i.Text("a "), i.Strong((i.Text("b"),)), i.Text(" c "), i.Text("d"))))
    elements = edition.find("//w:body/w:p[1]//w:t")
    assert "".join(element.text for element in elements) == "a b c d"
    space = "{http://www.w3.org/XML/1998/namespace}space"
    assert all(e.get(space) == "preserve" for e in elements if e.text != e.text.strip())


@pytest.mark.parametrize(
    ("line", "chinese"),
    [
        ("“甲”", "“”"),
        ("“Hello” he said", ""),
        ("他说“Hello”。", "“”"),
        ("“Hello，世界”", "“”"),
        ("Nurses’ exchange 护理", ""),
        ("护理员互访 Nurses’ exchange", ""),
        ("2021—2025年", "—"),
        ("A…B", ""),
        ("等……", "……"),
        ("卡尔·马克思", "·"),
        ("9:00–17:00", ""),
        ("the ‘new’ one", ""),
        ("“一“二”三”", "““””"),
        ("①甲", "①"),
    ],
)
def test_marks_are_chinese_beside_hanzi(line: str, chinese: str) -> None:
    plain = hints.plain_answer(line)
    marks = [plain] * len(line) if plain is not None else hints.answers(line)
    assert "".join(c for c, yes in zip(line, marks, strict=True) if yes and hints.AMBIGUOUS.match(c)) == chinese


texts = st.text(st.sampled_from("甲乙ab1 “”‘’……——·，。\t&<>\"'　😀é"), max_size=20)
leaves = st.builds(i.Text, texts) | st.builds(i.Code, texts) | st.just(i.LineBreak())
lines = st.lists(
    st.recursive(
        leaves,
        lambda inner: st.builds(
            lambda kind, children: kind(tuple(children)),
            st.sampled_from(
                (i.Strong, i.Emphasis, i.Strike, i.Dots, i.Deceased, i.ProperName, i.BookTitle, i.Superscript)
            ),
            st.lists(inner, max_size=3),
        ),
        max_leaves=6,
    ),
    max_size=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines)
def test_no_character_of_a_line_is_lost_or_doubled(inlines: list[i.Inline]) -> None:
    from converters.model.walk import plain

    line = tuple(inlines)
    edition = word(b.Paragraph(line))
    paragraph = edition.find("/w:document/w:body/w:p")[0]
    assert text(paragraph) == plain(line)
    assert paragraph.xpath("count(w:bookmarkStart)", namespaces=NAMES) == 1
    assert paragraph.xpath("count(w:bookmarkEnd)", namespaces=NAMES) == 1


def test_figures_stand_upright_in_one_cell_of_a_vertical_line_alone() -> None:
    blocks = (b.Paragraph((i.Text("第12條，共2,316筆，GDP3項"),)),)
    page = replace(Theme().page, writing_mode="vertical-rl")
    for sheet, expected in ((Theme(), []), (replace(Theme(), page=page), ["12"])):
        data = export(
            Document(Metadata(lang="zh-Hant"), (Article(blocks=blocks),)), sheet, Pagination(), {}, None
        ).value
        paragraph = Word(data).paragraph("第")
        cells = [
            text(run) for run in paragraph.iter(w("r")) if run.find(f"{w('rPr')}/{w('eastAsianLayout')}") is not None
        ]
        assert cells == expected
        assert text(paragraph) == "第12條，共2,316筆，GDP3項"


def test_a_reading_is_raised_above_its_base() -> None:
    (raised,) = {element.get(w("val")) for element in whole().find("//w:rubyPr/w:hpsRaise")}
    assert raised == "30", "the size of the base in half points, less a hair"


def test_dots_inside_another_style_stand_in_the_run_itself() -> None:
    edition = word(b.Paragraph((i.Strong((i.Dots((i.Text("重点"),)),)), i.Dots((i.Text("着重"),)))))
    marks = [element.get(w("val")) for element in edition.find("//w:body//w:r/w:rPr/w:em")]
    assert marks == ["underDot"]
    assert "Dots" in {style.get(w("val")) for style in edition.find("//w:body//w:r/w:rPr/w:rStyle")}


def test_strong_text_in_chinese_is_never_bold() -> None:
    assert value(whole().style("Strong"), "w:rPr/w:b") == "0"
    assert value(whole().style("Strong"), "w:rPr/w:bCs") == "0"


def test_a_reading_on_an_exact_line_does_not_ask_for_rows_of_the_grid() -> None:
    ruby = i.Ruby((i.Text("字"),), "zì")
    edition = word(b.Paragraph((i.Text("有"), ruby)), b.Heading(1, (i.Text("题"), ruby)), b.Paragraph((i.Text("无"),)))
    snaps = [paragraph.find(f"{w('pPr')}/{w('snapToGrid')}") is not None for paragraph in edition.find("//w:body/w:p")]
    assert snaps == [True, True, False]


def test_a_vertical_paragraph_with_a_reading_is_parted_without_regard_to_widows() -> None:
    paragraphs = (b.Paragraph((i.Text("有"), i.Ruby((i.Text("字"),), "zì"))), b.Paragraph((i.Text("无"),)))
    for mode, found in (("vertical-rl", ["0"]), ("horizontal-tb", [])):
        theme = replace(Theme(), page=replace(Theme().page, writing_mode=mode))
        edition = word(*paragraphs, theme=theme)
        assert edition.find("//w:body/w:p/w:pPr/w:widowControl/@w:val") == found


def test_the_face_of_a_run_keeps_its_chinese_marks_chinese() -> None:
    edition = word(b.Paragraph((i.Text("他说"), i.Dots((i.Strong((i.Text("“安全”"),)),)), i.Text("。"))))
    (strong,) = edition.find("//w:r[w:rPr/w:rStyle/@w:val='Dots']")
    assert value(strong, "w:rPr/w:rFonts", "hint") == "eastAsia"
    assert value(strong, "w:rPr/w:rFonts", "eastAsia") == "黑体"


def test_code_has_the_face_of_code() -> None:
    for style in ("HTMLCode", "HTMLPreformatted"):
        assert value(whole().style(style), "w:rPr/w:rFonts", "ascii") == "Courier New"
