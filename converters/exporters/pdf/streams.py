"""Content streams of the pages, in a long document made by more than one pair of hands.

A plain page holds lines and rules alone: what it writes depends on nothing but itself. What hangs in the tag tree
because of it is noted here, page by page and in order, whoever painted it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from converters.hands import Shared
from converters.layout.result import Bar, Page, Piece

from .painter import Painter

_PIECE = 32
"""Pages of a piece: 6 ms of work."""
_LEAST = 200
"""Pages that are worth another process: it takes 5 ms to be made."""


class Streams:
    """The streams of pages, to be asked for in rising order. `finish` makes the stream object of what was painted."""

    def __init__(self, painter: Painter, pages: Sequence[Page], finish: Callable[[bytes], bytes]) -> None:
        self._painter = painter
        self._pages = pages
        self._finish = finish
        self._made: Sequence[bytes | None] = ()
        self._shared = Shared(-(-len(pages) // _PIECE) if len(pages) >= _LEAST else 0, self._paint)

    def of(self, index: int) -> bytes:
        """The stream object of a page; then the painter's `parents` and `annotations` are those of the page."""
        piece, number = divmod(index, _PIECE)
        if not number:
            self._made = self._shared.take(piece) or ()
        made = self._made[number] if self._made else None
        if made is None:
            return self._stream(index)
        self._painter.follow(self._pages[index])
        return made

    def _stream(self, index: int) -> bytes:
        return self._finish(self._painter.paint(self._pages[index]))

    def _paint(self, piece: int) -> list[bytes | None]:
        """The streams of the plain pages of a piece, painted out of turn."""
        numbers = range(piece * _PIECE, min((piece + 1) * _PIECE, len(self._pages)))
        self._painter.hangs = False
        made = [self._stream(number) if _is_plain(self._pages[number]) else None for number in numbers]
        self._painter.hangs = True
        return made

    def __enter__(self) -> Streams:
        return self

    def __exit__(self, *_: object) -> None:
        self._shared.close()


def _is_plain(page: Page) -> bool:
    """Whether a page holds nothing but rules and lines without marks, links and insets."""
    for item in page.items:
        if isinstance(item, Piece):
            passage = item.passage
            if passage.marks or passage.insets or passage.target:
                return False
        elif not isinstance(item, Bar):
            return False
    return True
