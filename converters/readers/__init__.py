"""Readers: a format each. All give the same model; which one reads a file is decided by its suffix."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import PurePath

from converters.diagnostics import Checked
from converters.errors import InputError
from converters.model.document import Document
from converters.records import collector_off

# suffix -> module, imported only when such a file is read; each module has `read(name, data)`.
_READERS = {
    "md": "converters.readers.markdown",
    "markdown": "converters.readers.markdown",
    "mkd": "converters.readers.markdown",
    "txt": "converters.readers.plain_text",
    "text": "converters.readers.plain_text",
    "html": "converters.readers.html",
    "htm": "converters.readers.html",
    "xhtml": "converters.readers.html",
    "docx": "converters.readers.docx",
    "docm": "converters.readers.docx",
    "dotx": "converters.readers.docx",
    "dotm": "converters.readers.docx",
    "epub": "converters.readers.epub",
}

# What Word, WPS and their templates were called before DOCX.
_OLD_WORD = frozenset(("doc", "dot", "wps", "wpt"))


def formats() -> tuple[str, ...]:
    """The suffixes, without their dot, of every format that this installation reads."""
    return tuple(suffix for suffix, module in _READERS.items() if importlib.util.find_spec(module) is not None)


def read(name: str, data: bytes, *, format: str | None = None) -> Checked[Document]:
    """A source read into one untitled article that holds its blocks in order.

    `name` names the source in findings and, by its suffix, its format; `format` ("md", "txt" …) wins
    over the suffix. Raises InputError for an unknown format and for a file that is empty, binary or
    cannot be decoded.
    """
    suffix = (format or PurePath(name).suffix).lower().lstrip(".")
    if not suffix and format is None and name in ("-", "<stdin>"):
        suffix = "md"
    module = _READERS.get(suffix)
    if suffix in _OLD_WORD and module is None:
        # Its own reader says what to do with such a file; one that is a DOCX under an old name is read.
        module, suffix = _READERS["docx"], "docx"
    if module is None or (suffix not in ("md", "markdown", "txt") and suffix not in formats()):
        known = ", ".join(f".{suffix}" for suffix in formats())
        raise InputError(
            'there is no reader for "{suffix}" files' if suffix else "the file's format is unknown: it has no suffix",
            where=name,
            hint=f"give a file that ends in one of {known}, or name its format",
            suffix=f".{suffix}",
        )
    reader: Callable[[str, bytes], Checked[Document]] = importlib.import_module(module).read
    with collector_off():
        return reader(name, data)
