"""What lets an edited DOCX find the way back to its source.

Three marks, none of which is trusted alone: a hidden bookmark `_jb_<id>` in each paragraph, both ends inside the
w:p (LibreOffice keeps it through edits); w14:paraId (Word's own mark); and a customXml part with the source's name
and hash and, for each id, the text that it had in the source, which is the base of a three-way merge. What stands
between the blocks is there too, comments blanked, so that the whole base can be put together again, and for each
picture its name in the source and the hash of what the edition shows.
"""

from __future__ import annotations

import base64
import copy
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from converters.deflated import Deflated, Packed, pack_piece
from converters.diagnostics import Source, Span
from converters.model.patterns import compiled
from converters.ooxml import FORBIDDEN, IDENTITY, SPECIAL, escape, escape_attribute
from converters.theme.schema import Theme

PREFIX = "_jb_"
# Word cuts bookmark names at 40 characters.
_LONGEST = 40 - len(PREFIX)
# How many elements of the part are packed at a time.
_PACKED_AT_ONCE = 1000
# An odd factor makes n -> n * factor a permutation of the 31-bit numbers, so that no id comes twice.
_SPREAD = 0x9E3779B1
_COMMENT = compiled(r"<!--(.*?)-->", re.DOTALL)
# What repair leaves as it is, is part of how the source reads; why is the author's business.
_EXCUSE = compiled(r"\s*jianbao\s*:\s*allow\s+R(?:-[A-Z]+)?(?:[,\s]+(?:[A-Z]-[A-Z]+|R\b))*\s*(?:[:：]|(?=\s|\Z))")
_UNSAID = "·"
_FRONT_MATTER = compiled(r"---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?=\n|\Z)", re.DOTALL)
_YAML_COMMENT = compiled(r"(?:^|(?<=[ \t]))#.*$", re.MULTILINE)


class Identity:
    """Hands out ids and collects what the customXml part says."""

    __slots__ = ("_bookmarks", "_held", "_packed", "_paragraphs", "_pictures", "_waiting")

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self._held = {source.name: _Held(number, source) for number, source in enumerate(sources, 1)}
        self._paragraphs = 0
        self._bookmarks = 0
        files = "".join(
            f'<j:file n="{number}" name="{escape_attribute(base_name(source.name))}" sha256="{text_hash(source)}"/>'
            for number, source in enumerate(sources, 1)
        )
        self._waiting = [
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<j:source xmlns:j="{IDENTITY}">{files}'
        ]
        self._packed = Deflated()
        self._pictures: set[tuple[str, int]] = set()

    def apart(self, start: int) -> Identity:
        """Another for a piece of the text that is written apart; its paragraphs and bookmarks are numbered from `start`
        on, which must be beyond all that are numbered otherwise."""
        other = copy.copy(self)
        other._held = {name: held.apart() for name, held in self._held.items()}
        other._paragraphs = other._bookmarks = start
        other._waiting = []
        return other

    def told(self) -> Told:
        """What one for a piece has been told."""
        elements = pack_piece("".join(self._waiting).encode())
        return Told(elements, [held.stretches for held in self._held.values()])

    def take_over(self, told: Told) -> None:
        """Go on after what another was told."""
        self.pack()
        self._packed.append(told.elements)
        for held, stretches in zip(self._held.values(), told.stretches, strict=True):
            held.stretches += stretches

    def paragraph(self, mark: str = "") -> str:
        """The next w14:paraId: eight hexadecimal digits, greater than 0 and less than 80000000."""
        self._paragraphs += 1
        identifier = f"{self._paragraphs * _SPREAD & 0x7FFFFFFF:08X}"
        if mark:
            self._waiting.append(f"<j:p>{identifier} {PREFIX}{short(mark)}</j:p>")
        return identifier

    def bookmark(self, name: str) -> tuple[str, str]:
        """A bookmark's start and end."""
        self._bookmarks += 1
        return (
            f'<w:bookmarkStart w:id="{self._bookmarks}" w:name="{name}"/>',
            f'<w:bookmarkEnd w:id="{self._bookmarks}"/>',
        )

    def block(self, mark: str, kind: str, spans: Iterable[Span | None]) -> None:
        """Remember where the block with an id stood in the source, and what stood there."""
        elements = ""
        text = ""
        identifier = PREFIX + mark if len(mark) <= _LONGEST else PREFIX + short(mark)
        for span in spans:
            if span is None or span.start < 0 or (held := self._held.get(span.source)) is None:
                continue
            start, end = span.start, span.end
            words = held.text[start:end]
            held.stretches.append((start, end))
            elements += held.element("text", start, words)
            text = text + words if text else words
        if elements:
            digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
            self._waiting.append(f'<j:block id="{identifier}" kind="{kind}" sha256="{digest}">{elements}</j:block>')

    def printed(self, article: str, lines: tuple[str, ...]) -> None:
        """Remember how the printed page broke a title of several lines: such breaks are nobody's edit."""
        text = escape("\n".join(lines)) if not any(FORBIDDEN.search(line) for line in lines) else ""
        if text:
            self._waiting.append(f'<j:printed id="{article}">{text}</j:printed>')

    def closing(self, block: str) -> None:
        """Remember which article's last block is tied to what closes it because the printed page ends there."""
        self._waiting.append(f'<j:closing id="{block}"/>')

    def page(self, article: str, label: str) -> None:
        """Remember on which printed page the contents say that an article begins."""
        if label:
            self._waiting.append(f'<j:page id="{article}">{escape(label)}</j:page>')

    def picture(self, target: str, data: bytes, width_emu: int) -> None:
        """Remember which picture of the source a media part is, and how wide it was set."""
        if (target, width_emu) not in self._pictures:
            self._pictures.add((target, width_emu))
            self._waiting.append(
                f'<j:picture target="{escape_attribute(target)}" sha256="{hashlib.sha256(data).hexdigest()}"'
                f' width="{width_emu}"/>'
            )

    def pack(self) -> None:
        """Pack what is known so far, so that it takes less room."""
        self._packed.write("".join(self._waiting).encode())
        self._waiting.clear()

    def part(self) -> Deflated:
        """The customXml part; nothing can be added after this."""
        for element in self._rest():
            self._waiting.append(element)
            if len(self._waiting) > _PACKED_AT_ONCE:
                self.pack()
        self._waiting.append("</j:source>")
        self.pack()
        return self._packed

    def _rest(self) -> Iterator[str]:
        """What stands between the blocks: front matter, marks of headings, blank lines."""
        for held in self._held.values():
            text, position = held.text, 0
            for start, end in (*sorted(held.stretches), (len(text), len(text))):
                if start > position:
                    yield held.element("rest", position, text[position:start])
                if end > position:
                    position = end


class Told(NamedTuple):
    """What an Identity for a piece was told: its elements, packed, and which stretches of each source are blocks."""

    elements: Packed
    stretches: list[list[tuple[int, int]]]


class _Held:
    """A source as the part holds it, comments blanked, and which stretches of it stand in blocks."""

    __slots__ = ("_clean", "number", "stretches", "text")

    def __init__(self, number: int, source: Source) -> None:
        self.number = number
        self.text = without_comments(source.text)
        self.stretches: list[tuple[int, int]] = []
        # Asked once of the whole, not of each of its many stretches.
        self._clean = SPECIAL.search(self.text) is None

    def apart(self) -> _Held:
        """The same source, of which nothing stands in blocks yet."""
        other = copy.copy(self)
        other.stretches = []
        return other

    def element(self, name: str, start: int, text: str) -> str:
        """A stretch of the source as an element; what XML forbids is packed."""
        place = f'file="{self.number}" start="{start}" end="{start + len(text)}"'
        if not self._clean and SPECIAL.search(text) is not None:
            if FORBIDDEN.search(text) is not None:
                packed = base64.b64encode(text.encode("utf-8", "surrogatepass")).decode()
                return f'<j:{name} {place} encoding="base64">{packed}</j:{name}>'
            text = escape(text)
        return f"<j:{name} {place}>{text}</j:{name}>"


def without_comments(text: str) -> str:
    """A source of the same length with its comments blank: they are not meant for whoever gets an edition."""
    text = _COMMENT.sub(lambda match: f"<!--{_unsaid(match[1])}-->", text)
    front = _FRONT_MATTER.match(text)
    if front is None or "#" not in front[0]:
        return text
    return _YAML_COMMENT.sub(lambda match: _blank(match[0]), front[0]) + text[front.end() :]


def _unsaid(comment: str) -> str:
    """A comment's words blank; of an excuse from repair the rule stays, and its reason is only seen to be there."""
    match = _EXCUSE.match(comment)
    if match is None:
        return _blank(comment)
    return match[0] + re.sub(r"\S", _UNSAID, comment[match.end() :])


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


def mark_text(start: str, properties: str, text: str, end: str) -> str:
    """`mark_runs` of a single run, from a text in which nothing is to be escaped and no blank stands at an end."""
    last = text[-1]
    if len(text) == 1 or not last.isprintable() or text[-2] == " " or _clings(last):
        return f"{start}<w:r>{properties}<w:t>{text}</w:t></w:r>{end}"
    opening = f"<w:r>{properties}<w:t>"
    return f"{start}{opening}{text[:-1]}{_TEXT_END}{end}{opening}{last}{_TEXT_END}"


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


def sheet_name(theme: Theme, styles: bytes) -> str:
    """The style sheet of an edition and what it came to, so that the way back can make the edition again."""
    return f"{theme.name} {hashlib.sha256(styles).hexdigest()[:16]}"
