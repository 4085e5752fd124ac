"""A document that holds every construct of the model, short and long: its standards, and how it is read aloud."""

from __future__ import annotations

import functools
import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from breaking import Broken, judged, uncompressed

import tools
from converters.fidelity import frame_of, verify
from converters.fonts.roles import resolve
from converters.model import blocks as b
from converters.model import inlines as i
from converters.theme.schema import Role
from everything import PICTURES, document, long_document
from printed import Print, hanzi, paragraph, printed, text, theme
from printed import document as bulletin


@functools.cache
def every_construct() -> Print:
    return printed(document(), theme(), dict(PICTURES))


# -- read aloud


def heard(data: bytes, path: Path) -> list[str]:
    """What poppler says of the tag tree, one element or text a line; object numbers and ids are left out."""
    path.write_bytes(data)
    command = [tools.program("pdfinfo", "poppler-utils"), "-struct-text", str(path)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = [line.rstrip() for line in said.splitlines() if line.strip() and not line.strip().startswith("Object ")]
    return [re.sub(r" <\w+>| \((?:block|inline)\)|:$", "", line) for line in lines]


def test_a_page_is_heard_as_it_is_read(tmp_path: Path) -> None:
    note = i.Note("1", (paragraph("脚注的话。"),))
    table = b.Table(
        (b.Column(), b.Column(b.Alignment.RIGHT)),
        (
            b.Row((b.Cell(text("地区")), b.Cell(text("经费")))),
            b.Row((b.Cell(text("市级"), header=True), b.Cell(text("38.5")))),
        ),
        caption=text("表1 经费"),
    )
    struck = i.Strike(text("作废"))
    made = printed(
        bulletin(
            b.Heading(1, text("一、网络")),
            b.Paragraph((i.Text("前文"), note, i.Text("后文，"), struck, i.Text("完。"))),
            b.Heading(2, text("（一）布局")),
            table,
            b.ListBlock((b.ListItem((paragraph("一项"),), "1."), b.ListItem((paragraph("二项"),), "2.")), ordered=True),
            title="题目",
        )
    )
    assert heard(made.data, tmp_path / "a.pdf") == [
        "Document",
        "  Sect",
        "    H1",
        '      "题目"',
        "    H2",
        '      "一、网络"',
        "    P",
        '      "前文"',
        "      Reference",
        "        Lbl",
        '          "①"',
        "      Note",
        "        Lbl",
        '          "①"',
        "        P",
        '          " 脚注的话。"',
        '      "后文，"',
        "      Span",
        "         /TextDecorationType /LineThrough",
        '        "作废"',
        '      "完。"',
        "    H3",
        '      "（一）布局"',
        "    Table",
        "      Caption",
        '        "表1 经费"',
        "      TR",
        "        TH",
        "           /Scope /Column",
        '          "地区"',
        "        TH",
        "           /Scope /Column",
        '          "经费"',
        "      TR",
        "        TH",
        "           /Scope /Row",
        '          "市级"',
        "        TD",
        '          "38.5"',
        "    L",
        "       /ListNumbering /Decimal",
        "      LI",
        "        Lbl",
        '          "1."',
        "        LBody",
        "          P",
        '            "一项"',
        "      LI",
        "        Lbl",
        '          "2."',
        "        LBody",
        "          P",
        '            "二项"',
    ]


def test_a_note_is_heard_where_it_is_called_though_it_stands_on_the_next_page(tmp_path: Path) -> None:
    filler = [paragraph("行。")] * 21
    notes = [i.Note(str(n), (paragraph(f"第{n}条注，" + "长" * 300),)) for n in (1, 2)]
    calling = b.Paragraph((i.Text("甲"), notes[0], i.Text("乙"), notes[1], i.Text("丙。")))
    made = printed(bulletin(*filler, calling))
    lines = [line.strip() for line in heard(made.data, tmp_path / "a.pdf")]
    place = lines.index('"甲"')
    order = [line for line in lines[place:] if line in ("Reference", "Note", '"甲"', '"乙"', '"丙。"')]
    assert order == ['"甲"', "Reference", "Note", '"乙"', "Reference", "Note", '"丙。"']


@pytest.mark.parametrize("sheet", ["jianbao", "vertical"])
def test_what_follows_signs_that_say_what_they_mean_is_heard_too(
    sheet: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a span within marked content Poppler takes the end for that of the whole."""
    look = theme(sheet)
    for role in Role:
        glyphs = resolve(look, "zh-Hans").value.face(role).glyphs
        monkeypatch.setitem(glyphs, 0xE76C, glyphs[ord("龘")])
    words = [f"第{count}" + hanzi(count) + "电话000-0000000，\ue76c的人。" for count in range(12, 26)]
    note = i.Note("1", (paragraph(words[0]),))
    made = printed(bulletin(*map(paragraph, words), b.Paragraph((i.Text("注"), note, i.Text("完。")))), look)
    lines = [line.strip().strip('"').strip() for line in heard(made.data, tmp_path / "a.pdf")]
    said = "".join("".join(lines).split())
    assert [line for line in words if line not in said] == []
    assert said.index("注Reference") < said.index(words[0], said.index("注Reference")) < said.index("完。")


def test_headings_of_every_construct_descend_without_a_gap(tmp_path: Path) -> None:
    levels = [int(line.strip()[1:]) for line in heard(every_construct().data, tmp_path / "a.pdf")
              if re.fullmatch(r"\s*H\d", line)]  # fmt: skip
    assert levels[0] == 1 and len(levels) >= 8
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_construct_keeps_its_text() -> None:
    assert verify(document(), "all.pdf", every_construct().data, frame_of(theme())) == ()


# -- pictures


@pytest.mark.parametrize(
    ("image", "caption", "alt", "rules"),
    [
        (i.Image("chart.png"), "", None, ["L-ALT"]),
        (i.Image("chart.png", decorative=True), "", None, []),
        (i.Image("chart.png"), "图1 往来人次", "图1 往来人次", []),
        (i.Image("chart.png", "柱状图"), "图1 往来人次", "柱状图", []),
        (i.Image("chart.png", title="题名"), "", "题名", []),
    ],
)
def test_a_picture_says_what_its_author_said_or_nothing(
    image: i.Image, caption: str, alt: str | None, rules: list[str]
) -> None:
    made = printed(bulletin(b.Figure((image,), text(caption) if caption else ())), pictures=dict(PICTURES))
    assert [finding.rule for finding in made.findings if finding.severity >= 1] == rules
    found = [bytes.fromhex(said.decode()).decode("utf-16") for said in re.findall(rb"/Alt <([0-9a-f]+)>", made.data)]
    assert found == ([] if alt is None else [alt])
    assert b"chart" not in made.data, "no description is made up from the name of a file"
    assert (b"/S/Figure" in made.data) is (alt is not None)


# -- judges


@pytest.mark.conformance
def test_every_construct_is_pdf_a_and_pdf_ua(tmp_path: Path) -> None:
    path = tmp_path / "all.pdf"
    path.write_bytes(every_construct().data)
    assert tools.verapdf("2a,ua1", path) == {("all.pdf", "2a"): "pass", ("all.pdf", "ua1"): "pass"}


@pytest.mark.conformance
@pytest.mark.slow
def test_every_construct_on_three_hundred_pages_is_pdf_a_and_pdf_ua(tmp_path: Path) -> None:
    made = printed(long_document(74), theme(), dict(PICTURES))
    assert made.page_count >= 300
    path = tmp_path / "long.pdf"
    path.write_bytes(made.data)
    assert tools.verapdf("2a,ua1", path) == {("long.pdf", "2a"): "pass", ("long.pdf", "ua1"): "pass"}


BROKEN = [
    Broken("a wrong MCID", rb"/MCID 1>>", b"/MCID 7>>", "ua1", "7.1/3"),
    Broken("a wrong width", rb"/DW 1000", b"/DW 2000", "2a", "6.2.11.5/1"),
    Broken("a wrong width of one glyph", rb"/W \[ (\d+) \[ \d\d\d", rb"/W [ \1 [ 999", "2a", "6.2.11.5/1"),
    Broken("no ToUnicode", rb"/ToUnicode", b"/ToUnicodf", "2a", "6.2.11.7.2/1"),
    Broken("no ToUnicode, read aloud", rb"/ToUnicode", b"/ToUnicodf", "ua1", "7.21.7/1"),
    Broken("a skipped heading level", rb"/S/H2/", b"/S/H4/", "ua1", "7.4.2/1"),
    Broken("no alternative text", rb"/Alt ", b"/Alf ", "ua1", "7.3/1"),
    Broken("a table head without scope", rb"/Scope /Column", b"/Scopf /Column", "ua1", "7.5/1"),
    Broken("a note without an id", rb"/ID \(note", b"/IE (note", "ua1", "7.9/1"),
    Broken("no language", rb"/Lang ", b"/Lanf ", "ua1", "7.2/"),
    Broken("no title shown", rb"/DisplayDocTitle true", b"/DisplayDocTitle trve", "ua1", ""),
    Broken("another title in the information", rb"<dc:title>", b"<dc:titke>", "ua1", "7.1/9"),
    Broken("no output intent", rb"/OutputIntents", b"/OutputIntentz", "2a", "6.2.4.3/"),
    Broken("no mark of the standard", rb"<pdfaid:part>2", b"<pdfaid:part>1", "2a", "6.6.4/"),
]


@pytest.mark.conformance
def test_verapdf_finds_each_thing_that_is_broken(tmp_path: Path) -> None:
    with uncompressed():
        data = printed(document(), theme(), dict(PICTURES)).data
    whole = tmp_path / "whole.pdf"
    whole.write_bytes(data)
    assert judged(data, BROKEN, [whole], tmp_path) == ({"pass"}, {})
