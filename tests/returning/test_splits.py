"""Enter pressed anywhere: the two halves stand apart in the source, and in the next edition."""

from __future__ import annotations

import itertools
import unicodedata
from pathlib import Path

import pytest
from editing import Desk, edition, style_of, text_of, w
from lxml import etree
from two import TWO

from converters.returning import Returned, merge
from converters.returning.excuses import excuse

SOURCE = """---
刊名: 青浦简报
期号: 3
---

# 青浦河市召开 民政工作会

近日，青浦河市召开会议，部署全年（含一季度）工作“三件事”，2026年做到1,286处。

（一）丰富**服务**内容。重点发展助餐、助浴、助洁等居家养老服务，支持机构把服务送到家，推动社区设施向周边老年人开放。

> 会议指出，要压紧责任，加强督导，确保各项任务按期完成。

## 一、健全工作机制

- 建立机构，配强人员，管好经费，用好场所；
- 第二项。

| 甲栏 | 乙栏 |
|---|---|
| 一行的字 | 二行的字 |

最后一段文字写在这里，有一个注[^1]，收尾。

::: signature
青浦河市民政局办公室
2026年3月27日
:::

[^1]: 见附表，共三页的说明文字。
"""
PLAIN = (
    "关于召开会议的通知\n\n近日，青浦河市召开会议，部署全年工作，做到应保尽保，不漏一户。\n\n会议要求，各地抓好落实。\n"
)
FIRST = "近日，青浦河市召开会议"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return edition("a.md", SOURCE.encode(), tmp_path_factory.mktemp("splits"))


def halves(desk: Desk) -> list[str]:
    """The paragraphs of a sheet, without blanks and with marks of one form: repair mends those at a tear."""
    texts = [unicodedata.normalize("NFKC", text_of(p)) for p in desk.document.iter(w("p"))]
    return ["".join(text.split()) for text in texts if text.strip()]


def part(desk: Desk, words: str, at: int, *, tracked: bool) -> None:
    paragraph = desk.find(words)
    desk.split(paragraph, at)
    if tracked:
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        etree.SubElement(properties, w("rPr")).append(desk.marked("ins", []))


def returned(desk: Desk, name: str, source: bytes) -> Returned:
    result = merge(desk.bytes(), name, source)
    assert result.conflicts == ()
    assert result.applied
    assert result.count.lost == 0
    return result


def check(data: bytes, words: str, at: int, folder: Path) -> None:
    """A split is applied exactly, the next edition has it, and is at rest."""
    desk = Desk(data)
    part(desk, words, at, tracked=at % 2 == 0)
    result = returned(desk, "a.md", SOURCE.encode())
    again = edition("again.md", result.text, folder)
    assert halves(Desk(again)) == halves(desk), (words, at)
    rest = merge(again, "again.md", result.text)
    assert (rest.text, rest.applied, rest.conflicts) == (result.text, (), ()), (words, at)


def test_a_paragraph_is_split_at_every_place_of_it(data: bytes, tmp_path: Path) -> None:
    for at in range(1, len(text_of(Desk(data).find(FIRST)))):
        check(data, FIRST, at, tmp_path)


@pytest.mark.parametrize(
    "words", ["丰富", "会议指出", "健全工作机制", "建立机构", "最后一段", "民政局办公室"],
    ids=["run-in heading", "quotation", "heading", "item", "paragraph with a note", "signature"],
)  # fmt: skip
def test_other_blocks_are_split_anywhere(data: bytes, tmp_path: Path, words: str) -> None:
    length = len(text_of(Desk(data).find(words)))
    for at in sorted({1, 2, 5, 9, length // 2, length - 2, length - 1} & set(range(1, length))):
        check(data, words, at, tmp_path)


def test_a_cell_that_is_split_has_a_line_break(data: bytes) -> None:
    desk = Desk(data)
    part(desk, "一行的字", 2, tracked=False)
    assert "| 一行<br>的字 | 二行的字 |" in returned(desk, "a.md", SOURCE.encode()).text.decode()


def test_a_note_that_is_split_has_two_paragraphs(data: bytes, tmp_path: Path) -> None:
    desk = Desk(data)
    notes = etree.fromstring(desk.parts["word/footnotes.xml"])
    paragraph = next(p for p in notes.iter(w("p")) if "附表" in text_of(p))
    desk.split(paragraph, text_of(paragraph).index("共"))
    desk.parts["word/footnotes.xml"] = etree.tostring(notes)
    result = returned(desk, "a.md", SOURCE.encode())
    assert "[^1]: 见附表，\n\n    共三页的说明文字。" in result.text.decode()
    assert merge(edition("again.md", result.text, tmp_path), "again.md", result.text).text == result.text


def test_the_excuse_goes_with_its_paragraph_and_goes_away_when_the_two_are_joined_again(
    data: bytes, tmp_path: Path
) -> None:
    desk = Desk(data)
    part(desk, FIRST, 5, tracked=False)
    apart = returned(desk, "a.md", SOURCE.encode()).text
    assert apart.decode().count("<!-- jianbao: allow R-JOIN 改稿在此分段 -->\n河市召开") == 1
    again = edition("again.md", apart, tmp_path)
    desk = Desk(again)
    desk.join(desk.find("近日，青浦"))
    assert returned(desk, "again.md", apart).text.decode() == SOURCE
    desk = Desk(again)
    desk.move(desk.find("河市召开会议"), desk.find("最后一段"))
    assert "<!--" in returned(desk, "again.md", apart).text.decode().partition("最后一段")[2]
    desk = Desk(again)
    desk.delete(desk.find("河市召开会议"))
    assert "河市召开会议" not in returned(desk, "again.md", apart).text.decode()


def test_a_source_that_changed_meanwhile_keeps_its_excuses(data: bytes, tmp_path: Path) -> None:
    """The edition holds no reason of an excuse, but where there is one."""
    desk = Desk(data)
    part(desk, FIRST, 5, tracked=False)
    apart = returned(desk, "a.md", SOURCE.encode()).text
    desk = Desk(edition("again.md", apart, tmp_path))
    held = b"".join(value for name, value in desk.parts.items() if name.startswith("customXml"))
    assert b"allow R-JOIN" in held
    assert "改稿".encode() not in held
    desk.change(desk.find("河市召开会议"), 0, 1, "湖")
    meanwhile = apart.decode().replace("最后一段文字", "末尾一段文字").encode()
    result = returned(desk, "again.md", meanwhile)
    assert result.text.decode() == meanwhile.decode().replace("\n河市召开", "\n湖市召开")


def test_a_plain_text_is_split_with_a_line_that_speaks_to_this_program(tmp_path: Path) -> None:
    data = edition("a.txt", PLAIN.encode(), tmp_path)
    for at in itertools.islice(range(2, 30), 0, None, 4):
        desk = Desk(data)
        desk.split(desk.find("近日"), at)
        result = returned(desk, "a.txt", PLAIN.encode())
        again = edition("again.txt", result.text, tmp_path)
        assert halves(Desk(again)) == halves(desk)
        assert merge(again, "again.txt", result.text).text == result.text


def test_in_an_encoding_without_the_words_of_the_reason_it_is_given_in_english() -> None:
    assert excuse("R-JOIN", "big5") == "<!-- jianbao: allow R-JOIN 改稿在此分段 -->"
    assert excuse("R-JOIN", "latin-1") == "<!-- jianbao: allow R-JOIN parted by the editor -->"


def test_styles_of_headings_taken_from_a_numbered_line_stay_taken(data: bytes, tmp_path: Path) -> None:
    desk = Desk(data)
    desk.restyle(desk.find("健全工作机制"), "")
    result = returned(desk, "a.md", SOURCE.encode())
    assert "<!-- jianbao: allow R-HEAD 改稿作正文 -->\n一、健全工作机制" in result.text.decode()
    again = Desk(edition("again.md", result.text, tmp_path))
    assert not style_of(again.find("健全工作机制")).startswith("Heading")


def test_what_follows_in_a_caption_that_is_split_is_a_paragraph_behind_the_picture(folder: Path) -> None:
    desk = Desk(edition("two.md", TWO.encode(), folder))
    desk.split(desk.find("一张图"), 3)
    result = returned(desk, "two.md", TWO.encode())
    assert ": 图1 \n\n一张图\n\n最后一段" in result.text.decode()
