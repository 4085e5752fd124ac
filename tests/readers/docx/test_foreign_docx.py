"""What other programs and older Words write: nothing of it is lost without a word."""

from __future__ import annotations

import pytest

from converters.errors import InputError
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Document
from converters.model.walk import plain
from converters.readers import read as read_source
from converters.readers.docx import read
from converters.repairs import repair
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


# a bulletin typed by hand, and the styles of other programs


def typed(words: str, size: int = 32, face: str = "仿宋_GB2312", properties: str = "", color: str = "") -> str:
    """A paragraph without any style; the size in half points."""
    red = f'<w:color w:val="{color}"/>' if color else ""
    look = f'<w:rFonts w:eastAsia="{face}"/>{red}<w:sz w:val="{size}"/>'
    return p(r(words, look), properties)


def test_a_bulletin_typed_without_any_style_has_its_parts() -> None:
    centred = '<w:jc w:val="center"/>'
    break_ = p('<w:r><w:br w:type="page"/></w:r>')
    body = (
        typed("工 作 简 报", 96, "方正小标宋简体", centred, "FF0000")
        + typed("第 12 期", properties=centred)
        + typed("市政府办公室编                2026年3月27日")
        + typed("关于全市安全生产", 44, "方正小标宋简体", centred)
        + typed("工作情况的通报", 44, "方正小标宋简体", centred)
        + typed("各区县人民政府，市政府各部门：")
        + typed("    今年以来，全市安全生产形势总体平稳，现将有关情况通报如下。")
        + typed("    一、总体情况", face="黑体")
        + typed("    全市一季度发生的各类事故比上年同期减少了两成以上。")
        + typed("    （一）工矿商贸", face="楷体_GB2312")
        + typed("    全市一季度没有发生较大以上的工矿商贸事故，形势平稳。")
        + typed("    附件：1.事故统计表")
        + typed("          2.责任清单")
        + typed("                          市安全生产委员会办公室")
        + p("<w:r><w:tab/><w:tab/><w:t>2026年3月27日</w:t></w:r>")
        + break_
        + typed("附件1", face="黑体")
        + typed("事故统计表", 44, "方正小标宋简体", centred)
        + typed("表略去不录，见原件。")
    )
    mended = repair(document(body).value).value
    said = mended.metadata
    assert (said.name, said.issue, said.issuer, str(said.date)) == ("工作简报", "12", "市政府办公室编", "2026-03-27")
    first, attached = mended.articles
    assert [plain(line) for line in first.title] == ["关于全市安全生产", "工作情况的通报"] or plain(
        first.title[0]
    ) == "关于全市安全生产\n工作情况的通报"
    assert [type(block) for block in first.blocks if not isinstance(block, b.Paragraph)] == [
        b.Addressee,
        b.Heading,
        b.Heading,
        b.AttachmentNote,
        b.Signature,
        b.PageBreak,
    ]
    heads = [block for block in first.blocks if isinstance(block, b.Heading)]
    assert all(isinstance(inline, i.Text) for head in heads for inline in head.inlines)
    assert attached.attachment == "附件1"


def test_a_paragraph_behind_a_blank_bullet_belongs_to_the_item_before_it() -> None:
    numbering = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/>'
        f'</w:lvl></w:abstractNum><w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n, sign in ((1, "•"), (2, " "))
    )
    items = [
        p(words, f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{n}"/></w:numPr>')
        for words, n in (("甲", 1), ("甲续", 2), ("乙", 1))
    ]
    (found,) = blocks("".join(items), numbering=numbering)
    assert isinstance(found, b.ListBlock)
    assert [[plain(each.inlines) for each in item.blocks if isinstance(each, b.Paragraph)] for item in found.items] == [
        ["甲", "甲续"],
        ["乙"],
    ]


def test_a_line_in_black_that_is_no_numbered_heading_stays_strong() -> None:
    (line,) = blocks(typed("特别提醒", face="黑体"))
    assert isinstance(line, b.Paragraph)
    assert isinstance(line.inlines[0], i.Strong)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Quotations", b.Quote),
        ("Block Text", b.Quote),
        ("Preformatted Text", b.CodeBlock),
        ("Source Code", b.CodeBlock),
    ],
)
def test_styles_of_libreoffice_and_pandoc_are_known_by_name(name: str, kind: type) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="x1"><w:name w:val="{name}"/></w:style>'
    (block,) = blocks(p("某段", '<w:pStyle w:val="x1"/>'), styles=styles)
    assert isinstance(block, kind)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (p(f"<w:newer>{r('甲')}</w:newer>"), ["甲"]),
        (f"<w:newer>{p('甲')}</w:newer>{p('乙')}", ["甲", "乙"]),
        (r("甲") + p("乙"), ["甲", "乙"]),
        ("<m:oMathPara><m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath></m:oMathPara>" + p("乙"), ["a+b", "乙"]),
        (f"<w:del>{r('删')}</w:del>{p('乙')}", ["乙"]),
    ],
)
def test_text_outside_of_a_paragraph_or_in_an_unknown_wrapper_is_text(body: str, said: list[str]) -> None:
    assert text(body) == said


def test_rows_and_cells_in_smart_tags_are_rows_and_cells() -> None:
    tag = f"<w:smartTag><w:tr><w:smartTag><w:tc>{p('甲')}</w:tc></w:smartTag></w:tr></w:smartTag>"
    (table,) = blocks(f"<w:tbl>{tag}<w:tr><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>")
    assert isinstance(table, b.Table)
    assert [plain(cell.inlines) for row in table.rows for cell in row.cells] == ["甲", "乙"]


def test_a_picture_whose_relation_is_missing_is_reported() -> None:
    picture = '<w:r><w:drawing><wp:inline><a:blip r:embed="rId99"/></wp:inline></w:drawing></w:r>'
    assert rules(p(r("甲") + picture)) == [("W-PICTURE", "the picture rId99 is missing")]


@pytest.mark.parametrize("suffix", ["docm", "dotx", "dotm", "doc"])
def test_a_word_file_is_read_under_each_of_its_suffixes(suffix: str) -> None:
    assert lines(read_source(f"a.{suffix}", docx(p("正文。"))).value) == ["正文。"]


@pytest.mark.parametrize("suffix", ["doc", "wps"])
def test_an_old_word_file_is_told_from_others_by_its_suffix_and_refused_with_what_to_do(suffix: str) -> None:
    with pytest.raises(InputError, match=r"old \.doc or \.wps"):
        read_source(f"a.{suffix}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
