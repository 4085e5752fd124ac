"""密级 and 份号 of a 公文 in Word."""

from __future__ import annotations

import pytest
from word_parts import NAMES, w, word

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.metadata import Kind, Metadata


@pytest.mark.parametrize(("kind", "copy_no", "before"), [
    (Kind.GONGWEN, "", 580), (Kind.GONGWEN, "000012", 0), (Kind.JIANBAO, "", 0),
])  # fmt: skip
def test_secrecy_stands_in_the_second_row_of_an_official_document(kind: Kind, copy_no: str, before: int) -> None:
    metadata = Metadata(kind, name="云岭省民政厅文件", secrecy="机密", copy_no=copy_no)
    edition = word(b.Paragraph((i.Text("正文。"),)), metadata=metadata)
    (first, *others) = edition.find("//w:p[w:pPr/w:pStyle/@w:val='Secrecy']")
    spacing = first.xpath("w:pPr/w:spacing", namespaces=NAMES)
    assert int(spacing[0].get(w("before"), "0") if spacing else 0) == pytest.approx(before, abs=2)
    assert len(others) == (1 if copy_no else 0)
