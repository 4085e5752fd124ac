"""PDF 2.0: PDF/A-4 and PDF/UA-2 (ISO 19005-4:2020; ISO 14289-2:2024), as pdf.standard = "a-4" has them."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import pytest
from breaking import Broken, judged, uncompressed
from presses import press_profile

import tools
from converters.fidelity import frame_of, verify
from converters.model import blocks as b
from converters.model import inlines as i
from everything import PICTURES, document
from printed import Print, paragraph, printed, text, theme
from printed import document as bulletin


@functools.cache
def made() -> Print:
    return printed(document(), theme(pdf__standard="a-4"), dict(PICTURES))


def test_the_file_is_of_pdf_2_and_describes_itself_in_xmp_alone() -> None:
    data = made().data
    assert data.startswith(b"%PDF-2.0\n") and b"/Info " not in data[-400:]
    assert b"<pdfaid:part>4</pdfaid:part>\n<pdfaid:rev>2020</pdfaid:rev>" in data
    assert b"<pdfuaid:part>2</pdfuaid:part>\n<pdfuaid:rev>2024</pdfuaid:rev>" in data
    assert b"pdfaid:conformance" not in data and b"pdfaExtension" not in data


def test_the_older_standard_is_the_default_and_has_none_of_it() -> None:
    data = printed(document(), pictures=dict(PICTURES)).data
    assert data.startswith(b"%PDF-1.7\n") and b"/Info " in data[-400:]
    assert b"/NS" not in data and b"/SD[" not in data and b"FENote" not in data and b"/Ref[" not in data


def test_both_standards_print_the_same_pages() -> None:
    older = printed(document(), pictures=dict(PICTURES))
    assert [made().words(page) for page in range(1, 8)] == [older.words(page) for page in range(1, 8)]
    assert verify(document(), "a.pdf", made().data, frame_of(theme())) == ()


def test_a_note_and_all_its_calls_name_each_other() -> None:
    note = i.Note("1", (b.Paragraph(text("脚注的话。"), span=None),))
    data = printed(bulletin(b.Paragraph((i.Text("甲"), note, i.Text("乙"), note))), theme(pdf__standard="a-4")).data
    elements = dict(re.findall(rb"(?m)^(\d+) 0 obj\n<</S/(\w+)", data))
    refs = {
        number: re.findall(rb"(\d+) 0 R", found)
        for number, found in re.findall(rb"(?m)^(\d+) 0 obj\n<</S/\w+[^\n]*?/Ref\[([^\]]*)\]", data)
    }
    (the_note,) = [number for number, tag in elements.items() if tag == b"FENote"]
    calls = [number for number, tag in elements.items() if tag == b"Reference"]
    assert len(calls) == 2 and sorted(refs[the_note]) == sorted(calls)
    assert all(refs[call] == [the_note] for call in calls)


def test_links_and_bookmarks_lead_to_the_element_that_stands_there() -> None:
    data = printed(
        bulletin(b.Heading(1, text("一、甲")), paragraph("正文。"), title="题目"), theme(pdf__standard="a-4")
    ).data
    elements = dict(re.findall(rb"(?m)^(\d+) 0 obj\n<</S/(\w+)", data))
    assert [elements[number] for number in re.findall(rb"/SD\[(\d+) 0 R/XYZ", data)] == [b"H1", b"H2"]


BROKEN = [
    Broken("an information dictionary", rb"(/Root )(\d+)( 0 R)(/ID)", rb"\1\2\3/Info \2\3\4", "4", "6.1.3"),
    Broken("another revision", rb"<pdfaid:rev>2020", b"<pdfaid:rev>2019", "4", "6.7.3"),
    Broken("no ToUnicode", rb"/ToUnicode", b"/ToUnicodf", "ua2", "8.4.5.8"),
    Broken("a place instead of an element", rb"/SD\[", b"/SE[", "ua2", "8.8/2"),
    Broken("an entry of the contents that names nothing", rb"/Ref\[", b"/Rff[", "ua2", "8.2.5.8/1"),
    Broken("a note of the older kind", rb"/S/FENote/NS \d+ 0 R", b"/S/Note", "ua2", "8.2.5.14/1"),
    Broken("no alternative text", rb"/Alt ", b"/Alf ", "ua2", "8.2.5.28"),
    Broken("a row outside a table", rb"/S/Table/", b"/S/Sect /", "ua2", ""),
    Broken("no namespace", rb"/NS \d+ 0 R", b"", "ua2", "8.2.5"),
    Broken("another revision, read aloud", rb"<pdfuaid:rev>2024", b"<pdfuaid:rev>2023", "ua2", "5/"),
]


@pytest.mark.conformance
def test_verapdf_accepts_it_and_finds_each_thing_that_is_broken(tmp_path: Path) -> None:
    whole, press = tmp_path / "whole.pdf", tmp_path / "press.pdf"
    whole.write_bytes(made().data)
    keys = {"pdf__profile": "press", "pdf__crop_marks": "true", "pdf__output_intent": "press.icc"}
    press.write_bytes(_pressed(theme(pdf__standard="a-4", **keys)))
    with uncompressed():
        data = printed(document(), theme(pdf__standard="a-4"), dict(PICTURES)).data
    assert judged(data, BROKEN, [whole, press], tmp_path) == ({"pass"}, {})


def _pressed(sheet: Any) -> bytes:
    from converters.exporters import pdf
    from printed import laid

    layout = laid(document(), sheet, dict(PICTURES))
    return pdf.export(layout.value, document(), sheet, None, press_profile()).value


@pytest.mark.conformance
def test_packed_it_keeps_its_standards(tmp_path: Path) -> None:
    pytest.importorskip("pikepdf")
    for way in ("small", "web"):
        packed = printed(document(), theme(pdf__standard="a-4", pdf__packing=way), dict(PICTURES)).data
        (tmp_path / f"{way}.pdf").write_bytes(packed)
    assert set(tools.verapdf("4,ua2", *sorted(tmp_path.glob("*.pdf"))).values()) == {"pass"}
