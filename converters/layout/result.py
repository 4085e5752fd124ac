"""What layout gives to the print edition: pages of set lines, rules and pictures, and what each of them is.

Lengths are points, from the top left corner of the page, y downwards. There is no object for a character: a
`Passage` holds its text once, the lines of typeset as they came, and the few stretches that are set otherwise.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import NamedTuple, TypeAlias

from converters.fonts.face import Face
from converters.model.pagination import Pagination
from converters.model.pictures import Picture
from converters.records import dataclass
from converters.theme.schema import Align, Theme
from converters.typeset import Lines


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """A face at a size. `drop` is the way from the middle of the row down to the baseline, so that faces stand
    level by their em boxes; `tracking` is added after every glyph; `color` is "#RRGGBB"."""

    face: Face
    size: float
    drop: float
    tracking: float = 0.0
    color: str = "#000000"


class Element:
    """A node of the tag tree (ISO 32000-1, 14.7): a standard structure type and what stands in it.

    Block elements hang in their parent from the start; an inline element is hung in by the exporter when it
    paints the first of it, so that the order of `kids` is that of reading. `attributes` are entries of the
    Table, List or Layout owner as PDF tokens; `description` is the alternative text; `replacement` is the text that a
    picture shows (ActualText). `content` is the tag that marked content in it carries on the page: "Note" in all that
    belongs to a note, "TOCI" in the contents, so that a reader of the page alone can tell text from furniture. The
    exporter puts marked content among the `kids`. `after` is the sibling that an inline element follows wherever it is
    painted: a note, at the foot of the page, is read where it is called. `again` is the first call of the same note.
    """

    __slots__ = (
        "after", "again", "attributes", "content", "description", "kids", "lang", "loose", "number", "page", "parent",
        "pending", "replacement", "tag",
    )  # fmt: skip

    def __init__(self, tag: str, parent: Element | None = None, *, inline: bool = False, content: str = "") -> None:
        self.tag = tag
        self.content = content or tag
        self.parent = parent
        self.after: Element | None = None
        self.again: Element | None = None
        self.kids: list[object] = []
        self.attributes: tuple[tuple[str, str, str], ...] = ()
        self.description = ""
        self.replacement = ""
        self.lang = ""
        self.number = 0
        self.page = -1
        self.pending = inline
        self.loose: bool = inline or (parent is not None and parent.loose)
        if parent is not None and not inline:
            parent.kids.append(self)


# What furniture of a page is (ISO 32000-1, 14.8.2.2.2), as entries of its marked content.
HEADER = b"/Type/Pagination/Subtype/Header/Attached[/Top]"
FOOTER = b"/Type/Pagination/Subtype/Footer/Attached[/Bottom]"
WATERMARK = b"/Type/Pagination/Subtype/Watermark"
LAYOUT = b"/Type/Layout"


class MarkKind(enum.Enum):
    """What is done to a stretch of a passage beside setting it."""

    LINK = "link"
    STRIKE = "strike"
    LINE = "line"
    WAVE = "wave"
    DOTS = "dots"
    FRAME = "frame"
    CALL = "call"
    LABEL = "label"
    CODE = "code"
    FURNITURE = "furniture"


class Mark(NamedTuple):
    """Characters `start` to `end` of a passage are a link, carry a line, call a note …

    `element` is the inline element that they stand in, None for mere looks; `target` is a link's address, or
    "#" and a name of `Layout.destinations`, and the form of emphasis dots.
    """

    start: int
    end: int
    kind: MarkKind
    element: Element | None = None
    target: str = ""


class RubyBox(NamedTuple):
    """A base with its reading above, standing in a line as one object; the base begins `lead` points in. The signs of a
    reading in 注音 stand `beside` it, each with the place of its middle: along the line from the base's start, and down
    from the line's middle."""

    base: Passage
    reading: Passage
    element: Element
    base_element: Element
    reading_element: Element
    width: float
    lead: float = 0.0
    beside: Sequence[tuple[Passage, float, float]] = ()


class PictureBox(NamedTuple):
    """A picture: its key in Layout.pictures and its size."""

    target: str
    width: float
    height: float
    element: Element | None


class Room(NamedTuple):
    """Room in a line where nothing is drawn."""

    width: float


Inset: TypeAlias = RubyBox | PictureBox | Room


class Run(NamedTuple):
    """Characters `start` to `end` of a passage are set otherwise than the rest."""

    start: int
    end: int
    setting: Setting


class Passage:
    """A stretch of text in lines: a paragraph, a title, a cell, a page number.

    Numbers in `lines` count `em` points. The lines stand in a measure of `measure` points, `pitch` apart, the middle
    of the first one half a pitch below the top; the first begins `indent` points in. `runs` are in order and do not
    overlap. `element` None means furniture, and `furniture` which. `insets` maps the index of an object character to
    what stands there. `target` makes a link of the whole passage. `widths` gives advances in em, by character or, where
    insets and sizes differ, by place. `said` is there where the order of drawing is not that of reading: what is read
    at each character, a whole stretch that runs to the left at the first of it.
    """

    __slots__ = (
        "align", "element", "em", "furniture", "indent", "insets", "lines", "marks", "measure", "pitch", "runs", "said",
        "setting", "target", "text", "widths",
    )  # fmt: skip

    def __init__(self, text: str, lines: Lines, setting: Setting, em: float, element: Element | None) -> None:
        self.text = text
        self.lines = lines
        self.setting = setting
        self.em = em
        self.element = element
        self.runs: Sequence[Run] = ()
        self.marks: Sequence[Mark] = ()
        self.insets: Mapping[int, Inset] | None = None
        self.widths: Mapping[str, float] | Sequence[float] = {}
        self.indent = 0.0
        self.target = ""
        self.furniture = LAYOUT
        self.align = Align.JUSTIFY
        self.measure = 0.0
        self.pitch = 0.0
        self.said: Sequence[str] = ()

    @property
    def height(self) -> float:
        """Height of all lines."""
        return len(self.lines) * self.pitch

    def offset(self, number: int) -> float:
        """Where a line begins in its measure."""
        align = self.align
        if align is Align.JUSTIFY or align is Align.LEFT:
            return self.indent if number == 0 else 0.0
        # Tracking after the last glyph is no part of what is seen.
        spare = self.measure - self.lines[number].width * self.em + max(self.setting.tracking, 0.0)
        return spare / 2 if align is Align.CENTRE else spare


class Piece(NamedTuple):
    """Lines `first` to `last` (exclusive) of a passage at a place: `x` of the measure, `y` of the first row's top."""

    passage: Passage
    first: int
    last: int
    x: float
    y: float


class Bar(NamedTuple):
    """A filled rectangle: a rule, a border, a leader of a table. Always furniture."""

    x: float
    y: float
    width: float
    height: float
    color: str


class Star(NamedTuple):
    """A star of five points, `size` wide, in the middle of a rule; x, y is the upper left corner. Always furniture."""

    x: float
    y: float
    size: float
    color: str


class PlacedPicture(NamedTuple):
    """A picture at a place."""

    box: PictureBox
    x: float
    y: float


class Turned(NamedTuple):
    """Things turned to the left by `angle` degrees about the place x, y, from which their own places are measured."""

    items: Sequence[Placed]
    x: float
    y: float
    angle: float


Placed: TypeAlias = Piece | Bar | Star | PlacedPicture | Turned


class Page:
    """One page; `label` is what its folio says, "" where it carries none. `is_turned` says that it is read with its
    left edge up."""

    __slots__ = ("is_turned", "items", "label", "level", "number")

    def __init__(self, number: int, label: str) -> None:
        self.number = number
        self.label = label
        self.items: list[Placed] = []
        self.is_turned = False
        self.level: list[Placed] = []
        """What stays horizontal on a page of vertical lines."""


class OutlineEntry(NamedTuple):
    """A bookmark: its level from 1, and the page (from 0) and height that it leads to."""

    title: str
    level: int
    page: int
    y: float


@dataclass(frozen=True, slots=True)
class Vertical:
    """What a layout of vertical lines has besides: pages lie on their side (see layout/vertical.py).

    `level` are the characters that each face draws in what stays horizontal, `cells` the stand-ins of what shares
    one cell of a line with the characters that do.
    """

    level: Mapping[Face, frozenset[str]]
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole print edition, laid out.

    `drawn` says which characters each face draws; `clusters` gives, by face, the stand-in characters of its
    passages with the glyph and the characters that each stands for. `destinations` maps a name to a page
    (from 0) and a height. `theme` is the style sheet, with the rows and hanzi to a line that were taken (凑页). `width`
    and `height` are the paper's.
    """

    width: float
    height: float
    pages: tuple[Page, ...]
    tree: Element
    pagination: Pagination
    drawn: Mapping[Face, frozenset[str]]
    clusters: Mapping[Face, Mapping[str, tuple[int, str]]]
    outline: tuple[OutlineEntry, ...] = ()
    destinations: Mapping[str, tuple[int, float]] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    theme: Theme | None = None
    vertical: Vertical | None = None
