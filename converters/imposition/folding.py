"""Which page stands where: the order of a saddle-stitched booklet, and of pages that stand twice on a sheet.

Pages count from 1; 0 is a blank. A sheet is seen from each side as it lies before the eye, so a booklet's sheet is
turned over about its fold (a duplex printer calls that the short edge).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from converters.errors import StyleError

BLANKS = ("end", "colophon", "front")
"""Where the blank pages of a booklet go: behind all pages; before the last one, so that 报尾 or 版记 stand on the
back cover; behind the first one, so that the cover's inside is empty."""


class Side(NamedTuple):
    """The pages at the left and at the right of one side of a sheet."""

    left: int
    right: int


class Sheet(NamedTuple):
    """Front and back of a sheet."""

    front: Side
    back: Side


def with_blanks(count: int, blanks: str) -> tuple[int, ...]:
    """The pages of a booklet in reading order, filled up to a multiple of four.

    `blanks` is one of BLANKS, or the numbers of the pages that blanks follow ("1,4,4"; 0: before all).
    Raises StyleError where it is neither, or names another number of blanks than the booklet needs.
    """
    need = -count % 4
    pages = range(1, count + 1)
    match blanks:
        case "end":
            after = [count] * need
        case "colophon":
            # One page alone has no page before its last: it stays the cover.
            after = [max(count - 1, 1)] * need
        case "front":
            after = [1] * need
        case _:
            after = _places(blanks, count, need)
    found = [0] * after.count(0)
    for page in pages:
        found.append(page)
        found += [0] * after.count(page)
    return tuple(found)


def _places(blanks: str, count: int, need: int) -> list[int]:
    parts = [part.strip() for part in blanks.split(",")]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise StyleError(
            "{value} is no place for blank pages", value=blanks, names=", ".join(BLANKS), where="--blanks",
            hint="write one of {names}, or the pages that blanks follow: 1,4,4",
        )  # fmt: skip
    after = [int(part) for part in parts]
    if max(after) > count:
        raise StyleError(
            "there is no page {page}; the file has {count}", page=max(after), count=count, where="--blanks",
            hint="name pages that are there",
        )  # fmt: skip
    if len(after) != need:
        raise StyleError(
            "{count} pages need {need} blanks to fill a booklet, not {given}", count=count, need=need,
            given=len(after), where="--blanks", hint="name as many pages as there are blanks",
        )  # fmt: skip
    return after


def booklet(pages: Sequence[int], *, right_bound: bool = False) -> tuple[Sheet, ...]:
    """The sheets of a saddle-stitched booklet, the outermost first; `pages` are a multiple of four.

    `right_bound`: the spine is at the right, as vertical writing wants it.
    """
    total = len(pages)
    if total % 4:
        raise ValueError("a booklet has a multiple of four pages")
    sheets = []
    for number in range(total // 4):
        first, last = 2 * number, total - 1 - 2 * number
        front = Side(pages[last], pages[first])
        back = Side(pages[first + 1], pages[last - 1])
        if right_bound:
            front, back = Side(*reversed(front)), Side(*reversed(back))
        sheets.append(Sheet(front, back))
    return tuple(sheets)


def repeated(count: int) -> tuple[Sheet, ...]:
    """Each page twice side by side, to be cut into two copies: odd pages in front, the even one after each behind."""
    return tuple(
        Sheet(Side(page, page), Side(*[page + 1 if page < count else 0] * 2)) for page in range(1, count + 1, 2)
    )
