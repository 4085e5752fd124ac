"""A document → its pages: masthead, contents, articles, colophon, page numbers; contents with true numbers."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence

from converters.diagnostics import Checked, Diagnostic, Severity
from converters.fonts.face import Face
from converters.fonts.roles import FontSet
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model import walk
from converters.model.document import Document
from converters.model.metadata import Form
from converters.model.pagination import PageStart, Pagination
from converters.model.pictures import Picture
from converters.model.reading import issue_note
from converters.records import dataclass
from converters.theme.schema import Theme

from .ahead import Ahead
from .articles import Articles, article_items
from .blocks import BlockSetter
from .colophon import LEAST_GAP_ROWS, colophon_box
from .columns import ColumnMaker
from .compositor import Compositor
from .contents import Contents
from .folio import Folios
from .items import Box, Item, PageEnd, Rows, TableRows
from .masthead import MastheadSetter
from .paging import Paged, PageMaker
from .result import Element, Layout, OutlineEntry, Vertical
from .setter import Place
from .vertical import VERTICAL, add_furniture, level, not_vertical, turned

_MOST_PASSES = 5
_AFTER_RULE_ROWS = 2.0
"""Blank rows below the red rule where no contents stand there (GB/T 9704-2012, 7.3.1)."""
_BELOW_RULE_EM = 0.6
"""Where rows are narrow, the least room between the red rule and the row of the contents' heading, in its em."""


@dataclass(slots=True, eq=False, repr=False)
class _Parts:
    """The items of a document, part by part."""

    head: Box | None
    note: list[Item]
    articles: Articles
    foot: Box | None
    contents_element: Element
    written: Callable[[str], str]


def lay_out(
    document: Document, theme: Theme, fonts: FontSet, pictures: Mapping[str, Picture] | None = None
) -> Checked[Layout]:
    """Lay a document out in pages.

    Findings: F-GLYPH (error) for a character that no face draws, L-OVERFULL for a line that does not fit,
    L-RUNT for a last line of one hanzi,
    L-RTL for text that runs from right to left, L-PICTURE and L-TABLE for what could not be set as it is, L-FIT for
    a number of pages that was wanted (`page.fit`), L-FIRST for a 公文 whose page 1 shows no text, L-ALONE
    for a last page without text.
    """
    # Everything made here lives until the edition is written: looking for garbage meanwhile finds none and costs
    # a quarter of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        made = _lay_out(document, theme, fonts, pictures or {})
        if theme.page.fit:
            from .fit import fitted

            return fitted(made, theme, lambda sheet: _lay_out(document, sheet, fonts, pictures or {}))
        return made
    finally:
        if collecting:
            gc.enable()


def _lay_out(document: Document, theme: Theme, fonts: FontSet, pictures: Mapping[str, Picture]) -> Checked[Layout]:
    paper, is_vertical = theme, theme.page.writing_mode == VERTICAL
    findings: list[Diagnostic] = []
    if is_vertical and (refused := not_vertical(document.metadata.lang)) is not None:
        findings.append(refused)
        is_vertical = False
        paper = theme = level(theme)
    elif is_vertical:
        theme = turned(theme)
    shop = Compositor(document.metadata, theme, fonts, pictures)
    setter = BlockSetter(shop)
    root = Element("Document")
    if is_vertical:
        root.attributes = (("Layout", "WritingMode", "/TbRl"),)
    with setter.across():
        head = MastheadSetter(setter, root).box()
        contents_element = Element("TOC", root)
        note = setter.wide(_issue_note(setter, document, root))
    with Ahead(setter, document) as ahead:
        setter.ahead = ahead.ready
        articles = article_items(setter, document, root)
    with setter.across():
        foot = colophon_box(setter, root)
    parts = _Parts(head, note, articles, foot, contents_element, shop.clusters.written)
    paged, has_contents = _paged(setter, parts, document)
    if head is not None and (hidden := _hidden_text(document, paged)):
        # Page 1 shows text (7.3.3): for that its first paragraph may be parted anywhere.
        for item in articles.items:
            alone = has_contents and theme.contents.own_page
            if isinstance(item, Rows) and item.ident == hidden and not alone:
                item.widows = item.orphans = 1
                paged, has_contents = _paged(setter, parts, document)
        if shop.is_official and _hidden_text(document, paged):
            shop.find(
                "L-FIRST", Severity.WARNING, "page 1 shows none of the text", document.articles[0].span,
                "make the mark or the title smaller, or put the addressees into the front matter",
            )  # fmt: skip
    if paged.foot_alone:
        shop.find(
            "L-ALONE", Severity.WARNING, "the last page holds the colophon alone", document.metadata.span,
            "cut or add some lines, or let page.fit change the pitch",
        )  # fmt: skip
    vertical = None
    if is_vertical:
        furniture = add_furniture(shop, paper, paged.pages)
        vertical = Vertical(_frozen(furniture.drawn), shop.clusters.cells)
    else:
        folios = Folios(shop)
        maker = _maker(theme)
        for page in paged.pages:
            folios.put(page, maker.left_of(page.number))
    layout = Layout(
        paper.page.width,
        paper.page.height,
        tuple(paged.pages),
        root,
        _pagination(document, paged, articles, contents=has_contents),
        _frozen(shop.drawn),
        shop.clusters.by_face,
        tuple(OutlineEntry(*entry) for entry in paged.outline),
        paged.names,
        shop.pictures,
        theme=paper,
        vertical=vertical,
    )
    return Checked(layout, (*findings, *shop.findings))


def _frozen(drawn: Mapping[Face, set[str]]) -> dict[Face, frozenset[str]]:
    return {face: frozenset(characters) for face, characters in drawn.items()}


def _issue_note(setter: BlockSetter, document: Document, root: Element) -> list[Item]:
    """The editor's note of the whole issue."""
    label, text = issue_note(document.metadata)
    if not text:
        return []
    paragraph = b.Paragraph((i.Text(label + text),), span=document.metadata.span)
    return setter.editor_note((paragraph,), Place(root))


def _paged(setter: BlockSetter, parts: _Parts, document: Document) -> tuple[Paged, bool]:
    """The pages; with contents where they are wanted, in as many passes as their numbers need."""
    theme = setter.shop.theme
    entries = parts.articles.entries
    toc = document.metadata.toc
    wanted = bool(entries) and toc != "false"
    if wanted and toc != "true":
        wanted = theme.contents.show and len(entries) >= theme.contents.min_articles
        if wanted and theme.contents.min_pages > 1:
            trial = _maker(theme, theme.contents.min_pages)
            trial.run(_flow(setter, parts, []))
            wanted = trial.paged.stopped or len(_close(trial, parts).pages) >= theme.contents.min_pages
    if not wanted:
        return _make(theme, _flow(setter, parts, []), parts), False
    # A first guess of the last page's number: what the lines of all items would fill.
    depth = sum(_height(item) for item in parts.articles.items)
    digits = len(str(1 + int(depth / theme.page.depth)))
    for _ in range(_MOST_PASSES):
        with setter.across():
            contents = Contents(setter, entries, parts.contents_element, digits)
            setter.wide(contents.items)
        paged = _make(theme, _flow(setter, parts, contents.items), parts)
        if contents.fill(paged):
            break
        digits = contents.digits
    return paged, True


def _height(item: Item) -> float:
    match item:
        case Rows(passage=passage):
            return item.before + passage.height
        case Box(height=height):
            return item.before + height
        case TableRows(rows=rows):
            return sum(row.height for row in rows)
        case PageEnd():
            return 0.0


def _hidden_text(document: Document, paged: Paged) -> str:
    """The first block of text where page 1, which must show some (GB/T 9704-2012, 7.3.3), shows none."""
    for article in document.articles[:1]:
        texts = [
            f"a1.b{position}" for position, block in enumerate(article.blocks, 1)
            if not isinstance(block, b.Addressee | b.Signature | b.AttachmentNote | b.PageBreak)
        ]  # fmt: skip
        if texts and all(paged.places.get(name, 0) for name in texts):
            return texts[0]
    return ""


def _flow(setter: BlockSetter, parts: _Parts, contents: Sequence[Item]) -> list[Item]:
    """All items in order, with the blanks between the parts."""
    pitch = setter.shop.pitch
    items: list[Item] = []
    if parts.head is not None:
        parts.head.wide = True
        items.append(parts.head)
    if parts.head is not None and contents and not isinstance(contents[0], PageEnd):
        clear = _BELOW_RULE_EM * setter.styles.contents_title.size
        contents[0].before = max(contents[0].before, clear)
    items += contents
    if contents and setter.shop.theme.contents.own_page:
        items.append(PageEnd())
    rest = [*parts.note, *parts.articles.items]
    if rest and not isinstance(rest[0], PageEnd | TableRows) and parts.head is not None and not contents:
        rest[0].before = max(rest[0].before, _AFTER_RULE_ROWS * pitch)
        if setter.shop.form in (Form.LETTER, Form.ORDER):
            # Two lines below the last of the head, which is off the grid (10.1, 10.2); the text after finds it again.
            rest[0].on_grid = False
    elif rest and not isinstance(rest[0], PageEnd) and contents:
        rest[0].before = pitch
    return items + rest


def _maker(theme: Theme, most: int = 0) -> PageMaker:
    """What makes the pages of a style sheet: of one column or of several."""
    return ColumnMaker(theme, most) if theme.page.columns > 1 else PageMaker(theme, most)


def _make(theme: Theme, items: Sequence[Item], parts: _Parts) -> Paged:
    maker = _maker(theme)
    maker.written = parts.written
    maker.run(items)
    foot = parts.foot
    if foot is None or theme.page.columns > 1 or not items or _has_room(maker, foot):
        return _close(maker, parts)
    if theme.colophon.even_page and len(maker.paged.pages) % 2 == 0:
        # 版记 goes to the even page after a blank one, as the standard has it (GB/T 9704-2012, 7.5).
        return _close(maker, parts)
    # The last lines of the text go over to the colophon, which would stand on its page alone.
    maker = _maker(theme)
    maker.written = parts.written
    kept = Box(foot.height + LEAST_GAP_ROWS * maker.pitch + theme.page.hang, tail=True)
    maker.run([*items, kept])
    return _close(maker, parts, kept=True)


def _has_room(maker: PageMaker, foot: Box) -> bool:
    """Whether the colophon stands below the text of the last page, a row apart."""
    maker.drain_notes()
    return foot.height + LEAST_GAP_ROWS * maker.pitch + maker.theme.page.hang <= maker.room - maker.bottom


def _close(maker: PageMaker, parts: _Parts, *, kept: bool = False) -> Paged:
    """Put the colophon at the foot of the last page, of a page of its own where it does not fit. `kept`: its place was
    kept for it."""
    foot = parts.foot
    if foot is None:
        return maker.finish()
    theme = maker.theme
    maker.drain_notes()
    if not kept and not _has_room(maker, foot):
        maker.new_page()
    if theme.colophon.even_page and len(maker.paged.pages) % 2:
        before = maker.paged.pages[-1]
        maker.new_page()
        if not before.items:
            # A blank page before the colophon: neither of them has a number (GB/T 9704-2012, 7.5).
            before.label = maker.paged.pages[-1].label = ""
    maker.paged.foot_alone = not (maker.paged.pages[-1].items or theme.colophon.even_page)
    maker.place_at_foot(foot)
    return maker.finish()


def _pagination(document: Document, paged: Paged, articles: Articles, *, contents: bool) -> Pagination:
    """What the other editions learn: the page of every article and block, the place where every page begins."""
    ids: dict[str, str] = {}
    label = paged.pages[0].label if paged.pages else ""
    for ident, thing in walk.numbered(document):
        name = ident
        if ident in paged.names:
            label = paged.pages[paged.names[ident][0]].label
        elif name in paged.places:
            label = paged.pages[paged.places[name]].label
        elif not isinstance(thing, b.Paragraph) and ident not in ids:
            # A page break or an empty block stands where the one before it ended.
            pass
        ids[ident] = label
    starts = tuple(PageStart(paged.pages[page].label, ident, offset) for page, ident, offset in paged.starts)
    titles = {entry.name: tuple(entry.lines) for entry in articles.entries}
    return Pagination(ids, starts, len(paged.pages), contents, titles, frozenset(paged.closing))
