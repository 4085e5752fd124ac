"""Paragraphs and tables as blocks: lists, quotations, figures and captions, verse, code, signatures, headings."""

from __future__ import annotations

from collections.abc import Sequence

from converters.diagnostics import Severity, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.walk import split_lines

from .ledger import Ledger
from .parts import Grid, Para, Part

# Meanings whose neighbours of the same meaning make one block.
_GROUPED = frozenset(("quote", "attachment-note", "organ", "term", "editor-note"))
# The right indent of a date over which a seal goes, in hundredths of a character (GB/T 9704-2012, 7.3.5.1).
SEALED_RIGHT = "400"
_UNCHECKED, _CHECKED = "☐□", "☑☒√✓"


def assemble(parts: Sequence[Part], story: Ledger) -> list[b.Block]:
    """The blocks that a run of paragraphs and tables makes."""
    return _Assembler(list(parts), story).blocks()


class _Assembler:
    def __init__(self, parts: list[Part], story: Ledger) -> None:
        self.parts = parts
        self.story = story
        self.place = 0
        self.out: list[b.Block] = []

    def peek(self, ahead: int = 0) -> Part | None:
        place = self.place + ahead
        return self.parts[place] if place < len(self.parts) else None

    def blocks(self) -> list[b.Block]:
        while self.place < len(self.parts):
            part = self.parts[self.place]
            if isinstance(part, Grid):
                self.place += 1
                self.table(part, ())
                continue
            if part.page_break:
                self.out.append(b.PageBreak(Span(part.span.source, part.span.start, part.span.start)))
            self.paragraph(part)
        return self.out

    def paragraph(self, para: Para) -> None:
        if para.rule or para.meaning == "rule":
            self.place += 1
            self.out.append(b.Rule(para.span))
        elif not para.inlines and not para.run_in and para.label is None:
            self.place += 1
        elif para.images:
            self.figure(para)
        elif para.meaning == "caption" and isinstance(self.peek(1), Grid):
            table = self.peek(1)
            assert isinstance(table, Grid)
            self.place += 2
            self.table(table, para.inlines)
        elif para.level:
            self.place += 1
            self.out.append(b.Heading(para.level, _labelled(para), para.span))
        elif para.label is not None and self.is_list(para):
            self.out.append(self.list(para.depth, para.list_id))
        elif para.meaning in _GROUPED:
            self.group(para)
        else:
            self.place += 1
            self.out.append(self.single(para))

    def single(self, para: Para) -> b.Block:
        match para.meaning:
            case "code":
                return b.CodeBlock(para.text, start=para.span.start, span=para.span)
            case "verse":
                return b.Verse(split_lines(para.inlines), para.span)
            case "addressee":
                return b.Addressee(para.inlines, para.span)
            case "date" if self.out and isinstance(self.out[-1], b.Signature) and not self.out[-1].date:
                last = self.out.pop()
                assert isinstance(last, b.Signature)
                span = _joined(last.span, para.span)
                sealed = para.right == SEALED_RIGHT and not last.stamped
                return b.Signature(last.organs, para.inlines, sealed=sealed, span=span, stamped=last.stamped)
            case "date":
                return b.Signature((), para.inlines, sealed=para.right == SEALED_RIGHT, span=para.span)
            case "remark" if self.out and isinstance(self.out[-1], b.Signature) and not self.out[-1].remark:
                last = self.out.pop()
                assert isinstance(last, b.Signature)
                span = _joined(last.span, para.span)
                return b.Signature(last.organs, last.date, para.inlines, last.sealed, span, last.stamped)
            case _:
                return b.Paragraph(_labelled(para), para.run_in, para.run_in_level, para.span)

    def group(self, para: Para) -> None:
        members = [para]
        self.place += 1
        while (
            isinstance(following := self.peek(), Para)
            and following.meaning == para.meaning
            and not following.page_break
        ):
            members.append(following)
            self.place += 1
        span = Span(para.span.source, para.span.start, members[-1].span.end)
        match para.meaning:
            case "organ":
                organs = tuple(member.inlines for member in members)
                stamped = any(member.stamped for member in members)
                self.out.append(b.Signature(organs, span=span, stamped=stamped))
            case "attachment-note":
                self.out.append(_attachment_note(members, span))
            case "term":
                self.definitions(members, span)
            case meaning:
                role = b.QuoteRole.EDITOR_NOTE if meaning == "editor-note" else b.QuoteRole.QUOTE
                inner = tuple(b.Paragraph(m.inlines, m.run_in, m.run_in_level, m.span) for m in members)
                self.out.append(b.Quote(inner, role, span))

    def definitions(self, terms: list[Para], span: Span) -> None:
        descriptions: list[b.Block] = []
        while isinstance(following := self.peek(), Para) and following.meaning == "definition":
            descriptions.append(b.Paragraph(following.inlines, span=following.span))
            span = Span(span.source, span.start, following.span.end)
            self.place += 1
        items = [b.Definition(term.inlines, ()) for term in terms[:-1]]
        items.append(b.Definition(terms[-1].inlines, (tuple(descriptions),) if descriptions else ()))
        self.out.append(b.DefinitionList(tuple(items), span))

    def figure(self, para: Para) -> None:
        self.place += 1
        caption: tuple[i.Inline, ...] = ()
        span = para.span
        following = self.peek()
        if isinstance(following, Para) and following.meaning == "caption":
            caption, span = following.inlines, Span(span.source, span.start, following.span.end)
            self.place += 1
        self.out.append(b.Figure(para.images, caption, span))

    # lists

    def is_list(self, para: Para) -> bool:
        """Bullets make a list; a figure makes one where a neighbour is counted in the same list too."""
        assert para.label is not None
        if para.label.format == "bullet":
            return True
        if para.label.format == "none":
            return False
        for step in (1, -1):
            neighbour = self.parts[self.place + step] if 0 <= self.place + step < len(self.parts) else None
            if isinstance(neighbour, Para) and neighbour.label is not None and not neighbour.level:
                return True
        # A list style says it even of a single item.
        return para.meaning == "list"

    def list(self, depth: int, identifier: str) -> b.ListBlock:
        first = self.parts[self.place]
        assert isinstance(first, Para)
        assert first.label is not None
        ordered = first.label.format != "bullet"
        items: list[list[b.Block]] = []
        markers: list[str] = []
        states: list[bool | None] = []
        while isinstance(part := self.peek(), Para) and part.label is not None and not part.level:
            if part.depth > depth and items:
                items[-1].append(self.list(part.depth, part.list_id))
                continue
            bullet = part.label.format == "bullet"
            if items and part.depth == depth and bullet and not part.label.text.strip() and part.inlines:
                # A further paragraph of the item, as pandoc writes it: a bullet that is a blank.
                items[-1].append(b.Paragraph(part.inlines, part.run_in, part.run_in_level, part.span))
                self.place += 1
                continue
            task = bullet and part.label.text in _UNCHECKED + _CHECKED
            if part.depth < depth or bullet == ordered or (ordered and part.list_id != identifier):
                break
            if items and not task and part.list_id != identifier and states[-1] is None:
                break
            self.place += 1
            items.append([b.Paragraph(part.inlines, part.run_in, part.run_in_level, part.span)] if part.inlines else [])
            markers.append(part.label.text)
            states.append(part.label.text in _CHECKED if task and part.label.text else None)
            while isinstance(further := self.peek(), Para) and further.meaning == "list-continue" and further.inlines:
                items[-1].append(b.Paragraph(further.inlines, span=further.span))
                self.place += 1
        last = self.parts[self.place - 1]
        span = Span(first.span.source, first.span.start, last.span.end)
        return b.ListBlock(
            tuple(
                b.ListItem(tuple(blocks), marker, state)
                for blocks, marker, state in zip(items, markers, states, strict=True)
            ),
            ordered,
            first.label.value if ordered else 1,
            span=span,
        )

    # tables

    def table(self, grid: Grid, caption: tuple[i.Inline, ...]) -> None:
        if not grid.rows:
            return
        if len(grid.rows) == 1 and len(grid.rows[0]) == 1 and not grid.heads:
            # A frame drawn with a table.
            if caption:
                self.out.append(b.Paragraph(caption))
            self.out.extend(assemble(grid.rows[0][0].parts, self.story))
            return
        rows: list[b.Row] = []
        for number, cells in enumerate(grid.rows):
            row: list[b.Cell] = []
            for cell in cells:
                if cell.continued and self.reaches(grid, number, cell.column):
                    continue
                header = number >= grid.heads and any(
                    isinstance(part, Para) and part.meaning == "table-head" for part in cell.parts
                )
                row.append(
                    b.Cell(
                        self.cell(cell.parts + self.covered(grid, number, cell.column)),
                        cell.columns,
                        self.depth(grid, number, cell.column),
                        header,
                    )
                )
            rows.append(b.Row(tuple(row)))
        total = sum(grid.widths)
        ratios = [width / total for width in grid.widths] if total and all(grid.widths) else []
        columns = tuple(
            b.Column(self.alignment(grid, place), round(ratios[place], 4) if place < len(ratios) else 0.0)
            for place in range(grid.columns)
        )
        self.out.append(b.Table(columns, tuple(rows), grid.heads, caption, grid.span, grid.landscape))

    def reaches(self, grid: Grid, number: int, column: int) -> bool:
        """Whether a cell above begins at a column, so that one that goes on there has something to go on from."""
        return number > 0 and any(cell.column == column for cell in grid.rows[number - 1])

    def depth(self, grid: Grid, number: int, column: int) -> int:
        rows = 1
        while number + rows < len(grid.rows) and any(
            cell.column == column and cell.continued for cell in grid.rows[number + rows]
        ):
            rows += 1
        return rows

    def covered(self, grid: Grid, number: int, column: int) -> tuple[Part, ...]:
        """What stands in the cells that a cell reaches down over: Word hides it, other programs show it."""
        found: list[Part] = []
        for row in grid.rows[number + 1 : number + self.depth(grid, number, column)]:
            found += [part for cell in row if cell.column == column for part in cell.parts]
        return tuple(found)

    def cell(self, parts: tuple[Part, ...]) -> tuple[i.Inline, ...]:
        """The lines of a cell; the model's cells hold lines, not blocks."""
        lines: list[tuple[i.Inline, ...]] = []
        for part in parts:
            if isinstance(part, Grid):
                self.story.report_once("W-TABLE", "a table inside a table is read line by line", Severity.WARNING)
                for row in part.rows:
                    lines += [line for cell in row if (line := self.cell(cell.parts))]
            elif part.inlines or part.run_in:
                lines.append(part.run_in + _labelled(part))
        out: list[i.Inline] = []
        for line in lines:
            if out:
                out.append(i.LineBreak())
            out += line
        return tuple(out)

    def alignment(self, grid: Grid, column: int) -> b.Alignment:
        """How most cells of a column's body stand."""
        votes: dict[b.Alignment, int] = {}
        for cells in grid.rows[grid.heads :]:
            for cell in cells:
                if cell.column == column and cell.columns == 1:
                    for part in cell.parts:
                        if isinstance(part, Para) and part.text and part.meaning != "table-head":
                            votes[part.own_align] = votes.get(part.own_align, 0) + 1
        return max(votes, key=lambda key: votes[key], default=b.Alignment.DEFAULT)


def _labelled(para: Para) -> tuple[i.Inline, ...]:
    """A paragraph's line with the number that Word counted for it, where it makes no list."""
    if para.label is None or para.label.format in ("bullet", "none") or not para.label.text:
        return para.inlines
    return (i.Text(para.label.text), *para.inlines)


def _attachment_note(members: list[Para], span: Span) -> b.AttachmentNote:
    first = members[0].inlines
    label: tuple[i.Inline, ...] = ()
    if first and isinstance(first[0], i.Text):
        text = first[0].text
        for colon in "：:":
            place = text.find(colon)
            if 0 <= place < 6:
                label = (i.Text(text[: place + 1], first[0].start),)
                rest = text[place + 1 :]
                start = first[0].start + place + 1 if first[0].start >= 0 else -1
                first = (i.Text(rest, start), *first[1:]) if rest else first[1:]
                break
    return b.AttachmentNote((first, *(member.inlines for member in members[1:])), label, span)


def _joined(first: Span | None, last: Span) -> Span:
    return Span(last.source, first.start if first is not None else last.start, last.end)
