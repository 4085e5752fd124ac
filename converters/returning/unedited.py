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
        self._found: dict[int, tuple[tuple[Look, ...], str]] | None = None

    def looks(self, line: Line) -> tuple[Look, ...]:
        """How each character of a line is shown; that of the source where the edition cannot be made."""
        found = self._lines_shown().get(id(line))
        return found[0] if found else line.flat.looks

    def meaning(self, line: Line) -> str | None:
        """What the style of a line means; None where the edition cannot be made."""
        found = self._lines_shown().get(id(line))
        return found[1] if found else None

    def _lines_shown(self) -> dict[int, tuple[tuple[Look, ...], str]]:
        if self._found is None:
            self._found = self._read()
        return self._found

    def _read(self) -> dict[int, tuple[tuple[Look, ...], str]]:
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
        found: dict[int, tuple[tuple[Look, ...], str]] = {}
        for first, second, size in matcher.get_matching_blocks():
            for step in range(size):
                line = self._lines[first + step]
                looks = iter(shown[second + step].flat.looks)
                own = zip(line.text, line.flat.looks, strict=True)
                seen = tuple(look if char == PICTURE else next(looks) for char, look in own)
                found[id(line)] = seen, shown[second + step].meaning
        return found
