"""Total fit: the breaks of a paragraph that are best taken together.

A line that is full, or that lacks no more than `ease` em a gap, costs next to nothing; so as long as one such line
follows the other nothing else is tried. Where none exists the last few lines are taken up again in every way
(squeezed, or loosened and handed on), and the cheapest way on is followed first, until none cheaper than the one
that reached the end is left (search.py). Most lines are thus looked at once. What a line costs says costs.py.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import cast

from . import greedy
from .costs import line_cost
from .galley import Galley
from .greedy import EPSILON, Break, adjustment
from .lonely import mend
from .search import COST, OWN, PARENT, Node, Search

TOLERANCES = (0.06, 0.10, 0.25, math.inf)
"""Em a gap may be stretched, one after the other: what needs more is looked at only where nothing else is left."""

LOOK_BACK = (2, 3, 4, 8)
"""How many lines before one that will not come right are taken up again, at each tolerance."""

HARMLESS = 20.0
"""A paragraph whose every line costs less is not compared with the greedy one."""


def break_lines(galley: Galley, measure: float, indent: float = 0.0) -> Sequence[Break]:
    """Ends of the lines that cost least together; never worse in their worst line than greedy ones."""
    rest = galley.line_start(0) + measure - indent - galley.ends[-1]
    if rest >= -EPSILON:
        return (Break(galley.size, False, False, rest, galley.positions[-2] <= 0),)
    search = Search(galley, measure, indent)
    found: Node | None = None
    for tolerance, look_back in zip(TOLERANCES, LOOK_BACK, strict=True):
        found = search.run(tolerance, look_back)
        if found is not None:
            break
    if found is not None:
        worst = _worst(found) if found[COST] > HARMLESS else 0.0
        if worst <= HARMLESS:
            return _breaks(found)
    greedy_breaks = mend(galley, greedy.break_lines(galley, measure, indent), measure, indent)
    if found is None:
        return greedy_breaks
    greedy_worst = worst_cost(galley, greedy_breaks, measure, indent)
    if greedy_worst < worst - EPSILON:
        found = search.run(math.inf, galley.size, greedy_worst + EPSILON)
    return greedy_breaks if found is None else _breaks(found)


def break_strictly(galley: Galley, measure: float, indent: float = 0.0) -> Sequence[Break]:
    """As `break_lines`, and no line is stretched, squeezed or spaced more than the greedy ones' worst, in plain em.

    So not even a stretch that nobody sees is traded for a squeeze.
    """
    plain = mend(galley, greedy.break_lines(galley, measure, indent), measure, indent)
    stretch = squeeze = gap = 0.0
    start = 0
    for end, overfull, torn, *_ in plain:
        if overfull or torn:
            return plain
        rest = adjustment(galley, start, end, measure if start else measure - indent)
        if rest > 0 and end < galley.size:
            stretch = max(stretch, rest)
            gap = max(gap, rest / max(1, galley.stretchable(start, end)))
        squeeze = max(squeeze, -rest)
        start = end
    search = Search(galley, measure, indent)
    search.most_stretch = stretch + EPSILON
    search.most_gap = gap + EPSILON
    search.most_squeeze = max(stretch, squeeze) + EPSILON
    found = search.run(math.inf, galley.size)
    return plain if found is None else _breaks(found)


def worst_cost(galley: Galley, breaks: Sequence[Break], measure: float, indent: float = 0.0) -> float:
    """Cost of the dearest of given lines; infinite for one that does not fit or is torn."""
    worst, start = 0.0, 0
    for end, overfull, torn, *_ in breaks:
        rest = adjustment(galley, start, end, measure if start else measure - indent)
        if overfull or torn:
            return math.inf
        if rest < 0 or end < galley.size:
            worst = max(worst, line_cost(galley, start, end, rest))
        start = end
    return worst


def _worst(node: Node | None) -> float:
    worst = 0.0
    while node is not None:
        worst = max(worst, node[OWN])
        node = node[PARENT]
    return worst


def _breaks(node: Node) -> Sequence[Break]:
    lines: list[Node] = []
    while (parent := node[PARENT]) is not None:
        lines.append(node)
        node = parent
    lines.reverse()
    # What stands behind the five items of a Break is nobody's concern from here on.
    return cast("Sequence[Break]", lines)
