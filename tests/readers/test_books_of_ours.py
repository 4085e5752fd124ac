"""A book of ours as a source: the other editions are built from it, and hold the text of the first source."""

from __future__ import annotations

from pathlib import Path

import pytest

import converters
from samples import SEEDS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_editions_built_from_a_book_hold_the_text_of_its_source(editions: Path, seed: Path, tmp_path: Path) -> None:
    book = editions / f"{seed.stem}.epub"
    built = converters.build(book, tmp_path, to=("docx", "pdf"))
    assert [edition.verified for edition in built.editions] == [True, True]
    assert converters.verify(seed, book, *(tmp_path / f"{seed.stem}.{suffix}" for suffix in ("docx", "pdf"))) == ()


def test_a_text_that_was_changed_in_the_book_is_found(editions: Path, tmp_path: Path) -> None:
    import zipfile

    book = tmp_path / "changed.epub"
    with zipfile.ZipFile(editions / "minzheng.epub") as whole, zipfile.ZipFile(book, "w") as copy:
        for name in whole.namelist():
            copy.writestr(name, whole.read(name).replace("余向东".encode(), "余问东".encode()))
    converters.build(book, tmp_path, to=("docx",))
    assert converters.verify(SEEDS[[seed.stem for seed in SEEDS].index("minzheng")], tmp_path / "changed.docx")
