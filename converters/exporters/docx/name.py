"""The name above the rule: its size and tracking in one line, its runs."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from converters.theme.schema import TextStyle
from converters.units import TWIPS_PER_POINT

from .grid import ems

if TYPE_CHECKING:
    from .writer import Writer

# Where Word and LibreOffice set the baseline in an exact line that is taller than its face, and how high the
# ink of a hanzi reaches above it and its em box below, in ems.
BASELINE_RATIO = 0.8
INK_ABOVE = 0.85
BOX_BELOW = 0.12
# By how much a letter of a heavy face is wider than the half em that a letter takes elsewhere.
_HEAVY_LATIN_EMS = 0.12


def fitted_name(writer: Writer, name: str, look: TextStyle) -> tuple[float, int]:
    """Size in points and tracking in twips of a name that fits the measure in one line."""
    room = writer.grid.measure / TWIPS_PER_POINT
    count = max(ems(name) + _HEAVY_LATIN_EMS * sum(char.isascii() and char.isalpha() for char in name), 0.5)
    wanted = count * look.size * (1 + look.tracking_em)
    size = look.size
    tracking_em = look.tracking_em
    if wanted > room:
        # First the air between the hanzi goes, then size.
        tracking_em = max(0.0, room / (count * look.size) - 1)
        if not tracking_em:
            size = math.floor(room / count * 2) / 2
    return size, round(tracking_em * size * TWIPS_PER_POINT)


def tracked(writer: Writer, text: str, style: str, properties: str = "") -> str:
    """The runs of a centred line of tracked hanzi; the last is not tracked, or the line would stand too far left."""
    span = writer.metadata.span
    if not writer.grid.tracking(writer.styles[style].look):
        return _with_properties(writer.text(text, span, style), properties)
    last = re.sub('<w:spacing w:val="[0-9]+"/>', "", properties)
    return _with_properties(writer.text(text[:-1], span, style), properties) + _with_properties(
        writer.text(text[-1:], span, style), '<w:spacing w:val="0"/>' + last
    )


def _with_properties(runs: str, properties: str) -> str:
    """Runs with direct formatting added; a run's own w:rPr holds at most its fonts here."""
    if not properties:
        return runs
    runs = re.sub(r"<w:r><w:t", f"<w:r><w:rPr>{properties}</w:rPr><w:t", runs)
    return re.sub(r"<w:r><w:rPr>(<w:rFonts[^>]*/>)</w:rPr>", rf"<w:r><w:rPr>\1{properties}</w:rPr>", runs)
