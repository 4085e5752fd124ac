"""Blocks as XHTML: paragraphs, headings, lists, quotations, figures, verse, the parts of a 公文, notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.captions import BETWEEN, own_captions
from converters.model.patterns import compiled
from converters.model.walk import plain
from converters.theme.schema import Role
from converters.xhtml import attribute

from .book import Book, NoteEntry
from .faces import css_string
from .inlines import InlineWriter, drawn
from .tables import width_em, write_table

# A label that opens an editor's note: set in 黑体 as in print.
_LABEL = r"\s*[〔【［\[]?(?:编者按|編者按|按语|按語|编后|編後|按|編集部より|Editor[’']s note)[〕】］\]]?\s*[:：]?"
# The room that a list has for its marks.
_MARK_EM = 2.0
# Pictures of which one is so many times as wide for its height as another do not go in one row at one height.
_LIKEST = 3


class BlockWriter:
    """Writes the blocks of a book into one page after the other."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.inlines = InlineWriter(book)
        self._levels: list[int] = []
        self._mixed = not book.lang.lower().startswith("en")
        self._in_note = False

    def begin_page(self) -> None:
        """Start a page: headings are nested afresh under its title."""
        self._levels = []

    def line(self, style: str, inlines: tuple[i.Inline, ...]) -> str:
        """A line in a style of the sheet."""
        faces = self.book.faces
        role = faces.style(style).role
        if role in faces.embeddable and role is not faces.body:
            faces.draw(role, drawn(inlines))
        return self.inlines.line(inlines)

    def numbered(self, blocks: Iterable[b.Block], prefix: str, style: str = "body") -> str:
        """Top-level blocks, whose ids are `prefix` and their number from 1, with the marks of printed pages."""
        starts = self.book.starts
        out: list[str] = []
        for number, block in enumerate(blocks, 1):
            begins = starts.pop(f"{prefix}{number}", None) if starts else None
            if begins is None:
                out.append(self.block(block, style))
                continue
            self.inlines.begin(begins)
            written = self.block(block, style)
            rest = self.inlines.end()
            # A page that begins after the last character of a block begins with what follows.
            out.append(f"{written}<div>{rest}</div>" if rest else written)
        return "\n".join(out)

    def blocks(self, blocks: Iterable[b.Block], style: str = "body") -> str:
        """Blocks one under the other, in a style of the sheet."""
        return "\n".join([self.block(block, style) for block in blocks])

    def block(self, block: b.Block, style: str = "body") -> str:
        """One block."""
        match block:
            case b.Paragraph():
                return self._paragraph(block, style)
            case b.Heading():
                return self._heading(block)
            case b.ListBlock():
                return self._list(block, style)
            case b.DefinitionList(items=items):
                return f"<dl>\n{''.join(self._definition(item, style) for item in items)}</dl>"
            case b.Quote():
                return self._quote(block)
            case b.Table():
                return write_table(self.book, self.line, block)
            case b.Figure():
                return self._figure(block)
            case b.CodeBlock(text=text, language=language):
                kind = attribute("class", f"language-{language}" if language.isalnum() else "")
                return f"<pre><code{kind}>{self.inlines.plain_text(text)}</code></pre>"
            case b.Verse(lines=lines):
                return f'<div class="verse">{self._lines("verse", lines)}</div>'
            case b.Rule():
                return "<hr/>"
            case b.PageBreak():
                return '<div class="page-break"></div>'
            case b.Addressee(inlines=line):
                return f'<p class="addressee">{self.line("addressee", line)}</p>'
            case b.AttachmentNote():
                return self._attachments(block)
            case b.Signature():
                return self._signature(block)
            case _:
                assert_never(block)

    def _paragraph(self, block: b.Paragraph, style: str) -> str:
        run_in = ""
        if block.run_in:
            level = min(block.run_in_level, 5)
            kind, look = (f"run-in heading{level}", f"heading{level}") if level else ("editor-label", "editor_label")
            run_in = f'<span class="{kind}">{self.line(look, block.run_in)}</span>'
        opening = '<p class="latin">' if self._mixed and _is_latin(block.inlines) else "<p>"
        return f"{opening}{run_in}{self.line(style, block.inlines)}</p>"

    def _heading(self, block: b.Heading) -> str:
        """A heading; its element follows the nesting of the page (h2 under the title), its class the author's level."""
        while self._levels and self._levels[-1] >= block.level:
            self._levels.pop()
        self._levels.append(block.level)
        element = f"h{min(len(self._levels) + self.book.title_level, 6)}"
        style = f"heading{min(block.level, 5)}"
        identifier = "" if self._in_note else attribute("id", self.book.heading_id())
        return f'<{element}{identifier} class="{style}">{self.line(style, block.inlines)}</{element}>'

    def _list(self, block: b.ListBlock, style: str) -> str:
        element = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        kind = ' class="tasks"' if any(item.checked is not None for item in block.items) else ""
        marks = [_mark(item, number) if block.ordered else "" for number, item in enumerate(block.items, block.start)]
        self.book.faces.draw(self.book.faces.style(style).role, "0123456789." + "".join(marks) if block.ordered else "")
        items = "\n".join([self._item(item, style, mark) for item, mark in zip(block.items, marks, strict=True)])
        return f"<{element}{start}{kind}{self._room(marks)}>\n{items}\n</{element}>"

    def _room(self, marks: list[str]) -> str:
        """The attribute that makes room for marks wider than the usual ones."""
        widest = max(map(width_em, marks), default=0.0) + 0.5
        side = "top" if self.book.vertical else "left"
        return attribute("style", f"padding-{side}:{widest:.3g}em") if widest > _MARK_EM else ""

    def _item(self, item: b.ListItem, style: str, mark: str) -> str:
        state = ""
        said = attribute("style", f"list-style-type:{css_string(mark + ' ')}") if mark else ""
        if item.checked is not None:
            word = self.book.words.done if item.checked else self.book.words.open
            mark = "☑" if item.checked else "☐"
            state = f'<span class="furniture" role="img"{attribute("aria-label", word)}>{mark}</span>'
        style = style if style != "body" else "list"
        match item.blocks:
            case (b.Paragraph(run_in=(), inlines=line),):
                return f"<li{said}>{state}{self.line(style, line)}</li>"
            case _:
                return f"<li{said}>{state}{self.blocks(item.blocks, style)}</li>"

    def _definition(self, item: b.Definition, style: str) -> str:
        # A term is set as strong text is.
        self.book.faces.draw(Role.HEITI, drawn(item.term))
        # The term first: notes are numbered as they are called.
        term = self.inlines.line(item.term)
        described = "".join(f"<dd>{self.blocks(blocks, style)}</dd>\n" for blocks in item.descriptions)
        return f"<dt>{term}</dt>\n{described}"

    def _quote(self, block: b.Quote) -> str:
        match block.role:
            case b.QuoteRole.EDITOR_NOTE:
                return self.editor_note(self._labelled(block.blocks))
            case b.QuoteRole.NOTE:
                return f'<aside class="remark" role="note">\n{self.blocks(block.blocks)}\n</aside>'
            case b.QuoteRole.QUOTE:
                return f"<blockquote>\n{self.blocks(block.blocks, 'quote')}\n</blockquote>"
            case _:
                assert_never(block.role)

    def editor_note(self, inner: str) -> str:
        """An editor's note around its blocks."""
        return f'<aside class="editor-note" role="note">\n{inner}\n</aside>' if inner else ""

    def note_blocks(self, blocks: tuple[b.Block, ...], prefix: str) -> str:
        """The blocks of an article's editor's note, its label in the label's face."""
        return self.numbered(_mark_label(blocks), prefix, "editor_note")

    def _labelled(self, blocks: tuple[b.Block, ...]) -> str:
        return self.blocks(_mark_label(blocks), "editor_note")

    def _figure(self, block: b.Figure) -> str:
        grows = self._grows(block.images)
        own = own_captions(block.caption, len(block.images))
        if own:
            images = [self.inlines.image(replace(image, width=""), "plate") for image in block.images]
            return f'<div class="plates captioned">\n{self._plates(images, own, grows)}</div>'
        images = [self.inlines.image(image, "plate", grow) for image, grow in zip(block.images, grows, strict=True)]
        shown = images[0] if len(images) == 1 else f'<div class="plates">{"".join(images)}</div>'
        caption = self.line("caption", block.caption)
        below = f"\n<figcaption>{caption}</figcaption>" if caption else ""
        return f"<figure>\n{shown}{below}\n</figure>"

    def _plates(self, images: list[str], captions: list[tuple[i.Inline, ...]], grows: list[str]) -> str:
        """Pictures side by side, each a figure with its own caption."""
        out: list[str] = []
        for image, caption, grow in zip(images, captions, grows, strict=True):
            # The space between two captions counts among the characters of the printed page.
            self.inlines.position += len(BETWEEN) if out else 0
            words = self.line("caption", caption)
            below = f"\n<figcaption>{words}</figcaption>" if words else ""
            out.append(f"<figure{attribute('style', grow)}>\n{image}{below}\n</figure>\n")
        return "".join(out)

    def _grows(self, images: tuple[i.Image, ...]) -> list[str]:
        """What gives pictures side by side one height, as in print, where that suits them: they share a row's width.

        One whose author gave it a width keeps that.
        """
        widths = [self.inlines.width(image.width) if image.width else "" for image in images]
        if len(images) > 1 and any(widths):
            return [f"{width};flex:none" if width else "" for width in widths]
        aspects = [self.book.shelf.aspect(image.target) for image in images]
        suited = len(images) > 1 and min(aspects) > 0 and max(aspects) <= _LIKEST * min(aspects)
        if not suited or self.book.vertical:
            return [""] * len(images)
        return [f"flex-grow:{aspect:.3g}" for aspect in aspects]

    def _lines(self, style: str, lines: Iterable[tuple[i.Inline, ...]]) -> str:
        return "".join([f"<p>{self.line(style, line)}</p>" for line in lines if line])

    def _attachments(self, block: b.AttachmentNote) -> str:
        label = f'<p class="label">{self.line("attachment_note", block.label)}</p>' if block.label else ""
        items = self._lines("attachment_note", block.items)
        return f'<div class="attachments">{label}<div class="names">{items}</div></div>'

    def _signature(self, block: b.Signature) -> str:
        lines = self._lines("signature", (*block.organs, block.date))
        remark = f'\n<p class="remark">{self.line("body", block.remark)}</p>' if block.remark else ""
        kind = "signature" + " sealed" * block.sealed + " stamped" * block.stamped
        return f'<div class="{kind}"><div class="signed">{lines}</div></div>{remark}'

    # -- notes

    def notes(self) -> str:
        """The notes that the page has called so far; those that a note calls itself follow it."""
        waiting = self.book.waiting
        if not waiting:
            return ""
        called, out = waiting.copy(), list[str]()
        waiting.clear()
        self._in_note = True
        for entry in called:
            queue = [entry]
            while queue:
                out.append(self._note(queue.pop(0)))
                queue += waiting
                waiting.clear()
        self._in_note = False
        kind = self.book.semantics("footnotes")
        element = self.book.section()
        return f'<{element}{kind} class="notes">\n{"".join(out)}</{element}>'

    def _note(self, entry: NoteEntry) -> str:
        kind = self.book.semantics("footnote", "doc-footnote")
        back = self._way_back(entry)
        match entry.note.blocks:
            case (b.Paragraph() as first, *rest):
                # The number stands in the note's first line.
                inner = self._paragraph(first, "note").replace(">", f">{back}", 1) + self.blocks(rest, "note")
            case blocks:
                inner = f"<p>{back}</p>{self.blocks(blocks, 'note')}"
        return f'<aside{kind} id="note-{entry.number}">{inner}</aside>\n'

    def _way_back(self, entry: NoteEntry) -> str:
        kind = self.book.semantics("backlink", "doc-backlink")
        spoken = attribute("aria-label", f"{self.book.words.back} {entry.number}")
        href = attribute("href", self.book.address(entry.calls[0]))
        return f'<a{kind} class="back"{href}{spoken}>[{entry.number}]</a>'


def _mark_label(blocks: tuple[b.Block, ...]) -> tuple[b.Block, ...]:
    """The same blocks, the label of the first paragraph as a run-in of level 0: an editor's label."""
    match blocks:
        case (b.Paragraph(run_in=(), inlines=(i.Text(text=text, start=start), *rest)) as first, *others):
            found = compiled(_LABEL).match(text)
            if found is None or not found[0].strip():
                return blocks
            end = found.end()
            label = i.Text(text[:end], start)
            body = i.Text(text[end:], start + end if start >= 0 else -1)
            line = (body, *rest) if body.text else tuple(rest)
            return (b.Paragraph(line, (label,), 0, first.span), *others)
        case _:
            return blocks


def _mark(item: b.ListItem, number: int) -> str:
    """An item's mark as the author typed it, "" where it is the one that a list gives by itself."""
    mark = item.marker.strip()
    return "" if mark == f"{number}." else mark


def _is_latin(inlines: tuple[i.Inline, ...]) -> bool:
    """Is a paragraph of a Chinese or Japanese text mostly in Latin letters? Hanzi take three bytes each."""
    text = plain(inlines)
    return len(text.encode(errors="replace")) < 1.5 * len(text)


def label_html(label: str, book: Book) -> str:
    """The label that stands before the issue's editor's note."""
    book.faces.draw(book.faces.style("editor_label").role, label)
    return f'<span class="editor-label">{book.escape(label)}</span>' if label else ""
