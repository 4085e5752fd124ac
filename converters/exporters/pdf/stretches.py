"""What a line is cut into before it is drawn, and how its codes are written (ISO 32000-1, 9.4.3)."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import TypeAlias

from converters.layout.result import Passage, Run, Setting
from converters.typeset import SetLine

from .file import escape

Shifts: TypeAlias = Sequence[tuple[int, float]]

MOST_BACK = 498
"""How far a squeezed mark may stand back over the one before it, in thousandths of the size. Text extractors take two
glyphs whose advances overlap by more than half an em for words of different lines; the sixtieth of a millimetre that
this costs where body hanzi stand closer than solid is not seen."""

HYPHEN = "- "
"""What a hyphen of the text says at a line's end. Poppler takes each one there for a mark of division and drops it
(000-0000000, a cell that holds - alone), but not one that says that a blank follows it."""


def tail_of(passage: Passage, line: SetLine, number: int) -> str:
    """What a line says beside what it shows: a hyphen of ours, and spaces that were left out at the break. They stay
    in the text, outside the measure, so that words are read apart."""
    lines = passage.lines
    following = lines[number + 1].start if number + 1 < len(lines) else len(passage.text)
    tail = passage.text[line.end : following].rstrip("\n") if following > line.end else ""
    return "\u00ad" + tail if line.hyphen else tail


def most_back(passage: Passage) -> float:
    """MOST_BACK, but for a passage whose signs together say one thing (ActualText), as a square with a tick over it."""
    return math.inf if passage.element is not None and passage.element.replacement else MOST_BACK


def has_hyphen_last(text: str, line: SetLine, segments: Sequence[tuple[int, int, Setting]]) -> bool:
    """Do stretches of a line end it, with a hyphen that is the text's own?"""
    return bool(segments) and segments[-1][1] == line.end > line.start and text[line.end - 1] == "-" and not line.hyphen


def hyphen_apart(segments: Sequence[tuple[int, int, Setting]]) -> list[tuple[int, int, Setting]]:
    """Stretches with the last character as one of its own."""
    *before, (start, end, setting) = segments
    return [*before, *([(start, end - 1, setting)] if start < end - 1 else []), (end - 1, end, setting)]


def segments_of(passage: Passage, start: int, end: int) -> list[tuple[int, int, Setting]]:
    """A line cut where its setting changes."""
    runs: Sequence[Run] = passage.runs
    if not runs:
        return [(start, end, passage.setting)]
    found: list[tuple[int, int, Setting]] = []
    number = max(bisect_right(runs, (start, 1 << 60)) - 1, 0)
    place = start
    while number < len(runs):
        run_start, run_end, setting = runs[number]
        number += 1
        if run_end <= place:
            continue
        if run_start >= end:
            break
        if run_start > place:
            found.append((place, run_start, passage.setting))
            place = run_start
        stop = min(run_end, end)
        found.append((place, stop, setting))
        place = stop
    if place < end:
        found.append((place, end, passage.setting))
    return found


def shifted(data: bytes, moves: tuple[int, Shifts], scale: float, most: float) -> bytes:
    """A TJ operator: the codes of a line with what typeset adds before some of them, in thousandths of the size.

    A mark that would stand further back than `most` stands there, and what follows it where it would have stood.
    """
    start, shifts = moves
    parts = [b"["]
    place = owed = 0
    for index, shift in shifts:
        cut = 2 * (index - start)
        back = round(shift * scale)
        if cut > place:
            if owed:
                parts.append(b"%d" % owed)
                owed = 0
            parts.append(b"(" + escape(data[place:cut]) + b")")
            place = cut
        back += owed
        owed = 0
        if back > most:
            owed = back - int(most)
            place = cut + 2
            parts.append(b"%d(%b)" % (most, escape(data[cut:place])))
        else:
            parts.append(b"%d " % back)
    if owed:
        parts.append(b"%d" % owed)
    parts.append(b"(" + escape(data[place:]) + b")]TJ" if place < len(data) else b"]TJ")
    return b"".join(parts)
