"""R-LINES: lines of their own that Markdown took for one paragraph, since no blank line stands between them."""

from __future__ import annotations

from dataclasses import replace

from converters.diagnostics import Change, Changes, Checked, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.lines import Inlines, flat, locate
from converters.model.numerals import numeral
from converters.model.patterns import compiled

from . import signals
from .rule import Class, Options, Pass, Rule

R_LINES = Rule(
    "R-LINES",
    "Lines of their own in one paragraph",
    Class.AUTO,
    """\
Begins a paragraph at a line that is plainly one of its own, where the source has a line end and no blank line:
numbered lines in sequence, an organ and a date below it, a source line, rows with a label, a list of contents,
three lines of a verse or more (short, of one length, each to the end of a clause).

Why: Markdown takes a single line end for a space or for nothing, and an author who types line by line gets one
long line: 云岭省民政厅2026年3月6日.
Example: 云岭省民政厅 / 2026年3月6日  ->  the organ and the date, as a signature
Not touched: the lines of running text, whatever their length; a line end that the source marks (two spaces or \\).
Mend: applied; --no-fix R-LINES leaves one paragraph.
""",
)

# No organ, no row of a list of contents is longer.
_ORGAN = 25
_ENTRY = 60
_ORGANS = 4
_VERSE = 20
_VERSES = 3
_CLAUSE_ENDS = frozenset("，。；：！？、,;:!?")
_INNER = "[。！？；：，,;:!?]"
# What a line before lines of another kind ends in.
_STOPS = tuple("。！？…；：”’」』）》!?;:)")
# In these a line end of the source is no line end of the author's.
_MARKED_UP = (".html", ".htm", ".xhtml", ".epub", ".docx", ".docm", ".dotx", ".dotm", ".doc")
_LABEL = r"[\u4e00-\u9fff]{1,8}[ \u3000]?[\u4e00-\u9fff]{0,3}\s*[：:]\s*\S"
_REGULATION = r"第([一二三四五六七八九十百零〇\d]{1,6})([编章节条])[ \u3000]*(?=\S)"
_ATTACHED = r"附\s*件\s*[：:]\s*1[.．、](?!\d)"


def run(document: Document, options: Options) -> Checked[Document]:
    """Divide the paragraphs at the top of every article whose lines are lines of their own."""
    sources = {source.name: source.text for source in document.sources if not source.name.lower().endswith(_MARKED_UP)}
    if not options.runs(R_LINES) or not any("\n" in text for text in sources.values()):
        return Checked(document)
    changes: list[Change] = []
    articles = tuple(_article(article, sources, changes) for article in document.articles)
    if not changes:
        return Checked(document)
    return Checked(replace(document, articles=articles), changes=Changes(changes))


def _article(article: Article, sources: dict[str, str], changes: list[Change]) -> Article:
    out: list[b.Block] = []
    for block in article.blocks:
        if type(block) is b.Paragraph and not block.joined and not block.run_in and block.span is not None:
            text = sources.get(block.span.source, "")
            if text.find("\n", block.span.start, block.span.end) >= 0:
                listed = bool(out) and _is_contents(out[-1])
                out.extend(_divided(block, text, changes, contents=listed))
                continue
        out.append(block)
    return article if len(out) == len(article.blocks) else replace(article, blocks=tuple(out))


def _is_contents(block: b.Block) -> bool:
    return (
        isinstance(block, b.Paragraph | b.Heading)
        and len(block.inlines) == 1
        and compiled(signals.CONTENTS).match(flat(block.inlines).strip()) is not None
    )


def _divided(block: b.Paragraph, source: str, changes: list[Change], *, contents: bool) -> list[b.Paragraph]:
    span = block.span
    assert span is not None
    lines = _lines(block.inlines, source)
    texts = [flat(line).strip() for line in lines]
    begins = starts(texts, contents=contents) if len(lines) > 1 else {}
    if not begins:
        return [block]
    out: list[b.Paragraph] = []
    first = 0
    for index in [*sorted(begins), len(lines)]:
        if index == first:
            continue
        inlines = tuple(inline for line in lines[first:index] for inline in line)
        start = span.start if first == 0 else locate(lines[first], 0)
        end = span.end if index == len(lines) else _last(lines[index - 1]) + 1
        out.append(replace(block, inlines=inlines, span=Span(span.source, start, end)))
        if index < len(lines):
            place = Span(span.source, end, locate(lines[index], 0))
            before = source[place.start : place.end]
            changes.append(Change("R-LINES", place, before, "\n\n", "high", begins[index]))
        first = index
    return out


def _last(line: Inlines) -> int:
    return locate(line, len(flat(line)) - 1)


def _lines(inlines: Inlines, source: str) -> list[Inlines]:
    """The inlines of a paragraph by the lines of its source; the space that a line end became goes with it."""
    lines: list[list[i.Inline]] = [[]]
    end = -1
    for inline in inlines:
        if isinstance(inline, i.Text) and inline.start < 0 and not inline.text.strip():
            lines[-1].append(inline)
            continue
        length = len(flat((inline,)))
        first = locate((inline,), 0) if length else -1
        last = locate((inline,), length - 1) if length else -1
        if end >= 0 and first >= 0 and "\n" in source[end:first] and not isinstance(inline, i.LineBreak):
            line = lines[-1]
            while len(line) > 1 and isinstance(tail := line[-1], i.Text) and tail.start < 0 and not tail.text.strip():
                line.pop()
            lines.append([])
        lines[-1].append(inline)
        # A line end that the source marks is no soft one: what follows belongs to the same line.
        end = -1 if isinstance(inline, i.LineBreak) else last + 1
    return [tuple(line) for line in lines]


def starts(lines: list[str], *, contents: bool = False) -> dict[int, str]:
    """The indices of the lines, after the first, that begin a paragraph, each with what says so."""
    found: dict[int, str] = {}
    bare = compiled(signals.CONTENTS).match(lines[0]) is not None
    rows = lines[1:] if bare else lines
    if (contents or bare) and len(rows) > 1 and all(len(row) <= _ENTRY and row[-1:] not in "。；" for row in rows):
        found.update(dict.fromkeys(range(1, len(lines)), "a row of the contents"))
        return found
    if len(lines) >= _VERSES and _is_verse(lines):
        return dict.fromkeys(range(1, len(lines)), "a verse")
    found.update(dict.fromkeys(_numbered(lines), "numbered lines in sequence"))
    signed = _signed(lines)
    found.update(dict.fromkeys(signed, "an organ and a date"))
    if not signed and signals.is_source(lines[-1]):
        signed = {len(lines) - 1}
        found[len(lines) - 1] = "a source line"
    found.update(dict.fromkeys(_labelled(lines[: min(signed, default=len(lines))]), "rows with a label"))
    found.pop(0, None)
    return found


def _is_verse(lines: list[str]) -> bool:
    """Whether all lines are short, of one length, and each goes to the end of a clause."""
    size = len(lines[0])
    return size <= _VERSE and all(len(line) == size and line[-1] in _CLAUSE_ENDS for line in lines)


def _number(line: str) -> tuple[object, int] | None:
    """The kind of number that opens a line, and its value."""
    if compiled(_ATTACHED).match(line):
        return 3, 1
    number = signals.numbered(line)
    if number is not None:
        return number.level, number.value
    part = compiled(_REGULATION).match(line)
    return (part[2], numeral(part[1])) if part is not None else None


def _numbered(lines: list[str]) -> set[int]:
    """The lines that open with numbers of one kind which rise by one, two of them or more."""
    found: set[int] = set()
    last: dict[object, tuple[int, int]] = {}
    for index, line in enumerate(lines):
        number = _number(line)
        if number is None:
            continue
        kind, value = number
        before = last.get(kind)
        if before is not None and value == before[1] + 1:
            found |= {index, before[0]}
        last[kind] = (index, value)
    if found and (first := min(found)) > 0 and not lines[first - 1].endswith(_STOPS) and len(lines[first - 1]) > _ORGAN:
        return set()
    return found


def _labelled(lines: list[str]) -> set[int]:
    """The lines that begin with a label: all of them, or two or more at the end, behind a stop."""
    first = len(lines)
    while first and (compiled(_LABEL).match(lines[first - 1]) or _is_row_of_foot(lines[first - 1])):
        first -= 1
    if len(lines) - first < 2 or (first and not lines[first - 1].endswith(_STOPS)):
        return set()
    return set(range(first, len(lines)))


def _is_row_of_foot(line: str) -> bool:
    return signals.begins(signals.DISTRIBUTION, line) or signals.begins(signals.COPIES, line)


def _signed(lines: list[str]) -> set[int]:
    """The lines of a signature at the end: organs, a date, a remark in brackets."""
    end = len(lines) - 1
    if end and lines[end][:1] in "（(" and lines[end][-1:] in "）)":
        end -= 1
    if end < 1 or not signals.is_date(lines[end]):
        return set()
    first = end
    while first and end - first < _ORGANS and len(lines[first - 1]) <= _ORGAN:
        if compiled(_INNER).search(lines[first - 1]):
            break
        first -= 1
    if (first == end or first) and not lines[first - 1].endswith(_STOPS):
        return set()
    return set(range(first, len(lines)))


PASS = Pass("soft-lines", (R_LINES,), run)
