"""The leader's file with the nine things that tools lose: all of them are read, and all of them come back."""

from __future__ import annotations

from nine_points import POINTS, SOURCE, build

from converters.model import blocks as b
from converters.model.walk import all_blocks, inlines_of, plain
from converters.readers.docx import read
from converters.returning import merge


def test_all_nine_points_are_read() -> None:
    data = build()
    out = [note.text for note in merge(data, "source.md", SOURCE.encode()).comments]
    for block in all_blocks(read("edited.docx", data).value):
        if isinstance(block, b.Table):
            cells = [cell for row in block.rows for cell in row.cells]
            out += [f'<td rowspan="{cell.rows}" colspan="{cell.columns}">{plain(cell.inlines)}</td>' for cell in cells]
        else:
            out.append("".join(plain(line) for line in inlines_of(block)).replace("\n", "<br>"))
    text = "\n".join(out)
    assert [name for name, holds in POINTS if not holds(text)] == []
    assert [name for name, holds in POINTS if holds("")] == []


def test_all_nine_points_come_back_into_the_source() -> None:
    result = merge(build(), "source.md", SOURCE.encode())
    expected = SOURCE
    for before, after in (
        ("2026年3月27日", "2026年4月2日"),
        ("摆在突出位置，逐级", "摆在突出位置，<br>逐级"),
        ("立即整改", "三日内整改"),
        ("同志负责督办。\n", "同志负责督办。\n\n各单位要建立夜间巡查制度，每两小时巡查一次，做好登记。\n"),
        ("排查表随文下发。\n", "排查表随文下发。\n\n值班电话十二小时畅通。\n"),
        ("| 乙县 | 8 | 四月底 |\n", "| 乙县 | 9 | ^^ |\n| 两县合计二十一处 | << | 五月初 |\n"),
        ("2.联系人名单", "2.联系人名单（更新）"),
        ("2026年3月20日", "2026年3月22日"),
    ):
        assert expected.count(before) == 1
        expected = expected.replace(before, after)
    assert result.text.decode() == expected
    assert not result.conflicts
    assert [(note.author, note.about) for note in result.comments] == [("李厅长", "各县（区）民政局：")]
    count = result.count
    assert count.total == count.kept + count.applied + count.conflict + count.ignored and count.lost == 0
    assert "by its words alone" in result.findings[0].message
