"""R-RUNIN: headings that open a paragraph on the same line."""

from __future__ import annotations

from dataclasses import replace

from converters.diagnostics import Change, Record, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.characters import OPENERS, is_wide
from converters.model.document import Article, Document
from converters.model.excuses import Excused
from converters.model.lines import Inlines, flat, locate
from converters.model.patterns import compiled

from .rule import ArticlePass, ArticleStep, Class, Options, Rule
from .signals import IN_TEXT, numbered

R_RUNIN = Rule(
    "R-RUNIN",
    "Heading that opens a paragraph",
    Class.AUTO,
    """\
Marks the first sentence of a paragraph as a run-in heading. No character changes.

Why: bulletins set such a heading in bold on the paragraph's own line (GB/T 9704-2012, 7.3.3: （一）in 楷体).
Example: 加强组织领导，强化督促落实。制定印发……
Condition: the sentence has at most 25 characters, more than 40 follow, and the paragraph before or after has
one of the same shape; or it is numbered （一）, 1. or （1） in sequence.
Mend: applied; --no-fix R-RUNIN leaves plain paragraphs, and so does an excuse before one, with a reason:
<!-- jianbao: allow R-RUNIN 改稿作正文 -->
""",
)

LONGEST = 25
SHORTEST_REST = 40
# Words of narration, report and speech: a sentence with one of them says something, it does not name a topic.
_NARRATION = (
    r"[我你他她它您这那此谁了着过吗呢吧啊月年]|[“”‘’「」『』？！：:?!]"
    r"|近日|日前|目前|截至|昨|今天|指出|强调|要求|认为|会议|据悉|记者|表示"
)


def prepare(bulletin: Document, options: Options) -> ArticleStep | None:
    """What marks the run-in headings of an article."""
    if not options.runs(R_RUNIN):
        return None
    excused = Excused(bulletin, R_RUNIN.code)
    return lambda article, changes: (_article(article, changes, excused),)


def _article(article: Article, changes: list[Record], excused: Excused) -> Article:
    found: dict[int, tuple[int, int]] = {}
    previous: tuple[int, str] | None = None
    for index, block in enumerate(article.blocks):
        if type(block) is not b.Paragraph or block.run_in or excused(block.span):
            previous = None
            continue
        first = block.inlines[0] if block.inlines else None
        if type(first) is i.Text and len(first.text) > LONGEST + 8 and "。" not in first.text[: LONGEST + 8]:
            previous = None
            continue
        text = flat(block.inlines)
        end = text.find("。", 0, LONGEST + 8) + 1
        if not end or not _begins_a_sentence(text[end : end + 1]):
            previous = None
            continue
        number = numbered(text)
        sentence = text[:end]
        if number is not None and number.level in (1, 2, 3, 4):
            if end - number.length <= LONGEST + 1 and len(text) - end >= 8 and "，，" not in sentence:
                found[index] = (end, number.level)
            previous = None
            continue
        if not _names_a_topic(sentence) or len(text) - end <= SHORTEST_REST:
            previous = None
            continue
        if previous is not None and _same_shape(previous[1], sentence):
            found[previous[0]] = (len(previous[1]), 1)
            found[index] = (end, 1)
        previous = (index, sentence)
    if not found:
        return article
    blocks = list(article.blocks)
    for index, (end, level) in found.items():
        block = blocks[index]
        if isinstance(block, b.Paragraph):
            blocks[index] = _with_run_in(block, end, level, changes)
    return replace(article, blocks=tuple(blocks))


def _begins_a_sentence(char: str) -> bool:
    return char != "" and (is_wide(char) or char.isdecimal() or char in OPENERS)


def _names_a_topic(sentence: str) -> bool:
    return (
        len(sentence) <= LONGEST + 1
        and compiled(_NARRATION).search(sentence) is None
        and compiled(IN_TEXT).match(sentence) is None
    )


def _same_shape(one: str, other: str) -> bool:
    """Two sentences of as many clauses, and of about the same length."""
    return one.count("，") == other.count("，") and abs(len(one) - len(other)) <= 3


def _with_run_in(block: b.Paragraph, end: int, level: int, changes: list[Record]) -> b.Paragraph:
    head, rest = split(block.inlines, end)
    if block.span is not None:
        start, last = locate(block.inlines, 0), locate(block.inlines, end - 1)
        if start >= 0 and last >= 0:
            text = flat(head)
            changes.append(
                Change("R-RUNIN", Span(block.span.source, start, last + 1), text, text, "medium", "run-in heading")
            )
            return b.Paragraph(rest, head, level, block.span, block.joined, block.indented)
    text = flat(head)
    changes.append(Change("R-RUNIN", block.span or Span("", -1, -1), text, text, "medium", "run-in heading"))
    return replace(block, run_in=head, inlines=rest, run_in_level=level)


def split(inlines: Inlines, offset: int) -> tuple[Inlines, Inlines]:
    """A line cut in two at an offset of its flat text; a wrapper that the cut hits stands on both sides."""
    left: list[i.Inline] = []
    right: list[i.Inline] = []
    position = 0
    for inline in inlines:
        length = len(flat((inline,)))
        if position + length <= offset:
            left.append(inline)
        elif position >= offset:
            right.append(inline)
        elif isinstance(inline, i.Text):
            cut = offset - position
            left.append(i.Text(inline.text[:cut], inline.start))
            right.append(i.Text(inline.text[cut:], inline.start + cut if inline.start >= 0 else -1))
        elif isinstance(inline, i.Code | i.LineBreak | i.Note | i.Image | i.Ruby):
            left.append(inline)
        else:
            first, second = split(inline.children, offset - position)
            left.append(replace(inline, children=first))
            right.append(replace(inline, children=second))
        position += length
    return tuple(left), tuple(right)


PASS = ArticlePass("run-ins", (R_RUNIN,), prepare)
