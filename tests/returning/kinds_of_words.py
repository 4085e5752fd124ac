"""Kinds of edit that a source can say: each is applied as it was made; what it cannot say of them is listed."""

from __future__ import annotations

import copy
from typing import Any

from editing import Desk, run_text, runs_of, style_of, text_of, w
from kinds_of_looks import BOX, FIELD
from lxml import etree
from two import (
    FIRST,
    LAST,
    SECOND,
    TWO,
    Case,
    Edit,
    cell_of,
    in_part,
    new_line,
    paragraph_looks,
    put_behind,
    rows_of,
    table_of,
    taken_out,
    typed,
    unmarked,
    xml,
)
from two import word_looks as words

APPLIED, CONFLICT, IGNORED = "applied", "conflicts", "ignored"
P1 = "第一篇第一段文字在这里，写了不少的字，说明情况如何如何。"
P2 = "第一篇第二段文字在那里，也写了不少的字。讲清楚来龙去脉。"
APART = "<!-- jianbao: allow R-JOIN 改稿在此分段 -->"
LEVELLED = "<!-- jianbao: allow R-ARTICLE 改稿定级 -->"
AS_TEXT = "<!-- jianbao: allow R-HEAD 改稿作正文 -->"
AUTHOR = "  - author: 王五\n"
TABLE = TWO[TWO.index("| 甲") : TWO.index("\n\n: 表1")]


def title(desk: Desk) -> Any:
    return next(p for p in desk.body.iter(w("p")) if style_of(p) == "Heading1")


def title_unbroken(desk: Desk) -> None:
    for mark in list(title(desk).iter(w("br"))):
        mark.getparent().remove(mark)


def title_broken(desk: Desk) -> None:
    second = [p for p in desk.body.iter(w("p")) if style_of(p) == "Heading1"][1]
    run = runs_of(second)[0]
    text = run.find(w("t"))
    rest = copy.deepcopy(run)
    rest.find(w("t")).text = text.text[4:]
    text.text = text.text[:4]
    etree.SubElement(run, w("br"))
    run.addnext(rest)


def page_break_typed(desk: Desk) -> None:
    run = etree.Element(w("r"))
    etree.SubElement(run, w("br"), {w("type"): "page"})
    desk.find(SECOND).insert(0, run)


def broken_inside(desk: Desk) -> None:
    paragraph = desk.find(FIRST)
    desk.change(paragraph, 12, 12, "▼")
    mark = next(run for run in runs_of(paragraph) if run_text(run) == "▼")
    mark.remove(mark.find(w("t")))
    etree.SubElement(mark, w("br"))


def article_moved(desk: Desk) -> None:
    body = list(desk.body)
    first = next(k for k, p in enumerate(body) if p.tag == w("p") and "第一篇的题目" in text_of(p))
    last = next(k for k, p in enumerate(body) if p.tag == w("p") and "据甲局" in text_of(p))
    anchor = next(p for p in body if p.tag == w("p") and "据乙局" in text_of(p))
    for paragraph in reversed(body[first : last + 1]):
        anchor.addnext(paragraph)


def item_made_text(desk: Desk) -> None:
    item = desk.find("项乙")
    desk.restyle(item, "")
    for number in list(item.iter(w("numPr"))):
        number.getparent().remove(number)


def item_deeper(desk: Desk) -> None:
    for depth in desk.find("项乙").iter(w("ilvl")):
        depth.set(w("val"), "1")


def listed_as(model: str, *words: str) -> Edit:
    """Items put into the list that another is in."""

    def edit(desk: Desk) -> None:
        number = next(desk.find(model).iter(w("numId"))).get(w("val"))
        for each in words:
            for own in desk.find(each).iter(w("numId")):
                own.set(w("val"), number)

    return edit


def note_moved(desk: Desk) -> None:
    call = next(desk.document.iter(w("footnoteReference"))).getparent()
    desk.find(LAST).append(call)


def note_taken_out(desk: Desk) -> None:
    call = next(desk.document.iter(w("footnoteReference"))).getparent()
    call.getparent().remove(call)


def note_put_in(desk: Desk) -> None:
    note = '<w:footnote w:id="77"><w:p><w:r><w:t>新加的注。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    in_part("word/footnotes.xml", "</w:footnotes>", note)(desk)
    put_behind(LAST, '<w:r><w:footnoteReference w:id="77"/></w:r>')(desk)


def reading_changed(desk: Desk) -> None:
    next(next(desk.document.iter(w("rt"))).iter(w("t"))).text = "xin"


def reading_taken_off(desk: Desk) -> None:
    ruby = next(desk.document.iter(w("ruby")))
    outer = ruby.getparent()
    outer.addprevious(ruby.find(f"{w('rubyBase')}/{w('r')}"))
    outer.getparent().remove(outer)


def column_put_in(desk: Desk) -> None:
    grid = table_of(desk).find(w("tblGrid"))
    grid.insert(1, copy.deepcopy(grid[0]))
    for number, row in enumerate(rows_of(desk)):
        cell = row.findall(w("tc"))[0]
        new = unmarked(copy.deepcopy(cell))
        desk.change(new.find(w("p")), 0, 1, f"新{number}")
        cell.addnext(new)


def column_taken_out(desk: Desk) -> None:
    grid = table_of(desk).find(w("tblGrid"))
    grid.remove(grid[1])
    for row in rows_of(desk):
        row.remove(row.findall(w("tc"))[1])


def column_deleted(desk: Desk) -> None:
    for row in rows_of(desk):
        row.findall(w("tc"))[1].find(w("tcPr")).append(desk.marked("cellDel", []))


def column_moved(desk: Desk) -> None:
    for row in rows_of(desk):
        cells = row.findall(w("tc"))
        cells[2].addnext(cells[0])


def column_aligned(desk: Desk) -> None:
    for row in range(1, 4):
        properties = cell_of(desk, row, 1).find(w("p")).find(w("pPr"))
        for old in properties.findall(w("jc")):
            properties.remove(old)
        properties.append(etree.Element(w("jc"), {w("val"): "right"}))


def cells_swapped(desk: Desk) -> None:
    cells = rows_of(desk)[2].findall(w("tc"))
    cells[1].addnext(cells[0])


def row_moved(desk: Desk) -> None:
    rows = rows_of(desk)
    rows[3].addnext(rows[1])


def row_deleted(desk: Desk) -> None:
    rows_of(desk)[2].find(w("trPr")).append(desk.marked("del", []))


def merged_across(desk: Desk) -> None:
    one, two = rows_of(desk)[1].findall(w("tc"))[:2]
    one.find(w("tcPr")).insert(1, etree.Element(w("gridSpan"), {w("val"): "2"}))
    one.extend(two.findall(w("p")))
    two.getparent().remove(two)


def merged_down(desk: Desk) -> None:
    above, below = cell_of(desk, 1, 0), cell_of(desk, 2, 0)
    above.find(w("tcPr")).insert(1, etree.Element(w("vMerge"), {w("val"): "restart"}))
    below.find(w("tcPr")).insert(1, etree.Element(w("vMerge")))
    above.append(below.find(w("p")))
    etree.SubElement(below, w("p"))


def table_taken_out(desk: Desk) -> None:
    table_of(desk).getparent().remove(table_of(desk))


def pasted(text: str) -> Any:
    """A table pasted behind the first paragraph."""
    return lambda desk: [desk.find(FIRST).addnext(table) for table in xml(text)]


EXCEL = (
    '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="1080"/><w:gridCol w:w="1080"/>'
    "</w:tblGrid>"
    + "".join(
        "<w:tr>" + "".join(
            '<w:tc><w:tcPr><w:tcW w:w="1080" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r>'
            f'<w:rPr><w:rFonts w:eastAsia="等线"/><w:sz w:val="22"/></w:rPr><w:t>{row}{column}</w:t></w:r></w:p></w:tc>'
            for column in "ab"
        ) + "</w:tr>"
        for row in "12"
    )
    + "</w:tbl>"
)  # fmt: skip
NESTED = (
    '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1080"/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>外表</w:t></w:r></w:p>'
    '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="500"/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>内表</w:t></w:r></w:p>'
    "</w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>下</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
EMPTY = '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>'
FORMULA = "<m:oMath><m:r><m:t>x=1+2</m:t></m:r></m:oMath>"


def told(name: str, edit: Any, *changes: tuple[str, str], found: str = "") -> Case:
    return Case(name, edit, APPLIED, found, changes)


DRESSED = "写了不少的字，说明"
TRACKED = " under tracked changes"


def dressed(after: str) -> tuple[str, str]:
    """What becomes of 不少."""
    return DRESSED, DRESSED.replace("不少", after)


def grown(text: str) -> tuple[tuple[str, str], ...]:
    """A paragraph that ends without a stop: the next one is held apart from it."""
    return (P1, P1 + text), (P2, f"{APART}\n{P2}")


def described(desk: Desk) -> None:
    for each in desk.document.iter():
        if each.get("descr"):
            each.set("descr", "新说明")


WORDS = (
    told("words typed over", typed(FIRST, "不少", "许多"), dressed("许多")),
    told("words typed over" + TRACKED, typed(FIRST, "不少", "许多", tracked=True), dressed("许多")),
    told("paragraph put in", new_line(FIRST, "新的一段话，写在这里。"), (P1, f"{P1}\n\n新的一段话，写在这里。")),
    told("paragraph put in" + TRACKED, new_line(FIRST, "新的一段话，写在这里。", tracked=True),
         (P1, f"{P1}\n\n新的一段话，写在这里。")),
    told("paragraph taken out", taken_out(FIRST), (f"{P1}\n\n", "")),
    told("paragraph taken out" + TRACKED, taken_out(FIRST, tracked=True), (f"{P1}\n\n", "")),
    told("paragraph moved", lambda desk: desk.move(desk.find(FIRST), desk.find(SECOND)),
         (f"{P1}\n\n{P2}", f"{P2}\n\n{P1}")),
    told("paragraph moved" + TRACKED, lambda desk: desk.move(desk.find(FIRST), desk.find(SECOND), tracked=True),
         (f"{P1}\n\n{P2}", f"{P2}\n\n{P1}")),
    told("paragraph split", lambda desk: desk.split(desk.find(SECOND), 20), ("的字。讲清楚", "的字。\n\n讲清楚")),
    told("paragraph split in a sentence", lambda desk: desk.split(desk.find(FIRST), 16),
         (P1, f"{P1[:16]}\n\n{APART}\n{P1[16:]}"), found="excuses"),
    told("paragraphs joined", lambda desk: desk.join(desk.find(FIRST)), (f"{P1}\n\n{P2}", P1 + P2)),
    told("line broken", broken_inside, ("在这里，写了", "在这里，<br>写了")),
    told("bold", words(FIRST, "不少", "<w:b/>"), dressed("**不少**")),
    told("bold" + TRACKED, words(FIRST, "不少", "<w:b/>", tracked=True), dressed("**不少**")),
    told("italics", words(FIRST, "不少", "<w:i/>"), dressed("*不少*")),
    told("楷体", words(FIRST, "不少", '<w:rFonts w:eastAsia="楷体_GB2312"/>'), dressed("*不少*")),
    told("黑体", words(FIRST, "不少", '<w:rFonts w:eastAsia="黑体"/>'), dressed("**不少**")),
    told("struck out", words(FIRST, "不少", "<w:strike/>"), dressed("~~不少~~")),
    told("circles", words(FIRST, "不少", '<w:em w:val="circle"/>'), dressed("[不少]{.hollow-dots}")),
    told("commas", words(FIRST, "不少", '<w:em w:val="comma"/>'), dressed("[不少]{.sesame}")),
    told("framed name", words(FIRST, "不少", '<w:rStyle w:val="Deceased"/>'), dressed("[不少]{.deceased}")),
    told("dots", words(FIRST, "不少", '<w:em w:val="dot"/>'), dressed("[不少]{.dots}")),
    told("raised", words(FIRST, "不少", '<w:vertAlign w:val="superscript"/>'),
         dressed("<sup>不少</sup>")),
    told("title's break taken out", title_unbroken, ("的题目 在这里", "的题目在这里"), found="line break"),
    told("title broken", title_broken, ("# 第二篇的题目", "# 第二篇的<br>题目"), found="line break"),
    told("title typed over", typed("第二篇的题目", "题目", "标题"), ("# 第二篇的题目", "# 第二篇的标题")),
    told("title taken out", taken_out("第二篇的题目"), ("# 第二篇的题目在那里\n\n", "")),
    told("title made text", lambda desk: desk.restyle(desk.find("第二篇的题目"), ""),
         ("# 第二篇的题目", "第二篇的题目")),
    told("page begun", paragraph_looks(SECOND, "<w:pageBreakBefore/>"), (P2, f"\\newpage\n\n{P2}"), found="page break"),
    told("page break typed", page_break_typed, (P2, f"\\newpage\n\n{P2}"), found="page break"),
    told("title put in", new_line(FIRST, "新的一篇题目", "Heading1"), (P1, f"{P1}\n\n# 新的一篇题目")),
    told("heading put in", new_line(FIRST, "关于新事项", "Heading2"), (P1, f"{P1}\n\n## 关于新事项")),
    told("title put down", lambda desk: desk.restyle(desk.find("第二篇的题目"), "Heading2"),
         ("# 第二篇的题目", f"{LEVELLED}\n## 第二篇的题目"), found="excuses"),
    told("heading put up", lambda desk: desk.restyle(desk.find("小标题甲"), "Heading1"),
         ("## 一、小标题甲", f"{LEVELLED}\n# 一、小标题甲"), found="excuses"),
    told("heading made text", lambda desk: desk.restyle(desk.find("小标题甲"), ""),
         ("## 一、小标题甲", f"{AS_TEXT}\n一、小标题甲"), found="excuses"),
    told("kicker", new_line("第二篇的题目", "引题新写", "Kicker", above=True),
         (AUTHOR, f"{AUTHOR}  - 引题: 引题新写\n")),
    told("author", new_line("第二篇的题目", "赵六", "Author"), (AUTHOR, f"{AUTHOR}  - 作者: 赵六\n")),
    told("author of front matter", typed("王五", "王五", "孙七"), ("author: 王五", "author: 孙七")),
    told("author taken out", taken_out("王五"), ("author: 王五", "author: ")),
    told("column", typed("工作动态", "工作动态", "经验交流"), ("【工作动态】", "【经验交流】")),
    told("source line", typed("据甲局", "甲", "丁"), ("(据甲局)", "（据丁局）")),
    Case("article moved", article_moved, APPLIED, "moved"),
    Case("what front matter says of a moved article", article_moved, APPLIED, "articles"),
    told("item moved to another list", lambda desk: desk.move(desk.find("项乙"), desk.find("条二")),
         ("- 项乙\n", ""), ("2. 条二\n", "2. 条二\n3. 项乙\n")),
    told("item moved", lambda desk: desk.move(desk.find("项甲"), desk.find("项丙")),
         ("- 项甲\n- 项乙\n- 项丙\n", "- 项乙\n- 项丙\n- 项甲\n")),
    told("item set deeper", item_deeper, ("- 项乙\n", "  - 项乙\n"), found="list form"),
    told("numbers made bullets", listed_as("项乙", "条一", "条二", "条三"),
         ("1. 条一\n2. 条二\n3. 条三\n", "- 条一\n- 条二\n- 条三\n"), found="list form"),
    told("bullets made numbers", listed_as("条二", "项甲", "项乙", "项丙"),
         ("- 项甲\n- 项乙\n- 项丙\n", "1. 项甲\n2. 项乙\n3. 项丙\n"), found="list form"),
    told("item made text", item_made_text, ("- 项乙\n", "\n项乙\n\n")),
    told("picture taken out", taken_out(""), ("![说明](pictures/exchange.png){width=40mm}\n: 图1", "图1")),
    told("caption taken out", taken_out("一张图"), ("\n: 图1 一张图", "")),
    told("picture and caption taken out", taken_out("", "一张图"),
         ("![说明](pictures/exchange.png){width=40mm}\n: 图1 一张图\n\n", "")),
    told("description", described, ("![说明]", "![新说明]")),
    told("link", in_part("word/_rels/document.xml.rels", "https://example.org/a", "https://example.org/b"),
         ("https://example.org/a", "https://example.org/b")),
    told("note moved", note_moved, ("注[^1]", "注"), ("收尾。", "收尾。[^1]")),
    told("note taken out", note_taken_out, ("注[^1]", "注"), ("\n[^1]: 第一个注的文字。\n", "")),
    told("note put in", note_put_in, ("收尾。", "收尾。^[新加的注。]")),
    told("reading", reading_changed, ("zhòngdiǎn", "xin")),
    told("reading taken off", reading_taken_off, ("{重点|zhòngdiǎn}", "重点")),
    told("column put in", column_put_in, (TABLE, "| 甲 | 新0 | 乙 | 丙 |\n|---|---|---|---|\n| 一 | 新1 | 二 | 三 |\n"
                                          "| 四 | 新2 | 五 | 六 |\n| 七 | 新3 | 八 | 九 |")),
    told("column taken out", column_taken_out,
         (TABLE, "| 甲 | 丙 |\n|---|---|\n| 一 | 三 |\n| 四 | 六 |\n| 七 | 九 |")),
    told("column taken out" + TRACKED, column_deleted,
         (TABLE, "| 甲 | 丙 |\n|---|---|\n| 一 | 三 |\n| 四 | 六 |\n| 七 | 九 |")),
    told("column moved", column_moved,
         (TABLE, "| 乙 | 丙 | 甲 |\n|---|---|---|\n| 二 | 三 | 一 |\n| 五 | 六 | 四 |\n| 八 | 九 | 七 |")),
    told("cells swapped", cells_swapped, ("| 四 | 五 | 六 |", "| 五 | 四 | 六 |")),
    told("column set to the right", column_aligned, ("|---|---|---|", "|---|--:|---|"), found="alignment"),
    told("row moved", row_moved,
         ("| 一 | 二 | 三 |\n", ""), ("| 七 | 八 | 九 |", "| 七 | 八 | 九 |\n| 一 | 二 | 三 |")),
    told("row taken out" + TRACKED, row_deleted, ("| 四 | 五 | 六 |\n", "")),
    told("cells merged across", merged_across, ("| 一 | 二 | 三 |", "| 一<br>二 | << | 三 |")),
    told("cells merged down", merged_down, ("| 一 | 二 | 三 |\n| 四 |", "| 一<br>四 | 二 | 三 |\n| ^^ |")),
    told("table taken out", table_taken_out, (f"{TABLE}\n\n: 表1", "表1")),
    told("caption of a table taken out", taken_out("情况表"), (": 表1 情况表\n\n", "")),
    told("table of figures pasted", pasted(EXCEL), (P1, f"{P1}\n\n| 1a | 1b |\n|---|---|\n| 2a | 2b |")),
    told("table in a table pasted", pasted(NESTED), (P1, f"{P1}\n\n| 外表<br>内表 |\n|---|\n| 下 |")),
    told("issue", typed("第3期", "3", "15"), ("期号: 3", "期号: 15")),
    told("name", typed("青浦简报", "青浦", "云岭"), ("简报名称: 青浦", "简报名称: 云岭")),
    told("recipients", typed("各县区", "县区", "市州"), ("送: 各县区", "送: 各市州")),
    told("recipients put in", new_line("各县区", "发：各单位。"), (AUTHOR, f"{AUTHOR}发: 各单位。\n")),
    Case("words typed above the masthead", new_line("青浦简报", "内部资料", above=True), CONFLICT, "stands among"),
    Case("remark in the colophon", typed("编辑：", "编辑：张三、李四", "领导批示：同意"), CONFLICT, "no key"),
    told("formula", put_behind(FIRST, FORMULA), *grown("x=1+2")),
    Case("formula, listed too", put_behind(FIRST, FORMULA), IGNORED, "no formulas", grown("x=1+2")),
    Case("field", put_behind(FIRST, FIELD), IGNORED, "no fields", grown("二〇二六年")),
    Case("content control", put_behind(FIRST, "<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>"),
         IGNORED, "content controls", grown("控件")),
    Case("text box", put_behind(FIRST, BOX), IGNORED, "text boxes", ((P1, f"{P1}\n\n框里的字"),)),
    told("number typed", typed(FIRST, "第一篇第一段", "1. 第一段"), (P1, P1.replace("第一篇第一段", "1\\. 第一段"))),
    told("signs of Markdown typed", typed(FIRST, "不少", "*不*_少_"), dressed("\\*不\\*\\_少\\_")),
    told("paragraph that begins with #", new_line(FIRST, "# 井号"), (P1, f"{P1}\n\n\\# 井号")),
    Case("break at the end", put_behind(FIRST, "<w:r><w:br/></w:r>"), IGNORED, "blanks at the ends"),
    Case("tab at the end", put_behind(FIRST, "<w:r><w:tab/></w:r>"), IGNORED, "blanks at the ends"),
    Case("empty table", pasted(EMPTY), IGNORED, "empty table"),
    Case("blanks at the end", typed(FIRST, "如何如何。", "如何如何。  "), IGNORED, "blanks at the ends"),
)  # fmt: skip
