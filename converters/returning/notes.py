"""Notes on the way back: which the source defines under which label, and the definitions of new ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from converters.model import blocks as b
from converters.model import inlines as i

from .align import Group
from .edited import EditedLine
from .lines import Line
from .pieces import NotWritableError, Replacement, fold, note_text
from .places import call_end
from .wording import Way

_LABEL = re.compile(r"\[\^([^\]\s]+)\]")
_CALL = "^["


class Notes:
    """The labels of notes by their folded texts; new ones of several paragraphs get a label and a definition."""

    def __init__(
        self, source: str, old: Sequence[Line], new: Sequence[EditedLine], groups: Sequence[Group], *, plain: bool
    ) -> None:
        self.source = source
        self._taken = set(_LABEL.findall(source))
        self._definitions: dict[str, tuple[b.Block, ...]] = {}
        self.labels = self._known(old, new, groups)
        for line in new if not plain else ():
            for inline in (line.flat.objects or {}).values():
                if isinstance(inline, i.Note) and _is_long(inline) and note_text(inline) not in self.labels:
                    self.labels[note_text(inline)] = self._defined(inline.blocks)

    def _known(self, old: Sequence[Line], new: Sequence[EditedLine], groups: Sequence[Group]) -> dict[str, str]:
        """The labels of the source's notes by their folded texts, as they were and as they are edited."""
        found: dict[str, str] = {}
        several: list[tuple[list[str], str]] = []
        for line in old:
            for inline in (line.flat.objects or {}).values():
                if isinstance(inline, i.Note) and inline.label:
                    found.setdefault(note_text(inline), inline.label)
                    several.append(([note_text(i.Note("", (block,))) for block in inline.blocks], inline.label))
        edited: dict[str, str] = {}
        for group in groups:
            if group.old and group.new and old[group.old[0]].part == "note":
                before = fold("".join(old[k].text for k in group.old))
                edited[before] = fold("".join(new[k].text for k in group.new))
        for texts, label in several:
            # A note of several paragraphs has a line for each.
            found.setdefault("".join(edited.get(text, text) for text in texts), label)
        return found

    def _defined(self, blocks: tuple[b.Block, ...]) -> str:
        number = 1
        while str(number) in self._taken:
            number += 1
        label = str(number)
        self._taken.add(label)
        self._definitions[label] = blocks
        return label

    def with_definitions(self, ways: Sequence[Way]) -> list[Way]:
        """Ways with the definitions of what they call anew."""
        if not self._definitions:
            return list(ways)
        out = []
        for way in ways:
            called = {label for edit in way.edits for label in _LABEL.findall(edit.text)}
            added = [self._definition(label) for label in self._definitions if label in called]
            out.append(way._replace(edits=(*way.edits, *added)))
        return out

    def _definition(self, label: str) -> Replacement:
        from converters.exporters.markdown.export import definition

        text, end = definition(label, self._definitions[label]), len(self.source)
        return Replacement(end, end, f"\n{text}\n" if self.source.endswith("\n") else f"\n\n{text}")

    def parted(self, line: Line, text: str) -> list[Way]:
        """A note written in its place that has several paragraphs now: it is defined. Raises NotWritableError."""
        first = next((place for place in line.flat.places if place >= 0), -1)
        start = self.source.rfind(_CALL, 0, max(first, 0))
        label = self.labels.get(fold(text), "")
        if start < 0 or label not in self._definitions:
            raise NotWritableError("only paragraphs and items of lists are split")
        return [Way((Replacement(start, call_end(self.source, start), f"[^{label}]"),))]


def _is_long(note: i.Note) -> bool:
    """Whether a note holds more than a paragraph, so that it cannot be written in its place."""
    return len(note.blocks) > 1 or not all(isinstance(block, b.Paragraph) for block in note.blocks)
