"""Lines, boxes and rows of tables → pages: what stands together, what may be parted and where a page ends.

Heights are measured from the top of the type area. Text of the grid stands on whole rows; what is not on the
grid (tables, figures, code) takes the height it needs, and the text after it goes on at the next row.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import field

from converters.records import dataclass
from converters.theme.schema import Theme

from .items import Box, Item, PageEnd, Rows, TableRows, moved
from .keeping import SNAP_TOLERANCE, Keeping
from .result import Bar, Page, Passage, Piece, Room, Turned
from .turned import turned_pages

_HAIR = 0.01
"""Points that a page may be overrun by: far below what is seen, above what sums of rows are off by."""
_NEAR_ROWS = 1
"""By so many rows other programs' pages may differ from ours before what is said of this one is no help to them."""
_NOTE_GAP = 10.0
_NOTE_RULE_RATIO = 1 / 3
_NOTE_RULE = 0.5


@dataclass(slots=True, eq=False, repr=False)
class Paged:
    """Pages and where things came to stand: by id the page, the start of every page, bookmarks, named places."""

    pages: list[Page] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    starts: list[tuple[int, str, int]] = field(default_factory=list)
    outline: list[tuple[str, int, int, float]] = field(default_factory=list)
    names: dict[str, tuple[int, float]] = field(default_factory=dict)
    closing: set[str] = field(default_factory=set)
    """The ids of what ends so near the foot of its page that what closes the article was nearly parted from it."""
    stopped: bool = False
    foot_alone: bool = False
    """Whether the colophon has a page to itself."""


class PageMaker:
    """Makes pages of one flow of items. `most` stops it after so many pages, when only their number is asked for."""

    def __init__(self, theme: Theme, most: int = 0) -> None:
        self.theme = theme
        self.layout = theme.page
        self.pitch = theme.page.pitch
        self.depth = theme.page.depth
        self.most = most
        self.written: Callable[[str], str] = str
        """How a passage's text is written out, where signs stand for several characters (clusters.py)."""
        self.keeping = Keeping(theme)
        self.paged = Paged()
        self._y = 0.0
        self._after = 0.0
        self._page: Page | None = None
        self._left = 0.0
        # A frame is what text runs through: the type area of a page, or a part of it. It ends at `_floor`; `_fresh`
        # says that nothing stands in it yet, `_short` that it is lower than a page, `_movable` that what does not fit
        # may hope for a better one.
        self._floor = self.depth
        self._fresh = True
        self._movable = self._short = False
        self._notes: list[Piece] = []
        self._notes_height = 0.0
        self._waiting: list[tuple[Passage, int]] = []

    # -- pages

    def run(self, items: Sequence[Item]) -> Paged:
        """Place all items; `finish` closes the last page."""
        self.place_all(items)
        return self.paged

    def place_all(self, items: Sequence[Item]) -> None:
        """Place the items one after the other."""
        for index, item in enumerate(items):
            if self.is_enough():
                return
            self.place(item, items, index)

    def is_enough(self) -> bool:
        """Whether there are more pages already than were asked for."""
        if self.most and len(self.paged.pages) > self.most:
            self.paged.stopped = True
        return self.paged.stopped

    def place(self, item: Item, items: Sequence[Item], index: int) -> None:
        """Place one item; those after it say what it must be kept with."""
        match item:
            case Rows():
                self._rows(item, items, index)
            case Box():
                self._box(item, items, index)
            case TableRows(turned=True):
                self._turned_table(item)
            case TableRows():
                self._table(item, items, index)
            case PageEnd():
                self._page_end(item)

    def finish(self) -> Paged:
        """Close the last page: its notes go to its foot; notes that are still waiting get pages of their own."""
        self.drain_notes()
        self._close()
        return self.paged

    def drain_notes(self) -> None:
        """Give notes that are still waiting their pages, before anything is put at the foot of the last one."""
        self._need_page()
        while self._waiting:
            self._new_page()

    def place_at_foot(self, box: Box) -> None:
        """Put a box on the lower edge of the type area, under the notes' place."""
        self._need_page()
        assert self._page is not None
        notes = self._notes_height
        self._page.items.extend(
            moved(box.items, self._left, self.layout.top + self.depth - self.layout.hang - notes - box.height)
        )
        self._fill(self._y)

    @property
    def bottom(self) -> float:
        """How deep the page in hand is filled."""
        return self._y

    @property
    def room(self) -> float:
        """Where text must end on this page: above its notes."""
        return self._floor - self._notes_height

    def left_of(self, number: int) -> float:
        """Left edge of the type area of a page (from 0): even pages of a duplex print are mirrored."""
        page = self.layout
        return page.outer if page.duplex and number % 2 else page.inner

    def _need_page(self) -> None:
        if self._page is None:
            self._open()

    def _open(self) -> None:
        number = len(self.paged.pages)
        self._page = Page(number, str(number + 1))
        self.paged.pages.append(self._page)
        self._open_frame(self.left_of(number), 0.0, self.depth)

    def _open_frame(self, left: float, top: float, floor: float) -> None:
        """Begin a frame of the page in hand, with the notes that wait for it."""
        self._left = left
        self._y, self._floor = top, floor
        self._after = 0.0
        self._fresh = True
        self._short = self._movable = top > 0 or floor < self.depth
        self._notes = []
        self._notes_height = 0.0
        waiting, self._waiting = self._waiting, []
        for passage, first in waiting:
            self._add_note(passage, first, floor - top - 2 * self.pitch)

    def _next_frame(self) -> None:
        """Go on where the flow goes on: on a new page."""
        self._new_page()

    def _fill(self, y: float) -> None:
        """Something stands in the frame now, down to `y`."""
        self._y = y
        self._fresh = False
        self._movable = True

    def _new_page(self) -> None:
        self._need_page()
        self._close()
        self._page = None
        self._open()

    def new_page(self) -> None:
        """End the page in hand."""
        self._new_page()

    def _close(self) -> None:
        """Put the notes of the page in hand at its foot, under a short rule."""
        page = self._page
        if page is None or not self._notes:
            return
        top = self.layout.top + self._floor - self._notes_height
        page.items.append(
            Bar(
                self._left,
                top + _NOTE_GAP / 2,
                self._notes[0].passage.measure * _NOTE_RULE_RATIO,
                _NOTE_RULE,
                "#000000",
            )
        )
        y = top + _NOTE_GAP
        for piece in self._notes:
            page.items.append(Piece(piece.passage, piece.first, piece.last, self._left, y))
            y += (piece.last - piece.first) * piece.passage.pitch
        self._notes = []

    # -- notes

    def _notes_of(self, item: Rows | Box, first: int, last: int) -> list[Passage]:
        return [passage for note in item.notes if first <= note.line < last for passage in note.passages]

    def _height_of(self, passages: Sequence[Passage]) -> float:
        """Height that further notes would take on this page."""
        if not passages:
            return 0.0
        height = sum(passage.height for passage in passages)
        return height + (0.0 if self._notes_height else _NOTE_GAP)

    def _add_notes(self, passages: Sequence[Passage]) -> None:
        for passage in passages:
            self._add_note(passage, 0, self.room - self._y)

    def _add_note(self, passage: Passage, first: int, room: float) -> None:
        """Put a note on this page as far as it fits; the rest waits for the next one."""
        if self._waiting:
            self._waiting.append((passage, first))
            return
        gap = 0.0 if self._notes_height else _NOTE_GAP
        available = min(room, self._floor - self._notes_height) - gap
        lines = min(len(passage.lines) - first, math.floor((available + _HAIR) / passage.pitch))
        if lines > 0:
            self._notes.append(Piece(passage, first, first + lines, 0.0, 0.0))
            self._notes_height += gap + lines * passage.pitch
        if first + max(lines, 0) < len(passage.lines):
            self._waiting.append((passage, first + max(lines, 0)))

    # -- places

    def _gap(self, before: float, *, on_grid: bool) -> float:
        """Where an item would begin on this page."""
        if self._fresh:
            return self._y
        blank = max(self._after, before)
        if on_grid:
            return math.ceil((self._y + blank) / self.pitch - SNAP_TOLERANCE) * self.pitch
        return self._y + blank

    def _record(self, ident: str, offset: int, y: float, item: Rows | Box | TableRows) -> None:
        page = len(self.paged.pages) - 1
        if ident and ident not in self.paged.places:
            self.paged.places[ident] = page
        if self._fresh and ident and (not self.paged.starts or self.paged.starts[-1][0] != page):
            self.paged.starts.append((page, ident, offset))
        if offset == 0:
            if item.name and item.name not in self.paged.names:
                self.paged.names[item.name] = (page, self.layout.top + y)
            if not isinstance(item, TableRows) and item.outline is not None:
                title, level = item.outline
                self.paged.outline.append((title, level, page, self.layout.top + y))

    # -- items

    def _page_end(self, item: PageEnd) -> None:
        if not self._fresh:
            self._new_page()
        if item.ident:
            self._need_page()
            self.paged.places.setdefault(item.ident, len(self.paged.pages) - 1)

    def _box(self, item: Box, items: Sequence[Item], index: int) -> None:
        self._need_page()
        y = self._gap(item.before, on_grid=item.on_grid)
        notes = self._notes_of(item, 0, 1 << 30)
        needed = item.height + self._height_of(notes)
        while self._movable:
            follower = self.keeping.follower_height(items, index, y + item.height) if item.keep else 0.0
            tail = self.keeping.tail_height(items, index, y + item.height)
            wanted = max(follower, tail)
            if y + needed + wanted > self.room + _HAIR and (
                y + needed > self.room + _HAIR or needed + wanted <= self.depth
            ):
                self._next_frame()
                y = self._y
                continue
            break
        self._record(item.ident, 0, y, item)
        self._place_box(item, y)
        self._add_notes(notes)

    def _place_box(self, item: Box, y: float) -> None:
        assert self._page is not None
        self._page.items.extend(moved(item.items, self._left, self.layout.top + y))
        self._fill(y + item.height)
        self._after = item.after

    def _rows(self, item: Rows, items: Sequence[Item], index: int) -> None:
        self._need_page()
        passage = item.passage
        lines, pitch = len(passage.lines), passage.pitch
        if not lines:
            self._record(item.ident, 0, self._y, item)
            return
        y = self._gap(item.before, on_grid=item.on_grid)
        first = 0
        # How many characters of the source stand before this page, counted page by page.
        offset = place = 0
        while True:
            assert self._page is not None
            rest = lines - first
            fits = self._lines_that_fit(item, first, y)
            last = self._good_break(item, items, index, (first, fits, y))
            if last <= first and self._movable:
                self._next_frame()
                y = self._y
                continue
            if last <= first:
                last = first + max(1, min(rest, fits))
            if first:
                start = passage.lines[first].start
                rooms = sum(
                    isinstance(inset, Room) for at, inset in (passage.insets or {}).items() if place <= at < start
                )
                offset += len(self.written(passage.text[place:start])) - rooms
                place = start
            self._record(item.ident, offset, y, item)
            self._page.items.append(Piece(passage, first, last, self._left + item.x, self.layout.top + y))
            if first == 0 and item.label is not None:
                self._page.items.insert(
                    len(self._page.items) - 1,
                    Piece(item.label, 0, 1, self._left + item.label_x, self.layout.top + y),
                )
            self._fill(y + (last - first) * pitch)
            self._after = item.after
            if item.notes:
                self._add_notes(self._notes_of(item, first, last))
            if last >= lines:
                return
            first = last
            self._next_frame()
            y = self._y

    def _lines_that_fit(self, item: Rows, first: int, y: float) -> int:
        """How many further lines stand between `y` and the notes, each with the notes that it calls."""
        passage = item.passage
        rest = len(passage.lines) - first
        if not item.notes:
            return min(rest, math.floor((self.room - y + _HAIR) / passage.pitch))
        count = 0
        while count < rest:
            notes = self._notes_of(item, first, first + count + 1)
            height = self._height_of(notes)
            if y + (count + 1) * passage.pitch + height > self.room + _HAIR:
                # A page with nothing else takes the line, and its notes go on overleaf.
                if count == 0 and not self._movable and y + passage.pitch <= self.room + _HAIR:
                    return 1
                break
            count += 1
        return count

    def _good_break(self, item: Rows, items: Sequence[Item], index: int, state: tuple[int, int, float]) -> int:
        """The line before which the page may end: no widow, no orphan, nothing parted that is kept together."""
        first, fits, y = state
        passage = item.passage
        count = len(passage.lines)
        rest = count - first
        text = self.theme.text
        widows, orphans = item.widows or text.widows, item.orphans or text.orphans
        if fits >= rest:
            bottom = y + rest * passage.pitch
            if item.keep:
                wanted = self.keeping.follower_height(items, index, bottom)
                if (
                    self._movable
                    and bottom + wanted > self.room + _HAIR
                    and rest * passage.pitch + wanted <= self.depth
                ):
                    return first
            tail = self.keeping.tail_height(items, index, bottom)
            if tail and bottom + tail > self.room - _NEAR_ROWS * self.pitch + _HAIR:
                self.paged.closing.add(item.ident)
            if tail and bottom + tail > self.room + _HAIR:
                # What closes the article takes the paragraph's last lines along to the next page.
                kept = rest - min(widows, rest)
                if kept >= (orphans if first == 0 else 1):
                    return first + kept
                return first if self._movable else count
            return count
        if item.keep and first == 0 and self._movable and passage.height <= self.depth:
            return first
        if item.tail and first == 0 and self._movable and passage.height <= self.depth:
            return first
        last = fits
        if rest - last < widows:
            last = rest - widows
        if first == 0 and last < orphans:
            last = 0
        if last <= 0 and not self._movable:
            last = max(fits, 1)
        return first + max(last, 0)

    def _table(self, item: TableRows, items: Sequence[Item], index: int) -> None:
        self._need_page()
        y = self._gap(item.before, on_grid=False)
        opening = self.keeping.opening_height(item.head, item.rows)
        while self._movable and y + opening > self.room + _HAIR and opening <= self.depth:
            self._next_frame()
            y = self._y
        self._record(item.ident, 0, y, item)
        for box in item.head:
            self._place_box(box, y)
            y += box.height
            self._add_notes(self._notes_of(box, 0, 1 << 30))
        opened = y
        waiting = list(reversed(item.rows))
        while waiting:
            box = waiting.pop()
            notes = self._notes_of(box, 0, 1 << 30)
            # The last row takes what may not begin a page along: a source line, a signature.
            tail = 0.0 if waiting else self.keeping.tail_height(items, index, y + box.height)
            if y + box.height + tail + self._height_of(notes) <= self.room + _HAIR:
                self._place_box(box, y)
                y += box.height
                self._add_notes(notes)
                continue
            repeated = item.repeat()
            if box.height > self.depth - sum(again.height for again in repeated):
                parts = item.cut(box, self.room - y)
                if parts is not None:
                    box, rest = parts
                    waiting.append(rest)
                    self._place_box(box, y)
                    self._table_page(repeated)
                    y = opened = self._y
                    continue
            if y > opened + _HAIR or self._short:
                # The row goes to the next page; only where a page has nothing but the head is it placed regardless.
                waiting.append(box)
                self._table_page(repeated)
                y = opened = self._y
                continue
            self._place_box(box, y)
            y += box.height
            self._add_notes(notes)
        self._after = item.after

    def _turned_table(self, item: TableRows) -> None:
        """A table on pages of its own, each seen with its left edge up; what follows begins a page."""
        self._need_page()
        layout = self.layout
        for made in turned_pages(item, layout.measure):
            if not self._fresh:
                self._new_page()
            page = self._page
            assert page is not None
            self._record(item.ident, 0, 0.0, item)
            page.items.append(Turned(made.items, self._left, layout.top + self.depth, 90.0))
            page.is_turned = True
            self._fill(self.depth)
            self._waiting += [(note, 0) for note in made.waiting]
        self._after = 0.0

    def _table_page(self, repeated: Sequence[Box]) -> None:
        """A new page that begins with the table's head."""
        self._next_frame()
        for box in repeated:
            self._place_box(box, self._y)
