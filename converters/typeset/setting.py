"""A paragraph set in lines, for a painter: which characters, and how far each stands from where it would stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from . import greedy, total_fit
from .galley import Galley
from .glue import between, capacity, squeeze, stretch
from .greedy import EPSILON, Break, adjustment
from .hyphens import LONG_WORD, hyphen_points, needs_hyphens
from .lonely import mend
from .measuring import Copy, measured
from .rules import Rules

_new = tuple.__new__
_SPACES = " \t\u200b"


class SetLine(NamedTuple):
    """One line. All lengths are em.

    The line shows text[start:end]; spaces at a break are left out. Character k begins at the sum of the
    advances of text[start:k], plus `gap` × (k − start), plus every shift (i, em) of `shifts` with i ≤ k:
    `gap` is what PDF calls Tc, and where a pair may not widen (inside a word, a number, ——, ……) a shift of −gap
    takes it back. Shifts stand in rising order; one at `start` moves the first glyph (−½: a trimmed opening mark).
    A line without shifts is drawn in one stroke.

    `width` is the distance from the left edge to the trimmed right edge as drawn; `adjust` the em that were
    added (+) or taken (−) to reach the measure. `overfull`: the line is wider than the measure and nothing helps.
    `torn`: it ends inside what should not be divided. `hyphen`: it ends with a hyphen that the text does not have.
    """

    start: int
    end: int
    shifts: tuple[tuple[int, float], ...] = ()
    gap: float = 0.0
    width: float = 0.0
    adjust: float = 0.0
    overfull: bool = False
    torn: bool = False
    hyphen: bool = False


def set_paragraph(
    text: str,
    measure: float,
    *,
    indent: float = 0.0,
    rules: Rules | None = None,
    widths: Sequence[float] | None = None,
    glued: Iterable[tuple[int, int]] = (),
    justify: bool = True,
) -> list[SetLine]:
    """Break a paragraph into lines of `measure` em, the first `indent` em shorter, and place its characters.

    `widths` gives the advance of every character (objects, U+FFFC, among them) in em of the paragraph's size
    where they are not those of the rules; a plain paragraph is set faster without. `glued` are stretches
    (start, end) that never break inside: ruby, a note's mark and the character before it. "\\n" breaks a line;
    what follows it has no indent. The last line, and one before "\\n", is not stretched.
    """
    rules = rules or Rules()
    if "\n" not in text:
        return _set(Copy(text, rules, widths, glued), measure, indent, justify)
    lines: list[SetLine] = []
    start = 0
    spans = tuple(glued)
    for part in text.split("\n"):
        end = start + len(part)
        inside = [(head - start, tail - start) for head, tail in spans if start <= head and tail <= end]
        part_widths = None if widths is None else widths[start:end]
        own_indent = indent if start == 0 else 0.0
        for line in _set(Copy(part, rules, part_widths, inside), measure, own_indent, justify):
            shifts = tuple((place + start, shift) for place, shift in line.shifts)
            lines.append(line._replace(start=line.start + start, end=line.end + start, shifts=shifts))
        if not part:
            lines.append(SetLine(start, start))
        start = end + 1
    if text.endswith("\n"):
        lines.pop()
    return lines


def _set(copy: Copy, measure: float, indent: float, justify: bool) -> list[SetLine]:
    text = copy.text
    if not text:
        return []
    galley = measured(copy, measure)
    breaks = _break(galley, measure, indent)
    if (
        copy.rules.hyphenate
        and galley.rigid
        and LONG_WORD.search(text)
        and needs_hyphens(galley, breaks, measure, indent)
    ):
        galley = measured(copy, measure, hyphen_points(text))
        breaks = _break(galley, measure, indent)
    return place_lines(galley, breaks, measure, indent, justify)


def _break(galley: Galley, measure: float, indent: float) -> Sequence[Break]:
    if galley.rules.breaking == "total-fit":
        return total_fit.break_lines(galley, measure, indent)
    return mend(galley, greedy.break_lines(galley, measure, indent), measure, indent)


def place_lines(
    galley: Galley, breaks: Sequence[Break], measure: float, indent: float = 0.0, justify: bool = True
) -> list[SetLine]:
    """The lines between given breaks."""
    lines: list[SetLine] = []
    text, size = galley.text, galley.size
    lead = galley.prepared.lead if galley.rules.trim_start else {}
    plainly = not galley.odd_leads
    start = 0
    for found in breaks:
        end, overfull, torn, rest, simple = found[:5]
        width = measure if start else measure - indent
        if rest is None:
            rest = adjustment(galley, start, end, width)
        natural = width - rest
        if rest > 0.0 and (end == size or not justify):
            rest = 0.0
        if simple and rest >= 0.0 and plainly:
            # No run inside: what is added goes evenly between all.
            blank = lead.get(text[start])
            shifts: tuple[tuple[int, float], ...] = ((start, -blank),) if blank else ()
            gap = rest / (end - start - 1) if rest else 0.0
            lines.append(_new(SetLine, (start, end, shifts, gap, natural + rest, rest, overfull, torn, False)))
        elif rest == 0.0 and plainly and text[end - 1] not in _SPACES and not galley.hyphens:
            blank = lead.get(text[start])
            moves = between(galley.kerns, start, end)
            shifts = ((start, -blank), *moves) if blank else tuple(moves)
            lines.append(_new(SetLine, (start, end, shifts, 0.0, natural, 0.0, overfull, torn, False)))
        else:
            lines.append(_place(galley, start, found, rest, natural))
        start = end
    return lines


def _place(galley: Galley, start: int, found: Break, rest: float, natural: float) -> SetLine:
    end, overfull, torn = found[:3]
    text = galley.text
    gap = 0.0
    moves: list[tuple[int, float]] = []
    stop = end
    while stop > start and text[stop - 1] in _SPACES:
        stop -= 1
    first = galley.lead(start)
    if first:
        moves.append((start, -first))
    moves.extend(between(galley.kerns, start, stop))
    if rest < 0:
        moves.extend(squeeze(galley, start, end, -rest))
        rest = max(rest, -capacity(galley, start, end))
    elif rest > 0:
        added, left = stretch(galley, start, stop, rest)
        moves.extend(added)
        pairs = galley.stretchable(start, stop)
        if pairs and left > EPSILON:
            gap = left / pairs
            rigid = galley.rigid
            moves.extend((place, -gap) for place in rigid[bisect_right(rigid, start) : bisect_left(rigid, stop)])
            left = 0.0
        rest -= left
    hyphen = end in galley.hyphens
    return SetLine(start, stop, _merged(moves, stop), gap, natural + rest, rest, overfull, torn, hyphen)


def _merged(moves: list[tuple[int, float]], stop: int) -> tuple[tuple[int, float], ...]:
    if not moves:
        return ()
    total: dict[int, float] = {}
    for place, shift in moves:
        if place < stop:
            total[place] = total.get(place, 0.0) + shift
    return tuple(sorted(item for item in total.items() if item[1]))
