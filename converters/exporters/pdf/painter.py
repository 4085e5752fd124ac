"""Pages → content streams: set lines become text operators, marked content and a few graphics (ISO 32000-1, 8 and 9).

This is the inner loop of the print edition. A line without shifts is one string; there is no object for a glyph, and
operators are written only where the state of the page changes.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from converters.fonts.face import Face
from converters.layout.result import (
    Bar,
    Element,
    Page,
    Passage,
    Piece,
    Placed,
    PlacedPicture,
    Setting,
    Star,
    Turned,
)
from converters.typeset import SetLine

from .composite import CompositeFont
from .file import escape, number_text, text_string
from .inks import Inks
from .leftwards import read_in, runs_leftwards
from .marking import Marking
from .rows import paint_in_row, reach_out, rows_of
from .stretches import HYPHEN, Shifts, has_hyphen_last, hyphen_apart, most_back, segments_of, shifted, tail_of

READ_ALREADY = b"/Said()"


class Annotation(NamedTuple):
    """A link on a page: its rectangle (PDF coordinates), where it leads and the element that it belongs to."""

    rectangle: tuple[float, float, float, float]
    target: str
    element: Element
    text: str


class Painter(Marking):
    """Paints pages one after the other. `picture_name` gives the resource name of a picture."""

    absolute = False
    """Whether every stretch of a line wants its own place (vertical.py)."""
    up = 90.0
    """Where a star points to, in degrees."""

    _font: bytes
    _tracking: bytes
    _rise: bytes
    _color: str
    _leading: bytes

    def __init__(
        self, height: float, fonts: Mapping[Face, CompositeFont], picture_name: Callable[[str], str | None], inks: Inks
    ) -> None:
        self.height = height
        self.fonts = fonts
        self.picture_name = picture_name
        self.inks = inks
        super().__init__()
        self.annotations: list[Annotation] = []
        self._settings: dict[Setting, tuple[CompositeFont, bytes, bytes]] = {}
        self._matrix: tuple[float, float, float, float, float, float] | None = None
        self._in_text = False
        self.says = False  # whether the lines of the page say what is read in them (leftwards.py)
        self.moved = True
        """Whether the pen does not stand where the last characters ended."""

    def paint(self, page: Page) -> bytes:
        """The content stream of a page; then `parents` holds the element of each MCID, `annotations` its links."""
        self._out = []
        self.parents = []
        self.annotations = []
        self._page = page.number
        self._in_text = False
        self.says = runs_leftwards(page.items)
        self._reset()
        self._paint(page.items)
        return b"\n".join(self._out)

    def follow(self, page: Page, order: Sequence[int] = ()) -> None:
        """Leave behind what `paint` would, for a page of lines and rules alone that somebody else has painted. `order`
        says whose marked content follows whose, as places in `hung_on`, where it is not one stretch for each."""
        self.parents = []
        self.annotations = []
        self._page = page.number
        elements = hung_on(page)
        for element in [elements[place] for place in order] if order else elements:
            self._hang(element)

    def _paint(self, items: Sequence[Placed]) -> None:
        bars: list[Bar | Star] = []
        rows = rows_of(items)
        for index, item in enumerate(items):
            if isinstance(item, Bar | Star):
                bars.append(item)
            elif isinstance(item, Piece):
                if index in rows:
                    paint_in_row(self, item, rows[index])
                else:
                    self.piece(item)
            elif isinstance(item, Turned):
                self._turned(item)
            else:
                self.picture(item)
        self.end_text()
        if bars:
            self._bars(bars)

    def _turned(self, turned: Turned) -> None:
        """Paint things turned: the whole coordinate system is (ISO 32000-1, 8.3.3)."""
        self.end_text()
        angle = math.radians(turned.angle)
        cosine, sine = round(math.cos(angle), 9), round(math.sin(angle), 9)
        across, down = turned.x + self.height * sine, self.height - turned.y - self.height * cosine
        matrix = (cosine, sine, -sine, cosine, across, down)
        self._out.append(b"q " + b" ".join(number_text(value).encode() for value in matrix) + b" cm")
        state = (self._font, self._tracking, self._rise, self._color, self._leading)
        before, self._matrix = self._matrix, matrix
        self._paint(turned.items)
        self._matrix = before
        self._out.append(b"Q")
        self._font, self._tracking, self._rise, self._color, self._leading = state

    # -- state

    def _reset(self) -> None:
        self._font = b""
        self._tracking = b"0"
        self._rise = b"0"
        self._color = self.inks.at_first
        self._leading = b""
        self._x = self._y = 0.0

    def move_to(self, x: float, y: float) -> None:
        """Begin a line at a place of the page: `y` is the baseline, downwards."""
        baseline = self.height - y
        self._out.append(b"%.3f %.3f Td" % (x - self._x, baseline - self._y))
        self._x, self._y = x, baseline
        self.moved = False

    def annotate(self, box: tuple[float, float, float, float], target: str, element: Element, text: str) -> None:
        """Note a link; `box` is left, top, right, bottom, y downwards."""
        left, top, right, bottom = box
        rectangle = (left, self.height - bottom, right, self.height - top)
        if self._matrix is not None:
            rectangle = _transformed(self._matrix, rectangle)
        self.annotations.append(Annotation(rectangle, target, element, text))

    def _link(self, piece: Piece, element: Element) -> None:
        """Each line of a passage that is a link as a whole."""
        passage, first, last, x, y = piece
        half = passage.setting.size / 2
        for number in range(first, last):
            line = passage.lines[number]
            left = x + passage.offset(number)
            middle = y + (number - first + 0.5) * passage.pitch
            box = (left, middle - half, left + line.width * passage.em, middle + half)
            self.annotate(box, passage.target, element, passage.text[line.start : line.end])

    def begin_text(self) -> None:
        """Begin a text object where none is open."""
        if not self._in_text:
            self._out.append(b"BT")
            self._in_text = True
            self.moved = True
            self._x = self._y = 0.0

    def end_text(self) -> None:
        """End the text object that is open."""
        if self._in_text:
            self._out.append(b"ET")
            self._in_text = False

    def set_color(self, color: str) -> None:
        """Fill with a colour from here on."""
        if color != self._color:
            self._color = color
            self._out.append(self.inks.operator(color))

    def _resources(self, setting: Setting) -> tuple[CompositeFont, bytes, bytes]:
        """The font of a setting, its operand "/F1 16 Tf" and its size."""
        found = self._settings.get(setting)
        if found is None:
            # A face that draws nothing has no font: all of its passage is set in the faces of its runs.
            font = self.fonts.get(setting.face) or next(iter(self.fonts.values()))
            size = number_text(setting.size).encode()
            found = self._settings[setting] = (font, b"/" + font.resource.encode() + b" " + size + b" Tf", size)
        return found

    # -- pieces

    def piece(self, piece: Piece, reach: float | None = None) -> None:
        """Paint lines of a passage; `reach` is the x that they reach to those who read by place (rows.py)."""
        passage = piece.passage
        if piece.first >= piece.last:
            return
        if passage.marks or passage.insets:
            from .rich import paint_rich

            paint_rich(self, piece, reach)
            return
        self.begin_text()
        if passage.element is not None and passage.element.replacement:
            self.open_saying(passage.element, passage.furniture, passage.element.replacement)
            self.lines(piece)
            self._out.append(b"EMC")
        else:
            self.open_content(passage.element, passage.furniture)
            self.lines(piece)
            if reach is not None:
                reach_out(self, piece, reach)
        self._out.append(b"EMC")
        if passage.target and passage.element is not None:
            self._link(piece, passage.element)

    def lines(self, piece: Piece) -> None:
        """The lines of a passage that has neither marks nor insets, one by one; see PlainPainter for the fast lane."""
        passage, first, last, x, y = piece
        out = self._out
        setting, lines, text, em = passage.setting, passage.lines, passage.text, passage.em
        font, tf, _ = self._resources(setting)
        self.set_color(setting.color)
        tracking, pitch = setting.tracking, passage.pitch
        baseline = self.height - y - pitch / 2 - setting.drop
        is_plain = not font.has_twins_in(text[lines[first].start : lines[last - 1].end])
        scale = -1000 * em / setting.size
        for number in range(first, last):
            line = lines[number]
            self._begin_line(x + passage.offset(number), baseline, pitch)
            baseline -= pitch
            tail = tail_of(passage, line, number)
            segments = segments_of(passage, line.start, line.end)
            if (
                self.says
                or not is_plain
                or font.has_twins_in(tail)
                or len(segments) > 1
                or (segments and segments[0][2] is not setting)
                or has_hyphen_last(text, line, segments)
            ):
                self.segments(passage, line, segments, tail)
                continue
            spacing = tracking + line.gap * em
            self._set_text(tf, b"%.3f" % spacing)
            data = font.encode(text[line.start : line.end] + tail)
            if line.shifts:
                most = most_back(passage) + 1000 * spacing / setting.size
                out.append(shifted(data, (line.start, line.shifts), scale, most))
            else:
                out.append(b"(" + escape(data) + b")Tj")

    def _begin_line(self, left: float, baseline: float, pitch: float) -> None:
        """Go to where a line begins."""
        out, leading = self._out, b"%.3f" % pitch
        dx, dy = left - self._x, baseline - self._y
        if -0.0005 < dx < 0.0005 and self._leading == leading and -0.01 < dy + pitch < 0.01:
            out.append(b"T*")
            self._y -= pitch
            return
        out.append(b"%.3f %.3f Td" % (dx, dy))
        self._x, self._y = left, baseline
        if self._leading != leading:
            self._leading = leading
            out.append(b"%b TL" % leading)

    def _set_text(self, tf: bytes, spacing: bytes) -> None:
        """Set font and tracking; the baseline is that of the line."""
        if self._font != tf:
            self._font = tf
            self._out.append(tf)
        if spacing != self._tracking:
            self._tracking = spacing
            self._out.append(spacing + b" Tc")
        if self._rise != b"0":
            self._rise = b"0"
            self._out.append(b"0 Ts")

    # -- for rows (rows.py)

    def select(self, setting: Setting) -> None:
        """Take the font of a setting, and no tracking."""
        self._set_text(self._resources(setting)[1], b"0")

    def show_space(self, setting: Setting, x: float, baseline: float) -> None:
        """Show a space at a place of the page."""
        self.move_to(x, baseline)
        self.select(setting)
        self._out.append(b"(" + escape(self._resources(setting)[0].encode(" ")) + b")Tj")

    def take_last(self) -> bytes:
        """Take back the operators that were written last."""
        return self._out.pop()

    def show_last(self, code: bytes, further: float) -> None:
        """Show a code, escaped already, and let the pen go further than its advance."""
        tracking = self._tracking
        self._out.append(b"%.3f Tc(%b)Tj %b Tc" % (float(tracking) + further, code, tracking))

    def segments(
        self, passage: Passage, line: SetLine, segments: Sequence[tuple[int, int, Setting]], tail: str = ""
    ) -> None:
        """Stretches of one line, each in its setting; the pen stands where the first begins."""
        out, text, base = self._out, passage.text, passage.setting
        shifts, gap = line.shifts, line.gap * passage.em
        hyphen = not self.says and has_hyphen_last(text, line, segments)
        if hyphen:
            segments = hyphen_apart(segments)
        last = len(segments) - 1
        for number, (start, end, setting) in enumerate(segments):
            if setting.color != self._color:
                self.set_color(setting.color)
            font, tf, _ = self._resources(setting)
            spacing = b"%.3f" % (setting.tracking + gap)
            if spacing != self._tracking:
                self._tracking = spacing
                out.append(spacing + b" Tc")
            rise = b"0" if setting is base else _rise_of(base.drop - setting.drop)
            if rise != self._rise:
                self._rise = rise
                out.append(rise + b" Ts")
            words = text[start:end]
            if self.says:
                self._begin_reading(read_in(passage, start, end, font.meaning))
            if number == last:
                words += tail
                if hyphen:
                    self.say(HYPHEN)
            own = [shift for shift in shifts if start <= shift[0] < end] if shifts else ()
            has_twins = font.has_twins_in(words)
            if own or has_twins:
                scale = -1000 * passage.em / setting.size
                most = most_back(passage) + 1000 * (setting.tracking + gap) / setting.size
                if has_twins:
                    self._with_twins(setting, words, (start, own), (scale, most))
                    if self.says:
                        out.append(b"EMC")
                    continue
            if self._font != tf:
                self._font = tf
                out.append(tf)
            data = font.encode(words)
            out.append(shifted(data, (start, own), scale, most) if own else b"(" + escape(data) + b")Tj")
            if self.says:
                self._end_reading()
        if hyphen:
            self.resume()

    def _begin_reading(self, said: str) -> None:
        """Say what is read in a stretch, in the order of reading (see leftwards.py)."""
        self._out.append(b"EMC")
        self._unread = b"/Said " + text_string(said)
        self._span(self._unread)

    def _end_reading(self) -> None:
        self._unread = b""
        self.resume()

    def _with_twins(
        self, setting: Setting, words: str, moves: tuple[int, Shifts], measures: tuple[float, float]
    ) -> None:
        """A stretch some of whose characters a twin font draws (see CompositeFont)."""
        start, shifts = moves
        font, _, size = self._resources(setting)
        level = font.level
        place = 0
        while place < len(words):
            twin = level.get(words[place], 0)
            stop = place + 1
            while stop < len(words) and level.get(words[stop], 0) == twin:
                stop += 1
            tf = b"/%b %b Tf" % (font.twin_name(twin).encode(), size)
            if self._font != tf:
                self._font = tf
                self._out.append(tf)
            said = font.said(words[place:stop])
            speaks = bool(said) or font.is_silent(words[place:stop])
            if speaks:
                self.say(said)
            data = font.encode(words[place:stop])
            own = [shift for shift in shifts if start + place <= shift[0] < start + stop]
            self._out.append(shifted(data, (start + place, own), *measures) if own else b"(" + escape(data) + b")Tj")
            self._unread = self._unread and READ_ALREADY
            if speaks:
                self.resume()
            place = stop

    # -- graphics

    def _bars(self, bars: Sequence[Bar | Star]) -> None:
        """All rules of a page, as one artifact after its text."""
        self.open_content(None)
        for bar in bars:
            self.set_color(bar.color)
            if isinstance(bar, Star):
                self._star(bar)
                continue
            x, y, width, height, _ = bar
            self._out.append(b"%.3f %.3f %.3f %.3f re f" % (x, self.height - y - height, width, height))
        self._out.append(b"EMC")

    def _star(self, star: Star) -> None:
        """A star: every second of the five points on a circle is joined, and what that encloses is filled."""
        inner = math.cos(math.radians(36))
        radius = star.size / (2 * math.sin(math.radians(72)))
        up = math.radians(self.up)
        # The middle of the circle lies below that of the star's box.
        below = radius * (1 - inner) / 2
        across = star.x + star.size / 2 - below * math.cos(up)
        down = self.height - star.y - radius * (1 + inner) / 2 - below * math.sin(up)
        turns = [up + math.radians(144 * point) for point in range(5)]
        points = [b"%.3f %.3f" % (across + radius * math.cos(turn), down + radius * math.sin(turn)) for turn in turns]
        self._out.append(points[0] + b" m " + b" l ".join(points[1:]) + b" l h f")

    def picture(self, placed: PlacedPicture) -> None:
        """Paint a picture."""
        box = placed.box
        name = self.picture_name(box.target)
        if name is None:
            return
        self.end_text()
        self.open_content(box.element)
        self._out.append(
            b"q %.3f 0 0 %.3f %.3f %.3f cm /%b Do Q"
            % (box.width, box.height, placed.x, self.height - placed.y - box.height, name.encode())
        )
        self._out.append(b"EMC")


def _transformed(
    matrix: tuple[float, float, float, float, float, float], box: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """A rectangle put through a matrix, as the upright one around it."""
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in box[::2] for y in box[1::2]]
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    return min(across), min(up), max(across), max(up)


@functools.lru_cache(maxsize=256)
def _rise_of(height: float) -> bytes:
    rise = b"%.3f" % height
    return b"0" if rise in (b"0.000", b"-0.000") else rise


def hung_on(page: Page) -> list[Element]:
    """The elements of the pieces that stand on a page, furniture left out."""
    return [
        element
        for item in page.items
        if isinstance(item, Piece) and item.first < item.last and (element := item.passage.element) is not None
    ]
