"""`jianbao impose` as a user calls it."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import Call

from printed import document, paragraph, printed

pytest.importorskip("pikepdf")


@pytest.fixture
def bulletin(tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(printed(document(paragraph("甲"))).data)
    return path


def test_it_says_how_many_sheets_and_how_to_turn_them(jianbao: Call, bulletin: Path) -> None:
    outcome = jianbao("impose", str(bulletin), "-o", str(bulletin.with_name("b.pdf")), "--sheet", "A3")
    assert outcome.code == 0
    assert "1 sheets of 420 × 297 mm, 1 pages, 3 blank; turn them on the short edge" in outcome.err
    assert bulletin.with_name("b.pdf").read_bytes().startswith(b"%PDF")


def test_the_source_is_never_overwritten(jianbao: Call, bulletin: Path) -> None:
    before = bulletin.read_bytes()
    outcome = jianbao("impose", str(bulletin), "-o", str(bulletin))
    assert outcome.code == 1 and "source itself" in outcome.err
    assert bulletin.read_bytes() == before


def test_without_a_target_nothing_is_done(jianbao: Call, bulletin: Path) -> None:
    outcome = jianbao("impose", str(bulletin))
    assert outcome.code == 2 and "is missing" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--sheet", "A9"], 2, "no paper size"),
        (["--sheet", "A5"], 2, "do not fit"),
        (["--blanks", "nowhere"], 2, "no place for blank pages"),
        (["--creep", "x"], 2, "creep"),
    ],
)
def test_a_wrong_option_is_one_message_and_leaves_the_target(
    jianbao: Call, bulletin: Path, arguments: list[str], code: int, said: str
) -> None:
    target = bulletin.with_name("b.pdf")
    target.write_bytes(b"old")
    outcome = jianbao("impose", str(bulletin), "-o", str(target), *arguments)
    assert outcome.code == code and said in outcome.err and len(outcome.lines) <= 2
    assert target.read_bytes() == b"old"


def test_a_missing_file_is_one_message(jianbao: Call, tmp_path: Path) -> None:
    outcome = jianbao("impose", str(tmp_path / "none.pdf"), "-o", str(tmp_path / "b.pdf"))
    assert outcome.code == 1 and "there is no such file" in outcome.err
