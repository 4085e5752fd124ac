"""The text of a DOCX: body and footnotes, without contents, headers and footers (ECMA-376 Part 1, 17)."""

from __future__ import annotations

import functools
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

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
_BODY, _TEXT_BOX = _W + "body", _W + "txbxContent"
_STYLE, _RUN_PROPERTIES, _VANISH = f"{_W}pPr/{_W}pStyle", _W + "rPr", _W + "vanish"
_VAL = _W + "val"
# Fields whose result the program makes, not the author: contents, page numbers and references to them.
_FURNITURE_FIELDS = frozenset(("TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF", "NOTEREF", "SEQ"))
_SKIPPED = frozenset((
    _W + "pPr", _W + "rPr", _W + "tblPr", _W + "tblGrid", _W + "trPr", _W + "tcPr", _W + "sectPr", _W + "del",
    _W + "moveFrom", _W + "sdtPr", _W + "sdtEndPr", _TEXT_BOX,
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
))  # fmt: skip


def read_docx(data: bytes) -> EditionText:
    """The text of a document and of its notes. Raises UnreadableEditionError."""
    from lxml import etree

    edition = EditionText()
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
            styles = _furniture_styles(package.read("word/styles.xml")) if "word/styles.xml" in names else frozenset()
            reader = _Reader(edition, styles)
            with package.open("word/document.xml") as body:
                reader.body(body)
            if "word/footnotes.xml" in names and reader.calls:
                notes = {
                    note.get(_W + "id"): note
                    for note in _parsed(package.read("word/footnotes.xml")).iter(_W + "footnote")
                }
                for number, call in enumerate(dict.fromkeys(reader.calls), 1):
                    reader.note = number
                    reader.story(notes[call], Stream.NOTES, Stream.NOTE_READINGS)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        raise UnreadableEditionError("it is no zip archive, or a damaged one") from None
    except (KeyError, etree.LxmlError, SyntaxError, ValueError) as trouble:
        raise UnreadableEditionError(f"its XML is damaged: {trouble}") from None
    return edition


def _parsed(data: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


@functools.lru_cache(maxsize=16)
def _furniture_styles(data: bytes) -> frozenset[str]:
    """Ids of the paragraph styles of contents, headers and footers; one document of a batch has those of the next."""
    found = set()
    for style in _parsed(data).iter(_W + "style"):
        name_element = style.find(_W + "name")
        name = name_element.get(_VAL, "").lower() if name_element is not None else ""
        if name.startswith("toc ") or name in ("header", "footer"):
            found.add(style.get(_W + "styleId", ""))
    return frozenset(found)


class _Reader:
    """Walks the stories of one document."""

    def __init__(self, edition: EditionText, furniture: frozenset[str]) -> None:
        self.edition = edition
        self.furniture = furniture
        self.calls: list[str] = []
        self.number = 0
        self.note = 0
        self.masthead = False
        self.silent = False
        self.readings = Stream.READINGS
        # One entry an open field: [instruction, still reading the instruction]; whether any of them is furniture.
        self.fields: list[list[Any]] = []
        self.in_furniture = False

    def body(self, stream: IO[bytes]) -> None:
        """Read the body, a paragraph at a time, so that a long one is never in memory as a whole."""
        from lxml import etree

        body = None
        events = etree.iterparse(
            stream, events=("start", "end"), tag=(_BODY, _PARAGRAPH), resolve_entities=False, no_network=True,
            huge_tree=True, collect_ids=False,
        )  # fmt: skip
        for event, element in events:
            if event == "start":
                if body is None and element.tag == _BODY:
                    body = element
            elif element is body:
                self.story(body, Stream.BODY, Stream.READINGS)
            elif body is not None and element.getparent() is body:
                # The parser still holds the last one.
                self.story(body[:-1], Stream.BODY, Stream.READINGS)
                del body[:-1]

    def story(self, root: Any, stream: Stream, readings: Stream) -> None:
        """Read what there is of the body, or one note."""
        self.readings = readings
        for paragraph in self._paragraphs(root):
            if stream is Stream.BODY:
                self.number += 1
            self._paragraph(paragraph, stream)

    def _paragraphs(self, element: Any) -> Iterator[Any]:
        """Paragraphs in order; those in a text box follow the one that holds it."""
        for child in element:
            if child.tag == _PARAGRAPH:
                yield child
                for box in child.iter(_TEXT_BOX):
                    if not any(above.tag.endswith("}Fallback") for above in box.iterancestors()):
                        yield from self._paragraphs(box)
            elif child.tag == _SDT and _is_contents(child):
                continue
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                yield from self._paragraphs(child)

    def _paragraph(self, paragraph: Any, stream: Stream) -> None:
        style = paragraph.find(_STYLE)
        name = style.get(_VAL) if style is not None else ""
        self.silent = name in self.furniture
        self.masthead = name == _MASTHEAD
        texts: list[str] = []
        self._texts(paragraph, texts)
        if texts:
            self.edition.add("".join(texts), self._place, stream)

    @property
    def _place(self) -> str:
        return f"[{self.note}]" if self.note else f"¶ {self.number}"

    def _texts(self, element: Any, out: list[str]) -> None:
        """Put the texts of a paragraph, or a part of one, at the end of `out`, and remember the notes that it calls."""
        for child in element:
            tag = child.tag
            if tag == _RUN:
                if not _is_hidden(child):
                    self._texts(child, out)
            elif tag in _SKIPPED or not isinstance(tag, str):
                continue
            elif tag == _FIELD:
                self._field(child)
            elif tag == _INSTRUCTION:
                if self.fields and self.fields[-1][1]:
                    self.fields[-1][0] += child.text or ""
                    self.in_furniture = self._is_in_furniture()
            elif tag == _SIMPLE_FIELD:
                if not _is_furniture_field(child.get(_W + "instr", "")):
                    self._texts(child, out)
            elif tag == _RUBY:
                self._texts(child.find(_W + "rubyBase"), out)
                reading: list[str] = []
                self._texts(child.find(_W + "rt"), reading)
                if not self.silent:
                    self.edition.add("".join(reading), self._place, self.readings)
            elif self.in_furniture or self.silent:
                self._texts(child, out)
            elif tag == _TEXT:
                out.append(child.text or "")
            elif tag == _TAB:
                out.append("\t")
            elif tag in (_BREAK, _RETURN):
                out.append("\n")
            elif tag == _NO_BREAK_HYPHEN:
                out.append("\u2011")
            elif tag == _DRAWING:
                if self.masthead:
                    # The bulletin's name, drawn.
                    out += (picture.get("descr", "") for picture in child.iter(_PICTURE))
                else:
                    self._texts(child, out)
            elif tag == _NOTE_CALL:
                self.calls.append(child.get(_W + "id", ""))
            else:
                self._texts(child, out)

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
        self.in_furniture = self._is_in_furniture()

    def _is_in_furniture(self) -> bool:
        return any(reading or _is_furniture_field(instruction) for instruction, reading in self.fields)


def _is_hidden(run: Any) -> bool:
    """Whether a run is hidden text: a reader cannot read it, so it is not there."""
    # A run without properties is the rule.
    properties = run.find(_RUN_PROPERTIES)
    mark = properties.find(_VANISH) if properties is not None else None
    return mark is not None and mark.get(_VAL) not in ("0", "false", "off")


def _is_furniture_field(instruction: str) -> bool:
    words = instruction.split(None, 1)
    return bool(words) and words[0].upper() in _FURNITURE_FIELDS


def _is_contents(element: Any) -> bool:
    gallery = element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return gallery is not None and gallery.get(_VAL) == "Table of Contents"
