"""Other scripts, emoji, marks and what no face has: drawn as they are drawn, read as they are written."""

from __future__ import annotations

import io
import itertools
from pathlib import Path

import pikepdf
import pytest

import tools
from converters.diagnostics import Severity, Span
from converters.exporters import pdf
from converters.fidelity import frame_of, verify
from converters.fidelity.pdf import read_pdf
from converters.fonts.codes import code_face
from converters.fonts.face import open_face
from converters.fonts.roles import resolve
from converters.layout import Layout, lay_out
from converters.layout.result import Passage, Piece
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Document
from converters.model.reading import Stream
from making_fonts import FETCHED, FontMaker
from printed import Print, document, hanzi, paragraph, text, theme

WORD = "سلام"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Faces of a few Arabic and Hebrew letters and of emoji, made on the spot."""
    maker = FontMaker(tmp_path_factory.mktemp("faces"))
    maker.joining("arabic.ttf")
    maker.make("emoji.ttf", "Noto Emoji", chars="\U0001f468\U0001f469\U0001f467\U0001f44d\U0001f3fd\U0001f600",
               advance={"\U0001f44d": 1300})  # fmt: skip
    open_face.cache_clear()
    return maker.folder


class Made:
    """A document laid out with those faces, and its print."""

    def __init__(self, made: Document, folder: Path, **keys: str) -> None:
        sheet = theme(**keys)
        checked = lay_out(made, sheet, resolve(sheet, made.metadata.lang, [folder]).value)
        self.layout: Layout = checked.value
        self.findings = checked.findings
        self.rules = {finding.rule for finding in checked.findings}
        self.passages = [item.passage for page in self.layout.pages for item in page.items if isinstance(item, Piece)]
        exported = pdf.export(self.layout, made, sheet)
        self.data = exported.value
        self.print = Print(self.data, self.findings)

    def body(self) -> str:
        return "".join(chunk.text for chunk in read_pdf(self.data, close=True).streams[Stream.BODY])

    def meanings(self, passage: Passage) -> list[str]:
        known = {sign: said for signs in self.layout.clusters.values() for sign, (_, said) in signs.items()}
        return [known.get(sign, sign) for sign in passage.text]


def test_arabic_letters_are_joined_and_run_to_the_left(folder: Path) -> None:
    made = Made(document(paragraph(f"他说{WORD}好")), folder)
    (passage,) = [passage for passage in made.passages if "说" in passage.text]
    assert made.meanings(passage) == ["他", "说", "م", "لا", "س", "好"]
    widths = [passage.widths[sign] * passage.em for sign in passage.text[2:5]]
    # Isolated, final (lam-alef), initial: 0.6, 0.65, 0.5 em of the size.
    assert widths == pytest.approx([0.6 * 16, 0.65 * 16, 0.5 * 16])
    assert made.rules == {"L-RTL"}


def test_a_word_that_runs_to_the_left_is_read_in_its_own_order(folder: Path) -> None:
    words = f"他说（{WORD}）שלום עולם 12，好。"
    made = Made(document(paragraph(words)), folder)
    assert "".join(made.body().split()) == "".join(words.split())


def test_what_a_page_says_of_itself_is_believed_only_with_the_letters_that_it_shows(folder: Path) -> None:
    made = Made(document(paragraph("他说שלום好")), folder)
    file = pikepdf.open(io.BytesIO(made.data))
    stream = file.pages[0].Contents.read_bytes()
    said = "שלום".encode("utf-16-be")
    hexed = said.hex().encode()
    assert hexed in stream or said in stream
    forged = stream.replace(hexed, "שלוט".encode("utf-16-be").hex().encode())
    file.pages[0].Contents = file.make_stream(forged)
    out = io.BytesIO()
    file.save(out)
    body = "".join(chunk.text for chunk in read_pdf(out.getvalue(), close=True).streams[Stream.BODY])
    assert "שלוט" not in body


def test_lines_break_in_the_order_of_reading(folder: Path) -> None:
    made = Made(document(paragraph(hanzi(20) + "אבגדה וזחטי כלמנס")), folder)
    (passage,) = [passage for passage in made.passages if "天" in passage.text]
    lines = ["".join(made.meanings(passage)[line.start : line.end]) for line in passage.lines]
    assert len(lines) == 2
    # The first line ends with the word that is read first, turned round; the last word stands on the second.
    assert lines[0].endswith("הדגבא") or lines[0].endswith("יטחז הדגבא")
    assert lines[1].startswith("סנמלכ")


def test_a_paragraph_that_begins_with_such_letters_stands_at_the_right(folder: Path) -> None:
    made = Made(document(paragraph("שלום עולם 12"), paragraph("中文")), folder)
    rows = made.print.rows(1)
    row = next(row for row in rows if "ש" in row.words)
    size = 16 * 25.4 / 72
    # The right edge of the type area is 184 mm from the left edge of the paper; the first line is two hanzi in.
    assert max(sign.x for sign in row.signs) + 0.55 * size == pytest.approx(184 - 2 * 156 / 28, abs=0.2)


def test_brackets_turn_round_in_lines_that_run_to_the_left(folder: Path) -> None:
    made = Made(document(paragraph("שלום (עולם)")), folder)
    (passage,) = [passage for passage in made.passages if "ש" in made.meanings(passage)]
    known = made.layout.clusters.values()
    clusters = {sign: glyph for signs in known for sign, (glyph, said) in signs.items() if said in "()"}
    assert made.meanings(passage)[0] == ")"
    # The bracket at the left end closes what is read, and is drawn with the opening one's glyph.
    face = next(iter(face for face, signs in made.layout.clusters.items() if passage.text[0] in signs))
    assert clusters[passage.text[0]] == face.glyphs[ord("(")]
    assert "".join(made.body().split()) == "שלום(עולם)"


def test_a_mark_stands_where_its_face_puts_it(folder: Path) -> None:
    made = Made(document(paragraph("他说بَ好")), folder)
    (passage,) = [passage for passage in made.passages if "说" in passage.text]
    place = made.meanings(passage).index("\u064e")
    settings = {run.start: run.setting for run in passage.runs}
    letter = next(run.setting for run in passage.runs if run.start <= place + 1 < run.end)
    # 0.3 em higher than its letter.
    assert letter.drop - settings[place].drop == pytest.approx(0.3 * 16, abs=0.01)
    (line,) = passage.lines
    assert dict(line.shifts)[place] * passage.em == pytest.approx(0.2 * 16, abs=0.01)


def test_a_sequence_of_emoji_stays_whole_and_is_read_as_it_is_written(folder: Path) -> None:
    for count in range(20, 30):
        words = hanzi(count) + FAMILY + "\U0001f44d\U0001f3fd" + "后"
        made = Made(document(paragraph(words)), folder)
        assert made.body().replace("\n", "") == words
        (passage,) = [passage for passage in made.passages if "天" in passage.text]
        meanings = made.meanings(passage)
        starts = [line.start for line in passage.lines][1:]
        # No line begins within a sequence: before its second person or before a tone of skin.
        assert all(not meanings[start].startswith(("\U0001f469", "\U0001f467", "\U0001f3fd")) for start in starts)


def test_an_emoji_is_one_em_wide(folder: Path) -> None:
    made = Made(document(paragraph("好\U0001f44d好")), folder)
    (passage,) = [passage for passage in made.passages if "好" in passage.text]
    assert passage.widths[passage.text[1]] * passage.em == pytest.approx(16, abs=0.3)


def test_letters_with_marks_are_one_sign(folder: Path) -> None:
    words = "cafe\u0301 x\u0302"
    made = Made(document(paragraph(words)), folder)
    assert "".join(made.body().split()) == "".join(words.split())
    assert made.rules <= {"F-GLYPH"}


def test_ten_thousand_marks_on_one_letter_are_a_page_and_a_finding(folder: Path) -> None:
    words = "一a" + "\u0301" * 10_000 + "二"
    made = Made(document(paragraph(words)), folder)
    assert "L-MARKS" in made.rules
    assert made.body().count("\u0301") == 10_000


@pytest.mark.parametrize("words", ["甲\U000e0041\U000e0042乙", "\ufe0f甲", "甲 \ufe00乙", "\U000e0041"])
def test_what_nobody_sees_is_said(folder: Path, words: str) -> None:
    made = Made(document(paragraph(words + "丙")), folder)
    assert "L-UNSEEN" in made.rules


def test_an_override_is_not_obeyed_and_is_said(folder: Path) -> None:
    made = Made(document(paragraph("付ab\u202ecd\u202c款")), folder)
    assert "L-BIDI" in made.rules
    assert [sign.character for sign in made.print.signs(1) if sign.character > " " and sign.character.isprintable()][
        :6
    ] == list("付abcd款")


CODED = "甲\u0378乙\ue000丙\ufdd0丁\U0001fffe戊\U00100000己\U0010fffd"


def test_a_character_without_a_face_stops_the_document_by_default(folder: Path) -> None:
    made = Made(document(paragraph(CODED)), folder)
    missing = [finding for finding in made.findings if finding.rule == "F-GLYPH"]
    assert [dict(finding.values)["code"] for finding in missing] == [
        "U+0378", "U+E000", "U+FDD0", "U+1FFFE", "U+100000", "U+10FFFD",
    ]  # fmt: skip
    assert all(finding.severity is Severity.ERROR for finding in missing)


def test_its_code_stands_in_a_frame_where_the_style_sheet_says_so(folder: Path) -> None:
    block = b.Paragraph((i.Text(CODED, 5),), span=Span("a.md", 5, 30))
    made = Made(document(block, block), folder, fonts__missing="code")
    said = [finding for finding in made.findings if finding.rule == "F-CODE"]
    assert "F-GLYPH" not in made.rules
    # Each character in each paragraph, at its place.
    assert len(said) == 12
    assert said[0].span == Span("a.md", 6, 7)
    assert {finding.severity for finding in said} == {Severity.WARNING}
    assert made.body().replace("\n", "") == CODED + CODED


def test_a_code_is_one_em_wide_and_never_an_empty_box() -> None:
    face = code_face(0xE0, "zh-Hans")
    glyph, other = face.glyph_id("\ue000"), face.glyph_id("\ue0ff")
    assert face.advance(glyph) == 1.0
    left, bottom, right, top = face.ink(glyph)
    assert 0 < left < right < 1 and face.em_bottom < bottom < top < face.em_top
    outlines = []
    for each in (glyph, other):
        drawn: list[object] = []
        face.hb_font.draw_glyph(each, _pen(), drawn)
        outlines.append(drawn)
    assert outlines[0] != outlines[1]
    # More than a frame, which has four strokes of four points.
    assert len(outlines[0]) > 30


def _pen() -> object:
    import uharfbuzz as hb

    pen = hb.DrawFuncs()
    pen.set_move_to_func(lambda x, y, out: out.append((x, y)))
    pen.set_line_to_func(lambda x, y, out: out.append((x, y)))
    pen.set_close_path_func(lambda _: None)
    return pen


def test_titles_tables_and_notes_may_hold_such_text(folder: Path) -> None:
    line = b.Row((b.Cell(text("（甲）")), b.Cell(text("שלום (עולם)")), b.Cell(text(FAMILY))))
    table = b.Table((b.Column(), b.Column(), b.Column()), (line, line))
    note = i.Note("1", (paragraph("注 שלום 1（עולם）。"),))
    blocks = (b.Heading(1, text("标题 שלום")), b.Paragraph((*text("正文 עולם"), note)), table)
    made = Made(document(*blocks, title="שלום 题目"), folder)
    assert "".join(made.body().split()).startswith("שלום题目")
    assert "（甲）" in made.body()


@pytest.mark.conformance
def test_such_pages_are_pdf_a_2a_and_pdf_ua_1(folder: Path, tmp_path: Path) -> None:
    words = f"他说（{WORD}）בَ שלום עולם 12，{FAMILY}好。cafe\u0301 {CODED} a{chr(0x301) * 300}"
    made = Made(document(paragraph(words), paragraph("שלום (עולם)")), folder, fonts__missing="code")
    path = tmp_path / "foreign.pdf"
    path.write_bytes(made.data)
    assert set(tools.verapdf("2a,ua1", path).values()) == {"pass"}


SCRIPTS = {
    "Arabic": "المملكة العربية", "Uyghur": "ئۇيغۇرچە", "Hebrew": "שָׁלוֹם", "Tibetan": "བོད་ཡིག", "Thai": "น้ำใจ กำลัง",
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ", "Hindi": "हिन्दी", "Yi": "ꀉꀊ", "Georgian": "ქართული", "emoji": "👍🏽👨‍👩‍👧‍👦🇨🇳❤️1️⃣",
}  # fmt: skip


@pytest.mark.parametrize("script", SCRIPTS)
def test_real_faces_draw_and_say_each_script(script: str) -> None:
    if not list(FETCHED.glob("NotoNaskhArabic*")):
        pytest.skip("needs the faces of other scripts: run `jianbao fonts install`")
    words = f"前{SCRIPTS[script]}后"
    made = Made(document(paragraph(words)), FETCHED)
    if "F-GLYPH" in made.rules:
        pytest.skip(f"the client that fetched the faces has none for {script}")
    assert "".join(made.body().split()) == "".join(words.split())


def test_private_characters_of_plane_16_are_never_taken_for_what_stands_in_their_place(folder: Path) -> None:
    # A table measures its words before they are set; the first stand-in has the same code point.
    line = b.Row((b.Cell(text("\U00100000甲")), b.Cell(text(FAMILY))))
    made = Made(document(b.Table((b.Column(), b.Column()), (line, line))), folder, fonts__missing="code")
    assert made.rules == {"F-CODE"}
    assert "".join(made.body().split()) == ("\U00100000甲" + FAMILY) * 2


def test_an_invisible_character_beside_a_joined_letter_is_kept_and_changes_nothing(folder: Path) -> None:
    plain = Made(document(paragraph("他说سلام好")), folder)
    made = Made(document(paragraph("他说سلام\u2060好——\u2060下")), folder)
    assert "".join(made.body().split()) == "他说سلام\u2060好——\u2060下"
    widths = []
    for each in (plain, made):
        (passage,) = [passage for passage in each.passages if "说" in passage.text]
        widths.append([passage.widths[sign] for sign in passage.text[2:5]])
    assert widths[0] == pytest.approx(widths[1])


def test_a_note_called_within_such_text_leaves_its_order(folder: Path) -> None:
    note = i.Note("1", (paragraph("注。"),))
    made = Made(document(b.Paragraph((i.Text("见שלום"), note, i.Text(" עולם 12，完。")))), folder)
    assert "".join(made.body().split()) == "见שלוםעולם12，完。"


def test_codes_of_marks_stand_beside_those_of_their_letters(folder: Path) -> None:
    made = Made(document(paragraph("น้ำใจ")), folder, fonts__missing="code")
    places = sorted(sign.x for sign in made.print.signs(1) if "\u0e00" < sign.character < "\u0e7f")
    assert len(places) == 5
    assert all(there - here > 15 * 25.4 / 72 for here, there in itertools.pairwise(places))
    assert "".join(made.body().split()) == "น้ำใจ"


@pytest.mark.parametrize("words", [f"{WORD} ½ 3", f"ﬁne {WORD} oﬀer", "ﬁne", f"№ 1，{WORD} ① Ⅳ，1 ½"])
def test_what_readers_write_out_beside_such_text_is_read_as_it_is_written(folder: Path, words: str) -> None:
    """PDFium takes fractions and ligatures apart, each with a solidus or letters of its own."""
    made = document(paragraph(words))
    assert verify(made, "a.pdf", Made(made, folder).data, frame_of(theme())) == ()
    other = document(paragraph(words.replace("1", "7").replace("ﬁ", "fi").replace("½", "⅓")))
    assert verify(other, "a.pdf", Made(made, folder).data, frame_of(theme())) != ()
