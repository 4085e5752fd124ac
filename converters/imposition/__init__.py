"""Imposition: the pages of a finished PDF arranged on printer's sheets, to be folded into a booklet or cut apart."""

from __future__ import annotations

from .folding import BLANKS, Sheet, Side, booklet, repeated, with_blanks
from .sheet import Imposed, Imposition, impose, paper

__all__ = ["BLANKS", "Imposed", "Imposition", "Sheet", "Side", "booklet", "impose", "paper", "repeated", "with_blanks"]
