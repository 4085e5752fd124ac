"""The edition that nobody has edited, made again: what its lines look like, and what stands around them.

Word has no room for all that a source can say (a link in a book title in bold); what an edition had to leave out
was left out by no editor. And much that an edition has (a line kept with the next, a page's size) no source says:
only beside the unedited edition is it seen what an editor has changed there.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from converters.errors import StyleError
from converters.model.document import Document
from converters.model.pagination import Pagination
from converters.model.pictures import Picture, Pictures
from converters.picture_headers import PictureError, header
from converters.theme.schema import Theme

from .counting import CONTENTS
from .edited import Edited, EditedLine
from .lines import Line
from .looks import PICTURE, Look

# A picture of one white point (PNG 3rd edition, 11.2).
_WHITE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a494441"
    "54789c63f80f0001010100b138f6140000000049454e44ae426082"
)
_STAND_IN = Picture(_WHITE, "image/png", 400, 300)


class Unedited:
    """A source's lines as its edition shows them; the edited one says by which style sheet, how broken, with what."""

    def __init__(self, document: Document, lines: Sequence[Line], beside: Edited | None = None) -> None:
        self._document = document
        self._beside = beside
        self._lines = lines
        self._style, _, self._digest = (beside.style if beside else "").partition(" ")
        self._found: dict[int, tuple[tuple[Look, ...], EditedLine]] | None = None
        self._edited: Edited | None = None

    def looks(self, line: Line) -> tuple[Look, ...]:
        """How each character of a line is shown; that of the source where the edition cannot be made."""
        found = self._lines_shown().get(id(line))
        return found[0] if found else line.flat.looks

    def meaning(self, line: Line) -> str | None:
        """What the style of a line means; None where the edition cannot be made."""
        found = self._lines_shown().get(id(line))
        return found[1].meaning if found else None

    def line(self, line: Line) -> EditedLine | None:
        """A line as its edition shows it; None where it is not found there."""
        found = self._lines_shown().get(id(line))
        return found[1] if found else None

    @property
    def edited(self) -> Edited | None:
        """All of the edition; None where it cannot be made."""
        self._lines_shown()
        return self._edited

    @property
    def furniture(self) -> dict[str, str]:
        """The characters that stand aside in the edition itself (contents, headers, page numbers), by the reason."""
        return self.edited.census.aside if self.edited is not None else {}

    @property
    def faithful(self) -> bool:
        """Whether it is made by the style sheet that the edited one was made by."""
        return self.edited is not None and self.edited.style.partition(" ")[2] == self._digest

    def _lines_shown(self) -> dict[int, tuple[tuple[Look, ...], EditedLine]]:
        if self._found is None:
            self._found = self._read()
        return self._found

    def _theme(self) -> Theme | None:
        from converters.theme.load import load
        from converters.theme.resolve import choose

        for name in filter(None, (self._style, choose(self._document.metadata, None))):
            try:
                return load(name)
            except StyleError:
                continue
        return None

    def _pictures(self) -> Pictures:
        """The pictures: one that is gone from the edited file has a stand-in, since lines beside it depend on it."""
        found = {}
        for target, data in (self._beside.gallery.held() if self._beside else {}).items():
            try:
                found[target] = header(data)
            except PictureError:
                found[target] = _STAND_IN
        return found

    def _pagination(self) -> Pagination:
        """What the printed page had said: whether there are contents, how titles were broken, where its pages end."""
        if self._beside is None:
            return Pagination()
        contents = CONTENTS in self._beside.census.aside
        base = self._beside.base
        if base is None:
            return Pagination(contents=contents)
        return Pagination(base.pages, contents=contents, title_lines=base.printed, closing=base.closing)

    def _read(self) -> dict[int, tuple[tuple[Look, ...], EditedLine]]:
        from converters.exporters import docx
        from converters.theme.resolve import formed

        from .reading import read_edited

        theme = self._theme()
        if theme is None:
            return {}
        data = docx.export(formed(self._document, theme), theme, self._pagination(), self._pictures(), None).value
        self._edited = read_edited("", data)
        shown = self._edited.lines
        texts = [line.text.replace(PICTURE, "") for line in self._lines]
        others = [line.text.replace(PICTURE, "") for line in shown]
        matcher = SequenceMatcher(None, texts, others, autojunk=False)
        found: dict[int, tuple[tuple[Look, ...], EditedLine]] = {}
        for first, second, size in matcher.get_matching_blocks():
            for step in range(size):
                line = self._lines[first + step]
                flat = shown[second + step].flat
                looks = iter(look for char, look in zip(flat.text, flat.looks, strict=True) if char != PICTURE)
                own = zip(line.text, line.flat.looks, strict=True)
                seen = tuple(look if char == PICTURE else next(looks) for char, look in own)
                found[id(line)] = seen, shown[second + step]
        return found
