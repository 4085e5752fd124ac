"""The quick reading of a PDF, which opens none of its faces, loses nothing that the close one finds."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from converters.fidelity import pdf
from converters.fidelity.edition import LINE_HYPHEN
from converters.fidelity.ink import without_space
from converters.fidelity.stand_in import StandIn, file
from converters.model.reading import Stream
from samples import SEEDS


def _texts(data: bytes, *, close: bool) -> dict[Stream, str]:
    """What a reading found, without white space and the hyphens of broken words, which the close one leaves out."""
    read = pdf.read_pdf(data, close=close)
    whole = {stream: "".join(chunk.text for chunk in read.streams[stream]) for stream in Stream}
    return {stream: without_space(text).replace(LINE_HYPHEN, "") for stream, text in whole.items()}


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_the_quick_reading_of_a_sample_has_every_character_of_the_close_one(editions: Path, seed: Path) -> None:
    data = (editions / f"{seed.stem}.pdf").read_bytes()
    assert _texts(data, close=False) == _texts(data, close=True)


def test_where_no_face_stands_in_the_quick_reading_loses_single_characters(
    editions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test above: PDFium asks the stand-in that it was given, and that one is not told."""
    data = (editions / "vertical-hant.pdf").read_bytes()
    monkeypatch.setattr(pdf, "STAND_IN", StandIn())
    assert _texts(data, close=False) != _texts(data, close=True)


def test_a_mark_printed_twice_half_an_em_apart_is_read_twice() -> None:
    registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for x in (100, 106, 200):
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(x, 700, "）")
    canvas.save()
    assert _texts(out.getvalue(), close=False)[Stream.BODY] == "）））"


def test_the_stand_in_has_a_glyph_for_every_character() -> None:
    characters = TTFont(io.BytesIO(file()))["cmap"].tables[0].cmap
    assert {characters[code] for code in (0x20, 0x4E00, 0x20BB7, 0x10FFFF)} == {characters[1]}
