"""R-WRAP: hard line ends inside a paragraph of plain text."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

from converters.diagnostics import Change, Changes, Checked, Source
from converters.model import blocks as b
from converters.model.characters import CLOSERS, TIGHT, is_formula, is_latin, wants_space
from converters.model.document import Article, Document
from converters.model.lines import flat
from converters.model.numerals import NUMERAL
from converters.model.own_lines import has_ended, is_own
from converters.model.patterns import compiled

from . import signals
from .pieces import all_joined, gap
from .rule import Class, Options, Pass, Rule

R_WRAP = Rule(
    "R-WRAP",
    "Hard line ends in a paragraph",
    Class.AUTO,
    """\
Joins lines of nearly equal length that follow each other without a blank line: a paragraph with a line end at
every line of the page it was taken from.

Why: mail and PDF extraction end each line.
Condition: at least three lines, and a third of all, have the same width (two hanzi more or less), or the same
number of characters, whichever more of them have. A line that is shorter ends its paragraph; one that ends in a
stop does too, unless the paragraphs of the text are indented or have blank lines between them. A short line without
a stop behind the end of a sentence is a title or a row, and stands alone.
Between two Latin words the line end becomes a space, else nothing.
Mend: applied; --no-fix R-WRAP keeps every line a paragraph.
""",
)

# Widths count half a hanzi as one; lines of fewer hanzi than this are not the lines of a page.
_NARROWEST = 2 * 12
_PLAY = 2 * 2


def run(document: Document, options: Options) -> Checked[Document]:
    """Join wrapped lines in every article."""
    if not options.runs(R_WRAP) or len(document.articles) != 1 or document.articles[0].title:
        return Checked(document)
    changes: list[Change] = []
    articles = tuple(_article(article, document.sources, changes) for article in document.articles)
    if not changes:
        return Checked(document)
    return Checked(replace(document, articles=articles), changes=Changes(changes))


def width(text: str) -> int:
    """The width of a line in half hanzi, every mark as if it were full-width."""
    return sum(1 if char.isascii() and (char.isalnum() or char == " ") else 2 for char in text)


def _source_line(block: b.Block, sources: dict[str, str]) -> str:
    """The last line of the source that a block was made of, with its indent."""
    span = block.span
    if span is None:
        return ""
    text = sources.get(span.source, "")
    return text[text.rfind("\n", 0, span.end) + 1 : span.end].rstrip()


def _token(text: str) -> int:
    """The width of the word or number that begins a line: it may have been too long for the line before."""
    match = compiled("[!-~]+").match(text.lstrip())
    return width(match.group()) if match is not None else 0


def _article(article: Article, held: tuple[Source, ...], changes: list[Change]) -> Article:
    blocks = article.blocks
    sources = {source.name: source.text for source in held}
    close = _adjacent(blocks, sources)
    if not close or any(isinstance(block, b.Paragraph) and block.joined for block in blocks):
        return article  # without a tear, or put together before
    members = {index for second in close for index in (second - 1, second)}
    texts = {index: flat(block.inlines) for index in members if isinstance(block := blocks[index], b.Paragraph)}
    # The lines as the source has them: no mend of another rule changes their widths.
    widths = {index: width(_source_line(blocks[index], sources)) for index in texts}
    play = 1
    # So is their measure: whatever has been made of a line, it counts.
    lines = [line for text in sources.values() for line in text.split("\n") if line.strip()]
    measure, regular = _measure([width(line) for line in lines])
    counted, even = _measure([2 * len(line.rstrip()) for line in lines])
    if even > regular:
        # Wrapped at so many characters: a line of figures is as long as one of hanzi, and narrower.
        measure, play = counted, 2
        widths = {index: 2 * len(_source_line(blocks[index], sources)) for index in texts}
    if not measure:
        return article
    full = {index for index in close if widths[index - 1] + _token(texts[index]) * play >= measure - _PLAY}
    # Where a paragraph ends with an indent or a blank line only, a stop at the end of a full line ends none.
    parted = len(full) == len(close) and any(
        isinstance(one, b.Paragraph) and isinstance(other, b.Paragraph) and index not in full
        for index, (one, other) in enumerate(pairwise(blocks), 1)
    )
    indents = parted or any(isinstance(block, b.Paragraph) and block.indented for block in blocks)
    out: list[b.Block] = list(blocks[: close[0]])
    pieces: list[b.Paragraph] = []
    glues: list[str] = []
    for index in range(close[0], len(blocks)):
        block, last = blocks[index], blocks[index - 1]
        if (
            index in full
            and isinstance(block, b.Paragraph)
            and isinstance(last, b.Paragraph)
            and _goes_on(texts[index - 1], block, indents)
            and not (
                index + 1 not in full
                and _is_own(texts[index - 1], block, texts.get(index + 1, ""), measure - _PLAY, sources)
            )
        ):
            left, right = texts[index - 1].rstrip()[-1:], texts[index].lstrip()[:1]
            apart = left and right and _word(left) and _word(right) and (is_latin(left) or is_latin(right))
            glue = " " if (apart and not is_formula(left, right)) or wants_space(texts[index - 1].rstrip()) else ""
            place, before = gap(last, block, held)
            changes.append(Change("R-WRAP", place, before, glue, "high", "a line of full width"))
            if not pieces:
                pieces = [last]
            pieces.append(block)
            glues.append(glue)
            continue
        if pieces:
            out[-1] = all_joined(pieces, glues)
            pieces, glues = [], []
        out.append(block)
    if pieces:
        out[-1] = all_joined(pieces, glues)
    return article if len(out) == len(blocks) else replace(article, blocks=tuple(out))


def _word(char: str) -> bool:
    """Whether a character belongs to a word or a number that a line end parts from another; 29 / °07′ is one."""
    return char not in TIGHT and ((char.isascii() and (char.isalnum() or char in ",.;:!?)")) or is_latin(char))


def _adjacent(blocks: tuple[b.Block, ...], sources: dict[str, str]) -> list[int]:
    """The indices of paragraphs that are the next line of the source after the paragraph before them."""
    found = []
    last: b.Block | None = None
    for index, block in enumerate(blocks):
        if type(block) is b.Paragraph and not block.run_in and (span := block.span) is not None:
            if last is not None and (before := last.span) is not None:
                text = sources.get(before.source, "")
                if text[before.end : span.start].strip(" \t\u3000") == "\n":
                    found.append(index)
            last = block
        else:
            last = None
    return found


def _measure(widths: list[int]) -> tuple[int, int]:
    """The width of the page's lines, and how many lines have it; 0 where the lines have no common width."""
    counts = Counter(widths)
    best, most = 0, 0
    for value in counts:
        near = sum(count for other, count in counts.items() if value - _PLAY <= other <= value + _PLAY)
        if value >= _NARROWEST and (near, value) > (most, best):
            best, most = value, near
    if most < 3 or most * 3 < len(widths):
        return 0, 0
    # Hardly a line may be longer than the measure.
    fits = sum(1 for value in widths if value > best + _PLAY) * 10 <= len(widths)
    return (best, most) if fits else (0, 0)


def _goes_on(text: str, following: b.Paragraph, indents: bool) -> bool:
    start = flat(following.inlines)
    if following.indented or signals.begins(signals.ENUMERATION, start) or signals.is_source(start):
        # 三十七大于十 / 九，我认: half a number, no number of a heading.
        return text.rstrip()[-1:] in tuple(NUMERAL) and start.lstrip()[:1] in tuple(NUMERAL) and not following.indented
    if signals.begins(signals.DISTRIBUTION, start) or signals.begins(signals.COPIES, start):
        return False
    core = text.rstrip().rstrip(CLOSERS + "\"')")
    return indents or core[-1:] not in "。！？：!?:"


def _is_own(last: str, block: b.Paragraph, following: str, width: int, sources: dict[str, str]) -> bool:
    """Whether a paragraph is one line of the source, and that a title or a row of its own."""
    span = block.span
    return (
        span is not None
        and "\n" not in sources.get(span.source, "")[span.start : span.end]
        and has_ended(last, flat(block.inlines))
        and is_own(_source_line(block, sources), following, width)
    )


PASS = Pass("wraps", (R_WRAP,), run, once=True)
