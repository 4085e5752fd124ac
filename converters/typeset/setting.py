"""A paragraph set in lines, for a painter."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from . import greedy, parting
from .galley import Galley
from .glue import between, squeeze, stretch
from .greedy import EPSILON, Break, adjustment
from .hyphens import LONG_WORD, hyphen_points, needs_hyphens
from .lines import Even, Lines, SetLine
from .lonely import mend
from .measuring import Copy, measured
from .rules import Rules
from .units import has_soft_ranges

_SPACES = " \t\u200b"


def set_paragraph(
    text: str,
    measure: float,
    *,
    indent: float = 0.0,
    rules: Rules | None = None,
    widths: Sequence[float] | None = None,
    glued: Iterable[tuple[int, int]] = (),
    justify: bool = True,
) -> list[SetLine]:
    """Break a paragraph into lines of `measure` em, the first `indent` em shorter, and place its characters.

    `widths` gives the advance of every character (objects, U+FFFC, among them) in em of the paragraph's size
    where they are not those of the rules; a plain paragraph is set faster without. `glued` are stretches
    (start, end) that never break inside: ruby, a note's mark and the character before it. "\\n" breaks a line;
    what follows it has no indent. The last line, and one before "\\n", is not stretched.
    """
    copy = Copy(text, rules or Rules(), widths, glued)
    return list(set_lines(copy, measure, indent, justify=justify))


def set_lines(copy: Copy, measure: float, indent: float = 0.0, *, justify: bool = True) -> Lines:
    """As `set_paragraph`, the lines packed."""
    text, rules, widths, glued = copy
    if "\n" not in text:
        return _set(copy, measure, indent, justify)
    lines: list[SetLine] = []
    start = 0
    spans = tuple(glued)
    for part in text.split("\n"):
        end = start + len(part)
        inside = [(head - start, tail - start) for head, tail in spans if start <= head and tail <= end]
        part_widths = None if widths is None else widths[start:end]
        own_indent = indent if start == 0 else 0.0
        for line in _set(Copy(part, rules, part_widths, inside), measure, own_indent, justify):
            shifts = tuple((place + start, shift) for place, shift in line.shifts)
            lines.append(line._replace(start=line.start + start, end=line.end + start, shifts=shifts))
        if not part:
            lines.append(SetLine(start, start))
        start = end + 1
    if text.endswith("\n"):
        lines.pop()
    return Lines.of(lines)


def _set(copy: Copy, measure: float, indent: float, justify: bool) -> Lines:
    text = copy.text
    if not text:
        return Lines()
    if len(text) <= measure - indent and (found := _short_line(copy, measure, indent, justify)) is not None:
        return found
    galley = measured(copy, measure)
    breaks = _break(galley, measure, indent, justify)
    if (
        galley.rigid
        and copy.rules.hyphenate
        and LONG_WORD.search(text)
        and needs_hyphens(galley, breaks, measure, indent, justify=justify)
    ):
        galley = measured(copy, measure, hyphen_points(text))
        breaks = _break(galley, measure, indent, justify)
    return place_lines(galley, breaks, measure, indent, justify)


def _short_line(copy: Copy, measure: float, indent: float, justify: bool) -> Lines | None:
    """The line of a text that stands in one, as `place_lines` would set it; None for one that has to be measured.

    Headings, cells of tables and lines of a signature are mostly hanzi and lone marks, an em each.
    """
    text, rules, widths, glued = copy
    if widths is not None or glued or (justify and rules.breaking != "total-fit"):
        return None
    prepared = rules.prepared
    if prepared.runs_of(text) or has_soft_ranges(text, measure):
        return None
    lead = prepared.lead.get(text[0], 0.0) if rules.trim_start else 0.0
    edge = len(text) - (prepared.trail.get(text[-1], 0.0) if rules.trim_end else 0.0)
    width = measure - indent
    rest = lead + measure - indent - edge if justify else width - (edge - lead)
    if rest < EPSILON:
        return None
    natural = width - rest
    shifts = ((0, -lead),) if lead else ()
    if justify:
        special = {0: SetLine(0, len(text), shifts, 0.0, natural)} if lead else {}
        return Lines((0, len(text)), (0.0,), Even(measure, indent, natural), special)
    return Lines((0, len(text)), (0.0,), (0.0,), {0: SetLine(0, len(text), shifts, 0.0, natural)})


def _break(galley: Galley, measure: float, indent: float, justify: bool) -> Sequence[Break]:
    # Ragged lines have no gaps to even out: each takes what it holds.
    if justify and galley.rules.breaking == "total-fit":
        return parting.break_lines(galley, measure, indent)
    return mend(galley, greedy.break_lines(galley, measure, indent), measure, indent)


def place_lines(
    galley: Galley, breaks: Sequence[Break], measure: float, indent: float = 0.0, justify: bool = True
) -> Lines:
    """The lines between given breaks."""
    text, size = galley.text, galley.size
    lead = galley.prepared.lead if galley.rules.trim_start else {}
    plainly = not galley.odd_leads
    whole = plainly and not galley.hyphens
    starts = [0]
    gaps: list[float] = []
    widths: list[float] = []
    final = 0.0
    special: dict[int, SetLine] = {}
    start = 0
    width = measure - indent
    for found in breaks:
        end, rest = found[0], found[3]
        if rest is None:
            rest = adjustment(galley, start, end, width)
        natural = width - rest
        if rest > 0.0 and (end == size or not justify):
            rest = 0.0
        if plainly and rest >= 0.0 and found[4]:
            # No run inside: what is added goes evenly between all.
            gap = rest / (end - start - 1) if rest else 0.0
            if text[start] in lead:
                shifts = ((start, -lead[text[start]]),)
                special[len(gaps)] = SetLine(start, end, shifts, gap, natural + rest, rest)
            gaps.append(gap)
            final = natural + rest
        else:
            if rest == 0.0 and whole and text[end - 1] not in _SPACES:
                blank = lead.get(text[start])
                moves = between(galley.kerns, start, end)
                kerned = ((start, -blank), *moves) if blank else tuple(moves)
                line = SetLine(start, end, kerned, 0.0, natural, 0.0, found[1], found[2])
            else:
                line = _place(galley, start, found, rest, natural)
            special[len(gaps)] = line
            gaps.append(line.gap)
        if not justify:
            widths.append(final)
        start = end
        starts.append(end)
        width = measure
    return Lines(starts, gaps, Even(measure, indent, final) if justify else widths, special)


def _place(galley: Galley, start: int, found: Break, rest: float, natural: float) -> SetLine:
    end, overfull, torn = found[:3]
    text = galley.text
    gap = 0.0
    moves: list[tuple[int, float]] = []
    stop = end
    while stop > start and text[stop - 1] in _SPACES:
        stop -= 1
    first = galley.lead(start)
    if first:
        moves.append((start, -first))
    moves.extend(between(galley.kerns, start, stop))
    if rest < 0:
        taken, most = squeeze(galley, start, end, -rest)
        moves.extend(taken)
        rest = max(rest, -most)
    elif rest > 0:
        added, left = stretch(galley, start, stop, rest)
        moves.extend(added)
        pairs = galley.stretchable(start, stop)
        if pairs and left > EPSILON:
            gap = left / pairs
            rigid = galley.rigid
            moves.extend((place, -gap) for place in rigid[bisect_right(rigid, start) : bisect_left(rigid, stop)])
            left = 0.0
        rest -= left
    hyphen = end in galley.hyphens
    return SetLine(start, stop, _merged(moves, stop), gap, natural + rest, rest, overfull, torn, hyphen)


def _merged(moves: list[tuple[int, float]], stop: int) -> tuple[tuple[int, float], ...]:
    if not moves:
        return ()
    total: dict[int, float] = {}
    for place, shift in moves:
        if place < stop:
            total[place] = total.get(place, 0.0) + shift
    return tuple(sorted([item for item in total.items() if item[1]]))
