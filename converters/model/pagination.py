"""On which printed page a thing stands: all that the DOCX and EPUB writers learn of the print edition."""

from __future__ import annotations

from dataclasses import field

from converters.records import dataclass


@dataclass(frozen=True, slots=True)
class PageStart:
    """The place where a printed page begins: a block and the number of its characters that precede."""

    label: str
    block: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Pagination:
    """`pages` maps an id of walk.numbered ("a2", "a2.b7") to the label of the page where it begins.

    `title_lines` gives, for an article's id, its title as the printed page broke it. `closing` holds the last blocks of
    articles that end so near the foot of a page that the source line was nearly parted from them, or would have been.
    """

    pages: dict[str, str] = field(default_factory=dict)
    starts: tuple[PageStart, ...] = ()
    page_count: int = 0
    contents: bool = False
    title_lines: dict[str, tuple[str, ...]] = field(default_factory=dict)
    closing: frozenset[str] = frozenset()
