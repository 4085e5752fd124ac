"""Where a line gives and where it widens (clreq, justification): 先挤进，后推出.

Every change is a number of em at a boundary k: what stands from character k on moves by so much.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from .galley import Galley
from .rules import LEAST_GAP

LEAST_SPACE = 0.25
"""What squeezing leaves of a Western word space; clreq: ¼ em."""

WIDEST_SPACE = 0.5
"""What stretching makes of a Western word space at most; clreq: ½ em."""

WIDEST_GAP = 1 / 3
"""What stretching makes of a gap between hanzi and Latin at most; clreq: ⅓ em."""

FLOOR = 0.125
"""What total-fit leaves of the blank of a bracket or comma, so that a lone comma is not swallowed whole."""

LINE_END, SPACE, INTERPUNCT, BRACKET, COMMA, LATIN_GAP, FULL_STOP = range(1, 8)
"""The steps of squeezing, in their order."""


class Give(NamedTuple):
    """A place that can give `most` em. What it gives goes from boundary `place`, or half from `place` and half
    from the next where `centred`."""

    step: int
    place: int
    most: float
    centred: bool = False


def gives(galley: Galley, start: int, end: int) -> Iterator[Give]:
    """All places of the line text[start:end] that can give, at its natural width."""
    rules, prepared, residual = galley.rules, galley.prepared, galley.residual
    table, centred = prepared.table, rules.centred
    last = end - 1
    text = galley.text
    for match in prepared.marks.finditer(text, start, end):
        place = match.start()
        letter = table[ord(text[place])]
        blanks = residual.get(place)
        if letter == "I":
            width = galley.width(place)
            if width > 0.5:
                yield Give(INTERPUNCT, place, width - 0.5, True)
        elif letter == "O":
            if place == start:
                lead = 0.0 if rules.trim_start else prepared.blank(text[place])
            else:
                lead = prepared.lead.get(text[place], 0.0) if blanks is None else blanks[0]
            if lead > 0:
                yield Give(BRACKET, place, lead)
        elif centred and letter != "C":
            if letter != "Q":
                yield Give(COMMA if letter == "S" else FULL_STOP, place, 0.5, True)
        elif place == last:
            trail = 0.0 if rules.trim_end or (blanks == (0.0, 0.0) and letter == "Q") else prepared.blank(text[place])
            if trail > 0:
                yield Give(LINE_END, place + 1, trail)
        elif letter != "Q" or prepared.zh:
            trail = prepared.trail.get(text[place], 0.0) if blanks is None else blanks[1]
            if trail > 0:
                yield Give(BRACKET if letter == "C" else COMMA if letter == "S" else FULL_STOP, place + 1, trail)
    yield from _others(galley, start, end)


def _others(galley: Galley, start: int, end: int) -> Iterator[Give]:
    for place, size in _between(galley.gaps, start, end):
        if size > LEAST_GAP:
            yield Give(LATIN_GAP, place, size - LEAST_GAP)
    for place, size in _between(galley.spaces, start, end):
        if size > LEAST_SPACE:
            yield Give(SPACE, place, size - LEAST_SPACE)


def _between(places: list[tuple[int, float]], start: int, end: int) -> list[tuple[int, float]]:
    if not places:
        return places
    return places[bisect_right(places, (start, 9e9)) : bisect_left(places, (end, 0.0))]


def capacity(galley: Galley, start: int, end: int) -> float:
    """How much a line can give in all."""
    return sum(give.most for give in gives(galley, start, end))


def squeeze(galley: Galley, start: int, end: int, need: float, *, shared: bool = False) -> list[tuple[int, float]]:
    """Shifts that take `need` em from a line, each step evenly over its places, stopping as soon as it fits.

    `shared`: brackets and commas give in one ratio and keep ⅛ em, as total-fit wants them; what they keep goes last.
    """
    steps: dict[int, list[Give]] = {}
    for give in gives(galley, start, end):
        step = BRACKET if shared and give.step == COMMA else give.step
        if shared and step in (BRACKET, FULL_STOP):
            if give.place in galley.protected:
                steps.setdefault(FULL_STOP + 2, []).append(give)
                continue
            kept = min(FLOOR, give.most)
            steps.setdefault(FULL_STOP + 1, []).append(give._replace(most=kept))
            give = give._replace(most=give.most - kept)
        steps.setdefault(step, []).append(give)
    shifts: list[tuple[int, float]] = []
    for step in sorted(steps):
        if need <= 1e-9:
            break
        total = sum(give.most for give in steps[step])
        ratio = min(1.0, need / total) if total > 0 else 0.0
        need -= ratio * total
        for give in steps[step]:
            taken = ratio * give.most
            if give.centred:
                shifts.append((give.place, -taken / 2))
                shifts.append((give.place + 1, -taken / 2))
            else:
                shifts.append((give.place, -taken))
    return shifts


def stretch(galley: Galley, start: int, end: int, need: float) -> tuple[list[tuple[int, float]], float]:
    """Shifts that add `need` em to a line, and the em left over for the gaps between hanzi."""
    shifts: list[tuple[int, float]] = []
    hanzi_pairs = galley.stretchable(start, end)
    spaces = _between(galley.spaces, start, end)
    limit = WIDEST_SPACE if hanzi_pairs else 1.0
    for places, widest in ((spaces, limit), (_between(galley.gaps, start, end), WIDEST_GAP)):
        room = [(place, widest - size) for place, size in places if size < widest]
        total = sum(most for _, most in room)
        if total <= 0 or need <= 1e-9:
            continue
        ratio = min(1.0, need / total)
        need -= ratio * total
        shifts.extend((place, ratio * most) for place, most in room)
    return shifts, need
