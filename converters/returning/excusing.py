"""What repair would read otherwise than an editor has it: a comment in the source excuses that one place.

The result is read again. Where it joins what the edited file has apart, or makes a heading of what is text there, the
comment is put right above; a change that needs it carries it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from converters.diagnostics import Checked, Source
from converters.model.document import Document

from .change import Change
from .edited import Edited, EditedLine
from .excuses import HEAD, JOIN, LEVEL, OPENING, RUN_IN, excuse, with_excuses
from .keeping import Keeping
from .lines import Line
from .pieces import Replacement, fold
from .places import hashes

# A paragraph that an editor puts in may become a heading by its words, as one of the author's would.
_BY_WORDS = "inserted"


class Result(NamedTuple):
    """A result as it reads: mended, and its lines."""

    mended: Checked[Document]
    lines: Sequence[Line]

    @property
    def text(self) -> str:
        """Its source."""
        return self.mended.value.sources[0].text


class Said(NamedTuple):
    """An edited file, and what the program that saved it keeps of levels and looks."""

    edited: Edited
    kept: Keeping


def is_excused(change: Change) -> bool:
    """Whether a change brings such a comment."""
    return any(OPENING in edit.text for edit in change.edits)


def held_apart(
    source: Source, result: Result, changes: Sequence[Change], texts: tuple[Set[str], Set[str]]
) -> list[Change]:
    """The changes with a comment for each join that the edited file has not; [] where nothing of it was joined.

    `texts` are, folded, those of lines that are to be there and are not, and of lines that are there and are not to be.
    """
    joins = [
        mend.span.end for mend in result.mended.changes
        if mend.rule == JOIN and mend.applied and mend.span.start >= 0
    ]  # fmt: skip
    places = {place for place in joins if any(_parts(line, place, *texts) for line in result.lines)}
    return _with(source, result, changes, [(place, JOIN) for place in places])


def _parts(line: Line, place: int, missing: Set[str], surplus: Set[str]) -> bool:
    """Whether a line that is not to be there was joined at a place between two that are to be."""
    if not line.start <= place <= line.end:
        return False
    at = next((k for k, known in enumerate(line.flat.places) if known >= place), -1)
    if at <= 0:
        return False
    head, tail = fold(line.text[:at]), fold(line.text[at:])
    if fold(line.text) not in surplus:
        # What is nothing but marks is not seen in the whole.
        return head in missing or tail in missing
    return any(head.endswith(one) or one.endswith(head) for one in missing) and any(
        tail.startswith(one) or one.startswith(tail) for one in missing
    )


def left_as_text(
    source: Source, result: Result, changes: Sequence[Change], said: Said, meanwhile: Callable[[Change], bool]
) -> list[Change]:
    """The changes with a comment for each heading that the edited file has not, or on another level; [] for none.

    A file that is no edition of ours, or that was saved by a program without levels or bold, does not say so.
    `meanwhile` tells whether it is the source that has given a line its level since.
    """
    edited, kept = said
    if edited.base is None:
        return []
    found: dict[str, list[Line]] = defaultdict(list)
    for line in result.lines:
        found[fold(line.text)].append(line)
    places: list[tuple[int, str]] = []
    for change in changes:
        if not change.edits or change.of_layout or change.instead or change.kind == _BY_WORDS:
            continue
        if meanwhile(change):
            continue
        for new in (edited.lines[k] for k in change.group.new):
            if new.cell is None and new.meaning != "note":
                places += _made_headings(new, found[fold(new.text)], result.text, kept)
    return _with(source, result, changes, places)


def _made_headings(new: EditedLine, same: Sequence[Line], text: str, kept: Keeping) -> Iterator[tuple[int, str]]:
    """Where a line of the result became a heading by its words alone, and the rule that makes it one."""
    line = next((each for each in same if each.start >= 0), None)
    if line is None or len(same) > 1:
        return
    rule = ""
    if line.level != new.level and kept.has_levels:
        marks = hashes(line, text)
        rule = LEVEL if marks and new.level else HEAD if line.level and not marks and not new.level else ""
    elif line.by_words and not new.level and "strong" not in kept.gone and len(line.text) == len(new.text):
        looks = zip(line.flat.looks, new.flat.looks, strict=True)
        rule = RUN_IN if any(one.strong and not two.strong for one, two in looks) else ""
    if rule and rule not in text[with_excuses(text, line.start) : line.start]:
        yield line.start, rule


# Into the result of changes.


def _with(source: Source, result: Result, changes: Sequence[Change], places: Sequence[tuple[int, str]]) -> list[Change]:
    if not places:
        return []
    out = list(changes)
    for place, rule in sorted(set(places), reverse=True):
        start = result.text.rfind("\n", 0, place) + 1
        lead = result.text[start:place]
        _put(out, start, f"{lead if '>' in lead else ''}{excuse(rule, source.encoding)}\n")
    return out


def _put(out: list[Change], place: int, row: str) -> None:
    """Put a row into the result of changes at a place of it, as part of the change that stands nearest."""
    shift, nearest, least = 0, -1, -1
    for edit, number, index in sorted(
        (edit, number, index) for number, change in enumerate(out) for index, edit in enumerate(change.edits)
    ):
        start, end = edit.start + shift, edit.start + shift + len(edit.text)
        if start <= place <= end:
            words = f"{edit.text[: place - start]}{row}{edit.text[place - start :]}"
            _amend(out, number, index, edit._replace(text=words))
            return
        far = min(abs(place - start), abs(place - end))
        if nearest < 0 or far < least:
            nearest, least = number, far
        if place < start:
            break
        shift += len(edit.text) - (edit.end - edit.start)
    if nearest >= 0:
        _amend(out, nearest, -1, Replacement(place - shift, place - shift, row))


def _amend(out: list[Change], number: int, index: int, edit: Replacement) -> None:
    change = out[number]
    way = change.ways[0]
    edits = list(way.edits)
    if index >= 0:
        edits[index] = edit
    else:
        edits.append(edit)
    out[number] = replace(change, ways=(way._replace(edits=tuple(edits)), *change.ways[1:]))
