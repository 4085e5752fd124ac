"""The cover: the bulletin's name, number, issuer and date in its own faces, drawn by HarfBuzz into a PNG."""

from __future__ import annotations

import functools
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from converters.records import dataclass
from converters.theme.schema import Role, TextStyle, Theme
from converters.typeset.phrases import boundaries

if TYPE_CHECKING:
    from converters.fonts.face import Face
    from converters.fonts.roles import FontSet
    from converters.model.masthead import Masthead

# 3 : 4, the shape that libraries on phones show; large enough for a tablet's whole screen.
WIDTH, HEIGHT = 1200, 1600
# Steps of grey from paper to ink: five colours of them fit a palette.
_STEPS = 32
_MARGIN = 110
# Pixels of a point of the style sheet, where a line has room: a name of 60 pt fills the width.
_PIXELS = 3.4
# A line that would shrink below this share of its size is set in two or three lines.
_SHRUNK, _MOST_LINES = 0.5, 3
# Sizes of a title and of the smallest line, in pixels.
_TITLE, _SMALLEST = 76, 44
# What a phrase's end is worth beside lines of like length, as a share of the text.
_PHRASE = 0.12
# The hanzi of a name that runs downwards: at most so many, and the share of the cover that they may take.
_MOST_DOWN, _DOWN_SHARE = 12, 0.5
_INK = "#1A1A1A"
# From line to line, in em.
_ROW = 1.3
_RULE = 10
_NO_INK = bytes(WIDTH)
# A row as PNG has it: the number of its filter, none, before its pixels.
_PAPER = bytes(1 + WIDTH)
# The modulus of Adler-32 (RFC 1950, 8.2).
_ADLER = 65521


@dataclass(frozen=True, slots=True)
class CoverLine:
    """A text of the cover, "\\n" between its lines: role, size in pixels, tracking in em, colour, distance above.

    `down`: its one line runs downwards.
    """

    text: str
    role: Role
    size: float
    tracking: float = 0.0
    color: str = _INK
    gap: float = 0.6
    down: bool = False

    @property
    def step(self) -> float:
        """From row to row, in em: from line to line, or from hanzi to hanzi of a text that runs downwards."""
        return 1.08 + self.tracking if self.down else _ROW


def draw_cover(theme: Theme, fonts: FontSet, head: Masthead, title: str) -> bytes:
    """A PNG of 1200 × 1600 pixels. `title`, "\\n" where a line ends, stands for a name, and below a 公文's number."""
    canvas = _Canvas(fonts)
    above, below, foot = _lines(theme, head, title)
    y = HEIGHT * (0.08 if any(line.down for line in above) else 0.2)
    for line in above:
        y = canvas.write(line, y)
    y += 60
    canvas.rule(y, theme.color(theme.masthead.rule_color))
    y += _RULE + 20
    for line in below:
        y = canvas.write(line, y)
    y = HEIGHT - _MARGIN - sum(canvas.height(line) for line in foot)
    for line in foot:
        y = canvas.write(line, y)
    return canvas.png()


def _lines(theme: Theme, head: Masthead, title: str) -> tuple[list[CoverLine], list[CoverLine], list[CoverLine]]:
    styles = theme.styles
    above: list[CoverLine] = []
    if head.super_title:
        above.append(_line(theme, styles.masthead_super, head.super_title, 1.0))
    titled = CoverLine(title, styles.title.role, _TITLE)
    official = bool(head.document_number)
    if head.name:
        look = styles.organ_mark if official or not (head.issue or head.date) else styles.masthead_name
        named = _line(theme, look, head.name, 1.0)
        down = theme.page.writing_mode.startswith("vertical") and len(head.name) <= _MOST_DOWN and _is_wide(head.name)
        above.append(replace(named, down=down))
    else:
        above.append(titled)
    number = head.issue or head.document_number
    below = [_line(theme, styles.issue, number, 1.0)] if number else []
    if official and head.name and title.replace("\n", "") != head.name.replace("\n", ""):
        below.append(replace(titled, gap=1.6))
    foot = [_line(theme, styles.issuer, text, 0.3) for text in (head.issuer, head.date) if text]
    return above, below, foot


def _line(theme: Theme, style: TextStyle, text: str, gap: float) -> CoverLine:
    color = theme.color(style.color) if style.color != "black" else _INK
    return CoverLine(text, style.role, max(style.size * _PIXELS, _SMALLEST), style.tracking_em, color, gap)


def _is_wide(text: str) -> bool:
    return all(char > "\u2e7f" for char in text)


def divided(text: str, count: int, lang: str) -> list[str]:
    """A text in lines of like length, each ending where a phrase does, if there are such places."""
    if count < 2 or len(text) < 2 * count:
        return [text]
    found = boundaries(text, lang)
    edges = [0]
    for number in range(1, count):
        ideal = len(text) * number / count
        later = [place for place in found if place > edges[-1]]
        if later:
            # Even lines first, phrases second: the name of a cover is read at a glance.
            edges.append(
                min(later, key=lambda at: abs(at - ideal) / len(text) - _PHRASE * (found[at] + 3 * _changes(text, at)))
            )
    return [text[start:end].strip() for start, end in pairwise((*edges, len(text)))]


def _changes(text: str, place: int) -> bool:
    """Does a text go from one script to the other at a space?"""
    before = text[:place].rstrip()
    return len(before) < place and before[-1:].isascii() != text[place].isascii()


class _Canvas:
    """Rows of palette indices; each line of text has its own band, so one colour a row is enough."""

    def __init__(self, fonts: FontSet) -> None:
        self.fonts = fonts
        self.palette: list[tuple[int, int, int]] = [(0xFF, 0xFF, 0xFF)]
        self.rows: list[bytes] = [_PAPER] * HEIGHT
        self._ramps: dict[str, int] = {}

    def height(self, line: CoverLine) -> float:
        """What a text takes in all, the distance above it too."""
        size, rows = self._fitted(line)
        return size * (line.gap + line.step * len(rows))

    def write(self, line: CoverLine, y: float) -> float:
        """Draw a text centred below `y`, smaller where it is too wide; returns its lower edge."""
        size, rows = self._fitted(line)
        y += line.gap * size
        for glyphs, wide in rows:
            self._row(line, glyphs, wide, size, y)
            y += round(size * line.step)
        return y

    def _fitted(self, line: CoverLine) -> tuple[float, list[tuple[list[tuple[Face, int]], float]]]:
        """The size at which a text keeps to the margins, and its rows of glyphs with their widths in em."""
        lines = line.text.split("\n")
        if line.down:
            glyphs = self._glyphs(line.text, line.role)
            size = min(line.size, HEIGHT * _DOWN_SHARE / (line.step * max(len(glyphs), 1)))
            return size, [([glyph], _width([glyph], 0.0)) for glyph in glyphs]
        for count in range(1, _MOST_LINES + 1):
            texts = lines if len(lines) > 1 else divided(line.text, count, self.fonts.lang)
            rows = [
                (glyphs, _width(glyphs, line.tracking)) for text in texts if (glyphs := self._glyphs(text, line.role))
            ]
            room = (WIDTH - 2 * _MARGIN) / max((wide for _, wide in rows), default=1.0)
            if room >= line.size * _SHRUNK or len(texts) < count or len(lines) > 1:
                break
        return min(line.size, room), rows

    def _row(self, line: CoverLine, glyphs: list[tuple[Face, int]], wide: float, size: float, top: float) -> None:
        import uharfbuzz as hb

        height = round(size * line.step)
        draw = hb.RasterDraw()
        draw.extents = hb.RasterExtents(0, 0, WIDTH, height, 0)
        x = (WIDTH - wide * size) / 2
        for face, glyph in glyphs:
            scale = size / face.units_per_em
            # The em box stands in the middle of the band, whatever the face.
            draw.transform = (scale, 0, 0, scale, x, height / 2 - face.em_middle * size)
            draw.draw_glyph(face.hb_font, glyph)
            x += (face.advance(glyph) + line.tracking) * size
        image = draw.render()
        if image is not None:
            self._put(image.buffer, image.extents.stride, round(top), height, self._ramp(line.color))

    def rule(self, y: float, color: str) -> None:
        """A rule across the page."""
        first = self._ramp(color)
        row = bytes(1 + _MARGIN) + bytes([first + _STEPS - 1]) * (WIDTH - 2 * _MARGIN) + bytes(_MARGIN)
        for number in range(round(y), min(round(y) + _RULE, HEIGHT)):
            self.rows[number] = row

    def _glyphs(self, text: str, role: Role) -> list[tuple[Face, int]]:
        """The glyph of each character from the first face that has one; characters that none has are left out."""
        chain = self.fonts.chain(role)
        found = ((next((face for face in chain if face.glyph_id(char)), None), char) for char in text)
        return [(face, face.glyph_id(char)) for face, char in found if face is not None]

    def _put(self, alpha: bytes, stride: int, top: int, height: int, first: int) -> None:
        inked = alpha.translate(_steps(first))
        for row in range(max(-top, 0), min(height, HEIGHT - top)):
            # HarfBuzz gives rows from the bottom to the top.
            start = (height - 1 - row) * stride
            band = inked[start : start + WIDTH]
            if band != _NO_INK:
                self.rows[top + row] = b"\0" + band

    def _ramp(self, color: str) -> int:
        """The palette's steps from paper to a colour: index of the first."""
        if color not in self._ramps:
            self._ramps[color] = len(self.palette)
            ink = [int(color[place : place + 2], 16) for place in (1, 3, 5)]
            self.palette += [_mix(ink, step / (_STEPS - 1)) for step in range(_STEPS)]
        return self._ramps[color]

    def png(self) -> bytes:
        """The picture (PNG, third edition; indexed colour, 8 bits)."""
        colors = b"".join(bytes(color) for color in self.palette)
        pixels = b"".join(_packed(self.rows))
        return b"".join((
            b"\x89PNG\r\n\x1a\n",
            *_chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)),
            *_chunk(b"sRGB", b"\0"),
            *_chunk(b"PLTE", colors),
            *_chunk(b"IDAT", pixels),
            *_chunk(b"IEND", b""),
        ))  # fmt: skip


@functools.cache
def _steps(first: int) -> bytes:
    """From 256 steps of ink to those of a ramp in the palette, which begins at `first`."""
    return bytes(0 if value < 128 // _STEPS else first + value * (_STEPS - 1) // 255 for value in range(256))


def _packed(rows: list[bytes]) -> Iterator[bytes]:
    """The rows in the format zlib (RFC 1950, 1951), in pieces: most of a cover is paper, which is packed but once."""
    check = 1
    yield b"\x78\x01"
    for is_paper, band in groupby(rows, _PAPER.__eq__):
        data = b"".join(band)
        if is_paper:
            count = len(data) // len(_PAPER)
            yield _paper(count)
            # Adler-32 of bytes that are all 0: the lower sum stays as it is and is added once for each of them.
            low, high = check & 0xFFFF, check >> 16
            check = (high + low * len(data)) % _ADLER << 16 | low
        else:
            yield _piece(data)
            check = zlib.adler32(data, check)
    # The last block is empty.
    yield b"\x03\0" + struct.pack(">I", check)


@functools.cache
def _paper(count: int) -> bytes:
    """So many rows without ink; there are no more numbers of them than rows on a cover."""
    return _piece(_PAPER * count)


def _piece(data: bytes) -> bytes:
    """Some rows, so that others may stand behind them. Run lengths pack flat pages well, and ten times as fast as the

    search for repeats.
    """
    packer = zlib.compressobj(6, zlib.DEFLATED, -15, 9, zlib.Z_RLE)
    return packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)


def _width(glyphs: list[tuple[Face, int]], tracking: float) -> float:
    return sum(face.advance(glyph) for face, glyph in glyphs) + tracking * (len(glyphs) - 1)


def _mix(ink: list[int], share: float) -> tuple[int, int, int]:
    red, green, blue = (round(0xFF + (channel - 0xFF) * share) for channel in ink)
    return red, green, blue


def _chunk(kind: bytes, data: bytes) -> Iterable[bytes]:
    return struct.pack(">I", len(data)), kind, data, struct.pack(">I", zlib.crc32(kind + data))
