"""Writes a line anew where its look has changed: bold put on or taken off, dots, links, pictures.

What is written is the least stretch that no mark of the source stands half in; what lies outside it keeps its bytes,
and so do the marks that go on around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from converters.model import inlines as i
from converters.records import dataclass

from .looks import CALL, PICTURE, PLAIN, Flat, Look, alike, dressed, links_of, settled, to_inlines
from .pictures import redress
from .pieces import BREAK, MARKDOWN, Grammar, NotWritableError, Replacement, opcodes, written
from .places import Place

# How a mark is written, before and behind its words.
_STRONG = (r"(?:\*\*|__)$", r"\*\*|__")
_EMPHASIS = (r"[*_]$", r"[*_]")
_CLASSES = (r"\[$", r"\]\{[^{}\n]*\}")
_WRITTEN: dict[type, tuple[str, str]] = {
    i.Strong: _STRONG,
    i.Emphasis: _EMPHASIS,
    i.Strike: (r"~~$", r"~~"),
    i.Dots: _CLASSES,
    i.Deceased: _CLASSES,
    i.ProperName: _CLASSES,
    i.BookTitle: _CLASSES,
    i.Superscript: (r"(?:\^|<sup>)$", r"\^|</sup>"),
    i.Subscript: (r"(?:~|<sub>)$", r"~|</sub>"),
    i.Link: (r"[\[<]$", r"\]\((?:[^()\\\n]|\\.|\((?:[^()\\\n]|\\.)*\))*\)|\](?:\[[^\]\n]*\])?|>"),
    i.Code: (r"`+ ?$", r" ?`+"),
    i.Ruby: (r"(?:\{|<ruby>(?:<rb>)?)$", r"\|[^{}\n]*\}|(?:</rb>)?(?:<rp>[^<]*</rp>)?<rt>.*?</ruby>"),
}
_LEAST_STAND_IN = 0xF0000


class Passage(NamedTuple):
    """A line of the source, or several that became one: its characters, where each is written, where it may grow."""

    text: str
    units: list[Place]
    flat: Flat
    start: int
    end: int

    @property
    def paths(self) -> tuple[tuple[int, ...], ...]:
        """The marks around each character."""
        return self.flat.paths

    @property
    def marks(self) -> dict[int, i.Inline]:
        """What the numbers in the paths stand for."""
        return self.flat.marks or {}


class Wanted(NamedTuple):
    """What the line is to say: its characters and looks, its notes and pictures, what a break is written as."""

    text: str
    looks: list[Look]
    objects: dict[int, i.Inline]
    separator: str = "\n\n"
    in_cell: bool = False
    grammar: Grammar = MARKDOWN


@dataclass(slots=True)
class _Region:
    """A stretch of the source and of what is wanted, and the marks that go on around it."""

    i1: int
    i2: int
    j1: int
    j2: int
    around: tuple[int, ...] = ()


class _Equal(NamedTuple):
    """A stretch that stays: where it begins on both sides, and its length."""

    i: int
    j: int
    size: int


class Rewriter:
    """Makes the edits of one passage."""

    def __init__(self, source: str, passage: Passage, wanted: Wanted) -> None:
        self.source = source
        self.passage = passage
        self.wanted = wanted
        self.partners: dict[int, int] = {}  # wanted -> source, where the character stays
        self.equal: list[_Equal] = []
        self.regions: list[_Region] = []
        self.looks = list(wanted.looks)
        self._compare()
        self.looks = settled(wanted.text, self.looks)

    def _compare(self) -> None:
        """Find what differs, in words or in looks."""
        text, a, c = self.passage.text, 0, 0
        for _, i1, i2, j1, j2 in opcodes(text, self.wanted.text):
            self._compare_looks(a, c, i1 - a)
            self._add(_Region(i1, i2, j1, j2))
            a, c = i2, j2
        self._compare_looks(a, c, len(text) - a)

    def _compare_looks(self, a: int, c: int, size: int) -> None:
        """Divide a stretch of equal text into what looks the same and what does not."""
        looks = self.passage.flat.looks
        begin = 0
        for k in range(size + 1):
            old, new = (looks[a + k], self.looks[c + k]) if k < size else (PLAIN, PLAIN)
            same = k < size and alike(self.passage.text[a + k], old, new)
            if k < size:
                self.partners[c + k] = a + k
                if same:
                    self.looks[c + k] = old
                elif old.link.startswith("#") and not new.link:
                    self.looks[c + k] = new._replace(link=old.link)
            if not same:
                if k > begin:
                    self.equal.append(_Equal(a + begin, c + begin, k - begin))
                if k < size:
                    self._add(_Region(a + k, a + k + 1, c + k, c + k + 1))
                begin = k + 1

    def _add(self, region: _Region) -> None:
        last = self.regions[-1] if self.regions else None
        if last and last.i2 == region.i1 and last.j2 == region.j1:
            last.i2, last.j2 = region.i2, region.j2
        elif region.i1 < region.i2 or region.j1 < region.j2:
            self.regions.append(region)

    # From stretches that differ to stretches that can be written by themselves.

    def edits(self) -> list[Replacement]:
        """The least edits. Raises NotWritableError."""
        regions = self.regions
        while True:
            for region in regions:
                self._grow(region)
            merged: list[_Region] = []
            for region in regions:
                last = merged[-1] if merged else None
                if last and (region.i1 < last.i2 or region.j1 < last.j2 or self._abut(last, region)):
                    last.i2, last.j2 = max(last.i2, region.i2), max(last.j2, region.j2)
                else:
                    merged.append(region)
            if len(merged) == len(regions):
                break
            regions = merged
        return [self._edit(region) for region in merged]

    def whole(self) -> Replacement:
        """The whole line written anew."""
        region = _Region(0, len(self.passage.text), 0, len(self.wanted.text))
        return Replacement(self.passage.start, self.passage.end, self._fragment(region))

    def _abut(self, first: _Region, second: _Region) -> bool:
        return first.i2 == second.i1 and first.j2 == second.j1

    def _grow(self, region: _Region) -> None:
        paths = self.passage.paths
        while True:
            if region.i1 < region.i2:
                around = _prefix(paths[region.i1 : region.i2])
            else:
                before = paths[region.i1 - 1] if region.i1 else ()
                after = paths[region.i1] if region.i1 < len(paths) else ()
                around = _prefix((before, after))
            while around and not self._fits(region, around):
                around = around[:-1]
            region.around = around
            depth = len(around)
            first, last = region.i1, region.i2
            beside = paths[max(first - 1, 0) : last + 1] if first == last else paths[first:last]
            inside = {mark for path in beside for mark in path[depth:]}
            if first == last:
                # An insertion at the edge of a mark stands beside it, in the middle of one it cuts it in two.
                inside &= set(paths[first - 1] if first else ()) & set(paths[first] if first < len(paths) else ())
            while first > 0 and inside & set(paths[first - 1]):
                first -= 1
            while last < len(paths) and inside & set(paths[last]):
                last += 1
            first -= self._kin(first - 1, region.j1, depth) if first == region.i1 else 0
            last += self._kin(last, region.j2 - 1, depth) if last == region.i2 else 0
            if (first, last) == (region.i1, region.i2):
                return
            self._widen(region, first, last)

    def _kin(self, place: int, j: int, depth: int) -> int:
        """1 where a character beside a region stands in a mark that what is wanted at its edge has too."""
        paths = self.passage.paths
        if not 0 <= place < len(paths) or not 0 <= j < len(self.looks) or self.wanted.text[j] == BREAK:
            return 0
        return int(any(
            getattr(self.looks[j], name) == value
            for mark in paths[place][depth:]
            for name, value in zip(Look._fields, dressed(PLAIN, self.passage.marks[mark]), strict=True)
            if value
        ))  # fmt: skip

    def _fits(self, region: _Region, around: tuple[int, ...]) -> bool:
        """Whether all that is wanted in a region has the looks that the marks around it give."""
        given = PLAIN
        for mark in around:
            given = dressed(given, self.passage.marks[mark])
        for j in range(region.j1, region.j2):
            if self.wanted.text[j].isspace():
                continue
            if self.wanted.text[j] == BREAK:
                return False
            for name, one in zip(Look._fields, given, strict=True):
                if one and one != getattr(self.looks[j], name):
                    return False
        return True

    def _widen(self, region: _Region, first: int, last: int) -> None:
        """Widen a region to a stretch of the source, and the wanted stretch with it."""
        region.i1, region.j1 = self._boundary(first, low=True)
        region.i2, region.j2 = self._boundary(last, low=False)

    def _boundary(self, at: int, *, low: bool) -> tuple[int, int]:
        for same in self.equal:
            if same.i <= at <= same.i + same.size:
                return at, same.j + at - same.i
        if low:
            before = [same for same in self.equal if same.i + same.size <= at]
            return (before[-1].i + before[-1].size, before[-1].j + before[-1].size) if before else (0, 0)
        behind = [same for same in self.equal if same.i >= at]
        return (behind[0].i, behind[0].j) if behind else (len(self.passage.text), len(self.wanted.text))

    # Writing.

    def _edit(self, region: _Region) -> Replacement:
        units, paths = self.passage.units, self.passage.paths
        depth = len(region.around)
        if region.i1 == region.i2:
            low = high = self._gap(region.i1, region.around)
        else:
            low = self._opening(units[region.i1].start, paths[region.i1][depth:])
            high = self._closing(units[region.i2 - 1].end, paths[region.i2 - 1][depth:])
        return Replacement(low, high, self._fragment(region))

    def _gap(self, at: int, around: tuple[int, ...]) -> int:
        """Where something is put in between two characters, inside `around` and no other mark."""
        units, paths = self.passage.units, self.passage.paths
        depth = len(around)
        if at and paths[at - 1][:depth] == around:
            return self._closing(units[at - 1].end, paths[at - 1][depth:])
        if at < len(paths):
            return self._opening(units[at].start, paths[at][depth:])
        return self.passage.end

    def _opening(self, place: int, marks: tuple[int, ...]) -> int:
        for mark in reversed(marks):
            token = re.search(_WRITTEN[type(self.passage.marks[mark])][0], self.source[self.passage.start : place])
            if token is None:
                raise NotWritableError("its marks are written in a way of their own")
            place -= len(token[0])
        return place

    def _closing(self, place: int, marks: tuple[int, ...]) -> int:
        for mark in reversed(marks):
            token = re.compile(_WRITTEN[type(self.passage.marks[mark])][1]).match(self.source, place, self.passage.end)
            if token is None:
                raise NotWritableError("its marks are written in a way of their own")
            place = token.end()
        return place

    def _fragment(self, region: _Region) -> str:
        """What is wanted in a region as Markdown, without the marks around it."""
        around = {name for mark in region.around for name in _added(self.passage.marks[mark])}
        out: list[str] = []
        start = region.j1
        for j in range(region.j1, region.j2 + 1):
            if j == region.j2 or self.wanted.text[j] == BREAK:
                out.append(self._written(start, j, around))
                start = j + 1
        return self.wanted.separator.join(out)

    def _written(self, start: int, end: int, around: set[str]) -> str:
        text = self.wanted.text[start:end]
        looks = [look._replace(**{name: PLAIN._asdict()[name] for name in around}) for look in self.looks[start:end]]
        stand_ins: dict[str, str] = {}
        chars = list(text)
        objects: dict[int, i.Inline] = {}
        for k, char in enumerate(text):
            if char not in (CALL, PICTURE):
                continue
            raw = self._raw(start + k)
            if raw:
                chars[k] = chr(_LEAST_STAND_IN + len(stand_ins))
                if chars[k] in text:
                    raise NotWritableError("it holds characters that no standard names")
                stand_ins[chars[k]] = raw
                looks[k] = looks[k]._replace(picture=None)
            else:
                objects[k] = self.wanted.objects[start + k]
        inlines = to_inlines("".join(chars), looks, objects, links_of(self.passage.flat))
        words = written(inlines, self.wanted.grammar) if text.strip() else text
        for char, raw in stand_ins.items():
            words = words.replace(char, raw)
        return _in_cell(words) if self.wanted.in_cell else words.replace("\\\n", "<br>").replace("\n", "<br>")

    def _raw(self, j: int) -> str:
        """A note's call or a picture as the source has it, "" for a new one."""
        place = self.partners.get(j)
        if place is None:
            return ""
        unit = self.passage.units[place]
        words = self.source[unit.start : unit.end]
        old, new = self.passage.flat.looks[place], self.wanted.looks[j]
        if old.picture and new.picture and not alike(PICTURE, old, new):
            return redress(words, old.picture, new.picture)
        return words


def _prefix(paths: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """The marks that stand around all of some characters."""
    shared = paths[0]
    for path in paths[1:]:
        size = 0
        while size < min(len(shared), len(path)) and shared[size] == path[size]:
            size += 1
        shared = shared[:size]
    return shared


def _added(mark: i.Inline) -> list[str]:
    return [name for name, one in zip(Look._fields, dressed(PLAIN, mark), strict=True) if one]


def _in_cell(words: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", words.replace("\\\n", "<br>").replace("\n", "<br>"))
