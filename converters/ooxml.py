"""What readers and writers of zipped XML packages share: names, escaping, and archives that are the same every day.

Names are those of ECMA-376 part 1 (WordprocessingML) and part 2 (Open Packaging Conventions).
"""

from __future__ import annotations

import functools
import io
import re
import struct
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .deflated import Deflated
from .errors import ExportError, InputError
from .records import dataclass

if TYPE_CHECKING:
    import zipfile

    from lxml.etree import _Element as Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
# The customXml part in which an edition carries its source home.
IDENTITY = "urn:jianbao:source:1"

# Characters that XML 1.0 has no way to write (section 2.2).
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What cannot stand in a text as it is, or would not come back as it was.
SPECIAL = re.compile('[&<>"\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]')
REPLACEMENT = "\ufffd"

# Zip cannot store an earlier time; a fixed one keeps the bytes the same on every day.
_EPOCH_DATE, _EPOCH_TIME = 1 << 5 | 1, 0
# What deflate asks of whoever opens the archive, and how a name that is not ASCII says so (APPNOTE 4.4.3, 4.4.4).
_VERSION, _UTF8_NAME = 20, 0x0800
_LARGEST = 0xFFFFFFFF
# Bytes of a member that is kept for the next archive: the largest of those that come again is that of the styles.
_LARGEST_KEPT = 128 * 1024
_STORED = (".png", ".jpg", ".jpeg", ".gif")


def escape(text: str) -> str:
    """Text for an XML element or a quoted attribute; what XML forbids becomes U+FFFD.

    A carriage return is written as a character reference, since a parser would turn it into a line feed.
    """
    if SPECIAL.search(text) is None:
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return FORBIDDEN.sub(REPLACEMENT, text).replace("\r", "&#13;")


def escape_attribute(text: str) -> str:
    """Text for a quoted attribute; line ends and tabs survive as character references."""
    return escape(text).replace("\n", "&#10;").replace("\t", "&#9;")


def write_archive(members: Iterable[tuple[str, bytes | Deflated]]) -> bytes:
    """A zip archive of (name, contents) in the given order; same members, same bytes, on any day and system.

    Written here and not by zipfile, which takes no member that is packed already. Raises ExportError: the archive
    would need the 64-bit form, which Word does not open.
    """
    out = io.BytesIO()
    directory: list[bytes] = []
    for name, data in members:
        packed, method, crc, size = _pack(name, data)
        encoded = name.encode()
        flags = 0 if name.isascii() else _UTF8_NAME
        common = struct.pack(
            "<HHHHHIIIHH", _VERSION, flags, method, _EPOCH_TIME, _EPOCH_DATE, crc, len(packed), size, len(encoded), 0
        )
        offset = out.tell()
        if max(offset + len(packed), size) > _LARGEST:
            raise ExportError("it would be larger than 4 GB, which the format cannot hold", hint="divide the bulletin")
        out.write(b"PK\3\4" + common + encoded)
        out.write(packed)
        directory.append(
            b"PK\1\2" + struct.pack("<H", _VERSION) + common + struct.pack("<HHHII", 0, 0, 0, 0, offset) + encoded
        )
    start, listed = out.tell(), b"".join(directory)
    out.write(listed)
    out.write(struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(directory), len(directory), len(listed), start, 0))
    return out.getvalue()


def _pack(name: str, data: bytes | Deflated) -> tuple[bytes, int, int, int]:
    """A member's packed bytes, its method, checksum and size."""
    if isinstance(data, Deflated):
        return data.packed(), zlib.DEFLATED, data.crc, data.size
    if name.lower().endswith(_STORED):
        return data, 0, zlib.crc32(data), len(data)
    whole = _packed_before(data) if len(data) <= _LARGEST_KEPT else _packed(data)
    return whole.packed(), zlib.DEFLATED, whole.crc, whole.size


def _packed(data: bytes) -> Deflated:
    whole = Deflated()
    whole.write(data)
    return whole


# Styles, theme and relations are the same in one document after another of a batch.
_packed_before = functools.lru_cache(maxsize=128)(_packed)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold before it is taken for an attack; sizes in bytes, unpacked."""

    members: int = 4096
    member_bytes: int = 256 * 1024 * 1024
    total_bytes: int = 512 * 1024 * 1024
    # Deflate reaches about 1030 : 1 on zeros; text in one language seldom passes 20, repeated text 200.
    ratio: int = 500
    # Below this size the ratio says nothing.
    ratio_floor: int = 16 * 1024 * 1024


class Archive:
    """A zip archive that has been looked at before anything in it is unpacked.

    Raises InputError: not a zip archive, damaged, encrypted, too many or too large members, a name twice, a name
    that leads out of the archive.
    """

    __slots__ = ("_infos", "_limits", "_name", "_zip")

    def __init__(self, name: str, data: bytes, limits: Limits | None = None) -> None:
        # Writers of archives do without it.
        import zipfile

        self._name = name
        self._limits = limits or Limits()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError, UnicodeDecodeError) as trouble:
            raise InputError("it is no zip archive, or a damaged one", where=name, hint="get a whole copy") from trouble
        if len(infos) > self._limits.members:
            raise self._refusal(
                "it holds {count} parts; {limit} are allowed", count=len(infos), limit=self._limits.members
            )
        total = 0
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            part = info.filename
            if part.startswith("/") or "\\" in part or ":" in part or ".." in part.split("/"):
                raise self._refusal("its part {part} leads out of the archive", part=repr(part))
            # Part names are equal without regard to case (ECMA-376 part 2, 6.3.5).
            key = part.lower()
            if key in self._infos:
                raise self._refusal("its part {part} is there twice", part=repr(part))
            if info.flag_bits & 1:
                raise self._refusal("it is encrypted", hint="save it without a password")
            total += info.file_size
            packed = max(info.compress_size, 1)
            if info.file_size > self._limits.member_bytes or total > self._limits.total_bytes:
                raise self._refusal("it is too large when unpacked")
            if info.file_size > self._limits.ratio_floor and info.file_size // packed > self._limits.ratio:
                raise self._refusal("its part {part} is packed too tightly to be a document", part=repr(part))
            self._infos[key] = info

    def names(self) -> tuple[str, ...]:
        """The names of all members, in the archive's order."""
        return tuple(info.filename for info in self._infos.values())

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._infos

    def read(self, name: str) -> bytes:
        """The contents of a member. Raises InputError: it is missing or damaged."""
        info = self._infos.get(name.lower())
        if info is None:
            raise self._refusal("its part {part} is missing", part=repr(name))
        import zipfile

        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as trouble:
            raise self._refusal("its part {part} is damaged", part=repr(name)) from trouble

    def xml(self, name: str) -> Element:
        """The root element of a member. Raises InputError: missing, damaged, not well-formed, with a DTD."""
        return parse(self.read(name), f"{self._name}: {name}")

    def _refusal(self, message: str, *, hint: str = "", **values: object) -> InputError:
        return InputError(message, where=self._name, hint=hint or "get a whole copy", **values)


def parse(data: bytes, where: str) -> Element:
    """The root of an XML document; nothing is fetched and no entity is expanded.

    Raises InputError: not well-formed, nested deeper than 256 elements, or with a document type declaration,
    which the Open Packaging Conventions forbid (ECMA-376 part 2, 6.5.2).
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as trouble:
        # libxml2 goes on with advice to programmers.
        reason = str(trouble).split(", use ")[0].split(", see ")[0].split(", try ")[0].split(" (<")[0]
        raise InputError("its XML is damaged: {reason}", where=where, reason=reason, hint="get a whole copy") from None
    information: Any = root.getroottree().docinfo
    if information.internalDTD is not None or information.externalDTD is not None:
        raise InputError("its XML has a document type declaration", where=where, hint="save it again from Word or WPS")
    return root
