"""Bookmarks: the outline of columns, titles and headings (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from converters.layout.result import Element, Layout, OutlineEntry, Piece, PlacedPicture

from .file import PrintFile, number_text, text_string

_MARGIN = 12.0
"""A bookmark leads to a little above its heading."""


class Pages(NamedTuple):
    """The pages that links and bookmarks lead to: the numbers of their objects, and the margin of their sheets."""

    layout: Layout
    numbers: Sequence[int]
    margin: float = 0.0
    by_element: bool = False

    def leads_to(self, page: int, y: float) -> bytes:
        """The entry of a link or bookmark that leads to a page (from 0) and a height of the layout.

        In PDF 2.0 it also names the element that stands there, or next below (ISO 32000-2, 12.3.2.3).
        """
        place = destination(self, page, y)
        if not self.by_element:
            return b"/Dest" + place
        element = element_at(self.layout, page, y)
        return b"/A<</S/GoTo/D%b/SD%b>>" % (place, b"[%d 0 R" % element.number + place[place.index(b"/XYZ") :])


class _Node:
    __slots__ = ("entry", "kids", "number")

    def __init__(self, entry: OutlineEntry | None) -> None:
        self.entry = entry
        self.kids: list[_Node] = []
        self.number = 0


def write_outline(file: PrintFile, pages: Pages) -> bytes:
    """Write the bookmarks; returns the catalog's entries for them, b"" where there are none."""
    if not pages.layout.outline:
        return b""
    root = _Node(None)
    path: list[tuple[int, _Node]] = [(0, root)]
    for entry in pages.layout.outline:
        node = _Node(entry)
        while path[-1][0] >= entry.level:
            path.pop()
        path[-1][1].kids.append(node)
        path.append((entry.level, node))
    _number(file, root)
    _write(file, root, pages)
    return b"/Outlines %d 0 R/PageMode/UseOutlines" % root.number


def _number(file: PrintFile, root: _Node) -> None:
    stack = [root]
    while stack:
        node = stack.pop()
        node.number = file.reserve()
        stack.extend(reversed(node.kids))


def destination(pages: Pages, page: int, y: float) -> bytes:
    """An explicit destination: a page (from 0) and a height of the layout."""
    layout = pages.layout
    if layout.vertical is not None:
        # The page lies on its side: a place in it is a line, from its head.
        left = max(layout.width - y - _MARGIN, 0.0) + pages.margin
        head = layout.height + pages.margin
        return b"[%d 0 R/XYZ %b %b null]" % (
            pages.numbers[page],
            number_text(left).encode(),
            number_text(head).encode(),
        )
    top = min(layout.height - y + _MARGIN, layout.height) + pages.margin
    return b"[%d 0 R/XYZ null %b null]" % (pages.numbers[page], number_text(top).encode())


def element_at(layout: Layout, page: int, y: float) -> Element:
    """The element that begins nearest to a height of a page and does not end above it; the document where none does."""
    best, nearest = layout.tree, float("inf")
    for item in layout.pages[page].items:
        if isinstance(item, Piece):
            element, bottom = item.passage.element, item.y + (item.last - item.first) * item.passage.pitch
        elif isinstance(item, PlacedPicture):
            element, bottom = item.box.element, item.y + item.box.height
        else:
            continue
        if element is not None and element.number and bottom > y and abs(item.y - y) < nearest:
            best, nearest = element, abs(item.y - y)
    return best


def _write(file: PrintFile, root: _Node, pages: Pages) -> None:
    stack: list[tuple[_Node, int, int, int]] = [(root, 0, 0, 0)]
    while stack:
        node, parent, before, after = stack.pop()
        body = b""
        if node.entry is not None:
            body = b"/Title %b/Parent %d 0 R%b" % (
                text_string(node.entry.title), parent, pages.leads_to(node.entry.page, node.entry.y),
            )  # fmt: skip
        if before:
            body += b"/Prev %d 0 R" % before
        if after:
            body += b"/Next %d 0 R" % after
        kids = node.kids
        if kids:
            # Articles are shown, the headings inside them closed: a count below zero.
            count = len(kids) if node.entry is None else -len(kids)
            body += b"/First %d 0 R/Last %d 0 R/Count %d" % (kids[0].number, kids[-1].number, count)
        file.put(node.number, b"<<%b>>" % (b"/Type/Outlines" + body if node.entry is None else body))
        for index, kid in enumerate(kids):
            previous = kids[index - 1].number if index else 0
            following = kids[index + 1].number if index + 1 < len(kids) else 0
            stack.append((kid, node.number, previous, following))
