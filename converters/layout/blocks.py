"""Blocks of the model → items of the flow, each in its style and with its tags."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model import walk
from converters.model.metadata import Form
from converters.model.patterns import compiled
from converters.theme.schema import Align, Role, TextStyle

from .ballot import ballot
from .compositor import Manner
from .figure import figure
from .flatten import Flattener
from .items import Box, Item, PageEnd, Rows
from .official import attachment_note, attendance, attendance_label, parted
from .result import Bar, Element, Passage
from .setter import Place, Setter
from .signature import is_remark, signature
from .table import table

_NOTE_LABEL = compiled(
    r"[\[【〔]?(?:编者按|編者按|编者的话|編者的話|本刊按|按语|按語|按|編集部より|Editor[’']s note)[\]】〕]?\s*[：:]?"
)
_LABEL_GAP_EM = 0.5
_BREAK_RULE = 0.5


class BlockSetter(Setter):
    """Sets blocks of every kind."""

    def blocks(self, blocks: Iterable[b.Block], place: Place, ident: str = "") -> list[Item]:
        """Items of blocks; `ident` with a number from 1 after it names each ("a1.b" gives a1.b1 …)."""
        items: list[Item] = []
        before: b.Block | None = None
        for number, block in enumerate(blocks, 1):
            made = self.block(block, place)
            if isinstance(before, b.Signature) and made and isinstance(made[0], Rows) and is_remark(block):
                made[0].tail = True
            before = block
            if ident and made:
                made[0].ident = f"{ident}{number}"
            items += made
        return items

    def block(self, block: b.Block, place: Place) -> list[Item]:
        """Items of one block."""
        styles = self.styles
        match block:
            case b.Paragraph():
                return [self.paragraph(block, place)]
            case b.Heading():
                return [self.heading(block, place)]
            case b.ListBlock():
                return self.list_block(block, place)
            case b.DefinitionList():
                return self.definitions(block, place)
            case b.Quote():
                return self.quote(block, place)
            case b.Table():
                return table(self, block, place)
            case b.Figure():
                return figure(self, block, place)
            case b.CodeBlock():
                return self.code(block, place)
            case b.Verse():
                return self.verse(block, place)
            case b.Rule():
                return [self.rule(place)]
            case b.PageBreak():
                return [PageEnd()]
            case b.Addressee(inlines=inlines, span=span):
                return [self.rows(inlines, styles.addressee, place, span)]
            case b.AttachmentNote():
                return attachment_note(self, block, place)
            case b.Signature():
                return signature(self, block, place)
            case _:
                assert_never(block)

    def paragraph(self, block: b.Paragraph, place: Place) -> Rows:
        """A paragraph, its run-in heading in the face of that level's headings."""
        style = place.body or self.styles.body
        if self.shop.form is Form.MINUTES and (cut := attendance_label(block)):
            return attendance(self, block, cut, place)
        self.attending = False
        self.shop.ready = self.ahead(block)
        if not block.run_in:
            return self.rows(block.inlines, style, place, block.span)
        shop = self.shop
        element = Element("P", place.parent)
        stick = self._stick(style, place)
        role = self._heading_style(block.run_in_level).role
        head, text = walk.text_alone(block.run_in), walk.text_alone(block.inlines)
        if head is not None and text is not None:
            case = stick.case if role is style.role else shop.typecase(style, role=role)
            plain = shop.fill_with_head(stick, (head, case), text, element)
            if plain is not None:
                return self.item(plain, style, stick.left, (), block.span)
        setter = Flattener(shop, style, element)
        setter.add(block.run_in, role)
        setter.add(block.inlines)
        manner = Manner(stick.indent, span=block.span, inlines=block.run_in + block.inlines)
        passage, notes = self.set_flat(setter.finish(), style, stick.measure, element, manner)
        return self.item(passage, style, stick.left, notes, block.span)

    def _heading_style(self, level: int) -> TextStyle:
        styles = self.styles
        headings = (styles.heading1, styles.heading2, styles.heading3, styles.heading4, styles.heading5)
        return headings[min(max(level, 1), 5) - 1]

    def heading(self, block: b.Heading, place: Place) -> Rows:
        """A heading; its tag is one below the last heading's at most, so that no level is skipped (PDF/UA-1, 7.4.2)."""
        level = min(self.top_level + max(block.level, 1), self.level + 1, 6)
        self.level = level
        style = self._heading_style(block.level)
        if place.body is not None:
            style = replace(style, indent_em=0.0)
        item = self.rows(block.inlines, style, place, block.span, Element(f"H{level}", place.parent))
        item.keep = True
        item.outline = (walk.plain(block.inlines).replace("\n", " "), level)
        return item

    def list_block(self, block: b.ListBlock, place: Place) -> list[Item]:
        """A list, its marks hanging before the text."""
        shop, style = self.shop, self.styles.list
        em = shop.em(style)
        element = Element("L", place.parent)
        element.attributes = (("List", "ListNumbering", "/Decimal" if block.ordered else "/Disc"),)
        # The dot of a face for letters is too small beside hanzi: marks are set in 黑体, numbers as the text is.
        mark_style = style if block.ordered else replace(style, role=Role.HEITI)
        labels = [Element("Lbl", Element("LI", element)) for _ in block.items]
        marks = [self._mark(block, number, mark_style, label) for number, label in enumerate(labels)]
        widest = max((width for _, width in marks), default=0.0)
        room = max(style.left_em * em, widest + _LABEL_GAP_EM * em)
        left = min(place.left + room, self.measure / 2)
        body = replace(place.body or style, indent_em=0.0, left_em=0.0, right_em=0.0, before_rows=0.0, after_rows=0.0)
        items: list[Item] = []
        for label, (mark, width), entry in zip(labels, marks, block.items, strict=True):
            inner = Place(Element("LBody", label.parent), left, place.right, body)
            made = self.blocks(entry.blocks, inner)
            first = made[0] if made else None
            at = left - width - _LABEL_GAP_EM * em
            if not isinstance(first, Rows) or first.label is not None:
                # What begins with a table, a picture or another list has its mark on a line of its own.
                first = self.rows((), body, inner, None, label)
                first.keep = bool(made)
                made.insert(0, first)
                first.passage, first.x = mark, at
            else:
                first.label, first.label_x = mark, at
            items += made
        return items

    def _mark(self, block: b.ListBlock, number: int, style: TextStyle, label: Element) -> tuple[Passage, float]:
        """The mark of an item and its width."""
        entry = block.items[number]
        if entry.checked is not None:
            return ballot(self.shop, entry.checked, style, label, self.measure)
        mark = (entry.marker.strip() or f"{block.start + number}.") if block.ordered else "•"
        passage = self.shop.line(mark, style, label, self.measure)
        passage.align = Align.LEFT
        return passage, self.shop.typecase(style).width(mark)

    def definitions(self, block: b.DefinitionList, place: Place) -> list[Item]:
        """Terms in 黑体, each the label of its item (ISO 32000-1, 14.8.4.3.3); each description below, two em in."""
        styles = self.styles
        style = replace(place.body or styles.body, indent_em=0.0)
        element = Element("L", place.parent)
        element.attributes = (("List", "ListNumbering", "/Description"),)
        em = self.shop.em(style)
        heading = replace(style, role=Role.HEITI, keep_with_next=True)
        items: list[Item] = []
        for entry in block.items:
            part = Element("LI", element)
            # On the page it is text, as a mark that the edition makes is not.
            label = Element("Lbl", part, content="Span")
            items.append(self.rows(entry.term, heading, place, block.span, label))
            inner = Place(Element("LBody", part), place.left + 2 * em, place.right, style)
            for description in entry.descriptions:
                items += self.blocks(description, inner)
        return items

    def quote(self, block: b.Quote, place: Place) -> list[Item]:
        """A quotation, or what the author set apart."""
        styles = self.styles
        style = styles.editor_note if block.role is b.QuoteRole.EDITOR_NOTE else styles.quote
        if block.role is b.QuoteRole.EDITOR_NOTE:
            return self.editor_note(block.blocks, place)
        inner = self._set_off(Element("BlockQuote", place.parent), style, place)
        items = self.blocks(block.blocks, inner)
        return self.spaced(items, style)

    def _set_off(self, element: Element, style: TextStyle, place: Place) -> Place:
        """The place of blocks that are set in by their style as a whole."""
        em = self.shop.em(style)
        inner = replace(style, left_em=0.0, right_em=0.0, before_rows=0.0, after_rows=0.0)
        return Place(element, place.left + style.left_em * em, place.right + style.right_em * em, inner)

    def editor_note(self, blocks: Iterable[b.Block], place: Place, ident: str = "") -> list[Item]:
        """编者按: its label in 黑体, its text in 楷体, narrower than the body."""
        styles = self.styles
        style = styles.editor_note
        inner = self._set_off(Element("Sect", place.parent), style, place)
        items: list[Item] = []
        for number, block in enumerate(blocks, 1):
            if not items and isinstance(block, b.Paragraph) and not block.run_in and (cut := _label_end(block.inlines)):
                made: list[Item] = [self._labelled(*parted(block.inlines, cut), inner, block)]
            else:
                made = self.block(block, inner)
            if ident and made:
                made[0].ident = f"{ident}{number}"
            items += made
        return self.spaced(items, style)

    def _labelled(self, label: i.Text, rest: tuple[i.Inline, ...], place: Place, block: b.Paragraph) -> Rows:
        assert place.body is not None
        element = Element("P", place.parent)
        setter = Flattener(self.shop, place.body, element)
        setter.add((label,), self.styles.editor_label.role)
        setter.add(rest)
        measure = max(self.measure - place.left - place.right, self.shop.em(place.body))
        indent = min(place.body.indent_em * self.shop.em(place.body), measure / 2)
        manner = Manner(indent, span=block.span, inlines=block.inlines)
        passage, notes = self.set_flat(setter.finish(), place.body, measure, element, manner)
        return self.item(passage, place.body, place.left, notes, block.span)

    def code(self, block: b.CodeBlock, place: Place) -> list[Item]:
        """Code, line by line as it stands."""
        style = self.styles.code
        text = block.text.expandtabs(4)
        item = self.rows((i.Text(text, -1),), style, place, block.span, Element("Code", Element("P", place.parent)))
        item.before = item.after = self.shop.pitch / 4
        return [item]

    def verse(self, block: b.Verse, place: Place) -> list[Item]:
        """Verse: one line of the author's under the other, what is too long turned over."""
        inlines: list[i.Inline] = []
        for line in block.lines:
            if inlines:
                inlines.append(i.LineBreak())
            inlines += line
        style = self.styles.verse
        em = self.shop.em(style)
        while style.left_em > 0 and style.left_em * em > (self.measure - place.left) / 3:
            style = replace(style, left_em=style.left_em - 1)
        return [self.rows(tuple(inlines), style, place, block.span)]

    def rule(self, place: Place) -> Box:
        """A thematic break: a short rule in the middle of a row."""
        width = self.measure - place.left - place.right
        pitch = self.shop.pitch
        bar = Bar(place.left + width / 3, pitch / 2 - _BREAK_RULE / 2, width / 3, _BREAK_RULE, "#000000")
        return Box(pitch, (bar,), on_grid=True)


def _label_end(inlines: tuple[i.Inline, ...]) -> int:
    """How many characters at the start of a note are its label, 0 for none."""
    if not inlines or not isinstance(inlines[0], i.Text):
        return 0
    found = _NOTE_LABEL.match(inlines[0].text)
    return found.end() if found else 0
