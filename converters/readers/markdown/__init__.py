"""Markdown: CommonMark 0.31 with tables, strikethrough, task lists, notes, definition lists and what Chinese needs.

Front matter (YAML, English or Chinese keys) may open a source. Beyond CommonMark:

===========================================  =======================================================
``**《制度》**——``                            emphasis holds beside Chinese marks and hanzi
``~~旧~~``                                   struck out
``H~2~O``, ``cm^3^``                         subscript, superscript (figures and Latin letters);
                                             for other text ``<sub>``, ``<sup>``
``{漢字|かんじ}``, ``{漢字|かん|じ}``          a reading for the word, or one for each character (in a
                                             table ``\\|``); also ``<ruby>``, ``<rb>``, ``<rt>``, ``<rp>``
``[文字]{.dots}``                            着重号 (also ``.着重``; ``.hollow-dots`` 空心着重, ``.sesame`` 顿点,
                                            ``.hollow-sesame`` 空心顿点)
``[姓名]{.deceased}``                        示亡号: a frame around the name of one who has died (also ``.示亡``)
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
``::: signature`` … (``sealed``, ``stamped``) 落款: organs, date, remark in brackets, a line each
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

from typing import TYPE_CHECKING

from converters.diagnostics import Changes, Checked
from converters.model.document import Article, Document
from converters.model.metadata import Metadata

from ..encoding import decode
from .chunks import divide
from .plain import plain_blocks
from .state import Reading

if TYPE_CHECKING:
    from converters.model.blocks import Block

__all__ = ["read"]


def read(name: str, data: bytes) -> Checked[Document]:
    """A Markdown source as a document of one untitled article. Raises InputError."""
    decoded = decode(name, data)
    source = decoded.value
    metadata, body = Checked(Metadata()), 0
    if source.text.startswith("---"):
        from ..front_matter import read_front_matter

        metadata, body = read_front_matter(source)
    reading = Reading(source)
    blocks = read_blocks(reading, body)
    comments = sorted(reading.comments, key=lambda comment: comment.span.start)
    document = Document(metadata.value, (Article(blocks=tuple(blocks)),), (source,), tuple(comments))
    return Checked(document, (*decoded.findings, *metadata.findings, *reading.findings), Changes(reading.changes))


def read_blocks(reading: Reading, body: int, *, fast: bool = True) -> list[Block]:
    """The blocks of the text from `body` on; `fast` reads plain stretches without markdown-it, to the same result."""
    text = reading.source.text
    stretches = divide(text, body) if fast else [(body, len(text), False)] if text[body:].strip() else []
    out: list[Block] = []
    waiting: list[tuple[int, int, bool]] = []
    for stretch in stretches:
        # Until the first stretch that is not plain, nothing can be called that is not yet read.
        if waiting or not stretch[2] or text.find("[", *stretch[:2]) >= 0:
            waiting.append(stretch)
        else:
            plain_blocks(reading, stretch[0], stretch[1], out)
    if all(plain for _, _, plain in waiting):
        for start, end, _ in waiting:
            plain_blocks(reading, start, end, out)
        return out
    from .runs import Run, references

    env: dict[str, object] = {}
    runs = {start: Run(reading, start, end, env) for start, end, plain in waiting if not plain}
    reading.references = references(env)
    for start, end, plain in waiting:
        if plain:
            plain_blocks(reading, start, end, out)
        else:
            out.extend(runs[start].blocks())
    for run in runs.values():
        out.extend(run.uncalled())
    return out
