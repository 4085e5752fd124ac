"""A whole bulletin: its metadata and its articles."""

from __future__ import annotations

import datetime
from dataclasses import field

from converters.diagnostics import Source, Span
from converters.records import dataclass

from .blocks import Block
from .inlines import Inline
from .metadata import Metadata


@dataclass(frozen=True, slots=True)
class SourceLine:
    """The line that says where an article comes from, brackets included: （据安徽省民政厅）."""

    inlines: tuple[Inline, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `title` is a tuple of lines: the author's own line breaks; () for text without a title.

    `attachment` is the label of an attached text ("附件1"), "" for an article proper. `column` is a 栏目
    heading that stands before this article; articles without one belong to the column before them.
    """

    title: tuple[tuple[Inline, ...], ...] = ()
    blocks: tuple[Block, ...] = ()
    kicker: tuple[Inline, ...] = ()
    subtitle: tuple[Inline, ...] = ()
    column: tuple[Inline, ...] = ()
    author: tuple[Inline, ...] = ()
    editor_note: tuple[Block, ...] = ()
    source: SourceLine | None = None
    date: datetime.date | None = None
    attachment: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents as the source lists it; editions draw their own contents from the titles."""

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of the source that speaks to this program ("jianbao: allow N-DATE reason"); it is not text."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A bulletin as readers give it and repair mends it; `articles` keep the order of the source.

    Readers give one article without a title that holds all blocks, headings at the level of their marks;
    the pass `articles` of repairs/ divides it.
    """

    metadata: Metadata = field(default_factory=Metadata)
    articles: tuple[Article, ...] = ()
    sources: tuple[Source, ...] = ()
    comments: tuple[Comment, ...] = ()
    contents: tuple[ContentsEntry, ...] = ()

    @property
    def length(self) -> int:
        """How many characters its sources have."""
        return sum(len(source.text) for source in self.sources)
