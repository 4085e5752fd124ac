"""The reference composer: plain text in, lines of text out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from . import greedy, total_fit
from .characters import classify
from .glue import capacity
from .greedy import Break, adjustment
from .lonely import mend
from .measuring import Copy, measured
from .rules import Rules

_FEED = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_FEEDS = ("\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")


class Line(NamedTuple):
    """One line: the text as set, the em added (+) or taken (−) to fill the measure, whether it is too wide for it."""

    text: str
    adjust: float = 0.0
    overfull: bool = False


def compose(
    text: str,
    measure: float,
    indent: float = 0,
    lang: str = "zh-Hans",
    level: str | None = None,
    gap: float | None = None,
    trim_start: bool | None = None,
    trim_end: bool | None = None,
    hanging: bool = False,
    breaking: str = "greedy",
    widths: Sequence[float] | Mapping[str, float] | None = None,
) -> list[Line]:
    """Break a text into lines of `measure` em, the first `indent` em shorter; None: as the language has it.

    The last line, and one before a line feed (in any form that Unicode has), is adjusted only where it must be
    squeezed. Without `widths` (one for each character, or a mapping of characters) full-width characters have 1 em,
    ASCII and letters ½. Raises ValueError for an unknown level or way of breaking, for a measure that is not above 0,
    and for lengths and widths that are none.

    Where clreq leaves a choice:
    * A number is one unit with its sign of money and its %, ℃ (￥12, 25℃): it goes to the next line whole, and
      nothing is squeezed to keep its first half. What merely should hold together (第12条, 11月27日, 〔2023〕15号,
      5 km) is squeezed in where that is possible, else sent down, and opened where no other break is left.
    * A hyphen or solidus between two numbers or after a hanzi is a mark of its own, one inside a Latin word is part
      of it; a Latin word is left for the ( after it only where the line cannot be filled otherwise.
    * , ; : ! ? ) typed half-width after a hanzi end what stands before them, so a line may break after them; not so
      a full stop (.NET, .5). None begins a line, not even after a space.
    * Centred stops (zh-Hant) share no blank with a bracket beside them (example E35), a closer before one loses its
      own; squeezing takes a quarter em from each of their sides, at the line's end too. ！？ have a fixed em in
      zh-Hant and ja, two of them stand in one em but in zh-Hant.
    * Letters with accents are Latin: half an em, with a gap beside hanzi.
    * The levels are relaxed, step by step, wherever a line has no legal break, not only in columns below four em.
    * 孤字: what is sent down is the least that leaves more than one hanzi; if no break does, the line stays.
    """
    _demand(measure, "measure", least=0.0, above=True)
    _demand(indent, "indent")
    if gap is not None:
        _demand(gap, "gap", least=0.0)
    mapping = widths if isinstance(widths, Mapping) else None
    rules = Rules.for_language(
        lang, level=level, gap=gap, trim_start=trim_start, trim_end=trim_end, hanging=hanging, breaking=breaking,
        hyphenate=False, tear=False, widths=mapping,
    )  # fmt: skip
    sequence = _widths_of(text, widths, rules)
    lines: list[Line] = []
    start = 0
    for part, feed in _parts(text):
        end = start + len(part)
        part_widths = None if sequence is None else sequence[start:end]
        lines.extend(_compose(part, measure, indent if start == 0 else 0.0, rules, part_widths))
        if not part and text:
            lines.append(Line(""))
        start = end + len(feed)
    if text.endswith(_FEEDS):
        lines.pop()
    return lines


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """A text between its line feeds, each part with the feed that ends it."""
    start = 0
    for match in _FEED.finditer(text):
        yield text[start : match.start()], match[0]
        start = match.end()
    yield text[start:], ""


def _demand(number: float, name: str, least: float | None = None, *, above: bool = False) -> None:
    """Raise ValueError for what is no length."""
    if math.isnan(number):
        raise ValueError(f"{name} is not a number; write one in em")
    if least is not None and (number <= least if above else number < least):
        raise ValueError(f"{name} is {number:g} em; it must be {'above' if above else 'at least'} {least:g}")


def _widths_of(text: str, widths: Sequence[float] | Mapping[str, float] | None, rules: Rules) -> Sequence[float] | None:
    """A width for each character, None where the rules know them all: they take hanzi for a whole em.

    Raises ValueError for too few or too many, and for one that is negative or no number.
    """
    if widths is None:
        return None
    if isinstance(widths, Mapping):
        used = {character: widths[character] for character in set(text) if character in widths}
        for character, width in used.items():
            _demand(width, f"the width of {character!r}", least=0.0)
        if all(width == 1.0 for character, width in used.items() if classify(character) == "H"):
            return None
        advances = rules.prepared.advances
        return [advances[character] for character in text]
    if len(widths) != len(text):
        raise ValueError(f"there are {len(widths)} widths for {len(text)} characters; give each its own")
    for character, width in zip(text, widths, strict=True):
        _demand(width, f"the width of {character!r}", least=0.0)
    return widths


def _compose(text: str, measure: float, indent: float, rules: Rules, widths: Sequence[float] | None) -> list[Line]:
    if not text:
        return []
    galley = measured(Copy(text, rules, widths), measure)
    breaks: Sequence[Break]
    if rules.breaking == "total-fit":
        breaks = total_fit.break_strictly(galley, measure, indent)
    else:
        breaks = mend(galley, greedy.break_lines(galley, measure, indent), measure, indent)
    lines: list[Line] = []
    start = 0
    for end, overfull, *_ in breaks:
        width = measure if start else measure - indent
        adjust = adjustment(galley, start, end, width)
        if overfull:
            adjust = max(adjust, -capacity(galley, start, end))
        elif end == galley.size:
            adjust = min(adjust, 0.0)
        lines.append(Line(text[start:end].rstrip(" \t\u200b"), adjust + 0.0, overfull))
        start = end
    return lines
