"""Pages in columns: runs of text fill one column after the other, what is wide stands across all of them.

Where a run ends, its last columns are balanced: the lowest height is taken at which they hold what is left. Notes
stand at the foot of the column that calls them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from converters.theme.schema import Theme

from .items import Item, PageEnd
from .paging import PageMaker
from .result import Passage

_MOST_TRIALS = 40
"""Heights that are tried for the last columns, row by row; a page of more rows keeps them as they came."""


class _TooLowError(Exception):
    """The last columns of a run do not hold it at the height on trial."""


class _State(NamedTuple):
    """What placing items changes, so that it can be taken back."""

    counts: tuple[int, ...]
    frame: tuple[float, float, float, float, bool, bool, bool]
    waiting: list[tuple[Passage, int]]


class ColumnMaker(PageMaker):
    """Makes pages of several columns. `_column` counts them from 0; -1 is where things stand across."""

    def __init__(self, theme: Theme, most: int = 0) -> None:
        super().__init__(theme, most)
        self.count = theme.page.columns
        self.step = theme.page.column_width + theme.page.column_gap
        self._column = -1
        self._top = 0.0
        # How deep each column of the page is filled, its notes included; whether one of them has notes.
        self._depths: list[float] = []
        self._noted = False
        # The page whose columns are kept low, and where they end.
        self._limit: tuple[int, float] | None = None

    def place_all(self, items: Sequence[Item]) -> None:
        """Place all items: the wide ones by themselves, the others in runs."""
        index = 0
        while index < len(items) and not self.is_enough():
            end = index + 1
            if _is_wide(items[index]):
                self.place(items[index], items, index)
            else:
                while end < len(items) and not _is_wide(items[end]):
                    end += 1
                self._run(items, index, end)
            index = end

    def drain_notes(self) -> None:
        """Give notes that are still waiting their columns."""
        self._need_page()
        if self._waiting:
            self._run((), 0, 0)

    # -- frames

    def _open_frame(self, left: float, top: float, floor: float) -> None:
        if self._column >= 0:
            if self._limit is not None and self._limit[0] == len(self.paged.pages) - 1:
                floor = min(floor, self._limit[1])
            super()._open_frame(left, top, floor)
            return
        # What stands across has no notes at its foot: they wait for the columns below it.
        waiting, self._waiting = self._waiting, []
        super()._open_frame(left, top, floor)
        self._waiting = waiting

    def _next_frame(self) -> None:
        if self._column < 0:
            self._new_page()
            return
        self._end_column()
        if self._column + 1 < self.count:
            self._column += 1
            self._open_frame(self._column_left(), self._top, self.depth)
            return
        if self._limit is not None and self._limit[0] == len(self.paged.pages) - 1:
            raise _TooLowError
        self._column, self._top = 0, 0.0
        self._depths, self._noted = [], False
        self._new_page()

    def _end_column(self) -> None:
        self._depths.append(self._y + self._notes_height)
        self._noted = self._noted or bool(self._notes)
        self._close()

    def _column_left(self) -> float:
        return self.left_of(len(self.paged.pages) - 1) + self._column * self.step

    def _add_notes(self, passages: Sequence[Passage]) -> None:
        if self._column >= 0:
            super()._add_notes(passages)
        else:
            self._waiting += [(passage, 0) for passage in passages]

    def _height_of(self, passages: Sequence[Passage]) -> float:
        return super()._height_of(passages) if self._column >= 0 else 0.0

    # -- runs

    def _run(self, items: Sequence[Item], first: int, end: int) -> None:
        """Place a run of items in columns; then once more, with its last columns as low as they can be."""
        self._need_page()
        item = items[first] if first < end else None
        top = self._gap(0.0 if item is None or isinstance(item, PageEnd) else item.before, on_grid=True)
        if top + 2 * self.pitch > self.room and not self._fresh:
            self._new_page()
            top = self._y
        before = self._state()
        self._fill_columns(items, first, end, top)
        page = len(self.paged.pages) - 1
        content = sum(depth - self._top for depth in self._depths)
        lowest = self._top + max(math.ceil(content / self.count / self.pitch - 0.01), 1) * self.pitch
        rows = math.floor((self.depth - lowest) / self.pitch + 0.01)
        for trial in range(min(rows, _MOST_TRIALS)):
            self._take_back(before)
            self._limit = (page, lowest + trial * self.pitch)
            try:
                self._fill_columns(items, first, end, top)
                break
            except _TooLowError:
                continue
            finally:
                self._limit = None
        else:
            if rows > 0:
                self._take_back(before)
                self._fill_columns(items, first, end, top)
        self._end_run()

    def _fill_columns(self, items: Sequence[Item], first: int, end: int, top: float) -> None:
        self._column, self._top = 0, top
        self._depths, self._noted = [], False
        self._open_frame(self._column_left(), top, self.depth)
        for index in range(first, end):
            if self.is_enough():
                break
            self.place(items[index], items, index)
        while self._waiting:
            self._next_frame()
        self._end_column()

    def _end_run(self) -> None:
        """Go on below the columns, across all of them."""
        bottom = self._floor if self._noted else max(self._depths)
        after = self._after
        self._column = -1
        self._open_frame(self.left_of(len(self.paged.pages) - 1), 0.0, self.depth)
        self._fill(bottom)
        self._after = after

    def _state(self) -> _State:
        made = self.paged
        counts = (
            len(made.pages), len(made.pages[-1].items), len(made.starts), len(made.outline), len(made.places),
            len(made.names),
        )  # fmt: skip
        frame = (self._left, self._y, self._floor, self._after, self._fresh, self._movable, self._short)
        return _State(counts, frame, list(self._waiting))

    def _take_back(self, state: _State) -> None:
        made = self.paged
        pages, items, starts, outline, places, names = state.counts
        del made.pages[pages:], made.pages[-1].items[items:], made.starts[starts:], made.outline[outline:]
        while len(made.places) > places:
            made.places.popitem()
        while len(made.names) > names:
            made.names.popitem()
        self._page = made.pages[-1]
        self._left, self._y, self._floor, self._after, self._fresh, self._movable, self._short = state.frame
        self._notes, self._notes_height = [], 0.0
        self._waiting = list(state.waiting)
        made.stopped = False


def _is_wide(item: Item) -> bool:
    return isinstance(item, PageEnd) or item.wide
