"""Notes put in, of one paragraph and of several, grown, parted and taken out: calls and definitions follow."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from editing import Desk, edition, text_of, w
from lxml import etree
from two import put_behind, xml

from converters.returning import Returned, merge

SOURCE = """# 青浦河市召开民政工作会

近日，青浦河市召开会议，有一个注[^1]，也部署了全年的工作任务。

会议要求，各县区要压紧责任^[写在原处的注，共有两句话。这是第二句。]，确保完成。

[^1]: 见附表，共三页。
"""
CALL = '<w:r><w:footnoteReference w:id="77"/></w:r>'


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return edition("a.md", SOURCE.encode(), tmp_path_factory.mktemp("notes"))


def in_notes(edit: Callable[[etree._Element], None]) -> Callable[[Desk], None]:
    def run(desk: Desk) -> None:
        root = etree.fromstring(desk.parts["word/footnotes.xml"])
        edit(root)
        desk.parts["word/footnotes.xml"] = etree.tostring(root)

    return run


def note(*paragraphs: str) -> str:
    inside = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return f'<w:footnote w:id="77">{inside}</w:footnote>'


def new_note(words: str, *paragraphs: str) -> Callable[[Desk], None]:
    def edit(desk: Desk) -> None:
        in_notes(lambda root: root.extend(xml(note(*paragraphs))))(desk)
        put_behind(words, CALL)(desk)

    return edit


def paragraph_of(root: etree._Element, words: str) -> etree._Element:
    return next(p for p in root.iter(w("p")) if words in text_of(p))


def grown(words: str, text: str) -> Callable[[Desk], None]:
    new = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
    return in_notes(lambda root: paragraph_of(root, words).addnext(xml(new)[0]))


def parted(words: str, before: str) -> Callable[[Desk], None]:
    def edit(desk: Desk) -> None:
        def part(root: etree._Element) -> None:
            paragraph = paragraph_of(root, words)
            desk.split(paragraph, text_of(paragraph).index(before))

        in_notes(part)(desk)

    return edit


def returned(data: bytes, edit: Callable[[Desk], None], folder: Path, source: str = SOURCE) -> Returned:
    desk = Desk(data)
    edit(desk)
    result = merge(desk.bytes(), "a.md", source.encode())
    assert (result.conflicts, result.count.lost) == ((), 0)
    rest = merge(edition("again.md", result.text, folder), "again.md", result.text)
    assert (rest.text, rest.applied, rest.conflicts) == (result.text, (), ())
    return result


@pytest.mark.parametrize(
    ("edit", "changes"),
    [
        (new_note("会议要求", "新注。"), (("确保完成。", "确保完成。^[新注。]"),)),
        (new_note("会议要求", "新注的第一段。", "新注的第二段。"),
         (("确保完成。", "确保完成。[^2]"),
          ("共三页。\n", "共三页。\n\n[^2]: 新注的第一段。\n\n    新注的第二段。\n"))),
        (grown("附表", "又一段。"), (("共三页。", "共三页。\n\n    又一段。"),)),
        (grown("写在原处", "又一段。"),
         (("^[写在原处的注，共有两句话。这是第二句。]", "[^2]"),
          ("共三页。\n", "共三页。\n\n[^2]: 写在原处的注，共有两句话。这是第二句。\n\n    又一段。\n"))),
        (parted("写在原处", "这是"),
         (("^[写在原处的注，共有两句话。这是第二句。]", "[^2]"),
          ("共三页。\n", "共三页。\n\n[^2]: 写在原处的注，共有两句话。\n\n    这是第二句。\n"))),
        (parted("附表", "共三页"), (("见附表，共", "见附表，\n\n    共"),)),
    ],
    ids=["new", "new of two paragraphs", "defined one grown", "grown in its place", "parted in its place", "parted"],
)  # fmt: skip
def test_a_note_is_written_where_it_fits(
    data: bytes, tmp_path: Path, edit: Callable[[Desk], None], changes: tuple[tuple[str, str], ...]
) -> None:
    wanted = SOURCE
    for before, after in changes:
        assert wanted.count(before) == 1
        wanted = wanted.replace(before, after)
    assert returned(data, edit, tmp_path).text.decode() == wanted


def test_two_new_notes_of_several_paragraphs_have_labels_of_their_own(data: bytes, tmp_path: Path) -> None:
    def edit(desk: Desk) -> None:
        new_note("会议要求", "甲注一。", "甲注二。")(desk)
        second = note("乙注一。", "乙注二。").replace('"77"', '"78"')
        in_notes(lambda root: root.extend(xml(second)))(desk)
        put_behind("近日", CALL.replace('"77"', '"78"'))(desk)

    text = returned(data, edit, tmp_path).text.decode()
    assert text.count("[^2]") == text.count("[^3]") == 2


def test_a_source_that_ends_without_a_line_end_gets_its_definition_on_lines_of_its_own(tmp_path: Path) -> None:
    source = "# 题目在这里\n\n近日，青浦河市召开会议，有一个^[注]。\n\n会议要求，各县区要压紧责任。"
    data = edition("a.md", source.encode(), tmp_path)
    text = returned(data, new_note("会议要求", "一。", "二。"), tmp_path, source).text.decode()
    assert text == f"{source}[^1]\n\n[^1]: 一。\n\n    二。"


TWICE = """# 题目在这里呀

第一段文字在这里[^1]，不少。

第二段文字在那里[^1]，也不少。

第三段文字在这里那里，不少不少。

[^1]: 见附表，共三页。
"""


def test_a_note_called_twice_is_one_note(folder: Path) -> None:
    data = edition("twice.md", TWICE.encode(), folder)
    unedited = merge(data, "twice.md", TWICE.encode())
    assert (unedited.text.decode(), unedited.applied, unedited.conflicts, unedited.ignored) == (TWICE, (), (), ())
    desk = Desk(data)
    desk.find("第三段").addnext(copy.deepcopy(desk.find("第一段")))
    copied = merge(desk.bytes(), "twice.md", TWICE.encode())
    assert copied.conflicts == ()
    assert copied.text.decode() == TWICE.replace("不少不少。\n", "不少不少。\n\n第一段文字在这里[^1]，不少。\n")
