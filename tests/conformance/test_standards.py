"""Outside judges on the editions of every sample; each judge is also shown a broken file that it must reject."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

import tools
from converters.pipeline import Options, run
from samples import SEEDS

pytestmark = [pytest.mark.conformance, pytest.mark.slow]


def test_every_pdf_is_pdf_a_2a_and_pdf_ua_1(editions: Path) -> None:
    verdicts = tools.verapdf("2a,ua1", *sorted(editions.glob("*.pdf")))
    assert len(verdicts) == 2 * len(SEEDS)
    assert {name: verdict for name, verdict in verdicts.items() if verdict != "pass"} == {}


def test_every_pdf_can_be_pdf_a_4_and_pdf_ua_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANBAO_FONTS", "embedded")
    options = Options(to=("pdf",), overrides=(("pdf.standard", "a-4"),), verify=False)
    for seed in SEEDS:
        run(str(seed), str(tmp_path), options)
    verdicts = tools.verapdf("4,ua2", *sorted(tmp_path.glob("*.pdf")))
    assert len(verdicts) == 2 * len(SEEDS)
    assert {name: verdict for name, verdict in verdicts.items() if verdict != "pass"} == {}


def test_verapdf_rejects_a_pdf_that_lost_a_part(editions: Path, tmp_path: Path) -> None:
    lost = {"StructTreeRoot": "ua1", "ToUnicode": "2a", "OutputIntents": "2a", "Lang": "ua1"}
    data = (editions / "minzheng.pdf").read_bytes()
    for part in lost:
        assert part.encode() in data
        (tmp_path / f"{part}.pdf").write_bytes(data.replace(b"/" + part.encode(), b"/X" + part[1:].encode()))
    verdicts = tools.verapdf("2a,ua1", *sorted(tmp_path.glob("*.pdf")))
    assert [part for part, standard in lost.items() if verdicts[f"{part}.pdf", standard] == "pass"] == []


@pytest.mark.parametrize("version", ["Microsoft365", "Office2013"])
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_open_xml_sdk_finds_no_error_in_a_docx(editions: Path, seed: Path, version: str) -> None:
    assert tools.open_xml(editions / f"{seed.stem}.docx", version) == []


def test_open_xml_sdk_rejects_a_docx_with_a_wrong_value(editions: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    _rewrite(editions / "minzheng.docx", broken, r"^word/document\.xml$", b'w:lineRule="exact"', b'w:lineRule="middle"')
    _rewrite(broken, broken, r"^word/styles\.xml$", b'w:lineRule="exact"', b'w:lineRule="middle"')
    assert tools.open_xml(broken) != []


def test_libreoffice_opens_every_docx(editions: Path, tmp_path: Path) -> None:
    files = sorted(editions.glob("*.docx"))
    tools.libreoffice(tmp_path, files)
    assert {path.stem for path in tmp_path.glob("*.pdf")} == {path.stem for path in files}


def _rewrite(archive: Path, target: Path, name: str, before: bytes, after: bytes) -> None:
    """A copy of a zip archive with the first occurrence of some bytes changed in the parts that match."""
    with zipfile.ZipFile(archive) as source:
        parts = [(info, source.read(info)) for info in source.infolist()]
    with zipfile.ZipFile(target, "w") as copy:
        for info, data in parts:
            copy.writestr(info, data.replace(before, after, 1) if re.search(name, info.filename) else data)
