"""Numbers that Word counts, and lists."""

from __future__ import annotations

import pytest
from word_files import LEVELS, blocks, n, p, texts

from converters.model import blocks as b
from converters.readers.docx.numbering import CHINESE, chinese, spell


def test_chinese_numbers_that_word_counts_become_text() -> None:
    body = "".join(
        p(text, n(1, level)) for text, level in (("总则", 0), ("目的", 1), ("范围", 1), ("职责", 0), ("分工", 1))
    )
    assert texts(blocks(body, numbering=LEVELS)) == ["一、总则", "（一）目的", "（二）范围", "二、职责", "（一）分工"]


def test_neighbours_with_figures_are_a_list_and_a_new_list_starts_where_it_says() -> None:
    body = p("甲", n(2)) + p("乙", n(2)) + p("间隔。") + p("丙", n(3)) + p("丁", n(3))
    first, _, second = blocks(body, numbering=LEVELS)
    assert isinstance(first, b.ListBlock)
    assert isinstance(second, b.ListBlock)
    assert [item.marker for item in first.items] == ["1.", "2."]
    assert (second.ordered, second.start) == (True, 5)


def test_a_lone_figure_that_word_counts_is_text() -> None:
    assert texts(blocks(p("建立机制。", n(2)) + p("正文。"), numbering=LEVELS)) == ["1.建立机制。", "正文。"]


def test_bullets_are_a_list_and_deeper_ones_are_nested() -> None:
    (block,) = blocks(p("甲", n(4)) + p("乙", n(4, 1)) + p("丙", n(4)), numbering=LEVELS)
    assert isinstance(block, b.ListBlock)
    assert len(block.items) == 2
    assert isinstance(block.items[0].blocks[1], b.ListBlock)


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (100, "一百"), (101, "一百零一"),
     (110, "一百一十"),
     (1001, "一千零一"), (1010, "一千零一十"), (0, "零"), (10_000, "一万"), (10_010, "一万零一十"),
     (123_456, "十二万三千四百五十六")],
)  # fmt: skip
def test_numbers_are_spelled_in_hanzi(number: int, words: str) -> None:
    assert chinese(number) == words


@pytest.mark.parametrize(
    ("number", "form", "words"),
    [(3, "decimalEnclosedCircle", "③"), (21, "decimalEnclosedCircle", "21"), (2, "upperRoman", "II"),
     (4, "lowerRoman", "iv"), (3, "lowerLetter", "c"), (27, "upperLetter", "AA"), (2, "ideographTraditional", "乙"),
     (12, "chineseLegalSimplified", "壹拾贰"), (7, "decimalZero", "07"), (12, "decimalFullWidth", "１２"),
     (5, "unknownFormat", "5"), (2023, "ideographDigital", "二〇二三"), (3, "numberInDash", "- 3 -"),
     (7, "custom 001, 002, 003, ...", "007"), (7, "custom x", "7")],
)  # fmt: skip
def test_numbers_have_words_own_formats(number: int, form: str, words: str) -> None:
    assert spell(number, form) == words


# 1, 2, 10, 11, 20, 21, 101 of each format (ECMA-376 part 1, 17.18.59, and what Word shows).
COUNTS = {
    "chineseCounting": "一 二 十 十一 二十 二十一 一〇一",
    "chineseCountingThousand": "一 二 十 十一 二十 二十一 一百零一",
    "chineseLegalSimplified": "壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 壹佰零壹",
    "taiwaneseCounting": "一 二 十 十一 二十 二十一 一〇一",
    "taiwaneseCountingThousand": "一 二 十 十一 二十 二十一 一百零一",
    "taiwaneseDigital": "一 二 一〇 一一 二〇 二一 一〇一",
    "ideographDigital": "一 二 一〇 一一 二〇 二一 一〇一",
    "ideographLegalTraditional": "壹 貳 壹拾 壹拾壹 貳拾 貳拾壹 壹佰零壹",
    "ideographTraditional": "甲 乙 癸 11 20 21 101",
    "ideographZodiac": "子 丑 酉 戌 20 21 101",
    "ideographZodiacTraditional": "甲子 乙丑 癸酉 甲戌 癸未 甲申 甲辰",
    "ideographEnclosedCircle": "㈠ ㈡ ㈩ 11 20 21 101",
    "japaneseCounting": "一 二 十 十一 二十 二十一 百一",
    "japaneseLegal": "壱 弐 壱拾 壱拾壱 弐拾 弐拾壱 壱百壱",
    "japaneseDigitalTenThousand": "一 二 一〇 一一 二〇 二一 一〇一",
    "koreanCounting": "일 이 십 십일 이십 이십일 백일",
    "koreanDigital": "일 이 일영 일일 이영 이일 일영일",
    "koreanDigital2": "一 二 一零 一一 二零 二一 一零一",
    "koreanLegal": "하나 둘 열 열하나 스물 스물하나 백일",
    "decimalEnclosedCircle": "① ② ⑩ ⑪ ⑳ 21 101",
    "decimalEnclosedCircleChinese": "① ② ⑩ 11 20 21 101",
    "decimalEnclosedFullstop": "⒈ ⒉ ⒑ ⒒ ⒛ 21 101",
    "decimalEnclosedParen": "⑴ ⑵ ⑽ ⑾ ⒇ 21 101",
    "decimalFullWidth": "１ ２ １０ １１ ２０ ２１ １０１",
    "decimalFullWidth2": "１ ２ １０ １１ ２０ ２１ １０１",
}


@pytest.mark.parametrize("form", sorted(CHINESE))
def test_every_format_that_counts_in_the_words_counts_as_word_does(form: str) -> None:
    assert [spell(number, form) for number in (1, 2, 10, 11, 20, 21, 101)] == COUNTS[form].split()


def test_a_format_of_the_writers_own_comes_before_that_for_readers_that_do_not_know_it() -> None:
    levels = (
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="第%1号"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )
    assert texts(blocks(p("甲项。", n(1)) + p("正文。"), numbering=levels)) == ["第001号甲项。", "正文。"]
