"""Vertical lines in print: what stands upright, what is turned, and where it all stands on the paper."""

from __future__ import annotations

import io
import itertools
import re
from pathlib import Path

import pytest

import tools
from converters.diagnostics import Severity
from converters.fidelity import verify
from converters.fonts.face import Face
from converters.fonts.roles import resolve
from converters.layout.clusters import Clusters
from converters.layout.upright import stand
from converters.layout.vertical import turned
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.metadata import Metadata
from converters.model.pictures import Picture
from converters.theme.schema import Role, Theme
from converters.typeset.cells import cells_of
from printed import MM, Print, Sign, document, hanzi, laid, paragraph, printed, text, theme

MARGIN_TOP, MARGIN_RIGHT, PAPER, DEPTH = 22.0, 18.0, (148.0, 210.0), 168.0
LINES, PLACES = 17, 44


def vertical(**overrides: str) -> Theme:
    return theme("vertical", **overrides)


def set_vertically(*blocks: b.Block, lang: str = "zh-Hant", pictures: dict[str, Picture] | None = None) -> Print:
    """Blocks on vertical pages."""
    return printed(document(*blocks, metadata=Metadata(lang=lang)), vertical(), pictures)


def face(lang: str = "zh-Hant", role: Role = Role.SONGTI) -> Face:
    return resolve(vertical(), lang).value.chain(role)[0]


def sign(made: Print, character: str, page: int = 1) -> Sign:
    return next(found for found in made.signs(page) if found.character == character)


def centre(found: Sign) -> tuple[float, float]:
    return (found.left + found.right) / 2, (found.top + found.bottom) / 2


def grid(*rows: tuple[str, ...]) -> b.Table:
    columns = tuple(b.Column() for _ in rows[0])
    return b.Table(columns, tuple(b.Row(tuple(b.Cell(text(words)) for words in row)) for row in rows))


# -- characters


@pytest.mark.parametrize("character", "中あ한，。！①℃％§５")
def test_what_has_a_place_of_its_own_stands_upright(character: str) -> None:
    assert stand(face("ja" if character == "あ" else "zh-Hant"), character) is not None


@pytest.mark.parametrize("character", "Aaéβ7%-/&")
def test_letters_and_figures_of_words_are_turned(character: str) -> None:
    assert stand(face(), character) is None


@pytest.mark.parametrize("character", "「」（）《》—…～ー")
def test_brackets_and_dashes_stand_in_the_form_that_the_face_has_for_vertical_lines(character: str) -> None:
    found = stand(face("ja"), character)
    assert found is not None
    assert found.glyph == face("ja").vertical_glyphs[ord(character)] != face("ja").glyphs[ord(character)]


@pytest.mark.parametrize(("lang", "form"), [("zh-Hans", "﹃"), ("zh-Hant", "﹁"), ("ja", "〝")])
def test_curly_quotes_become_what_the_language_has(lang: str, form: str) -> None:
    found = stand(face(lang), "“")
    assert found is not None
    assert found.glyph == face(lang).vertical_glyphs[ord(form)]


def test_stops_stand_in_the_corner_in_japanese_and_in_the_middle_in_taiwan() -> None:
    def place(lang: str) -> tuple[float, float]:
        found = stand(face(lang), "。")
        assert found is not None
        left, bottom, right, top = face(lang).ink(found.glyph)
        return (left + right) / 2 - found.x, found.y - (bottom + top) / 2

    across, down = place("zh-Hant")
    assert abs(across) < 0.02 and abs(down - 0.5) < 0.02
    across, down = place("ja")
    assert across > 0.2 and down < 0.4


@pytest.mark.parametrize(
    ("words", "cells"),
    [
        ("第3條", ["3"]),
        ("12月31日", ["12", "31"]),
        ("共108遍", ["108"]),
        ("2026年", []),
        ("增35.6%", []),
        ("GDP3項", []),
        ("page 12 of", []),
        ("3,000人", []),
        ("2.", ["2."]),
        ("真的？！好！", ["？！"]),
    ],
)
def test_one_to_three_figures_between_hanzi_share_a_cell(words: str, cells: list[str]) -> None:
    assert [words[start:end] for start, end in cells_of(words)] == cells


def test_what_shares_a_cell_is_written_out_again() -> None:
    clusters = Clusters()
    case = printed_case()
    short = clusters.in_cell("第12條，共3款", case, {})
    assert len(short) == 7
    assert clusters.written(short) == "第12條，共3款"


def printed_case():  # type: ignore[no-untyped-def]  # a fixture of many values
    from converters.layout.compositor import Compositor

    sheet = turned(vertical())
    shop = Compositor(Metadata(lang="zh-Hant"), sheet, resolve(sheet, "zh-Hant").value, {})
    return shop.typecase(sheet.styles.body)


# -- places


def test_a_full_page_has_its_lines_from_right_to_left_and_its_places_from_top_to_bottom() -> None:
    found = set_vertically(paragraph(hanzi(LINES * PLACES + 80)))
    signs = found.signs(1)
    assert signs[0].character == hanzi(1)
    columns: dict[float, list[Sign]] = {}
    for item in signs:
        columns.setdefault(round(item.x, 1), []).append(item)
    full = {x: column for x, column in columns.items() if len(column) > 5}
    assert len(full) == LINES
    # The first line is indented by one place.
    assert [len(column) for column in full.values()] == [PLACES - 1] + [PLACES] * (LINES - 1)
    xs = list(full)
    steps = [before - after for before, after in itertools.pairwise(xs)]
    pitch = (PAPER[0] - MARGIN_RIGHT - 15.0) / LINES
    assert steps == pytest.approx([pitch] * (LINES - 1), abs=0.11)
    assert centre(full[xs[1]][0])[0] == pytest.approx(PAPER[0] - MARGIN_RIGHT - 1.5 * pitch, abs=0.3)
    cell = DEPTH / PLACES
    for column in full.values():
        tops = [item.base for item in column]
        assert [b - a for a, b in itertools.pairwise(tops)] == pytest.approx([cell] * (len(tops) - 1), abs=0.02)
    assert full[xs[1]][0].top == pytest.approx(MARGIN_TOP, abs=0.6)


def test_even_pages_are_bound_on_the_right_too() -> None:
    found = set_vertically(paragraph(hanzi(LINES * PLACES * 2)))
    right = [max(centre(item)[0] for item in found.signs(page)) for page in (1, 2)]
    # Inner margin 18 mm, outer 15 mm: the second page has its inner margin on the left.
    assert right[1] - right[0] == pytest.approx(3.0, abs=0.1)


def test_the_page_number_stays_horizontal_at_the_foot() -> None:
    found = set_vertically(paragraph(hanzi(30)))
    number = sign(found, "1")
    assert number.top > PAPER[1] - 20.0
    assert centre(number)[0] == pytest.approx((15.0 + PAPER[0] - MARGIN_RIGHT) / 2, abs=0.2)
    assert number.bottom - number.top > number.right - number.left


def test_two_figures_stand_side_by_side_in_one_cell() -> None:
    found = set_vertically(paragraph("民國第47期出版"))
    four, seven, before, after = (sign(found, character) for character in "47第期")
    assert four.base == pytest.approx(seven.base, abs=0.02)
    assert four.right <= seven.left + 0.1
    assert (four.left + seven.right) / 2 == pytest.approx(centre(before)[0], abs=0.25)
    assert before.bottom < four.top and seven.bottom < after.top
    assert seven.right - four.left < DEPTH / PLACES
    assert after.base - before.base == pytest.approx(2 * DEPTH / PLACES, abs=0.05)


def test_one_figure_stands_upright_in_the_middle_of_its_cell() -> None:
    found = set_vertically(paragraph("民國第8期出版"))
    eight, before = sign(found, "8"), sign(found, "第")
    assert eight.bottom - eight.top > eight.right - eight.left
    assert centre(eight)[0] == pytest.approx(centre(before)[0], abs=0.2)


def test_two_shouts_share_a_cell_and_begin_no_line() -> None:
    found = set_vertically(paragraph("民國真的！？好"))
    loud, asking, before = (sign(found, character) for character in "！？的")
    assert loud.base == pytest.approx(asking.base, abs=0.1) and loud.right <= asking.left + 0.2
    assert (loud.left + asking.right) / 2 == pytest.approx(centre(before)[0], abs=0.6)
    full = set_vertically(paragraph(hanzi(PLACES - 1) + "！？" + hanzi(20)))
    signs = full.signs(1)
    place = next(index for index, item in enumerate(signs) if item.character == "！")
    assert abs(signs[place].x - signs[0].x) > 3 and abs(signs[place].x - signs[place - 1].x) < 3


def test_two_shouts_share_a_cell_in_the_last_of_many_paragraphs_too() -> None:
    found = set_vertically(*[paragraph("民國真的！？好")] * 80)
    last = [sign for sign in found.signs(found.page_count) if sign.character in "！？"][-2:]
    assert last[0].base == pytest.approx(last[1].base, abs=0.1)


def test_an_article_keeps_its_number_on_one_line() -> None:
    found = set_vertically(paragraph(hanzi(PLACES - 2) + "第12條的"))
    assert abs(sign(found, "第").x - sign(found, "條").x) < 1.0


def test_words_are_turned_and_keep_the_middle_of_the_line() -> None:
    found = set_vertically(paragraph("船身編號HIH在此"))
    letters = [item for item in found.signs(1) if item.character in "HI"]
    tops = [item.top for item in letters]
    assert tops == sorted(tops) and len({round(item.x, 2) for item in letters}) == 1
    assert centre(letters[0])[0] == pytest.approx(centre(sign(found, "號"))[0], abs=0.35)


def test_emphasis_dots_stand_at_the_right_and_lines_of_names_at_the_left() -> None:
    dots = set_vertically(b.Paragraph((i.Dots(text("一點")), i.Text("在此"))))
    line = set_vertically(b.Paragraph((i.ProperName(text("白沙")), i.Text("在此"))))
    assert min(rule[0] for rule in dots.rules(1)) > sign(dots, "一").right - 0.1
    (rule,) = line.rules(1)
    assert rule[2] < sign(line, "白").left + 0.1
    assert rule[3] - rule[1] > rule[2] - rule[0]


def test_a_reading_stands_at_the_right_of_its_base() -> None:
    found = set_vertically(b.Paragraph((i.Ruby(text("山菜"), "さんさい"), i.Text("の天ぷら"))), lang="ja")
    assert centre(sign(found, "さ"))[0] > sign(found, "山").right
    assert sign(found, "い").bottom < sign(found, "天").top


def test_zhuyin_stands_beside_its_hanzi_without_setting_it_apart() -> None:
    inlines = (i.Text("老"), i.Ruby(text("艄"), "ㄕㄠ"), i.Ruby(text("公"), "ㄍㄨㄥ"), i.Text("說"))
    found = set_vertically(b.Paragraph(inlines))
    bases = [sign(found, character).base for character in "老艄公說"]
    cell = DEPTH / PLACES
    assert [there - here for here, there in itertools.pairwise(bases)] == pytest.approx([cell] * 3, abs=0.15)


def test_a_picture_stands_upright_and_keeps_its_shape() -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (300, 100), 128).save(out, "PNG")
    picture = Picture(out.getvalue(), "image/png", 300, 100, 72)
    figure = b.Figure((i.Image("p.png", alt="灰"),), ())
    found = set_vertically(figure, pictures={"p.png": picture})
    (item,) = found.pdf[0].get_objects(filter=[3])
    left, bottom, right, top = item.get_bounds()
    assert (right - left) / (top - bottom) == pytest.approx(3.0, abs=0.01)
    assert item.get_matrix().a == pytest.approx(right - left, abs=0.01)


def test_a_table_stands_in_the_lines_of_the_page() -> None:
    found = set_vertically(grid(("年份", "碗數"), ("元年", "九百"), ("二年", "八百")))
    # Rows follow each other from right to left, the cells of a row from top to bottom.
    assert sign(found, "份").x > sign(found, "元").x > sign(found, "二").x
    assert sign(found, "元").base < sign(found, "九").base


# -- the file


def test_a_book_of_vertical_lines_says_so_in_its_tag_tree_and_another_does_not() -> None:
    made = document(paragraph("直排"), metadata=Metadata(lang="zh-Hant"))
    assert b"/O/Layout/WritingMode /TbRl" in printed(made, vertical()).data
    assert b"/TbRl" not in printed(made).data


def test_viewers_are_told_that_a_book_reads_from_right_to_left_where_that_is_wanted() -> None:
    """Not otherwise: PDFium, in Chrome, takes the lines of such a file for Arabic and turns their words round."""
    made = document(paragraph("他說：「很好」，走了12天。" * 5), metadata=Metadata(lang="zh-Hant"))
    plain, told = printed(made, vertical()), printed(made, vertical(pdf__right_to_left="true"))
    assert b"/Direction" not in plain.data
    assert b"/ViewerPreferences<</DisplayDocTitle true/Direction/R2L>>" in told.data
    assert "他說：「很好」，走了12天。" in plain.words(1) and "他說：「很好」，走了12天。" not in told.words(1)
    assert b"/Direction" not in printed(made, theme(pdf__right_to_left="true")).data
    for found in (plain, told):
        assert verify(made, "a.pdf", found.data) == ()


def test_the_same_text_gives_the_same_bytes() -> None:
    made = document(paragraph("第12期，GDP增3.5%。" * 30), metadata=Metadata(lang="zh-Hant"))
    assert printed(made, vertical()).data == printed(made, vertical()).data


def test_a_language_that_has_no_vertical_lines_is_set_in_horizontal_ones_and_it_is_said() -> None:
    made = document(paragraph("Plain words."), metadata=Metadata(lang="en"))
    found = printed(made, vertical())
    assert [finding.severity for finding in found.findings if finding.rule == "L-VERTICAL"] == [Severity.WARNING]
    assert b"/Direction" not in found.data and b"Identity-V" not in found.data
    assert "Plainwords." in found.words(1)


MIXED = [
    "第12條：船長8米，編號BS-07；全年2,316筆，共108遍。",
    "他說：「“很好”……再來」——2026年9月15日，GDP增35.6%。",
    "（一）《河口志》、‘單引’，①與𠮷野家、葛\U000e0100城。",
    hanzi(120),
]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = document(*map(paragraph, MIXED), metadata=Metadata(lang="zh-Hant"))
    path = tmp_path_factory.mktemp("vertical") / "mixed.pdf"
    path.write_bytes(printed(made, vertical()).data)
    return path


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


@pytest.mark.parametrize("reader", ["pdftotext", "pdfium", "pdfminer", "pdfjs"])
def test_extractors_read_the_text_in_its_order(mixed: Path, reader: str) -> None:
    import reading_pdf

    said = squeezed(reading_pdf.READERS[reader](mixed))
    for words in MIXED:
        assert squeezed(words) in said


@pytest.mark.conformance
def test_vertical_pages_are_pdf_a_2a_and_pdf_ua_1(mixed: Path) -> None:
    assert set(tools.verapdf("2a,ua1", mixed).values()) == {"pass"}


@pytest.mark.parametrize(
    "block",
    [
        paragraph("a" * 400),
        paragraph(""),
        paragraph("مرحبا 字 🙂 \U0010fffd"),
        paragraph("1" * 3 + "年" + "2" * 2 + "\u200d月"),
        b.Paragraph((i.Ruby(text("甲"), "ㄐ" * 40), i.Text("乙"))),
        grid(*[("寬" * 9,) * 30] * 3),
        grid(("長" * 3000,)),
        b.CodeBlock("for x in range(10):\n    print(x)"),
        b.Heading(1, text("題" * 300)),
    ],
    ids=["word", "empty", "odd", "cells", "ruby", "wide", "tall", "code", "heading"],
)
def test_what_does_not_fit_is_a_page_all_the_same(block: b.Block) -> None:
    made = document(block, paragraph("末了"), metadata=Metadata(lang="ja"))
    assert printed(made, vertical()).page_count >= 1


def test_no_hanzi_leaves_the_paper() -> None:
    found = set_vertically(paragraph("他說：「很好，」" * 200), lang="ja")
    for page in range(1, found.page_count + 1):
        for item in found.signs(page):
            assert item.left > 0 and item.right < PAPER[0] and item.top > 0 and item.bottom < PAPER[1]


def test_two_dashes_are_one_stroke_where_the_face_parts_them() -> None:
    for sheet in (theme(page_number__position="none"), vertical(page_number__position="none")):
        made = printed(document(paragraph("他說——好"), metadata=Metadata(lang="zh-Hant")), sheet)
        dashes = [item for item in made.signs(1) if item.character == "—"]
        # One glyph that says both: two characters at one place, twice as long as it is high.
        assert len(dashes) == 2 and dashes[0].x == dashes[1].x and dashes[0].base == dashes[1].base
        size = sheet.styles.body.size * MM
        assert max(dashes[0].right - dashes[0].left, dashes[0].bottom - dashes[0].top) > 1.8 * size


def test_where_a_page_begins_is_counted_in_the_characters_of_the_source() -> None:
    words = "第12回——" + hanzi(900)
    layout = laid(document(paragraph(words), metadata=Metadata(lang="zh-Hant")), vertical()).value
    first = next(start for start in layout.pagination.starts if start.offset)
    page = printed(document(paragraph(words), metadata=Metadata(lang="zh-Hant")), vertical())
    assert page.signs(2)[0].character == words[first.offset]


def test_a_title_with_a_reading_stands_in_the_contents_without_it() -> None:
    title = (i.Text("雪見橋、"), i.Ruby(text("百年"), "ひゃくねん"), i.Text("第3回"))
    article = Article(title=(title,), blocks=(paragraph("本文"),))
    for sheet in (theme(), vertical()):
        made = Document(Metadata(lang="ja", toc="true"), (article, article))
        found = printed(made, sheet)
        assert [finding.rule for finding in found.findings if finding.severity is Severity.ERROR] == []
        assert found.words(1).count("百年第3回") == 2


def test_a_watermark_lies_under_the_lines() -> None:
    made = document(paragraph("直排" * 300), metadata=Metadata(lang="zh-Hant"))
    sheet = vertical(draft__text="送審稿", draft__form="watermark")
    words = printed(made, sheet).words(1)
    assert words.index("送審稿") < words.index("直排")
