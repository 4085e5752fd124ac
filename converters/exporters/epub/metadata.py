"""What a book says of itself: identity, makers, series, accessibility (EPUB 3.3, 5.5; EPUB Accessibility 1.1)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from converters.exporters.hypertext.book import Book
from converters.exporters.hypertext.parts import Names
from converters.exporters.hypertext.words import reader_language
from converters.model.document import Document
from converters.model.metadata import Kind, Metadata
from converters.model.patterns import compiled
from converters.model.reading import Stream, Streams, passages
from converters.records import dataclass

if TYPE_CHECKING:
    from ebooklib.epub import EpubBook

# The names of bulletins live in this namespace; uuid5 of a name in it is the same on every machine.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:jianbao:bulletin:1")

_WCAG = "EPUB Accessibility 1.1 - WCAG 2.1 Level {level}"
# Four Latin words in a row are a sentence in another language, which WCAG 3.1.2 (level AA) wants to be marked.
_FOREIGN = r"(?:[A-Za-z]{2,}[ ,]+){3}[A-Za-z]{2,}"


def identifier(document: Document, said: Streams | None = None) -> str:
    """The book's urn:uuid: of issuer, name, year and issue, so that a corrected edition replaces the old.

    A 公文 is known by its number. Where name or issue is missing, the identity is that of the text; `said` is the
    document's text where it is known already.
    """
    metadata = document.metadata
    if metadata.kind is Kind.GONGWEN and metadata.document_number:
        parts = ["公文", metadata.issuer or "、".join(metadata.organs), metadata.document_number]
    elif metadata.name and metadata.issue:
        issue = f"{'+' if metadata.supplement else ''}{metadata.issue}"
        parts = [metadata.issuer, metadata.name, str(metadata.year or ""), issue]
    else:
        streams = passages(document) if said is None else said
        parts = ["text", *(passage.text for stream in Stream for passage in streams[stream])]
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, chr(10).join(parts))}"


@dataclass(frozen=True, slots=True)
class Reach:
    """What the accessibility metadata speaks of: the book's means and what it lacks."""

    pictures: bool
    undescribed: bool
    moving: bool
    pages: bool
    ruby: bool
    foreign: bool


def reach(book: Book, *, foreign: bool, moving: bool) -> Reach:
    """What a book has and lacks; asked after its pages were written."""
    pictures = any(True for _ in book.shelf.taken())
    return Reach(pictures, book.undescribed, moving, bool(book.page_marks), book.ruby, foreign)


def holds_foreign(document: Document, said: Streams) -> bool:
    """Does a text hold sentences in another language than its own, which are not marked as such?"""
    return not document.metadata.lang.lower().startswith("en") and any(
        _has_sentence(passage.text) for stream in (Stream.BODY, Stream.NOTES) for passage in said[stream]
    )


def _has_sentence(text: str) -> bool:
    """Do four Latin words follow each other? Hanzi take three bytes each, so that most text is not searched."""
    return 3 * len(text) - len(text.encode(errors="replace")) >= 20 and bool(compiled(_FOREIGN).search(text))


def describe(target: EpubBook, book: Book, names: Names, has: Reach) -> None:
    """Put all metadata into an EbookLib book that has its identifier; dcterms:modified is its writer's."""
    metadata = book.document.metadata
    target.metadata.clear()
    target.set_identifier(target.uid)
    if metadata.identifier:
        target.add_metadata("DC", "identifier", metadata.identifier, {"id": "printed-identifier"})
    target.title = names.title
    target.add_metadata("DC", "title", names.title, {"id": "title"})
    target.set_language(reader_language(metadata.lang))
    _makers(target, metadata)
    if metadata.date is not None:
        target.add_metadata("DC", "date", metadata.date.isoformat())
    if metadata.description:
        target.add_metadata("DC", "description", metadata.description)
    for keyword in metadata.keywords:
        target.add_metadata("DC", "subject", keyword)
    _series(target, metadata)
    if has.pages:
        printed = book.words.print_edition.format(title=names.title)
        target.add_metadata("DC", "source", printed, {"id": "printed"})
        _meta(target, "pagination", property="source-of", refines="#printed")
        _meta(target, printed, property="pageBreakSource")
    _accessibility(target, book, has)


def _makers(target: EpubBook, metadata: Metadata) -> None:
    publisher = metadata.issuer or "、".join(metadata.organs)
    for number, name in enumerate(metadata.author or ((publisher,) if publisher else ()), 1):
        target.add_metadata("DC", "creator", name, {"id": f"creator{number}"})
        _meta(target, "aut", property="role", refines=f"#creator{number}", scheme="marc:relators")
    for number, name in enumerate(metadata.editors, 1):
        target.add_metadata("DC", "contributor", name, {"id": f"editor{number}"})
        _meta(target, "edt", property="role", refines=f"#editor{number}", scheme="marc:relators")
    if publisher:
        target.add_metadata("DC", "publisher", publisher)


def _series(target: EpubBook, metadata: Metadata) -> None:
    """The bulletin as a series, each issue in its place (EPUB 3.3, belongs-to-collection)."""
    if metadata.kind is Kind.GONGWEN or not metadata.name:
        return
    _meta(target, metadata.name, property="belongs-to-collection", id="series")
    _meta(target, "series", property="collection-type", refines="#series")
    if not (metadata.issue.isascii() and metadata.issue.isdigit()) or metadata.supplement:
        return
    place = f"{metadata.year}.{int(metadata.issue)}" if metadata.year else str(int(metadata.issue))
    if metadata.total_issue:
        place = str(metadata.total_issue)
    _meta(target, place, property="group-position", refines="#series")


def _accessibility(target: EpubBook, book: Book, has: Reach) -> None:
    """What is true of the book (schema.org; EPUB Accessibility 1.1, 2 and 4)."""
    described = not has.undescribed
    words = book.words
    facts: list[tuple[str, str]] = [("schema:accessMode", "textual")]
    if has.pictures:
        facts.append(("schema:accessMode", "visual"))
        facts.append(("schema:accessModeSufficient", "textual,visual"))
    if described:
        facts.append(("schema:accessModeSufficient", "textual"))
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability", "unlocked"]
    if has.pictures and described:
        features.append("alternativeText")
    if has.pages:
        features += ["pageNavigation", "pageBreakMarkers"]
    if has.ruby:
        features.append("rubyAnnotations")
    if book.vertical:
        features.append("verticalWriting")
    facts += (("schema:accessibilityFeature", feature) for feature in features)
    facts.append(("schema:accessibilityHazard", "unknown" if has.moving else "none"))
    summary = [words.summary]
    if has.pages:
        summary.append(words.summary_pages)
    if has.pictures:
        summary.append(words.summary_pictures if described else words.summary_undescribed)
    ending = words.summary_end if not has.moving else words.summary_end[-1:]
    facts.append(("schema:accessibilitySummary", "".join(summary) + ending))
    for name, value in facts:
        _meta(target, value, property=name)
    if described and not has.moving:
        level = "A" if has.foreign else "AA"
        _meta(target, _WCAG.format(level=level), property="dcterms:conformsTo", id="conformance")
        _meta(target, "jianbao", property="a11y:certifiedBy", refines="#conformance")


def _meta(target: EpubBook, value: str, **attributes: str) -> None:
    target.add_metadata("OPF", "meta", value, attributes)
