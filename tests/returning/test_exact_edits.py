"""Change, insert, delete, move, split and join, of words and of paragraphs, tracked or not, come back exactly."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from editing import Desk, edition
from exact_edits import KINDS, Twins
from random_edits import differences, sheet
from rich import RICH
from two import TWO

import tools
from converters.returning import Returned, merge

FILES = 40
SAVED = 2
# What is said of a caption that is parted, or parted from its table.
STRUCTURAL = frozenset(("nothing can stand between a caption and what it is of",))


@pytest.fixture(scope="module")
def sources(editions: dict[Path, bytes], rich: bytes, folder: Path) -> dict[str, tuple[bytes, bytes]]:
    """Each source and its edition."""
    found = {seed.name: (seed.read_bytes(), data) for seed, data in editions.items()}
    two = edition("two.md", TWO.encode(), folder)
    return found | {"rich.md": (RICH.encode(), rich), "two.md": (TWO.encode(), two)}


def twins_of(sources: dict[str, tuple[bytes, bytes]], number: int) -> tuple[str, str, Twins] | None:
    chance = random.Random(number)
    name = chance.choice(sorted(sources))
    twins = Twins(sources[name][1], chance, tracked=bool(number // len(KINDS) % 2))
    kind = KINDS[number % len(KINDS)]
    return (name, kind, twins) if twins.edit(kind) else None


def check(result: Returned, twins: Twins, name: str, folder: Path) -> list[object]:
    """What the next edition says otherwise than it is wanted."""
    assert result.count.lost == 0
    assert result.count.total == result.count.kept + result.count.applied + result.count.conflict + result.count.ignored
    again = edition(name, result.text, folder)
    rest = merge(again, name, result.text)
    assert (rest.text, rest.applied, rest.conflicts) == (result.text, (), ())
    return list(differences(sheet(twins.wanted), sheet(Desk(again))))


@pytest.mark.slow
def test_edits_that_a_source_can_say_are_applied_exactly(sources: dict[str, tuple[bytes, bytes]], folder: Path) -> None:
    made: Counter[str] = Counter()
    for number in range(FILES):
        found = twins_of(sources, number)
        if found is None:
            continue
        name, kind, twins = found
        made[kind] += 1
        result = merge(twins.edited.bytes(), name, sources[name][0])
        if {entry.reason for entry in result.conflicts} <= STRUCTURAL and result.conflicts:
            continue
        assert result.conflicts == (), (number, name, kind)
        assert check(result, twins, name, folder) == [], (number, name, kind)
    assert len(made) == len(KINDS)


def test_two_leaders_files_come_back_one_after_the_other(folder: Path) -> None:
    """Both had the same edition; the second file finds a source that the first has changed."""
    data = edition("two.md", TWO.encode(), folder)
    first, second = Desk(data), Desk(data)
    first.change(first.find("第一篇第一段"), 0, 3, "首篇")
    first.split(first.find("第二篇第一段"), 17)
    second.change(second.find("最后一段"), 0, 2, "末尾")
    second.delete(second.find("第一篇第二段"))
    once = merge(first.bytes(), "two.md", TWO.encode())
    twice = merge(second.bytes(), "two.md", once.text)
    text = twice.text.decode()
    assert once.conflicts == twice.conflicts == ()
    assert "首篇第一段文字" in text
    assert "末尾一段文字" in text
    assert "第一篇第二段" not in text
    assert "<!-- jianbao: allow R-JOIN 改稿在此分段 -->" in text
    other_way = merge(first.bytes(), "two.md", merge(second.bytes(), "two.md", TWO.encode()).text)
    assert other_way.conflicts == ()
    assert other_way.text == twice.text


@pytest.mark.slow
def test_edits_of_every_sample_come_back_through_libreoffice(
    sources: dict[str, tuple[bytes, bytes]], folder: Path, tmp_path: Path
) -> None:
    found = [twins_of(sources, number) for number in range(1000, 1000 + SAVED * len(sources))]
    cases = {f"c{number}": case for number, case in enumerate(found) if case is not None}
    files = [tmp_path / f"{key}.docx" for key in cases]
    for file in files:
        file.write_bytes(cases[file.stem][2].edited.bytes())
    (tmp_path / "saved").mkdir()
    saved = tools.libreoffice(tmp_path / "saved", files, "docx:MS Word 2007 XML")
    for key, (name, kind, twins) in cases.items():
        result = merge((saved / f"{key}.docx").read_bytes(), name, sources[name][0])
        assert result.count.lost == 0, (key, name, kind)
        assert {entry.reason for entry in result.conflicts} <= STRUCTURAL, (key, name, kind)
        if not result.conflicts:
            assert list(differences(sheet(twins.wanted), sheet(Desk(edition(name, result.text, folder))))) == [], (
                key, name, kind,
            )  # fmt: skip
