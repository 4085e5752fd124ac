"""Content streams of the pages, in a long document made by more than one pair of hands.

A plain page holds lines and rules alone: what it writes depends on nothing but itself. What hangs in the tag tree
because of it is noted here, page by page and in order, whoever painted it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from converters.hands import Shared
from converters.layout.result import Bar, Page, Piece

from .painter import Painter, hung_on

_PIECE = 32
"""Pages of a piece: 6 ms of work."""
_TURN = 64
"""Pieces after which the other hands leave and others come: memory that was shared with one is written over bit by bit,
by both sides, and then stands there twice until it leaves."""
_LEAST = 200
"""Pages that are worth another process: it takes 5 ms to be made."""


_Painted: TypeAlias = tuple[bytes, tuple[int, ...]]
"""The stream object of a page, and the order of what hangs in the tag tree because of it (see Painter.follow)."""


class Streams:
    """The streams of pages, to be asked for in rising order. `finish` makes the stream object of what was painted."""

    def __init__(self, painter: Painter, pages: Sequence[Page], finish: Callable[[bytes], bytes]) -> None:
        self._painter = painter
        self._pages = pages
        self._finish = finish
        self._made: Sequence[_Painted | None] = ()
        self._count = -(-len(pages) // _PIECE) if len(pages) >= _LEAST else 0
        self._first = 0
        self._shared: Shared[list[_Painted | None]] | None = None

    def of(self, index: int) -> bytes:
        """The stream object of a page; then the painter's `parents` and `annotations` are those of the page."""
        piece, number = divmod(index, _PIECE)
        if not number and piece < self._count:
            if piece % _TURN == 0:
                self._take_turns(piece)
            self._made = (self._shared and self._shared.take(piece - self._first)) or ()
        made = self._made[number] if self._made else None
        if made is None:
            return self._stream(index)
        stream, order = made
        self._painter.follow(self._pages[index], order)
        return stream

    def _take_turns(self, first: int) -> None:
        """Send the other hands away, and take on others for the pieces from `first` on."""
        if self._shared is not None:
            self._shared.close()
        self._first = first
        self._shared = Shared(min(self._count - first, _TURN), self._paint)

    def _stream(self, index: int) -> bytes:
        return self._finish(self._painter.paint(self._pages[index]))

    def _paint(self, piece: int) -> list[_Painted | None]:
        """The plain pages of a piece of this turn, painted before they are asked for."""
        piece += self._first
        numbers = range(piece * _PIECE, min((piece + 1) * _PIECE, len(self._pages)))
        self._painter.hangs = False
        made = [self._alone(number) if _is_plain(self._pages[number]) else None for number in numbers]
        self._painter.hangs = True
        return made

    def _alone(self, index: int) -> _Painted | None:
        """A plain page; None where anything but its pieces has marked content on it."""
        stream = self._stream(index)
        parents, elements = self._painter.parents, hung_on(self._pages[index])
        if parents == elements:
            return stream, ()
        places = {id(element): place for place, element in enumerate(elements)}
        if not places.keys() >= set(map(id, parents)):
            return None
        return stream, tuple([places[id(element)] for element in parents])

    def __enter__(self) -> Streams:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shared is not None:
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
