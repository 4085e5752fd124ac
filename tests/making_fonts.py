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

    def joining(self, file: str, family: str = "Noto Naskh Arabic") -> Path:
        """A font of four Arabic letters that join, lam-alef as one glyph, a mark on an anchor, and Hebrew letters.

        Advances: isolated 0.6 em, initial 0.5, medial 0.4, final 0.3, lam-alef 0.7, Hebrew 0.55, space 0.25; the mark
        (U+064E) has none and stands 0.2 em in and 0.3 em up from the pen point of its letter.
        """
        from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
        from fontTools.fontBuilder import FontBuilder
        from fontTools.pens.ttGlyphPen import TTGlyphPen

        joined = {"beh": "ب", "seen": "س", "lam": "ل", "meem": "م"}
        widths = {"alef": 600, "alef.fina": 300, "lam_alef": 700, "lam_alef.fina": 650, "fatha": 0, "space": 250}
        for name in joined:
            widths |= {name: 600, f"{name}.init": 500, f"{name}.medi": 400, f"{name}.fina": 300}
        hebrew = {f"heb{number}": chr(0x5D0 + number) for number in range(27)}
        widths |= dict.fromkeys((*hebrew, "parenleft", "parenright"), 550)
        order = [".notdef", *widths]
        builder = FontBuilder(1000, isTTF=True)
        builder.setupGlyphOrder(order)
        letters = {"ا": "alef", "\u064e": "fatha", " ": "space", "(": "parenleft", ")": "parenright"}
        letters |= {sign: name for name, sign in (joined | hebrew).items()}
        builder.setupCharacterMap({ord(sign): name for sign, name in letters.items()})
        glyphs = {}
        for number, name in enumerate(order):
            pen = TTGlyphPen(None)
            if name != "space":
                pen.moveTo((10, 0))
                for point in ((10, 400 + number), (200, 400 + number), (200, 0)):
                    pen.lineTo(point)
                pen.closePath()
            glyphs[name] = pen.glyph()
        builder.setupGlyf(glyphs)
        builder.setupHorizontalMetrics({name: (widths.get(name, 500), 10) for name in order})
        builder.setupHorizontalHeader(ascent=880, descent=-120)
        builder.setupNameTable(
            {"familyName": {"en": family}, "styleName": {"en": "Regular"}, "uniqueFontIdentifier": {"en": file},
             "fullName": {"en": family}, "psName": {"en": family.replace(" ", "") + "-Regular"}}, mac=False,
        )  # fmt: skip
        builder.setupOS2(sTypoAscender=880, sTypoDescender=-120)
        builder.setupPost()
        forms = "".join(
            f"feature {tag} {{ " + " ".join(f"sub {name} by {name}.{tag};" for name in names) + f" }} {tag};\n"
            for tag, names in (("init", joined), ("medi", joined), ("fina", [*joined, "alef"]))
        )
        bases = " ".join(name for name in widths if name.partition(".")[0] in (*joined, "alef", "lam_alef"))
        addOpenTypeFeaturesFromString(
            builder.font,
            "languagesystem arab dflt;\n" + forms + "feature rlig { sub lam.init alef.fina by lam_alef; "
            "sub lam.medi alef.fina by lam_alef.fina; } rlig;\n"
            "markClass fatha <anchor 0 0> @TOP;\n"
            f"feature mark {{ pos base [{bases}] <anchor 200 300> mark @TOP; }} mark;\n",
        )
        path = self.folder / file
        builder.save(path)
        return path
