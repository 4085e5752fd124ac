"""Blocks: the closed set of things that stand one under the other. Each knows its place in the source."""

from __future__ import annotations

import enum
from typing import TypeAlias

from converters.diagnostics import Span
from converters.records import dataclass

from .inlines import Image, Inline


class Alignment(enum.Enum):
    """How a table column, a line or a paragraph stands."""

    DEFAULT = "default"
    LEFT = "left"
    CENTRE = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside an article; level 1 is 一、, 2 （一）, 3 1., 4 （1） (GB/T 9704-2012, 7.3.3)."""

    level: int
    inlines: tuple[Inline, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `run_in` is a heading that opens it on the same line; its text precedes `inlines`.

    `joined` holds the places of the further pieces when repair has put a torn paragraph together;
    `indented` says that the source began it with an indent of spaces, which is not part of its text.
    """

    inlines: tuple[Inline, ...]
    run_in: tuple[Inline, ...] = ()
    run_in_level: int = 1
    span: Span | None = None
    joined: tuple[Span, ...] = ()
    indented: bool = False


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item; `marker` is the mark as typed ("1.", "-"), `checked` the state of a task item."""

    blocks: tuple[Block, ...]
    marker: str = ""
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; `start` is the first number of an ordered one, `tight` has no blanks between items."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    tight: bool = True
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what is said of it, one tuple of blocks a description."""

    term: tuple[Inline, ...]
    descriptions: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms and their descriptions."""

    items: tuple[Definition, ...]
    span: Span | None = None


class QuoteRole(enum.Enum):
    """What blocks that are set apart say."""

    QUOTE = "quote"
    EDITOR_NOTE = "editor-note"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation of blocks, or blocks that the author marked as 编者按 or as a remark.

    An editor's note stands here as readers give it; the structure pass moves it to its article.
    """

    blocks: tuple[Block, ...]
    role: QuoteRole = QuoteRole.QUOTE
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; `width_ratio` is its share of the table, 0 where the contents decide."""

    alignment: Alignment = Alignment.DEFAULT
    width_ratio: float = 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; covers `columns` × `rows` places. Covered places have no cell of their own."""

    inlines: tuple[Inline, ...]
    columns: int = 1
    rows: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table row."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first `header_rows` rows are its head. `landscape`: it stands on pages of its own, turned by 90°."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    header_rows: int = 1
    caption: tuple[Inline, ...] = ()
    span: Span | None = None
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One picture, or several side by side, with a caption under them."""

    images: tuple[Image, ...]
    caption: tuple[Inline, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Code or other text that is set as it stands; lines are separated by "\\n", none at the end."""

    text: str
    language: str = ""
    start: int = -1
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Verse:
    """Verse: its lines are the author's."""

    lines: tuple[tuple[Inline, ...], ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A page break that the author asked for."""

    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """主送机关 (GB/T 9704-2012, 7.3.2)."""

    inlines: tuple[Inline, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class AttachmentNote:
    """附件说明: the label "附件：" and the names of what is attached (GB/T 9704-2012, 7.3.4).

    `label` and each item hold the text as written, the numbers "1." included.
    """

    items: tuple[tuple[Inline, ...], ...]
    label: tuple[Inline, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """The issuing bodies, the date and a bracketed remark (GB/T 9704-2012, 7.3.5 and 7.3.6).

    `sealed` leaves room for seals; `stamped` for the stamps of signatures (签名章), the lines then being the signers'
    titles, each with the name after a space where no stamp shows it.
    """

    organs: tuple[tuple[Inline, ...], ...]
    date: tuple[Inline, ...] = ()
    remark: tuple[Inline, ...] = ()
    sealed: bool = False
    span: Span | None = None
    stamped: bool = False


Block: TypeAlias = (
    Heading
    | Paragraph
    | ListBlock
    | DefinitionList
    | Quote
    | Table
    | Figure
    | CodeBlock
    | Verse
    | Rule
    | PageBreak
    | Addressee
    | AttachmentNote
    | Signature
)
