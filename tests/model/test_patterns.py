"""Compiled patterns that are kept from run to run are the patterns that Python would compile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from converters.model import patterns
from samples import SEEDS

PATTERNS = [
    (r"[一-鿿]+", 0),
    (r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?:(\d+)日)?", 0),
    (r"第(?:\d+|[〇零一二三四五六七八九十]+)[条款期]", 0),
    (r"(?:[a-z][a-z0-9+.-]+:|//)", re.IGNORECASE),
    (r"^[（(][^（）()]{2,20}[)）]$", re.MULTILINE),
    (r"(?<![0-9])“([^“”]*)”(?=[，。])", 0),
]
TEXT = "\n".join(seed.read_text(encoding="utf-8") for seed in SEEDS)


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(patterns, "_store", patterns._Store())
    patterns.compiled.cache_clear()
    yield
    patterns.compiled.cache_clear()


def anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a new process would begin."""
    monkeypatch.setattr(patterns, "_store", patterns._Store())
    patterns.compiled.cache_clear()
    patterns.remember(str(folder))


def same(pattern: str, flags: int) -> bool:
    ours, theirs = patterns.compiled(pattern, flags), re.compile(pattern, flags)
    assert (ours.pattern, ours.flags, ours.groups) == (theirs.pattern, theirs.flags, theirs.groups)
    assert dict(ours.groupindex) == dict(theirs.groupindex)
    found = [(match.span(), match.groups(), match.lastgroup) for match in ours.finditer(TEXT)]
    return found == [(match.span(), match.groups(), match.lastgroup) for match in theirs.finditer(TEXT)]


def test_a_kept_pattern_finds_what_a_compiled_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patterns.remember(str(tmp_path))
    assert all(same(*pattern) for pattern in PATTERNS)
    patterns.keep()
    anew(tmp_path, monkeypatch)

    def fail(*_arguments: object) -> None:
        raise AssertionError("it was compiled again")

    monkeypatch.setattr(patterns, "_entry", fail)
    assert all(same(*pattern) for pattern in PATTERNS)


def test_without_a_folder_patterns_are_compiled_and_nothing_is_kept(tmp_path: Path) -> None:
    assert all(same(*pattern) for pattern in PATTERNS)
    patterns.keep()
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_store_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patterns.remember(str(tmp_path))
    patterns.compiled("甲+")
    patterns.keep()
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    path.write_bytes(path.read_bytes()[:-9] + b"123456789")
    anew(tmp_path, monkeypatch)
    assert patterns.compiled("甲+").fullmatch("甲甲")


@pytest.mark.parametrize("entry", [(32, b"\xff" * 64, 0, {}, ()), (32, b"odd", 0, {}, ()), None, (1,)])
def test_code_that_the_engine_refuses_is_compiled_anew(entry: object) -> None:
    patterns._store.cache = object()
    patterns._store.entries["甲+", 0] = entry  # type: ignore[assignment]  # what a torn file may hold
    assert patterns.compiled("甲+").fullmatch("甲甲")


def test_another_python_compiles_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patterns.remember(str(tmp_path))
    patterns.compiled("甲+")
    patterns.keep()
    monkeypatch.setattr(patterns.sys, "version", "3.99")
    anew(tmp_path, monkeypatch)
    assert patterns._store.entries == {}
