"""Faces for what Chinese faces lack: emoji, symbols, Hebrew, Arabic, Tibetan and the other scripts of the world.

They stand at the end of every role's chain and are looked for when a character asks for them: a bulletin in Chinese
alone opens none of them.
"""

from __future__ import annotations

from collections.abc import Callable

from .face import Face

# The open families first, then what systems bring. Faces of coloured pictures alone have no outlines for print.
WORLD = (
    "Noto Emoji", "Symbola", "Segoe UI Symbol", "Apple Symbols",
    "Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Serif Tibetan", "Noto Sans Mongolian", "Noto Sans Yi",
    "Noto Serif Thai", "Noto Serif Lao", "Noto Serif Khmer", "Noto Serif Myanmar", "Noto Serif Devanagari",
    "Noto Serif Bengali", "Noto Serif Tamil", "Noto Serif Telugu", "Noto Serif Gujarati", "Noto Serif Gurmukhi",
    "Noto Serif Kannada", "Noto Serif Malayalam", "Noto Serif Sinhala", "Noto Sans Oriya", "Noto Serif Georgian",
    "Noto Serif Armenian", "Noto Serif Ethiopic", "Noto Serif", "Noto Sans PhagsPa", "Noto Sans Lisu",
    "Noto Sans Tai Le", "Noto Sans New Tai Lue", "Noto Sans Miao", "Noto Sans Syriac", "Noto Sans Thaana",
    "Noto Sans Tifinagh", "Noto Sans Cherokee", "Noto Sans Symbols", "Noto Sans Symbols 2", "Noto Sans Symbols2",
    "Noto Sans Math", "Amiri", "DejaVu Sans", "FreeSerif", "Times New Roman", "Arial", "Segoe UI", "Microsoft Himalaya",
    "Mongolian Baiti", "Microsoft Yi Baiti", "Microsoft Uighur", "Leelawadee UI", "Nirmala UI", "Geeza Pro",
    "Kailasa", "Thonburi", "Arial Unicode MS",
)  # fmt: skip


class World:
    """The faces of WORLD that there are, each opened when it is first needed. `find` looks one up by its name."""

    def __init__(self, find: Callable[[str], Callable[[], Face] | None]) -> None:
        self._find = find
        self._openers: list[Callable[[], Face]] | None = None
        self._known: dict[str, Face | None] = {}

    def face_for(self, text: str) -> Face | None:
        """The first face that draws all characters of a text."""
        if text not in self._known:
            if self._openers is None:
                self._openers = [opener for name in WORLD if (opener := self._find(name)) is not None]
            faces = (opener() for opener in self._openers)
            self._known[text] = next((face for face in faces if all(face.glyphs[ord(sign)] for sign in text)), None)
        return self._known[text]
