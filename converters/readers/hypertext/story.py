"""What is known while pages are read: the text so far, where pictures lie, the notes, what was found."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from converters.diagnostics import Diagnostic, Severity, Source, Span
from converters.model import blocks as b
from converters.records import dataclass

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LANGUAGES = {
    "zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-hans": "zh-Hans", "zh-tw": "zh-Hant",
    "zh-mo": "zh-Hant", "zh-hant": "zh-Hant", "zh-hk": "zh-HK", "ja-jp": "ja", "ko-kr": "ko", "en-us": "en",
    "en-gb": "en",
}  # fmt: skip
"""What languages are called in pages, and what the model calls them."""

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


@dataclass(slots=True)
class Story:
    """The text that is read becomes the source that findings point into: a line for each paragraph.

    `picture` makes a picture's target of its address in a page; `notes` holds the blocks of each note by its address
    ("page.xhtml#note-1"), `page` the name of the page that is being read.
    """

    name: str
    picture: Callable[[str, str], str]
    page: str = ""
    notes: dict[str, tuple[b.Block, ...]] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _length: int = 0
    _said: set[str] = field(default_factory=set)

    @property
    def position(self) -> int:
        """Where the next paragraph begins in the source."""
        return self._length

    def put(self, text: str) -> Span:
        """A paragraph's text as a line of the source; returns its place."""
        # A line break inside a paragraph is one character of it, but no line of the source.
        line = text.replace("\n", "\u2028")
        span = Span(self.name, self._length, self._length + len(line))
        self._texts.append(line)
        self._length += len(line) + 1
        return span

    def source(self) -> Source:
        """The whole text that was read."""
        return Source(self.name, "\n".join(self._texts), "utf-8")

    def report_once(self, rule: str, message: str, severity: Severity, hint: str = "", **values: str) -> None:
        """A finding that is said once, however often it is met."""
        key = rule + message.format(**values)
        if key not in self._said:
            self._said.add(key)
            place = Span(self.name, self._length, self._length)
            self.findings.append(Diagnostic(rule, severity, message, place, "", hint, tuple(values.items())))


def absolute(page: str, target: str) -> str:
    """An address in a page as a path in the book and an id: "text/page.xhtml#note-1"."""
    path, _, identifier = target.partition("#")
    if not path:
        return f"{page}#{identifier}"
    return f"{posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path)))}#{identifier}"


def local(element: Element) -> str:
    """An element's name without its namespace, in lower case; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def classes(element: Element) -> list[str]:
    """The classes of an element."""
    return (element.get("class") or "").split()


def kinds(element: Element) -> set[str]:
    """What an element is by its epub:type and its role, the prefix of DPUB-ARIA left out."""
    said = (element.get(EPUB_TYPE) or element.get("epub:type") or "").split()
    return {*said, *(role.removeprefix("doc-") for role in (element.get("role") or "").split())}


_FURNITURE = frozenset(("pagebreak", "backlink", "toc", "landmarks", "page-list", "pagelist", "cover"))


def is_furniture(element: Element) -> bool:
    """Is an element marked as no part of the text: page breaks, ways back, navigation, what is hidden?"""
    return (
        element.get("hidden") is not None
        or "furniture" in classes(element)
        or not _FURNITURE.isdisjoint(kinds(element))
    )


def flat_text(element: Element) -> str:
    """All text in an element."""
    return "".join(map(str, element.itertext()))


def is_note(element: Element) -> bool:
    """Does an element hold a note's text?"""
    return not kinds(element).isdisjoint(("footnote", "endnote", "rearnote"))
