"""What a flow is made of before it has pages: lines of a passage, boxes, rows of a table, page breaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from converters.records import dataclass

from .result import Bar, Passage, Piece, Placed


class Noted(NamedTuple):
    """A note's passages, called in a line."""

    line: int
    passages: tuple[Passage, ...]


@dataclass(slots=True, eq=False, repr=False)
class Rows:
    """A passage in the flow. `before` and `after` are the least blank around it, in points; `x` its place in the type
    area. `keep` says that what follows may not be parted from it, `tail` that it may not begin a page alone, `wide`
    that it stands across all columns of the page."""

    passage: Passage
    x: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    tail: bool = False
    on_grid: bool = True
    ident: str = ""
    notes: Sequence[Noted] = ()
    label: Passage | None = None
    """Stands at the left of the first line (the mark of a list item), `x` being that of the passage."""
    label_x: float = 0.0
    outline: tuple[str, int] | None = None
    name: str = ""
    wide: bool = False
    widows: int = 0
    orphans: int = 0


@dataclass(slots=True, eq=False, repr=False)
class Box:
    """Something that stands on one page. `items` are placed relative to the box, x from the type area's left edge;
    `rows` is how many rows of the grid it takes, 0 for its own height."""

    height: float
    items: Sequence[Placed] = ()
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    tail: bool = False
    on_grid: bool = False
    ident: str = ""
    notes: Sequence[Noted] = ()
    outline: tuple[str, int] | None = None
    name: str = ""
    wide: bool = False


@dataclass(slots=True, eq=False, repr=False)
class TableRows:
    """A table: the boxes of its head, repeated on every page, and those of its rows; a row that is higher than a page
    is cut by `cut(box, height)` into what fits and the rest. One that is `turned` stands on pages of its own."""

    head: Sequence[Box]
    rows: Sequence[Box]
    repeat: Callable[[], Sequence[Box]]
    cut: Callable[[Box, float], tuple[Box, Box] | None]
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    tail: bool = False
    on_grid: bool = False
    ident: str = ""
    name: str = ""
    wide: bool = False
    turned: bool = False


@dataclass(slots=True, eq=False, repr=False)
class PageEnd:
    """A page break that the author or the style asked for."""

    ident: str = ""


Item: TypeAlias = Rows | Box | TableRows | PageEnd


def moved(items: Sequence[Placed], x: float, y: float) -> list[Placed]:
    """Placed things moved by x and y."""
    placed: list[Placed] = []
    for item in items:
        # Nearly all are one of two kinds, and every line of a table has several.
        if type(item) is Piece:
            passage, first, last, left, top = item
            placed.append(Piece(passage, first, last, left + x, top + y))
        elif type(item) is Bar:
            left, top, width, height, color = item
            placed.append(Bar(left + x, top + y, width, height, color))
        else:
            placed.append(item._replace(x=item.x + x, y=item.y + y))
    return placed
