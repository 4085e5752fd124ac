"""A paragraph's text into the blocks that it makes: a paragraph, a figure, a page break."""

from __future__ import annotations

import re
from dataclasses import replace

from converters.diagnostics import Change, Span
from converters.model import blocks as b
from converters.model.inlines import Image, Inline, Text
from converters.model.markup import NUMBERED_CAPTION

from .inlines import read_inlines, read_parts
from .places import BLANKS, SPACES, Placed
from .state import Reading

_EDGES = re.compile(f"[{SPACES}]+")
_TRAILING = re.compile(f"[{SPACES}]+$")
_PAGE_BREAKS = ("\\newpage", "\\pagebreak", "\\clearpage")
# A description that is plainly a caption.
# The last line of a paragraph of pictures may be their caption.
_CAPTION_LINE = re.compile(r"\n:[ \t]+(?=[^\n]+$)")
_NUMBERED = re.compile(NUMBERED_CAPTION)


def trim(placed: Placed) -> Placed:
    """A text without the spaces of every width at its edges."""
    text = placed.text
    leading = _EDGES.match(text)
    start = leading.end() if leading else 0
    trailing = _TRAILING.search(text, start)
    end = trailing.start() if trailing else len(text)
    return placed if end - start == len(text) else placed.part(start, end)


def paragraph(placed: Placed, reading: Reading, *, top: bool = False) -> list[b.Block]:
    """The blocks that a paragraph's text makes; none where nothing of it is text.

    An indent of wide spaces is taken off and recorded (E-NBSP); four blanks count as one where nothing else
    holds the paragraph (`top`).
    """
    bare = trim(placed)
    text = bare.text
    if not text:
        return []
    if text[0] == "\\" and text in _PAGE_BREAKS:
        return [b.PageBreak(_span(bare, reading))]
    if text[0] == "!" and (line := _CAPTION_LINE.search(text)):
        images = pictures(bare.part(0, line.start()), reading)
        if images:
            caption = read_inlines(trim(bare.part(line.end(), len(text))), reading)
            return [b.Figure(images, caption, _span(bare, reading))]
    indented = _indent(bare.offset(0), reading, top)
    parts = read_parts(bare, reading)
    blocks: list[b.Block] = []
    for part in parts:
        if all(isinstance(inline, Image) or _is_space(inline) for inline in part):
            blocks.append(_figure(tuple(inline for inline in part if isinstance(inline, Image)), bare, reading))
        else:
            span = _span(bare, reading) if len(parts) == 1 else _part_span(part, bare, reading)
            blocks.append(b.Paragraph(part, span=span, indented=indented and not blocks))
    return blocks


def pictures(placed: Placed, reading: Reading) -> tuple[Image, ...]:
    """The pictures of a text that holds nothing else; () where it does."""
    if not all(line.startswith("![") and line.rstrip()[-1] in ")}]" for line in placed.text.split("\n")):
        return ()
    inlines = read_inlines(placed, reading)
    images = tuple(inline for inline in inlines if isinstance(inline, Image))
    return images if all(isinstance(inline, Image) or _is_space(inline) for inline in inlines) else ()


def _is_space(inline: Inline) -> bool:
    """Whether this is nothing but the blank between two pictures."""
    return isinstance(inline, Text) and not inline.text.strip()


def _indent(start: int, reading: Reading, top: bool) -> bool:
    """Whether the text at an offset is indented by wide spaces or by four blanks; wide ones are recorded."""
    source = reading.source.text
    begin = start
    while begin > 0 and source[begin - 1] in BLANKS:
        begin -= 1
    before = source[begin:start]
    # A form feed is the end of a page: it sets no first line in.
    wide = before.lstrip(" \t\x0b\x0c")
    if "\x0c" in before:
        place = reading.span(begin + before.index("\x0c"), begin + before.rindex("\x0c") + 1)
        reading.changes.append(Change("E-BOM", place, "\x0c", "", evidence="the end of a page"))
    if wide:
        change = reading.span(start - len(wide), start)
        reading.changes.append(Change("E-NBSP", change, wide, "", evidence="an indent at the beginning of a paragraph"))
        return True
    return top and len(before.expandtabs(4)) >= 4


def _span(placed: Placed, reading: Reading) -> Span:
    return reading.span(placed.offset(0), placed.offset(len(placed.text) - 1) + 1)


def _part_span(part: tuple[Inline, ...], placed: Placed, reading: Reading) -> Span:
    """Where one of several paragraphs stands that HTML has cut: from its first placed text to its last."""
    places = [(text.start, text.start + len(text.text)) for text in part if isinstance(text, Text) and text.start >= 0]
    return reading.span(places[0][0], places[-1][1]) if places else _span(placed, reading)


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
