"""The text of an EPUB, page by page in the order of its spine (EPUB 3.3, 5.7)."""

from __future__ import annotations

import posixpath

from converters.errors import InputError
from converters.readers.epub_package import EpubPackage

from .edition import EditionText, UnreadableEditionError
from .hypertext import PageText


def read_epub(data: bytes, name: str = "book.epub") -> EditionText:
    """The text of a book; its navigation document and its cover are furniture. Raises UnreadableEditionError."""
    edition = EditionText()
    try:
        package = EpubPackage(name, data)
        package.refuse_encryption()
        for page in package.spine():
            if not page.path:
                raise UnreadableEditionError(f"{page.address} is missing")
            PageText(edition, posixpath.basename(page.path)).read(package.page(page.path, strict=True))
    except InputError as trouble:
        raise UnreadableEditionError(trouble.message) from None
    return edition
