"""The captions of pictures side by side, where each picture has its own."""

from __future__ import annotations

from collections.abc import Iterable

from . import inlines as i

BETWEEN = "\u3000"
"""What readers put between the captions of one figure; it has no place in a source."""


def own_captions(caption: tuple[i.Inline, ...], count: int) -> list[tuple[i.Inline, ...]]:
    """The captions of several pictures, where each has its own: readers join those with a wide space of no source."""
    parts: list[list[i.Inline]] = [[]]
    for inline in caption:
        if isinstance(inline, i.Text) and inline.text == BETWEEN and inline.start < 0:
            parts.append([])
        else:
            parts[-1].append(inline)
    return [tuple(part) for part in parts] if count > 1 and len(parts) == count else []


def joined_captions(captions: Iterable[tuple[i.Inline, ...]]) -> tuple[i.Inline, ...]:
    """Captions of one figure as its one line of text."""
    out: list[i.Inline] = []
    for number, caption in enumerate(captions):
        out += [i.Text(BETWEEN), *caption] if number else caption
    return tuple(out)


def rows_of(count: int) -> list[range]:
    """So many pictures in rows of at most three, as even as they can be: four stand two and two."""
    rows = -(-count // _MOST_IN_ROW) or 1
    length = -(-count // rows) or 1
    return [range(start, min(start + length, count)) for start in range(0, count, length)]


_MOST_IN_ROW = 3
