"""CFF outlines as TrueType ones, which old e-ink readers draw more safely. Needs fontTools, an optional package."""

from __future__ import annotations

import io

from converters.errors import FontError

# How far a quadratic curve may stray from the cubic one, in thousandths of an em: less than a pixel at any size.
_ERROR = 1.0


def to_glyf(data: bytes) -> bytes:
    """An OpenType font with CFF outlines as one with glyf outlines; any other font as it is.

    Raises FontError where fontTools is not installed.
    """
    if not data.startswith(b"OTTO"):
        return data
    try:
        from fontTools import ttLib
        from fontTools.pens.cu2quPen import Cu2QuPen
        from fontTools.pens.ttGlyphPen import TTGlyphPen
    except ImportError:
        raise FontError(
            "TrueType outlines are wanted, and fontTools is not here",
            hint="pip install jianbao[glyf], or set epub.glyf = false",
        ) from None
    # A fixed date: fontTools would write the time of the conversion into the head table.
    font = ttLib.TTFont(io.BytesIO(data), recalcTimestamp=False)
    drawn = font.getGlyphSet()
    order = font.getGlyphOrder()
    error = _ERROR * font["head"].unitsPerEm / 1000
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(drawn)
        drawn[name].draw(Cu2QuPen(pen, error, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = ttLib.newTable("loca")
    font["glyf"] = glyf = ttLib.newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, glyphs
    for name in order:
        # The side bearing must be that of the new outline, or every glyph slides to the left.
        glyph = glyphs[name]
        glyph.recalcBounds(glyf)
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0) if glyph.numberOfContours else 0)
    font["maxp"] = maxp = ttLib.newTable("maxp")
    maxp.tableVersion = 0x00010000
    for name in (
        "maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
        "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints",
        "maxCompositeContours", "maxComponentDepth",
    ):  # fmt: skip
        setattr(maxp, name, 1 if name == "maxZones" else 0)
    maxp.numGlyphs = len(order)
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    font["post"].formatType = 3.0
    font.sfntVersion = "\0\1\0\0"
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()
