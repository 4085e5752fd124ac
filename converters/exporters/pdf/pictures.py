"""Pictures in the PDF."""

from __future__ import annotations

from collections.abc import Mapping

from converters.diagnostics import Diagnostic
from converters.model.pictures import Picture

from .file import PrintFile


class PictureStore:
    """Writes each picture once, when it is first painted."""

    def __init__(self, file: PrintFile, pictures: Mapping[str, Picture], findings: list[Diagnostic]) -> None:
        self._file = file
        self._pictures = pictures
        self._findings = findings
        self._names: dict[str, tuple[str, int] | None] = {}

    def name(self, target: str) -> str | None:
        """Resource name of a picture; None where it cannot be drawn."""
        if target not in self._names:
            number = self._write(target)
            self._names[target] = (f"I{len(self._names) + 1}", number) if number else None
        found = self._names[target]
        return found[0] if found else None

    def resources(self) -> str:
        """The XObject entry of the resources, "" without pictures."""
        entries = "".join(f"/{found[0]} {found[1]} 0 R" for found in self._names.values() if found)
        return f"/XObject<<{entries}>>" if entries else ""

    def _write(self, target: str) -> int:
        return 0
