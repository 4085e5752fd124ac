"""R-HEAD: headings in text that has no marks for them, or too few."""

from __future__ import annotations

from dataclasses import replace

from converters.diagnostics import Change, Changes, Checked, Diagnostic, Severity, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.excuses import Excused
from converters.model.lines import BREAK, flat
from converters.model.patterns import compiled
from converters.records import dataclass

from . import signals
from .rule import Class, Options, Pass, Rule
from .tears import goes_on
from .verdicts import Beginning, judge

R_HEAD = Rule(
    "R-HEAD",
    "Heading without a mark",
    Class.AUTO,
    """\
Makes a heading of a line that by its number, length, place and end can be nothing else. No character changes.

Score: +2 a number in sequence (一、（一）1.（1）); +1 at most 30 characters; +1 no stop; +1 the next block is longer
than 60; +1 关于……的通知 and the like where the text begins; −2 it ends in ，or 、; −3 it ends in 。; −2 it holds two
stops. A heading has 3 or more. A line without a number becomes a title only at the beginning of the text or after
a source line, and only where the source has no headings of its own.
Lines that come near are reported; an explicit mark in the source always wins.
Mend: applied; --no-fix R-HEAD leaves plain paragraphs, and so does an excuse before one line, with a reason:
<!-- jianbao: allow R-HEAD 改稿作正文 -->
""",
)

LONGEST_TITLE = 30
# Sixty characters with the marks among them: only letters, figures and hanzi are counted, since marks are mended.
LONG = 50
_NEEDED = 3
# Characters that the number of a heading takes: its own point is no stop.
_NUMBER = 4
_SUBJECT = (
    r"关于.{2,60}的(?:通知|报告|意见|方案|请示|批复|决定|函|通报|公告)|(?:工作|情况|纪实|综述|简况|侧记|调查|启示)$"
)

# What a short line of its own may end with: a piece that has none of these was torn off, or is a heading.
_CLOSED = tuple("。！？；：….!?;:”’」』）》】)")
_SENTENCE_ENDS = ("。", "！", "？", "”", ".", "!", "?", '"')
# How a report begins, never a title.
_NARRATION = (
    r"(?:近日|日前|今年以来|近年来|连日来|\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月\d{1,2}日)[，,]"
    r"|(?:会议|文件|通知|他|她|记者)(?:指出|强调|要求|认为|说|表示)[，,：:]|为(?:深入|全面|进一步)?贯彻落?实?"
)


@dataclass(frozen=True, slots=True)
class Score:
    """How much speaks for a heading, and what."""

    points: int
    reasons: tuple[str, ...]


def run(document: Document, options: Options) -> Checked[Document]:
    """Make headings in a document that is not yet divided into articles."""
    if not options.runs(R_HEAD) or len(document.articles) != 1 or document.articles[0].title:
        return Checked(document)
    article = document.articles[0]
    finder = _Finder(article, Beginning(document), Excused(document, R_HEAD.code))
    blocks = finder.find()
    if not finder.changes and not finder.findings:
        return Checked(document)
    if finder.changes:
        document = replace(document, articles=(replace(article, blocks=blocks),))
    return Checked(document, tuple(finder.findings), Changes(finder.changes))


class _Finder:
    def __init__(self, article: Article, text: Beginning, excused: Excused) -> None:
        self.blocks = article.blocks
        self.excused = excused
        self.text = text
        self.marked = any(
            isinstance(block, b.Heading) and signals.numbered(flat(block.inlines)) is None for block in self.blocks
        )
        self.changes: list[Change] = []
        self.findings: list[Diagnostic] = []
        # The last number seen on each level, for the sequence.
        self.last = [0] * 6
        # Whether the line in hand follows a source line: an article has ended, another begins.
        self.behind_source = False

    def find(self) -> tuple[b.Block, ...]:
        out: list[b.Block] = []
        title_place = not self.marked
        self.behind_source = False
        index = 0
        while index < len(self.blocks):
            block = self.blocks[index]
            index += 1
            if isinstance(block, b.Heading):
                number = signals.numbered(flat(block.inlines))
                if number is not None:
                    self.count(number)
                else:
                    self.last = [0] * 6
                title_place = False
                out.append(block)
                continue
            text = _line(block)
            if not text or not isinstance(block, b.Paragraph) or self.excused(block.span):
                title_place = title_place and isinstance(block, b.Rule | b.PageBreak)
                out.append(block)
                continue
            number = signals.numbered(text)
            if number is not None or signals.begins(signals.REGULATION, text):
                out.append(self.numbered(block, text, number, index))
                title_place = False
            elif title_place and not _part(text) and not text.isdecimal():
                taken = self.title(text, index)
                if taken:
                    pieces = self.blocks[index - 1 : index - 1 + taken]
                    out.append(self.heading(pieces, 1, Score(_NEEDED, ("at the beginning of a text",))))
                    index += taken - 1
                    title_place = False
                    self.last = [0] * 6
                else:
                    out.append(block)
                    title_place = False
            else:
                out.append(block)
                if signals.is_source(text):
                    title_place = self.behind_source = not self.marked
                elif not _part(text):
                    title_place = self.behind_source = False
        return tuple(out)

    def whole(self, index: int) -> str:
        """The text of a block with the pieces that R-JOIN will put to it."""
        if index >= len(self.blocks):
            return ""
        text = _text(self.blocks[index])
        while text and index + 1 < len(self.blocks) and size(text) <= LONG:
            following = self.blocks[index + 1]
            verdict = judge(text, _text(following), self.text) if isinstance(following, b.Paragraph) else None
            if verdict is None or verdict.confidence == "low" or not isinstance(self.blocks[index], b.Paragraph):
                break
            index += 1
            text += _text(following)
        return text

    def count(self, number: signals.Numbered) -> bool:
        """Notes a number; says whether it is the next of its level."""
        expected = self.last[number.level] + 1
        right = number.value in (1, expected)
        self.last[number.level] = number.value
        for deeper in range(number.level + 1, 6):
            self.last[deeper] = 0
        return right

    def numbered(self, block: b.Paragraph, text: str, number: signals.Numbered | None, index: int) -> b.Block:
        following = self.whole(index)
        if number is None:
            chapter = compiled(r"第[^\s编章节条]{1,6}[编章节]").match(text)
            if chapter is None or size(text) > LONGEST_TITLE or text[-1] in "。；，：、.;,:":
                return block
            return self.heading((block,), 1, Score(_NEEDED, ("a chapter of a regulation",)))
        if number.level == 5 or len(text) - number.length == 1:
            return block  # an item, or a number and one hanzi, torn off
        in_sequence = self.count(number)
        if index < len(self.blocks) and goes_on(text, _text(self.blocks[index])):
            return block  # 二、学会发布《近视防 / 控倡议书》: torn
        score = self.score(text, following, in_sequence)
        if following[-1:] in ("；", ";"):
            score = Score(score.points - 2, (*score.reasons, "an item of a list goes on"))
        other = signals.numbered(following)
        if other is not None and other.level == number.level:
            score = Score(score.points - 2, (*score.reasons, "an item of a list"))
        if number.level >= 3 and (size(following) <= LONG or other is not None):
            # 1. and （1） number items as often as headings.
            score = Score(score.points - 1, score.reasons)
        if score.points >= _NEEDED and (following or number.level < 3):
            return self.heading((block,), min(number.level, 4), score)
        return block

    def score(self, text: str, following: str, in_sequence: bool) -> Score:
        points: list[tuple[int, str]] = []
        if in_sequence:
            points.append((2, "a number in sequence"))
        if size(text) <= LONGEST_TITLE:
            points.append((1, "short"))
        if text[-1] not in "。！？；，、：,;:.!?":
            points.append((1, "no stop"))
        if size(following) > LONG:
            points.append((1, "a long block follows"))
        if text[-1] in "，、,":
            points.append((-2, "ends in a comma"))
        if text[-1] in "。；：.;:":
            points.append((-3, "ends in a stop"))
        if len(compiled("[。！？；!?;]").findall(text)) >= 2:
            points.append((-2, "two stops"))
        if compiled(r"[。！？!?；;]|\.(?!\d)").search(text, _NUMBER, len(text) - 1) and text[-1] not in "。！？.!?":
            # （一）突出重点对象。重点排查…: the first piece of a torn paragraph.
            points.append((-4, "a sentence ends inside"))
        return Score(sum(value for value, _ in points), tuple(reason for _, reason in points))

    def title(self, text: str, index: int) -> int:
        """How many blocks from this one on make a title without a number: 0, 1 or 2."""
        following = _text(self.blocks[index]) if index < len(self.blocks) else ""
        after = self.whole(index + 1)
        # An indented block below a line without an indent is the text, however short: its first piece, torn off.
        indented = not _indented(self.blocks[index - 1]) and index < len(self.blocks) and _indented(self.blocks[index])
        torn = indented and index <= 2 and following[-1:] not in _CLOSED
        if self._scores(text, self.whole(index), index, self.behind_source, torn):
            return 1
        bare = size(text) <= LONGEST_TITLE and text[-1] not in "。！？；，：….!?;,:"
        second_line = (
            following
            and not indented
            and not following.isdecimal()
            and not _part(following)
            and signals.numbered(following) is None
        )
        if bare and second_line and self._scores(following, after, index):
            return 2
        if bare and 0 < size(following) <= LONG:
            self.findings.append(
                Diagnostic(
                    "R-HEAD", Severity.INFO, "this line may be a title: {line}", self.blocks[index - 1].span,
                    hint="put # before it if it is one", values=(("line", text),),
                )
            )  # fmt: skip
        return 0

    def _scores(self, text: str, following: str, index: int, behind_source: bool = False, torn: bool = False) -> bool:
        points = (size(text) <= LONGEST_TITLE) + (text[-1] not in "。！？；：，、….!?;:,")
        points += 1 if torn or size(following) > LONG else 0
        points += 1 if index <= 2 and compiled(_SUBJECT).search(text) else 0
        points += 1 if behind_source and following[-1:] in _SENTENCE_ENDS else 0
        points -= 2 if text[-1] in "，、," else 3 if text[-1] in "。；：.;:" else 0
        points -= 2 if len(compiled("[。！？；!?;]").findall(text)) >= 2 else 0
        points -= 2 if compiled(_NARRATION).match(text) else 0
        long_subject = size(text) <= 50 and compiled(_SUBJECT).search(text) is not None
        # A title is a line: one sentence without an end, or the subject of an official document.
        return points >= _NEEDED and (size(text) <= LONGEST_TITLE or long_subject)

    def heading(self, pieces: tuple[b.Block, ...], level: int, score: Score) -> b.Heading:
        inlines: tuple[i.Inline, ...] = ()
        for number, piece in enumerate(pieces):
            if isinstance(piece, b.Paragraph):
                inlines += ((i.LineBreak(),) if number else ()) + piece.inlines
        first, last = pieces[0].span, pieces[-1].span
        span = Span(first.source, first.start, last.end) if first is not None and last is not None else first
        text = flat(inlines).replace(BREAK, "\n")
        confidence = "high" if score.points > _NEEDED else "medium"
        self.changes.append(
            Change("R-HEAD", span or Span("", -1, -1), text, text, confidence, "; ".join(score.reasons))
        )
        return b.Heading(level, inlines, span)


def size(text: str) -> int:
    """How many letters, figures and hanzi a text has."""
    return sum(map(str.isalnum, text))


def _indented(block: b.Block) -> bool:
    return isinstance(block, b.Paragraph) and block.indented


def _line(block: b.Block) -> str:
    """The text of a paragraph that is short enough for a heading."""
    if type(block) is not b.Paragraph or block.run_in or block.joined or not block.inlines:
        return ""  # what was put together of pieces is no heading
    first = block.inlines[0]
    if isinstance(first, i.Text) and len(first.text) > 100:
        return ""
    text = flat(block.inlines).strip()
    return text if len(text) <= 60 else ""


def _text(block: b.Block) -> str:
    if isinstance(block, b.Paragraph):
        return flat((*block.run_in, *block.inlines)).strip()
    return flat(block.inlines).strip() if isinstance(block, b.Heading) else ""


def _part(text: str) -> bool:
    """Whether a short line is a part of a bulletin that is no title: masthead, label, date, column."""
    return (
        signals.is_source(text)
        or signals.is_date(text)
        or compiled(
            f"{signals.ISSUE_LINE}|{signals.COLUMN}|{signals.CONTENTS}|{signals.DISTRIBUTION}|{signals.STAFF}"
            f"|{signals.COPIES}|{signals.EDITOR_NOTE}|{signals.ATTACHMENT}|{signals.CAPTION}|{signals.SECRECY}"
            f"|{signals.ISSUER_LINE}"
        ).match(text)
        is not None
    )


PASS = Pass("heads", (R_HEAD,), run, once=True)
