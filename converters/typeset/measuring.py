"""Measuring a paragraph: its runs are found, cut into units, and the galley's lists filled.

Runs like ”， or 2023 come again and again; each is measured once and kept as a template.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from converters.model.patterns import compiled

from .boundaries import NEVER, SOFT, Unit, gap, is_rigid, strength
from .galley import Galley
from .preparation import FIGURE, ONE_FIGURE, RunKey, RunMarks, RunTemplate
from .rules import Rules
from .units import soft_ranges, web_breaks

_LONGEST_TEMPLATE = 24
_MOST_TEMPLATES = 4_000
_TOKEN = compiled(
    r"s+|DDm*|EEm*|QQm*|rrm*|(?:vm*(?=g?d))?(?:[adpjqyhL]m*|g(?=d))+(?:(?<=d)um*)?|.m*(?:zm*.m*)*", re.DOTALL
)
"""Units by their class letters; a number holds its sign of money before and its ℃ after it."""
_GRAPHEME = compiled(r".[mz]*", re.DOTALL)
_NUMBER_HYPHEN = compiled(r"(?<=d)(?=hd)|(?<=dh)(?=d)")
_BEFORE_WORD = compiled(r"(?:[pj]+|L|q+)(?=[ad])")
_MARK_IN_WORD = compiled(r"(?<=[ady])(?=q)|(?<=[ady])(?=[pj]+\Z)|(?<=[ady]j)(?=[ad])")
"""Before an opening bracket, after a closing one, and before the marks at the end."""


class Copy(NamedTuple):
    """A paragraph as it comes to be set: `widths` is the advance of every character in em where the rules do not say.

    `glued` are stretches (start, end) that never break inside.
    """

    text: str
    rules: Rules
    widths: Sequence[float] | None = None
    glued: Iterable[tuple[int, int]] = ()


def measured(copy: Copy, measure: float = 0.0, hyphens: Iterable[int] = ()) -> Galley:
    """A paragraph without line feeds, not empty, ready to be broken to `measure` em; a word may divide at `hyphens`."""
    galley = Galley(copy.text, copy.rules, copy.widths, hyphens)
    _Builder(galley, copy.glued, measure).build()
    return galley


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
        self.held: list[tuple[int, int]] = []
        for start, end in glued:
            self.glued.update(range(start + 1, end))
            self.forced.append((start, end))
        for start, end in soft_ranges(self.text, measure):
            self.soft.update(range(start + 1, end))
            self.held.append((start, end))
        if galley.widths is not None:
            table = self.prepared.table
            for place, width in enumerate(galley.widths):
                if width != 1.0 and table[ord(self.text[place])] in "HOCSFQ":
                    self.forced.append((place, place + 1))

    def build(self) -> None:
        """Go through the runs; what lies between is plain.

        A run like one met before is not measured again: its lists are taken over, moved to their place. One number
        is like another of as many figures.
        """
        galley, text, size = self.galley, self.text, self.galley.size
        templates, longest = self.prepared.templates, self.measure if self.rules.tear else math.inf
        positions, bases, soft = galley.positions, galley.bases, self.soft
        has_figures = self.prepared.has_level_figures and FIGURE.search(text) is not None
        coordinate, place = 0.0, 0
        for start, end, special in self._runs():
            if start > place:
                if not place:
                    self._sentinel()
                coordinate += start - place
            place = end
            if special or end - start > _LONGEST_TEMPLATE:
                coordinate = self._run(start, end, coordinate)
                continue
            # Any hanzi is as good as any other beside a run.
            left = text[start - 1] if start else ""
            right = text[end] if end < size else ""
            if "一" <= left <= "鿿":
                left = "中"
            if "一" <= right <= "鿿":
                right = "中"
            held = tuple([place - start for place in range(start, end + 1) if place in soft]) if soft else ()
            run = text[start:end]
            if has_figures:
                run = run.translate(ONE_FIGURE)
            key = (left, run, right, held)
            template = templates.get(key) or self._learn(key, start, end)
            if template is None or template[6] > longest:
                coordinate = self._run(start, end, coordinate)
                continue
            places, starts, ends, strengths, plain, closed, advance, marks = template
            positions += [start + place for place in places]
            edges = [coordinate + edge for edge in starts]
            galley.starts += edges
            bases += edges
            galley.ends += [coordinate + edge for edge in ends]
            galley.strengths += strengths
            galley.plain += plain
            coordinate += advance
            if not closed:
                bases[-1] = coordinate
            if marks is not None:
                self._take_over(marks, start)
        if not place:
            self._sentinel()
        if positions[-1] != size:
            coordinate += size - place
            trail = self.prepared.trail.get(text[-1], 0.0) if self.rules.trim_end else 0.0
            self._entry(size, coordinate, coordinate - trail, 0)

    def _take_over(self, marks: RunMarks, start: int) -> None:
        """What a template says of single places of its run."""
        galley = self.galley
        kerns, gaps, spaces, rigid, residual = marks
        if kerns:
            galley.kerns += [(start + place, em) for place, em in kerns]
        if gaps:
            galley.gaps += [(start + place, em) for place, em in gaps]
        if spaces:
            galley.spaces += [(start + place, em) for place, em in spaces]
        if rigid:
            galley.rigid += [start + place for place in rigid]
        for place, blanks in residual:
            galley.residual[start + place] = blanks

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
        text, table = self.text, self.prepared.table
        spans = [(start, end, special) for start, end in self.prepared.runs_of(text)]
        for start, end, _ in spans:
            # A sign that belongs to the hanzi before it takes that hanzi into its run.
            if start and table[ord(text[start])] in "mz":
                self.forced.append((start - 1, end))
        if not self.forced and not self.held:
            return spans
        merged: list[tuple[int, int, bool]] = []
        forced = [(start, end, True) for start, end in self.forced]
        soft = [(start, end, special) for start, end in self.held]
        for start, end, special in sorted([*spans, *forced, *soft]):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]), special or merged[-1][2])
            else:
                merged.append((start, end, special))
        return merged

    def _learn(self, key: RunKey, start: int, end: int) -> RunTemplate | None:
        """The template of a run, measured on a galley of its own; None for one that no template can stand for."""
        galley, templates = self.galley, self.prepared.templates
        if len(templates) >= _MOST_TEMPLATES or galley.odd_leads:
            return None
        scratch = Galley(self.text, self.rules)
        self.galley = scratch
        advance = self._run(start, end, 0.0)
        self.galley = galley
        if scratch.odd_leads or (advance > self.measure and self.rules.tear):
            return None
        marks = (
            tuple((place - start, em) for place, em in scratch.kerns),
            tuple((place - start, em) for place, em in scratch.gaps),
            tuple((place - start, em) for place, em in scratch.spaces),
            tuple(place - start for place in scratch.rigid),
            tuple((place - start, blanks) for place, blanks in scratch.residual.items()),
        )
        template = templates[key] = (
            tuple(place - start for place in scratch.positions),
            tuple(scratch.starts),
            tuple(scratch.ends),
            tuple(scratch.strengths),
            scratch.plain,
            not scratch.plain[-1],
            advance,
            marks if any(marks) else None,
        )
        return template

    def _run(self, start: int, end: int, coordinate: float) -> float:
        galley, rules = self.galley, self.rules
        left = self._neighbour(start - 1)
        before_space: Unit | None = None
        edge = coordinate  # where a line that ends before the spaces has its edge
        right_neighbour = self._neighbour(end)
        for unit in (*self._units(start, end), right_neighbour):
            position = unit.start if unit is not None else end
            kern = 0.0 if left is None or unit is None else self._kern(left, unit, before_space)
            hold = 0 if left is None or unit is None else self._strength(left, unit)
            lead = unit.lead if unit is not None and rules.trim_start else 0.0
            if left is None or left.first != "s":
                edge = coordinate
                if left is not None and (rules.trim_end or left.forced):
                    edge -= left.trail
            if position in galley.hyphens:
                self._entry(position, coordinate + kern + lead, edge + self.prepared.advances["-"], 0)
            else:
                self._entry(position, coordinate + kern + lead, edge, hold)
            if kern:
                galley.kerns.append((position, kern))
            if left is None or unit is None or is_rigid(left, unit):
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
            if token[0] in "adpjqyhLgv" and last - first > 1:
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
        head = _BEFORE_WORD.match(token)
        if head is not None and word[head.end() - 1] != ".":
            # A mark typed half-width after a hanzi is no part of the word that follows it (but: .NET, .5).
            cuts.append(start + head.end())
        if "q" in token or "j" in token or token[-1] == "p":
            cuts.extend(start + match.start() for match in _MARK_IN_WORD.finditer(token))
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
            em = gap(before_space, right, self.text, rules)
            if em is None:
                return 0.0
            galley.spaces.pop()
            galley.gaps.append((right.start, em))
            return em - left.width
        em = gap(left, right, self.text, rules)
        if em:
            galley.gaps.append((right.start, em))
        return em or 0.0

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
        own = strength(left, right, self.text, self.rules)
        if position in self.glued:
            return max(own, NEVER)
        return max(own, SOFT) if position in self.soft else own
