"""Lines in the middle, divided at phrases and in balance: titles, captions, heads of tables."""

from __future__ import annotations

from converters.theme.schema import Align
from converters.typeset import Lines, Rules, SetLine, set_paragraph
from converters.typeset.headings import divide
from converters.typeset.measuring import Copy

from .flatten import Flat
from .result import Passage

_MOST_LINES = 4
"""A text of more lines than this is left as it is."""


def balance(flat: Flat, passage: Passage, rules: Rules) -> None:
    """Divide a short centred text of a few lines at its phrases, as a title."""
    if passage.align is Align.CENTRE and 1 < len(passage.lines) <= _MOST_LINES:
        lines = phrase_lines(flat, passage.measure / passage.em, rules)
        if len(lines) <= len(passage.lines) and not any(line.overfull or line.torn for line in lines):
            passage.lines = Lines.of(lines)


def phrase_lines(flat: Flat, measure: float, rules: Rules) -> list[SetLine]:
    """The lines of a title; each of the author's own is broken further where it does not fit or stands out."""
    lines: list[SetLine] = []
    widths = flat.widths
    if widths is None:
        known = flat.case.widths
        widths = [0.0 if character == "\n" else known[character] for character in flat.text]
    for start, end in divide(Copy(flat.text, rules, widths), measure):
        text = flat.text[start:end]
        if flat.widths is None and end - start <= measure and min(text) >= "一" and max(text) <= "鿿":
            # Hanzi alone, one em each: a line that fits needs no line breaker.
            lines.append(SetLine(start, end, (), 0.0, float(end - start)))
            continue
        own = None if flat.widths is None else flat.widths[start:end]
        for line in set_paragraph(text, measure, rules=rules, widths=own, justify=False):
            shifts = tuple((place + start, shift) for place, shift in line.shifts)
            lines.append(line._replace(start=line.start + start, end=line.end + start, shifts=shifts))
    return lines
