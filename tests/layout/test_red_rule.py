"""The red rule of a masthead, plain, with a star, or double: measured from the PDF."""

from __future__ import annotations

import ctypes
import datetime

import pypdfium2.raw as pdfium
import pytest

from converters.errors import StyleError
from converters.fidelity import frame_of, verify
from converters.model.document import Article, Document
from converters.model.metadata import Metadata
from printed import MM, Print, paragraph, printed, text, theme

BULLETIN = Document(
    Metadata(name="民政工作简报", issue="12", issuer="民政厅办公室", date=datetime.date(2026, 3, 27), toc="false"),
    (Article((text("标题"),), (paragraph("正文。"),)),),
)
EM = 16 * MM
MIDDLE = 0.38


def made(form: str, **keys: str) -> Print:
    return printed(BULLETIN, theme(masthead__rule_form=form, **keys))


def em_bottom(page: Print) -> float:
    """Where the em box of the line above the rule ends, in mm."""
    return page.row("民政厅办公室").base - MIDDLE * EM + EM / 2


@pytest.mark.parametrize(("form", "thick"), [("thick-thin", 0), ("thin-thick", 1)])
def test_a_double_rule_has_a_thick_and_a_thin_line_as_wide_as_the_type_area(form: str, thick: int) -> None:
    page = made(form)
    upper, lower = page.rules(1)[:2]
    for rule in (upper, lower):
        assert (rule[0], rule[2]) == pytest.approx((28, 184), abs=0.05)
    assert upper[1] - em_bottom(page) == pytest.approx(4, abs=0.1)
    depths = [rule[3] - rule[1] for rule in (upper, lower)]
    assert depths[thick] == pytest.approx(1.5 * MM, abs=0.01)
    assert depths[1 - thick] == pytest.approx(0.5 * MM, abs=0.01)
    assert lower[1] - upper[3] == pytest.approx(1.5 * MM, abs=0.01), "the gap is as wide as the thick line"


def test_a_star_stands_in_the_middle_of_its_rule_which_leaves_room_on_both_sides() -> None:
    page = made("star")
    star, left, right = page.rules(1)[:3]
    assert (left[0], right[2]) == pytest.approx((28, 184), abs=0.05)
    assert left[1] == right[1] and left[1] - em_bottom(page) == pytest.approx(4, abs=0.1)
    assert left[3] - left[1] == pytest.approx(1.5 * MM, abs=0.01)
    assert right[0] - left[2] == pytest.approx(1.5 * EM, abs=0.05), "the star, and a quarter of it on both sides"
    assert ((left[2] + right[0]) / 2, (star[0] + star[2]) / 2) == pytest.approx((106, 106), abs=0.05)
    assert star[2] - star[0] == pytest.approx(EM, abs=0.05)
    assert (star[1] + star[3]) / 2 == pytest.approx((left[1] + left[3]) / 2, abs=0.05)
    points = star_points(page)
    assert len(points) == 5 and min(points, key=lambda point: point[1])[0] == pytest.approx(106, abs=0.05), "upright"


def test_a_star_is_as_wide_as_the_sheet_says() -> None:
    star = made("star", masthead__rule_star="30pt").rules(1)[0]
    assert star[2] - star[0] == pytest.approx(30 * MM, abs=0.05)


def test_a_star_stands_upright_in_a_vertical_book() -> None:
    page = made("star", page__writing_mode="vertical-rl")
    points = star_points(page)
    highest = min(points, key=lambda point: point[1])
    assert highest[0] == pytest.approx(sum(point[0] for point in points) / 5, abs=0.05)
    # Its rule runs down the type area, from 37 to 262 mm.
    middle = (min(point[1] for point in points) + max(point[1] for point in points)) / 2
    assert middle == pytest.approx((37 + 262) / 2, abs=0.1)


def star_points(page: Print) -> list[tuple[float, float]]:
    """The points of the star on page 1, in mm from the left and from the top edge."""
    sheet = page.pdf[0]
    matrix = next(
        item.raw for item in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])
        if pdfium.FPDFPath_CountSegments(item.raw) >= 5 and _is_oblique(item.raw)
    )  # fmt: skip
    return [(x * MM, (sheet.get_height() - y) * MM) for x, y in _corners(matrix)]


def _corners(path: object) -> list[tuple[float, float]]:
    """The different corners of a path, on the page."""
    a, b, c, d, e, f = (ctypes.c_float(value) for value in (1, 0, 0, 1, 0, 0))
    held = pdfium.FS_MATRIX(a, b, c, d, e, f)
    pdfium.FPDFPageObj_GetMatrix(path, held)
    found = []
    for number in range(pdfium.FPDFPath_CountSegments(path)):
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFPath_GetPathSegment(path, number), x, y)
        place = (held.a * x.value + held.c * y.value + held.e, held.b * x.value + held.d * y.value + held.f)
        if not any(abs(place[0] - other[0]) + abs(place[1] - other[1]) < 0.01 for other in found):
            found.append(place)
    return found


def _is_oblique(path: object) -> bool:
    return len({round(x, 2) for x, _ in _corners(path)}) > 2


@pytest.mark.parametrize("form", ["star", "thick-thin"])
def test_a_preprinted_rule_is_not_drawn_and_keeps_its_room(form: str) -> None:
    drawn, blank = made(form), made(form, masthead__preprinted="true")
    assert blank.rules(1) == []
    assert blank.row("标题").base == pytest.approx(drawn.row("标题").base, abs=0.001)


@pytest.mark.parametrize("form", ["star", "thick-thin"])
def test_what_is_drawn_adds_nothing_to_what_is_read(form: str) -> None:
    assert "★" not in made(form).words(1)
    sheet = theme(masthead__rule_form=form)
    assert verify(BULLETIN, "a.pdf", made(form).data, frame_of(sheet)) == ()


def test_a_form_that_there_is_not_is_an_error_with_those_that_there_are() -> None:
    with pytest.raises(StyleError) as failure:
        theme(masthead__rule_form="wavy")
    assert "thick-thin" in str(failure.value.hint)
