"""Outside judges on every sample and on a book with every construct; each is also shown broken books to reject."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uharfbuzz
from epub_books import VERTICAL, Opened, everything_book, exact_fonts, write

import everything
import tools
from converters.theme.schema import Theme
from samples import SEEDS

pytestmark = [pytest.mark.conformance, pytest.mark.slow]

# Said of every page whose style sheet has an @font-face, and so of every book that carries a face: no fault.
FACES = "USAGE CSS-028 Use of Font-face declaration. (EPUB/style.css)"


@pytest.fixture(scope="module")
def books(editions: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every sample, and books with every construct: set across, set downwards, with a face for each role, with none."""
    folder = tmp_path_factory.mktemp("books")
    bare = replace(Theme(), epub=replace(Theme().epub, embed_fonts=False))
    made = {
        "everything": everything_book(),
        "vertical": _every(VERTICAL),
        "faces": write(everything.document(), None, everything.pagination(), everything.PICTURES, fonts=exact_fonts()),
        "bare": _every(bare),
    }
    found = {seed.stem: editions / f"{seed.stem}.epub" for seed in SEEDS}
    return found | {name: _saved(book, folder / f"{name}.epub") for name, book in made.items()}


def _every(theme: Theme) -> Opened:
    return write(everything.document(), theme, everything.pagination(), everything.PICTURES)


def _saved(book: Opened, path: Path, before: bytes = b"", after: bytes = b"") -> Path:
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
    path.write_bytes(stream.getvalue())
    return path


def test_epubcheck_finds_nothing_but_faces_and_rejects_broken_books(books: dict[str, Path], tmp_path: Path) -> None:
    faults = {
        "attribute.epub": (b"<body", b'<body align="left"', "ERROR RSC-005"),
        "note.epub": (b'href="#note-1"', b'href="#note-0"', "ERROR RSC-012"),
        "picture.epub": (b"picture-001.png", b"picture-000.png", "ERROR RSC-007"),
    }
    broken = [_saved(everything_book(), tmp_path / name, *fault[:2]) for name, fault in faults.items()]
    said = tools.epubcheck(*books.values(), *broken)
    assert {name: messages for name, messages in said.items() if name not in faults} == {
        path.name: [FACES] if name != "bare" else [] for name, path in books.items()
    }
    for name, fault in faults.items():
        assert any(message.startswith(fault[2]) for message in said[name]), name


def test_ace_finds_nothing_and_rejects_a_picture_without_description(books: dict[str, Path], tmp_path: Path) -> None:
    broken = _saved(everything_book(), tmp_path / "broken.epub", ' alt="小图"'.encode(), b"")
    # With other faces the pages are the same.
    asked = [path for name, path in books.items() if name not in ("faces", "bare")]
    said = tools.ace(tmp_path / "reports", *asked, broken)
    assert {name: rules for name, rules in said.items() if name != "broken.epub"} == {path.name: [] for path in asked}
    assert any("image-alt" in rule for rule in said["broken.epub"])


def _turned(widths: str, *books: Path) -> dict[str, dict[str, Any]]:
    """Name of the book -> width -> what epub.js in Chromium found while it turned every page."""
    modules = tools.node_tool("epubjs/dist/epub.min.js", "epubjs@0.3.93").parents[2]
    tools.node_tool("puppeteer/package.json", "@daisy/ace@1.4.6")
    script = Path(__file__).with_name("turn_pages.cjs")
    command = [tools.program("node", "nodejs"), script, modules, tools.program("chromium", "chromium"), widths, *books]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True, timeout=600)
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    assert "error" not in found, found
    assert [(name, at) for name, each in found.items() for at, one in each.items() if "error" in one] == []
    return found


def _undrawn(book: Path, found: dict[str, Any]) -> dict[str, str]:
    """Families of the book -> the characters that ask for them and that none of them has."""
    lacking: dict[str, str] = {}
    with zipfile.ZipFile(book) as archive:
        held = {
            Path(name).stem: set(uharfbuzz.Face(archive.read(name)).unicodes)
            for name in archive.namelist() if "/fonts/" in name
        }  # fmt: skip
    for families, characters in found["drawn"].items():
        known = set().union(*(held[family.removeprefix("jianbao-")] for family in families.split()))
        missing = "".join(char for char in characters if char.strip() and ord(char) not in known)
        if missing:
            lacking[families] = missing
    return lacking


def test_every_page_turns_on_every_screen_and_nothing_overflows(books: dict[str, Path]) -> None:
    asked = [path for name, path in books.items() if name not in ("faces", "bare")]
    for book, widths in _turned("320,768,1200", *asked).items():
        for found in widths.values():
            assert [page for page in found["pages"] if page["wide"] or page["broken"] or page["faces"]] == [], book
            assert found["turned"] == [page["href"] for page in found["pages"]], book
            assert (found["lost"], found["entries"] > 0, found["printed"] > 0) == ([], True, True), book
            assert len({page["lang"] for page in found["pages"]}) == 1, book
            # What a finger on a call and on the way back leads to stands on the screen.
            assert all(found["notes"]) and all(both for pair in found["followed"] for both in pair), book


def test_every_character_is_in_the_face_that_its_text_asks_for(books: dict[str, Path]) -> None:
    """A line whose characters come from two faces looks torn."""
    asked = [books[name] for name in ("faces", "everything", "yunling", "minzheng")]
    found = _turned("320", *asked)
    assert {path.name: _undrawn(path, found[path.name]["320"]) for path in asked} == {path.name: {} for path in asked}


def test_an_overflow_a_lost_note_and_an_undrawn_character_are_seen(tmp_path: Path) -> None:
    wide = _saved(
        everything_book(), tmp_path / "wide.epub", b"<p>", b'<p style="white-space: nowrap">' + b"wide " * 400
    )
    broad = _saved(
        everything_book(), tmp_path / "broad.epub", b"<table>", b'<table style="width: 200vw; max-width: none">'
    )
    lost = _saved(everything_book(), tmp_path / "lost.epub", b'href="#note-1"', b'href="#note-0"')
    undrawn = _saved(everything_book(), tmp_path / "undrawn.epub", b"<strong>", "<strong>囧".encode())
    found = {name: widths["320"] for name, widths in _turned("320", wide, broad, lost, undrawn).items()}
    assert any(page["wide"] for page in found["wide.epub"]["pages"])
    assert any(page["wide"] for page in found["broad.epub"]["pages"])
    assert False in found["lost.epub"]["notes"]
    assert found["lost.epub"]["followed"][0] == [False, False]
    assert found["undrawn.epub"]["followed"] == [[True, True]] * 2
    assert _undrawn(undrawn, found["undrawn.epub"]) == {"jianbao-heiti": "囧"}
