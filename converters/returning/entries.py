"""The entries of `articles` in front matter when articles move, come or go: the n-th entry is the n-th article's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converters.readers.yaml_values import Sequence as YamlSequence

from .align import Group
from .edited import EditedLine
from .front_matter import FrontMatter
from .lines import Kind, Line
from .pieces import NotWritableError, Replacement, apply

_OF_ARTICLE = re.compile(r"_jb_a(\d+)_")
_LEAD = re.compile(r"[ \t]*-[ \t]+")
_BY_HAND = "it is made from front matter: change it there"
_TITLE = 1


class Entries:
    """What becomes of the entries; `riding` are the places of groups that are lines which an entry makes."""

    def __init__(
        self, front: FrontMatter, old: Sequence[Line], new: Sequence[EditedLine], groups: Sequence[Group]
    ) -> None:
        self.front = front
        self.old = old
        self.new = new
        self.groups = groups
        said = len(front.articles)
        order = self._order() if said else []
        wanted = [number if number <= said else 0 for number in order]
        while wanted and not wanted[-1]:
            del wanted[-1]
        self.wanted = wanted
        known = {number for number in order if number}
        gone = said and any(number not in known and front.articles[number - 1] for number in range(1, said + 1))
        self.moved = bool(gone) or [number for number in wanted if number] != sorted(filter(None, wanted)) or any(
            number not in (0, place) for place, number in enumerate(wanted, 1)
        )  # fmt: skip
        self.riding: set[int] = set()
        if self.moved:
            self.riding = {place for place, group in enumerate(groups) if any(self._is_made(k) for k in group.old)}

    def _order(self) -> list[int]:
        """The numbers of the articles in the order of the edited file, 0 for a new one."""
        heads: dict[int, int] = {}
        for k, line in enumerate(self.old):
            match = _OF_ARTICLE.match(line.mark)
            if match is not None and (int(match[1]) not in heads or line.is_title):
                heads[int(match[1])] = k
        numbers = {k: number for number, k in heads.items()}
        out: list[int] = []
        for group in self.groups:
            levels = [self.new[k].level for k in group.new]
            found = [numbers[k] for k in group.old if k in numbers]
            for number in found if group.new else ():
                if not self.old[heads[number]].is_title or _TITLE in levels:
                    out.append(number)
            titles = len(found) if any(self.old[heads[number]].is_title for number in found) else 0
            out += [0] * (levels.count(_TITLE) - titles)
        return out

    def _is_made(self, k: int) -> bool:
        line = self.old[k]
        return line.start < 0 and line.kind is not Kind.META and _OF_ARTICLE.match(line.mark) is not None

    def edit(self) -> Replacement:
        """The list with its entries where their articles are. Raises NotWritableError."""
        front = self.front
        text, starts = front.source.text, front.source.line_starts
        name, said = front.found["articles"]
        if not isinstance(said, YamlSequence) or any("title" in entry for entry in front.articles):
            raise NotWritableError(_BY_HAND)
        rows = [item.row + 1 for item in said.items]
        first = _LEAD.match(text, starts[rows[0]])
        if first is None or any(_LEAD.match(text, starts[row]) is None for row in rows) or len(set(rows)) < len(rows):
            raise NotWritableError(_BY_HAND)
        if not self.wanted:
            return front.removed(name)
        last = rows[-1] + 1
        while last < len(starts) and starts[last] < front.end and text[starts[last]] in " \t":
            last += 1
        ends = [*rows[1:], last]
        places = [(starts[row], min(starts[end], front.end)) for row, end in zip(rows, ends, strict=True)]
        edits = self._edits()
        out = ""
        for number in self.wanted:
            if not number:
                out += f"{first[0]}{{}}\n"
                continue
            start, end = places[number - 1]
            out += apply(text[start:end], [edit for edit in edits if start <= edit.start <= edit.end <= end], start)
        return Replacement(places[0][0], places[-1][1], out)

    def _edits(self) -> list[Replacement]:
        """What the lines that entries make say otherwise."""
        out: list[Replacement] = []
        for place in self.riding:
            group = self.groups[place]
            if len(group.old) == len(group.new) == 1:
                line, new = self.old[group.old[0]], self.new[group.new[0]]
                if line.text != new.text:
                    out += self.front.article_edits(line.mark, line.text, new.text)
            elif group.new:
                raise NotWritableError(_BY_HAND)
            else:
                found = _OF_ARTICLE.match(self.old[group.old[0]].mark)
                assert found is not None
                number = int(found[1])
                if number in self.wanted:
                    out += self.front.article_edits(self.old[group.old[0]].mark, self.old[group.old[0]].text, "")
        return out
