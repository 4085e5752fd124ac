"""Outside judges on a book with every construct; each is also shown a broken book that it must reject."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from epub_books import VERTICAL, Opened, everything_book, write

import everything
import tools

pytestmark = [pytest.mark.conformance, pytest.mark.slow]


def _vertical() -> Opened:
    return write(everything.document(), VERTICAL, everything.pagination(), everything.PICTURES)


def _saved(book: Opened, folder: Path, before: bytes = b"", after: bytes = b"") -> Path:
    """The book as a file, with the first occurrence of some bytes changed in its first article."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as copy:
        for info in book.archive.infolist():
            data = book.archive.read(info)
            if before and info.filename.endswith("article-001.xhtml"):
                assert before in data
                data = data.replace(before, after, 1)
            # By name: writing under the same ZipInfo would move the place that it has in the first archive.
            copy.writestr(info.filename, data, info.compress_type)
    path = folder / "book.epub"
    path.write_bytes(stream.getvalue())
    return path


@pytest.mark.parametrize("make", [everything_book, _vertical], ids=["horizontal", "vertical"])
def test_epubcheck_has_nothing_to_say(make: Any, tmp_path: Path) -> None:
    assert tools.epubcheck(_saved(make(), tmp_path)) == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (b"<body", b'<body align="left"', "ERROR RSC-005"),
        (b'href="#note-1"', b'href="#note-0"', "ERROR RSC-012"),
        (b"picture-001.png", b"picture-000.png", "ERROR RSC-007"),
    ],
)
def test_epubcheck_rejects_a_broken_book(before: bytes, after: bytes, message: str, tmp_path: Path) -> None:
    broken = _saved(everything_book(), tmp_path, before, after)
    assert any(said.startswith(message) for said in tools.epubcheck(broken))


def test_ace_finds_nothing(tmp_path: Path) -> None:
    assert tools.ace(_saved(everything_book(), tmp_path), tmp_path / "report") == []


def test_ace_rejects_a_picture_without_description(tmp_path: Path) -> None:
    broken = _saved(everything_book(), tmp_path, ' alt="小图"'.encode(), b"")
    assert any("image-alt" in said for said in tools.ace(broken, tmp_path / "report"))


def _turned(book: Path, width: int) -> dict[str, Any]:
    """What epub.js in Chromium found while it turned every page."""
    modules = tools.node_tool("epubjs/dist/epub.min.js", "epubjs@0.3.93").parents[2]
    tools.node_tool("puppeteer/package.json", "@daisy/ace@1.4.6")
    script = Path(__file__).with_name("turn_pages.cjs")
    command = [
        tools.program("node", "nodejs"),
        script,
        modules,
        tools.program("chromium", "chromium"),
        book,
        str(width),
    ]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True, timeout=300)
    found: dict[str, Any] = json.loads(done.stdout)
    assert "error" not in found, found
    return found


@pytest.mark.parametrize("width", [320, 768, 1200])
def test_every_page_turns_and_nothing_overflows(width: int, tmp_path: Path) -> None:
    found = _turned(_saved(everything_book(), tmp_path), width)
    assert [page for page in found["pages"] if page["wide"] or page["broken"] or page["faces"]] == []
    assert {page["lang"] for page in found["pages"]} == {"zh-CN"}
    assert found["turned"] == [page["href"] for page in found["pages"]]
    assert (found["lost"], found["entries"] > 0) == ([], True)
    assert found["notes"] == [True] * 3


def test_an_overflow_and_a_lost_note_are_seen(tmp_path: Path) -> None:
    wide = _saved(everything_book(), tmp_path, b"<p>", b'<p style="white-space: nowrap">' + b"wide " * 400)
    assert any(page["wide"] for page in _turned(wide, 320)["pages"])
    lost = _saved(everything_book(), tmp_path, b'href="#note-1"', b'href="#note-0"')
    assert False in _turned(lost, 320)["notes"]
