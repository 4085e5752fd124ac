"""Encodings: strict, over the whole file, shown; nothing is ever left out."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.diagnostics import Severity
from converters.errors import InputError
from converters.readers.encoding import decode
from strategies import HANZI, MARKS

SIMPLIFIED = (
    "近日，云岭省民政厅召开全省养老机构安全工作视频会议，对春季安全检查作出部署。"
    "会议开到县一级，全省共2,300余人参加。\n"
)
TRADITIONAL = (
    "入夏以後，青浦河畔的小圖書館又亮起了燈。館長說：「燈一亮，孩子就來了。」去年的一場大水，淹沒了兩千三百冊書。\n"
)
JAPANESE = "三月の終わり、旧石梁小学校の給食室に、ひさしぶりに湯気が立った。週末だけ開く「みんなの食堂」である。\n"
KOREAN = "청포하시는 오월 이십일 우호 도시 협정에 서명하였다. 두 도시는 삼 년 안에 양로와 직업 교육에서 협력한다.\n"


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb2312", "gb18030"),
        (SIMPLIFIED + "𠮷镕", "gb18030", "gb18030"),
        (TRADITIONAL, "big5hkscs", "big5hkscs"),
        (TRADITIONAL, "cp950", "big5hkscs"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (JAPANESE, "cp932", "cp932"),
        (JAPANESE, "euc_jp", "euc_jp"),
        (KOREAN, "cp949", "cp949"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-32-le", "utf-32-le"),
        (SIMPLIFIED, "utf-32-be", "utf-32-be"),
    ],
)
def test_a_text_without_a_mark_is_read_in_its_encoding(text: str, encoding: str, named: str) -> None:
    read = decode("a.md", text.encode(encoding))
    assert read.value.text == text
    assert read.value.encoding == named
    (finding,) = read.findings
    assert finding.rule == "E-DEC"
    assert finding.severity is Severity.INFO
    assert named in finding.text()


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, encoding: str) -> None:
    read = decode("a.md", mark + SIMPLIFIED.encode(encoding))
    assert (read.value.text, read.value.encoding) == (SIMPLIFIED, encoding)


def test_utf8_is_not_worth_a_finding() -> None:
    assert decode("a.md", SIMPLIFIED.encode()).findings == ()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16-le"])
@pytest.mark.parametrize("length", [6, 10, 15])
def test_a_short_text_is_read_and_the_doubt_is_shown(encoding: str, length: int) -> None:
    read = decode("a.md", SIMPLIFIED[:length].encode(encoding))
    assert read.value.text == SIMPLIFIED[:length]
    (finding,) = read.findings
    assert finding.severity is Severity.WARNING
    assert finding.hint


def test_an_uncommon_word_at_the_far_end_of_a_long_file_is_read_too() -> None:
    text = SIMPLIFIED * 3000 + "朱镕基，𠮷野家，喆、堃、垚。"
    assert decode("a.md", text.encode("gb18030")).value.text == text


def test_western_text_in_its_old_encoding_is_read() -> None:
    text = "Café déjà vu: l'été à Besançon, où l'on a mangé des crêpes. " * 4
    assert decode("a.md", text.encode("cp1252")).value.text == text


@pytest.mark.parametrize(("newline", "name"), [("\r\n", "\r\n"), ("\r", "\r"), ("\n", "\n")])
def test_newlines_become_one_kind_and_are_remembered(newline: str, name: str) -> None:
    source = decode("a.md", f"甲{newline}乙{newline}".encode()).value
    assert (source.text, source.newline) == ("甲\n乙\n", name)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"   \n", b"\xef\xbb\xbf", b"\x00\x01\x02\x03" * 40, b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1", "正\x00文".encode(), bytes(range(1, 32)) * 20,
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_with_a_hint(data: bytes) -> None:
    with pytest.raises(InputError) as refused:
        decode("a.md", data)
    assert refused.value.where == "a.md"
    assert refused.value.hint


def test_damaged_utf8_is_refused_with_its_line_and_not_guessed() -> None:
    data = (SIMPLIFIED * 3).encode() + "第四行".encode()[:-1] + "\n第五行".encode()
    with pytest.raises(InputError, match="line 4"):
        decode("a.md", data)


def test_bytes_that_nothing_explains_are_refused() -> None:
    with pytest.raises(InputError):
        decode("a.md", bytes(range(255, 127, -1)) * 9)


@given(st.text(st.sampled_from(HANZI + MARKS), min_size=40, max_size=80))
def test_any_chinese_text_survives_gb18030(text: str) -> None:
    assert decode("a.md", text.encode("gb18030")).value.text == text
