"""What an author's text may hold and Word may not: a valid file and a finding, never an exception."""

from __future__ import annotations

import pytest
from word_parts import Word, make, text, value, w

from converters.diagnostics import Severity, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.pictures import Picture


def t(words: str) -> tuple[i.Inline, ...]:
    return (i.Text(words),)


def test_characters_that_xml_forbids_are_replaced_and_reported_with_their_place() -> None:
    checked = make(b.Paragraph((i.Text("好\x0b事\ufffe", 10),), span=Span("a.md", 10, 14)))
    assert text(Word(checked.value).find("/w:document/w:body/w:p")[0]) == "好\ufffd事\ufffd"
    assert [(finding.rule, finding.span) for finding in checked.findings] == [
        ("W-CHAR", Span("a.md", 11, 12)), ("W-CHAR", Span("a.md", 13, 14)),
    ]  # fmt: skip
    assert "U+000B" in checked.findings[0].text()


@pytest.mark.parametrize("block", [b.CodeBlock("a\x00b"), b.Verse((t("a\x00b"),)), b.Heading(1, t("a\x00b"))])
def test_forbidden_characters_are_found_in_every_block(block: b.Block) -> None:
    assert [finding.rule for finding in make(block).findings] == ["W-CHAR"]


def test_a_table_of_64_columns_keeps_all_its_text_in_order() -> None:
    row = b.Row(tuple(b.Cell(t(f"{n}，")) for n in range(64)))
    checked = make(b.Table((b.Column(),) * 64, (row,), 0))
    assert [finding.rule for finding in checked.findings] == ["W-COLUMNS"]
    (table,) = Word(checked.value).find("//w:tbl")
    assert len(table.find(w("tblGrid"))) == 63
    assert len(table.findall(f".//{w('tc')}")) == 63
    assert text(table) == "".join(f"{n}，" for n in range(64))


def test_a_picture_of_an_unknown_kind_is_left_out_and_reported() -> None:
    pictures = {"a.xyz": Picture(b"no picture", "image/x-unknown", 10, 10)}
    checked = make(b.Figure((i.Image("a.xyz", "图"),), t("图1")), pictures=pictures)
    assert [finding.rule for finding in checked.findings] == ["W-PICTURE"]
    edition = Word(checked.value)
    assert edition.find("//w:drawing") == []
    assert text(edition.paragraph("图1")) == "图1"


def test_a_picture_that_only_word_does_not_know_is_changed_into_png() -> None:
    import io

    from PIL import Image, features

    if not features.check("webp"):
        pytest.skip("this Pillow cannot write WebP; install one that can")
    stream = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(stream, "WEBP")
    checked = make(b.Figure((i.Image("a.webp"),)), pictures={"a.webp": Picture(stream.getvalue(), "image/webp", 8, 6)})
    assert checked.findings == ()
    assert Word(checked.value).zip.read("word/media/image1.png").startswith(b"\x89PNG")


def test_a_picture_that_was_not_found_leaves_no_empty_frame() -> None:
    assert Word(make(b.Figure((i.Image("none.png"),))).value).find("//w:drawing") == []


def test_a_width_that_is_none_is_reported() -> None:
    pictures = {"a.png": Picture(b"", "image/png", 10, 10)}
    checked = make(b.Figure((i.Image("a.png", width="wide"),)), pictures=pictures)
    assert [finding.rule for finding in checked.findings] == ["W-PICTURE"]


@pytest.mark.parametrize("target", ["", "#", "  ", "javascript:alert(1)", "#nowhere", "http://", "http://[::1", "a%zz"])
def test_a_link_that_leads_nowhere_keeps_its_text_and_is_reported(target: str) -> None:
    checked = make(b.Paragraph((i.Link(t("网站"), target),)))
    edition = Word(checked.value)
    assert edition.find("//w:hyperlink") == []
    assert text(edition.paragraph("网站")) == "网站"
    assert [finding.rule for finding in checked.findings] == ["W-LINK"]


@pytest.mark.parametrize("level", [9, 20])
def test_a_heading_of_level_9_becomes_words_last(level: int) -> None:
    checked = make(b.Heading(level, t("标题")))
    assert [finding.rule for finding in checked.findings] == ["W-LEVEL"]
    assert value(Word(checked.value).paragraph("标题"), "w:pPr/w:pStyle") == "Heading9"


def test_the_eighth_level_is_no_trouble() -> None:
    assert make(b.Heading(8, t("标题"))).findings == ()


def test_a_paragraph_of_ten_megabytes_is_cut_into_runs_and_reported() -> None:
    words = "青浦河" * 1_200_000
    checked = make(b.Paragraph(t(words)))
    edition = Word(checked.value)
    assert [finding.rule for finding in checked.findings] == ["W-LONG"]
    pieces = edition.find("//w:body/w:p[1]//w:t")
    assert max(len(piece.text) for piece in pieces) <= 30_000
    assert "".join(piece.text for piece in pieces) == words


def test_a_list_that_starts_beyond_words_numbers_is_reported() -> None:
    checked = make(b.ListBlock((b.ListItem((b.Paragraph(t("项")),)),), ordered=True, start=999_999))
    assert [finding.rule for finding in checked.findings] == ["W-LIST"]


@pytest.mark.parametrize(
    "block",
    [
        b.Table((), ()), b.Table((), (b.Row(()),)), b.Table((b.Column(),), ()), b.ListBlock(()), b.Quote(()),
        b.Verse(()), b.Signature(()), b.AttachmentNote(()), b.Figure(()), b.CodeBlock(""), b.Paragraph(()),
        b.ListBlock((b.ListItem(()),)), b.DefinitionList(()), b.PageBreak(),
        b.Table((b.Column(),), (b.Row((b.Cell((), 99, 99),)),)),
    ],
)  # fmt: skip
def test_an_empty_block_is_no_trouble(block: b.Block) -> None:
    checked = make(block)
    assert not [finding for finding in checked.findings if finding.severity >= Severity.ERROR]
    assert Word(checked.value).section() is not None


def test_lists_as_deep_as_anyone_likes_stay_within_words_nine_levels() -> None:
    block: b.Block = b.Paragraph(t("底"))
    for _ in range(14):
        block = b.ListBlock((b.ListItem((block,), "-"),))
    levels = [int(level) for level in Word(make(block).value).find("//w:ilvl/@w:val")]
    assert max(levels) == 8
