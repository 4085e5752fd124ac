"""Object streams and linearised files: smaller, or quicker to open, and otherwise the same."""

from __future__ import annotations

import functools
import io
import sys
from pathlib import Path

import pytest

import tools
from converters.errors import ExportError
from converters.fidelity import frame_of, verify
from everything import PICTURES, document
from printed import document as bulletin
from printed import hanzi, paragraph, printed, theme

pikepdf = pytest.importorskip("pikepdf")


@functools.cache
def _made() -> dict[str, bytes]:
    return {way: printed(document(), theme(pdf__packing=way), dict(PICTURES)).data for way in ("plain", "small", "web")}


@pytest.fixture
def ways() -> dict[str, bytes]:
    """The same document in every packing."""
    return _made()


def test_packed_objects_take_less_room(ways: dict[str, bytes]) -> None:
    assert len(ways["small"]) < 0.9 * len(ways["plain"])
    assert b"/ObjStm" in ways["small"] and b"/ObjStm" not in ways["plain"]


def test_a_file_for_the_web_is_linearised(ways: dict[str, bytes]) -> None:
    for way, expected in (("web", True), ("small", False)):
        with pikepdf.open(io.BytesIO(ways[way])) as pdf:
            assert pdf.is_linearized is expected
    with pikepdf.open(io.BytesIO(ways["web"])) as pdf:
        told = io.StringIO()
        assert pdf.check_linearization(told) and told.getvalue() == ""


@pytest.mark.parametrize("way", ["small", "web"])
def test_the_text_of_a_packed_file_is_the_sources(ways: dict[str, bytes], way: str) -> None:
    assert verify(document(), "a.pdf", ways[way], frame_of(theme())) == ()


@pytest.mark.parametrize("way", ["small", "web"])
def test_a_packed_file_is_the_same_twice(ways: dict[str, bytes], way: str) -> None:
    assert printed(document(), theme(pdf__packing=way), dict(PICTURES)).data == ways[way]


def test_without_pikepdf_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(ExportError, match=r"pdf\.packing = web needs pikepdf") as caught:
        printed(bulletin(paragraph(hanzi(10))), theme(pdf__packing="web"))
    assert 'pip install "jianbao[press]"' in caught.value.hint


@pytest.mark.conformance
def test_packed_files_keep_their_standards(ways: dict[str, bytes], tmp_path: Path) -> None:
    for way, data in ways.items():
        (tmp_path / f"{way}.pdf").write_bytes(data)
    assert set(tools.verapdf("2a,ua1", *sorted(tmp_path.glob("*.pdf"))).values()) == {"pass"}
