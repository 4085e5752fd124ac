"""What writers of XHTML and HTML share: namespaces, escaping, addresses, the frame of a page.

Names are those of XML 1.0, the HTML Living Standard and EPUB 3.3.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"

REPLACEMENT = "\ufffd"

# Characters that XML 1.0 has no way to write (section 2.2), and those that mean something in it.
_FORBIDDEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
_SPECIAL = re.compile('[&<>"\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]')

# Addresses that a reader may be sent to; scripts and local files are none of them.
_SCHEMES = ("http", "https", "mailto", "tel", "ftp")
# What stands in an address as it is: RFC 3986's reserved and unreserved characters and the escape sign.
_URL_CHARACTERS = "%:/?#[]@!$&'()*+,;=-._~"


def escape(text: str) -> str:
    """Text for an element or a quoted attribute; what XML forbids becomes U+FFFD."""
    if _SPECIAL.search(text) is None:
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return re.sub(_FORBIDDEN, REPLACEMENT, text).replace("\r", "&#13;")


def attribute(name: str, value: str) -> str:
    """An attribute with the blank before it, "" where the value is empty."""
    if not value:
        return ""
    return f' {name}="{escape(value).replace(chr(10), "&#10;").replace(chr(9), "&#9;")}"'


def safe_address(target: str) -> str:
    """An address that a reader may follow, its other characters percent-encoded; "" for any other target."""
    try:
        parts = urlsplit(target.strip())
        host = parts.hostname
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _SCHEMES or (scheme in ("http", "https", "ftp") and not host) or "[" in parts.netloc:
        return ""
    # A percent sign that begins no escape would make the address malformed.
    address = re.sub("%(?![0-9A-Fa-f]{2})", "%25", target.strip())
    rest = address[len(parts.scheme) + 1 :]
    return f"{scheme}:{quote(rest, safe=_URL_CHARACTERS)}".replace("[", "%5B").replace("]", "%5D")


def page(title: str, lang: str, body: str, *, head: str = "", body_attributes: str = "") -> str:
    """A whole XHTML content document of an EPUB (EPUB 3.3, 6.1); `head` holds further elements of its head."""
    tag = escape(lang)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="{XHTML}" xmlns:epub="{EPUB}" lang="{tag}" xml:lang="{tag}">\n'
        f"<head>\n<title>{escape(title)}</title>\n{head}</head>\n"
        f"<body{body_attributes}>\n{body}\n</body>\n</html>\n"
    )
