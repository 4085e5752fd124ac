"""DOCX files made from a few lines of XML, as other programs write them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from converters.diagnostics import Checked
from converters.model import blocks as b
from converters.model.document import Document
from converters.model.walk import plain
from converters.ooxml import MC, WP, A, R, W
from converters.readers.docx import read

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
LEVELS = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/>'
    "</w:lvl></w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="8"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="9"/></w:num>'
)
"""Chinese numbers of two levels (1), figures (2, and 3 from 5 on), bullets (4)."""


def docx(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    footnotes: str = "",
    relations: str = "",
    parts: tuple[tuple[str, bytes], ...] = (),
    main_type: str = MAIN,
) -> bytes:
    """A DOCX with a body and, where they are given, other parts (each the inside of its root element)."""
    rows = [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml")]
    types = "".join(f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in rows)
    own = "".join(
        f'<Relationship Id="own{name}" Type="{OFFICE}/{name}" Target="{name}.xml"/>'
        for name, text in (("styles", styles), ("numbering", numbering), ("footnotes", footnotes))
        if text
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    members = [
        (
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types">{types}<Override PartName="/word/document.xml"'
            f' ContentType="{main_type}"/></Types>',
        ),
        (
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="a" Type="{OFFICE}/officeDocument"'
            ' Target="word/document.xml"/></Relationships>',
        ),
        ("word/document.xml", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"),
        (
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{own}{relations}</Relationships>',
        ),
    ]
    for name, text in (("styles", styles), ("numbering", numbering), ("footnotes", footnotes)):
        if text:
            members.append((f"word/{name}.xml", f"<w:{name} {NAMESPACES}>{text}</w:{name}>"))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members:
            archive.writestr(name, text)
        for name, data in parts:
            archive.writestr(name, data)
    return stream.getvalue()


def p(inside: str, properties: str = "") -> str:
    """A paragraph; plain text is put into a run."""
    runs = inside if inside.startswith("<") or not inside else r(inside)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def document(body: str, **parts: Any) -> Checked[Document]:
    """A body, read."""
    return read("a.docx", docx(body, **parts))


def blocks(body: str, **parts: Any) -> tuple[b.Block, ...]:
    """The blocks of a body that makes one article."""
    (article,) = document(body, **parts).value.articles
    return article.blocks


def texts(found: tuple[b.Block, ...]) -> list[str]:
    """The texts of the paragraphs and headings among some blocks."""
    return [plain(block.inlines) for block in found if isinstance(block, (b.Paragraph, b.Heading))]


def n(number: int, level: int = 0) -> str:
    """The place of a paragraph in a list of LEVELS."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
