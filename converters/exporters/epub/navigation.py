"""nav.xhtml and toc.ncx: contents, landmarks, printed pages (EPUB 3.3, 7; OPF 2.0.1, 2.4.1)."""

from __future__ import annotations

from collections.abc import Sequence

from converters.exporters.hypertext.book import PageMark
from converters.exporters.hypertext.parts import Entry, contents_list
from converters.records import dataclass
from converters.xhtml import attribute, escape

_NCX = "http://www.daisy.org/z3986/2005/ncx/"


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that a reading system can go to by itself: its kind in the structural vocabulary, its label, where."""

    kind: str
    label: str
    address: str


def navigation(
    title: str, entries: Sequence[Entry], landmarks: Sequence[Landmark], pages: Sequence[PageMark], pages_title: str
) -> str:
    """The body of the navigation document. Landmarks and pages are for machines and stay hidden."""
    parts = [
        f'<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">\n'
        f'<h1 id="toc-title" class="contents-title">{escape(title)}</h1>\n{contents_list(entries)}\n</nav>'
    ]
    if landmarks:
        places = "\n".join(
            f"<li><a{attribute('epub:type', mark.kind)}{attribute('href', mark.address)}>{escape(mark.label)}</a></li>"
            for mark in landmarks
        )
        parts.append(f'<nav epub:type="landmarks" hidden="hidden">\n<ol>\n{places}\n</ol>\n</nav>')
    if pages:
        places = "\n".join(f"<li><a{attribute('href', page.address)}>{escape(page.label)}</a></li>" for page in pages)
        name = attribute("aria-label", pages_title)
        parts.append(
            f'<nav epub:type="page-list" role="doc-pagelist"{name} hidden="hidden">\n<ol>\n{places}\n</ol>\n</nav>'
        )
    return "\n".join(parts)


def ncx(title: str, identifier: str, lang: str, entries: Sequence[Entry], pages: Sequence[PageMark]) -> str:
    """The contents and the printed pages for reading systems that know EPUB 2 alone."""
    points: list[str] = []
    numbers = iter(range(1, 1 << 30))

    def add(entry: Entry) -> None:
        number = next(numbers)
        points.append(
            f'<navPoint id="p{number}" playOrder="{number}"><navLabel><text>{escape(entry.text)}</text></navLabel>'
            f"<content{attribute('src', entry.address)}/>"
        )
        for child in entry.children:
            add(child)
        points.append("</navPoint>\n")

    for entry in entries:
        add(entry)
    targets = "".join(
        f'<pageTarget id="t{place}" {_kind(page.label)} playOrder="{next(numbers)}"><navLabel><text>'
        f"{escape(page.label)}</text></navLabel><content{attribute('src', page.address)}/></pageTarget>\n"
        for place, page in enumerate(pages, 1)
    )
    listed = f"<pageList>\n{targets}</pageList>\n" if targets else ""
    last = max((int(page.label) for page in pages if _is_number(page.label)), default=0)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<ncx xmlns="{_NCX}" version="2005-1"{attribute("xml:lang", lang)}>\n<head>\n'
        f'<meta name="dtb:uid"{attribute("content", identifier)}/>\n'
        f'<meta name="dtb:depth" content="{_depth(entries)}"/>\n'
        f'<meta name="dtb:totalPageCount" content="{len(pages)}"/>\n<meta name="dtb:maxPageNumber" content="{last}"/>\n'
        f"</head>\n<docTitle><text>{escape(title)}</text></docTitle>\n<navMap>\n{''.join(points)}</navMap>\n"
        f"{listed}</ncx>\n"
    )


def _is_number(label: str) -> bool:
    return label.isascii() and label.isdigit()


def _kind(label: str) -> str:
    """The attributes that tell numbered pages from others."""
    return f'type="normal" value="{label}"' if _is_number(label) else 'type="special"'


def _depth(entries: Sequence[Entry]) -> int:
    return 1 + max((_depth(entry.children) for entry in entries), default=0) if entries else 0
