"""Pictures side by side: a table without borders, each caption under its picture."""

from __future__ import annotations

import pytest
from word_parts import NAMES, Word, text, value, w, word

import everything
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.captions import BETWEEN, joined_captions, rows_of
from converters.model.pictures import Picture
from converters.theme.schema import Page, Theme

MEASURE = 8845
PICTURES = {
    "a.png": Picture(everything.png(800, 400), "image/png", 800, 400, 96),
    "b.png": Picture(everything.png(600, 600), "image/png", 600, 600, 96),
}
WIDE, SQUARE = i.Image("a.png", "甲"), i.Image("b.png", "乙")


def figure(*images: i.Image, captions: tuple[str, ...] = (), shared: str = "") -> b.Figure:
    caption = joined_captions([(i.Text(words),) for words in captions]) if captions else ()
    return b.Figure(images, (i.Text(shared),) if shared else caption)


def made(block: b.Block, theme: Theme | None = None) -> Word:
    around = (b.Paragraph((i.Text("前文"),)), block, b.Paragraph((i.Text("后文"),)))
    return word(*around, pictures=PICTURES, **({"theme": theme} if theme else {}))


def cells(edition: Word) -> list[list[str]]:
    return [[text(cell) for cell in row.findall(w("tc"))] for row in edition.find("//w:tr")]


def test_each_picture_has_its_caption_in_the_cell_below() -> None:
    edition = made(figure(WIDE, SQUARE, captions=("图1 甲", "图2 乙")))
    assert cells(edition) == [["", ""], ["图1 甲", "图2 乙"]]
    upper, lower = edition.find("//w:tr")
    assert [len(cell.xpath(".//w:drawing", namespaces=NAMES)) for cell in upper.findall(w("tc"))] == [1, 1]
    styles = lower.xpath(".//w:pStyle/@w:val", namespaces=NAMES)
    assert styles == ["Caption", "Caption"]
    assert edition.find("//w:tblBorders") == [] and edition.find("//w:tblStyle") == []


def test_the_row_of_pictures_stays_with_its_captions() -> None:
    edition = made(figure(WIDE, SQUARE, captions=("图1 甲", "图2 乙")))
    for paragraph in edition.find("//w:tr[1]//w:p"):
        assert paragraph.find(f"{w('pPr')}/{w('keepNext')}") is not None
    assert len(edition.find("//w:tr/w:trPr/w:cantSplit")) == 2
    # The feet of pictures of unlike height are level.
    assert [mark.get(w("val")) for mark in edition.find("//w:tr/w:tc/w:tcPr/w:vAlign")] == ["bottom"] * 2 + ["top"] * 2


def test_pictures_of_one_row_have_one_height_and_room_between_them() -> None:
    edition = made(figure(WIDE, SQUARE, captions=("图1 甲", "图2 乙")))
    extents = [(int(one.get("cx")), int(one.get("cy"))) for one in edition.find("//wp:extent")]
    assert abs(extents[0][1] - extents[1][1]) <= 1
    columns = [int(column.get(w("w"))) for column in edition.find("//w:gridCol")]
    assert sum(columns) == MEASURE
    sides = [
        sum(int(side.get(w("w"))) for side in cell.findall(f"{w('tcPr')}/{w('tcMar')}/*"))
        for cell in edition.find("//w:tr[1]/w:tc")
    ]
    # 4 mm, half of it in either cell, none at the edges of the page.
    assert sides == [115, 115]
    for (across, _), column, margin in zip(extents, columns, sides, strict=True):
        assert across / 635 <= column - margin + 1


def test_a_shared_caption_stands_below_the_pictures() -> None:
    edition = made(figure(WIDE, SQUARE, shared="图1 两处新房"))
    assert cells(edition) == [["", ""]]
    caption = edition.paragraph("图1")
    assert value(caption, "w:pPr/w:pStyle") == "Caption" and caption.getprevious().tag == w("tbl")


def test_pictures_with_widths_keep_them_and_stand_together() -> None:
    edition = made(figure(i.Image("a.png", "甲", width="20mm"), i.Image("b.png", "乙", width="30mm")))
    assert [int(one.get("cx")) for one in edition.find("//wp:extent")] == [720000, 1080000]
    assert sum(int(column.get(w("w"))) for column in edition.find("//w:gridCol")) < MEASURE / 2


@pytest.mark.parametrize(("count", "rows"), [(1, [1]), (2, [2]), (3, [3]), (4, [2, 2]), (5, [3, 2]), (7, [3, 3, 1])])
def test_at_most_three_stand_in_a_row(count: int, rows: list[int]) -> None:
    assert [len(row) for row in rows_of(count)] == rows
    if count < 2:
        return
    edition = made(figure(*[SQUARE] * count, captions=tuple(f"图{k}" for k in range(count))))
    found = [len(row.findall(w("tc"))) for row in edition.find("//w:tr")]
    assert found == [length for length in rows for _ in range(2)]
    for row in edition.find("//w:tr"):
        assert sum(int(value(cell, "w:tcPr/w:tcW", "w") or 0) for cell in row.findall(w("tc"))) == MEASURE
    assert [words for row in cells(edition) for words in row if words] == [f"图{k}" for k in range(count)]


def test_text_goes_on_with_the_next_row_of_the_page() -> None:
    edition = made(figure(WIDE, SQUARE, captions=("图1 甲", "图2 乙")))
    height = int(edition.find("//wp:extent")[0].get("cy")) / 635
    caption = int(value(edition.style("Caption"), "w:pPr/w:spacing", "line") or 0)
    after = int(value(edition.paragraph("后文"), "w:pPr/w:spacing", "before") or 0)
    assert abs((120 + height + 80 + caption + after + 2) % 579) <= 3


def test_beside_vertical_lines_they_stay_in_one_line() -> None:
    theme = Theme(page=Page(writing_mode="vertical-rl"))
    edition = made(figure(WIDE, SQUARE, captions=("图1 甲", "图2 乙")), theme)
    assert edition.find("//w:tbl[.//w:drawing]") == []
    assert text(edition.paragraph("图1")) == f"图1 甲{BETWEEN}图2 乙"


def test_a_picture_that_is_missing_leaves_its_caption() -> None:
    edition = made(figure(WIDE, i.Image("gone.png", "无"), captions=("图1 甲", "图2 乙")))
    assert edition.find("//w:tbl[.//w:drawing]") == []
    assert text(edition.paragraph("图1")) == f"图1 甲{BETWEEN}图2 乙"
