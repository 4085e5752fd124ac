"""Characters of private use: they are printed and read back, and each standard gets what it asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import tools
from converters.diagnostics import Severity
from converters.fidelity import frame_of, verify
from converters.fonts.roles import resolve
from converters.model import blocks as b
from converters.model import inlines as i
from converters.theme.schema import Role
from everything import PICTURES
from printed import document, paragraph, printed, text, theme
from reading_pdf import READERS

WORDS = "甲\ue76c乙\ue78d丙。"


@pytest.fixture(autouse=True)
def _private_glyphs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedded face draws two private characters, one of them with the glyph of 甲."""
    glyphs = resolve(theme(), "zh-Hans").value.face(Role.FANGSONG).glyphs
    monkeypatch.setitem(glyphs, 0xE76C, glyphs[ord("龘")])
    monkeypatch.setitem(glyphs, 0xE78D, glyphs[ord("甲")])


def test_they_are_read_back_as_they_were_written() -> None:
    made = document(paragraph(WORDS))
    data = printed(made).data
    assert verify(made, "a.pdf", data, frame_of(theme())) == ()


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_every_reader_sees_them_once_and_in_order(read: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(printed(document(paragraph(WORDS))).data)
    said = "".join(read(path).split())
    assert said.startswith(WORDS), said


def test_a_file_without_them_says_nothing_beside_its_text() -> None:
    assert b"/ActualText" not in printed(document(paragraph("甲乙丙。"))).data


def test_pdf_2_refuses_them_and_says_which() -> None:
    made = printed(document(paragraph(WORDS)), theme(pdf__standard="a-4"))
    faults = [finding for finding in made.findings if finding.severity is Severity.ERROR]
    assert [(finding.rule, dict(finding.values)["code"]) for finding in faults] == [
        ("L-PRIVATE", "E76C"), ("L-PRIVATE", "E78D"),
    ]  # fmt: skip
    figure = b.Figure((i.Image("chart.png", "图\ue76c"),))
    made = printed(document(figure), theme(pdf__standard="a-4"), dict(PICTURES))
    assert [finding.rule for finding in made.findings if finding.severity is Severity.ERROR] == ["L-PRIVATE"]


def test_pdf_2_holds_any_other_text() -> None:
    made = printed(document(b.Paragraph(text("甲乙𠮷。"))), theme(pdf__standard="a-4"))
    assert [finding for finding in made.findings if finding.severity is Severity.ERROR] == []


@pytest.mark.conformance
def test_verapdf_accepts_them_and_finds_them_where_nothing_is_said(tmp_path: Path) -> None:
    data = printed(document(paragraph(WORDS))).data
    (tmp_path / "whole.pdf").write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        from converters.exporters.pdf.composite import CompositeFont

        patch.setattr(CompositeFont, "said", lambda _font, _text: b"")
        (tmp_path / "broken.pdf").write_bytes(printed(document(paragraph(WORDS))).data)
    verdicts = tools.verapdf("2a,ua1", tmp_path / "whole.pdf", tmp_path / "broken.pdf")
    assert verdicts["whole.pdf", "2a"] == verdicts["whole.pdf", "ua1"] == "pass"
    assert "6.2.11.7.3/1" in verdicts["broken.pdf", "2a"]
