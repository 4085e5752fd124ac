"""One bulletin from its source to its editions: read → repair → check → lay out → export → verify → write."""

from __future__ import annotations

import datetime
import functools
import importlib.util
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from . import files as disk
from .cache import current, using
from .diagnostics import Changes, Checked, Diagnostic, Severity
from .errors import ExportError, FontError, InputError, JianbaoError, StyleError
from .files import DISK, STANDARD, Files
from .hands import Meanwhile
from .model.document import Document
from .records import dataclass

if TYPE_CHECKING:
    from .checks import WordList
    from .fonts.roles import FontSet
    from .layout.result import Layout
    from .model.pagination import Pagination
    from .model.pictures import Picture
    from .theme.schema import Theme

EDITIONS = ("pdf", "docx", "epub")
"""The editions that a build makes when nothing else is asked for."""

SUFFIXES = {"pdf": "pdf", "docx": "docx", "epub": "epub", "html": "html", "markdown": "md"}
"""Every edition and the suffix of its file."""

_LONG = 50_000
"""Characters of a source whose checking takes longer than making another process for it."""

# These know on which printed page a thing stands, so the pages are made for them even where no PDF is wanted:
# an edition is the same whichever others are built beside it.
_PAGED = frozenset(EDITIONS)
# These carry or name faces.
_FACED = _PAGED | {"html"}


@dataclass(frozen=True, slots=True)
class Options:
    """What a build, or a part of it, is asked to do.

    `overrides` are style-sheet keys (--set), `metadata` front-matter keys (-M); `fix` and `no_fix` name repair rules,
    `select` and `ignore` checks, `words` are files of the user's own words; pictures may also lie in the folders of
    `allow_outside`. `cache` is the folder of what may be used again ("" for none).
    """

    to: tuple[str, ...] = EDITIONS
    style: str | None = None
    overrides: tuple[tuple[str, str], ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    fix: frozenset[str] = frozenset()
    no_fix: frozenset[str] = frozenset()
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    font_paths: tuple[str, ...] = ()
    strict_fonts: bool = False
    allow_outside: tuple[str, ...] = ()
    verify: bool = True
    format: str | None = None
    cache: str = ""


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


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made, found and changed."""

    source: str
    document: Document
    editions: tuple[Edition, ...]
    findings: tuple[Diagnostic, ...]
    changes: Changes
    faces: tuple[Face, ...]
    style: str
    seconds: float

    @property
    def failed(self) -> bool:
        """True where an edition could not be made as promised."""
        return not all(edition.written for edition in self.editions)


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


@functools.cache
def known_editions() -> tuple[str, ...]:
    """Every edition that this installation makes."""
    return tuple(name for name in SUFFIXES if importlib.util.find_spec(f"{__package__}.exporters.{name}") is not None)


def prepare(source: str, options: Options, files: Files = DISK) -> Checked[Document]:
    """A source read, repaired and checked. Raises InputError."""
    repaired = mend(source, options, files)
    return replace(repaired, findings=repaired.findings + check_document(repaired.value, options, files))


def mend(source: str, options: Options, files: Files = DISK) -> Checked[Document]:
    """A source read and repaired, not checked. Raises InputError."""
    return mend_document(fetch(source, options, files), options)


def mend_document(given: Checked[Document], options: Options) -> Checked[Document]:
    """A document as it was read, repaired; what was found before comes first."""
    from .repairs import repair
    from .repairs.rule import Options as RepairOptions

    repaired = repair(given.value, options=RepairOptions(options.fix, options.no_fix))
    changes = Changes(given.changes.records + repaired.changes.records)
    return Checked(repaired.value, given.findings + repaired.findings, changes)


def check_document(document: Document, options: Options, files: Files = DISK) -> tuple[Diagnostic, ...]:
    """What a proof-reader would mark in a mended document, as its style sheet and front matter have it."""
    return _checking(document, options, files)()


def _checking(document: Document, options: Options, files: Files) -> Callable[[], tuple[Diagnostic, ...]]:
    """The checking of a mended document, still to be done; what its rules need of the disk is read here."""
    from .checks import CheckOptions, check

    settings = theme_of(document, options, files).checks
    lists = [*options.words, *(said for name, said in settings if name == "words"), *_own_lists(document)]
    words = _words(lists, files) if lists else None
    chosen = CheckOptions(options.select, options.ignore, tuple(pair for pair in settings if pair[0] != "words"))
    return functools.partial(check, document, options=chosen if words is None else replace(chosen, words=words))


def _own_lists(document: Document) -> list[str]:
    """The word lists that front matter names: files beside or below the source."""
    folder = PurePath(document.sources[0].name).parent if document.sources else PurePath()
    found = []
    for name, said in document.metadata.settings:
        if name.lower() == "words":
            path = PurePath(said)
            if path.is_absolute() or ".." in path.parts:
                raise InputError(
                    "the word list {name} is outside the source's folder", where=str(folder), name=said,
                    hint="put it beside the source, or name it with --words",
                )  # fmt: skip
            found.append(str(folder / path))
    return found


def _words(lists: Iterable[str], files: Files) -> WordList:
    """Several word lists as one. Raises InputError for one that cannot be read or understood."""
    from .checks.words import WordList, parse

    words = WordList()
    for path in lists:
        try:
            words |= parse(files.read(path).decode("utf-8-sig"))
        except ValueError as wrong:
            reason = "it is not UTF-8" if isinstance(wrong, UnicodeDecodeError) else str(wrong)
            raise InputError("this is no word list: {reason}", where=path, reason=reason) from None
    return words


def fetch(source: str, options: Options, files: Files = DISK) -> Checked[Document]:
    """A source read, its metadata overridden by those of the options. Raises InputError."""
    from .readers import read

    checked = read(source, files.read(source), format=options.format)
    if not options.metadata:
        return checked
    from .readers.front_matter import override

    metadata = override(checked.value.metadata, dict(options.metadata))
    document = replace(checked.value, metadata=metadata.value)
    return replace(checked, value=document, findings=checked.findings + metadata.findings)


def theme_of(document: Document, options: Options, files: Files = DISK) -> Theme:
    """The style sheet of a document. Raises StyleError."""
    from .theme.load import load
    from .theme.resolve import choose

    return load(choose(document.metadata, options.style), dict(options.overrides), files)


def run(source: str, target: str, options: Options, files: Files = DISK) -> BuildResult:
    """Build the editions of one source into the folder `target`, or its one edition onto the standard output ("-").

    An edition that fails leaves the file that stood there as it was; the others are made all the same. Raises
    InputError, StyleError and FontError, which concern all of them.
    """
    for name in options.to:
        if name not in known_editions():
            known = ", ".join(known_editions())
            raise StyleError('there is no edition "{name}"', name=name, hint=f"name one of {known}")
    return build_named(source, {name: edition_name(source, target, name) for name in options.to}, options, files)


def build_named(source: str, names: Mapping[str, str], options: Options, files: Files = DISK) -> BuildResult:
    """As `run`; `names` says where each edition goes."""
    start = files.seconds()
    mended = mend(source, options, files)
    checking = _checking(mended.value, options, files)
    is_long = sum(len(text.text) for text in mended.value.sources) >= _LONG
    with Meanwhile(checking, worth=is_long) as checked, using(options.cache):
        result = _editions(replace(mended, findings=()), source, names, options, files)
        findings = (*mended.findings, *checked.value(), *result.findings)
    return replace(result, findings=findings, seconds=files.seconds() - start)


def write(document: Document, target: str, options: Options, files: Files = DISK) -> BuildResult:
    """Write one edition of a mended document; the suffix of `target` says which. Raises JianbaoError."""
    suffix = PurePath(target).suffix.lstrip(".").lower()
    edition = next((name for name, known in SUFFIXES.items() if suffix == known), "")
    if not edition:
        known = ", ".join(f".{suffix}" for suffix in SUFFIXES.values())
        raise ExportError("its suffix names no edition", where=target, hint=f"end it in one of {known}")
    source = document.sources[0].name if document.sources else ""
    return _editions(Checked(document), source, {edition: target}, replace(options, to=(edition,)), files)


def _editions(
    prepared: Checked[Document], source: str, names: Mapping[str, str], options: Options, files: Files
) -> BuildResult:
    """Make, verify and write editions; `names` says where each goes."""
    start = files.seconds()
    document = prepared.value
    theme = theme_of(document, options, files)
    from .theme.resolve import formed

    document = formed(document, theme)
    metadata = document.metadata
    work = _Work(document, theme, disk.build_date(files, metadata.revised or metadata.date))
    findings = [*prepared.findings, *_gather(work, options, files)]
    editions: list[Edition] = []
    for name, path in names.items():
        edition, found = _edition(Edition(name, path), work, source, options, files)
        editions.append(edition)
        findings += found
    chosen = work.fonts.choices if work.fonts else ()
    faces = tuple(Face(choice.role.value, choice.wanted, choice.used, str(choice.path)) for choice in chosen)
    return BuildResult(
        source, document, tuple(editions), tuple(findings), prepared.changes, faces, theme.name,
        files.seconds() - start,
    )  # fmt: skip


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


def _edition(
    edition: Edition, work: _Work, source: str, options: Options, files: Files
) -> tuple[Edition, list[Diagnostic]]:
    """Make, verify and write one edition."""
    name, path = edition.format, edition.name
    start = files.seconds()
    try:
        exported = _export(name, work)
    except (ExportError, FontError) as trouble:
        return edition, [_failure(trouble, path)]
    findings = list(exported.findings)
    made = files.seconds()
    if any(finding.severity is Severity.ERROR for finding in findings) or (name == "pdf" and work.faults):
        return edition, findings
    data = exported.value
    if options.verify:
        from .fidelity import frame_of, verify

        label = f"stdout.{SUFFIXES[name]}" if path == STANDARD else path
        differences = verify(work.document, label, data, frame_of(work.theme))
        if differences:
            return edition, findings + list(differences)
    verified = files.seconds()
    try:
        if path != STANDARD and (folder := str(PurePath(path).parent)) != ".":
            files.make_folder(folder)
        files.write(path, data, (source,))
    except ExportError as trouble:
        return edition, [*findings, _failure(trouble, path)]
    seconds = made - start + files.seconds() - verified + (work.layout_seconds if name == "pdf" else 0.0)
    pages = work.page_count if name == "pdf" else 0
    written = Edition(name, path, pages, len(data), seconds, verified - made, written=True, verified=options.verify)
    return written, findings


def edition_name(source: str, target: str, edition: str) -> str:
    """Where an edition of a source is written; "-" for the standard output."""
    if target == STANDARD:
        return STANDARD
    stem = "stdin" if source == STANDARD else PurePath(source.replace("\\", "/")).stem
    return str(PurePath(target, f"{stem}.{SUFFIXES[edition]}"))


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


def _failure(trouble: JianbaoError, path: str) -> Diagnostic:
    """An edition's failure as a finding."""
    values = tuple(trouble.values.items())
    return Diagnostic("X-WRITE", Severity.ERROR, trouble.template, None, trouble.where or path, trouble.hint, values)
