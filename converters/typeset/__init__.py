"""Composition: character classes, line breaking, punctuation widths, justification. Pure functions in em."""

from __future__ import annotations

from .compose import Line, compose
from .headings import balance, balance_lines
from .lines import Flat, Lines, SetLine
from .lonely import LONGEST as LONGEST_RUNT
from .lonely import is_one_hanzi
from .measuring import Copy
from .rules import Rules
from .setting import set_lines, set_paragraph

__all__ = [
    "LONGEST_RUNT",
    "Copy",
    "Flat",
    "Line",
    "Lines",
    "Rules",
    "SetLine",
    "balance",
    "balance_lines",
    "compose",
    "is_one_hanzi",
    "set_lines",
    "set_paragraph",
]
