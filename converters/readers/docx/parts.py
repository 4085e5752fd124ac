"""The parts of a story as they stand in it: a paragraph, and a table of paragraphs."""

from __future__ import annotations

from typing import TypeAlias

from converters.diagnostics import Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.records import dataclass

from .numbering import Label


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: its text and what may tell what it is.

    `meaning` is that of its style, `level` its heading level (0: none), `size` the size of most of its text in
    points, `mark` the name of its own bookmark where this program wrote the file, `framed` whether it stands in a frame
    with a rule, `stamped` whether it is a signer's line that holds the place of a stamp.
    """

    inlines: tuple[i.Inline, ...]
    span: Span
    text: str
    meaning: str = ""
    level: int = 0
    label: Label | None = None
    depth: int = 0
    list_id: str = ""
    align: b.Alignment = b.Alignment.DEFAULT
    size: float = 0.0
    face: str = ""
    red: bool = False
    run_in: tuple[i.Inline, ...] = ()
    run_in_level: int = 1
    page_break: bool = False
    mark: str = ""
    rule: bool = False
    own_align: b.Alignment = b.Alignment.DEFAULT
    right: str = ""
    framed: bool = False
    stamped: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing would be missed with it."""
        return not (self.inlines or self.run_in or self.page_break or self.label or self.rule or self.meaning == "rule")

    @property
    def images(self) -> tuple[i.Image, ...]:
        """The pictures of a paragraph that holds nothing else."""
        if self.text.strip():
            return ()
        return tuple(inline for inline in self.inlines if isinstance(inline, i.Image))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands: rows of (column, columns, continued, paragraphs), and which rows are its head.

    `landscape` says that it stands on a page turned by 90° in a document of upright ones.
    """

    columns: int
    rows: tuple[tuple[GridCell, ...], ...]
    heads: int
    widths: tuple[float, ...]
    span: Span
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """A place of a table; `continued` says that the cell above reaches down to it."""

    column: int
    columns: int
    continued: bool
    parts: tuple[Part, ...]


Part: TypeAlias = "Para | Grid"
