"""Text that is not drawn character by character: Arabic, Tibetan, Thai …, letters with marks, emoji in sequences.

HarfBuzz says which glyphs stand for such a stretch and where. Each glyph gets a stand-in (see clusters.py) in the order
in which it is read, so that line breaking and text extraction see letters; visual.py puts the letters of a line in the
order in which they are drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping, Sequence

from converters.fonts.coverage import is_invisible
from converters.fonts.face import Face, Shaped
from converters.model.patterns import compiled
from converters.records import dataclass
from converters.typeset.characters import classify

from .clusters import Clusters
from .foreign import EMOJI, FOREIGN, LEFTWARDS, MARKS, PICTURE, SIGN, TSHEG, wants_care
from .typecase import Typecase

_STACK = 8
"""So many marks of one letter stand over each other; what comes after them is set where the last of them is."""
_MOST_SAID = 8_000
"""Characters that one glyph says at most (ISO 19005-2, 6.1.13: a string has 32,767 bytes)."""
_HAIR = 0.06
_EMOJI_EM = 1.0


@dataclass(frozen=True, slots=True)
class Move:
    """How a glyph stands beside its pen point, in em of its own size: `x` to the right, and `more` after it than the
    font says."""

    x: float
    more: float


class Scripts:
    """The foreign stretches of one document."""

    def __init__(self, clusters: Clusters) -> None:
        self.clusters = clusters
        self.moves: dict[str, Move] = {}
        """Stand-ins that do not stand at their pen point."""
        self.leftwards: set[str] = set()
        """Stand-ins of what is written from right to left."""
        self.deepest = (0, "")
        """The number of marks on the letter with the most, and that letter."""

    def shaped(self, text: str, case: Typecase, drawn: MutableMapping[Face, set[str]]) -> str:
        """The text with a stand-in for every glyph of its foreign stretches."""
        if not wants_care(text):
            return text
        pieces: list[str] = []
        place = 0
        for match in compiled(FOREIGN).finditer(text):
            stretch = match[0]
            if len(stretch) == 1 and case.has_by_itself(stretch) and compiled(PICTURE).match(stretch):
                continue
            made = self._stretch(stretch, case, drawn)
            if made is not None:
                pieces += [text[place : match.start()], made]
                place = match.end()
        return "".join([*pieces, text[place:]]) if pieces else text

    def _stretch(self, stretch: str, case: Typecase, drawn: MutableMapping[Face, set[str]]) -> str | None:
        """Stand-ins for one stretch, by parts that one face draws; None where it is to be set sign by sign."""
        visible = [sign for sign in stretch if not is_invisible(sign)]
        face = case.face_of_all(visible)
        if face is not None and face.data is not None:
            return None  # codes stand beside each other, those of marks too
        if face is None:
            parts = list(_words(stretch))
            if len(parts) == 1:
                return None
            made = [self._stretch(part, case, drawn) or part for part in parts]
            return "".join(made)
        leftwards = compiled(LEFTWARDS).match(stretch) is not None
        glyphs = face.shape(stretch, direction="rtl" if leftwards else "ltr")
        if any(not glyph.glyph for glyph in glyphs):
            return None
        if leftwards:
            glyphs = glyphs[::-1]
        return "".join(self._stand_ins(stretch, glyphs, (face, case), drawn))

    def _stand_ins(
        self,
        stretch: str,
        glyphs: Sequence[Shaped],
        drawer: tuple[Face, Typecase],
        drawn: MutableMapping[Face, set[str]],
    ) -> Iterator[str]:
        face, case = drawer
        said = list(_gathered(_said(stretch, glyphs, face)))
        for match in compiled(MARKS).finditer(stretch):
            self.deepest = max(self.deepest, (len(match[0]), stretch[max(match.start() - 1, 0)]))
        is_emoji = compiled(EMOJI).fullmatch(stretch) is not None
        stack, height, first = 0, 0.0, True
        for place, (glyph, meaning) in enumerate(said):
            natural = face.advance(glyph.glyph)
            letter = classify(meaning[0]) if meaning else "m"
            joint = len(meaning) > 1 and place + 1 < len(said) and not said[place + 1][1]
            letter = ("H" if first else "m") if is_emoji else letter if letter in "Hadym" else "a"
            if meaning and meaning[-1] in TSHEG:
                letter = "X"
            x, y = glyph.x, glyph.y
            if letter == "m" and not is_emoji:
                stack += 1
                # Each of those that stand in one place a hair higher, or text extractors take them for one.
                height = y = y if stack <= 1 or (stack <= _STACK and y > height) else height + _HAIR
            else:
                stack = 0
            ratio = min(1.0, _EMOJI_EM / natural) if is_emoji and natural else 1.0
            move = Move(x, glyph.advance - natural)
            key = (face, f"{glyph.glyph} {meaning} {x:.4f} {y:.4f} {move.more:.4f} {letter}")
            stand_in = self.clusters.new(key, "joint" if joint else letter, (glyph.glyph, meaning), drawn)
            if x or abs(move.more) > 1e-6:
                self.moves[stand_in] = move
            if compiled(LEFTWARDS).match(meaning):
                self.leftwards.add(stand_in)
            case.add_shaped(stand_in, face, glyph.advance, (y, ratio))
            first = False
            yield stand_in


def _said(stretch: str, glyphs: Sequence[Shaped], face: Face) -> list[tuple[Shaped, str]]:
    """Every glyph with the characters that it stands for: those of a cluster one by one, the rest with the last.

    What draws nothing (joiners, selectors) goes with the glyph before it; where a cluster has more glyphs than
    characters, the last ones stand for nothing.
    """
    starts = sorted({glyph.cluster for glyph in glyphs})
    ends = dict(zip(starts, [*starts[1:], len(stretch)], strict=True))
    found: list[tuple[Shaped, str]] = []
    place = 0
    while place < len(glyphs):
        cluster = glyphs[place].cluster
        count = place
        while count < len(glyphs) and glyphs[count].cluster == cluster:
            count += 1
        text = stretch[cluster if found else 0 : ends[cluster]]
        own = [glyph for glyph in glyphs[place:count] if glyph.advance or any(face.ink(glyph.glyph))]
        place = count
        if not own or all(map(is_invisible, text)):
            if found:
                found[-1] = (found[-1][0], found[-1][1] + text)
                continue
            own = list(glyphs[count - 1 : count])
        if len(own) > len(text):
            found += [(glyph, "" if number else text) for number, glyph in enumerate(own)]
            continue
        for number, glyph in enumerate(own):
            found.append((glyph, text[number:] if glyph is own[-1] else text[number : number + 1]))
    return found


def _gathered(said: Sequence[tuple[Shaped, str]]) -> Iterator[tuple[Shaped, str]]:
    """The glyphs, of more than a few marks on one letter only some, each saying many."""
    stack: list[tuple[Shaped, str]] = []
    for glyph, meaning in said:
        if meaning and not glyph.advance and classify(meaning[0]) == "m":
            stack.append((glyph, meaning))
            continue
        yield from _few(stack)
        stack = []
        yield glyph, meaning
    yield from _few(stack)


def _few(marks: Sequence[tuple[Shaped, str]]) -> Iterator[tuple[Shaped, str]]:
    stack: list[tuple[Shaped, str]] = []
    for glyph, meaning in marks:
        # What stands on the very place of the one before it is said with it: extractors take the two for one.
        if stack and stack[-1][0]._replace(cluster=glyph.cluster) == glyph and len(stack[-1][1]) < _MOST_SAID:
            stack[-1] = (stack[-1][0], stack[-1][1] + meaning)
        else:
            stack.append((glyph, meaning))
    yield from stack[:_STACK]
    rest = "".join(meaning for _, meaning in stack[_STACK:])
    for place in range(0, len(rest), _MOST_SAID):
        yield stack[_STACK][0], rest[place : place + _MOST_SAID]


def _words(stretch: str) -> Iterator[str]:
    """The parts of a stretch that stand for themselves: each character with its marks and joiners."""
    for match in compiled(SIGN, re.DOTALL).finditer(stretch):
        yield match[0]
