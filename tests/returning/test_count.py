"""The count of characters is taken from the XML alone, and fails where a reader overlooks something."""

from __future__ import annotations

from typing import Any

import pytest
from editing import Desk, w
from lxml import etree
from rich import RICH, returned

from converters.readers.docx.package import Package
from converters.returning import merge, reading
from converters.returning.counting import FIELDS, HEADERS, HIDDEN, UNCALLED, take_census


def census_of(desk: Desk) -> object:
    return take_census(Package("a.docx", desk.bytes()))


def run(words: str, *properties: str) -> etree._Element:
    element = etree.Element(w("r"))
    look = etree.SubElement(element, w("rPr"))
    for name in properties:
        etree.SubElement(look, w(name))
    etree.SubElement(element, w("t")).text = words
    return element


def test_deleted_text_and_old_drawings_are_not_counted(rich: bytes) -> None:
    before = take_census(Package("a.docx", rich))
    desk = Desk(rich)
    paragraph = desk.find("一张图")
    paragraph.append(desk.marked("del", [run("删去的字")]))
    paragraph.append(desk.marked("moveFrom", [run("移走的字")]))
    assert take_census(Package("a.docx", desk.bytes())) == before


@pytest.mark.parametrize("words", ["新字", "字　字"])
def test_words_in_boxes_tags_and_controls_are_counted_once(rich: bytes, words: str) -> None:
    before = take_census(Package("a.docx", rich)).total
    for name in ("smartTag", "sdt", "ins", "hyperlink"):
        desk = Desk(rich)
        holder = etree.SubElement(desk.find("一张图"), w(name))
        inner = etree.SubElement(holder, w("sdtContent")) if name == "sdt" else holder
        inner.append(run(words))
        assert take_census(Package("a.docx", desk.bytes())).total == before + len(words)


def test_what_stands_aside_is_counted_by_its_reason_and_shown(rich: bytes) -> None:
    desk = Desk(rich)
    paragraph = desk.find("一张图")
    paragraph.append(run("藏起来的话", "vanish"))
    field = etree.SubElement(paragraph, w("fldSimple"), {w("instr"): " PAGE "})
    field.append(run("12"))
    notes = desk.parts["word/footnotes.xml"].decode()
    note = '<w:footnote w:id="77"><w:p><w:r><w:t>无人问津</w:t></w:r></w:p></w:footnote></w:footnotes>'
    desk.parts["word/footnotes.xml"] = notes.replace("</w:footnotes>", note).encode()
    census = take_census(Package("a.docx", desk.bytes()))
    assert census.aside[HIDDEN] == "藏起来的话"
    assert census.aside[FIELDS] == "12"
    assert census.aside[UNCALLED] == "无人问津"
    assert "—" in census.aside[HEADERS]
    result = merge(desk.bytes(), "rich.md", RICH.encode())
    assert result.count.lost == 0
    listed = {entry.reason: entry.after for entry in result.ignored}
    assert listed["hidden text"] == "藏起来的话"
    assert listed["notes that nothing calls"] == "无人问津"


def test_a_reader_that_overlooks_a_paragraph_is_found_out(rich: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    good = reading._Lines.paragraph

    def blind(self: object, para: Any) -> None:
        if "一张图" not in getattr(para, "text", ""):
            good(self, para)

    monkeypatch.setattr(reading._Lines, "paragraph", blind)
    result = merge(rich, "rich.md", RICH.encode())
    assert result.count.lost == len(RICH.split("**一张图")[1].split("\n")[0].replace("*", "").replace(" ", "")) + 3
    assert [finding.rule for finding in result.findings if finding.severity.name == "ERROR"] == ["W-RETURN"]


def test_a_reader_that_reads_a_paragraph_twice_is_found_out(rich: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    good = reading._Lines.paragraph

    def double(self: object, para: Any) -> None:
        for _ in range(2 if "一张图" in getattr(para, "text", "") else 1):
            good(self, para)

    monkeypatch.setattr(reading._Lines, "paragraph", double)
    assert merge(rich, "rich.md", RICH.encode()).count.lost > 0


def test_paragraphs_of_blanks_are_ignored_and_said_to_be(rich: bytes) -> None:
    result = returned(rich, lambda desk: desk.insert(desk.find("一张图"), "　　"))
    assert result.text.decode() == RICH
    assert result.count.blank == 2
    assert "paragraphs of blanks" in [entry.reason for entry in result.ignored]


def test_words_in_the_header_are_listed(rich: bytes) -> None:
    def edit(desk: Desk) -> None:
        name = next(name for name in desk.parts if name.startswith("word/footer"))
        desk.parts[name] = desk.parts[name].replace(b"</w:p>", "<w:r><w:t>送审稿</w:t></w:r></w:p>".encode(), 1)

    listed = {entry.reason: entry.after for entry in returned(rich, edit).ignored}
    assert "送审稿" in listed["headers and footers of the page"]
