"""The pieces of a torn paragraph: what stands between two of them, and one paragraph of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converters.diagnostics import Source, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.characters import SPACES, is_formula, is_latin
from converters.model.lines import flat

# A line of more runs than this shows its ends only.
_PIECES = 64
_STRIPPED = SPACES.replace("\u2000-\u200a", "".join(map(chr, range(0x2000, 0x200B))))


def gap(first: b.Paragraph, second: b.Paragraph, sources: tuple[Source, ...]) -> tuple[Span, str]:
    """The place between two paragraphs and what stands there."""
    last = first.joined[-1] if first.joined else first.span
    if last is None or second.span is None:
        return Span("", -1, -1), "\n\n"
    name = last.source
    for source in sources:
        if source.name == name:
            return Span(name, last.end, second.span.start), source.text[last.end : second.span.start]
    return Span(name, last.end, second.span.start), "\n\n"


def outermost(inlines: tuple[i.Inline, ...]) -> tuple[i.Inline, ...]:
    """The first and last pieces of a line of ever so many."""
    return inlines if len(inlines) <= _PIECES else inlines[: _PIECES // 2] + inlines[-_PIECES // 2 :]


def ends_of(inlines: tuple[i.Inline, ...]) -> str:
    """The text of a paragraph; one of ever so many pieces is not put together again for each: its ends tell."""
    return flat(outermost(inlines))


def glue_of(first: b.Paragraph, second: b.Paragraph) -> str:
    """What stands at a mended tear: a space between two Latin words, else nothing."""
    a, z = ends_of(first.inlines), ends_of(second.inlines)
    words = a.rstrip(",;:") if a[-1:] in (",", ";", ":") else a
    return " " if words and z and is_latin(words[-1]) and is_latin(z[0]) and not is_formula(words[-1], z[0]) else ""


def all_joined(pieces: Sequence[b.Paragraph], glues: Sequence[str]) -> b.Paragraph:
    """One paragraph of many, which keeps all places; `glues` stand at the tears, spaces there are gone."""
    first = pieces[0]
    inlines, spans = list(first.inlines), list(first.joined)
    for piece, glue in zip(pieces[1:], glues, strict=True):
        _trim_end(inlines)
        if glue:
            inlines.append(i.Text(glue))
        inlines.extend(_trim_start(piece.inlines))
        if piece.span is not None:
            spans.append(piece.span)
        spans.extend(piece.joined)
    return b.Paragraph(tuple(inlines), first.run_in, first.run_in_level, first.span, tuple(spans), first.indented)


def _trim_end(inlines: list[i.Inline]) -> None:
    while inlines and isinstance(last := inlines[-1], i.Text):
        text = last.text.rstrip(_STRIPPED)
        if text == last.text:
            return
        inlines.pop()
        if text:
            inlines.append(i.Text(text, last.start))
            return


def _trim_start(inlines: tuple[i.Inline, ...]) -> tuple[i.Inline, ...]:
    first = inlines[0] if inlines else None
    if isinstance(first, i.Text):
        text = first.text.lstrip(_STRIPPED)
        if text != first.text:
            start = first.start + len(first.text) - len(text) if first.start >= 0 else -1
            return (i.Text(text, start), *inlines[1:]) if text else _trim_start(inlines[1:])
    return inlines


class Grown:
    """The last paragraph of a row while pieces are put to it: thousands are put together once, not each time anew."""

    __slots__ = ("cut", "glues", "pieces", "view")

    def __init__(self) -> None:
        self.cut = False
        self.pieces: list[b.Paragraph] = []
        self.glues: list[str] = []
        # The paragraph as those see it who judge its ends.
        self.view: b.Paragraph | None = None

    def put(self, last: b.Paragraph, second: b.Paragraph, glue: str) -> b.Paragraph:
        """Put the last two paragraphs together; returns what stands for both until all are."""
        if last is self.view:
            self.pieces.append(second)
            self.glues.append(glue)
        elif second is self.view:
            self.pieces.insert(0, last)
            self.glues.insert(0, glue)
        else:
            self.pieces, self.glues = [last, second], [glue]
        view = all_joined([last, second], [glue])
        self.cut = len(view.inlines) > _PIECES or (self.cut and len(self.pieces) > 2)
        if self.cut:
            view = replace(view, inlines=outermost(view.inlines), joined=view.joined[-1:])
        self.view = view
        return view

    def whole(self) -> b.Paragraph:
        """The paragraph, done."""
        view, pieces, glues = self.view, self.pieces, self.glues
        self.pieces, self.glues, self.view = [], [], None
        return all_joined(pieces, glues) if self.cut or view is None else view
