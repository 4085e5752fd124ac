"""The font of what stands upright in vertical lines: Identity-V, with the face's forms for them (ISO 32000-1, 9.7.4.3).

Figures that share a cell have fonts of their own beside it, one for each place in the cell. They show the same glyphs
from the same program, but their pen points (W2) lie so that a figure stands in its place of the cell while the pen goes
down: text extractors then find the figures one after the other, in one column with the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from converters.fonts.face import Face
from converters.layout.upright import Stand, stand

from .composite import CompositeFont
from .file import PrintFile, array, dictionary, reference

_WIDE = 0.9
_BEARING = 0.04
_FULLEST = 0.96
"""Figures take at most this part of a cell's width; wider ones are narrowed."""


class UprightFont(CompositeFont):
    """A face's upright characters. `cells` are the signs that share cells, as they are written ("12")."""

    mode = "V"

    def __init__(
        self,
        face: Face,
        characters: Iterable[str],
        clusters: Mapping[str, tuple[int, str]],
        resource: str,
        cells: Iterable[str] = (),
    ) -> None:
        self.counts = sorted({len(signs) for signs in cells})
        self.signs = sorted({sign for signs in cells for sign in signs})
        self.stands: dict[str, Stand] = {}
        known: dict[str, tuple[int, str]] = {}
        for character in characters:
            cluster = clusters.get(character)
            standing = stand(face, cluster[1][0] if cluster is not None else character)
            if cluster is not None:
                advance = face.vertical_advance(cluster[0]) if "vmtx" in face.tags else 1.0
                standing = Stand(cluster[0], advance, face.advance(cluster[0]) / 2, face.em_middle + advance / 2)
            assert standing is not None, "what does not stand is drawn by the font of turned characters"
            self.stands[character] = standing
            known[character] = (standing.glyph, cluster[1] if cluster is not None else character)
        self._widest = max((_breadth(face, sign)[1] for sign in self.signs), default=0.5)
        known |= {_cell_key(sign): (face.glyphs[ord(sign)], sign) for sign in self.signs}
        super().__init__(face, known, known, resource)

    def narrowed(self, count: int) -> float:
        """How far so many figures are narrowed to fit a cell, 0–1."""
        return min(1.0, _FULLEST / (self._widest * count))

    def cell_font(self, count: int, place: int) -> str:
        """Resource name of the font for the `place`-th of `count` signs in a cell."""
        return f"{self.resource}c{count}{place}"

    def encode_cell(self, sign: str) -> bytes:
        """A sign of a cell as the code of its font."""
        return self.encode(_cell_key(sign))

    def write(self, file: PrintFile) -> dict[str, int]:
        """Write the font's objects and those of its cells."""
        numbers = super().write(file)
        entries = dict(self.entries)
        for count in self.counts:
            for place in range(count):
                entries["W2"] = self._cell_metrics(count, place)
                descendant = file.add_object(dictionary(entries))
                numbers[self.cell_font(count, place)] = file.add_object(
                    dictionary(self.type0 | {"DescendantFonts": array([reference(descendant)])})
                )
        return numbers

    def vertical_metrics(self) -> dict[str, object]:
        """W2, and DW2 as near to it as that can say.

        The pen goes down beside the baseline of turned characters, and stands at the lower edge of the cell that it
        shows: that is where extractors (Poppler) take a vertical line's characters to be, so that they see one line
        with what is turned.
        """
        middle = self.face.em_middle
        entries: list[object] = []
        run: list[object] = []
        expected = -1
        # One entry for every glyph: Poppler looks for those of a range amiss.
        for code, standing in sorted((self._codes[key], found) for key, found in self.stands.items()):
            if code == expected - 1:
                continue
            if code != expected:
                run = []
                entries += [code, run]
            run += _metrics(standing.advance, standing.x - PEN, standing.y)
            expected = code + 1
        arrays = [array(entry) if isinstance(entry, list) else entry for entry in entries]
        return {"DW2": array([_short(1000 * (middle - 0.5)), -1000]), "W2": array(arrays)}

    def _cell_metrics(self, count: int, place: int) -> object:
        """W2 of the `place`-th of `count` figures in a cell."""
        face = self.face
        _, _, _, top = face.ink(face.glyphs[ord("0")] or face.glyphs[ord(self.signs[0])])
        found: list[tuple[int, object]] = []
        for sign in self.signs:
            start, breadth = _breadth(face, sign)
            left = (place - count / 2 + 0.5) * self._widest - breadth / 2 - start
            across = -left - PEN / self.narrowed(count)
            _, bottom, _, upper = face.ink(face.glyphs[ord(sign)])
            middle = (bottom + upper) / 2 if face.width(sign) > _WIDE else top / 2
            own = _metrics(STEP, across, 0.5 + middle - offset(count, place))
            found.append((int.from_bytes(self.encode_cell(sign), "big"), array(own)))
        return array([part for entry in sorted(found, key=lambda entry: entry[0]) for part in entry])


PEN = 0.4
"""The pen goes down so far, in em, at the left of a line's middle, in all faces, just outside the baselines of what is
turned. PDFium reads what begins within half an em of height from left to right: so what it takes for neighbours on one
line stays in order."""


def _breadth(face: Face, sign: str) -> tuple[float, float]:
    """Where a sign of a cell begins in its glyph, and how broad it is: a figure its advance, a wide mark its ink."""
    width = face.width(sign)
    if width < _WIDE:
        return 0.0, width
    left, _, right, _ = face.ink(face.glyphs[ord(sign)])
    return left - _BEARING, right - left + 2 * _BEARING


STEP = 0.5
"""How far the pen goes down, in em, from one figure of a cell to the next. Poppler takes figures whose boxes, an em
high, overlap by more for another line."""


def offset(count: int, place: int) -> float:
    """Where the pen stands for the `place`-th of `count` figures, in em below where it stands for one."""
    return (place - (count - 1) / 2) * STEP


def _metrics(advance: float, x: float, y: float) -> list[object]:
    """An entry of W2 from em: the way down, and the point of the glyph that lies an em above the pen."""
    return [_short(-1000 * advance), _short(1000 * x), _short(1000 * (y - 1.0))]


def _cell_key(sign: str) -> str:
    """What a sign of a cell is called in its font, where the same sign may stand otherwise: its place in plane 15."""
    return chr(0xF0000 + ord(sign))


def _short(value: float) -> object:
    return round(value) if abs(value - round(value)) < 0.05 else f"{value:.1f}"
