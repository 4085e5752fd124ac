"""Tables on pages of their own, turned by 90° (GB/T 9704-2012, 7.3.8), measured from the PDF."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest

import tools
from converters.model import blocks as b
from converters.model import inlines as i
from printed import MM, Print, document, hanzi, laid, paragraph, printed, text, theme


def grid(rows: int, columns: int, words: str = "民政工作", *, landscape: bool = True) -> b.Table:
    line = b.Row(tuple(b.Cell(text(words)) for _ in range(columns)))
    return b.Table(tuple(b.Column() for _ in range(columns)), tuple(line for _ in range(rows)), landscape=landscape)


def angle(made: Print, page: int, character: str) -> float:
    """How far a character is turned, in degrees."""
    words = made.pdf[page - 1].get_textpage()
    for index in range(words.count_chars()):
        if chr(pdfium.FPDFText_GetUnicode(words, index)) == character:
            return round(float(pdfium.FPDFText_GetCharAngle(words, index)) * 57.29578, 1)
    raise AssertionError(f"{character} is not on page {page}")


def origins(made: Print, page: int, character: str) -> list[tuple[float, float]]:
    """Places of a character on the paper, in millimetres from its upper left corner as it lies in the printer."""
    words = made.pdf[page - 1].get_textpage()
    found = []
    for index in range(words.count_chars()):
        if chr(pdfium.FPDFText_GetUnicode(words, index)) == character:
            x, y = ctypes.c_double(), ctypes.c_double()
            pdfium.FPDFText_GetCharOrigin(words, index, x, y)
            found.append((x.value * MM, 297 - y.value * MM))
    return found


def test_a_turned_table_has_pages_of_its_own_and_the_text_goes_on_after_them() -> None:
    made = printed(document(paragraph("前文。"), grid(10, 8), paragraph("后文。")))
    assert made.page_count == 3
    assert "前文" in made.words(1) and "民政" not in made.words(1)
    assert "后文" in made.words(3) and "民政" not in made.words(3)
    assert made.words(2).count("民政工作") == 80


def test_the_page_is_seen_on_its_side_and_its_paper_is_upright() -> None:
    made = printed(document(paragraph("前文。"), grid(10, 8), paragraph("后文。")))
    widths = [round(page.get_width() * MM) for page in made.pdf]
    assert widths == [210, 297, 210]
    assert [page.get_rotation() for page in made.pdf] == [0, 90, 0]
    assert [tuple(round(side * MM) for side in page.get_mediabox()[2:]) for page in made.pdf] == [(210, 297)] * 3


def test_the_heads_of_turned_tables_stand_at_the_left_edge_of_the_paper_on_odd_and_even_pages() -> None:
    table = b.Table(
        (b.Column(), b.Column()),
        (
            b.Row((b.Cell(text("首")), b.Cell(text("栏")))),
            *(b.Row((b.Cell(text("甲")), b.Cell(text("乙")))) for _ in range(40)),
        ),
        landscape=True,
    )
    made = printed(document(paragraph("前文。"), table))
    for page, left in ((2, 26), (3, 28)):
        (head,) = origins(made, page, "首")
        rows = origins(made, page, "甲")
        assert left < head[0] < left + 12, "towards the binding edge on odd pages, the cut edge on even ones"
        assert all(head[0] < row[0] for row in rows)
        assert [row[0] for row in rows] == sorted(row[0] for row in rows)
        assert max(row[0] for row in rows) < left + 156
        # The text of the table reads upwards.
        assert head[1] > origins(made, page, "栏")[0][1]


def test_the_number_of_a_turned_page_stands_where_the_others_have_it() -> None:
    made = printed(document(grid(10, 8), paragraph("后文。")))
    (number,) = origins(made, 1, "1")
    assert number[1] == pytest.approx(270.45, abs=0.6)
    dashes = origins(made, 1, "—")
    assert max(x for x, _ in dashes) > number[0] > 160
    assert angle(made, 1, "1") in (0.0, 360.0)
    # PDFium counts clockwise: text that reads upwards is turned by three right angles.
    assert angle(made, 1, "民") == 270.0


def test_a_turned_table_is_as_wide_as_the_type_area_is_high() -> None:
    made = printed(document(grid(4, 9, "民政事业")))
    ys = [y for _, y in origins(made, 1, "民")]
    assert max(ys) < 262 and min(ys) > 37
    assert max(ys) - min(ys) > 130


def test_rows_of_a_turned_table_part_between_pages_and_repeat_the_head() -> None:
    rows = (b.Row((b.Cell(text("首")),)), *(b.Row((b.Cell(text(f"{number}")),)) for number in range(60)))
    made = printed(document(b.Table((b.Column(),), rows, landscape=True)))
    assert made.page_count == 4
    for page in range(1, 5):
        assert "首" in made.words(page)


def test_a_cell_taller_than_a_turned_page_is_cut_without_loss() -> None:
    rows = (b.Row((b.Cell(text("甲")), b.Cell(text(hanzi(4000))))),)
    made = printed(document(b.Table((b.Column(), b.Column()), rows, header_rows=0, landscape=True)))
    whole = "".join(made.words(page) for page in range(1, made.page_count + 1))
    assert made.page_count > 1
    assert sum(whole.count(sign) for sign in set(hanzi(40))) >= 4000


def test_notes_of_a_turned_table_stand_at_the_foot_of_its_page() -> None:
    note = i.Note("1", (paragraph("表注的话。"),))
    table = b.Table((b.Column(),), (b.Row((b.Cell((i.Text("甲"), note)),)),), landscape=True)
    made = printed(document(table, paragraph("后文。")))
    (place,) = origins(made, 1, "表")
    assert 170 < place[0] < 184
    assert "表注" not in made.words(2)


def test_a_table_that_would_be_set_very_small_is_turned_and_said() -> None:
    made = printed(document(grid(3, 14, "123456789", landscape=False)))
    assert {finding.rule for finding in made.findings} == {"L-TABLE"}
    assert made.pdf[0].get_rotation() == 90
    upright = printed(document(grid(3, 6, "123456789", landscape=False)))
    assert upright.pdf[0].get_rotation() == 0 and upright.findings == ()


def test_turned_tables_stand_across_columns() -> None:
    made = printed(document(paragraph(hanzi(300)), grid(3, 4), paragraph(hanzi(300)), title="标题"), theme("gongbao"))
    assert [page.get_rotation() for page in made.pdf].count(90) == 1


def test_links_in_a_turned_table_lead_from_where_they_are_seen() -> None:
    link = i.Link((i.Text("民政"),), "https://example.org/")
    table = b.Table((b.Column(),), (b.Row((b.Cell((link,)),)),), header_rows=0, landscape=True)
    made = laid(document(table))
    from converters.exporters import pdf

    sheet = theme()
    data = pdf.export(made.value, document(table), sheet, None).value
    (place,) = origins(Print(data), 1, "民")
    start = data.index(b"/Rect")
    numbers = [float(number) * MM for number in data[start : start + 120].split(b"[")[1].split(b"]")[0].split()]
    left, bottom, right, top = numbers
    assert left < place[0] < right and bottom < 297 - place[1] < top
    assert top - bottom > right - left, "two hanzi upwards"


@pytest.mark.conformance
def test_a_turned_table_is_accessible_and_fit_for_the_archive(tmp_path: Path) -> None:
    note = i.Note("1", (paragraph("表注的话。"),))
    row = b.Row((b.Cell((i.Text("甲"), note)), b.Cell((i.Link((i.Text("乙"),), "https://example.org/"),))))
    table = b.Table((b.Column(), b.Column()), (row, row, row), caption=text("表1 名称"), landscape=True)
    made = printed(document(paragraph("前文。"), table, paragraph("后文。"), title="标题"))
    path = tmp_path / "turned.pdf"
    path.write_bytes(made.data)
    assert set(tools.verapdf("2a,ua1", path).values()) == {"pass"}
