"""Where the characters of the edited file are: a count that can fail.

What the file holds is counted in its XML by itself; what was kept and applied is found again in the result as it
reads. A character that neither the result nor a list has is lost, and said to be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from converters.records import dataclass

from .change import Change
from .counting import NUMBERS, Census
from .edited import Edited, EditedLine
from .lines import Line
from .looks import CALL, PICTURE
from .pieces import countable, fold

_NO_CHARACTERS = frozenset(("\n", "\t", "\r", CALL, PICTURE))


@dataclass(frozen=True, slots=True)
class Count:
    """The characters of the edited file: as they were in the source, applied, in conflict, ignored, lost.

    `lost` is 0, or something is wrong with this program: then they are in no list, or in two. `blank` of the ignored
    stand in paragraphs of blanks alone; `furniture` of the kept are what the edition itself put around the source
    (contents, headers, page numbers) and nobody has touched.
    """

    total: int
    kept: int
    applied: int
    conflict: int
    ignored: int
    lost: int = 0
    blank: int = 0
    furniture: int = 0


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The count, the characters that no list has, the lines whose blanks at the ends are left out."""

    count: Count
    lost: str
    edged: tuple[EditedLine, ...] = ()


def reckon(
    edited: Edited, changes: Sequence[Change], result: Sequence[Line], furniture: Mapping[str, str], *, merged: bool
) -> Reckoning:
    """Count. In a `merged` source what the edited file left alone may have changed meanwhile.

    `furniture` is what stands aside in the unedited edition, by the reason.
    """
    census, lines = edited.census, edited.lines
    missing, extra = _unread(census, lines)
    blank = sum(count for char, count in missing.items() if char.isspace())
    unread = "".join(char * count for char, count in missing.items() if not char.isspace())
    refused = {k for change in changes if change.refused for k in change.group.new}
    merged_texts = {k: change.instead[1].text for change in changes if change.instead for k in change.group.new}
    added = Counter[str]()
    touched: set[int] = set()
    for change in changes:
        added["ignored" if change.left_out else "conflict" if change.refused else "applied"] += change.added
        touched |= set(change.group.new)
    found: dict[str, list[str]] = {}
    for each in result:
        found.setdefault(fold(each.text), []).append(each.text)
    there = edges = 0
    edged: list[EditedLine] = []
    unfound: list[str] = []
    for k, line in enumerate(lines):
        size = countable(line.text) - len(line.uncounted) + len(line.readings)
        key = fold(merged_texts.get(k, line.text))
        if k in refused or (merged and k not in touched):
            there += size
        elif found.get(key):
            other = found[key].pop(0)
            surplus = max(_edges(line.text) - _edges(other), 0) if k not in touched else 0
            if k not in touched and _bare_edges(line.text) > _bare_edges(other):
                edged.append(line)
            edges += surplus
            there += size - surplus
        else:
            unfound.append(line.text)
    aside = sum(map(len, census.aside.values()))
    untouched = sum(
        len(words) for reason, words in census.aside.items() if reason == NUMBERS or furniture.get(reason) == words
    )
    lost = unread + "".join(unfound) + "".join(extra.elements())
    count = Count(
        census.total, there - added.total() + untouched, added["applied"], added["conflict"],
        aside - untouched + blank + edges + added["ignored"], len(lost), blank, untouched,
    )  # fmt: skip
    return Reckoning(count, lost, tuple(edged))


def _bare_edges(text: str) -> int:
    """How many blanks, tabs and line breaks stand at the ends of a line."""
    return len(text) - len(text.strip())


def _edges(text: str) -> int:
    """How many blanks stand at the ends of a line."""
    return countable(text) - countable(text.strip())


def _unread(census: Census, lines: Sequence[EditedLine]) -> tuple[Counter[str], Counter[str]]:
    """The characters of the file that no line has, and those that a line has and the file has not."""
    read: Counter[str] = Counter()
    for line in lines:
        read.update(line.text)
        read.update(line.readings)
        read.subtract(line.uncounted)
    for char in _NO_CHARACTERS:
        del read[char]
    return census.text - read, +read - census.text
