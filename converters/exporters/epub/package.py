"""The book as EbookLib writes it, from finished bytes, the same on any day (EPUB 3.3, 4; OCF 3.3)."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

from ebooklib import epub

# Zip cannot store an earlier time, and EPUB demands some dcterms:modified.
_EPOCH = (1980, 1, 1, 0, 0, 0)
NO_DATE = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)

# What is compressed already gains nothing by it.
_STORED = (".png", ".jpg", ".gif", ".webp")
# A sixth step makes the same pages a fiftieth of a percent smaller.
_COMPRESSION = 5


class Page(epub.EpubHtml):  # type: ignore[misc]  # EbookLib is untyped
    """A content document whose bytes are finished; EbookLib would parse and write them anew."""

    def __init__(self, identifier: str, file: str, data: bytes, *properties: str) -> None:
        super().__init__(identifier, file, "application/xhtml+xml", data)
        self.properties = list(properties)

    def get_content(self, default: bytes | None = None) -> bytes:
        """The bytes as they were given."""
        data: bytes = self.content
        return data or default or b""


class Navigation(epub.EpubNav):  # type: ignore[misc]  # EbookLib is untyped
    """The navigation document, finished."""

    def __init__(self, data: bytes) -> None:
        super().__init__("nav", "nav.xhtml")
        self.content = data


class Ncx(epub.EpubNcx):  # type: ignore[misc]  # EbookLib is untyped
    """The contents for EPUB 2 readers, finished."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.content = data


class Cover(epub.EpubCover):  # type: ignore[misc]  # EbookLib is untyped
    """The cover picture."""

    def __init__(self, file: str, media_type: str, data: bytes) -> None:
        super().__init__("cover-image", file)
        self.media_type = media_type
        self.content = data


class _Archive(zipfile.ZipFile):
    """A zip archive whose members carry no time of their own."""

    def writestr(
        self, name: Any, data: Any, compress_type: int | None = None, compresslevel: int | None = None
    ) -> None:
        """Add a member."""
        info = zipfile.ZipInfo(name, _EPOCH)
        info.create_system = 0
        stored = compress_type == zipfile.ZIP_STORED or name.endswith(_STORED)
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        super().writestr(info, data, compresslevel=compresslevel or _COMPRESSION)


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # EbookLib is untyped
    """EbookLib's writer with a fixed clock and with navigation that was made before."""

    def write(self) -> None:
        """Write the archive: mimetype first, stored and without extra fields (OCF 3.3, 4.3)."""
        with _Archive(self.file_name, "w") as self.out:
            self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()

    def _write_opf_metadata(self, root: Any) -> None:
        root.set("{http://www.w3.org/XML/1998/namespace}lang", self.book.language)
        super()._write_opf_metadata(root)

    def _get_nav(self, item: Any) -> bytes:
        data: bytes = item.content
        return data

    def _get_ncx(self) -> bytes:
        data: bytes = next(item.content for item in self.book.get_items() if isinstance(item, Ncx))
        return data


def package(book: epub.EpubBook, modified: datetime.datetime | None) -> bytes:
    """The bytes of a book; `modified` is its dcterms:modified, the epoch of EPUB where there is no date."""
    moment = (modified or NO_DATE).astimezone(datetime.UTC)
    stream = io.BytesIO()
    _Writer(stream, book, {"mtime": moment}).write()
    return stream.getvalue()
