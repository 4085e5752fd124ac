"""What tags and promises cost a print edition, and what every construct costs against plain text.

    python -m benchmarks.printing [--pages 300] [--runs 5]

Prints processor time and size of laying out and exporting: a document of plain paragraphs and one that holds every
construct of the model, each tagged as every edition is and once without its tags; and the other ways to write a file.
"""

from __future__ import annotations

import argparse
import dataclasses
import gc
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from converters.exporters import pdf
from converters.exporters.pdf import painter, streams
from converters.fonts.roles import resolve
from converters.hands import alone
from converters.layout import lay_out
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Document
from converters.theme.load import load
from converters.theme.schema import Theme

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
import everything

_HANZI = (
    "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光"
)
_PARAGRAPH = 240
_PARAGRAPHS_A_PAGE = 2.35


class Cost(NamedTuple):
    """Least processor seconds of layout and of export, bytes and pages."""

    layout: float
    export: float
    size: int
    pages: int

    @property
    def seconds(self) -> float:
        """Both together."""
        return self.layout + self.export


def plain_document(pages: int) -> Document:
    """Paragraphs of hanzi, marks and figures; none is like another, so that nothing is measured once for all."""
    chance = random.Random(5)
    blocks = [b.Paragraph((i.Text(_paragraph(chance)),)) for _ in range(int(pages * _PARAGRAPHS_A_PAGE))]
    whole = everything.document()
    article = dataclasses.replace(
        whole.articles[0], column=(), kicker=(), subtitle=(), editor_note=(), blocks=tuple(blocks)
    )
    return dataclasses.replace(whole, articles=(article,))


def _paragraph(chance: random.Random) -> str:
    parts: list[str] = []
    while len(parts) < _PARAGRAPH:
        parts += chance.choices(_HANZI, k=chance.randint(4, 14))
        if chance.random() < 0.3:
            parts += [str(chance.randint(1, 2026)), "年"]
        parts.append("。" if chance.random() < 0.2 else chance.choice("，，，、；"))
    return "".join(parts[:_PARAGRAPH]) + "。"


def construct_document(pages: int) -> Document:
    """As many articles of every construct as fill so many pages, their words varied for the same reason."""
    chance = random.Random(6)
    count = max(1, round(pages / 4))
    whole = everything.long_document(count)
    return dataclasses.replace(whole, articles=tuple(_varied(article, chance) for article in whole.articles))


def _varied(thing: Any, chance: random.Random) -> Any:
    if isinstance(thing, i.Text):
        return i.Text(thing.text + "".join(chance.choices(_HANZI, k=3)))
    if isinstance(thing, tuple):
        return tuple(_varied(part, chance) for part in thing)
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        fields = {field.name: getattr(thing, field.name) for field in dataclasses.fields(thing) if field.init}
        kept = {name: value for name, value in fields.items() if isinstance(value, tuple)}
        return dataclasses.replace(thing, **{name: _varied(value, chance) for name, value in kept.items()})
    return thing


def cost(document: Document, sheet: Theme, runs: int) -> Cost:
    """The least of several runs."""
    fonts = resolve(sheet, system=False).value
    best: Cost | None = None
    for _ in range(runs):
        gc.collect()
        # The clock counts the time of this process alone.
        with alone():
            start = time.process_time()
            laid = lay_out(document, sheet, fonts, everything.PICTURES)
            middle = time.process_time()
            data = pdf.export(laid.value, document, sheet).value
            end = time.process_time()
        one = Cost(middle - start, end - middle, len(data), len(laid.value.pages))
        best = one if best is None or one.seconds < best.seconds else best
    assert best is not None
    return best


@contextmanager
def untagged() -> Iterator[None]:
    """Export without marked content and without the tag tree."""
    export = sys.modules["converters.exporters.pdf.export"]
    kept: list[tuple[Any, str, Any]] = []

    def swap(owner: Any, name: str, value: Callable[..., Any]) -> None:
        kept.append((owner, name, getattr(owner, name)))
        setattr(owner, name, value)

    swap(painter.Painter, "open_content", lambda _self, _element, *_kind: None)
    swap(painter.Painter, "open_saying", lambda _self, _element, *_said: None)
    swap(painter.Painter, "follow", lambda _self, _page: None)
    # No page is painted twice for want of its marked content.
    swap(streams.Streams, "_alone", streams.Streams._stream)
    swap(export, "number_elements", lambda _file, _root: None)
    swap(export, "write_tree", lambda file, *_rest: file.add(b"null"))
    try:
        yield
    finally:
        for owner, name, value in kept:
            setattr(owner, name, value)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pages", type=int, default=300)
    arguments.add_argument("--runs", type=int, default=5)
    given = arguments.parse_args()
    plain, constructs = plain_document(given.pages), construct_document(given.pages)
    sheet = load("jianbao")
    print(f"{'':38}{'pages':>6}{'layout':>9}{'export':>9}{'pages/s':>9}{'kB':>8}{'time':>8}{'size':>8}")
    rates = []
    for name, document in (("plain text", plain), ("every construct", constructs)):
        tagged = cost(document, sheet, given.runs)
        with untagged():
            bare = cost(document, sheet, given.runs)
        rates.append(tagged.pages / tagged.seconds)
        _row(f"{name}, untagged", bare, bare)
        _row(f"{name}, PDF/A-2a + PDF/UA-1", tagged, bare)
        other = cost(document, load("jianbao", {"pdf.standard": "a-4"}), given.runs)
        _row(f"{name}, PDF/A-4 + PDF/UA-2", other, bare)
    small = cost(constructs, load("jianbao", {"pdf.packing": "small"}), 1)
    _row("every construct, object streams", small, bare)
    print(f"every construct at {rates[1] / rates[0]:.2f} of the speed of plain text (pages a second)")


def _row(name: str, made: Cost, bare: Cost) -> None:
    print(
        f"{name:<38}{made.pages:>6}{made.layout:>9.3f}{made.export:>9.3f}{made.pages / made.seconds:>9.0f}"
        f"{made.size / 1000:>8.0f}{made.seconds / bare.seconds - 1:>+8.0%}{made.size / bare.size - 1:>+8.0%}"
    )


if __name__ == "__main__":
    main()
