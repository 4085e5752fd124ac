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

LINE_END, SPACE, INTERPUNCT, BRACKET, COMMA, LATIN_GAP, FULL_STOP = range(1, 8)
"""The steps of squeezing, in their order."""


class Give(NamedTuple):
    """A place that can give `most` em. What it gives goes from boundary `place`, or half from `place` and half
    from the next where `centred`."""

    step: int
    place: int
    most: float
    centred: bool = False


class Glue:
    """All places of a paragraph that can give, in their order, with running totals.

    A line's own are those that lie strictly inside it: what its first and last mark have given up already, as
    edges of a line, goes from its very ends. `easy` leaves out 。？！ and the blank after a heading's number.
    """

    __slots__ = ("easy", "gives", "most", "places")

    def __init__(self, galley: Galley) -> None:
        found = sorted((*_marks(galley), *_others(galley)), key=_place_of)
        self.gives = found
        self.places = [give.place for give in found]
        easy, most = 0.0, 0.0
        self.easy, self.most = [easy], [most]
        for give in found:
            most += give.most
            if give.step != FULL_STOP and give.place not in galley.protected:
                easy += give.most
            self.easy.append(easy)
            self.most.append(most)


def _place_of(give: Give) -> int:
    return give.place


def _marks(galley: Galley) -> Iterator[Give]:
    prepared, residual, text = galley.prepared, galley.residual, galley.text
    table, centred = prepared.table, galley.rules.centred
    for match in prepared.marks.finditer(text):
        place = match.start()
        letter = table[ord(text[place])]
        blanks = residual.get(place)
        if letter == "O":
            lead = prepared.lead.get(text[place], 0.0) if blanks is None else blanks[0]
            if lead > 0:
                yield Give(BRACKET, place, lead)
        elif letter == "I":
            width = galley.width(place)
            if width > 0.5:
                yield Give(INTERPUNCT, place, width - 0.5, True)
        elif centred and letter != "C":
            # Taiwan and Hong Kong: ！ and ？ have a fixed em, the other stops give on both sides.
            if letter != "Q":
                yield Give(COMMA if letter == "S" else FULL_STOP, place, 0.5, True)
        elif letter != "Q" or prepared.zh:
            trail = prepared.trail.get(text[place], 0.0) if blanks is None else blanks[1]
            if trail > 0:
                yield Give(BRACKET if letter == "C" else COMMA if letter == "S" else FULL_STOP, place + 1, trail)


def _others(galley: Galley) -> Iterator[Give]:
    for place, size in galley.gaps:
        if size > LEAST_GAP:
            yield Give(LATIN_GAP, place, size - LEAST_GAP)
    for place, size in galley.spaces:
        if size > LEAST_SPACE:
            yield Give(SPACE, place, size - LEAST_SPACE)


def _edges(galley: Galley, start: int, end: int) -> list[Give]:
    """What the first and last mark of a line can give where the rules do not take it anyway."""
    rules, prepared, text = galley.rules, galley.prepared, galley.text
    found = []
    if not rules.trim_start and prepared.table[ord(text[start])] == "O":
        found.append(Give(BRACKET, start, prepared.blank(text[start])))
    letter = prepared.table[ord(text[end - 1])]
    if not rules.trim_end and letter in "CSFQ" and not (rules.centred and letter != "C"):
        blanks = galley.residual.get(end - 1)
        if letter != "Q" or (prepared.zh and blanks != (0.0, 0.0)):
            found.append(Give(LINE_END, end, prepared.blank(text[end - 1])))
    return found


def rooms(galley: Galley, start: int, end: int) -> tuple[float, float]:
    """Em that a line can give easily, and in all."""
    glue = galley.glue
    if glue is None:
        glue = galley.glue = Glue(galley)
    places = glue.places
    first, last = bisect_right(places, start), bisect_left(places, end)
    easy, most = glue.easy[last] - glue.easy[first], glue.most[last] - glue.most[first]
    if not (galley.rules.trim_start and galley.rules.trim_end):
        for give in _edges(galley, start, end):
            easy += give.most
            most += give.most
    return easy, most


def capacity(galley: Galley, start: int, end: int) -> float:
    """How much a line can give in all."""
    return rooms(galley, start, end)[1]


def squeeze(galley: Galley, start: int, end: int, need: float) -> list[tuple[int, float]]:
    """Shifts that take `need` em from a line, each step evenly over its places, stopping as soon as it fits.

    Under total fit brackets and commas give in one ratio, and the blank after a heading's number last of all.
    """
    shared = galley.rules.breaking == "total-fit"
    glue = galley.glue
    if glue is None:
        glue = galley.glue = Glue(galley)
    own = glue.gives[bisect_right(glue.places, start) : bisect_left(glue.places, end)]
    steps: dict[int, list[Give]] = {}
    for give in (*own, *_edges(galley, start, end)):
        step = give.step
        if shared:
            step = FULL_STOP + 1 if give.place in galley.protected else BRACKET if step == COMMA else step
        steps.setdefault(step, []).append(give)
    shifts: list[tuple[int, float]] = []
    for step in sorted(steps):
        if need <= 1e-9:
            break
        total = sum(give.most for give in steps[step])
        ratio = min(1.0, need / total)
        need -= ratio * total
        for give in steps[step]:
            taken = ratio * give.most
            if give.centred:
                shifts.append((give.place, -taken / 2))
                shifts.append((give.place + 1, -taken / 2))
            else:
                shifts.append((give.place, -taken))
    return shifts


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
