"""Stretches of a source that markdown-it divides into blocks, and the model's blocks made of its tokens."""

from __future__ import annotations

import functools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from converters.model import blocks as b
from converters.model.inlines import Text

from . import divs, tables
from .inlines import read_inlines
from .paragraphs import paragraph, pictures, trim
from .places import SPACES, Placed
from .state import Reading
from .syntax import normalise_label

if TYPE_CHECKING:
    from markdown_it.token import Token

_BLANK_LINE = re.compile(rf"(?m)^[{SPACES}]+$")
_TASK = re.compile(r"\[([ xX])\][ \t]+")
# A line that ends so is no heading, whatever line of hyphens stands under it.
_SENTENCE = re.compile(r"[。；;，,：:][”’）》」』]?$")
_CLOSERS = {
    "bullet_list_open": "bullet_list_close", "ordered_list_open": "ordered_list_close",
    "blockquote_open": "blockquote_close", "dl_open": "dl_close", "table_open": "table_close",
}  # fmt: skip


@functools.cache
def _parser() -> object:
    from .rules import block_parser

    return block_parser()


class Run:
    """One stretch of the source, from `start` to `end`, parsed; its definitions are given to the reading."""

    def __init__(self, reading: Reading, start: int, end: int, env: dict[str, object]) -> None:
        self.reading = reading
        self.start = start
        self.end = end
        text = reading.source.text[start:end]
        # Offsets of the lines, with one more behind the last.
        self.rows = [start, *(match.end() + start for match in re.finditer("\n", text)), end + 1]
        self.tokens: list[Token] = []
        self.position = 0
        self.parsed = True
        self._own_notes: dict[int, str] = {}
        self._parse(_BLANK_LINE.sub(lambda match: " " * len(match[0]), text), env)

    def _parse(self, text: str, env: dict[str, object]) -> None:
        from markdown_it import MarkdownIt

        from .rules import TooDeepError

        parser = _parser()
        assert isinstance(parser, MarkdownIt)
        env["looked"] = 0
        try:
            parser.block.parse(text, parser, env, self.tokens)
        except (TooDeepError, RecursionError):
            self.tokens = []
            self.parsed = False
            self.reading.report("blocks-depth", (self.start, self.end))
            return
        for index, token in enumerate(self.tokens):
            if token.type == "footnote_reference_open":
                label = token.meta["label"]
                if label not in self.reading.notes:
                    self.reading.notes[label] = functools.partial(self.note, index)
                    self._own_notes[index] = label

    def note(self, index: int) -> tuple[b.Block, ...]:
        """The blocks of the note that is defined at a token."""
        saved, self.position = self.position, index + 1
        try:
            return tuple(self.sequence("footnote_reference_close"))
        finally:
            self.position = saved

    def blocks(self) -> list[b.Block]:
        """The blocks of the whole stretch."""
        if not self.parsed:
            return self._plain_text()
        self.position = 0
        return self.sequence("")

    def _plain_text(self) -> list[b.Block]:
        """Every line of a stretch that could not be parsed as a paragraph of bare text."""
        out: list[b.Block] = []
        text = self.reading.source.text
        for row, start in enumerate(self.rows[:-1]):
            end = self.rows[row + 1] - 1
            bare = text[start:end].strip()
            if bare:
                at = start + text[start:end].index(bare)
                out.append(b.Paragraph((Text(bare, at),), span=self.reading.span(at, at + len(bare))))
        return out

    def sequence(self, closing: str) -> list[b.Block]:
        """Blocks up to the token that closes what holds them."""
        out: list[b.Block] = []
        caption: Placed | None = None
        while self.position < len(self.tokens):
            token = self.tokens[self.position]
            if token.type == closing:
                self.position += 1
                break
            if token.type == "paragraph_open" and self._is_caption(out):
                caption_text = self._inline(self.tokens[self.position + 1])
                if out and isinstance(out[-1], b.Table) and caption is None and not self._captioned(out[-1]):
                    out[-1] = self._caption(out[-1], caption_text)
                    self.position += 3
                    continue
                caption = caption_text
                self.position += 3
                continue
            made = self._block(token)
            if caption is not None:
                if made and isinstance(made[0], b.Table):
                    made[0] = self._caption(made[0], caption)
                else:
                    out.extend(paragraph(caption, self.reading))
                caption = None
            out.extend(made)
        if caption is not None:
            out.extend(paragraph(caption, self.reading))
        return out

    def _captioned(self, table: b.Table) -> bool:
        return id(table) in self._with_captions

    @functools.cached_property
    def _with_captions(self) -> dict[int, b.Table]:
        # The tables are held here, so that their ids stay theirs.
        return {}

    def _caption(self, table: b.Table, caption: Placed) -> b.Table:
        whole = tables.with_caption(table, caption, self.reading)
        if table.span is not None:
            places = (table.span.start, table.span.end, caption.offset(0), caption.offset(len(caption.text) - 1) + 1)
            whole = replace(whole, span=self.reading.span(min(places), max(places)))
        self._with_captions[id(whole)] = whole
        return whole

    def _is_caption(self, before: list[b.Block]) -> bool:
        """Whether the paragraph here is a line ": caption" beside a table."""
        content = self.tokens[self.position + 1].content
        if not tables.CAPTION.match(content) or "\n" in content:
            return False
        following = self.tokens[self.position + 3].type if self.position + 3 < len(self.tokens) else ""
        return following == "table_open" or (bool(before) and isinstance(before[-1], b.Table))

    def _place(self, token: Token) -> tuple[int, int]:
        """The stretch of the source that a token's lines fill, from the first mark to the last."""
        first, last = token.map or [0, 0]
        text = self.reading.source.text
        start, end = self.rows[first], self.rows[max(first, last)] - 1
        while end > start and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        return start, end

    def _inline(self, token: Token) -> Placed:
        """The content of an inline token, with the places of its lines."""
        first = (token.map or [0])[0]
        lines = [line.lstrip(" \t") for line in token.content.split("\n")]
        return self._lines(lines, first)

    def _lines(self, lines: list[str], first: int) -> Placed:
        pieces: list[tuple[int, int]] = []
        here = 0
        for number, line in enumerate(lines):
            start, end = self.rows[first + number], self.rows[first + number + 1] - 1
            written = self.reading.source.text[start:end]
            at = len(written) - len(line) if written.endswith(line) else written.rfind(line.rstrip())
            there = start + max(at, 0)
            if not pieces or there - pieces[-1][1] != here - pieces[-1][0]:
                pieces.append((here, there))
            here += len(line) + 1
        return Placed("\n".join(lines), tuple(pieces))

    def _heading_text(self, token: Token) -> Placed:
        """The content of a heading of one line: what closes it with # is not part of it."""
        row = (token.map or [0])[0]
        start, end = self.rows[row], self.rows[row + 1] - 1
        written = self.reading.source.text[start:end]
        tail = written.rstrip()
        if not tail.endswith(token.content):
            tail = tail.rstrip("#").rstrip()
        at = len(tail) - len(token.content) if tail.endswith(token.content) else written.rfind(token.content)
        return Placed(token.content, ((0, start + max(at, 0)),))

    def _block(self, token: Token) -> list[b.Block]:
        """The blocks that begin at a token; the position moves behind them."""
        self.position += 1
        match token.type:
            case "paragraph_open":
                self.position += 2
                return paragraph(self._inline(self.tokens[self.position - 2]), self.reading, top=token.level == 0)
            case "heading_open":
                return self._heading(token)
            case "bullet_list_open" | "ordered_list_open":
                return [self._list(token)]
            case "blockquote_open":
                return [b.Quote(tuple(self.sequence("blockquote_close")), span=self.reading.span(*self._place(token)))]
            case "fence" | "code_block":
                return [self._code(token)]
            case "hr":
                return [b.Rule(self.reading.span(*self._place(token)))]
            case "table_open":
                return [self._table(token)]
            case "dl_open":
                return self._definitions(token)
            case "div_open":
                return self._div(token)
            case "raw":
                first = (token.map or [0])[0]
                return paragraph(self._lines(token.content.split("\n"), first), self.reading)
            case "footnote_reference_open":
                return self._note_definition(token)
            case _:
                raise AssertionError(f"a token {token.type} that no rule makes")

    def _heading(self, token: Token) -> list[b.Block]:
        inline = self.tokens[self.position]
        self.position += 2
        place = self._place(token)
        if token.markup.startswith("#"):
            line = read_inlines(trim(self._heading_text(inline)), self.reading)
            return [b.Heading(int(token.tag[1]), line, self.reading.span(*place))]
        if token.markup == "-" and _SENTENCE.search(inline.content.rstrip()):
            row = (token.map or [0, 1])[1] - 1
            start, end = self.rows[row], self.rows[row + 1] - 1
            rule = b.Rule(self.reading.span(start, end))
            return [*paragraph(self._inline(inline), self.reading), rule]
        line = read_inlines(trim(self._inline(inline)), self.reading)
        return [b.Heading(int(token.tag[1]), line, self.reading.span(*place))]

    def _list(self, token: Token) -> b.ListBlock:
        items: list[b.ListItem] = []
        closing = _CLOSERS[token.type]
        tight = True
        while self.tokens[self.position].type != closing:
            item = self.tokens[self.position]
            self.position += 1
            first = self.tokens[self.position]
            if any(
                each.level == item.level + 1 and each.type == "paragraph_open" and not each.hidden
                for each in self._until(item)
            ):
                tight = False
            checked = None
            if first.type == "paragraph_open":
                inline = self.tokens[self.position + 1]
                if task := _TASK.match(inline.content):
                    checked = task[1] != " "
                    inline.content = inline.content[task.end() :]
            blocks = self.sequence("list_item_close")
            items.append(b.ListItem(tuple(blocks), f"{item.info}{item.markup}", checked))
        self.position += 1
        start = int(token.attrGet("start") or 1) if token.attrGet("start") is not None else 1
        if token.attrGet("start") == 0:
            start = 0
        ordered = token.type == "ordered_list_open"
        return b.ListBlock(tuple(items), ordered, start, tight, self.reading.span(*self._place(token)))

    def _until(self, item: Token) -> list[Token]:
        """The tokens from here to the one that closes an item."""
        out = []
        for index in range(self.position, len(self.tokens)):
            token = self.tokens[index]
            if token.type == "list_item_close" and token.level == item.level:
                break
            out.append(token)
        return out

    def _code(self, token: Token) -> b.CodeBlock:
        place = self._place(token)
        text = token.content.removesuffix("\n")
        row = (token.map or [0])[0] + (token.type == "fence")
        start = self.rows[row] if row < len(self.rows) else -1
        if start < 0 or self.reading.source.text[start : start + len(text)] != text:
            start = -1
        words = token.info.split()
        return b.CodeBlock(text, words[0] if words else "", start, self.reading.span(*place))

    def _table(self, token: Token) -> b.Table:
        rows: list[tuple[list[Placed], bool]] = []
        alignments: list[str] = []
        while self.tokens[self.position].type != "table_close":
            current = self.tokens[self.position]
            self.position += 1
            if current.type != "tr_open":
                continue
            contents: list[str] = []
            while self.tokens[self.position].type != "tr_close":
                cell = self.tokens[self.position]
                if cell.type in ("th_open", "td_open"):
                    if not rows:
                        alignments.append(str(cell.attrGet("style") or "").removeprefix("text-align:"))
                    contents.append(self.tokens[self.position + 1].content)
                self.position += 1
            row = (current.map or [0])[0]
            start, end = self.rows[row], self.rows[row + 1] - 1
            line = self.reading.source.text[start:end]
            cells = tables.place_cells(line, start, contents)
            if len(cells) > len(contents):
                surplus = " | ".join(cell.text for cell in cells[len(contents) :])
                self.reading.report("table-surplus", (start, end), cells=surplus)
                alignments += [""] * (len(cells) - len(alignments))
            rows.append((cells, not rows))
        self.position += 1
        return tables.build_table(rows, alignments, self.reading, self._place(token))

    def _definitions(self, token: Token) -> list[b.Block]:
        """A definition list; a term that is only pictures is a figure, and what is said of it its caption."""
        out: list[b.Block] = []
        items: list[b.Definition] = []
        span = self.reading.span(*self._place(token))
        while self.tokens[self.position].type != "dl_close":
            term_token = self.tokens[self.position + 1]
            term = trim(self._inline(term_token))
            self.position += 3
            descriptions: list[tuple[b.Block, ...]] = []
            while self.tokens[self.position].type == "dd_open":
                self.position += 1
                descriptions.append(tuple(self.sequence("dd_close")))
            figure = self._captioned_figure(term, descriptions)
            if figure is None:
                items.append(b.Definition(read_inlines(term, self.reading), tuple(descriptions)))
                continue
            if items:
                out.append(b.DefinitionList(tuple(items), span))
                items = []
            out.append(figure)
        self.position += 1
        return [*out, b.DefinitionList(tuple(items), span)] if items else out

    def _captioned_figure(self, term: Placed, descriptions: list[tuple[b.Block, ...]]) -> b.Figure | None:
        """The figure that a term of pictures and its one description make; titles of the pictures stay titles."""
        if not term.text.startswith("!") or len(descriptions) != 1 or len(descriptions[0]) != 1:
            return None
        (caption,) = descriptions[0]
        images = pictures(term, self.reading) if isinstance(caption, b.Paragraph) else ()
        if not images or not isinstance(caption, b.Paragraph) or caption.span is None:
            return None
        return b.Figure(images, caption.inlines, self.reading.span(term.offset(0), caption.span.end))

    def _div(self, token: Token) -> list[b.Block]:
        first, last = token.map or [0, 0]
        start = self._place(token)[0]
        closed = bool(token.meta["closed"])
        end = self.rows[min(last + 1 if closed else last, len(self.rows) - 1)] - 1
        place = (start, max(start, end))
        opening = (self.rows[first], self.rows[first + 1] - 1)
        if not closed:
            self.reading.report("div-open", opening, name=token.info)
        name, said = divs.div_name(token.info, self.reading, opening)
        if name in divs.OF_LINES:
            self._skip("div_open", "div_close")
            lines = token.content.split("\n") if last > first + 1 else []
            placed = [trim(self._lines([line.lstrip(" \t")], first + 1 + row)) for row, line in enumerate(lines)]
            while placed and not placed[-1].text:
                placed.pop()
            while placed and not placed[0].text:
                placed.pop(0)
            return [divs.build_lines(name, placed, said, self.reading, place)]
        blocks = self.sequence("div_close")
        if not name:
            return blocks
        return [b.Quote(tuple(blocks), b.QuoteRole(name), self.reading.span(*place))]

    def _skip(self, opening: str, closing: str) -> None:
        """Pass over the tokens of the container whose opening has been read."""
        depth = 1
        while depth:
            kind = self.tokens[self.position].type
            depth += (kind == opening) - (kind == closing)
            self.position += 1

    def _note_definition(self, token: Token) -> list[b.Block]:
        """Nothing where the note is printed at its call; its blocks where another note has its label."""
        if self.position - 1 in self._own_notes:
            self._skip("footnote_reference_open", "footnote_reference_close")
            return []
        label = token.meta["label"]
        self.reading.report("note-twice", self._place(token), label=label)
        return self.sequence("footnote_reference_close")

    def uncalled(self) -> list[b.Block]:
        """The blocks of the notes of this stretch that nothing calls, with a finding for each."""
        out: list[b.Block] = []
        for index, label in self._own_notes.items():
            if label in self.reading.called:
                continue
            self.reading.report("note-uncalled", self._place(self.tokens[index]), label=label)
            out.extend(self.note(index))
        return out


def references(env: dict[str, object]) -> dict[str, tuple[str, str]]:
    """The link definitions that parsing has gathered."""
    found = env.get("references") or {}
    assert isinstance(found, dict)
    return {normalise_label(label): (entry["href"], entry["title"]) for label, entry in found.items()}
