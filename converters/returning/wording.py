"""Edits inside lines: small ones, so that marks, links, readings and notes beside them keep their bytes."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from typing import NamedTuple

from converters.model import inlines as i
from converters.records import dataclass

from .edited import EditedLine
from .excuses import is_excuse
from .lines import Kind, Line
from .looks import CALL, PICTURE, PLAIN, Flat, Look, alike, settled, to_inlines
from .marks import Passage, Rewriter, Wanted
from .pieces import BREAK, MARKDOWN, Grammar, NotWritableError, Replacement, opcodes, written
from .places import Place, extents, hashes, item_mark
from .unedited import Unedited

_BLANK_LINE = re.compile(r"[ \t]*\n[ \t]*\n\s*")
_STRUCTURE = re.compile(r"[ \t]*(?:>[ \t]*)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)?(?:#{1,6}[ \t]+)?")
# What the further paragraphs of a note's definition are indented by.
NOTE_INDENT = "    "
_QUOTED = re.compile(r"[ \t]*(?:>[ \t]?)+")
# So far into a line a block's mark reaches, and what it is made of.
_HEAD = 12
_MARKERS = "0123456789#>+-*.)~`:|=[]^ "
# What repair takes from a run of these when it makes …… and —— of it.
_SURPLUS = frozenset(".。…-—─ ")


class Way(NamedTuple):
    """One way of writing a change; `looks` says that it brings the looks too."""

    edits: tuple[Replacement, ...]
    looks: bool = True


class _Row(NamedTuple):
    """Lines as one text: where each character is written, and which marks are around it."""

    lines: list[Line]
    text: str
    units: list[Place]
    paths: list[tuple[int, ...]]
    looks: list[Look]
    by_words: list[bool]


@dataclass(frozen=True, slots=True)
class Wording:
    """Makes the edits that turn lines of a source into lines of an edited file."""

    source: str
    # Looks that the program which saved the edited file does not keep.
    gone: tuple[str, ...] = ()
    unedited: Unedited | None = None
    grammar: Grammar = MARKDOWN

    def ways(self, lines: Sequence[Line], edited: Sequence[EditedLine]) -> list[Way]:
        """Ways of writing it, the smallest first. Raises NotWritableError where there is none."""
        row = self._row(lines)
        mends = [mend for line in lines for mend in self._mends(line, extents(line, self.source))]
        target = BREAK.join(line.text for line in edited)
        wanted = self._wanted(row, edited, target)
        if not self._looks_differ(row, wanted.looks, target):
            ways = [Way(tuple(self._text_edits(row, wanted, mends)))]
            ways += self._anew(row, wanted, mends) if len(lines) == 1 else []
            return [*ways, *self.marked(lines, edited)]
        ways = [*self._anew(row, wanted, mends), *self.marked(lines, edited)]
        if row.text != target:
            ways.append(Way(tuple(self._text_edits(row, wanted, mends)), looks=False))
        if not ways:
            raise NotWritableError("its marks are written in a way of their own")
        return ways

    def marked(self, lines: Sequence[Line], edited: Sequence[EditedLine]) -> list[Way]:
        """Ways with marks around a run-in heading whose words may tell it no more."""
        row = self._row(lines)
        if "strong" in self.gone or self.grammar.plain or not any(row.by_words):
            return []
        target = BREAK.join(line.text for line in edited)
        looks = [look for number, line in enumerate(edited) for look in ((PLAIN,) if number else ()) + line.flat.looks]
        wanted = self._wanted(row, edited, target)
        strong = [one._replace(strong=other.strong) for one, other in zip(wanted.looks, looks, strict=True)]
        if strong == wanted.looks:
            return []
        mends = [mend for line in lines for mend in self._mends(line, extents(line, self.source))]
        return self._anew(row, wanted._replace(looks=strong), mends)

    def _text_edits(self, row: _Row, wanted: Wanted, mends: list[Replacement]) -> list[Replacement]:
        edits: list[Replacement] = []
        for _, i1, i2, j1, j2 in opcodes(row.text, wanted.text):
            around = row.paths[i1] if i1 < i2 else row.paths[i1 - 1] if i1 else ()
            fragment = self._fragment(wanted, (j1, j2), row.lines[0], marked=bool(around))
            edits.extend(self._replace(row, i1, i2, fragment))
        guarded = self._guarded(row, edits)
        return merged(guarded, mends if guarded else [])

    def _guarded(self, row: _Row, edits: list[Replacement]) -> list[Replacement]:
        """Edits at the head of a paragraph, with an escape where its line would begin another block."""
        from converters.exporters.markdown.inlines import guard

        line = row.lines[0]
        if self.grammar.plain or line.kind is not Kind.BLOCK or line.level or line.part == "picture" or not edits:
            return edits
        low = self.bounds(line, row.units)[0]
        first = min(edits)
        if first.start > low + _HEAD or self.source[low : first.start].strip(_MARKERS):
            return edits
        head = self.source[low : first.start] + first.text
        tail = self.source[first.end : first.end + _HEAD].split("\n")[0]
        whole = guard(head + tail)
        before = self.source[low : low + _HEAD].split("\n")[0]
        if whole == head + tail or guard(before) != before:
            return edits
        others = [edit for edit in edits if edit is not first]
        if any(edit.start < first.end + len(tail) for edit in others):
            return edits
        return [Replacement(low, first.end + len(tail), whole), *others]

    def _wanted(self, row: _Row, edited: Sequence[EditedLine], target: str) -> Wanted:
        objects: dict[int, i.Inline] = {}
        offset = 0
        for line in edited:
            for place, inline in (line.flat.objects or {}).items():
                objects[offset + place] = inline
            offset += len(line.text) + 1
        first = row.lines[0]
        separator = self.separator(first) if BREAK in target else ""
        looks = self._looks(row, edited, target)
        return Wanted(target, looks, objects, separator, first.cell is not None, self.grammar)

    # Looks.

    def _looks(self, row: _Row, edited: Sequence[EditedLine], target: str) -> list[Look]:
        """The looks that are wanted; what the file does not keep is as it was."""
        out: list[Look] = []
        for number, line in enumerate(edited):
            out += [PLAIN] if number else []
            out += line.flat.looks
        place = wanted = 0
        for _, i1, i2, j1, j2 in [*opcodes(row.text, target), ("", len(row.text), len(row.text), len(target), 0)]:
            for k in range(i1 - place):
                out[wanted + k] = self._as_shown(row, place + k, out[wanted + k])
            beside = any(row.by_words[max(i1 - 1, 0) : i2 + 1])
            for j in range(j1, j2):
                # Words put into a run-in heading that its words tell need no marks.
                out[j] = out[j]._replace(strong=False) if beside else out[j]
                out[j] = self._kept(out[j], self._given(row, i1, i2)) if self.gone else out[j]
            place, wanted = i2, j2
        return out

    def _as_shown(self, row: _Row, place: int, look: Look) -> Look:
        """The look that is wanted for a character that stays: its own where the edition showed it so."""
        char, old = row.text[place], row.looks[place]
        if row.by_words[place]:
            look = look._replace(strong=False)
        if look is old or alike(char, old, look):
            return look
        look = self._kept(look, old) if self.gone else look
        if self.unedited is None or alike(char, old, look):
            return look
        for line in row.lines:
            if place < len(line.text):
                return old if alike(char, self.unedited.looks(line)[place], look) else look
            place -= len(line.text) + 1
        return look

    def _kept(self, look: Look, old: Look) -> Look:
        return look._replace(**{name: getattr(old, name) for name in self.gone})

    def _looks_differ(self, row: _Row, looks: Sequence[Look], target: str) -> bool:
        """Whether a change of words alone would leave a character with another look than it is to have."""
        place = wanted = 0
        for _, i1, i2, j1, j2 in [*opcodes(row.text, target), ("", len(row.text), len(row.text), len(target), 0)]:
            for k in range(i1 - place):
                if not alike(row.text[place + k], row.looks[place + k], looks[wanted + k]):
                    return True
            given = self._given(row, i1, i2)
            if any(not alike(target[j], given, looks[j]) for j in range(j1, j2)):
                return True
            if any(char == PICTURE for char in target[j1:j2] + row.text[i1:i2]):
                return True
            place, wanted = i2, j2
        return False

    def _given(self, row: _Row, i1: int, i2: int) -> Look:
        """The look that words get which take the place of a stretch."""
        if i1 < i2:
            return row.looks[i1]
        before, after = (row.paths[i1 - 1] if i1 else ()), (row.paths[i1] if i1 < len(row.paths) else ())
        if not i1:
            return PLAIN
        return row.looks[i1] if len(before) > len(after) and i1 < len(row.looks) else row.looks[i1 - 1]

    def _anew(self, row: _Row, wanted: Wanted, mends: list[Replacement]) -> list[Way]:
        first, last = row.lines[0], row.lines[-1]
        marks: dict[int, i.Inline] = {}
        for line in row.lines:
            marks |= line.flat.marks or {}
        flat = Flat(row.text, (), tuple(row.paths), tuple(row.looks), marks)
        start, end = self.bounds(first, row.units)[0], self.bounds(last, row.units)[1]
        rewriter = Rewriter(self.source, Passage(row.text, row.units, flat, start, end), wanted)
        ways: list[Way] = []
        with contextlib.suppress(NotWritableError):
            ways.append(Way(tuple(merged(rewriter.edits(), mends))))
        if first.kind is not Kind.INNER or first.cell is not None:
            with contextlib.suppress(NotWritableError):
                ways.append(Way((rewriter.whole(),)))
        return [way for way in ways if way.edits]

    # Words.

    def _row(self, lines: Sequence[Line]) -> _Row:
        text = ""
        units: list[Place] = []
        paths: list[tuple[int, ...]] = []
        looks: list[Look] = []
        by_words: list[bool] = []
        for number, line in enumerate(lines):
            own = extents(line, self.source)
            if number:
                text += BREAK
                units.append(Place(units[-1].end, own[0].start))
                paths.append(())
                looks.append(PLAIN)
                by_words.append(False)
            text += line.text
            units += own
            paths += line.flat.paths
            marks = line.flat.marks or {}
            for look, path in zip(line.flat.looks, line.flat.paths, strict=True):
                unmarked = look.strong and not any(isinstance(marks.get(mark), i.Strong) for mark in path)
                looks.append(look._replace(strong=False) if unmarked else look)
                by_words.append(unmarked)
        return _Row(list(lines), text, units, paths, looks, by_words)

    def _mends(self, line: Line, units: list[Place]) -> list[Replacement]:
        """What repair does to a line, written out: marks made full-width, torn pieces put together."""
        source, text, places = self.source, line.text, line.flat.places
        out: list[Replacement] = []
        for number, unit in enumerate(units):
            place = places[number]
            char = text[number]
            single = unit.end - unit.start == 1
            if place >= 0 and single and source[place] != char and char not in (CALL, PICTURE, "\n"):
                out.append(Replacement(place, place + 1, char))
            if number and not line.is_title:
                gap = Place(units[number - 1].end, unit.start)
                between = source[gap.start : gap.end]
                if not between or gap.start > gap.end:
                    continue
                torn = _BLANK_LINE.fullmatch(between)
                blank = not between.strip() and "\n" not in between
                surplus = source[gap.start - 1] != text[number - 1] and set(between) <= _SURPLUS
                if torn or blank or surplus:
                    out.append(Replacement(gap.start, gap.end, ""))
        return out

    def _fragment(self, wanted: Wanted, stretch: tuple[int, int], line: Line, *, marked: bool) -> str:
        """A stretch of what is wanted as Markdown; where it is put into `marked` words it takes their look."""
        out: list[str] = []
        start, end = stretch
        for piece in re.split(f"({BREAK})", wanted.text[start:end]):
            place, start = start, start + len(piece)
            if piece == BREAK:
                out.append(wanted.separator)
            elif line.part == "code":
                out.append(piece)
            elif not piece.strip():
                out.append(piece.replace("\n", "\n" if line.part == "verse" else "<br>"))
            else:
                out.append(self._piece(wanted, (place, start), line, marked=marked))
        return "".join(out)

    def _piece(self, wanted: Wanted, stretch: tuple[int, int], line: Line, *, marked: bool) -> str:
        start, end = stretch
        piece, looks = wanted.text[start:end], wanted.looks[start:end]
        objects = {place - start: each for place, each in wanted.objects.items() if start <= place < end}
        if marked and objects:
            raise NotWritableError("a note was put inside words with a look of their own")
        if marked or all(look == PLAIN for look in looks):
            inlines: tuple[i.Inline, ...] = to_inlines(piece, [PLAIN] * len(piece), objects, {})
        else:
            inlines = to_inlines(piece, settled(piece, looks), objects, {})
        words = written(inlines, self.grammar)
        if "\n" in words:
            words = words.replace("\\\n", "\n").replace("\n", "\n" if line.part == "verse" else "<br>")
        return re.sub(r"(?<!\\)\|", r"\\|", words) if line.cell is not None else words

    def separator(self, line: Line) -> str:
        """What parts two paragraphs where one stood."""
        match line.kind:
            case Kind.ITEM:
                return self.item(line)
            case Kind.ROW if line.part == "addressee":
                above = self.source.rfind("\n", 0, max(line.start - 1, 0)) + 1
                return f"\n:::\n\n{self.source[above : line.start]}"
            case Kind.ROW:
                return "\n"
            case _ if line.part == "quote":
                return quoted(line, self.source)
            case _ if line.part == "note":
                return f"\n\n{NOTE_INDENT}"
            case _ if marks := hashes(line, self.source):
                return f"\n\n{marks} "
            case _:
                return "\n\n"

    def item(self, anchor: Line, *, deeper: bool = False) -> str:
        """The line break and the mark of an item behind another; one `deeper` begins a list inside it."""
        match = item_mark(anchor, self.source)
        if match is None:
            raise NotWritableError("its list is written in a way of its own")
        if deeper:
            return f"\n{match[1]}{' ' * len(match[2] + match[3])}- "
        marker = match[2]
        if marker[:-1].isdecimal():
            marker = f"{int(marker[:-1]) + 1}{marker[-1]}"
        return f"\n{match[1]}{marker}{match[3]}"

    def _replace(self, row: _Row, i1: int, i2: int, fragment: str) -> list[Replacement]:
        lines, text, units, paths = row.lines, row.text, row.units, row.paths
        before, after = (paths[i1 - 1] if i1 else ()), (paths[i2] if i2 < len(paths) else ())
        if i1 == i2:
            return [self._inserted(row, i1, fragment)]
        if BREAK in text[i1:i2]:
            return self._joined(row, i1, i2, fragment)
        first, last = units[i1], units[i2 - 1]
        if not fragment and before == after and paths[i1] != before:
            # All that a mark stood around is gone, and the mark with it.
            low = units[i1 - 1].end if i1 else first.start - len(self._opening(lines[0], first.start))
            high = units[i2].start if i2 < len(units) else self._closing(lines[-1], last.end)
            return [Replacement(low, high, "")]
        within = paths[i1]
        if within == paths[i2 - 1] and all(path[: len(within)] == within for path in paths[i1:i2]):
            return [Replacement(first.start, last.end, fragment)]
        if before == after and i1 and i2 < len(units):
            # Marks that open or close inside are whole inside, and go with what they stood around.
            low = first.start if within == before else units[i1 - 1].end
            high = last.end if paths[i2 - 1] == after else units[i2].start
            return [Replacement(low, high, fragment)]
        out = [Replacement(unit.start, unit.end, "") for unit in units[i1:i2] if unit.end > unit.start]
        if fragment and out:
            out[0] = out[0]._replace(text=fragment)
        return out

    def bounds(self, line: Line, units: Sequence[Place]) -> tuple[int, int]:
        """Where the words of a line begin and end in the source, marks included."""
        return units[0].start - len(self._opening(line, units[0].start)), self._closing(line, units[-1].end)

    def _opening(self, line: Line, start: int) -> str:
        lead = self.source[line.start : start]
        if line.cell is not None:
            return lead[lead.rfind("|") + 1 :].lstrip()
        match = _STRUCTURE.match(lead)
        return lead[match.end() :] if match else lead

    def _closing(self, line: Line, end: int) -> int:
        if line.cell is not None:
            stop = re.compile(r"(?:[^|\n\\]|\\.)*").match(self.source, end)
            return end + len(self.source[end : stop.end() if stop else end].rstrip())
        whole = line.kind in (Kind.BLOCK, Kind.ITEM, Kind.ROW) and end <= line.end
        return max(end, len(self.source[: line.end].rstrip())) if whole else end

    def _inserted(self, row: _Row, at: int, fragment: str) -> Replacement:
        lines, units, paths = row.lines, row.units, row.paths
        before, after = (paths[at - 1] if at else ()), (paths[at] if at < len(paths) else ())
        if at == 0:
            place = units[0].start
            if after and lines[0].kind is not Kind.INNER:
                place -= len(self._opening(lines[0], place))
        elif at == len(units):
            place = self._closing(lines[-1], units[-1].end) if before else units[-1].end
        elif len(before) > len(after) or (len(before) == len(after) and before != after):
            # Behind the mark that closes here.
            place = units[at].start if len(before) > len(after) else units[at - 1].end
        else:
            place = units[at - 1].end
        low = place
        while fragment.startswith("\n") and self.source[low - 1 : low] in (" ", "\t"):
            low -= 1
        return Replacement(low, place, fragment)

    def _joined(self, row: _Row, i1: int, i2: int, fragment: str) -> list[Replacement]:
        lines, text, units = row.lines, row.text, row.units
        out: list[Replacement] = []
        for k in range(i1, i2):
            if text[k] != BREAK:
                if units[k].end > units[k].start:
                    out.append(Replacement(units[k].start, units[k].end, ""))
                continue
            offset = text.count(BREAK, 0, k)
            above, below = lines[offset], lines[offset + 1]
            between = self.source[above.end : below.start]
            if below.start < above.end or (between.strip() and not is_excuse(between)):
                raise NotWritableError("something stands between what was joined")
            tail = self.source[units[k].start : above.end].rstrip()
            lead = self._opening(below, units[k].end)
            out.append(Replacement(units[k].start, units[k].end, tail + lead))
        if fragment:
            out.insert(0, Replacement(out[0].start, out[0].start, fragment))
        return out


def quoted(line: Line, source: str) -> str:
    """What parts two paragraphs of a quotation: a blank line of it."""
    match = _QUOTED.match(source, line.start)
    prefix = match[0] if match else ""
    return f"\n{prefix.rstrip()}\n{prefix}" if prefix else "\n\n"


def merged(edits: list[Replacement], mends: list[Replacement]) -> list[Replacement]:
    """Edits, and the mends that none of them touches."""
    out = list(edits)
    for mend in mends:
        if not any(mend.start < edit.end and edit.start < mend.end for edit in edits):
            out.append(mend)
    # A mend and an insertion at one place: the mend goes first.
    return sorted(out, key=lambda edit: (edit.start, edit.end))
