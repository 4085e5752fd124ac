"""Vertical writing: the page is laid out as if it lay on its side.

A line of vertical-rl runs down the paper and the next one stands at its left, so a page turned by 90° anticlockwise is
an ordinary page: its left edge is the paper's upper one, its upper edge the paper's right one, where the book is bound.
All of layout works on that page. The exporter turns it back and sets upright what stands upright (see upright.py).
What stays horizontal on the paper, page numbers and running heads, is laid out beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converters.diagnostics import Diagnostic, Severity
from converters.theme.schema import Theme

from .compositor import Compositor
from .folio import Folios
from .result import Page

VERTICAL = "vertical-rl"
ON_ITS_SIDE = "on-its-side"
"""The writing mode of a page that has been turned: all its measures are those of an ordinary page."""


def turned(theme: Theme) -> Theme:
    """The style sheet of the page that lies on its side: `rows` are its lines, `characters` those of a line."""
    page = theme.page
    return replace(
        theme,
        page=replace(
            page, width=page.height, height=page.width, top=page.inner, bottom=page.outer, inner=page.top,
            outer=page.bottom, duplex=False, writing_mode=ON_ITS_SIDE,
        ),
    )  # fmt: skip


def level(theme: Theme) -> Theme:
    """The style sheet with horizontal lines."""
    return replace(theme, page=replace(theme.page, writing_mode="horizontal-tb"))


def not_vertical(lang: str) -> Diagnostic | None:
    """Why a language is set in horizontal lines all the same; None for those that are written in vertical ones."""
    if lang.lower().startswith(("zh", "ja", "ko")):
        return None
    return Diagnostic(
        "L-VERTICAL", Severity.WARNING, "{lang} is not written in vertical lines; print has horizontal ones",
        place="PDF", hint='set page.writing_mode = "horizontal-tb", or the language of the text',
        values=(("lang", lang),),
    )  # fmt: skip


def add_furniture(shop: Compositor, theme: Theme, pages: Sequence[Page]) -> Compositor:
    """Mirror the pages and put on each what stays horizontal; returns the compositor that has set that.

    The book is bound on the right: odd pages have their inner margin there.
    """
    page = theme.page
    beside = Compositor(shop.metadata, level(theme), shop.fonts, {})
    beside.clusters = shop.clusters
    folios = Folios(beside, mirrored=True)
    shift = page.outer - page.inner
    for item in pages:
        is_even = page.duplex and item.number % 2 == 1
        if is_even and shift:
            item.items = [placed._replace(y=placed.y + shift) for placed in item.items]
        scratch = Page(item.number, item.label)
        folios.put(scratch, page.inner if is_even else page.outer)
        item.level = scratch.items
    return beside
