"""Where seals and stamps go: organs of a joint issue side by side, a signer's title beside the place of his stamp."""

from __future__ import annotations

from typing import Any

import pytest
from word_parts import Word, text, value, w, word

from converters.exporters.docx.grid import ems, grid_of
from converters.model import blocks as b
from converters.model import inlines as i
from converters.theme.schema import Theme

GRID = grid_of(Theme(), "zh-Hans")
EM = 320 - 6
LINE = GRID.line
DATE = "2026年3月27日"
FOUR = ("云岭省民政厅", "云岭省财政厅", "云岭省卫生健康委员会", "云岭省教育厅")


def t(words: str) -> tuple[i.Inline, ...]:
    return (i.Text(words),)


def signed(*organs: str, date: str = DATE, **said: bool) -> Word:
    return word(b.Paragraph(t("正文。")), b.Signature(tuple(t(organ) for organ in organs), t(date), **said))


def right(edition: Word, words: str) -> float:
    return int(value(edition.paragraph(words), "w:pPr/w:ind", "right") or 0) / EM


def table(edition: Word) -> Any:
    (found,) = edition.find("//w:tbl[.//w:pStyle/@w:val='IssuingOrgan']")
    return found


def test_organs_with_seals_stand_side_by_side_so_far_apart_that_no_seal_meets_another() -> None:
    found = table(signed(*FOUR, sealed=True))
    rows = [[text(cell) for cell in row.findall(w("tc"))] for row in found.findall(w("tr"))]
    assert rows == [["云岭省民政厅", "云岭省财政厅"], ["云岭省卫生健康委员会", "云岭省教育厅"]]
    step = int(value(found, "w:tblGrid/w:gridCol", "w") or 0)
    # 42 mm of a seal, or the longest name and one em.
    assert step >= max(42 * 56.69, (10 + 1) * EM)
    assert int(value(found, "w:tr/w:trPr/w:trHeight") or 0) >= 42 * 56.69


def test_the_last_organ_stands_over_the_date() -> None:
    edition = signed(*FOUR, sealed=True)
    found = table(edition)
    columns = [int(column.get(w("w"))) for column in found.find(w("tblGrid"))]
    edge = int(value(found, "w:tblPr/w:tblInd", "w") or 0) + sum(columns)
    centre = edge - columns[-1] / 2
    assert right(edition, DATE) == pytest.approx(4, abs=0.01)
    assert centre == pytest.approx(GRID.measure - (4 + ems(DATE) / 2) * EM, abs=2)


def test_a_row_that_is_not_full_stands_at_the_right() -> None:
    rows = table(signed(*FOUR[:3], sealed=True)).findall(w("tr"))
    assert [[text(cell) for cell in row.findall(w("tc"))] for row in rows][-1] == ["", "云岭省卫生健康委员会"]


def test_the_table_stays_in_one_piece_with_the_date() -> None:
    found = table(signed(*FOUR, sealed=True))
    assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in found.findall(w("tr")))
    assert all(p.find(f"{w('pPr')}/{w('keepNext')}") is not None for p in found.iter(w("p")))
    assert text(found.getnext()) == DATE


def test_each_organ_has_its_own_mark() -> None:
    marks = table(signed(*FOUR, sealed=True)).findall(f".//{w('bookmarkStart')}")
    assert [mark.get(w("name")) for mark in marks] == ["_jb_a1_b2", "_jb_a1_b2_2", "_jb_a1_b2_3", "_jb_a1_b2_4"]


def test_one_organ_with_its_seal_stands_in_no_table() -> None:
    edition = signed("云岭省民政厅", sealed=True)
    assert edition.find("//w:tbl[.//w:pStyle/@w:val='IssuingOrgan']") == []
    assert right(edition, "云岭省民政厅") == pytest.approx(4 + (ems(DATE) - 6) / 2, abs=0.01)


def test_a_title_ends_two_ems_before_the_stamp() -> None:
    edition = signed("省长", stamped=True)
    assert right(edition, "省长") == pytest.approx(4 + 40 * 56.69 / EM + 2, abs=0.02)


def test_a_name_stands_in_the_middle_of_the_stamp_and_no_character_is_added() -> None:
    edition = signed("省长\u3000张三", stamped=True)
    line = edition.paragraph("省长")
    assert text(line) == "省长\u3000张三"
    stamp = 40 * 56.69 / EM
    assert right(edition, "省长") == pytest.approx(4 + (stamp - 2) / 2, abs=0.02)
    (spread,) = line.xpath(".//w:r/w:rPr/w:spacing/@w:val", namespaces={"w": w("")[1:-1]})
    assert (1 + int(spread) / EM) == pytest.approx(2 + (stamp - 2) / 2, abs=0.02)


def test_stamps_under_each_other_have_room_and_the_date_stands_a_row_below() -> None:
    edition = signed("省长\u3000张三", "副省长\u3000李四", stamped=True)
    first, second, date = (
        int(value(edition.paragraph(words), "w:pPr/w:spacing", "before") or 0) for words in ("省长", "副省长", DATE)
    )
    # A stamp is 20 mm high: two rows, half of the second above the line, half below.
    assert second == LINE and date == LINE + (LINE - LINE // 2)
    assert first == LINE // 2 + round(Theme().styles.signature.before_rows * LINE)
    assert value(edition.paragraph("副省长"), "w:pPr/w:contextualSpacing") == "0"
