"""Total fit: the breaks of a paragraph that are best taken together.

A line that is full, or that lacks no more than `ease` em a gap, costs next to nothing; so as long as one such line
follows the other nothing else is tried. Where none exists the last few lines are taken up again in every way
(squeezed, or loosened and handed on), and the cheapest way on is followed first, until none cheaper than the one
that reached the end is left. Most lines are thus looked at once.

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
from collections.abc import Sequence
from heapq import heappop, heappush
from typing import Final, TypeAlias, cast

from . import greedy
from .galley import Galley
from .glue import SPACES, WIDEST_GAP, WIDEST_SPACE, rooms
from .greedy import EPSILON, Break, adjustment, furthest
from .lonely import is_lonely, mend

TOLERANCES = (0.06, 0.10, 0.25, math.inf)
"""Em a gap may be stretched, one after the other: what needs more is looked at only where nothing else is left."""

LOOK_BACK = (2, 3, 4, 8)
"""How many lines before one that will not come right are taken up again, at each tolerance."""

BEAM = 10
"""Ways that have fallen so many lines behind the foremost are given up, so that time stays linear."""

SQUEEZED = 4.0
TIGHT_AFTER_TIGHT = 6.0
LONELY = 150.0
HYPHEN = 30.0
NO_PAIRS = 0.25
"""What a line without a pair that widens (a word alone) counts for, in em a gap, before what it lacks."""
SHORT = 2.0
SHORT_LINE = 3.0
HARMLESS = 20.0
"""A paragraph whose every line costs less is not compared with the greedy one."""


Node: TypeAlias = tuple[int, bool, bool, float, bool, float, float, bool, "Node | None"]
"""A line end on the way: the five items of a Break, the costs of the way and of the line, whether the line is tight,
and the way here. Plain tuples, as there are tens of them in a paragraph."""

Rest: TypeAlias = tuple[bool, float, int, int]
"""Lines after a node that are still to be looked at: whether the tighter ones, the line's limit, the place to go on
from, the entry at or before that."""

Waiting: TypeAlias = "tuple[float, int, int, Node, Rest | None]"
"""What waits in the heap: a line end, or what else may follow one. The cheapest comes first, of these the foremost."""

_END: Final = 0
_COST: Final = 5
_OWN: Final = 6
_TIGHT: Final = 7
_PARENT: Final = 8


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
    places, sums = galley.room or _latin_rooms(galley)
    return max(0.0, sums[bisect_left(places, end)] - sums[bisect_right(places, start)])


def _latin_rooms(galley: Galley) -> tuple[list[int], list[float]]:
    """Where such spaces and gaps stand, and what all before each take, the first of them none."""
    both = [(place, max(0.0, WIDEST_GAP - size)) for place, size in galley.gaps]
    if galley.spaces:
        both += [(place, max(0.0, WIDEST_SPACE - size)) for place, size in galley.spaces]
        both.sort()
    galley.room = [place for place, _ in both], [0.0, *itertools.accumulate([em for _, em in both])]
    return galley.room


class _Search:
    """One search for the cheapest way through a paragraph, under one tolerance.

    `cap` bounds what a line may cost; the three `most_` what it may stretch, be squeezed, and widen a gap, in em.
    """

    tolerance = TOLERANCES[0]
    look_back = LOOK_BACK[0]
    cap = most_stretch = most_squeeze = most_gap = bound = math.inf

    def __init__(self, galley: Galley, measure: float, indent: float) -> None:
        self.galley = galley
        self.measure = measure
        self.indent = indent
        self.heap: list[Waiting] = []
        self.pushed = 0
        # A place in the paragraph, reached by a loose or a tight line: twice the place, and one for a tight line.
        self.seen: set[int] = set()
        self.taken_up: set[int] = set()

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
                is_tighter, *where = rest
                (self._tighter if is_tighter else self._looser)(node, *where)
                continue
            end = node[_END]
            if end == size:
                return node
            if end < foremost - beam or 2 * end + node[_TIGHT] in seen:
                continue
            end = self._follow(node)[_END]
            if end > foremost:
                foremost = end
        return None

    def _follow(self, node: Node) -> Node:
        """Go on from a node as long as the next line is easy; then take up the last lines. Returns where that was."""
        galley, measure, seen = self.galley, self.measure, self.seen
        start = node[_END]
        seen.add(2 * start + node[_TIGHT])
        if galley.rules.hanging or galley.hyphens:
            self._take_up(node)
            return node
        positions, starts, ends, bases = galley.positions, galley.starts, galley.ends, galley.bases
        plain, strengths, text, rigid = galley.plain, galley.strengths, galley.text, galley.rigid
        prepared, ease = galley.prepared, min(galley.rules.ease, self.most_gap)
        no_start, no_end = prepared.no_start, prepared.no_end
        trail = prepared.trail if galley.rules.trim_end else {}
        lead = prepared.lead if galley.rules.trim_start else {}
        total, cost, most_stretch = ends[-1], node[_COST], self.most_stretch
        # A line of hanzi in plain text holds so many, and lacks so much.
        whole = int(measure + EPSILON)
        spare = measure - whole if measure - whole > EPSILON else 0.0
        spare_cost = self._plain_cost(whole, spare)
        edges = prepared.edges
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
        galley, start = self.galley, node[_END]
        cost = self._last_line_cost(start)
        if cost >= LONELY:
            self._take_up(node)
        self._push(
            (galley.size, False, False, rest, galley.positions[-2] <= start, node[_COST] + cost, 0.0, False, node)
        )

    def _take_up(self, node: Node) -> None:
        """Push every other line that could follow a node and the nodes before it."""
        back: Node | None = node
        for _ in range(self.look_back + 1):
            if back is None:
                return
            key = 2 * back[_END] + back[_TIGHT]
            if key not in self.taken_up:
                self.taken_up.add(key)
                self._branch(back)
            back = back[_PARENT]

    def _branch(self, node: Node) -> None:
        """See what could follow: the full line and looser ones at once, as long as they are easy; the rest waits in
        the heap until nothing is left that must cost less."""
        galley, start = self.galley, node[_END]
        limit = galley.line_start(start) + (self.measure if start else self.measure - self.indent)
        reach = furthest(galley, start, limit + EPSILON)
        entry = bisect_right(galley.positions, reach) - 1
        if reach < galley.size:
            least = node[_COST] + (SQUEEZED + TIGHT_AFTER_TIGHT if node[_TIGHT] else SQUEEZED)
            if least < self.bound and self.most_squeeze > 0.0:
                self._put_off(least, node, (True, limit, reach, entry))
        self._looser(node, limit, reach, entry)

    def _put_off(self, least: float, node: Node, rest: Rest) -> None:
        """Leave lines after a node, each of which makes the way cost `least` or more, for later."""
        self.pushed += 1
        heappush(self.heap, (least, -node[_END], self.pushed, node, rest))

    def _tighter(self, node: Node, limit: float, reach: int, entry: int) -> None:
        """Push the lines that end behind `reach` and must give, as long as one more could."""
        galley, start, text, size = self.galley, node[_END], self.galley.text, self.galley.size
        prepared, hanging, hyphens = galley.prepared, galley.rules.hanging, galley.hyphens
        no_start, no_end = prepared.no_start, prepared.no_end
        trail = prepared.trail if galley.rules.trim_end else {}
        positions, bases, ends = galley.positions, galley.bases, galley.ends
        so_far = node[_COST] + (TIGHT_AFTER_TIGHT if node[_TIGHT] else 0.0)
        # Where no run is inside, counting the marks is enough.
        counts = prepared.counted and not (galley.protected and start == 0)
        sums = galley.sums
        easy_before, most_before = sums.before(start) if sums is not None else (0.0, 0.0)
        head, base = positions[entry], bases[entry]
        stop = positions[entry + 1] if galley.plain[entry] else 0
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
                stop = positions[entry + 1] if galley.plain[entry] else 0
                if place < size and galley.strengths[entry]:
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
        galley, start, size = self.galley, node[_END], self.galley.size
        positions, ends, bases, plain = galley.positions, galley.ends, galley.bases, galley.plain
        strengths, text, rigid, hyphens = galley.strengths, galley.text, galley.rigid, galley.hyphens
        no_start, no_end = galley.prepared.no_start, galley.prepared.no_end
        trail = galley.prepared.trail if galley.rules.trim_end else {}
        room_places: list[int] = []
        if galley.gaps or galley.spaces:
            room_places, room_sums = galley.room or _latin_rooms(galley)
            room_before = room_sums[bisect_right(room_places, start)]
        seen, ease, so_far = self.seen, galley.rules.ease, node[_COST]
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
        cost, end = node[_COST], node[_END]
        # The first way that was finished is followed by cheaper ones alone.
        if cost < self.bound:
            if end == self.galley.size:
                self.bound = cost
            self.pushed += 1
            heappush(self.heap, (cost, -end, self.pushed, node, None))


def break_lines(galley: Galley, measure: float, indent: float = 0.0) -> Sequence[Break]:
    """Ends of the lines that cost least together; never worse in their worst line than greedy ones."""
    rest = galley.line_start(0) + measure - indent - galley.ends[-1]
    if rest >= -EPSILON:
        return (Break(galley.size, False, False, rest, galley.positions[-2] <= 0),)
    search = _Search(galley, measure, indent)
    found: Node | None = None
    for tolerance, look_back in zip(TOLERANCES, LOOK_BACK, strict=True):
        found = search.run(tolerance, look_back)
        if found is not None:
            break
    if found is not None:
        worst = _worst(found) if found[_COST] > HARMLESS else 0.0
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
    search = _Search(galley, measure, indent)
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
        worst = max(worst, node[_OWN])
        node = node[_PARENT]
    return worst


def _breaks(node: Node) -> Sequence[Break]:
    lines: list[Node] = []
    while (parent := node[_PARENT]) is not None:
        lines.append(node)
        node = parent
    lines.reverse()
    # What stands behind the five items of a Break is nobody's concern from here on.
    return cast("Sequence[Break]", lines)
