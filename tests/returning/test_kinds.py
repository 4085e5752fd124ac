"""One file for each kind of edit that people make in Word: in which list it comes, what the source is afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from editing import Desk, edition
from kinds_of_looks import LOOKS, style_changed
from kinds_of_words import WORDS
from two import TWO, Case

from converters import pipeline
from converters.returning import Returned, merge
from converters.returning.unsaid import REASONS

# What stands in every edition.
FURNITURE = frozenset((
    "the contents and other furniture of the page", "headers and footers of the page", "fields such as page numbers",
))  # fmt: skip


@pytest.fixture(scope="module")
def two(folder: Path) -> bytes:
    """The DOCX of TWO."""
    return edition("two.md", TWO.encode(), folder)


def brought_back(data: bytes, case: Case) -> Returned:
    desk = Desk(data)
    case.edit(desk)
    result = merge(desk.bytes(), "two.md", TWO.encode())
    count = result.count
    assert count.lost == 0
    assert count.total == count.kept + count.applied + count.conflict + count.ignored
    return result


@pytest.mark.parametrize("case", [*LOOKS, *WORDS], ids=lambda case: case.name)
def test_each_kind_of_edit_comes_in_its_list_and_the_source_says_what_it_can(two: bytes, case: Case) -> None:
    result = brought_back(two, case)
    entries = getattr(result, case.listed)
    assert any(case.found in f"{entry.kind} {entry.reason}" for entry in entries), entries
    if case.listed == "applied" and case.change:
        assert not result.conflicts
    wanted = TWO
    for before, after in case.change:
        assert wanted.count(before) == 1
        wanted = wanted.replace(before, after)
    if case.change or case.listed != "applied":
        assert result.text.decode() == wanted
    if case in LOOKS:
        # It is the only thing listed, with what it was or what it is.
        assert result.applied == result.conflicts == ()
        assert len({entry.reason for entry in result.ignored} - FURNITURE) == 1
        assert all(entry.after or entry.before for entry in entries) or case.name in ("section", "foreign document")


def test_an_unedited_edition_lists_nothing_and_its_furniture_is_counted_as_it_was(two: bytes) -> None:
    result = brought_back(two, Case("nothing", Desk.bytes, "", ""))
    assert result.ignored == ()
    assert result.count.furniture == len("—1——1—") + 4
    assert result.count.total == result.count.kept


def test_furniture_that_an_editor_has_changed_is_listed_with_what_it_was(two: bytes) -> None:
    desk = Desk(two)
    footer = next(name for name in sorted(desk.parts) if name.startswith("word/footer"))
    desk.parts[footer] = desk.parts[footer].replace("—".encode(), "＊".encode(), 1)
    result = merge(desk.bytes(), "two.md", TWO.encode())
    assert result.text.decode() == TWO
    assert [(entry.before, entry.after) for entry in result.ignored if entry.kind == "unread"] == [
        ("—  ——  —", "＊  ——  —")
    ]
    assert (result.count.furniture, result.count.ignored) == (2, 8)


def test_what_comes_back_is_at_rest(two: bytes, folder: Path) -> None:
    """The next edition of a result returns as that result, with nothing applied."""
    for case in WORDS[::6]:
        text = brought_back(two, case).text
        again = merge(edition("again.md", text, folder), "again.md", text)
        assert (again.text, again.applied, again.conflicts) == (text, (), ()), case.name


@pytest.mark.parametrize(("style", "size", "told"), [("large-print", "", True), ("", "四号", False)])
def test_an_edition_of_another_style_sheet_is_set_beside_that_one_and_one_that_is_not_here_is_said(
    folder: Path, style: str, size: str, told: bool
) -> None:
    source = folder / "sheets.md"
    source.write_text(TWO, encoding="utf-8")
    overrides = (("styles.body.size", f'"{size}"'),) if size else ()
    pipeline.run(
        str(source), str(folder), pipeline.Options(to=("docx",), style=style or None, overrides=overrides, verify=False)
    )
    data = (folder / "sheets.docx").read_bytes()
    unedited = merge(data, "two.md", TWO.encode())
    listed = {entry.reason for entry in unedited.ignored} - FURNITURE
    assert listed == (set() if told else {REASONS["unknown sheet"]})
    desk = Desk(data)
    style_changed(desk)
    after = {entry.reason for entry in merge(desk.bytes(), "two.md", TWO.encode()).ignored} - FURNITURE
    assert after == ({REASONS["style"]} if told else listed)
