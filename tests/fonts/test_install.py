from __future__ import annotations

import base64
import dataclasses
import hashlib
import io
import re
import sys
import tarfile
from pathlib import Path

import pytest

from converters.errors import FontError
from converters.fonts import install as installing
from converters.fonts import places
from converters.fonts.install import Progress, install
from converters.fonts.packages import DEBIAN, NPM, PACKAGES, FontFile, Package
from converters.fonts.roles import OPEN, resolve
from converters.theme.schema import Role, Theme
from making_fonts import FETCHED, FontMaker

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in clients are shell scripts")


class Clients:
    """Stand-in clients on a PATH of their own, and the archives that they bring."""

    def __init__(self, folder: Path) -> None:
        self.programs, self.archives, self.log = folder / "bin", folder / "archives", folder / "log"
        for place in (self.programs, self.archives):
            place.mkdir()

    def program(self, name: str, script: str) -> None:
        path = self.programs / name
        path.write_text(f'#!/bin/sh\nPATH=/bin:/usr/bin\necho "{name} $*" >> {self.log}\n{script}\n')
        path.chmod(0o755)

    def debian(self) -> None:
        bring = f'for last; do :; done\ncase "$*" in *download*) cp {self.archives}/$last"_"*.deb . ;; esac'
        self.program("apt-get", bring)
        self.program("dpkg-deb", 'mkdir -p "$3" && tar xf "$2" -C "$3"')

    def npm(self) -> None:
        self.program("npm", f"cp {self.archives}/npm.tgz .")

    def archive(self, name: str, files: dict[str, bytes]) -> bytes:
        data = io.BytesIO()
        with tarfile.open(fileobj=data, mode="w:gz") as tar:
            for path, content in files.items():
                member = tarfile.TarInfo(path)
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))
        (self.archives / name).write_bytes(data.getvalue())
        return data.getvalue()

    def calls(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []


FONT = "usr/share/fonts/FandolFang-Regular.otf"


@pytest.fixture
def font(maker: FontMaker) -> bytes:
    return maker.make("FandolFang-Regular.otf", "FandolFang").read_bytes()


@pytest.fixture
def clients(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, font: bytes) -> Clients:
    found = Clients(tmp_path)
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "main_Packages").touch()
    monkeypatch.setattr(installing, "_LISTS", lists)
    monkeypatch.setenv("PATH", str(found.programs))
    monkeypatch.setattr(places, "system_fonts", lambda: ())
    found.archive("fonts-x_1%3a2.0-1_all.deb", {FONT: font, "usr/share/doc/fonts-x/copyright": b"OFL"})
    tarball = found.archive("npm.tgz", {"package/F.ttf": font, "package/LICENSE": b"OFL"})
    checked = hashlib.sha256(font).hexdigest()
    integrity = base64.b64encode(hashlib.sha512(tarball).digest()).decode()
    debian, npm = FontFile(FONT, checked, "FandolFang"), FontFile("package/F.ttf", checked, "FandolFang")
    packages = (
        Package(DEBIAN, "fonts-x", "1:2.0-1", 10, (debian,), "usr/share/doc/fonts-x/copyright"),
        Package(NPM, "@some/x", "1.0", 10, (npm,), "package/LICENSE", integrity),
    )
    monkeypatch.setattr(installing, "PACKAGES", packages)
    return found


def fetched() -> set[str]:
    return {path.name for path in places.fetched_fonts().iterdir()}


def leftovers() -> list[str]:
    folder = places.own_fonts().parent
    return [path.name for path in folder.iterdir() if path.name != "fonts"] if folder.exists() else []


def test_debian_packages_are_unpacked_into_the_data_folder(clients: Clients) -> None:
    clients.debian()
    result = install("debian")
    assert [(file.file, file.version, file.state, file.pinned) for file in result.files] == [
        ("FandolFang-Regular.otf", "1:2.0-1", "fetched", True)
    ]
    assert fetched() == {"FandolFang-Regular.otf", "LICENCE-fonts-x.txt"}
    assert leftovers() == []


def test_what_was_fetched_plays_its_role(clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    clients.debian()
    install()
    monkeypatch.setenv("JIANBAO_FONTS", "auto")
    assert resolve(Theme()).value.choice(Role.FANGSONG).origin == OPEN


def test_npm_tarballs_are_checked_and_opened(clients: Clients) -> None:
    clients.npm()
    result = install("npm")
    assert result.client == NPM
    assert fetched() == {"F.ttf", "LICENCE-x.txt"}
    assert result.lacking == "楷体", "npm has no whole 楷体, and that is said"
    assert "--ignore-scripts" in clients.calls()[0]


def test_a_second_run_fetches_nothing(clients: Clients) -> None:
    clients.debian()
    install()
    before = clients.calls()
    assert [file.state for file in install().files] == ["present"]
    assert clients.calls() == before


def test_a_face_of_the_system_is_not_fetched(
    clients: Clients, maker: FontMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients.debian()
    monkeypatch.setattr(places, "system_fonts", lambda: (maker.folder,))
    assert [file.state for file in install().files] == ["system"]
    assert clients.calls() == []


def test_a_damaged_file_in_the_data_folder_is_fetched_anew(clients: Clients, font: bytes) -> None:
    clients.debian()
    install()
    path = places.fetched_fonts() / "FandolFang-Regular.otf"
    path.write_bytes(font[:100])
    install()
    assert path.read_bytes() == font


def test_auto_takes_the_client_that_is_there(clients: Clients) -> None:
    clients.npm()
    assert install().client == NPM
    clients.debian()
    assert install().client == DEBIAN


def test_without_any_client_there_is_one_clear_error(clients: Clients) -> None:
    with pytest.raises(FontError, match="apt-get and dpkg-deb or npm are not on this machine") as caught:
        install()
    assert "put font files into" in caught.value.hint
    with pytest.raises(FontError, match="npm are not on this machine"):
        install("npm")
    with pytest.raises(FontError, match="no source brew"):
        install("brew")
    assert clients.calls() == []


def test_a_dead_network_is_one_clear_error_with_the_clients_words(clients: Clients) -> None:
    clients.debian()
    clients.program("apt-get", 'echo "E: Could not resolve the archive" >&2; exit 100')
    with pytest.raises(FontError, match="apt-get failed: E: Could not resolve the archive") as caught:
        install()
    assert "network" in caught.value.hint
    assert leftovers() == []


def test_auto_tries_npm_where_debian_fails(clients: Clients) -> None:
    clients.debian()
    clients.npm()
    clients.program("apt-get", "exit 100")
    assert install().client == NPM


def test_a_file_that_is_not_the_one_on_record_is_never_put_in_place(clients: Clients, font: bytes) -> None:
    clients.debian()
    clients.archive("fonts-x_1%3a2.0-1_all.deb", {FONT: font + b"x"})
    with pytest.raises(FontError, match="not the file on record"):
        install()
    assert fetched() == set()


def test_a_file_of_another_release_is_taken_and_said_to_be_another(clients: Clients, font: bytes) -> None:
    clients.debian()
    (clients.archives / "fonts-x_1%3a2.0-1_all.deb").unlink()
    clients.archive("fonts-x_1%3a3.0-1_all.deb", {FONT: font + b"x"})
    assert [(file.version, file.pinned) for file in install().files] == [("1:3.0-1", False)]


def test_a_tarball_that_is_not_the_one_on_record_is_never_opened(clients: Clients, font: bytes) -> None:
    clients.npm()
    clients.archive("npm.tgz", {"package/F.ttf": font, "more": b"x"})
    with pytest.raises(FontError, match="tarball"):
        install()


def test_a_package_without_its_file_is_an_error(clients: Clients) -> None:
    clients.debian()
    clients.archive("fonts-x_1%3a2.0-1_all.deb", {"usr/other": b""})
    with pytest.raises(FontError, match=re.escape("holds no FandolFang-Regular.otf")):
        install()


def test_an_optional_package_that_cannot_be_had_does_not_stop_the_others(
    clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients.debian()
    (wanted, *_) = installing.PACKAGES
    other = FontFile("usr/share/fonts/Other.ttf", "0" * 64, "Other")
    absent = dataclasses.replace(wanted, files=(other,), optional=True)
    monkeypatch.setattr(installing, "PACKAGES", (absent, wanted))
    assert [file.family for file in install("debian").files] == ["FandolFang"]
    broken = dataclasses.replace(wanted, files=(dataclasses.replace(wanted.files[0], sha256="0" * 64),), optional=True)
    monkeypatch.setattr(installing, "PACKAGES", (broken,))
    places.fetched_fonts().joinpath("FandolFang-Regular.otf").unlink()
    result = install("debian")
    assert result.files == () and result.lacking == "fonts-x"
    assert "FandolFang-Regular.otf" not in fetched()


def test_without_package_lists_apt_gets_some_of_its_own(clients: Clients) -> None:
    clients.debian()
    (installing._LISTS / "main_Packages").unlink()
    install()
    update, download = [call for call in clients.calls() if call.startswith("apt-get")]
    assert update.endswith("update")
    assert "Dir::State=" in update
    assert "Dir::State=" in download


def test_lists_older_than_the_archive_are_fetched_anew(clients: Clients) -> None:
    clients.debian()
    stale = f'case "$*" in *update*) ;; *Dir::State=*) cp {clients.archives}/fonts-x_*.deb . ;; *) exit 100 ;; esac'
    clients.program("apt-get", stale)
    assert [file.state for file in install().files] == ["fetched"]


def test_a_data_folder_that_cannot_be_written_is_one_clear_error(
    clients: Clients, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clients.debian()
    (tmp_path / "taken").write_text("a file")
    monkeypatch.setenv("JIANBAO_DATA", str(tmp_path / "taken"))
    with pytest.raises(FontError, match="cannot be written"):
        install()


def test_progress_is_told_from_the_download_to_the_end(clients: Clients) -> None:
    clients.debian()
    told: list[Progress] = []
    install(report=told.append)
    steps = list(dict.fromkeys(progress.step for progress in told))
    assert steps == ["download", "unpack", "done"]
    assert all((progress.number, progress.total) == (1, 1) for progress in told)


def test_every_pinned_file_has_a_whole_check_sum() -> None:
    for package in PACKAGES:
        assert all(re.fullmatch("[0-9a-f]{64}", file.sha256) for file in package.files)
        assert (len(base64.b64decode(package.integrity)) == 64) is (package.client == NPM)
        assert package.size > 300_000


@pytest.mark.network
@pytest.mark.slow
@pytest.mark.parametrize("source", [DEBIAN, NPM])
def test_the_real_clients_bring_every_pinned_face(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "system_fonts", lambda: ())
    result = install(source)
    assert {file.state for file in result.files} == {"fetched"}
    assert all(file.pinned for file in result.files) or source == DEBIAN
    monkeypatch.setenv("JIANBAO_FONTS", "auto")
    assert resolve(Theme()).value.choice(Role.XIAOBIAOSONG).origin == OPEN


def test_the_faces_that_were_fetched_on_this_machine_are_those_that_are_pinned() -> None:
    known = {file.name: file.sha256 for package in PACKAGES for file in package.files}
    found = {name: FETCHED / name for name in known if (FETCHED / name).is_file()}
    if not found:
        pytest.skip("run `jianbao fonts install`")
    for name, path in found.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == known[name], f"{name} is another than the pinned one"
