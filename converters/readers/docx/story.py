"""The body and the notes of a DOCX as a flat run of paragraphs and tables, each with what tells its part.

The text that is read becomes the source that findings point into: a line for each paragraph, so that a line's
number is the paragraph's. Tracked changes are read as accepted.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING, NamedTuple

from converters.diagnostics import Severity, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.records import dataclass

from .assemble import assemble
from .ledger import Ledger
from .numbering import Label
from .parts import Grid, GridCell, Para, Part
from .plates import organs_of, side_by_side
from .runs import Piece, Runs, choice, to_inlines
from .styles import VAL, Style, number_of, read_look, w

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_CONTENTS = "Table of Contents"
# What may stand between two paragraphs and is none.
_BETWEEN = frozenset(map(w, ("bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd")))
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_LINE_LEVEL = frozenset((w("r"), w("hyperlink"), w("fldSimple"), _MATH + "oMath", _MATH + "oMathPara"))
_GONE = frozenset(map(w, ("del", "moveFrom", "sectPr", "tcPr")))
# Word has 63 columns; what asks for more than this is damage.
_MOST_COLUMNS = 256
_LARGEST = 1e6
_ALIGNMENTS = {
    "left": b.Alignment.LEFT, "start": b.Alignment.LEFT, "center": b.Alignment.CENTRE, "right": b.Alignment.RIGHT,
    "end": b.Alignment.RIGHT,
}  # fmt: skip


class _Frame(NamedTuple):
    """What a paragraph is told from outside its runs: its stretch of the source, its number, its style and look.

    `prefix` is a number that belongs to the words, `number` the list and the level that counted it.
    """

    start: int
    end: int
    prefix: str
    label: Label | None
    number: tuple[str, int] | None
    style: str
    meaning: str
    look: Style


@dataclass(slots=True)
class Story(Ledger):
    """Reads the stories of one document, in order."""

    notes: dict[tuple[str, str], Element] = field(default_factory=dict)
    note_parts: dict[str, str] = field(default_factory=dict)
    read_notes: dict[tuple[str, str], i.Note] = field(default_factory=dict)

    def parts_of(self, container: Element) -> Iterator[Part]:
        """The paragraphs and tables of a body, a cell, a note or a text box."""
        drawn: list[Element] = []
        for child in list(container):
            tag = child.tag
            if tag == w("p"):
                if drawn:
                    place = 1 if child.find(w("pPr")) is not None else 0
                    child[place:place] = drawn
                    drawn = []
                if _runs_on(child):
                    # Accepted, the deletion of its mark draws what is left of it into the next paragraph.
                    drawn = [inner for inner in child if inner.tag != w("pPr")]
                    continue
                yield from self._paragraph(child)
            elif tag == w("tbl"):
                grid = self._table(child)
                yield from side_by_side(grid) or organs_of(grid) or (grid,)
            elif tag == w("sdt"):
                gallery = child.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
                content = child.find(w("sdtContent"))
                if content is not None and (gallery is None or gallery.get(VAL) != _CONTENTS):
                    yield from self.parts_of(content)
            elif tag in (w("ins"), w("moveTo"), w("customXml"), w("smartTag")):
                yield from self.parts_of(child)
            elif tag.endswith("}AlternateContent"):
                chosen = choice(child)
                if chosen is not None:
                    yield from self.parts_of(chosen)
            elif tag in _LINE_LEVEL:
                # No paragraph is around it, as the format asks.
                stray = child.makeelement(w("p"))
                stray.append(copy.deepcopy(child))
                yield from self._paragraph(stray)
            elif tag not in _GONE and len(child) and next(child.iter(w("p"), w("r")), None) is not None:
                # A wrapper that is not known: what it wraps is text.
                yield from self.parts_of(child)

    def _paragraph(self, element: Element) -> Iterator[Part]:
        properties = element.find(w("pPr"))
        look = Style("", "")
        style = self.styles.default_paragraph
        removed = False
        if properties is not None:
            read_look(element, look)
            reference = properties.find(w("pStyle"))
            if reference is not None:
                style = reference.get(VAL, "")
            mark = properties.find(f"{w('rPr')}/{w('del')}")
            removed = mark is not None or properties.find(f"{w('rPr')}/{w('moveFrom')}") is not None
        meaning = self.styles.meaning(style)
        if meaning in ("contents", "furniture"):
            # The fields of the contents begin and end in such paragraphs.
            Runs(self, style).skip(element)
            return
        number = look.number if look.number is not None else self.styles.number(style)
        label = self.numbering.next(*number) if number is not None and number[0] not in ("", "0") else None
        start = self.length
        prefix = self._spoken(label)
        runs = Runs(self, style)
        if prefix:
            self.put(prefix)
        runs.read(element)
        end = self.length
        if removed and end == start and not runs.pieces:
            return
        frame = _Frame(start, end, prefix, label, number, style, meaning, look)
        yield from self._built(element, runs, frame)
        for box in runs.boxes:
            yield from self.parts_of(box)

    def _spoken(self, label: Label | None) -> str:
        """The number that stands in the text: Word counted it, but it belongs to the words (一、 and its like)."""
        from .numbering import CHINESE

        return label.text if label is not None and label.format in CHINESE else ""

    def _built(self, element: Element, runs: Runs, frame: _Frame) -> Iterator[Para]:
        start, end, prefix, label, number, style, meaning, look = frame
        self.put("\n")
        name = self.package.name
        align = look.align if look.align is not None else self.styles.value(style, "jc")
        outline = look.outline
        level = self.styles.heading(style, outline)
        size = max(runs.sizes, key=lambda key: runs.sizes[key], default="")
        text = self._text_of(runs, prefix)
        breaks = look.switches.get("pageBreakBefore")
        if breaks is None:
            breaks = bool(self.styles.switch(style, "pageBreakBefore"))
        groups: list[list[Piece]] = [[]]
        for piece in runs.pieces:
            if piece.page_break:
                groups.append([])
            else:
                groups[-1].append(piece)
        bookmark = next(
            (
                mark.get(w("name"), "")
                for mark in element.iter(w("bookmarkStart"))
                if mark.get(w("name"), "").startswith("_jb_")
            ),
            "",
        )
        for place, group in enumerate(groups):
            if len(groups) > 1 and not group and place:
                # A break at the end of a paragraph: what follows begins the page.
                yield Para((), Span(name, end, end), "", page_break=True)
                continue
            head, rest = _parted(group)
            inlines = to_inlines(rest, self.note)
            upright = _upright(inlines) if meaning == "organ" else inlines
            stamped, inlines = upright != inlines, upright
            if prefix and place == 0:
                inlines = (i.Text(prefix, start), *inlines)
            yield Para(
                inlines,
                Span(name, start, end),
                text if len(groups) == 1 else "".join(piece.text for piece in group),
                meaning,
                level,
                label if not prefix else None,
                number[1] if number is not None else 0,
                number[0] if number is not None and label is not None else "",
                _ALIGNMENTS.get(align or "", b.Alignment.DEFAULT),
                _number(size) / 2,
                self.styles.value(style, "face"),
                bool(runs.colors) and all(_reddish(color) for color in runs.colors),
                to_inlines(head, self.note) if head else (),
                head[0].run_in if head else 1,
                breaks if place == 0 else True,
                bookmark,
                self._is_rule(element) and not group,
                _ALIGNMENTS.get(look.align or "", b.Alignment.DEFAULT),
                look.values.get("rightChars", ""),
                element.find(f"{w('pPr')}/{w('framePr')}") is not None and self._is_rule(element),
                stamped,
            )

    def _text_of(self, runs: Runs, prefix: str) -> str:
        return prefix + "".join(
            piece.text if piece.ruby is None else "".join(inner.text for inner in piece.ruby[0])
            for piece in runs.pieces
        )

    def _is_rule(self, element: Element) -> bool:
        border = element.find(f"{w('pPr')}/{w('pBdr')}")
        return border is not None and any(side.get(VAL) not in (None, "nil", "none") for side in border)

    def note(self, kind: str, identifier: str) -> i.Note | None:
        """A note as the model has it; its paragraphs follow the one that calls it in the source.

        One that is called again is the same note.
        """
        if (kind, identifier) in self.read_notes:
            return self.read_notes[kind, identifier]
        element = self.notes.get((kind, identifier))
        if element is None:
            self.report_once("W-NOTE", "a note is called that the file does not hold", Severity.WARNING)
            return None
        kept, self.part = self.part, self.note_parts.get(kind, self.part)
        fields, self.fields = self.fields, []
        blocks = assemble(list(self.parts_of(element)), self)
        self.part, self.fields = kept, fields
        read = self.read_notes[kind, identifier] = i.Note(identifier, tuple(blocks))
        return read

    def _table(self, element: Element) -> Grid:
        start = self.length
        rows: list[tuple[GridCell, ...]] = []
        heads = 0
        for row in self._rows(element):
            properties = row.find(w("trPr"))
            if properties is not None and properties.find(w("del")) is not None:
                continue
            head = properties is not None and properties.find(w("tblHeader")) is not None
            if head and heads == len(rows):
                heads += 1
            rows.append(tuple(self._cells(row, properties)))
        widths = tuple(_number(column.get(w("w"), "")) for column in element.iterfind(f"{w('tblGrid')}/{w('gridCol')}"))
        columns = max((cell.column + cell.columns for cells in rows for cell in cells), default=0)
        span = Span(self.package.name, start, max(self.length - 1, start))
        return Grid(columns, tuple(rows), heads, widths, span, element in self.turned)

    def _rows(self, container: Element) -> Iterator[Element]:
        for child in container:
            if child.tag == w("tr"):
                yield child
            elif child.tag in (w("sdt"), w("customXml"), w("smartTag"), w("ins"), w("sdtContent"), w("moveTo")):
                yield from self._rows(child)

    def _cells(self, row: Element, properties: Element | None) -> Iterator[GridCell]:
        column = 0
        if properties is not None:
            skipped = properties.find(w("gridBefore"))
            column = _columns(skipped, 0)
        for cell in self._cell_elements(row):
            own = cell.find(w("tcPr"))
            if own is not None and own.find(w("cellDel")) is not None:
                # A column that is taken out under tracked changes.
                continue
            columns, continued = 1, False
            if own is not None:
                wide, merged = own.find(w("gridSpan")), own.find(w("vMerge"))
                columns = _columns(wide, 1)
                continued = merged is not None and merged.get(VAL, "continue") == "continue"
            yield GridCell(column, columns, continued, tuple(self.parts_of(cell)))
            column += columns

    def _cell_elements(self, container: Element) -> Iterator[Element]:
        for child in container:
            if child.tag == w("tc"):
                yield child
            elif child.tag in (w("sdt"), w("customXml"), w("smartTag"), w("sdtContent"), w("ins"), w("moveTo")):
                yield from self._cell_elements(child)


def _upright(inlines: tuple[i.Inline, ...]) -> tuple[i.Inline, ...]:
    """A signer's line as the source has it: the name in 楷体, where a stamp goes, is not emphasised there."""
    out: list[i.Inline] = []
    for inline in inlines:
        for part in inline.children if isinstance(inline, i.Emphasis) else (inline,):
            if out and isinstance(part, i.Text) and isinstance(last := out[-1], i.Text):
                out[-1] = i.Text(last.text + part.text, last.start)
            else:
                out.append(part)
    return tuple(out)


def _runs_on(paragraph: Element) -> bool:
    """Whether a paragraph's mark is deleted under tracked changes and another paragraph follows it."""
    look = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    if look is None or (look.find(w("del")) is None and look.find(w("moveFrom")) is None):
        return False
    following = paragraph.getnext()
    while following is not None and following.tag in _BETWEEN:
        following = following.getnext()
    return following is not None and following.tag == w("p")


def _parted(group: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The pieces of the run-in heading that opens a paragraph, and the others; one in the middle is strong text."""
    end = 0
    for place, piece in enumerate(group):
        if piece.run_in:
            end = place + 1
        elif not piece.note[0]:
            break
    rest = [
        piece._replace(mark=piece.mark._replace(strong=True), run_in=0) if piece.run_in else piece
        for piece in group[end:]
    ]
    return group[:end], rest


def _columns(element: Element | None, least: int) -> int:
    """A number of columns, within reason."""
    count = number_of(element) if element is not None else None
    return min(max(count or least, least), _MOST_COLUMNS)


def _reddish(color: str) -> bool:
    """Whether a colour such as E2231A is a red."""
    try:
        red, green, blue = (int(color[place : place + 2], 16) for place in (0, 2, 4))
    except ValueError:
        return False
    return red > 150 and green < 100 and blue < 100


def _number(text: str) -> float:
    """A measure as it is written, 0 where it is none."""
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if 0 <= value < _LARGEST else 0.0
