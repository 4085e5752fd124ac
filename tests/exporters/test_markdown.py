"""Markdown reads back to the model that it was written from."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from strategies import flat_documents, unplaced

from converters.exporters.markdown import export
from converters.model.document import Document
from converters.model.dump import dump
from converters.readers import read


def again(document: Document) -> Document:
    return read("again.md", export(document).encode()).value


def same(document: Document) -> None:
    text = export(document)
    assert dump(unplaced(read("again.md", text.encode()).value), places=False) == dump(
        unplaced(document), places=False
    ), text


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(flat_documents())
def test_any_document_reads_back_the_same(document: Document) -> None:
    same(document)
