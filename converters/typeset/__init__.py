"""Composition: character classes, line breaking, punctuation widths, justification. Pure functions in em."""

from __future__ import annotations

from .compose import Line, compose
from .headings import balance, balance_lines
from .lines import Flat, Lines, SetLine
from .measuring import Copy
from .rules import Rules
from .setting import set_lines, set_paragraph

__all__ = [
    "Copy",
    "Flat",
    "Line",
    "Lines",
    "Rules",
    "SetLine",
    "balance",
    "balance_lines",
    "compose",
    "set_lines",
    "set_paragraph",
]
