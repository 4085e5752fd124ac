"""Lines that are not justified: captions, heads of tables, cells."""

from __future__ import annotations

from dataclasses import replace

from converters.layout.result import Piece
from converters.model import blocks as b
from converters.model.document import Document
from converters.typeset import set_paragraph
from printed import document, laid, text, theme


def cells(made: Document, sheet: str = "large-print") -> dict[str, list[str]]:
    """The lines of every passage by its first four characters."""
    found = {}
    for page in laid(made, theme(sheet)).value.pages:
        for item in page.items:
            if isinstance(item, Piece):
                passage = item.passage
                found[passage.text[:4]] = [passage.text[line.start : line.end] for line in passage.lines]
    return found


def table(*columns: tuple[str, str]) -> b.Table:
    return b.Table(
        tuple(b.Column() for _ in columns),
        (
            b.Row(tuple(b.Cell(text(head)) for head, _ in columns)),
            b.Row(tuple(b.Cell(text(body)) for _, body in columns)),
        ),
        1,
    )


def test_a_word_that_fits_its_line_is_not_divided_and_lines_are_filled_one_after_the_other() -> None:
    words = "木工教师来访 Carpentry teachers"
    ragged = [words[line.start : line.end] for line in set_paragraph(words, 7.4, justify=False)]
    assert ragged == ["木工教师来访", "Carpentry", "teachers"]
    # Justified, the same lines would gape, so one more word is divided or sent down.
    assert [words[line.start : line.end] for line in set_paragraph(words, 7.4)] != ragged
    long = set_paragraph("Internationalization", 5, justify=False)
    assert long[0].hyphen, "what no line can hold is divided all the same"


def test_the_head_of_a_column_breaks_between_phrases() -> None:
    head = cells(
        document(table(("人数统计（万元）经费统计", "1"), ("说明", "全省各级民政部门认真制定方案精心组织实施" * 3)))
    )["人数统计"]
    assert head == ["人数统计", "（万元）", "经费统计"]


def test_a_caption_of_two_lines_breaks_between_phrases_and_is_balanced() -> None:
    words = "表1 全省各级民政部门认真制定养老服务设施建设方案并精心组织实施情况统计汇总表"
    made = table(("项目", "1"), ("说明", "2"))
    lines = cells(document(replace(made, caption=text(words))))[words[:4]]
    assert len(lines) == 2 and abs(len(lines[0]) - len(lines[1])) <= 6, lines
