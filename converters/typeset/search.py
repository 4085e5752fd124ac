"""The search of total fit: the cheapest way through a paragraph, line end by line end.

As long as one easy line follows the other nothing else is tried. Where none exists the last few lines are taken up
again in every way, and the cheapest way on is followed first.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from heapq import heappop, heappush
from typing import Final, TypeAlias

from .costs import (
    HYPHEN,
    LONELY,
    NO_PAIRS,
    SHORT,
    SHORT_LINE,
    SQUEEZED,
    TIGHT_AFTER_TIGHT,
    latin_rooms,
    squeeze_cost,
    stretch_cost,
)
from .galley import Galley
from .glue import SPACES, rooms
from .greedy import EPSILON, furthest
from .lonely import is_lonely

BEAM = 10
"""Ways that have fallen so many lines behind the foremost are given up, so that time stays linear."""


Node: TypeAlias = tuple[int, bool, bool, float, bool, float, float, bool, "Node | None"]
"""A line end on the way: the five items of a Break, the costs of the way and of the line, whether the line is tight,
and the way here. Plain tuples, as there are tens of them in a paragraph."""

Rest: TypeAlias = tuple[bool, float, int, int]
"""Lines after a node that are still to be looked at: whether the tighter ones, the line's limit, the place to go on
from, the entry at or before that."""

Waiting: TypeAlias = "tuple[float, int, int, Node, Rest | None]"
"""What waits in the heap: a line end, or what else may follow one. The cheapest comes first, of these the foremost."""

END: Final = 0
COST: Final = 5
OWN: Final = 6
TIGHT: Final = 7
PARENT: Final = 8


_NOTHING: dict[str, float] = {}


class Search:
    """One search for the cheapest way through a paragraph, under one tolerance.

    `cap` bounds what a line may cost; the three `most_` what it may stretch, be squeezed, and widen a gap, in em.
    """

    look_back = 0
    tolerance = cap = most_stretch = most_squeeze = most_gap = bound = math.inf

    def __init__(self, galley: Galley, measure: float, indent: float) -> None:
        self.galley = galley
        self.measure = measure
        self.indent = indent
        self.heap: list[Waiting] = []
        self.pushed = 0
        # A place in the paragraph, reached by a loose or a tight line: twice the place, and one for a tight line.
        self.seen: set[int] = set()
        self.taken_up: set[int] = set()
        prepared, rules = galley.prepared, galley.rules
        trail = prepared.trail if rules.trim_end else _NOTHING
        lead = prepared.lead if rules.trim_start else _NOTHING
        # What each step looks at, to be taken up at one stroke: there are tens of steps in a paragraph.
        self.plate = (
            galley.positions, galley.starts, galley.ends, galley.bases, galley.plain, galley.strengths, galley.text,
            galley.rigid, prepared.no_start, prepared.no_end, trail, lead,
        )  # fmt: skip

    def run(self, tolerance: float, look_back: int, cap: float = math.inf) -> Node | None:
        """The last node of the cheapest way, None where there is none."""
        self.tolerance, self.look_back, self.cap = tolerance, look_back, cap
        self.taken_up.clear()
        size = self.galley.size
        beam = BEAM * max(self.measure, 4.0)
        self.bound = math.inf
        node: Node = (0, False, False, 0.0, False, 0.0, 0.0, False, None)
        heap = self.heap = [(0.0, 0, 0, node, None)]
        seen = self.seen = set()
        foremost = 0.0
        while heap:
            _, _, _, node, rest = heappop(heap)
            if rest is not None:
                is_tighter, limit, place, entry = rest
                (self._tighter if is_tighter else self._looser)(node, limit, place, entry)
                continue
            end = node[END]
            if end == size:
                return node
            if end < foremost - beam or 2 * end + node[TIGHT] in seen:
                continue
            end = self._follow(node)[END]
            if end > foremost:
                foremost = end
        return None

    def _follow(self, node: Node) -> Node:
        """Go on from a node as long as the next line is easy; then take up the last lines. Returns where that was."""
        galley, measure, seen = self.galley, self.measure, self.seen
        start = node[END]
        seen.add(2 * start + node[TIGHT])
        if galley.rules.hanging or galley.hyphens:
            self._take_up(node)
            return node
        positions, starts, ends, bases, plain, strengths, text, rigid, no_start, no_end, trail, lead = self.plate
        ease = min(galley.rules.ease, self.most_gap)
        total, cost, most_stretch = ends[-1], node[COST], self.most_stretch
        # A line of hanzi in plain text holds so many, and lacks so much.
        whole = int(measure + EPSILON)
        spare = measure - whole if measure - whole > EPSILON else 0.0
        spare_cost = self._plain_cost(whole, spare)
        edges = galley.prepared.edges
        # The last entry at or before the place where the line begins, and the line's left edge.
        entry = bisect_right(positions, start) - 1
        edge = galley.line_start(start)
        full = edge + (measure if start else measure - self.indent)
        while True:
            limit = full + EPSILON
            if total <= limit:
                self._finish(node, full - total)
                return node
            if plain[entry] and start and spare_cost is not None and text[start] not in lead:
                stop, head = positions[entry + 1] - 1, positions[entry]
                while (place := start + whole) < stop and text[place] not in edges and text[place - 1] not in edges:
                    cost += spare_cost
                    node = (place, False, False, spare, head <= start, cost, spare_cost, False, node)
                    if 2 * place in seen:
                        return node
                    seen.add(2 * place)
                    start = place
                full = bases[entry] + start - head + measure
                limit = full + EPSILON
                if total <= limit:
                    self._finish(node, full - total)
                    return node
            # The furthest boundary that fits, and the room it leaves.
            entry = bisect_right(ends, limit, entry) - 1
            place = head = positions[entry]
            steps = 0
            if plain[entry]:
                base = bases[entry]
                steps = int(limit - base)
                most = positions[entry + 1] - head - 1
                if steps > most:
                    steps = most
                elif steps < most and base + steps + 1 - trail.get(text[place + steps], 0.0) <= limit:
                    steps += 1
            if steps > 0:
                place += steps
                before, after = text[place - 1], text[place]
                rest = full - base - steps + trail.get(before, 0.0)
                free = before not in no_end and after not in no_start
                edge = base + steps + lead.get(after, 0.0)
                simple = head <= start
            else:
                rest = full - ends[entry] if entry >= 0 else -1.0
                free = strengths[entry] == 0
                edge = starts[entry]
                simple = positions[entry - 1] <= start
            own = 0.0
            if rest <= EPSILON:
                if rest < -EPSILON:
                    free = False
                rest = 0.0
            elif free and place > start:
                pairs = place - start - 1
                if rigid:
                    pairs -= bisect_left(rigid, place) - bisect_right(rigid, start)
                slack = ease * pairs
                if rest > slack:
                    free = False
                else:
                    own = (rest / slack) ** 2
                    cost += own
            if not free or place <= start or rest > most_stretch:
                self._take_up(node)
                return node
            node = (place, False, False, rest, simple, cost, own, False, node)
            key = 2 * place
            if key in seen:
                return node
            seen.add(key)
            start = place
            full = edge + measure

    def _plain_cost(self, whole: int, spare: float) -> float | None:
        """The cost of a line of so many hanzi that lacks `spare` em, None where it is not easy."""
        if whole < 1:
            return None
        if spare == 0.0:
            return 0.0
        slack = min(self.galley.rules.ease, self.most_gap) * (whole - 1)
        return (spare / slack) ** 2 if spare <= min(slack, self.most_stretch) else None

    def _finish(self, node: Node, rest: float) -> None:
        """Push the last line, for which all that is left of the paragraph has room."""
        galley, start = self.galley, node[END]
        cost = self._last_line_cost(start)
        if cost >= LONELY:
            self._take_up(node)
        self._push(
            (galley.size, False, False, rest, galley.positions[-2] <= start, node[COST] + cost, 0.0, False, node)
        )

    def _take_up(self, node: Node) -> None:
        """Push every other line that could follow a node and the nodes before it."""
        back: Node | None = node
        for _ in range(self.look_back + 1):
            if back is None:
                return
            key = 2 * back[END] + back[TIGHT]
            if key not in self.taken_up:
                self.taken_up.add(key)
                self._branch(back)
            back = back[PARENT]

    def _branch(self, node: Node) -> None:
        """See what could follow: the full line and looser ones at once, as long as they are easy; the rest waits in
        the heap until nothing is left that must cost less."""
        limit, reach, entry = self._reach(node[END])
        if reach < self.galley.size:
            least = node[COST] + (SQUEEZED + TIGHT_AFTER_TIGHT if node[TIGHT] else SQUEEZED)
            if least < self.bound and self.most_squeeze > 0.0:
                self._put_off(least, node, (True, limit, reach, entry))
        self._looser(node, limit, reach, entry)

    def _reach(self, start: int) -> tuple[float, int, int]:
        """Where the right edge of a line from `start` is, the last boundary up to it, the entry at or before that."""
        positions, starts, ends, bases, plain, _, text, _, _, _, trail, lead = self.plate
        first = entry = bisect_right(positions, start) - 1
        head = positions[entry]
        edge = starts[entry] if head == start else bases[entry] + start - head + lead.get(text[start], 0.0)
        limit = edge + (self.measure if start else self.measure - self.indent)
        if self.galley.rules.hanging:
            reach = furthest(self.galley, start, limit + EPSILON)
            return limit, reach, bisect_right(positions, reach) - 1
        room = limit + EPSILON
        entry = bisect_right(ends, room, first) - 1
        if entry < first:
            return limit, start, first
        place = positions[entry]
        if plain[entry]:
            base = bases[entry]
            steps, most = max(int(room - base), 0), positions[entry + 1] - place - 1
            if steps >= most:
                steps = most
            elif base + steps + 1 - trail.get(text[place + steps], 0.0) <= room:
                steps += 1
            place += steps
        return limit, place if place > start else start, entry

    def _put_off(self, least: float, node: Node, rest: Rest) -> None:
        """Leave lines after a node, each of which makes the way cost `least` or more, for later."""
        self.pushed += 1
        heappush(self.heap, (least, -node[END], self.pushed, node, rest))

    def _tighter(self, node: Node, limit: float, reach: int, entry: int) -> None:
        """Push the lines that end behind `reach` and must give, as long as one more could."""
        galley, start, size = self.galley, node[END], self.galley.size
        positions, _, ends, bases, plain, strengths, text, _, no_start, no_end, trail, _ = self.plate
        prepared, hanging = galley.prepared, galley.rules.hanging
        so_far = node[COST] + (TIGHT_AFTER_TIGHT if node[TIGHT] else 0.0)
        # Where no run is inside, counting the marks is enough.
        counts = prepared.counted and not (galley.protected and start == 0)
        sums = galley.sums
        easy_before, most_before = sums.before(start) if sums is not None else (0.0, 0.0)
        head, base = positions[entry], bases[entry]
        stop = positions[entry + 1] if plain[entry] else 0
        place = reach
        while place < size:
            place += 1
            if place < stop:
                before = text[place - 1]
                if before in no_end or text[place] in no_start:
                    continue
                need = base + place - head - trail.get(before, 0.0) - limit
                is_simple = head <= start
            else:
                entry += 1
                place = head = positions[entry]
                base = bases[entry]
                stop = positions[entry + 1] if plain[entry] else 0
                if place < size and strengths[entry]:
                    if base > limit + self.measure + 2:
                        return
                    continue
                need = ends[entry] - limit
                is_simple = False
            own, cost, hangs = 0.0, so_far, False
            if hanging and need <= (hang := galley.hang(place)) + EPSILON:
                hangs = True
                need -= hang
            else:
                if need > self.most_squeeze:
                    return
                if sums is not None and sums.are_all and text[place - 1] not in SPACES:
                    last = bisect_left(sums.places, place)
                    easy, most = sums.easy[last] - easy_before, sums.most[last] - most_before
                elif is_simple and counts:
                    # Mostly the easy marks are enough.
                    easy = most = 0.5 * len(prepared.easy_marks.findall(text, start + 1, place - 1))
                    if need > easy + EPSILON:
                        most += 0.5 * len(prepared.stops.findall(text, start + 1, place - 1))
                else:
                    easy, most = rooms(galley, start, place)
                if need > most + EPSILON:
                    return
                own = squeeze_cost(need, easy, most)
                if own > self.cap:
                    return
                cost += own
            if place == size:
                cost += self._last_line_cost(start)
            self._push((place, False, False, -need, False, cost, own, not hangs, node))

    def _looser(self, node: Node, limit: float, reach: int, entry: int) -> None:
        """Push the lines that end at `reach` or before it and lack something, as long as that is bearable.

        Behind the first line that is not easy none is cheaper, so the others are put off.
        """
        galley, start, size = self.galley, node[END], self.galley.size
        positions, _, ends, bases, plain, strengths, text, rigid, no_start, no_end, trail, _ = self.plate
        hyphens = galley.hyphens
        room_places: list[int] = []
        if galley.gaps or galley.spaces:
            room_places, room_sums = galley.room or latin_rooms(galley)
            room_before = room_sums[bisect_right(room_places, start)]
        seen, ease, so_far = self.seen, galley.rules.ease, node[COST]
        before_rigid = bisect_right(rigid, start) if rigid else 0
        for place in range(reach, start, -1):
            while positions[entry] > place:
                entry -= 1
            head = positions[entry]
            if head == place:
                if strengths[entry]:
                    continue
                right = ends[entry]
            elif not plain[entry]:
                continue
            else:
                before = text[place - 1]
                if before in no_end or text[place] in no_start:
                    continue
                right = bases[entry] + place - head - trail.get(before, 0.0)
            rest, cost, own = limit - right, so_far, 0.0
            if place == size:
                self._push((size, False, False, rest, False, cost + self._last_line_cost(start), 0.0, False, node))
                continue
            if rest <= EPSILON:
                rest = 0.0
            else:
                if rest > self.most_stretch:
                    return
                pairs = place - start - 1
                if rigid:
                    pairs -= bisect_left(rigid, place) - before_rigid
                lacks = rest
                if room_places and (room := room_sums[bisect_left(room_places, place)] - room_before) > 0.0:
                    lacks = rest - room if rest > room else 0.0
                gap = lacks / pairs if pairs > 0 else NO_PAIRS + lacks
                if gap > self.tolerance or rest > self.most_gap * pairs:
                    return
                own = stretch_cost(gap, ease)
                if own > self.cap:
                    return
                cost += own
            if 2 * place not in seen:
                self._push(
                    (place, False, False, rest, False, cost + HYPHEN if place in hyphens else cost, own, False, node)
                )
            if own > 1.0:
                if cost < self.bound:
                    self._put_off(cost, node, (False, limit, place - 1, entry))
                return

    def _last_line_cost(self, start: int) -> float:
        galley = self.galley
        if not start or galley.rules.words_only:
            return 0.0
        if is_lonely(galley, start, galley.size):
            return LONELY
        return SHORT if galley.ends[-1] - galley.line_start(start) < SHORT_LINE else 0.0

    def _push(self, node: Node) -> None:
        cost, end = node[COST], node[END]
        # The first way that was finished is followed by cheaper ones alone.
        if cost < self.bound:
            if end == self.galley.size:
                self.bound = cost
            self.pushed += 1
            heappush(self.heap, (cost, -end, self.pushed, node, None))
