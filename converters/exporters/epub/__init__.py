"""The phone edition: an EPUB 3.3 that EPUB 2 readers open too, one content document an article."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ebooklib import epub

from converters.diagnostics import Checked
from converters.exporters.hypertext import parts
from converters.exporters.hypertext.blocks import BlockWriter
from converters.exporters.hypertext.book import Book, article_file
from converters.exporters.hypertext.faces import role_faces, subsets
from converters.exporters.hypertext.pictures import Shelf, is_moving
from converters.exporters.hypertext.sheet import css
from converters.exporters.hypertext.words import reader_language
from converters.model.document import Document
from converters.model.masthead import masthead
from converters.model.pagination import Pagination
from converters.model.pictures import Pictures
from converters.model.reading import passages
from converters.model.walk import title_text
from converters.records import collector_off
from converters.theme.schema import Theme
from converters.xhtml import attribute, page

from .metadata import describe, holds_foreign, identifier, reach
from .navigation import Landmark, navigation, ncx
from .package import Cover, Navigation, Ncx, Page, package

if TYPE_CHECKING:
    from converters.fonts.roles import FontSet

_HEAD = '<link rel="stylesheet" type="text/css" href="style.css"/>\n'
# Apple Books uses a book's own faces only where this file says so.
_APPLE = b"""<?xml version="1.0" encoding="utf-8"?>
<display_options>
<platform name="*"><option name="specified-fonts">true</option></platform>
</display_options>
"""


def export(
    document: Document,
    theme: Theme,
    fonts: FontSet,
    pagination: Pagination,
    pictures: Pictures,
    date: datetime.datetime | None,
) -> Checked[bytes]:
    """The bytes of the EPUB of a document.

    `pagination` gives the page list of the print edition, `date` dcterms:modified; without a date it is
    1980-01-01T00:00:00Z. Raises FontError for a face that cannot be subset.
    """
    with collector_off():
        return _Export(document, theme, fonts, pagination, pictures).run(date)


class _Export:
    """One book on its way into its package."""

    def __init__(
        self, document: Document, theme: Theme, fonts: FontSet, pagination: Pagination, pictures: Pictures
    ) -> None:
        self.theme = theme
        self.fonts = fonts
        self.pictures = pictures
        faces = role_faces(theme, document.metadata.lang, fonts)
        shelf = Shelf(pictures, theme.epub.image_max_px)
        self.book = Book(document, faces, shelf, pagination, epub=True)
        self.document = document
        self.lang = reader_language(document.metadata.lang)
        self.names = parts.names(document)
        self.target = epub.EpubBook()
        said = passages(document)
        self.target.set_identifier(identifier(document, said))
        self.foreign = holds_foreign(document, said)
        self.spine: list[epub.EpubItem] = []

    def run(self, date: datetime.datetime | None) -> Checked[bytes]:
        """Write all pages, then what depends on them: style sheet, faces, navigation, metadata."""
        if self.theme.page.writing_mode == "vertical-rl":
            self.target.set_direction("rtl")
        if self.theme.epub.cover:
            self._cover()
        self._front()
        first_article = len(self.spine)
        self._articles()
        self._colophon()
        self._navigation(first_article)
        self._style()
        for shelved in self.book.shelf.taken():
            name = f"pictures/{shelved.name}"
            self._add(epub.EpubItem(shelved.name.partition(".")[0], name, shelved.media_type, shelved.data))
        self._add(
            epub.EpubItem("apple", "META-INF/com.apple.ibooks.display-options.xml", "application/xml", _APPLE, False)
        )
        moving = any(is_moving(picture) for picture in self.pictures.values())
        has = reach(self.book, foreign=self.foreign, moving=moving)
        describe(self.target, self.book, self.names, has)
        if self.theme.epub.cover:
            # The form of EPUB 2, beside the property of the manifest.
            self.target.add_metadata(None, "meta", "", {"name": "cover", "content": "cover-image"})
        if self.theme.page.writing_mode != "horizontal-tb":
            self.target.add_metadata(None, "meta", "", {"name": "primary-writing-mode", "content": "vertical-rl"})
        self.target.spine = self.spine
        return Checked(package(self.target, date), tuple(self.book.findings))

    def _add(self, item: epub.EpubItem) -> epub.EpubItem:
        self.target.add_item(item)
        return item

    def _page(self, identifier: str, file: str, title: str, body: str, kind: str) -> None:
        attributes = attribute("epub:type", kind)
        data = page(title, self.lang, body, head=_HEAD, body_attributes=attributes).encode()
        properties = ("svg",) if "<svg" in body else ()
        self.spine.append(self._add(Page(identifier, file, data, *properties)))

    def _cover(self) -> None:
        from .cover import draw_cover

        head = masthead(self.document.metadata, self.theme.masthead.issue_form)
        # Where the title is the first article's, it is broken as the printed page breaks it.
        printed = self.book.title_lines.get("a1", ())
        title = "\n".join(printed) if "".join(printed) == self.names.title else self.names.title
        self._add(Cover("cover.png", "image/png", draw_cover(self.theme, self.fonts, head, title)))
        description = attribute("alt", f"{self.book.labels.cover}: {self.names.title}")
        body = f'<figure class="cover"><img src="cover.png" role="doc-cover"{description}/></figure>'
        self._page("cover", "cover.xhtml", self.book.labels.cover, body, "cover")

    def _front(self) -> None:
        self.book.file = "title.xhtml"
        head = parts.write_masthead(self.book)
        note = parts.write_issue_note(self.book)
        if not (head or note):
            return
        marks = self._first_mark() if head else ""
        body = "\n".join(part for part in (f"<div>{marks}</div>" if marks else "", head, note) if part)
        self._page("title-page", "title.xhtml", self.names.title, body, "frontmatter")

    def _first_mark(self) -> str:
        """The first printed page begins with the masthead; where that has pages of its own, they come before."""
        first = next((start.label for start in self.book.starts.get("a1", ())), "")
        if first.isascii() and first.isdigit() and int(first) > 1:
            return self.book.page_mark("1")
        return self.book.marks("a1")

    def _articles(self) -> None:
        writer = BlockWriter(self.book)
        for number, article in enumerate(self.document.articles, 1):
            file = self.book.file = article_file(number)
            body = parts.write_article(writer, article, number, self.names.banner)
            title = title_text(article) or parts.opening(article) or self.names.title
            self._page(f"article-{number:03d}", file, title, body, "bodymatter")

    def _colophon(self) -> None:
        self.book.file = "colophon.xhtml"
        if body := parts.write_colophon(self.book):
            self._page("colophon", "colophon.xhtml", self.book.words.colophon, body, "backmatter")

    def _style(self) -> None:
        files = subsets(self.book.faces, self.fonts)
        addresses = [f"fonts/{file.name}.{file.suffix}" for file in files]
        for file, address in zip(files, addresses, strict=True):
            self._add(epub.EpubItem(f"font-{file.name}", address, f"font/{file.suffix}", file.data))
        sheet = css(self.book.faces, zip(files, addresses, strict=True), extra=_COVER_RULES)
        self._add(epub.EpubItem("style", "style.css", "text/css", sheet.encode()))

    def _navigation(self, first_article: int) -> None:
        book, labels = self.book, self.book.labels
        metadata = self.document.metadata
        entries = parts.contents(book)
        if not entries:
            entries = [parts.Entry(item.title or self.names.title, item.file_name) for item in self.spine[-1:]]
        titles = metadata.toc_title or labels.contents
        shown = metadata.toc != "false" and len(self.document.articles) >= self.theme.contents.min_articles
        shown = shown or metadata.toc == "true"
        places: list[Landmark] = []
        if self.theme.epub.cover:
            places.append(Landmark("cover", labels.cover, "cover.xhtml"))
        if shown:
            # A landmark must be a page that is read.
            places.append(Landmark("toc", titles, "nav.xhtml#toc"))
            parts.draw_contents(book, titles, entries)
        if first_article < len(self.spine):
            places.append(Landmark("bodymatter", labels.body, self.spine[first_article].file_name))
        body = navigation(titles, entries, places, book.page_marks, book.words.pages)
        data = page(titles, self.lang, body, head=_HEAD, body_attributes=' epub:type="frontmatter"').encode()
        item = self._add(Navigation(data))
        if shown:
            self.spine.insert(first_article, item)
        self._add(Ncx(ncx(self.names.title, self.target.uid, self.lang, entries, book.page_marks).encode()))


_COVER_RULES = (
    "figure.cover { margin: 0; text-align: center }\n"
    "figure.cover img { max-width: 100%; max-height: 100%; max-height: 98vh }"
)
