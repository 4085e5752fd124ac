"""One mended document → its editions: pictures, faces and pages once for all, then export, verify and write."""

from __future__ import annotations

import datetime
import functools
import importlib
import importlib.util
import pickle
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from . import files as disk
from .cache import current
from .diagnostics import Checked, Diagnostic, Severity
from .errors import ExportError, FontError, JianbaoError
from .files import STANDARD, Files
from .hands import Shared, pays
from .model.document import Document
from .options import EDITIONS, SUFFIXES, Options

if TYPE_CHECKING:
    from .fonts.roles import FontSet
    from .layout.result import Layout
    from .model.pagination import Pagination
    from .model.pictures import Picture
    from .theme.schema import Theme

# These know on which printed page a thing stands, so the pages are made for them even where no PDF is wanted:
# an edition is the same whichever others are built beside it.
_PAGED = frozenset(EDITIONS)
# These carry or name faces.
_FACED = _PAGED | {"html"}


class Face(NamedTuple):
    """Which face was wanted for a role and which one is used."""

    role: str
    wanted: str
    used: str
    path: str


class Edition(NamedTuple):
    """One edition of a build. `pages` is 0 where there are none; `written` is False for one that failed.

    `seconds` is what making and writing it took, `verify_seconds` what reading it back took.
    """

    format: str
    name: str
    pages: int = 0
    size: int = 0
    seconds: float = 0.0
    verify_seconds: float = 0.0
    written: bool = False
    verified: bool = False


class _Made(NamedTuple):
    """An edition still to be written; without `data` where it cannot be made as promised."""

    edition: Edition
    findings: tuple[Diagnostic, ...]
    data: bytes | None = None


class Editions(NamedTuple):
    """The editions of one document, what was found in making them, and the faces that they are set in."""

    made: tuple[Edition, ...]
    findings: tuple[Diagnostic, ...]
    faces: tuple[Face, ...]


class _Work:
    """What the exporters of one document share."""

    def __init__(self, document: Document, theme: Theme, date: datetime.datetime | None) -> None:
        self.document = document
        self.theme = theme
        self.date = date
        self.pictures: dict[str, Picture] = {}
        self.fonts: FontSet | None = None
        self.layout: Layout | None = None
        self.pagination: Pagination | None = None
        self.intent = b""
        self.page_count = 0
        self.printed: bytes = b""
        self.kept_as = ""
        self.page_findings: tuple[Diagnostic, ...] = ()
        self.layout_seconds = 0.0
        self.faults: list[Diagnostic] = []
        self.inputs = tuple(source.name for source in document.sources)


@functools.cache
def known_editions() -> tuple[str, ...]:
    """Every edition that this installation makes."""
    return tuple(name for name in SUFFIXES if importlib.util.find_spec(f"{__package__}.exporters.{name}") is not None)


def load_exporters(editions: Collection[str]) -> None:
    """Load what makes the pages of some editions, and the exporter of one that is alone; several are loaded by those
    who make them, side by side."""
    modules = ["pictures", "theme.load", "theme.resolve", "fonts.roles"]
    if not _PAGED.isdisjoint(editions):
        modules.append("layout")
    if len(editions) == 1:
        modules += [f"exporters.{name}" for name in editions]
    for module in modules:
        importlib.import_module(f"{__package__}.{module}")


def edition_name(source: str, target: str, edition: str) -> str:
    """Where an edition of a source is written; "-" for the standard output."""
    if target == STANDARD:
        return STANDARD
    stem = "stdin" if source == STANDARD else PurePath(source.replace("\\", "/")).stem
    return str(PurePath(target, f"{stem}.{SUFFIXES[edition]}"))


def make(document: Document, theme: Theme, names: Mapping[str, str], options: Options, files: Files) -> Editions:
    """Make, verify and write the editions of a document in its form; `names` says where each goes.

    Raises InputError and FontError, which concern all of them.
    """
    metadata = document.metadata
    work = _Work(document, theme, disk.build_date(files, metadata.revised or metadata.date))
    findings = _gather(work, options, files)
    wanted = [Edition(name, path) for name, path in names.items()]
    editions: list[Edition] = []

    def made(number: int) -> _Made:
        return _made(wanted[number], work, options, files)

    with Shared(len(wanted) if len(wanted) > 1 and pays(document.length) else 0, made, pickle) as shared:
        for number in range(len(wanted)):
            edition, found = _written(shared.take(number) or made(number), work, files)
            editions.append(edition)
            findings += found
    chosen = work.fonts.choices if work.fonts else ()
    faces = tuple(Face(choice.role.value, choice.wanted, choice.used, str(choice.path)) for choice in chosen)
    return Editions(tuple(editions), tuple(_told_once(findings)), faces)


def _gather(work: _Work, options: Options, files: Files) -> list[Diagnostic]:
    """Pictures, faces and pages, as far as the wanted editions need them; returns what was found."""
    from .pictures import load, load_artwork

    pictures = load(work.document, files, options.allow_outside)
    work.pictures = pictures.value
    findings = list(pictures.findings)
    if "pdf" in options.to and work.theme.pdf.output_intent:
        from .exporters.pdf import read_intent

        work.intent = read_intent(work.theme, files)
    if _FACED.isdisjoint(options.to):
        return findings
    image = work.theme.masthead.image
    if image and work.theme.masthead.show:
        artwork = load_artwork(work.document, image, work.theme.folder, files, options.allow_outside)
        work.pictures = {**pictures.value, **artwork.value}
        findings += artwork.findings
    from .fonts.roles import resolve

    fonts = resolve(work.theme, work.document.metadata.lang, options.font_paths, options.strict_fonts)
    work.fonts = fonts.value
    if _PAGED.isdisjoint(options.to):
        return findings + list(fonts.findings)
    return findings + list(fonts.findings) + list(_pages(work, options, files))


def _pages(work: _Work, options: Options, files: Files) -> tuple[Diagnostic, ...]:
    """Lay the pages out, or take them over from the build before; returns what was found."""
    assert work.fonts is not None
    start = files.seconds()
    wants_print = "pdf" in options.to
    cache = current()
    if cache is not None:
        from .kept import Made, key, recall

        settings = repr((options.metadata, sorted(options.fix), sorted(options.no_fix), options.format, work.intent))
        work.kept_as = key(work.document, Made(work.theme, work.fonts, work.pictures, work.date, settings))
        found = recall(cache, work.kept_as) if work.kept_as else None
        if found is not None and (found.data or not wants_print):
            work.pagination, work.printed = found.pagination, found.data
            work.page_count = found.pagination.page_count
            work.layout_seconds = files.seconds() - start
            return found.findings
    from .layout import lay_out

    laid = lay_out(work.document, work.theme, work.fonts, work.pictures)
    if wants_print:
        # The others need no more than where a page begins, and a long document's pages take room.
        work.layout = laid.value
    work.pagination = laid.value.pagination
    work.page_count = laid.value.pagination.page_count
    if laid.value.theme is not None and laid.value.theme is not work.theme:
        # An issue that was made to fit its pages has their rows in the Word edition too.
        work.theme = laid.value.theme
        work.kept_as = ""
    work.layout_seconds = files.seconds() - start
    # Where the pages are wrong (a character that no face has) the print edition is not written.
    work.faults = [finding for finding in laid.findings if finding.severity is Severity.ERROR]
    work.page_findings = laid.findings
    if not wants_print:
        _keep(work, b"")
    return laid.findings


def _made(edition: Edition, work: _Work, options: Options, files: Files) -> _Made:
    """Make and verify one edition."""
    name, path = edition.format, edition.name
    start = files.seconds()
    try:
        exported = _export(name, work)
    except (ExportError, FontError) as trouble:
        return _Made(edition, (_failure(trouble, path),))
    findings = exported.findings
    edition = edition._replace(seconds=files.seconds() - start)
    if any(finding.severity is Severity.ERROR for finding in findings) or (name == "pdf" and work.faults):
        return _Made(edition, findings)
    if options.verify:
        from .fidelity import frame_of, verify

        start = files.seconds()
        label = f"stdout.{SUFFIXES[name]}" if path == STANDARD else path
        differences = verify(work.document, label, exported.value, frame_of(work.theme))
        if differences:
            return _Made(edition, findings + tuple(differences))
        edition = edition._replace(verified=True, verify_seconds=files.seconds() - start)
    return _Made(edition, findings, exported.value)


def _written(made: _Made, work: _Work, files: Files) -> tuple[Edition, list[Diagnostic]]:
    """Write one edition, where it could be made as promised."""
    edition, findings, data = made.edition, list(made.findings), made.data
    path = edition.name
    if data is None:
        return Edition(edition.format, path), findings
    start = files.seconds()
    try:
        if path != STANDARD and (folder := str(PurePath(path).parent)) != ".":
            files.make_folder(folder)
        files.write(path, data, work.inputs)
    except ExportError as trouble:
        return Edition(edition.format, path), [*findings, _failure(trouble, path)]
    is_print = edition.format == "pdf"
    seconds = edition.seconds + files.seconds() - start + (work.layout_seconds if is_print else 0.0)
    pages = work.page_count if is_print else 0
    return edition._replace(pages=pages, size=len(data), seconds=seconds, written=True), findings


def _export(name: str, work: _Work) -> Checked[bytes]:
    match name:
        case "pdf":
            return _print(work)
        case "docx":
            from .exporters import docx

            assert work.pagination is not None and work.fonts is not None
            made = docx.export(work.document, work.theme, work.pagination, work.pictures, work.date)
            if not work.theme.docx.embed_fonts:
                return made
            from .exporters.docx.embedding import embed, faces_of

            embedded = embed(made.value, faces_of(work.fonts, work.theme, work.document.metadata.lang))
            return replace(embedded, findings=made.findings + embedded.findings)
        case "epub":
            from .exporters import epub

            assert work.pagination is not None and work.fonts is not None
            return epub.export(work.document, work.theme, work.fonts, work.pagination, work.pictures, work.date)
        case "html":
            from .exporters import html

            assert work.fonts is not None
            return html.export(work.document, work.theme, work.fonts, work.pictures)
        case _:
            from .exporters import markdown

            return Checked(markdown.export(work.document).encode())


def _print(work: _Work) -> Checked[bytes]:
    """The print edition: written now, or as it was kept."""
    if work.printed:
        return Checked(work.printed)
    from .exporters import pdf

    assert work.layout is not None and work.pagination is not None
    made = pdf.export(work.layout, work.document, work.theme, work.date, work.intent)
    _keep(work, made.value, made.findings)
    return made


def _keep(work: _Work, data: bytes, found: tuple[Diagnostic, ...] = ()) -> None:
    """Keep the pages for the next build, where this one has a cache and nothing is wrong with them."""
    cache = current()
    findings = work.page_findings + found
    if cache is None or not work.kept_as or any(finding.severity is Severity.ERROR for finding in findings):
        return
    from .kept import Printed, keep

    assert work.pagination is not None
    keep(cache, work.kept_as, Printed(work.pagination, findings, data))


def _told_once(findings: list[Diagnostic]) -> list[Diagnostic]:
    """Findings with one failure for all editions that one folder or one full disk stopped, under the folder's name."""
    told: list[Diagnostic] = []
    first: dict[object, int] = {}
    for finding in findings:
        if finding.rule == "X-WRITE":
            said = finding.message, finding.hint, finding.values
            folder = str(PurePath(finding.place).parent)
            same = next((key for key in ((said, finding.place), (said, folder, "in")) if key in first), None)
            if same is not None:
                index = first[same]
                if told[index].place != finding.place:
                    told[index] = replace(told[index], place=folder)
                continue
            first[said, finding.place] = first[said, folder, "in"] = len(told)
        told.append(finding)
    return told


def _failure(trouble: JianbaoError, path: str) -> Diagnostic:
    """An edition's failure as a finding."""
    values = tuple(trouble.values.items())
    return Diagnostic("X-WRITE", Severity.ERROR, trouble.template, None, trouble.where or path, trouble.hint, values)
