"""Pages with lines that run to the left: all that stands on them says what is read in it, for our own reader alone.

Those who know such lines take the glyphs from left to right and turn them round themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from converters.layout.result import Passage, Piece, Placed, RubyBox, Turned


def runs_leftwards(items: Sequence[Placed]) -> bool:
    """Whether a line of a page, or of a base with its reading in it, runs to the left."""
    return any(passage.said for passage in _passages(items))


def read_in(passage: Passage, start: int, end: int, meaning: Callable[[str], str]) -> str:
    """What is read in a stretch of a passage, in the order of reading; `meaning` says what a stand-in is."""
    said = passage.said[start:end] if passage.said else map(meaning, passage.text[start:end])
    return "".join(said)


def _passages(items: Sequence[Placed]) -> Iterator[Passage]:
    for item in items:
        if isinstance(item, Turned):
            yield from _passages(item.items)
        elif isinstance(item, Piece):
            yield item.passage
            for inset in (item.passage.insets or {}).values():
                if isinstance(inset, RubyBox):
                    yield inset.base
