"""Nothing is half written, nothing that must not be replaced is replaced, and every refusal says why."""

from __future__ import annotations

import datetime
import os
import stat
from pathlib import Path

import pytest

from converters.errors import ExportError, InputError, StyleError
from converters.files import DISK, Disk, Memory, Recorder, build_date, cache_folder, data_folder

needs_posix = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX system")


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        DISK.read(str(tmp_path / "none.md"))


def test_a_folder_is_no_source(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="it is a folder"):
        DISK.read(str(tmp_path))


def test_a_file_above_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.md"
    path.write_bytes(b"x" * 2_000_001)
    with pytest.raises(InputError, match="larger than 1 MB"):
        DISK.read(str(path), 1_100_000)
    assert len(DISK.read(str(path), 2_000_001)) == 2_000_001


@needs_posix
def test_a_pipe_that_nobody_writes_to_does_not_hold_the_program(tmp_path: Path) -> None:
    path = tmp_path / "pipe.md"
    os.mkfifo(path)
    with pytest.raises(InputError, match="pipe or a device"):
        DISK.read(str(path))


def test_a_name_with_a_zero_in_it_is_no_path() -> None:
    with pytest.raises(InputError, match="no path"):
        DISK.read("a\0b.md")
    with pytest.raises(ExportError, match="no path"):
        DISK.write("a\0b.md", b"")


@needs_posix
def test_a_file_without_permission_is_refused(users_folder: Path) -> None:
    path = users_folder / "secret.md"
    path.write_bytes(b"x")
    path.chmod(0)
    with pytest.raises(InputError, match="may not be read"):
        DISK.read(str(path))


def test_writing_replaces_the_whole_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    DISK.write(str(path), b"old")
    DISK.write(str(path), b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@needs_posix
def test_the_permissions_of_the_old_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")
    path.chmod(0o640)
    DISK.write(str(path), b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@needs_posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.pdf", tmp_path / "link.pdf"
    target.write_bytes(b"old")
    link.symlink_to(target)
    DISK.write(str(link), b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_an_input_is_never_replaced_whatever_it_is_called(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_bytes(b"text")
    for name in (str(source), str(tmp_path / "." / "a.md")):
        with pytest.raises(ExportError, match="source itself"):
            DISK.write(name, b"new", (str(source),))
    assert source.read_bytes() == b"text"


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="it is a folder"):
        DISK.write(str(tmp_path), b"new")


@needs_posix
def test_a_device_is_not_replaced() -> None:
    with pytest.raises(ExportError, match="no regular file"):
        DISK.write("/dev/null", b"new")


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="folder is missing"):
        DISK.write(str(tmp_path / "none" / "a.pdf"), b"new")


def test_a_file_where_a_folder_is_needed_is_said(tmp_path: Path) -> None:
    path = tmp_path / "editions"
    path.write_bytes(b"")
    with pytest.raises(ExportError, match="where a folder is needed"):
        DISK.make_folder(str(path))
    with pytest.raises(ExportError, match="where a folder is needed"):
        DISK.write(str(path / "a.pdf"), b"")


@needs_posix
def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="disk is full"):
        DISK.write(str(path), b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_memory_refuses_what_the_disk_refuses() -> None:
    files = Memory({"a.md": b"text"}, room=5)
    assert files.read("./a.md") == b"text"
    files.write("b.pdf", b"12345")
    with pytest.raises(ExportError, match="disk is full"):
        files.write("b.pdf", b"1")
    assert files.contents["b.pdf"] == b"12345"
    with pytest.raises(ExportError, match="source itself"):
        files.write("a.md", b"", ("a.md",))
    with pytest.raises(InputError, match="no such file"):
        files.read("c.md")
    files.make_folder("out")
    with pytest.raises(InputError, match="it is a folder"):
        files.read("out")


@needs_posix
def test_outside_is_seen_through_links_and_dots(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "secret.png").write_bytes(b"")
    (inside / "link.png").symlink_to(tmp_path / "secret.png")
    folder = str(inside)
    for disk in (DISK, Memory()):
        assert disk.outside(f"{folder}/../secret.png", (folder,))
        assert disk.outside("/etc/passwd", (folder,))
        assert not disk.outside(f"{folder}/a/../b.png", (folder,))
        assert not disk.outside(f"{folder}/../secret.png", (folder, str(tmp_path)))
    assert DISK.outside(f"{folder}/link.png", (folder,))


def test_a_recorder_knows_what_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"1")
    files = Recorder()
    before = files.stamp(str(path))
    files.read(str(path))
    with pytest.raises(InputError):
        files.read(str(tmp_path / "none.png"))
    assert files.names == {str(path), str(tmp_path / "none.png")}
    path.write_bytes(b"22")
    assert files.stamp(str(path)) != before
    assert files.stamp(str(tmp_path / "none.png")) == ()


def test_the_date_is_the_environments_then_the_documents_then_none() -> None:
    day = datetime.date(2026, 3, 27)
    assert build_date(Memory(variables={"SOURCE_DATE_EPOCH": "86400"}), day) == datetime.datetime(
        1970, 1, 2, tzinfo=datetime.UTC
    )
    assert build_date(Memory(), day) == datetime.datetime(2026, 3, 27, tzinfo=datetime.UTC)
    assert build_date(Memory(), None) is None


@pytest.mark.parametrize("value", ["tomorrow", "-1", "1e9", "９", "9" * 30])
def test_a_wrong_date_from_the_environment_is_said(value: str) -> None:
    with pytest.raises(StyleError, match="SOURCE_DATE_EPOCH") as caught:
        build_date(Memory(variables={"SOURCE_DATE_EPOCH": value}), None)
    assert caught.value.exit_code == 2


def test_folders_follow_the_environment() -> None:
    assert data_folder(Memory(variables={"JIANBAO_DATA": "/own"})) == Path("/own")
    assert data_folder(Memory(variables={"XDG_DATA_HOME": "/data"})) == Path("/data/jianbao")
    assert cache_folder(Memory(variables={"XDG_CACHE_HOME": "relative", "HOME": "/home/a"})) == Path(
        "/home/a/.cache/jianbao"
    )


def test_a_folder_is_found_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", no_home)
    assert data_folder(Memory()).name.startswith("jianbao-")


def test_the_clock_runs() -> None:
    disk = Disk()
    before = disk.seconds()
    disk.wait(0.001)
    assert disk.seconds() > before
    memory = Memory()
    memory.wait(5)
    assert memory.seconds() == 5
