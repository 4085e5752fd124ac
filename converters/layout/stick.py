"""The composing stick: one style set to one measure, ready for any number of texts."""

from __future__ import annotations

from converters.records import dataclass
from converters.theme.schema import Align, TextStyle
from converters.typeset import Copy, Rules, set_lines

from .result import Element, Passage, Run
from .typecase import Typecase


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

    def set(self, text: str, runs: list[Run], element: Element | None) -> Passage:
        """A text of characters that the typecase knows, as lines."""
        case, style = self.case, self.style
        em = case.em
        copy = Copy(text, self.rules)
        lines = set_lines(copy, self.measure_em, self.indent_em, justify=style.align is Align.JUSTIFY)
        passage = Passage(text, lines, case.main, em, element)
        passage.runs = runs
        passage.widths = case.widths
        passage.indent = self.indent
        passage.align = style.align
        passage.measure = self.measure
        passage.pitch = self.pitch
        return passage
