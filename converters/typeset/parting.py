"""What merely should hold together is parted where it would tear the line before it open (clreq, justification)."""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Sequence

from . import total_fit
from .boundaries import SOFT
from .costs import line_cost
from .galley import Galley
from .greedy import Break, adjustment

_PARTS_AFTER = "年月〕"
"""Where a date or the number of a document is parted, if it must be."""

_TORN_OPEN = 400.0
"""Cost (see costs) of a line whose gaps widen by 0.15 em: worse than a date in two parts."""


def break_lines(galley: Galley, measure: float, indent: float = 0.0) -> Sequence[Break]:
    """Ends of the lines by total fit, dates and document numbers in parts where a line would be torn open for them."""
    breaks = total_fit.break_lines(galley, measure, indent)
    if len(breaks) < 2 or SOFT not in galley.strengths:
        return breaks
    opened = _opened(galley, breaks, measure, indent)
    if opened is not None:
        other = total_fit.break_lines(opened, measure, indent)
        worst = total_fit.worst_cost(galley, breaks, measure, indent)
        if total_fit.worst_cost(galley, other, measure, indent) < worst - _TORN_OPEN / 2:
            return other
    return breaks


def _opened(galley: Galley, breaks: Sequence[Break], measure: float, indent: float) -> Galley | None:
    """The galley with its units opened after lines that are torn open; None where no line is or nothing opens."""
    positions, strengths = galley.positions, list(galley.strengths)
    start = 0
    for end, *_ in breaks:
        if end < galley.size:
            rest = adjustment(galley, start, end, measure if start else measure - indent)
            if rest > 1.0 and line_cost(galley, start, end, rest) > _TORN_OPEN:
                entry = bisect_right(positions, end)
                while entry < len(strengths) and strengths[entry] == SOFT:
                    if galley.text[positions[entry] - 1] in _PARTS_AFTER:
                        strengths[entry] = 0
                    entry += 1
        start = end
    if strengths == galley.strengths:
        return None
    opened = copy.copy(galley)
    opened.strengths = strengths
    return opened
