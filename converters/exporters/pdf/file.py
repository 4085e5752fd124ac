"""The PDF file: ReportLab's document, with a fast lane for the objects that come by the ten thousand.

Pages, page streams and structure elements are written as bytes at once; formatting each through ReportLab's classes
would cost more than the typesetting. The rest (fonts, catalog, information) is made of ReportLab's own objects.
ReportLab's private parts used here are pinned by tests/exporters/pdf/test_file.py.
"""

from __future__ import annotations

import functools
import hashlib
import io
import threading
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc

# Level 6 and 9 make a page of hanzi 2 and 3 % smaller than level 4 and take twice and four times its time.
COMPRESSION = 4


# A string has at most 32,767 bytes (ISO 19005-2, 6.1.13); a character beyond the BMP takes four.
LONGEST_STRING = 8000

_WORTH_A_THREAD = 1_000_000
"""Bytes whose digest takes longer than a thread to be started."""


class PrintFile(pdfdoc.PDFDocument):  # type: ignore[misc]  # ReportLab is untyped
    """A PDF file under construction. Objects are numbered as they are asked for and written as they come."""

    def __init__(self, version: str = "1.7") -> None:
        super().__init__(invariant=1, pdfVersion=tuple(int(part) for part in version.split(".")))
        # ReportLab registers its empty dictionary of standard fonts: this file has none of those.
        self.idToObject.clear()
        self.idToObjectNumberAndVersion.clear()
        self.numberToId.clear()
        # One buffer, which becomes the file without being copied: a list of parts would hold all of it twice.
        self._buffer = io.BytesIO()
        self._buffer.write(b"%%PDF-%b\n%%\xe2\xe3\xcf\xd3\n" % version.encode())
        self._position = self._buffer.tell()
        self._offsets = [0]
        self._sealed: io.BytesIO | None = None
        self._reading: threading.Thread | None = None
        self._digest = hashlib.md5(usedforsecurity=False)

    def reserve(self, count: int = 1) -> int:
        """The first number of `count` consecutive new objects."""
        first = len(self._offsets)
        self._offsets.extend([0] * count)
        return first

    def put(self, number: int, body: bytes) -> None:
        """Write a reserved object from its bytes, "obj" and "endobj" left out."""
        self._offsets[number] = self._position
        self._position += self._buffer.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def put_all(self, numbers: Sequence[int], bodies: Sequence[bytes]) -> None:
        """Write many reserved objects, one behind the other, as `put` would."""
        offsets, position = self._offsets, self._position
        written: list[bytes] = []
        for number, body in zip(numbers, bodies, strict=True):
            item = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            written.append(item)
            offsets[number] = position
            position += len(item)
        self._position = position
        self._buffer.write(b"".join(written))

    def add(self, body: bytes) -> int:
        """A new object from bytes; returns its number."""
        number = len(self._offsets)
        self._offsets.append(0)
        self.put(number, body)
        return number

    def add_object(self, thing: Any) -> int:
        """A new object from a ReportLab object (PDFDictionary, PDFArray …); returns its number."""
        return self.add(self.bytes_of(thing))

    def bytes_of(self, thing: Any) -> bytes:
        """A ReportLab object as bytes."""
        return bytes(pdfdoc.format(thing, self))

    def stream(self, data: bytes, entries: bytes = b"", *, compress: bool = True) -> bytes:
        """The body of a stream object.

        An end-of-line stands before "endstream" (ISO 19005-2, 6.1.7.1): CR LF behind data that ends with CR, which
        could otherwise be taken for its first half.
        """
        if compress:
            data = zlib.compress(data, COMPRESSION)
            entries += b"/Filter/FlateDecode"
        end = b"\r\n" if data.endswith(b"\r") else b"\n"
        return b"<<%b/Length %d>>\nstream\n%b%bendstream" % (entries, len(data), data, end)

    def seal(self) -> None:
        """Look through what has been written, for the digest, while the rest is: that is the smaller part of it."""
        if self._sealed is not None or self._position < _WORTH_A_THREAD:
            return
        self._sealed, self._buffer = self._buffer, io.BytesIO()
        self._reading = threading.Thread(target=self._read, args=(self._sealed,))
        try:
            self._reading.start()
        except RuntimeError:
            # No more threads are to be had.
            self._reading = None
            self._read(self._sealed)

    def _read(self, buffer: io.BytesIO) -> None:
        with buffer.getbuffer() as written:
            self._digest.update(written)

    def finish(self, catalog: int, information: int = 0) -> bytes:
        """The whole file; `information` 0: without an information dictionary.

        Its identifier is the digest of its objects: same input, same bytes (ISO 32000-1, 14.4).
        """
        offsets = self._offsets[1:]
        told = b"/Info %d 0 R" % information if information else b""
        if 0 in offsets:
            raise AssertionError(f"PDF object {offsets.index(0) + 1} was promised and never written")
        if self._reading is not None:
            self._reading.join()
        self._read(self._buffer)
        name = self._digest.hexdigest().encode()
        if self._sealed is not None:
            with self._buffer.getbuffer() as rest:
                self._sealed.write(rest)
            self._buffer, self._sealed = self._sealed, None
        self._buffer.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
        self._buffer.write(b"".join([b"%010d 00000 n \n" % offset for offset in offsets]))
        self._buffer.write(
            b"trailer\n<</Size %d/Root %d 0 R%b/ID[<%b><%b>]>>\nstartxref\n%d\n%%%%EOF\n"
            % (len(offsets) + 1, catalog, told, name, name, self._position)
        )
        return self._buffer.getvalue()


def dictionary(entries: Mapping[str, Any]) -> Any:
    """A PDF dictionary; names of keys without their solidus."""
    return pdfdoc.PDFDictionary(dict(entries))


def array(values: Any) -> Any:
    """A PDF array."""
    return pdfdoc.PDFArray(values)


def name(text: str) -> str:
    """A PDF name, escaped."""
    return str(pdfdoc.PDFName(text))


def text_string(text: str) -> bytes:
    """A text string (ISO 32000-1, 7.9.2.2): ASCII, or UTF-16BE. Control characters are left out."""
    clean = text[:LONGEST_STRING]
    if not clean.isprintable():
        clean = "".join(character for character in clean if character >= " " and character != "\x7f")
    if clean.isascii():
        return b"(" + escape(clean.encode("ascii")) + b")"
    return b"<" + ("\ufeff" + clean).encode("utf-16-be", "surrogatepass").hex().encode() + b">"


def reference(number: int) -> str:
    """A reference to an object."""
    return f"{number} 0 R"


def escape(data: bytes) -> bytes:
    """The bytes of a literal string, without its parentheses (ISO 32000-1, 7.3.4.2)."""
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r")


@functools.lru_cache(maxsize=4096)
def number_text(value: float) -> str:
    """A number with at most three decimals and no exponent."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
