"""What every test shares: one pinned face, no clock, and the sample bulletins built once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from converters.fidelity.pdfium import pdfium
from samples import SEEDS

# A run finds what the run before found; `--hypothesis-profile=wide` looks for what nobody has seen yet.
hypothesis.settings.register_profile("wide", derandomize=False)
hypothesis.settings.register_profile("repeatable", derandomize=True)
hypothesis.settings.load_profile("repeatable")

# Before a test takes pypdfium2: PDFium then asks for faces as it does where the program runs alone.
pdfium()

_NOBODY = 65534


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the golden files from what the code gives now")


@pytest.fixture(autouse=True)
def _pinned(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Only the embedded face, no date from outside, an empty data and cache folder."""
    monkeypatch.setenv("JIANBAO_FONTS", "embedded")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.delenv("JIANBAO_DATA", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def users_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder of somebody who may not do everything: root becomes nobody until the test has ended."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp())
    os.chown(folder, _NOBODY, _NOBODY)
    os.seteuid(_NOBODY)
    try:
        yield folder
    finally:
        os.seteuid(0)
        shutil.rmtree(folder)


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the three editions of every sample bulletin, built once a session."""
    import converters

    folder = tmp_path_factory.mktemp("editions")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIANBAO_FONTS", "embedded")
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        for seed in SEEDS:
            converters.build(seed, folder, to=("pdf", "docx", "epub"))
    return folder
