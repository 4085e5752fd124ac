"""The style sheet, the faces and the cover."""

from __future__ import annotations

import re
import struct
import tempfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from epub_books import VERTICAL, Opened, document, embedded, everything_book, exact_fonts, line, paragraph, write

import everything
from converters.exporters.epub.cover import HEIGHT, WIDTH
from converters.exporters.hypertext.colors import DARK_INK, DARK_PAPER, INK, PAPER, contrast, shade
from converters.exporters.hypertext.faces import role_faces
from converters.fonts.roles import OPEN, Choice, FontSet
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.metadata import Kind, Metadata
from converters.model.pagination import Pagination
from converters.theme.schema import Role, TextStyle, Theme
from making_fonts import FontMaker


def styled(**styles: TextStyle) -> Theme:
    return replace(Theme(), styles=replace(Theme().styles, **styles))


def css(theme: Theme | None = None, lang: str = "zh-Hans") -> Opened:
    return write(document(paragraph("一"), metadata=Metadata(lang=lang)), theme)


def test_no_length_is_in_pixels_or_points() -> None:
    assert re.findall(r"[0-9.]+(?:px|pt|mm|cm)\b", everything_book().read("style.css")) == []


@pytest.mark.parametrize("selector", ["html", "body", "p"])
def test_running_text_is_left_to_the_face_of_the_reader(selector: str) -> None:
    assert "font-family" not in everything_book().rule(selector)


@pytest.mark.parametrize("selector", ["body", "p"])
def test_running_text_has_no_line_height_of_its_own(selector: str) -> None:
    assert "line-height" not in everything_book().rule(selector)


def test_line_height_is_that_of_the_sheet_and_never_too_tight() -> None:
    assert "line-height: 1.75" in everything_book().rule("html")
    tight = replace(Theme(), epub=replace(Theme().epub, line_height=0.9))
    assert "line-height: 1.2" in css(tight).rule("html")


def test_no_line_height_is_under_one_fifth_more_than_the_letters() -> None:
    heights = [float(found) for found in re.findall(r"line-height: ([0-9.]+)", everything_book().read("style.css"))]
    assert min(heights) >= 1.2


def test_paragraphs_are_indented_by_two_hanzi_without_blanks_in_the_text() -> None:
    assert "text-indent: 2em" in everything_book().rule("p")
    assert "margin: 0" in everything_book().rule("p")
    assert "\u3000" not in everything_book().read("article-001.xhtml")


def test_indent_is_that_of_the_sheet() -> None:
    assert "text-indent: 1em" in css(styled(body=TextStyle(indent_em=1))).rule("p")


def test_source_line_stands_at_the_right_two_ems_in() -> None:
    said = everything_book().rule("p.source")
    assert "text-align: right" in said
    assert "margin: 0 2em 0 0" in said


def test_title_has_the_size_of_the_phone() -> None:
    assert "font-size: 1.23em" in everything_book().rule(".title")


def test_chinese_lines_are_broken_strictly() -> None:
    said = everything_book().rule("body")
    assert "line-break: strict" in said
    assert "text-spacing-trim: trim-start" in said
    assert "text-autospace: normal" in said


def test_space_beside_latin_is_off_where_the_sheet_has_none() -> None:
    theme = replace(Theme(), text=replace(Theme().text, gap_em=0.0, digit_gap_em=0.0))
    assert "text-autospace: no-autospace" in css(theme).rule("body")


def test_traditional_text_keeps_the_full_width_of_its_marks() -> None:
    assert "text-spacing-trim: space-first" in css(lang="zh-Hant").rule("body")


def test_dark_and_light_grounds_are_those_of_the_design() -> None:
    sheet = everything_book().read("style.css")
    light, dark = (re.search(rf"@media \(prefers-color-scheme: {name}\) {{(.*)}}", sheet) for name in ("light", "dark"))
    assert light is not None and dark is not None
    assert "html { color: #1A1A1A; background-color: #FFFFFF }" in light[1]
    assert "html { color: #D6D3CD; background-color: #121212 }" in dark[1]
    assert "#C4161C" in light[1]
    assert "#E2685C" in dark[1]


def test_colours_outside_the_two_grounds_are_the_printed_red_alone() -> None:
    outside = everything_book().read("style.css").partition("@media")[0]
    assert "background" not in outside
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", outside)) == {"#C4161C"}


@pytest.mark.parametrize("color", ["#E2231A", "#FFCC00", "#003366", "#00FF00", "#FF0000"])
def test_any_colour_of_a_sheet_can_be_read_on_both_grounds(color: str) -> None:
    found = shade(color)
    assert found is not None
    assert contrast(found.light, PAPER) >= 4.5
    assert contrast(found.dark, DARK_PAPER) >= 4.5


def test_black_of_a_sheet_is_the_ink_of_either_ground() -> None:
    assert shade("#000000") is None
    assert contrast(INK, PAPER) > 7
    assert contrast(DARK_INK, DARK_PAPER) > 7


def test_a_large_print_sheet_starts_larger() -> None:
    assert "font-size: 138%" in css(styled(body=TextStyle(size=22, indent_em=2))).rule("html")
    assert "font-size" not in everything_book().rule("html")


def test_a_vertical_book_says_so_in_every_dialect() -> None:
    said = css(VERTICAL).rule("html")
    for prefix in ("", "-webkit-", "-epub-"):
        assert f"; {prefix}writing-mode: vertical-rl" in f"; {said}"


def test_margins_turn_with_the_page() -> None:
    assert "margin: 0 0 2em 0" in css(VERTICAL).rule("p.source")


def test_emphasis_dots_stand_under_the_hanzi_in_every_dialect() -> None:
    said = everything_book().rule("em.dots")
    assert "text-emphasis: filled dot" in said
    assert "-webkit-text-emphasis: filled dot" in said
    assert "-epub-text-emphasis-style: filled dot" in said


def test_braces_of_the_style_sheet_are_paired() -> None:
    sheet = everything_book().read("style.css")
    assert sheet.count("{") == sheet.count("}")
    assert "%" not in re.sub(r"\d+%", "", sheet)


# -- faces


def test_with_the_default_alone_only_heiti_is_embedded() -> None:
    assert [name for name in everything_book().names() if "/fonts/" in name] == ["EPUB/fonts/heiti.otf"]


def test_a_role_face_comes_first_then_the_faces_of_the_device() -> None:
    said = everything_book().rule("strong")
    assert 'font-family: "jianbao-heiti", "黑体", "SimHei"' in said
    assert said.rstrip().endswith("sans-serif; font-weight: bold; font-weight: bold")
    assert "jianbao-" not in everything_book().rule("em")


def test_a_subset_holds_the_characters_of_its_role_and_no_others() -> None:
    import uharfbuzz as hb

    face = hb.Face(everything_book().archive.read("EPUB/fonts/heiti.otf"))
    held = set(map(chr, face.unicodes))
    assert held >= set("着重编者按表首年经费")
    assert held.isdisjoint("近日青机制走")


def _held(book: Opened, name: str) -> set[str]:
    import uharfbuzz as hb

    return set(map(chr, hb.Face(book.archive.read(f"EPUB/fonts/{name}.otf")).unicodes))


def test_contents_that_are_read_are_drawn_by_their_own_faces() -> None:
    articles = tuple(Article((line(title),), (paragraph("文"),), column=line("动态")) for title in ("龘龖", "靐"))
    book = write(Document(Metadata(), articles), fonts=exact_fonts())
    assert _held(book, "kaiti") >= set("龘龖靐动态")
    assert _held(book, "heiti") >= set("本期要目")


def test_contents_that_are_not_read_are_not_drawn() -> None:
    book = write(document(paragraph("文"), title="龘龖"), fonts=exact_fonts())
    assert "EPUB/fonts/kaiti.otf" not in book.names()


def test_numbers_of_notes_and_readings_are_drawn_by_the_face_of_their_line() -> None:
    note = i.Note("1", (paragraph("注"),), 5)
    book = write(document(b.Quote((paragraph("引", note, i.Ruby(line("漢"), "かん")),))), fonts=exact_fonts())
    assert _held(book, "kaiti") >= set("引[1]漢かん")


def test_quotes_that_a_face_lacks_come_from_the_face_that_draws_them_in_print() -> None:
    with tempfile.TemporaryDirectory() as folder:
        western = FontMaker(Path(folder)).make("kai.ttf", "Kai", chars="一引文“”", advance={"“": 350, "”": 350})
        others = [choice for choice in exact_fonts().choices if choice.role is not Role.KAITI]
        kai = Choice(Role.KAITI, "Kai", "Kai", western, 0, OPEN, exact=True)
        found = FontSet("zh-Hans", [kai, *others], {}, others[:1])
        book = write(document(b.Quote((paragraph("“引文”"),))), fonts=found)
    assert [name for name in book.names() if "kaiti" in name] == ["EPUB/fonts/kaiti.ttf", "EPUB/fonts/kaiti-marks.otf"]
    assert _held(book, "kaiti-marks") == set("“”")
    assert 'font-family: "jianbao-kaiti", "jianbao-kaiti-marks", "楷体' in book.rule("blockquote")


def test_a_face_that_may_not_be_embedded_is_not_in_the_book_and_that_is_said(tmp_path: Path) -> None:
    import converters

    FontMaker(tmp_path / "faces").make("kai.ttf", "楷体", chars="一引文", fs_type=2)
    (tmp_path / "a.md").write_text("# 题目\n\n> 引文\n", encoding="utf-8")
    built = converters.build(tmp_path / "a.md", tmp_path, to=("epub",), font_paths=(str(tmp_path / "faces"),))
    assert "F-EMBED" in {finding.rule for finding in built.findings}
    assert not [name for name in Opened((tmp_path / "a.epub").read_bytes()).names() if "kaiti" in name]


def test_a_face_of_the_users_own_is_in_the_book(tmp_path: Path) -> None:
    import converters

    FontMaker(tmp_path / "faces").make("kai.ttf", "楷体", chars="一引文", fs_type=8)
    (tmp_path / "a.md").write_text("# 题目\n\n> 引文\n", encoding="utf-8")
    converters.build(tmp_path / "a.md", tmp_path, to=("epub",), font_paths=(str(tmp_path / "faces"),))
    assert "EPUB/fonts/kaiti.ttf" in Opened((tmp_path / "a.epub").read_bytes()).names()


def test_the_name_of_six_hanzi_fits_the_narrowest_phone() -> None:
    said = everything_book().rule(".masthead-name")
    size, tracking = (float(re.search(rf"{name}: ([0-9.]+)em", said)[1]) for name in ("font-size", "letter-spacing"))
    # 288 px is what is left of 320 px between usual margins, 16 px the size of the letters.
    assert size * 16 * 6 * (1 + tracking) <= 288


def test_a_caption_of_a_wide_table_is_on_the_screen_when_the_table_is() -> None:
    assert everything_book().rule("div.wide caption") == "text-align: left"


def test_a_picture_stands_whole_on_a_screen_and_keeps_its_shape() -> None:
    assert "max-height: 86vh" in everything_book().rule("img")
    assert "object-fit: contain" in everything_book().rule("img.plate")


def test_outlines_are_truetype_where_the_sheet_asks_for_it() -> None:
    ttf = pytest.importorskip("fontTools.ttLib", reason="pip install fonttools to run this test")
    import io

    theme = replace(Theme(), epub=replace(Theme().epub, glyf=True))
    book = write(document(paragraph(i.Strong(line("永和九年，")))), theme)
    assert [name for name in book.names() if "/fonts/" in name] == ["EPUB/fonts/heiti.ttf"]
    data = book.archive.read("EPUB/fonts/heiti.ttf")
    font = ttf.TTFont(io.BytesIO(data))
    assert "glyf" in font and "CFF " not in font
    name = font.getBestCmap()[ord("永")]
    glyph = font["glyf"][name]
    assert glyph.numberOfContours > 0
    assert font["hmtx"][name] == (1000, glyph.xMin)
    assert write(document(paragraph(i.Strong(line("永和九年，")))), theme).data == book.data


def test_no_face_is_embedded_where_the_sheet_says_so() -> None:
    theme = replace(Theme(), epub=replace(Theme().epub, embed_fonts=False))
    book = write(everything.document(), theme, pictures=everything.PICTURES)
    assert not [name for name in book.names() if "/fonts/" in name]
    assert "@font-face" not in book.read("style.css")


def _choice(role: Role, used: str, origin: str, *, exact: bool = False) -> Choice:
    return Choice(role, "", used, Path("face.otf"), 0, origin, exact)


@pytest.mark.parametrize(
    ("choice", "embedded"),
    [
        (_choice(Role.KAITI, "LXGW WenKai", "open"), True),
        (_choice(Role.KAITI, "Noto Serif CJK SC", "open"), False),
        (_choice(Role.KAITI, "Noto Serif CJK JP", "open", exact=True), True),
        (_choice(Role.FANGSONG, "FandolFang", "user"), True),
        (_choice(Role.FANGSONG, "思源宋体", "open"), False),
        (_choice(Role.XIAOBIAOSONG, "Noto Serif CJK SC Bold", "open"), True),
        (_choice(Role.XIAOBIAOSONG, "Noto Sans CJK SC", "embedded"), False),
        (_choice(Role.HEITI, "Noto Sans CJK SC", "embedded"), True),
        (_choice(Role.MONO, "DejaVu Sans Mono", "system", exact=True), False),
    ],
)
def test_only_a_face_that_truly_is_of_its_role_is_embedded(choice: Choice, embedded: bool) -> None:
    faces = role_faces(Theme(), "zh-Hans", FontSet("zh-Hans", (choice,), {}, ()))
    assert (choice.role in faces.embeddable) is embedded


# -- cover


def _pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    width, height = struct.unpack(">II", png[16:24])
    packed, place = b"", 8
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        if kind == b"IDAT":
            packed += png[place + 8 : place + 8 + length]
        place += length + 12
    raw = zlib.decompress(packed)
    return width, height, [raw[row * (width + 1) + 1 : (row + 1) * (width + 1)] for row in range(height)]


def cover(metadata: Metadata, title: str = "题目", pagination: Pagination | None = None) -> list[bytes]:
    book = write(Document(metadata, (Article((line(title),), (paragraph("一"),)),)), None, pagination)
    width, height, rows = _pixels(book.archive.read("EPUB/cover.png"))
    assert (width, height) == (WIDTH, HEIGHT)
    return rows


def _ink(rows: list[bytes]) -> int:
    return sum(len(row) - row.count(0) for row in rows)


def test_cover_is_a_picture_with_the_name_in_it() -> None:
    named, other = cover(Metadata(name="民政工作简报")), cover(Metadata(name="一"))
    assert _ink(named) > _ink(other) > 0


def test_cover_keeps_its_margins_however_long_the_name() -> None:
    rows = cover(Metadata(name="云岭省青浦河市民政局养老服务工作情况通报简报", issuer="局" * 60))
    assert all(not any(row[:100]) and not any(row[-100:]) for row in rows)


def test_cover_shows_number_issuer_and_date_where_there_are_any() -> None:
    import datetime

    bare = cover(Metadata(name="简报"))
    full = cover(Metadata(name="简报", issue="12", issuer="办公室", date=datetime.date(2026, 3, 27)))
    assert _ink(full) > _ink(bare)
    assert not any(any(row) for row in bare[1000:])
    assert any(any(row) for row in full[1200:])


def test_cover_of_a_document_without_a_name_shows_its_title() -> None:
    assert _ink(cover(Metadata(), "安徽省民政厅党组召开理论学习中心组学习会议")) > _ink(cover(Metadata(), "一"))


def _bands(rows: list[bytes]) -> list[tuple[int, int]]:
    """Bands of ink, in pixels, and the width of each."""
    found: list[list[int]] = []
    for number, row in enumerate(rows):
        if any(row):
            left, right = len(row) - len(row.lstrip(b"\0")), len(row.rstrip(b"\0"))
            if not found or number > found[-1][1] + 8:
                found.append([number, number, left, right])
            band = found[-1]
            band[1:] = [number, min(band[2], left), max(band[3], right)]
    return [(bottom - top + 1, right - left) for top, bottom, left, right in found]


def test_the_name_on_the_cover_of_a_vertical_book_runs_downwards() -> None:
    def inked(theme: Theme) -> tuple[int, int]:
        given = Document(Metadata(name="民政工作简报"), (Article((line("题目"),), (paragraph("一"),)),))
        _, _, rows = _pixels(write(given, theme).archive.read("EPUB/cover.png"))
        bands = [(number, row) for number, row in enumerate(rows) if 40 < len(row.strip(b"\0")) < 900]
        return bands[-1][0] - bands[0][0], max(len(row.strip(b"\0")) for _, row in bands)

    (across_height, across_width), (down_height, down_width) = inked(Theme()), inked(VERTICAL)
    assert across_width > across_height
    assert down_height > 4 * down_width


def test_a_long_name_on_the_cover_is_set_in_lines_and_not_made_tiny() -> None:
    first, second, *_ = _bands(cover(Metadata(name="Green River Bulletin 青浦河通讯")))
    assert min(first[0], second[0]) > 60


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("云岭省民政厅办公会议纪要", ["云岭省民政厅", "办公会议纪要"]),
        ("Green River Bulletin 青浦河通讯", ["Green River Bulletin", "青浦河通讯"]),
        ("报", ["报"]),
    ],
)
def test_lines_of_a_name_on_the_cover_end_where_a_phrase_or_a_language_does(name: str, lines: list[str]) -> None:
    from converters.exporters.epub.cover import divided

    assert divided(name, 2, "zh-Hans") == lines


def test_a_title_on_the_cover_is_broken_where_the_printed_page_breaks_it_in_lines_of_one_size() -> None:
    lines = ("安徽省民政厅党组召开", "理论学习中心组（扩大）学习会议")
    first, second, *_ = _bands(cover(Metadata(), "".join(lines), Pagination(title_lines={"a1": lines})))
    assert first[1] / second[1] == pytest.approx(len(lines[0]) / len(lines[1]), rel=0.08)


def test_cover_of_an_official_document_shows_its_title_below_its_number() -> None:
    metadata = Metadata(kind=Kind.GONGWEN, organs=("云岭省民政厅",), document_number="云民发〔2026〕12号")
    title = "云岭省民政厅关于进一步加强社区养老服务工作的通知"
    assert len(_bands(cover(metadata, title))) >= 4
    assert _ink(cover(metadata, title)) > _ink(cover(metadata, "通知"))


def test_cover_page_describes_its_picture() -> None:
    image = everything_book().find("cover.xhtml", "//h:img")[0]
    assert (image.get("role"), image.get("alt")) == ("doc-cover", "封面: 民政工作简报 第12期")


def test_fonts_of_the_tests_are_the_embedded_ones() -> None:
    assert {choice.origin for choice in embedded().choices} == {"embedded"}


def test_a_long_address_in_a_line_is_divided_and_a_line_of_code_is_not() -> None:
    assert "word-break: break-all" in everything_book().rule("code")
    assert "word-break: normal" in everything_book().rule("pre code")


def test_the_name_of_one_who_has_died_has_a_border() -> None:
    assert "border: .06em solid" in everything_book().rule("span.deceased")


def test_emphasis_marks_have_the_form_that_the_author_or_the_sheet_says() -> None:
    assert "text-emphasis: open sesame" in everything_book().rule("em.hollow-sesame")
    sheet = replace(Theme(), text=replace(Theme().text, emphasis="hollow-dot"))
    assert "text-emphasis: open dot" in css(sheet).rule("em.dots")
    assert "over right" in css(lang="ja").rule("em.dots"), "above the line in Japanese (jlreq 3.3.9)"


@pytest.mark.parametrize(("form", "upper", "lower"), [("thick-thin", 0.16, 0.05), ("thin-thick", 0.05, 0.16)])
def test_a_double_red_rule_stands_below_the_masthead(form: str, upper: float, lower: float) -> None:
    opened = css(replace(Theme(), masthead=replace(Theme().masthead, rule_form=form)))
    rule = opened.rule("header.masthead::after")
    assert f"border-top: {upper}em solid" in rule and f"border-bottom: {lower}em solid" in rule
    assert "border-bottom" not in opened.rule("header.masthead")
    assert "p.banner, header.masthead::after { border-color: #" in opened.read("style.css"), "it is red"


def test_a_star_in_the_red_rule_is_drawn_and_not_read() -> None:
    theme = replace(Theme(), masthead=replace(Theme().masthead, rule_form="star"))
    opened = write(document(paragraph("一"), metadata=Metadata(name="简报")), theme)
    assert "★" in opened.rule("div.star i::before")
    held = [opened.read(name.removeprefix("EPUB/")) for name in opened.names() if name.endswith(".xhtml")]
    assert any('<div class="star" aria-hidden="true"><i></i></div>' in page for page in held)
    assert not any("★" in page for page in held)
