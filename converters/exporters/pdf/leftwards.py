"""Pages with lines that run to the left: all that stands on them says what is read in it (see Painter)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from converters.layout.result import Passage, Piece, Placed, RubyBox, Turned


def runs_leftwards(items: Sequence[Placed]) -> bool:
    """Whether a line of a page, or of a base with its reading in it, runs to the left."""
    return any(passage.said for passage in _passages(items))


def _passages(items: Sequence[Placed]) -> Iterator[Passage]:
    for item in items:
        if isinstance(item, Turned):
            yield from _passages(item.items)
        elif isinstance(item, Piece):
            yield item.passage
            for inset in (item.passage.insets or {}).values():
                if isinstance(inset, RubyBox):
                    yield inset.base
