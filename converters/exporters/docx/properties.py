"""docProps: core, extended and custom properties."""

from __future__ import annotations

import datetime

from converters.model.document import Document
from converters.model.masthead import masthead
from converters.model.walk import title_text
from converters.ooxml import escape

from .identity import base_name, text_hash

_EPOCH = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def document_title(document: Document) -> str:
    """The title of an edition: the metadata's own, or the bulletin's name and issue, or the first article's title."""
    metadata = document.metadata
    if metadata.title:
        return metadata.title
    head = masthead(metadata)
    titles = [title_text(article) for article in document.articles if article.title]
    if head.name and head.issue:
        return f"{head.name} {head.issue}"
    # 公文 are known by their titles, not by the organ's mark above them.
    return titles[0] if titles else head.name.replace("\n", "")


def core_xml(document: Document, date: datetime.datetime | None) -> bytes:
    """Core properties (ECMA-376 part 2, clause 8); the time is the given one, never the clock's."""
    metadata = document.metadata
    creator = "、".join(metadata.author or metadata.organs or ((metadata.issuer,) if metadata.issuer else ()))
    stamp = (date or _EPOCH).astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = (
        ("dc:title", document_title(document)),
        ("dc:creator", creator),
        ("dc:description", metadata.description),
        ("cp:keywords", "，".join(metadata.keywords)),
        ("dc:language", metadata.lang),
        ("cp:revision", "1"),
    )
    body = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in rows if value)
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{body}{times}</cp:coreProperties>"
    ).encode()


def extended_xml(document: Document, pages: int) -> bytes:
    """Extended properties: what made the file, for whom, and how many pages the print edition has."""
    count = f"<Pages>{pages}</Pages>" if pages else ""
    company = f"<Company>{escape(document.metadata.issuer)}</Company>" if document.metadata.issuer else ""
    return (
        f'{_HEAD}<Properties xmlns="{_EXTENDED}">{count}<Application>jianbao</Application>'
        f"<DocSecurity>0</DocSecurity>{company}<AppVersion>16.0000</AppVersion></Properties>"
    ).encode()


def custom_xml(document: Document, style: str = "") -> bytes:
    """Custom properties: the source's name and hash, a second copy of what the customXml part says; the style sheet."""
    rows = [
        row
        for source in document.sources[:1]
        for row in (("jianbao.source", base_name(source.name)), ("jianbao.sha256", text_hash(source)))
    ]
    rows += [("jianbao.style", style)] if style else []
    body = "".join(
        f'<property fmtid="{_USER_DEFINED}" pid="{pid}" name="{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for pid, (name, value) in enumerate(rows, 2)
    )
    return f'{_HEAD}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_TYPES}">{body}</Properties>'.encode()
