"""What the pages of one edition share while they are written: notes, pictures, targets of links, printed pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import field

from converters.diagnostics import Diagnostic, Severity
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Document
from converters.model.masthead import Labels, labels
from converters.model.pagination import PageStart, Pagination
from converters.model.patterns import compiled
from converters.model.walk import WRAPPERS, all_blocks, inlines_of, note_identity, plain, title_text
from converters.records import dataclass
from converters.xhtml import attribute, escape

from .faces import RoleFaces
from .pictures import Shelf, Shelved
from .words import Words, words

# One to three digits between hanzi stand upright in a vertical line (clreq, 5: 纵中横); longer numbers are turned.
_UPRIGHT = r"(?<![0-9A-Za-z.,:/#-])[0-9]{1,3}(?![0-9A-Za-z.,:/%-])|[!?]{2}"


@dataclass(frozen=True, slots=True)
class PageMark:
    """A printed page's beginning in the edition: its label and the address of the mark."""

    label: str
    address: str


@dataclass(slots=True)
class NoteEntry:
    """A note of the edition: its number, the file that holds it and the ids of the places that call it."""

    number: int
    file: str
    note: i.Note
    calls: list[str] = field(default_factory=list)


class Book:
    """The state of an edition that is being written.

    `epub`: the pages are XHTML with epub:type; otherwise they are one HTML page without it. `vertical` text has
    its short numbers upright. `file` is the page that is being written, "" in a single-file edition.
    """

    def __init__(
        self, document: Document, faces: RoleFaces, shelf: Shelf, pagination: Pagination, *, epub: bool
    ) -> None:
        self.document = document
        self.faces = faces
        self.lang = document.metadata.lang
        self.labels: Labels = labels(self.lang)
        self.words: Words = words(self.lang)
        self.epub = epub
        self.vertical = faces.theme.page.writing_mode.startswith("vertical")
        self.escape: Callable[[str], str] = escape_vertical if self.vertical else escape
        self.file = ""
        self.findings: list[Diagnostic] = []
        self.notes: dict[tuple[str, object], NoteEntry] = {}
        self.waiting: list[NoteEntry] = []
        self.page_marks: list[PageMark] = []
        self.starts: dict[str, list[PageStart]] = {}
        self.undescribed = False
        self.ruby = False
        self.wide_tables = 0
        # The level of an article's title: 1 on a page of its own, 2 under the name of the bulletin.
        self.title_level = 1
        self.picture_address: Callable[[Shelved], str] = lambda shelved: f"pictures/{shelved.name}"
        self.shelf = shelf
        self._broken: set[str] = set()
        self._headings = 0
        self._anchors: dict[str, str] | None = None
        self.title_lines = pagination.title_lines
        for start in _page_starts(pagination):
            self.starts.setdefault(start.block, []).append(start)

    def semantics(self, kind: str, role: str = "") -> str:
        """The attributes that say what an element is: epub:type in an EPUB, an ARIA role in both."""
        return (attribute("epub:type", kind) if self.epub else "") + attribute("role", role)

    def section(self, *, headed: bool = False) -> str:
        """The element of a part: on a web page one without a heading is no section (HTML Living Standard, 4.3.3)."""
        return "section" if self.epub or headed else "div"

    # -- printed pages

    def page_mark(self, label: str) -> str:
        """The mark of the place where a printed page begins."""
        number = len(self.page_marks) + 1
        identifier = f"page-{label}" if re.fullmatch("[A-Za-z0-9]+", label) else f"page-n{number}"
        self.page_marks.append(PageMark(label, f"{self.file}#{identifier}"))
        spoken = attribute("aria-label", self.labels.page.format(n=label))
        kind = self.semantics("pagebreak", "doc-pagebreak")
        return f'<span{kind} class="page" id="{identifier}"{spoken}></span>'

    def marks(self, identifier: str) -> str:
        """The marks of all pages that begin with an article or a block as such."""
        return "".join(self.page_mark(start.label) for start in self.starts.pop(identifier, ()))

    # -- notes

    def call(self, note: i.Note) -> tuple[NoteEntry, str]:
        """The entry of a note that is called here, and the id of this call."""
        key = note_identity(note)
        entry = self.notes.get(key)
        if entry is None:
            entry = self.notes[key] = NoteEntry(len(self.notes) + 1, self.file, note)
            self.waiting.append(entry)
        suffix = f"-{len(entry.calls) + 1}" if entry.calls else ""
        identifier = f"call-{entry.number}{suffix}"
        entry.calls.append(f"{self.file}#{identifier}")
        return entry, identifier

    def address(self, target: str) -> str:
        """An address as seen from the page that is being written."""
        file, _, identifier = target.partition("#")
        return f"#{identifier}" if file == self.file else target

    # -- pictures

    def picture_source(self, target: str) -> str:
        """The address of a picture in the edition, "" where it is missing."""
        shelved = self.shelf.take(target)
        if shelved is None and self.shelf.is_broken(target) and target not in self._broken:
            self._broken.add(target)
            self.findings.append(
                Diagnostic(
                    "I-BAD", Severity.WARNING, "the picture {target} cannot be used: {reason}",
                    values=(("target", target), ("reason", "damaged")),
                )
            )  # fmt: skip
        return self.picture_address(shelved) if shelved is not None else ""

    # -- links inside the document

    def heading_id(self) -> str:
        """A new id for a heading."""
        self._headings += 1
        return f"h{self._headings}"

    def anchor(self, target: str) -> str:
        """The address of the heading that "#name" means, "" where there is none."""
        if self._anchors is None:
            self._anchors = dict(self._find_anchors()) if has_inner_links(self.document) else {}
        return self._anchors.get(slug(target.removeprefix("#")), "")

    def _find_anchors(self) -> Iterator[tuple[str, str]]:
        """Headings by name; ids are given in the order in which the pages are written."""
        number = 0
        for index, article in enumerate(self.document.articles, 1):
            file = article_file(index) if self.epub else ""
            yield slug(title_text(article)), f"{file}#a{index}"
            for block in _headings_of(article.editor_note + article.blocks):
                number += 1
                yield slug(plain(block.inlines)), f"{file}#h{number}"


def _page_starts(pagination: Pagination) -> Iterator[PageStart]:
    """Where every printed page begins: with the first thing on it, or within what came over from the page before."""
    order = {block: place for place, block in enumerate(pagination.pages)}
    first: dict[str, str] = {}
    for block, label in pagination.pages.items():
        first.setdefault(label, block)
    for start in pagination.starts:
        # A page may be said to begin with the paragraph below the title that stands on top of it.
        top = first.pop(start.label, start.block)
        above = order.get(top, len(order)) < order.get(start.block, -1)
        yield PageStart(start.label, top) if above else start
    yield from (PageStart(label, block) for label, block in first.items())


def article_file(number: int) -> str:
    """The file of the article with this number, counted from 1: ASCII, safe on every system."""
    return f"article-{number:03d}.xhtml"


def slug(text: str) -> str:
    """The name by which a heading is linked to: lower case, blanks as hyphens, no marks."""
    return re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", text.strip().lower()))


def has_inner_links(document: Document) -> bool:
    """Does any line of the document link to another place in it?"""
    return any(
        isinstance(inline, i.Link) and inline.target.startswith("#")
        for block in all_blocks(document)
        for line in inlines_of(block)
        for inline in _links(line)
    )


def _links(line: tuple[i.Inline, ...]) -> Iterator[i.Inline]:
    for inline in line:
        if isinstance(inline, WRAPPERS):
            yield inline
            yield from _links(inline.children)


def _headings_of(blocks: tuple[b.Block, ...]) -> Iterator[b.Heading]:
    from converters.model.walk import blocks_within

    for block in blocks_within(blocks):
        if isinstance(block, b.Heading):
            yield block


def escape_vertical(text: str) -> str:
    """Text for an element of a vertical page: short numbers stand upright."""
    return compiled(_UPRIGHT).sub(lambda match: f'<span class="tcy">{match[0]}</span>', escape(text))
