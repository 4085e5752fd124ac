from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from converters.fonts.face import Face, open_face
from converters.fonts.roles import FontSet, embedded_choice, resolve
from converters.theme.schema import Role, Theme
from making_fonts import FontMaker


@pytest.fixture(autouse=True)
def no_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Tests see no faces of the machine, and write into folders of their own."""
    monkeypatch.setenv("JIANBAO_FONTS", "embedded")
    monkeypatch.setenv("JIANBAO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("JIANBAO_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="session")
def default() -> Face:
    choice = embedded_choice(Role.HEITI, "zh-Hans")
    return open_face(choice.path, choice.index, "zh-Hans")


@pytest.fixture
def fonts() -> FontSet:
    return resolve(Theme()).value


@pytest.fixture
def maker(tmp_path: Path) -> Iterator[FontMaker]:
    yield FontMaker(tmp_path / "own")
    open_face.cache_clear()
