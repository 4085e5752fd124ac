"""Tables that only set things side by side: pictures with their captions, organs with room for their seals."""

from __future__ import annotations

from dataclasses import replace

from converters.diagnostics import Span
from converters.model import inlines as i
from converters.model.captions import joined_captions

from .parts import Grid, GridCell, Para


def side_by_side(grid: Grid) -> tuple[Para, ...]:
    """The pictures of a table as one paragraph and their captions as another, () for a table of anything else."""
    pictures: list[Para] = []
    captions: list[tuple[Para, ...]] = []
    if grid.heads or grid.landscape:
        return ()
    for row in grid.rows:
        cells = [_paragraphs(cell) for cell in row]
        if any(cell is None for cell in cells):
            return ()
        held = [cell for cell in cells if cell is not None]
        shown = [para for cell in held for para in cell if para.images]
        pictures += shown
        said = [tuple(para for para in cell if not para.images) for cell in held]
        if any(said):
            # A cell without a caption counts, so that the others stay with their pictures.
            captions += said if not shown else [words for words, cell in zip(said, held, strict=True) if cell]
    if sum(len(para.images) for para in pictures) < 2:
        return ()
    first = pictures[0]
    whole = sum((para.inlines for para in pictures), ())
    found = [replace(first, inlines=whole, span=Span(first.span.source, first.span.start, pictures[-1].span.end))]
    said_ones = [para for words in captions for para in words]
    if said_ones:
        line = joined_captions(_lines(words) for words in captions)
        opening = said_ones[0]
        span = Span(opening.span.source, opening.span.start, said_ones[-1].span.end)
        found.append(replace(opening, inlines=line, span=span, text="".join(para.text for para in said_ones)))
    return tuple(found)


def organs_of(grid: Grid) -> tuple[Para, ...]:
    """The organs of a joint issue, whose seals stand side by side; () for a table of anything else."""
    held = [part for row in grid.rows for cell in row for part in cell.parts]
    organs = [part for part in held if isinstance(part, Para) and not part.empty]
    if len(organs) < 2 or any(isinstance(part, Grid) for part in held):
        return ()
    return tuple(organs) if all(para.meaning == "organ" for para in organs) else ()


def _paragraphs(cell: GridCell) -> list[Para] | None:
    """The paragraphs of a cell, None where it holds anything but pictures and captions."""
    found: list[Para] = []
    for part in cell.parts:
        if isinstance(part, Grid) or part.page_break or part.label is not None:
            return None
        if part.empty:
            continue
        if not part.images and part.meaning != "caption":
            return None
        found.append(part)
    return found


def _lines(paragraphs: tuple[Para, ...]) -> tuple[i.Inline, ...]:
    out: list[i.Inline] = []
    for para in paragraphs:
        out += [i.LineBreak(), *para.inlines] if out else para.inlines
    return tuple(out)
