"""The print edition of a document as it came out of an earlier build: its file, its pages' places, what was found.

Laying out and writing pages is half the work of a build. Where source, style sheet, faces, pictures and the program
are as they were, both are taken over.
"""

from __future__ import annotations

import datetime
import functools
import importlib.metadata
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .cache import Cache, key_of
from .diagnostics import Diagnostic, Severity, Span
from .fonts.roles import FontSet
from .model.document import Document
from .model.pagination import PageStart, Pagination
from .model.pictures import Picture
from .records import dataclass
from .theme.schema import Theme


@dataclass(frozen=True, slots=True)
class Printed:
    """`findings` are those of layout and export; `data` is empty where no print edition was asked for."""

    pagination: Pagination
    findings: tuple[Diagnostic, ...]
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Made:
    """All that the print edition of a document depends on beside its text."""

    theme: Theme
    fonts: FontSet
    pictures: Mapping[str, Picture]
    date: datetime.datetime | None
    settings: str


def key(document: Document, made: Made) -> str:
    """The key of a document's print edition, "" for a document that was not read from a source."""
    if not document.sources:
        return ""
    return key_of(_parts(document, made))


def recall(cache: Cache, name: str) -> Printed | None:
    """What was kept under a key."""
    entry = cache.get(name)
    if entry is None:
        return None
    length = int.from_bytes(entry[:8], "big")
    told = json.loads(entry[8 : 8 + length])
    pages = told["pagination"]
    pages["starts"] = tuple(PageStart(*start) for start in pages["starts"])
    pages["title_lines"] = {name: tuple(lines) for name, lines in pages["title_lines"].items()}
    pages["closing"] = frozenset(pages["closing"])
    findings = tuple(_finding(row) for row in told["findings"])
    return Printed(Pagination(**pages), findings, entry[8 + length :])


def keep(cache: Cache, name: str, printed: Printed) -> None:
    """Keep a print edition."""
    pages = printed.pagination
    told = {
        "pagination": {
            "pages": pages.pages,
            "starts": [(start.label, start.block, start.offset) for start in pages.starts],
            "page_count": pages.page_count,
            "contents": pages.contents,
            "title_lines": pages.title_lines,
            "closing": sorted(pages.closing),
        },
        "findings": [_row(finding) for finding in printed.findings],
    }
    head = json.dumps(told).encode()
    cache.put(name, len(head).to_bytes(8, "big") + head + printed.data)


def _parts(document: Document, made: Made) -> Iterator[bytes]:
    yield _program().encode()
    for source in document.sources:
        yield source.name.encode("utf-8", "surrogatepass")
        yield source.text.encode("utf-8", "surrogatepass")
    yield repr((made.theme, made.date, made.settings)).encode("utf-8", "surrogatepass")
    for choice in made.fonts.choices:
        state = choice.path.stat()
        yield repr((choice, state.st_mtime_ns, state.st_size)).encode()
    for name, picture in made.pictures.items():
        yield name.encode("utf-8", "surrogatepass")
        yield picture.data


@functools.cache
def _program() -> str:
    """What stands for the program: its version, and in a checkout that is worked on the times of its files."""
    folder = Path(__file__).parent
    times = [path.stat().st_mtime_ns for path in sorted(folder.rglob("*.py"))]
    return f"{importlib.metadata.version('jianbao')} {hash(tuple(times))}"


def _row(finding: Diagnostic) -> list[Any]:
    span = finding.span
    return [
        finding.rule, int(finding.severity), finding.message, [span.source, span.start, span.end] if span else None,
        finding.place, finding.hint, finding.values,
    ]  # fmt: skip


def _finding(row: list[Any]) -> Diagnostic:
    rule, severity, message, span, place, hint, values = row
    return Diagnostic(
        rule, Severity(severity), message, Span(*span) if span else None, place, hint,
        tuple((name, value) for name, value in values),
    )  # fmt: skip
