"""The way back: an edited DOCX into its source, stroke for stroke.

The edition says of each paragraph where in the source it stood, and what stood there. Its lines and those of the
source are aligned (marks checked by likeness, equal text, likeness, splits and joins, moves); each change becomes
small edits, and what they do not touch keeps its bytes. The result is read again: a change that does not come out
as it was made is written in another way, or taken back and listed as a conflict. Nothing is dropped in silence.
"""

from __future__ import annotations

from pathlib import PurePath

from converters.errors import InputError

from .edited import Comment
from .lists import Entry
from .merging import Merge, Returned
from .reading import read_edited
from .reckoning import Count

__all__ = ["Comment", "Count", "Entry", "Returned", "merge"]

# Sources that are read but not written line by line.
_NOT_WRITTEN = frozenset((".docx", ".docm", ".dotx", ".dotm", ".doc", ".epub", ".html", ".htm", ".xhtml"))


def merge(edited: bytes, source_name: str, source: bytes, *, edited_name: str = "edited.docx") -> Returned:
    """Bring an edited DOCX back into its source; an unedited one gives the source byte for byte.

    Raises InputError: the edited file is no DOCX, or hostile, or that of another source; the source cannot be read.
    """
    suffix = PurePath(source_name).suffix.lower()
    if suffix in _NOT_WRITTEN:
        raise InputError(
            "edits are brought back into Markdown and plain text, not into {suffix}", where=source_name, suffix=suffix,
            hint="make a Markdown source of it first: jianbao build --to markdown",
        )  # fmt: skip
    given = read_edited(edited_name, edited)
    return Merge(given, source_name, source, edited_name).run()
