"""Passages with links, note calls, ruby, pictures in the line, and lines or dots under their characters.

Rare beside plain text, so here clarity comes before speed: a line is cut where its setting, element or mark changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from converters.layout.flatten import FRAME_ROOM
from converters.layout.result import (
    Element,
    Mark,
    MarkKind,
    Passage,
    PictureBox,
    Piece,
    PlacedPicture,
    Room,
    RubyBox,
    Setting,
)
from converters.typeset import SetLine
from converters.typeset.characters import classify

from .rows import paint_reading, reach_out
from .stretches import segments_of, tail_of

if TYPE_CHECKING:
    from .painter import Painter

# Shapes in parts of an em, below the em box (clreq 5: the line is nearer, the dot outside).
_LINE_DROP = 0.06
_LINE_WEIGHT = 1 / 22
_LINE_INSET = 0.05
_WAVE_HEIGHT = 0.05
_WAVE_LENGTH = 0.3
_DOT_DROP = 0.2
_DOT_RADIUS = 0.075
_HOLLOW_RADIUS = 0.085
_HOLLOW_WEIGHT = 0.03
_FRAME_RISE = 0.07
_FRAME_WEIGHT = 0.05
_CIRCLE = 0.5523
"""Control points of a quarter circle as a Bézier curve."""
_RUBY_GAP = 0.04
_NOT_DOTTED = frozenset("OCSFQXINLlDTEpjqhsnmz")
"""着重号 skips punctuation (clreq 5)."""


class _Decoration(NamedTuple):
    kind: MarkKind
    left: float
    right: float
    middle: float
    setting: Setting
    form: str = ""


def paint_rich(painter: Painter, piece: Piece, reach: float | None = None) -> None:
    """Paint lines of a passage that has marks or insets, and reach to an x of the page (rows.py)."""
    _RichLines(painter, piece).paint(reach)


class _RichLines:
    """One piece being painted."""

    def __init__(self, painter: Painter, piece: Piece) -> None:
        self.painter = painter
        self.piece = piece
        self.passage = piece.passage
        self.decorations: list[_Decoration] = []
        self.open: Element | None = None
        self.is_open = False

    def paint(self, reach: float | None) -> None:
        """Paint all lines, then what is drawn under them."""
        passage, first, last, x, y = self.piece
        for number in range(first, last):
            line = passage.lines[number]
            tail = tail_of(passage, line, number)
            middle = y + (number - first + 0.5) * passage.pitch
            left = x + passage.offset(number)
            self._line(line, left, middle, tail)
        if reach is not None and self.is_open:
            reach_out(self.painter, self.piece, reach)
        self._close()
        if self.decorations:
            self._decorate()

    # -- content

    def _enter(self, element: Element | None) -> None:
        if self.is_open and self.open is element:
            return
        self._close()
        self.painter.begin_text()
        self.painter.open_content(element, self.passage.furniture)
        self.open, self.is_open = element, True

    def _close(self) -> None:
        if self.is_open:
            self.painter.emit(b"EMC")
            self.is_open = False

    # -- lines

    def _line(self, line: SetLine, left: float, middle: float, tail: str) -> None:
        passage, painter = self.passage, self.painter
        places = _places(passage, line, left)
        marks = [mark for mark in passage.marks if mark.start < line.end and mark.end > line.start]
        insets = passage.insets or {}
        cuts = {line.start, line.end}
        for mark in marks:
            cuts.update((max(mark.start, line.start), min(mark.end, line.end)))
        for index in insets:
            if line.start <= index < line.end:
                cuts.update((index, index + 1))
        segments = segments_of(passage, line.start, line.end)
        for start, _, _ in segments:
            cuts.add(start)
        ordered = sorted(cuts)
        moved = True
        number = 0
        for start, end in pairwise(ordered):
            while segments[number][1] <= start:
                number += 1
            setting = segments[number][2]
            inset = insets.get(start)
            if inset is not None:
                edge = (start + 1 == line.end) - (start == line.start)
                self._inset(inset, places[start - line.start], middle, (setting, edge))
                moved = True
                continue
            self._enter(_element_at(marks, start, passage.element))
            own = line
            if moved or painter.moved or painter.absolute:
                painter.move_to(places[start - line.start], middle + passage.setting.drop)
                if any(place == start for place, _ in line.shifts):
                    own = line._replace(shifts=tuple(shift for shift in line.shifts if shift[0] != start))
                moved = False
            painter.segments(passage, own, [(start, end, setting)], tail if end == line.end else "")
        if line.start == line.end:
            return
        for mark in marks:
            self._mark(mark, line, places, middle)

    def _inset(self, inset: RubyBox | PictureBox | Room, x: float, middle: float, manner: tuple[Setting, int]) -> None:
        """Paint an inset of a setting's line; at the line's edge (-1 its start, 1 its end) base and reading meet it."""
        if isinstance(inset, Room):
            return
        setting, edge = manner
        self._close()
        painter = self.painter
        if isinstance(inset, PictureBox):
            top = middle + setting.size / 2 - inset.height
            painter.picture(PlacedPicture(inset, x, top))
            return
        base, reading = inset.base, inset.reading
        if inset.beside:
            below = Piece(base, 0, len(base.lines), x, middle - base.pitch / 2)
            painter.piece(below)
            signs = [_centred(sign, x + along, middle + down) for sign, along, down in inset.beside]
            paint_reading(painter, below, signs, x + inset.width)
            return
        widths = [passage.lines[0].width * passage.em if passage.lines else 0.0 for passage in (base, reading)]
        centre = inset.lead + widths[0] / 2
        above = middle - base.setting.size / 2 - reading.setting.size * (0.5 + _RUBY_GAP)
        pieces: list[Piece] = []
        for passage, width, row in zip((base, reading), widths, (middle, above), strict=True):
            shift = 0.0 if edge < 0 else inset.width - width if edge > 0 else centre - width / 2
            pieces.append(Piece(passage, 0, len(passage.lines), x + shift, row - passage.pitch / 2))
        painter.piece(pieces[0])
        paint_reading(painter, pieces[0], pieces[1:], x + inset.width)

    def _mark(self, mark: Mark, line: SetLine, places: list[float], middle: float) -> None:
        start, end = max(mark.start, line.start), min(mark.end, line.end)
        left, right = places[start - line.start], places[end - line.start]
        setting = self.passage.setting
        if mark.kind is MarkKind.LINK and mark.element is not None and mark.target:
            half = setting.size / 2
            self.painter.annotate(
                (left, middle - half, right, middle + half), mark.target, mark.element, self.passage.text[start:end]
            )
        elif mark.kind is MarkKind.DOTS:
            for index in range(start, end):
                if classify(self.passage.text[index]) not in _NOT_DOTTED:
                    here, there = places[index - line.start], places[index - line.start + 1]
                    self.decorations.append(_Decoration(mark.kind, here, there, middle, setting, mark.target))
        elif mark.kind is MarkKind.FRAME:
            room, insets = FRAME_ROOM * self.passage.em, self.passage.insets or {}
            before = room if start > line.start and start - 1 in insets else 0.0
            after = room if end < line.end and end in insets else 0.0
            self.decorations.append(_Decoration(mark.kind, left - before, right + after, middle, setting))
        elif mark.kind in (MarkKind.STRIKE, MarkKind.LINE, MarkKind.WAVE):
            self.decorations.append(_Decoration(mark.kind, left, right, middle, setting))

    # -- graphics

    def _decorate(self) -> None:
        painter = self.painter
        painter.end_text()
        painter.open_content(None)
        for item in self.decorations:
            painter.set_color(item.setting.color)
            if item.kind in (MarkKind.WAVE, MarkKind.FRAME) or item.form.startswith("hollow"):
                painter.emit(painter.inks.operator(item.setting.color).upper())
            painter.emit(_shape(item, painter.height, -1 if painter.absolute else 1))
        painter.emit(b"EMC")


def _centred(sign: Passage, x: float, middle: float) -> Piece:
    """A passage of one sign, the middle of its ink across at a place, that of its em box down; a tone's ink in both."""
    from converters.layout.zhuyin import TONES

    line = sign.lines[0]
    setting = sign.runs[0].setting if sign.runs else sign.setting
    left, bottom, right, top = setting.face.ink(setting.face.glyphs[ord(sign.text)])
    if right > left:
        x -= (left + right) / 2 * setting.size
    else:
        x -= line.width * sign.em / 2
    if sign.text in TONES and top > bottom:
        middle += ((bottom + top) / 2 - setting.face.em_middle) * setting.size
    return Piece(sign, 0, 1, x, middle - sign.pitch / 2)


def _places(passage: Passage, line: SetLine, left: float) -> list[float]:
    """Where each character of a line begins, and where the last one ends; in points."""
    widths, em = passage.widths, passage.em
    start, end, gap = line.start, line.end, line.gap
    if isinstance(widths, Mapping):
        own = [widths[character] for character in passage.text[start:end]]
    else:
        own = list(widths[start:end])
    shifts = dict(line.shifts)
    places: list[float] = []
    at = 0.0
    for index, width in enumerate(own, start):
        if index in shifts:
            at += shifts[index]
        places.append(left + at * em)
        at += gap + width
    places.append(left + (at - gap) * em)
    return places


def _element_at(marks: list[Mark], index: int, element: Element | None) -> Element | None:
    """The innermost element that a character stands in."""
    best: Mark | None = None
    for mark in marks:
        if (
            mark.element is not None
            and mark.start <= index < mark.end
            and (best is None or mark.end - mark.start < best.end - best.start)
        ):
            best = mark
    return best.element if best is not None and element is not None else element


def _shape(item: _Decoration, height: float, dots: int) -> bytes:
    """What is drawn; `dots` 1: emphasis dots stand under the line, -1: at its right, where that is vertical."""
    size = item.setting.size
    weight = size * _LINE_WEIGHT
    middle = height - item.middle
    if item.kind is MarkKind.FRAME:
        rise = size * (0.5 + _FRAME_RISE)
        weight = size * _FRAME_WEIGHT
        left, width = item.left + weight / 2, item.right - item.left - weight
        return b"q %.3f w %.3f %.3f %.3f %.3f re S Q" % (weight, left, middle - rise, width, 2 * rise)
    if item.kind is MarkKind.STRIKE:
        return b"%.3f %.3f %.3f %.3f re f" % (item.left, middle - weight / 2, item.right - item.left, weight)
    foot = middle - size * (0.5 + _LINE_DROP)
    inset = size * _LINE_INSET
    left, right = item.left + inset, item.right - inset
    if item.kind is MarkKind.LINE:
        return b"%.3f %.3f %.3f %.3f re f" % (left, foot - weight, right - left, weight)
    if item.kind is MarkKind.DOTS:
        # 傍点 stand above the line in Japanese: a sesame dot in vertical lines, a round one in others (jlreq 3.3.9).
        japanese = item.setting.face.lang.startswith("ja")
        form = item.form or ("sesame" if japanese and dots < 0 else "dot")
        drop = dots * size * (0.5 + _DOT_DROP)
        place = (item.left + item.right) / 2, middle + (abs(drop) if japanese else -drop)
        if form.endswith("sesame"):
            shape = _sesame(*place, size, upright=dots > 0)
        else:
            shape = _dot(*place, size * (_HOLLOW_RADIUS if form == "hollow-dot" else _DOT_RADIUS))
        if form.startswith("hollow"):
            return b"q %.3f w %s s Q" % (size * _HOLLOW_WEIGHT, shape.removesuffix(b" f"))
        return shape
    return _wave(left, right, foot - size * _WAVE_HEIGHT, size)


def _dot(x: float, y: float, radius: float) -> bytes:
    bend = radius * _CIRCLE
    return (
        b"%.3f %.3f m %.3f %.3f %.3f %.3f %.3f %.3f c %.3f %.3f %.3f %.3f %.3f %.3f c "
        b"%.3f %.3f %.3f %.3f %.3f %.3f c %.3f %.3f %.3f %.3f %.3f %.3f c f"
    ) % (
        x + radius, y,
        x + radius, y + bend, x + bend, y + radius, x, y + radius,
        x - bend, y + radius, x - radius, y + bend, x - radius, y,
        x - radius, y - bend, x - bend, y - radius, x, y - radius,
        x + bend, y - radius, x + radius, y - bend, x + radius, y,
    )  # fmt: skip


def _sesame(x: float, y: float, size: float, *, upright: bool) -> bytes:
    """A sesame dot ﹅: a drop that falls to the lower right; where it is not `upright`, seen with the page turned
    upright by 90° clockwise."""
    drop = (
        (-0.09, 0.14), (-0.02, 0.13), (0.12, 0.02), (0.13, -0.09), (0.135, -0.15), (0.03, -0.16), (0.0, -0.09),
        (-0.03, -0.01), (-0.07, 0.08), (-0.09, 0.14),
    )  # fmt: skip
    if upright:
        numbers = [coordinate for right, up in drop for coordinate in (x + right * size, y + up * size)]
    else:
        numbers = [coordinate for right, up in drop for coordinate in (x - up * size, y + right * size)]
    return b"%.3f %.3f m %.3f %.3f %.3f %.3f %.3f %.3f c %.3f %.3f %.3f %.3f %.3f %.3f c " % tuple(numbers[:14]) + (
        b"%.3f %.3f %.3f %.3f %.3f %.3f c f" % tuple(numbers[14:])
    )


def _wave(left: float, right: float, y: float, size: float) -> bytes:
    """A wavy line: as many whole half-waves as fit, stretched to end where the title ends."""
    count = max(2, round((right - left) / (size * _WAVE_LENGTH / 2)))
    step = (right - left) / count
    rise = size * _WAVE_HEIGHT * 4 / 3
    parts = [b"q %.3f w %.3f %.3f m" % (size * _LINE_WEIGHT, left, y)]
    for number in range(count):
        start = left + number * step
        bend = rise if number % 2 == 0 else -rise
        parts.append(
            b"%.3f %.3f %.3f %.3f %.3f %.3f c"
            % (start + step / 3, y + bend, start + step * 2 / 3, y + bend, start + step, y)
        )
    parts.append(b"S Q")
    return b" ".join(parts)
