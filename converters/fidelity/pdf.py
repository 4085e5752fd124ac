"""The text of a PDF in the order of its marked content (ISO 32000-1, 14.6 to 14.8), read by PDFium.

What counts as text is said by the tags alone: artifacts, contents and labels are furniture, notes and readings are
read apart. A picture that shows letters says them itself (ActualText, 14.9.4). The quick reading takes the tags that
stand in the pages and the spaces that PDFium puts where it sees a gap; the close one also asks the structure tree and
takes only the characters that the file itself holds.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from converters.fonts.coverage import is_invisible
from converters.model.reading import Stream
from converters.typeset.bidi import MIRRORED

from .edition import EditionText, UnreadableEditionError
from .pdfium import STAND_IN, Matrix, pdfium

_FURNITURE = frozenset(("Artifact", "TOC", "TOCI", "Lbl", "RP"))
_NOTES = frozenset(("Note", "FENote"))
_TEXT_OBJECT, _IMAGE_OBJECT, _FORM_OBJECT = 1, 3, 5
_UTF_16 = b"\xfe\xff"
# PDFium turns brackets round, and the wide ones of hanzi into narrow ones.
_UNTURNED = {
    ord(left): min(unicodedata.normalize("NFKC", sign) for sign in (left, right)) for left, right in MIRRORED.items()
} | {ord("”"): "“", ord("’"): "‘"}
# What a fraction like ½ is written out with: a solidus of its own, or the common one.
_FRACTION = "\u2044", "/"
# A hyphen at a line's end says that a blank follows it, so that Poppler keeps it: that blank is the line's end.
_LAST_HYPHEN = "- "
# Two baselines nearer than this (in points) are one line.
_SAME_LINE = 0.5
# How far beyond a page (in points, whichever way it is turned) a line may begin and still be seen.
_EDGE = 1.0


def read_pdf(data: bytes, *, close: bool = False) -> EditionText:
    """The text of a PDF, read quickly or closely. Raises UnreadableEditionError."""
    library = pdfium()
    if not close:
        # PDFium asks each glyph's outline for its box, nine tenths of the time; where it finds no font file it
        # asks a face of boxes instead. Codes and widths, all that a text needs, stand elsewhere.
        data = data.replace(b"/FontFile", b"/FontFyle")
    # Where viewers are told that a book reads from right to left (pdf.right_to_left), PDFium takes every line for one
    # of Arabic and turns its words round.
    data = data.replace(b"/Direction/R2L", b"/Direction/L2R")
    document = library.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise UnreadableEditionError(f"PDFium error {library.FPDF_GetLastError()}")
    try:
        STAND_IN.wanted = not close
        reader = _Reader(library, close)
        for number in range(library.FPDF_GetPageCount(document)):
            reader.page(document, number)
        return reader.edition
    finally:
        STAND_IN.wanted = False
        library.FPDF_CloseDocument(document)


class _Said(NamedTuple):
    """A text object that says what is `read` in it; `shown` is what PDFium makes of its glyphs."""

    read: str
    shown: str
    place: str
    stream: Stream
    glued: bool


def _letters(texts: Iterable[str]) -> Counter[str]:
    """How often each character that is seen stands in some texts; brackets may turn round.

    Beyond the BMP halves are counted: PDFium turns those of a line that runs to the left round too.
    """
    signs = Counter("".join(texts).translate(_UNTURNED))
    found: Counter[str] = Counter()
    for sign, count in signs.items():
        if sign.isspace() or is_invisible(sign):
            continue
        if sign < "\ufffc":
            # PDFium writes ligatures and signs like ﷺ out.
            for part in unicodedata.normalize("NFKC", sign).replace(*_FRACTION):
                found[part] += count if not part.isspace() else 0
            continue
        units = sign.encode("utf-16-le", "surrogatepass")
        for place in range(0, len(units), 2):
            found[units[place : place + 2].decode("utf-16-le", "surrogatepass")] += count
    return found


class _Reader:
    """Reads page after page into one text."""

    def __init__(self, library: Any, close: bool) -> None:
        self.library = library
        self.close = close
        self.edition = EditionText()
        self.buffer = (ctypes.c_ushort * 4096)()
        self.name = (ctypes.c_ushort * 64)()
        self.size = ctypes.c_ulong()
        self.matrix = Matrix()
        self.reach = 0.0
        self.baselines: dict[Stream, tuple[int, float]] = {}
        self.tags_by_mcid: dict[int, frozenset[str]] = {}
        self.exact: dict[int, str] = {}
        self.waiting: list[_Said] = []
        # The marked content that a text string was last found in, and that of the last stretch that said something.
        self.found = self.mark = self.told = 0

    def page(self, document: Any, number: int) -> None:
        """Read one page."""
        library = self.library
        page = library.FPDF_LoadPage(document, number)
        if not page:
            raise UnreadableEditionError(f"p. {number + 1}: PDFium error {library.FPDF_GetLastError()}")
        text = library.FPDFText_LoadPage(page)
        try:
            if self.close:
                self.tags_by_mcid = self._structure(page)
                self.exact = self._exact_texts(text)
            place = f"p. {number + 1}"
            self.reach = _EDGE + max(library.FPDF_GetPageWidthF(page), library.FPDF_GetPageHeightF(page))
            for kind, item in self._objects(library.FPDFPage_CountObjects(page), library.FPDFPage_GetObject, page):
                if kind == _TEXT_OBJECT:
                    self._text_object(item, text, number, place)
                else:
                    self._image(item, place)
            self._flush()
            self.mark = self.told = 0
        finally:
            library.FPDFText_ClosePage(text)
            library.FPDF_ClosePage(page)

    def _objects(self, count: int, get: Any, holder: Any) -> Iterator[tuple[int, Any]]:
        """Text and images with their kind, those inside forms included."""
        library = self.library
        kind_of = library.FPDFPageObj_GetType
        for index in range(count):
            item = get(holder, index)
            kind = kind_of(item)
            if kind in (_TEXT_OBJECT, _IMAGE_OBJECT):
                yield kind, item
            elif kind == _FORM_OBJECT:
                inner = library.FPDFFormObj_CountObjects(item)
                yield from self._objects(inner, library.FPDFFormObj_GetObject, item)

    def _text_object(self, item: Any, text: Any, number: int, place: str) -> None:
        tags = self._tags(item)
        if not _FURNITURE.isdisjoint(tags):
            return
        self.library.FPDFPageObj_GetMatrix(item, ctypes.byref(self.matrix))
        if not (-_EDGE <= self.matrix.e <= self.reach and -_EDGE <= self.matrix.f <= self.reach):
            return  # What is drawn beside the paper is lost, whatever the file holds.
        noted = not _NOTES.isdisjoint(tags)
        if "RT" in tags:
            stream = Stream.NOTE_READINGS if noted else Stream.READINGS
        else:
            stream = Stream.NOTES if noted else Stream.BODY
        # PDFium drops private characters beyond the BMP from what a text says of itself.
        told = self._blob(item, b"ActualText")
        said = self._text(item, text)
        if told is not None:
            told_before, self.told = self.told, self.found
            # The blank that PDFium sees after it stays.
            said = ("" if self.told == told_before else told) + said[len(said.rstrip()) :]
            if told == _LAST_HYPHEN and said:
                said = "-\n"
        read = self._blob(item, b"Said")
        if read is not None:
            # A stretch may be drawn by several objects: it is read with the first of them.
            said_before, self.mark = self.mark, self.found
            read = "" if self.mark == said_before else read
        if not said and not read:
            return
        baseline = self.matrix.f
        last_page, last_baseline = self.baselines.get(stream, (-1, 0.0))
        glued = last_page == number and abs(baseline - last_baseline) < _SAME_LINE
        self.baselines[stream] = (number, baseline)
        if read is None:
            self.mark = 0
            self._flush()
            self.edition.add(_scalar(said), place, stream, glued=glued)
        else:
            self.waiting.append(_Said(read, said, place, stream, glued))

    def _flush(self) -> None:
        """Take what a page with lines that run to the left says of itself, if it is made of the letters that it shows.

        PDFium turns such lines round by a rule of its own, and other text on their baselines with them.
        """
        waiting, self.waiting = self.waiting, []
        honest = _letters(part.read for part in waiting) == _letters(part.shown for part in waiting)
        for part in waiting:
            if said := part.read if honest else _scalar(part.shown):
                self.edition.add(said, part.place, part.stream, glued=part.glued)

    def _blob(self, item: Any, name: bytes) -> str | None:
        """A text string of the marked content that an object stands in; None where there is none."""
        library, size = self.library, self.size
        get = library.FPDFPageObjMark_GetParamBlobValue
        for index in range(library.FPDFPageObj_CountMarks(item)):
            mark = library.FPDFPageObj_GetMark(item, index)
            if get(mark, name, None, 0, size):
                buffer = ctypes.create_string_buffer(max(size.value, 1))
                get(mark, name, buffer, size.value, size)
                # A text string (7.9.2.2); what is not in UTF-16 is ASCII here.
                raw = buffer.raw[: size.value]
                self.found = mark
                return raw.decode("utf-16" if raw.startswith(_UTF_16) else "latin-1", "replace")
        return None

    def _image(self, item: Any, place: str) -> None:
        """What a picture of letters says; other pictures say nothing."""
        if said := self._blob(item, b"ActualText"):
            self.edition.add(said, place)

    def _text(self, item: Any, text: Any) -> str:
        if self.close:
            return self.exact.get(item, "")
        get = self.library.FPDFTextObj_GetText
        size = get(item, text, self.buffer, ctypes.sizeof(self.buffer))
        if size > ctypes.sizeof(self.buffer):
            self.buffer = (ctypes.c_ushort * size)()
            get(item, text, self.buffer, ctypes.sizeof(self.buffer))
        # The size counts bytes and includes the closing zero.
        return ctypes.string_at(self.buffer, max(size - 2, 0)).decode("utf-16-le", "surrogatepass")

    def _exact_texts(self, text: Any) -> dict[int, str]:
        """Address of a text object -> its characters; a space that PDFium puts in where it sees a gap is a line end.

        Spaced-out letters look like words to it, and it drops a true space that follows one of its own: whether a
        space stands there cannot be known, and the comparison takes a line end for just that.
        """
        library = self.library
        found: dict[int, list[str]] = {}
        item = None
        for index in range(library.FPDFText_CountChars(text)):
            if library.FPDFText_IsGenerated(text, index) == 1:
                if item:
                    found[item].append("\n")
                continue
            item = library.FPDFText_GetTextObject(text, index)
            if item:
                found.setdefault(item, []).append(chr(library.FPDFText_GetUnicode(text, index)))
        return {address: _whole("".join(characters)) for address, characters in found.items()}

    def _tags(self, item: Any) -> set[str]:
        """The tags of the marked content that a text object stands in."""
        library = self.library
        tags: set[str] = set()
        for index in range(library.FPDFPageObj_CountMarks(item)):
            mark = library.FPDFPageObj_GetMark(item, index)
            library.FPDFPageObjMark_GetName(mark, self.name, ctypes.sizeof(self.name), self.size)
            tags.add(ctypes.string_at(self.name, max(self.size.value - 2, 0)).decode("utf-16-le", "replace"))
        if self.close:
            # A label is one that the edition made where the page says so; a term that is defined is text.
            tags |= self.tags_by_mcid.get(library.FPDFPageObj_GetMarkedContentID(item), frozenset()) - {"Lbl"}
        return tags

    def _structure(self, page: Any) -> dict[int, frozenset[str]]:
        """Marked-content id -> the types of the structure elements around it."""
        library = self.library
        found: dict[int, frozenset[str]] = {}
        tree = library.FPDF_StructTree_GetForPage(page)
        if not tree:
            return found
        try:
            for index in range(library.FPDF_StructTree_CountChildren(tree)):
                child = library.FPDF_StructTree_GetChildAtIndex(tree, index)
                if child:
                    self._element(child, frozenset(), found)
        finally:
            library.FPDF_StructTree_Close(tree)
        return found

    def _element(self, element: Any, above: frozenset[str], found: dict[int, frozenset[str]]) -> None:
        library = self.library
        size = library.FPDF_StructElement_GetType(element, self.name, ctypes.sizeof(self.name))
        kind = ctypes.string_at(self.name, max(min(size, ctypes.sizeof(self.name)) - 2, 0))
        tags = above | {kind.decode("utf-16-le", "replace")}
        for index in range(library.FPDF_StructElement_CountChildren(element)):
            child = library.FPDF_StructElement_GetChildAtIndex(element, index)
            if child:
                self._element(child, tags, found)
            else:
                number = library.FPDF_StructElement_GetChildMarkedContentID(element, index)
                if number >= 0:
                    found[number] = tags


def _whole(text: str) -> str:
    """PDFium gives a character beyond the BMP in two halves where it gives characters one by one."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _scalar(text: str) -> str:
    """Halves that found no other half cannot stand in a text."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
