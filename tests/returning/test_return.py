"""An edited DOCX comes back into its source, stroke for stroke."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from editing import SEEDS, Desk, edition, text_of, w
from hypothesis import HealthCheck, Phase, given, settings
from lxml import etree
from rich import RICH

import tools
from converters.errors import InputError
from converters.exporters import markdown
from converters.model.document import Document
from converters.model.metadata import Metadata
from converters.readers import read
from converters.repairs import repair
from converters.returning import Returned, merge
from converters.returning.lines import lines_of
from strategies import flat_documents

SOURCE = """---
刊名: 青浦简报  # 只给编辑看
期号: 3
---

# 青浦河市召开 民政工作会

近日,青浦河市召开**民政工作**会议,部署[全年任务](https://example.org/)[^1]。

会议指出,要抓好三件事{重|zhòng}点。 <!-- 内部意见 -->

- 建机构。
- 配人员。
- 管经费。

会议要求,各县区要压紧责任、加强

督导,确保全年任务完成。

::: verse
白日依山尽
黄河入海流
:::

(据青浦河市民政局)

[^1]: 见附表,共三页。
"""


@pytest.fixture(scope="module")
def desk_of(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return edition("a.md", SOURCE.encode(), tmp_path_factory.mktemp("one"))


def returned(desk: Desk, source: str = SOURCE) -> tuple[str, Returned]:
    result = merge(desk.bytes(), "a.md", source.encode())
    check_count(result)
    return result.text.decode(), result


def check_count(result: Returned) -> None:
    count = result.count
    assert count.total == count.kept + count.applied + count.conflict + count.ignored
    assert min(count.kept, count.applied, count.conflict, count.ignored) >= 0


def lines(name: str, source: bytes) -> list[str]:
    return [line.text for line in lines_of(repair(read(name, source).value).value)]


# Nothing edited


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.md")), ids=lambda seed: seed.stem)
def test_an_unedited_file_gives_the_source_byte_for_byte(seed: Path, editions: dict[Path, bytes]) -> None:
    result = merge(editions[seed], str(seed), seed.read_bytes())
    assert result.text == seed.read_bytes()
    assert result.applied == result.conflicts == result.ignored == ()
    assert result.count.total == result.count.kept


@given(document=flat_documents())
@settings(
    max_examples=10,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_an_unedited_file_of_any_document_gives_its_source(document: Document, tmp_path: Path) -> None:
    source = markdown.export(replace(document, metadata=Metadata())).encode()
    try:
        data = edition("any.md", source, tmp_path)
        result = merge(data, "any.md", source)
    except InputError:
        return
    assert result.text == source
    assert result.applied == ()


def test_bytes_of_other_encodings_and_line_ends_are_kept(tmp_path: Path) -> None:
    mixed = "# 题目\r\n\r\n第一段文字在这里。\n\n第二段文字在那里。\r\n"
    for codec in ("utf-8-sig", "gb18030", "utf-16"):
        source = mixed.encode(codec)
        data = edition("a.md", source, tmp_path)
        assert merge(data, "a.md", source).text == source
        desk = Desk(data)
        desk.change(desk.find("第二段"), 0, 3, "第三段")
        assert merge(desk.bytes(), "a.md", source).text.decode(codec) == mixed.replace("第二段", "第三段")


def test_files_that_libreoffice_saved_give_their_sources_byte_for_byte_and_list_no_look_of_its_own(
    editions: dict[Path, bytes], rich: bytes, tmp_path: Path
) -> None:
    sources = {seed.name: seed.read_bytes() for seed in editions} | {"rich.md": RICH.encode()}
    made = {seed.name: data for seed, data in editions.items()} | {"rich.md": rich}
    files = [tmp_path / f"{name}.docx" for name in sources]
    for file in files:
        file.write_bytes(made[file.stem])
    (tmp_path / "saved").mkdir()
    folder = tools.libreoffice(tmp_path / "saved", files, "docx:MS Word 2007 XML")
    for name, source in sources.items():
        result = merge((folder / f"{name}.docx").read_bytes(), name, source)
        assert result.text == source
        assert result.applied == result.conflicts == ()
        assert [finding.message.split("{")[0] for finding in result.findings] == ["it was saved by "]
        assert {entry.kind for entry in result.ignored} <= {"unread"}, name
        check_count(result)


# One edit of each kind


@pytest.mark.parametrize("tracked", [False, True])
def test_a_changed_word_leaves_marks_links_and_notes_beside_it(desk_of: bytes, tracked: bool) -> None:
    desk = Desk(desk_of)
    paragraph = desk.find("部署")
    desk.change(
        paragraph, text_of(paragraph).index("部署"), text_of(paragraph).index("部署") + 2, "安排", tracked=tracked
    )
    text, result = returned(desk)
    assert text == SOURCE.replace(
        "近日,青浦河市召开**民政工作**会议,部署[", "近日，青浦河市召开**民政工作**会议，安排["
    )
    assert [entry.kind for entry in result.applied] == ["changed"]
    assert result.applied[0].tracked is tracked
    assert result.count.applied == 2


def test_a_word_changed_in_a_note_is_changed_there(desk_of: bytes) -> None:
    desk = Desk(desk_of)
    notes = desk.parts["word/footnotes.xml"]
    desk.parts["word/footnotes.xml"] = notes.replace("共三页".encode(), "共五页".encode())
    assert returned(desk)[0] == SOURCE.replace("见附表,共三页", "见附表，共五页")


def test_a_word_changed_in_verse_and_in_a_title(desk_of: bytes) -> None:
    desk = Desk(desk_of)
    desk.change(desk.find("白日"), 0, 2, "红日")
    title = desk.find("召开民政工作会")
    desk.change(title, 0, 4, "青浦河县")
    text, result = returned(desk)
    assert text == SOURCE.replace("白日", "红日").replace("# 青浦河市召开 ", "# 青浦河县召开 ")
    assert len(result.applied) == 2


@pytest.mark.parametrize("tracked", [False, True])
def test_a_new_paragraph_stands_behind_the_one_before_it(desk_of: bytes, tracked: bool) -> None:
    desk = Desk(desk_of)
    desk.insert(desk.find("会议指出"), "会议还听取了3个*汇报*。", tracked=tracked)
    text, result = returned(desk)
    assert "<!-- 内部意见 -->\n\n会议还听取了3个\\*汇报\\*。\n\n- 建机构。" in text
    assert result.count.applied == len("会议还听取了3个*汇报*。")


@pytest.mark.parametrize("tracked", [False, True])
def test_a_deleted_paragraph_goes_with_its_blank_line(desk_of: bytes, tracked: bool) -> None:
    desk = Desk(desk_of)
    desk.delete(desk.find("各县区"), tracked=tracked)
    assert returned(desk)[0] == SOURCE.replace("会议要求,各县区要压紧责任、加强\n\n督导,确保全年任务完成。\n\n", "")


@pytest.mark.parametrize("tracked", [False, True])
def test_a_moved_paragraph_keeps_its_source(desk_of: bytes, tracked: bool) -> None:
    desk = Desk(desk_of)
    desk.move(desk.find("各县区"), desk.find("部署"), tracked=tracked)
    moved = "会议要求,各县区要压紧责任、加强\n\n督导,确保全年任务完成。\n\n"
    text, result = returned(desk)
    assert text == SOURCE.replace(moved, "").replace("会议指出", f"{moved}会议指出")
    assert [entry.kind for entry in result.applied] == ["deleted", "inserted"] or [
        entry.kind for entry in result.applied
    ] == ["moved"]


def test_a_split_paragraph_and_joined_ones(desk_of: bytes) -> None:
    desk = Desk(desk_of)
    paragraph = desk.find("部署")
    at = text_of(paragraph).index("部署")
    desk.change(paragraph, at - 1, at, "。")
    desk.split(paragraph, at)
    text, result = returned(desk)
    assert "会议。\n\n部署[全年任务](https://example.org/)[^1]。" in text
    assert [entry.kind for entry in result.applied] == ["split"]
    desk = Desk(desk_of)
    desk.join(desk.find("部署"))
    text, result = returned(desk)
    assert "(https://example.org/)[^1]。会议指出，要抓好三件事{重|zhòng}点。 <!-- 内部意见 -->\n\n- 建" in text
    assert [entry.kind for entry in result.applied] == ["joined"]


def test_items_of_a_list_are_put_in_and_taken_out(desk_of: bytes) -> None:
    desk = Desk(desk_of)
    item = desk.find("配人员")
    desk.split(item, 3)
    second = item.getnext()
    desk.change(second, 0, 1, "重人才。")
    desk.delete(desk.find("管经费"))
    assert "- 建机构。\n- 配人员\n- 重人才。\n\n会议要求" in returned(desk)[0]


def test_a_paragraph_made_a_heading_gets_the_marks_of_its_level(desk_of: bytes) -> None:
    desk = Desk(desk_of)
    properties = etree.Element(w("pPr"))
    etree.SubElement(properties, w("pStyle")).set(w("val"), "Heading2")
    desk.insert(desk.find("部署"), "主要工作").insert(0, properties)
    assert "[^1]。\n\n## 主要工作\n\n会议指出" in returned(desk)[0]


# The source has changed, or is another


def test_changes_on_both_sides_are_merged(desk_of: bytes) -> None:
    desk = Desk(desk_of)
    desk.change(desk.find("各县区"), 0, 4, "会议强调")
    now = SOURCE.replace("会议指出,要抓好三件事", "会议指出,要抓好五件事").replace("期号: 3", "期号: 4")
    text, result = returned(desk, now)
    assert "要抓好五件事" in text
    assert "会议强调，各县区要压紧责任、加强督导，确保全年任务完成。" in text
    assert "期号: 4  # 只给编辑看" not in text and "期号: 4" in text and "<!-- 内部意见 -->" in text
    assert not result.conflicts
    assert "changed since" in result.findings[0].message


def test_a_paragraph_changed_on_both_sides_is_marked_as_a_conflict(desk_of: bytes) -> None:
    desk = Desk(desk_of)
    desk.change(desk.find("各县区"), 0, 4, "会议强调")
    now = SOURCE.replace("各县区要压紧责任", "各区县要压紧责任")
    text, result = returned(desk, now)
    mark = "<!-- conflict: 会议强调，各县区要压紧责任、加强督导，确保全年任务完成。 -->\n\n"
    assert text.replace(mark, "") == now
    assert mark in text
    assert [entry.reason for entry in result.conflicts] == ["the source was changed here meanwhile"]
    assert result.count.conflict == 2


def test_the_same_change_on_both_sides_is_no_conflict(desk_of: bytes) -> None:
    desk = Desk(desk_of)
    desk.change(desk.find("会议指出"), 0, 4, "会议认为")
    now = SOURCE.replace("会议指出", "会议认为")
    text, result = returned(desk, now)
    assert text == now
    assert not result.conflicts


def test_comments_of_the_source_stay_out_of_the_edition(desk_of: bytes) -> None:
    desk = Desk(desk_of)
    parts = "".join(data.decode("utf-8", "replace") for name, data in desk.parts.items() if name.endswith("xml"))
    assert "内部意见" not in parts and "只给编辑看" not in parts


def test_an_edition_without_its_marks_is_compared_by_its_words(desk_of: bytes) -> None:
    desk = Desk(desk_of)
    for name in [name for name in desk.parts if "customXml" in name and name.endswith(".rels")]:
        del desk.parts[name]
    desk.parts["word/_rels/document.xml.rels"] = desk.parts["word/_rels/document.xml.rels"].replace(
        b"relationships/customXml", b"relationships/other"
    )
    for mark in [*desk.document.iter(w("bookmarkStart")), *desk.document.iter(w("bookmarkEnd"))]:
        mark.getparent().remove(mark)
    desk.change(desk.find("各县区"), 0, 4, "会议强调")
    text, result = returned(desk)
    assert "会议强调，各县区" in text
    assert "by its words alone" in result.findings[0].message


def test_an_edition_of_another_source_is_refused(desk_of: bytes) -> None:
    with pytest.raises(InputError, match="it is not an edition of b"):
        merge(desk_of, "b.md", "# 春游\n\n去年三月我们到山里看花。\n".encode())


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"])
def test_what_is_no_docx_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        merge(data, "a.md", SOURCE.encode())


# What cannot be written where it belongs


def test_a_name_changed_in_the_masthead_is_changed_in_front_matter(desk_of: bytes) -> None:
    desk = Desk(desk_of)
    name = desk.find("青浦简报")
    desk.change(name, 0, 2, "绿河")
    text, result = returned(desk)
    assert text == SOURCE.replace("刊名: 青浦简报", "刊名: 绿河简报")
    assert [(entry.kind, entry.line, entry.after) for entry in result.applied] == [("changed", 2, "绿河简报")]


def test_comments_come_back_as_review_notes(desk_of: bytes) -> None:
    desk = Desk(desk_of)
    paragraph = desk.find("各县区")
    start, end = etree.Element(w("commentRangeStart")), etree.Element(w("commentRangeEnd"))
    for element in (start, end):
        element.set(w("id"), "7")
    paragraph.insert(0, start)
    paragraph.append(end)
    relations = desk.parts["word/_rels/document.xml.rels"].decode()
    desk.parts["word/_rels/document.xml.rels"] = relations.replace(
        "</Relationships>",
        '<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"'
        ' Target="comments.xml"/></Relationships>',
    ).encode()
    desk.parts["word/comments.xml"] = (
        f'<w:comments xmlns:w="{w("x")[1:-2]}"><w:comment w:id="7" w:author="李四">'
        "<w:p><w:r><w:t>请核实</w:t></w:r></w:p></w:comment></w:comments>"
    ).encode()
    text, result = returned(desk)
    assert text == SOURCE
    assert [(note.author, note.text, note.about[:4]) for note in result.comments] == [("李四", "请核实", "会议要求")]


def test_words_in_controls_tags_and_boxes_are_read(desk_of: bytes) -> None:
    desk = Desk(desk_of)
    paragraph = desk.find("各县区")
    run = next(paragraph.iter(w("r")))
    tag = etree.Element(w("smartTag"))
    run.addprevious(tag)
    tag.append(run)
    other = desk.find("会议指出")
    content = etree.Element(w("sdtContent"))
    control = etree.Element(w("sdt"))
    other.addprevious(control)
    control.append(content)
    content.append(other)
    assert returned(desk)[0] == SOURCE
