"""A paragraph measured once, so that any stretch of it can be measured at once.

Almost all of a Chinese paragraph is plain: hanzi and lone marks between hanzi, one em each, with a break
allowed everywhere but before a stop or closer and after an opener. Plain text is not looked at character by
character. What is left (adjacent marks, Latin words, numbers, spaces) stands in runs; at each place in a run
where two units meet there is an entry in parallel lists, and between runs positions follow by arithmetic.

Coordinates are em from the paragraph's first glyph as if all stood on one endless line. A boundary's kern
(the gap between hanzi and Latin, the blank that adjacent marks share) belongs to no line that begins or ends there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from .boundaries import NEVER
from .rules import Rules
from .units import heading_number_end

_NO_START = frozenset("CSFQX")

INTERPUNCT = 3
"""The step of squeezing (see glue) of what gives at the end of a line too."""


class Sums:
    """What a paragraph gives, summed up from its start: places in rising order, and the em that all before each give
    easily and in all. An interpunct gives at the end of a line too. `are_all` says that nothing else gives at a line's
    ends, so that what a line gives that ends with no space is the difference of two sums."""

    __slots__ = ("are_all", "easy", "gives", "interpuncts", "most", "places")

    def __init__(self, gives: Sequence[tuple[int, int, float]], easy: Sequence[float], at_ends: bool) -> None:
        """`gives` are (place, step of squeezing, em) in rising order of places, `easy` the em of each that are given
        easily; `at_ends` says that marks give at the ends of a line too."""
        self.gives = gives
        self.places = [place for place, _, _ in gives]
        self.easy = [0.0, *accumulate(easy)]
        self.most = [0.0, *accumulate([em for _, _, em in gives])]
        self.interpuncts = {place: em for place, step, em in gives if step == INTERPUNCT}
        self.are_all = not (at_ends or self.interpuncts)

    def before(self, start: int) -> tuple[float, float]:
        """What is given up to the left edge of a line."""
        first = bisect_right(self.places, start)
        return self.easy[first], self.most[first]


class Galley:
    """One paragraph, without forced breaks, ready to be broken once `measuring.measured` has filled its lists.

    One item for each entry: `positions`, the boundary's place in the text; `starts` and `ends`, the coordinates of
    a line's left edge that begins and of its right edge that ends there; `bases`, from which plain text after it
    counts on; `strengths`; `plain`, whether plain text follows. Besides, by place: `kerns`, `gaps` beside Latin
    and word `spaces` (place, em); `rigid` boundaries that never widen; `residual`, the blanks (before, after) that
    marks in runs have left; `odd_leads`, those of opening marks whose face gives them another width than an em.
    `sums` and `room` are what glue and total fit sum up over the paragraph when it is asked for often.
    """

    __slots__ = (
        "asked", "bases", "ends", "gaps", "hyphens", "kerns", "odd_leads", "plain", "positions", "prepared",
        "protected", "residual", "rigid", "room", "rules", "size", "spaces", "starts", "strengths", "sums", "text",
        "widths",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        rules: Rules,
        widths: Sequence[float] | None = None,
        hyphens: Iterable[int] = (),
    ) -> None:
        self.text = text
        self.rules = rules
        self.widths = widths
        self.size = len(text)
        self.prepared = rules.prepared
        self.positions: list[int] = []
        self.starts: list[float] = []
        self.ends: list[float] = []
        self.bases: list[float] = []
        self.strengths: list[int] = []
        self.plain: list[bool] = []
        self.kerns: list[tuple[int, float]] = []
        self.gaps: list[tuple[int, float]] = []
        self.spaces: list[tuple[int, float]] = []
        self.rigid: list[int] = []
        self.odd_leads: dict[int, float] = {}
        self.residual: dict[int, tuple[float, float]] = {}
        self.hyphens = frozenset(hyphens)
        self.protected = heading_number_end(text)
        self.asked = 0
        self.sums: Sums | None = None
        self.room: tuple[list[int], list[float]] | None = None

    def width(self, place: int) -> float:
        """Advance of a character in em."""
        return self.widths[place] if self.widths is not None else self.prepared.advances[self.text[place]]

    def lead(self, position: int) -> float:
        """The blank that a line beginning here takes from its first mark."""
        if not self.rules.trim_start:
            return 0.0
        return self.prepared.lead.get(self.text[position], 0.0) or self.odd_leads.get(position, 0.0)

    def line_start(self, position: int) -> float:
        """Coordinate at which a line that begins here has its left edge."""
        entry = bisect_right(self.positions, position) - 1
        place = self.positions[entry]
        if place == position:
            return self.starts[entry]
        edge = self.bases[entry] + position - place
        if self.rules.trim_start:
            edge += self.prepared.lead.get(self.text[position], 0.0)
        return edge

    def line_end(self, position: int) -> float:
        """Coordinate at which a line that ends here has its right edge."""
        entry = bisect_right(self.positions, position) - 1
        place = self.positions[entry]
        if place == position:
            return self.ends[entry]
        edge = self.bases[entry] + position - place
        if self.rules.trim_end:
            edge -= self.prepared.trail.get(self.text[position - 1], 0.0)
        return edge

    def hang(self, position: int) -> float:
        """How many em of a line that ends here may stand outside: those of one lone stop, where the rules allow it."""
        rules = self.rules
        if not rules.hanging or position < 2 or self.text[position - 1] not in rules.hangable:
            return 0.0
        if self.prepared.table[ord(self.text[position - 2])] in "OCSFQ":
            return 0.0
        return self.line_end(position) - self.line_end(position - 1)

    def strength(self, position: int) -> int | None:
        """How strongly a boundary holds: 0 breaks freely, NEVER only when torn, None: inside a unit."""
        entry = bisect_right(self.positions, position) - 1
        if self.positions[entry] == position:
            return self.strengths[entry]
        if not self.plain[entry]:
            return None
        if self.prepared.level == 0:
            return 0
        letter = self.prepared.table[ord(self.text[position])]
        if letter in _NO_START or self.text[position - 1] in self.prepared.lead:
            return NEVER
        return 0

    def stretchable(self, start: int, end: int) -> int:
        """How many pairs of neighbours in a line may be set apart."""
        return end - start - 1 - (bisect_left(self.rigid, end) - bisect_right(self.rigid, start))
