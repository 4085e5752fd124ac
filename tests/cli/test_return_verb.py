"""`jianbao return`: three lists, review notes, a count; new pictures beside the result; the source left alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from calling import Call

sys.path.insert(0, str(Path(__file__).parents[1] / "returning"))

from editing import SEEDS, Desk, edition, text_of, w
from lxml import etree

SOURCE = """---
简报名称: 青浦简报
期号: 3
---

# 青浦河市召开民政工作会

近日，青浦河市召开民政工作会议，部署全年任务，各县区参加。

会议指出，要抓好三件事，一件一件落实到位，不留尾巴。
"""


@pytest.fixture
def desk(folder: Path) -> Desk:
    """The edition of SOURCE, about to be edited; the source lies in the folder."""
    return Desk(edition("a.md", SOURCE.encode(), folder))


def save(desk: Desk, folder: Path) -> None:
    (folder / "edited.docx").write_bytes(desk.bytes())


def test_what_was_applied_is_said_with_its_places(desk: Desk, folder: Path, jianbao: Call) -> None:
    paragraph = desk.find("会议指出")
    desk.change(paragraph, 0, 4, "会议强调", tracked=True)
    save(desk, folder)
    outcome = jianbao("return", "edited.docx", "a.md", "-o", "b.md")
    assert outcome.code == 0
    assert (folder / "b.md").read_text(encoding="utf-8") == SOURCE.replace("会议指出", "会议强调")
    assert (folder / "a.md").read_text(encoding="utf-8") == SOURCE
    assert "applied: 1" in outcome.lines and "conflict: 0" in outcome.lines
    assert any(line.startswith("  a.md:10: changed, tracked (paragraph 5)") for line in outcome.lines)
    assert outcome.lines[-1].endswith("2 applied, 0 in conflict, 0 ignored")


def test_a_conflict_makes_the_result_1_and_is_marked(desk: Desk, folder: Path, jianbao: Call) -> None:
    desk.change(desk.find("会议指出"), 0, 4, "会议强调")
    save(desk, folder)
    (folder / "a.md").write_text(SOURCE.replace("会议指出", "会议认为"), encoding="utf-8")
    outcome = jianbao("return", "edited.docx", "a.md", "-o", "b.md")
    assert outcome.code == 1
    text = (folder / "b.md").read_text(encoding="utf-8")
    assert "会议认为，要抓好" in text and "<!-- conflict: 会议强调，要抓好" in text


def test_new_pictures_are_put_beside_the_result(desk: Desk, folder: Path, jianbao: Call) -> None:
    picture = (SEEDS / "pictures" / "exchange.png").read_bytes()
    paragraph = etree.Element(w("p"))
    paragraph.append(desk.picture(picture, "会场"))
    desk.find("会议指出").addnext(paragraph)
    save(desk, folder)
    (folder / "out").mkdir()
    outcome = jianbao("return", "edited.docx", "a.md", "-o", "out/b.md")
    assert outcome.code == 0
    name = next((folder / "out" / "pictures").iterdir())
    assert name.read_bytes() == picture
    assert f"![会场](pictures/{name.name})" in (folder / "out" / "b.md").read_text(encoding="utf-8")
    assert "new pictures: 1" in outcome.lines
    again = Desk(edition("b.md", (folder / "out" / "b.md").read_bytes(), folder / "out"))
    assert any(True for _ in again.document.iter("{*}blip"))


def test_nothing_is_written_where_the_edited_file_is_of_another_source(desk: Desk, folder: Path, jianbao: Call) -> None:
    save(desk, folder)
    (folder / "other.md").write_text("# 春游\n\n去年三月我们到山里看花，走了很远的路。\n", encoding="utf-8")
    outcome = jianbao("return", "edited.docx", "other.md", "-o", "b.md")
    assert outcome.code != 0
    assert len([line for line in outcome.lines if "error" in line]) == 1
    assert not (folder / "b.md").exists()
    assert text_of(desk.find("会议指出")).startswith("会议指出")
