"""What stands together on a page and where a page may end (clreq 4; GB/T 9704-2012)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.layout.result import Layout, Piece
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document, SourceLine
from converters.model.metadata import Metadata
from printed import document, hanzi, laid, paragraph, printed, text, theme

LINE = 28


def lines(count: int) -> b.Paragraph:
    """A paragraph of so many full lines (the first is two cells shorter)."""
    return paragraph(hanzi(LINE * count - 2))


def words_of(layout: Layout) -> list[list[str]]:
    """The lines of each page in the order of its items, furniture left out."""
    pages = []
    for page in layout.pages:
        found = []
        for item in page.items:
            if isinstance(item, Piece) and item.passage.element is not None:
                for line in item.passage.lines[item.first : item.last]:
                    found.append(item.passage.text[line.start : line.end])
        pages.append(found)
    return pages


def pages_of(*blocks: b.Block, **extra: str) -> list[list[str]]:
    return words_of(laid(document(*blocks, **extra)).value)


def test_a_heading_in_the_last_row_moves_to_the_next_page() -> None:
    pages = pages_of(lines(21), b.Heading(1, text("一、标题")), lines(4))
    assert pages[1][0] == "一、标题"


def test_a_heading_needs_two_lines_of_text_below_it() -> None:
    pages = pages_of(lines(20), b.Heading(1, text("一、标题")), lines(4))
    assert pages[1][0] == "一、标题"
    pages = pages_of(lines(19), b.Heading(1, text("一、标题")), lines(4))
    assert pages[0][-3] == "一、标题"


def test_headings_in_a_row_stay_together() -> None:
    pages = pages_of(lines(19), b.Heading(1, text("一、甲")), b.Heading(2, text("（一）乙")), lines(4))
    assert pages[1][:2] == ["一、甲", "（一）乙"]


def test_a_paragraphs_last_line_never_stands_alone_on_a_page() -> None:
    pages = pages_of(lines(23))
    assert len(pages[0]) == 21 and len(pages[1]) == 2


def test_a_paragraphs_first_line_never_stands_alone_on_a_page() -> None:
    pages = pages_of(lines(21), lines(5))
    assert len(pages[0]) == 21 and len(pages[1]) == 5


def test_widows_and_orphans_are_the_style_sheets() -> None:
    layout = laid(document(lines(23)), theme(text__widows="1", text__orphans="1")).value
    assert [len(page) for page in words_of(layout)] == [22, 1]


def test_a_source_line_takes_the_lines_before_it_along() -> None:
    pages = pages_of(lines(22), source="（据云岭省民政厅）")
    assert pages[1][-1] == "（据云岭省民政厅）"
    assert len(pages[1]) == 3 and len(pages[0]) == 20


@pytest.mark.parametrize(("rows", "near"), [(19, False), (20, False), (21, True), (22, True), (23, False)])
def test_other_editions_learn_where_a_source_line_was_nearly_parted_from_its_article(rows: int, near: bool) -> None:
    layout = laid(document(lines(3), lines(rows - 3), source="（据云岭省民政厅）")).value
    assert layout.pagination.closing == (frozenset({"a1.b2"}) if near else frozenset())


def test_a_source_line_after_a_paragraph_of_one_line_takes_it_along_whole() -> None:
    pages = pages_of(lines(21), paragraph("短。"), source="（据云岭省民政厅）")
    assert pages[1] == ["短。", "（据云岭省民政厅）"]


def test_a_signature_never_begins_a_page() -> None:
    signature = b.Signature((text("云岭省民政厅"),), text("2026年3月6日"))
    pages = pages_of(lines(20), signature)
    assert len(pages) == 2
    assert len(pages[1]) == 4, "two lines of text come along"


def test_a_page_break_begins_a_page_and_two_begin_only_one() -> None:
    pages = pages_of(paragraph("前"), b.PageBreak(), b.PageBreak(), paragraph("后"))
    assert pages == [["前"], ["后"]]


def test_articles_run_on_or_begin_a_page() -> None:
    articles = (Article((text("甲文"),), (paragraph("甲。"),)), Article((text("乙文"),), (paragraph("乙。"),)))
    assert len(laid(Document(Metadata(toc="false"), articles)).value.pages) == 1
    assert len(laid(Document(Metadata(toc="false", article_break="page"), articles)).value.pages) == 2


def test_an_attached_text_begins_a_page_with_its_label() -> None:
    articles = (
        Article((text("通知"),), (paragraph("正文。"),)),
        Article((text("标准"),), (paragraph("条文。"),), attachment="附件1"),
    )
    pages = words_of(laid(Document(Metadata(toc="false"), articles)).value)
    assert pages[1][:2] == ["附件1", "标准"]


def test_an_editors_note_stands_on_the_page_of_its_title() -> None:
    articles = (
        Article((text("甲文"),), (lines(12),), source=SourceLine(text("（甲）"))),
        Article((text("乙文"),), (lines(4),), editor_note=(paragraph("编者按：说明。"),)),
    )
    pages = words_of(laid(Document(Metadata(toc="false"), articles)).value)
    assert pages[1][:2] == ["编者按：说明。", "乙文"]


def test_a_note_stands_at_the_foot_of_the_page_that_calls_it() -> None:
    note = i.Note("1", (paragraph("脚注的话。"),))
    called = b.Paragraph((i.Text(hanzi(30)), note, i.Text(hanzi(20))))
    made = printed(document(lines(20), called, lines(20)))
    row = made.row("脚注的话", 2 if "脚注" in made.words(2) else 1)
    assert row.base > 250
    assert "①" in row.words


def test_a_long_note_goes_on_at_the_foot_of_the_next_page() -> None:
    note = i.Note("1", (paragraph(hanzi(3000)),))
    made = printed(document(b.Paragraph((i.Text("甲"), note)), lines(3)))
    assert made.page_count >= 2
    whole = "".join(made.words(page) for page in range(1, made.page_count + 1))
    assert sum(whole.count(sign) for sign in set(hanzi(40))) >= 3000


def test_pagination_names_the_page_of_every_block() -> None:
    layout = laid(document(lines(21), lines(3), lines(30), title="标题")).value
    pages = layout.pagination.pages
    assert pages["a1"] == "1" and pages["a1.b1"] == "1"
    assert pages["a1.b3"] == "2"
    assert layout.pagination.page_count == len(layout.pages)


def test_page_starts_name_the_block_and_the_characters_before() -> None:
    layout = laid(document(lines(30))).value
    start = layout.pagination.starts[1]
    assert (start.label, start.block) == ("2", "a1.b1")
    assert start.offset == LINE * 22 - 2


BLOCKS = st.one_of(
    st.integers(1, 900).map(lambda count: paragraph(hanzi(count))),
    st.integers(1, 3).map(lambda level: b.Heading(level, text("一、标题"))),
    st.just(b.Rule()),
    st.just(b.PageBreak()),
    st.integers(1, 60).map(
        lambda count: b.Table((b.Column(),), tuple(b.Row((b.Cell(text(hanzi(count))),)) for _ in range(3)))
    ),
    st.integers(1, 400).map(
        lambda count: b.Paragraph((i.Text("甲"), i.Note("n", (paragraph(hanzi(count)),)), i.Text(hanzi(40))))
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=8))
def test_nothing_is_lost_and_nothing_leaves_the_type_area(blocks: list[b.Block]) -> None:
    layout = laid(document(*blocks, title="标题", source="（据云岭省民政厅）")).value
    for page in layout.pages:
        for item in page.items:
            if isinstance(item, Piece) and item.passage.element is not None:
                bottom = item.y + (item.last - item.first) * item.passage.pitch
                assert bottom <= layout.height - 35 / 25.4 * 72 + 1
    shown: dict[int, int] = {}
    passages = {}
    for page in layout.pages:
        for item in page.items:
            if isinstance(item, Piece) and item.passage.element is not None:
                passages[id(item.passage)] = item.passage
                assert shown.get(id(item.passage), 0) == item.first, "lines come in order, each once"
                shown[id(item.passage)] = item.last
    assert all(shown[key] == len(passage.lines) for key, passage in passages.items())


def test_contents_give_the_page_where_each_article_begins() -> None:
    articles = tuple(
        Article((text(f"第{name}篇"),), (lines(26),), source=SourceLine(text("（完）"))) for name in "甲乙丙丁"
    )
    made = laid(Document(Metadata(name="简报"), articles)).value
    assert made.pagination.contents
    printed_pages = words_of(made)
    contents = printed_pages[0]
    for name in "甲乙丙丁":
        index = contents.index(f"第{name}篇")
        page = int(contents[index + 1])
        assert f"第{name}篇" in printed_pages[page - 1]


def test_contents_are_left_out_of_short_issues_and_where_front_matter_says_so() -> None:
    short = tuple(Article((text(name),), (paragraph("文。"),)) for name in "甲乙")
    assert not laid(Document(Metadata(), short)).value.pagination.contents
    assert laid(Document(Metadata(toc="true"), short)).value.pagination.contents
    long = tuple(Article((text(name),), (lines(60),)) for name in "甲乙")
    assert laid(Document(Metadata(), long)).value.pagination.contents
    assert not laid(Document(Metadata(toc="false"), long)).value.pagination.contents


def test_leader_dots_stand_in_places_counted_from_the_right() -> None:
    articles = tuple(Article((text(name),), (lines(40),)) for name in ("短题", "一个长得多的题目"))
    made = printed(Document(Metadata(), articles))
    places = [
        {round(sign.x, 1) for sign in row.signs if sign.character == "."}
        for row in made.rows(1)
        if "....." in row.words
    ]
    assert len(places) == 2
    assert places[1] < places[0] or places[1] == places[0]


@pytest.mark.parametrize(("count", "digits"), [(6, 1), (130, 3)])
def test_numbers_of_many_articles_come_out_right(count: int, digits: int) -> None:
    articles = tuple(Article((text(f"题{index}"),), (lines(18),)) for index in range(count))
    layout = laid(Document(Metadata(), articles)).value
    last = layout.pagination.pages[f"a{count}"]
    assert len(last) == digits
    contents = [line for page in words_of(layout) for line in page]
    assert contents[contents.index(f"题{count - 1}") + 1] == last


# -- 版记 on an even page


def filled(rows: int, colophon_on_even_page: bool = True) -> list[tuple[str, bool]]:
    """The label of every page of a text of so many rows with a colophon, and whether it has any text."""
    metadata = Metadata(name="", report_to=("省委办公厅。",), toc="false")
    sheet = theme(colophon__even_page=str(colophon_on_even_page).lower())
    layout = laid(document(lines(rows), metadata=metadata), sheet).value
    texts = words_of(layout)
    return [(page.label, bool(texts[number])) for number, page in enumerate(layout.pages)]


def test_a_colophon_that_does_not_fit_stands_on_the_even_page_after_the_text() -> None:
    assert filled(21) == [("1", True), ("2", True)]


def test_a_blank_page_before_the_colophon_and_the_colophons_have_no_number() -> None:
    # The text ends at the foot of page 2: page 3 would be odd.
    assert filled(43) == [("1", True), ("2", True), ("", False), ("", True)]
    metadata = Metadata(report_to=("省委办公厅。",), toc="false")
    made = printed(document(lines(43), metadata=metadata), theme(colophon__even_page="true"))
    assert made.page_count == 4
    assert "—2—" in made.words(2)
    assert made.words(3) == "" and "—" not in made.words(4) and "报：" in made.words(4)


def test_a_colophon_stands_on_an_odd_page_where_the_style_does_not_ask_for_an_even_one() -> None:
    assert filled(43, colophon_on_even_page=False) == [("1", True), ("2", True), ("3", True)]


# -- widows and orphans, style by style


def test_widows_and_orphans_of_a_style_win_over_those_of_the_text() -> None:
    quote = b.Quote((lines(5),))
    sheet = theme(styles__quote__orphans="4", styles__quote__widows="1", styles__quote__left_em="0",
                  styles__quote__right_em="0", styles__quote__indent_em="2")  # fmt: skip
    assert [len(page) for page in words_of(laid(document(lines(18), quote), sheet).value)] == [22, 1]
    assert [len(page) for page in words_of(laid(document(lines(19), quote), sheet).value)] == [19, 5]
    # Other paragraphs keep to [text].
    assert [len(page) for page in words_of(laid(document(lines(18), lines(5)), sheet).value)] == [21, 2]


def test_a_style_that_is_kept_with_the_next_never_ends_a_page() -> None:
    sheet = theme(styles__quote__keep_with_next="true")
    pages = words_of(laid(document(lines(20), b.Quote((paragraph("引文。"),)), lines(4)), sheet).value)
    assert pages[1][0] == "引文。"


def test_a_heading_goes_along_with_a_paragraph_too_short_to_part() -> None:
    pages = pages_of(lines(19), b.Heading(1, text("一、标题")), lines(3))
    assert pages[1][0] == "一、标题" and len(pages[1]) == 4


def test_a_heading_goes_along_with_a_paragraph_that_the_source_line_takes_along() -> None:
    pages = pages_of(lines(19), b.Heading(1, text("一、标题")), paragraph("短。"), source="（据云岭省民政厅）")
    assert pages[0][-1] != "一、标题"


# -- the page-level examples P1 to P6 of the composition rules


def test_p1_a_heading_on_line_22_moves_to_the_next_page() -> None:
    pages = pages_of(lines(21), b.Heading(1, text("一、标题")), lines(4))
    assert len(pages[0]) == 21 and pages[1][0] == "一、标题"


def test_p2_a_last_line_alone_on_a_new_page_takes_one_more_over() -> None:
    assert [len(page) for page in pages_of(lines(23))] == [21, 2]


def test_p3_a_source_line_alone_on_a_page_carries_the_line_before_it_along() -> None:
    pages = pages_of(lines(22), source="（据云岭省民政厅）")
    assert pages[1][-1] == "（据云岭省民政厅）" and len(pages[1]) >= 2


DISTRIBUTED = Metadata(report_to=("云岭省委办公厅。",), distribute_to=("各市（州）民政局。",), toc="false")


def test_p4_a_colophon_that_does_not_fit_has_the_foot_of_the_next_page() -> None:
    made = printed(document(lines(21), metadata=DISTRIBUTED))
    assert made.page_count == 2 and "报：" not in made.words(1)
    assert made.rules(2)[-1][3] == pytest.approx(262, abs=0.1)


def test_the_last_lines_go_over_to_a_colophon_that_would_stand_alone() -> None:
    made = printed(document(lines(21), metadata=DISTRIBUTED))
    # Two lines of text, two rows of recipients, the page number.
    assert [len(made.rows(page)) for page in (1, 2)] == [20, 5]
    made = printed(document(lines(20), metadata=DISTRIBUTED, source="（据云岭省民政厅）"))
    assert [len(made.rows(page)) for page in (1, 2)] == [19, 6]
    assert made.findings == ()


def test_text_that_leaves_room_for_the_colophon_stays_where_it_is() -> None:
    made = printed(document(lines(18), metadata=DISTRIBUTED))
    assert made.page_count == 1 and made.findings == ()


def test_a_table_gives_its_last_row_to_a_colophon_that_would_stand_alone() -> None:
    for rows in range(20, 30):
        made = printed(document(small_table(rows), metadata=DISTRIBUTED))
        assert "甲" in made.words(made.page_count)


def test_a_colophon_that_nothing_can_join_is_said() -> None:
    made = printed(document(lines(10), b.PageBreak(), metadata=DISTRIBUTED))
    assert {finding.rule for finding in made.findings} == {"L-ALONE"}
    assert "报：" in made.words(2)


def test_p5_a_title_breaks_after_its_colon_and_at_the_authors_space() -> None:
    title = (text("青海省西宁市民政局：夯实城乡社区基层基础"), text("高效推动主题教育落实落地"))
    layout = laid(Document(Metadata(toc="false"), (Article(title, (lines(3),)),))).value
    assert words_of(layout)[0][:3] == ["青海省西宁市民政局：", "夯实城乡社区基层基础", "高效推动主题教育落实落地"]


def test_p6_a_titles_last_line_is_never_one_hanzi() -> None:
    for count in range(18, 66):
        layout = laid(document(lines(3), title=hanzi(count))).value
        lengths = [len(line) for line in words_of(layout)[0][: -(-count // 20)]]
        assert min(lengths) > 1, (count, lengths)


def small_table(rows: int) -> b.Table:
    row = b.Row((b.Cell(text("甲")), b.Cell(text("乙"))))
    return b.Table((b.Column(), b.Column()), tuple(row for _ in range(rows)))


def test_a_small_table_is_not_parted_and_takes_its_heading_along() -> None:
    pages = pages_of(lines(19), b.Heading(1, text("一、标题")), small_table(5))
    assert pages[1][0] == "一、标题" and len(pages[1]) == 11
    pages = pages_of(lines(14), b.Heading(1, text("一、标题")), small_table(5))
    assert len(pages) == 1


def test_a_long_table_parts_where_the_page_ends() -> None:
    pages = pages_of(lines(14), b.Heading(1, text("一、标题")), small_table(20))
    assert pages[0][14] == "一、标题" and len(pages) == 2


def test_a_source_line_below_a_table_takes_the_tables_last_row_along() -> None:
    seen = set()
    for rows in range(20, 28):
        pages = pages_of(small_table(rows), source="（据云岭省民政厅）")
        assert pages[-1][-1] == "（据云岭省民政厅）"
        if len(pages) > 1:
            assert len(pages[-1]) >= 3, "never alone"
        seen.add(len(pages))
    assert seen == {1, 2}


def test_a_signature_below_a_table_is_never_alone() -> None:
    signature = b.Signature((text("云岭省民政厅"),), text("2026年3月6日"), sealed=True)
    for rows in range(14, 28):
        pages = pages_of(small_table(rows), signature)
        assert len(pages) == 1 or len(pages[-1]) >= 4


@pytest.mark.parametrize("lines", range(14, 22))
def test_a_short_editors_note_of_several_paragraphs_is_not_parted(lines: int) -> None:
    note = (paragraph("编者按：办法不大，管用。"), paragraph("供各地参考。"))
    articles = (
        Article(blocks=tuple(paragraph("一段。") for _ in range(lines))),
        Article(title=(text("标题"),), blocks=(paragraph(hanzi(200)),), editor_note=note),
    )
    made = printed(Document(Metadata(toc="false"), articles))
    pages = [[row.words for row in made.rows(page)] for page in range(1, made.page_count + 1)]
    where = [
        next(n for n, page in enumerate(pages) if words in page)
        for words in ("编者按：办法不大，管用。", "供各地参考。", "标题")
    ]
    assert len(set(where)) == 1, where


def test_the_mark_of_a_note_in_a_title_is_no_part_of_its_entry_in_the_contents() -> None:
    note = i.Note("甲", (paragraph("题注。"),))
    titles = ((i.Text("第一篇"), note), text("第二篇"))
    articles = tuple(Article(title=(title,), blocks=(paragraph("正文。"),)) for title in titles)
    made = printed(Document(Metadata(toc="true"), articles))
    entry = next(row for row in made.rows(1) if row.words.startswith("第一篇"))
    assert "①" not in entry.words
    assert any("①" in row.words for row in made.rows(1)[2:])
