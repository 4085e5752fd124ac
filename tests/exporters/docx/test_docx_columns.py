"""The columns of tables: widths, sizes and turning as the print edition has them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from word_parts import Word, value, w, word

from converters.exporters.docx.columns import MARGIN
from converters.exporters.docx.grid import grid_of
from converters.model import blocks as b
from converters.model import inlines as i
from converters.theme.schema import Theme

EM = 240
MEASURE = grid_of(Theme(), "zh-Hans").measure


def t(words: str) -> tuple[i.Inline, ...]:
    return (i.Text(words),)


def table(*rows: tuple[str, ...], ratios: tuple[float, ...] = ()) -> b.Table:
    columns = tuple(b.Column(width_ratio=ratios[k] if ratios else 0.0) for k in range(len(rows[0])))
    return b.Table(columns, tuple(b.Row(tuple(b.Cell(t(words)) for words in row)) for row in rows), 1)


def widths(edition: Word) -> list[int]:
    return [int(column.get(w("w"))) for column in edition.find("//w:gridCol")]


def sizes(edition: Word) -> set[str | None]:
    return {size.get(w("val")) for size in edition.find("//w:tc//w:r/w:rPr/w:sz")}


def test_narrow_columns_leave_their_room_to_a_wordy_one() -> None:
    wordy = "负责登记、核对与回访，每季度汇总一次，年底上报"
    found = widths(word(table(("序号", "姓名", "说明"), ("1", "张三", wordy))))
    assert sum(found) == MEASURE
    assert found[2] >= len(wordy) * EM + 2 * MARGIN
    assert all(width >= 2 * EM + 2 * MARGIN for width in found[:2])


def test_columns_that_do_not_fit_share_what_the_words_leave() -> None:
    found = widths(word(table(("序号", "说明"), ("1234567890", "字" * 200))))
    assert sum(found) == MEASURE
    assert found[0] >= 5 * EM + 2 * MARGIN, "a number is not divided"


def test_a_small_table_takes_three_fifths_of_the_measure() -> None:
    assert sum(widths(word(table(("甲", "乙"), ("1", "2"))))) == round(0.6 * MEASURE)


def test_ratios_that_leave_room_leave_it() -> None:
    assert widths(word(table(("甲", "乙"), ratios=(0.25, 0.5)))) == [2211, 4423]
    assert sum(widths(word(table(("甲", "乙"), ratios=(1.0, 3.0))))) == MEASURE


def test_a_cell_over_several_columns_widens_them_for_its_words() -> None:
    head = b.Row((b.Cell(t("abcdefghijabcdefghij"), columns=2),))
    found = widths(word(b.Table((b.Column(), b.Column()), (head, b.Row((b.Cell(t("a")), b.Cell(t("b"))))), 1)))
    assert sum(found) >= 10 * EM


@pytest.mark.parametrize(("columns", "half_points"), [(8, set()), (10, {"21"}), (12, {"18"})])
def test_a_table_of_many_columns_is_set_smaller(columns: int, half_points: set[str]) -> None:
    edition = word(table(("市",) * columns, ("1,123.5",) * columns))
    assert sizes(edition) == half_points
    assert len(edition.find("//w:sectPr")) == 1
    if half_points:
        line = value(edition.find("//w:tc/w:p")[0], "w:pPr/w:spacing", "line")
        assert line == str(round(18 * 20 * int(*half_points) / 24))


def test_a_table_that_would_be_too_small_is_turned() -> None:
    edition = word(b.Paragraph(t("前")), table(("市",) * 16, ("1,123.55",) * 16), b.Paragraph(t("后")))
    sections = edition.find("//w:sectPr/w:pgSz")
    assert [size.get(w("orient")) for size in sections] == [None, "landscape", None]
    assert sum(widths(edition)) > MEASURE


def test_a_table_whose_author_gave_widths_is_not_turned() -> None:
    edition = word(table(("市",) * 16, ("1,123.55",) * 16, ratios=(1 / 16,) * 16))
    assert len(edition.find("//w:sectPr")) == 1


def test_cells_beside_vertical_lines_say_so_and_others_say_nothing() -> None:
    theme = replace(Theme(), page=replace(Theme().page, writing_mode="vertical-rl"))
    edition = word(table(("甲", "乙"), ("1", "2")), theme=theme)
    assert [value(cell, "w:tcPr/w:textDirection") for cell in edition.find("//w:tc")] == ["tbRl"] * 4
    assert word(table(("甲", "乙"), ("1", "2"))).find("//w:tcPr/w:textDirection") == []
