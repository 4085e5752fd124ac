"""What the Markdown reader makes of each mark, shown as the model's text form."""

from __future__ import annotations

import textwrap

import pytest

from converters.diagnostics import Severity
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Document
from converters.model.dump import dump_part
from converters.model.walk import plain
from converters.readers import read


def document(text: str) -> Document:
    return read("a.md", text.encode()).value


def blocks(text: str) -> tuple[b.Block, ...]:
    return document(text).articles[0].blocks


def shown(text: str) -> str:
    return "".join(dump_part(block) for block in blocks(text))


def rules(text: str) -> list[tuple[str, Severity]]:
    return [(finding.rule, finding.severity) for finding in read("a.md", text.encode()).findings]


def line(text: str) -> str:
    """One paragraph's inlines, without their places."""
    (paragraph,) = blocks(text)
    assert isinstance(paragraph, b.Paragraph)
    return " ".join(dump_part(inline).replace("\n", " ").strip() for inline in paragraph.inlines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**《制度》**——好", "Strong Text “《制度》” Text “——好”"),
        ("**“六快”**机制", "Strong Text ““六快”” Text “机制”"),
        ("机制**（试行）**的", "Text “机制” Strong Text “（试行）” Text “的”"),
        ("说*好。*吧", "Text “说” Emphasis Text “好。” Text “吧”"),
        ("a**“b”**c", "Text “a**“b”**c”"),
        ("~~旧~~新", "Strike Text “旧” Text “新”"),
        ("snake_case_name 文_字_句", "Text “snake_case_name 文_字_句”"),
    ],
)
def test_emphasis_holds_beside_chinese_marks(text: str, expected: str) -> None:
    assert " ".join(line(text).split()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲\n乙", "甲乙"),
        ("甲。\n“乙”", "甲。“乙”"),
        ("“甲”\n乙", "“甲”乙"),
        ("abc\ndef", "abc def"),
        ("“abc”\n“def”", "“abc” “def”"),
        ("甲\nabc", "甲 abc"),
        ("**甲**\n*乙*", "甲乙"),
        ("[甲](x)\n[乙](y)", "甲乙"),
        ("use\n`code` now", "use code now"),
        ("한국\n어", "한국 어"),
        ("かな\nカナ", "かなカナ"),
        ("甲 \t\n  乙", "甲乙"),
    ],
)
def test_a_soft_break_between_wide_characters_is_nothing(text: str, expected: str) -> None:
    (paragraph,) = blocks(text)
    assert isinstance(paragraph, b.Paragraph)
    assert plain(paragraph.inlines) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{漢字|かんじ}", "Ruby reading=“かんじ” base: Text “漢字”"),
        ("{漢字|かん|じ}", "Ruby reading=“かん” base: Text “漢” Ruby reading=“じ” base: Text “字”"),
        ("{漢字|か|ん|じ}", "Ruby reading=“かんじ” base: Text “漢字”"),
        ("{yes|no}", "Text “{yes|no}”"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", "Ruby reading=“かん” base: Text “漢”"),
        ("[重]{.dots}[张三]{.专名}[诗经]{.book}", "Dots Text “重” ProperName Text “张三” BookTitle Text “诗经”"),
        ("[王五]{.deceased}[赵六]{.示亡}", "Deceased Text “王五” Deceased Text “赵六”"),
        ("[重]{.hollow-dots}[重]{.空心顿点}", "Dots form=“hollow-dot” Text “重” Dots form=“hollow-sesame” Text “重”"),
        ("[重]{.other}", "Text “[重]{.other}”"),
        ("H~2~O，cm^3^", "Text “H” Subscript Text “2” Text “O，cm” Superscript Text “3”"),
        ("3~5月，8~10月", "Text “3~5月，8~10月”"),
        ("星期一~星期五,9点~5点", "Text “星期一~星期五,9点~5点”"),
        ("x^2+y^2", "Text “x^2+y^2”"),
        ("注<sup>甲</sup>和<sub>乙</sub>", "Text “注” Superscript Text “甲” Text “和” Subscript Text “乙”"),
        ("甲<br>乙  \n丙\\\n丁", "Text “甲” LineBreak Text “乙” LineBreak Text “丙” LineBreak Text “丁”"),
        ("&copy;&#20013;&nosuch;", "Text “©” Text “中” Text “&nosuch;”"),
        ("甲^[注*文*]乙", "Text “甲” Note Paragraph       Text “注”       Emphasis         Text “文” Text “乙”"),
    ],
)
def test_marks_of_chinese_and_japanese_text(text: str, expected: str) -> None:
    assert " ".join(line(text).split()) == " ".join(expected.split())


def test_a_reading_in_a_table_escapes_its_bar() -> None:
    (table,) = blocks("| a |\n|---|\n| {漢字\\|かんじ} \\| 乙 |\n")
    assert isinstance(table, b.Table)
    assert table.rows[1].cells[0].inlines[0] == i.Ruby((i.Text("漢字", 15),), "かんじ", 14)


def test_a_picture_alone_is_a_figure_and_its_title_the_caption() -> None:
    assert shown('![说明](a.png "图题"){width=60% .decorative}\n![](b.png)') == textwrap.dedent("""\
        Figure
          images:
            Image target=“a.png” alt=“说明” width=“60%” decorative=True
            Image target=“b.png”
          caption:
            Text “图题”
        """)


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("![图1 人数](a.png)", "图1 人数"),
        ("![图1 人数](a.png){.no-caption}", ""),
        ("![人数](a.png)", ""),
        ("![人数](a.png)\n: 图1 **人数**", "图1 人数"),
        ("![人数](a.png)\n\n: 图1 人数", "图1 人数"),
        ("![甲](a.png)\n![乙](b.png)\n: 两图", "两图"),
        ('![甲](a.png "题")\n: 另题', "另题"),
    ],
)
def test_where_a_figures_caption_comes_from(text: str, caption: str) -> None:
    (figure,) = blocks(text)
    assert isinstance(figure, b.Figure)
    assert plain(figure.caption) == caption


@pytest.mark.parametrize(
    "text", ["前\n\n: 题\n\n| a | b |\n|---|---|\n| c | d |", "前\n\n| a | b |\n|---|---|\n| c | d |\n\n: 题"]
)
def test_a_caption_stands_before_or_after_its_table(text: str) -> None:
    before, table = blocks(text)
    assert isinstance(before, b.Paragraph)
    assert isinstance(table, b.Table)
    assert plain(table.caption) == "题"


def test_a_table_has_spans_widths_and_heads() -> None:
    text = '| a | << | b |\n|:-:|--:|---|\n| c | d | e |\n| ^^ | ^^ | f |\n\n: {widths="2 1 1" head-columns=1}\n'
    (table,) = blocks(text)
    assert isinstance(table, b.Table)
    assert [[(cell.columns, cell.rows, cell.header) for cell in row.cells] for row in table.rows] == [
        [(2, 1, True), (1, 1, True)], [(1, 2, True), (1, 2, False), (1, 1, False)], [(1, 1, False)],
    ]  # fmt: skip
    assert [column.width_ratio for column in table.columns] == [0.5, 0.25, 0.25]
    assert table.columns[0].alignment is b.Alignment.CENTRE


def test_cells_that_do_not_fit_their_table_stay_and_are_reported() -> None:
    (table,) = blocks("| a |\n|---|\n| b | 丙 |\n| d |")
    assert isinstance(table, b.Table)
    assert [len(row.cells) for row in table.rows] == [2, 2, 2]
    assert rules("| a |\n|---|\n| b | 丙 |") == [("M-TABLE", Severity.WARNING)]
    assert rules("| a | << |\n|---|---|\n| << | ^^ |") == [("M-TABLE", Severity.WARNING)]


def test_divs_name_the_parts_of_a_document() -> None:
    text = textwrap.dedent("""\
        ::: addressee
        各市民政局：
        :::

        ::: 附件
        附件：1.甲
        2.乙
        :::

        ::: signature sealed
        某厅
        二〇二六年三月六日
        （此件公开发布）
        :::

        ::: verse
        床前明月光

        疑是地上霜
        :::

        ::: 编者按
        按语

        - 一
        :::
        """)
    assert shown(text) == textwrap.dedent("""\
        Addressee
          Text “各市民政局：”
        AttachmentNote
          1:
            Text “1.甲”
          2:
            Text “2.乙”
          label:
            Text “附件：”
        Signature sealed=True
          organs:
            1:
              Text “某厅”
          date:
            Text “二〇二六年三月六日”
          remark:
            Text “（此件公开发布）”
        Verse
          lines:
            1:
              Text “床前明月光”
            2:
            3:
              Text “疑是地上霜”
        Quote role=editor-note
          Paragraph
            Text “按语”
          ListBlock
            ListItem marker=“-”
              Paragraph
                Text “一”
        """)


@pytest.mark.parametrize("text", ["::: signatur\n某厅\n:::", "::: signature\n某厅\n\n后文很长"])
def test_a_div_that_is_not_known_or_not_closed_is_a_finding_and_loses_nothing(text: str) -> None:
    assert rules(text) == [("M-DIV", Severity.WARNING)]
    assert "某厅" in shown(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("文字。\n---", "Paragraph"), ("文字\n---", "Heading"), ("    近日，", "Paragraph"), ("    code", "CodeBlock"),
        ("[注]: 说明文字", "Paragraph"), ("\\newpage", "PageBreak"), ("#标题", "Paragraph"), ("1.社区", "Paragraph"),
        ("* * *", "Rule"),
    ],
)  # fmt: skip
def test_what_chinese_text_takes_for_a_mark_and_what_not(text: str, kind: str) -> None:
    assert type(blocks(text)[0]).__name__ == kind


def test_an_indent_is_taken_off_marked_and_recorded() -> None:
    checked = read("a.md", "　　近日，\n\n会议".encode())
    first, second = checked.value.articles[0].blocks
    assert isinstance(first, b.Paragraph)
    assert isinstance(second, b.Paragraph)
    assert (first.indented, second.indented) == (True, False)
    assert first.inlines == (i.Text("近日，", 2),)
    (change,) = checked.changes
    assert (change.rule, change.before, change.after, change.span.start) == ("E-NBSP", "　　", "", 0)


def test_notes_stand_where_they_are_called() -> None:
    text = "甲[^1]乙\n\n[^1]: 注\n\n    续\n"
    (paragraph,) = blocks(text)
    assert isinstance(paragraph, b.Paragraph)
    note = paragraph.inlines[1]
    assert isinstance(note, i.Note)
    assert (note.label, note.start, len(note.blocks)) == ("1", 1, 2)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("甲[^2]乙", "甲[^2]乙"),
        ("甲\n\n[^1]: 无人问", "无人问"),
        ("[^1]\n\n[^1]: 一[^1]二", "一[^1]二"),
        ("[^1]\n\n[^1]: 一\n\n[^1]: 二", "二"),
    ],
)
def test_a_note_that_goes_wrong_is_reported_and_its_text_kept(text: str, kept: str) -> None:
    assert {rule for rule, _ in rules(text)} == {"M-NOTE"}
    assert kept in shown(text).replace("\n", "") or kept in "".join(shown(text).split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>粗</b>文", [("M-HTML", Severity.INFO)]),
        ("<table><tr><td>甲</td></tr></table>", [("M-HTML", Severity.WARNING)] * 3),
        ("甲<script>alert(1)</script>乙", [("M-HTML", Severity.WARNING)]),
        ("<style>\n\nb {}\n\n</style>\n\n甲", [("M-HTML", Severity.WARNING)]),
        ("<sup>甲", [("M-HTML", Severity.WARNING)]),
        ("[甲](javascript:alert)", [("M-LINK", Severity.WARNING)]),
        ("[甲](JaVa&#x0A;script:alert)", [("M-LINK", Severity.WARNING)]),
        ("![甲](data:text/html,x)", [("M-LINK", Severity.WARNING)]),
        ("<vbscript:x>", [("M-LINK", Severity.WARNING)]),
        ("![甲](a.png){colour=red}", [("M-ATTR", Severity.WARNING)]),
        ("[甲](https://a.example) <b@c.example> [乙](../丙.md) C:\\x", []),
        ("<!-- 暗 -->甲", []),
    ],
)
def test_html_and_addresses_are_kept_out_with_a_finding(text: str, expected: list[tuple[str, Severity]]) -> None:
    assert rules(text) == expected
    dumped = shown(text)
    assert "alert(1)" not in dumped
    assert "暗" not in dumped
    assert ("甲" in dumped) == ("甲" in text)
    assert "data:" not in dumped


def test_block_tags_end_a_paragraph() -> None:
    assert shown("<p>甲</p><p>乙</p>\n<div>丙</div>") == "".join(f"Paragraph\n  Text “{char}”\n" for char in "甲乙丙")


def test_comments_to_the_program_are_kept_apart() -> None:
    text = "<!-- jianbao: allow N-DATE 引文 -->\n\n甲<!-- jianbao: allow Q-PAIR -->乙<!-- 别的 -->"
    read_document = document(text)
    assert [comment.text for comment in read_document.comments] == [
        "jianbao: allow N-DATE 引文",
        "jianbao: allow Q-PAIR",
    ]
    assert all(text[each.span.start :].startswith("<!-- jianbao") for each in read_document.comments)


def test_lists_keep_their_marks_and_tasks() -> None:
    assert shown("3. 甲\n4. 乙\n   - [x] 丙") == textwrap.dedent("""\
        ListBlock ordered=True start=3
          ListItem marker=“3.”
            Paragraph
              Text “甲”
          ListItem marker=“4.”
            Paragraph
              Text “乙”
            ListBlock
              ListItem marker=“-” checked=True
                Paragraph
                  Text “丙”
        """)


N = 5000
HOSTILE = {
    "quotes": "> " * N + "甲",
    "bullets": "- " * N + "甲",
    "numbers": "1. " * N + "甲",
    "steps": "\n".join("  " * depth + "- 甲" for depth in range(300)),
    "brackets": "[" * N + "甲" + "]" * N,
    "stars": "*" * N + "甲" + "*" * N,
    "mixed stars": "*a **b " * N + "甲" + "c** d*" * N,
    "raised": "<sup>" * N + "甲" + "</sup>" * N,
    "notes in notes": "^[" * N + "甲" + "]" * N,
    "spans": "[" * N + "甲" + "]{.dots}" * N,
    "pictures": "![" * N + "甲" + "](x)" * N,
    "divs": "::: note\n" * 2000 + "甲",
    "backticks": "`" * N + "甲",
    "angles": "<" * N + "甲",
    "braces": "{" * N + "甲",
    "comments": "<!--" * N + "甲",
    "ampersands": "&" * N + "甲",
    "rubies": "<ruby>" * N + "甲",
    "chain": "\n".join(f"[^{number}]: [^{number + 1}]" for number in range(500)) + "\n\n[^0]甲",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_nesting_neither_crashes_nor_hangs_nor_loses_text(name: str) -> None:
    assert "甲" in shown(HOSTILE[name])
