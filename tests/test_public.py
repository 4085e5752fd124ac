"""The functions of the package as the manual shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

import converters
from converters.diagnostics import Checked
from converters.errors import InputError

TEXT = "# 云岭省民政厅部署检查\n\n近日,云岭省民政厅召开会议。\n\n（据云岭省民政厅）\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_read_gives_the_source_as_it_stands(source: Path) -> None:
    checked = converters.read(source)
    assert isinstance(checked, Checked)
    assert isinstance(checked.value, converters.Document)
    assert len(checked.value.articles) == 1
    assert checked.changes == ()


def test_repair_takes_a_path_or_what_was_read(source: Path) -> None:
    by_path = converters.repair(str(source))
    read = converters.read(source)
    assert by_path.value.articles == converters.repair(read).value.articles
    assert by_path.value.articles == converters.repair(read.value).value.articles
    assert "P-COMMA" in {change.rule for change in by_path.changes}
    assert "P-COMMA" not in {change.rule for change in converters.repair(source, no_fix=["P-COMMA"]).changes}


def test_check_takes_a_path_or_a_mended_document(source: Path) -> None:
    source.write_text(TEXT + "\n学习甲》。\n", encoding="utf-8")
    assert "Q-PAIR" in {finding.rule for finding in converters.check(source)}
    assert "Q-PAIR" in {finding.rule for finding in converters.check(converters.repair(source))}
    assert converters.check(source, select=["N-SEQ"]) == ()


def test_build_and_verify(source: Path, tmp_path: Path) -> None:
    result = converters.build(source, tmp_path / "out", to=("pdf", "docx", "epub"), style="jianbao")
    assert not result.failed
    editions = [tmp_path / "out" / f"a.{kind}" for kind in ("pdf", "docx", "epub")]
    assert converters.verify(source, *editions) == ()
    assert converters.verify(converters.repair(source), editions[0]) == ()
    source.write_text(TEXT.replace("会议", "合议"), encoding="utf-8")
    assert [finding.rule for finding in converters.verify(source, *editions)] == ["V-TEXT"] * 3


def test_write_writes_one_edition(source: Path, tmp_path: Path) -> None:
    document = converters.repair(source).value
    assert not converters.write(document, tmp_path / "b.docx").failed
    assert (tmp_path / "b.docx").exists()


def test_trouble_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        converters.read(tmp_path / "none.md")


def test_there_is_nothing_else() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        converters.nothing  # noqa: B018 - the asking is the test
    assert set(converters.__all__) == {"Document", "build", "check", "read", "repair", "verify", "write"}
