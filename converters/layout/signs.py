"""From the characters of a text to the signs that are set, and what is to be said of the strange ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import Protocol

from converters.diagnostics import Severity, Span
from converters.fonts.coverage import code_point, is_selector
from converters.fonts.face import Face
from converters.fonts.roles import FontSet
from converters.theme.schema import Theme

from .clusters import Clusters
from .invisible import IGNORABLE, STAND_IN
from .scripts import Scripts
from .typecase import Typecase

_OVERRIDES = "\u202d\u202e"
_TAGS = range(0xE0000, 0xE0080)
_MOST_MARKS = 8
"""More marks than this on one letter are no spelling of any language (UAX #15, 12: 30 at the most)."""


class Shop(Protocol):
    """What is asked of the compositor."""

    lang: str
    theme: Theme
    fonts: FontSet
    clusters: Clusters
    drawn: dict[Face, set[str]]

    def find(
        self, rule: str, severity: Severity, message: str, span: Span | None, hint: str = "", **values: str
    ) -> None:
        """Note a finding."""


class Signs:
    """The signs of one document."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.scripts = Scripts(shop.clusters)
        self.is_foreign = False
        """Whether anything so far was set by scripts.py, or runs from right to left."""
        self.coded: dict[str, str] = {}
        """Signs drawn as a code in a frame, with the character that each is."""
        self._said: set[str] = set()
        self._strange: set[str] = set()

    def drawn(self, character: str) -> None:
        """Take note of a character that a face draws."""
        if unicodedata.bidirectional(character) in ("R", "AL"):
            self.is_foreign = True

    def beyond(self, text: str) -> Face | None:
        """A face for what those of the roles lack; one of codes where the style sheet allows it."""
        shop = self.shop
        face = shop.fonts.beyond(text)
        if face is None and shop.theme.missing == "code" and len(text) == 1:
            from converters.fonts.codes import code_face

            face = code_face(ord(text) >> 8, shop.lang)
            self.coded[text] = text
        return face

    def of(self, text: str, case: Typecase) -> tuple[str, set[str]]:
        """The text with a stand-in for all that is drawn together, and the signs in it."""
        shop = self.shop
        shaped = self.scripts.shaped(text, case, shop.drawn)
        if shaped != text:
            self.is_foreign = True
            if self.scripts.deepest[0] > _MOST_MARKS:
                self._say_marks()
            text = shaped
        characters = set(text)
        if not IGNORABLE.isdisjoint(characters):
            self._look_at_unseen(text)
            text = shop.clusters.replace(text, case, shop.drawn)
            characters = set(text)
        return text, characters

    def own(self, text: str, case: Typecase) -> str:
        """The text with a stand-in for each of its own characters that look like ours (plane 16)."""
        if max(text, default="") < STAND_IN:
            return text
        return "".join(sign if sign < STAND_IN else self._own(sign, case) for sign in text)

    def _own(self, sign: str, case: Typecase) -> str:
        shop = self.shop
        face = self.beyond(sign)
        glyph = face.glyphs[ord(sign)] if face is not None else 0
        face = face or case.main.face
        stand_in = shop.clusters.new((face, f"own {sign}"), "H", (glyph, sign), shop.drawn)
        case.add_cluster(stand_in, face, 1.0)
        if not glyph:
            case.missing.add(stand_in)
        else:
            self.coded.pop(sign, None)
            self.coded[stand_in] = sign
        return stand_in

    # -- findings

    def report_coded(self, signs: Iterable[str], span: Span | None, offset_of: Callable[[str], int]) -> None:
        """F-CODE: say where a character stands as its code, each once in a passage."""
        for sign in sorted(signs):
            character = self.coded[sign]
            offset = offset_of(character)
            place = Span(span.source, offset, offset + 1) if span is not None and offset >= 0 else span
            name = unicodedata.name(character, "")
            named = "no face here draws {char} ({code}, {name}): its code stands in a frame"
            message = named if name else "no face here draws {char} ({code}): its code stands in a frame"
            hint = "run `jianbao fonts install --rare`, or put a face that has it into a --font-path folder"
            if unicodedata.category(character) in ("Cn", "Co"):
                hint = "write the character that is meant"
            values = {"char": character, "code": code_point(character), "name": name}
            self.shop.find("F-CODE", Severity.WARNING, message, place, hint, **values)

    def report_leftwards(self, character: str) -> None:
        """L-RTL: once in a document."""
        if "L-RTL" not in self._said:
            self._said.add("L-RTL")
            self.shop.find(
                "L-RTL", Severity.INFO,
                "{char} and what stands around it runs from right to left, set by the rules of Unicode (UAX #9)",
                None, "let someone who reads it look at these lines", char=character,
            )  # fmt: skip

    def _say_marks(self) -> None:
        count, letter = self.scripts.deepest
        if "L-MARKS" not in self._said:
            self._said.add("L-MARKS")
            self.shop.find(
                "L-MARKS", Severity.WARNING,
                "{count} marks stand on one letter ({letter}), the last of them over each other", None,
                "take out those that are no spelling", count=str(count), letter=letter or " ",
            )  # fmt: skip

    def _look_at_unseen(self, text: str) -> None:
        """L-UNSEEN: characters that say something to a machine which nobody sees; L-BIDI: overrides."""
        for index, sign in enumerate(text):
            if sign not in IGNORABLE or sign in self._strange:
                continue
            before = text[index - 1] if index else " "
            alone = is_selector(sign) and (before.isspace() or before in IGNORABLE)
            if ord(sign) in _TAGS or alone:
                self._strange.add(sign)
                if "L-UNSEEN" not in self._said:
                    self._said.add("L-UNSEEN")
                    self.shop.find(
                        "L-UNSEEN", Severity.WARNING, "{code} ({name}) is in the text and not seen in print", None,
                        "take it out, unless you know what it is for",
                        code=code_point(sign), name=unicodedata.name(sign, "–"),
                    )  # fmt: skip
            elif sign in _OVERRIDES and "L-BIDI" not in self._said:
                self._said.add("L-BIDI")
                self.shop.find(
                    "L-BIDI", Severity.WARNING,
                    "{code} would show letters in another order than the text has them; it is not obeyed", None,
                    "take it out: it hides what a text says", code=code_point(sign),
                )  # fmt: skip
