"""Faces inside the DOCX, for machines that lack them: obfuscated as ECMA-376 part 4 (17.8.1) wants it.

Only a TrueType face whose OS/2 table allows it is embedded whole (an edited text needs more than a subset); the
edition is complete without any.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from converters.diagnostics import Checked, Diagnostic, Severity
from converters.ooxml import RELATIONSHIPS, R, escape, write_archive

if TYPE_CHECKING:
    from converters.fonts.roles import FontSet
    from converters.theme.schema import Theme

_FONT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_OBFUSCATED_BYTES = 32
# OS/2 fsType (OpenType 1.9): restricted licence; may not be embedded as a whole; bitmaps only.
_RESTRICTED, _PREVIEW, _NO_SUBSET_BITMAP = 0x0002, 0x0004, 0x0200
_TRUE_TYPE = (b"\x00\x01\x00\x00", b"true")
_COLLECTION = b"ttcf"
_BOLD = 600


class Embedded(NamedTuple):
    """A face to embed: the `name` that the edition's font table gives it, its `own` name, and its file.

    Where the two differ it stands in for the named one: it gets an entry of its own, and the named one refers to it.
    """

    name: str
    own: str
    data: bytes
    bold: bool = False


def faces_of(fonts: FontSet, theme: Theme, lang: str) -> tuple[Embedded, ...]:
    """The faces that the roles of an edition are set in, each once."""
    found: dict[tuple[str, str], Embedded] = {}
    for role in fonts.roles():
        name, face = theme.face_names(role, lang)[0], fonts.face(role)
        own = name if name in face.names.families + face.names.full else face.family
        if (name, own) not in found:
            data = single(face.path.read_bytes(), face.index)
            found[name, own] = Embedded(name, own, data, face.rights.weight >= _BOLD and own != name)
    return tuple(found.values())


def embed(docx: bytes, faces: Iterable[Embedded]) -> Checked[bytes]:
    """A finished DOCX with faces embedded; one that may not be embedded, or cannot be, is left out with a finding."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    table = members["word/fontTable.xml"].decode()
    findings: list[Diagnostic] = []
    relations: list[str] = []
    identifiers: dict[str, str] = {}
    for face in faces:
        reason = refusal(face.data)
        if f'<w:font w:name="{escape(face.name)}">' not in table:
            reason = "the edition does not use it"
        if reason:
            values = (("face", face.own), ("reason", reason))
            message = "the face {face} is not embedded: {reason}"
            finding = Diagnostic("W-EMBED", Severity.WARNING, message, None, "DOCX", "", values)
            if finding not in findings:
                findings.append(finding)
            continue
        if face.own != face.name:
            table = _standing_in(table, face)
        key = font_key(face.data)
        if key not in identifiers:
            number = len(relations) + 1
            identifiers[key] = f"rId{number}"
            members[f"word/fonts/font{number}.odttf"] = obfuscate(face.data, key)
            relations.append(f'<Relationship Id="rId{number}" Type="{_FONT}" Target="fonts/font{number}.odttf"/>')
        table = _with_file(table, face, f'r:id="{identifiers[key]}" w:fontKey="{key}"')
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


def _with_file(table: str, face: Embedded, file: str) -> str:
    """The font table with a file in the entry of a face; regular stands before bold (CT_Font)."""
    start = table.index(f'<w:font w:name="{escape(face.own)}">')
    end = table.index("</w:font>", start)
    slot = f"<w:embed{'Bold' if face.bold else 'Regular'} "
    if slot in table[start:end]:
        return table
    place = table.find("<w:embedBold ", start, end) if not face.bold else -1
    place = end if place < 0 else place
    return f"{table[:place]}{slot}{file}/>{table[place:]}"


def _standing_in(table: str, face: Embedded) -> str:
    """The font table with an entry of its own for a face, which becomes the first alternative of the one it draws."""
    start = table.index(f'<w:font w:name="{escape(face.name)}">')
    end = table.index("</w:font>", start) + len("</w:font>")
    named = table[start:end]
    opening, after = named.split(">", 1)
    head = '<w:altName w:val="'
    names = [escape(face.own)]
    if after.startswith(head):
        others, after = after[len(head) :].split('"/>', 1)
        names += (other for other in others.split(",") if other not in names)
    entry = f'{opening}>{head}{",".join(names)}"/>{after}'
    own = ""
    if f'<w:font w:name="{escape(face.own)}">' not in table:
        own = f'<w:font w:name="{escape(face.own)}">{after}'
    return table[:start] + entry + own + table[end:]


def single(data: bytes, index: int) -> bytes:
    """One face of a font file as a file of its own; a collection's tables are copied, any other file is given back."""
    if data[:4] != _COLLECTION:
        return data
    try:
        (offset,) = struct.unpack_from(">I", data, 12 + 4 * index)
        (count,) = struct.unpack_from(">H", data, offset + 4)
        tables = [struct.unpack_from(">4sIII", data, offset + 12 + 16 * number) for number in range(count)]
    except struct.error:
        return data
    head = data[offset : offset + 12]
    place = len(head) + 16 * count
    records, bodies = [], []
    for tag, checksum, start, length in tables:
        body = data[start : start + length]
        body += bytes(-len(body) % 4)
        records.append(struct.pack(">4sIII", tag, checksum, place, length))
        bodies.append(body)
        place += len(body)
    return b"".join((head, *records, *bodies))


def refusal(data: bytes) -> str:
    """Why a font file is not embedded, "" where it may be."""
    if data[:4] not in _TRUE_TYPE:
        return "its outlines are not TrueType's, which is all that Word embeds"
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
