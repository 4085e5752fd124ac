"""Formatting comes back: bold and dots, links, levels of headings; what a source cannot say is listed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from editing import Desk, cut_at, edition, run_text, runs_of, w
from lxml import etree
from rich import RICH, changed, dress, returned, retype

from converters.ooxml import R
from converters.returning import merge

MEETING, MAP = "召开民政工作会议，", "一张图管住更新"


@pytest.mark.parametrize(
    ("words", "chosen", "looks", "before", "after"),
    [
        (MAP, "四项", ("b",), "”四项，", "”**四项**，"),
        (MAP, "四项", ("em=dot",), "”四项，", "”[四项]{.dots}，"),
        (MAP, "四项", ("i",), "”四项，", "”*四项*，"),
        (MAP, "四项", ("strike",), "”四项，", "”~~四项~~，"),
        (MAP, "四项", ("u=wave",), "”四项，", "”[四项]{.book}，"),
        (MAP, "8:00", ("vertAlign=superscript",), "每天8:00", "每天<sup>8:00</sup>"),
        ("一、健全", "健全", ("b",), "## 一、健全", "## 一、**健全**"),
        ("第二项", "第二", ("b",), "2. 第二项", "2. **第二**项"),
    ],
)
@pytest.mark.parametrize("tracked", [False, True])
def test_a_look_put_on_is_written_as_its_mark(
    rich: bytes, words: str, chosen: str, looks: tuple[str, ...], before: str, after: str, tracked: bool
) -> None:
    result = returned(rich, lambda desk: dress(desk, words, chosen, *looks, tracked=tracked))
    assert result.text.decode() == RICH.replace(before, after)
    assert [(entry.kind, entry.tracked) for entry in result.applied] == [("formatting", tracked)]
    assert result.count.applied == 0


@pytest.mark.parametrize(
    ("words", "chosen", "before", "after"),
    [
        (MEETING, "民政工作", "**民政工作**", "民政工作"),
        (MEETING, "民政", "**民政工作**", "民政**工作**"),
        (MEETING, "重点", "[重点]{.dots}", "重点"),
        (MEETING, "旧", "~~旧~~", "旧"),
        (MEETING, "code", "`code`", "code"),
        (MAP, "一张图管住更新。", "**一张图管住更新。**", "一张图管住更新。"),
    ],
)
def test_a_look_taken_off_takes_its_mark_with_it(rich: bytes, words: str, chosen: str, before: str, after: str) -> None:
    result = returned(rich, lambda desk: dress(desk, words, chosen, bare=True))
    mended = RICH.replace(
        "近日,青浦河市召开**民政工作**会议,部署*全年任务*,", "近日，青浦河市召开**民政工作**会议，部署*全年任务*，"
    )
    source = mended if words == MEETING else RICH
    assert result.text.decode() == source.replace(before, after)
    assert [entry.kind for entry in result.applied] == ["formatting"]


def test_bold_that_grows_over_other_bold_is_one_mark(rich: bytes) -> None:
    result = returned(rich, lambda desk: dress(desk, MEETING, "召开民政工作会议", "b"))
    assert "青浦河市**召开民政工作会议**，部署*全年任务*，[名]{.name}" in result.text.decode()


def test_words_typed_into_bold_and_words_made_bold_come_together(rich: bytes) -> None:
    def edit(desk: Desk) -> None:
        retype(desk, MAP, "四项", "五大项")
        dress(desk, MAP, "五大项", "b")
        dress(desk, MAP, "预留", "b")

    text = returned(rich, edit).text.decode()
    assert text == RICH.replace("预留、空闲”四项", "**预留**、空闲”**五大项**")


def test_bold_in_a_cell_and_in_a_note(rich: bytes) -> None:
    assert changed(returned(rich, lambda desk: dress(desk, "五", "五", "b"))) == [
        "-| 四 | 五 | ^^ |",
        "+| 四 | **五** | ^^ |",
    ]

    def note(desk: Desk) -> None:
        notes = desk.parts["word/footnotes.xml"].decode()
        bold = "共</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>约"
        desk.parts["word/footnotes.xml"] = notes.replace("共", bold).encode()

    assert changed(returned(rich, note)) == ["-[^1]: 见附表,共**三**页。", "+[^1]: 见附表，共**约三**页。"]


def test_a_link_taken_off_and_one_put_on(rich: bytes) -> None:
    def off(desk: Desk) -> None:
        link = next(desk.find(MEETING).iter(w("hyperlink")))
        for run in list(link):
            run.remove(run.find(w("rPr")))
            link.addprevious(run)
        link.getparent().remove(link)

    assert "`code`见链接[^1]" in returned(rich, off).text.decode()

    def on(desk: Desk) -> None:
        identifier = desk.relate("hyperlink", "https://new.example/x?a=1", external=True)
        paragraph = desk.find(MAP)
        cut_at(paragraph, 9)
        cut_at(paragraph, 13)
        position = 0
        for run in runs_of(paragraph):
            if position == 9:
                link = etree.Element(w("hyperlink"), {f"{{{R}}}id": identifier})
                run.addprevious(link)
                link.append(run)
                break
            position += len(run_text(run))

    assert "市[民政局把](https://new.example/x?a=1)床位" in returned(rich, on).text.decode()


def test_an_inserted_paragraph_keeps_its_looks(rich: bytes) -> None:
    def edit(desk: Desk) -> None:
        new = desk.insert(desk.find(MAP), "新的一段话，")
        run = etree.SubElement(new, w("r"))
        etree.SubElement(etree.SubElement(run, w("rPr")), w("b"))
        etree.SubElement(run, w("t")).text = "这里加粗"

    assert changed(returned(rich, edit)) == ["+", "+新的一段话，**这里加粗**"]


def test_levels_of_headings_change_and_an_excuse_speaks_where_words_say_another(rich: bytes) -> None:
    text = returned(rich, lambda desk: desk.restyle(desk.find(MEETING), "Heading2")).text.decode()
    assert "\n## 近日,青浦河市" in text
    result = returned(rich, lambda desk: desk.restyle(desk.find("一、健全"), ""))
    assert changed(result) == ["-## 一、健全*网络*", "+<!-- jianbao: allow R-HEAD 改稿作正文 -->", "+一、健全*网络*"]
    assert result.conflicts == ()


def test_what_a_source_cannot_say_is_listed(rich: bytes) -> None:
    result = returned(rich, lambda desk: dress(desk, MAP, "四项", "highlight=yellow"))
    assert result.text.decode() == RICH
    assert ("formatting", "a source has no highlighting") in [(entry.kind, entry.reason) for entry in result.ignored]


@pytest.mark.parametrize(
    ("style", "place", "reason"),
    [
        ("Verse", "", "a source does not say this style here"),
        ("", "center", "a source does not say where a paragraph stands"),
    ],
)
def test_a_style_or_a_place_that_a_source_cannot_say_is_listed(
    rich: bytes, style: str, place: str, reason: str
) -> None:
    def edit(desk: Desk) -> None:
        desk.restyle(desk.find(MAP), style)
        if place:
            etree.SubElement(desk.find(MAP).find(w("pPr")), w("jc"), {w("val"): place})

    result = returned(rich, edit)
    assert result.text.decode() == RICH
    assert reason in [entry.reason for entry in result.ignored]


def test_a_paragraph_made_a_quotation_gets_its_mark(rich: bytes) -> None:
    result = returned(rich, lambda desk: desk.restyle(desk.find(MAP), "Quote"))
    assert "\n\n> **一张图管住更新。**" in result.text.decode()


def test_a_run_in_heading_that_its_words_tell_gets_no_marks(editions: dict[object, bytes]) -> None:
    seed = next(seed for seed in editions if getattr(seed, "stem", "") == "tongzhi")
    desk = Desk(editions[seed])
    retype(desk, "（一）优化设施布局", "优化", "完善")
    source = seed.read_text(encoding="utf-8")
    result = merge(desk.bytes(), "tongzhi.md", source.encode())
    assert result.text.decode() == source.replace("（一）优化设施", "（一）完善设施")


def test_what_a_program_keeps_nowhere_is_nobodys_edit(rich: bytes) -> None:
    def edit(desk: Desk) -> None:
        notes = etree.fromstring(desk.parts["word/footnotes.xml"])
        for root in (desk.document, notes):
            for style in [*root.iter(w("rStyle")), *root.iter(w("vertAlign")), *root.iter(w("rFonts"))]:
                style.getparent().remove(style)
        desk.parts["word/footnotes.xml"] = etree.tostring(notes)
        retype(desk, MAP, "四项", "五项")

    result = returned(rich, edit)
    assert "the program that saved the file keeps no bold" in [entry.reason for entry in result.ignored]
    assert "五项" in result.text.decode()
    assert "**民政工作**" in result.text.decode()


RUBY = """# 青浦河市召开民政工作会

近日，青浦河市召开会议，部署{全年|quán nián}工作。

会议指出，要压紧责任，加强督导。

# 第三章　工作的机制

一、总则与附则

正文在标题后面，文字不少。

| 甲栏 | 乙栏 |
|---|---|
| 一行的字 | 二行的字 |
"""


@pytest.fixture(scope="module")
def read_aloud(folder: Path) -> bytes:
    """The DOCX of RUBY."""
    return edition("ruby.md", RUBY.encode(), folder)


def of_ruby(data: bytes, edit: Callable[[Desk], object]) -> str:
    desk = Desk(data)
    edit(desk)
    result = merge(desk.bytes(), "ruby.md", RUBY.encode())
    assert result.conflicts == ()
    assert result.count.lost == 0
    return result.text.decode()


@pytest.mark.parametrize(
    ("chosen", "after"),
    [
        ("部署全", "**部署**<ruby>**全**年<rt>quán nián</rt></ruby>工作"),
        ("年工", "部署<ruby>全**年**<rt>quán nián</rt></ruby>**工**作"),
        ("全年", "部署{**全年**|quán nián}工作"),
    ],
)
def test_a_reading_over_words_that_are_bold_in_part_is_never_doubled(
    read_aloud: bytes, chosen: str, after: str
) -> None:
    text = of_ruby(read_aloud, lambda desk: dress(desk, "近日", chosen, "b"))
    assert text == RUBY.replace("部署{全年|quán nián}工作", after)


def test_a_link_around_a_reading_stands_in_its_base(read_aloud: bytes) -> None:
    def link(desk: Desk) -> None:
        run = next(desk.find("近日").iter(w("ruby"))).getparent()
        name = "word/_rels/document.xml.rels"
        address = f'<Relationship Id="rIdX" Type="{R}/hyperlink" Target="https://example.org/r" TargetMode="External"/>'
        desk.parts[name] = desk.parts[name].replace(b"</Relationships>", f"{address}</Relationships>".encode())
        around = etree.Element(w("hyperlink"), {f"{{{R}}}id": "rIdX"})
        run.addprevious(around)
        around.append(run)

    assert of_ruby(read_aloud, link) == RUBY.replace("{全年|", "{[全年](https://example.org/r)|")


@pytest.mark.parametrize(
    ("words", "gone", "before", "after"),
    [
        ("第三章　工作", "第三章　", "# 第三章　工作的机制", "## 工作的机制"),
        ("总则与附则", "一、", "一、总则与附则", "## 总则与附则"),
    ],
    ids=["marked", "by its words"],
)
def test_a_heading_keeps_its_level_when_the_number_that_told_it_is_taken_out(
    read_aloud: bytes, words: str, gone: str, before: str, after: str
) -> None:
    text = of_ruby(read_aloud, lambda desk: desk.change(desk.find(words), 0, len(gone), ""))
    assert text == RUBY.replace(before, after)


def test_a_paragraph_moved_into_a_cell_is_a_line_of_it(read_aloud: bytes) -> None:
    text = of_ruby(read_aloud, lambda desk: desk.find("一行的字").addnext(desk.find("会议指出")))
    gone = RUBY.replace("会议指出，要压紧责任，加强督导。\n\n", "")
    assert text == gone.replace("一行的字", "一行的字<br>会议指出，要压紧责任，加强督导。")
