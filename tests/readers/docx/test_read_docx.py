"""DOCX of any origin."""

from __future__ import annotations

import contextlib
import functools
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_files import LEVELS, OFFICE, blocks, document, docx, n, p, r, texts

import everything
from converters.errors import InputError
from converters.exporters.docx import export
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.walk import plain
from converters.ooxml import write_archive
from converters.readers import read
from converters.theme.schema import Theme


@functools.cache
def whole() -> bytes:
    """The edition of the document that holds everything."""
    return export(everything.document(), Theme(), everything.pagination(), everything.PICTURES, None).value


# tracked changes, controls, boxes


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        p(
            r("会议于")
            + '<w:del w:id="1"><w:r><w:delText>3月5日</w:delText></w:r></w:del>'
            + f'<w:ins w:id="2">{r("3月6日")}</w:ins>'
            + r("召开。")
        )
        + f'<w:p><w:pPr><w:rPr><w:ins w:id="3"/></w:rPr></w:pPr><w:ins w:id="4">{r("整段插入。")}</w:ins></w:p>'
    )
    body += '<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr>'
    body += '<w:del w:id="6"><w:r><w:delText>删</w:delText></w:r></w:del></w:p>'
    body += f'<w:p><w:moveFrom w:id="7">{r("移走")}</w:moveFrom></w:p>'
    body += f'<w:p><w:moveTo w:id="8">{r("移来。")}</w:moveTo></w:p>'
    assert texts(blocks(body)) == ["会议于3月6日召开。", "整段插入。", "移来。"]


def test_content_controls_smart_tags_and_custom_xml_are_seen_through() -> None:
    sdt = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = sdt.format(p("控件段落。")) + p(
        sdt.format(r("行内"))
        + f'<w:smartTag w:element="name">{r("张三")}</w:smartTag>'
        + f'<w:customXml w:element="x">{r("。")}</w:customXml>'
    )
    assert texts(blocks(body)) == ["控件段落。", "行内张三。"]


def test_a_text_box_follows_the_paragraph_it_hangs_on_and_is_read_once() -> None:
    content = f"<w:txbxContent>{p('框内。')}</w:txbxContent>"
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(blocks(p(r("前。") + box) + p("后。"))) == ["前。", "框内。", "后。"]


def test_a_soft_break_a_tab_and_a_hyphen_are_kept() -> None:
    (block,) = blocks(p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:noBreakHyphen/></w:r>"))
    assert isinstance(block, b.Paragraph)
    assert plain(block.inlines) == "甲\n乙\t丙\u2011"
    assert isinstance(block.inlines[1], i.LineBreak)


def test_hidden_text_is_left_out_and_reported() -> None:
    checked = document(p(r("看得见") + r("看不见", "<w:vanish/>")))
    assert texts(checked.value.articles[0].blocks) == ["看得见"]
    assert [finding.rule for finding in checked.findings] == ["W-HIDDEN"]


# fields


def field(instruction: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_the_result_of_a_field_is_text_unless_it_is_furniture() -> None:
    body = p(r("共") + field(" REF x ", "三") + r("项，第") + field(" PAGE ", "9") + r("页"))
    body += p(
        '<w:fldSimple w:instr=" DATE ">'
        + r("今天")
        + "</w:fldSimple>"
        + '<w:fldSimple w:instr="PAGE">'
        + r("1")
        + "</w:fldSimple>"
    )
    assert texts(blocks(body)) == ["共三项，第页", "今天"]


def test_contents_are_furniture_over_all_their_paragraphs() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("条目一")}</w:p>'
        f'{p("条目二")}<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r>{r("正文。")}</w:p>'
    )
    assert texts(blocks(body)) == ["正文。"]


def test_links_have_their_addresses() -> None:
    relation = f'<Relationship Id="x" Type="{OFFICE}/hyperlink" Target="https://a.example/" TargetMode="External"/>'
    body = p(f'<w:hyperlink r:id="x">{r("网站")}</w:hyperlink>' + field(' HYPERLINK "https://b.example/" ', "另一个"))
    (block,) = blocks(body, relations=relation)
    assert isinstance(block, b.Paragraph)
    assert [(link.target, plain(link.children)) for link in block.inlines if isinstance(link, i.Link)] == [
        ("https://a.example/", "网站"), ("https://b.example/", "另一个"),
    ]  # fmt: skip


# styles and looks


STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/><w:lang w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="22"><w:name w:val="单位二级"/><w:basedOn w:val="2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="怪"/><w:basedOn w:val="y"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="y"><w:name w:val="圈"/><w:basedOn w:val="x"/></w:style>'
    '<w:style w:type="character" w:styleId="s"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="q"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="caption"/></w:style>'
)


def style(identifier: str) -> str:
    return f'<w:pStyle w:val="{identifier}"/>'


def test_headings_are_known_by_name_through_based_on_and_by_outline_level() -> None:
    body = p("甲", style("1")) + p("乙", style("22")) + p("丙", '<w:outlineLvl w:val="2"/>') + p("丁", style("x"))
    found = blocks(body, styles=STYLES)
    assert [(type(block).__name__, getattr(block, "level", 0)) for block in found] == [
        ("Heading", 1), ("Heading", 2), ("Heading", 3), ("Paragraph", 0),
    ]  # fmt: skip


def test_titles_without_styles_are_centred_and_larger_lines_of_one_face() -> None:
    big = '<w:sz w:val="44"/>'
    centred = '<w:jc w:val="center"/>'
    body = p(r("云岭省民政厅部署", big), centred) + p(r("养老机构检查", big), centred)
    body += p("近日，云岭省民政厅召开会议。" * 5) + p(r("第二个标题", big), centred) + p("正文。" * 20)
    body += p(r("居中但不大"), centred)
    found = blocks(body, styles=STYLES)
    heads = [(block.level, plain(block.inlines)) for block in found if isinstance(block, b.Heading)]
    assert heads == [(1, "云岭省民政厅部署\n养老机构检查"), (1, "第二个标题")]


def test_a_large_red_line_at_the_head_is_the_bulletins_name() -> None:
    body = p(r("民政工作简报", '<w:color w:val="FF0000"/><w:sz w:val="120"/>'), '<w:jc w:val="center"/>') + p("正文。")
    checked = document(body, styles=STYLES)
    assert checked.value.metadata.name == "民政工作简报"
    assert texts(checked.value.articles[0].blocks) == ["正文。"]


def test_looks_of_runs_become_inlines() -> None:
    looks = (
        ("<w:b/>", i.Strong), ('<w:rStyle w:val="s"/>', i.Strong), ('<w:rFonts w:eastAsia="黑体"/>', i.Strong),
        ("<w:i/>", i.Emphasis), ('<w:rFonts w:eastAsia="楷体_GB2312"/>', i.Emphasis), ("<w:strike/>", i.Strike),
        ('<w:em w:val="dot"/>', i.Dots), ('<w:u w:val="wave"/>', i.BookTitle),
        ('<w:vertAlign w:val="superscript"/>', i.Superscript), ('<w:vertAlign w:val="subscript"/>', i.Subscript),
    )  # fmt: skip
    for properties, kind in looks:
        (block,) = blocks(p(r("前") + r("中", properties) + r("后")), styles=STYLES)
        assert isinstance(block, b.Paragraph)
        assert [type(inline) for inline in block.inlines] == [i.Text, kind, i.Text], properties


def test_runs_that_word_has_cut_are_one_text_again() -> None:
    (block,) = blocks(p(r("会议") + r("指出", '<w:lang w:val="en-US"/>') + r("，")))
    assert isinstance(block, b.Paragraph)
    assert block.inlines == (i.Text("会议指出，", 0),)


def test_quotations_of_neighbouring_paragraphs_are_one_block() -> None:
    (block,) = blocks(p("甲。", style("q")) + p("乙。", style("q")), styles=STYLES)
    assert isinstance(block, b.Quote)
    assert len(block.blocks) == 2


# places


def test_spans_point_into_a_source_with_a_line_for_each_paragraph() -> None:
    checked = document(p("第一段。") + p("") + p("第三段。"))
    (source,) = checked.value.sources
    last = checked.value.articles[0].blocks[-1]
    assert last.span is not None
    assert source.text[last.span.start : last.span.end] == "第三段。"
    assert source.locate(last.span.start) == (3, 1)


# tables


RESTART = '<w:vMerge w:val="restart"/>'
TWO_WIDE = '<w:gridSpan w:val="2"/>'


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def test_a_table_has_spans_heads_and_widths() -> None:
    table = (
        '<w:tbl><w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="3000"/><w:gridCol w:w="1000"/></w:tblGrid>'
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('项目', RESTART)}"
        f"{cell('经费', TWO_WIDE)}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('市')}{cell('县')}</w:tr></w:tbl>"
    )
    (block,) = blocks(table)
    assert isinstance(block, b.Table)
    assert block.header_rows == 1
    assert [column.width_ratio for column in block.columns] == [0.2, 0.6, 0.2]
    assert [[(plain(c.inlines), c.columns, c.rows) for c in row.cells] for row in block.rows] == [
        [("项目", 1, 2), ("经费", 2, 1)], [("市", 1, 1), ("县", 1, 1)],
    ]  # fmt: skip


def test_a_table_of_one_cell_is_a_frame() -> None:
    assert texts(blocks(f"<w:tbl><w:tr>{cell('框住的话。')}</w:tr></w:tbl>")) == ["框住的话。"]


def test_a_table_in_a_table_loses_no_text() -> None:
    inner = f"<w:tbl><w:tr>{cell('内一')}{cell('内二')}</w:tr></w:tbl>"
    checked = document(f"<w:tbl><w:tr><w:tc>{p('外')}{inner}{p('')}</w:tc>{cell('旁')}</w:tr></w:tbl>")
    (block,) = checked.value.articles[0].blocks
    assert isinstance(block, b.Table)
    assert [plain(c.inlines) for c in block.rows[0].cells] == ["外\n内一\n内二", "旁"]
    assert [finding.rule for finding in checked.findings] == ["W-TABLE"]


def test_a_caption_before_a_table_and_after_a_picture_belongs_to_it() -> None:
    table = f"<w:tbl><w:tr>{cell('甲')}{cell('乙')}</w:tr></w:tbl>"
    picture = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="3600000" cy="1800000"/><wp:docPr id="1" name="p" descr="河"/>'
        '<a:blip r:embed="x"/></wp:inline></w:drawing></w:r>'
    )
    relation = f'<Relationship Id="x" Type="{OFFICE}/image" Target="media/a.png"/>'
    first, second = blocks(
        p("表1", style("c")) + table + p(picture) + p("图1", style("c")),
        styles=STYLES, relations=relation, parts=(("word/media/a.png", b"x"),),
    )  # fmt: skip
    assert isinstance(first, b.Table)
    assert plain(first.caption) == "表1"
    assert isinstance(second, b.Figure)
    assert plain(second.caption) == "图1"
    assert second.images == (i.Image("a.docx!/word/media/a.png", "河", width="100.0mm"),)


def test_a_picture_in_the_file_can_be_used() -> None:
    from converters.files import Memory
    from converters.pictures import load

    picture = '<w:r><w:drawing><wp:inline><a:blip r:embed="x"/></wp:inline></w:drawing></w:r>'
    relation = f'<Relationship Id="x" Type="{OFFICE}/image" Target="media/a.png"/>'
    data = docx(p(picture), relations=relation, parts=(("word/media/a.png", everything.png(30, 20)),))
    loaded = load(read("in/a.docx", data).value, Memory({"in/a.docx": data}))
    assert [(name, picture.width_px) for name, picture in loaded.value.items()] == [("a.docx!/word/media/a.png", 30)]


def test_notes_are_where_they_are_called() -> None:
    notes = (
        f'<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="2">{p("注文。")}</w:footnote>'
    )
    (block,) = blocks(p(r("甲") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + r("。")), footnotes=notes)
    assert isinstance(block, b.Paragraph)
    note = block.inlines[1]
    assert isinstance(note, i.Note)
    assert texts(note.blocks) == ["注文。"]


def test_page_breaks_are_blocks() -> None:
    body = p("甲。") + p("<w:r><w:br w:type='page'/></w:r>") + p("乙。") + p("丙。", "<w:pageBreakBefore/>")
    assert [type(block).__name__ for block in blocks(body)] == [
        "Paragraph",
        "PageBreak",
        "Paragraph",
        "PageBreak",
        "Paragraph",
    ]


# refusals


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .doc"),
        (b"hello", "no zip archive"),
        (
            docx("", main_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
            "no Word document",
        ),
        (docx(""), "no text"),
        (docx("<w:sdt><w:sdtContent>" * 4000 + "</w:sdtContent></w:sdt>" * 4000), "damaged"),
    ],
)
def test_what_is_no_readable_docx_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read("a.docx", data)


def test_macros_objects_and_what_lies_outside_are_left_out_and_reported() -> None:
    relations = (
        '<Relationship Id="m" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"'
        ' Target="vbaProject.bin"/>'
        f'<Relationship Id="o" Type="{OFFICE}/oleObject" Target="embeddings/o.bin"/>'
        f'<Relationship Id="c" Type="{OFFICE}/aFChunk" Target="chunk.html"/>'
        f'<Relationship Id="x" Type="{OFFICE}/image" Target="http://tracker.example/p.png" TargetMode="External"/>'
    )
    picture = '<w:r><w:drawing><wp:inline><a:blip r:link="x"/></wp:inline></w:drawing></w:r>'
    checked = document(p(r("正文。") + picture), relations=relations)
    assert [finding.rule for finding in checked.findings] == ["W-ACTIVE", "W-ACTIVE", "W-ACTIVE", "W-OUTSIDE"]
    assert texts(checked.value.articles[0].blocks) == ["正文。"]


def test_the_strict_form_is_read_too() -> None:
    good = zipfile.ZipFile(io.BytesIO(docx(p("严格。"))))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as strict:
        for name in good.namelist():
            data = good.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            strict.writestr(name, data)
    assert texts(read("a.docx", stream.getvalue()).value.articles[0].blocks) == ["严格。"]


def test_numbers_beyond_reason_do_no_harm() -> None:
    huge = "9" * 5000
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr>{p("甲")}</w:tc>'
    body = f"<w:tbl><w:tr>{wide}{cell('乙')}</w:tr></w:tbl>"
    body += p(r("大", f'<w:sz w:val="{huge}"/>'), f'<w:outlineLvl w:val="{huge}"/>') + p(
        "列", n(2, 0).replace("0", huge)
    )
    found = blocks(body, numbering=LEVELS.replace('w:start w:val="1"', f'w:start w:val="{huge}"'))
    assert isinstance(found[0], b.Table)
    assert len(found[0].columns) <= 257


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    good = bytearray(whole())
    for _ in range(data.draw(st.integers(1, 4))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(InputError):
        read("a.docx", bytes(good))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_file_with_damaged_xml_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    good = zipfile.ZipFile(io.BytesIO(whole()))
    parts = [name for name in good.namelist() if name.startswith("word/") and name.endswith(".xml")]
    name = data.draw(st.sampled_from(parts))
    root = etree.fromstring(good.read(name))
    elements = list(root.iter())
    for _ in range(data.draw(st.integers(1, 5))):
        element = elements[data.draw(st.integers(0, len(elements) - 1))]
        if data.draw(st.booleans()) and element.attrib:
            key = data.draw(st.sampled_from(sorted(element.attrib)))
            element.set(key, data.draw(st.sampled_from(["", "-5", "99999999999", "x", "²", "none", "NaN"])))
        elif element.getparent() is not None:
            element.getparent().remove(element)
    damaged = {each: good.read(each) for each in good.namelist()} | {name: etree.tostring(root)}
    with contextlib.suppress(InputError):
        read("a.docx", write_archive(damaged.items()))
