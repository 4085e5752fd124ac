"""How the lines of a source look in an edition that nobody has edited.

Word has no room for all that a source can say (a link in a book title in bold); what an edition had to leave out
was left out by no editor. The edition is made again for that, but only where looks differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from converters.errors import StyleError
from converters.model.document import Document

from .lines import Line
from .looks import PICTURE, Look


class Unedited:
    """The looks of a source's lines as its edition shows them."""

    def __init__(self, document: Document, lines: Sequence[Line]) -> None:
        self._document = document
        self._lines = lines
        self._found: dict[int, tuple[Look, ...]] | None = None

    def looks(self, line: Line) -> tuple[Look, ...]:
        """How each character of a line is shown; that of the source where the edition cannot be made."""
        if self._found is None:
            self._found = self._read()
        return self._found.get(id(line), line.flat.looks)

    def _read(self) -> dict[int, tuple[Look, ...]]:
        from converters.exporters import docx
        from converters.model.pagination import Pagination
        from converters.theme.load import load
        from converters.theme.resolve import choose

        from .edited import read_edited

        try:
            theme = load(choose(self._document.metadata, None))
        except StyleError:
            return {}
        data = docx.export(self._document, theme, Pagination(), {}, None).value
        shown = read_edited("", data).lines
        texts = [line.text.replace(PICTURE, "") for line in self._lines]
        matcher = SequenceMatcher(None, texts, [line.text for line in shown], autojunk=False)
        found: dict[int, tuple[Look, ...]] = {}
        for first, second, size in matcher.get_matching_blocks():
            for step in range(size):
                line = self._lines[first + step]
                looks = iter(shown[second + step].flat.looks)
                own = zip(line.text, line.flat.looks, strict=True)
                found[id(line)] = tuple(look if char == PICTURE else next(looks) for char, look in own)
        return found
