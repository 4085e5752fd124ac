"""The sheet around the trimmed page: bleed, cut marks and the boxes that name them (ISO 32000-1, 14.11.2)."""

from __future__ import annotations

from collections.abc import Iterator

from converters.records import dataclass
from converters.theme.schema import Theme
from converters.units import mm

from .file import number_text

_GAP = mm(3)
"""From the trimmed page to a mark at least."""
_BESIDE_BLEED = mm(1)
"""From the bleed to a mark, so that none of it is left where a sheet is cut at the bleed."""
_LENGTH = mm(5)
_WEIGHT = b"0.25"


@dataclass(frozen=True, slots=True)
class Trim:
    """What stands around a page of `width` × `height` points, whose lower left corner is moved to (margin, margin)."""

    width: float
    height: float
    bleed: float
    marks: bool

    @property
    def _near(self) -> float:
        """From the page to the near end of a mark."""
        return max(_GAP, self.bleed + _BESIDE_BLEED)

    @property
    def margin(self) -> float:
        """How much larger the sheet is than the page, on each side."""
        return self._near + _LENGTH if self.marks else self.bleed

    def boxes(self) -> bytes:
        """The boxes of a page's dictionary."""
        margin, width, height = self.margin, self.width, self.height
        media = b"/MediaBox" + _box(0, 0, width + 2 * margin, height + 2 * margin)
        if not margin:
            return media
        inner = margin - self.bleed
        return (
            media
            + b"/TrimBox"
            + _box(margin, margin, margin + width, margin + height)
            + b"/BleedBox"
            + _box(inner, inner, 2 * margin + width - inner, 2 * margin + height - inner)
        )

    def around(self, content: bytes, ink: bytes) -> bytes:
        """A page's content moved to its place on the sheet, and the marks; `ink` is the operator that draws them."""
        margin = number_text(self.margin).encode()
        parts = [b"1 0 0 1 %b %b cm" % (margin, margin), content]
        if self.marks:
            lines = [b"%b %b m %b %b l S" % tuple(number_text(v).encode() for v in line) for line in self._lines()]
            parts += [b"/Artifact<</Type/Page>>BDC", b"q", _WEIGHT + b" w", ink, *lines, b"Q", b"EMC"]
        return b"\n".join(parts)

    def _lines(self) -> Iterator[tuple[float, float, float, float]]:
        """Two marks at each corner, and one in the middle of each side by which plates are laid on one another."""
        near = self._near
        far = near + _LENGTH
        for x, out in ((0.0, -1), (self.width, 1)):
            for y, away in ((0.0, -1), (self.height, 1)):
                yield x + out * near, y, x + out * far, y
                yield x, y + away * near, x, y + away * far
            yield x + out * near, self.height / 2, x + out * far, self.height / 2
        for y, away in ((0.0, -1), (self.height, 1)):
            yield self.width / 2, y + away * near, self.width / 2, y + away * far


def trim_of(theme: Theme, width: float, height: float) -> Trim:
    """What a style sheet wants around its pages."""
    return Trim(width, height, theme.pdf.bleed, theme.pdf.crop_marks)


def _box(*values: float) -> bytes:
    return b"[" + b" ".join(number_text(value).encode() for value in values) + b"]"
