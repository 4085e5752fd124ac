"""DOCX from Word, WPS, LibreOffice or this program: styles by their names, numbers counted, changes accepted.

What tells a paragraph's part, in this order: the name of its style and of the styles that it is based on; its
outline level; its looks. Numbers that Word counts (一、（一）①) become text. A file that uses the styles of the
house gives its masthead, colophon and articles back as they were; any other gives one untitled article.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from converters.diagnostics import Checked
from converters.errors import InputError
from converters.model.document import Article, Document
from converters.model.metadata import Kind, Metadata

from .aside import report_comments, report_left_out
from .assemble import assemble
from .foreign import prepare
from .formatting import bare_heads, find_titles, name_of
from .house import is_ours, read_articles, read_metadata
from .numbering import Numbering
from .package import Package
from .parts import Para, Part
from .story import Story
from .styles import Styles, w

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["read"]

_LANGUAGES = {"zh-tw": "zh-Hant", "zh-hk": "zh-HK", "zh-mo": "zh-Hant", "ja-jp": "ja", "ko-kr": "ko"}


def read(name: str, data: bytes) -> Checked[Document]:
    """A DOCX as a document. Raises InputError: no DOCX, damaged, hostile, or without any text."""
    package = Package(name, data)
    story = _story(package)
    body = package.xml(package.main).find(w("body"))
    if body is None:
        raise InputError("it has no body", where=name, hint="get a whole copy")
    prepare(body, story)
    story.references = references_of(body)
    story.turned = turned_tables(body)
    parts = list(story.parts_of(body))
    report_comments(package)
    lang = _language(story.styles.language)
    if is_ours(parts):
        metadata, rest = read_metadata(parts, lang)
        articles = read_articles(rest, story)
    else:
        metadata, articles = _flat(parts, story, lang)
        report_left_out(package, body, story)
    if not articles and metadata == Metadata(lang=lang):
        raise InputError("it holds no text", where=name, hint="get a whole copy")
    source = story.source()
    document = Document(metadata, articles or (Article(),), (source,))
    return Checked(document, (*package.findings, *story.findings))


def _flat(parts: list[Part], story: Story, lang: str) -> tuple[Metadata, tuple[Article, ...]]:
    title, rest = name_of(parts)
    metadata = Metadata(lang=lang)
    if title:
        kind = Kind.GONGWEN if title.endswith(("文件", "文件〕")) else Kind.JIANBAO
        metadata = replace(metadata, name=title, kind=kind)
    if any(isinstance(part, Para) and part.meaning == "title" for part in rest):
        # A document's one title stands above its headings.
        rest = [
            replace(part, level=1, meaning="")
            if isinstance(part, Para) and part.meaning == "title"
            else replace(part, level=part.level + 1)
            if isinstance(part, Para) and part.level
            else part
            for part in rest
        ]
    blocks = assemble(bare_heads(find_titles(rest)), story)
    return metadata, (Article(blocks=tuple(blocks)),) if blocks else ()


def _story(package: Package) -> Story:
    def root(kind: str) -> Element | None:
        part = package.related(package.main, kind)
        return package.xml(part) if part else None

    story = Story(package, Styles(root("styles")), Numbering(root("numbering")), package.main)
    for kind, relation in (("footnote", "footnotes"), ("endnote", "endnotes")):
        part = package.related(package.main, relation)
        if part:
            story.note_parts[kind] = part
            notes = package.xml(part)
            prepare(notes, story)
            for note in notes.iter(w(kind)):
                if note.get(w("type")) in (None, "normal"):
                    story.notes[kind, note.get(w("id"), "")] = note
    return story


def references_of(body: Element) -> dict[str, tuple[str, str]]:
    """The notes that bookmarks stand around, for fields that call them again."""
    found: dict[str, tuple[str, str]] = {}
    for mark in body.iter(w("bookmarkStart")):
        following = mark.getnext()
        if following is not None and following.tag == w("r"):
            for kind in ("footnote", "endnote"):
                call = following.find(w(f"{kind}Reference"))
                if call is not None:
                    found[mark.get(w("name"), "")] = (kind, call.get(w("id"), ""))
    return found


def turned_tables(body: Element) -> frozenset[Element]:
    """The tables on pages turned by 90°, in a document whose last pages stand upright."""
    found: list[Element] = []
    waiting: list[Element] = []
    turned = False
    for child in body:
        if child.tag == w("tbl"):
            waiting.append(child)
        section = child if child.tag == w("sectPr") else child.find(f"{w('pPr')}/{w('sectPr')}")
        if section is not None:
            size = section.find(w("pgSz"))
            turned = size is not None and size.get(w("orient")) == "landscape"
            found += waiting if turned else []
            waiting = []
    return frozenset() if turned else frozenset(found)


def _language(tag: str) -> str:
    return _LANGUAGES.get(tag.lower(), "zh-Hans")
