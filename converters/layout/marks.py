"""The mark of a masthead (报头的名称, 发文机关标志): one line, the lines of a joint issue, or artwork."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from converters.model.pictures import artwork_key, artwork_size
from converters.theme.schema import Align, TextStyle
from converters.units import mm

from .compositor import Compositor
from .result import Element, Passage, PictureBox, Piece, Placed, PlacedPicture

LEAST_NAME = 12.0
"""A name is shrunk to one line, but not below 小四: a longer one takes several lines."""
_ARTWORK_SHARE = 1 / 3
"""Of the width of a page of vertical lines, an artwork takes so much at most."""
_LINE_RATIO = 1.3
_DEEPEST_JOINT = mm(75)
"""The mark of a joint issue is no deeper than a third of the type area: page 1 must show text (7.2.4)."""
_JOINT_GAP_EM = 0.5
"""Between the organs of a joint issue and 文件 beside them."""


def name_width(shop: Compositor, text: str, style: TextStyle) -> float:
    """Width of a line without the tracking after its last hanzi."""
    case = shop.typecase(style)
    return case.width(text) - case.main.tracking


def _ink_top(passage: Passage) -> float:
    """How far the ink of a passage's first line stands above its baseline."""
    face, size = passage.setting.face, passage.setting.size
    return size * max((face.ink(face.glyphs[ord(character)])[3] for character in passage.text), default=0.0)


class MarkSetter:
    """Sets a mark with its ink `top` points below the type area; `parent` None hangs it nowhere (套打)."""

    def __init__(self, shop: Compositor, measure: float, parent: Element | None) -> None:
        self.shop = shop
        self.measure = measure
        self.parent = parent
        self.items: list[Placed] = []

    def _line(self, text: str, style: TextStyle, measure: float) -> Passage:
        # The space after the last hanzi may hang out of the measure: it is not seen.
        spaced = measure + style.tracking_em * style.size
        passage = self.shop.line(text, style, Element("P", self.parent), spaced)
        passage.measure = measure
        return passage

    def name(self, text: str, style: TextStyle, top: float) -> float:
        """A name in one line, in several where it is too long; returns where its em box ends."""
        width = name_width(self.shop, text, style)
        if width > self.measure:
            style = replace(style, size=max(style.size * self.measure / width * 0.9999, LEAST_NAME))
        style = replace(style, leading=style.size * _LINE_RATIO)
        passage = self._line(text, style, self.measure)
        middle = top + _ink_top(passage) - passage.setting.drop
        self.items.append(Piece(passage, 0, len(passage.lines), 0.0, middle - passage.pitch / 2))
        return middle + (len(passage.lines) - 1) * passage.pitch + passage.setting.size / 2

    def joint(self, organs: Sequence[str], suffix: str, style: TextStyle, top: float) -> float:
        """The organs of a joint issue under each other, spread to one width, 文件 beside the middle of them (7.2.4)."""
        widest = max(name_width(self.shop, organ, style) for organ in organs)
        beside = name_width(self.shop, suffix, style) if suffix else 0.0
        gap = _JOINT_GAP_EM * style.size if suffix else 0.0
        ratio = min(
            1.0, self.measure / (widest + gap + beside), _DEEPEST_JOINT / (len(organs) * style.size * _LINE_RATIO)
        )
        size = max(style.size * ratio * 0.9999, LEAST_NAME)
        scale = size / style.size
        style = replace(style, size=size, leading=size * _LINE_RATIO)
        widest, gap, beside = widest * scale, gap * scale, beside * scale
        left = (self.measure - widest - gap - beside) / 2
        first = 0.0
        for number, organ in enumerate(organs):
            passage = self._line(organ, self._spread(organ, style, widest), widest)
            if not number:
                first = top + _ink_top(passage) - passage.setting.drop
            middle = first + number * passage.pitch
            self.items.append(Piece(passage, 0, len(passage.lines), left, middle - passage.pitch / 2))
        last = first + (len(organs) - 1) * style.leading
        if suffix:
            passage = self._line(suffix, style, beside)
            self.items.append(Piece(passage, 0, 1, left + widest + gap, (first + last - passage.pitch) / 2))
        return last + size / 2

    def _spread(self, text: str, style: TextStyle, width: float) -> TextStyle:
        """The style with the tracking at which a text is as wide as the widest."""
        count = len(text) - 1
        if count < 1:
            return style
        natural = name_width(self.shop, text, replace(style, tracking_em=0.0))
        return replace(style, tracking_em=max((width - natural) / count / style.size, 0.0), align=Align.CENTRE)

    def artwork(self, name: str, image: str, top: float) -> float | None:
        """The picture in place of the name, which it says (ISO 32000-1, 14.9.4); None where there is none."""
        key = artwork_key(image)
        picture = self.shop.pictures.get(key)
        if picture is None:
            return None
        if self.shop.is_vertical:
            # Beside the lines it stands upright, and leaves them most of the page.
            height, width = artwork_size(picture, self.shop.theme.page.depth * _ARTWORK_SHARE)
            shrink = min(1.0, self.measure / width)
            width, height = width * shrink, height * shrink
        else:
            width, height = artwork_size(picture, self.measure)
        element = Element("Figure", self.parent)
        element.description = element.replacement = name.replace("\n", "")
        self.items.append(PlacedPicture(PictureBox(key, width, height, element), (self.measure - width) / 2, top))
        return top + height
