"""Runs the command line in this process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from calling import GOOD, Call, Outcome

from converters.cli import messages, run


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    messages.choose("en")
    yield
    messages.choose("en")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the program runs in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def source(folder: Path) -> Path:
    """A small bulletin in it."""
    path = folder / "good.md"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def jianbao(capsys: pytest.CaptureFixture[str]) -> Call:
    """Calls `jianbao ARGUMENTS`."""

    def call(*arguments: object) -> Outcome:
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return Outcome(code, captured.out, captured.err)

    return call
