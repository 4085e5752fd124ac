"""What the reading of a DOCX keeps as it goes: the text so far, open fields, findings; what its pieces ask for."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from converters.diagnostics import Diagnostic, Severity, Source, Span
from converters.records import dataclass

from .numbering import Numbering
from .package import Package, Relation
from .styles import Styles

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FURNITURE = frozenset(("TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "NOTEREF"))
# The words of an instruction, in quotation marks or not; the switches of HYPERLINK that a word follows.
_WORD = re.compile(r'"([^"]*)"|(\S+)')
_LINK_SWITCHES = frozenset(("\\l", "\\o", "\\t"))


@dataclass(slots=True)
class Field:
    """A field that has begun: its instruction, and whether its result has."""

    instruction: str = ""
    in_result: bool = False

    @property
    def furniture(self) -> bool:
        """Whether its result is furniture of the page."""
        return self.kind in _FURNITURE

    @property
    def kind(self) -> str:
        """The first word of the instruction."""
        words = self.instruction.split(None, 1)
        return words[0].upper() if words else ""

    @property
    def link(self) -> str:
        """The address of a HYPERLINK."""
        if self.kind != "HYPERLINK":
            return ""
        address = anchor = ""
        words = iter(_WORD.findall(self.instruction.strip()[len("HYPERLINK") :]))
        for quoted, plain in words:
            if plain.lower() in _LINK_SWITCHES:
                value = "".join(next(words, ("", "")))
                anchor = value if plain.lower() == "\\l" else anchor
            elif not plain.startswith("\\"):
                address = address or quoted or plain
        return f"{address}#{anchor}" if anchor else address


@dataclass(slots=True)
class Ledger:
    """The text that is read, as the source that findings point into; `part` is the part that is being read."""

    package: Package
    styles: Styles
    numbering: Numbering
    part: str
    texts: list[str] = field(default_factory=list)
    length: int = 0
    fields: list[Field] = field(default_factory=list)
    reported: set[tuple[str, str]] = field(default_factory=set)
    findings: list[Diagnostic] = field(default_factory=list)
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    turned: frozenset[Element] = frozenset()

    def put(self, text: str) -> int:
        """Add text to the source; returns where it begins."""
        start = self.length
        self.texts.append(text)
        self.length += len(text)
        return start

    def relation(self, identifier: str) -> Relation | None:
        """A relationship of the part that is being read."""
        return self.package.relations(self.part).get(identifier)

    def open_field_is_furniture(self) -> bool:
        """Whether what is read now is the result of a field such as the contents or a page number."""
        return any(opened.in_result and opened.furniture for opened in self.fields)

    def field_link(self) -> str:
        """The address of a HYPERLINK field that is open."""
        return next((opened.link for opened in reversed(self.fields) if opened.in_result and opened.link), "")

    def picture(self, identifier: str, outside: str) -> str:
        """The target of a picture in the file: the file's name, "!/" and the part's; "" where it lies outside."""
        relation = self.relation(identifier) if identifier else None
        if relation is None and outside:
            relation = self.relation(outside)
        if relation is None:
            self.report_once(
                "W-PICTURE", "the picture {part} is missing", Severity.WARNING, part=identifier or outside or "?"
            )
            return ""
        if relation.external:
            self.report_once("W-OUTSIDE", "a picture outside the file is not fetched", Severity.WARNING)
            return ""
        if not self.package.has(relation.target):
            self.report_once("W-PICTURE", "the picture {part} is missing", Severity.WARNING, part=relation.target)
            return ""
        base = self.package.name.replace("\\", "/").rsplit("/", 1)[-1]
        return f"{base}!/{relation.target}"

    def report_once(self, rule: str, message: str, severity: Severity, **values: str) -> None:
        """Add a finding of this kind at the first place where it is met."""
        key = (rule, message.format(**values) if values else message)
        if key not in self.reported:
            self.reported.add(key)
            place = Span(self.package.name, self.length, self.length)
            given = tuple((name, str(value)) for name, value in values.items())
            self.findings.append(Diagnostic(rule, severity, message, place, "", "", given))

    def source(self) -> Source:
        """What has been read, as the source that spans point into."""
        return Source(self.package.name, "".join(self.texts))
