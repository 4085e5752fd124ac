"""The page list against the print edition itself: each page of the PDF begins with the words behind its mark."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from epub_books import NAMES
from lxml import etree

from samples import SEEDS

pytestmark = pytest.mark.slow


def _printed(path: Path) -> list[str]:
    """The text of each page without white space."""
    with pypdfium2.PdfDocument(path) as document:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(re.sub("\\s|\ufffe", "", text.get_text_range()))
            text.close()
            page.close()
        return pages


def _marked(path: Path) -> dict[int, str]:
    """Page number -> the first words of the text behind its mark."""
    words: dict[int, str] = {}
    with zipfile.ZipFile(path) as archive:
        nav = etree.fromstring(archive.read("EPUB/nav.xhtml"))
        for link in nav.xpath("//h:nav[@epub:type='page-list']//h:a", namespaces=NAMES):
            file, _, identifier = link.get("href").partition("#")
            page = etree.fromstring(archive.read(f"EPUB/{file}"))
            behind = page.xpath(
                f"//*[@id='{identifier}']/following::text()[not(ancestor::*[contains(@class, 'furniture')])"
                " and not(ancestor::*[@role='doc-noteref' or @role='doc-backlink'])]",
                namespaces=NAMES,
            )
            words[int(link.text)] = re.sub(r"\s", "", "".join(behind))[:8]
    return words


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_every_printed_page_begins_where_the_page_list_says(editions: Path, seed: Path) -> None:
    printed = _printed(editions / f"{seed.stem}.pdf")
    marked = _marked(editions / f"{seed.stem}.epub")
    wrong = {
        number: (words, printed[number - 1][:20])
        for number, words in marked.items()
        if number > 1 and not printed[number - 1].startswith(words)
    }
    assert wrong == {}
    assert marked.keys() >= set(range(1, len(printed))), "every page but one of the colophon alone is listed"


def test_a_mark_in_the_wrong_place_would_be_seen(editions: Path) -> None:
    printed, marked = _printed(editions / "minzheng.pdf"), _marked(editions / "minzheng.epub")
    assert not any(printed[number].startswith(marked[number]) for number in range(2, len(printed)))
