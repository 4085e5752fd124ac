"""Pages as blocks: headings, paragraphs, lists, tables, figures, and what this program's own classes say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from converters.diagnostics import Severity, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.captions import joined_captions
from converters.model.walk import plain

from .lines import ACTIVE, INLINE, Line
from .marks import item_mark, item_number
from .story import Story, classes, flat_text, is_furniture, is_note, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = frozenset(("head", "style", "template", "noscript", "link", "meta", "title", "colgroup"))
_ALIGNMENTS = {
    "left": b.Alignment.LEFT, "start": b.Alignment.LEFT, "center": b.Alignment.CENTRE, "right": b.Alignment.RIGHT,
    "end": b.Alignment.RIGHT,
}  # fmt: skip
# Deeper than any author nests; what asks for more is damage or an attack.
_DEEPEST = 100
_MOST_SPANNED = 256


class PageReader:
    """Reads the blocks of pages into a story."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._depth = 0

    def line(self, element: Element, *, verbatim: bool = False) -> tuple[i.Inline, ...]:
        """An element's content as one line, which becomes a line of the source."""
        line = Line(self.story, verbatim=verbatim)
        line.children(element)
        inlines = line.finish()
        if inlines:
            self.story.put(line.text())
        return inlines

    def blocks(self, element: Element) -> list[b.Block]:
        """The blocks that stand in an element; text beside them makes paragraphs."""
        out: list[b.Block] = []
        if self._depth >= _DEEPEST:
            self.story.report_once("H-DEPTH", "elements are nested too deeply; they are read as text", Severity.WARNING)
            return self._paragraph(self._flat(element))
        self._depth += 1
        line = Line(self.story)
        line.add(element.text)
        for child in element:
            name = local(child)
            if not name or name in INLINE:
                line.element(child)
            elif not (is_furniture(child) or is_note(child) or name in _SKIPPED):
                out += self._paragraph(line)
                out += self._block(child, name)
                line = Line(self.story)
            line.add(child.tail)
        out += self._paragraph(line)
        self._depth -= 1
        return out

    def _flat(self, element: Element) -> Line:
        line = Line(self.story)
        line.add(flat_text(element))
        return line

    def _paragraph(self, line: Line) -> list[b.Block]:
        inlines = line.finish()
        if not inlines:
            return []
        return [_figure_or_paragraph(inlines, self.story.put(line.text()))]

    def _block(self, element: Element, name: str) -> list[b.Block]:
        kind = classes(element)
        if name in ACTIVE:
            self.story.report_once(
                "H-ACTIVE", "<{name}> and what it holds are left out; nothing is run", Severity.WARNING, name=name
            )
            return []
        match name:
            case "p":
                return self._text(element, kind)
            case "ul" | "ol" | "menu":
                return self._list(element, ordered=name == "ol")
            case "dl":
                return self._definitions(element)
            case "blockquote":
                return self._quote(element, b.QuoteRole.QUOTE)
            case "aside":
                editor = "editor-note" in kind
                return self._quote(element, b.QuoteRole.EDITOR_NOTE if editor else b.QuoteRole.NOTE)
            case "pre":
                return self._code(element)
            case "hr":
                return [b.Rule(Span(self.story.name, self.story.position, self.story.position))]
            case "table":
                return self._table(element)
            case "figure":
                return self._figure(element)
            case "div":
                return self._division(element, kind)
            case _ if name in _HEADINGS:
                start = self.story.position
                inlines = self.line(element)
                # The class says the author's level, the element only how deep it stands in its page.
                level = _class_level(kind) or _HEADINGS[name]
                return [b.Heading(level, inlines, self._since(start))] if inlines else []
            case _:
                return self.blocks(element)

    def _since(self, start: int) -> Span:
        return Span(self.story.name, start, max(start, self.story.position - 1))

    def _text(self, element: Element, kind: list[str]) -> list[b.Block]:
        start = self.story.position
        line = Line(self.story)
        line.add(element.text)
        run_in: tuple[i.Inline, ...] = ()
        level = 1
        for child in element:
            named = classes(child)
            if line.empty() and "run-in" in named:
                line.element(child)
                run_in = line.finish()
                level = _class_level(named) or 1
            else:
                line.element(child)
            line.add(child.tail)
        inlines = line.finish()
        if not inlines:
            return []
        self.story.put(line.text())
        span = self._since(start)
        if "addressee" in kind:
            return [b.Addressee(inlines, span)]
        if run_in:
            return [b.Paragraph(_after(inlines, run_in), run_in, level, span)]
        return [_figure_or_paragraph(inlines, span)]

    def _list(self, element: Element, *, ordered: bool) -> list[b.Block]:
        start = self.story.position
        items: list[b.ListItem] = []
        first = element.get("start") or "1"
        number = following = int(first) if first.lstrip("-").isdigit() and len(first) < 7 else 1
        for child in element:
            if local(child) != "li":
                # A list inside a list without an item around it, as old pages have it, belongs to the item before.
                inner = tuple(self._block(child, local(child))) if local(child) in ("ul", "ol") else ()
                if inner and items:
                    items[-1] = b.ListItem((*items[-1].blocks, *inner), items[-1].marker, items[-1].checked)
                continue
            place = item_number(child, following)
            following = place + 1
            marker = item_mark(element, child, place) if ordered else "-"
            items.append(b.ListItem(tuple(self.blocks(child)), marker, _state(child)))
        tight = all(len(item.blocks) <= 2 for item in items)
        return [b.ListBlock(tuple(items), ordered, number, tight, self._since(start))] if items else []

    def _definitions(self, element: Element) -> list[b.Block]:
        start = self.story.position
        items: list[b.Definition] = []
        # Groups may stand in a div (HTML Living Standard, 4.4.9); a list in a description is not one of them.
        for child in (each for part in element for each in (part if local(part) == "div" else (part,))):
            match local(child):
                case "dt":
                    items.append(b.Definition(self.line(child), ()))
                case "dd" if items:
                    last = items[-1]
                    items[-1] = b.Definition(last.term, (*last.descriptions, tuple(self.blocks(child))))
                case _:
                    pass
        return [b.DefinitionList(tuple(items), self._since(start))] if items else []

    def _quote(self, element: Element, role: b.QuoteRole) -> list[b.Block]:
        start = self.story.position
        inner = tuple(self.blocks(element))
        return [b.Quote(inner, role, self._since(start))] if inner else []

    def _code(self, element: Element) -> list[b.Block]:
        text = flat_text(element).strip("\n")
        start = self.story.position
        for part in text.split("\n"):
            self.story.put(part)
        named = (word for child in (element, *element) for word in classes(child))
        language = next((word[9:] for word in named if word.startswith("language-")), "")
        return [b.CodeBlock(text, language, start, self._since(start))] if text else []

    def _division(self, element: Element, kind: list[str]) -> list[b.Block]:
        start = self.story.position
        if "page-break" in kind:
            return [b.PageBreak(Span(self.story.name, start, start))]
        if "plates" in kind and len(figures := [child for child in element if local(child) == "figure"]) > 1:
            return self._plates(figures)
        if "verse" in kind:
            return [b.Verse(self._lines(element), self._since(start))]
        if "attachments" in kind:
            label = next((self.line(child) for child in element if "label" in classes(child)), ())
            names = next((self._lines(child) for child in element if "names" in classes(child)), ())
            return [b.AttachmentNote(names, label, self._since(start))]
        if "signature" in kind:
            *organs, date = self._lines(element) or ((),)
            following = element.getnext()
            remark: tuple[i.Inline, ...] = ()
            if following is not None and "remark" in classes(following):
                remark = self.line(following)
                following.set("hidden", "hidden")
            return [b.Signature(tuple(organs), date, remark, "sealed" in kind, self._since(start), "stamped" in kind)]
        return self.blocks(element)

    def _lines(self, element: Element) -> tuple[tuple[i.Inline, ...], ...]:
        return tuple(line for child in element.iter() if local(child) == "p" and (line := self.line(child)))

    def _figure(self, element: Element) -> list[b.Block]:
        start = self.story.position
        caption: tuple[i.Inline, ...] = ()
        images: list[i.Image] = []
        for child in element.iter():
            if local(child) == "figcaption":
                caption = self.line(child)
            elif local(child) == "img":
                line = Line(self.story)
                line.element(child)
                images += (inline for inline in line.finish() if isinstance(inline, i.Image))
        if not images:
            return self.blocks(element)
        return [b.Figure(tuple(images), caption, self._since(start))]

    def _plates(self, elements: list[Element]) -> list[b.Block]:
        """Pictures side by side, each a figure with its own caption, as one figure."""
        start = self.story.position
        found = [block for element in elements for block in self._figure(element)]
        if not all(isinstance(block, b.Figure) for block in found):
            return found
        figures = [block for block in found if isinstance(block, b.Figure)]
        images = sum((figure.images for figure in figures), ())
        captions = [figure.caption for figure in figures]
        return [b.Figure(images, joined_captions(captions) if any(captions) else (), self._since(start))]

    # -- tables

    def _table(self, element: Element) -> list[b.Block]:
        start = self.story.position
        caption: tuple[i.Inline, ...] = ()
        rows: list[b.Row] = []
        alignments: dict[int, b.Alignment] = {}
        covered: dict[int, int] = {}
        head = 0
        for child in element.iter():
            if _table_of(child) is not element:
                continue
            match local(child):
                case "caption":
                    caption = self.line(child)
                case "tr":
                    row, header = self._row(child, alignments, covered)
                    if header and head == len(rows):
                        head += 1
                    rows.append(row)
                case _:
                    pass
        rows = [row for row in rows if row.cells]
        if not rows:
            return []
        width = max(sum(cell.columns for cell in row.cells) for row in rows)
        widths = _widths(element)
        columns = tuple(
            b.Column(alignments.get(place, b.Alignment.DEFAULT), widths[place] if place < len(widths) else 0.0)
            for place in range(width)
        )
        return [b.Table(columns, tuple(rows), min(head, len(rows)), caption, self._since(start))]

    def _row(self, element: Element, alignments: dict[int, b.Alignment], covered: dict[int, int]) -> tuple[b.Row, bool]:
        """A row and whether it is one of the head; `covered` counts the rows that cells above reach down."""
        parent = element.getparent()
        found = [child for child in element if local(child) in ("td", "th")]
        head = (parent is not None and local(parent) == "thead") or (
            bool(found) and all(local(child) == "th" and child.get("scope") != "row" for child in found)
        )
        cells: list[b.Cell] = []
        place = 0
        for child in found:
            columns, rows = _spanned(child, "colspan"), _spanned(child, "rowspan")
            while covered.get(place, 0) > 0:
                covered[place] -= 1
                place += 1
            cells.append(b.Cell(self._cell(child), columns, rows, local(child) == "th" and not head))
            if (alignment := _alignment(child)) is not None and (columns == 1):
                alignments.setdefault(place, alignment)
            covered |= dict.fromkeys(range(place, place + columns), rows - 1)
            place += columns
        for column in [column for column, left in covered.items() if column >= place and left > 0]:
            covered[column] -= 1
        return b.Row(tuple(cells)), head

    def _cell(self, element: Element) -> tuple[i.Inline, ...]:
        """A cell's blocks in one line, with line breaks between them."""
        if all(local(child) in INLINE or not local(child) for child in element):
            return self.line(element)
        out: list[i.Inline] = []
        for block in self.blocks(element):
            for line in _lines_of(block):
                out += (i.LineBreak(), *line) if out else line
        return tuple(out)


def _class_level(named: list[str]) -> int:
    """The level of a class heading1 … heading5, 0 where there is none."""
    return next((int(word[-1]) for word in named if word[:-1] == "heading" and word[-1] in "12345"), 0)


def _figure_or_paragraph(inlines: tuple[i.Inline, ...], span: Span) -> b.Block:
    """A paragraph; one that holds pictures alone is a figure."""
    images = tuple(inline for inline in inlines if isinstance(inline, i.Image))
    if images and not plain(inlines).strip():
        return b.Figure(images, (), span)
    return b.Paragraph(inlines, span=span)


def _after(inlines: tuple[i.Inline, ...], run_in: tuple[i.Inline, ...]) -> tuple[i.Inline, ...]:
    """A paragraph without the heading that opens it; the two may have run into one text."""
    rest = list(inlines[len(run_in) :])
    joined, alone = inlines[len(run_in) - 1], run_in[-1]
    if isinstance(joined, i.Text) and isinstance(alone, i.Text) and len(joined.text) > len(alone.text):
        place = len(alone.text)
        rest.insert(0, i.Text(joined.text[place:], joined.start + place))
    return tuple(rest)


def _lines_of(block: b.Block) -> Iterable[tuple[i.Inline, ...]]:
    from converters.model.walk import children_of, inlines_of

    if isinstance(block, b.CodeBlock):
        yield (i.Code(block.text, block.start),)
    if isinstance(block, b.Figure):
        yield block.images
    yield from (line for line in inlines_of(block) if line)
    for inner in children_of(block):
        yield from _lines_of(inner)


def _state(item: Element) -> bool | None:
    """The state of a task item, None for any other."""
    for child in item.iter():
        text = (child.text or "").strip()
        if "furniture" in classes(child) and text in ("☑", "☐"):
            return text == "☑"
        if local(child) == "input" and child.get("type") == "checkbox":
            return child.get("checked") is not None
        if text and child is not item:
            return None
    return None


def _table_of(element: Element) -> Element | None:
    parent = element.getparent()
    while parent is not None and local(parent) != "table":
        parent = parent.getparent()
    return parent


def _spanned(cell: Element, name: str) -> int:
    said = cell.get(name) or "1"
    return min(max(int(said), 1), _MOST_SPANNED) if said.isascii() and said.isdigit() and len(said) < 6 else 1


def _alignment(cell: Element) -> b.Alignment | None:
    for word in (*classes(cell), cell.get("align") or ""):
        if word in _ALIGNMENTS:
            return _ALIGNMENTS[word]
    said = (cell.get("style") or "").replace(" ", "").partition("text-align:")[2].partition(";")[0]
    return _ALIGNMENTS.get(said)


def _widths(table: Element) -> list[float]:
    """The share of each column that <col> gives in per cent."""
    out: list[float] = []
    for column in table.iter():
        if local(column) == "col":
            said = (column.get("style") or "").replace(" ", "").partition("width:")[2].partition("%")[0]
            try:
                out.append(min(max(float(said), 0.0), 100.0) / 100 if said else 0.0)
            except ValueError:
                out.append(0.0)
    return out
