"""The edition for editing: a DOCX that Word and WPS open as if it had been typed there.

Styles carry the look, the standard's own face names stand in it, and each paragraph knows where in the source it
came from. The body is built as text, paragraph by paragraph; python-docx carries the package.
"""

from __future__ import annotations

import datetime

from converters.diagnostics import Checked
from converters.model.document import Document
from converters.model.pagination import Pagination
from converters.model.pictures import Pictures
from converters.ooxml import MC, W14, WP, R, W
from converters.theme.schema import Theme

__all__ = ["export"]

_ROOT = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:w14="{W14}" xmlns:wp="{WP}" mc:Ignorable="w14"'


def export(
    document: Document, theme: Theme, pagination: Pagination, pictures: Pictures, date: datetime.datetime | None
) -> Checked[bytes]:
    """The bytes of a DOCX and what was found in making it; the same input gives the same bytes on any day.

    `pagination` says on which printed page an article begins, for the contents; `date` goes into the core
    properties (None: 1980-01-01, since the format demands one).
    """
    from .articles import pieces_of, write_articles
    from .blocks import write_blocks
    from .colophon import write_colophon
    from .faces import font_table_xml, theme_xml
    from .front import write_front
    from .identity import sheet_name
    from .looks import languages
    from .opc import CT, RT
    from .package import Package
    from .properties import core_xml, custom_xml, extended_xml
    from .sections import section, write_footers
    from .settings import settings_xml
    from .styles import styles_xml
    from .writer import Writer

    package = Package()
    writer = Writer(document, theme, pagination, pictures, write_blocks)
    writer.story = package.document
    writer.body.write(f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {_ROOT}><w:body>'.encode())
    with pieces_of(writer) as pieces:
        write_front(writer)
        writer.references = write_footers(writer, package)
        write_articles(writer, pieces)
    write_colophon(writer)
    if writer.after_table or not writer.out:
        writer.spacer()
    writer.pack_text(writer.notes.mark_repeated("".join(writer.out)))
    fingerprint = writer.fingerprint.hexdigest()
    writer.pack_text(f"{section(writer)}</w:body></w:document>")
    package.document.part.data = writer.body
    styles = styles_xml(writer.grid, writer.metadata.kind)
    package.add("/word/styles.xml", CT.WML_STYLES, RT.STYLES, styles)
    settings = settings_xml(theme, fingerprint, notes=bool(writer.notes), languages=languages(writer.lang))
    package.add("/word/settings.xml", CT.WML_SETTINGS, RT.SETTINGS, settings)
    package.add("/word/fontTable.xml", CT.WML_FONT_TABLE, RT.FONT_TABLE, font_table_xml(writer.grid))
    package.add("/word/theme/theme1.xml", CT.OFC_THEME, RT.THEME, theme_xml(writer.grid))
    if writer.numbering:
        package.add("/word/numbering.xml", CT.WML_NUMBERING, RT.NUMBERING, writer.numbering.part())
    if writer.notes:
        xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes {_ROOT}>{writer.notes.part()}'
        package.add_footnotes(f"{xml}</w:footnotes>".encode())
    package.add_identity(writer.identity.part(), fingerprint)
    custom = custom_xml(document, sheet_name(theme, styles))
    package.add_properties(core_xml(document, date), extended_xml(document, pagination.page_count), custom)
    return Checked(package.write(), tuple(writer.findings))
