"""Emphasis: which runs of * _ ~ belong together (CommonMark 0.31, 6.2)."""

from __future__ import annotations

from converters.records import dataclass


@dataclass(slots=True)
class Mark:
    """One delimiter: a single * or _, or the two of ~~. `length` is that of its run, 0 for ~~."""

    char: str
    start: int
    end: int
    length: int
    opens: bool
    closes: bool
    # Index, among the marks, of the closing one; -1 where there is none.
    partner: int = -1


def pair(marks: list[Mark], places: list[int]) -> None:
    """Find the closing mark of every opening one; `places` are the marks' indices among their siblings.

    The algorithm and its bounds are those of markdown-it and cmark: linear for any input.
    """
    # For each kind of closer, below which index no opener can be found any more.
    bottoms: dict[str, list[int]] = {}
    jumps: list[int] = []
    header, last_place = 0, -2
    for index, closer in enumerate(marks):
        jumps.append(0)
        if marks[header].char != closer.char or last_place != places[index] - 1:
            header = index
        last_place = places[index]
        if not closer.closes:
            continue
        bottom = bottoms.setdefault(closer.char, [-1] * 6)
        kind = (3 if closer.opens else 0) + closer.length % 3
        candidate = header - jumps[header] - 1
        new_bottom = candidate
        while candidate > bottom[kind]:
            opener = marks[candidate]
            if opener.char == closer.char and opener.opens and opener.partner < 0 and not _odd(opener, closer):
                jump = jumps[candidate - 1] + 1 if candidate > 0 and not marks[candidate - 1].opens else 0
                jumps[index] = index - candidate + jump
                jumps[candidate] = jump
                closer.opens = opener.closes = False
                opener.partner = index
                new_bottom, last_place = -1, -2
                break
            candidate -= jumps[candidate] + 1
        if new_bottom != -1:
            bottom[kind] = new_bottom


def _odd(opener: Mark, closer: Mark) -> bool:
    """The rule of three: a run that both opens and closes does not pair where the lengths add up to 3, 6 …"""
    return (
        (opener.closes or closer.opens)
        and (opener.length + closer.length) % 3 == 0
        and (opener.length % 3 != 0 or closer.length % 3 != 0)
    )
