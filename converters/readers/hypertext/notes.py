"""Notes of all pages, read before the pages themselves, so that each call finds its note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .blocks import PageReader
from .story import absolute, is_note, kinds, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def read_notes(reader: PageReader, pages: Mapping[str, Element]) -> None:
    """Put the blocks of every note into the story, by page and id; notes that a note calls come before it."""
    found = {
        f"{path}#{element.get('id')}": element
        for path, root in pages.items()
        for element in root.iter()
        if local(element) and is_note(element) and element.get("id")
    }
    waiting: set[str] = set()
    for address in found:
        _read(reader, address, found, waiting)


def _read(reader: PageReader, address: str, found: Mapping[str, Element], waiting: set[str]) -> None:
    if address in waiting or address not in found:
        return
    waiting.add(address)
    path = address.partition("#")[0]
    for call in found[address].iter():
        if local(call) == "a" and "noteref" in kinds(call):
            _read(reader, absolute(path, call.get("href") or ""), found, waiting)
    reader.story.page = path
    reader.story.notes[address] = tuple(reader.blocks(found[address]))
