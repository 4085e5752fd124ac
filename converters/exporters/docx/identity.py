"""What lets an edited DOCX find the way back to its source.

Three marks, none of which is trusted alone: a hidden bookmark `_jb_<id>` in each paragraph, both ends inside the
w:p (LibreOffice keeps it through edits); w14:paraId (Word's own mark); and a customXml part with the source's name
and hash and, for each id, the text that it had in the source, which is the base of a three-way merge. What stands
between the blocks is there too, comments blanked, so that the whole base can be put together again.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator

from converters.diagnostics import Source, Span
from converters.ooxml import FORBIDDEN, IDENTITY, escape, escape_attribute

PREFIX = "_jb_"
# Word cuts bookmark names at 40 characters.
_LONGEST = 40 - len(PREFIX)
# An odd factor makes n -> n * factor a permutation of the 31-bit numbers, so that no id comes twice.
_SPREAD = 0x9E3779B1
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_FRONT_MATTER = re.compile(r"---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?=\n|\Z)", re.DOTALL)
_YAML_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#.*$", re.MULTILINE)


class Identity:
    """Hands out ids and collects what the customXml part says."""

    __slots__ = ("_blocks", "_bookmarks", "_held", "_paragraphs", "_sources", "_texts")

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self._sources = {source.name: (number, source) for number, source in enumerate(sources, 1)}
        # What of each source the part holds, comments blanked, and which stretches of it stand in blocks.
        self._texts: dict[int, str] = {}
        self._held: dict[int, list[tuple[int, int]]] = {}
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
            text = self._text(number, source)[span.start : span.end]
            digest.update(text.encode("utf-8", "surrogatepass"))
            self._held.setdefault(number, []).append((span.start, span.end))
            texts.append(_element("text", number, span.start, text))
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
            f"{''.join(self._blocks)}{''.join(self._rest())}</j:source>"
        ).encode()

    def _text(self, number: int, source: Source) -> str:
        if number not in self._texts:
            self._texts[number] = without_comments(source.text)
        return self._texts[number]

    def _rest(self) -> Iterator[str]:
        """What stands between the blocks: front matter, marks of headings, blank lines."""
        for number, source in self._sources.values():
            text, position = self._text(number, source), 0
            for start, end in (*sorted(self._held.get(number, ())), (len(text), len(text))):
                if start > position:
                    yield _element("rest", number, position, text[position:start])
                position = max(position, end)


def _element(name: str, number: int, start: int, text: str) -> str:
    place = f'file="{number}" start="{start}" end="{start + len(text)}"'
    if FORBIDDEN.search(text):
        packed = base64.b64encode(text.encode("utf-8", "surrogatepass")).decode()
        return f'<j:{name} {place} encoding="base64">{packed}</j:{name}>'
    return f"<j:{name} {place}>{escape(text)}</j:{name}>"


def without_comments(text: str) -> str:
    """A source of the same length with its comments blank: they are not meant for whoever gets an edition."""
    text = _COMMENT.sub(lambda match: f"<!--{_blank(match[1])}-->", text)
    front = _FRONT_MATTER.match(text)
    if front is None or "#" not in front[0]:
        return text
    return _YAML_COMMENT.sub(lambda match: _blank(match[0]), front[0]) + text[front.end() :]


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


_TEXT_END = "</w:t></w:r>"


def mark_runs(start: str, runs: str, end: str) -> str:
    """A paragraph's runs inside a bookmark that ends before their last character.

    Behind a bookmark's end at the very end of a full line LibreOffice opens one more line, and drops the mark
    that the full one closes with.
    """
    cut = runs.rfind("<w:r>")
    if cut < 0:
        return f"{start}{runs}{end}"
    head, last = runs[:cut], runs[cut:]
    if last.endswith(_TEXT_END) and last.count("<w:t") == 1:
        opened = last.index(">", last.index("<w:t")) + 1
        text = last[opened : -len(_TEXT_END)]
        opening = last[: last.index("<w:t")]
        # A character reference, a combining mark or a variation selector is not parted from what it belongs to.
        if len(text) > 1 and text[-1] != ";" and text[-1].isprintable() and not _clings(text[-1]):
            before, after = (f"{opening}{_text(piece)}</w:r>" for piece in (text[:-1], text[-1]))
            return f"{start}{head}{before}{end}{after}"
    if head and "</w:ruby" not in last and "</w:hyperlink>" not in last:
        return f"{start}{head}{end}{last}"
    return f"{start}{runs}{end}"


def _text(escaped: str) -> str:
    space = ' xml:space="preserve"' if escaped[0] == " " or escaped[-1] == " " else ""
    return f"<w:t{space}>{escaped}</w:t>"


def _clings(char: str) -> bool:
    return unicodedata.combining(char) != 0 or unicodedata.category(char) in ("Mn", "Me", "Cf", "Sk")


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
