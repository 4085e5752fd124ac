"""Faces embedded in a finished DOCX."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from word_parts import Word, make, value, w

import tools
from converters.exporters.docx.embedding import embed, font_key, obfuscate
from converters.model import blocks as b
from converters.model import inlines as i


def face(permissions: int, tag: bytes = b"\x00\x01\x00\x00") -> bytes:
    """A font file that has an OS/2 table and nothing else."""
    table = struct.pack(">HHHHH", 4, 500, 400, 5, permissions) + bytes(86)
    return tag + struct.pack(">HHHH", 1, 16, 0, 0) + struct.pack(">4sIII", b"OS/2", 0, 28, len(table)) + table


def edition() -> bytes:
    return make(b.Paragraph((i.Text("文"),))).value


def test_a_free_face_is_embedded_obfuscated_and_named() -> None:
    data = face(0)
    checked = embed(edition(), {"仿宋_GB2312": data})
    assert checked.findings == ()
    found = Word(checked.value)
    font = found.part("word/fontTable.xml").xpath("w:font[@w:name='仿宋_GB2312']", namespaces={"w": w("")[1:-1]})[0]
    key = value(font, "w:embedRegular", "fontKey")
    assert key == font_key(data)
    stored = found.zip.read("word/fonts/font1.odttf")
    assert stored[:32] != data[:32]
    assert stored[32:] == data[32:]
    assert obfuscate(stored, key) == data
    assert found.settings.find(w("embedTrueTypeFonts")) is not None


def test_the_mask_is_the_guid_from_its_last_byte() -> None:
    masked = obfuscate(bytes(32), "{00112233-4455-6677-8899-AABBCCDDEEFF}")
    assert masked == bytes.fromhex("ffeeddccbbaa99887766554433221100") * 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (face(0x0002), "forbids"), (face(0x0004), "nobody edits"), (face(0x0200), "bitmaps"),
        (face(0, b"OTTO"), "TrueType"), (face(0, b"ttcf"), "TrueType"), (b"\x00\x01\x00\x00", "does not say"),
    ],
)  # fmt: skip
def test_a_face_that_may_not_be_embedded_is_reported(data: bytes, reason: str) -> None:
    before = edition()
    checked = embed(before, {"仿宋_GB2312": data})
    assert checked.value == before
    assert [finding.rule for finding in checked.findings] == ["W-EMBED"]
    assert reason in checked.findings[0].text()


@pytest.mark.parametrize("permissions", [0x0000, 0x0008])
def test_faces_for_editing_are_embedded(permissions: int) -> None:
    assert embed(edition(), {"仿宋_GB2312": face(permissions)}).findings == ()


def test_a_face_that_the_edition_does_not_name_is_reported() -> None:
    assert "does not use" in embed(edition(), {"某体": face(0)}).findings[0].text()


@pytest.mark.conformance
@pytest.mark.slow
def test_an_edition_with_a_face_is_valid(tmp_path: Path) -> None:
    file = tmp_path / "embedded.docx"
    file.write_bytes(embed(edition(), {"仿宋_GB2312": face(0)}).value)
    assert tools.open_xml(file) == []
