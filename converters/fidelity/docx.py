"""The text of a DOCX: body and footnotes, without contents, headers and footers (ECMA-376 Part 1, 17)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from converters.model.reading import Stream

from .edition import EditionText, UnreadableEditionError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT, _TAB, _BREAK, _RETURN = _W + "t", _W + "tab", _W + "br", _W + "cr"
_PARAGRAPH, _RUN, _RUBY, _SDT = _W + "p", _W + "r", _W + "ruby", _W + "sdt"
_FIELD, _INSTRUCTION, _NOTE_CALL, _NO_BREAK_HYPHEN = (
    _W + "fldChar", _W + "instrText", _W + "footnoteReference", _W + "noBreakHyphen",
)  # fmt: skip
_DRAWING = _W + "drawing"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
# The style of the masthead's name.
_MASTHEAD = "Title"
_SIMPLE_FIELD = _W + "fldSimple"
_VAL = _W + "val"
# Fields whose result the program makes, not the author: contents, page numbers and references to them.
_FURNITURE_FIELDS = frozenset(("TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "NOTEREF", "SEQ"))
_SKIPPED = frozenset((
    _W + "pPr", _W + "rPr", _W + "tblPr", _W + "tblGrid", _W + "trPr", _W + "tcPr", _W + "sectPr", _W + "del",
    _W + "moveFrom", _W + "sdtPr", _W + "sdtEndPr",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
))  # fmt: skip


def read_docx(data: bytes) -> EditionText:
    """The text of a document and of its notes. Raises UnreadableEditionError."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    edition = EditionText()
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
            body = etree.fromstring(package.read("word/document.xml"), parser)
            styles: dict[str, str] = {}
            if "word/styles.xml" in names:
                styles = _furniture_styles(etree.fromstring(package.read("word/styles.xml"), parser))
            reader = _Reader(edition, frozenset(styles))
            reader.story(body, Stream.BODY, Stream.READINGS)
            if "word/footnotes.xml" in names and reader.calls:
                notes = {
                    note.get(_W + "id"): note
                    for note in etree.fromstring(package.read("word/footnotes.xml"), parser).iter(_W + "footnote")
                }
                for number, call in enumerate(dict.fromkeys(reader.calls), 1):
                    reader.note = number
                    reader.story(notes[call], Stream.NOTES, Stream.NOTE_READINGS)
    except (zipfile.BadZipFile, KeyError, etree.LxmlError, ValueError) as trouble:
        raise UnreadableEditionError(str(trouble)) from None
    return edition


def _furniture_styles(root: Any) -> dict[str, str]:
    """Ids and names of the paragraph styles of contents, headers and footers."""
    found: dict[str, str] = {}
    for style in root.iter(_W + "style"):
        name_element = style.find(_W + "name")
        name = name_element.get(_VAL, "").lower() if name_element is not None else ""
        if name.startswith("toc ") or name in ("header", "footer"):
            found[style.get(_W + "styleId", "")] = name
    return found


class _Reader:
    """Walks the stories of one document."""

    def __init__(self, edition: EditionText, furniture: frozenset[str]) -> None:
        self.edition = edition
        self.furniture = furniture
        self.calls: list[str] = []
        self.number = 0
        self.note = 0
        self.masthead = False
        # One entry an open field: [instruction, still reading the instruction]
        self.fields: list[list[Any]] = []

    def story(self, root: Any, stream: Stream, readings: Stream) -> None:
        """Read the body, or one note."""
        for paragraph in self._paragraphs(root):
            if stream is Stream.BODY:
                self.number += 1
            self._paragraph(paragraph, stream, readings)

    def _paragraphs(self, element: Any) -> Iterator[Any]:
        """Paragraphs in order; those in a text box follow the one that holds it."""
        for child in element:
            if child.tag == _PARAGRAPH:
                yield child
                for box in child.iter(_W + "txbxContent"):
                    if not any(above.tag.endswith("}Fallback") for above in box.iterancestors()):
                        yield from self._paragraphs(box)
            elif child.tag == _SDT and _is_contents(child):
                continue
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                yield from self._paragraphs(child)

    def _paragraph(self, paragraph: Any, stream: Stream, readings: Stream) -> None:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        silent = style is not None and style.get(_VAL) in self.furniture
        self.masthead = style is not None and style.get(_VAL) == _MASTHEAD
        place = f"[{self.note}]" if self.note else f"¶ {self.number}"
        texts: list[str] = []
        for kind, text in self._texts(paragraph):
            if silent:
                continue
            if kind == "reading":
                self.edition.add(text, place, readings)
            elif kind == "call":
                self.calls.append(text)
            else:
                texts.append(text)
        self.edition.add("".join(texts), place, stream)

    def _texts(self, element: Any) -> Iterator[tuple[str, str]]:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or tag == _W + "txbxContent" or not isinstance(tag, str) or _is_unseen(child):
                continue
            if tag == _FIELD:
                self._field(child)
            elif tag == _INSTRUCTION:
                if self.fields and self.fields[-1][1]:
                    self.fields[-1][0] += child.text or ""
            elif tag == _RUBY:
                yield from self._texts(child.find(_W + "rubyBase"))
                reading = "".join(text for _, text in self._texts(child.find(_W + "rt")))
                yield "reading", reading
            elif self._in_furniture():
                yield from self._texts(child)
            elif tag == _TEXT:
                yield "text", child.text or ""
            elif tag == _TAB:
                yield "text", "\t"
            elif tag in (_BREAK, _RETURN):
                yield "text", "\n"
            elif tag == _NO_BREAK_HYPHEN:
                yield "text", "\u2011"
            elif tag == _DRAWING:
                if self.masthead:
                    # The bulletin's name, drawn.
                    yield from (("text", picture.get("descr", "")) for picture in child.iter(_PICTURE))
                else:
                    yield from self._texts(child)
            elif tag == _NOTE_CALL:
                yield "call", child.get(_W + "id", "")
            else:
                yield from self._texts(child)

    def _field(self, mark: Any) -> None:
        match mark.get(_W + "fldCharType"):
            case "begin":
                self.fields.append(["", True])
            case "separate":
                if self.fields:
                    self.fields[-1][1] = False
            case "end":
                if self.fields:
                    self.fields.pop()
            case _:
                pass

    def _in_furniture(self) -> bool:
        return any(reading or _is_furniture_field(instruction) for instruction, reading in self.fields)


def _is_unseen(element: Any) -> bool:
    """True for what the program fills in, and for hidden text: a reader cannot read it, so it is not there."""
    if element.tag == _SIMPLE_FIELD:
        return _is_furniture_field(element.get(_W + "instr", ""))
    mark = element.find(f"{_W}rPr/{_W}vanish") if element.tag == _RUN else None
    return mark is not None and mark.get(_VAL) not in ("0", "false", "off")


def _is_furniture_field(instruction: str) -> bool:
    words = instruction.split(None, 1)
    return bool(words) and words[0].upper() in _FURNITURE_FIELDS


def _is_contents(element: Any) -> bool:
    gallery = element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return gallery is not None and gallery.get(_VAL) == "Table of Contents"
