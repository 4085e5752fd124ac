"""Articles → items of the flow: column, editor's note, kicker, title, subtitle, author, blocks, source line."""

from __future__ import annotations

from dataclasses import field, replace

from converters.model import inlines as i
from converters.model import walk
from converters.model.document import Article, Document
from converters.records import dataclass
from converters.theme.schema import TextStyle

from .blocks import BlockSetter
from .items import Item, PageEnd, Rows
from .result import Element
from .setter import Place
from .title import title

_SHORT_NOTE = 8
"""An editor's note of so many lines is not parted at the foot of a page."""


@dataclass(slots=True, eq=False, repr=False)
class Entry:
    """An article as the contents list it: its title's lines, the name of its place, the column before it."""

    lines: list[str]
    name: str
    column: str = ""


@dataclass(slots=True, eq=False, repr=False)
class Articles:
    """All articles as items, and what the contents say of them."""

    items: list[Item] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def article_items(setter: BlockSetter, document: Document, root: Element) -> Articles:
    """The items of all articles."""
    made = Articles()
    theme = setter.shop.theme
    breaks = document.metadata.article_break or theme.article.break_
    setter.top_level = 1
    for number, article in enumerate(document.articles, 1):
        items = _article(setter, article, root, f"a{number}", made)
        if not items:
            continue
        if number > 1 and (breaks == "page" or article.attachment):
            made.items.append(PageEnd())
        elif number > 1 and made.items:
            first = items[0]
            if not isinstance(first, PageEnd):
                first.before = max(first.before, theme.article.gap_rows * setter.shop.pitch)
        made.items += items
    return made


def _article(setter: BlockSetter, article: Article, root: Element, name: str, made: Articles) -> list[Item]:
    place = Place(Element("Sect", root))
    # On pages of several columns all that opens an article stands across them.
    with setter.across():
        items = setter.wide(_opening(setter, article, place, name, made))
    items += setter.blocks(article.blocks, place, f"{name}.b")
    if article.source is not None:
        source_span = article.source.span or article.span
        source = setter.rows(article.source.inlines, setter.source_style, place, source_span)
        source.tail = True
        items.append(source)
    if items and not isinstance(items[0], PageEnd):
        items[0].name = name
    return items


def _opening(setter: BlockSetter, article: Article, place: Place, name: str, made: Articles) -> list[Item]:
    """What stands before the text of an article, down to its title and what is set below that."""
    styles, pitch = setter.styles, setter.shop.pitch
    section = place.parent
    items: list[Item] = []
    if article.attachment:
        label = setter.rows((i.Text(article.attachment),), styles.attachment_label, place, article.span)
        label.keep = True
        label.after = pitch
        items.append(label)
    if article.column:
        setter.top_level = 2
        column = setter.rows(article.column, styles.column, place, article.span, Element(setter.title_tag(1), section))
        column.keep = True
        column.outline = (walk.plain(article.column).replace("\n", " "), 1)
        items.append(column)
    note = setter.editor_note(article.editor_note, place, f"{name}.n")
    if note and article.title and not isinstance(note[-1], PageEnd):
        # 编者按 stands before the article that it introduces, on the same page as its title; a short one as a whole.
        note[-1].keep = True
        rows = [item for item in note if isinstance(item, Rows)]
        if len(rows) == len(note) and sum(len(item.passage.lines) for item in rows) <= _SHORT_NOTE:
            for item in rows:
                item.keep = True
    items += note
    if article.kicker:
        items.append(_beside(setter, article.kicker, styles.kicker, place, article))
    lines: list[str] = []
    if article.title:
        element = Element(setter.title_tag(setter.top_level), section)
        style = styles.title
        if article.attachment:
            style = replace(style, before_rows=1.0)
        if article.subtitle or article.author:
            style = replace(style, after_rows=0.0)
        setter.shop.ready = setter.ahead(article.title)
        heading, lines = title(setter, article.title, style, element, article.span)
        heading.outline = (walk.title_text(article), setter.top_level)
        if article.kicker:
            heading.before = 0.0
        items.append(heading)
        made.entries.append(Entry(lines, name, walk.plain(article.column)))
    else:
        setter.level = setter.top_level - 1
    below = [(styles.subtitle, article.subtitle), (styles.author, article.author)]
    for style, line in below:
        if line:
            items.append(_beside(setter, line, style, place, article))
    if article.title and (article.subtitle or article.author):
        last = items[-1]
        assert isinstance(last, Rows)
        last.after = max(last.after, styles.title.after_rows * pitch)
    return items


def _beside(setter: BlockSetter, line: tuple[i.Inline, ...], style: TextStyle, place: Place, article: Article) -> Rows:
    """A line above or below a title, kept with it."""
    item = setter.rows(line, style, place, article.span)
    item.keep = True
    return item
