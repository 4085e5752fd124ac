"""Pictures and their captions on the page: alone, side by side, in rows; measured from the PDF."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest
from PIL import Image as Pillow

import tools
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.captions import own_captions
from converters.model.pictures import Picture
from converters.readers import read
from printed import MM, Print, document, hanzi, paragraph, printed, text

BETWEEN = i.Text("\u3000")


def picture(width: int, height: int, dpi: float = 150.0) -> Picture:
    buffer = io.BytesIO()
    Pillow.new("RGB", (width, height), "#88AACC").save(buffer, "PNG")
    return Picture(buffer.getvalue(), "image/png", width, height, dpi)


PICTURES = {"wide.png": picture(1200, 800), "tall.png": picture(800, 1000), "small.png": picture(100, 80)}


def image(name: str, width: str = "") -> i.Image:
    return i.Image(name, "图", width=width)


def made(*images: i.Image, caption: tuple[i.Inline, ...] = ()) -> Print:
    return printed(document(paragraph("前文。"), b.Figure(images, caption), paragraph("后文。")), pictures=PICTURES)


def boxes(given: Print, page: int = 1) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of the pictures of a page, in millimetres."""
    sheet = given.pdf[page - 1]
    height = sheet.get_height()
    found = [item.get_bounds() for item in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])]
    return [(left * MM, (height - top) * MM, right * MM, (height - bottom) * MM) for left, bottom, right, top in found]


def test_two_photographs_stand_side_by_side_at_one_height_and_fill_the_measure() -> None:
    first, second = boxes(made(image("wide.png"), image("tall.png")))
    assert (first[1], first[3]) == pytest.approx((second[1], second[3]), abs=0.05)
    assert first[0] == pytest.approx(28, abs=0.1) and second[2] == pytest.approx(184, abs=0.1)
    assert second[0] - first[2] == pytest.approx(4, abs=0.1)
    assert (first[2] - first[0]) / (first[3] - first[1]) == pytest.approx(1.5, abs=0.01)


def test_each_of_two_photographs_has_its_caption_centred_below_it() -> None:
    caption = (i.Text("图1 左边"), BETWEEN, i.Text("图2 右边"))
    given = made(image("wide.png"), image("wide.png"), caption=caption)
    row = given.row("左边")
    assert row.words == "图1左边图2右边"
    for box, signs in zip(boxes(given), (row.signs[:4], row.signs[4:]), strict=True):
        assert (signs[0].left + signs[-1].right) / 2 == pytest.approx((box[0] + box[2]) / 2, abs=0.8)
        assert 0 < row.top - box[3] < 5


def test_one_caption_for_both_stands_in_the_middle() -> None:
    given = made(image("wide.png"), image("wide.png"), caption=text("图1 两处房子"))
    row = given.row("两处房子")
    assert (row.left + row.right) / 2 == pytest.approx(106, abs=0.8)


def test_a_small_picture_is_never_enlarged_beside_a_large_one() -> None:
    first, second = boxes(made(image("wide.png"), image("small.png")))
    assert second[2] - second[0] == pytest.approx(100 / 150 * 25.4, abs=0.1)
    assert first[3] == pytest.approx(second[3], abs=0.05), "their feet are level"


def test_widths_of_the_author_are_kept() -> None:
    (first, _second) = boxes(made(image("wide.png", "40mm"), image("wide.png", "50mm")))
    assert first[2] - first[0] == pytest.approx(40, abs=0.1)


def test_four_pictures_stand_two_and_two() -> None:
    found = boxes(made(*[image("wide.png")] * 4))
    tops = sorted({round(box[1], 1) for box in found})
    assert len(tops) == 2
    assert [len([box for box in found if round(box[1], 1) == top]) for top in tops] == [2, 2]


def test_a_caption_stays_on_the_page_of_its_picture() -> None:
    for rows in range(8, 22):
        given = printed(
            document(paragraph(hanzi(28 * rows)), b.Figure((image("wide.png"),), text("图1 题"))), pictures=PICTURES
        )
        page = next(number for number in range(1, given.page_count + 1) if boxes(given, number))
        assert "图1题" in given.words(page).replace(" ", "")


def test_a_caption_of_two_thousand_hanzi_goes_on_overleaf() -> None:
    given = made(image("wide.png"), caption=text(hanzi(2000)))
    whole = "".join(given.words(page) for page in range(1, given.page_count + 1))
    assert sum(whole.count(sign) for sign in set(hanzi(40))) >= 2000
    assert given.page_count > 1
    for page in range(1, given.page_count + 1):
        assert all(sign.bottom < 263 for sign in given.signs(page) if sign.character in hanzi(40))


def test_rows_of_pictures_higher_than_a_page_part_between_rows() -> None:
    given = made(*[image("tall.png")] * 12)
    assert sum(len(boxes(given, page)) for page in range(1, given.page_count + 1)) == 12
    assert all(box[3] < 262.5 for page in range(1, given.page_count + 1) for box in boxes(given, page))


def test_captions_belong_to_pictures_only_where_there_is_one_for_each() -> None:
    three = (i.Text("甲"), BETWEEN, i.Text("乙"), BETWEEN, i.Text("丙"))
    assert own_captions(three, 3) == [(i.Text("甲"),), (i.Text("乙"),), (i.Text("丙"),)]
    assert own_captions(three, 2) == []
    assert own_captions((i.Text("甲"),), 1) == []
    assert own_captions((i.Text("甲"), i.Text("\u3000", 7), i.Text("乙")), 2) == [], "a space of the author's own"


@pytest.mark.parametrize("between", [" ", "\n", "　"])
def test_two_pictures_of_one_paragraph_are_one_figure_with_two_captions(between: str) -> None:
    source = f'![左](a.png "图1 左边"){between}![右](b.png "图2 右边")'
    (figure,) = read("a.md", source.encode()).value.articles[0].blocks
    assert isinstance(figure, b.Figure)
    assert [image.target for image in figure.images] == ["a.png", "b.png"]
    assert len(own_captions(figure.caption, 2)) == 2


def test_repair_keeps_the_captions_of_two_pictures_apart() -> None:
    from converters.repairs import repair

    source = '![左](a.png "上坪村老人饭桌启用") ![右](b.png "东关社区服务站启用")'
    figure = repair(read("a.md", source.encode()).value).value.articles[0].blocks[0]
    assert isinstance(figure, b.Figure) and len(own_captions(figure.caption, 2)) == 2


@pytest.mark.conformance
def test_captioned_pictures_are_accessible_and_fit_for_the_archive(tmp_path: Path) -> None:
    caption = (i.Text("图1 左边"), BETWEEN, i.Text("图2 右边"))
    path = tmp_path / "figures.pdf"
    path.write_bytes(made(image("wide.png"), image("tall.png"), caption=caption).data)
    assert set(tools.verapdf("2a,ua1", path).values()) == {"pass"}
