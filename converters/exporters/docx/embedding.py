"""Faces inside the DOCX, for machines that lack them: obfuscated as ECMA-376 part 4 (17.8.1) wants it.

Only a TrueType face whose OS/2 table allows it is embedded whole (an edited text needs more than a subset); the
edition is complete without any.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Mapping

from converters.diagnostics import Checked, Diagnostic, Severity
from converters.ooxml import RELATIONSHIPS, R, escape, write_archive

_FONT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_OBFUSCATED_BYTES = 32
# OS/2 fsType (OpenType 1.9): restricted licence; may not be embedded as a whole; bitmaps only.
_RESTRICTED, _PREVIEW, _NO_SUBSET_BITMAP = 0x0002, 0x0004, 0x0200
_TRUE_TYPE = (b"\x00\x01\x00\x00", b"true")


def embed(docx: bytes, faces: Mapping[str, bytes]) -> Checked[bytes]:
    """A finished DOCX with faces embedded; `faces` maps a name of its font table to the bytes of a font file.

    A face that may not be embedded, or cannot be, is left out with a finding.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    table = members["word/fontTable.xml"].decode()
    findings: list[Diagnostic] = []
    relations: list[str] = []
    for name, data in sorted(faces.items()):
        reason = refusal(data)
        opening = f'<w:font w:name="{escape(name)}">'
        start = table.find(opening)
        if start < 0:
            reason = "the edition does not use it"
        if reason:
            values = (("face", name), ("reason", reason))
            message = "the face {face} is not embedded: {reason}"
            findings.append(Diagnostic("W-EMBED", Severity.WARNING, message, None, "DOCX", "", values))
            continue
        number = len(relations) + 1
        key = font_key(data)
        end = table.index("</w:font>", start)
        table = f'{table[:end]}<w:embedRegular r:id="rId{number}" w:fontKey="{key}"/>{table[end:]}'
        members[f"word/fonts/font{number}.odttf"] = obfuscate(data, key)
        relations.append(f'<Relationship Id="rId{number}" Type="{_FONT}" Target="fonts/font{number}.odttf"/>')
    if not relations:
        return Checked(docx, tuple(findings))
    members["word/fontTable.xml"] = table.replace("<w:fonts ", f'<w:fonts xmlns:r="{R}" ', 1).encode()
    members["word/_rels/fontTable.xml.rels"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Relationships xmlns="{RELATIONSHIPS}">{"".join(relations)}</Relationships>'
    ).encode()
    types = members["[Content_Types].xml"].decode()
    first = types.index("<Default ")
    default = f'<Default Extension="odttf" ContentType="{_CONTENT_TYPE}"/>'
    members["[Content_Types].xml"] = f"{types[:first]}{default}{types[first:]}".encode()
    settings = members["word/settings.xml"].decode()
    members["word/settings.xml"] = settings.replace(
        '<w:zoom w:percent="100"/>', '<w:zoom w:percent="100"/><w:embedTrueTypeFonts/>', 1
    ).encode()
    return Checked(write_archive(members.items()), tuple(findings))


def refusal(data: bytes) -> str:
    """Why a font file is not embedded, "" where it may be."""
    if data[:4] not in _TRUE_TYPE:
        return "it is no single TrueType file"
    permissions = fs_type(data)
    if permissions is None:
        return "it does not say whether it may be"
    if permissions & _RESTRICTED and not permissions & ~_RESTRICTED & 0x000E:
        return "its licence forbids it"
    if permissions & _PREVIEW and not permissions & 0x0008:
        return "its licence allows it only in documents that nobody edits"
    if permissions & _NO_SUBSET_BITMAP:
        return "its licence allows only bitmaps"
    return ""


def fs_type(data: bytes) -> int | None:
    """The embedding permissions of a TrueType file (OS/2, fsType); None where it has none."""
    try:
        (count,) = struct.unpack_from(">H", data, 4)
        for number in range(count):
            tag, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * number)
            if tag == b"OS/2" and length >= 10:
                (value,) = struct.unpack_from(">H", data, offset + 8)
                return int(value)
    except struct.error:
        return None
    return None


def font_key(data: bytes) -> str:
    """A GUID that depends on the face alone, so that the same face gives the same bytes."""
    f = hashlib.sha256(data).hexdigest().upper()
    return f"{{{f[:8]}-{f[8:12]}-4{f[13:16]}-8{f[17:20]}-{f[20:32]}}}"


def obfuscate(data: bytes, key: str) -> bytes:
    """A font file with its first 32 bytes masked by a GUID's bytes in reverse order; done twice it is undone."""
    mask = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1]
    head = bytes(byte ^ mask[place % 16] for place, byte in enumerate(data[:_OBFUSCATED_BYTES]))
    return head + data[_OBFUSCATED_BYTES:]
