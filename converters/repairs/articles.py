"""R-ARTICLE: divides the flat document into articles: titles, source lines, editor's notes, columns, inner headings."""

from __future__ import annotations

from dataclasses import field, replace

from converters.diagnostics import Change, Changes, Checked, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document, SourceLine
from converters.model.excuses import Excused
from converters.model.lines import BREAK, Inlines, flat
from converters.model.patterns import compiled
from converters.records import dataclass

from . import signals
from .rule import Class, Options, Pass, Rule

R_ARTICLE = Rule(
    "R-ARTICLE",
    "Articles and their parts",
    Class.AUTO,
    """\
Divides the text into articles: a title begins one, a source line such as （据云岭省民政厅） ends one. No character
changes.

Why: heading levels in extracted text cannot be trusted; a bulletin's articles are of equal rank.
Titles are the headings without a number on the highest level, and on the level of every heading that follows a
source line. Headings with a number (一、（一）1.（1）) are headings inside an article, at the level of the number.
Also found: 【column】 before a title, 编者按：, a subtitle after ——, a kicker above the title, an author's line.
Front matter has the last word (articles:). A heading that is marked keeps the level of its mark, whatever its number
says, behind an excuse with a reason: <!-- jianbao: allow R-ARTICLE 改稿定级 -->
""",
)


@dataclass(slots=True)
class _Draft:
    """An article while its blocks are being collected."""

    title: tuple[Inlines, ...] = ()
    subtitle: Inlines = ()
    kicker: Inlines = ()
    column: Inlines = ()
    author: Inlines = ()
    note: list[b.Block] = field(default_factory=list)
    blocks: list[b.Block] = field(default_factory=list)
    source: SourceLine | None = None
    span: Span | None = None

    def empty(self) -> bool:
        return not (
            self.title or self.subtitle or self.kicker or self.column or self.author or self.note or self.blocks
            or self.source
        )  # fmt: skip

    def article(self) -> Article:
        return Article(
            self.title, tuple(self.blocks), self.kicker, self.subtitle, self.column, self.author, tuple(self.note),
            self.source, span=self.span,
        )  # fmt: skip


def run(document: Document, options: Options) -> Checked[Document]:
    """Divide a document that is still one article without a title."""
    if not options.runs(R_ARTICLE) or len(document.articles) != 1:
        return Checked(document)
    whole = document.articles[0]
    if replace(whole, blocks=(), span=None) != Article():
        return Checked(document)
    divider = _Divider(whole.blocks, Excused(document, R_ARTICLE.code))
    articles = divider.divide()
    if not articles or (len(articles) == 1 and articles[0] == replace(whole, span=articles[0].span)):
        return Checked(document)
    return Checked(replace(document, articles=articles), changes=Changes(divider.changes))


LONGEST_LINE = 80
_LABEL = r"附\s*件\s*\d{0,2}\s*[：:]?"
_NOTE_HEADS = frozenset("编編按[［【(（")


def is_title_text(text: str) -> bool:
    """Whether a heading's text has no number of its own, so that it may be an article's title."""
    return signals.numbered(text) is None and not signals.begins(signals.REGULATION, text)


def title_levels(blocks: tuple[b.Block, ...], excused: Excused) -> frozenset[int]:
    """The heading levels (of marks) that stand for article titles; one that is excused speaks for no other."""
    marks: list[tuple[int, bool]] = []
    after_source = False
    for block in blocks:
        if type(block) is b.Heading:
            text = flat(block.inlines)
            if signals.begins(signals.COLUMN, text):
                continue
            if is_title_text(text) and not excused(block.span):
                marks.append((block.level, after_source))
            after_source = False
        elif type(block) is b.Paragraph:
            text = short_text(block)
            if text and signals.is_source(text):
                after_source = True
            elif after_source and not (text and signals.begins(signals.COLUMN, text)) and not is_note(block):
                after_source = False
        elif not (isinstance(block, b.Rule | b.PageBreak) or is_note(block)):
            after_source = False
    if not marks:
        return frozenset()
    top = min(level for level, _ in marks)
    return frozenset({top, *(level for level, follows in marks if follows)})


def is_note(block: b.Block) -> bool:
    """Whether a block is an editor's note: marked as one, or opened by 编者按：."""
    if type(block) is b.Paragraph:
        first = block.inlines[0] if block.inlines else None
        # Most paragraphs are no note: their first character tells.
        if type(first) is i.Text and first.text[:1] not in _NOTE_HEADS and not first.text[:1].isspace():
            return False
        head = flat(block.inlines[:2])[:20].lstrip()
        return head[:1] in _NOTE_HEADS and signals.begins(signals.EDITOR_NOTE, head)
    if type(block) is b.Quote:
        return block.role is b.QuoteRole.EDITOR_NOTE or (block.blocks != () and is_note(block.blocks[0]))
    return False


class _Divider:
    """Takes the blocks one after the other and puts each where it belongs."""

    def __init__(self, blocks: tuple[b.Block, ...], excused: Excused) -> None:
        self.blocks = blocks
        self.excused = excused
        self.levels = title_levels(blocks, excused)
        self.base = max(self.levels, default=0)
        self.articles: list[Article] = []
        self.draft = _Draft()
        # A column and a note that wait for the next title.
        self.waiting = _Draft()
        self.changes: list[Change] = []

    def divide(self) -> tuple[Article, ...]:
        for index, block in enumerate(self.blocks):
            if type(block) is b.Heading:
                self.heading(block)
            elif is_note(block):
                self.note(block, index)
            elif (
                type(block) is not b.Paragraph
                or block.run_in
                or self.excused(block.span)
                or not self.line(block, index)
            ):
                self.body(block)
        if not self.waiting.empty():
            self.settle()
        self.close()
        return tuple(self.articles)

    def heading(self, block: b.Heading) -> None:
        text = flat(block.inlines)
        free = self.excused(block.span)
        if self.labelled() and is_title_text(text):
            # 附件1 above it: the title of the attached text, which begins with its label.
            self.body(block)
        elif signals.begins(signals.COLUMN, text) and not self.waiting.column:
            self.column(block)
        elif block.level == min(self.levels, default=1) if free else block.level in self.levels and is_title_text(text):
            if _dash(text) and self.fresh():
                self.draft.subtitle = block.inlines
                self.record(block, "subtitle")
                return
            self.close()
            self.draft = _titled(block, self.waiting)
            self.waiting = _Draft()
            self.record(block, "title")
        else:
            self.body(_inner(block, "" if free else text, self.base))

    def note(self, block: b.Block, index: int) -> None:
        inner = block.blocks if isinstance(block, b.Quote) else (block,)
        if self.draft.title and not self.draft.blocks and self.draft.source is None:
            self.draft.note.extend(inner)
        elif self.title_follows(index):
            self.close()
            self.waiting.note.extend(inner)
        else:
            self.body(block)
            return
        self.record(block, "editor's note")

    def line(self, block: b.Paragraph, index: int) -> bool:
        """Takes a paragraph that is a part of an article other than its body; false where it is body."""
        text = short_text(block)
        if not text:
            return False
        draft = self.draft
        if signals.is_source(text) and draft.source is None and (draft.title or draft.blocks):
            draft.source = SourceLine(block.inlines, block.span)
            self.record(block, "source line")
        elif signals.begins(signals.COLUMN, text) and not self.waiting.column and self.title_follows(index):
            self.column(block)
        elif _dash(text) and self.fresh() and len(text) <= 60:
            draft.subtitle = block.inlines
            self.record(block, "subtitle")
        elif (
            draft.title
            and not (draft.blocks or draft.author or draft.source)
            and compiled(_AUTHOR).match(text) is not None
        ):
            draft.author = block.inlines
            self.record(block, "author")
        else:
            return False
        return True

    def column(self, block: b.Heading | b.Paragraph) -> None:
        self.close()
        self.waiting.column = block.inlines
        self.waiting.span = block.span
        self.record(block, "column")

    def body(self, block: b.Block) -> None:
        if self.draft.source is not None:
            # What follows a source line and has no title is a text of its own.
            self.close()
        self.settle()
        self.draft.blocks.append(block)

    def labelled(self) -> bool:
        """Whether the last line was the label of an attached text."""
        last = self.draft.blocks[-1] if len(self.draft.blocks) > 1 else None
        text = flat(last.inlines).strip() if type(last) is b.Paragraph and len(last.inlines) <= 2 else ""
        return 2 <= len(text) <= 6 and compiled(_LABEL).fullmatch(text) is not None

    def fresh(self) -> bool:
        """Whether the article has a title and nothing under it yet."""
        draft = self.draft
        return bool(draft.title) and not (draft.blocks or draft.subtitle or draft.source)

    def unsigned(self) -> bool:
        """Whether the article has a title, a subtitle perhaps, and neither text nor an author under it."""
        draft = self.draft
        return bool(draft.title) and not (draft.blocks or draft.author or draft.source)

    def settle(self) -> None:
        """A column or a note that waited in vain for a title opens an article without one."""
        if not self.waiting.empty():
            self.close()
            self.draft = self.waiting
            self.waiting = _Draft()

    def close(self) -> None:
        if not self.draft.empty():
            self.articles.append(self.draft.article())
        self.draft = _Draft()

    def title_follows(self, index: int) -> bool:
        """Whether the next block that is no rule, column or note is an article's title."""
        for block in self.blocks[index + 1 : index + 5]:
            if type(block) is b.Heading:
                text = flat(block.inlines)
                if not signals.begins(signals.COLUMN, text):
                    return block.level in self.levels and is_title_text(text)
            elif not (isinstance(block, b.Rule | b.PageBreak) or is_note(block)):
                return False
        return False

    def record(self, block: b.Block, part: str) -> None:
        text = flat(block.inlines) if isinstance(block, b.Heading | b.Paragraph) else ""
        text = text.replace(BREAK, "\n")
        self.changes.append(Change("R-ARTICLE", block.span or Span("", -1, -1), text, text, "high", part))


_AUTHOR = r"(?:作\s*者\s*[：:]|(?:撰)?文\s*[／/]|本刊记者\s|本报记者\s)\s*[^。，；]{2,20}$"


def short_text(block: b.Paragraph) -> str:
    """The text of a paragraph that is short enough to be a line of its own; "" for a longer one."""
    first = block.inlines[0] if block.inlines else None
    if type(first) is i.Text and len(first.text) > LONGEST_LINE:
        return ""
    if len(block.inlines) > 1 and sum([len(run.text) for run in block.inlines if type(run) is i.Text]) > LONGEST_LINE:
        return ""
    text = flat(block.inlines).strip()
    return text if len(text) <= LONGEST_LINE else ""


def _dash(text: str) -> bool:
    return text.startswith(("——", "──", "--", "―", "—"))


def _titled(block: b.Heading, pending: _Draft) -> _Draft:
    lines = lines_of(block.inlines)
    subtitle: Inlines = ()
    if len(lines) > 1 and _dash(flat(lines[-1])):
        subtitle, lines = lines[-1], lines[:-1]
    return _Draft(
        title=lines, subtitle=subtitle, kicker=pending.kicker, column=pending.column, note=pending.note, span=block.span
    )


def lines_of(inlines: Inlines) -> tuple[Inlines, ...]:
    """A title's lines: cut at its line breaks."""
    lines: list[Inlines] = []
    line: list[i.Inline] = []
    for inline in inlines:
        if isinstance(inline, i.LineBreak):
            lines.append(tuple(line))
            line = []
        else:
            line.append(inline)
    lines.append(tuple(line))
    return tuple(line for line in lines if line)


def _inner(block: b.Heading, text: str, base: int) -> b.Heading:
    number = signals.numbered(text)
    if number is not None:
        level = min(number.level, 4)
    elif signals.begins(signals.REGULATION, text):
        level = 1 if text.lstrip().startswith("第") and compiled(r"第[^编章节条]+[编章]").match(text.lstrip()) else 2
    else:
        level = max(1, block.level - base) if base else block.level
    return block if level == block.level else replace(block, level=level)


PASS = Pass("articles", (R_ARTICLE,), run)
