"""The functions of the package: `converters.read`, `repair`, `check`, `write`, `build`, `verify`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any, TypeAlias, TypedDict, Unpack

from . import pipeline
from .diagnostics import Checked, Diagnostic
from .files import DISK, Files
from .model.document import Document

Path: TypeAlias = "str | os.PathLike[str]"
Source: TypeAlias = "Path | Document | Checked[Document]"


class Settings(TypedDict, total=False):
    """What may be asked of a build beside its source and folder; see pipeline.Options.

    `overrides` and `metadata` are pairs; `fix` and `no_fix` name repair rules, `select` and `ignore` checks; `cache`
    names a folder.
    """

    to: tuple[str, ...]
    style: str | None
    overrides: tuple[tuple[str, str], ...]
    metadata: tuple[tuple[str, str], ...]
    fix: Iterable[str]
    no_fix: Iterable[str]
    select: Iterable[str]
    ignore: Iterable[str]
    words: tuple[str, ...]
    font_paths: tuple[str, ...]
    strict_fonts: bool
    allow_outside: tuple[str, ...]
    verify: bool
    format: str | None
    cache: str


def read(source: Path, *, format: str | None = None, files: Files = DISK) -> Checked[Document]:
    """A source as it stands: one untitled article that holds its blocks in order. Raises InputError."""
    return pipeline.fetch(os.fspath(source), pipeline.Options(format=format), files)


def repair(source: Source, *, files: Files = DISK, **settings: Unpack[Settings]) -> Checked[Document]:
    """A source, or a document that was read, mended and divided into articles. Raises InputError."""
    options = _options(settings)
    if isinstance(source, (Document, Checked)):
        given = source if isinstance(source, Checked) else Checked(source)
        return pipeline.mend_document(given, options)
    return pipeline.mend(os.fspath(source), options, files)


def check(source: Source, *, files: Files = DISK, **settings: Unpack[Settings]) -> tuple[Diagnostic, ...]:
    """What a proof-reader would mark in a source, or in a document that is mended already. Raises InputError."""
    options = _options(settings)
    if isinstance(source, (Document, Checked)):
        document = source.value if isinstance(source, Checked) else source
        return pipeline.check_document(document, options, files)
    return pipeline.prepare(os.fspath(source), options, files).findings


def write(
    document: Document, target: Path, *, files: Files = DISK, **settings: Unpack[Settings]
) -> pipeline.BuildResult:
    """One edition of a mended document, its kind by the suffix of `target`. Raises JianbaoError."""
    return pipeline.write(document, os.fspath(target), _options(settings), files)


def build(
    source: Path, folder: Path = "editions", *, files: Files = DISK, **settings: Unpack[Settings]
) -> pipeline.BuildResult:
    """The editions of a source, verified and written into a folder.

    An edition that fails is not written and the result's `failed` is true; its findings say why. Raises
    InputError, StyleError and FontError where no edition can be made.
    """
    return pipeline.run(os.fspath(source), os.fspath(folder), _options(settings), files)


def verify(
    source: Source, *editions: Path, files: Files = DISK, **settings: Unpack[Settings]
) -> tuple[Diagnostic, ...]:
    """Every difference between the text of a source and that of its editions. Raises InputError, StyleError."""
    from .fidelity import frame_of
    from .fidelity import verify as compare

    options = _options(settings)
    if isinstance(source, (Document, Checked)):
        document = source.value if isinstance(source, Checked) else source
    else:
        document = pipeline.mend(os.fspath(source), options, files).value
    frame = frame_of(pipeline.theme_of(document, options, files))
    names = [os.fspath(edition) for edition in editions]
    return tuple(finding for name in names for finding in compare(document, name, files.read(name), frame))


def _options(settings: Settings) -> pipeline.Options:
    values: dict[str, Any] = dict(settings)
    for name in ("fix", "no_fix", "select", "ignore"):
        if name in values:
            values[name] = frozenset(values[name])
    return pipeline.Options(**values)
