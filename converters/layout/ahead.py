"""Lines made ahead: plain titles and paragraphs of a long document are set by more than one pair of hands.

Breaking a text depends on nothing but itself, its style and the measure, and it is most of the work of laying a long
document out. The order in which things come to be placed is not touched by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from converters.hands import Shared
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model import walk
from converters.model.document import Document
from converters.typeset import Flat, Lines

from .setter import Setter
from .stick import Ready
from .title import title_lines, title_text

_PIECE = 64
"""Titles and paragraphs of a piece: 5 ms of work, so that nobody waits for long."""
_LEAST = 500
"""So many are worth another process, which takes 5 ms to be made."""

Title: TypeAlias = tuple[tuple[i.Inline, ...], ...]


class Ahead:
    """The titles and paragraphs of the articles of a document, set by all hands that are free.

    To be asked in the order of the text, and closed in the end.
    """

    def __init__(self, setter: Setter, document: Document) -> None:
        things = list(_things(document))
        self._things = things if len(things) >= _LEAST else []
        self._setter = setter
        self._stick = setter.body_stick()
        self._case = setter.shop.typecase(setter.styles.title)
        # The document keeps all of them alive, so no other thing can come by their ids.
        self._places = {id(thing): place for place, thing in enumerate(self._things)}
        self._piece = -1
        self._made: Sequence[Flat | None] = ()
        self._shared = Shared(-(-len(self._things) // _PIECE), self._set)

    def ready(self, thing: object) -> Ready | None:
        """The lines of a title or paragraph; None where they are still to be made."""
        place = self._places.get(id(thing))
        if place is None:
            return None
        piece, number = divmod(place, _PIECE)
        if piece != self._piece:
            self._piece = piece
            self._made = self._shared.take(piece) or ()
        flat = self._made[number] if self._made else None
        text = None if flat is None else _text(self._things[place])
        if flat is None or text is None:
            return None
        return Ready(text, self._case if isinstance(thing, tuple) else self._stick, Lines.of_flat(flat))

    def _set(self, piece: int) -> list[Flat | None]:
        """The lines of the things of a piece."""
        made: list[Flat | None] = []
        with self._setter.across():
            for thing in self._things[piece * _PIECE : (piece + 1) * _PIECE]:
                text = _text(thing)
                if text is None:
                    made.append(None)
                elif isinstance(thing, tuple):
                    made.append(title_lines(self._setter, text, self._setter.styles.title).flat())
                else:
                    made.append(self._stick.lines(text).flat())
        return made

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *_: object) -> None:
        self._shared.close()


def _things(document: Document) -> Iterator[Title | b.Paragraph]:
    """All that may be set ahead, in the order of the text."""
    for article in document.articles:
        if article.title:
            yield article.title
        yield from (block for block in article.blocks if isinstance(block, b.Paragraph))


def _text(thing: Title | b.Paragraph) -> str | None:
    """A title or paragraph as one text, None where it holds more than text."""
    if isinstance(thing, tuple):
        return title_text(thing)
    text = walk.text_alone(thing.inlines)
    if not thing.run_in or text is None:
        return text
    head = walk.text_alone(thing.run_in)
    return None if head is None else head + text
