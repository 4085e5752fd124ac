"""A bulletin built by hand, with a place in its source for every character, and its editions."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import PurePath

from converters.diagnostics import Source, Span
from converters.files import Memory
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document, SourceLine
from converters.model.metadata import Metadata
from converters.pipeline import Options, write

LINES = (
    "云岭省民政厅部署春季安全检查",
    "近日，云岭省民政厅召开会议，对安全检查作出部署。The first meeting was held in Green River, and many came.",
    "一、查底数",
    "逐院登记床位、楼层和护理员，建立一院一册，数字对不上的当场纠正。",
    "项目",
    "人数",
    "护理员互访 Nurses",
    "12",
    "协议全文见《友好城市协议》（中英文各一份）。",
    "（据云岭省民政厅）",
)
NAME = "a.md"
TEXT = "\n\n".join(LINES) + "\n"


def _span(number: int) -> Span:
    start = TEXT.index(LINES[number])
    return Span(NAME, start, start + len(LINES[number]))


def _line(number: int) -> tuple[i.Inline, ...]:
    return (i.Text(LINES[number], TEXT.index(LINES[number])),)


def bulletin() -> Document:
    """Masthead, a title, paragraphs, a heading, a table, a list, a note, a reading, a source line, a colophon."""
    note = i.Note("1", (b.Paragraph(_line(8), span=_span(8)),), TEXT.index(LINES[3]) + 5)
    start = TEXT.index(LINES[3])
    with_note = (i.Text(LINES[3][:5], start), note, i.Text(LINES[3][5:], start + 5))
    cells = tuple(
        b.Row(tuple(b.Cell(_line(row * 2 + column + 4), header=not row) for column in range(2))) for row in range(2)
    )
    blocks: tuple[b.Block, ...] = (
        b.Paragraph(_line(1), span=_span(1)),
        b.Heading(1, _line(2), _span(2)),
        b.Paragraph(with_note, span=_span(3)),
        b.Table((b.Column(), b.Column()), cells, span=_span(4)),
        b.ListBlock((b.ListItem((b.Paragraph((i.Text("填写报名表；"),)),), "1."),), ordered=True),
        b.Paragraph((i.Text("读作"), i.Ruby((i.Text("漢字"),), "かんじ"), i.Text("的词。"))),
    )
    article = Article((_line(0),), blocks, source=SourceLine(_line(9), _span(9)), span=_span(0))
    metadata = Metadata(
        name="民政工作简报", issue="12", year=2026, issuer="云岭省民政厅办公室", date=datetime.date(2026, 3, 27),
        report_to=("云岭省委办公厅",), editors=("张三",), copies=100, editor_note="整改不能一改了之。",
    )  # fmt: skip
    return Document(metadata, (article,), (Source(NAME, TEXT),))


def with_line(document: Document, number: int, text: str) -> Document:
    """The same bulletin with other words in one of its paragraphs (1 or 3), title (0) or source line (9)."""
    article = document.articles[0]
    new = (i.Text(text, TEXT.index(LINES[number])),)
    match number:
        case 0:
            article = dataclasses.replace(article, title=(new,))
        case 9:
            article = dataclasses.replace(article, source=SourceLine(new))
        case 8:
            article = _with_note(article, text)
        case _:
            blocks = tuple(
                dataclasses.replace(block, inlines=new)
                if isinstance(block, b.Paragraph) and block.span == _span(number)
                else block
                for block in article.blocks
            )
            article = dataclasses.replace(article, blocks=blocks)
    return dataclasses.replace(document, articles=(article,))


def _with_note(article: Article, text: str) -> Article:
    blocks = list(article.blocks)
    paragraph = blocks[2]
    assert isinstance(paragraph, b.Paragraph)
    first, note, last = paragraph.inlines
    assert isinstance(note, i.Note)
    note = dataclasses.replace(note, blocks=(b.Paragraph((i.Text(text),)),))
    blocks[2] = dataclasses.replace(paragraph, inlines=(first, note, last))
    return dataclasses.replace(article, blocks=tuple(blocks))


def edition(document: Document, suffix: str) -> bytes:
    """The bytes of an edition, not verified."""
    files = Memory(variables={"HOME": "/"})
    name = str(PurePath("out", f"a.{suffix}"))
    result = write(document, name, Options(verify=False), files)
    assert not result.failed, [finding.text() for finding in result.findings]
    return files.contents[name]
