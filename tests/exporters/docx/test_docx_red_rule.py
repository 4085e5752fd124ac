"""The red rule of a bulletin in Word: a border that may be double, and a star over its middle."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from word_parts import NAMES, Word, w, word

from converters.exporters.docx.red_rule import STAR
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.metadata import Metadata
from converters.readers import read
from converters.theme.schema import Theme

VML = "{urn:schemas-microsoft-com:vml}"


def bulletin(form: str, **settings: bool) -> Word:
    theme = Theme()
    theme = replace(theme, masthead=replace(theme.masthead, rule_form=form, **settings))
    return word(b.Paragraph((i.Text("正文。"),)), theme=theme, metadata=Metadata(name="民政简报", issue="12"))


# Word counts the lines of a border from the text, which is below this one.
@pytest.mark.parametrize(("form", "border", "eighths"), [
    ("plain", "single", 12), ("star", "single", 12), ("thick-thin", "thinThickSmallGap", 28),
    ("thin-thick", "thickThinSmallGap", 28),
])  # fmt: skip
def test_the_rule_is_the_upper_border_of_an_empty_paragraph(form: str, border: str, eighths: int) -> None:
    top = bulletin(form).style("RedRule").find(f"{w('pPr')}/{w('pBdr')}/{w('top')}")
    assert (top.get(w("val")), top.get(w("sz"))) == (border, str(eighths))


def test_a_star_of_ten_corners_stands_over_a_white_field_on_the_page() -> None:
    edition = bulletin("star")
    (rule,) = edition.find("//w:p[w:pPr/w:pStyle/@w:val='RedRule']")
    field, star = (*rule.iter(VML + "rect"), *rule.iter(VML + "shape"))
    assert all(shape.get("id").startswith(STAR) for shape in (field, star))
    assert "width:24.00pt" in field.get("style") and "width:16.00pt" in star.get("style")
    assert len(re.findall(r"\d+", star.get("path"))) == 2 * 10
    assert star.get("fillcolor") not in (None, "white", "#000000")
    assert rule.xpath(".//w:t", namespaces=NAMES) == [], "no word is added"


@pytest.mark.parametrize("form", ["plain", "thick-thin"])
def test_other_rules_have_no_star(form: str) -> None:
    assert list(bulletin(form).find("//w:body")[0].iter(VML + "shape")) == []


def test_a_preprinted_rule_has_neither_border_nor_star() -> None:
    edition = bulletin("star", preprinted=True)
    assert edition.style("RedRule").find(f".//{w('pBdr')}") is None
    assert list(edition.find("//w:body")[0].iter(VML + "shape")) == []


def test_the_star_is_no_drawing_of_the_authors_on_the_way_back() -> None:
    data = bulletin("star").data
    assert "W-DRAWING" not in rules_of(data)
    # What is called otherwise is a drawing, and told of.
    assert "W-DRAWING" in rules_of(renamed(data))


def rules_of(data: bytes) -> set[str]:
    """The rules of what reading a DOCX finds."""
    return {finding.rule for finding in read("a.docx", data).findings}


def renamed(data: bytes) -> bytes:
    """A DOCX whose shapes have other names."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(STAR.encode(), b"Shape"))
    return held.getvalue()
