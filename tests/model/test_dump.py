"""The model as text: everything that is said, nothing that is not, the same on any day."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from converters.diagnostics import Source, Span
from converters.model import blocks as b
from converters.model import inlines as i
from converters.model.document import Article, Document
from converters.model.dump import dump, dump_part
from converters.model.grid import first_columns
from converters.model.metadata import Metadata
from strategies import flat_documents


def test_only_what_is_said_is_shown() -> None:
    document = Document(
        Metadata(name="简报", issue="3"),
        (Article(blocks=(b.Paragraph((i.Text("甲\n乙", 5), i.Strong((i.Text("“丙”"),))), span=Span("a.md", 5, 9)),)),),
        (Source("a.md", "……"),),
    )
    assert dump(document) == (
        "Document\n"
        "  metadata: Metadata name=“简报” issue=“3”\n"
        "  Article\n"
        "    Paragraph span=5-9\n"
        "      Text “甲\\n乙” start=5\n"
        "      Strong\n"
        "        Text ““丙””\n"
        "  sources:\n"
        "    a.md utf-8 2 characters\n"
    )
    assert "start" not in dump(document, places=False)


def test_what_cannot_be_seen_is_written_as_a_number() -> None:
    assert dump_part(i.Text("a\u200bb\\")) == "Text “a\\u{200b}b\\\\”\n"


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(flat_documents(2), flat_documents(2))
def test_two_documents_look_the_same_only_if_they_are(one: Document, other: Document) -> None:
    assert (dump(one) == dump(other)) == (one == other)
    assert dump(one) == dump(one)


def test_cells_begin_behind_what_others_cover() -> None:
    rows = (
        b.Row((b.Cell((), rows=2), b.Cell((), columns=2))),
        b.Row((b.Cell(()), b.Cell((), rows=2))),
        b.Row((b.Cell((), columns=2),)),
    )
    assert first_columns(rows) == ((0, 1), (1, 2), (0,))
