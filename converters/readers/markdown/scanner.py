"""A pass over one text: what has been read so far, and what waits for its partner."""

from __future__ import annotations

import re
from collections.abc import Callable

from converters.model import inlines as i

from .places import Placed
from .spans import TOTAL_DEPTH_LIMIT, Cut, Item, Opener, Run, nesting, resolve, to_inlines
from .state import Reading


class Scanner:
    """One pass over one text, of which inlines.py knows the marks. `items` is what has been read; brackets wait in
    `openers` for their partners."""

    def __init__(self, placed: Placed, reading: Reading, depth: int = 0) -> None:
        self.placed = placed
        self.text = placed.text
        self.reading = reading
        self.depth = depth
        self.items: list[Item] = []
        self.openers: list[Opener] = []
        self.last = ""
        self.backticks: dict[int, list[int]] | None = None
        # Closing strings that a search has shown not to follow any more.
        self.absent: set[str] = set()

    def read(self) -> list[tuple[i.Inline, ...]]:
        """Scan the whole text and resolve what it holds."""
        raise NotImplementedError

    def literal(self, start: int, end: int) -> int:
        """Take characters as they are."""
        last = self.items[-1] if self.items else None
        if isinstance(last, Run) and last.end == start:
            last.end = end
        else:
            self.items.append(Run(start, end))
        self.last = self.text[max(start, end - 8) : end]
        return end

    def add(self, inline: i.Inline, visible: str) -> None:
        """Take an inline whose last visible characters are those of `visible`."""
        self.items.append(inline)
        if visible:
            self.last = visible[-8:]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text stands in the source."""
        first = self.placed.offset(start)
        return first, max(first, self.placed.offset(end - 1) + 1) if end > start else first

    def line_break(self, start: int, newline: int) -> int:
        """Take a line break; text goes on behind the blanks after `newline`."""
        self.items.append(i.LineBreak(self.placed.offset(start)))
        self.last = ""
        return self.skip_blanks(newline + 1)

    def skip_blanks(self, position: int) -> int:
        """The position behind spaces and tabs."""
        while self.text[position : position + 1] in (" ", "\t"):
            position += 1
        return position

    def push(self, kind: str, at: int, end: int) -> int:
        """Take an opening bracket or tag, which waits for its partner."""
        opener = Opener(kind, at, end, len(self.items))
        self.items.append(opener)
        self.openers.append(opener)
        return end

    def take(self, opener: Opener) -> tuple[i.Inline, ...]:
        """Take off what was read since an opener, as inlines."""
        inner = self.items[opener.index + 1 :]
        del self.items[opener.index :]
        resolved = [item for item in resolve(inner, self.placed, self.reading) if not isinstance(item, Cut)]
        return to_inlines(resolved, self.placed)

    def wrap(
        self, children: tuple[i.Inline, ...], make: Callable[[tuple[i.Inline, ...]], i.Inline], opener: Opener
    ) -> tuple[i.Inline, ...]:
        """Children inside a mark of the model; left bare, with a finding, where marks are nested too deeply."""
        if not children:
            return ()
        if nesting(children) < TOTAL_DEPTH_LIMIT:
            return (make(children),)
        self.reading.report("marks-depth", self.place(opener.start, opener.end))
        return children

    def inner(self, start: int, end: int) -> tuple[i.Inline, ...]:
        """A part of the text read for itself."""
        scanner = type(self)(self.placed.part(start, end), self.reading, self.depth + 1)
        return tuple(inline for part in scanner.read() for inline in part)

    def find(self, closing: str, at: int) -> int:
        """Where a closing string follows, -1 if nowhere; a search that failed is not made again."""
        if closing in self.absent:
            return -1
        end = self.text.find(closing, at)
        if end < 0:
            self.absent.add(closing)
        return end

    def find_tag(self, name: str, at: int) -> re.Match[str] | None:
        """The next closing tag of a name, None if there is none."""
        if f"/{name}" in self.absent:
            return None
        close = re.compile(rf"<(/){name}()\s*>", re.IGNORECASE).search(self.text, at)
        if close is None:
            self.absent.add(f"/{name}")
        return close
