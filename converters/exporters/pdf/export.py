"""A layout → one PDF: tagged, PDF/A-2a and PDF/UA-1, the same bytes for the same input."""

from __future__ import annotations

import datetime
import gc

from converters.diagnostics import Checked, Diagnostic, Severity
from converters.fonts.face import Face
from converters.layout.result import Element, Layout
from converters.model.document import Document
from converters.theme.schema import Theme

from .color_profile import srgb_profile
from .composite import CompositeFont
from .file import PrintFile, number_text, text_string
from .links import Pages, write_annotations
from .metadata import info_dictionary, information, xmp
from .outline import write_outline
from .painter import Painter
from .pictures import PictureStore
from .structure import number_elements, write_tree


def export(layout: Layout, document: Document, theme: Theme, date: datetime.datetime | None = None) -> Checked[bytes]:
    """The print edition of a layout as PDF bytes.

    Raises FontError for a face that may not be embedded. `date` is what the file says of its making, None: nothing.
    """
    # See layout/build.py: there is no garbage to be found while the file is written.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _export(layout, document, theme, date)
    finally:
        if collecting:
            gc.enable()


def _export(layout: Layout, document: Document, theme: Theme, date: datetime.datetime | None) -> Checked[bytes]:
    findings = _not_kept(theme)
    file = PrintFile()
    fonts: dict[Face, CompositeFont] = {}
    for number, (face, characters) in enumerate(sorted(layout.drawn.items(), key=_face_key), 1):
        fonts[face] = CompositeFont(face, characters, layout.clusters.get(face, {}), f"F{number}")
    pictures = PictureStore(file, layout.pictures, findings)
    painter = Painter(layout.height, fonts, pictures.name)
    count = len(layout.pages)
    pages_root, resources = file.reserve(), file.reserve()
    first_page = file.reserve(count)
    page_numbers = range(first_page, first_page + count)
    box = b"[0 0 %b %b]" % (number_text(layout.width).encode(), number_text(layout.height).encode())
    parents: list[tuple[int, list[Element]]] = []
    linked: list[tuple[int, Element]] = []
    pages = Pages(layout, page_numbers)
    branches = _branches(file, pages_root, page_numbers)
    for index, page in enumerate(layout.pages):
        content = file.add(file.stream(painter.paint(page)))
        extra = b""
        if painter.annotations:
            made = write_annotations(file, painter.annotations, index, pages, count + len(linked))
            linked += made.parents
            extra = b"/Annots[%b]" % b" ".join(b"%d 0 R" % annotation for annotation in made.numbers)
        file.put(
            page_numbers[index],
            b"<</Type/Page/Parent %d 0 R/MediaBox%b/Resources %d 0 R/Contents %d 0 R/StructParents %d/Tabs/S%b>>"
            % (branches[index // _BRANCH], box, resources, content, index, extra),
        )
        parents.append((index, painter.parents))
    number_elements(file, layout.tree)
    entries = [
        (key, b"[" + b" ".join([b"%d 0 R" % element.number for element in elements]) + b"]")
        for key, elements in parents
    ]
    entries += [(key, b"%d 0 R" % element.number) for key, element in linked]
    tree = write_tree(file, layout.tree, page_numbers, entries)
    names: dict[str, int] = {}
    for font in fonts.values():
        names |= font.write(file)
    font_entries = "".join(f"/{name} {number} 0 R" for name, number in names.items())
    file.put(resources, f"<</Font<<{font_entries}>>{pictures.resources()}>>".encode())
    info = information(document, theme, date)
    outline = write_outline(file, layout, page_numbers)
    profile = file.add(file.stream(srgb_profile(), b"/N 3"))
    intent = (
        b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
        b"/Info(sRGB IEC61966-2.1)/RegistryName(http://www.color.org)/DestOutputProfile %d 0 R>>" % profile
    )
    packet = file.add(file.stream(xmp(info), b"/Type/Metadata/Subtype/XML", compress=False))
    labels = b"/PageLabels<</Nums[0<</S/D>>]>>"
    catalog = file.add(
        b"<</Type/Catalog/Pages %d 0 R/Lang %b/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>"
        b"/StructTreeRoot %d 0 R/Metadata %d 0 R/OutputIntents[%b]%b%b>>"
        % (pages_root, text_string(info.lang), tree, packet, intent, labels, outline)
    )
    return Checked(file.finish(catalog, file.add(info_dictionary(info))), tuple(findings))


_BRANCH = 64
"""Pages of a branch of the page tree: readers find a page of thousands without reading them all."""


def _branches(file: PrintFile, root: int, pages: range) -> list[int]:
    """The page tree, two levels deep; returns the branch of every run of `_BRANCH` pages."""
    if len(pages) <= _BRANCH:
        kids = b" ".join(b"%d 0 R" % number for number in pages)
        file.put(root, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(pages), kids))
        return [root]
    branches = []
    for start in range(0, len(pages), _BRANCH):
        part = pages[start : start + _BRANCH]
        kids = b" ".join(b"%d 0 R" % number for number in part)
        branches.append(file.add(b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%b]>>" % (root, len(part), kids)))
    kids = b" ".join(b"%d 0 R" % number for number in branches)
    file.put(root, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(pages), kids))
    return branches


def _not_kept(theme: Theme) -> list[Diagnostic]:
    """What the style sheet asks of a page that the print edition does not do."""
    found: list[Diagnostic] = []
    if theme.page.writing_mode == "vertical-rl":
        found.append(
            Diagnostic(
                "L-VERTICAL", Severity.WARNING,
                "the print edition sets horizontal lines; vertical-rl works in the editions for Word, phone and web",
                place="PDF", hint='set page.writing_mode = "horizontal-tb", or print from the Word edition',
            )
        )  # fmt: skip
    return found


def _face_key(item: tuple[Face, frozenset[str]]) -> tuple[str, str, int]:
    face, _ = item
    return face.postscript_name, face.path.name, face.index
