"""Bookmarks: the outline of columns, titles and headings (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from converters.layout.result import Layout, OutlineEntry

from .file import PrintFile, number_text, text_string

_MARGIN = 12.0
"""A bookmark leads to a little above its heading."""


class Pages(NamedTuple):
    """The pages that links and bookmarks lead to: the numbers of their objects, and the margin of their sheets."""

    layout: Layout
    numbers: Sequence[int]
    margin: float = 0.0


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
    height = pages.layout.height
    top = min(height - y + _MARGIN, height) + pages.margin
    return b"[%d 0 R/XYZ null %b null]" % (pages.numbers[page], number_text(top).encode())


def _write(file: PrintFile, root: _Node, pages: Pages) -> None:
    stack: list[tuple[_Node, int, int, int]] = [(root, 0, 0, 0)]
    while stack:
        node, parent, before, after = stack.pop()
        body = b""
        if node.entry is not None:
            body = b"/Title %b/Parent %d 0 R/Dest%b" % (
                text_string(node.entry.title), parent, destination(pages, node.entry.page, node.entry.y),
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
