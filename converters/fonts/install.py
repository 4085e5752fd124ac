"""`jianbao fonts install`: the open faces, fetched with the machine's own clients, without root.

`debian` downloads packages with apt-get and unpacks them with dpkg-deb; `npm` packs tarballs with npm. Nothing is
installed on the system: only the font files that are needed go into the data folder, each whole or not at all.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from converters.errors import ExportError, FontError
from converters.files import DISK, data_folder
from converters.records import dataclass

from . import discover, places
from .packages import DEBIAN, LACKING, NPM, PACKAGES, FontFile, Package

_LISTS = Path("/var/lib/apt/lists")
_DPKG_STATUS = Path("/var/lib/dpkg/status")
# No client may wait for a dead network for ever; a slow line takes its time, so there is no limit in all.
_APT_PATIENCE = ("-o", "Acquire::http::Timeout=30", "-o", "Acquire::https::Timeout=30", "-o", "Acquire::Retries=2")
_NPM_PATIENCE = ("--fetch-timeout=60000", "--fetch-retries=2")
_LICENCE_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the work is: package `number` of `total`, `received` of about `size` bytes; `step` is a word for people."""

    step: str
    package: str
    number: int
    total: int
    received: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A font file and what became of it: "fetched", "present" in the data folder, or "system" (on the machine).

    `pinned` is False for a file whose check sum is not the one on record, from another release than that.
    """

    file: str
    family: str
    package: str
    version: str
    state: str
    pinned: bool = True


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation did: the client used, each file, and the styles that it cannot give ("" for none)."""

    client: str
    files: tuple[Fetched, ...]
    lacking: str = ""


Report = Callable[[Progress], None]


def install(source: str = "auto", *, rare: bool = False, report: Report | None = None) -> Installed:
    """Fetch the open faces into the data folder; what is there, or on the system, is not fetched again.

    `source` is auto, debian or npm; auto takes what the machine has, Debian's packages first. `rare` adds faces
    for rare characters. Raises FontError where there is no client, no network or a file is not what it should be.
    """
    clients = {DEBIAN: _has_debian, NPM: _has_npm}
    if source != "auto" and source not in clients:
        raise FontError("there is no source {source}", source=source, hint="write auto, debian or npm")
    asked = [DEBIAN, NPM] if source == "auto" else [source]
    usable = [client for client in asked if clients[client]()]
    if not usable:
        needed = {DEBIAN: "apt-get and dpkg-deb", NPM: "npm"}
        raise FontError(
            "{clients} are not on this machine", clients=" or ".join(needed[client] for client in asked),
            hint=f"install one of them, or put font files into {places.own_fonts()}",
        )  # fmt: skip
    troubles: list[FontError] = []
    for client in usable:
        try:
            return _install(client, rare, report or _silent)
        except FontError as trouble:
            troubles.append(trouble)
    if len(troubles) == 1:
        raise troubles[0]
    raise FontError(
        "no client could fetch the faces: {reasons}", reasons="; ".join(trouble.message for trouble in troubles),
        hint=troubles[0].hint,
    )  # fmt: skip


def _silent(_: Progress) -> None:
    """Say nothing."""


def _has_debian() -> bool:
    return bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))


def _has_npm() -> bool:
    return bool(shutil.which("npm"))


def _install(client: str, rare: bool, report: Report) -> Installed:
    wanted = [package for package in PACKAGES if package.client == client and (rare or not package.rare)]
    folder = places.fetched_fonts()
    machine = discover.catalogue(places.system_fonts())
    done: list[Fetched] = []
    missing: list[Package] = []
    failed: list[Package] = []
    for package in wanted:
        states = [_state(file, folder, machine) for file in package.files]
        if all(states):
            done += [_fetched(file, package, state) for file, state in zip(package.files, states, strict=True)]
        else:
            missing.append(package)
    if missing:
        try:
            DISK.make_folder(str(folder))
            work = tempfile.TemporaryDirectory(prefix=".install-", dir=data_folder())
        except (ExportError, OSError) as error:
            hint = "free the folder, or name another with JIANBAO_DATA"
            raise FontError("the data folder cannot be written", where=str(folder), hint=hint) from error
        with work as name:
            fetch = _Debian(Path(name)) if client == DEBIAN else _Npm(Path(name))
            for number, package in enumerate(missing, 1):
                try:
                    done += _fetch(fetch, package, folder, _counting(report, package, number, len(missing)))
                except FontError:
                    if not package.optional:
                        raise
                    failed.append(package)
    here = discover.catalogue([folder])
    lacking = [style for style, family in LACKING[client] if not (machine.find(family) or here.find(family))]
    lacking += [package.name for package in failed]
    if rare and not any(package.rare for package in wanted):
        lacking.append("生僻字")
    return Installed(client, tuple(done), "、".join(lacking))


def _state(file: FontFile, folder: Path, machine: discover.Catalogue) -> str:
    """Where a font file is already: "present", "system", or "" where it is not."""
    path = folder / file.name
    if path.is_file() and any(face.family == file.family for face in discover.read_faces(path)):
        return "present"
    return "system" if machine.find(file.family, file.weight) else ""


def _fetched(file: FontFile, package: Package, state: str) -> Fetched:
    return Fetched(file.name, file.family, package.name, package.version, state)


def _counting(report: Report, package: Package, number: int, total: int) -> Callable[[str, int], None]:
    def tell(step: str, received: int) -> None:
        report(Progress(step, package.name, number, total, received, package.size))

    return tell


def _fetch(fetch: _Debian | _Npm, package: Package, folder: Path, tell: Callable[[str, int], None]) -> list[Fetched]:
    """Download a package and put its font files, checked, into the folder."""
    tell("download", 0)
    version, read = fetch.open(package, tell)
    tell("unpack", package.size)
    done = []
    for file in package.files:
        data = read(file.path)
        if data is None and package.optional:
            continue
        if data is None:
            raise FontError(
                "{package} {version} holds no {file}", package=package.name, version=version, file=file.name,
                hint="try another source with --from",
            )  # fmt: skip
        pinned = hashlib.sha256(data).hexdigest() == file.sha256
        if not pinned and version == package.version:
            raise FontError(
                "{file} of {package} {version} is not the file on record", file=file.name, package=package.name,
                version=version, hint="run it again; if this comes back, the download is not to be trusted",
            )  # fmt: skip
        try:
            DISK.write(str(folder / file.name), data)
        except ExportError as error:
            hint = "make room, or name another folder with JIANBAO_DATA"
            raise FontError("{file} cannot be written: {reason}", where=str(folder), file=file.name,
                            reason=error.message, hint=hint) from error  # fmt: skip
        done.append(Fetched(file.name, file.family, package.name, version, "fetched", pinned))
    licence = read(package.licence)
    if licence and len(licence) <= _LICENCE_LIMIT:
        DISK.write(str(folder / f"LICENCE-{package.name.rpartition('/')[2]}.txt"), licence)
    tell("done", package.size)
    return done


class _Debian:
    """apt-get download and dpkg-deb, with package lists of our own where the machine has none."""

    def __init__(self, work: Path) -> None:
        self._work = work
        self._options: tuple[str, ...] = _APT_PATIENCE
        self._own_lists = False
        if not any(_LISTS.glob("*_Packages*")):
            self._use_own_lists()

    def _use_own_lists(self) -> None:
        self._own_lists = True
        state, cache = self._work / "state", self._work / "cache"
        (state / "lists/partial").mkdir(parents=True)
        (cache / "archives/partial").mkdir(parents=True)
        self._options += ("-o", f"Dir::State={state}", "-o", f"Dir::Cache={cache}", "-o", "APT::Sandbox::User=")
        self._options += ("-o", f"Dir::State::status={_DPKG_STATUS}", "-o", "Debug::NoLocking=1")
        _run(["apt-get", "-q", *self._options, "update"], self._work)

    def open(self, package: Package, tell: Callable[[str, int], None]) -> tuple[str, Callable[[str], bytes | None]]:
        """The version that the archive has, and a function that reads a file of the package."""
        folder = Path(tempfile.mkdtemp(dir=self._work))
        try:
            _run(["apt-get", "-q", *self._options, "download", package.name], folder, tell)
        except FontError:
            if self._own_lists:
                raise
            self._use_own_lists()  # the machine's lists may be older than the archive
            _run(["apt-get", "-q", *self._options, "download", package.name], folder, tell)
        archives = sorted(folder.glob("*.deb"))
        if not archives:
            raise FontError("apt-get brought no {package}", package=package.name, hint="try --from npm")
        _run(["dpkg-deb", "-x", str(archives[0]), str(folder / "files")], folder)
        version = archives[0].name.split("_")[1].replace("%3a", ":")
        archives[0].unlink()
        return version, _reader(folder / "files")


def _reader(root: Path) -> Callable[[str], bytes | None]:
    def read(name: str) -> bytes | None:
        path = root / name
        # A link inside a package must not lead out of it.
        inside = path.is_file() and Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))
        return path.read_bytes() if inside else None

    return read


class _Npm:
    """npm pack: a tarball, its own check sum compared before it is opened; no script of it is run."""

    def __init__(self, work: Path) -> None:
        self._work = work

    def open(self, package: Package, tell: Callable[[str, int], None]) -> tuple[str, Callable[[str], bytes | None]]:
        """The version, and a function that reads a file of the tarball."""
        folder = Path(tempfile.mkdtemp(dir=self._work))
        npm = shutil.which("npm") or "npm"
        cache = f"--cache={self._work / 'npm'}"
        spec = f"{package.name}@{package.version}"
        _run([npm, "pack", "--ignore-scripts", "--silent", cache, *_NPM_PATIENCE, spec], folder, tell)
        archives = sorted(folder.glob("*.tgz"))
        if not archives:
            raise FontError("npm brought no {package}", package=package.name, hint="try --from debian")
        data = archives[0].read_bytes()
        if base64.b64encode(hashlib.sha512(data).digest()).decode() != package.integrity:
            raise FontError(
                "the tarball of {package} is not the one on record", package=spec,
                hint="run it again; if this comes back, the download is not to be trusted",
            )  # fmt: skip
        found: dict[str, bytes] = {}
        with tarfile.open(archives[0]) as tar:
            for name in (*(file.path for file in package.files), package.licence):
                try:
                    member = tar.extractfile(name)
                except KeyError:
                    continue
                if member:
                    found[name] = member.read()
        return package.version, found.get


def _run(command: Sequence[str], folder: Path, tell: Callable[[str, int], None] | None = None) -> None:
    """Run a client in a folder and tell how much it has brought. Raises FontError with its own last words."""
    environment = {**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}
    log = folder / "client.log"
    try:
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
            try:
                while process.poll() is None:
                    time.sleep(0.05)
                    if tell:
                        tell("download", sum(path.stat().st_size for path in _growing(folder)))
            finally:
                if process.poll() is None:  # the user broke off
                    process.kill()
                    process.wait()
    except OSError as error:
        raise FontError("{client} cannot be run: {reason}", client=command[0], reason=str(error)) from error
    if process.returncode:
        words = [line.strip() for line in log.read_text("utf-8", "replace").splitlines() if line.strip()]
        errors = [line for line in words if line.startswith(("E:", "npm error", "npm ERR!"))] or words
        raise FontError(
            "{client} failed: {reason}", client=Path(command[0]).name,
            reason=" ".join(errors[-3:])[:400] or f"exit {process.returncode}",
            hint="see whether the network is there, then run it again",
        )  # fmt: skip
    log.unlink()


def _growing(folder: Path) -> list[Path]:
    found = []
    for path in folder.glob("*"):
        try:
            if path.is_file() and path.name != "client.log":
                found.append(path)
        except OSError:
            continue
    return found
