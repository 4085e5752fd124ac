"""本期要目: the articles of an issue, each with a leader and the page where it begins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from converters.model import inlines as i
from converters.records import dataclass
from converters.theme.schema import Align
from converters.typeset import Lines

from .articles import Entry
from .items import Box, Item
from .paging import Paged
from .result import Element, Passage, Piece, Placed, Setting
from .setter import Place, Setter

_TEXT_GAP_EM = 0.5
_NUMBER_GAP_EM = 0.35
_DOT_RAISE_EM = 0.19
"""The dots of a leader stand above the baseline, nearer the middle of the hanzi (targets)."""


@dataclass(slots=True, eq=False, repr=False)
class _Line:
    """What of an entry waits for its page: the passages of leader and number, the place where the title ends."""

    name: str
    number: Passage
    leader: Passage
    end: float


class Contents:
    """The contents as items of the flow; `fill` writes the page numbers once they are known."""

    def __init__(self, setter: Setter, entries: Sequence[Entry], element: Element, digits: int) -> None:
        self.setter = setter
        self.shop = setter.shop
        self.digits = digits
        self.style = setter.styles.contents
        self.flush = replace(self.style, align=Align.LEFT)
        self.look = setter.shop.theme.contents
        self.em = self.shop.em(self.style)
        # One 字 beside the contents is a 字 of the body (targets: 5.57 mm on both sides).
        self.unit = self.shop.em(setter.styles.body)
        self.right = setter.measure - self.style.right_em * self.unit
        self.case = self.shop.typecase(self.style)
        self.pitch = self.style.leading or self.shop.pitch
        self.digit = self.case.width("0")
        self._dots: Setting | None = None
        self.lines: list[_Line] = []
        element.kids.clear()
        self.items = self._items(entries, element)

    def _items(self, entries: Sequence[Entry], element: Element) -> list[Item]:
        setter, shop = self.setter, self.shop
        title = shop.metadata.toc_title or shop.words.contents
        caption = Element("Caption", element, content="TOCI")
        heading = setter.rows((i.Text(title),), setter.styles.contents_title, Place(element), None, caption)
        heading.keep = True
        items: list[Item] = [heading]
        listed = [self._entry(entry, element) for entry in entries]
        if len(listed) > 2:
            # The last entry does not stand alone on a page.
            listed[-2].keep = True
        items += listed
        return items

    def _entry(self, entry: Entry, parent: Element) -> Box:
        shop, style, em = self.shop, self.style, self.em
        item = Element("TOCI", parent)
        reference = Element("Reference", item, content="TOCI")
        link = Element("Link", reference, content="TOCI")
        left = style.left_em * self.unit
        numbered = self.look.page_numbers
        shortest = _TEXT_GAP_EM * em + 2 * self.look.leader_pitch + self.digits * self.digit + _NUMBER_GAP_EM * em
        room = self.right - left
        turnover = left + max(self.look.turnover_em - style.left_em, 0.0) * em
        texts = self._lines(entry.lines, room - (shortest if numbered else 0.0), room)
        placed: list[Placed] = []
        pitch = self.pitch
        y, end = 0.0, left
        for index, text in enumerate(texts):
            x = left if index == 0 else turnover
            passage = shop.set_text(text, self.flush, self.right - x, link)
            passage.target = f"#{entry.name}"
            count = len(passage.lines)
            placed.append(Piece(passage, 0, count, x, y))
            y += count * pitch
            end = x + (passage.lines[-1].width * passage.em if count else 0.0)
        if numbered:
            if end + shortest > self.right:
                y += pitch
                end = turnover
            number, leader = self._number(reference), self._leader()
            placed += [Piece(leader, 0, 1, 0.0, y - pitch), Piece(number, 0, 1, 0.0, y - pitch)]
            self.lines.append(_Line(entry.name, number, leader, end))
        return Box(y, placed, keep=False)

    def _lines(self, lines: Sequence[str], last_room: float, room: float) -> list[str]:
        """A title's lines joined as far as they fit; the last one leaves room for leader and number."""
        case = self.case
        joined: list[str] = []
        for index, line in enumerate(lines):
            text = line.strip()
            if not text:
                continue
            whole = f"{joined[-1]}{_glue(joined[-1], text)}{text}" if joined else text
            limit = last_room if index == len(lines) - 1 else room
            if joined and case.width(whole) <= limit:
                joined[-1] = whole
            else:
                joined.append(text)
        return joined or [""]

    def _number(self, reference: Element) -> Passage:
        case = self.case
        passage = Passage("", Lines(), case.main, case.em, reference)
        passage.align = Align.RIGHT
        passage.measure = self.right
        passage.pitch = self.pitch
        passage.widths = case.widths
        return passage

    def _leader(self) -> Passage:
        passage = Passage("", Lines(), self._dots or self._dotted(), self.look.leader_pitch, None)
        passage.align = Align.LEFT
        passage.measure = self.right
        passage.pitch = self.pitch
        passage.widths = {".": 1.0}
        return passage

    def _dotted(self) -> Setting:
        """The setting of a leader: its dots stand a pitch apart."""
        case = self.case
        case.admit({"."})
        setting = case.other.get(".", case.main)
        face = setting.face
        tracking = self.look.leader_pitch - face.advance(face.glyphs[ord(".")]) * setting.size
        # In a vertical line the dots stand in its middle.
        drop = setting.drop - _DOT_RAISE_EM * setting.size
        if self.shop.is_vertical:
            drop = sum(face.ink(face.glyphs[ord(".")])[1::2]) / 2 * setting.size
        self._dots = Setting(face, setting.size, drop, tracking, setting.color)
        return self._dots

    def fill(self, paged: Paged) -> bool:
        """Write the numbers; False where one has more digits than room was left for (`digits` says how many then)."""
        case = self.case
        pitch = self.look.leader_pitch
        labels = [
            paged.pages[paged.names[line.name][0]].label if line.name in paged.names else "" for line in self.lines
        ]
        longest = max(map(len, labels), default=1)
        if longest > self.digits:
            self.digits = longest
            return False
        for line, label in zip(self.lines, labels, strict=True):
            if self.shop.is_vertical:
                label = self.shop.clusters.in_cell(label, case, self.shop.drawn)
            width = case.width(label)
            line.number.text = label
            line.number.runs = case.runs(label)
            line.number.lines = Lines((0, len(label)), (0.0,), (width / case.em,))
            # Dots end in places counted from the right, so that they stand under each other in all entries.
            dot = pitch - line.leader.setting.tracking
            first = math.ceil((width + _NUMBER_GAP_EM * self.em) / pitch - 1e-6)
            last = math.floor((self.right - line.end - _TEXT_GAP_EM * self.em - dot) / pitch + 1e-6)
            count = max(last - first + 1, 0)
            line.leader.text = "." * count
            line.leader.indent = self.right - (first + count - 1) * pitch - dot
            line.leader.lines = Lines((0, count), (0.0,), (float(count),))
        return True


def _glue(before: str, after: str) -> str:
    """Between Latin words a space, between hanzi nothing."""
    return " " if before[-1:].isascii() and after[:1].isascii() else ""
