"""Signs that share one cell of a vertical line (縦中横, 纵中横)."""

from __future__ import annotations

import re

_FIGURES = re.compile(r"(?<![!-~])(?<![!-~] )[0-9]{1,3}(?! ?[!-~])")
_SHOUTS = re.compile("(?<![！？])[！？]{2}(?![！？])")
_LABEL = re.compile(r"\A[0-9]{1,2}[.)]\Z")
"""The number of a list's item, all of it in one cell."""


def cells_of(text: str) -> list[tuple[int, int]]:
    """Where several signs share one cell (縦中横): one to three figures between hanzi, ！ and ？ together."""
    if _LABEL.match(text):
        return [(0, len(text))]
    found = [match.span() for match in _FIGURES.finditer(text)]
    if "！" in text or "？" in text:
        found = sorted(found + [match.span() for match in _SHOUTS.finditer(text)])
    return found
