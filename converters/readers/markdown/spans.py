"""What the scanner has read, nested: brackets that found no partner become text, pairs of marks emphasis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from converters.model import inlines as i
from converters.model.walk import WRAPPERS, inlines_of
from converters.records import dataclass

from .delimiters import Mark, pair
from .places import Placed
from .state import Reading

# Tags that pair up like brackets.
SCRIPTS = frozenset(("sup", "sub"))
# Emphasis inside emphasis beyond this depth is left as text: no author writes it, and walkers are recursive.
DEPTH_LIMIT = 24
# The same for marks of every sort together.
TOTAL_DEPTH_LIMIT = 60


@dataclass(slots=True)
class Run:
    """Characters of the text, taken as they are."""

    start: int
    end: int


@dataclass(slots=True)
class Opener:
    """A bracket or a tag that waits for its partner; `index` is its place among the items."""

    kind: str
    start: int
    end: int
    index: int
    active: bool = True


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where HTML ends a block."""


Item: TypeAlias = i.Inline | Run | Opener | Mark | Cut
Resolved: TypeAlias = i.Inline | Run | Cut


def nesting(inlines: tuple[i.Inline, ...]) -> int:
    """How deep marks and notes stand inside each other in a line; 0 for bare text."""
    depth = 0
    for inline in inlines:
        if isinstance(inline, WRAPPERS):
            depth = max(depth, 1 + nesting(inline.children))
        elif isinstance(inline, i.Ruby):
            depth = max(depth, 1 + nesting(inline.base))
        elif isinstance(inline, i.Note):
            for block in inline.blocks:
                for line in inlines_of(block):
                    depth = max(depth, 2 + nesting(line))
    return depth


def to_inlines(items: Sequence[Item], placed: Placed) -> tuple[i.Inline, ...]:
    """Items without marks and brackets as inlines; runs that touch are one text."""
    inlines: list[i.Inline] = []
    start = end = -1
    for item in items:
        if isinstance(item, Run):
            if item.start != end:
                if end > start:
                    inlines.extend(placed.texts(start, end))
                start = item.start
            end = item.end
        else:
            if end > start:
                inlines.extend(placed.texts(start, end))
            start = end = -1
            assert not isinstance(item, (Opener, Mark, Cut))
            inlines.append(item)
    if end > start:
        inlines.extend(placed.texts(start, end))
    return tuple(inlines)


def resolve(items: list[Item], placed: Placed, reading: Reading) -> list[Resolved]:
    """The items with emphasis paired and every bracket that stayed alone turned into text."""
    places = [index for index, item in enumerate(items) if isinstance(item, Mark)]
    openings: dict[int, tuple[int, Callable[[tuple[i.Inline, ...]], i.Inline]]] = {}
    silent: set[int] = set()
    if places:
        openings, silent = _pairs(items, places)
        if _flatten(openings, silent, len(items)):
            mark = items[places[0]]
            assert isinstance(mark, Mark)
            reading.report("marks-depth", (placed.offset(mark.start), placed.offset(mark.start) + 1))
    out: list[Resolved] = []
    # Wrappers that are open: where their contents begin in `out`, where they end in `items`, what they make.
    stack: list[tuple[list[Resolved], int, Callable[[tuple[i.Inline, ...]], i.Inline]]] = []
    for index, item in enumerate(items):
        if stack and index == stack[-1][1]:
            inner, _, make = stack.pop()
            children = to_inlines([each for each in out if not isinstance(each, Cut)], placed)
            out = inner
            if children:
                out.append(make(children))
            continue
        if index in silent:
            continue
        if index in openings:
            end, make = openings[index]
            stack.append((out, end, make))
            out = []
        elif isinstance(item, Mark):
            out.append(Run(item.start, item.end))
        elif isinstance(item, Opener):
            _alone(item, out, placed, reading)
        else:
            out.append(item)
    return out


def _alone(opener: Opener, out: list[Resolved], placed: Placed, reading: Reading) -> None:
    """A bracket without a partner is text; a tag without one is dropped."""
    if opener.kind not in SCRIPTS:
        out.append(Run(opener.start, opener.end))
        return
    place = placed.offset(opener.start), placed.offset(opener.end - 1) + 1
    reading.report("open-tag", place, name=opener.kind)


def _pairs(
    items: list[Item], places: list[int]
) -> tuple[dict[int, tuple[int, Callable[[tuple[i.Inline, ...]], i.Inline]]], set[int]]:
    """Which marks open what and where it ends (indices of items), and which marks say nothing of their own."""
    marks = [item for item in items if isinstance(item, Mark)]
    pair(marks, places)
    openings: dict[int, tuple[int, Callable[[tuple[i.Inline, ...]], i.Inline]]] = {}
    silent: set[int] = set()
    index = len(marks) - 1
    while index >= 0:
        mark = marks[index]
        partner = mark.partner
        if partner >= 0:
            if mark.char == "~":
                openings[places[index]] = (places[partner], i.Strike)
            elif _strong(marks, places, index):
                openings[places[index]] = (places[partner], i.Strong)
                silent |= {places[index - 1], places[partner + 1]}
                index -= 1
            else:
                openings[places[index]] = (places[partner], i.Emphasis)
        index -= 1
    return openings, silent


def _strong(marks: list[Mark], places: list[int], index: int) -> bool:
    """Whether a pair and the one around it are two touching marks on either side: strong emphasis."""
    partner = marks[index].partner
    return (
        index > 0
        and marks[index - 1].partner == partner + 1
        and marks[index - 1].char == marks[index].char
        and places[index - 1] == places[index] - 1
        and places[partner + 1] == places[partner] + 1
    )


def _flatten(
    openings: dict[int, tuple[int, Callable[[tuple[i.Inline, ...]], i.Inline]]], silent: set[int], length: int
) -> bool:
    """Let emphasis below the depth limit say nothing; whether there was any."""
    if len(openings) <= DEPTH_LIMIT:
        return False
    flattened = False
    ends: list[int] = []
    for index in range(length):
        while ends and ends[-1] <= index:
            ends.pop()
        if index in openings:
            end = openings[index][0]
            if len(ends) >= DEPTH_LIMIT:
                del openings[index]
                silent |= {index, end}
                flattened = True
            else:
                ends.append(end)
    return flattened
