"""Vertical lines → content streams.

A page lies on its side (see layout/vertical.py) and is turned back by one matrix. Turned characters are drawn in that
turned world as in any line; a stretch of upright ones gets a text matrix that turns them back, and a vertical font.
Every character's place is reckoned here, so that what two fonts draw by turns cannot drift apart.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from converters.fonts.face import Face
from converters.layout.result import Element, Layout, Page, Passage, Piece, Placed, PlacedPicture, Setting, Turned
from converters.layout.upright import stand
from converters.typeset import SetLine

from .composite import CompositeFont
from .file import escape, number_text
from .inks import Inks
from .leftwards import read_in
from .painter import READ_ALREADY, Painter
from .stretches import HYPHEN, has_hyphen_last, hyphen_apart, segments_of
from .upright import PEN, UprightFont, offset


class _Stretch(NamedTuple):
    """Characters of a line that one font draws: "upright", "turned", or one "cell"."""

    kind: str
    start: int
    end: int
    font: str
    size: bytes
    setting: Setting


class _Shown(NamedTuple):
    """Codes that were shown in a line around `middle`, by the operators in a `slot` of the page; see _shown."""

    slot: int
    data: bytes
    wanted: tuple[float, ...]
    spacing: float
    scale: float
    places: tuple[float, ...]
    size: float
    middle: float

    def parted(self, count: int) -> bytes:
        """The operators, the last `count` codes apart."""
        wanted = list(self.wanted)
        if not count:
            return _shown(self.data, wanted, self.spacing, self.scale)
        before = wanted[-count] - self.spacing
        first = _shown(self.data[: -2 * count], wanted[:-count], self.spacing, self.scale, before)
        return (
            first + b"\n" + _shown(self.data[-2 * count :], wanted[len(wanted) - count + 1 :], self.spacing, self.scale)
        )


_SAME_HEIGHT = 0.55
"""What begins nearer than this, in em, to the height of what was shown before, PDFium takes for its neighbour."""
_MOST_APART = 12
"""Characters of a line's end that may be shown apart."""


class VerticalPainter(Painter):
    """Paints pages of vertical lines; `fonts` are those of what is turned and of what stands."""

    absolute = True
    up = 180.0

    def __init__(
        self,
        layout: Layout,
        fonts: tuple[Mapping[Face, CompositeFont], Mapping[Face, UprightFont]],
        picture_name: Callable[[str], str | None],
        inks: Inks,
    ) -> None:
        assert layout.vertical is not None
        # The page that lies on its side is as high as the paper is wide.
        turned, upright = fonts
        super().__init__(layout.width, turned, picture_name, inks)
        self.paper_width = layout.width
        self.paper_height = layout.height
        self.cells = layout.vertical.cells
        self.upright = upright
        self._is_level = False
        self._pen = (0.0, 0.0)
        self._last: _Shown | None = None
        self._kinds: dict[tuple[Face, str], tuple[str, int]] = {}

    def paint(self, page: Page) -> bytes:
        """The content stream of a page: a watermark, what lies on its side, then what is horizontal."""
        self._matrix = (0.0, -1.0, 1.0, 0.0, 0.0, self.paper_height)
        self._last = None
        body = super().paint(page)
        self._matrix = None
        under = self._level([item for item in page.level if isinstance(item, Turned)])
        above = self._level([item for item in page.level if not isinstance(item, Turned)])
        height = number_text(self.paper_height).encode()
        return b"%bq 0 -1 1 0 0 %b cm\n%b\nQ\n%b" % (under, height, body, above)

    def _level(self, items: Sequence[Placed]) -> bytes:
        """What stays horizontal on the paper, b"" where there is nothing."""
        if not items:
            return b""
        self._out = []
        self._reset()
        self.height, self._is_level = self.paper_height, True
        self._paint(items)
        self.height, self._is_level = self.paper_width, False
        return b"q\n%b\nQ\n" % b"\n".join(self._out)

    # -- places

    def move_to(self, x: float, y: float) -> None:
        """Begin a stretch at a place of the page that lies on its side: `y` is the baseline, downwards."""
        if self._is_level:
            super().move_to(x, y)
        else:
            self._pen = (x, y)
            self.moved = False

    def annotate(self, box: tuple[float, float, float, float], target: str, element: Element, text: str) -> None:
        """Note a link; `box` is left, top, right, bottom on the page that lies on its side."""
        for stand_in, signs in self.cells.items():
            text = text.replace(stand_in, signs)
        super().annotate(box, target, element, text)

    def picture(self, placed: PlacedPicture) -> None:
        """Paint a picture upright."""
        box = placed.box
        name = self.picture_name(box.target)
        if name is None or self._is_level:
            return
        self.end_text()
        self.open_content(box.element)
        self.emit(
            b"q 0 %.3f %.3f 0 %.3f %.3f cm /%b Do Q"
            % (box.height, -box.width, placed.x + box.width, self.height - placed.y - box.height, name.encode())
        )
        self.emit(b"EMC")

    # -- lines

    def lines(self, piece: Piece) -> None:
        """Show the lines of a passage."""
        if self._is_level:
            super().lines(piece)
            return
        passage, first, last, x, y = piece
        total = len(passage.lines)
        for number in range(first, last):
            line = passage.lines[number]
            following = passage.lines[number + 1].start if number + 1 < total else len(passage.text)
            tail = passage.text[line.end : following].rstrip("\n") if following > line.end else ""
            if line.hyphen:
                tail = "\u00ad" + tail
            middle = y + (number - first + 0.5) * passage.pitch
            self._pen = (x + passage.offset(number), middle + passage.setting.drop)
            self.segments(passage, line, segments_of(passage, line.start, line.end), tail)

    def segments(
        self, passage: Passage, line: SetLine, segments: Sequence[tuple[int, int, Setting]], tail: str = ""
    ) -> None:
        """Stretches of one line; the first begins at the pen's place."""
        if self._is_level:
            super().segments(passage, line, segments, tail)
            return
        if not segments:
            return
        start, end = segments[0][0], segments[-1][1]
        left, baseline = self._pen
        middle = baseline - passage.setting.drop
        places = _places(passage, line, start, end, left)
        hyphen = not self.says and has_hyphen_last(passage.text, line, segments)
        if hyphen:
            segments = hyphen_apart(segments)
        for number, (first, last, setting) in enumerate(segments, 1):
            if hyphen and number == len(segments):
                self.say(HYPHEN)
            if self.says:
                meaning = functools.partial(self._meaning, setting.face)
                self._begin_reading(read_in(passage, first, last, meaning))
            for stretch in self._stretches(passage.text, first, last, setting):
                own = places[stretch.start - start : stretch.end - start + 1]
                self._stretch(stretch, passage.text[stretch.start : stretch.end], own, middle)
            if self.says:
                self._end_reading()
        if hyphen:
            self.resume()
        if tail:
            setting = segments[-1][2]
            seen = self._last
            for stretch in self._stretches(tail, 0, len(tail), setting):
                # What is left out at a line's end is there to be read, not seen: where it stands does not matter.
                own = [places[-1]] * (len(tail) + 1)
                self._stretch(stretch, tail[stretch.start : stretch.end], own[stretch.start :], middle)
            self._last = seen

    def _meaning(self, face: Face, sign: str) -> str:
        """What a sign of a face stands for."""
        if sign in self.cells:
            return self.cells[sign]
        fonts = [font for font in (self.upright.get(face), self.fonts.get(face)) if font is not None]
        return next((said for font in fonts if (said := font.meaning(sign)) != sign), sign)

    def _stretches(self, text: str, start: int, end: int, setting: Setting) -> Iterator[_Stretch]:
        """Characters start to end of a text, cut where another font draws them."""
        face = setting.face
        size = self._resources(setting)[2]
        place = start
        while place < end:
            kind, level = self._kind(face, text[place])
            stop = place + 1
            if kind != "cell":
                while stop < end and self._kind(face, text[stop]) == (kind, level):
                    stop += 1
            font = self.fonts[face] if kind == "turned" else self.upright[face]
            yield _Stretch(kind, place, stop, font.twin_name(level), size, setting)
            place = stop

    def _kind(self, face: Face, character: str) -> tuple[str, int]:
        """How a face draws a character, and with which of the fonts that share its program."""
        found = self._kinds.get((face, character))
        if found is None:
            if character in self.cells:
                found = "cell", 0
            elif is_upright(face, character, self.upright):
                found = "upright", self.upright[face].level.get(character, 0)
            else:
                found = "turned", self.fonts[face].level.get(character, 0)
            self._kinds[face, character] = found
        return found

    def _stretch(self, stretch: _Stretch, text: str, places: list[float], middle: float) -> None:
        setting = stretch.setting
        self.set_color(setting.color)
        said, speaks = "", False
        if stretch.kind != "cell":
            font = (self.upright if stretch.kind == "upright" else self.fonts)[setting.face]
            said = font.said(text)
            speaks = bool(said) or font.is_silent(text)
        if speaks:
            self.say(said)
        self._show(stretch, text, places, middle)
        self._unread = self._unread and READ_ALREADY
        if speaks:
            self.resume()

    def _show(self, stretch: _Stretch, text: str, places: list[float], middle: float) -> None:
        setting = stretch.setting
        size = setting.size
        self._keep_apart(places[0], size, middle)
        raised = setting.face.em_middle * size - setting.drop
        baseline = self.height - middle - setting.drop
        pen = self.height - middle + raised - PEN * size
        if stretch.kind == "cell":
            self._cell(stretch, text, places, pen)
            return
        if stretch.kind == "upright":
            upright = self.upright[setting.face]
            advances = [upright.stands[character].advance for character in text]
            data = upright.encode(text)
            matrix = b"0 1 -1 0 %.3f %.3f Tm" % (places[0] + size, pen)
        else:
            face = setting.face
            turned = self.fonts[face]
            advances = [turned.advance(character) for character in text]
            data = turned.encode(text)
            matrix = b"1 0 0 1 %.3f %.3f Tm" % (places[0], baseline)
        self.emit(matrix)
        self._select(stretch.font, stretch.size)
        steps = [there - here for here, there in itertools.pairwise(places)]
        wanted = [step - advance * size for step, advance in zip(steps, advances, strict=False)]
        # Extractors (Poppler) take character spacing as horizontal: upright characters are set apart one by one.
        spacing = 0.0 if stretch.kind == "upright" else _common(wanted[:-1])
        self._space(spacing)
        scale = (1000 if stretch.kind == "upright" else -1000) / size
        # PDFium sorts what begins at one height from left to right: the last character of a line begins lower than the
        # next line, which therefore is left alone.
        shown = _Shown(len(self._out), data, tuple(wanted[:-1]), spacing, scale, tuple(places), size, middle)
        self.emit(shown.parted(1 if len(text) > 1 and stretch.kind == "upright" else 0))
        self._last = shown

    def _keep_apart(self, place: float, size: float, middle: float) -> None:
        """See that what begins here is not at the height of what was shown last, in the line before."""
        last, self._last = self._last, None
        if last is None or abs(last.middle - middle) < 1:
            return
        height = _SAME_HEIGHT * max(last.size, size)
        count = len(last.places) - 1
        ends = [0, *range(1, min(count, _MOST_APART))]
        starts = [last.places[count - end if end else 0] for end in ends]
        usual = 1 if last.scale > 0 and count > 1 else 0
        if abs(last.places[count - usual if usual else 0] - place) > height:
            return
        best = max(range(len(ends)), key=lambda number: abs(starts[number] - place))
        self._out[last.slot] = last.parted(ends[best])

    def _space(self, points: float) -> None:
        """Set the character spacing."""
        tracking = b"%.3f" % points
        if tracking in (b"0.000", b"-0.000"):
            tracking = b"0"
        if tracking != self._tracking:
            self._tracking = tracking
            self.emit(tracking + b" Tc")

    def _cell(self, stretch: _Stretch, text: str, places: list[float], pen: float) -> None:
        """Signs that share a cell, each shown by the font of its place."""
        setting = stretch.setting
        font = self.upright[setting.face]
        signs = self.cells[text]
        count = len(signs)
        spare = (places[1] - places[0] - setting.size) / 2
        narrowed = font.narrowed(count)
        start = places[0] + setting.size * (1 + offset(count, 0)) + max(min(spare, setting.size / 8), 0.0)
        self.emit(b"0 %b -1 0 %.3f %.3f Tm" % (number_text(narrowed).encode(), start, pen))
        self._space(0.0)
        for place, sign in enumerate(signs):
            self._select(font.cell_font(count, place), stretch.size)
            self.emit(b"(" + escape(font.encode_cell(sign)) + b")Tj")

    def _select(self, font: str, size: bytes) -> None:
        operator = b"/%b %b Tf" % (font.encode(), size)
        if self._font != operator:
            self._font = operator
            self.emit(operator)


def is_upright(face: Face, character: str, upright: Mapping[Face, UprightFont]) -> bool:
    """Whether the upright font of a face draws a character."""
    return face in upright and character in upright[face].stands


def vertical_fonts(layout: Layout) -> tuple[dict[Face, CompositeFont], dict[Face, UprightFont]]:
    """The fonts of a layout of vertical lines: of what is turned or horizontal, and of what stands upright."""
    assert layout.vertical is not None
    cells, level = layout.vertical.cells, layout.vertical.level
    fonts: dict[Face, CompositeFont] = {}
    upright: dict[Face, UprightFont] = {}
    faces = sorted({*layout.drawn, *level}, key=lambda face: (face.postscript_name, face.path.name, face.index))
    for number, face in enumerate(faces, 1):
        clusters = layout.clusters.get(face, {})
        drawn = layout.drawn.get(face, frozenset())
        in_cells = {character for character in drawn if character in cells}
        standing = {
            character
            for character in drawn - in_cells
            if stand(face, clusters[character][1][:1] or " " if character in clusters else character) is not None
        }
        flat = (drawn - in_cells - standing) | level.get(face, frozenset())
        fonts[face] = CompositeFont(face, flat, clusters, f"F{number}")
        if standing or in_cells:
            signs = [cells[character] for character in in_cells]
            upright[face] = UprightFont(face, standing, clusters, f"V{number}", signs)
    return fonts, upright


def _places(passage: Passage, line: SetLine, start: int, end: int, left: float) -> list[float]:
    """Where characters start to end of a line begin, the first being at `left`, and where the last one ends."""
    widths, em, text = passage.widths, passage.em, passage.text
    shifts = dict(line.shifts)
    places: list[float] = []
    at = left
    for index in range(start, end):
        at += shifts.get(index, 0.0) * em
        places.append(at)
        at += (line.gap + (widths[text[index]] if isinstance(widths, Mapping) else widths[index])) * em
    places.append(at)
    return places


def _common(wanted: list[float]) -> float:
    """What most characters of a stretch stand apart: its character spacing."""
    if not wanted:
        return 0.0
    rounded = [round(value, 3) for value in wanted]
    return max(sorted(set(rounded)), key=rounded.count)


def _shown(data: bytes, wanted: list[float], spacing: float, scale: float, after: float = 0.0) -> bytes:
    """The operator that shows codes, with what they stand apart beside the character spacing, and stand before what
    comes `after` them.

    Not rounded to whole thousandths: extractors take uneven gaps for spaces between words.
    """
    parts = [b"["]
    place = 0
    for index, value in enumerate([*(value - spacing for value in wanted), after], 1):
        moved = value * scale
        if abs(moved) >= 0.5:
            parts.append(b"(" + escape(data[place : 2 * index]) + b")" + number_text(moved).encode())
            place = 2 * index
    if not place:
        return b"(" + escape(data) + b")Tj"
    if place < len(data):
        parts.append(b"(" + escape(data[place:]) + b")")
    return b"".join([*parts, b"]TJ"])
