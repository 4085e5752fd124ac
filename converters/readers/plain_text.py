"""Plain text: paragraphs and nothing else. What they are (titles, source lines, dates) is for repair to say.

Blank lines part paragraphs. Where there are too few of them, or where lines begin with an indent, each line is a
paragraph; lines that a fixed width has cut are joined again. Front matter is read as in Markdown, and so is a line
that is nothing but a comment to this program: <!-- jianbao: allow R-JOIN 改稿在此分段 -->
"""

from __future__ import annotations

import re
import statistics

from converters.diagnostics import Change, Changes, Checked, Source, Span
from converters.model.blocks import Block, Paragraph
from converters.model.characters import CLOSERS, OPENERS, TIGHT, is_formula, wants_space
from converters.model.document import Article, Comment, Document
from converters.model.inlines import Inline, Text
from converters.model.markup import is_square
from converters.model.metadata import Metadata
from converters.model.own_lines import STOPS, has_ended, is_own

from .encoding import decode
from .markdown.places import CONTENTS, ROW, SPACES, glue

_INDENT = re.compile(rf"[{SPACES}]+")
# Lines of the same width within this many half characters were cut by a fixed width; lines of fewer characters
# than this were not.
_WIDTH_SPREAD = 4
_SHORTEST = 12
# A line that begins a paragraph behind a full one that ends in a stop: a column's name, a line in brackets.
_BEGINS = re.compile(r"【[^【】]{1,12}】|[（(][^（）()]{2,40}[)）]$")
# The rows at the foot of a bulletin: each is a line of its own, however long the one before it is.
_ROW_OF_FOOT = re.compile(
    r"(?:报|報|送|发|發|抄送|抄报|抄報|主送|分送|增发|本期增发|呈报|呈送)\s*[：:]|[（(]?\s*共印\s*\d+\s*份"
)
_WRAPPED = "a line of full width"
_COMMENT = re.compile(r"[ \t]*<!--\s*(jianbao:[^\n]*?)\s*-->")


def read(name: str, data: bytes) -> Checked[Document]:
    """A plain text as a document of one untitled article. Raises InputError."""
    decoded = decode(name, data)
    source = decoded.value
    metadata, body = Checked(Metadata()), 0
    if source.text.startswith("---"):
        from .front_matter import read_front_matter

        metadata, body = read_front_matter(source)
    lines, comments = _without_comments(source, _lines(source, body))
    changes: list[Change] = []
    blocks: list[Block] = []
    for group in _paragraphs(source, lines):
        blocks.append(_paragraph(source, group, changes))
    document = Document(metadata.value, (Article(blocks=tuple(blocks)),), (source,), comments)
    return Checked(document, (*decoded.findings, *metadata.findings), Changes(changes))


def _lines(source: Source, body: int) -> list[tuple[int, int]]:
    """Start and end of every line from `body` on, trailing spaces left out; blank lines are empty."""
    lines = []
    position = body
    text = source.text
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        kept = end
        while kept > position and text[kept - 1].isspace():
            kept -= 1
        lines.append((position, kept))
        position = end + 1
    return lines


def _without_comments(
    source: Source, lines: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], tuple[Comment, ...]]:
    """The lines with those that speak to this program left blank, and what these say."""
    if "<!--" not in source.text:
        return lines, ()
    found = []
    kept = []
    for start, end in lines:
        match = _COMMENT.fullmatch(source.text, start, end)
        if match is not None:
            found.append(Comment(match[1], Span(source.name, start, end)))
        kept.append((start, start) if match is not None else (start, end))
    return kept, tuple(found)


def _paragraphs(source: Source, lines: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The lines of each paragraph, by the evidence of blank lines, indents and line lengths."""
    groups: list[list[tuple[int, int]]] = [[]]
    for start, end in lines:
        if start == end:
            if groups[-1]:
                groups.append([])
        else:
            groups[-1].append((start, end))
    groups = [group for group in groups if group]
    return [part for group in groups for part in _divide(source, group)]


def _divide(source: Source, group: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Lines that no blank line parts, as paragraphs."""
    if len(group) == 1:
        return [group]
    text = source.text
    if CONTENTS.fullmatch(text[group[0][0] : group[0][1]].strip()) or _of_rows([text[a:z] for a, z in group]):
        return [[line] for line in group]
    indented = [_width(text, start) >= 2 for start, _ in group]
    width = _cut_width(text, group)
    if any(indented) and not all(indented) and width:
        # An indent begins a paragraph; lines without one go on with it.
        starts = indented
    elif width:
        # A cut line is full: a shorter one ends its paragraph, or is a title.
        starts = [True] + [_measure(text[start:end]) < width - _WIDTH_SPREAD for start, end in group[:-1]]
    else:
        starts = [True] * len(group)
    own = _own_lines(text, group, starts, width) if width else frozenset()
    out: list[list[tuple[int, int]]] = []
    for index, (line, begins) in enumerate(zip(group, starts, strict=True)):
        if begins or index in own or not out or _stands_apart(text, out[-1][-1], line):
            out.append([])
        out[-1].append(line)
    return out


def _of_rows(lines: list[str]) -> bool:
    """Whether most of some lines are rows of a list of contents: no width has cut those."""
    return sum(1 for line in lines if ROW.search(line)) * 2 > len(lines)


def _stands_apart(text: str, last: tuple[int, int], line: tuple[int, int]) -> bool:
    """Whether a line without an indent begins a paragraph all the same."""
    if _ROW_OF_FOOT.match(text, line[0], line[1]) is not None:
        return True
    ended = text[last[0] : last[1]].rstrip("”’）》】)\"'")[-1:] in "。！？!?）)"
    return ended and _BEGINS.match(text[line[0] : line[1]]) is not None


def _own_lines(text: str, group: list[tuple[int, int]], starts: list[bool], width: int) -> frozenset[int]:
    """The indices of titles and rows behind a full line that ends a sentence: 转移2,870人。 / 二、一口井和一块菜地

    A paragraph's last line ends with a stop; one that is short and has none is no last line.
    """
    lines = [text[start:end] for start, end in group]
    found: set[int] = set()
    # The lines between here and the next paragraph that are all such lines, the last first.
    rows: list[int] = []
    whole = True
    for index in range(len(group) - 1, 0, -1):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        whole = whole and is_own(lines[index], following, width - _WIDTH_SPREAD)
        rows.append(index)
        if whole and has_ended(lines[index - 1], lines[index]):
            found.update(rows)
        if starts[index]:
            rows, whole = [], True
    return frozenset(found)


def _measure(line: str) -> int:
    """The width of a line in half characters, every mark as if it were full-width."""
    return sum(1 if char.isascii() and (char.isalnum() or char == " ") else 2 for char in line)


def _cut_width(text: str, group: list[tuple[int, int]]) -> int:
    """The width that cut these lines, in half characters; 0 where their author ended them.

    Cut lines are of nearly one length and most do not end a sentence.
    """
    lengths = [_measure(text[start:end]) for start, end in group]
    if len(group) < 3:
        return 0
    usual = int(statistics.median_high([end - start for start, end in group]))
    longest = max(lengths)
    full = [index for index, length in enumerate(lengths) if length >= longest - _WIDTH_SPREAD]
    broken = [index for index in full if text[group[index][1] - 1] not in STOPS]
    if usual < _SHORTEST or len(full) * 2 < len(group) or len(broken) * 2 < len(full):
        return 0
    return longest


def _width(text: str, start: int) -> int:
    """How wide the blank is that a line begins with, in narrow columns."""
    match = _INDENT.match(text, start)
    return sum(2 if char == "\u3000" else 4 if char == "\t" else 1 for char in match[0]) if match else 0


def _between(text: str, last: int, first: int) -> str:
    """What a cut line's end stands for: a space between two words that are not wide, else nothing."""
    left, right = text[last - 1], text[first]
    if is_square(left) or is_square(right) or left in OPENERS or right in CLOSERS:
        return ""
    if wants_space(text[max(0, last - 3) : last]):
        return " "
    if left in TIGHT or right in TIGHT or is_formula(left, right):
        return ""
    return glue(text[max(0, last - 8) : last], text[first : first + 8])


def _paragraph(source: Source, lines: list[tuple[int, int]], changes: list[Change]) -> Paragraph:
    """A paragraph of one or more lines; its indent is no part of its text and is recorded."""
    text, name = source.text, source.name
    inlines: list[Inline] = []
    indented = False
    for number, (start, end) in enumerate(lines):
        match = _INDENT.match(text, start, end)
        first = match.end() if match else start
        if match and number == 0:
            indented = _width(text, start) >= 2
            if match[0].strip(" \t"):
                evidence = "an indent at the beginning of a paragraph"
                changes.append(Change("E-NBSP", Span(name, start, first), match[0], "", evidence=evidence))
        if number:
            last = lines[number - 1][1]
            between = _between(text, last, first)
            if between:
                inlines.append(Text(between))
            changes.append(Change("R-WRAP", Span(name, last, first), text[last:first], between, evidence=_WRAPPED))
        inlines.append(Text(text[first:end], first))
    first_text = inlines[0]
    assert isinstance(first_text, Text)
    return Paragraph(tuple(inlines), span=Span(name, first_text.start, lines[-1][1]), indented=indented)
