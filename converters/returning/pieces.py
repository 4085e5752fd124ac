"""Stretches of text and of inlines: compared, cut, written as Markdown, put into a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import NamedTuple

from converters.model import inlines as i
from converters.model.walk import WRAPPERS

from .lines import CALL

# Stands between two paragraphs that are compared as one text.
BREAK = "\x1e"


class Replacement(NamedTuple):
    """New text for a stretch of the source."""

    start: int
    end: int
    text: str


class NotWritableError(Exception):
    """A change that cannot be written where it belongs; the reason is for the reader of the report."""


def opcodes(first: str, second: str) -> list[tuple[str, int, int, int, int]]:
    """How one text becomes another; ends that are equal are not compared."""
    low = 0
    least = min(len(first), len(second))
    while low < least and first[low] == second[low]:
        low += 1
    high = 0
    while high < least - low and first[-1 - high] == second[-1 - high]:
        high += 1
    middle, other = first[low : len(first) - high], second[low : len(second) - high]
    if not middle and not other:
        return []
    matcher = SequenceMatcher(None, middle, other, autojunk=False)
    return [(tag, a + low, z + low, c + low, d + low) for tag, a, z, c, d in matcher.get_opcodes() if tag != "equal"]


def countable(text: str) -> int:
    """The characters of a text that a DOCX holds as text: no breaks, tabs and notes' calls."""
    return len(text) - sum(map(text.count, ("\n", "\t", CALL, BREAK)))


def apply(text: str, edits: Sequence[Replacement], origin: int = 0) -> str:
    """A text with edits made; `origin` is the place of its first character in the source."""
    out: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        start, end = edit.start - origin, edit.end - origin
        out += (text[position : max(start, position)], edit.text)
        position = max(end, position)
    out.append(text[position:])
    return "".join(out)


def cut(inlines: tuple[i.Inline, ...], start: int, end: int) -> tuple[i.Inline, ...]:
    """The inlines of a stretch of a line, in characters as `flatten` counts them."""
    out: list[i.Inline] = []
    position = 0
    for inline in inlines:
        length = _length(inline)
        first, last = max(start - position, 0), min(end - position, length)
        if first < last:
            match inline:
                case i.Text(text=text):
                    out.append(i.Text(text[first:last]))
                case i.Code(text=text):
                    out.append(i.Code(text[first:last]))
                case i.LineBreak() | i.Note():
                    out.append(inline)
                case i.Ruby(base=base, reading=reading):
                    inner = cut(base, first, last)
                    out += [i.Ruby(inner, reading)] if last - first == length else inner
                case i.Image():
                    pass
                case _:
                    out.append(replace(inline, children=cut(inline.children, first, last)))
        position += length
    return tuple(out)


def _length(inline: i.Inline) -> int:
    match inline:
        case i.Text(text=text) | i.Code(text=text):
            return len(text)
        case i.LineBreak() | i.Note():
            return 1
        case i.Image():
            return 0
        case i.Ruby(base=base):
            return sum(map(_length, base))
        case _:
            return sum(map(_length, inline.children))


def is_plain(inlines: tuple[i.Inline, ...], start: int, end: int) -> bool:
    """Whether a stretch of a line is text without any marks."""
    return all(isinstance(inline, i.Text) for inline in cut(inlines, start, end))


def inlines_within(inlines: tuple[i.Inline, ...]) -> list[i.Inline]:
    """Every inline of a line, each before those inside it; notes are not entered."""
    out: list[i.Inline] = []
    for inline in inlines:
        out.append(inline)
        if isinstance(inline, WRAPPERS):
            out += inlines_within(inline.children)
    return out


def inline_notes(inlines: tuple[i.Inline, ...]) -> tuple[i.Inline, ...]:
    """The same inlines with notes written in their places. Raises NotWritableError for one of several paragraphs."""
    out: list[i.Inline] = []
    for inline in inlines:
        if isinstance(inline, i.Note):
            if len(inline.blocks) != 1:
                raise NotWritableError("a note of several paragraphs is put into the source by hand")
            out.append(replace(inline, label=""))
        elif isinstance(inline, WRAPPERS):
            out.append(replace(inline, children=inline_notes(inline.children)))
        else:
            out.append(inline)
    return tuple(out)


def written(inlines: tuple[i.Inline, ...]) -> str:
    """Inlines as Markdown. Raises NotWritableError for a note that is no single paragraph."""
    from converters.exporters.markdown.inlines import write_inlines

    def label(_note: i.Note) -> str:
        raise NotWritableError("such a note is put into the source by hand")

    return write_inlines(inlines, label)
