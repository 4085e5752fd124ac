"""Editions of the sample bulletins, each built once, and of one that has something of everything."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from editing import SEEDS, edition
from rich import RICH


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the samples' pictures."""
    folder = tmp_path_factory.mktemp("editions")
    shutil.copytree(SEEDS / "pictures", folder / "pictures")
    return folder


@pytest.fixture(scope="session")
def editions(folder: Path) -> dict[Path, bytes]:
    """Each sample and its DOCX."""
    return {seed: edition(seed.name, seed.read_bytes(), folder) for seed in sorted(SEEDS.glob("*.md"))}


@pytest.fixture(scope="session")
def rich(folder: Path) -> bytes:
    """The DOCX of RICH."""
    return edition("rich.md", RICH.encode(), folder)
