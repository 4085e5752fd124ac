"""The reference composer: plain text in, lines of text out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from . import greedy, total_fit
from .glue import capacity
from .greedy import Break, adjustment
from .lonely import mend
from .measuring import Copy, measured
from .rules import Rules


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

    The last line, and one before a line feed, is adjusted only where it must be squeezed. Without `widths` (one
    for each character, or a mapping of characters) full-width characters have 1 em, ASCII and letters ½.
    Raises ValueError for an unknown level or way of breaking.
    """
    mapping = widths if isinstance(widths, Mapping) else None
    rules = Rules.for_language(
        lang, level=level, gap=gap, trim_start=trim_start, trim_end=trim_end, hanging=hanging, breaking=breaking,
        hyphenate=False, tear=False, widths=mapping,
    )  # fmt: skip
    sequence = None if widths is None or isinstance(widths, Mapping) else widths
    lines: list[Line] = []
    start = 0
    for part in text.split("\n"):
        end = start + len(part)
        part_widths = None if sequence is None else sequence[start:end]
        lines.extend(_compose(part, measure, indent if start == 0 else 0.0, rules, part_widths))
        if not part and text:
            lines.append(Line(""))
        start = end + 1
    if text.endswith("\n"):
        lines.pop()
    return lines


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
