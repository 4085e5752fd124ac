"""Documents made in a line, laid out, printed and measured: what the tests of layout and of the PDF share.

Places are millimetres from the top left corner of the page, as PDFium finds them in the finished file.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as pdfium

from converters.diagnostics import Checked, Diagnostic
from converters.exporters import pdf
from converters.fonts.roles import resolve
from converters.layout import Layout, lay_out
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.metadata import Metadata
from converters.model.pictures import Picture
from converters.theme.load import load
from converters.theme.schema import Theme

MM = 25.4 / 72
HANZI = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜"


def text(words: str) -> tuple[i.Inline, ...]:
    return (i.Text(words),)


def paragraph(words: str) -> b.Paragraph:
    return b.Paragraph(text(words))


def hanzi(count: int) -> str:
    """That many hanzi without a mark."""
    return (HANZI * (count // len(HANZI) + 1))[:count]


def document(*blocks: b.Block, metadata: Metadata | None = None, title: str = "", source: str = "") -> Document:
    """A document of one article."""
    from converters.model.document import SourceLine

    article = Article(
        title=(text(title),) if title else (), blocks=blocks, source=SourceLine(text(source)) if source else None
    )
    return Document(metadata or Metadata(), (article,))


def theme(name: str = "jianbao", **overrides: str) -> Theme:
    """A style sheet; keys of `overrides` have "__" for the dot of a key."""
    return load(name, {key.replace("__", "."): value for key, value in overrides.items()})


def laid(made: Document, sheet: Theme | None = None, pictures: dict[str, Picture] | None = None) -> Checked[Layout]:
    sheet = sheet or theme()
    return lay_out(made, sheet, resolve(sheet, made.metadata.lang).value, pictures or {})


@dataclass
class Sign:
    """A character on a page: its origin and its box."""

    character: str
    x: float
    base: float
    left: float
    top: float
    right: float
    bottom: float


@dataclass
class Row:
    """Characters on one baseline, from left to right."""

    signs: list[Sign]

    @property
    def words(self) -> str:
        return "".join(sign.character for sign in self.signs)

    @property
    def base(self) -> float:
        return self.signs[0].base

    @property
    def x(self) -> float:
        return self.signs[0].x

    @property
    def left(self) -> float:
        return min(sign.left for sign in self.signs)

    @property
    def right(self) -> float:
        return max(sign.right for sign in self.signs)

    @property
    def top(self) -> float:
        return min(sign.top for sign in self.signs)


class Print:
    """A finished PDF."""

    def __init__(self, data: bytes, findings: Sequence[Diagnostic] = ()) -> None:
        self.data = data
        self.findings = tuple(findings)
        self.pdf = pypdfium2.PdfDocument(data)

    @property
    def page_count(self) -> int:
        return len(self.pdf)

    def signs(self, page: int) -> list[Sign]:
        """The characters of a page (from 1), without white space."""
        sheet = self.pdf[page - 1]
        height = sheet.get_height()
        words = sheet.get_textpage()
        found = []
        for index in range(words.count_chars()):
            character = chr(pdfium.FPDFText_GetUnicode(words, index))
            if character.isspace() or character == "\x00":
                continue
            x, y = ctypes.c_double(), ctypes.c_double()
            pdfium.FPDFText_GetCharOrigin(words, index, x, y)
            if "\udc00" <= character <= "\udfff" and found:
                # PDFium counts UTF-16: the second half of a character beyond the BMP.
                high = found[-1].character
                found[-1].character = (high + character).encode("utf-16", "surrogatepass").decode("utf-16")
                continue
            left, bottom, right, top = words.get_charbox(index)
            found.append(
                Sign(character, x.value * MM, (height - y.value) * MM, left * MM, (height - top) * MM, right * MM,
                     (height - bottom) * MM)
            )  # fmt: skip
        return found

    def rows(self, page: int) -> list[Row]:
        """The characters of a page by baseline, from top to bottom."""
        rows: list[Row] = []
        for sign in sorted(self.signs(page), key=lambda sign: (round(sign.base, 1), sign.x)):
            if rows and abs(rows[-1].base - sign.base) < 0.35:
                rows[-1].signs.append(sign)
            else:
                rows.append(Row([sign]))
        for row in rows:
            row.signs.sort(key=lambda sign: sign.x)
        return rows

    def row(self, start: str, page: int = 1) -> Row:
        """The row of a page that holds these characters."""
        for row in self.rows(page):
            if start in row.words:
                return row
        raise AssertionError(f"{start!r} is not on page {page}: {[row.words for row in self.rows(page)]}")

    def words(self, page: int) -> str:
        """The characters of a page in the order of its content."""
        return "".join(sign.character for sign in self.signs(page))

    def rules(self, page: int) -> list[tuple[float, float, float, float]]:
        """Left, top, right, bottom of each filled path of a page."""
        sheet = self.pdf[page - 1]
        height = sheet.get_height()
        found = []
        for item in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = item.get_bounds()
            found.append((left * MM, (height - top) * MM, right * MM, (height - bottom) * MM))
        return sorted(found, key=lambda rule: rule[1])


def printed(made: Document, sheet: Theme | None = None, pictures: dict[str, Picture] | None = None) -> Print:
    """A document as a PDF."""
    sheet = sheet or theme()
    layout = laid(made, sheet, pictures)
    exported = pdf.export(layout.value, made, sheet, None)
    return Print(exported.value, (*layout.findings, *exported.findings))


__all__ = ["MM", "Print", "document", "hanzi", "laid", "paragraph", "printed", "replace", "text", "theme"]
