"""Runs the command line in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from converters.cli import messages, run

GOOD = """---
name: 民政工作简报
issue: 12
---

# 云岭省民政厅部署春季安全检查

近日,云岭省民政厅召开会议，对安全检查作出部署。会议指出,安全是底线。

（据云岭省民政厅）
"""


class Outcome(NamedTuple):
    """What a call gave."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Lines of the standard error."""
        return self.err.splitlines()


Call = Callable[..., Outcome]


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
