"""信函 in Word: what stands outside the type area stands in frames and in the footer of page 1."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from word_parts import NAMES, Word, value, w, word

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.metadata import Kind, Metadata
from converters.theme.schema import PageNumberStyle, Theme
from converters.units import mm, twips

UNNUMBERED = PageNumberStyle(first_page=False)


def letter(numbers: PageNumberStyle = UNNUMBERED, **settings: bool) -> Word:
    theme = Theme(page_number=numbers)
    theme = replace(theme, masthead=replace(theme.masthead, **settings))
    metadata = Metadata(
        Kind.GONGWEN, form="信函", organs=("云岭省民政厅",), document_number="云民函〔2026〕31号", urgency="加急"
    )
    return word(b.Paragraph((i.Text("正文。"),)), theme=theme, metadata=metadata)


def test_mark_number_and_urgency_stand_in_frames_of_the_page_in_reading_order() -> None:
    edition = letter()
    frames = edition.find("//w:framePr")
    assert [value(frame, "..//w:pStyle") for frame in frames] == ["Secrecy", "Title", "DocumentNumber"]
    assert [frame.get(w("xAlign")) for frame in frames] == ["left", "center", "right"]
    assert {frame.get(w("vAnchor")) for frame in frames} == {"page"}
    # The first line below the rule: urgency at the left, number at the right.
    assert frames[0].get(w("y")) == frames[2].get(w("y"))
    assert int(frames[1].get(w("y"))) < twips(mm(30)) < int(frames[0].get(w("y")))


def test_the_double_rule_is_170_mm_thick_above_thin_and_red() -> None:
    edition = letter()
    name = edition.paragraph("云岭省民政厅")
    assert value(name, "w:pPr/w:framePr", "w") == str(twips(mm(170)))
    rule = name.find(f"{w('pPr')}/{w('pBdr')}/{w('bottom')}")
    assert rule.get(w("val")) == "thickThinSmallGap"
    assert rule.get(w("color")) not in (None, "auto")


def first_foot(edition: Word) -> Any:
    """The footer of page 1."""
    (identifier,) = edition.section().xpath("w:footerReference[@w:type='first']/@r:id", namespaces=NAMES)
    relations = edition.part("word/_rels/document.xml.rels")
    (target,) = (row.get("Target") for row in relations if row.get("Id") == identifier)
    return edition.part(f"word/{target.rsplit('/', 1)[-1]}")


def test_page_one_ends_with_a_rule_thin_above_thick() -> None:
    footer = first_foot(letter())
    # Counted from the text, which is below: the thick line is the lower one.
    assert value(footer, "//w:pBdr/w:top") == "thickThinSmallGap"
    left = int(value(footer, "//w:ind", "left") or 0)
    assert left < 0 and twips(mm(156)) - 2 * left in range(twips(mm(170)) - 4, twips(mm(170)) + 5)


@pytest.mark.parametrize("position", ["outside", "center", "none"])
def test_page_one_of_a_letter_has_its_rule_and_no_number_under_whatever_sheet(position: str) -> None:
    edition = letter(PageNumberStyle(position=position))
    footer = first_foot(edition)
    assert footer.xpath("//w:instrText", namespaces=NAMES) == []
    assert value(footer, "//w:pBdr/w:top") == "thickThinSmallGap"
    assert edition.section().find(w("titlePg")) is not None


def test_page_one_of_a_preprinted_letter_has_neither_number_nor_rule() -> None:
    footer = first_foot(letter(PageNumberStyle(), preprinted=True))
    assert footer.xpath("//w:instrText | //w:pBdr", namespaces=NAMES) == []


def test_a_preprinted_letter_keeps_its_room_and_draws_no_rule() -> None:
    edition = letter(preprinted=True)
    assert edition.find("//w:pBdr/*") == []
    assert value(edition.find("//w:p[w:pPr/w:pStyle/@w:val='Title']")[0], "w:pPr/w:framePr", "w") is not None
