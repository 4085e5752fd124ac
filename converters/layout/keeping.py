"""What must stand together on a page: headings with their text, what closes an article with the lines before it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from converters.theme.schema import Theme

from .items import Box, Item, PageEnd, Rows, TableRows

SNAP_TOLERANCE = 0.1
"""A tenth of a row: a box that overhangs a row by less does not cost another one (the red rule of 公文 does)."""

_WHOLE_RATIO = 0.25
"""A table that is no higher than a quarter of the page is not parted."""


_FREE = (PageEnd, TableRows)
"""What may begin a page whatever stands before it."""


class Keeping:
    """Heights that are wanted below a place so that an item may stand there."""

    def __init__(self, theme: Theme) -> None:
        self.text = theme.text
        self.depth = theme.page.depth
        self.pitch = theme.page.pitch

    def opening_height(self, head: Sequence[Box], rows: Sequence[Box]) -> float:
        """What of a table stands together at its beginning: all of a small one, else its head and first row."""
        opening = sum(box.height for box in head)
        whole = opening + sum(box.height for box in rows)
        if whole <= self.depth * _WHOLE_RATIO:
            return whole
        return opening + (rows[0].height if rows else 0.0)

    def follower_height(self, items: Sequence[Item], index: int, y: float) -> float:
        """Height that must still fit below `y` so that the item may stand there: what it is kept with.

        Headings in a row stand together; the last of them with two lines of text (clreq 4).
        """
        start = y
        previous: Item = items[index]
        after = previous.after if not isinstance(previous, PageEnd) else 0.0
        keep = not isinstance(previous, PageEnd) and previous.keep
        index += 1
        while keep and index < len(items):
            item = items[index]
            if isinstance(item, PageEnd):
                break
            y += max(after, item.before)
            if item.on_grid:
                y = math.ceil(y / self.pitch - SNAP_TOLERANCE) * self.pitch
            match item:
                case Rows(passage=passage):
                    least = self._least_lines(item)
                    y += least * passage.pitch
                    if least == len(passage.lines) and not item.keep:
                        # A paragraph that stays whole is taken along by what may not begin a page.
                        y += self.tail_height(items, index, y)
                case Box(height=height):
                    y += height
                case TableRows(turned=True):
                    break
                case TableRows(head=head, rows=rows):
                    y += self.opening_height(head, rows)
            keep = item.keep
            after = item.after
            index += 1
        return y - start

    def _least_lines(self, item: Rows) -> int:
        """How many lines of a passage stand together at least at the foot of a page: all, where the rest would be too
        few for the head of the next."""
        count = len(item.passage.lines)
        least = max(2, item.orphans or self.text.orphans)
        if item.keep or item.tail or count - least < (item.widows or self.text.widows):
            return count
        return min(count, least)

    def tail_height(self, items: Sequence[Item], index: int, y: float) -> float:
        """Height of what follows an item and may not begin a page (source line, signature)."""
        start = y
        count = len(items)
        item = items[index]
        after = item.after if not isinstance(item, PageEnd) else 0.0
        index += 1
        while index < count:
            item = items[index]
            if isinstance(item, _FREE) or not item.tail:
                break
            y += max(after, item.before)
            if item.on_grid:
                y = math.ceil(y / self.pitch - SNAP_TOLERANCE) * self.pitch
            y += item.passage.height if isinstance(item, Rows) else item.height
            after = item.after
            index += 1
        return y - start
