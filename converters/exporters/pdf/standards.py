"""What a file promises, one row for each choice of pdf.standard."""

from __future__ import annotations

from converters.records import dataclass


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard for archives and the one for readers who hear the text, kept by the same file.

    `archive` and `access` are the properties by which XMP names them. `version` is that of PDF. From PDF 2.0 on a file
    says of itself in XMP alone (ISO 19005-4, 6.1.3), its structure types have a namespace (ISO 32000-2, 14.8.6), and
    links within it lead to elements, not to places (ISO 14289-2, 8.8).
    """

    name: str
    version: str
    archive: tuple[tuple[str, str], ...]
    access: tuple[tuple[str, str], ...]

    @property
    def is_2(self) -> bool:
        """Is this a file of PDF 2.0?"""
        return self.version == "2.0"


STANDARDS = {
    "a-2a": Standard("PDF/A-2a, PDF/UA-1", "1.7", (("part", "2"), ("conformance", "A")), (("part", "1"),)),
    "a-4": Standard("PDF/A-4, PDF/UA-2", "2.0", (("part", "4"), ("rev", "2020")), (("part", "2"), ("rev", "2024"))),
}
"""By the words of pdf.standard."""
