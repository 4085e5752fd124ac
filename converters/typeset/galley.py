"""A paragraph measured once, so that any stretch of it can be measured at once.

Almost all of a Chinese paragraph is plain: hanzi and lone marks between hanzi, one em each, with a break
allowed everywhere but before a stop or closer and after an opener. Plain text is not looked at character by
character. What is left (adjacent marks, Latin words, numbers, spaces) stands in runs; at each place in a run
where two units meet there is an entry in parallel lists, and between runs positions follow by arithmetic.

Coordinates are em from the paragraph's first glyph as if all stood on one endless line. A boundary's kern
(the gap between hanzi and Latin, the blank that adjacent marks share) belongs to no line that begins or ends there.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .preparation import RunTemplate
from .rules import Rules
from .units import heading_number_end, soft_ranges, web_breaks

NEVER = 9
"""Strength of a boundary that no relaxation opens; only tearing does."""

INSEPARABLE = 10
"""Strength of a boundary inside what is one sign to the eye: never opened at all."""

SOFT = 3
"""Strength inside a unit that SHOULD hold together (clreq): opened after the levels have been relaxed."""

_LONGEST_TEMPLATE = 24
_MOST_TEMPLATES = 20_000
_TOKEN = re.compile(r"s+|DDm*|EEm*|QQm*|rrm*|(?:[adpjqyhL]m*|g(?=d))+|.m*(?:zm*.m*)*", re.DOTALL)
_GRAPHEME = re.compile(r".[mz]*", re.DOTALL)
_NUMBER_HYPHEN = re.compile(r"(?<=dh)(?=d)")
_NO_START = frozenset("CSFQX")


class Unit(NamedTuple):
    """What never breaks: one token of a run. `first` and `last` are class letters, `width` its em."""

    start: int
    end: int
    first: str
    last: str
    width: float
    lead: float = 0.0
    trail: float = 0.0
    forced: bool = False

    @property
    def is_dash(self) -> bool:
        """Whether this is a two-em dash or ellipsis."""
        return self.first in "DET" and (self.first == "T" or self.last == "2")


class Galley:
    """One paragraph, without forced breaks, ready to be broken. See the module's own words for the lists."""

    __slots__ = (
        "bases", "ends", "gaps", "hyphens", "kerns", "odd_leads", "plain", "positions", "prepared", "protected",
        "residual", "rigid", "rules", "size", "spaces", "starts", "strengths", "text", "widths",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        rules: Rules,
        widths: Sequence[float] | None = None,
        glued: Iterable[tuple[int, int]] = (),
        measure: float = 0.0,
        hyphens: Iterable[int] = (),
    ) -> None:
        self.text = text
        self.rules = rules
        self.widths = widths
        self.size = len(text)
        self.prepared = rules.prepared
        self.positions: list[int] = []
        self.starts: list[float] = []
        self.ends: list[float] = []
        self.bases: list[float] = []
        self.strengths: list[int] = []
        self.plain: list[bool] = []
        self.kerns: list[tuple[int, float]] = []
        self.gaps: list[tuple[int, float]] = []
        self.spaces: list[tuple[int, float]] = []
        self.rigid: list[int] = []
        self.odd_leads: dict[int, float] = {}
        self.residual: dict[int, tuple[float, float]] = {}
        self.hyphens = frozenset(hyphens)
        self.protected = heading_number_end(text)
        _Builder(self, glued, measure).build()

    def width(self, place: int) -> float:
        """Advance of a character in em."""
        return self.widths[place] if self.widths is not None else self.prepared.advances[self.text[place]]

    def lead(self, position: int) -> float:
        """The blank that a line beginning here takes from its first mark."""
        if not self.rules.trim_start:
            return 0.0
        return self.prepared.lead.get(self.text[position], 0.0) or self.odd_leads.get(position, 0.0)

    def line_start(self, position: int) -> float:
        """Coordinate at which a line that begins here has its left edge."""
        entry = bisect_right(self.positions, position) - 1
        place = self.positions[entry]
        if place == position:
            return self.starts[entry]
        edge = self.bases[entry] + position - place
        if self.rules.trim_start:
            edge += self.prepared.lead.get(self.text[position], 0.0)
        return edge

    def line_end(self, position: int) -> float:
        """Coordinate at which a line that ends here has its right edge."""
        entry = bisect_right(self.positions, position) - 1
        place = self.positions[entry]
        if place == position:
            return self.ends[entry]
        edge = self.bases[entry] + position - place
        if self.rules.trim_end:
            edge -= self.prepared.trail.get(self.text[position - 1], 0.0)
        return edge

    def hang(self, position: int) -> float:
        """How many em of a line that ends here may stand outside: those of one lone stop, where the rules allow it."""
        rules = self.rules
        if not rules.hanging or position < 2 or self.text[position - 1] not in rules.hangable:
            return 0.0
        if self.prepared.table[ord(self.text[position - 2])] in "OCSFQ":
            return 0.0
        return self.line_end(position) - self.line_end(position - 1)

    def strength(self, position: int) -> int | None:
        """How strongly a boundary holds: 0 breaks freely, NEVER only when torn, None: inside a unit."""
        entry = bisect_right(self.positions, position) - 1
        if self.positions[entry] == position:
            return self.strengths[entry]
        if not self.plain[entry]:
            return None
        if self.prepared.level == 0:
            return 0
        letter = self.prepared.table[ord(self.text[position])]
        if letter in _NO_START or self.text[position - 1] in self.prepared.lead:
            return NEVER
        return 0

    def stretchable(self, start: int, end: int) -> int:
        """How many pairs of neighbours in a line may be set apart."""
        return end - start - 1 - (bisect_left(self.rigid, end) - bisect_right(self.rigid, start))


class _Builder:
    """Fills a galley's lists, run by run."""

    def __init__(self, galley: Galley, glued: Iterable[tuple[int, int]], measure: float) -> None:
        self.galley = galley
        self.rules = galley.rules
        self.prepared = galley.prepared
        self.text = galley.text
        self.measure = measure
        self.glued: set[int] = set()
        self.soft: set[int] = set()
        self.forced: list[tuple[int, int]] = []
        for start, end in glued:
            self.glued.update(range(start + 1, end))
            self.forced.append((start, end))
        for start, end in soft_ranges(self.text, measure):
            self.soft.update(range(start + 1, end))
            self.forced.append((start, end))
        if galley.widths is not None:
            table = self.prepared.table
            for place, width in enumerate(galley.widths):
                if width != 1.0 and table[ord(self.text[place])] in "HOCSFQ":
                    self.forced.append((place, place + 1))

    def build(self) -> None:
        """Go through the runs; what lies between is plain."""
        galley, size = self.galley, self.galley.size
        coordinate, place = 0.0, 0
        for start, end, special in self._runs():
            if start > place:
                if not place:
                    self._sentinel()
                coordinate += start - place
            coordinate = self._run(start, end, coordinate) if special else self._known_run(start, end, coordinate)
            place = end
        if not place:
            self._sentinel()
        if galley.positions[-1] != size:
            coordinate += size - place
            trail = self.prepared.trail.get(self.text[-1], 0.0) if self.rules.trim_end else 0.0
            self._entry(size, coordinate, coordinate - trail, 0)

    def _sentinel(self) -> None:
        lead = self.prepared.lead.get(self.text[0], 0.0) if self.rules.trim_start else 0.0
        self._entry(0, lead, 0.0, 0)
        self.galley.bases[0] = 0.0
        self.galley.plain[0] = True

    def _entry(self, position: int, start: float, end: float, strength: int) -> None:
        galley = self.galley
        galley.positions.append(position)
        galley.starts.append(start)
        galley.ends.append(end)
        galley.bases.append(start)
        galley.strengths.append(strength)
        galley.plain.append(False)

    def _runs(self) -> Iterable[tuple[int, int, bool]]:
        special = self.galley.widths is not None or bool(self.galley.hyphens)
        spans = [(*match.span(), special) for match in self.prepared.runs.finditer(self.text)]
        for number, (start, end, _) in enumerate(spans):
            # A sign that belongs to the hanzi before it takes that hanzi into its run.
            if start and self.prepared.table[ord(self.text[start])] in "mz":
                spans[number] = (start - 1, end, special)
                self.forced.append((start - 1, end))
        if not self.forced:
            return spans
        merged: list[tuple[int, int, bool]] = []
        forced = [(start, end, True) for start, end in self.forced]
        for start, end, special in sorted([*spans, *forced]):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]), special or merged[-1][2])
            else:
                merged.append((start, end, special))
        return merged

    def _known_run(self, start: int, end: int, coordinate: float) -> float:
        """A run like one met before is not measured again: its lists are taken over, moved to their place."""
        galley, text, templates = self.galley, self.text, self.prepared.templates
        if end - start > _LONGEST_TEMPLATE:
            return self._run(start, end, coordinate)
        left = text[start - 1] if start else ""
        right = text[end] if end < galley.size else ""
        # Any hanzi is as good as any other beside a run.
        key = ("中" if "一" <= left <= "鿿" else left, text[start:end], "中" if "一" <= right <= "鿿" else right)
        template = templates.get(key)
        if template is None:
            return self._learn(key, start, end, coordinate)
        if template.advance > self.measure and self.rules.tear:
            return self._run(start, end, coordinate)
        galley.positions += [start + place for place in template.positions]
        starts = [coordinate + edge for edge in template.starts]
        galley.starts += starts
        galley.bases += starts
        galley.ends += [coordinate + edge for edge in template.ends]
        galley.strengths += template.strengths
        galley.plain += [False] * len(starts)
        coordinate += template.advance
        if not template.closed:
            galley.bases[-1] = coordinate
            galley.plain[-1] = True
        if template.kerns:
            galley.kerns += [(start + place, em) for place, em in template.kerns]
        if template.gaps:
            galley.gaps += [(start + place, em) for place, em in template.gaps]
        if template.spaces:
            galley.spaces += [(start + place, em) for place, em in template.spaces]
        if template.rigid:
            galley.rigid += [start + place for place in template.rigid]
        for place, blanks in template.residual:
            galley.residual[start + place] = blanks
        return coordinate

    def _learn(self, key: tuple[str, str, str], start: int, end: int, coordinate: float) -> float:
        galley = self.galley
        if len(self.prepared.templates) >= _MOST_TEMPLATES or galley.odd_leads:
            return self._run(start, end, coordinate)
        scratch = Galley.__new__(Galley)
        for name in ("positions", "starts", "ends", "bases", "strengths", "plain", "kerns", "gaps", "spaces", "rigid"):
            setattr(scratch, name, [])
        scratch.residual, scratch.odd_leads, scratch.hyphens = {}, {}, frozenset()
        scratch.text, scratch.rules, scratch.prepared = self.text, self.rules, self.prepared
        scratch.size, scratch.widths = galley.size, None
        self.galley = scratch
        advance = self._run(start, end, 0.0)
        self.galley = galley
        if not scratch.odd_leads and (advance <= self.measure or not self.rules.tear):
            self.prepared.templates[key] = RunTemplate(
                tuple(place - start for place in scratch.positions),
                tuple(scratch.starts),
                tuple(scratch.ends),
                tuple(scratch.strengths),
                not scratch.plain[-1],
                advance,
                tuple((place - start, em) for place, em in scratch.kerns),
                tuple((place - start, em) for place, em in scratch.gaps),
                tuple((place - start, em) for place, em in scratch.spaces),
                tuple(place - start for place in scratch.rigid),
                tuple((place - start, blanks) for place, blanks in scratch.residual.items()),
            )
        return self._run(start, end, coordinate)

    def _run(self, start: int, end: int, coordinate: float) -> float:
        galley, rules = self.galley, self.rules
        left = self._neighbour(start - 1)
        before_space: Unit | None = None
        edge = coordinate  # where a line that ends before the spaces has its edge
        right_neighbour = self._neighbour(end)
        for unit in (*self._units(start, end), right_neighbour):
            position = unit.start if unit is not None else end
            kern = 0.0 if left is None or unit is None else self._kern(left, unit, before_space)
            strength = 0 if left is None or unit is None else self._strength(left, unit)
            lead = unit.lead if unit is not None and rules.trim_start else 0.0
            if left is None or left.first != "s":
                edge = coordinate
                if left is not None and (rules.trim_end or left.forced):
                    edge -= left.trail
            if position in galley.hyphens:
                self._entry(position, coordinate + kern + lead, edge + self.prepared.advances["-"], 0)
            else:
                self._entry(position, coordinate + kern + lead, edge, strength)
            if kern:
                galley.kerns.append((position, kern))
            if left is None or unit is None or self._is_rigid(left, unit):
                galley.rigid.append(position)
            if unit is None or unit is right_neighbour:
                galley.bases[-1] = coordinate + kern
                galley.plain[-1] = unit is not None
                return coordinate + kern
            self._note(unit, left)
            if unit.first == "s":
                before_space = left
            coordinate += kern + unit.width
            left = unit
        raise AssertionError("a run ends with its right neighbour")

    def _note(self, unit: Unit, left: Unit | None) -> None:
        galley = self.galley
        if unit.first == "s":
            if left is not None:
                galley.spaces.append((unit.end, unit.width))
            return
        if unit.lead or unit.trail:
            galley.residual.setdefault(unit.start, (unit.lead, unit.trail))
            if unit.lead and self.text[unit.start] not in self.prepared.lead:
                galley.odd_leads[unit.start] = unit.lead
        if unit.end - unit.start > 1:
            galley.rigid.extend(range(unit.start + 1, unit.end))
            if unit.forced:
                galley.residual[unit.start] = galley.residual[unit.start + 1] = (0.0, 0.0)
                galley.kerns.append((unit.start + 1, -unit.trail))

    def _neighbour(self, place: int) -> Unit | None:
        if not 0 <= place < self.galley.size:
            return None
        return self._unit(place, place + 1, self.prepared.table[ord(self.text[place])])

    def _units(self, start: int, end: int) -> list[Unit]:
        letters = self.text[start:end].translate(self.prepared.table)
        units: list[Unit] = []
        for match in _TOKEN.finditer(letters):
            first, last = match.span()
            token = letters[first:last]
            if token[0] in "adpjqyhLg" and last - first > 1:
                for head, tail in self._word_parts(start + first, start + last, token):
                    units.append(self._unit(head, tail, letters[head - start : tail - start]))
            else:
                units.append(self._unit(start + first, start + last, token))
        if self.rules.tear and self.measure > 0:
            return [part for unit in units for part in self._torn(unit)]
        return units

    def _torn(self, unit: Unit) -> list[Unit]:
        """A unit that no line can hold, in parts that can be: the characters of a long word."""
        if unit.width <= self.measure or unit.first == "s" or unit.end - unit.start == 1:
            return [unit]
        letters = self.text[unit.start : unit.end].translate(self.prepared.table)
        parts = [
            self._unit(unit.start + match.start(), unit.start + match.end(), match[0])
            for match in _GRAPHEME.finditer(letters)
        ]
        self.glued.update(part.start for part in parts[1:])
        return parts

    def _word_parts(self, start: int, end: int, token: str) -> list[tuple[int, int]]:
        word = self.text[start:end]
        cuts = [start + place for place in web_breaks(word)]
        if "a" not in token and "dhd" in token:
            cuts.extend(start + match.start() for match in _NUMBER_HYPHEN.finditer(token))
        if self.galley.hyphens:
            cuts.extend(place for place in range(start + 1, end) if place in self.galley.hyphens)
        places = [start, *sorted(set(cuts)), end]
        return list(itertools.pairwise(places))

    def _unit(self, start: int, end: int, letters: str) -> Unit:
        first = letters[0]
        width = self._width(start, end, letters)
        if first not in "OCSFQDE":
            return Unit(start, end, first, letters[-1] if end - start == 1 else letters.rstrip("m")[-1:] or "m", width)
        bare = letters.rstrip("m")
        if bare in ("DD", "EE"):
            return Unit(start, end, first, "2", width)
        blank = self.rules.trims.get(self.text[start], max(0.0, min(0.5, width - 0.5)))
        if bare == "QQ" and not self.rules.centred:
            return Unit(start, end, "Q", "Q", width - blank, 0.0, blank, forced=True)
        if first == "O":
            return Unit(start, end, first, bare[-1], width, blank)
        if first == "C" or (first in "SFQ" and not self.rules.centred):
            return Unit(start, end, first, bare[-1], width, 0.0, blank)
        return Unit(start, end, first, bare[-1], width)

    def _width(self, start: int, end: int, letters: str) -> float:
        widths = self.galley.widths
        if widths is not None:
            return sum(widths[start:end])
        if "z" in letters:
            # What is joined to a sign before it is drawn inside that sign.
            joined = [place for place in range(1, end - start) if letters[place - 1] == "z"]
            return sum(
                self.prepared.advances[self.text[start + place]] for place in range(end - start) if place not in joined
            )
        return sum(map(self.prepared.advances.__getitem__, self.text[start:end]))

    def _kern(self, left: Unit, right: Unit, before_space: Unit | None) -> float:
        rules, galley = self.rules, self.galley
        if left.forced:
            return -left.trail
        if left.first in "OCSFQ" and right.first in "OCSFQ":
            return self._shared_blank(left, right) if rules.pairs else 0.0
        if left.first == "s":
            if before_space is None or left.end - left.start > 1 or rules.words_only:
                return 0.0
            gap = self._gap(before_space, right)
            if gap is None:
                return 0.0
            galley.spaces.pop()
            galley.gaps.append((right.start, gap))
            return gap - left.width
        gap = self._gap(left, right)
        if gap:
            galley.gaps.append((right.start, gap))
        return gap or 0.0

    def _gap(self, left: Unit, right: Unit) -> float | None:
        if left.last in "ad" and right.first in "HKB":
            letter, hanzi = left.last, self.text[right.start]
        elif left.first in "HKB" and right.first in "ad":
            letter, hanzi = right.first, self.text[left.start]
        else:
            return None
        if not hanzi.isalpha() and hanzi != "〇":
            return None
        rules = self.rules
        return rules.digit_gap if letter == "d" and rules.digit_gap is not None else rules.gap

    def _shared_blank(self, left: Unit, right: Unit) -> float:
        """How much two adjacent marks give up: together they keep one blank half (clreq; GB/T 15834-2011, 5.1)."""
        galley = self.galley
        if left.first == "O":
            if right.first != "O":
                return 0.0
            galley.residual[right.start] = (0.0, 0.0)
            return -right.lead
        if right.first == "O":
            shared = min(left.trail, right.lead)
            galley.residual[left.start] = (0.0, left.trail - shared)
            return -shared
        galley.residual[left.start] = (0.0, 0.0)
        return -left.trail

    def _strength(self, left: Unit, right: Unit) -> int:
        position = right.start
        if right.first == "s" or right.first in "mz" or left.last == "z":
            return INSEPARABLE
        if position in self.glued:
            return NEVER
        strength = self._prohibition(left, right)
        if position in self.soft:
            strength = max(strength, SOFT)
        return strength

    def _prohibition(self, left: Unit, right: Unit) -> int:
        level, zh = self.prepared.level, self.prepared.zh
        text = self.text
        if (right.first == "u" and left.last == "d") or (left.first in "vg" and right.first == "d"):
            return NEVER
        if left.last in "ady" and right.first in "ady" and text[left.end - 1] in "\u00a0\u202f":
            return NEVER
        if "\u00a0" in (text[left.end - 1], text[right.start]) or "\u202f" in (text[left.end - 1], text[right.start]):
            return NEVER
        if self.rules.words_only and left.first != "s":
            return NEVER
        if level == 0:
            return 0
        if right.first in "CSFQX" or left.first == "O":
            return NEVER
        if left.first == "s":
            return 0
        match right.first:
            case "p" | "j" | "h" | "K" | "N":
                if not (left.first in "adpjqyhL" and right.first in "adpjqyhL"):
                    return NEVER
            case "I":
                if zh or self.rules.family == "ko" or level == 3:
                    return NEVER
            case "D" if not right.is_dash:
                return NEVER
            case "D" | "E" | "T" if zh and level == 3 and right.is_dash:
                return 1
            case "L" | "l" if zh and not (left.first in "adpjqyhL" and right.first == "L"):
                return NEVER
            case _:
                pass
        if left.last == "q":
            return NEVER
        if left.last in "Ll" and zh and level >= 2 and right.first not in "adpjqyhL":
            return 2
        return 0

    def _is_rigid(self, left: Unit, right: Unit) -> bool:
        """Whether a boundary never widens: beside connectors and solidus, at spaces, inside numbers."""
        if left.first in "sNl" or right.first in "sNl" or left.last in "Lh" or right.first in "Lhum":
            return True
        if (left.first == "D" and left.last != "2") or (right.first == "D" and right.last != "2"):
            return True
        return left.first in "adpjqyvg" and right.first in "adpjqyhL"
