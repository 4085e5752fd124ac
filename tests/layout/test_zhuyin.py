"""注音 beside their hanzi and 傍点 above theirs, measured from the PDF."""

from __future__ import annotations

import io
import itertools
import re

import pikepdf
import pytest

from converters.layout.zhuyin import is_zhuyin, syllables
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.metadata import Metadata
from printed import MM, Print, Sign, document, printed, text, theme

SIZE = 16 * MM


def sign(made: Print, character: str, number: int = 0) -> Sign:
    return [found for found in made.signs(1) if found.character == character][number]


def middle(found: Sign) -> tuple[float, float]:
    return (found.left + found.right) / 2, (found.top + found.bottom) / 2


def set_hant(*inlines: i.Inline, vertical: bool = False) -> Print:
    keys = {"page__writing_mode": "vertical-rl"} if vertical else {}
    return printed(document(b.Paragraph(inlines), metadata=Metadata(lang="zh-Hant")), theme(**keys))


@pytest.mark.parametrize(
    ("reading", "count", "parts"),
    [
        ("ㄍㄨㄛˊ ㄩˇ", 2, ["ㄍㄨㄛˊ", "ㄩˇ"]),
        ("ㄏㄢˋㄗˋ", 2, ["ㄏㄢˋ", "ㄗˋ"]),
        ("ㄇㄚ˙ㄇㄚ", 2, ["ㄇㄚ", "˙ㄇㄚ"]),
        ("ㄊㄧㄢㄑㄧˋ", 2, ["ㄊㄧㄢㄑㄧˋ"]),
        ("ㄒㄩㄝˊ", 1, ["ㄒㄩㄝˊ"]),
    ],
)
def test_a_reading_is_parted_by_its_blanks_and_tones(reading: str, count: int, parts: list[str]) -> None:
    assert is_zhuyin(reading) and syllables(reading, count) == parts


def test_pinyin_is_no_zhuyin() -> None:
    assert not is_zhuyin("xué") and not is_zhuyin(" ")


def test_the_signs_stand_under_each_other_at_the_right_of_their_hanzi() -> None:
    made = set_hant(i.Text("大"), i.Ruby(text("學"), "ㄒㄩㄝˊ"), i.Text("生"))
    base, after = sign(made, "學"), sign(made, "生")
    signs = [middle(sign(made, each)) for each in "ㄒㄩㄝ"]
    # A third of the hanzi's size, so a third of it apart, in one column a sixth of it behind the hanzi.
    assert [there[1] - here[1] for here, there in itertools.pairwise(signs)] == pytest.approx([SIZE / 3] * 2, abs=0.25)
    assert [x for x, _ in signs] == pytest.approx([base.x + SIZE * (1 + 1 / 6)] * 3, abs=0.1)
    assert signs[1][1] == pytest.approx(middle(base)[1], abs=0.35)
    assert after.x - base.x == pytest.approx(SIZE * 1.5, abs=0.2)


def test_a_tone_stands_at_the_right_of_the_last_sign_raised() -> None:
    made = set_hant(i.Ruby(text("學"), "ㄒㄩㄝˊ"), i.Text("生"))
    base, last, tone, after = sign(made, "學"), sign(made, "ㄝ"), sign(made, "ˊ"), sign(made, "生")
    assert middle(tone)[0] == pytest.approx(base.x + SIZE * (1 + 1 / 3 + 1 / 12), abs=0.1)
    assert tone.left > middle(last)[0] and tone.right < after.x + 0.1
    assert middle(tone)[1] == pytest.approx(middle(last)[1] - SIZE / 3 * 0.3, abs=0.35)


def test_the_light_tone_stands_above_the_first_sign() -> None:
    made = set_hant(i.Ruby(text("媽媽"), "ㄇㄚ ˙ㄇㄚ"))
    tone, first = sign(made, "˙"), sign(made, "ㄇ", 1)
    assert middle(tone)[0] == pytest.approx(middle(first)[0], abs=0.1)
    assert tone.bottom < first.top + 0.05


def test_in_a_vertical_line_they_stand_at_its_right_and_take_no_room() -> None:
    made = set_hant(i.Text("大"), i.Ruby(text("學"), "ㄒㄩㄝˊ"), i.Text("生"), vertical=True)
    base, after = sign(made, "學"), sign(made, "生")
    signs = [middle(sign(made, each)) for each in "ㄒㄩㄝ"]
    assert all(x > base.right for x, _ in signs)
    assert [there[1] - here[1] for here, there in itertools.pairwise(signs)] == pytest.approx([SIZE / 3] * 2, abs=0.25)
    assert middle(after)[1] - middle(base)[1] == pytest.approx(SIZE, abs=0.5)
    assert middle(sign(made, "ˊ"))[0] > signs[2][0]


def test_the_reading_is_read_in_its_order() -> None:
    made = set_hant(i.Ruby(text("漢字"), "ㄏㄢˋㄗˋ"), i.Text("好"))
    said = "".join(found.character for found in made.signs(1) if found.character in "ㄏㄢㄗˋ")
    assert said == "ㄏㄢˋㄗˋ"


# -- 傍点


def content_of(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as file:
        return bytes(file.pages[0].Contents.read_bytes())


def dots(made: Print) -> list[tuple[float, float]]:
    """The middles of the filled curves of page 1, in mm from its lower left corner."""
    content = content_of(made.data).decode("latin-1")
    found = []
    for shape in re.findall(r"([\d. -]+ m (?:[\d. -]+ c )+)f", content):
        numbers = [float(each) for each in re.findall(r"-?\d+\.\d+", shape)]
        xs, ys = numbers[::2], numbers[1::2]
        found.append(((min(xs) + max(xs)) / 2 * MM, (min(ys) + max(ys)) / 2 * MM))
    return found


@pytest.mark.parametrize(("lang", "above"), [("ja", True), ("zh-Hans", False), ("zh-Hant", False)])
def test_emphasis_dots_stand_above_in_japanese_and_below_in_chinese(lang: str, above: bool) -> None:
    block = b.Paragraph((i.Text("天"), i.Dots(text("大切、事")), i.Text("地")))
    made = printed(document(block, metadata=Metadata(lang=lang)), theme())
    found = dots(made)
    # None for the mark.
    assert len(found) == 3
    for (x, y), character in zip(found, "大切事", strict=True):
        base = sign(made, character)
        assert x == pytest.approx(base.x + SIZE / 2, abs=0.1)
        assert (297 - y < base.top) is above and (297 - y > base.bottom) is not above


def test_a_sesame_dot_stands_at_the_right_of_a_vertical_line() -> None:
    block = b.Paragraph((i.Text("天"), i.Dots(text("大切")), i.Text("地")))
    made = printed(document(block, metadata=Metadata(lang="ja")), theme(page__writing_mode="vertical-rl"))
    round_ones = printed(document(block, metadata=Metadata(lang="zh-Hant")), theme(page__writing_mode="vertical-rl"))
    shapes = [data.data for data in (made, round_ones)]
    counts = [content_of(data).count(b" c f") for data in shapes]
    assert counts == [2, 2]
    contents = [content_of(data) for data in shapes]
    # A drop has three curves, a round dot four.
    assert [len(re.findall(rb" c(?= )", content)) for content in contents] == [6, 8]
