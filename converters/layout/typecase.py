"""The compositor's typecase: for one style, which face draws a character, and how wide it then is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from converters.fonts.face import Face
from converters.theme.schema import Role
from converters.typeset.characters import classify, nominal_width

from .foreign import wants_care
from .invisible import NOT_PLAIN, STAND_IN
from .result import Run, Setting
from .upright import stand

# Roles whose own Latin letters and digits do not go with their hanzi: theirs come from the Latin role
# (GB/T 9704-2012 sets digits beside 仿宋 and 楷体 in Times). 黑体 and 小标宋 bring letters of their own weight.
_LATIN_BESIDE = frozenset((Role.FANGSONG, Role.KAITI, Role.SONGTI))
_NARROW = frozenset("adpjqyhsLgu")
_TOLERANCE = 0.002
_ASKED_IN_VAIN = 128
_AT_FIRST = (32, 64)
"""So many texts with something unknown in them are worth a pattern of what is known, which takes 1 ms to compile; in
the beginning, when most is still unknown, fewer are."""
_CJK_LANGUAGES = ("zh", "ja", "ko")


@lru_cache(maxsize=16384)
def is_narrow(character: str) -> bool:
    """Is this a letter, digit, sign or space of the Latin kind?"""
    return ord(character) < 0x2E80 and classify(character) in _NARROW


@lru_cache(maxsize=1024)
def setting_of(face: Face, size: float, drop: float, tracking: float, color: str) -> Setting:
    """The one setting of these values, so that styles that look alike are one to those who compare settings."""
    return Setting(face, size, drop, tracking, color)


class Widths(dict[str, float]):
    """Widths in em of a typecase; answers for characters that it has not yet been told of, without admitting them.

    What it answered it remembers, but for stand-ins, whose width is told later.
    """

    __slots__ = ("_measure",)

    def __init__(self, measure: Callable[[str], float]) -> None:
        super().__init__()
        self._measure = measure

    def __missing__(self, character: str) -> float:
        width = self._measure(character)
        if character < STAND_IN:
            self[character] = width
        return width


def no_face(_: str) -> Face | None:
    """None: there is no face beyond the chain."""
    return None


class Faces(NamedTuple):
    """The faces of a typecase: those that draw its Latin letters first, and those of its role. `vertical`: they draw
    vertical lines. `beyond` finds a face that draws all of a text which these lack."""

    beside: Sequence[Face]
    chain: Sequence[Face]
    vertical: bool = False
    beyond: Callable[[str], Face | None] = no_face


class Typecase:
    """The settings of one style. `em` is the advance of a hanzi: the grid's cell, or the size where there is no grid.

    `learn` is told of every new character and answers with the face that draws it (see compositor.py).
    """

    def __init__(
        self,
        main: Setting,
        em: float,
        *,
        faces: Faces,
        chosen: Callable[[Face, str], None],
        lang: str,
    ) -> None:
        self.main = main
        self.em = em
        self._beside = tuple(faces.beside)
        self._chain = tuple(faces.chain)
        self._chosen = chosen
        self._vertical = faces.vertical
        self._beyond = faces.beyond
        self._all_narrow_beside = not lang.lower().startswith(_CJK_LANGUAGES)
        self._settings: dict[Face, Setting] = {main.face: main}
        self.known: set[str] = set()
        self.widths = Widths(self._width_of)
        self.other: dict[str, Setting] = {}
        """Characters that another setting draws."""
        self.missing: set[str] = set()
        self.coded: set[str] = set()
        """Characters drawn as a code in a frame."""
        self._runs: re.Pattern[str] | None = None
        self._strangers: re.Pattern[str] | None = None
        self._asked = 0

    def knows(self, text: str) -> bool:
        """Whether every character of a text is one that has been admitted and needs no care of its own.

        False also in a short document, where a pattern of all known characters does not pay: what is not known to be
        known is admitted character by character.
        """
        if self._strangers is not None and self._strangers.search(text) is None:
            return True
        self._asked += 1
        if self._asked % _ASKED_IN_VAIN == 0 or self._asked in _AT_FIRST:
            plain = {sign for sign in self.known - self.missing - NOT_PLAIN - self.coded if _is_plain(sign)}
            if self._vertical:
                # Figures may share a cell, and two of ！ and ？ (typeset/cells.py).
                plain -= set("0123456789！？")
            self._strangers = re.compile("[^\n" + "".join(map(re.escape, sorted(plain))) + "]")
        return False

    def is_as_wide_as(self, other: Typecase, text: str) -> bool:
        """Whether the characters of a text stand on the same places in another typecase."""
        if self.em != other.em:
            return False
        widths, others = self.widths, other.widths
        return all(widths[character] == others[character] for character in text)

    def admit(self, characters: set[str]) -> set[str]:
        """Make sure that all these characters are known; returns those that no face draws."""
        fresh = characters - self.known
        if fresh and max(fresh) >= STAND_IN:
            # A text's own characters of plane 16 get a stand-in before they are set (signs.py); here they are measured.
            fresh = {character for character in fresh if character < STAND_IN}
        if fresh:
            for face in (*self._beside, *self._chain):
                face.prepare(fresh)
            for character in sorted(fresh):
                self._learn(character)
            self.known |= fresh
            self._runs = None
        return characters & self.missing if self.missing else self.missing

    def _learn(self, character: str) -> None:
        face, narrow = self._face_of(character)
        if face is None:
            face = self.main.face
            self.missing.add(character)
        elif face.data is not None:
            self.coded.add(character)
        self._chosen(face, character)
        setting = self._setting(face, narrow=narrow)
        if setting is not self.main:
            self.other[character] = setting
        self.widths[character] = self._width_in(face, setting, character)

    def _face_of(self, character: str) -> tuple[Face | None, bool]:
        """The first face that draws a character, and whether the character is of the Latin kind."""
        narrow = is_narrow(character) or (self._all_narrow_beside and ord(character) < 0x2E80)
        faces = (*self._beside, *self._chain) if narrow else (*self._chain, *self._beside)
        code = ord(character)
        for face in faces:
            if face.glyphs[code]:
                return face, narrow
        found = None
        if character > "\u00ff" and character < STAND_IN:
            found = self._beyond(character)
        return found, narrow

    def face_of_all(self, signs: Sequence[str]) -> Face | None:
        """The first face that draws all of some characters."""
        narrow = is_narrow(signs[0]) if signs else True
        faces = (*self._beside, *self._chain) if narrow else (*self._chain, *self._beside)
        codes = list(map(ord, signs))
        found = next((face for face in faces if all(face.glyphs[code] for code in codes)), None)
        return found or self._beyond("".join(signs))

    def has_by_itself(self, character: str) -> bool:
        """Whether a face of the role, or one beside it, draws a character."""
        code = ord(character)
        return any(face.glyphs[code] for face in (*self._chain, *self._beside))

    def _width_of(self, character: str) -> float:
        face, narrow = self._face_of(character)
        face = face or self.main.face
        return self._width_in(face, self._setting(face, narrow=narrow), character)

    def _width_in(self, face: Face, setting: Setting, character: str) -> float:
        advance = face.advances[face.glyphs[ord(character)]] / face.units_per_em
        if self._vertical and (standing := stand(face, character)) is not None:
            advance = standing.advance
        width = (advance * setting.size + setting.tracking) / self.em
        nominal = nominal_width(character)
        return nominal if abs(width - nominal) < _TOLERANCE else width

    def add_cluster(self, stand_in: str, face: Face, width: float) -> None:
        """Make known a character that stands for a cluster; `width` is the advance of its glyph in em of the face."""
        self.known.add(stand_in)
        setting = self._setting(face, narrow=False)
        self.widths[stand_in] = (width * setting.size + setting.tracking) / self.em
        if setting is not self.main:
            self.other[stand_in] = setting
            self._runs = None

    def add_alike(self, stand_in: str, base: str) -> None:
        """Make known a stand-in that is drawn as another one."""
        self.known.add(stand_in)
        self.widths[stand_in] = self.widths[base]
        if base in self.other:
            self.other[stand_in] = self.other[base]
            self._runs = None

    def add_shaped(self, stand_in: str, face: Face, width: float, look: tuple[float, float]) -> None:
        """Make known a stand-in for a glyph that a face sets by its neighbours: raised, in em of the size, and drawn at
        a part of the size. Nothing is added after it: it may be joined to the next one."""
        if stand_in in self.known:
            return
        self.known.add(stand_in)
        # A space that is left out at the end of a line is still said, in the face of what it follows.
        self._chosen(face, " ")
        raised, ratio = look
        main = self.main
        size = main.size * ratio
        drop = face.em_middle * size + main.drop - main.face.em_middle * main.size - raised * size
        self.other[stand_in] = setting_of(face, size, drop, 0.0, main.color)
        self.widths[stand_in] = width * size / self.em
        self._runs = None

    def narrow_form(self, character: str) -> tuple[Setting, float]:
        """The setting that draws a mark as Latin text has it, and its width in em; the main one where there is none."""
        code = ord(character)
        for face in (*self._beside, *self._chain):
            glyph = face.glyphs[code]
            if glyph and face.advance(glyph) < 0.75:
                self._chosen(face, character)
                setting = self._setting(face, narrow=True)
                return setting, (face.advance(glyph) * setting.size + setting.tracking) / self.em
        self.admit({character})
        return self.other.get(character, self.main), self.widths[character]

    def _setting(self, face: Face, *, narrow: bool) -> Setting:
        """The setting of a face beside the main one, at its size and level with it."""
        if face is self.main.face:
            return self.main
        if face not in self._settings:
            main = self.main
            # Half the tracking under a Latin face: a digit of half an em then fills half a cell of the grid.
            tracking = main.tracking / 2 if narrow and face in self._beside else main.tracking
            raised = main.drop - main.face.em_middle * main.size
            drop = face.em_middle * main.size + raised
            self._settings[face] = setting_of(face, main.size, drop, tracking, main.color)
        return self._settings[face]

    def measure(self, text: str) -> list[float]:
        """The width of every character in em."""
        return list(map(self.widths.__getitem__, text))

    def width(self, text: str) -> float:
        """Width of a text set solid, in points."""
        if not self.knows(text):
            self.admit(set(text))
        return sum(map(self.widths.__getitem__, text)) * self.em

    def stretches(self, text: str, offset: int = 0) -> list[Run]:
        """All stretches of a text, those in the main setting too; `offset` is added to their places."""
        found: list[Run] = []
        place, end = offset, offset + len(text)
        for run in self.runs(text, offset):
            if run.start > place:
                found.append(Run(place, run.start, self.main))
            found.append(run)
            place = run.end
        if place < end:
            found.append(Run(place, end, self.main))
        return found

    def runs(self, text: str, offset: int = 0) -> list[Run]:
        """The stretches of a text that are not set in the main setting; `offset` is added to their places."""
        other = self.other
        if not other or (self._runs is None and other.keys().isdisjoint(text)):
            return []
        if self._runs is None:
            self._runs = re.compile("[" + "".join(map(re.escape, sorted(other))) + "]+")
        found: list[Run] = []
        for match in self._runs.finditer(text):
            start, end = match.span()
            first = other[text[start]]
            place = start
            for index in range(start + 1, end):
                setting = other[text[index]]
                if setting is not first:
                    found.append(Run(offset + place, offset + index, first))
                    place, first = index, setting
            found.append(Run(offset + place, offset + end, first))
        return found


def _is_plain(sign: str) -> bool:
    """Whether a character that is known needs no look at its neighbours and is no stand-in."""
    return sign.isascii() or (sign < STAND_IN and not wants_care(sign))


def uses_latin(role: Role) -> bool:
    """Do the letters and digits of a style come from the Latin role?"""
    return role in _LATIN_BESIDE
