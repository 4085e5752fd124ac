"""Items of lists set deeper or less deep, counted that had bullets, bulleted that were counted: their marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .align import Group
from .edited import EditedLine
from .lines import Kind, Line, Lines
from .pieces import Replacement
from .places import item_mark
from .unedited import Unedited

_BULLET = "-"
_INDENT = "  "


class Relisted(NamedTuple):
    """An item that is listed otherwise, and the edit of its mark."""

    group: Group
    edit: Replacement
    number: int


def relisted(
    source: str, old: Lines, new: Sequence[EditedLine], unedited: Unedited, groups: Sequence[Group]
) -> Iterator[Relisted]:
    """The items whose depth or form is another than in the unedited edition."""
    # The indent of the nearest item above at each depth, and that of what stands inside it.
    above: list[tuple[str, str]] = []
    for group in groups:
        if len(group.old) != 1 or len(group.new) != 1 or group.moved:
            continue
        line, edited = old[group.old[0]], new[group.new[0]]
        match = item_mark(line, source) if line.kind is Kind.ITEM else None
        if match is None or not edited.listed:
            above = [] if not edited.listed else above
            continue
        indent, marker, gap = match.groups()
        shown = unedited.line(line)
        if shown is not None and shown.listed and _form(edited) != _form(shown):
            indent = _indent(above, edited.depth, indent if edited.depth == shown.depth else "")
            if (edited.listed == _BULLET) != (shown.listed == _BULLET):
                value = edited.label.value if edited.label is not None else 1
                marker = _BULLET if edited.listed == _BULLET else f"{value}."
            elif edited.listed != _BULLET and edited.depth > shown.depth and edited.label is not None:
                # Only a list that begins with 1 may begin within an item (CommonMark 0.31, 5.3).
                marker = f"{edited.label.value}."
            if f"{indent}{marker}" != f"{match[1]}{match[2]}":
                edit = Replacement(match.start(), match.end(2), indent + marker)
                yield Relisted(group, edit, edited.number)
        above = [*above[: edited.depth], (indent, indent + " " * len(marker + gap))]


def _form(line: EditedLine) -> tuple[int, bool]:
    return line.depth, line.listed == _BULLET


def _indent(above: Sequence[tuple[str, str]], depth: int, own: str) -> str:
    if depth < len(above):
        return above[depth][0]
    if above and depth == len(above):
        return above[-1][1]
    return own or _INDENT * depth


def is_form(line: Line, edited: EditedLine) -> bool:
    """Whether an item of the source is of the form that the edited one has."""
    bulleted = line.listed != "" and not line.listed[0].isdecimal()
    return (line.depth, bulleted) == _form(edited)
