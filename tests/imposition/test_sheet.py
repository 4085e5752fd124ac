"""Imposed files: which page is printed where on each side, at which size, and what the file still claims."""

from __future__ import annotations

import functools
import io
import sys

import pypdfium2
import pytest

from converters.errors import ExportError, InputError, StyleError
from converters.imposition import Imposition, impose, paper
from converters.units import mm
from printed import MM, Print, document, paragraph, printed, theme

pikepdf = pytest.importorskip("pikepdf")

WORDS = "甲乙丙丁戊己庚辛壬癸子丑寅"


@pytest.fixture
def source() -> bytes:
    """Five pages; page n holds the n-th of WORDS and its number."""
    return _made()


@functools.cache
def _made() -> bytes:
    from converters.model import blocks as b

    blocks: list[b.Block] = []
    for word in WORDS[:5]:
        blocks += [paragraph(word), b.PageBreak()]
    made = printed(document(*blocks[:-1]))
    assert made.page_count == 5
    return made.data


def halves(data: bytes) -> list[tuple[str, str]]:
    """The hanzi at the left and at the right of the middle of each side."""
    made = Print(data)
    sides = []
    for number in range(1, made.page_count + 1):
        middle = made.pdf[number - 1].get_width() / 2 * MM
        signs = [sign for sign in made.signs(number) if sign.character in WORDS]
        left = "".join(sign.character for sign in signs if sign.x < middle)
        sides.append((left, "".join(sign.character for sign in signs if sign.x >= middle)))
    return sides


def place(data: bytes, side: int, word: str) -> float:
    """How far a word stands from the left edge of a side, in millimetres."""
    return next(sign.x for sign in Print(data).signs(side) if sign.character == word)


def test_pages_stand_on_their_sides(source: bytes) -> None:
    made = impose(source, "a.pdf", Imposition())
    assert halves(made.data) == [("", "甲"), ("乙", ""), ("", "丙"), ("丁", "戊")]
    assert (made.pages, made.scale, made.turned) == (5, 1.0, ())
    assert abs(made.width - mm(420)) < 0.1 and abs(made.height - mm(297)) < 0.1


def test_each_half_of_a_sheet_is_a_whole_page(source: bytes) -> None:
    before = Print(source)
    after = Print(impose(source, "a.pdf", Imposition()).data)
    for number, side, right in ((1, 1, True), (2, 2, False), (3, 3, True), (4, 4, False), (5, 4, True)):
        wanted = [(s.character, round(s.x + (210 if right else 0), 1), round(s.base, 1)) for s in before.signs(number)]
        found = [(s.character, round(s.x, 1), round(s.base, 1)) for s in after.signs(side)]
        assert set(wanted) <= set(found)


def test_blanks_before_the_colophon_put_it_on_the_back_cover(source: bytes) -> None:
    made = impose(source, "a.pdf", Imposition(blanks="colophon"))
    assert halves(made.data)[0] == ("戊", "甲")
    assert made.turned == (5,), "page 5 is made for a right-hand place"


def test_a_book_that_reads_from_right_to_left_is_bound_at_the_right(source: bytes) -> None:
    with pikepdf.open(io.BytesIO(source)) as pdf:
        pdf.Root.ViewerPreferences.Direction = pikepdf.Name.R2L
        out = io.BytesIO()
        pdf.save(out)
    assert halves(impose(out.getvalue(), "a.pdf", Imposition()).data)[0] == ("甲", "")
    assert halves(impose(out.getvalue(), "a.pdf", Imposition(binding="left")).data)[0] == ("", "甲")
    assert halves(impose(source, "a.pdf", Imposition(binding="right")).data)[0] == ("甲", "")


def test_a_book_of_vertical_lines_is_bound_at_the_right() -> None:
    from converters.model import blocks as b
    from converters.model.metadata import Metadata

    pages = document(paragraph("甲"), b.PageBreak(), paragraph("乙"), metadata=Metadata(lang="zh-Hant"))
    made = printed(pages, theme("vertical"))
    assert b"/R2L" not in made.data
    # The lines of vertical pages begin at their right edge.
    assert halves(impose(made.data, "a.pdf", Imposition()).data)[:2] == [("甲", ""), ("", "乙")]
    assert halves(impose(made.data, "a.pdf", Imposition(binding="left")).data)[:2] == [("", "甲"), ("乙", "")]


def test_creep_moves_inner_pages_to_the_fold_and_outer_ones_not_at_all(source: bytes) -> None:
    plain = impose(source, "a.pdf", Imposition()).data
    crept = impose(source, "a.pdf", Imposition(creep=mm(2))).data
    moved = {word: round(place(crept, side, word) - place(plain, side, word), 2)
             for side, word in ((1, "甲"), (2, "乙"), (3, "丙"), (4, "丁"), (4, "戊"))}  # fmt: skip
    assert moved == {"甲": 0, "乙": 0, "丙": -2, "丁": 2, "戊": -2}


def test_creep_never_prints_across_the_fold() -> None:
    box = b"0 0 100 200"
    made = impose(_black(5, box), "a.pdf", Imposition(creep=10)).data
    inner = pypdfium2.PdfDocument(made)[2].render(scale=1).to_pil().convert("L")
    # The right page of the inner sheet's front moved ten points left; the left half is still white.
    assert inner.getpixel((95, 100)) == 255 and inner.getpixel((105, 100)) == 0 and inner.getpixel((195, 100)) == 255


def _black(count: int, media: bytes, extra: bytes = b"") -> bytes:
    """Pages filled with black from edge to edge."""
    pdf = pikepdf.new()
    for _ in range(count):
        page = pikepdf.Object.parse(b"<</Type/Page/MediaBox[" + media + b"]" + extra + b">>")
        page.Contents = pdf.make_stream(b"0 g -500 -500 5000 5000 re f")
        page.Resources = pikepdf.Dictionary()
        pdf.pages.append(pikepdf.Page(page))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def test_bleed_is_kept_outside_and_cut_at_the_fold() -> None:
    data = _black(4, b"0 0 140 240", b"/TrimBox[20 20 120 220]/BleedBox[11 11 129 229]")
    made = impose(data, "a.pdf", Imposition(sheet=(260, 300)))
    assert (made.width, made.height) == (260, 300)
    page = pypdfium2.PdfDocument(made.data)[0].render(scale=1).to_pil().convert("L")
    # Trimmed pages fill 30 to 230 across and 50 to 250 down; the bleed of 9 goes around both together.
    black = [(x, y) for x in range(260) for y in range(300) if page.getpixel((x, y)) < 128]
    assert (min(x for x, _ in black), max(x for x, _ in black)) == (21, 238)
    assert (min(y for _, y in black), max(y for _, y in black)) == (41, 258)


def test_a_turned_page_is_imposed_as_it_is_seen() -> None:
    pdf = pikepdf.open(io.BytesIO(_black(1, b"0 0 200 100", b"/Rotate 90")))
    out = io.BytesIO()
    pdf.save(out)
    made = impose(out.getvalue(), "a.pdf", Imposition())
    assert (made.width, made.height) == (200, 200)


def test_a_page_that_is_turned_for_the_screen_lies_as_the_upright_pages_around_it() -> None:
    pdf = pikepdf.open(io.BytesIO(_black(3, b"0 0 100 200")))
    pdf.pages[1].obj.Rotate = 90
    out = io.BytesIO()
    pdf.save(out)
    made = impose(out.getvalue(), "a.pdf", Imposition())
    assert (made.width, made.height) == (200, 200)


def test_a_page_stands_twice_on_a_sheet(source: bytes) -> None:
    made = impose(source, "a.pdf", Imposition(repeat=True))
    assert halves(made.data) == [("甲", "甲"), ("乙", "乙"), ("丙", "丙"), ("丁", "丁"), ("戊", "戊"), ("", "")]


def test_two_a5_pages_fit_on_a4() -> None:
    data = printed(document(paragraph("甲")), theme("book")).data
    made = impose(data, "a.pdf", Imposition(repeat=True, sheet=paper("A4")))
    assert made.scale == 1.0
    assert halves(made.data)[0] == ("甲", "甲")


def test_pages_too_large_for_the_sheet_are_refused_or_made_smaller(source: bytes) -> None:
    with pytest.raises(StyleError, match="do not fit"):
        impose(source, "a.pdf", Imposition(sheet=paper("A4")))
    made = impose(source, "a.pdf", Imposition(sheet=paper("A4"), fit=True))
    assert 0.70 < made.scale < 0.71
    assert abs(place(made.data, 1, "甲") - (148.5 + 0.7071 * (28 + 2 * 156 / 28))) < 0.2


def test_marks_need_room(source: bytes) -> None:
    with pytest.raises(StyleError, match="no room for cut marks"):
        impose(source, "a.pdf", Imposition(sheet=paper("A3"), marks=True))
    made = impose(source, "a.pdf", Imposition(marks=True))
    assert round(made.width / mm(1)) == 436 and round(made.height / mm(1)) == 313
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        drawn = pdf.pages[0].Contents.read_bytes()
    assert drawn.count(b" l S") == 10 and b"[2 2] 0 d" in drawn


def test_too_much_creep_is_refused(source: bytes) -> None:
    with pytest.raises(StyleError, match=r"2 sheets move by 100\.0 mm"):
        impose(source, "a.pdf", Imposition(creep=mm(100)))


@pytest.mark.parametrize("creep", [-1.0, float("nan"), float("inf")])
def test_what_is_no_creep_is_refused(source: bytes, creep: float) -> None:
    with pytest.raises(StyleError, match="is no creep"):
        impose(source, "a.pdf", Imposition(creep=creep))


def test_sheets_are_of_the_version_of_their_pages(source: bytes) -> None:
    assert impose(source, "a.pdf", Imposition()).data.startswith(b"%PDF-1.7")
    later = source.replace(b"%PDF-1.7", b"%PDF-2.0")
    assert impose(later, "a.pdf", Imposition()).data.startswith(b"%PDF-2.0")


def test_an_imposed_file_claims_no_standard(source: bytes) -> None:
    made = impose(source, "a.pdf", Imposition())
    assert b"pdfaid" in source and b"/StructTreeRoot" in source
    for claim in (b"pdfaid", b"pdfuaid", b"/StructTreeRoot", b"/StructParents", b"/MarkInfo", b"/OutputIntent"):
        assert claim not in made.data


def test_title_and_author_stay(source: bytes) -> None:
    with pikepdf.open(io.BytesIO(impose(source, "a.pdf", Imposition()).data)) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("甲")
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"


def test_the_same_file_gives_the_same_sheets(source: bytes) -> None:
    assert impose(source, "a.pdf", Imposition(marks=True)).data == impose(source, "a.pdf", Imposition(marks=True)).data


def test_what_is_no_pdf_is_refused(source: bytes) -> None:
    with pytest.raises(InputError, match="no whole PDF"):
        impose(b"# text", "a.md", Imposition())
    with pytest.raises(InputError, match=r"no whole PDF|no pages"):
        impose(source[:400], "a.pdf", Imposition())


def test_a_locked_file_is_refused(source: bytes) -> None:
    with pikepdf.open(io.BytesIO(source)) as pdf:
        out = io.BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(InputError, match="password"):
        impose(out.getvalue(), "a.pdf", Imposition())


def test_a_file_without_pages_is_refused() -> None:
    out = io.BytesIO()
    pikepdf.new().save(out)
    with pytest.raises(InputError, match="no pages"):
        impose(out.getvalue(), "a.pdf", Imposition())


def test_without_pikepdf_the_message_says_what_to_install(source: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(ExportError, match="needs pikepdf") as caught:
        impose(source, "a.pdf", Imposition())
    assert 'pip install "jianbao[press]"' in caught.value.hint


@pytest.mark.parametrize("text", ["A9", "", "320mm", "0mm x 3mm", "nonsense x nonsense"])
def test_what_is_no_paper_is_refused(text: str) -> None:
    with pytest.raises(StyleError, match="no paper size"):
        paper(text)


def test_papers_have_names_and_sizes() -> None:
    assert paper("sra3") == (mm(320), mm(450))
    assert paper("320mm × 450mm") == paper("SRA3")
