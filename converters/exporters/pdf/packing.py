"""The finished file written otherwise: its objects packed in streams, or in the order in which a reader needs them.

pikepdf does it; neither text nor tags nor claims of a file change (object and cross-reference streams are of PDF 1.5,
linearised files of ISO 32000-1, annex F; PDF/A-2 and later allow both).
"""

from __future__ import annotations

import io
import re
from typing import Any

from converters.errors import ExportError


def packed(data: bytes, packing: str) -> bytes:
    """The file as pdf.packing wants it: plain, small or web. Raises ExportError without pikepdf."""
    if packing == "plain":
        return data
    try:
        import pikepdf
    except ImportError:
        raise ExportError(
            "pdf.packing = {packing} needs pikepdf", packing=packing, hint='run pip install "jianbao[press]"'
        ) from None
    # What an older qpdf checks in a linearised file it finds right only where there are no object streams.
    mode = pikepdf.ObjectStreamMode.disable if packing == "web" else pikepdf.ObjectStreamMode.generate
    for variant in range(1 << len(_FALSE)):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(data)) as pdf:
            _move(pdf, variant)
            pdf.save(
                out,
                linearize=packing == "web",
                object_stream_mode=mode,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                deterministic_id=True,
                fix_metadata_version=False,
            )
        if packing != "web" or are_hints_sound(out.getvalue()):
            return out.getvalue()
    raise ExportError("the linearised file does not keep PDF/A", hint="set pdf.packing = plain")


# Entries of ViewerPreferences that are false where they are not there (ISO 32000-1, table 150).
_FALSE = ("HideToolbar", "HideMenubar", "HideWindowUI", "FitWindow", "CenterWindow")


def are_hints_sound(data: bytes) -> bool:
    """Does an end-of-line stand behind the hint stream of a linearised file (ISO 19005-2, 6.1.7.1; annex F.4)?

    qpdf writes none where the stream itself ends with one, as one of 256 does.
    """
    found = re.search(rb"/H \[ ?(\d+) (\d+) ?\]", data[:1024])
    if found is None:
        return False
    start, length = map(int, found.groups())
    hints = data[start : start + length]
    size = re.search(rb"/Length (\d+)", hints)
    body = hints.find(b"stream\n") + len(b"stream\n")
    return size is not None and hints[body + int(size[1]) :].startswith(b"\nendstream")


def _move(pdf: Any, variant: int) -> None:
    """Change where the first page begins, and so the hints: the catalog says what goes without saying."""
    for place, name in enumerate(_FALSE):
        if variant >> place & 1:
            pdf.Root.ViewerPreferences[f"/{name}"] = False
