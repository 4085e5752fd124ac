"""What other programs and older Words write: nothing of it is lost without a word."""

from __future__ import annotations

import pytest

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Document
from converters.model.walk import plain
from converters.readers.docx import read
from tests.readers.docx.word_files import OFFICE, blocks, document, docx, p, r


def lines(document: Document) -> list[str]:
    (article,) = document.articles
    return [plain(block.inlines) for block in article.blocks if isinstance(block, b.Paragraph)]


def text(body: str, **parts: object) -> list[str]:
    return lines(document(body, **parts).value)


def rules(body: str, **parts: object) -> list[tuple[str, str]]:
    return [(finding.rule, finding.text()) for finding in document(body, **parts).findings]


def field(instruction: str, result: str = "", inside: str = "") -> str:
    """A full field."""
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}' if result else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{inside}</w:fldChar></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        f'{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


# signs


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "006F", "□"),
        ("Wingdings 2", "F052", "☑"),
        ("Symbol", "F0B1", "±"),
        ("宋体", "2460", "①"),
    ],
)
def test_a_sign_of_a_symbol_font_is_the_character_it_shows(font: str, code: str, sign: str) -> None:
    checked = document(p(r("同意") + f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'))
    assert lines(checked.value) == [f"同意{sign}"]
    assert not checked.findings


@pytest.mark.parametrize(("font", "code"), [("Webdings", "F021"), ("宋体", "E123"), ("Symbol", "x"), ("", "D800")])
def test_a_sign_without_a_character_is_reported(font: str, code: str) -> None:
    checked = document(p(r("甲") + f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'))
    assert lines(checked.value) == ["甲"]
    assert [finding.rule for finding in checked.findings] == ["W-SYMBOL"]


def test_private_characters_in_a_symbol_font_are_the_signs_it_shows() -> None:
    assert text(p(r("\uf0a8甲", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'))) == ["□甲"]
    assert text(p(r("\uf0a8甲", '<w:rFonts w:ascii="Arial"/>'))) == ["\uf0a8甲"]


# fields


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [
        ("eq \\o\\ac(○,5)", "⑤"),
        ("EQ \\o\\ac(\\s\\up3(○),21)", "㉑"),
        ('SYMBOL 254 \\f "Wingdings" \\s 12', "☑"),
    ],
)
def test_a_field_that_composes_a_sign_is_that_sign(instruction: str, shown: str) -> None:
    checked = document(p(r("第") + field(instruction) + r("项")))
    assert lines(checked.value) == [f"第{shown}项"]
    assert not checked.findings


def test_a_field_that_shows_something_else_is_reported_with_what_it_says() -> None:
    assert rules(p(r("甲") + field("EQ \\f(1,2)"))) == [
        ("W-FIELD", "the field “EQ \\f(1,2)” has no result; it is left out")
    ]
    assert rules(p(r("甲") + field(' XE "索引" '))) == []


def test_check_boxes_and_menus_of_a_form_are_read_as_they_stand() -> None:
    def box(state: str) -> str:
        return field("FORMCHECKBOX", inside=f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>")

    menu = '<w:result w:val="1"/><w:listEntry w:val="否"/><w:listEntry w:val="是"/>'
    body = p(
        box('<w:default w:val="0"/>')
        + r("甲")
        + box('<w:default w:val="0"/><w:checked/>')
        + r("乙")
        + field("FORMDROPDOWN", inside=f"<w:ffData><w:ddList>{menu}</w:ddList></w:ffData>")
    )
    assert text(body) == ["☐甲☑乙是"]


def test_a_field_that_never_ends_swallows_nothing() -> None:
    open_field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
    body = p(open_field + r("甲")) + p("乙") + p(r("第") + field("REF a", "三") + r("条"))
    assert text(body) == ["甲", "乙", "第三条"]
    assert ("W-FIELD", "a field that never ends is read as text") in rules(body)


def test_the_number_of_a_page_in_the_text_is_kept_and_reported() -> None:
    body = p(r("见第") + field("PAGEREF _Ref1 \\h", "5") + r("页。"))
    assert text(body) == ["见第5页。"]
    assert [rule for rule, _ in rules(body)] == ["W-FIELD"]


@pytest.mark.parametrize(
    ("instruction", "target"),
    [
        ('HYPERLINK "http://a.cn/b" \\o "说明"', "http://a.cn/b"),
        ("HYPERLINK http://a.cn/b", "http://a.cn/b"),
        ('HYPERLINK "http://a.cn/b" \\l "c"', "http://a.cn/b#c"),
        ('HYPERLINK \\l "要点"', "#要点"),
    ],
)
def test_links_in_fields_have_their_addresses_in_every_spelling(instruction: str, target: str) -> None:
    quoted = instruction.replace('"', "&quot;")
    for body in (field(instruction, "链接"), f'<w:fldSimple w:instr="{quoted}">{r("链接")}</w:fldSimple>'):
        (paragraph,) = blocks(p(body))
        assert isinstance(paragraph, b.Paragraph)
        (link,) = paragraph.inlines
        assert isinstance(link, i.Link)
        assert (link.target, plain(link.children)) == (target, "链接")


# drawings and alternatives


def test_the_words_of_word_art_are_text() -> None:
    art = '<w:r><w:pict><v:shape><v:textpath style="font-size:48pt" string="工作简报"/></v:shape></w:pict></w:r>'
    checked = document(p(art) + p("正文。"))
    assert checked.value.metadata.name == "工作简报"
    assert not checked.findings


def test_the_fallback_stands_for_what_is_newer_than_the_format() -> None:
    newer = 'xmlns:n="http://schemas.microsoft.com/office/word/2015/wordml/symex" Requires="n"'
    emoji = (
        f'<w:r><mc:AlternateContent><mc:Choice {newer}><n:symEx n:char="1F60A"/></mc:Choice>'
        "<mc:Fallback><w:t>好</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text(p(r("甲") + emoji)) == ["甲好"]
    alone = f"<w:r><mc:AlternateContent><mc:Choice {newer}><w:t>乙</w:t></mc:Choice></mc:AlternateContent></w:r>"
    assert text(p(r("甲") + alone)) == ["甲乙"]


# paragraphs, lists, tables, notes


def test_body_text_in_the_style_of_a_footer_is_text() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="a5"><w:name w:val="footer"/></w:style>'
    assert text(p("本期印200份", '<w:pStyle w:val="a5"/>'), styles=styles) == ["本期印200份"]


def test_a_list_that_names_a_list_style_counts_as_that_style_says() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="s"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条　"/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="s"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    assert text(p("总则", numbered) + p("附则", numbered), numbering=numbering) == ["第一条　总则", "第二条　附则"]


def test_text_in_a_cell_that_another_covers_is_not_lost() -> None:
    def cell(words: str, merge: str = "") -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr>{p(words)}</w:tc>"

    rows = cell("甲", '<w:vMerge w:val="restart"/>') + cell("1"), cell("乙", "<w:vMerge/>") + cell("2")
    (table,) = blocks("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
    assert isinstance(table, b.Table)
    assert [plain(each.inlines) for row in table.rows for each in row.cells] == ["甲\n乙", "1", "2"]


def test_a_missing_note_and_one_that_nothing_calls_are_reported() -> None:
    call = '<w:r><w:footnoteReference w:id="9"/></w:r>'
    found = rules(p(r("甲") + call), footnotes=f'<w:footnote w:id="2">{p("没有人引用。")}</w:footnote>')
    assert found == [
        ("W-NOTE", "a note that nothing calls is left out: “没有人引用。”"),
        ("W-NOTE", "a note is called that the file does not hold"),
    ]


def test_a_prompt_that_is_still_there_is_reported() -> None:
    control = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处输入文字。')}</w:sdtContent></w:sdt>"
    )
    assert text(p(control)) == ["单击此处输入文字。"]
    assert [rule for rule, _ in rules(p(control))] == ["W-FIELD"]


def test_words_at_the_head_of_the_pages_are_reported_and_page_numbers_are_not() -> None:
    relations = "".join(
        f'<Relationship Id="h{n}" Type="{OFFICE}/header" Target="header{n}.xml"/>' for n in (1, 2)
    )  # fmt: skip
    opening = '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    heads = (
        ("word/header1.xml", f"{opening}{p('内部资料')}</w:hdr>".encode()),
        ("word/header2.xml", f"{opening}{p(r('— ') + field('PAGE', '3') + r(' —'))}</w:hdr>".encode()),
    )
    assert rules(p("正文。"), relations=relations, parts=heads) == [
        ("W-ASIDE", "the words at the head or foot of the pages are left out: “内部资料”")
    ]


def test_contents_of_another_program_are_left_out_and_reported() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="10"><w:name w:val="toc 1"/></w:style>'
    body = p(field("TOC \\o", "一、形势 1"), '<w:pStyle w:val="10"/>') + p("正文。")
    assert text(body, styles=styles) == ["正文。"]
    assert [rule for rule, _ in rules(body, styles=styles)] == ["W-ASIDE"]


def test_an_empty_part_of_comments_is_no_finding() -> None:
    relations = f'<Relationship Id="c" Type="{OFFICE}/comments" Target="comments.xml"/>'
    opening = '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'

    def comments(inside: str) -> list[tuple[str, str]]:
        part = ("word/comments.xml", f"{opening}{inside}</w:comments>".encode())
        return rules(p("正文。"), relations=relations, parts=(part,))

    assert comments("") == []
    assert [rule for rule, _ in comments('<w:comment w:id="0"/>')] == ["W-COMMENT"]


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_templates_and_files_with_macros_are_read(kind: str) -> None:
    assert lines(read("a.docx", docx(p("正文。"), main_type=kind)).value) == ["正文。"]
