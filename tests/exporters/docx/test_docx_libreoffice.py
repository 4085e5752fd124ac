"""The samples as LibreOffice lays them out."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from word_parts import Word

import tools
from converters import build
from samples import SEEDS

pytestmark = [pytest.mark.conformance, pytest.mark.slow]


@pytest.fixture(scope="module")
def laid_out(editions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tools.libreoffice(tmp_path_factory.mktemp("libreoffice"), sorted(editions.glob("*.docx")))


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_it_has_as_many_pages_as_the_print_edition(editions: Path, laid_out: Path, seed: Path) -> None:
    counts = [len(pypdfium2.PdfDocument(folder / f"{seed.stem}.pdf")) for folder in (editions, laid_out)]
    assert counts[0] == counts[1]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_no_stop_is_lost_at_the_end_of_a_full_line(editions: Path, laid_out: Path, seed: Path) -> None:
    words = Word((editions / f"{seed.stem}.docx").read_bytes()).find("//w:t/text()")
    wanted = sum(part.count("。") for part in words)
    pages = pypdfium2.PdfDocument(laid_out / f"{seed.stem}.pdf")
    found = sum(page.get_textpage().get_text_range().count("。") for page in pages)
    assert found >= wanted


@pytest.mark.parametrize(("name", "words"), [("yunling", "审核"), ("tongzhi", "抄送")])
def test_the_colophon_stands_at_the_foot_of_the_last_page(
    editions: Path, laid_out: Path, name: str, words: str
) -> None:
    ours, theirs = (_height(pypdfium2.PdfDocument(folder / f"{name}.pdf"), words) for folder in (editions, laid_out))
    assert abs(ours - theirs) < 5


def test_a_long_document_has_as_many_pages_but_one(tmp_path: Path) -> None:
    head, body = (SEEDS[0].parent / "yunling.md").read_text("utf-8").split("---\n", 2)[1:]
    topic = (SEEDS[0].parent / "zhuanti.md").read_text("utf-8").split("---\n", 2)[2]
    copies = (re.sub("(?m)^# (?!【)", f"# 第{number}期 ", f"{body}\n{topic}") for number in range(1, 11))
    source = tmp_path / "long.md"
    source.write_text(f"---\n{head}---\n{''.join(copies)}", "utf-8")
    build(source, tmp_path, to=("pdf", "docx"))
    folder = tmp_path / "laid-out"
    folder.mkdir()
    laid_out = tools.libreoffice(folder, [tmp_path / "long.docx"])
    counts = [len(pypdfium2.PdfDocument(folder / "long.pdf")) for folder in (tmp_path, laid_out)]
    assert counts[0] > 50
    assert abs(counts[0] - counts[1]) <= 1


def test_a_table_beside_vertical_lines_is_drawn(laid_out: Path) -> None:
    pages = pypdfium2.PdfDocument(laid_out / "vertical-hant.pdf")
    words = "".join(page.get_textpage().get_text_range() for page in pages)
    assert all(number in words.replace("\n", "").replace("\r", "") for number in ("9,840", "21,060", "38,500"))


def _height(document: pypdfium2.PdfDocument, words: str) -> float:
    """How far above the lower edge of the last page some words stand, in points."""
    page = document[len(document) - 1].get_textpage()
    return float(page.get_charbox(page.get_text_range().index(words))[1])
