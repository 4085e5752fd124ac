"""What was read back from an edition: its text in order, and where each stretch of it stands."""

from __future__ import annotations

from typing import NamedTuple

from converters.model.reading import Stream

# PDFium's sign for a hyphen at a line's end; it does not say whether the author wrote it.
LINE_HYPHEN = "\x02"


class Chunk(NamedTuple):
    """A stretch of an edition's text; `place` names its page, paragraph or file.

    `glued`: nothing separates it from the chunk before it. Otherwise a line or a paragraph begins here, and
    white space at this place means nothing.
    """

    text: str
    place: str
    glued: bool = False


class EditionText:
    """The text of an edition, stream by stream, without its furniture."""

    __slots__ = ("streams",)

    def __init__(self) -> None:
        self.streams: dict[Stream, list[Chunk]] = {stream: [] for stream in Stream}

    def add(self, text: str, place: str, stream: Stream = Stream.BODY, *, glued: bool = False) -> None:
        """Put a stretch of text at the end of a stream."""
        if text:
            self.streams[stream].append(Chunk(text, place, glued))


class UnreadableEditionError(Exception):
    """An edition that cannot be read back at all; the text says why."""
