"""What a paragraph may be told beside its style and its runs: how it departs, and what it stands in."""

from __future__ import annotations

from typing import NamedTuple


class Direct(NamedTuple):
    """What a paragraph departs in from its style: ready children of w:pPr, "" for none."""

    keep_next: bool = False
    page_break: bool = False
    frame: str = ""
    numbering: str = ""
    border: str = ""
    tabs: str = ""
    spacing: str = ""
    indent: str = ""
    align: str = ""


NOTHING = Direct()


class Container(NamedTuple):
    """What blocks stand in: the style that replaces Normal, more indent at the left (twips), the list level."""

    style: str = ""
    left: int = 0
    level: int = 0


TOP = Container()


class Run(NamedTuple):
    """What tells a section from the others: how it starts, its columns, whether its pages are turned by 90°."""

    start: str = ""
    columns: int = 1
    turned: bool = False
