"""注音: the signs of a syllable under each other at the right of their hanzi, its tone at the right of the last one.

Clreq 5 and the Ministry of Education's rules (國語注音符號手冊): signs a third of the hanzi; ˊ ˇ ˋ at the right of the
last sign, raised; the light tone ˙ above the first. In a vertical line the page lies on its side: what is at the right
of a hanzi is above it here, and what is under it comes after it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from converters.model.patterns import compiled

from .result import Passage

SIGN_RATIO = 1 / 3
"""Size of the signs beside that of the hanzi (clreq 5)."""
_ROOM_RATIO = 0.5
"""Room beside a hanzi: a third for the signs, a sixth for the tone; the same for all, so that hanzi keep their step."""
_TONE_RATIO = 1 / 6
_ABOVE, _RAISED = 0.62, 0.3
"""How far the light tone stands above the middle of the first sign, and the others above that of the last, in signs."""
_LIGHT = "˙"
TONES = "ˉˊˇˋ" + _LIGHT
_SYLLABLE = f"{_LIGHT}?[^{TONES}]+[{TONES[:-1]}]?"
SIGNS = frozenset(map(chr, (*range(0x3105, 0x3130), *range(0x31A0, 0x31C0)))) | frozenset(TONES + " ")


class Sign(NamedTuple):
    """A sign of a syllable: its passage, and where the middle of its ink (a tone) or of its em box stands, from the
    start of the hanzi along the line and from the line's middle downwards."""

    passage: Passage
    along: float
    down: float


class Syllable(NamedTuple):
    """The signs of one syllable and the room that they take along the line."""

    signs: tuple[Sign, ...]
    room: float


def is_zhuyin(reading: str) -> bool:
    """Is a reading written in 注音?"""
    return bool(reading.strip()) and SIGNS.issuperset(reading)


def syllables(reading: str, count: int) -> list[str]:
    """The syllables of a reading, one for each of so many hanzi; the whole of it where they cannot be told apart."""
    for parts in (reading.split(), compiled(_SYLLABLE).findall("".join(reading.split()))):
        if len(parts) == count:
            return parts
    return ["".join(reading.split())]


def syllable(reading: str, size: float, make: Callable[[str, float], Passage], *, vertical: bool) -> Syllable:
    """The signs of a reading beside a hanzi of a size; `make` sets a sign in a size."""
    letters = sum(sign not in TONES for sign in reading)
    step = size * min(SIGN_RATIO, 1 / max(letters, 1))
    column = size * SIGN_RATIO / 2
    last = (letters - 1) / 2 * step
    signs = []
    number = 0
    for sign in reading:
        across = column
        if sign == _LIGHT:
            down = (number if number < letters else 0) * step - last - step * _ABOVE
        elif sign in TONES:
            across, down = size * (SIGN_RATIO + _TONE_RATIO / 2), (number - 1 - _RAISED) * step - last
        else:
            down = number * step - last
            number += 1
        # In a vertical line what is across stands above, and down goes along.
        place = (size / 2 + down, -size / 2 - across) if vertical else (size + across, down)
        signs.append(Sign(make(sign, step), *place))
    return Syllable(tuple(signs), 0.0 if vertical else size * _ROOM_RATIO)
