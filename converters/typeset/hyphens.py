"""Latin words divided with a hyphen, where a whole word would tear a line open."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Protocol

from .costs import line_cost
from .galley import Galley
from .greedy import Break, adjustment
from .units import web_ranges

LONG_WORD = re.compile(r"[A-Za-z](?<![A-Za-z]{2})[A-Za-z]{5,39}(?![A-Za-z])")
"""Words shorter than this are never divided; what is longer is no word."""

TORN_OPEN = 100.0
"""Cost (see costs) of a line whose gaps widen by 0.10 em, above which the next word is divided if it can be."""

_BEFORE, _AFTER = 2, 3
"""Letters that stay before a hyphen and go after it at least."""


class _Dictionary(Protocol):
    def positions(self, word: str) -> list[int]: ...


@functools.cache
def _dictionary() -> _Dictionary:
    import pyphen

    words: _Dictionary = pyphen.Pyphen(lang="en_US", left=_BEFORE, right=_AFTER)
    return words


def needs_hyphens(
    galley: Galley, breaks: Sequence[Break], measure: float, indent: float, *, justify: bool = True
) -> bool:
    """Whether some line is torn open because a long Latin word went to the next; a ragged one is not, but where a word
    is wider than its line."""
    text, start = galley.text, 0
    for end, overfull, torn, *_ in breaks:
        if justify and end < galley.size and text[end].isascii() and text[end].isalpha():
            word = LONG_WORD.match(text, end)
            rest = adjustment(galley, start, end, measure if start else measure - indent)
            if word is not None and rest > 0 and line_cost(galley, start, end, rest) > TORN_OPEN:
                return True
        if torn or overfull:
            return True
        start = end
    return False


def hyphen_points(text: str) -> list[int]:
    """Where the long Latin words of a text may be divided; never inside a web or mail address."""
    addresses = list(web_ranges(text))
    points: list[int] = []
    for match in LONG_WORD.finditer(text):
        if not any(start <= match.start() < end for start, end in addresses):
            points.extend(match.start() + place for place in _dictionary().positions(match[0]))
    return points
