"""Where two texts differ, exactly: equal texts cost nothing, and each fault only its own neighbourhood."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import NamedTuple

# The first look around a fault, and the largest: comparing two windows costs the product of their lengths.
_WINDOW = 240
_LARGEST_WINDOW = 16_000
# So many equal characters in a row at the end of a window prove that both texts are in step again.
_IN_STEP = 24


class Fault(enum.Enum):
    """What happened to a stretch of text."""

    CHANGED = "changed"
    LOST = "lost"
    ADDED = "added"
    DOUBLED = "doubled"
    MOVED = "moved"


class Difference(NamedTuple):
    """wanted[a0:a1] became found[b0:b1]."""

    fault: Fault
    a0: int
    a1: int
    b0: int
    b1: int


class Step(NamedTuple):
    """`length` equal characters at a0 and b0."""

    a0: int
    b0: int
    length: int


def differences(wanted: str, found: str) -> tuple[list[Difference], list[Step]]:
    """Every difference in order, and the equal stretches between them."""
    steps: list[Step] = []
    raw: list[tuple[int, int, int, int]] = []
    a = b = 0
    while True:
        length = _common_prefix(wanted, found, a, b)
        if length:
            steps.append(Step(a, b, length))
            a, b = a + length, b + length
        if a == len(wanted) and b == len(found):
            break
        a, b = _one_neighbourhood(wanted, found, (a, b), raw, steps)
    return list(_named(_joined(raw), wanted, found)), steps


def _common_prefix(wanted: str, found: str, a: int, b: int) -> int:
    """How many characters from a and b on are equal."""
    low, high = 0, min(len(wanted) - a, len(found) - b)
    step = 64
    while low < high:
        size = min(step, high - low)
        if wanted[a + low : a + low + size] == found[b + low : b + low + size]:
            low += size
            step *= 4
        elif size == 1:
            return low
        else:
            high = low + size
            step = max(1, size // 2)
    return low


def _one_neighbourhood(
    wanted: str, found: str, at: tuple[int, int], raw: list[tuple[int, int, int, int]], steps: list[Step]
) -> tuple[int, int]:
    """Compare windows from a fault on until both texts are in step again; returns where that is."""
    a, b = at
    window = _WINDOW
    while True:
        left, right = wanted[a : a + window], found[b : b + window]
        whole = a + window >= len(wanted) and b + window >= len(found)
        codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
        if whole:
            last = len(codes)
            break
        # The ends of the windows are cut at different places of the text: only what precedes the last long
        # equal stretch is known.
        last = max(
            (i for i, code in enumerate(codes) if code[0] == "equal" and code[2] - code[1] >= _IN_STEP), default=0
        )
        if last or window >= _LARGEST_WINDOW:
            break
        window *= 4
    if not last:
        # Two texts that have nothing to do with each other: said once, as a whole.
        raw.append((a, len(wanted), b, len(found)))
        return len(wanted), len(found)
    for tag, a0, a1, b0, b1 in codes[:last]:
        if tag == "equal":
            steps.append(Step(a + a0, b + b0, a1 - a0))
        else:
            raw.append((a + a0, a + a1, b + b0, b + b1))
    _, _, a1, _, b1 = codes[last - 1]
    return a + a1, b + b1


def _joined(raw: list[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Differences that touch are one."""
    out: list[tuple[int, int, int, int]] = []
    for a0, a1, b0, b1 in raw:
        if out and out[-1][1] == a0 and out[-1][3] == b0:
            out[-1] = (out[-1][0], a1, out[-1][2], b1)
        else:
            out.append((a0, a1, b0, b1))
    return out


def _named(raw: list[tuple[int, int, int, int]], wanted: str, found: str) -> Iterator[Difference]:
    """Say of each difference what happened; a stretch lost here and added near by has moved."""
    skip = False
    for (a0, a1, b0, b1), following in zip_longest(raw, raw[1:]):
        if skip:
            skip = False
            continue
        if following is not None and _is_move((a0, a1, b0, b1), following, wanted, found):
            yield Difference(Fault.MOVED, a0, following[1], b0, following[3])
            skip = True
        elif a0 == a1:
            yield _addition(a0, b0, b1, found)
        elif b0 == b1:
            yield Difference(Fault.LOST, a0, a1, b0, b1)
        else:
            moved = sorted(wanted[a0:a1]) == sorted(found[b0:b1])
            yield Difference(Fault.MOVED if moved else Fault.CHANGED, a0, a1, b0, b1)


def _is_move(one: tuple[int, int, int, int], other: tuple[int, int, int, int], wanted: str, found: str) -> bool:
    """One adds what the other loses, and they are so near that both are one exchange."""
    lost, added = wanted[one[0] : one[1]], found[one[2] : one[3]]
    lost_after, added_after = wanted[other[0] : other[1]], found[other[2] : other[3]]
    near = other[0] - one[1] <= max(8, len(lost), len(added))
    return near and bool(lost or added) and (lost, added) == (added_after, lost_after) and not (lost and added)


def _addition(a: int, b0: int, b1: int, found: str) -> Difference:
    """Added text, or text that stands twice."""
    size = b1 - b0
    doubled = found[b0 - size : b0] == found[b0:b1] or found[b1 : b1 + size] == found[b0:b1]
    return Difference(Fault.DOUBLED if doubled else Fault.ADDED, a, a, b0, b1)
