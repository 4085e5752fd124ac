"""The painter's fast lane: lines of one passage without marks, which are nearly all of a bulletin.

It writes what `Painter` writes, byte for byte, from the packed lines of the passage: its codes are made once for all
its lines, and between two lines whose characters stand equally far apart nothing but T* is written.
"""

from __future__ import annotations

from converters.layout.result import Passage, Piece
from converters.theme.schema import Align

from .painter import Painter
from .stretches import most_back, segments_of, shifted, tail_of


class PlainPainter(Painter):
    """A painter that takes the fast lane wherever a passage allows it."""

    def lines(self, piece: Piece) -> None:
        """Show the lines of a passage."""
        passage, first, last, x, y = piece
        lines, text, setting = passage.lines, passage.text, passage.setting
        font, tf, _ = self._resources(setting)
        starts, gaps, special = lines.starts, lines.gaps, lines.special
        begin, end = starts[first], starts[last]
        codes = font.encode(text[begin:end])
        is_flush = passage.align is not Align.CENTRE and passage.align is not Align.RIGHT
        # A character that no face draws may have a code of four bytes.
        if self.says or len(codes) != 2 * (end - begin) or font.has_twins_in(text[begin:end]):
            super().lines(piece)
            return
        self.set_color(setting.color)
        out = self._out
        tracking, size, pitch, em = setting.tracking, setting.size, passage.pitch, passage.em
        scale = -1000 * em / size
        baseline = self.height - y - pitch / 2 - setting.drop
        mixed = _mixed_lines(passage, first, last) if passage.runs else set()
        if "-" in text[begin:end]:
            mixed |= _hyphened_lines(passage, first, last)
        # The gap that the page is set to, None where it or the font may be another.
        known: float | None = None
        for number in range(first, last):
            line = special.get(number)
            if not is_flush:
                self._begin_line(x + passage.offset(number), baseline, pitch)
            elif number > first and (number > 1 or not passage.indent):
                out.append(b"T*")
                self._y -= pitch
            else:
                self._begin_line(x if number else x + passage.indent, baseline, pitch)
            baseline -= pitch
            if number in mixed or (line is not None and line.hyphen):
                line = line or lines[number]
                self.segments(passage, line, segments_of(passage, line.start, line.end), tail_of(passage, line, number))
                known = None
                continue
            gap = gaps[number]
            if gap != known:
                self._set_text(tf, b"%.3f" % (tracking + gap * em))
                known = gap
            if line is None:
                data = codes[2 * (starts[number] - begin) : 2 * (starts[number + 1] - begin)]
            else:
                data = codes[2 * (line.start - begin) : 2 * (line.end - begin)]
                if line.hyphen or line.end != starts[number + 1]:
                    data += font.encode(tail_of(passage, line, number))
                if line.shifts:
                    most = most_back(passage) + 1000 * (tracking + gap * em) / size
                    out.append(shifted(data, (line.start, line.shifts), scale, most))
                    continue
            data = data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r")
            out.append(b"(%b)Tj" % data)


def _hyphened_lines(passage: Passage, first: int, last: int) -> set[int]:
    """The lines that end with a hyphen of the text, of which there is something to say."""
    starts, special, text = passage.lines.starts, passage.lines.special, passage.text
    ends = [special[number].end if number in special else starts[number + 1] for number in range(first, last)]
    return {number for number, end in enumerate(ends, first) if text[end - 1 : end] == "-"}


def _mixed_lines(passage: Passage, first: int, last: int) -> set[int]:
    """The lines in which something is set otherwise than the passage."""
    starts, special = passage.lines.starts, passage.lines.special
    found: set[int] = set()
    number = first
    for start, end, _ in passage.runs:
        while number < last and starts[number + 1] <= start:
            number += 1
        at = number
        while at < last and starts[at] < end:
            # Spaces that are left out at the end of a line are no part of it.
            if at not in special or special[at].end > start:
                found.add(at)
            at += 1
    return found
