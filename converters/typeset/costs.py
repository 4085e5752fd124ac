"""What a line costs when all lines of a paragraph are weighed together (see total_fit).

Costs, none of them em (they are weighed against each other only):
  0–1     stretched by up to `ease` (0.03 em) a gap
  4–20    squeezed, by the share of what spaces, gaps, brackets and commas have to give
  20–60   squeezed beyond that, 。！？ too
  10–100  stretched by 0.03–0.10 em a gap; 100–1000 up to 0.25 em, beyond which a line is refused if any other is left
  6       for a squeezed line after a squeezed line
  150     孤字: one hanzi on the last line;  2 for a last line of less than three em
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left, bisect_right

from .galley import Galley
from .glue import WIDEST_GAP, WIDEST_SPACE, rooms
from .greedy import EPSILON

SQUEEZED = 4.0
TIGHT_AFTER_TIGHT = 6.0
LONELY = 150.0
HYPHEN = 30.0
NO_PAIRS = 0.25
"""What a line without a pair that widens (a word alone) counts for, in em a gap, before what it lacks."""
SHORT = 2.0
SHORT_LINE = 3.0


def stretch_cost(gap: float, ease: float) -> float:
    """Cost of a line whose gaps are `gap` em wide."""
    if gap <= ease:
        return (gap / ease) ** 2 if ease > 0 else 0.0
    if gap <= 0.10:
        return 10.0 + 90.0 * (gap - ease) / (0.10 - ease)
    if gap <= 0.25:
        return 100.0 + 900.0 * (gap - 0.10) / 0.15
    return 1000.0 + 10_000.0 * min(gap, 100.0)


def squeeze_cost(need: float, easy: float, most: float) -> float:
    """Cost of taking `need` em from a line that gives `easy` em without harm and `most` in all."""
    if need <= easy + EPSILON:
        return SQUEEZED + 16.0 * (need / easy) ** 2
    if need <= most + EPSILON:
        return 20.0 + 40.0 * (need - easy) / (most - easy)
    return math.inf


def line_cost(galley: Galley, start: int, end: int, rest: float) -> float:
    """Cost of the line text[start:end] that lacks `rest` em (or has as many too many, where negative)."""
    if rest >= -EPSILON:
        if rest <= EPSILON:
            return 0.0
        rest = max(0.0, rest - latin_room(galley, start, end))
        pairs = galley.stretchable(start, end)
        return stretch_cost(rest / pairs if pairs > 0 else NO_PAIRS + rest, galley.rules.ease)
    easy, most = rooms(galley, start, end)
    return squeeze_cost(-rest, easy, most)


def latin_room(galley: Galley, start: int, end: int) -> float:
    """Em that word spaces and gaps beside Latin take before the gaps between hanzi widen."""
    places, sums = galley.room or latin_rooms(galley)
    return max(0.0, sums[bisect_left(places, end)] - sums[bisect_right(places, start)])


def latin_rooms(galley: Galley) -> tuple[list[int], list[float]]:
    """Where such spaces and gaps stand, and what all before each take, the first of them none."""
    both = [(place, max(0.0, WIDEST_GAP - size)) for place, size in galley.gaps]
    if galley.spaces:
        both += [(place, max(0.0, WIDEST_SPACE - size)) for place, size in galley.spaces]
        both.sort()
    galley.room = [place for place, _ in both], [0.0, *itertools.accumulate([em for _, em in both])]
    return galley.room
