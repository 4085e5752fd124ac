"""The text of a print edition as the programs see it that people read, search and copy with."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from breaking import uncompressed

from converters.fidelity import frame_of, verify
from converters.fonts.roles import resolve
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.metadata import Kind, Metadata
from converters.theme.schema import Role, Theme
from printed import document, hanzi, paragraph, printed, text, theme
from reading_pdf import READERS

SHARED = "一⼀二⼆·・•人⼈子⼦水⽔大⼤"
"""Characters of which several are drawn by one glyph of the embedded face."""


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


@pytest.fixture
def mixed(tmp_path: Path) -> tuple[Path, list[str]]:
    """A file with lines that extractors have stumbled over, and its blocks in order."""
    data, blocks = _mixed()
    path = tmp_path / "mixed.pdf"
    path.write_bytes(data)
    return path, blocks


@functools.cache
def _mixed() -> tuple[bytes, list[str]]:
    lines = [
        "群众最怕“照片很好，住进去两样”。市里请12名退休护士长组成评议组，按照《规范》的38项指标逐家打分，分数上图。",
        f"部首与汉字：{SHARED}。",
        "扩展区：𠮷野家、葛\U000e0100城、𰻞𰻞面。",
        "全角ＡＢＣ１２３与半角ABC123，（括号）“引号”‘单引’——破折……省略。",
        "会议（扩大）、《办法》、“六快”、【工作动态】。一周（7天）。",
        hanzi(200),
    ]
    made = printed(
        document(
            b.Paragraph(text(lines[0][8:]), run_in=text(lines[0][:8]), run_in_level=2), *map(paragraph, lines[1:]),
            title="题目",
        )
    )  # fmt: skip
    return made.data, ["题目", *map(squeezed, lines)]


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_text_comes_out_as_it_went_in_and_in_order(mixed: tuple[Path, list[str]], read: Callable[[Path], str]) -> None:
    path, blocks = mixed
    whole = re.sub(r"—\d+—", "", squeezed(read(path)))
    place = 0
    for block in blocks:
        found = whole.find(block, place)
        assert found >= 0, f"{block[:20]} … is not in {whole[max(place - 20, 0) : place + len(block) + 40]}"
        place = found + len(block)


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_a_file_that_lost_its_unicode_map_reads_otherwise(
    mixed: tuple[Path, list[str]], read: Callable[[Path], str], tmp_path: Path
) -> None:
    """The comparison above can fail: without ToUnicode a reader guesses from the codes, and guesses the twins wrong."""
    path, blocks = mixed
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(path.read_bytes().replace(b"/ToUnicode", b"/ToUnicodf"))
    assert squeezed(SHARED) not in squeezed(read(broken))
    assert blocks


def test_the_characters_that_share_a_glyph_share_the_font_program(mixed: tuple[Path, list[str]]) -> None:
    data = mixed[0].read_bytes()
    programs = data.count(b"/FontFile3") + data.count(b"/FontFile2")
    assert data.count(b"/Subtype /Type0") > programs


@pytest.mark.parametrize("sheet", [theme(), theme("vertical")], ids=["horizontal", "vertical"])
@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_no_hyphen_is_lost_at_the_end_of_a_line(read: Callable[[Path], str], sheet: Theme, tmp_path: Path) -> None:
    path = tmp_path / "hyphens.pdf"
    # A number that is divided at each of its places, one after the other; a hyphen before a space; one alone in a cell.
    words = [f"第{count}" + hanzi(count) + "电话000-0000000转1-2 - 3" + hanzi(12) + "。" for count in range(12, 26)]
    cells = b.Row(tuple(b.Cell(text(cell)) for cell in ("项目", "-", "12-")))
    table = b.Table(tuple(b.Column() for _ in range(3)), (cells, cells))
    path.write_bytes(printed(document(*map(paragraph, words), table), sheet).data)
    whole = re.sub(r"—\d+—|[\u200b\u00ad]", "", squeezed(read(path)))
    assert [words for words in map(squeezed, words) if words not in whole] == []
    assert whole.count("-") == sum(line.count("-") for line in words) + 4


def test_a_hyphen_of_ours_is_seen_where_a_face_draws_nothing_for_a_soft_one() -> None:
    face = resolve(theme(), "zh-Hans").value.face(Role.FANGSONG)
    assert not any(face.ink(face.glyphs[0xAD])), "the embedded face has the blank that this is about"
    made = document(b.Paragraph((i.Text("中文" + "internationalisation responsibilities " * 12),)))
    file = printed(made)
    # PDFium calls a hyphen that divides a word U+0002.
    ends = [row.signs[-1] for row in file.rows(1) if row.signs[-1].character in "\x02\u00ad"]
    assert ends and all(sign.right - sign.left > 1 for sign in ends)
    assert verify(made, "a.pdf", file.data, frame_of(theme())) == ()


@pytest.mark.parametrize("sheet", [theme(), theme(page__writing_mode="vertical-rl")], ids=["horizontal", "vertical"])
@pytest.mark.parametrize("name", ["甲乙+-", "甲乙-", "A-", "-"])
def test_a_hyphen_is_verified_wherever_it_stands(name: str, sheet: Theme) -> None:
    words = [*map(paragraph, ("a-b", "-", "甲-乙，- 又丙-", "a - " * 40 + "b-"))]
    metadata = Metadata(name=name, issue="9-", issuer="甲-乙", contact="000-0000")
    made = document(paragraph("完-"), *words, metadata=metadata, title="-")
    data = printed(made, sheet).data
    assert verify(made, "a.pdf", data, frame_of(sheet)) == ()
    # The check can fail: a hyphen that is not there is missed.
    for start, others in (("完", words), ("完-", [words[0], *words[2:]])):
        other = document(paragraph(start), *others, metadata=metadata, title="-")
        assert verify(other, "a.pdf", data, frame_of(sheet)) != ()


def test_verify_misses_what_is_drawn_beside_the_paper() -> None:
    made = document(b.Paragraph((i.Text("天地"), i.Ruby((i.Text("玄黄"),), "xuán"), i.Text("宇宙"))))
    with uncompressed():
        data = printed(made).data
    assert verify(made, "a.pdf", data, frame_of(theme())) == ()
    before, base, after = data.partition(b"/RB")
    moved = re.sub(rb"\n([\d.]+ [\d.-]+ Td)", rb"\n99\1", after, count=1)
    assert [found.rule for found in verify(made, "a.pdf", before + base + moved, frame_of(theme()))] == ["V-TEXT"] * 2


def test_words_of_a_line_that_was_broken_at_a_space_are_read_apart() -> None:
    words = "the quick brown fox jumps over the lazy dog " * 6
    made = printed(document(b.Paragraph((i.Text(words.strip()),))))
    assert "".join(made.words(1)).startswith("thequickbrownfox")
    with pypdfium2.PdfDocument(made.data) as pdf:
        assert " ".join(pdf[0].get_textpage().get_text_range().split()).startswith(words.strip()[:200])


def gazette(path: Path, **overrides: str) -> list[str]:
    """Write a gazette of chapters in two columns; returns its blocks in order."""
    made: list[b.Block] = []
    blocks: list[str] = []
    for number, name in enumerate("一二三四五六", 1):
        blocks.append(f"第{name}章总则")
        made.append(b.Heading(1, text(f"第{name}章　总则")))
        for part in range(3):
            words = f"第{number}{part}条，" + hanzi(95) + "。"
            blocks.append(words)
            made.append(paragraph(words))
    metadata = Metadata(kind=Kind.GONGBAO, toc="false", editors=("张三",), reviewers=("李四",), copies="500")
    path.write_bytes(printed(document(*made, title="设置办法", metadata=metadata), theme("gongbao", **overrides)).data)
    return [*blocks, "编辑：张三审核：李四"]


def places(whole: str, blocks: list[str]) -> list[int]:
    return [whole.find(block) for block in blocks]


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_two_columns_are_read_one_after_the_other(read: Callable[[Path], str], tmp_path: Path) -> None:
    path = tmp_path / "gazette.pdf"
    blocks = gazette(path)
    found = places(squeezed(read(path)), blocks)
    assert -1 not in found and found == sorted(found)


def test_poppler_reads_columns_row_by_row_where_lines_stand_further_apart_than_half_their_size(tmp_path: Path) -> None:
    """Why a gazette is set no wider than that."""
    path = tmp_path / "wide.pdf"
    blocks = gazette(path, page__rows="40")
    assert -1 in places(squeezed(READERS["pdftotext"](path)), blocks)


def test_a_vertical_line_is_read_after_the_one_before_it_wherever_that_ends(tmp_path: Path) -> None:
    """PDFium reads from left to right what begins at one height."""
    path = tmp_path / "vertical.pdf"
    words = [f"{hanzi(count)}word" if count % 3 else hanzi(count) for count in range(3, 70)]
    made = document(*map(paragraph, words))
    path.write_bytes(printed(made, theme("vertical")).data)
    found = places(re.sub(r"\d", "", squeezed(READERS["pdfium"](path))), ["".join(words)])
    assert found == [0]
    assert verify(made, "a.pdf", path.read_bytes(), frame_of(theme("vertical"))) == ()
