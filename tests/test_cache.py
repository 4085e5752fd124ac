"""What a build may use again: never what is damaged, never more than its bound, never where anything has changed."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

import converters
import converters.layout
from converters.cache import Cache, current, key_of, using
from converters.files import Disk
from samples import SEEDS


def entries(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_was_put_is_got(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path))
    cache.put("ab12", b"pages")
    assert Cache(str(tmp_path)).get("ab12") == b"pages"
    assert cache.get("ab13") is None


def test_a_damaged_entry_is_not_believed_and_goes(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path))
    cache.put("ab12", b"pages")
    (path,) = entries(tmp_path)
    for damaged in (path.read_bytes()[:-1], b"", path.read_bytes().replace(b"pages", b"pagEs")):
        path.write_bytes(damaged)
        assert cache.get("ab12") is None
        assert not path.exists()


def test_what_was_not_used_for_longest_goes_when_there_is_too_much(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path), limit=10_000)
    for number in range(8):
        cache.put(f"{number:04}", bytes(1000))
    cache.get("0000")
    for number in range(8, 80):
        cache.put(f"{number:04}", bytes(1000))
    kept = {path.name for path in entries(tmp_path)}
    # It looks each 64 new entries: in between there may be so many more.
    assert len(kept) <= 10 + 64
    assert "0001" not in kept
    assert "0079" in kept


def _fill(folder: str, first: int) -> None:
    cache = Cache(folder, limit=40_000)
    for number in range(first, first + 150):
        cache.put(f"{number % 50:04}", bytes([number % 50]) * 1000)
        found = cache.get(f"{(number * 7) % 50:04}")
        assert found is None or found == bytes([(number * 7) % 50]) * 1000


def test_many_processes_use_one_folder(tmp_path: Path) -> None:
    processes = [
        multiprocessing.get_context("spawn").Process(target=_fill, args=(str(tmp_path), 10 * i)) for i in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert not [path for path in entries(tmp_path) if path.name.endswith(".tmp")]


def test_a_folder_that_cannot_be_written_to_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = Cache(str(tmp_path / "file"))
    cache.put("ab12", b"pages")
    assert cache.get("ab12") is None


def test_keys_tell_parts_apart() -> None:
    assert key_of([b"a", b"bc"]) != key_of([b"ab", b"c"])


def test_a_cache_is_there_only_while_it_is_used(tmp_path: Path) -> None:
    with using(str(tmp_path)):
        assert current() is not None
    assert current() is None


# Builds


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_bytes(SEEDS[0].read_bytes())
    return path


def build(source: Path, to: tuple[str, ...] = ("pdf", "docx", "epub")) -> dict[str, bytes]:
    folder = source.parent / "out"
    result = converters.build(source, folder, to=to, cache=str(source.parent / "cache"))
    assert not result.failed
    return {edition.format: (folder / f"a.{edition.format}").read_bytes() for edition in result.editions}


def forbid_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise AssertionError("the pages were laid out again")

    monkeypatch.setattr(converters.layout, "lay_out", fail)


def test_a_second_build_takes_the_pages_over_and_gives_the_same_bytes(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = converters.build(source, source.parent / "plain")
    first = build(source)
    forbid_layout(monkeypatch)
    assert build(source) == first
    assert {edition.format: Path(edition.name).read_bytes() for edition in plain.editions} == first


def test_findings_of_the_pages_are_told_again(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    source.write_text("# 标题\n\n正文。\n\n![](p.png)\n", encoding="utf-8")
    Image.new("RGB", (8, 8), "red").save(source.parent / "p.png")
    folder, cache = source.parent / "out", str(source.parent / "cache")
    first = converters.build(source, folder, cache=cache).findings
    assert "L-ALT" in {finding.rule for finding in first}
    forbid_layout(monkeypatch)
    assert converters.build(source, folder, cache=cache).findings == first


@pytest.mark.parametrize("what", ["text", "style", "metadata", "face", "picture"])
def test_whatever_changes_has_the_pages_laid_out_again(
    source: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    from PIL import Image

    source.write_text("# 标题\n\n正文。\n\n![一张图](p.png)\n", encoding="utf-8")
    Image.new("RGB", (8, 8), "red").save(source.parent / "p.png")
    build(source, ("pdf",))
    settings: converters.public.Settings = {"to": ("pdf",), "cache": str(source.parent / "cache")}
    match what:
        case "text":
            source.write_text("# 标题\n\n正文改了。\n\n![一张图](p.png)\n", encoding="utf-8")
        case "style":
            settings["overrides"] = (("page.rows", "20"),)
        case "metadata":
            settings["metadata"] = (("issue", "9"),)
        case "face":
            copy = source.parent / "faces" / "copy.ttc"
            copy.parent.mkdir()
            from converters.fonts import places

            copy.write_bytes(places.embedded_default().read_bytes())
            settings["font_paths"] = (str(copy.parent),)
            settings["overrides"] = (("fonts.songti", '["Noto Sans CJK SC"]'),)
        case _:
            Image.new("RGB", (8, 9), "red").save(source.parent / "p.png")
    forbid_layout(monkeypatch)
    with pytest.raises(AssertionError, match="laid out again"):
        converters.build(source, source.parent / "out", **settings)


def test_subsets_are_taken_over_where_the_text_changes_and_its_characters_do_not(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from converters.fonts import subset

    source.write_text("# 甲乙\n\n乙甲甲乙。\n", encoding="utf-8")
    build(source, ("pdf",))
    source.write_text("# 乙甲\n\n甲乙乙甲甲。\n", encoding="utf-8")
    expected = (converters.build(source, source.parent / "plain", to=("pdf",)), "a.pdf")

    def fail(*_arguments: object) -> None:
        raise AssertionError("the face was cut again")

    monkeypatch.setattr(subset, "_subset", fail)
    found = build(source, ("pdf",))["pdf"]
    assert found == Path(expected[0].editions[0].name).read_bytes()


def test_a_kept_page_of_a_damaged_cache_is_made_again(source: Path) -> None:
    first = build(source)
    for path in entries(source.parent / "cache"):
        Disk().write(str(path), path.read_bytes()[:-3])
    assert build(source) == first


def test_a_folder_is_not_looked_through_for_each_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = []
    monkeypatch.setattr(Cache, "_cut_back", lambda cache: looks.append(cache))
    for number in range(20):
        with using(str(tmp_path)):
            cache = current()
            assert cache is not None
            cache.put(key_of([bytes((number,))]), b"page")
    assert len(looks) == 1


def test_a_folder_is_looked_through_sooner_where_entries_are_large(tmp_path: Path) -> None:
    cache = Cache(str(tmp_path), limit=64_000)
    for number in range(40):
        cache.put(key_of([bytes((number,))]), bytes(4_000))
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) <= 64_000
