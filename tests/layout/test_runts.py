"""孤字: a last line of one hanzi that no way of breaking could spare a paragraph is told, and only that."""

from __future__ import annotations

import pytest

from converters.cli import messages
from converters.cli.report import hint_of, message_of
from converters.diagnostics import Diagnostic, Severity, Span
from converters.layout.result import Piece
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.metadata import Metadata
from converters.typeset import is_one_hanzi
from printed import document, laid, paragraph, theme

# In a column of six hanzi the number leaves no other place to break.
COLUMN = theme("jianbao", page__columns="4")


def runts(*blocks: b.Block, lang: str = "zh-Hans") -> list[Diagnostic]:
    made = laid(document(*blocks, metadata=Metadata(lang=lang)), COLUMN)
    return [finding for finding in made.findings if finding.rule == "L-RUNT"]


def last_lines(block: b.Block) -> list[str]:
    made = laid(document(block), COLUMN)
    shown = [item.passage for page in made.value.pages for item in page.items if isinstance(item, Piece)]
    return [passage.text[passage.lines[-1].start : passage.lines[-1].end] for passage in shown]


LONELY = "安12345678，好。"


def test_a_last_line_of_one_hanzi_is_told_with_its_place() -> None:
    block = b.Paragraph((i.Text(LONELY, 5),), span=Span("a.md", 5, 5 + len(LONELY)))
    assert "好。" in last_lines(block)
    (finding,) = runts(block)
    assert (finding.severity, finding.span) == (Severity.INFO, Span("a.md", 5, 5 + len(LONELY)))
    assert finding.text() == "the last line of a paragraph holds one hanzi: 好。"


def test_it_is_told_in_chinese_too() -> None:
    messages.choose("zh")
    try:
        (finding,) = runts(paragraph(LONELY))
        assert message_of(finding) == "段落末行只有一个字：好。"
        assert hint_of(finding) == "在它前面增减几个字，或改变版心宽度"
    finally:
        messages.choose("en")


@pytest.mark.parametrize(
    "text",
    ["安1234好的。", "好。", "安12345678，2。", "民政工作安全", "安全生产工作会议纪要的通知好了"],
)
def test_what_is_no_lone_hanzi_is_not_told(text: str) -> None:
    assert runts(paragraph(text)) == []


def test_a_line_that_the_author_began_is_not_told() -> None:
    assert runts(b.Paragraph((i.Text("安全生产"), i.LineBreak(), i.Text("好。")))) == []


def test_other_languages_have_no_lone_hanzi() -> None:
    assert runts(paragraph("internet internet a"), lang="en") == []


@pytest.mark.parametrize(
    ("line", "lonely"),
    [("作。", True), ("“作。”", True), ("作", True), ("か。", True), ("作用。", False), ("5。", False), ("A", False)],
)  # fmt: skip
def test_marks_do_not_keep_a_hanzi_company(line: str, lonely: bool) -> None:
    assert is_one_hanzi(line) is lonely
