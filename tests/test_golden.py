"""Golden editions of every sample bulletin: the model, what was said of it, and the three editions as text.

`pytest tests/test_golden.py --accept` rewrites them; the differences are read in review.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest

import converters
from samples import CHECKOUT, SEEDS

GOLDEN = CHECKOUT / "tests" / "golden"


def _compare(path: Path, text: str, accept: bool) -> None:
    if accept:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"{path.name} has no golden file yet; run pytest --accept"
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_model_and_findings_are_the_golden_ones(seed: Path, accept: bool) -> None:
    from converters.model.dump import dump

    checked = converters.repair(seed)
    said = [f"{change.rule} {change.before!r} -> {change.after!r}" for change in checked.changes]
    said += [f"{finding.rule} {finding.severity.name.lower()}: {finding.text()}" for finding in checked.findings]
    # The source's name is the one part of a dump that depends on where the checkout lies.
    model = dump(checked.value).replace(str(seed), f"seeds/{seed.name}")
    _compare(GOLDEN / seed.stem / "model.txt", model, accept)
    _compare(GOLDEN / seed.stem / "said.txt", "\n".join(said) + "\n", accept)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_pdf_lines_stand_where_they_stood(editions: Path, seed: Path, accept: bool) -> None:
    """Each text line with its left edge and baseline box in millimetres from the top left corner."""
    rows: list[str] = []
    data = (editions / f"{seed.stem}.pdf").read_bytes()
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document, 1):
            rows.append(f"page {number}")
            height = page.get_height()
            text = page.get_textpage()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                said = text.get_text_bounded(left, bottom, right, top).strip()
                box = [value / 72 * 25.4 for value in (left, height - top, right, height - bottom)]
                rows.append(" ".join(f"{value:.0f}" for value in box) + f" {said}")
            text.close()
            page.close()
    _compare(GOLDEN / seed.stem / "pdf.txt", "\n".join(rows) + "\n", accept)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_docx_parts_are_the_golden_ones(editions: Path, seed: Path, accept: bool) -> None:
    with zipfile.ZipFile(editions / f"{seed.stem}.docx") as package:
        for part in ("word/document.xml", "word/footnotes.xml"):
            if part in package.namelist():
                _compare(GOLDEN / seed.stem / Path(part).name, _one_tag_a_line(package.read(part)), accept)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_epub_parts_are_the_golden_ones(editions: Path, seed: Path, accept: bool) -> None:
    with zipfile.ZipFile(editions / f"{seed.stem}.epub") as package:
        parts = sorted(name for name in package.namelist() if name.endswith((".xhtml", ".opf", ".ncx", ".css")))
        whole = "".join(f"== {name}\n{_one_tag_a_line(package.read(name))}\n" for name in parts)
    _compare(GOLDEN / seed.stem / "epub.txt", whole, accept)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_editions_are_the_same_bytes_a_second_time(
    editions: Path, seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    converters.build(seed, tmp_path, to=("pdf", "docx", "epub"))
    for edition in ("pdf", "docx", "epub"):
        name = f"{seed.stem}.{edition}"
        assert (tmp_path / name).read_bytes() == (editions / name).read_bytes(), name


def _one_tag_a_line(xml: bytes) -> str:
    return re.sub(r"(?<=>)(?=<(?!/))", "\n", xml.decode("utf-8"))
