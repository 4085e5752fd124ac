"""Stretches of text and of inlines: compared, cut, written as Markdown, put into a source."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import NamedTuple

from converters.model import inlines as i
from converters.model.walk import WRAPPERS, blocks_within, inlines_of, plain

from .looks import CALL, PICTURE

# Stands between two paragraphs that are compared as one text.
BREAK = "\x1e"
# Stands for a line break where blanks are left out.
_BROKEN = "\u23ce"
# Marks whose form repair mends, in compatibility form.
_MENDED = frozenset(",.;:!?()\"'“”‘’…—-–―、。·《》")


class Replacement(NamedTuple):
    """New text for a stretch of the source."""

    start: int
    end: int
    text: str


class NotWritableError(Exception):
    """A change that cannot be written where it belongs; the reason is for the reader of the report."""


@functools.lru_cache(maxsize=512)
def opcodes(first: str, second: str) -> tuple[tuple[str, int, int, int, int], ...]:
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
        return ()
    matcher = SequenceMatcher(None, middle, other, autojunk=False)
    found = ((tag, a + low, z + low, c + low, d + low) for tag, a, z, c, d in matcher.get_opcodes() if tag != "equal")
    return tuple(found)


def countable(text: str) -> int:
    """The characters of a text that a DOCX holds as text: no breaks, tabs, notes' calls and pictures."""
    return len(text) - sum(map(text.count, ("\n", "\t", CALL, PICTURE, BREAK)))


@functools.lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """A text without what repair may still mend in it: blanks and the form of marks; its line breaks count."""
    folded = unicodedata.normalize("NFKC", text.strip()).replace("\n", _BROKEN)
    return "".join(char for char in folded if not char.isspace() and char not in _MENDED) or folded.strip()


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


def inlines_within(inlines: tuple[i.Inline, ...]) -> list[i.Inline]:
    """Every inline of a line, each before those inside it; notes are not entered."""
    out: list[i.Inline] = []
    for inline in inlines:
        out.append(inline)
        if isinstance(inline, WRAPPERS):
            out += inlines_within(inline.children)
    return out


def inline_notes(inlines: tuple[i.Inline, ...], known: Mapping[str, str] | None = None) -> tuple[i.Inline, ...]:
    """The same inlines with notes written in their places, but for those that the source defines.

    `known` are the labels of notes by their folded texts. Raises NotWritableError for one of several paragraphs that
    has none.
    """
    out: list[i.Inline] = []
    for inline in inlines:
        if isinstance(inline, i.Note):
            label = (known or {}).get(note_text(inline), "")
            if not label and len(inline.blocks) != 1:
                raise NotWritableError("such a note is put into the source by hand")
            out.append(replace(inline, label=label))
        elif isinstance(inline, WRAPPERS):
            out.append(replace(inline, children=inline_notes(inline.children, known)))
        else:
            out.append(inline)
    return tuple(out)


def note_text(note: i.Note) -> str:
    """The text of a note, folded."""
    return fold("".join(plain(line) for block in blocks_within(note.blocks) for line in inlines_of(block)))


class Grammar(NamedTuple):
    """How a source is written: the labels of its notes by their folded texts; `plain` text has no marks at all."""

    labels: Mapping[str, str]
    plain: bool = False


MARKDOWN = Grammar(MappingProxyType({}))


def written(inlines: tuple[i.Inline, ...], grammar: Grammar = MARKDOWN) -> str:
    """Inlines as a source has them. Raises NotWritableError for a new note that is no single paragraph."""
    from converters.exporters.markdown.inlines import write_inlines

    def label(note: i.Note) -> str:
        if note.label:
            return note.label
        raise NotWritableError("such a note is put into the source by hand")

    if grammar.plain:
        if any(isinstance(inline, i.Note | i.Image) for inline in inlines_within(inlines)):
            raise NotWritableError("a plain text has no notes and no pictures")
        return plain(inlines)
    return write_inlines(inline_notes(inlines, grammar.labels), label)
