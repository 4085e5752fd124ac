"""Kinds of edit that no source can say: each is listed, with its place, and leaves the source as it was."""

from __future__ import annotations

from editing import Desk, w
from lxml import etree
from two import FIRST, LAST, NAMESPACES, Case, Edit, cell_of, in_part, paragraph_looks, put_behind, rows_of, table_of
from two import word_looks as words

FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="微软雅黑"/>'
FIELD = "".join(
    f"<w:r>{inner}</w:r>"
    for inner in (
        '<w:fldChar w:fldCharType="begin"/>', '<w:instrText> DATE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>', "<w:t>二〇二六年</w:t>", '<w:fldChar w:fldCharType="end"/>',
    )
)  # fmt: skip
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor><wp:docPr id=\"9\" name=\"框\"/>"
    "<a:graphic><a:graphicData uri=\"x\"><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p>"
    "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback>"
    "<w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)  # fmt: skip


def one(text: str) -> Edit:
    return words(FIRST, "不少", text)


def style_changed(desk: Desk) -> None:
    styles = etree.fromstring(desk.parts["word/styles.xml"])
    normal = next(style for style in styles.iter(w("style")) if style.get(w("styleId")) == "Normal")
    normal.find(f"{w('rPr')}/{w('rFonts')}").set(w("eastAsia"), "宋体")
    normal.find(f"{w('rPr')}/{w('sz')}").set(w("val"), "28")
    desk.parts["word/styles.xml"] = etree.tostring(styles)


def page_changed(desk: Desk) -> None:
    next(desk.document.iter(w("pgMar"))).set(w("left"), "2400")


def page_turned(desk: Desk) -> None:
    size = next(desk.document.iter(w("pgSz")))
    width, height = size.get(w("w")), size.get(w("h"))
    size.set(w("w"), height)
    size.set(w("h"), width)
    size.set(w("orient"), "landscape")


def table_narrowed(desk: Desk) -> None:
    for width in table_of(desk).iter(w("tblW")):
        width.set(w("w"), "5000")
        width.set(w("type"), "dxa")


def cell_shaded(desk: Desk) -> None:
    etree.SubElement(cell_of(desk, 1, 1).find(w("tcPr")), w("shd"), {w("val"): "clear", w("fill"): "FFFF00"})


def rows_heightened(desk: Desk) -> None:
    for row in rows_of(desk):
        row.find(w("trPr")).append(etree.Element(w("trHeight"), {w("val"): "900"}))


def cell_centred(desk: Desk) -> None:
    properties = cell_of(desk, 1, 1).find(w("p")).find(w("pPr"))
    for old in properties.findall(w("jc")):
        properties.remove(old)
    properties.append(etree.Element(w("jc"), {w("val"): "right"}))


def chart(desk: Desk) -> None:
    title = "<c:title><c:tx><c:rich><a:p><a:r><a:t>往来图</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    data = f"<c:chartSpace {NAMESPACES}><c:chart>{title}<c:cat><c:pt><c:v>一月</c:v></c:pt></c:cat>"
    identifier = desk.relate("chart", "charts/chart1.xml", f"{data}</c:chart></c:chartSpace>".encode())
    put_behind(LAST, drawing(f'<c:chart r:id="{identifier}"/>'))(desk)


def chart_alone(desk: Desk) -> None:
    desk.insert(desk.find(FIRST), "")
    chart(desk)
    desk.find(FIRST).getnext().append(desk.find(LAST)[-1])


def smart_art(desk: Desk) -> None:
    data = f"<dgm:dataModel {NAMESPACES}><dgm:pt><dgm:t><a:p><a:r><a:t>第一步</a:t></a:r></a:p></dgm:t></dgm:pt>"
    identifier = desk.relate("diagramData", "diagrams/data1.xml", f"{data}</dgm:dataModel>".encode())
    put_behind(LAST, drawing(f'<dgm:relIds r:dm="{identifier}"/>'))(desk)


def drawing(inner: str) -> str:
    return (
        '<w:r><w:drawing><wp:inline><wp:docPr id="5" name="图形 5"/><a:graphic><a:graphicData uri="x">'
        f"{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def picture_floats(desk: Desk) -> None:
    for inline in desk.document.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"):
        inline.tag = inline.tag.replace("inline", "anchor")


def picture_cropped(desk: Desk) -> None:
    for blip in desk.document.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"):
        blip.addnext(etree.Element("{http://schemas.openxmlformats.org/drawingml/2006/main}srcRect", {"l": "20000"}))


def picture_stretched(desk: Desk) -> None:
    for extent in desk.document.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"):
        extent.set("cy", str(int(extent.get("cy")) * 2))


def picture_turned(desk: Desk) -> None:
    for form in desk.document.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}xfrm"):
        form.set("rot", "5400000")


def link_hinted(desk: Desk) -> None:
    next(link for link in desk.document.iter(w("hyperlink")) if link.get(w("anchor")) is None).set(w("tooltip"), "提示")


def section_put_in(desk: Desk) -> None:
    paragraph_looks(FIRST, "<w:sectPr/>")(desk)
    # What kind of break it is says the section that begins.
    desk.body.find(w("sectPr")).insert(0, etree.Element(w("type"), {w("val"): "continuous"}))


def numbers_changed(desk: Desk) -> None:
    text = desk.parts["word/numbering.xml"].decode()
    desk.parts["word/numbering.xml"] = text.replace('w:val="decimal"', 'w:val="upperLetter"').encode()


IGNORED = "ignored"
LOOKS = (
    *(
        Case(name, one(text), IGNORED, found)
        for name, text, found in (
            ("typeface", FONT, "typefaces"), ("theme font", '<w:rFonts w:eastAsiaTheme="minorEastAsia"/>', "typefaces"),
            ("size", '<w:sz w:val="44"/>', "sizes"), ("colour", '<w:color w:val="FF0000"/>', "colours"),
            ("highlight", '<w:highlight w:val="yellow"/>', "highlighting"),
            ("underline", '<w:u w:val="single"/>', "underlines"),
            ("double underline", '<w:u w:val="double"/>', "underlines"),
            ("shading of words", '<w:shd w:val="clear" w:fill="D9D9D9"/>', "shading"),
            ("border of words", '<w:bdr w:val="single"/>', "frames"),
            ("letter-spacing", '<w:spacing w:val="40"/>', "letter-spacing"), ("scale", '<w:w w:val="150"/>', "widths"),
            ("position", '<w:position w:val="6"/>', "by measure"), ("small capitals", "<w:smallCaps/>", "capitals"),
            ("shadow", "<w:shadow/>", "effects"), ("glow", '<w14:glow w14:rad="1"/>', "effects"),
            ("two lines in one", '<w:eastAsianLayout w:id="1" w:combine="1"/>', "two lines in one"),
            ("right to left", "<w:rtl/>", "direction"),
        )
    ),
    Case("typeface under tracked changes", words(FIRST, "不少", FONT, tracked=True), IGNORED, "typefaces"),
    *(
        Case(name, paragraph_looks(FIRST, text), IGNORED, found)
        for name, text, found in (
            ("indent", '<w:ind w:left="840"/>', "indents"),
            ("no first-line indent", '<w:ind w:firstLine="0"/>', "indents"),
            ("hanging indent", '<w:ind w:hanging="420"/>', "indents"),
            ("space before", '<w:spacing w:before="240"/>', "spacing"),
            ("line spacing", '<w:spacing w:line="360" w:lineRule="auto"/>', "spacing"),
            ("centred", '<w:jc w:val="center"/>', "where a paragraph stands"),
            ("right", '<w:jc w:val="right"/>', "where a paragraph stands"),
            ("keep with next", "<w:keepNext/>", "keep together"), ("keep lines", "<w:keepLines/>", "keep together"),
            ("no widow control", '<w:widowControl w:val="0"/>', "keep together"),
            ("border", '<w:pBdr><w:bottom w:val="single"/></w:pBdr>', "frames"),
            ("shading", '<w:shd w:val="clear" w:fill="FFFF00"/>', "shading"),
            ("tab stops", '<w:tabs><w:tab w:val="left" w:pos="2000"/></w:tabs>', "tab stops"),
            ("frame", '<w:framePr w:w="3000" w:hAnchor="page"/>', "frames"), ("direction", "<w:bidi/>", "direction"),
            ("kinsoku off", '<w:kinsoku w:val="0"/>', "style sheet"),
            ("grid off", '<w:snapToGrid w:val="0"/>', "style sheet"),
            ("style of one's own", '<w:pStyle w:val="NoSpacing"/>', "this style"),
        )
    ),
    Case("empty paragraph", lambda desk: desk.find(FIRST).addnext(etree.Element(w("p"))), IGNORED, "empty paragraphs"),
    Case("stretched picture", picture_stretched, IGNORED, "proportions"),
    Case("turned picture", picture_turned, IGNORED, "turn or adorn"),
    Case("hint of a link", link_hinted, IGNORED, "hint of a link"),
    Case("bookmark", put_behind(FIRST, '<w:bookmarkStart w:id="900" w:name="要点"/><w:bookmarkEnd w:id="900"/>'),
         IGNORED, "bookmarks"),
    Case("optional hyphen", put_behind(FIRST, "<w:r><w:softHyphen/></w:r>"), IGNORED, "hyphens"),
    Case("sign of a symbol font", put_behind(FIRST, '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), IGNORED,
         "signs of symbol fonts"),
    Case("hidden words", put_behind(FIRST, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>"), IGNORED,
         "hidden"),
    Case("column break", put_behind(FIRST, '<w:r><w:br w:type="column"/></w:r>'), IGNORED, "column breaks"),
    Case("permission", put_behind(FIRST, '<w:permStart w:id="1" w:edGrp="everyone"/>'), IGNORED, "who may edit"),
    Case("chart", chart, IGNORED, "drawing"), Case("chart in a paragraph of its own", chart_alone, IGNORED, "drawing"),
    Case("SmartArt", smart_art, IGNORED, "drawing"),
    Case("drawn shape", put_behind(FIRST, drawing("<wps:wsp/>")), IGNORED, "drawing"),
    Case("embedded object", put_behind(FIRST, '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'),
         IGNORED, "embedded objects"),
    Case("floating picture", picture_floats, IGNORED, "floats"),
    Case("cropped picture", picture_cropped, IGNORED, "crop"),
    Case("style's definition", style_changed, IGNORED, "how a style looks"),
    Case("margins", page_changed, IGNORED, "page measures"), Case("page turned", page_turned, IGNORED, "page measures"),
    Case("section", section_put_in, IGNORED, "sections"),
    Case("footer's words", in_part("word/footer", "</w:p>", "<w:r><w:t>送审稿</w:t></w:r></w:p>"), IGNORED,
         "headers and"),
    Case("background", lambda desk: desk.document.insert(0, xml_of('<w:background w:color="FFF2CC"/>')), IGNORED,
         "background"),
    Case("title property", in_part("docProps/core.xml", "</dc:title>", "（改）</dc:title>"), IGNORED, "properties"),
    Case("foreign document", lambda desk: desk.body.insert(3, xml_of('<w:altChunk r:id="rId77"/>')), IGNORED,
         "foreign"),
    Case("width of a table", table_narrowed, IGNORED, "how a table looks"),
    Case("shading of a cell", cell_shaded, IGNORED, "how a table looks"),
    Case("height of rows", rows_heightened, IGNORED, "how a table looks"),
    Case("place in a cell", cell_centred, IGNORED, "where a paragraph stands"),
    Case("first number", in_part("word/numbering.xml", '<w:start w:val="1"/>', '<w:start w:val="5"/>'), IGNORED,
         "how a list is counted"),
    Case("form of numbers", numbers_changed, IGNORED, "how a list is counted"),
)  # fmt: skip


def xml_of(text: str) -> object:
    return etree.fromstring(text.replace("/>", f" {NAMESPACES}/>"))
