"""The edited DOCX: its lines with their marks and looks, what was tracked, its tables, pictures and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from converters.diagnostics import Diagnostic
from converters.model import inlines as i
from converters.readers.docx.numbering import Label
from converters.records import dataclass

from .base import Base
from .counting import Census
from .departures import Hand
from .holdings import Departure
from .looks import Flat, settled, to_inlines
from .pictures import Gallery
from .sheet import Sheet

if TYPE_CHECKING:
    pass

# A line on which nothing was set by hand.
NO_HAND = Hand()


@dataclass(frozen=True, slots=True)
class EditedLine:
    """A paragraph of the edited file, or a cell; `number` counts those that are not empty, from 1.

    `listed` is "-" or "1." for an item of a list, `cell` the number of its table and its row there, `uncounted` the
    characters that the file does not hold as text (numbers that Word counts), `hand` what was set on it by hand,
    `breaks` where a title's further lines begin, `new_page` that it begins a page, `note` the number of its note.
    """

    number: int
    flat: Flat
    marks: tuple[str, ...] = ()
    level: int = 0
    listed: str = ""
    tracked: bool = False
    meaning: str = ""
    cell: tuple[int, int] | None = None
    uncounted: str = ""
    depth: int = 0
    hand: Hand = NO_HAND
    label: Label | None = None
    breaks: tuple[int, ...] = ()
    new_page: bool = False
    note: int = 0

    @property
    def text(self) -> str:
        """Its characters."""
        return self.flat.text

    @property
    def inlines(self) -> tuple[i.Inline, ...]:
        """The line as the model has it."""
        return to_inlines(self.text, settled(self.text, self.flat.looks), self.flat.objects or {}, {})

    @property
    def readings(self) -> str:
        """The readings above its words, which the file holds as text too."""
        marks = (self.flat.marks or {}).values()
        return "".join(mark.reading for mark in marks if isinstance(mark, i.Ruby))


class Comment(NamedTuple):
    """A comment: who says what of which words."""

    author: str
    text: str
    about: str


class EditedCell(NamedTuple):
    """A place of a table: its column, how many it covers, whether the cell above reaches down to it, its line."""

    column: int
    columns: int
    continued: bool
    line: int | None


@dataclass(frozen=True, slots=True)
class Edited:
    """An edited file: its lines, tables (rows by table and row, from 1), comments, census, pictures, and its source."""

    lines: tuple[EditedLine, ...]
    tables: dict[tuple[int, int], tuple[EditedCell, ...]]
    comments: tuple[Comment, ...]
    census: Census
    gallery: Gallery
    base: Base | None
    findings: tuple[Diagnostic, ...]
    sheet: Sheet
    # The style sheet that it says it was made by, and what that came to.
    style: str
    # The program that saved it.
    program: str
    # What paragraphs without a word hold, by the number of the paragraph before.
    loose: tuple[tuple[int, Departure], ...]
    # Behind which paragraphs empty ones stand.
    empty: tuple[int, ...]
    # How its tables look, by their numbers.
    looks_of_tables: dict[int, dict[str, tuple[str, ...]]]
