"""The composing stick: one style set to one measure, ready for any number of texts."""

from __future__ import annotations

from dataclasses import field
from typing import NamedTuple

from converters.records import dataclass
from converters.theme.schema import Align, TextStyle
from converters.typeset import Copy, Lines, Rules, set_lines

from .result import Element, Passage, Run
from .typecase import Typecase

_SHORT = 6
"""Characters of a text whose lines are remembered."""
_MOST_MET = 256


@dataclass(frozen=True, slots=True, eq=False)
class Stick:
    """What setting a plain text needs beside the text. `measure`, `indent` and `pitch` are points, `left` is how far
    the lines stand in from the left edge of what holds them."""

    style: TextStyle
    case: Typecase
    rules: Rules
    measure: float
    indent: float
    pitch: float
    left: float = 0.0
    # The same in em of the style; one object each for all passages.
    measure_em: float = 0.0
    indent_em: float = 0.0
    # The lines of short texts that have been met: marks of items and words of cells come again and again.
    _met: dict[str, Lines] = field(default_factory=dict)

    def lines(self, text: str) -> Lines:
        """The lines of a text."""
        is_short = len(text) <= _SHORT
        found = self._met.get(text) if is_short else None
        if found is None:
            copy = Copy(text, self.rules)
            found = set_lines(copy, self.measure_em, self.indent_em, justify=self.style.align is Align.JUSTIFY)
            if is_short and len(self._met) < _MOST_MET:
                self._met[text] = found
        return found

    def set(self, text: str, runs: list[Run], element: Element | None, lines: Lines | None = None) -> Passage:
        """A text of characters that the typecase knows, in its lines, where somebody has made them."""
        case, style = self.case, self.style
        passage = Passage(text, lines or self.lines(text), case.main, case.em, element)
        passage.runs = runs
        passage.widths = case.widths
        passage.indent = self.indent
        passage.align = style.align
        passage.measure = self.measure
        passage.pitch = self.pitch
        return passage


class Ready(NamedTuple):
    """Lines that somebody has made ahead: those of a text in a stick, or of a title in a typecase."""

    text: str
    maker: Stick | Typecase
    lines: Lines
