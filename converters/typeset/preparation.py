"""What follows from the rules alone, once for all paragraphs."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, TypeAlias

from converters.model.patterns import compiled

from . import characters
from .characters import SMALL_KANA

if TYPE_CHECKING:
    from .rules import Rules

_MARKS = characters.OPENING + characters.CLOSING + characters.COMMAS + characters.FULL_STOPS + characters.EXCLAMATIONS
_HANZI = "㐀-鿿"
"""What is plain in Chinese. One range is compiled and matched fastest; the few other hanzi, and kana, are measured
one by one."""

_KANA = "ぁ-ゖァ-ヺー々〻"
_MANY_PARAGRAPHS = 200
"""After so many a pattern that takes 2 ms to compile and saves 7 µs a paragraph is worth it."""
_LARGE_KANA = "".join(kana for kana in map(chr, range(0x3042, 0x30FB)) if kana.isalpha() and kana not in SMALL_KANA)


Places: TypeAlias = tuple[tuple[int, float], ...]
RunMarks: TypeAlias = tuple[Places, Places, Places, tuple[int, ...], tuple[tuple[int, tuple[float, float]], ...]]
"""What a run says of single places: kerns, gaps, spaces, rigid, residual (see Galley)."""

RunKey: TypeAlias = tuple[str, str, str, tuple[int, ...]]
"""What stands before a run, the run, what stands after it, and where in it units should hold together."""

RunTemplate: TypeAlias = tuple[
    tuple[int, ...], tuple[float, ...], tuple[float, ...], tuple[int, ...], list[bool], bool, float, RunMarks | None
]  # fmt: skip
"""A run as measured once, its places counted from its start, its coordinates from its left edge: positions, starts,
ends, strengths, plain; whether the text ends with it; its advance; what it says of single places."""


FIGURE = compiled("[0-9]")
ONE_FIGURE = dict.fromkeys(range(ord("0"), ord("9") + 1), "0")
"""Figures that are of one width are all the same to the compositor."""


class Advances(dict[str, float]):
    """Advance of each character in em, found when first asked for."""

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self._widths = rules.widths
        self._wide_interpunct = rules.wide_interpunct

    def __missing__(self, character: str) -> float:
        try:
            width = self._widths[character]
        except KeyError:
            width = characters.nominal_width(character, self._wide_interpunct)
        self[character] = width
        return width


class Preparation:
    """What follows from the rules alone: class table, patterns, blanks of the lone marks."""

    def __init__(self, rules: Rules) -> None:
        self.level = ("none", "basic", "gb", "strict").index(rules.level)
        family = rules.family
        self.zh = family in ("zh-Hans", "zh-Hant")
        kana = family == "ja" and rules.level == "strict"
        self.table = characters.class_table(kana, rules.words_only)
        self.advances = Advances(rules)
        marks = [mark for mark in _MARKS if self.advances[mark] == 1.0]
        self.blanks = dict(rules.trims)
        # Where all marks have the same blanks and edges take theirs, counting them is enough.
        alike = len(marks) == len(_MARKS) and not (rules.centred or rules.trims)
        self.counted = alike and rules.trim_start and rules.trim_end
        self.gifts = {mark: self._gift(mark, rules) for mark in _MARKS + characters.INTERPUNCTS}
        self.has_level_figures = len({self.advances[figure] for figure in "0123456789"}) == 1
        self.lead: dict[str, float] = {}
        self.trail: dict[str, float] = {}
        for mark in marks:
            letter = self.table[ord(mark)]
            if letter == "O":
                self.lead[mark] = rules.trims.get(mark, 0.5)
            elif not rules.centred or letter == "C":
                self.trail[mark] = rules.trims.get(mark, 0.5)
        self.no_end = frozenset(mark for mark in marks if self.table[ord(mark)] == "O") if self.level else frozenset()
        self.no_start = frozenset(marks) - self.no_end if self.level else frozenset()
        self.edges = frozenset(self.lead) | frozenset(self.trail) | self.no_end | self.no_start
        """Marks that may not stand everywhere, or not whole, at the edge of a line."""
        self.templates: dict[RunKey, RunTemplate] = {}
        # A mark alone among hanzi needs no measuring of its own.
        self.lone = frozenset() if rules.words_only else frozenset(marks)
        self._words_only = rules.words_only
        self._plain = _HANZI + ((_LARGE_KANA if kana else _KANA) if family == "ja" else "")
        self._asked = 0

    def runs_of(self, text: str) -> list[tuple[int, int]]:
        """Start and end of all in a text that is not plain: what is neither hanzi nor a lone mark among hanzi."""
        if self._asked > _MANY_PARAGRAPHS:
            return [match.span() for match in self._odd_runs.finditer(text)]
        self._asked += 1
        lone = self.lone
        found = (match.span() for match in self._runs.finditer(text))
        return [(start, end) for start, end in found if end - start > 1 or text[start] not in lone]

    @functools.cached_property
    def _runs(self) -> re.Pattern[str]:
        return compiled(".+" if self._words_only else f"[^{self._plain}]+", re.DOTALL)

    @functools.cached_property
    def _odd_runs(self) -> re.Pattern[str]:
        """As `_runs`, but passing over lone marks: found in a third of the time, compiled in three times as much."""
        if self._words_only:
            return self._runs
        lone = re.escape("".join(sorted(self.lone)))
        return compiled(f"[^{self._plain}](?:[^{self._plain}]+|(?<![{lone}]))" if lone else f"[^{self._plain}]+")

    @functools.cached_property
    def marks(self) -> re.Pattern[str]:
        """All marks that may give."""
        return compiled(f"[{_MARKS}{characters.INTERPUNCTS}]")

    @functools.cached_property
    def easy_marks(self) -> re.Pattern[str]:
        """Brackets and commas."""
        return compiled(f"[{characters.OPENING}{characters.CLOSING}{characters.COMMAS}]")

    @functools.cached_property
    def stops(self) -> re.Pattern[str]:
        """。 and its like."""
        return compiled(f"[{characters.FULL_STOPS}{characters.EXCLAMATIONS}]")

    def _gift(self, mark: str, rules: Rules) -> tuple[int, int, float]:
        """What a lone mark can give: 0 before it or 1 after it, the step of squeezing (see glue), the em."""
        letter = characters.class_table()[ord(mark)]
        em = rules.trims.get(mark, 0.5)
        match letter:
            case "I":
                return 1, 3, 0.0
            case "O" | "C":
                return (0 if letter == "O" else 1), 4, em
            case "S":
                return 1, 5, em
            case "Q" if rules.centred or not self.zh:
                # Taiwan, Hong Kong, Japan: ！ and ？ have a fixed em.
                return 1, 7, 0.0
            case _:
                return 1, 7, em

    def blank(self, mark: str) -> float:
        """The blank half of an opening, closing or stop mark, where nothing has taken it."""
        return self.lead.get(mark) or self.trail.get(mark) or self.blanks.get(mark, 0.0)
