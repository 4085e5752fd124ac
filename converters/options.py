"""What a build is asked to do."""

from __future__ import annotations

from .records import dataclass

EDITIONS = ("pdf", "docx", "epub")
"""The editions that a build makes when nothing else is asked for."""

SUFFIXES = {"pdf": "pdf", "docx": "docx", "epub": "epub", "html": "html", "markdown": "md"}
"""Every edition and the suffix of its file."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a build, or a part of it, is asked to do.

    `overrides` are style-sheet keys (--set), `metadata` front-matter keys (-M); `fix` and `no_fix` name repair rules,
    `select` and `ignore` checks, `words` are files of the user's own words; pictures may also lie in the folders of
    `allow_outside`. `cache` is the folder of what may be used again ("" for none).
    """

    to: tuple[str, ...] = EDITIONS
    style: str | None = None
    overrides: tuple[tuple[str, str], ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    fix: frozenset[str] = frozenset()
    no_fix: frozenset[str] = frozenset()
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    font_paths: tuple[str, ...] = ()
    strict_fonts: bool = False
    allow_outside: tuple[str, ...] = ()
    verify: bool = True
    format: str | None = None
    cache: str = ""
