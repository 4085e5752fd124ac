"""Pictures side by side, each with its caption in a cell, come back as the one line of the source that they were."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from editing import Desk, edition, w
from rich import changed, returned, retype

ROW = '![甲](pictures/canteen.png "图1 甲处新房") ![乙](pictures/station.png "图2 乙处新房")'
SOURCE = f"""---
简报名称: 青浦简报
期号: 3
---

# 两处新房

近日，两处房子先后启用。

{ROW}

图纸由省厅统一印发。

![甲](pictures/canteen.png) ![乙](pictures/station.png)

: 图3 合影两张

后文一段。
"""


@pytest.fixture(scope="module")
def plates(folder: Path) -> bytes:
    return edition("plates.md", SOURCE.encode(), folder)


def tables(desk: Desk) -> list[Any]:
    return [table for table in desk.document.iter(w("tbl")) if table.find(f".//{w('drawing')}") is not None]


def test_unedited_they_are_the_same(plates: bytes) -> None:
    result = returned(plates, lambda _: None, SOURCE)
    assert changed(result, SOURCE) == [] and not result.applied


def test_the_caption_of_one_picture_is_changed(plates: bytes) -> None:
    result = returned(plates, lambda desk: retype(desk, "图2", "乙处", "西边"), SOURCE)
    assert changed(result, SOURCE) == [f"-{ROW}", f"+{ROW.replace('乙处', '西边')}"]


def test_a_shared_caption_is_changed(plates: bytes) -> None:
    result = returned(plates, lambda desk: retype(desk, "图3", "两张", "三张"), SOURCE)
    assert changed(result, SOURCE) == ["-: 图3 合影两张", "+: 图3 合影三张"]


def test_a_picture_is_described_anew(plates: bytes) -> None:
    def edit(desk: Desk) -> None:
        for properties in list(tables(desk)[0].iter("{*}docPr"))[1:]:
            properties.set("descr", "东关站")

    taken, put = changed(returned(plates, edit, SOURCE), SOURCE)
    assert taken == f"-{ROW}"
    assert put.replace(")![", ") ![") == f"+{ROW.replace('[乙]', '[东关站]')}"


def test_the_figure_is_taken_out(plates: bytes) -> None:
    def edit(desk: Desk) -> None:
        table = tables(desk)[0]
        table.getparent().remove(table)

    assert ROW not in returned(plates, edit, SOURCE).text.decode()


def test_a_table_with_any_other_text_is_a_table(plates: bytes) -> None:
    def edit(desk: Desk) -> None:
        desk.insert(desk.find("图1"), "另有说明一句。")

    result = returned(plates, edit, SOURCE)
    assert result.conflicts or result.applied, "what was typed is said"
