"""套打 and artwork: the room of the masthead's name, and what stands in it."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest
from PIL import Image as Pillow

import tools
from converters.model.metadata import Kind, Metadata
from converters.model.pictures import Picture, artwork_key, artwork_size
from printed import MM, Print, document, paragraph, printed, theme

BULLETIN = Metadata(
    name="民政工作简报", issue="12", issuer="云岭省民政厅办公室", date=datetime.date(2026, 3, 27)
)  # fmt: skip
OFFICIAL = Metadata(kind=Kind.GONGWEN, name="云岭省民政厅文件", document_number="云民发〔2026〕12号")
IMAGE = "name.png"


def artwork(size: tuple[int, int] = (600, 120), dpi: float = 150.0) -> dict[str, Picture]:
    buffer = io.BytesIO()
    Pillow.new("RGB", size, "#E2231A").save(buffer, "PNG")
    return {artwork_key(IMAGE): Picture(buffer.getvalue(), "image/png", *size, dpi)}


def made(metadata: Metadata, pictures: dict[str, Picture] | None = None, **overrides: str) -> Print:
    sheet = theme("gongwen" if metadata.kind is Kind.GONGWEN else "jianbao", **overrides)
    return printed(document(paragraph("正文。"), metadata=metadata, title="题目"), sheet, pictures)


def images(given: Print) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of the pictures of the first page, in millimetres."""
    page = given.pdf[0]
    boxes = [item.get_bounds() for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])]
    height = page.get_height()
    return [(left * MM, (height - top) * MM, right * MM, (height - bottom) * MM) for left, bottom, right, top in boxes]


@pytest.mark.parametrize("metadata", [BULLETIN, OFFICIAL], ids=["bulletin", "official"])
def test_headed_paper_keeps_every_other_line_where_it_was(metadata: Metadata) -> None:
    drawn, kept = made(metadata), made(metadata, masthead__preprinted="true")
    names = [row for row in drawn.rows(1) if row.words == metadata.name]
    assert len(names) == 1
    rest = [row for row in drawn.rows(1) if row.words != metadata.name]
    assert [row.words for row in kept.rows(1)] == [row.words for row in rest]
    for row, before in zip(kept.rows(1), rest, strict=True):
        assert (row.base, row.x) == pytest.approx((before.base, before.x), abs=0.005)


@pytest.mark.parametrize("metadata", [BULLETIN, OFFICIAL], ids=["bulletin", "official"])
def test_headed_paper_has_the_red_rule_already(metadata: Metadata) -> None:
    assert len(made(metadata).rules(1)) == 1
    assert made(metadata, masthead__preprinted="true").rules(1) == []


def test_artwork_stands_where_the_name_would_begin_centred_at_its_own_size() -> None:
    given = made(BULLETIN, artwork(), masthead__image=IMAGE)
    ((left, top, right, bottom),) = images(given)
    assert (right - left, bottom - top) == pytest.approx((600 / 150 * 25.4, 120 / 150 * 25.4), abs=0.01)
    assert top == pytest.approx(37 + 35, abs=0.01)
    assert (left + right) / 2 == pytest.approx(28 + 156 / 2, abs=0.01)
    assert BULLETIN.name not in given.words(1)
    assert given.row("第12期").top > bottom


def test_artwork_is_no_wider_than_the_type_area_and_no_taller_than_six_centimetres() -> None:
    ((left, _, right, _),) = images(made(BULLETIN, artwork((4000, 400), 96), masthead__image=IMAGE))
    assert right - left == pytest.approx(156, abs=0.1)
    picture = artwork((100, 4000), 96)[artwork_key(IMAGE)]
    assert artwork_size(picture, 442.0) == pytest.approx((4.25, 170.0))


def test_artwork_on_headed_paper_is_not_drawn_but_has_its_room() -> None:
    drawn = made(BULLETIN, artwork(), masthead__image=IMAGE)
    kept = made(BULLETIN, artwork(), masthead__image=IMAGE, masthead__preprinted="true")
    assert images(kept) == []
    assert kept.row("第12期").base == drawn.row("第12期").base


def test_artwork_that_is_not_there_leaves_the_name_in_letters() -> None:
    assert made(BULLETIN, masthead__image=IMAGE).data == made(BULLETIN).data


@pytest.mark.conformance
def test_artwork_is_a_figure_that_says_the_name(tmp_path: Path) -> None:
    path = tmp_path / "drawn.pdf"
    path.write_bytes(made(BULLETIN, artwork(), masthead__image=IMAGE).data)
    assert set(tools.verapdf("2a,ua1", path).values()) == {"pass"}
