"""The package of a DOCX that is read: its parts by relationship, and what in it is never used.

Nothing is run and nothing is fetched: macros, OLE objects, embedded foreign documents and everything outside the
file are left out with a finding.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from converters.diagnostics import Diagnostic, Severity
from converters.errors import InputError
from converters.ooxml import RELATIONSHIPS, Archive, parse

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# The ISO "strict" form has other names for the same things (ECMA-376 part 1, annex A against part 4).
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)  # fmt: skip
# The old binary format, and what Word makes of a document with a password.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_TYPES = (
    "wordprocessingml.document",
    "wordprocessingml.template",
    "ms-word.document.macro",
    "ms-word.template.macro",
)
_MOST_PARAGRAPH_BYTES = 128 * 1024 * 1024


class Relation(NamedTuple):
    """A relationship: its kind (the last word of its type), the target's name, whether it lies outside the file."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of a DOCX. Raises InputError: no DOCX, damaged, hostile."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.findings: list[Diagnostic] = []
        if not data:
            raise InputError("the file is empty", where=name, hint="get a whole copy")
        if data.startswith(_COMPOUND_FILE) and _ENCRYPTED in data:
            raise InputError(
                "it is protected with a password",
                where=name,
                hint="open it in Word or WPS, take the password off, save it",
            )
        if data.startswith(_COMPOUND_FILE):
            raise InputError(
                "it is an old .doc or .wps file", where=name, hint="open it in Word or WPS and save it as .docx"
            )
        self._archive = Archive(name, data)
        self._relations: dict[str, dict[str, Relation]] = {}
        self.main = self._main_part()
        self._report_unused()

    def _main_part(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and not relation.external:
                if relation.target not in self._archive:
                    raise InputError("its main part is missing", where=self.name, hint="get a whole copy")
                self._check_type(relation.target)
                return relation.target
        raise InputError("it is no Word document", where=self.name, hint="save it as .docx from Word or WPS")

    def _check_type(self, part: str) -> None:
        if "[Content_Types].xml" not in self._archive:
            raise InputError("it has no list of content types", where=self.name, hint="get a whole copy")
        types = parse(self._archive.read("[Content_Types].xml"), self.name)
        kind = ""
        for row in types:
            if row.get("PartName", "").lower() == f"/{part}".lower() or (
                not kind and row.get("Extension", "").lower() == part.rsplit(".", 1)[-1].lower()
            ):
                kind = row.get("ContentType", "")
        if not any(known in kind.lower() for known in _WORD_TYPES):
            raise InputError("it is no Word document but {kind}", where=self.name, kind=kind or "of no known type")

    def relations(self, part: str) -> dict[str, Relation]:
        """The relationships of a part ("" for the package) by their ids."""
        known = self._relations.get(part)
        if known is None:
            known = self._relations[part] = self._read_relations(part)
        return known

    def _read_relations(self, part: str) -> dict[str, Relation]:
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        if name not in self._archive:
            return {}
        found: dict[str, Relation] = {}
        for row in self.xml(name):
            if row.tag != f"{{{RELATIONSHIPS}}}Relationship":
                continue
            target, external = row.get("Target", ""), row.get("TargetMode") == "External"
            if not external:
                target = unquote(target)
                target = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                )
            found[row.get("Id", "")] = Relation(row.get("Type", "").rsplit("/", 1)[-1], target, external)
        return found

    def related(self, part: str, kind: str) -> str:
        """The name of the part that a part refers to with a kind of relationship, "" where there is none."""
        for relation in self.relations(part).values():
            if relation.kind == kind and not relation.external and relation.target in self._archive:
                return relation.target
        return ""

    def has(self, part: str) -> bool:
        """Whether a part is there."""
        return part in self._archive

    def data(self, part: str) -> bytes:
        """The bytes of a part. Raises InputError."""
        return self._archive.read(part)

    def xml(self, part: str) -> Element:
        """The root of an XML part. Raises InputError."""
        data = self._archive.read(part)
        if len(data) > _MOST_PARAGRAPH_BYTES:
            raise InputError("its part {part} is too large", where=self.name, part=part, hint="divide the document")
        if b"purl.oclc.org/ooxml" in data:
            for strict, transitional in _STRICT:
                data = data.replace(strict, transitional)
        return parse(data, f"{self.name}: {part}")

    def report(
        self, rule: str, message: str, *, hint: str = "", severity: Severity = Severity.WARNING, **values: str
    ) -> None:
        """Add a finding about the file as a whole."""
        self.findings.append(
            Diagnostic(
                rule,
                severity,
                message,
                None,
                self.name,
                hint,
                tuple((key, str(value)) for key, value in values.items()),
            )
        )

    def _report_unused(self) -> None:
        kinds = {relation.kind for relation in self.relations(self.main).values()}
        if "vbaProject" in kinds:
            self.report("W-ACTIVE", "macros are left out; they are never run")
        if kinds & {"oleObject", "package", "control"}:
            self.report(
                "W-ACTIVE", "embedded objects are left out", hint="put their text or a picture of them into the file"
            )
        if kinds & {"aFChunk", "subDocument"}:
            self.report("W-ACTIVE", "an embedded foreign document is left out", hint="paste its text into the file")
        settings = self.related(self.main, "settings")
        if settings and any(relation.external for relation in self.relations(settings).values()):
            self.report("W-OUTSIDE", "a template outside the file is not fetched", severity=Severity.INFO)
