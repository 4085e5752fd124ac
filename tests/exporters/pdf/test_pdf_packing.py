"""Object streams and linearised files: smaller, or quicker to open, and otherwise the same."""

from __future__ import annotations

import functools
import io
import sys
from pathlib import Path

import pytest

import tools
from converters.errors import ExportError
from converters.exporters.pdf import packing
from converters.exporters.pdf.packing import are_hints_sound
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


def test_hints_that_end_with_an_end_of_line_want_another_behind_them() -> None:
    for hints, sound in ((b"abcd\nendstream", True), (b"abc\nendstream", False), (b"abcdendstream", False)):
        head = b"%PDF-1.7\n1 0 obj\n<< /Linearized 1 /H [ 60 50 ] >>\n".ljust(60)
        assert are_hints_sound(head + b"<< /Length 4 >>\nstream\n" + hints) is sound
    assert not are_hints_sound(b"%PDF-1.7\n")


def test_a_file_whose_hints_are_not_sound_is_written_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[bytes] = []

    def third_time(data: bytes) -> bool:
        judged.append(data)
        return len(judged) == 3

    monkeypatch.setattr(packing, "are_hints_sound", third_time)
    made = printed(document(), theme(pdf__packing="web"), dict(PICTURES)).data
    assert made == judged[2] and len(set(judged)) == 3
    assert verify(document(), "a.pdf", made, frame_of(theme())) == ()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.is_linearized
        assert dict(pdf.Root.ViewerPreferences) == {"/DisplayDocTitle": True, "/HideMenubar": False}


def test_what_a_packed_file_says_of_itself_is_not_written_anew(ways: dict[str, bytes]) -> None:
    packets = {data[data.index(b"<?xpacket begin") : data.index(b"<?xpacket end")] for data in ways.values()}
    assert len(packets) == 1


def test_a_linearised_file_keeps_its_standard_or_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "are_hints_sound", lambda _: False)
    with pytest.raises(ExportError, match="does not keep PDF/A"):
        printed(bulletin(paragraph(hanzi(10))), theme(pdf__packing="web"))


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
