"""The box of a task: ☑ or ☐ from a face that has them, else a square and a tick set over it."""

from __future__ import annotations

from converters.theme.schema import Align, TextStyle
from converters.typeset import Lines, SetLine

from .compositor import Compositor
from .result import Element, Passage

_TICKS = "✓√"
"""The tick of 黑体 faces, and that of GB/T 2312, which every Chinese face has."""


def ballot(shop: Compositor, ticked: bool, style: TextStyle, element: Element, measure: float) -> tuple[Passage, float]:
    """The box as a passage, and its width in points. Who hears or copies the text gets ☑ or ☐ (ActualText)."""
    whole = "☑" if ticked else "☐"
    tick = next((tick for tick in _TICKS if _has(shop, style, "□" + tick)), "")
    if _has(shop, style, "☑☐"):
        text = whole
    elif tick:
        text = "□" + tick if ticked else "□"
        element.replacement = whole
    else:
        text = "[x]" if ticked else "[ ]"
    passage = shop.line(text, style, element, measure)
    passage.align = Align.LEFT
    if text == "□" + tick and ticked:
        # The tick goes back over the square, its middle on that of the square.
        back = shop.typecase(style).width("□") / passage.em
        square, ticked_at = (_middle(shop, style, character) for character in text)
        aside = square - ticked_at if shop.theme.page.writing_mode == "horizontal-tb" else 0.0
        passage.lines = Lines.of([SetLine(0, 2, ((1, aside - back),), width=back)])
        text = "□"
    return passage, shop.typecase(style).width(text)


def _middle(shop: Compositor, style: TextStyle, character: str) -> float:
    """Where the middle of a character's ink stands from its origin, in em."""
    face = next(face for face in shop.fonts.chain(style.role) if face.glyphs[ord(character)])
    left, _, right, _ = face.ink(face.glyphs[ord(character)])
    return (left + right) / 2


def _has(shop: Compositor, style: TextStyle, characters: str) -> bool:
    """Whether the faces of a style have all of some characters."""
    chain = shop.fonts.chain(style.role)
    return all(any(face.glyphs[ord(character)] for face in chain) for character in characters)
