"""Pages with lines that run to the left: all that stands on them says what is read in it, for our own reader alone.

Those who know such lines take the glyphs from left to right and turn them round themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from converters.layout.result import Inset, Passage, Piece, Placed, RubyBox, Turned


def runs_leftwards(items: Sequence[Placed]) -> bool:
    """Whether a line of a page, or of a base with its reading in it, runs to the left."""
    for item in items:
        if type(item) is Piece:
            passage = item.passage
            if passage.said or (passage.insets and _has_base_leftwards(passage.insets.values())):
                return True
        elif type(item) is Turned and runs_leftwards(item.items):
            return True
    return False


def _has_base_leftwards(insets: Iterable[Inset]) -> bool:
    return any(isinstance(inset, RubyBox) and inset.base.said for inset in insets)


def read_in(passage: Passage, start: int, end: int, meaning: Callable[[str], str]) -> str:
    """What is read in a stretch of a passage, in the order of reading; `meaning` says what a stand-in is."""
    said = passage.said[start:end] if passage.said else map(meaning, passage.text[start:end])
    return "".join(said)
