"""The lines of a passage with foreign scripts as they are drawn: what runs to the left turned round, glyphs where the
face puts them.

Line breaking goes by the order of reading; within each line the characters then go where Unicode's bidirectional
algorithm (UAX #9) has them. A passage whose first letter runs to the left runs to the left as a whole.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from converters.theme.schema import Align
from converters.typeset import SetLine
from converters.typeset.bidi import MIRRORED, base_level, levels, visual_order
from converters.typeset.lines import Lines

from .result import Inset, Mark, MarkKind, Passage, Run, Setting

if TYPE_CHECKING:
    from converters.fonts.face import Face

    from .scripts import Move, Scripts

_BLANK = "\u200b"


def arrange(passage: Passage, scripts: Scripts, drawn: dict[Face, set[str]]) -> str:
    """Put the characters of a passage's lines in the order and to the places in which they are drawn; returns the first
    character that runs to the left, "" where none does."""
    text = passage.text
    signs = dict.fromkeys(text)
    alike = scripts.clusters.alike
    bare = {alike.get(sign, sign): sign for sign in signs}
    leftwards = next((sign for sign in bare if sign in scripts.leftwards or _runs_left(sign)), "")
    if leftwards or not scripts.moves.keys().isdisjoint(bare):
        _Arranger(passage, scripts, drawn).arrange(leftwards=bool(leftwards))
    return scripts.clusters.meaning(leftwards)[:1] if leftwards else ""


def _runs_left(sign: str) -> bool:
    return sign > "\u0590" and unicodedata.bidirectional(sign) in ("R", "AL", "RLE", "RLI")


class _Arranger:
    def __init__(self, passage: Passage, scripts: Scripts, drawn: dict[Face, set[str]]) -> None:
        self.passage = passage
        self.scripts = scripts
        self.drawn = drawn
        self.settings = _settings(passage)
        self.base = 0

    def arrange(self, *, leftwards: bool) -> None:
        """Rewrite the passage."""
        passage = self.passage
        text = list(passage.text)
        order = list(range(len(text)))
        depths = [0] * len(text)
        if leftwards:
            said = "".join(self._said(sign) for sign in text)
            self.base = base_level(said)
            depths = levels(said, self.base)
            for line in passage.lines:
                places = visual_order(depths[line.start : line.end])
                order[line.start : line.end] = [line.start + place for place in places]
        lines = {number: self._line(line, order, depths) for number, line in enumerate(passage.lines)}
        if leftwards:
            passage.said = self._read(text, order, depths)
        widths = passage.widths
        turned = [
            self._mirrored(text[place], self.settings[place]) if depths[place] % 2 else text[place] for place in order
        ]
        if not isinstance(widths, Mapping):
            passage.widths = [widths[place] for place in order]
        elif any(turned[place] != text[order[place]] for place in range(len(text))):
            passage.widths = [widths[text[place]] for place in order]
        passage.text = "".join(turned)
        self.settings = [self.settings[place] for place in order]
        passage.runs = _runs(self.settings, passage.setting)
        passage.marks = [piece for mark in passage.marks for piece in _pieces(mark, order)]
        if passage.insets:
            at: dict[int, Inset] = {order.index(place): inset for place, inset in passage.insets.items()}
            passage.insets = at
        lines = {number: self._moved(line) for number, line in lines.items()}
        if self.base and passage.align in (Align.JUSTIFY, Align.LEFT):
            lines = {number: self._flush_right(number, line) for number, line in lines.items()}
            passage.indent = 0.0
        passage.lines = Lines.of(list(lines.values())) if lines else passage.lines

    def _read(self, text: Sequence[str], order: Sequence[int], depths: Sequence[int]) -> list[str]:
        """What is read at each place of the arranged text."""
        meaning = self.scripts.clusters.meaning
        # Labels and objects in the line say themselves, wherever they stand.
        apart = {
            place for mark in self.passage.marks if mark.kind in (MarkKind.LABEL, MarkKind.CALL)
            for place in range(mark.start, mark.end)
        } | set(self.passage.insets or ())  # fmt: skip
        said = [meaning(text[place]) for place in order]
        for line in self.passage.lines:
            index = line.start
            while index < line.end:
                end = index
                while end < line.end and depths[order[end]]:
                    end += 1
                own = [place for place in order[index:end] if place not in apart]
                for at in range(index, end):
                    if order[at] not in apart:
                        said[at] = "".join(meaning(text[place]) for place in sorted(own)) if order[at] == own[0] else ""
                index = max(end, index + 1)
        return said

    def _said(self, sign: str) -> str:
        """One character of the direction of what a sign stands for."""
        meaning = self.scripts.clusters.meaning(sign)
        return meaning[0] if meaning else _BLANK

    def _mirrored(self, sign: str, setting: Setting) -> str:
        """The stand-in of a bracket that turns round; the sign itself where nothing does."""
        mirror = MIRRORED.get(sign)
        glyph = setting.face.glyphs[ord(mirror)] if mirror else 0
        if not glyph:
            return sign
        return self.scripts.clusters.new((setting.face, f"mirrored {sign}"), "y", (glyph, sign), self.drawn)

    def _line(self, line: SetLine, order: Sequence[int], depths: Sequence[int]) -> SetLine:
        """A line's shifts at the places to which the characters behind them have gone."""
        if not line.shifts or not any(depths[line.start : line.end]):
            return line
        where = {place: index for index, place in enumerate(order[line.start : line.end], line.start)}
        shifts: dict[int, float] = {}
        for place, shift in line.shifts:
            index = where[place]
            if place > line.start and depths[place] % 2 and depths[place - 1] % 2:
                # What stood before a character in reading stands at its right.
                index = where[place - 1]
            shifts[index] = shifts.get(index, 0.0) + shift
        return line._replace(shifts=tuple(sorted(shifts.items())))

    def _moved(self, line: SetLine) -> SetLine:
        """A line with its glyphs where their face puts them beside the pen point."""
        moves, text, em = self.scripts.moves, self.passage.text, self.passage.em
        alike = self.scripts.clusters.alike
        shifts = dict(line.shifts)

        def add(place: int, shift: float) -> None:
            if line.start <= place < line.end and abs(shift) > 1e-6:
                shifts[place] = shifts.get(place, 0.0) + shift

        for place in range(line.start, line.end):
            move: Move | None = moves.get(alike.get(text[place], text[place]))
            if move is None:
                continue
            size = self.settings[place].size / em
            add(place, move.x * size)
            add(place + 1, (move.more - move.x) * size)
        return line._replace(shifts=tuple(sorted(shifts.items())))

    def _flush_right(self, number: int, line: SetLine) -> SetLine:
        """A line of a passage that runs to the left, ending at the measure, the first one at its indent."""
        passage = self.passage
        measure = (passage.measure - (passage.indent if number == 0 else 0.0)) / passage.em
        spare = measure - line.width
        if line.start == line.end or spare < 1e-3:
            return line
        shifts = dict(line.shifts)
        shifts[line.start] = shifts.get(line.start, 0.0) + spare
        return line._replace(shifts=tuple(sorted(shifts.items())))


def _settings(passage: Passage) -> list[Setting]:
    """The setting of every character."""
    found = [passage.setting] * len(passage.text)
    for start, end, setting in passage.runs:
        found[start:end] = [setting] * (end - start)
    return found


def _runs(settings: Sequence[Setting], own: Setting) -> list[Run]:
    """The stretches of characters that are not set in a passage's own setting."""
    found: list[Run] = []
    for place, setting in enumerate(settings):
        if setting is own:
            continue
        if found and found[-1].end == place and found[-1].setting is setting:
            found[-1] = found[-1]._replace(end=place + 1)
        else:
            found.append(Run(place, place + 1, setting))
    return found


def _pieces(mark: Mark, order: Sequence[int]) -> list[Mark]:
    """A mark on the places to which its characters have gone."""
    found: list[Mark] = []
    for index, place in enumerate(order):
        if not mark.start <= place < mark.end:
            continue
        if found and found[-1].end == index:
            found[-1] = found[-1]._replace(end=index + 1)
        else:
            found.append(mark._replace(start=index, end=index + 1))
    return found
