"""What stands in one row of a page is read in its order, also by programs that go by place alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from converters.exporters.pdf import rows
from converters.fidelity import frame_of, verify
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Document
from converters.model.metadata import Kind, Metadata
from everything import document as everything
from printed import Print, document, hanzi, paragraph, printed, text, theme
from reading_pdf import READERS

every_reader = pytest.mark.parametrize("read", READERS.values(), ids=READERS)


def squeezed(words: str) -> str:
    return re.sub(r"[\s\u00ad]", "", words)


def table(*lines: str, spans: tuple[int, int] = (1, 1)) -> b.Table:
    """A table of cells that are parted by "|"; the first one spans so many rows and columns."""
    made = [b.Row(tuple(b.Cell(text(cell) if cell else ()) for cell in line.split("|"))) for line in lines]
    first, *others = made[0].cells
    made[0] = b.Row((b.Cell(first.inlines, rows=spans[0], columns=spans[1]), *others))
    return b.Table(tuple(b.Column() for _ in range(lines[-1].count("|") + 1)), tuple(made))


def places(whole: str, parts: list[str]) -> list[int]:
    found: list[int] = []
    for part in parts:
        found.append(whole.find(part, found[-1] + 1 if found else 0))
    return found


def parts_of(table: b.Table) -> list[str]:
    return [squeezed("".join(each.text for each in cell.inlines if isinstance(each, i.Text)))
            for row in table.rows for cell in row.cells if cell.inlines]  # fmt: skip


LONG = "护理员互访、木工教师来访与河水监测三项"
TABLES = {
    "an empty cell": table("项目|单位|人数|经费", "互访|民政局|12|38.5", "合计||18|54.5", "|||完"),
    "cells that turn over": table("项目|单位|人数", f"{LONG}甲|民政局|12", f"互访|{LONG}乙|4", f"末|{LONG * 2}丙|5"),
    "a cell over two rows": table("地区|经费|人数", "市级|12", "省级|7|9", spans=(2, 1)),
    "a cell over two columns": table("地区与经费|人数", "市级|12|3", "省级||9", spans=(1, 2)),
    "a divided word": table("项目|单位", f"{hanzi(19)}|" + "internationalisation " * 8),
}


@every_reader
def test_cells_are_read_row_by_row(read: Callable[[Path], str], tmp_path: Path) -> None:
    path = tmp_path / "table.pdf"
    blocks = [block for case in TABLES.values() for block in (paragraph(f"前{hanzi(60)}。"), case)]
    made = document(*blocks, paragraph(f"后{hanzi(60)}。"))
    path.write_bytes(printed(made).data)
    parts = [part for case in TABLES.values() for part in ("前", *parts_of(case))] + ["后"]
    found = places(squeezed(read(path)), parts)
    assert -1 not in found, dict(zip(parts, found, strict=True))
    assert verify(made, "a.pdf", path.read_bytes(), frame_of(theme())) == ()


def test_poppler_reads_an_empty_cell_out_of_order_where_rows_are_not_held_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests above can fail."""
    monkeypatch.setattr(rows, "_link", lambda *_: None)
    path = tmp_path / "table.pdf"
    case = TABLES["an empty cell"]
    path.write_bytes(printed(document(case)).data)
    assert -1 in places(squeezed(READERS["pdftotext"](path)), parts_of(case))


@every_reader
def test_the_folio_of_an_even_page_is_read_after_the_colophon(read: Callable[[Path], str], tmp_path: Path) -> None:
    path = tmp_path / "colophon.pdf"
    metadata = Metadata(name="简报", editors=("张三",), reviewers=("李四",), copies=100, report_to=("省委办公厅。",))
    made = printed(document(*[paragraph(hanzi(400))] * 2, metadata=metadata))
    assert made.page_count == 2
    path.write_bytes(made.data)
    assert squeezed(read(path)).endswith("编辑：张三审核：李四共印100份—2—")


@every_reader
@pytest.mark.parametrize("lang", ["ja", "zh-Hans"])
def test_a_reading_is_read_after_its_base(read: Callable[[Path], str], lang: str, tmp_path: Path) -> None:
    path = tmp_path / "ruby.pdf"
    readings = ("こうがっこう", "かん") if lang == "ja" else ("ㄕㄠ", "ㄍㄨㄥ")
    line = (
        i.Text("前文，"),
        i.Ruby(text("小学"), readings[0]),
        i.Text("的"),
        i.Ruby(text("校"), readings[1]),
        i.Text("后。"),
    )
    made = document(paragraph(hanzi(100)), b.Paragraph(line), paragraph(hanzi(100)), metadata=Metadata(lang=lang))
    path.write_bytes(printed(made).data)
    assert f"前文，小学{readings[0]}的校{readings[1]}后。" in squeezed(read(path))
    assert verify(made, "a.pdf", path.read_bytes(), frame_of(theme())) == ()


@every_reader
@pytest.mark.parametrize("kind", [Kind.JIANBAO, Kind.GONGWEN])
def test_the_lines_above_the_name_are_read_as_they_stand(
    read: Callable[[Path], str], kind: Kind, tmp_path: Path
) -> None:
    path = tmp_path / "top.pdf"
    metadata = Metadata(kind=kind, name="简报", copy_no="000123", secrecy="机密", urgency="加急")
    made = document(paragraph("正文。"), metadata=metadata)
    path.write_bytes(printed(made).data)
    order = "机密000123加急简报" if kind is Kind.JIANBAO else "000123机密加急简报"
    assert squeezed(read(path)).startswith(order)
    assert verify(made, "a.pdf", path.read_bytes(), frame_of(theme())) == ()


def test_nothing_of_it_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def pictures(made: Document) -> list[bytes]:
        file: Print = printed(made)
        return [file.pdf[number].render(scale=2).to_pil().tobytes() for number in range(file.page_count)]

    with_rows = pictures(everything())
    monkeypatch.setattr(rows, "_link", lambda *_: None)
    monkeypatch.setattr(rows, "_can_say", lambda *_: False)
    without = pictures(everything())
    assert len(with_rows) == len(without)
    for ours, theirs in zip(with_rows, without, strict=True):
        # Places are rounded to a thousandth of a point on another way: an edge may be a shade lighter.
        assert sum(abs(a - b) > 90 for a, b in zip(ours, theirs, strict=True)) == 0


def test_each_part_of_a_row_stands_where_it_is_seen_to_those_who_read_by_glyphs() -> None:
    case = TABLES["an empty cell"]
    row = next(row for row in printed(document(case)).rows(1) if row.words.startswith("合计"))
    assert row.words == "合计1854.5"
    assert all(before.right <= after.left + 0.2 for before, after in pairwise(row.signs))
