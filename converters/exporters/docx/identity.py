"""What lets an edited DOCX find the way back to its source.

Three marks, none of which is trusted alone: a hidden bookmark `_jb_<id>` in each paragraph, both ends inside the
w:p (LibreOffice keeps it through edits); w14:paraId (Word's own mark); and a customXml part with the source's name
and hash and, for each id, the text that it had in the source, which is the base of a three-way merge.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from converters.diagnostics import Source, Span
from converters.ooxml import FORBIDDEN, IDENTITY, escape, escape_attribute

PREFIX = "_jb_"
# Word cuts bookmark names at 40 characters.
_LONGEST = 40 - len(PREFIX)
# An odd factor makes n -> n * factor a permutation of the 31-bit numbers, so that no id comes twice.
_SPREAD = 0x9E3779B1


class Identity:
    """Hands out ids and collects what the customXml part says."""

    __slots__ = ("_blocks", "_bookmarks", "_paragraphs", "_sources")

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self._sources = {source.name: (number, source) for number, source in enumerate(sources, 1)}
        self._paragraphs = 0
        self._bookmarks = 0
        self._blocks: list[str] = []

    def paragraph(self) -> str:
        """The next w14:paraId: eight hexadecimal digits, greater than 0 and less than 80000000."""
        self._paragraphs += 1
        return f"{self._paragraphs * _SPREAD & 0x7FFFFFFF:08X}"

    def bookmark(self, name: str) -> tuple[str, str]:
        """A bookmark's start and end."""
        self._bookmarks += 1
        return (
            f'<w:bookmarkStart w:id="{self._bookmarks}" w:name="{name}"/>',
            f'<w:bookmarkEnd w:id="{self._bookmarks}"/>',
        )

    def block(self, mark: str, kind: str, spans: Iterable[Span | None]) -> None:
        """Remember where the block with an id stood in the source, and what stood there."""
        texts = []
        digest = hashlib.sha256()
        for span in spans:
            found = self._sources.get(span.source) if span is not None else None
            if span is None or found is None or span.start < 0:
                continue
            number, source = found
            text = source.text[span.start : span.end]
            digest.update(text.encode("utf-8", "surrogatepass"))
            place = f'file="{number}" start="{span.start}" end="{span.end}"'
            if FORBIDDEN.search(text):
                packed = base64.b64encode(text.encode("utf-8", "surrogatepass")).decode()
                texts.append(f'<j:text {place} encoding="base64">{packed}</j:text>')
            else:
                texts.append(f"<j:text {place}>{escape(text)}</j:text>")
        if texts:
            self._blocks.append(
                f'<j:block id="{PREFIX}{short(mark)}" kind="{kind}" sha256="{digest.hexdigest()[:16]}">'
                f"{''.join(texts)}</j:block>"
            )

    def part(self) -> bytes:
        """The customXml part."""
        files = "".join(
            f'<j:file n="{number}" name="{escape_attribute(base_name(source.name))}" sha256="{text_hash(source)}"/>'
            for number, source in self._sources.values()
        )
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<j:source xmlns:j="{IDENTITY}">{files}'
            f"{''.join(self._blocks)}</j:source>"
        ).encode()


def short(mark: str) -> str:
    """An id that fits a bookmark's name."""
    if len(mark) <= _LONGEST:
        return mark
    return "h" + hashlib.sha256(mark.encode()).hexdigest()[:24]


def base_name(name: str) -> str:
    """A source's name without its folders, which are nobody else's business."""
    return name.replace("\\", "/").rsplit("/", 1)[-1]


def text_hash(source: Source) -> str:
    """The hash of a source's decoded text."""
    return hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
