"""Reads an edition back from its bytes alone and compares its text with the model's, character for character."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from converters.diagnostics import Diagnostic, Severity
from converters.model.document import Document
from converters.model.reading import Frame

from .edition import EditionText, UnreadableEditionError

if TYPE_CHECKING:
    from converters.theme.schema import Theme

# Editions that may be printed on headed paper; nobody prints the others there.
_PRINTED = ("pdf", "docx")


def verify(document: Document, name: str, data: bytes, frame: Frame | None = None) -> tuple[Diagnostic, ...]:
    """Every difference between a document's text and that of an edition, as errors V-TEXT and V-NOTE.

    The suffix of `name` says what the edition is; `frame` is what the style sheet says of the text around the
    articles. An edition that cannot be read back is one error V-READ.
    """
    from .compare import compare

    suffix = PurePath(name).suffix.lower().lstrip(".")
    label = PurePath(name).name
    if frame is not None and suffix not in _PRINTED:
        frame = frame._replace(preprinted=False)
    if suffix == "pdf":
        frame = (frame or Frame())._replace(on_paper=True)
    try:
        found = compare(document, _read(suffix, label, data), label, frame)
        if found and suffix == "pdf":
            # What looks like a fault in the quick reading is looked at closely before anybody is told.
            from .pdf import read_pdf

            found = compare(document, read_pdf(data, close=True), label, frame)
    except UnreadableEditionError as trouble:
        values = (("place", label), ("reason", str(trouble)))
        message = "{place}: the edition cannot be read back: {reason}"
        return (Diagnostic("V-READ", Severity.ERROR, message, place=label, values=values),)
    return found


def _read(suffix: str, label: str, data: bytes) -> EditionText:
    match suffix:
        case "pdf":
            from .pdf import read_pdf

            return read_pdf(data)
        case "docx":
            from .docx import read_docx

            return read_docx(data)
        case "epub":
            from .epub import read_epub

            return read_epub(data, label)
        case "html" | "xhtml" | "htm":
            from .hypertext import read_html

            return read_html(data)
        case "md" | "markdown":
            from .markdown import read_markdown

            return read_markdown(label, data)
        case _:
            raise UnreadableEditionError("it is none of pdf, docx, epub, html, markdown")


def frame_of(theme: Theme) -> Frame:
    """What a style sheet says of the text around the articles."""
    head = theme.masthead
    return Frame(head.issue_form, head.show, theme.colophon.show, head.preprinted, head.form)
