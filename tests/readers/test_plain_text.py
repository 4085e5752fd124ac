"""Plain text: which lines are one paragraph, and that nothing of it is taken for a mark."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.errors import InputError
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.walk import plain
from converters.readers import formats, read
from strategies import HANZI, MARKS

CUT = "近日某省民政厅召开全省养老机构安全工作视频会议对春季安全检查作出部署"


def paragraphs(text: str) -> list[str]:
    found = []
    for block in read("a.txt", text.encode()).value.articles[0].blocks:
        assert isinstance(block, b.Paragraph)
        found.append(plain(block.inlines))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。\n\n乙。", ["甲。", "乙。"]),
        ("标题\n甲。\n乙。", ["标题", "甲。", "乙。"]),
        ("　　甲甲。\n　　乙乙。", ["甲甲。", "乙乙。"]),
        ("\n".join((CUT, CUT, CUT, "完了。")), [CUT * 3 + "完了。"]),
        ("\n".join((CUT, CUT, CUT, "完了。", CUT, CUT, CUT)), [CUT * 3 + "完了。", CUT * 3]),
        ("\n".join(("题目", CUT, CUT, CUT, CUT)), ["题目", CUT * 4]),
        ("\n".join(("　　" + CUT[2:], CUT, CUT, "　　" + CUT[2:], CUT, CUT)), [CUT[2:] + CUT * 2] * 2),
        ("# 题 **强** [a](b)\n- 项\n> 引", ["# 题 **强** [a](b)", "- 项", "> 引"]),
        (
            "the quick brown fox\njumps over the lazy\ndog and runs away on",
            ["the quick brown fox jumps over the lazy dog and runs away on"],
        ),
    ],
)
def test_evidence_decides_what_is_a_paragraph(text: str, expected: list[str]) -> None:
    assert paragraphs(text) == expected


ENDED = CUT[:-1] + "。"
PARAGRAPH = ("　　" + CUT[2:], CUT, CUT, "完了。")


@pytest.mark.parametrize(
    "rows",
    [
        ("二、一口井和一块菜地",),
        ("（三）三年来的变化",),
        ("二、水从哪里来？",),
        ("老读者书信展开幕",),
        ("编制：质量管理部",),
        ("编制：质量管理部", "2026年10月8日"),
    ],
)
@pytest.mark.parametrize("ended", [ENDED, CUT[:-2] + "！」"])
def test_a_title_or_a_row_behind_a_full_line_is_not_put_to_its_paragraph(rows: tuple[str, ...], ended: str) -> None:
    whole = CUT[2:] + CUT * 2 + "完了。"
    assert paragraphs("\n".join(("　　" + CUT[2:], CUT, ended, *rows, *PARAGRAPH))) == [
        CUT[2:] + CUT + ended,
        *rows,
        whole,
    ]
    # Without indents too, and at the end of the text.
    assert paragraphs("\n".join((CUT, CUT, ended, *rows, CUT, CUT, "完了。"))) == [
        CUT * 2 + ended,
        *rows,
        CUT * 2 + "完了。",
    ]
    assert paragraphs("\n".join((*PARAGRAPH, "　　" + CUT[2:], CUT, ended, *rows))) == [
        whole,
        CUT[2:] + CUT + ended,
        *rows,
    ]


@pytest.mark.parametrize(
    ("last", "line"),
    [
        (CUT, "二、三季度的安排已经下达"),  # no sentence has ended
        (ENDED, "二、一口井和一块菜地。"),
        (ENDED, "会议还听取了汇报。"),
        (ENDED, CUT),  # as long as the lines of a page
        (ENDED, "这一年，他走过了许多村庄，"),
        (CUT[:-1] + "：", "春天种下的树"),
    ],
)
def test_the_last_lines_of_a_paragraph_stay_with_it(last: str, line: str) -> None:
    assert paragraphs("\n".join(("　　" + CUT[2:], CUT, last, line, *PARAGRAPH))) == [
        CUT[2:] + CUT + last + line,
        CUT[2:] + CUT * 2 + "完了。",
    ]


@pytest.mark.parametrize("row", ["送：各县（市、区）民政局", "抄送：市委办公室", "共印80份"])
def test_a_row_of_the_foot_behind_a_full_line_is_not_put_to_it(row: str) -> None:
    assert paragraphs("\n".join((CUT, CUT, CUT, row))) == [CUT * 3, row]
    assert paragraphs("\n".join((CUT, CUT, CUT, "送" + row))) == [CUT * 3 + "送" + row]


def test_an_indent_is_marked_and_recorded() -> None:
    checked = read("a.txt", "标题\n　　近日，\n  会议".encode("gb18030"))
    title, first, second = checked.value.articles[0].blocks
    assert [block.indented for block in (title, first, second) if isinstance(block, b.Paragraph)] == [False, True, True]
    assert [(change.rule, change.before) for change in checked.changes] == [("E-NBSP", "　　")]


def test_front_matter_opens_a_plain_text_too() -> None:
    document = read("a.txt", "---\n期号: 3\n---\n正文".encode()).value
    assert document.metadata.issue == "3"
    assert len(document.articles[0].blocks) == 1


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.text(st.sampled_from(HANZI[:40] + MARKS + " 　ab#*"), max_size=40), min_size=1, max_size=12).map(
        "\n".join
    )
)
def test_nothing_is_lost_and_every_place_is_right(text: str) -> None:
    if not text.strip():
        return
    document = read("a.txt", text.encode()).value
    whole = ""
    for block in document.articles[0].blocks:
        assert isinstance(block, b.Paragraph)
        for inline in block.inlines:
            assert isinstance(inline, i.Text)
            whole += inline.text
            assert inline.start < 0 or text[inline.start : inline.start + len(inline.text)] == inline.text
    assert "".join(whole.split()) == "".join(text.split())


@pytest.mark.parametrize("name", ["a.xyz", "a", "a.pdf"])
def test_an_unknown_format_is_refused_with_those_that_are_known(name: str) -> None:
    with pytest.raises(InputError) as refused:
        read(name, b"text")
    assert ".md" in refused.value.hint
    assert "md" in formats()


def test_a_format_can_be_named() -> None:
    assert paragraphs("# 题") == ["# 题"]
    (heading,) = read("a.txt", "# 题".encode(), format="md").value.articles[0].blocks
    assert isinstance(heading, b.Heading)
