"""Marks and readings between the lines of horizontal text, measured from the PDF (clreq 5)."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import pikepdf
import pytest

from converters.model import blocks as b
from converters.model import inlines as i
from printed import MM, Print, Sign, document, hanzi, printed, text, theme

SIZE = 16 * MM


def set_line(*inlines: i.Inline) -> Print:
    return printed(document(b.Paragraph(inlines)))


def sign(made: Print, character: str, number: int = 0) -> Sign:
    return [found for found in made.signs(1) if found.character == character][number]


def strokes(made: Print) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of every filled rectangle of page 1, in mm from its upper left corner."""
    with pikepdf.open(io.BytesIO(made.data)) as file:
        content = bytes(file.pages[0].Contents.read_bytes()).decode("latin-1")
    found = []
    for shape in re.findall(r"([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re f", content):
        x, y, width, height = (float(each) * MM for each in shape)
        found.append((x, 297 - y - height, x + width, 297 - y))
    return found


def waves(made: Print) -> list[tuple[float, float, float, float]]:
    with pikepdf.open(io.BytesIO(made.data)) as file:
        content = bytes(file.pages[0].Contents.read_bytes()).decode("latin-1")
    found = []
    for path in re.findall(r"q [\d.]+ w (.*?) S Q", content):
        numbers = [float(each) * MM for each in re.findall(r"-?\d+\.\d+", path)]
        xs, ys = numbers[::2], numbers[1::2]
        found.append((min(xs), 297 - max(ys), max(xs), 297 - min(ys)))
    return found


def test_a_proper_name_has_one_stroke_below_it_and_neighbours_a_gap_between_theirs() -> None:
    made = set_line(i.Text("请"), i.ProperName(text("张三")), i.ProperName(text("李四")), i.Text("来"))
    first, second = strokes(made)
    assert first[1] > sign(made, "张").bottom - 0.3 and first[3] < sign(made, "张").base + 0.35 * SIZE
    assert first[0] == pytest.approx(sign(made, "张").x + 0.05 * SIZE, abs=0.1)
    assert first[2] == pytest.approx(sign(made, "李").x - 0.05 * SIZE, abs=0.2)
    # A tenth of a hanzi that is seen.
    assert second[0] - first[2] == pytest.approx(0.1 * SIZE, abs=0.1)


def test_the_stroke_of_a_name_that_turns_over_is_parted_with_it() -> None:
    made = set_line(i.Text(hanzi(24)), i.ProperName(text("欧阳修")), i.Text("来"))
    first, second = strokes(made)
    assert second[1] - first[1] == pytest.approx(225 / 22, abs=0.05)
    assert first[2] < 184.1 and second[0] == pytest.approx(28 + 0.05 * SIZE, abs=0.1)


def test_a_book_title_has_a_wave_below_it_from_end_to_end() -> None:
    made = set_line(i.Text("读"), i.BookTitle(text("诗经")), i.Text("。"))
    (wave,) = waves(made)
    assert wave[0] == pytest.approx(sign(made, "诗").x + 0.05 * SIZE, abs=0.1)
    assert wave[2] == pytest.approx(sign(made, "。").x - 0.05 * SIZE, abs=0.2)
    assert wave[1] > sign(made, "诗").bottom - 0.3


def test_a_line_stands_nearer_than_a_dot_where_both_stand_below() -> None:
    made = set_line(i.Text("读"), i.Dots((i.ProperName(text("张三")),)), i.Text("。"))
    (stroke,) = strokes(made)
    with pikepdf.open(io.BytesIO(made.data)) as file:
        content = bytes(file.pages[0].Contents.read_bytes()).decode("latin-1")
    dots = [297 - float(y) * MM for y in re.findall(r"[\d.]+ ([\d.]+) m (?:[\d. -]+ c )+f", content)]
    assert len(dots) == 2
    assert all(dot - 0.075 * SIZE > stroke[3] for dot in dots)
    assert all(dot + 0.075 * SIZE < sign(made, "张").base + 225 / 22 - 0.9 * SIZE for dot in dots), (
        "clear of the next line"
    )


def test_marks_and_readings_change_no_pitch() -> None:
    plain = printed(document(b.Paragraph(text(hanzi(100)))))
    marked = set_line(
        i.Text(hanzi(40)), i.Ruby(text("天"), "tiān"), i.Dots(text("地")), i.ProperName(text("玄黄")), i.Text(hanzi(56))
    )
    bases = [[row.base for row in made.rows(1) if len(row.signs) > 10] for made in (plain, marked)]
    assert bases[0][:3] == pytest.approx(bases[1][:3], abs=0.05)


def test_pinyin_is_half_as_large_above_the_middle_of_its_hanzi() -> None:
    made = set_line(i.Text("大"), i.Ruby(text("学"), "xué"), i.Text("生"))
    base, first, last = sign(made, "学"), sign(made, "x"), sign(made, "é")
    assert (first.left + last.right) / 2 == pytest.approx((base.left + base.right) / 2, abs=0.25)
    assert first.bottom < base.top and first.base > base.base - 225 / 22 / 2 - SIZE / 2


def test_readings_of_neighbours_keep_a_quarter_of_their_em_apart() -> None:
    made = set_line(i.Text("一"), i.Ruby(text("双"), "shuāng"), i.Ruby(text("窗"), "chuāng"), i.Text("下"))
    assert sign(made, "c").left - sign(made, "g").right >= 0.25 * SIZE / 2 - 0.1


def test_a_reading_at_the_edge_of_a_line_is_flush_with_its_hanzi() -> None:
    made = set_line(i.Text(hanzi(26)), i.Ruby(text("双"), "shuāng"), i.Text("下"))
    base = sign(made, "双")
    assert base.x == pytest.approx(28, abs=0.1)
    assert sign(made, "s").left == pytest.approx(28, abs=0.3)


def test_a_base_and_its_reading_are_never_parted() -> None:
    for count in range(22, 30):
        made = set_line(i.Text(hanzi(count)), i.Ruby(text("双窗"), "shuāngchuāng"), i.Text("下"))
        assert sign(made, "双").base == sign(made, "窗").base


@pytest.mark.parametrize("alignment", b.Alignment)
def test_a_base_and_its_reading_stand_in_their_line_whatever_it_is_ranged_on(alignment: b.Alignment) -> None:
    cell = b.Cell((i.Text("天地"), i.Ruby((i.Text("玄黄"),), "huáng"), i.Text("宇宙")))
    made = printed(document(b.Table((b.Column(alignment),), (b.Row((cell,)),))))
    signs = {found.character: found for found in made.signs(1)}
    row = [signs[character] for character in "天地玄黄宇宙"]
    assert len({round(found.base, 2) for found in row}) == 1
    assert all(before.x < after.x < before.x + 2 * SIZE for before, after in pairwise(row))
    reading = signs["á"]
    assert row[1].right < reading.left and reading.right < row[4].left
    assert reading.base < row[0].base - SIZE / 2


def frames(made: Print) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of every rectangle that is drawn as a line, to the middle of that line."""
    with pikepdf.open(io.BytesIO(made.data)) as file:
        content = bytes(file.pages[0].Contents.read_bytes()).decode("latin-1")
    found = []
    for shape in re.findall(r"w ([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re S", content):
        x, y, width, height = (float(each) * MM for each in shape)
        found.append((x, 297 - y - height, x + width, 297 - y))
    return found


def test_the_name_of_one_who_has_died_stands_in_a_frame_that_no_neighbour_touches() -> None:
    made = set_line(i.Text("主编"), i.Deceased(text("张三")), i.Text("同志"))
    ((left, top, right, bottom),) = frames(made)
    before, first, last, after = (sign(made, each) for each in "编张三同")
    assert before.right < left < first.left and last.right < right < after.left
    assert first.left - left == pytest.approx(right - last.right, abs=0.6)
    assert top < min(first.top, last.top) and bottom > max(first.bottom, last.bottom)
    assert made.row("主编").words == "主编张三同志", "nothing is said but the name"


def test_two_names_in_frames_have_a_frame_each() -> None:
    made = set_line(i.Deceased(text("张三")), i.Deceased(text("李四")), i.Text("等"))
    first, second = frames(made)
    assert first[2] <= second[0] + 0.05
    assert first[0] == pytest.approx(28 + 2 * 156 / 28 + 0.14, abs=0.2), "at the indent"


@pytest.mark.parametrize("count", range(22, 27))
def test_a_name_in_its_frame_is_not_parted_by_a_line_end(count: int) -> None:
    made = set_line(i.Text(hanzi(count)), i.Deceased(text("欧阳修")), i.Text("同志，" + hanzi(30)))
    ((left, _, right, _),) = frames(made)
    assert "欧阳修" in made.row("欧阳修").words
    assert left > 27.9 and right < 184.2


def marks_of(made: Print) -> list[bytes]:
    with pikepdf.open(io.BytesIO(made.data)) as file:
        content = bytes(file.pages[0].Contents.read_bytes())
    return re.findall(rb"[\d.]+ [\d.]+ m (?:[\d. -]+ c )+[fs]", content)


@pytest.mark.parametrize(
    ("form", "curves", "end"),
    [("", 4, b"f"), ("dot", 4, b"f"), ("hollow-dot", 4, b"s"), ("sesame", 3, b"f"), ("hollow-sesame", 3, b"s")],
)
def test_emphasis_marks_are_round_or_drops_and_full_or_hollow(form: str, curves: int, end: bytes) -> None:
    found = marks_of(set_line(i.Text("请"), i.Dots(text("注意"), form), i.Text("。")))
    assert [(mark.count(b" c"), mark[-1:]) for mark in found] == [(curves, end)] * 2


def test_the_style_sheet_says_what_emphasis_marks_look_like() -> None:
    blocks = b.Paragraph((i.Text("请"), i.Dots(text("注意")), i.Dots(text("看"), "dot")))
    found = marks_of(printed(document(blocks), theme(text__emphasis="hollow-sesame")))
    assert [mark[-1:] for mark in found] == [b"s", b"s", b"f"]


def test_a_frame_inside_emphasis_has_no_dots_beside_its_name() -> None:
    made = set_line(i.Text("请"), i.Dots((i.Deceased(text("张三")),)), i.Text("。"))
    assert len(marks_of(made)) == 2
