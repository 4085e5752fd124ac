"""Where a line gives and where it widens (clreq, justification): 先挤进，后推出.

Every change is a number of em at a boundary k: what stands from character k on moves by so much.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TypeAlias

from .galley import INTERPUNCT, Galley, Sums
from .rules import LEAST_GAP

LEAST_SPACE = 0.25
"""What squeezing leaves of a Western word space; clreq: ¼ em."""

WIDEST_SPACE = 0.5
"""What stretching makes of a Western word space at most; clreq: ½ em."""

WIDEST_GAP = 1 / 3
"""What stretching makes of a gap between hanzi and Latin at most; clreq: ⅓ em."""

SPACES = " \t"
"""What is not shown at the end of a line."""

_OFTEN = 1
"""A paragraph that was asked so often what its lines give is summed up once for all."""

LINE_END, SPACE = 1, 2
BRACKET, COMMA, LATIN_GAP, FULL_STOP = range(INTERPUNCT + 1, 8)
"""The steps of squeezing, in their order."""

_LAST_STEP = FULL_STOP + 1
"""That of the blank after a heading's number, under total fit."""


Give: TypeAlias = tuple[int, int, float]
"""A boundary whose right side can move left, the step that it belongs to, and the most em it gives."""


def gives(galley: Galley, start: int, end: int) -> list[Give]:
    """All that the line text[start:end] can give at its natural width.

    The marks' places lie strictly inside the line: what its first and last mark gave up as edges is gone. What
    stands in the middle of its em gives at the line's end too.
    """
    stop = _without_spaces(galley, start, end)
    found = _inner(galley, start, stop, end)
    if not (galley.rules.trim_start and galley.rules.trim_end):
        found.extend(_edges(galley, start, stop))
    return found


def _without_spaces(galley: Galley, start: int, end: int) -> int:
    """Where a line ends for the eye."""
    while end > start and galley.text[end - 1] in SPACES:
        end -= 1
    return end


def _inner(galley: Galley, start: int, stop: int, end: int) -> list[Give]:
    """What gives inside the line text[start:end], which shows nothing after `stop`."""
    prepared, residual, gifts, text = galley.prepared, galley.residual, galley.prepared.gifts, galley.text
    centred = galley.rules.centred
    found: list[Give] = []
    for match in prepared.marks.finditer(text, start, stop):
        place = match.start()
        offset, step, em = gifts[text[place]]
        if place in residual and not (centred and step in (COMMA, FULL_STOP)):
            em = residual[place][offset] if em else 0.0
        elif step == INTERPUNCT:
            em = galley.width(place) - 0.5
        if em > 0.0 and start < place + offset < stop + (step == INTERPUNCT):
            found.append((place + offset, step, em))
    for place, size in between(galley.gaps, start, end):
        if size > LEAST_GAP:
            found.append((place, LATIN_GAP, size - LEAST_GAP))
    for place, size in between(galley.spaces, start, end):
        if size > LEAST_SPACE:
            found.append((place, SPACE, size - LEAST_SPACE))
    return found


def _edges(galley: Galley, start: int, end: int) -> list[Give]:
    """What the first and last mark of a line can give where the rules do not take it anyway."""
    rules, prepared, text = galley.rules, galley.prepared, galley.text
    found: list[Give] = []
    if not rules.trim_start and prepared.table[ord(text[start])] == "O":
        found.append((start, BRACKET, prepared.blank(text[start])))
    if end <= start:
        return found
    letter = prepared.table[ord(text[end - 1])]
    if rules.centred and letter in "SF":
        found.append((end, LINE_END, galley.width(end - 1) / 2))
    elif not rules.trim_end and letter in "CSFQ" and not (rules.centred and letter == "Q"):
        blanks = galley.residual.get(end - 1)
        if letter != "Q" or (prepared.zh and blanks != (0.0, 0.0)):
            found.append((end, LINE_END, prepared.blank(text[end - 1])))
    return found


def rooms(galley: Galley, start: int, end: int) -> tuple[float, float]:
    """Em that a line can give easily, and in all."""
    galley.asked += 1
    if galley.asked > _OFTEN:
        return _rooms_by_sums(galley, start, end)
    easy = most = 0.0
    for place, step, em in gives(galley, start, end):
        most += em
        if step != FULL_STOP and place not in galley.protected:
            easy += em
    return easy, most


def _rooms_by_sums(galley: Galley, start: int, end: int) -> tuple[float, float]:
    """As `rooms`, for a paragraph that is asked often: what a line gives is the difference of two sums."""
    trims = galley.rules.trim_start and galley.rules.trim_end
    sums = galley.sums
    if sums is None:
        size, protected = galley.size, galley.protected
        given = sorted(_inner(galley, 0, _without_spaces(galley, 0, size), size))
        easily = [0.0 if step == FULL_STOP or place in protected else em for place, step, em in given]
        sums = galley.sums = Sums(given, easily, not trims)
    stop = _without_spaces(galley, start, end)
    first, last = bisect_right(sums.places, start), bisect_left(sums.places, stop)
    easy, most = sums.easy[last] - sums.easy[first], sums.most[last] - sums.most[first]
    if last < first:
        easy = most = 0.0
    if stop in sums.interpuncts:
        easy += sums.interpuncts[stop]
        most += sums.interpuncts[stop]
    if not trims:
        for place, step, em in _edges(galley, start, stop):
            most += em
            if step != FULL_STOP and place not in galley.protected:
                easy += em
    return easy, most


def capacity(galley: Galley, start: int, end: int) -> float:
    """How much a line can give in all."""
    return rooms(galley, start, end)[1]


def squeeze(galley: Galley, start: int, end: int, need: float) -> tuple[list[tuple[int, float]], float]:
    """Shifts that take `need` em from a line, each step evenly over its places, stopping as soon as it fits; and the
    em that the line can give in all.

    Under total fit brackets and commas give in one ratio, and the blank after a heading's number last of all.
    """
    shared, centred, protected = galley.rules.breaking == "total-fit", galley.rules.centred, galley.protected
    found = _given(galley, start, end)
    totals, taken = [0.0] * (_LAST_STEP + 1), [0.0] * (_LAST_STEP + 1)
    most = 0.0
    steps: list[int] = []
    for place, step, em in found:
        most += em
        if shared:
            if place in protected:
                step = _LAST_STEP
            elif step == COMMA:
                step = BRACKET
        totals[step] += em
        steps.append(step)
    for step, total in enumerate(totals):
        if need <= 1e-9:
            break
        if total > 0.0:
            ratio = taken[step] = min(1.0, need / total)
            need -= ratio * total
    shifts: list[tuple[int, float]] = []
    for (place, own_step, em), step in zip(found, steps, strict=True):
        ratio = taken[step]
        if ratio <= 0.0:
            continue
        if own_step == INTERPUNCT or (centred and _is_centred(galley, place, own_step)):
            # What stands in the middle of its em gives on both sides.
            shifts.append((place - 1, -ratio * em / 2))
            shifts.append((place, -ratio * em / 2))
        else:
            shifts.append((place, -ratio * em))
    return shifts, most


def _given(galley: Galley, start: int, end: int) -> Sequence[Give]:
    """As `gives`, from the sums where they are there."""
    sums = galley.sums
    if sums is None or not sums.are_all or galley.text[end - 1] in SPACES:
        return gives(galley, start, end)
    return sums.gives[bisect_right(sums.places, start) : bisect_left(sums.places, end)]


def _is_centred(galley: Galley, place: int, step: int) -> bool:
    """Whether what gives here is a stop in the middle of its em."""
    return step in (COMMA, FULL_STOP) or (
        step == LINE_END and galley.prepared.table[ord(galley.text[place - 1])] in "SF"
    )


def between(places: list[tuple[int, float]], start: int, end: int) -> list[tuple[int, float]]:
    """Those of (place, em), in rising order, that lie inside a line."""
    if not places:
        return places
    return places[bisect_right(places, (start, 9e9)) : bisect_left(places, (end, -9e9))]


def stretch(galley: Galley, start: int, end: int, need: float) -> tuple[list[tuple[int, float]], float]:
    """Shifts that add `need` em to a line, and the em left over for the gaps between hanzi."""
    shifts: list[tuple[int, float]] = []
    hanzi_pairs = galley.stretchable(start, end)
    spaces = between(galley.spaces, start, end)
    limit = WIDEST_SPACE if hanzi_pairs else 1.0
    for places, widest in ((spaces, limit), (between(galley.gaps, start, end), WIDEST_GAP)):
        room = [(place, widest - size) for place, size in places if size < widest]
        total = sum(most for _, most in room)
        if total <= 0 or need <= 1e-9:
            continue
        ratio = min(1.0, need / total)
        need -= ratio * total
        shifts.extend((place, ratio * most) for place, most in room)
    return shifts, need
