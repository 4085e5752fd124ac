"""页码: "— 1 —" outside, one 字 in, its dash 7 mm below the type area (GB/T 9704-2012, 7.5); running heads."""

from __future__ import annotations

import math
from dataclasses import replace

from converters.model.metadata import Form
from converters.theme.schema import Align
from converters.typeset import Lines

from .compositor import Compositor
from .result import FOOTER, HEADER, WATERMARK, Page, Passage, Piece, Turned

_HEAD_GAP = 12.0
_DRAFT_GAP = 6.0
_WATERMARK_RATIO = 0.45
"""How much of the page's diagonal a watermark fills."""


class Folios:
    """Puts page numbers and running heads on pages."""

    def __init__(self, shop: Compositor, *, mirrored: bool = False) -> None:
        """`mirrored`: the book is bound on the right, so that odd pages have their outside on the left."""
        self.shop = shop
        self.mirrored = mirrored
        self.look = shop.theme.page_number
        self.style = shop.theme.styles.page_number
        # 半角宋体: the figures are those of the 宋体 face.
        self.case = shop.typecase(self.style, latin=False)
        self.em = self.case.em
        # The dash beside a half-width figure is the face's own, not its one-em form.
        self.form = shop.clusters.plain_forms(self.look.form, "—", self.case, shop.drawn)
        sample = self.form.replace("{page}", "")
        mark = next((character for character in sample if not character.isspace()), "0")
        self._top = self._ink(mark)[3] * self.style.size
        self._head: Passage | None = None

    def _ink(self, character: str) -> tuple[float, float, float, float]:
        face = self.case.main.face
        stand_ins = self.shop.clusters.by_face.get(face, {})
        glyph = stand_ins[character][0] if character in stand_ins else face.glyphs[ord(character)]
        return face.ink(glyph)

    def put(self, page: Page, left: float) -> None:
        """Number one page; `left` is where its type area begins."""
        number = page.number + 1
        self._running_head(page, left)
        self._put_draft(page, left)
        first = self.look.first_page and self.shop.form is not Form.LETTER
        if not page.label or self.look.position == "none" or (number == 1 and not first):
            # Page 1 of a letter has no number in any style sheet (GB/T 9704-2012, 10.1).
            return
        layout, case = self.shop.theme.page, self.case
        text = self.form.replace("{page}", page.label)
        case.admit(set(text))
        width = case.width(text)
        lines = Lines((0, len(text)), (0.0,), (width / case.em,))
        passage = Passage(text, lines, case.main, case.em, None)
        passage.furniture = FOOTER
        passage.runs = case.runs(text)
        passage.pitch = self.style.leading or self.style.size
        passage.measure = width
        passage.align = Align.LEFT
        size = self.style.size
        if self.look.position == "center":
            x = left + (layout.measure - width) / 2
        elif (layout.duplex and page.number % 2 == 1) != self.mirrored:
            x = left + self.style.left_em * size - self._ink(text[0])[0] * size
        else:
            bearing = case.widths[text[-1]] * case.em - self._ink(text[-1])[2] * size
            x = left + layout.measure - self.style.right_em * size - width + bearing
        baseline = layout.top + layout.depth - layout.hang + self.look.gap + self._top
        page.items.append(Piece(passage, 0, 1, x, baseline - case.main.drop - passage.pitch / 2))

    def _put_draft(self, page: Page, left: float) -> None:
        """送审稿 above the type area, or across the page under its text; furniture, whatever it says."""
        look = self.shop.theme.draft
        text = self.shop.metadata.draft or look.text
        if not text:
            return
        layout, style = self.shop.theme.page, self.shop.theme.styles.draft
        if look.form == "label":
            passage = self.shop.line(text, style, None, layout.measure)
            passage.furniture = HEADER
            page.items.append(Piece(passage, 0, len(passage.lines), left, layout.top - _DRAFT_GAP - passage.height))
            return
        # As long as two thirds of the diagonal, its middle in the middle of the page.
        long = math.hypot(layout.width, layout.height)
        size = min(_WATERMARK_RATIO * long / max(len(text), 1), layout.width / 2)
        style = replace(style, size=size, leading=size * 1.2, align=Align.CENTRE, color=look.color)
        passage = self.shop.line(text, style, None, long)
        passage.furniture = WATERMARK
        passage.measure = long
        angle = math.degrees(math.atan2(layout.height, layout.width))
        across, down = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        half = passage.pitch / 2
        x = layout.width / 2 - across * long / 2 - down * half
        y = layout.height / 2 + down * long / 2 - across * half
        page.items.insert(0, Turned((Piece(passage, 0, 1, 0.0, 0.0),), x, y, angle))

    def _running_head(self, page: Page, left: float) -> None:
        form = self.shop.theme.pdf.running_head
        if not form or page.number == 0:
            return
        layout = self.shop.theme.page
        if self._head is None:
            metadata = self.shop.metadata
            text = form.replace("{name}", metadata.name).replace("{title}", metadata.title or metadata.name)
            self._head = self.shop.line(text, self.shop.theme.styles.running_head, None, layout.measure)
            self._head.furniture = HEADER
        height = self._head.height
        page.items.append(Piece(self._head, 0, len(self._head.lines), left, layout.top - _HEAD_GAP - height))
