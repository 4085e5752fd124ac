"""The web edition: one HTML file that needs nothing beside it, for mailing and for pasting into a website."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from converters.diagnostics import Checked
from converters.exporters.hypertext import parts
from converters.exporters.hypertext.blocks import BlockWriter
from converters.exporters.hypertext.book import Book
from converters.exporters.hypertext.faces import role_faces, subsets
from converters.exporters.hypertext.pictures import Shelf
from converters.exporters.hypertext.sheet import css
from converters.exporters.hypertext.words import reader_language
from converters.model.document import Document
from converters.model.pagination import Pagination
from converters.model.pictures import Pictures
from converters.records import collector_off
from converters.theme.schema import Theme
from converters.xhtml import attribute, escape

if TYPE_CHECKING:
    from converters.fonts.roles import FontSet

# Nothing runs and nothing is loaded, whatever the text may hold.
_POLICY = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'"
# A line of 34 hanzi is as long as the eye likes it; the page keeps off the edges of the window.
_RULES = """main { display: block; max-width: 34em; margin: 0 auto; padding: 2em 1.2em }
* + .article, * + .colophon { margin: 4em 0 0 0 }
nav { margin: 2em 0 3em 0 }
@media print { main { max-width: none; padding: 0 } nav { display: none } }"""
_VERTICAL_RULES = """main { display: block; height: 34em; max-height: 92vh; margin: auto 0; padding: 1.2em 2em }
* + .article, * + .colophon { margin: 0 4em 0 0 }
nav { margin: 0 2em 0 3em }
@media print { nav { display: none } }"""


def export(document: Document, theme: Theme, fonts: FontSet, pictures: Pictures) -> Checked[bytes]:
    """A whole HTML file, pictures and subset faces in it, without any script (HTML Living Standard).

    Raises FontError for a face that cannot be subset.
    """
    with collector_off():
        return _export(document, theme, fonts, pictures)


def _export(document: Document, theme: Theme, fonts: FontSet, pictures: Pictures) -> Checked[bytes]:
    faces = role_faces(theme, document.metadata.lang, fonts)
    shelf = Shelf(pictures, theme.epub.image_max_px)
    book = Book(document, faces, shelf, Pagination(), epub=False)
    book.picture_address = lambda shelved: _inlined(shelved.media_type, shelved.data)
    body = _body(book)
    files = [(file, _inlined(f"font/{file.suffix}", file.data)) for file in subsets(faces, fonts)]
    rules = _VERTICAL_RULES if book.vertical else _RULES
    style = css(faces, files, extra=rules).partition("\n")[2]
    lang = escape(reader_language(document.metadata.lang))
    html = (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8"/>\n{_head(document)}'
        f"<style>\n{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
    # Void elements close themselves in HTML; in text and attributes every > is escaped.
    return Checked(html.replace("/>", ">").encode(), tuple(book.findings))


def _head(document: Document) -> str:
    metadata = document.metadata
    said = {
        "viewport": "width=device-width, initial-scale=1",
        "author": "、".join(metadata.author) or metadata.issuer,
        "description": metadata.description,
        "keywords": ", ".join(metadata.keywords),
        "dcterms.date": metadata.date.isoformat() if metadata.date is not None else "",
    }
    metas = "".join(f'<meta name="{name}"{attribute("content", value)}/>\n' for name, value in said.items() if value)
    return (
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>\n{metas}'
        f"<title>{escape(parts.names(document).title)}</title>\n"
    )


def _body(book: Book) -> str:
    head = parts.write_masthead(book)
    if head:
        book.title_level = 2
    written = [head, parts.write_issue_note(book), _contents(book)]
    writer = BlockWriter(book)
    written += (
        parts.write_article(writer, article, number, "") for number, article in enumerate(book.document.articles, 1)
    )
    written.append(parts.write_colophon(book))
    return "\n".join(part for part in written if part)


def _contents(book: Book) -> str:
    """The contents, where there is more than one thing to choose from and the author has not left them out."""
    metadata = book.document.metadata
    enough = len(book.document.articles) >= book.faces.theme.contents.min_articles
    if metadata.toc == "false" or not (enough or metadata.toc == "true"):
        return ""
    title = metadata.toc_title or book.labels.contents
    entries = parts.contents(book)
    parts.draw_contents(book, title, entries)
    element = f"h{book.title_level}"
    return (
        f'<nav class="furniture" role="doc-toc" aria-labelledby="contents">\n'
        f'<{element} id="contents" class="contents-title">{book.escape(title)}</{element}>\n'
        f"{parts.contents_list(entries)}\n</nav>"
    )


def _inlined(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"
