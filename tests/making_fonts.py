"""Fonts for tests: tiny ones made on the spot, and those of this machine."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from converters.fonts import places
from converters.fonts.face import Face, open_face

# Seen before any test puts its own folders in place of the user's.
FETCHED = places.fetched_fonts()


def system_face(*names: str, lang: str = "zh-Hans") -> Face:
    """A face of this machine by file name, or a skip that says what to install."""
    for root, name in itertools.product((*places.system_fonts(), FETCHED), names):
        for path in sorted(root.rglob(name)) if root.is_dir() else ():
            return open_face(path, 0, lang)
    pytest.skip(f"needs {names[0]}: run `jianbao fonts install`")


class FontMaker:
    """Makes tiny TrueType fonts with fontTools: names, rights and advances as a test wants them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def make(
        self, file: str, family: str = "Test Sans", *, chinese: str = "", chars: str = "一国A", blank: str = "",
        fs_type: int = 0, weight: int = 400, advance: dict[str, int] | None = None,
        box: tuple[int, int] = (-80, 840), typo: tuple[int, int] = (880, -120),
    ) -> Path:  # fmt: skip
        from fontTools.fontBuilder import FontBuilder
        from fontTools.pens.ttGlyphPen import TTGlyphPen

        order = [".notdef", *(f"u{ord(char):04X}" for char in chars)]
        builder = FontBuilder(1000, isTTF=True)
        builder.setupGlyphOrder(order)
        builder.setupCharacterMap({ord(char): f"u{ord(char):04X}" for char in chars})
        glyphs = {}
        for name in order:
            pen = TTGlyphPen(None)
            if name not in {f"u{ord(char):04X}" for char in blank}:
                bottom, top = box
                pen.moveTo((60, bottom))
                for point in ((60, top), (940, top), (940, bottom)):
                    pen.lineTo(point)
                pen.closePath()
            glyphs[name] = pen.glyph()
        builder.setupGlyf(glyphs)
        widths = {f"u{ord(char):04X}": width for char, width in (advance or {}).items()}
        builder.setupHorizontalMetrics({name: (widths.get(name, 1000), 60) for name in order})
        builder.setupHorizontalHeader(ascent=typo[0], descent=typo[1])
        names = {"familyName": {"en": family}, "styleName": {"en": "Regular"}, "uniqueFontIdentifier": {"en": file}}
        names["fullName"] = {"en": family}
        names["psName"] = {"en": family.replace(" ", "") + "-Regular"}
        if chinese:
            names["familyName"]["zh"] = chinese
        builder.setupNameTable(names, mac=False)
        builder.setupOS2(sTypoAscender=typo[0], sTypoDescender=typo[1], fsType=fs_type, usWeightClass=weight)
        builder.setupPost()
        path = self.folder / file
        builder.save(path)
        return path
