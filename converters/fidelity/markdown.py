"""The text of a Markdown edition: what our own reader and repair make of it."""

from __future__ import annotations

from converters.errors import InputError
from converters.model.reading import passages

from .edition import EditionText, UnreadableEditionError


def read_markdown(name: str, data: bytes) -> EditionText:
    """The text of a Markdown file, masthead and colophon from its front matter. Raises UnreadableEditionError."""
    from converters.readers import read
    from converters.repairs import repair

    try:
        document = repair(read(name, data, format="markdown").value).value
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
