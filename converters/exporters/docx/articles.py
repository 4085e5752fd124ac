"""Articles: column, editor's note, the lines of the title, the blocks, the source line."""

from __future__ import annotations

from converters.diagnostics import Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article
from converters.model.inlines import Inline
from converters.model.walk import plain

from .blocks import keep_last_paragraph_with_next, write_block
from .front import split_label, toc_bookmark
from .looks import block_spacing, overhang
from .paragraphs import Container, Direct
from .pieces import Pieces
from .runs import Look
from .sections import begin
from .writer import Writer

# How many articles are packed at a time.
_PACKED_AT_ONCE = 16
# A paragraph of no more lines is never parted: two stand at the foot of a page, and two at the head of the next.
_NEVER_PARTED = 3


def pieces_of(writer: Writer) -> Pieces:
    """The plain articles of a long document, to be written meanwhile by all hands that are free."""
    articles = writer.document.articles
    return Pieces(writer, lambda other, number: _write_numbered(other, articles[number - 1], number))


def write_articles(writer: Writer, pieces: Pieces) -> None:
    """Write every article in the order of the document; those of the pieces are taken over."""
    columns = writer.theme.page.columns
    for number, article in enumerate(writer.document.articles, 1):
        if pieces.hold(number):
            continue
        _write_numbered(writer, article, number)
        if number % _PACKED_AT_ONCE == 0 and columns == 1 and not writer.notes:
            # Where notes are called twice, or columns begin, what is written may yet change.
            writer.pack()
    if columns > 1:
        begin(writer)


def _write_numbered(writer: Writer, article: Article, number: int) -> None:
    """Write an article, on a page of its own where that is asked for."""
    first = number == 1
    new_page = (writer.metadata.article_break or writer.theme.article.break_) == "page"
    # The contents may have a page of their own below the masthead.
    front = writer.theme.contents.own_page and writer.pagination.contents
    if article.attachment or (new_page and not first) or (front and first):
        writer.page_break, writer.gap = True, None
    if writer.theme.page.columns > 1:
        # What opens an article stands across the columns.
        begin(writer, start="nextPage" if writer.page_break and (not first or front) else "continuous")
    _write_article(writer, article, number, first=first)


def _write_article(writer: Writer, article: Article, number: int, *, first: bool) -> None:
    key = f"a{number}"
    opening = _Opening(writer, key, run_on=not first and not writer.page_break)
    if article.attachment:
        opening.line("AttachmentLabel", (i.Text(article.attachment),), "attachment", article.span)
    opening.line("Column", article.column, "column", article.span)
    if article.editor_note:
        opening.before("EditorNote")
        _write_editor_note(writer, article, key)
    _write_title(writer, article, number, opening)
    if writer.theme.page.columns > 1 and (article.blocks or article.source is not None):
        begin(writer, writer.theme.page.columns)
    if opening.waiting and article.blocks:
        opening.before("Normal")
    for position, block in enumerate(article.blocks, 1):
        if isinstance(block, b.Signature):
            keep_last_paragraph_with_next(writer)
        write_block(writer, block, f"{key}_b{position}")
    if article.source is not None:
        source = article.source
        # A source line is not parted from the last line of its article (clreq, 4; the print edition does the same).
        # Word takes the end of a tied paragraph along; LibreOffice takes the whole of it wherever it does not fit, so a
        # longer one is tied only where that matters: near the foot of a page.
        last = f"{key}.b{len(article.blocks)}"
        near_foot = last in writer.pagination.closing
        if near_foot:
            writer.identity.closing(last)
        keep_last_paragraph_with_next(writer, 0 if near_foot else _NEVER_PARTED)
        if opening.waiting:
            opening.before("SourceLine")
        writer.identity.block(f"{key}_source", "source", (source.span,))
        runs = writer.runs(source.inlines, source.span, "SourceLine")
        writer.paragraph("SourceLine", runs, f"{key}_source")


class _Opening:
    """The space before an article: the style sheet's blank rows between articles, or a style's own if more."""

    __slots__ = ("_key", "_writer", "waiting")

    def __init__(self, writer: Writer, key: str, *, run_on: bool) -> None:
        self._writer = writer
        self._key = key
        self.waiting = run_on

    def rows(self, style: str) -> float:
        """The blank rows before the first paragraph of the article, which is of this style."""
        own = self._writer.styles[style].look.before_rows
        return max(own, self._writer.theme.article.gap_rows) if self.waiting else own

    def before(self, style: str) -> None:
        """Give the next paragraph the space that parts articles, unless it has been given."""
        writer = self._writer
        if self.waiting:
            writer.gap = block_spacing(writer.grid, writer.styles[style].look, 1, self.rows(style))[0]
        self.waiting = False

    def line(self, style: str, inlines: tuple[Inline, ...], part: str, span: Span | None) -> None:
        """Write a line of the article's head, if there is one."""
        if not inlines:
            return
        self.before(style)
        writer = self._writer
        writer.identity.block(f"{self._key}_{part}", part, (_place(writer, inlines, span),))
        writer.paragraph(style, writer.runs(inlines, span, style), f"{self._key}_{part}")


def _write_title(writer: Writer, article: Article, number: int, opening: _Opening) -> None:
    """Kicker, title, subtitle and author as one block: the title's blank rows stand before and after the whole."""
    lines: list[tuple[str, str, tuple[tuple[Inline, ...], ...]]] = []
    if article.kicker:
        lines.append(("Kicker", "kicker", (article.kicker,)))
    if article.title:
        lines.append(("Heading1", "title", article.title))
    if article.subtitle:
        lines.append(("Subtitle", "subtitle", (article.subtitle,)))
    if article.author:
        lines.append(("Author", "author", (article.author,)))
    title = writer.styles["Heading1"].look
    over = 0
    printed = writer.pagination.title_lines.get(f"a{number}", ())
    if len(printed) > 1:
        writer.identity.printed(f"a{number}", printed)
    for position, (style, part, group) in enumerate(lines):
        look = writer.styles[style].look
        first, last = position == 0, position == len(lines) - 1
        grouped = len(lines) > 1
        height = 1
        if part == "title" and len(printed) > 1:
            height = len(printed)
        elif look.size > writer.theme.styles.body.size:
            height = sum(writer.grid.lines(plain(line), look, 0) for line in group)
        before_rows = (opening.rows("Heading1") if style == "Heading1" or grouped else -1.0) if first else 0.0
        after_rows = (title.after_rows if grouped or style == "Heading1" else -1.0) if last else 0.0
        before, after = block_spacing(writer.grid, look, height, before_rows, after_rows)
        if part == "title":
            over = round(overhang(writer.grid, look, height))
        elif last:
            # What the title reaches into the rows below it is taken off after the last line.
            after = max(0, after - over)
        if first and writer.gap is not None:
            # The front has already counted the rows down to this line.
            before = max(0, round(writer.gap - overhang(writer.grid, look, height)))
            writer.gap = None
        elif first and writer.page_break:
            before = 0
        own = block_spacing(writer.grid, look, 2 if style == "Heading1" else 1)
        attributes = [
            f'w:{name}="{value}"'
            for name, value, usual in (("before", before, own[0]), ("after", after, own[1]))
            if value != usual
        ]
        runs = "<w:r><w:br/></w:r>".join(
            writer.runs(line, article.span, style)
            for line in (broken_as_printed(group, printed) if part == "title" else group)
        )
        mark = f"a{number}_{part}"
        writer.identity.block(mark, part, (_place(writer, sum(group, ()), article.span),))
        if part == "title":
            start, end = writer.identity.bookmark(toc_bookmark(number))
            runs = f"{start}{runs}{end}"
        writer.paragraph(style, runs, mark, Direct(spacing=" ".join(attributes)))
    if lines:
        opening.waiting = False


def broken_as_printed(
    lines: tuple[tuple[Inline, ...], ...], printed: tuple[str, ...]
) -> tuple[tuple[Inline, ...], ...]:
    """A title with the line breaks of the printed page, where the phrases of a long one are kept whole."""
    if len(printed) <= len(lines):
        return lines
    from converters.model.lines import BREAK, flat, rewrite

    whole: list[Inline] = []
    for number, line in enumerate(lines):
        whole += [i.LineBreak(), *line] if number else line
    text = flat(tuple(whole))
    edits: list[tuple[int, int, str]] = []
    position = 0
    for number, words in enumerate(printed):
        start = text.find(words, position)
        if start < 0 or text[position:start].strip():
            return lines
        if number and text[position:start] != BREAK:
            # A blank at the break stays in the line before, where nobody sees it.
            edits.append((start, start, BREAK))
        position = start + len(words)
    return (rewrite(tuple(whole), edits),)


def _write_editor_note(writer: Writer, article: Article, key: str) -> None:
    for number, block in enumerate(article.editor_note, 1):
        if isinstance(block, b.Paragraph) and not block.run_in:
            label, rest = _labelled(block.inlines)
            mark = f"{key}_n{number}"
            writer.identity.block(mark, "note", (block.span, *block.joined))
            runs = writer.runs(label, block.span, "EditorNote", Look(style="EditorLabel")) if label else ""
            # A note says nothing without the article that it introduces.
            runs += writer.runs(rest, block.span, "EditorNote")
            writer.paragraph("EditorNote", runs, mark, Direct(keep_next=True))
        else:
            write_block(writer, block, f"{key}_n{number}", Container("EditorNote"))


def _labelled(inlines: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """A note's label and the rest of its first paragraph."""
    if not inlines or not isinstance(inlines[0], i.Text):
        return (), inlines
    head = inlines[0]
    label, rest = split_label(head.text)
    if not label:
        return (), inlines
    start = head.start + len(label) if head.start >= 0 else -1
    return (i.Text(label, head.start),), ((i.Text(rest, start), *inlines[1:]) if rest else inlines[1:])


def _place(writer: Writer, inlines: tuple[Inline, ...], span: Span | None) -> Span | None:
    """Where a line of the head stood, from the first and the last of its texts."""
    places = _starts(inlines)
    sources = writer.document.sources
    if not places or (span is None and not sources):
        return None
    source = span.source if span is not None else sources[0].name
    return Span(source, min(start for start, _ in places), max(end for _, end in places))


def _starts(inlines: tuple[Inline, ...]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for inline in inlines:
        if isinstance(inline, (i.Text, i.Code)):
            if inline.start >= 0:
                found.append((inline.start, inline.start + len(inline.text)))
        elif isinstance(inline, i.Ruby):
            found += _starts(inline.base)
        elif not isinstance(inline, (i.LineBreak, i.Note, i.Image)):
            found += _starts(inline.children)
    return found
