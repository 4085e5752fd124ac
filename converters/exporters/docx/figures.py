"""Pictures as inline drawings with alternative texts, and the media parts that they point to."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from converters.diagnostics import Span
from converters.model import blocks as b
from converters.model.inlines import Image
from converters.model.pictures import Picture, Pictures
from converters.model.walk import plain
from converters.ooxml import PIC, A, escape_attribute
from converters.units import EMU_PER_POINT, TWIPS_PER_POINT, parse_length, twips

from .paragraphs import Direct

if TYPE_CHECKING:
    from .writer import Writer

EXTENSIONS = {
    "image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif", "image/bmp": "bmp", "image/tiff": "tiff",
}  # fmt: skip
# A picture that does not say its resolution is taken for one made for a screen.
_SCREEN_DPI = 96.0
SHARE_GAP = 0.026
# Pictures of which one is so many times as wide for its height as another do not go in one row at one height.
_LIKEST = 3
_NO_ROOM = '<wp:effectExtent l="0" t="0" r="0" b="0"/>'
# Room in points as in print: above and below a figure, between picture and caption.
PADDING = 6.0
CAPTION_GAP = 4.0
# Six rows of the page stay free for a caption and a line of text beside the tallest picture.
_TALLEST_RATIO = 0.75


class Drawn(NamedTuple):
    """The run of a picture; its size in points."""

    run: str
    width: float
    height: float


class Figures:
    """Places pictures; one that Word cannot show is changed into PNG, or reported and left out."""

    __slots__ = ("_drawings", "_pictures", "_tallest", "_usable", "_writer")

    def __init__(self, writer: Writer, pictures: Pictures) -> None:
        self._writer = writer
        self._pictures = pictures
        self._usable: dict[str, Picture | None] = {}
        self._drawings = 0
        self._tallest = 0.0

    def of(self, target: str) -> Picture | None:
        """The picture of a target, None where it is missing."""
        return self._pictures.get(target)

    def inline(self, image: Image, span: Span | None, share: float = 1.0, *, gap: bool = False) -> str:
        """The run of a picture, "" where there is none to show; `share` is its part of the measure at most.

        With `gap` the room between pictures follows it.
        """
        drawn = self.drawn(image, span, share)
        if drawn is None:
            return ""
        self._tallest = max(self._tallest, drawn.height)
        beside = round(SHARE_GAP * self._room() * EMU_PER_POINT)
        return drawn.run.replace(_NO_ROOM, _NO_ROOM.replace('r="0"', f'r="{beside}"'), 1) if gap else drawn.run

    def drawn(self, image: Image, span: Span | None, share: float = 1.0) -> Drawn | None:
        """A picture as it stands in a line, None where there is none to show."""
        picture = self.usable(image, span)
        if picture is None:
            return None
        width, height = self._size(image, picture, self._room() * share, span)
        identifier = self._writer.story.picture(picture.data, EXTENSIONS[picture.media_type])
        self._drawings += 1
        across = round(width * EMU_PER_POINT)
        self._writer.identity.picture(image.target, picture.data, across)
        return Drawn(drawing(image, identifier, self._drawings, across, round(height * EMU_PER_POINT)), width, height)

    def _room(self) -> float:
        """The width that pictures may fill; beside vertical lines they stand upright: there it is the page's."""
        writer = self._writer
        return writer.theme.page.depth if writer.is_vertical else writer.grid.text_measure / TWIPS_PER_POINT

    def block(self, figure: b.Figure, mark: str) -> None:
        """The paragraph of a figure's pictures and that of its caption."""
        writer = self._writer
        self._tallest = 0.0
        last = len(figure.images) - 1
        runs = "".join(
            self.inline(image, figure.span, share, gap=number < last)
            for number, (image, share) in enumerate(self.shares(figure.images))
        )
        height = self._tallest + 2 * PADDING
        if runs:
            after = CAPTION_GAP if figure.caption else 0
            spacing = f'w:before="{twips(PADDING)}" w:after="{twips(after)}"'
            writer.paragraph("Picture", runs, mark, Direct(keep_next=bool(figure.caption), spacing=spacing))
        if figure.caption:
            caption = writer.runs(figure.caption, figure.span, "Caption")
            writer.paragraph("Caption", caption, f"{mark}_caption" if runs else mark)
            look = writer.styles["Caption"].look
            height += CAPTION_GAP + writer.grid.leading(look) * writer.grid.lines(plain(figure.caption), look, 0)
        if runs:
            # The text goes on with the next row of the page, as in print.
            writer.room = twips(PADDING) + -twips(height) % writer.grid.line

    def shares(self, images: tuple[Image, ...]) -> list[tuple[Image, float]]:
        """Pictures of a row and what part of it each takes: one height for all where that suits them, else equal ones.

        The picture of one height is as wide as its part, as in print.
        """
        count = max(1, len(images))
        spare = 1 - SHARE_GAP * (count - 1)
        found = [self._pictures.get(image.target) for image in images]
        pictures = [picture for picture in found if picture is not None and picture.width_px and picture.height_px]
        equal = [(image, spare / count) for image in images]
        if count == 1 or len(pictures) < count or any(image.width for image in images):
            return equal
        aspects = [picture.width_px / picture.height_px for picture in pictures]
        room = self._writer.grid.text_measure / TWIPS_PER_POINT
        height = spare * room / sum(aspects)
        least = min(picture.height_px * 72 / (picture.dpi or _SCREEN_DPI) for picture in pictures)
        if least < height * 0.98 or max(aspects) > _LIKEST * min(aspects):
            return equal
        shares = [spare * aspect / sum(aspects) for aspect in aspects]
        return [(replace(image, width="100%"), share) for image, share in zip(images, shares, strict=True)]

    def _size(self, image: Image, picture: Picture, room: float, span: Span | None) -> tuple[float, float]:
        dpi = picture.dpi or _SCREEN_DPI
        natural = max(picture.width_px, 1) * 72 / dpi
        width = min(natural, room)
        if image.width:
            try:
                wanted = image.width.strip()
                width = room * float(wanted[:-1]) / 100 if wanted.endswith("%") else parse_length(wanted)
            except ValueError:
                self._writer.report(
                    "W-PICTURE", "{width} is no width; the picture has its own", span, hint="write 60mm or 50%",
                    width=image.width,
                )  # fmt: skip
        width = min(max(width, 1.0), room)
        height = width * max(picture.height_px, 1) / max(picture.width_px, 1)
        tallest = self._writer.theme.page.depth * _TALLEST_RATIO
        if height > tallest:
            width, height = max(width * tallest / height, 1.0), tallest
        return width, max(height, 1.0)

    def usable(self, image: Image, span: Span | None) -> Picture | None:
        """A picture in a kind that Word shows, None where there is none."""
        picture = self._pictures.get(image.target)
        if picture is None:
            # Whoever read the pictures has said why this one is missing.
            return None
        if picture.media_type in EXTENSIONS:
            return picture
        if image.target not in self._usable:
            self._usable[image.target] = _as_png(picture)
            if self._usable[image.target] is None:
                self._writer.report(
                    "W-PICTURE",
                    "Word cannot show {target}, which is of the kind {kind}; it is left out",
                    span,
                    hint="save the picture as PNG or JPEG",
                    target=image.target,
                    kind=picture.media_type or "unknown",
                )
        return self._usable[image.target]


def _as_png(picture: Picture) -> Picture | None:
    from PIL import Image as Raster
    from PIL import UnidentifiedImageError

    try:
        with Raster.open(io.BytesIO(picture.data)) as raster:
            stream = io.BytesIO()
            raster.convert("RGBA" if "A" in raster.getbands() else "RGB").save(stream, "PNG")
            return Picture(stream.getvalue(), "image/png", raster.width, raster.height, picture.dpi)
    except (UnidentifiedImageError, OSError, ValueError, Raster.DecompressionBombError):
        return None


def drawing(image: Image, identifier: str, number: int, width_emu: int, height_emu: int) -> str:
    """The run of an inline drawing (ECMA-376 part 1, 20.4.2.8)."""
    alt = "" if image.decorative else escape_attribute(image.alt)
    title = f' title="{escape_attribute(image.title)}"' if image.title else ""
    extension = (
        f'<a:extLst xmlns:a="{A}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative'
        ' xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
        if image.decorative
        else ""
    )
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width_emu}" cy="{height_emu}"/>{_NO_ROOM}'
        f'<wp:docPr id="{number}" name="图片 {number}" descr="{alt}"{title}>{extension}</wp:docPr>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{A}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{PIC}"><pic:pic xmlns:pic="{PIC}"><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="图片 {number}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{identifier}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{width_emu}" cy="{height_emu}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
