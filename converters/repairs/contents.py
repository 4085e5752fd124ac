"""R-TOC: a list of contents in the text, which the editions draw anew."""

from __future__ import annotations

import bisect
from dataclasses import replace
from difflib import SequenceMatcher

from converters.diagnostics import Change, Changes, Checked, Span
from converters.model import blocks as b
from converters.model.document import ContentsEntry, Document
from converters.model.lines import BREAK, flat
from converters.model.patterns import compiled
from converters.records import dataclass

from .rule import Class, Options, Pass, Rule

R_TOC = Rule(
    "R-TOC",
    "List of contents in the text",
    Class.AUTO,
    """\
Takes a list of contents (目录, 本期要目 and the lines under it) out of the text and has the editions draw their own.

Condition: two of its lines or more are lines of the text further on; those become titles if they have no mark.
The lines are kept in the record, and A-TOC compares them with the titles.
Mend: applied; --no-fix R-TOC leaves the list in the text.
""",
)

_SIGNS = "◆★●▲■◇○□◎※☆"
_BULLETS = _SIGNS + "·•"
_LONGEST = 60
# A page behind leaders, a page in brackets, and one before the title.
_LED = r"[.…·．\s_/／—-](?:第|[Pp]\.?)?\d{1,3}页?\s*\Z|[.…·．\s_—-][（(]\d{1,3}[)）]\s*\Z|[.…·\s]\d"
_PAGE = r"[\s.…·．_/／—-]*(?:第|[Pp]\.?)?[（(]?\d{1,3}[)）]?页?\s*\Z"
_BRACKETED = r"\s*[（(]\d{1,3}[)）]\s*\Z"
_BEFORE = r"(?:第?\d{1,3}页?[\s.…·．—-]+|0\d{1,2}\s*|[一二三四五六七八九十]{1,3}、\s*)"
# What an entry begins with that is no second line of one.
_FIRST = rf"[{_BULLETS}]|\d{{1,2}}[.、．]|[（(]?[一二三四五六七八九十]{{1,3}}[、)）]|【"
# A title that the list gives in other words begins as it does there, and is like it for the most part.
_BEGINNING = 4
_LIKE = 0.8
_MANY = 20


@dataclass(frozen=True, slots=True)
class _Entry:
    text: str
    key: str
    span: Span | None


def run(document: Document, options: Options) -> Checked[Document]:
    """Find the contents of a document that is not yet divided, and take it out."""
    if not options.runs(R_TOC) or document.contents or len(document.articles) != 1 or document.articles[0].title:
        return Checked(document)
    article = document.articles[0]
    blocks = article.blocks
    for index, block in enumerate(blocks):
        text = _text(block)
        head = _head(text)
        if not head:
            continue
        first = _entries_of(text[len(head) :], block.span)
        found = _list(blocks, index + 1, first)
        if found is None:
            continue
        entries, end, titles = found
        return _without(document, (index, end), tuple(entries), titles)
    return Checked(document)


def _head(text: str) -> str:
    if not text or text[0] not in "目本要":
        return ""
    match = compiled(
        rf"(?:目\s*[录錄]|本期(?:要目|导读|導讀|目录|目錄|内容)|要\s*目)(?=\s*(?:$|[\v{_BULLETS}]))"
    ).match(text)
    return match.group() if match else ""


def _text(block: b.Block) -> str:
    return flat(block.inlines).strip() if isinstance(block, b.Paragraph | b.Heading) else ""


def _entries_of(text: str, span: Span | None) -> list[_Entry]:
    """The entries in one block: lines, or pieces that bullets begin."""
    # A point is a bullet behind a space only: it stands in names, and rows of them lead to the page.
    pieces = compiled(rf"[{BREAK}]|(?=[{_SIGNS}])|(?<!\S)(?=[·•](?![·•]|\s*\d))").split(text)
    return [_Entry(piece.strip(), key, span) for piece in pieces if (key := key_of(piece))]


def key_of(text: str) -> str:
    """What two forms of a title have in common: no bullets, numbers of entries, leaders, pages, spaces."""
    return next(iter(_keys(text)), "")


def _keys(text: str) -> list[str]:
    """The titles that an entry may name, the likeliest first: its page may stand behind it or before."""
    text = compiled(rf"^[\s{_BULLETS}]+|^\d{{1,2}}[.、．]\s*").sub("", text.strip())
    found = [text]
    if compiled(_LED).search(text):
        found.insert(0, compiled(_PAGE).sub("", text))
    elif compiled(_BRACKETED).search(text):
        found.append(compiled(_BRACKETED).sub("", text))
    found += [compiled(_BEFORE).sub("", one) for one in found if compiled(_BEFORE).match(one)]
    return [_folded(one) for one in found if one]


def _folded(text: str) -> str:
    for narrow, wide in ("(（", ")）", ":：", ",，"):
        text = text.replace(narrow, wide)
    return compiled(r"\s+").sub("", text)


class _Lines:
    """The short lines of a document by what they say, each with the places where it stands."""

    def __init__(self, blocks: tuple[b.Block, ...]) -> None:
        self.places: dict[str, list[int]] = {}
        self.beginnings: dict[str, set[str]] = {}
        for index, block in enumerate(blocks):
            text = _text(block)
            if text and len(text) <= _LONGEST:
                for key in {_folded(text), key_of(text)}:
                    self.places.setdefault(key, []).append(index)
                    self.beginnings.setdefault(key[:_BEGINNING], set()).add(key)

    def later(self, key: str, index: int) -> int:
        """The index of the block after `index` whose text is this entry; 0 where there is none."""
        places = self.places.get(key, ())
        place = bisect.bisect_right(places, index)
        return places[place] if place < len(places) else 0

    def like(self, key: str) -> bool:
        """Whether a line begins as an entry does and is much like it: a title with other words in the list."""
        others = self.beginnings.get(key[:_BEGINNING], ()) if len(key) > _BEGINNING else ()
        return len(others) <= _MANY and any(SequenceMatcher(None, key, other).ratio() >= _LIKE for other in others)

    def named(self, entry: _Entry, index: int) -> _Entry:
        """An entry with the key that a line after `index` has, if one of its keys does."""
        if self.later(entry.key, index):
            return entry
        return next((replace(entry, key=key) for key in _keys(entry.text) if self.later(key, index)), entry)


def _list(
    blocks: tuple[b.Block, ...], start: int, first: list[_Entry]
) -> tuple[list[_Entry], int, dict[int, str]] | None:
    """The entries, the index after the last of them, and the blocks that they name."""
    lines = _Lines(blocks)
    entries = [lines.named(entry, start) for entry in first]
    index = start
    listed = False
    while index < len(blocks):
        block = blocks[index]
        if isinstance(block, b.ListBlock):
            inner = [
                lines.named(_Entry(_text(part), key_of(_text(part)), block.span), index)
                for item in block.items
                for part in item.blocks
                if _text(part)
            ]
            if not inner or not all(lines.later(entry.key, index) for entry in inner):
                break
            entries.extend(inner)
        else:
            text = _text(block)
            pieces = _entries_of(text, block.span) if len(text) <= 600 else []
            if not pieces or any(len(piece.text) > _LONGEST or piece.text[-1] in "。；" for piece in pieces):
                break
            # The body begins where the first entry comes again.
            if entries and any(piece.key == entries[0].key for piece in pieces):
                listed = _indented_rows(blocks, start, index)
                break
            pieces = [lines.named(piece, index) for piece in pieces]
            none = not any(lines.later(piece.key, index) for piece in pieces)
            if none and isinstance(block, b.Heading):
                break
            whole = _unwrapped(entries, pieces, lines, index)
            if whole is not None:
                entries[-1] = whole
            else:
                entries.extend(pieces)
        index += 1
    # Lines at the end that name nothing belong to the body.
    while (
        entries
        and not listed
        and index > start
        and not lines.later(entries[-1].key, index - 1)
        and len(_entries_of(_text(blocks[index - 1]), None)) == 1
    ):
        entries.pop()
        index -= 1
    titles = {place: entry.text for entry in entries if (place := lines.later(entry.key, index - 1))}
    return (entries, index, titles) if len(titles) >= 2 else None


def _indented_rows(blocks: tuple[b.Block, ...], start: int, end: int) -> bool:
    """Whether all rows of a list are indented, and the line below them, the first title, is not."""
    rows = [block.indented for block in blocks[start : end + 1] if isinstance(block, b.Paragraph)]
    return len(rows) == end + 1 - start and len(rows) > 2 and all(rows[:-1]) and not rows[-1]


def _unwrapped(entries: list[_Entry], pieces: list[_Entry], lines: _Lines, index: int) -> _Entry | None:
    """The entry that the last one makes with a line that goes on from it; None where it is whole.

    One that names no line of the text is so much more in need of a reader's eye: A-TOC shall tell it in one piece.
    """
    if not entries or len(pieces) != 1 or lines.later(entries[-1].key, index):
        return None
    last, piece = entries[-1], pieces[0]
    text = last.text + piece.text
    if len(text) > 2 * _LONGEST:
        return None
    whole = lines.named(_Entry(text, key_of(text), last.span), index)
    if lines.later(whole.key, index):
        return whole
    if lines.later(piece.key, index) or compiled(_LED).search(last.text) is not None:
        return None
    # Its page stands at its end: the first line of two has none.
    paged = compiled(_LED).search(piece.text) is not None and compiled(_FIRST).match(piece.text) is None
    return whole if paged or lines.like(whole.key) else None


def _without(
    document: Document, place: tuple[int, int], entries: tuple[_Entry, ...], titles: dict[int, str]
) -> Checked[Document]:
    article = document.articles[0]
    blocks = article.blocks
    begin, end = place
    out: list[b.Block] = []
    changes: list[Change] = []
    for index, block in enumerate(blocks):
        if begin <= index < end:
            text = _text(block) or "\n".join(entry.text for entry in entries if entry.span == block.span)
            changes.append(
                Change("R-TOC", block.span or Span("", -1, -1), text.replace(BREAK, "\n"), "", "high", "the contents")
            )
        elif index in titles and isinstance(block, b.Paragraph):
            text = _text(block)
            changes.append(Change("R-HEAD", block.span or Span("", -1, -1), text, text, "high", "in the contents"))
            out.append(b.Heading(1, block.inlines, block.span))
        else:
            out.append(block)
    metadata = document.metadata
    head = _head(_text(blocks[begin]))
    title = compiled(r"\s+").sub("", head)
    metadata = replace(
        metadata,
        toc="true" if metadata.toc == "auto" else metadata.toc,
        toc_title=metadata.toc_title or title,
    )
    listed = tuple(ContentsEntry(entry.text, entry.span) for entry in entries)
    document = replace(
        document, metadata=metadata, articles=(replace(article, blocks=tuple(out)),), contents=listed
    )  # fmt: skip
    return Checked(document, changes=Changes(changes))


PASS = Pass("contents", (R_TOC,), run)
