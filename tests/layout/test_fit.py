"""凑页: an issue on as many pages as the press wants, by pitch and spacing within the style sheet's limits."""

from __future__ import annotations

from typing import Any

import pytest

from converters.diagnostics import Severity
from converters.errors import StyleError
from converters.layout.fit import Grid, grids, suits
from converters.model.document import Article, Document
from converters.model.metadata import Kind, Metadata
from printed import MM, document, hanzi, laid, paragraph, printed, text, theme


def full(pages: float) -> Document:
    """An issue whose text fills so many pages of 22 rows."""
    return document(*(paragraph(hanzi(28 * 2 - 2)) for _ in range(round(pages * 11))))


def said(made: Any) -> list[tuple[str, Severity]]:
    return [(finding.rule, finding.severity) for finding in made.findings]


def test_a_number_of_pages_is_one_or_a_multiple() -> None:
    assert suits(4, "4") and not suits(8, "4")
    assert suits(8, "multiple of 4") and not suits(6, "multiple of 4")


def test_an_issue_that_has_its_pages_stays_as_it_is() -> None:
    plain = laid(full(4)).value
    made = laid(full(4), theme(page__fit="4"))
    assert made.findings == ()
    assert [len(page.items) for page in made.value.pages] == [len(page.items) for page in plain.pages]


@pytest.mark.parametrize(("rows", "fit", "wanted"), [(94, "4", 4), (66, "4", 4), (180, "multiple of 4", 8)])
def test_an_issue_is_made_to_have_its_pages(rows: int, fit: str, wanted: int) -> None:
    made = printed(full(rows / 22), theme(page__fit=fit))
    assert made.page_count == wanted
    assert said(made) == [("L-FIT", Severity.INFO)]


def test_the_pitch_changes_within_its_limit_and_no_size_does() -> None:
    made = printed(full(94 / 22), theme(page__fit="4"))
    rows = [row.base for row in made.rows(2)[:-1]]
    pitch = (rows[-1] - rows[0]) / (len(rows) - 1)
    standard = 225 / 22
    assert standard * 0.9 <= pitch < standard
    heights = {round(sign.bottom - sign.top, 1) for sign in made.signs(2) if sign.character == "天"}
    plain = {round(sign.bottom - sign.top, 1) for sign in printed(full(4)).signs(2) if sign.character == "天"}
    assert heights == plain
    assert made.rows(2)[0].base < 37 + pitch, "the type area stays where it is"
    assert rows[-1] < 262


def test_what_no_page_within_the_limits_can_do_is_said_and_left() -> None:
    made = laid(full(6), theme(page__fit="4"))
    assert said(made) == [("L-FIT", Severity.WARNING)]
    assert len(made.value.pages) == 6
    tight = laid(full(94 / 22), theme(page__fit="4", page__fit_pitch_ratio="0.001", page__fit_cell_ratio="0"))
    assert said(tight) == [("L-FIT", Severity.WARNING)] and len(tight.value.pages) == 5


def test_blank_rows_between_articles_give_way_before_the_hanzi_do() -> None:
    articles = tuple(Article((text(f"第{name}篇"),), (paragraph(hanzi(28 * 15)),)) for name in "甲乙丙丁")
    made = laid(Document(Metadata(toc="false"), articles), theme(page__fit="4"))
    assert len(laid(Document(Metadata(toc="false"), articles)).value.pages) != 4 or made.findings == ()
    assert made.value.theme is not None and made.value.theme.page.characters == 28


def test_the_layout_tells_the_sheet_that_was_taken() -> None:
    made = laid(full(94 / 22), theme(page__fit="4")).value
    assert made.theme is not None and made.theme.page.rows > 22
    assert laid(full(4)).value.theme == theme()


def test_grids_keep_to_the_limits_and_begin_with_the_least_change() -> None:
    sheet = theme(page__fit="4")
    found = grids(sheet)
    assert found[0] in (Grid(23, 28, 0), Grid(21, 28, 0))
    pitch = sheet.page.pitch
    assert all(abs(sheet.page.depth / grid.rows - pitch) <= 0.1 * pitch + 1e-6 for grid in found)
    assert Grid(22, 28, 0) not in found
    assert {grid.fewer for grid in grids(theme("gongwen", page__fit="4"))} == {0}, "attachments begin pages anyway"


@pytest.mark.parametrize("wrong", ["x", "0", "multiple of", "-4", "4.5"])
def test_a_wrong_number_of_pages_is_an_error_of_the_sheet(wrong: str) -> None:
    with pytest.raises(StyleError):
        theme(page__fit=wrong)


# -- drafts


@pytest.mark.parametrize("kind", [Kind.JIANBAO, Kind.GONGWEN])
def test_a_draft_has_its_label_above_the_type_area_on_every_page(kind: Kind) -> None:
    made = printed(document(paragraph(hanzi(28 * 30)), metadata=Metadata(kind=kind, draft="送审稿")))
    assert made.page_count == 2
    for page, right in ((1, 184), (2, 182)):
        row = made.row("送审稿", page)
        assert row.words == "送审稿"
        assert row.signs[-1].x + 16 * MM == pytest.approx(right, abs=0.2)
        assert 20 < row.base < 37


def test_a_label_of_the_front_matter_wins_over_the_sheets() -> None:
    sheet = theme(draft__text="征求意见稿")
    assert "征求意见稿" in printed(document(paragraph("正文。")), sheet).words(1)
    made = printed(document(paragraph("正文。"), metadata=Metadata(draft="送审稿")), sheet)
    assert "送审稿" in made.words(1) and "征求意见稿" not in made.words(1)


def test_a_watermark_lies_across_the_middle_of_the_page_under_its_text() -> None:
    made = printed(document(paragraph(hanzi(28 * 30))), theme(draft__text="送审稿", draft__form="watermark"))
    signs = {sign.character: sign for sign in made.signs(1) if sign.character in "送审稿"}
    assert set(signs) == set("送审稿")
    middle = signs["审"]
    assert (middle.left + middle.right) / 2 == pytest.approx(105, abs=3)
    assert (middle.top + middle.bottom) / 2 == pytest.approx(148.5, abs=3)
    assert signs["送"].x < signs["审"].x < signs["稿"].x and signs["送"].base > signs["稿"].base
    assert made.words(1).startswith(("送", "审", "稿")), "it is painted first"


def test_a_document_that_is_no_draft_has_no_label() -> None:
    assert "稿" not in printed(document(paragraph("正文。"))).words(1)


@pytest.mark.parametrize(("rows", "fit", "has"), [(64, "3", True), (58, "4", False)])
def test_the_contents_of_an_issue_stay_as_they_are_on_fewer_or_more_pages(rows: int, fit: str, has: bool) -> None:
    articles = tuple(
        Article((text(f"第{name}篇"),), tuple(paragraph(hanzi(54)) for _ in range(rows // 4))) for name in "甲乙"
    )
    keys = {"contents__min_pages": "4", "page__fit_pitch_ratio": "0.2"}
    plain = laid(Document(Metadata(), articles), theme(**keys)).value
    made = laid(Document(Metadata(), articles), theme(page__fit=fit, **keys)).value
    assert len(plain.pages) != len(made.pages) == int(fit)
    assert plain.pagination.contents is made.pagination.contents is has
