"""A document → its pages: masthead, contents, articles, colophon, page numbers; contents with true numbers."""

from __future__ import annotations

from collections.abc import Mapping

from converters.diagnostics import Checked
from converters.fonts.roles import FontSet
from converters.model import walk
from converters.model.document import Document
from converters.model.pagination import Pagination
from converters.model.pictures import Picture
from converters.theme.schema import Theme

from .articles import article_items
from .blocks import Setter
from .compositor import Compositor
from .paging import Item, PageMaker
from .result import Element, Layout


def lay_out(
    document: Document, theme: Theme, fonts: FontSet, pictures: Mapping[str, Picture] | None = None
) -> Checked[Layout]:
    """Lay a document out in pages.

    Findings: F-GLYPH (error) for a character that no face draws, L-OVERFULL for a line that does not fit,
    L-RTL for text that runs from right to left, L-PICTURE and L-TABLE for what could not be set as it is.
    """
    shop = Compositor(document.metadata, theme, fonts, pictures or {})
    setter = Setter(shop)
    root = Element("Document")
    items: list[Item] = []
    articles = article_items(setter, document, root)
    items += articles.items
    maker = PageMaker(theme)
    paged = maker.run(items)
    maker.finish()
    ids: dict[str, str] = {}
    label = "1"
    for ident, _ in walk.numbered(document):
        if ident in paged.places:
            label = paged.pages[paged.places[ident]].label
        ids[ident] = label
    layout = Layout(
        theme.page.width,
        theme.page.height,
        tuple(paged.pages),
        root,
        Pagination(ids, (), len(paged.pages), False),
        {face: frozenset(characters) for face, characters in shop.drawn.items()},
        shop.clusters.by_face,
        (),
        paged.names,
        shop.pictures,
    )
    return Checked(layout, tuple(shop.findings))
