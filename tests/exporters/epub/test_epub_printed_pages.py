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

# All but hanzi and kana.
OTHER = "[^\u3041-\u309f\u30a1-\u30fa\u30fc\u3400-\u9fff]"


def _printed(path: Path) -> list[str]:
    """The text of each page without white space, by the places of its characters where lines run downwards."""
    with pypdfium2.PdfDocument(path) as document:
        pages = []
        for page in document:
            text = page.get_textpage()
            read = _downwards(text) if path.stem.startswith("vertical") else text.get_text_range()
            pages.append(re.sub("\\s|\ufffe", "", read))
            text.close()
            page.close()
        return pages


def _downwards(text: pypdfium2.PdfTextPage) -> str:
    """Lines from the right to the left, each from its head to its foot; small letters (readings, folios) left out."""
    found: list[tuple[float, float, str]] = []
    for place in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(place, loose=True)
        if min(right - left, top - bottom) > 11:
            found.append(((left + right) / 2, (bottom + top) / 2, text.get_text_range(place, 1)))
    lines: list[list[tuple[float, float, str]]] = []
    for one in sorted(found, reverse=True):
        if not lines or lines[-1][0][0] - one[0] > 8:
            lines.append([])
        lines[-1].append(one)
    return "".join(char for line in lines for _, _, char in sorted(line, key=lambda one: -one[1]))


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
    if seed.stem.startswith("vertical"):
        # Marks, and figures that are turned or stand side by side, have boxes of their own.
        printed = [re.sub(OTHER, "", text) for text in printed]
        marked = {number: re.sub(OTHER, "", words) for number, words in marked.items()}
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
