"""word/settings.xml: what holds for the whole document, its children in the order of CT_Settings."""

from __future__ import annotations

from converters.ooxml import MC, W14, W15, W
from converters.theme.schema import Theme

from .sections import mirrored_numbers

# A blank of a line that ends in w:br is no blank to stretch; half-width and full-width keep step: what Word
# itself sets in a new Chinese document.
_COMPATIBILITY = (
    "spaceForUL", "balanceSingleByteDoubleByteWidth", "doNotLeaveBackslashAlone", "ulTrailSpace",
    "doNotExpandShiftReturn", "adjustLineHeightInTable", "useFELayout",
)  # fmt: skip
_MODES = (
    ("compatibilityMode", "15"),
    ("overrideTableStyleFontSizeAndJustification", "1"),
    ("enableOpenTypeFeatures", "1"),
    ("doNotFlipMirrorIndents", "1"),
    ("differentiateMultirowTableHeaders", "1"),
)


def settings_xml(theme: Theme, fingerprint: str, *, notes: bool, languages: str) -> bytes:
    """The settings part; `fingerprint` is the source's hash, from which the document ids come."""
    identifier = f"{int(fingerprint[:8], 16) & 0x7FFFFFFF or 1:08X}"
    f = fingerprint.upper()
    guid = f"{{{f[:8]}-{f[8:12]}-4{f[13:16]}-8{f[17:20]}-{f[20:32]}}}"
    squeeze = "doNotCompress" if theme.text.level == "none" else "compressPunctuation"
    parts = [
        '<w:zoom w:percent="100"/>',
        "<w:mirrorMargins/>" if theme.page.duplex else "",
        "<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>",
        '<w:defaultTabStop w:val="420"/>',
        "<w:evenAndOddHeaders/>" if mirrored_numbers(theme) else "",
        '<w:drawingGridVerticalSpacing w:val="156"/><w:displayHorizontalDrawingGridEvery w:val="0"/>'
        '<w:displayVerticalDrawingGridEvery w:val="2"/>',
        f'<w:characterSpacingControl w:val="{squeeze}"/>',
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>' if notes else "",
        "<w:compat>",
        *(f"<w:{name}/>" for name in _COMPATIBILITY),
        *(
            f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
            for name, value in _MODES
        ),
        "</w:compat>",
        languages.replace("<w:lang", "<w:themeFontLang"),
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1"'
        ' w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6"'
        ' w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>',
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>',
        f'<w14:docId w14:val="{identifier}"/><w15:docId w15:val="{guid}"/>',
    ]
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:settings xmlns:w="{W}" xmlns:mc="{MC}"'
        f' xmlns:w14="{W14}" xmlns:w15="{W15}" mc:Ignorable="w14 w15">{"".join(parts)}</w:settings>'
    ).encode()
