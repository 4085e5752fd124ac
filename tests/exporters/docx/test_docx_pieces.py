"""Plain articles of a long document, written in pieces: the same edition as written in one go, whoever wrote it."""

from __future__ import annotations

import io
import itertools
import re
import sys
import zipfile

import pytest
from word_parts import Word

import everything
from converters import hands
from converters.diagnostics import Diagnostic, Source, Span
from converters.exporters.docx import export, pieces
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document, SourceLine
from converters.model.metadata import Metadata
from converters.model.pagination import Pagination
from converters.theme.schema import Theme

COUNT = 40


def _document(*others: tuple[int, b.Block]) -> Document:
    """Articles of paragraphs, with further blocks at the end of some (article, block), and the source of them all."""
    text, articles, further = "", [], dict(others)
    for number in range(1, COUNT + 1):
        blocks: list[b.Block] = []
        for words in ("会议指出，“安全”是底线。", "一、加强领导", "要A & B，讲“真”话\x01。"):
            span = Span("a.md", len(text), len(text) + len(words))
            inlines = (i.Text(words, len(text)),)
            blocks.append(b.Heading(1, inlines, span) if words.startswith("一") else b.Paragraph(inlines, span=span))
            text += words + "\n\n"
        if number in further:
            blocks.append(further[number])
        title = (i.Text(f"第{number}篇题目"),)
        source = SourceLine((i.Text("（综合科）"),)) if number % 3 else None
        attachment = f"附件{number}" if number % 7 == 0 else ""
        articles.append(Article((title,), tuple(blocks), source=source, attachment=attachment))
    metadata = Metadata(name="简报", issuer="办公室", report_to=("甲。",))
    return Document(metadata, tuple(articles), (Source("a.md", text),))


def _export(document: Document) -> tuple[bytes, tuple[Diagnostic, ...]]:
    pagination = Pagination({f"a{n}": str(n) for n in range(1, COUNT + 1)}, (), COUNT, True)
    made = export(document, Theme(), pagination, everything.PICTURES, None)
    return made.value, made.findings


def _plain(data: bytes) -> tuple[str, str]:
    """The document part and the identity part with what numbers their paragraphs and bookmarks taken out."""
    edition = Word(data)
    document, identity = (
        re.sub('(w14:paraId|w:id)="[0-9A-F]+"|(?<=<j:p>)[0-9A-F]{8}', "", edition.zip.read(name).decode())
        for name in ("word/document.xml", "customXml/item1.xml")
    )
    return document, identity


@pytest.fixture
def short_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_PIECE", 30)


TABLE = b.Table((b.Column(),), (b.Row((b.Cell((i.Text("格"),)),)),))


@pytest.mark.parametrize(
    "others",
    [(), ((9, TABLE), (10, b.PageBreak()), (25, b.PageBreak())), ((20, everything.document().articles[0].blocks[0]),)],
    ids=["plain", "with a table and page breaks", "with another"],
)
def test_pieces_hold_what_one_go_would_have_written(
    others: tuple[tuple[int, b.Block], ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = _document(*others)
    whole, findings = _export(document)
    monkeypatch.setattr(pieces, "_PIECE", 30)
    assert len(pieces._runs(document)) > 5
    parted, again = _export(document)
    assert _plain(parted) == _plain(whole)
    assert again == findings and {finding.rule for finding in findings} == {"W-CHAR"}
    assert parted != whole
    assert zipfile.ZipFile(io.BytesIO(parted)).testzip() is None


@pytest.mark.usefixtures("short_pieces")
def test_ids_come_once_in_all_pieces() -> None:
    edition = Word(_export(_document())[0])
    for path in ("//w:p/@w14:paraId", "//w:bookmarkStart/@w:id", "//w:bookmarkStart/@w:name"):
        found = edition.find(path)
        assert len(found) == len(set(found)) > COUNT
    assert all(0 < int(one, 16) < 0x80000000 for one in edition.find("//w:p/@w14:paraId"))


@pytest.mark.usefixtures("short_pieces")
def test_no_piece_holds_the_first_article_the_last_and_what_follows_one_that_is_not_plain() -> None:
    held = [set(range(run.first, run.last + 1)) for run in pieces._runs(_document((9, TABLE)))]
    assert all(first.isdisjoint(second) for first, second in itertools.combinations(held, 2))
    assert set.union(*held).isdisjoint({1, 9, 10, COUNT})
    assert {11, 12} <= set.union(*held)


@pytest.mark.usefixtures("short_pieces")
@pytest.mark.parametrize("place", ["title", "text", "source"])
def test_nothing_is_written_in_pieces_where_there_are_notes(place: str) -> None:
    document = _document()
    note = (i.Text("注"), i.Note("1", (b.Paragraph((i.Text("说明"),)),)))
    article = {
        "title": Article((note,)),
        "text": Article(blocks=(b.Quote((b.Paragraph(note),)),)),
        "source": Article(blocks=(b.Paragraph((i.Text("文"),)),), source=SourceLine(note)),
    }[place]
    assert pieces._runs(document)
    assert not pieces._runs(Document(document.metadata, (*document.articles, article, article)))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other processes are forked on Linux alone")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.usefixtures("short_pieces")
@pytest.mark.parametrize("others", [1, 3])
def test_the_file_is_the_same_however_many_hands_there_are(others: int, monkeypatch: pytest.MonkeyPatch) -> None:
    document = _document((9, TABLE))
    with hands.alone():
        by_one = _export(document)
    monkeypatch.setattr(hands, "free", lambda: others)
    assert _export(document) == by_one
