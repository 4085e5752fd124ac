"""Tables on pages of their own, turned by 90° (GB/T 9704-2012, 7.3.8: the head towards the binding edge on odd pages,
towards the cut edge on even ones, which is the left edge on both; the page number stays where it is)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .items import Box, TableRows, moved
from .result import Bar, Passage, Piece, Placed

_HAIR = 0.01
_NOTE_GAP = 10.0
_NOTE_RULE_RATIO = 1 / 3
_NOTE_RULE = 0.5


class TurnedPage(NamedTuple):
    """What stands on one page, seen with the page on its side: x along the long side, y from the table's head."""

    items: tuple[Placed, ...]
    waiting: tuple[Passage, ...] = ()
    """Notes that found no room."""


class _Sheet:
    """One page that is filled."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.y = 0.0
        self.items: list[Placed] = []
        self.notes: list[Passage] = []

    def note_height(self, more: Sequence[Passage] = ()) -> float:
        notes = [*self.notes, *more]
        return sum(note.height for note in notes) + (_NOTE_GAP if notes else 0.0)

    def has_room(self, box: Box, notes: Sequence[Passage]) -> bool:
        return self.y + box.height + self.note_height(notes) <= self.height + _HAIR

    def put(self, box: Box) -> None:
        self.items += moved(box.items, 0.0, self.y)
        self.y += box.height

    def finish(self) -> TurnedPage:
        """The page with its notes at its foot; those that do not fit wait."""
        kept: list[Passage] = []
        while self.notes and self.y + self.note_height() > self.height + _HAIR:
            kept.insert(0, self.notes.pop())
        if self.notes:
            y = self.height - self.note_height()
            width = self.notes[0].measure * _NOTE_RULE_RATIO
            self.items.append(Bar(0.0, y + _NOTE_GAP / 2, width, _NOTE_RULE, "#000000"))
            y += _NOTE_GAP
            for note in self.notes:
                self.items.append(Piece(note, 0, len(note.lines), 0.0, y))
                y += note.height
        return TurnedPage(tuple(self.items), tuple(kept))


def turned_pages(table: TableRows, height: float) -> list[TurnedPage]:
    """A table on as many turned pages as it needs, `height` points from its head to their foot."""
    made: list[TurnedPage] = []
    sheet = _Sheet(height)
    for box in table.head:
        sheet.put(box)
        sheet.notes += _notes_of(box)
    opened = sheet.y
    rows = list(reversed(table.rows))
    while rows:
        row = rows.pop()
        notes = _notes_of(row)
        if sheet.has_room(row, notes):
            sheet.put(row)
            sheet.notes += notes
            continue
        repeated = table.repeat()
        cut = None
        if row.height > height - sum(box.height for box in repeated):
            cut = table.cut(row, height - sheet.y - sheet.note_height())
        if cut is not None:
            sheet.put(cut[0])
            sheet.notes += notes
            rows.append(cut[1])
        elif sheet.y > opened + _HAIR:
            rows.append(row)
        else:
            sheet.put(row)
            sheet.notes += notes
        if rows:
            made.append(sheet.finish())
            sheet = _Sheet(height)
            for box in repeated:
                sheet.put(box)
            opened = sheet.y
    made.append(sheet.finish())
    return made


def _notes_of(box: Box) -> list[Passage]:
    return [passage for note in box.notes for passage in note.passages]
