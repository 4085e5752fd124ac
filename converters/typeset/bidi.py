"""Unicode's bidirectional algorithm (UAX #9): in which order the characters of a line are read and drawn.

Embeddings, isolates and marks are obeyed. Overrides (U+202D, U+202E) are taken as embeddings: they would show
letters in another order than that in which they are written, which hides what a text says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_STRONG_RIGHT = frozenset(("R", "AL"))
_ISOLATES = frozenset(("LRI", "RLI", "FSI"))
_EMBEDDINGS = frozenset(("LRE", "RLE", "LRO", "RLO"))
_REMOVED = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "BN"))
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "FSI", "LRI", "RLI", "PDI"))
_DEEPEST = 125
_MOST_BRACKETS = 63
MIRRORED = dict(
    pair
    for left, right in (
        "()", "[]", "{}", "<>", "«»", "‹›", "≤≥", "（）", "［］", "｛｝", "〈〉", "《》", "「」", "『』", "【】",
        "〔〕", "〖〗", "〘〙", "〚〛", "⟨⟩", "⟪⟫", "⁅⁆", "∈∋", "∉∌", "⊂⊃", "⊆⊇", "＜＞",
    )
    for pair in ((left, right), (right, left))
)  # fmt: skip
"""Characters that turn round in a line that runs to the left (Unicode, BidiMirroring)."""
_OPENERS = {left: right for left, right in MIRRORED.items() if unicodedata.category(left) == "Ps"}


class _State(NamedTuple):
    level: int
    is_isolate: bool


def runs_leftwards(text: str) -> bool:
    """Is there anything in a text that is written from right to left?"""
    return not text.isascii() and any(unicodedata.bidirectional(sign) in ("R", "AL", "RLE", "RLI", "RLO", "AN")
                                      for sign in set(text))  # fmt: skip


def base_level(text: str) -> int:
    """0 for a paragraph that runs to the right, 1 for one to the left, by its first strong character (P2, P3)."""
    return _base(list(map(unicodedata.bidirectional, text)), 0)


def _base(classes: Sequence[str], start: int) -> int:
    depth = 0
    for name in classes[start:]:
        if name in _ISOLATES:
            depth += 1
        elif name == "PDI":
            if not depth and start:
                return 0
            depth = max(depth - 1, 0)
        elif not depth and name in ("L", "R", "AL"):
            return int(name != "L")
    return 0


def levels(text: str, base: int) -> list[int]:
    """The level of every character of a paragraph: even ones run to the right, odd ones to the left."""
    classes = list(map(unicodedata.bidirectional, text))
    # Unassigned code points: of no direction of their own here (they are drawn as they come).
    classes = [name or "L" for name in classes]
    explicit, pairs = _explicit(classes, base)
    found = list(explicit)
    for sequence in _sequences(classes, explicit, pairs):
        before = next((explicit[at] for at in range(sequence[0] - 1, -1, -1) if classes[at] != "BN"), base)
        after = base
        if classes[sequence[-1]] not in _ISOLATES:
            following = (at for at in range(sequence[-1] + 1, len(classes)) if classes[at] != "BN")
            after = next((explicit[at] for at in following), base)
        level = explicit[sequence[0]]
        start, end = ("R" if max(level, other) % 2 else "L" for other in (before, after))
        kinds = _resolved(text, classes, sequence, (level, start, end))
        for place, kind in zip(sequence, kinds, strict=True):
            if level % 2:
                found[place] = level + (kind in ("L", "EN", "AN"))
            else:
                found[place] = level + (1 if kind == "R" else 2 if kind in ("EN", "AN") else 0)
    _trailing(text, found, base)
    return found


def visual_order(levels_of_line: Sequence[int]) -> list[int]:
    """The places of a line's characters from left to right (L2)."""
    order = list(range(len(levels_of_line)))
    odd = [level for level in levels_of_line if level % 2]
    if not odd:
        return order
    for level in range(max(levels_of_line), min(odd) - 1, -1):
        place = 0
        while place < len(order):
            end = place
            while end < len(order) and levels_of_line[order[end]] >= level:
                end += 1
            if end > place:
                order[place:end] = order[place:end][::-1]
            place = end + 1 if end == place else end
    return order


def _explicit(classes: list[str], base: int) -> tuple[list[int], dict[int, int]]:
    """X1 to X8: levels by the explicit characters, and the end of every isolate. What X9 removes becomes BN."""
    matching = _matching(classes)
    ends = set(matching.values())
    found: list[int] = []
    stack = [_State(base, False)]
    overflow_isolates = overflow_embeddings = valid = 0
    for place, name in enumerate(list(classes)):
        level = stack[-1].level
        if name in _EMBEDDINGS or name in _ISOLATES:
            found.append(level)
            leftwards = name in ("RLE", "RLO", "RLI")
            if name == "FSI":
                leftwards = bool(_base(classes[: matching.get(place, len(classes))], place + 1)) if place else (
                    bool(_base(classes[1 : matching.get(place, len(classes))], 0))
                )  # fmt: skip
            new = (level + 1) | 1 if leftwards else (level + 2) & ~1
            is_isolate = name in _ISOLATES
            if new <= _DEEPEST and not overflow_isolates and not overflow_embeddings:
                valid += is_isolate
                stack.append(_State(new, is_isolate))
            elif is_isolate:
                overflow_isolates += 1
            elif not overflow_isolates:
                overflow_embeddings += 1
            if not is_isolate:
                classes[place] = "BN"
        elif name == "PDI":
            if overflow_isolates:
                overflow_isolates -= 1
            elif valid and place in ends:
                overflow_embeddings = 0
                while not stack[-1].is_isolate:
                    stack.pop()
                stack.pop()
                valid -= 1
            found.append(stack[-1].level)
        elif name == "PDF":
            found.append(level)
            classes[place] = "BN"
            if overflow_isolates:
                continue
            if overflow_embeddings:
                overflow_embeddings -= 1
            elif len(stack) > 1 and not stack[-1].is_isolate:
                stack.pop()
        elif name == "B":
            found.append(base)
        else:
            found.append(level)
    return found, matching


def _matching(classes: Sequence[str]) -> dict[int, int]:
    """The PDI of every isolate (BD9)."""
    open_, found = [], {}
    for place, name in enumerate(classes):
        if name in _ISOLATES:
            open_.append(place)
        elif name == "PDI" and open_:
            found[open_.pop()] = place
        elif name == "B":
            open_.clear()
    return found


def _sequences(classes: Sequence[str], found: Sequence[int], matching: dict[int, int]) -> Iterator[list[int]]:
    """Isolating run sequences (BD13): stretches of one level, joined over the isolates in them."""
    runs: list[list[int]] = []
    for place, name in enumerate(classes):
        if name == "BN":
            continue
        if runs and found[runs[-1][-1]] == found[place]:
            runs[-1].append(place)
        else:
            runs.append([place])
    by_start = {run[0]: run for run in runs}
    ends = set(matching.values())
    for run in runs:
        if classes[run[0]] == "PDI" and run[0] in ends:
            continue
        whole = list(run)
        while classes[whole[-1]] in _ISOLATES and (following := by_start.get(matching.get(whole[-1], -1))):
            whole += following
        yield whole


def _resolved(text: str, classes: list[str], sequence: list[int], around: tuple[int, str, str]) -> list[str]:
    """W1 to W7 and N0 to N2 on one sequence, of a level and with a direction at its start and its end."""
    level, start, end = around
    kinds = [classes[place] for place in sequence]
    _weak(kinds, start)
    _brackets(text, kinds, sequence, (level, start), classes)
    _neutral(kinds, level, start, end)
    return kinds


def _weak(kinds: list[str], start: str) -> None:
    previous = strong = start
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kind = "ON" if previous in _ISOLATES or previous == "PDI" else previous
        elif kind in ("L", "R", "AL"):
            strong = kind
        if kind == "EN" and strong == "AL":
            kind = "AN"
        kinds[place] = previous = kind
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for place in range(1, len(kinds) - 1):
        left, kind, right = kinds[place - 1 : place + 2]
        if (kind == "ES" and left == right == "EN") or (kind == "CS" and left == right and left in ("EN", "AN")):
            kinds[place] = left
    place = 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        if end > place and ("EN" in kinds[max(place - 1, 0) : place] or "EN" in kinds[end : end + 1]):
            kinds[place:end] = ["EN"] * (end - place)
        place = max(end, place + 1)
    strong = start
    for place, kind in enumerate(kinds):
        if kind in ("ET", "ES", "CS"):
            kinds[place] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"


def _brackets(
    text: str, kinds: list[str], sequence: list[int], around: tuple[int, str], classes: Sequence[str]
) -> None:
    """N0: both brackets of a pair run as what they enclose."""
    level, start = around
    own, other = ("R", "L") if level % 2 else ("L", "R")
    for first, last in _bracket_pairs(text, kinds, sequence):
        inside = {"R" if kind in ("EN", "AN") else kind for kind in kinds[first + 1 : last]}
        if own in inside:
            chosen = own
        elif other in inside:
            earlier = (kind for kind in reversed(kinds[:first]) if kind in ("L", "R", "EN", "AN"))
            context = next(("L" if kind == "L" else "R" for kind in earlier), start)
            chosen = other if context == other else own
        else:
            continue
        for bracket in (first, last):
            kinds[bracket] = chosen
            follower = bracket + 1
            while follower < len(kinds) and classes[sequence[follower]] == "NSM":
                kinds[follower] = chosen
                follower += 1


def _bracket_pairs(text: str, kinds: Sequence[str], sequence: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of brackets (BD16), in the order of their openers."""
    open_: list[tuple[str, int]] = []
    pairs = []
    for place, (index, kind) in enumerate(zip(sequence, kinds, strict=True)):
        sign = text[index]
        if kind != "ON":
            continue
        if sign in _OPENERS:
            if len(open_) == _MOST_BRACKETS:
                break
            open_.append((_OPENERS[sign], place))
            continue
        for number in range(len(open_) - 1, -1, -1):
            if open_[number][0] == sign:
                pairs.append((open_[number][1], place))
                del open_[number:]
                break
    return sorted(pairs)


def _neutral(kinds: list[str], level: int, start: str, end: str) -> None:
    place = 0
    while place < len(kinds):
        stop = place
        while stop < len(kinds) and kinds[stop] in _NEUTRAL:
            stop += 1
        if stop > place:
            left = kinds[place - 1] if place else start
            right = kinds[stop] if stop < len(kinds) else end
            left, right = ("L" if side == "L" else "R" for side in (left, right))
            kinds[place:stop] = [left if left == right else "R" if level % 2 else "L"] * (stop - place)
        place = max(stop, place + 1)


def _trailing(text: str, found: list[int], base: int) -> None:
    """What X9 removed runs as what stands before it; segment separators, and blanks before them, as the paragraph."""
    level = base
    for place, sign in enumerate(text):
        name = unicodedata.bidirectional(sign)
        if name in _REMOVED:
            found[place] = level
        level = found[place]
    trailing = True
    for place in range(len(text) - 1, -1, -1):
        name = unicodedata.bidirectional(text[place])
        if name in ("B", "S"):
            trailing = True
            found[place] = base
        elif trailing and (name in ("WS", "FSI", "LRI", "RLI", "PDI") or name in _REMOVED):
            found[place] = base
        else:
            trailing = False
