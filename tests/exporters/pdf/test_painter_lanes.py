"""The painter's fast lane writes what its slow lane writes, byte for byte."""

from __future__ import annotations

import random

import pytest

from converters.exporters.pdf.composite import CompositeFont
from converters.exporters.pdf.inks import Inks
from converters.exporters.pdf.painter import Painter
from converters.exporters.pdf.plain import PlainPainter
from converters.layout import Layout
from converters.layout.result import Piece
from converters.model import blocks as b
from converters.model import inlines as i
from converters.theme.schema import Theme
from tests.printed import document, laid, theme

SIGNS = "天地玄黄宇宙洪荒日月盈昃" * 3 + "，。、；：？！“”《》（）" * 2 + "——……·・ ABCdefg 12,345.6%（\\)℃é\u3000---"


def paragraphs(seed: int) -> list[b.Paragraph]:
    dice = random.Random(seed)
    made = []
    for _ in range(25):
        words = "".join(dice.choice(SIGNS) for _ in range(dice.choice([1, 12, 29, 80, 200])))
        head = (i.Text("一是" + words[:5] + "。"),) if dice.random() < 0.3 else ()
        made.append(b.Paragraph((i.Text("天" + words),), run_in=head, run_in_level=dice.randint(1, 4)))
    return made


def painted(kind: type[Painter], layout: Layout, sheet: Theme) -> list[bytes]:
    fonts = {
        face: CompositeFont(face, characters, layout.clusters.get(face, {}), f"F{number}")
        for number, (face, characters) in enumerate(layout.drawn.items())
    }
    painter = kind(layout.height, fonts, lambda _: None, Inks(sheet, b""))
    return [painter.paint(page) for page in layout.pages]


@pytest.mark.parametrize("seed", range(4))
def test_both_lanes_write_the_same_operators(seed: int) -> None:
    sheet = theme("jianbao", **({"text__breaking": "greedy"} if seed % 2 else {}))
    made = document(*paragraphs(seed), title="关于天地玄黄的报告：“宇宙”洪荒ABC", source="（日月盈昃）")
    fast = painted(PlainPainter, laid(made, sheet).value, sheet)
    slow = painted(Painter, laid(made, sheet).value, sheet)
    assert len(fast) > 2
    assert fast == slow


def test_the_fast_lane_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the test above would compare the slow lane with itself."""
    slowly: list[Piece] = []
    lines = Painter.lines
    monkeypatch.setattr(Painter, "lines", lambda self, piece: (slowly.append(piece), lines(self, piece)))
    sheet = theme()
    layout = laid(document(*paragraphs(1)), sheet).value
    painted(PlainPainter, layout, sheet)
    pieces = [item for page in layout.pages for item in page.items if isinstance(item, Piece)]
    assert len(slowly) < len(pieces) / 2
