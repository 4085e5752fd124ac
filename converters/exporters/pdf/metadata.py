"""Title, author, language, dates: the document information and the XMP packet, which must agree (ISO 19005-2, 6.6)."""

from __future__ import annotations

import datetime
import hashlib
import re

from converters.model.document import Document
from converters.model.masthead import masthead
from converters.model.metadata import Kind
from converters.model.walk import title_text
from converters.records import dataclass
from converters.theme.schema import Theme

from .file import LONGEST_STRING, text_string
from .standards import Standard

_PRODUCER = "jianbao"
"""Without a version: the same input gives the same bytes until the pages change."""


@dataclass(frozen=True, slots=True)
class Information:
    """What the file says of itself; "" where nothing is said."""

    title: str
    author: str = ""
    subject: str = ""
    keywords: str = ""
    lang: str = "zh-Hans"
    date: datetime.datetime | None = None
    producer: str = ""


def information(document: Document, theme: Theme, date: datetime.datetime | None) -> Information:
    """The file's information, from metadata and, where that says nothing, from the text."""
    metadata = document.metadata
    titles = [title_text(article) for article in document.articles if article.title]
    title = metadata.title
    if not title:
        head = masthead(metadata, theme.masthead.issue_form)
        title = " ".join(part for part in (metadata.name, head.issue or head.document_number) if part)
        if metadata.kind is Kind.GONGWEN and titles:
            title = titles[0]
    title = title or next(iter(titles), "")
    if not title:
        from converters.model.reading import Stream, passages

        texts = passages(document)[Stream.BODY]
        title = texts[0].text[:40] if texts else ""
    author = "、".join(metadata.author) or metadata.issuer or "、".join(metadata.organs)
    return Information(
        _clean(title)[:LONGEST_STRING] or "—", _clean(author), _clean(metadata.description),
        _clean("; ".join(metadata.keywords)), language(metadata.lang), date,
        _PRODUCER,
    )  # fmt: skip


def language(tag: str) -> str:
    """A language tag as PDF/A and PDF/UA want it (RFC 3066), "und" for what is none."""
    return tag if re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", tag, re.ASCII) else "und"


def escape(text: str) -> str:
    """Text for XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clean(text: str) -> str:
    """One line without control characters and lone surrogates, so that PDF and XML can both hold it."""
    return " ".join("".join(c if c.isprintable() or c == "\u3000" else " " for c in text).split())


def info_dictionary(info: Information) -> bytes:
    """The Info dictionary's bytes."""
    entries = {
        "Title": info.title, "Author": info.author, "Subject": info.subject, "Keywords": info.keywords,
        "Producer": info.producer,
    }  # fmt: skip
    body = b"".join(b"/%b %b" % (key.encode(), text_string(value)) for key, value in entries.items() if value)
    if info.date is not None:
        stamp = _pdf_date(info.date)
        body += b"/CreationDate %b/ModDate %b" % (stamp, stamp)
    return b"<<" + body + b"/Trapped/False>>"


def _pdf_date(date: datetime.datetime) -> bytes:
    offset = date.utcoffset()
    zone = "Z"
    if offset:
        minutes = int(offset.total_seconds()) // 60
        zone = f"{'+' if minutes >= 0 else '-'}{abs(minutes) // 60:02d}'{abs(minutes) % 60:02d}'"
    return f"(D:{date:%Y%m%d%H%M%S}{zone})".encode()


def _xmp_date(date: datetime.datetime) -> str:
    text = f"{date:%Y-%m-%dT%H:%M:%S}"
    offset = date.utcoffset()
    if not offset:
        return text + "Z"
    minutes = int(offset.total_seconds()) // 60
    return f"{text}{'+' if minutes >= 0 else '-'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


_EXTENSION = """\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""What the property pdfuaid:part is, in the words of ISO 19005-2, 6.6.2.3.3."""


def xmp(info: Information, standard: Standard, *, is_archive: bool = True) -> bytes:
    """The XMP packet with the claims of a standard, that for archives only where `is_archive`.

    PDF/A-2 wants a description of the properties of PDF/UA (ISO 19005-2, 6.6.2.3), PDF/A-4 knows none.
    """
    claims = [("pdfaid", *claim) for claim in standard.archive if is_archive]
    claims += [("pdfuaid", *claim) for claim in standard.access]
    simple = [
        *(f"<{prefix}:{name}>{value}</{prefix}:{name}>" for prefix, name, value in claims),
        f"<pdf:Producer>{escape(info.producer)}</pdf:Producer>",
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(info.title)}</rdf:li></rdf:Alt></dc:title>',
        f"<dc:language><rdf:Bag><rdf:li>{escape(info.lang)}</rdf:li></rdf:Bag></dc:language>",
        "<dc:format>application/pdf</dc:format>",
        f"<xmpMM:DocumentID>uuid:{_identity(info)}</xmpMM:DocumentID>",
    ]
    if info.author:
        simple.append(f"<dc:creator><rdf:Seq><rdf:li>{escape(info.author)}</rdf:li></rdf:Seq></dc:creator>")
    if info.subject:
        simple.append(
            f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(info.subject)}</rdf:li></rdf:Alt>'
            "</dc:description>"
        )
    if info.keywords:
        simple.append(f"<pdf:Keywords>{escape(info.keywords)}</pdf:Keywords>")
    if info.date is not None:
        stamp = _xmp_date(info.date)
        simple.append(f"<xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>")
    body = "\n".join(simple)
    extension = "" if standard.is_2 else _EXTENSION
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
{body}
</rdf:Description>
{extension}</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>""".encode()


def _identity(info: Information) -> str:
    digest = hashlib.md5(repr(info).encode(), usedforsecurity=False).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:]}"
