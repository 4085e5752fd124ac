"""The mended text of a Markdown source as its author wrote it: the changes are made in the source, nothing else is.

What repair only takes for something (a title, a masthead, a list of contents) stands as it stood, for it is found
again. Where the text so mended would not read back to the same model, there is none: it has to be written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from converters.diagnostics import Change, Checked
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Document

Edit: TypeAlias = tuple[int, int, str]
"""A replacement in the source: start, end, what goes there."""

# Front matter has these words, and a list of contents is found again; an indent is read as one.
_FOUND_AGAIN = frozenset(("R-TOC", "R-FRONT"))


def mended_in_place(repaired: Checked[Document], again: Callable[[str], Checked[Document]]) -> str | None:
    """The one source of a repaired document with its changes made; None where that is not to be had.

    `again` reads and repairs a text as the source was read and repaired.
    """
    document = repaired.value
    if len(document.sources) != 1:
        return None
    source = document.sources[0]
    found = _edits(repaired.changes, source.name)
    if found is None:
        return None
    marks = _marks(document, repaired.changes)
    text = _edited(source.text, sorted([*marks, *found], key=lambda edit: edit[:2]))
    back = again(text)
    if _edits(back.changes, source.name) != [] or bare(back.value) != bare(document):
        return None
    return text if source.newline == "\n" else text.replace("\n", source.newline)


def _changes_text(change: Change) -> bool:
    if not change.applied or change.before == change.after or change.rule in _FOUND_AGAIN:
        return False
    return not (change.rule == "E-NBSP" and not change.after and change.evidence.startswith("an indent"))


class _Mend(NamedTuple):
    """A change as an edit of the source; `number` says which came first."""

    start: int
    end: int
    number: int
    before: str
    after: str


def _edits(changes: Iterable[Change], source: str) -> list[Edit] | None:
    """What has to be replaced in a source, in its order; None where a change has no place or two are at odds."""
    wanted: list[_Mend] = []
    for number, change in enumerate(changes):
        if _changes_text(change):
            span = change.span
            if span.source != source or span.start < 0:
                return None
            # Only a heading's space becomes a line break inside a line.
            after = change.after.replace("\n", "<br>") if change.rule.startswith("S-") else change.after
            wanted.append(_Mend(span.start, span.end, number, change.before, after))
    wanted.sort()
    out: list[_Mend] = []
    for one in wanted:
        whole = one
        while out and whole.start < out[-1].end:
            both = _combined(*sorted((out.pop(), whole), key=_number))
            if both is None:
                return None
            whole = both
        out.append(whole)
    return [(mend.start, mend.end, mend.after) for mend in out]


_number = attrgetter("number")


def _combined(first: _Mend, second: _Mend) -> _Mend | None:
    """Two changes of one place as one: what was mended is mended again, or goes with what stands around it."""
    if second.start <= first.start and first.end <= second.end:
        return second
    offset = second.start - first.start
    if offset < 0 or first.end < second.end or not second.before:
        return None
    if not first.after.startswith(second.before, offset):
        return None
    after = first.after[:offset] + second.after + first.after[offset + len(second.before) :]
    return first._replace(number=second.number, after=after)


def _marks(document: Document, changes: Iterable[Change]) -> list[Edit]:
    """The marks that make headings of what R-HEAD has taken for headings."""
    taken = {change.span.start for change in changes if change.rule == "R-HEAD" and change.applied}
    if not taken:
        return []
    divided = any(article.title for article in document.articles)
    levels: dict[int, int] = {}
    for article in document.articles:
        if article.span is not None and article.title:
            levels[article.span.start] = 1
        for block in article.blocks:
            if isinstance(block, b.Heading) and block.span is not None:
                levels[block.span.start] = min(6, block.level + divided)
    return [(place, place, "#" * levels[place] + " ") for place in sorted(taken & levels.keys())]


def _edited(text: str, edits: list[Edit]) -> str:
    out: list[str] = []
    position = 0
    for start, end, after in edits:
        out.append(text[position:start])
        out.append(after)
        position = max(position, end)
        if not after and text[start - 1 : start] in ("", "\n") and text[position : position + 1] in ("", "\n"):
            # With a line that goes the blank ones below it go too.
            while text[position : position + 1] == "\n":
                position += 1
    out.append(text[position:])
    return "".join(out)


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    """The fields of a part of the model that do not say where it stood."""
    places = {"span", "sources", "joined"} | ({"start"} if kind is not b.ListBlock else set())
    return tuple(field.name for field in fields(kind) if field.name not in places)


def bare(part: object) -> object:
    """A part of the model as plain values without its places; texts that touch are one."""
    if isinstance(part, tuple):
        out: list[object] = []
        words: list[str] = []
        for each in part:
            if type(each) is i.Text:
                words.append(each.text)
                continue
            if words:
                out.append("".join(words))
                words = []
            out.append(bare(each))
        if words:
            out.append("".join(words))
        return tuple(each for each in out if each != "")
    if not is_dataclass(part) or isinstance(part, type):
        return part
    return (type(part), *(bare(getattr(part, name)) for name in _fields(type(part))))
