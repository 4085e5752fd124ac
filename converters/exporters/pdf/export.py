"""A layout → one PDF: tagged, for archives and for listeners, the same bytes for the same input."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Sequence

from converters.diagnostics import Checked, Diagnostic, Severity
from converters.fonts.face import Face
from converters.layout.result import Element, Layout
from converters.model.document import Document
from converters.theme.schema import Theme

from .color_profile import description, srgb_profile
from .composite import CompositeFont, is_private
from .file import PrintFile, text_string
from .inks import Inks
from .links import Placed, contents_of, place_annotations, write_annotations
from .metadata import info_dictionary, information, xmp
from .outline import Pages, write_outline
from .painter import Painter
from .pictures import PictureStore
from .plain import PlainPainter
from .standards import STANDARDS
from .streams import Streams
from .structure import number_elements, write_tree
from .trim import trim_of


def export(
    layout: Layout, document: Document, theme: Theme, date: datetime.datetime | None = None, intent: bytes = b""
) -> Checked[bytes]:
    """The print edition of a layout as PDF bytes.

    `date` is what the file says of its making, None: nothing; `intent` is the ICC profile of a press (read_intent).
    Raises FontError for a face that may not be embedded, ExportError for a packing that cannot be done.
    """
    # See layout/build.py: there is no garbage to be found while the file is written.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _export(layout, document, theme, date, intent)
    finally:
        if collecting:
            gc.enable()


def _export(
    layout: Layout, document: Document, theme: Theme, date: datetime.datetime | None, press: bytes
) -> Checked[bytes]:
    findings = _not_kept(theme)
    inks = Inks(theme, press)
    trim = trim_of(theme, layout.width, layout.height)
    standard = STANDARDS[theme.pdf.standard]
    file = PrintFile(standard.version)
    fonts: dict[Face, CompositeFont] = {}
    written: list[CompositeFont] = []
    pictures = PictureStore(file, layout.pictures, findings, inks)
    if layout.vertical is None:
        for number, (face, characters) in enumerate(sorted(layout.drawn.items(), key=_face_key), 1):
            # A space to stand where rows are held together (rows.py).
            fonts[face] = CompositeFont(face, characters | {" "}, layout.clusters.get(face, {}), f"F{number}")
        painter: Painter = PlainPainter(layout.height, fonts, pictures.name, inks)
    else:
        from .vertical import VerticalPainter, vertical_fonts

        fonts, upright = vertical_fonts(layout)
        written += upright.values()
        painter = VerticalPainter(layout, (fonts, upright), pictures.name, inks)
    written += fonts.values()
    if standard.is_2:
        findings += _private(written, layout.tree, standard.name)
    count = len(layout.pages)
    pages_root, resources = file.reserve(), file.reserve()
    first_page = file.reserve(count)
    page_numbers = range(first_page, first_page + count)
    boxes = trim.boxes()
    parents: list[tuple[int, list[Element]]] = []
    links: list[Placed] = []
    pages = Pages(layout, page_numbers, trim.margin, standard.is_2)
    branches = _branches(file, pages_root, page_numbers)

    def finish(painted: bytes) -> bytes:
        return file.stream(trim.around(painted, inks.registration) if trim.margin else painted)

    with Streams(painter, layout.pages, finish) as streams:
        for index, page in enumerate(layout.pages):
            content = file.add(streams.of(index))
            # A page that is written is not needed any more: a long document never stands in memory twice.
            if not pages.by_element:
                page.items.clear()
            # On the screen a page that is read from its side is turned; on paper it stays as the others are.
            extra = b"/Rotate 90" if page.is_turned else b""
            if painter.annotations:
                placed = place_annotations(file, painter.annotations, index, pages, count + len(links))
                links += placed
                extra += b"/Annots[%b]" % b" ".join(b"%d 0 R" % link.number for link in placed)
            file.put(
                page_numbers[index],
                b"<</Type/Page/Parent %d 0 R%b/Resources %d 0 R/Contents %d 0 R/StructParents %d/Tabs/S%b>>"
                % (branches[index // _BRANCH], boxes, resources, content, index, extra),
            )
            parents.append((index, painter.parents))
    file.seal()
    number_elements(file, layout.tree)
    entries = [
        (key, b"[" + b" ".join([b"%d 0 R" % element.number for element in elements]) + b"]")
        for key, elements in parents
    ]
    del parents
    entries += [(link.key, b"%d 0 R" % link.annotation.element.number) for link in links]
    contents = contents_of(links, pages) if standard.is_2 else None
    tree = write_tree(file, layout.tree, page_numbers, entries, contents)
    write_annotations(file, links, pages)
    names: dict[str, int] = {}
    for font in written:
        names |= font.write(file)
    font_entries = "".join(f"/{name} {number} 0 R" for name, number in names.items())
    file.put(resources, f"<</Font<<{font_entries}>>{pictures.resources()}>>".encode())
    info = information(document, theme, date)
    outline = write_outline(file, pages)
    intents, is_archive = _output_intents(file, inks)
    packet = file.add(file.stream(xmp(info, standard, is_archive=is_archive), _XMP, compress=False))
    labels = b"/PageLabels<</Nums[0<</S/D>>]>>"
    # A book of vertical lines is bound on the right, as its tag tree says (WritingMode). Where this says it too,
    # PDFium takes its lines for Arabic.
    direction = b"/Direction/R2L" if layout.vertical is not None and theme.pdf.right_to_left else b""
    catalog = file.add(
        b"<</Type/Catalog/Pages %d 0 R/Lang %b/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true%b>>"
        b"/StructTreeRoot %d 0 R/Metadata %d 0 R%b%b%b>>"
        % (pages_root, text_string(info.lang), direction, tree, packet, intents, labels, outline)
    )
    data = file.finish(catalog) if standard.is_2 else file.finish(catalog, file.add(info_dictionary(info)))
    if theme.pdf.packing != "plain":
        from .packing import packed

        data = packed(data, theme.pdf.packing)
    return Checked(data, tuple(findings))


def _private(fonts: Sequence[CompositeFont], root: Element, promise: str) -> list[Diagnostic]:
    """Characters of private use, for which a file of PDF 2.0 would have to say what they are without using them
    (ISO 19005-4, 6.2.10.8; ISO 14289-2, 8.4.3): what nobody knows cannot be promised, so the file is not written."""
    found = {said for font in fonts for character in font.private for said in font.meaning(character)}
    stack = [root]
    while stack:
        element = stack.pop()
        found.update(element.description, element.replacement)
        stack += [kid for kid in element.kids if isinstance(kid, Element)]
    return [
        Diagnostic(
            "L-PRIVATE", Severity.ERROR, "{char} (U+{code}) is of private use, which {promise} cannot hold",
            place="PDF", hint="write the character that Unicode has for it, or set pdf.standard = a-2a",
            values=(("char", character), ("code", f"{ord(character):04X}"), ("promise", promise)),
        )
        for character in sorted(found)
        if is_private(character)
    ]  # fmt: skip


def _output_intents(file: PrintFile, inks: Inks) -> tuple[bytes, bool]:
    """The catalog's entry for what the colours mean, and whether that is enough for an archive (ISO 19005-2, 6.2.3)."""
    if inks.is_press and not inks.intent:
        return b"", False
    data = inks.intent or srgb_profile()
    name = text_string(description(data))
    profile = file.add(file.stream(data, b"/N %d" % (4 if inks.is_press else 3)))
    registry = b"" if inks.is_press else b"/RegistryName(http://www.color.org)"
    intent = b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier%b/Info%b%b/DestOutputProfile %d 0 R>>" % (
        name, name, registry, profile,
    )  # fmt: skip
    return b"/OutputIntents[%b]" % intent, True


_XMP = b"/Type/Metadata/Subtype/XML"

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
    if theme.pdf.profile == "press" and not theme.pdf.output_intent:
        found.append(
            Diagnostic(
                "L-INTENT", Severity.WARNING, "the press file names no output intent, so it is no PDF/A", place="PDF",
                hint="name the ICC profile of the press with pdf.output_intent",
            )
        )  # fmt: skip
    if theme.pdf.profile == "office" and theme.pdf.output_intent:
        found.append(
            Diagnostic(
                "L-INTENT", Severity.WARNING, "pdf.output_intent is used by a press file alone", place="PDF",
                hint="set pdf.profile = press",
            )
        )  # fmt: skip
    return found


def _face_key(item: tuple[Face, frozenset[str]]) -> tuple[str, str, int]:
    face, _ = item
    return face.postscript_name, face.path.name, face.index
