"""Single characters put in the place of others all over a text, by the thousand."""

from __future__ import annotations

import bisect
import sys
from array import array
from collections.abc import Sequence
from typing import NamedTuple

from converters.diagnostics import Swapped

from . import inlines as i
from .lines import Inlines, Traced, rewrite

_UTF_32 = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"


class Swaps(NamedTuple):
    """Characters that a rule wants one by one in the place of others: offsets on a sheet, rising, and what goes there.

    `doubts` has confidence and evidence, by index, where they are not "high" and "".
    """

    rule: str
    places: Sequence[int]
    afters: str
    doubts: dict[int, tuple[str, str]] = {}  # noqa: RUF012 - shared, and never written to


class Swapper:
    """Makes the swaps in the lines of a sheet, and notes where each stood in the source."""

    def __init__(self, swaps: Swaps, text: str) -> None:
        self.swaps = swaps
        self.was = "".join(map(text.__getitem__, swaps.places))
        self.held: array[int] = array("q")
        # The text with all swaps made.
        self.whole = self._swapped(text)

    def _swapped(self, text: str) -> str:
        was, afters = self.was, self.swaps.afters
        olds, news = set(was), set(afters)
        pairs = (
            set(zip(was, afters, strict=True)) if len(olds) > 1 or len(news) > 1 else set(zip(olds, news, strict=True))
        )
        if len(pairs) == len(olds) and all(was.count(old) == text.count(old) for old, _ in pairs):
            # Every one of these marks is swapped, as in most texts.
            for old, new in pairs:
                text = text.replace(old, new)
            return text
        characters = array("I", text.encode(_UTF_32, "surrogatepass"))
        for place, after in zip(self.swaps.places, map(ord, afters), strict=True):
            characters[place] = after
        return characters.tobytes().decode(_UTF_32, "surrogatepass")

    def line(self, inlines: Inlines, offset: int, index: int, end: int) -> Inlines:
        """The line at an offset with the swaps from `index` to `end` made."""
        places, first = self.swaps.places, index
        out: list[i.Inline] = []
        position = offset
        for inline in inlines:
            if type(inline) is i.LineBreak:
                out.append(inline)
                position += 1
                continue
            if type(inline) is not i.Text:
                break
            stop = position + len(inline.text)
            last = bisect.bisect_left(places, stop, index, end)
            if last > index:
                shift = inline.start - position
                known = inline.start >= 0
                self.held.extend([place + shift for place in places[index:last]] if known else [-1] * (last - index))
                inline = i.Text(self.whole[position:stop], inline.start)
                index = last
            out.append(inline)
            position = stop
        else:
            return tuple(out)
        # Something else than text: the line goes the long way.
        traced = Traced(inlines)
        self.held.extend([traced.locate(place - offset) for place in places[index:end]])
        edits = zip(places[first:end], self.swaps.afters[first:end], strict=True)
        return rewrite(inlines, [(place - offset, place - offset + 1, after) for place, after in edits])

    def record(self, source: str, first: int, end: int) -> Swapped:
        """The record of the swaps from `first` to `end`, which all stand in one source."""
        swaps = self.swaps
        doubts = {index - first: doubt for index, doubt in swaps.doubts.items() if first <= index < end}
        return Swapped(swaps.rule, source, self.held[first:end], self.was[first:end], swaps.afters[first:end], doubts)
