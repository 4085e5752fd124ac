from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from converters.files import cache_folder
from converters.fonts import discover, places
from converters.fonts.places import embedded_default
from converters.fonts.roles import EMBEDDED, resolve
from converters.theme.schema import Role, Theme
from making_fonts import FontMaker


def families(folder: Path) -> set[str]:
    """What a process that has just begun finds."""
    discover.forget()
    return {face.family for face in discover.catalogue([folder]).faces}


def test_all_faces_of_a_collection_are_found_with_both_kinds_of_name() -> None:
    faces = discover.read_faces(embedded_default())
    assert len(faces) == 10
    assert [face.family for face in faces[:5]] == [
        f"Noto Sans CJK {region}" for region in ("JP", "KR", "SC", "TC", "HK")
    ]
    found = discover.Catalogue(faces).find("noto sans-CJK_sc")
    assert found is not None
    assert found.index == 2


_BROKEN = [b"", b"\0\1\0\0", b"ttcf\0\0\0\0\0\0\0\5", b"OTTO\xff\xff" + b"\0" * 20, b"PK\3\4zip"]


@pytest.mark.parametrize("data", _BROKEN)
def test_a_broken_font_file_is_passed_over(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "broken.otf").write_bytes(data)
    assert families(tmp_path) == set()


def test_a_second_run_reads_no_font_file(maker: FontMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    maker.make("a.ttf", "Alpha")
    assert families(maker.folder) == {"Alpha"}
    monkeypatch.setattr(discover, "read_faces", lambda path: pytest.fail(f"{path} was read again"))
    assert families(maker.folder) == {"Alpha"}


def test_a_second_call_has_the_same_catalogue_until_a_folder_changes(maker: FontMaker) -> None:
    maker.make("a.ttf", "Alpha")
    first = discover.catalogue([maker.folder])
    assert discover.catalogue([maker.folder]) is first
    maker.make("b.ttf", "Beta")
    assert {face.family for face in discover.catalogue([maker.folder]).faces} == {"Alpha", "Beta"}
    assert {face.family for face in discover.catalogue([maker.folder], [maker.folder]).faces} == set()


def test_a_new_a_changed_and_a_removed_file_are_noticed(maker: FontMaker) -> None:
    first = maker.make("a.ttf", "Alpha")
    assert families(maker.folder) == {"Alpha"}
    maker.make("b.ttf", "Beta")
    assert families(maker.folder) == {"Alpha", "Beta"}
    first.unlink()
    assert families(maker.folder) == {"Beta"}


def test_a_file_that_was_overwritten_in_place_is_looked_at_again(
    maker: FontMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = maker.make("a.ttf", "FangSong")
    monkeypatch.setattr(places, "system_fonts", lambda: (maker.folder,))
    monkeypatch.setenv("JIANBAO_FONTS", "auto")
    folder_time = maker.folder.stat().st_mtime_ns
    assert resolve(Theme()).value.choice(Role.FANGSONG).path == path
    path.write_bytes(maker.make("b.ttf", "SimHei").read_bytes())
    (maker.folder / "b.ttf").unlink()
    os.utime(maker.folder, ns=(folder_time, folder_time))
    assert resolve(Theme()).value.choice(Role.FANGSONG).origin == EMBEDDED


def test_a_folder_below_is_searched_and_its_changes_are_noticed(maker: FontMaker) -> None:
    below = FontMaker(maker.folder / "one" / "two")
    below.make("a.ttf", "Alpha")
    assert families(maker.folder) == {"Alpha"}
    below.make("b.ttf", "Beta")
    assert families(maker.folder) == {"Alpha", "Beta"}


def test_a_folder_that_links_to_itself_is_searched_once(maker: FontMaker) -> None:
    maker.make("a.ttf", "Alpha")
    (maker.folder / "loop").symlink_to(maker.folder, target_is_directory=True)
    assert len(discover.catalogue([maker.folder]).faces) == 1


_DAMAGED = [
    "",
    "{",
    "[]",
    '{"version": 1}',
    '{"version": 1, "roots": {"ROOT": {"folders": [[1, 2]]}}}',
    '{"version": 1, "roots": {"ROOT": {"folders": [], "files": [{"path": "x", "faces": [[1]]}]}}}',
]


@pytest.mark.parametrize("text", _DAMAGED)
def test_a_damaged_cache_is_as_good_as_none(maker: FontMaker, text: str) -> None:
    maker.make("a.ttf", "Alpha")
    cache_folder().mkdir(parents=True)
    (cache_folder() / "faces-1.json").write_text(text.replace("ROOT", str(maker.folder)))
    assert families(maker.folder) == {"Alpha"}
    json.loads((cache_folder() / "faces-1.json").read_text())


def test_a_cache_that_cannot_be_written_is_done_without(maker: FontMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    maker.make("a.ttf", "Alpha")
    monkeypatch.setenv("JIANBAO_CACHE", str(maker.folder / "a.ttf"))
    assert families(maker.folder) == {"Alpha"}


def test_without_a_home_the_machine_is_searched_all_the_same(maker: FontMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    maker.make("a.ttf", "Alpha")
    for name in ("HOME", "JIANBAO_CACHE", "JIANBAO_DATA", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/nonexistent")
    monkeypatch.setattr(discover, "cache_folder", lambda: Path("/nonexistent/cache"))
    assert families(maker.folder) == {"Alpha"}


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="this platform's files have no owner's number")
def test_a_cache_of_another_user_is_not_trusted(maker: FontMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    maker.make("a.ttf", "Alpha")
    families(maker.folder)
    read: list[Path] = []
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    monkeypatch.setattr(discover, "read_faces", lambda path: read.append(path) or ())
    families(maker.folder)
    assert read


def test_an_upright_face_goes_before_an_italic_one_and_the_nearest_weight_first(maker: FontMaker) -> None:
    for weight in (300, 400, 500, 700):
        maker.make(f"{weight}.ttf", "Alpha", weight=weight)
    catalogue = discover.catalogue([maker.folder])
    for asked, got in ((400, 400), (700, 700), (600, 500), (None, None)):
        found = catalogue.find("Alpha", asked)
        assert found is not None
        assert got is None or found.weight == got
    assert catalogue.find("Alpha", 900) is None
