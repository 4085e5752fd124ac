"""The lines that come out: which characters each shows, and how far they stand from where they would stand."""

from __future__ import annotations

import functools
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, overload


class SetLine(NamedTuple):
    """One line. All lengths are em.

    The line shows text[start:end]; spaces at a break are left out. Character k begins at the sum of the
    advances of text[start:k], plus `gap` × (k − start), plus every shift (i, em) of `shifts` with i ≤ k:
    `gap` is what PDF calls Tc, and where a pair may not widen (inside a word, a number, ——, ……) a shift of −gap
    takes it back. Shifts stand in rising order; one at `start` moves the first glyph (−½: a trimmed opening mark).
    A line without shifts is drawn in one stroke.

    `width` is the distance from the left edge to the trimmed right edge as drawn; `adjust` the em that were
    added (+) or taken (−) to reach the measure. `overfull`: the line is wider than the measure and nothing helps.
    `torn`: it ends inside what should not be divided. `hyphen`: it ends with a hyphen that the text does not have.
    """

    start: int
    end: int
    shifts: tuple[tuple[int, float], ...] = ()
    gap: float = 0.0
    width: float = 0.0
    adjust: float = 0.0
    overfull: bool = False
    torn: bool = False
    hyphen: bool = False


class Even(NamedTuple):
    """The widths of justified lines: all fill the measure but the last; the first is `indent` shorter."""

    measure: float
    indent: float
    last: float


@functools.lru_cache(maxsize=256)
def _zeros(count: int) -> tuple[float, ...]:
    """So many zeros, one tuple for all who need them."""
    return (0.0,) * count


_NONE: Mapping[int, SetLine] = {}

Flat: TypeAlias = tuple[tuple[int, ...], "int | bytes", "tuple[float, ...] | bytes", tuple[tuple[int, Any], ...]]
"""Packed lines as `marshal` takes them: starts, gaps (or how many zeros), widths, the special lines by number."""


class Lines(Sequence[SetLine]):
    """The lines of a paragraph, packed: a long text has more lines than memory should hold objects for.

    Most lines are plain: line n shows text[starts[n]:starts[n + 1]], its characters `gaps[n]` apart, and nothing more
    is to be said of it but its width. Those with shifts, or that do not fit, or leave out spaces at their end, stand in
    `special` by their number.
    """

    __slots__ = ("_widths", "gaps", "special", "starts")

    def __init__(
        self,
        starts: Iterable[int] = (),
        gaps: Sequence[float] = (),
        widths: Sequence[float] | Even = (),
        special: Mapping[int, SetLine] = _NONE,
    ) -> None:
        self.starts = tuple(starts)
        # Where no characters are set apart, as in every line that stands alone, there is nothing to keep.
        self.gaps: Sequence[float] = array("d", gaps) if any(gaps) else _zeros(len(gaps))
        self.special = special or _NONE
        self._widths: Sequence[float] | Even = widths if isinstance(widths, Even) else array("d", widths)

    @classmethod
    def of(cls, lines: Sequence[SetLine]) -> Lines:
        """Lines that were set one by one."""
        starts = [line.start for line in lines]
        ends = [lines[-1].end] if lines else []
        return cls(starts + ends, [line.gap for line in lines], (), dict(enumerate(lines)))

    def flat(self) -> Flat:
        """All that is to be known of these lines in plain tuples, for those who hand them from process to process."""
        special = tuple((number, tuple(line)) for number, line in self.special.items())
        gaps = self.gaps.tobytes() if isinstance(self.gaps, array) else len(self.gaps)
        widths = tuple(self._widths) if isinstance(self._widths, Even) else array("d", self._widths).tobytes()
        return self.starts, gaps, widths, special

    @classmethod
    def of_flat(cls, flat: Flat) -> Lines:
        """The lines of which `flat` told."""
        starts, gaps, widths, special = flat
        lines = cls.__new__(cls)
        lines.starts = starts
        lines.gaps = _zeros(gaps) if isinstance(gaps, int) else array("d", gaps)
        lines._widths = Even._make(widths) if isinstance(widths, tuple) else array("d", widths)
        lines.special = {number: SetLine._make(line) for number, line in special} if special else _NONE
        return lines

    def __len__(self) -> int:
        return len(self.gaps)

    @overload
    def __getitem__(self, number: int) -> SetLine: ...

    @overload
    def __getitem__(self, number: slice) -> list[SetLine]: ...

    def __getitem__(self, number: int | slice) -> SetLine | list[SetLine]:
        count = len(self.gaps)
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(count))]
        gap = self.gaps[number]
        if number < 0:
            number += count
        found = self.special.get(number)
        if found is not None:
            return found
        start, end = self.starts[number], self.starts[number + 1]
        widths = self._widths
        if not isinstance(widths, Even):
            width = widths[number]
        elif number == count - 1:
            width = widths.last
        else:
            width = widths.measure if number else widths.measure - widths.indent
        return SetLine(start, end, (), gap, width, gap * (end - start - 1) if gap else 0.0)
