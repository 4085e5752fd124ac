"""The finished file written otherwise: its objects packed in streams, or in the order in which a reader needs them.

pikepdf does it; neither text nor tags nor claims of a file change (object and cross-reference streams are of PDF 1.5,
linearised files of ISO 32000-1, annex F; PDF/A-2 and later allow both).
"""

from __future__ import annotations

import io

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
    is_web = packing == "web"
    # Of a linearised file with object streams qpdf's own check says that its outline hint table counts objects wrongly.
    mode = pikepdf.ObjectStreamMode.disable if is_web else pikepdf.ObjectStreamMode.generate
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(
            out,
            linearize=is_web,
            object_stream_mode=mode,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            deterministic_id=True,
        )
    return out.getvalue()
