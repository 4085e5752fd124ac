"""Which line of the edited file is which line of the source: marks, equal text, likeness, splits and joins, moves."""

from __future__ import annotations

import bisect
import itertools
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from converters.records import dataclass

from .edited import EditedLine
from .lines import Kind, Line

# A mark is believed where the shorter text is found in the longer to this share: ids are copied and torn off.
_MARKED_RATIO = 0.5
# Without a mark two texts must be as alike as this to be one that was changed.
_ALIKE_RATIO = 0.5
# And as this to be one that was moved to another place.
_MOVED_RATIO = 0.75
# A piece of a paragraph that was split is found in it to this share, and to the second share in one stretch.
_PART_RATIO = 0.6
_STRETCH_RATIO = 0.5
# So many characters weighs a line that cannot move by itself, such as a cell.
_IMMOVABLE = 10_000
# With more pairs of equal lines than this the frequent ones are left out at first.
_MOST_EQUAL_PAIRS = 2_000_000
# Gaps with more pairs of lines than this are not compared each with each.
_MOST_PAIRS = 4_000


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of the source (`old`) that are lines of the edited file (`new`), both by index and in order.

    One side is empty for what was deleted or inserted; several make a split or a join; `moved` stand elsewhere.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    moved: bool = False


def align(old: Sequence[Line], new: Sequence[EditedLine]) -> list[Group]:
    """Groups in the order of the edited file; a deleted line follows the group of the line before it."""
    return _Aligner(old, new).groups()


class _Aligner:
    def __init__(self, old: Sequence[Line], new: Sequence[EditedLine]) -> None:
        self.old, self.new = old, new
        self.texts = [line.text for line in old]
        self.edited = [line.text for line in new]
        self.pairs: dict[int, int] = {}  # new -> old
        self.taken: dict[int, int] = {}  # old -> new
        self.bags: dict[str, Counter[str]] = {}

    def groups(self) -> list[Group]:
        self.by_text()
        self.by_mark()
        backbone = self.backbone()
        self.by_likeness(backbone)
        backbone = self.backbone()
        self.by_place(backbone)
        backbone = self.backbone()
        joined = self.grow(backbone)
        self.by_moves(joined)
        return self.assemble(backbone, joined)

    def pair(self, old: int, new: int) -> None:
        self.pairs[new] = old
        self.taken[old] = new

    def by_text(self) -> None:
        """Lines of one text, in order; then those whose text stands once on each side."""
        low, least = 0, min(len(self.texts), len(self.edited))
        while low < least and self.texts[low] == self.edited[low]:
            self.pair(low, low)
            low += 1
        high = 0
        while high < least - low and self.texts[-1 - high] == self.edited[-1 - high]:
            self.pair(len(self.texts) - 1 - high, len(self.edited) - 1 - high)
            high += 1
        old, new = self.texts[low : len(self.texts) - high], self.edited[low : len(self.edited) - high]
        one, two = Counter(old), Counter(new)
        # Lines that stand there a thousand times (cells of figures) are no anchors: each with each is too much.
        junk = sum(count * two[text] for text, count in one.items()) > _MOST_EQUAL_PAIRS
        matcher = SequenceMatcher(None, old, new, autojunk=junk)
        for first, second, size in matcher.get_matching_blocks():
            for step in range(size):
                self.pair(low + first + step, low + second + step)
        rest_old = Counter(text for number, text in enumerate(self.texts) if number not in self.taken)
        rest_new = Counter(text for number, text in enumerate(self.edited) if number not in self.pairs)
        where = {text: number for number, text in enumerate(self.texts) if number not in self.taken}
        for number, text in enumerate(self.edited):
            if number not in self.pairs and rest_new[text] == 1 and rest_old.get(text) == 1:
                self.pair(where[text], number)

    def by_mark(self) -> None:
        marks = {line.mark: number for number, line in enumerate(self.old) if line.mark}
        best: dict[int, tuple[float, int]] = {}
        for number, line in enumerate(self.new):
            if number in self.pairs:
                continue
            for mark in line.marks:
                place = marks.get(mark)
                if place is None or place in self.taken:
                    continue
                like = self.likeness(self.texts[place], self.edited[number], shorter=True)
                if self.old[place].kind is Kind.META:
                    # A line of the masthead or the colophon is what it is, whatever it says.
                    like = 1.0
                if like >= _MARKED_RATIO and like * len(self.edited[number]) > best.get(place, (0.0, 0))[0]:
                    best[place] = (like * len(self.edited[number]), number)
        for place, (_, number) in best.items():
            if number not in self.pairs:
                self.pair(place, number)

    def likeness(self, first: str, second: str, *, shorter: bool = False) -> float:
        """How alike two texts are, 0–1; `shorter` measures against the shorter one alone."""
        if not first or not second:
            return 0.0
        one, two = self.bag(first), self.bag(second)
        common = (one & two).total()
        whole = min(len(first), len(second)) if shorter else (len(first) + len(second)) / 2
        if common / whole < _ALIKE_RATIO:
            return common / whole
        matcher = SequenceMatcher(None, first, second, autojunk=False)
        return sum(block.size for block in matcher.get_matching_blocks()) / whole

    def bag(self, text: str) -> Counter[str]:
        known = self.bags.get(text)
        if known is None:
            known = self.bags[text] = Counter(text)
        return known

    def backbone(self) -> list[tuple[int, int]]:
        """The heaviest run of pairs that rises on both sides; the others have moved."""
        pairs = sorted((new, old) for new, old in self.pairs.items())
        # best[k]: (old, weight, index) of chains in rising order of old and weight.
        chain: list[tuple[int, int]] = []
        previous: list[int] = []
        places: list[tuple[int, int, int]] = []
        for index, (new, old) in enumerate(pairs):
            at = bisect.bisect_left(places, (old, 0, 0))
            weight = (places[at - 1][1] if at else 0) + len(self.edited[new]) + 1
            if self.old[old].kind not in (Kind.BLOCK, Kind.ITEM):
                # Rather a paragraph has moved past a table than a table past a paragraph.
                weight += _IMMOVABLE
            previous.append(places[at - 1][2] if at else -1)
            while at < len(places) and places[at][1] <= weight:
                del places[at]
            if at == 0 or places[at - 1][1] < weight:
                places.insert(at, (old, weight, index))
        index = places[-1][2] if places else -1
        while index >= 0:
            chain.append((pairs[index][1], pairs[index][0]))
            index = previous[index]
        return chain[::-1]

    def by_likeness(self, backbone: list[tuple[int, int]]) -> None:
        """Between the anchors: the pairing of the greatest likeness that keeps the order."""
        edges = [(-1, -1), *backbone, (len(self.old), len(self.new))]
        for (old, new), (next_old, next_new) in itertools.pairwise(edges):
            rows = [k for k in range(old + 1, next_old) if k not in self.taken]
            columns = [k for k in range(new + 1, next_new) if k not in self.pairs]
            if rows and columns and len(rows) * len(columns) <= _MOST_PAIRS:
                self.match(rows, columns)

    def by_place(self, backbone: list[tuple[int, int]]) -> None:
        """Between the anchors: a line typed over altogether, which still has its mark and its level."""
        edges = [(-1, -1), *backbone, (len(self.old), len(self.new))]
        for (old, new), (next_old, next_new) in itertools.pairwise(edges):
            columns = [k for k in range(new + 1, next_new) if k not in self.pairs]
            for row in range(old + 1, next_old):
                mark, level = self.old[row].mark, self.old[row].level
                same = [k for k in columns if mark in self.new[k].marks and self.new[k].level == level]
                if mark and row not in self.taken and len(same) == 1 and same[0] not in self.pairs:
                    self.pair(row, same[0])

    def match(self, rows: list[int], columns: list[int]) -> None:
        width = len(columns) + 1
        like = [[self.likeness(self.texts[r], self.edited[c]) for c in columns] for r in rows]
        best = [[0.0] * width for _ in range(len(rows) + 1)]
        for r in range(len(rows) - 1, -1, -1):
            for c in range(len(columns) - 1, -1, -1):
                score = like[r][c] * min(len(self.texts[rows[r]]), len(self.edited[columns[c]]))
                with_pair = best[r + 1][c + 1] + score if like[r][c] >= _ALIKE_RATIO else 0.0
                best[r][c] = max(best[r + 1][c], best[r][c + 1], with_pair)
        r = c = 0
        while r < len(rows) and c < len(columns):
            if best[r][c] == best[r + 1][c]:
                r += 1
            elif best[r][c] == best[r][c + 1]:
                c += 1
            else:
                self.pair(rows[r], columns[c])
                r, c = r + 1, c + 1

    def grow(self, backbone: list[tuple[int, int]]) -> dict[int, tuple[list[int], list[int]]]:
        """Splits and joins: unpaired neighbours that make a pair more alike. Pair's new index -> old, new."""
        used_old, used_new = set(self.taken), set(self.pairs)
        found: dict[int, tuple[list[int], list[int]]] = {}
        for old, new in backbone:
            first, second = [old], [new]
            if self.texts[old] != self.edited[new]:
                while self.extend(first, second, used_old, used_new):
                    pass
            found[new] = (first, second)
        return found

    def extend(self, first: list[int], second: list[int], used_old: set[int], used_new: set[int]) -> bool:
        text = "".join(self.texts[k] for k in first)
        edited = "".join(self.edited[k] for k in second)
        now = self.likeness(text, edited)
        for k, front in ((second[-1] + 1, False), (second[0] - 1, True)):
            if 0 <= k < len(self.new) and k not in used_new and len(first) == 1:
                longer = self.edited[k] + edited if front else edited + self.edited[k]
                alike = self.new[k].level == self.old[first[0]].level and self.holds(text, self.edited[k])
                if alike and self.likeness(text, longer) > now:
                    second.insert(0 if front else len(second), k)
                    used_new.add(k)
                    return True
        for k, front in ((first[-1] + 1, False), (first[0] - 1, True)):
            if 0 <= k < len(self.old) and k not in used_old and len(second) == 1:
                longer = self.texts[k] + text if front else text + self.texts[k]
                alike = self.old[k].level == self.old[first[0]].level and self.holds(edited, self.texts[k])
                if alike and self.likeness(longer, edited) > now:
                    first.insert(0 if front else len(first), k)
                    used_old.add(k)
                    return True
        return False

    def holds(self, whole: str, part: str) -> bool:
        """Whether a text holds most of another, half of it in one stretch."""
        if self.likeness(part, whole, shorter=True) <= _PART_RATIO:
            return False
        match = SequenceMatcher(None, part, whole, autojunk=False).find_longest_match()
        return match.size >= len(part) * _STRETCH_RATIO

    def by_moves(self, joined: dict[int, tuple[list[int], list[int]]]) -> None:
        """What is left on both sides and much alike has moved."""
        used_old = set(self.taken) | {k for first, _ in joined.values() for k in first}
        used_new = set(self.pairs) | {k for _, second in joined.values() for k in second}
        rows = [k for k in range(len(self.old)) if k not in used_old]
        columns = [k for k in range(len(self.new)) if k not in used_new]
        if not rows or not columns or len(rows) * len(columns) > _MOST_PAIRS:
            return
        ranked = sorted(
            ((self.likeness(self.texts[r], self.edited[c]), r, c) for r in rows for c in columns), reverse=True
        )
        for like, r, c in ranked:
            if like >= _MOVED_RATIO and r not in self.taken and c not in self.pairs:
                self.pair(r, c)

    def assemble(self, backbone: list[tuple[int, int]], joined: dict[int, tuple[list[int], list[int]]]) -> list[Group]:
        steady = {new for _, new in backbone}
        inside = {k: new for new, (_, second) in joined.items() for k in second}
        swallowed = {k for first, _ in joined.values() for k in first}
        out: list[Group] = []
        done: set[int] = set()
        for number in range(len(self.new)):
            anchor = inside.get(number)
            if anchor is not None:
                if anchor not in done:
                    done.add(anchor)
                    first, second = joined[anchor]
                    out.append(Group(tuple(first), tuple(second)))
            elif number in self.pairs and number not in steady:
                out.append(Group((self.pairs[number],), (number,), moved=True))
            else:
                out.append(Group((), (number,)))
        gone = [k for k in range(len(self.old)) if k not in self.taken and k not in swallowed]
        for k in gone:
            at = next(
                (place + 1 for place in range(len(out) - 1, -1, -1)
                 if out[place].old and not out[place].moved and out[place].old[-1] < k),
                0,
            )  # fmt: skip
            out.insert(at, Group((k,), ()))
        return out
