"""The text of a Markdown edition: what our own reader, and repair of the structure alone, make of it."""

from __future__ import annotations

from converters.errors import InputError
from converters.model.reading import passages

from .edition import EditionText, UnreadableEditionError

# What would change the text of an edition, which is to be compared as it stands; what finds its structure stays.
_MENDING = frozenset(("E", "S", "P", "R-JOIN", "R-WRAP", "R-SPLIT", "R-LINES", "R-PAGENO", "R-FURN", "R-WX"))


def read_markdown(name: str, data: bytes) -> EditionText:
    """The text of a Markdown file, masthead and colophon from its front matter. Raises UnreadableEditionError."""
    from converters.readers import read
    from converters.repairs import Options, repair

    try:
        document = repair(read(name, data, format="markdown").value, options=Options(no_fix=_MENDING)).value
    except InputError as trouble:
        raise UnreadableEditionError(str(trouble)) from None
    edition = EditionText()
    source = document.sources[0]
    for stream, texts in passages(document).items():
        for passage in texts:
            place = "line 1"
            if passage.span is not None:
                place = f"line {source.locate(passage.span.start)[0]}"
            edition.add(passage.text, place, stream)
    return edition
