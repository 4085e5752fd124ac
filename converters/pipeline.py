"""One bulletin from its source to its editions: read → repair → check → lay out → export → verify → write."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from .cache import using
from .diagnostics import Changes, Checked, Diagnostic
from .editions import Edition, Face, edition_name, known_editions, load_exporters, make
from .errors import ExportError, InputError, StyleError
from .files import DISK, STANDARD, Files
from .hands import InTurn, Meanwhile, beside_others, is_loading, pays
from .model.document import Document
from .options import EDITIONS, SUFFIXES, Options
from .records import dataclass

if TYPE_CHECKING:
    from .checks import WordList
    from .theme.schema import Theme

__all__ = [
    "EDITIONS", "SUFFIXES", "BuildResult", "Edition", "Face", "Options", "build_named", "check_document",
    "edition_name", "fetch", "known_editions", "mend", "mend_document", "mended_markdown", "prepare", "run", "theme_of",
    "write",
]  # fmt: skip

_SMALL = 200_000
"""Bytes of a source whose model goes from process to process in less time than it takes to load an exporter."""


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


def mended_markdown(source: str, options: Options, files: Files = DISK) -> tuple[Checked[Document], str]:
    """A source read and repaired, and its mended text as Markdown that reads back to the same model.

    A Markdown source is mended in place where that will do, so that all else stays as its author wrote it. Raises
    InputError.
    """
    from .exporters.markdown import export
    from .mending import mended_in_place

    given = fetch(source, options, files)
    repaired = mend_document(given, options)
    suffix = (options.format or PurePath(source).suffix.lstrip(".") or "md").lower()
    text = None
    if suffix in ("md", "markdown", "mkd") and not options.metadata:
        from .readers import read

        name = given.value.sources[0].name
        text = mended_in_place(repaired, lambda text: mend_document(read(name, text.encode(), format=suffix), options))
    return repaired, export(repaired.value) if text is None else text


def check_document(document: Document, options: Options, files: Files = DISK) -> tuple[Diagnostic, ...]:
    """What a proof-reader would mark in a mended document, as its style sheet and front matter have it."""
    return _checking(document, theme_of(document, options, files), options, files)()


def _checking(document: Document, theme: Theme, options: Options, files: Files) -> Callable[[], tuple[Diagnostic, ...]]:
    """The checking of a mended document, still to be done; what its rules need of the disk is read here."""
    from .checks import CheckOptions, check

    settings = theme.checks
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
    if is_loading() and source != STANDARD and 0 < _size(source, files) <= _SMALL:
        result = _built_while_loading(source, names, options, files)
    else:
        with beside_others(functools.partial(load_exporters, names)) if is_loading() else contextlib.nullcontext():
            mended = mend(source, options, files)
        theme = theme_of(mended.value, options, files)
        checking = _checking(mended.value, theme, options, files)
        with Meanwhile(checking, worth=pays(mended.value.length)) as checked, using(options.cache):
            result = _editions(replace(mended, findings=()), source, theme, names, (options, files))
            result = replace(result, findings=(*mended.findings, *checked.value(), *result.findings))
    return replace(result, seconds=files.seconds() - start)


def _size(source: str, files: Files) -> int:
    """The bytes of a source, 0 where that is not known."""
    _, size, *_ = files.stamp(source) or (0, 0)
    return size


def _built_while_loading(source: str, names: Mapping[str, str], options: Options, files: Files) -> BuildResult:
    """The editions of a short source, which another process mends and checks while this one loads what makes them."""

    def steps() -> Iterator[tuple[Checked[Document], Theme] | tuple[Diagnostic, ...]]:
        mended = mend(source, options, files)
        theme = theme_of(mended.value, options, files)
        # What is wrong with a style sheet or a word list is said before anything is written.
        checking = _checking(mended.value, theme, options, files)
        yield mended, theme
        yield checking()

    with InTurn(steps, 2) as made, using(options.cache):
        if made.is_elsewhere:
            load_exporters(names)
        mended, theme = made.value()
        result = _editions(replace(mended, findings=()), source, theme, names, (options, files))
        checked: tuple[Diagnostic, ...] = made.value()
    return replace(result, findings=(*mended.findings, *checked, *result.findings))


def write(document: Document, target: str, options: Options, files: Files = DISK) -> BuildResult:
    """Write one edition of a mended document; the suffix of `target` says which. Raises JianbaoError."""
    suffix = PurePath(target).suffix.lstrip(".").lower()
    edition = next((name for name, known in SUFFIXES.items() if suffix == known), "")
    if not edition:
        known = ", ".join(f".{suffix}" for suffix in SUFFIXES.values())
        raise ExportError("its suffix names no edition", where=target, hint=f"end it in one of {known}")
    source = document.sources[0].name if document.sources else ""
    theme = theme_of(document, options, files)
    way = replace(options, to=(edition,)), files
    return _editions(Checked(document), source, theme, {edition: target}, way)


def _editions(
    prepared: Checked[Document], source: str, theme: Theme, names: Mapping[str, str], way: tuple[Options, Files]
) -> BuildResult:
    """Make, verify and write editions; `names` says where each goes."""
    options, files = way
    start = files.seconds()
    from .theme.resolve import formed

    document = formed(prepared.value, theme)
    editions = make(document, theme, names, options, files)
    return BuildResult(
        source, document, editions.made, (*prepared.findings, *editions.findings), prepared.changes, editions.faces,
        theme.name, files.seconds() - start,
    )  # fmt: skip
