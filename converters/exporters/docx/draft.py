"""送审稿, 征求意见稿: a label above the type area, or a watermark as Word itself makes one."""

from __future__ import annotations

import math

from converters.ooxml import escape_attribute
from converters.theme.schema import Role

from .looks import colour
from .writer import Writer

VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
# As long as this part of the page's diagonal, as in print.
_LONG_RATIO = 0.45
# WordArt along a straight line, as every Word document with a watermark defines it.
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>'
    + "".join(
        f'<v:f eqn="{formula}"/>'
        for formula in (
            "sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3", "if @0 @3 0",
            "if @0 21600 @1", "if @0 0 @2", "if @0 @4 21600", "mid @5 @6", "mid @8 @5", "mid @7 @8", "mid @6 @7",
            "sum @6 0 @5",
        )
    )
    + '</v:formulas><v:path textpathok="t" o:connecttype="custom"/><v:textpath on="t" fitshape="t"/>'
    '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
)  # fmt: skip


def draft_text(writer: Writer) -> str:
    """What the pages of a draft say, "" for what is none."""
    return writer.metadata.draft or writer.theme.draft.text


def is_watermark(writer: Writer) -> bool:
    """Whether it stands across the page, under the text."""
    return writer.theme.draft.form == "watermark"


def watermark(writer: Writer, number: int) -> str:
    """The run of a watermark; `number` tells the shapes of several headers apart."""
    page, text = writer.theme.page, draft_text(writer)
    size = min(_LONG_RATIO * math.hypot(page.width, page.height) / len(text), page.width / 2)
    # Clockwise, as VML counts; the diagonal of the page goes up.
    angle = 360 - round(math.degrees(math.atan2(page.height, page.width)))
    fill = "#" + colour(writer.theme, writer.theme.draft.color).replace("auto", "000000")
    face = escape_attribute(writer.grid.face(Role.HEITI))
    return (
        f'<w:r><w:pict>{_SHAPE_TYPE}<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}"'
        f' type="#_x0000_t136" style="position:absolute;margin-left:0;margin-top:0;width:{size * len(text):.1f}pt;'
        f"height:{size:.1f}pt;rotation:{angle};z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:page;mso-position-vertical:center;mso-position-vertical-relative:page"
        f'" o:allowincell="f" fillcolor="{fill}" stroked="f"><v:textpath style="font-family:&quot;{face}&quot;;'
        f'font-size:1pt" string="{escape_attribute(text)}"/></v:shape></w:pict></w:r>'
    )
