"""Pages in columns (公报): runs of text in columns, what is wide across them, the last columns balanced."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

import tools
from converters.layout.result import Piece
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.metadata import Kind, Metadata
from converters.model.pictures import Picture
from converters.theme.schema import Align
from printed import Print, document, hanzi, laid, paragraph, printed, text, theme

GAZETTE = Metadata(kind=Kind.GONGBAO, toc="false")
INNER, OUTER = 22, 20
CELL = 168 / 44
COLUMN = 21 * CELL
SECOND = 23 * CELL
"""Where the second column begins: 21 cells and two between."""


def gazette(*blocks: b.Block, pictures: dict[str, Picture] | None = None, title: str = "") -> Print:
    return printed(document(*blocks, title=title, metadata=GAZETTE), theme("gongbao"), pictures)


def columns(made: Print, page: int, inner: float) -> tuple[list[float], list[float]]:
    """The baselines of the rows of the two columns of a page."""
    left, right = set(), set()
    for sign in made.signs(page):
        if sign.base < 272:
            (left if sign.x < inner + COLUMN else right).add(round(sign.base, 2))
    return sorted(left), sorted(right)


def test_a_full_page_has_two_columns_of_21_hanzi_and_45_rows() -> None:
    made = gazette(paragraph(hanzi(21 * 45 * 3)))
    rows = [row for row in made.rows(1) if row.base < 272]
    assert len(rows) == 45
    row = rows[5]
    assert len(row.signs) == 42
    assert row.signs[0].x == pytest.approx(INNER, abs=0.05)
    assert row.signs[20].x == pytest.approx(INNER + 20 * CELL, abs=0.05)
    assert row.signs[21].x == pytest.approx(INNER + SECOND, abs=0.05)
    assert row.signs[41].x == pytest.approx(INNER + 43 * CELL, abs=0.05)


def test_text_runs_down_the_first_column_before_the_second() -> None:
    words = gazette(paragraph(hanzi(21 * 60))).words(1)
    assert words.startswith(hanzi(21 * 60)[:800])


def test_the_last_columns_are_balanced() -> None:
    made = gazette(*(paragraph(hanzi(21 * 5 - 2)) for _ in range(23)))
    assert made.page_count == 2
    left, right = columns(made, 2, OUTER)
    # 90 rows stand on page 1.
    assert (len(left), len(right)) == (13, 12)
    assert left[:12] == right


def test_an_odd_row_of_the_last_columns_stands_in_the_first() -> None:
    made = gazette(*(paragraph(hanzi(21 - 2)) for _ in range(7)))
    left, right = columns(made, 1, INNER)
    assert (len(left), len(right)) == (4, 3)


def test_a_title_stands_across_both_columns_and_the_text_below_it_in_both() -> None:
    made = gazette(paragraph(hanzi(21 * 6)), title="云岭省人民政府关于印发规划的通知")
    title = made.row("云岭省人民政府")
    assert (title.left + title.right) / 2 == pytest.approx(INNER + 84, abs=0.6)
    left, right = columns(made, 1, INNER)
    below = [base for base in right if base > title.base + 0.1]
    assert below and below[0] in left and below[0] == min(base for base in left if base > title.base + 0.1)


def test_each_article_balances_its_own_columns() -> None:
    articles = tuple(Article((text(name),), (paragraph(hanzi(21 * 10)),)) for name in ("甲文", "乙文"))
    metadata = Metadata(kind=Kind.GONGBAO, toc="false", article_break="run-on")
    made = printed(Document(metadata, articles), theme("gongbao"))
    assert made.page_count == 1
    second = made.row("乙文").base
    above = [row for row in made.rows(1) if 30 < row.base < second and len(row.signs) > 21]
    below = [row for row in made.rows(1) if second < row.base < 272 and len(row.signs) > 21]
    assert len(above) == 5 and len(below) == 5


def grid(columns_of: int, words: str) -> b.Table:
    row = b.Row(tuple(b.Cell(text(words)) for _ in range(columns_of)))
    return b.Table(tuple(b.Column() for _ in range(columns_of)), (row, row))


def test_a_table_of_few_words_stands_in_its_column_a_wide_one_across() -> None:
    narrow = gazette(paragraph(hanzi(60)), grid(2, "甲"), paragraph(hanzi(60)))
    assert max(rule[2] for rule in narrow.rules(1)) < INNER + SECOND + COLUMN + 0.2
    assert max(rule[2] - rule[0] for rule in narrow.rules(1)) < COLUMN + 0.5
    wide = gazette(paragraph(hanzi(60)), grid(9, "民政事业统计"), paragraph(hanzi(60)))
    assert max(rule[2] - rule[0] for rule in wide.rules(1)) > COLUMN + 10
    assert "L-TABLE" not in {finding.rule for finding in wide.findings}


def test_two_pictures_stand_across_one_stands_in_its_column() -> None:
    buffer = io.BytesIO()
    Pillow.new("RGB", (1200, 900)).save(buffer, "PNG")
    pictures = {"a.png": Picture(buffer.getvalue(), "image/png", 1200, 900)}
    image = i.Image("a.png", "图")
    for images, least, most in (((image,), 0, COLUMN + 0.1), ((image, image), 80, 168.1)):
        made = laid(document(paragraph(hanzi(60)), b.Figure(images)), theme("gongbao"), pictures).value
        boxes = [item for item in made.pages[0].items if hasattr(item, "box")]
        width = (max(item.x + item.box.width for item in boxes) - min(item.x for item in boxes)) * 25.4 / 72
        assert least < width < most


def test_a_note_stands_at_the_foot_of_the_column_that_calls_it() -> None:
    note = i.Note("1", (paragraph("脚注的话。"),))
    called = b.Paragraph((i.Text(hanzi(21 * 50)), note, i.Text(hanzi(21 * 40))))
    made = gazette(called)
    row = next(row for row in made.rows(1) if "脚注的话" in row.words)
    assert row.base > 262
    sign = next(sign for sign in row.signs if sign.character == "脚")
    assert sign.x > INNER + SECOND
    call = next(sign for sign in made.signs(1) if sign.character == "①")
    assert call.x > INNER + SECOND


def test_a_note_of_a_title_stands_in_the_columns_below_it() -> None:
    note = i.Note("1", (paragraph("题注的话。"),))
    article = Article(((i.Text("标题"), note),), (paragraph(hanzi(21 * 30)),))
    made = printed(Document(GAZETTE, (article,)), theme("gongbao"))
    words = made.words(1)
    assert "题注的话" in words and words.index("题注的话") > words.index("标题")
    assert made.row("题注的话").base > made.row("标题").base


def test_three_columns_are_set_where_the_style_sheet_says_so() -> None:
    made = printed(document(paragraph(hanzi(3000))), theme("gongbao", page__columns="3"))
    row = made.rows(1)[5]
    step = (168 + 21.65 * 25.4 / 72) / 3
    starts = [b.x for a, b in zip(row.signs, row.signs[1:], strict=False) if b.x - a.x > CELL + 1]
    assert starts == pytest.approx([INNER + step, INNER + 2 * step], abs=0.3)


BLOCKS = st.one_of(
    st.integers(1, 1500).map(lambda count: paragraph(hanzi(count))),
    st.just(b.Heading(1, text("一、标题"))),
    st.just(b.PageBreak()),
    st.integers(1, 9).map(lambda count: grid(count, "民政工作")),
    st.just(b.Signature((text("云岭省民政厅"),), text("2026年3月6日"))),
    st.integers(1, 900).map(
        lambda count: b.Paragraph((i.Text("甲"), i.Note("n", (paragraph(hanzi(count)),)), i.Text(hanzi(40))))
    ),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=8))
def test_nothing_is_lost_in_columns_and_nothing_overlaps(blocks: list[b.Block]) -> None:
    layout = laid(
        document(*blocks, title="标题", source="（据云岭省民政厅）", metadata=GAZETTE), theme("gongbao")
    ).value
    shown: dict[int, int] = {}
    passages = {}
    floor = layout.height - 25 / 25.4 * 72 + 1
    for page in layout.pages:
        boxes = []
        for item in page.items:
            if not isinstance(item, Piece) or item.passage.element is None:
                continue
            passages[id(item.passage)] = item.passage
            assert shown.get(id(item.passage), 0) == item.first, "lines come in order, each once"
            shown[id(item.passage)] = item.last
            bottom = item.y + (item.last - item.first) * item.passage.pitch
            assert bottom <= floor
            if item.passage.align is Align.JUSTIFY:
                boxes.append((item.x, item.y, item.x + item.passage.measure, bottom))
        for number, (left, top, right, bottom) in enumerate(boxes):
            for other in boxes[:number]:
                apart = right <= other[0] + 1 or other[2] <= left + 1 or bottom <= other[1] + 1 or other[3] <= top + 1
                assert apart, (left, top, right, bottom, other)
    assert all(shown[key] == len(passage.lines) for key, passage in passages.items())


@pytest.mark.conformance
def test_columns_with_notes_and_tables_are_accessible_and_fit_for_the_archive(tmp_path: Path) -> None:
    note = i.Note("1", (paragraph("脚注的话。"),))
    called = b.Paragraph((i.Text(hanzi(900)), note, i.Text(hanzi(900))))
    made = gazette(called, grid(9, "民政事业统计"), grid(2, "甲"), called, title="标题")
    path = tmp_path / "columns.pdf"
    path.write_bytes(made.data)
    assert set(tools.verapdf("2a,ua1", path).values()) == {"pass"}
