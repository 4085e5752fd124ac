"""Faces embedded in a finished DOCX."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest
from word_parts import NAMES, Word, make, names, tags, value, w

import tools
from converters import pipeline
from converters.exporters.docx.embedding import Embedded, embed, font_key, obfuscate, single
from converters.files import Memory
from converters.model import blocks as b
from converters.model import inlines as i


def face(permissions: int, tag: bytes = b"\x00\x01\x00\x00") -> bytes:
    """A font file that has an OS/2 table and nothing else."""
    table = struct.pack(">HHHHH", 4, 500, 400, 5, permissions) + bytes(86)
    return tag + struct.pack(">HHHH", 1, 16, 0, 0) + struct.pack(">4sIII", b"OS/2", 0, 28, len(table)) + table


def named(data: bytes, name: str = "仿宋_GB2312", own: str = "仿宋_GB2312") -> tuple[Embedded, ...]:
    return (Embedded(name, own, data),)


def fonts(edition: Word, name: str) -> Any:
    (found,) = edition.part("word/fontTable.xml").xpath(f"w:font[@w:name='{name}']", namespaces=NAMES)
    return found


def edition() -> bytes:
    return make(b.Paragraph((i.Text("文"),))).value


def test_a_free_face_is_embedded_obfuscated_and_named() -> None:
    data = face(0)
    checked = embed(edition(), named(data))
    assert checked.findings == ()
    found = Word(checked.value)
    key = value(fonts(found, "仿宋_GB2312"), "w:embedRegular", "fontKey")
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
        (face(0, b"OTTO"), "TrueType"), (b"\x00\x01\x00\x00", "does not say"),
    ],
)  # fmt: skip
def test_a_face_that_may_not_be_embedded_is_reported(data: bytes, reason: str) -> None:
    before = edition()
    checked = embed(before, named(data))
    assert checked.value == before
    assert [finding.rule for finding in checked.findings] == ["W-EMBED"]
    assert reason in checked.findings[0].text()


@pytest.mark.parametrize("permissions", [0x0000, 0x0008])
def test_faces_for_editing_are_embedded(permissions: int) -> None:
    assert embed(edition(), named(face(permissions))).findings == ()


def test_a_face_that_the_edition_does_not_name_is_reported() -> None:
    assert "does not use" in embed(edition(), named(face(0), "某体")).findings[0].text()


def test_a_face_that_stands_in_has_an_entry_of_its_own_and_is_the_first_alternative() -> None:
    found = Word(embed(edition(), named(face(0), own="某仿宋")).value)
    assert str(value(fonts(found, "仿宋_GB2312"), "w:altName")).split(",")[0] == "某仿宋"
    assert fonts(found, "仿宋_GB2312").find(w("embedRegular")) is None
    assert fonts(found, "某仿宋").find(w("embedRegular")) is not None
    assert tags(fonts(found, "某仿宋")) == names("panose1 charset family pitch embedRegular")


def test_regular_stands_before_bold_whichever_comes_first() -> None:
    faces = (Embedded("方正小标宋简体", "某宋", face(0), True), Embedded("宋体", "某宋", face(8)))
    found = Word(embed(edition(), faces).value)
    assert tags(fonts(found, "某宋"))[-2:] == names("embedRegular embedBold")
    assert {name for name in found.names() if "/fonts/" in name} == {"word/fonts/font1.odttf", "word/fonts/font2.odttf"}


def test_a_face_of_two_roles_is_stored_once() -> None:
    data = face(0)
    faces = (Embedded("仿宋_GB2312", "某体", data), Embedded("楷体_GB2312", "某体", data))
    found = Word(embed(edition(), faces).value)
    assert [name for name in found.names() if name.startswith("word/fonts/")] == ["word/fonts/font1.odttf"]
    assert len(fonts(found, "某体").findall(w("embedRegular"))) == 1


def test_a_face_of_a_collection_becomes_a_file_of_its_own() -> None:
    plain = face(8)
    (tag, checksum, offset, length) = struct.unpack_from(">4sIII", plain, 12)
    head = struct.pack(">4sIII", b"ttcf", 0x00010000, 1, 16)
    moved = plain[:12] + struct.pack(">4sIII", tag, checksum, offset + len(head), length) + plain[28:]
    assert single(head + moved, 0) == plain + bytes(-len(plain) % 4)
    assert single(plain, 0) == plain


def test_a_build_embeds_what_it_may_and_says_what_it_may_not() -> None:
    text = "# 标题\n\n正文一段。\n"
    files = {"a.md": text.encode()}
    folder = Memory(files)
    plain = pipeline.run("a.md", "out", pipeline.Options(to=("docx",)), folder)
    assert not any(finding.rule == "W-EMBED" for finding in plain.findings)
    assert "word/_rels/fontTable.xml.rels" not in Word(folder.read("out/a.docx")).names()
    wanted = pipeline.Options(to=("docx",), overrides=(("docx.embed_fonts", "true"),))
    result = pipeline.run("a.md", "out", wanted, folder)
    # The embedded default is a collection with CFF outlines.
    assert {finding.rule for finding in result.findings} >= {"W-EMBED"}
    assert not result.failed


@pytest.mark.conformance
@pytest.mark.slow
def test_an_edition_with_a_face_is_valid(tmp_path: Path) -> None:
    file = tmp_path / "embedded.docx"
    file.write_bytes(embed(edition(), named(face(0))).value)
    assert tools.open_xml(file) == []
