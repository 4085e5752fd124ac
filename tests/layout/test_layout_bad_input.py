"""Input that no page was made for: a page and a finding, never an exception, a hang or an overfull line in silence."""

from __future__ import annotations

import itertools
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.diagnostics import Severity
from converters.layout.result import Piece
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.blocks import Alignment
from converters.model.document import Article, Document
from converters.model.metadata import Metadata
from converters.model.pictures import Picture
from printed import document, hanzi, laid, paragraph, printed, text, theme


def rules_of(made: Any) -> set[str]:
    return {finding.rule for finding in made.findings}


def grid(rows: int, columns: int, words: str) -> b.Table:
    line = b.Row(tuple(b.Cell(text(words)) for _ in range(columns)))
    return b.Table(tuple(b.Column() for _ in range(columns)), tuple(line for _ in range(rows)))


def test_an_empty_document_is_a_page() -> None:
    made = printed(Document())
    assert made.page_count == 1


def test_empty_paragraphs_headings_and_titles_are_harmless() -> None:
    blocks = (
        b.Paragraph(()),
        b.Heading(1, ()),
        b.ListBlock(()),
        b.Quote(()),
        b.Verse(()),
        b.CodeBlock(""),
        b.Figure(()),
    )
    made = printed(Document(Metadata(), (Article(((),), blocks),)))
    assert made.page_count == 1


def test_a_character_that_no_face_has_is_an_error_with_its_code_point_and_place() -> None:
    from converters.diagnostics import Span

    block = b.Paragraph((i.Text("民政\U0001f600工作", 10),), span=Span("a.md", 10, 15))
    made = laid(document(block))
    (finding,) = [finding for finding in made.findings if finding.rule == "F-GLYPH"]
    assert finding.severity is Severity.ERROR
    assert "U+1F600" in finding.text()
    assert finding.span == Span("a.md", 12, 13)


def test_a_character_that_a_face_has_is_no_finding() -> None:
    assert laid(document(paragraph("民政工作𠮷"))).findings == ()


@pytest.mark.parametrize(
    "words", ["\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u0378", "\ue000", "\ufffe", "\x01", "\ud800"]
)
def test_odd_code_points_are_said_and_do_not_stop_the_edition(words: str) -> None:
    made = printed(document(paragraph(f"前{words}后")))
    assert "F-GLYPH" in rules_of(made)
    assert made.words(1).startswith("前") and "后" in made.words(1)


def test_invisible_characters_are_kept_and_no_finding() -> None:
    made = printed(document(paragraph("零\u200b宽\u200d接\ufeff合\u2060词")))
    assert rules_of(made) == set()


def test_text_that_runs_from_right_to_left_is_said() -> None:
    made = laid(document(paragraph("見 שלום と")))
    assert {"L-RTL", "F-GLYPH"} & rules_of(made)


def test_a_long_word_in_a_narrow_column_is_divided_and_said() -> None:
    table = grid(2, 9, "internationalization")
    made = printed(document(table))
    assert "L-TABLE" in rules_of(made)
    assert made.words(1).count("i") >= 18


def test_a_table_wider_than_the_page_is_set_smaller_and_said() -> None:
    made = printed(document(grid(2, 40, "民政")))
    assert "L-TABLE" in rules_of(made)
    assert max(sign.right for sign in made.signs(1)) < 210


@pytest.mark.parametrize(("columns", "words"), [(120, "民政工作"), (300, "8")])
def test_characters_of_a_very_wide_table_keep_to_their_columns_and_it_is_said(columns: int, words: str) -> None:
    made = printed(document(grid(1, columns, words)))
    assert "L-TABLE" in rules_of(made)
    signs = [sign for sign in made.signs(1) if sign.character in words]
    assert len(signs) == columns * len(words)
    # The table is turned: its columns follow each other up the paper.
    starts = sorted(round(sign.base, 3) for sign in signs if sign.character == words[0])
    step = 225 / columns
    assert all(below - above == pytest.approx(step, abs=0.02) for above, below in itertools.pairwise(starts))
    size = max(sign.bottom - sign.top for sign in signs)
    assert size < step, "no character reaches into the next column"


def test_a_face_that_draws_nothing_is_no_fault() -> None:
    assert printed(document(paragraph("2026")), theme(page_number__position="none")).words(1) == "2026"


def test_a_table_that_fits_is_no_finding() -> None:
    assert laid(document(grid(2, 3, "民政"))).findings == ()


def test_a_cell_higher_than_a_page_is_cut_without_loss() -> None:
    table = b.Table(
        (b.Column(), b.Column()),
        (b.Row((b.Cell(text("地")), b.Cell(text("数")))), b.Row((b.Cell(text("甲")), b.Cell(text(hanzi(6000)))))),
    )
    made = printed(document(table))
    whole = "".join(made.words(page) for page in range(1, made.page_count + 1))
    assert made.page_count > 3
    assert sum(whole.count(sign) for sign in set(hanzi(40))) >= 6000


def test_rows_that_span_more_than_a_page_are_still_printed() -> None:
    rows = [b.Row((b.Cell(text("合"), rows=60), b.Cell(text("一"))))] + [
        b.Row((b.Cell(text("二")),)) for _ in range(59)
    ]
    made = printed(document(b.Table((b.Column(), b.Column()), tuple(rows), header_rows=0)))
    whole = "".join(made.words(page) for page in range(1, made.page_count + 1))
    assert whole.count("二") == 59


def test_spans_that_reach_out_of_the_table_are_harmless() -> None:
    table = b.Table((b.Column(),), (b.Row((b.Cell(text("甲"), columns=5, rows=9),)), b.Row((b.Cell(text("乙")),))))
    assert printed(document(table)).page_count == 1


def test_a_table_of_ten_thousand_rows_takes_seconds_not_minutes() -> None:
    start = time.perf_counter()
    made = laid(document(grid(10_000, 3, "民政工作"))).value
    assert len(made.pages) > 200
    assert time.perf_counter() - start < 30


def test_a_paragraph_of_a_hundred_thousand_characters_is_set() -> None:
    made = laid(document(paragraph(hanzi(100_000)))).value
    assert len(made.pages) == -(-100_002 // (28 * 22))


def test_a_title_of_two_thousand_characters_goes_on_overleaf() -> None:
    made = printed(document(paragraph("正文。"), title=hanzi(2000)))
    whole = "".join(made.words(page) for page in range(1, made.page_count + 1))
    assert made.page_count > 1
    assert sum(whole.count(sign) for sign in set(hanzi(40))) >= 2000


def test_five_thousand_notes_on_a_page_find_room() -> None:
    inlines: list[i.Inline] = []
    for number in range(5000):
        inlines += [i.Text("甲"), i.Note(str(number), (paragraph(f"注{number}。"),), number)]
    made = laid(document(b.Paragraph(tuple(inlines)))).value
    assert len(made.pages) > 150
    shown = [item for page in made.pages for item in page.items if isinstance(item, Piece)]
    assert sum(item.passage.text.endswith("。") for item in shown) == 5000


def test_a_word_longer_than_its_line_is_divided_and_said() -> None:
    for words in ("a" * 3000, "https://example.org/" + "x" * 3000, "1" * 300):
        made = laid(document(paragraph(words)))
        assert rules_of(made) == {"L-OVERFULL"}, words[:20]
    assert rules_of(laid(document(paragraph("internationalization " * 40)))) == set()


def test_a_column_narrower_than_a_word_divides_it_and_says_so() -> None:
    sheet = theme("gongbao", page__columns="6")
    made = printed(document(paragraph("数字12345678901234567890与文字。" * 3)), sheet)
    assert "L-OVERFULL" in rules_of(made)
    assert max(sign.right for sign in made.signs(1)) < 190.5


def test_a_paragraph_of_a_million_hanzi_is_set() -> None:
    made = laid(document(paragraph(hanzi(1_000_000)))).value
    assert len(made.pages) == -(-1_000_002 // (28 * 22))


@pytest.mark.parametrize(
    "picture",
    [
        Picture(b"", "image/png", 0, 0),
        Picture(b"\x89PNG\r\n\x1a\nbroken", "image/png", 10, 10),
        Picture(b"\xff\xd8\xff\xe0 no jpeg", "image/jpeg", 10, 10),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_said(picture: Picture) -> None:
    made = printed(document(b.Figure((i.Image("a.png", "图"),), text("图1"))), pictures={"a.png": picture})
    assert "L-PICTURE" in rules_of(made)
    assert "图1" in made.words(1)


def test_a_picture_without_a_description_is_furniture_and_said() -> None:
    picture = png(40, 30)
    made = printed(document(b.Figure((i.Image("a.png"),))), pictures={"a.png": picture})
    assert "L-ALT" in rules_of(made)
    assert b"/Figure" not in made.data
    described = printed(document(b.Figure((i.Image("a.png"),), text("图1 题"))), pictures={"a.png": picture})
    assert "L-ALT" not in rules_of(described)
    assert b"/S/Figure" in described.data


def png(width: int, height: int) -> Picture:
    import io

    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (width, height)).save(buffer, "PNG")
    return Picture(buffer.getvalue(), "image/png", width, height)


def test_a_picture_with_a_wild_width_is_kept_inside_the_page() -> None:
    wide = png(4, 4000)
    for width in ("900mm", "5000%", "-3mm", "wide", ""):
        made = laid(document(b.Figure((i.Image("a.png", "图", width=width),))), pictures={"a.png": wide}).value
        (item,) = [item for item in made.pages[0].items if hasattr(item, "box")]
        assert item.box.height <= made.height and item.box.width <= 443


def test_a_narrow_measure_still_sets_every_character() -> None:
    made = printed(
        document(
            paragraph("民政工作"),
        ),
        theme(page__inner="80mm", page__outer="100mm"),
    )
    whole = "".join(made.words(page) for page in range(1, made.page_count + 1))
    assert all(sign in whole for sign in "民政工作")


def test_a_nested_list_deeper_than_the_page_is_wide_is_set() -> None:
    block: b.Block = paragraph("底")
    for _ in range(40):
        block = b.ListBlock((b.ListItem((block,), "-"),))
    made = printed(document(block))
    assert "底" in "".join(made.words(page) for page in range(1, made.page_count + 1))


INLINE = st.recursive(
    st.one_of(
        st.text("民政，。“”（）ABC 12/.-\u200b’\n", max_size=12).map(i.Text),
        st.text("abc 民", max_size=5).map(i.Code),
        st.just(i.LineBreak()),
        st.text("かんji", min_size=0, max_size=4).map(lambda reading: i.Ruby((i.Text("漢字"),), reading)),
        st.just(i.Image("none.png", "无")),
        st.just(i.Note("1", (paragraph("注。"),))),
    ),
    lambda inner: st.tuples(
        st.sampled_from(
            (i.Strong, i.Emphasis, i.Strike, i.Dots, i.Deceased, i.ProperName, i.BookTitle, i.Superscript, i.Subscript)
        ),
        st.lists(inner, max_size=3).map(tuple),
    ).map(lambda pair: pair[0](pair[1])),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(INLINE, max_size=6).map(tuple),
    st.sampled_from(("zh-Hans", "zh-Hant", "ja", "ko", "en", "", "x-unknown")),
    st.sampled_from(list(Alignment)),
)
def test_any_inlines_are_set_anywhere(inlines: tuple[i.Inline, ...], lang: str, alignment: Alignment) -> None:
    blocks = (
        b.Paragraph(inlines, run_in=inlines),
        b.Heading(2, inlines),
        b.Table((b.Column(alignment),), (b.Row((b.Cell(inlines),)),), caption=inlines),
        b.Figure((), inlines),
        b.Verse((inlines, inlines)),
        b.AttachmentNote((inlines,), inlines),
        b.Signature((inlines,), inlines, inlines),
        b.Addressee(inlines),
    )
    article = Article((inlines,), blocks, inlines, inlines, inlines, inlines, (b.Paragraph(inlines),))
    assert printed(Document(Metadata(lang=lang or "zh-Hans", toc="true"), (article,))).page_count >= 1
