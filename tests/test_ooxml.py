"""Archives and XML: what is escaped on the way out, what is refused on the way in."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from converters.errors import InputError
from converters.ooxml import FORBIDDEN, Archive, Limits, escape, escape_attribute, parse, write_archive


def _zip(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


@given(st.text())
def test_what_xml_allows_comes_back_as_it_was(text: str) -> None:
    kept = FORBIDDEN.sub("\ufffd", text)
    assert etree.fromstring(f"<a>{escape(text)}</a>".encode()).text == (kept or None)
    assert etree.fromstring(f'<a b="{escape_attribute(text)}"/>'.encode()).get("b") == kept


def test_an_archive_comes_back_as_it_was() -> None:
    members = [("[Content_Types].xml", b"<a/>"), ("word/media/a.png", b"\x89PNG"), ("b.xml", "文".encode() * 1000)]
    archive = Archive("a.docx", write_archive(members))
    assert [(name, archive.read(name)) for name in archive.names()] == members
    assert "WORD/media/A.png" in archive


@pytest.mark.parametrize("name", ["../a", "/a", "a/../../b", "C:\\a", "a\\b"])
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="leads out"):
        Archive("a.docx", _zip((name, b"x")))


def test_a_part_that_is_there_twice_is_refused_whatever_its_case() -> None:
    with pytest.raises(InputError, match="twice"):
        Archive("a.docx", _zip(("word/a.xml", b"1"), ("Word/A.xml", b"2")))


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x03\x04" + b"\0" * 40])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="no zip archive"):
        Archive("a.docx", data)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = _zip(("a.xml", b"\0" * (32 * 1024 * 1024)))
    assert len(bomb) < 100_000
    with pytest.raises(InputError, match="too tightly"):
        Archive("a.docx", bomb)


def test_too_many_and_too_large_members_are_refused() -> None:
    members = [(f"{number}.xml", b"x" * 100) for number in range(10)]
    with pytest.raises(InputError, match="10 parts; 9"):
        Archive("a.docx", _zip(*members), Limits(members=9))
    with pytest.raises(InputError, match="too large"):
        Archive("a.docx", _zip(*members), Limits(total_bytes=999))
    with pytest.raises(InputError, match="too large"):
        Archive("a.docx", _zip(*members), Limits(member_bytes=99))


def test_an_encrypted_archive_is_refused() -> None:
    data = bytearray(_zip(("a.xml", b"x")))
    # The general purpose flags of the local header and of the central directory.
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match="encrypted"):
        Archive("a.docx", bytes(data))


def test_a_damaged_or_missing_member_is_refused() -> None:
    data = bytearray(write_archive([("a.xml", bytes(range(256)) * 9)]))
    data[40] ^= 0xFF
    archive = Archive("a.docx", bytes(data))
    with pytest.raises(InputError, match="damaged"):
        archive.read("a.xml")
    with pytest.raises(InputError, match="missing"):
        archive.read("b.xml")


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    ],
)
def test_a_document_type_is_refused(xml: bytes) -> None:
    with pytest.raises(InputError):
        parse(xml, "a.xml")


@pytest.mark.parametrize("xml", [b"", b"<a>", b"<a/><b/>", b"\xff\xfe", b"<a>" * 300 + b"</a>" * 300])
def test_damaged_or_deep_xml_is_refused(xml: bytes) -> None:
    with pytest.raises(InputError, match="damaged"):
        parse(xml, "a.xml")
