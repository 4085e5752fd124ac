"""Inlines: the closed set of things that stand inside a line of text.

A `Text` knows where its first character stood in the source; character i stood at `start + i`. Where that
would not hold (after an escape, a soft break, a mended space) the run is cut in two. `start` is -1 for
text that no source holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from converters.records import dataclass

if TYPE_CHECKING:
    from .blocks import Block


DOT_FORMS = ("dot", "hollow-dot", "sesame", "hollow-sesame")
"""Emphasis marks: • ◦ ﹅ ﹆."""


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters."""

    text: str
    start: int = -1


@dataclass(frozen=True, slots=True)
class Code:
    """Inline code, set as it stands."""

    text: str
    start: int = -1


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break that the author asked for."""

    start: int = -1


@dataclass(frozen=True, slots=True)
class Strong:
    """Strong emphasis; printed in 黑体, never as synthetic bold."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasis: 楷体 in Chinese, italic in Latin."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strike:
    """Struck-out text."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Dots:
    """着重号: a dot under each hanzi (GB/T 15834-2011, 4.9); `form` is one of DOT_FORMS, "" as the style sheet says."""

    children: tuple[Inline, ...]
    form: str = ""


@dataclass(frozen=True, slots=True)
class Deceased:
    """示亡号: a black frame around the name of one who has died (clreq 5)."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class ProperName:
    """专名号: a straight line under a name (GB/T 15834-2011, 4.16)."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class BookTitle:
    """甲式书名号: a wavy line under a title (GB/T 15834-2011, 4.15)."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Superscript:
    """Raised small text."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Subscript:
    """Lowered small text."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link; `target` is an address or "#" and an identifier."""

    children: tuple[Inline, ...]
    target: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note at the place where it is called; `label` is the author's own."""

    label: str
    blocks: tuple[Block, ...]
    start: int = -1


@dataclass(frozen=True, slots=True)
class Ruby:
    """A reading above its base: pinyin, furigana. One Ruby is never split."""

    base: tuple[Inline, ...]
    reading: str
    start: int = -1


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; `target` is the path as written, `alt` the author's description ("" if there is none).

    `width` is a length ("60mm") or a share of the measure ("50%"), "" for the picture's own; a decorative
    picture is one whose author said so.
    """

    target: str
    alt: str = ""
    title: str = ""
    width: str = ""
    decorative: bool = False
    start: int = -1


Span: TypeAlias = Strong | Emphasis | Strike | Dots | Deceased | ProperName | BookTitle | Superscript | Subscript | Link
"""The inlines that only wrap others in `children`."""

Inline: TypeAlias = Text | Code | LineBreak | Note | Ruby | Image | Span
