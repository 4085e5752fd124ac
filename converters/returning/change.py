"""What one group of lines asks for in the source."""

from __future__ import annotations

from converters.records import dataclass

from .align import Group
from .edited import EditedLine
from .lines import Line
from .pieces import Replacement
from .wording import Way

# The kind of a change of what front matter says of articles.
ENTRIES = "articles"
# Kinds that change where lines and pages begin, and no words.
LAYOUT = frozenset(("line break", "page break", "alignment", "list form"))
FORMATTING = frozenset(("formatting", "heading", "list", "picture", *LAYOUT))
"""Kinds that change no words."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one group asks for. `refused` says why it is not written; `before` and `after` are shown.

    `ways` are ways of writing it, tried in turn; `left_out` says that it asks for nothing that a source has, `rides`
    that it is written by another change: a note goes with its call. `breaks` are those of a title, for a change that
    moves no words, `instead` the line of the source as it is now and what it is to say, where both sides changed it.
    """

    kind: str
    group: Group
    ways: tuple[Way, ...] = ()
    refused: str = ""
    before: str = ""
    after: str = ""
    added: int = 0
    left_out: bool = False
    rides: bool = False
    breaks: tuple[int, ...] = ()
    instead: tuple[Line, EditedLine] | None = None

    @property
    def of_layout(self) -> bool:
        """Whether it changes where lines and pages begin, and no words."""
        return self.kind in LAYOUT

    @property
    def edits(self) -> tuple[Replacement, ...]:
        """The edits of the way that is being tried."""
        return self.ways[0].edits if self.ways and not self.refused else ()

    @property
    def stands(self) -> bool:
        """Whether it is in the result that is being tried."""
        return not self.refused and (self.rides or bool(self.edits))
