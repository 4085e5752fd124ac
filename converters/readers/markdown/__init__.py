"""Markdown: CommonMark 0.31 with tables, strikethrough, task lists, notes, definition lists and what Chinese needs.

Front matter (YAML, English or Chinese keys) may open a source. Beyond CommonMark:

===========================================  =======================================================
``**《制度》**——``                            emphasis holds beside Chinese marks and hanzi
``~~旧~~``                                   struck out
``H~2~O``, ``cm^3^``                         subscript, superscript (figures and Latin letters);
                                             for other text ``<sub>``, ``<sup>``
``{漢字|かんじ}``, ``{漢字|かん|じ}``          a reading for the word, or one for each character (in a
                                             table ``\\|``); also ``<ruby>``, ``<rb>``, ``<rt>``, ``<rp>``
``[文字]{.dots}``                            着重号 (also ``.着重``)
``[名]{.name}``, ``[书]{.book}``             专名号, 书名号 (also ``.专名``, ``.书名``)
``<br>``, two spaces, a backslash            a line break (in a title: the title's own lines)
``文[^1]`` with ``[^1]: 注``                 a note; ``文^[注]`` is one written in its place
``![描述](p.png "图题"){width=60%}``          a picture alone in its paragraph is a figure with its title as
                                             caption; ``.decorative`` (装饰) for one that says nothing
``: 图题`` under the picture                 a caption with marks; without either, a description that
                                             begins with 图1 is the caption (``.no-caption`` forbids it)
several pictures in one paragraph            stand side by side
``: 表题 {widths="2 3 3"}``                  caption of the table before or after it; attributes:
                                             ``widths`` (shares, or with %), ``header`` (rows of the
                                             head), ``head-columns``
``<<`` and ``^^`` alone in a cell            the cell belongs to the one on its left, or above
``- [x] 事``                                 a task
``词`` and below it ``: 解释``                a definition
``\\newpage`` alone                           a page break
``::: verse`` … ``:::``                      lines that the author broke (诗)
``::: signature`` … (``sealed``)             落款: organs, date, remark in brackets, a line each
``::: attachments`` …                        附件说明: label and names, a line each
``::: addressee`` …                          主送机关
``::: editor-note`` …, ``::: note`` …        编者按, 说明: blocks
``<!-- jianbao: allow N-DATE 原因 -->``       excuses a finding; other comments are dropped
===========================================  =======================================================

A line break between two wide characters is nothing, between others a space. Four spaces before a hanzi are an
indent, not code. A line of hyphens under a sentence that ends in 。 is a rule, not a heading's underline.
HTML tags other than ``ruby rb rt rp br sup sub`` are dropped with a finding and their text is kept; what
``script`` and ``style`` hold is dropped; nothing is passed on or run. Addresses other than those of the web, mail
and files are taken off their text.
"""

from __future__ import annotations

from converters.diagnostics import Checked
from converters.model import blocks as b
from converters.model.document import Article, Document
from converters.model.inlines import Text

from ..encoding import decode
from ..front_matter import read_front_matter
from .chunks import divide, heading
from .inlines import read_inlines
from .paragraphs import paragraph
from .places import at
from .state import Reading

__all__ = ["read"]


def read(name: str, data: bytes) -> Checked[Document]:
    """A Markdown source as a document of one untitled article. Raises InputError."""
    decoded = decode(name, data)
    source = decoded.value
    metadata, body = read_front_matter(source)
    reading = Reading(source)
    blocks = _blocks(reading, body)
    document = Document(
        metadata.value, (Article(blocks=tuple(blocks)),), (source,), tuple(sorted(reading.comments, key=_start))
    )
    return Checked(document, (*decoded.findings, *metadata.findings, *reading.findings), tuple(reading.changes))


def _start(comment: object) -> int:
    span = getattr(comment, "span", None)
    return int(span.start) if span is not None else 0


def _blocks(reading: Reading, body: int, *, fast: bool = True) -> list[b.Block]:
    """The blocks of the text from `body` on; `fast` reads plain stretches without markdown-it."""
    text = reading.source.text
    stretches = list(divide(text, body)) if fast else [(body, len(text), False)] if text[body:].strip() else []
    if all(plain for _, _, plain in stretches):
        out: list[b.Block] = []
        for start, end, _ in stretches:
            _plain(reading, start, end, out)
        return out
    from .runs import Run, references

    env: dict[str, object] = {}
    runs = {start: Run(reading, start, end, env) for start, end, plain in stretches if not plain}
    reading.references = references(env)
    out = []
    for start, end, plain in stretches:
        if plain:
            _plain(reading, start, end, out)
        else:
            out.extend(runs[start].blocks())
    for run in runs.values():
        out.extend(run.uncalled())
    return out


def _plain(reading: Reading, start: int, end: int, out: list[b.Block]) -> None:
    """Read a stretch of plain lines: headings, and paragraphs between them."""
    text = reading.source.text
    if text[start] != "#" and text.find("\n#", start, end) < 0:
        out.extend(paragraph(at(text[start:end], start), reading))
        return
    begin = start
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        found = heading(text[start:stop]) if text[start] == "#" else None
        if found:
            if begin < start:
                out.extend(paragraph(at(text[begin : start - 1], begin), reading))
            level, first, last = found
            line = read_inlines(at(text[start + first : start + last], start + first), reading)
            out.append(b.Heading(level, line, reading.span(start, stop)))
            begin = stop + 1
        start = stop + 1
    if begin < end:
        out.extend(paragraph(at(text[begin:end], begin), reading))
