"""Composition: character classes, line breaking, punctuation widths, justification. Pure functions in em."""

from __future__ import annotations

from .compose import Line, compose
from .headings import balance, balance_lines
from .rules import Rules
from .setting import SetLine, set_paragraph

__all__ = ["Line", "Rules", "SetLine", "balance", "balance_lines", "compose", "set_paragraph"]
