"""Editions of the sample bulletins, each built once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from editing import SEEDS, edition


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, bytes]:
    """Each sample and its DOCX."""
    folder = tmp_path_factory.mktemp("editions")
    shutil.copytree(SEEDS / "pictures", folder / "pictures")
    return {seed: edition(seed.name, seed.read_bytes(), folder) for seed in sorted(SEEDS.glob("*.md"))}
