"""Characters that are drawn together with the one before them: variation selectors, joiners, invisible marks.

Such a cluster is one glyph. In a passage a stand-in character takes its place, so that typeset sees one sign and the
composite font knows which glyph to draw and which characters to give back when the text is read out.
"""

from __future__ import annotations

from collections.abc import MutableMapping

from converters.fonts.face import Face
from converters.typeset.cells import cells_of
from converters.typeset.characters import JOINED_DASHES, JOINED_SHOUTS, JOINT, STAND_INS, classify

from .invisible import IGNORABLE, STAND_IN
from .typecase import Typecase
from .upright import stand

_SHOUTS = "！？"
_TWO_EM = 1.99
_MEETS = 0.98
"""Where the ink of a dash ends, in em, if two of them meet."""


class Clusters:
    """The stand-ins of one document, by face."""

    def __init__(self) -> None:
        self.by_face: dict[Face, dict[str, tuple[int, str]]] = {}
        self.cells: dict[str, str] = {}
        """Stand-ins of what shares one cell of a vertical line."""
        self._stand_ins: dict[tuple[Face, str], str] = {}
        self.alike: dict[str, str] = {}
        """Stand-ins that differ from another only in what is said: a glyph with an invisible character after it."""
        self._next = {letter: iter(codes) for letter, codes in STAND_INS.items()}
        self._next["joint"] = iter(JOINT)

    def new(
        self, key: tuple[Face, str], letter: str, meant: tuple[int, str], drawn: MutableMapping[Face, set[str]]
    ) -> str:
        """The stand-in of a key, of a class (typeset.characters), for a glyph and the characters that it stands for."""
        found = self._stand_ins.get(key)
        if found is None:
            found = self._stand_ins[key] = chr(next(self._next[letter]))
            self.by_face.setdefault(key[0], {})[found] = meant
        drawn.setdefault(key[0], set()).add(found)
        return found

    def replace(self, text: str, case: Typecase, drawn: MutableMapping[Face, set[str]]) -> str:
        """The text with every ignorable character gone into a stand-in together with the character before it.

        At the start of a text it goes with the character after it.
        """
        pieces: list[str] = []
        waiting = ""
        for character in text:
            if character in IGNORABLE and pieces and pieces[-1] not in ("\n", "", " "):
                pieces[-1] += character
            elif character in IGNORABLE:
                waiting += character
            else:
                pieces.append(waiting + character)
                waiting = ""
        if waiting:
            return text
        return "".join(self._stand_in(piece, case, drawn) if len(piece) > 1 else piece for piece in pieces)

    def plain_forms(self, text: str, character: str, case: Typecase, drawn: MutableMapping[Face, set[str]]) -> str:
        """The text with a character drawn by the main face's plain glyph for it, where language gives it another."""
        face = case.main.face
        glyph = face.plain_glyph(character)
        if character not in text or not glyph or glyph == face.glyphs[ord(character)]:
            return text
        stand_in = self.new((face, character), "H", (glyph, character), drawn)
        case.add_cluster(stand_in, face, face.advance(glyph))
        return text.replace(character, stand_in)

    def joined(self, text: str, case: Typecase, drawn: MutableMapping[Face, set[str]], *, vertical: bool) -> str:
        """The text with each pair of dashes as one sign, where the face's own would not meet (Noto's, of 0.86 em)."""
        for number, pair in enumerate(("——", "――")):
            if pair not in text:
                continue
            case.admit({pair[0]})
            face = case.other[pair[0]].face if pair[0] in case.other else case.main.face
            code = ord("⸺")
            glyph = face.glyphs[code]
            if not glyph or face.advance(glyph) < _TWO_EM or face.ink(face.glyphs[ord(pair[0])])[2] > _MEETS:
                continue
            stands = vertical and stand(face, pair[0]) is not None
            stand_in = JOINED_DASHES[number + 2 * stands]
            self.by_face.setdefault(face, {})[stand_in] = (face.vertical_glyphs[code] if stands else glyph, pair)
            drawn.setdefault(face, set()).add(stand_in)
            case.add_cluster(stand_in, face, face.advance(glyph))
            text = text.replace(pair, stand_in)
        return text

    def meaning(self, sign: str) -> str:
        """What a sign stands for: itself, where it is no stand-in."""
        if sign < STAND_IN:
            return sign
        return next((known[sign][1] for known in self.by_face.values() if sign in known), sign)

    def written(self, text: str) -> str:
        """The text with what its stand-ins stand for."""
        if max(text, default="") < STAND_IN:
            return text
        meanings = {stand_in: meant for known in self.by_face.values() for stand_in, (_, meant) in known.items()}
        return "".join(meanings.get(character, character) for character in text)

    def in_cell(self, text: str, case: Typecase, drawn: MutableMapping[Face, set[str]]) -> str:
        """The text with a stand-in for all that shares one cell of a vertical line (see upright.py)."""
        pieces: list[str] = []
        place = 0
        for start, end in cells_of(text):
            pieces += [text[place:start], self._cell(text[start:end], case, drawn)]
            place = end
        return "".join([*pieces, text[place:]]) if pieces else text

    def _cell(self, signs: str, case: Typecase, drawn: MutableMapping[Face, set[str]]) -> str:
        case.admit(set(signs))
        face = case.other[signs[0]].face if signs[0] in case.other else case.main.face
        if any((case.other[sign].face if sign in case.other else case.main.face) is not face for sign in signs):
            return signs
        key = (face, "cell " + signs)
        if key not in self._stand_ins:
            stand_in = chr(next(self._next["H"]))
            if signs[0] in _SHOUTS:
                stand_in = JOINED_SHOUTS[2 * _SHOUTS.index(signs[0]) + _SHOUTS.index(signs[1])]
            self._stand_ins[key] = stand_in
            self.by_face.setdefault(face, {})[stand_in] = (face.glyphs[ord(signs[0])], signs)
            self.cells[stand_in] = signs
        stand_in = self._stand_ins[key]
        drawn.setdefault(face, set()).add(stand_in)
        case.add_cluster(stand_in, face, 1.0)
        return stand_in

    def _stand_in(self, cluster: str, case: Typecase, drawn: MutableMapping[Face, set[str]]) -> str:
        base = next((character for character in cluster if character not in IGNORABLE), cluster[0])
        if base >= STAND_IN:
            return self._dressed(cluster, base, case, drawn)
        case.admit({base})
        face = case.other[base].face if base in case.other else case.main.face
        glyph = face.glyphs[ord(base)]
        for selector in cluster[1:]:
            glyph = face.variation_glyph(base, selector) or glyph
        letter = classify(base)
        stand_in = self.new((face, cluster), letter if letter in "amdy" else "H", (glyph, cluster), drawn)
        case.add_cluster(stand_in, face, face.advance(glyph))
        return stand_in

    def _dressed(self, cluster: str, base: str, case: Typecase, drawn: MutableMapping[Face, set[str]]) -> str:
        """A stand-in for another one together with invisible characters beside it."""
        face = case.other[base].face if base in case.other else case.main.face
        known = self.by_face.get(face, {}).get(base)
        if known is None:
            return cluster
        letter = classify(base)
        meant = known[0], self.written(cluster)
        stand_in = self.new((face, cluster), letter if letter in STAND_INS else "H", meant, drawn)
        self.alike[stand_in] = base
        case.add_alike(stand_in, base)
        return stand_in
