"""Headings: lines of one sense, balanced, 梯形 or 菱形 (GB/T 9704-2012, 7.3.1; clreq).

A heading that fits is left alone. One that does not is divided at its own line breaks, at marks and between
phrases, so that its lines are of like length, none is waisted between longer ones and none ends in a lone hanzi.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import Protocol

from . import greedy
from .galley import Galley
from .measuring import Copy, measured
from .rules import Rules, family

EXTRA_LINE = 0.05
"""What one line more than necessary costs; beside it, lines of 20 and 12 em cost 0.125, of 10, 10 and 12 0.023."""

PHRASE = 0.015
WORD = 0.3
INSIDE = 1.0
"""Costs of a break between phrases, beside a phrase of one hanzi (where the phrase finder is often wrong),
and where no phrase ends. A break after a mark or at a space costs nothing."""

WAIST = 0.1
"""Cost of a line shorter than both its neighbours."""

SHORT_LAST = 1.0
"""Cost of a last line of one or two hanzi."""

SHORT_EM = 2.5
TIE = 0.001
"""Between divisions otherwise alike: of two lines the longer comes first, and 梯形 comes before 菱形."""

UNUSED_COLON = 0.1
"""Cost of a ： inside a line: what stands before it wants a line of its own."""

MOST_MARKED = 80
"""A heading with more places to break than this is divided without regard to its outline, in linear time."""

LONG_FILL = 0.9
"""How full the lines of such a heading should be."""

_MARKS = "，。、：；！？“”‘’（）《》〈〉「」『』· "
_BEGINNERS = "和与及暨與並并"


class _Parser(Protocol):
    def parse(self, sentence: str) -> list[str]: ...


@functools.cache
def _parser(kind: str) -> _Parser:
    import budoux

    match kind:
        case "ja":
            parser: _Parser = budoux.load_default_japanese_parser()
        case "zh-Hant":
            parser = budoux.load_default_traditional_chinese_parser()
        case _:
            parser = budoux.load_default_simplified_chinese_parser()
    return parser


def balance(
    text: str, measure: float, *, rules: Rules | None = None, widths: Sequence[float] | None = None
) -> list[tuple[int, int]]:
    """Start and end of each line of a heading set to `measure` em; spaces at a break are left out.

    A line feed in the text is the author's own break and always kept. `widths` as in `set_paragraph`.
    """
    rules = rules or Rules()
    if not text:
        return []
    forced = [place for place, character in enumerate(text) if character == "\n"]
    galley = measured(Copy(text.replace("\n", " "), rules, widths), measure)
    ends = [*forced, len(text)]
    starts = [0, *(place + 1 for place in forced)]
    if all(_width(galley, start, end) <= measure for start, end in zip(starts, ends, strict=True)):
        outline = [_width(galley, start, end) for start, end in zip(starts, ends, strict=True)]
        if len(outline) < 2 or len(outline) > _least_lines(galley, measure):
            return _lines(galley, [*starts[1:], len(text)])
    return _lines(galley, _divide(galley, measure, [*starts[1:], len(text)], rules))


def balance_lines(title_lines: Sequence[str], measure: float, *, rules: Rules | None = None) -> list[str]:
    """The lines of a heading whose author broke it into `title_lines`."""
    text = "\n".join(title_lines)
    return [text[start:end] for start, end in balance(text, measure, rules=rules)]


def _width(galley: Galley, start: int, end: int) -> float:
    return galley.line_end(end) - galley.line_start(start) if end > start else 0.0


def _least_lines(galley: Galley, measure: float) -> int:
    return max(1, math.ceil(_width(galley, 0, galley.size) / measure - 1e-6))


def _lines(galley: Galley, ends: Sequence[int]) -> list[tuple[int, int]]:
    lines, start = [], 0
    for end in ends:
        stop = end
        while stop > start and galley.text[stop - 1] in " \t\u200b":
            stop -= 1
        lines.append((start, stop))
        start = end
    return lines


def _divide(galley: Galley, measure: float, forced: list[int], rules: Rules) -> list[int]:
    places = _places(galley, forced, rules)
    if len(places) > MOST_MARKED:
        return _long(galley, measure, places, set(forced)) or _greedy(galley, measure, forced)
    least = max(_least_lines(galley, measure), len(forced))
    best: list[int] = []
    cheapest = math.inf
    # One line more than necessary where that reads better; more only where phrases do not fit otherwise.
    for count in range(least, least + 4):
        if count >= least + 2 and best:
            break
        ends, cost = _best(galley, measure, places, count, set(forced))
        cost += EXTRA_LINE * (count - least)
        if cost < cheapest - 1e-9:
            best, cheapest = ends, cost
    return best or _greedy(galley, measure, forced)


def _greedy(galley: Galley, measure: float, forced: list[int]) -> list[int]:
    """What is left where not even words fit: the lines of a paragraph."""
    ends: list[int] = []
    for found in greedy.break_lines(galley, measure):
        start = ends[-1] if ends else 0
        ends.extend(place for place in forced if start < place < found.end)
        ends.append(found.end)
    return ends


def _places(galley: Galley, forced: list[int], rules: Rules) -> list[tuple[int, float]]:
    """Where a line may end, and at what cost."""
    text, table = galley.text, galley.prepared.table
    phrases = _phrase_ends(text, rules)
    found: list[tuple[int, float]] = []
    for place in range(1, galley.size):
        if galley.strength(place) != 0:
            continue
        letter = table[ord(text[place - 1])]
        if place in forced or letter in "sSFQ":
            cost = 0.0
        elif letter == "C" or table[ord(text[place])] == "O":
            cost = PHRASE
        else:
            cost = phrases.get(place, INSIDE)
        found.append((place, cost))
    return [*found, (galley.size, 0.0)]


def _phrase_ends(text: str, rules: Rules) -> dict[int, float]:
    kind = family(rules.lang)
    if kind == "ko":
        return {}
    parts = _parser(kind).parse(text)
    lengths = [len(part.strip(_MARKS)) for part in parts] + [9]
    ends: dict[int, float] = {}
    place = 0
    for number, part in enumerate(parts):
        place += len(part)
        following = text[place : place + 1]
        # 的 ends what it stands after, 和 begins what follows; other lone hanzi are not trusted.
        trusted = part.endswith("的") or (following in _BEGINNERS and following != "")
        doubtful = following == "的" or (min(lengths[number], lengths[number + 1]) == 1 and not trusted)
        ends[place] = WORD if doubtful else PHRASE
    return ends


def _colons_inside(galley: Galley, start: int, end: int) -> float:
    return UNUSED_COLON * galley.text.count("：", start, max(start, end - 1))


def _best(
    galley: Galley, measure: float, places: list[tuple[int, float]], count: int, forced: set[int]
) -> tuple[list[int], float]:
    """The cheapest division into exactly `count` lines, and its cost."""
    target = _width(galley, 0, galley.size) / count
    # One way for each pair of last two line ends: its cost, the ends, the widths of its last two lines.
    layer: dict[tuple[int, int], tuple[float, list[int], float, float]] = {(0, 0): (0.0, [], 0.0, 0.0)}
    for number in range(count):
        following: dict[tuple[int, int], tuple[float, list[int], float, float]] = {}
        final = number == count - 1
        for (start, _), (cost, ends, upper, last) in layer.items():
            for end, price in places:
                if end <= start:
                    continue
                width = _width(galley, start, end)
                if width > measure + 1e-6:
                    break
                if final == (end == galley.size):
                    worth = cost + price + ((width - target) / target) ** 2 + _colons_inside(galley, start, end)
                    if (number == 1 and final and width > last) or (number >= 2 and upper < last > width):
                        worth += TIE
                    if number >= 2 and last < upper - 0.5 and last < width - 0.5:
                        worth += WAIST
                    if final and width < SHORT_EM:
                        worth += SHORT_LAST
                    key = (end, start)
                    if key not in following or worth < following[key][0]:
                        following[key] = (worth, [*ends, end], last, width)
                if end in forced:
                    break
        layer = following
    ways = [(cost, ends) for (end, _), (cost, ends, _, _) in layer.items() if end == galley.size]
    if not ways:
        return [], math.inf
    cost, ends = min(ways)
    return ends, cost


def _long(galley: Galley, measure: float, places: list[tuple[int, float]], forced: set[int]) -> list[int]:
    """The same for a heading of many lines, whose outline nobody sees: nearly full lines that end where sense does."""
    target = LONG_FILL * measure
    costs = {0: 0.0}
    back: dict[int, int] = {}
    starts = [0, *(place for place, _ in places)]
    for number, start in enumerate(starts[:-1]):
        if start not in costs:
            continue
        for end, price in places[number:]:
            width = _width(galley, start, end)
            if width > measure + 1e-6:
                break
            last = end == galley.size
            worth = costs[start] + price + (0.0 if last else ((width - target) / target) ** 2)
            if last and width < SHORT_EM:
                worth += SHORT_LAST
            if worth < costs.get(end, math.inf):
                costs[end], back[end] = worth, start
            if end in forced:
                break
    if galley.size not in back:
        return []
    ends = [galley.size]
    while back[ends[-1]]:
        ends.append(back[ends[-1]])
    return ends[::-1]
