"""A paragraph's text into the blocks that it makes: a paragraph, a figure, a page break."""

from __future__ import annotations

import re
from dataclasses import replace

from converters.diagnostics import Change
from converters.model import blocks as b
from converters.model.inlines import Image, Inline, Text

from .inlines import read_inlines, read_parts
from .places import SPACES, Placed
from .state import Reading

_EDGES = re.compile(f"[{SPACES}]+")
_TRAILING = re.compile(f"[{SPACES}]+$")
_PAGE_BREAKS = ("\\newpage", "\\pagebreak", "\\clearpage")
# A description that is plainly a caption.
_NUMBERED = re.compile(r"(?:图|圖|図|照片|Figure|Fig\.)\s*[0-9一二三四五六七八九十]")


def trim(placed: Placed) -> Placed:
    """A text without the spaces of every width at its edges."""
    text = placed.text
    leading = _EDGES.match(text)
    start = leading.end() if leading else 0
    trailing = _TRAILING.search(text, start)
    end = trailing.start() if trailing else len(text)
    return placed if end - start == len(text) else placed.part(start, end)


def paragraph(placed: Placed, reading: Reading) -> list[b.Block]:
    """The blocks that a paragraph's text makes; none where nothing of it is text.

    An indent of wide spaces is taken off and recorded (E-NBSP).
    """
    bare = trim(placed)
    text = bare.text
    if not text:
        return []
    if text[0] == "\\" and text in _PAGE_BREAKS:
        return [b.PageBreak(_span(bare, reading))]
    indented = bare.text is not placed.text and indent(bare.offset(0), reading)
    parts = read_parts(bare, reading)
    blocks: list[b.Block] = []
    for part in parts:
        if all(isinstance(inline, Image) or inline == Text(" ") for inline in part):
            blocks.append(_figure(tuple(inline for inline in part if isinstance(inline, Image)), bare, reading))
        else:
            blocks.append(b.Paragraph(part, span=_span(bare, reading), indented=indented and not blocks))
    return blocks


def indent(start: int, reading: Reading) -> bool:
    """Whether the text at an offset is indented by wide spaces or by four blanks; wide ones are recorded."""
    source = reading.source.text
    begin = start
    while begin > 0 and source[begin - 1] in _INDENT:
        begin -= 1
    before = source[begin:start]
    if not before:
        return False
    wide = before.lstrip(" \t")
    if wide:
        at = start - len(wide)
        reading.changes.append(
            Change("E-NBSP", reading.span(at, start), wide, "", evidence="an indent at the beginning of a paragraph")
        )
        return True
    return len(before.expandtabs(4)) >= 4 and (begin == 0 or source[begin - 1] == "\n")


_INDENT = frozenset(" \t\u00a0\u3000\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B))))


def _span(placed: Placed, reading: Reading) -> b.Span:
    return reading.span(placed.offset(0), placed.offset(len(placed.text) - 1) + 1)


def _figure(images: tuple[Image, ...], placed: Placed, reading: Reading) -> b.Figure:
    """Pictures with the caption that their titles are, or, without one, a description that begins with 图1."""
    caption: list[Inline] = []
    kept: list[Image] = []
    for image in images:
        words, offset = "", -1
        if image.start not in reading.uncaptioned:
            if image.title:
                words, offset = image.title, reading.title_places.get(image.start, -1)
                image = replace(image, title="")
            elif len(images) == 1 and _NUMBERED.match(image.alt):
                words, offset = image.alt, image.start + 2
        kept.append(image)
        if words:
            if caption:
                caption.append(Text("　"))
            holds = offset >= 0 and reading.source.text.startswith(words, offset)
            caption.append(Text(words, offset if holds else -1))
    return b.Figure(tuple(kept), tuple(caption), _span(placed, reading))


def with_figure_caption(figure: b.Figure, caption: Placed, reading: Reading) -> b.Figure:
    """A figure with the caption that a line ": caption" under it gives."""
    return replace(figure, caption=read_inlines(caption, reading))
