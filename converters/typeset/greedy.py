"""The reference algorithm: the longest run that fits, then 推入 (push in), then 推出 (push out)."""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import NamedTuple

from .boundaries import NEVER, SOFT
from .galley import Galley
from .glue import capacity

EPSILON = 1e-6
"""Em below which a difference is rounding: a type area in points is never quite a whole number of em."""


class Break(NamedTuple):
    """The end of a line. `overfull`: nothing makes it fit; `torn`: it ends inside what should not be divided.

    `rest` is what the line lacks (or, negative, has too much) at its natural width, None where nobody has reckoned
    it yet; `simple` says that all between its ends is plain.
    """

    end: int
    overfull: bool = False
    torn: bool = False
    rest: float | None = None
    simple: bool = False


def break_lines(galley: Galley, measure: float, indent: float = 0.0) -> list[Break]:
    """Ends of the lines, the last line's among them; the first line is `indent` shorter. 孤字 are not yet mended."""
    breaks: list[Break] = []
    start, size = 0, galley.size
    while start < size:
        width = measure if start else measure - indent
        found = _line(galley, start, width)
        breaks.append(found)
        start = found.end
    return breaks


def _line(galley: Galley, start: int, width: float) -> Break:
    limit = galley.line_start(start) + width + EPSILON
    reach = furthest(galley, start, limit)
    if reach == galley.size:
        return Break(reach)
    for allowed in range(SOFT + 1):
        end = _fitting(galley, start, reach, limit, allowed)
        if end is not None:
            return Break(end)
    if galley.rules.tear:
        end = reach if reach > start else next_break(galley, start, NEVER, math.inf)
        strength = galley.strength(end)
        if strength is None or strength > NEVER:
            end = previous_break(galley, start, end, NEVER) or next_break(galley, start, NEVER, math.inf)
        return Break(end, overfull=galley.line_end(end) > limit, torn=True)
    end = next_break(galley, start, SOFT, math.inf)
    return Break(end, overfull=True)


def _fitting(galley: Galley, start: int, reach: int, limit: float, allowed: int) -> int | None:
    if reach > start:
        strength = galley.strength(reach)
        if strength is not None and strength <= allowed:
            return reach
    # A line gives at most half of what it holds, so beyond twice its width nothing can be pushed in.
    beyond = limit + (limit - galley.line_start(start)) + 2
    end = next_break(galley, reach, allowed, beyond)
    if end > start and squeezable(galley, start, end, limit):
        return end
    return previous_break(galley, start, reach, allowed)


def squeezable(galley: Galley, start: int, end: int, limit: float) -> bool:
    """Whether a line fits up to coordinate `limit` when it gives all it can, or its last mark hangs."""
    excess = galley.line_end(end) - limit
    return excess <= galley.hang(end) or excess <= capacity(galley, start, end)


def furthest(galley: Galley, start: int, limit: float) -> int:
    """The last boundary between units up to which a line from `start` fits at its natural width."""
    ends, positions = galley.ends, galley.positions
    entry = bisect_right(ends, limit) - 1
    if entry < 0 or entry + 1 == len(positions):
        return max(start, positions[entry]) if entry >= 0 else start
    place = positions[entry]
    if galley.plain[entry]:
        base = galley.bases[entry]
        steps = max(0, math.floor(limit - base))
        last = positions[entry + 1] - place - 1
        if steps < last and galley.line_end(place + steps + 1) <= limit:
            steps += 1
        place += min(steps, last)
    place = max(start, place)
    if galley.rules.hanging and galley.strength(place + 1) is not None:
        hung = galley.hang(place + 1)
        if hung and galley.line_end(place + 1) - hung <= limit:
            place += 1
    return place


def next_break(galley: Galley, position: int, allowed: int, beyond: float) -> int:
    """The next boundary after `position` that may break; 0 if there is none before coordinate `beyond`."""
    positions, strengths, plain, size = galley.positions, galley.strengths, galley.plain, galley.size
    if position >= size:
        return 0
    entry = bisect_right(positions, position) - 1
    while True:
        if plain[entry]:
            stop = positions[entry + 1]
            for place in range(max(position, positions[entry]) + 1, stop):
                strength = galley.strength(place)
                if strength is not None and strength <= allowed:
                    return place
        entry += 1
        if positions[entry] == size or strengths[entry] <= allowed:
            return positions[entry]
        if galley.bases[entry] > beyond:
            return 0


def previous_break(galley: Galley, start: int, position: int, allowed: int) -> int | None:
    """The last boundary before `position` and after `start` that may break."""
    positions, strengths, plain = galley.positions, galley.strengths, galley.plain
    entry = bisect_right(positions, position) - 1
    if positions[entry] == position:
        entry -= 1
    while entry >= 0:
        place = positions[entry]
        if plain[entry]:
            for candidate in range(min(position, positions[entry + 1]) - 1, max(start, place), -1):
                strength = galley.strength(candidate)
                if strength is not None and strength <= allowed:
                    return candidate
        if place <= start:
            return None
        if strengths[entry] <= allowed and place < position:
            return place
        entry -= 1
    return None


def adjustment(galley: Galley, start: int, end: int, width: float) -> float:
    """Em to add to (+) or take from (−) the natural line so that it fills `width`; a hanging mark counts nothing."""
    rest = width - (galley.line_end(end) - galley.line_start(start))
    if rest < -EPSILON:
        hung = galley.hang(end)
        if hung and rest + hung >= -EPSILON:
            rest += hung
    return 0.0 if -EPSILON < rest < EPSILON else rest
