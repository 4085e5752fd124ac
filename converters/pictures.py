"""Finds and reads the pictures of a document: only files below the source's folder, never the network."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from converters.model.patterns import compiled

from .diagnostics import Checked, Diagnostic, Severity, Span
from .errors import InputError
from .files import STANDARD, Files
from .model import blocks as b
from .model import inlines as i
from .model.document import Document
from .model.pictures import Picture, Pictures
from .model.walk import all_blocks, images_within, inlines_of, notes_within
from .picture_headers import PictureError, header, upright

MOST_BYTES = 64 * 1024 * 1024

_REMOTE = compiled(r"(?:[a-z][a-z0-9+.-]+:|//|\\\\)", re.IGNORECASE)


def load(document: Document, files: Files, allowed: tuple[str, ...] = ()) -> Checked[dict[str, Picture]]:
    """Every picture that the document names, by its target; what could not be used is said in findings.

    A target is taken from the folder of the source; a file outside it needs a folder in `allowed`.
    """
    pictures: dict[str, Picture] = {}
    findings: list[Diagnostic] = []
    seen: set[str] = set()
    folder = _folder(document)
    for image, span in images(document):
        if image.target in seen:
            continue
        seen.add(image.target)
        outcome = _load(image.target, folder, files, allowed)
        if isinstance(outcome, Picture):
            pictures[image.target] = outcome
        else:
            rule, message, hint, values = outcome
            place = span
            if image.start >= 0 and span is not None:
                place = Span(span.source, image.start, image.start + 1)
            given = (("target", image.target), *values)
            findings.append(Diagnostic(rule, Severity.WARNING, message, place, "", hint, given))
    return Checked(pictures, tuple(findings))


def load_artwork(
    document: Document, target: str, folder: str | None, files: Files, allowed: tuple[str, ...] = ()
) -> Checked[Pictures]:
    """The picture that stands in place of the masthead's name, by artwork_key(); empty where there is none to use.

    It is looked for from the folder of the style sheet that names it, None for that of the source. What cannot be
    used is said in a finding; the name is then set as text in every edition, so a picture that only some of them
    could draw is not used either.
    """
    from .model.pictures import artwork_key

    outcome = _load(target, _folder(document) if folder is None else folder, files, allowed)
    if isinstance(outcome, Picture):
        try:
            _prove(outcome)
            return Checked({artwork_key(target): outcome})
        except PictureError as fault:
            hint = "save it as PNG or JPEG"
            outcome = "I-BAD", "the picture {target} cannot be used: {reason}", hint, (("reason", str(fault)),)
    rule, message, hint, values = outcome
    given = (("target", target), *values)
    return Checked({}, (Diagnostic(rule, Severity.WARNING, message, None, "masthead.image", hint, given),))


def _prove(picture: Picture) -> None:
    """Read the pixels of a picture. Raises PictureError for one that not every edition can draw."""
    if picture.media_type == "image/svg+xml":
        raise PictureError("the print edition draws no SVG")
    import io
    import warnings

    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(picture.data)) as image:
                image.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        raise PictureError("it is cut off") from None


def images(document: Document) -> Iterator[tuple[i.Image, Span | None]]:
    """Every picture of a document with the place of its block, those of notes included."""
    for block in all_blocks(document):
        if not _is_text(block):
            yield from _images_of(block)


def _is_text(block: b.Block) -> bool:
    """Whether a block is a heading or paragraph of text alone, as nearly every one is."""
    if type(block) is b.Paragraph:
        return not block.run_in and _TEXT.issuperset(map(type, block.inlines))
    return type(block) is b.Heading and _TEXT.issuperset(map(type, block.inlines))


_TEXT: frozenset[type] = frozenset((i.Text, i.LineBreak))
"""Inlines that hold nothing else."""


def _images_of(block: b.Block) -> Iterator[tuple[i.Image, Span | None]]:
    span = block.span
    if isinstance(block, b.Figure):
        for image in block.images:
            yield image, span
    for line in inlines_of(block):
        for image in images_within(line):
            yield image, span
        for note in notes_within(line):
            for inner in note.blocks:
                yield from _images_of(inner)


_Refusal = tuple[str, str, str, tuple[tuple[str, str], ...]]


def _load(target: str, folder: str, files: Files, allowed: tuple[str, ...]) -> Picture | _Refusal:
    if _REMOTE.match(target):
        return "I-REMOTE", "the picture {target} is not a file; nothing is fetched", "save it beside the source", ()
    for path in dict.fromkeys((target, unquote(target))):
        name = posixpath.join(folder, path)
        if files.outside(name.partition("!/")[0], (folder, *allowed)):
            return (
                "I-OUTSIDE",
                "the picture {target} lies outside the source's folder and is left out",
                "move it there, or allow its folder with --allow-outside",
                (),
            )
        try:
            data = _bytes(name, files)
        except InputError as trouble:
            refusal = trouble
            continue
        try:
            return upright(header(data))
        except PictureError as fault:
            return "I-BAD", "the picture {target} cannot be used: {reason}", "", (("reason", str(fault)),)
    return "I-READ", "the picture {target} cannot be read: {reason}", refusal.hint, (("reason", refusal.message),)


def _bytes(name: str, files: Files) -> bytes:
    """A picture file, or ("file.docx!/word/media/image1.png") a picture inside a package. Raises InputError."""
    container, within, member = name.partition("!/")
    if not within:
        return files.read(name, MOST_BYTES)
    from .ooxml import Archive

    return Archive(container, files.read(container)).read(member)


def _folder(document: Document) -> str:
    name = document.sources[0].name if document.sources else ""
    return "" if name == STANDARD else posixpath.dirname(name.replace("\\", "/"))
