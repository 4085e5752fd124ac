"""Links: w:hyperlink to an address outside, by a relationship, or to a heading in the document, by its bookmark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from converters.diagnostics import Span
from converters.model import blocks as b
from converters.model.document import Article
from converters.model.inlines import Link
from converters.model.patterns import compiled
from converters.model.walk import numbered, plain, title_text
from converters.ooxml import escape_attribute

from .identity import PREFIX, short

if TYPE_CHECKING:
    from .writer import Writer

_SCHEME = compiled(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SCHEMES = frozenset(("http", "https", "mailto", "ftp", "tel"))
# What .NET's Uri, and so Word, takes in an address; all else is percent-encoded.
_SAFE = "%/:=&?~#+!$,;'@()*[]-._"
_BROKEN = compiled(r"^[a-z]+://($|[/?#:@])|%(?![0-9A-Fa-f]{2})|[\[\]]")
_LONGEST_TIP = 260


class Links:
    """Opens hyperlinks; what cannot be a link is reported and keeps its text."""

    __slots__ = ("_anchors", "_writer")

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._anchors: dict[str, str] | None = None

    def opening(self, link: Link, span: Span | None) -> str:
        """The start tag of a w:hyperlink, "" where the target cannot be one."""
        target = link.target.strip()
        tip = f' w:tooltip="{escape_attribute(link.title[:_LONGEST_TIP])}"' if link.title else ""
        if not target or target == "#":
            self._report("a link has no target; its text is kept", span)
            return ""
        if target.startswith("#"):
            anchor = self._anchor(target[1:])
            if not anchor:
                self._report("nothing in the document is called {target}; the link's text is kept", span, target=target)
                return ""
            return f'<w:hyperlink w:anchor="{anchor}"{tip} w:history="1">'
        scheme = _SCHEME.match(target)
        if scheme is not None and scheme[1].lower() not in _SCHEMES:
            self._report("{target} is no address that Word may open; the link's text is kept", span, target=target)
            return ""
        address = quote(target, safe=_SAFE)
        if _BROKEN.search(address):
            self._report("{target} is no valid address; the link's text is kept", span, target=target)
            return ""
        identifier = self._writer.story.link(address)
        return f'<w:hyperlink r:id="{identifier}"{tip} w:history="1">'

    def _report(self, message: str, span: Span | None, target: str = "") -> None:
        self._writer.report("W-LINK", message, span, hint="write the address in full", target=target)

    def _anchor(self, name: str) -> str:
        if self._anchors is None:
            self._anchors = {}
            for key, thing in numbered(self._writer.document):
                match thing:
                    case Article():
                        text, mark = title_text(thing), f"{key}_title"
                    case b.Heading(inlines=inlines):
                        text, mark = plain(inlines), key.replace(".", "_")
                    case _:
                        continue
                if text:
                    self._anchors.setdefault(slug(text), PREFIX + short(mark))
        return self._anchors.get(slug(name), "")


def slug(text: str) -> str:
    """A heading as links name it: in lower case, blanks as hyphens, marks dropped."""
    kept = "".join(char for char in text.strip().lower() if char.isalnum() or char in " -_")
    return re.sub(r"\s+", "-", kept)
