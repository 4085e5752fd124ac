"""Where a batch finds its sources and puts its editions: a folder, or any place that fsspec has an URL for.

A name on a shelf is a path below its root, parts parted by "/". A file is there whole or not at all: a folder gets
it by a rename, an object store by one upload.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from converters.errors import ExportError, InputError, StyleError
from converters.files import READ_LIMIT, Disk

SUFFIX_OF_UNFINISHED = ".tmp"


class Shelf(Protocol):
    """Files below one root."""

    address: str

    def names(self, below: str = "") -> Iterator[str]:
        """Every file, in the order of the names; hidden folders are passed over unless `below` names one."""

    def read(self, name: str, limit: int = READ_LIMIT) -> bytes:
        """The bytes of a file. Raises InputError."""

    def write(self, name: str, data: bytes) -> None:
        """Put a whole file in place of an old one, its folder made where it is missing. Raises ExportError."""

    def remove(self, name: str) -> None:
        """Take a file away; nothing happens where there is none."""

    def outside(self, name: str, folders: tuple[str, ...]) -> bool:
        """True where a file lies in none of these folders of the shelf."""

    def settle(self) -> None:
        """Come back when all that was written will outlast a power cut."""


def shelf(address: str) -> Shelf:
    """The shelf at a folder's path or an URL (s3://…, gs://…, file://…). Raises StyleError."""
    return RemoteShelf(address) if is_url(address) else FolderShelf(address)


def is_url(address: str) -> bool:
    """Is this an address for fsspec? A single letter before the colon is a drive, not a protocol."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", address) is not None


def plain(address: str) -> str:
    """The path of a folder whose URL says no more than that; any other address as it is."""
    return address.removeprefix("file://") if address.startswith("file:///") and os.name == "posix" else address


def digest(data: bytes) -> str:
    """The name that content has in reports: SHA-256, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def content(place: Shelf, name: str) -> str:
    """The digest of a file on a shelf, "" where there is none."""
    try:
        return digest(place.read(name))
    except InputError:
        return ""


class FolderShelf:
    """A folder of this machine, or one that several machines share."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._root = Path(address)
        # What is lost in a power cut is made again: the report has the digest of every edition. Waiting for the disk
        # after each file would cost a third of the time; `settle` waits once.
        self._disk = Disk(durable=False)
        self._made: set[str] = set()

    def names(self, below: str = "") -> Iterator[str]:
        """See Shelf.names."""
        if not below and not self._root.is_dir():
            raise InputError("there is no such folder", where=self.address, hint="check the path")
        for folder, folders, files in os.walk(self._root / below):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            inside = Path(folder).relative_to(self._root)
            for name in sorted(files):
                yield (inside / name).as_posix()

    def read(self, name: str, limit: int = READ_LIMIT) -> bytes:
        """See Shelf.read."""
        return self._disk.read(str(self._root / name), limit)

    def write(self, name: str, data: bytes) -> None:
        """See Shelf.write."""
        folder = posixpath.dirname(name)
        if folder not in self._made:
            self._disk.make_folder(str(self._root / folder))
            self._made.add(folder)
        self._disk.write(str(self._root / name), data)

    def remove(self, name: str) -> None:
        """See Shelf.remove."""
        (self._root / name).unlink(missing_ok=True)

    def outside(self, name: str, folders: tuple[str, ...]) -> bool:
        """See Shelf.outside."""
        return self._disk.outside(str(self._root / name), tuple(str(self._root / folder) for folder in folders))

    def settle(self) -> None:
        """See Shelf.settle."""
        if hasattr(os, "sync"):
            os.sync()

    def clear_unfinished(self, names: Iterable[str]) -> None:
        """Take away what was begun of these files, at which nobody is any more, and what the dead began beside them."""
        folders: dict[str, list[str]] = defaultdict(list)
        for name in names:
            folders[posixpath.dirname(name)].append(posixpath.basename(name))
        for folder, begun in folders.items():
            self._disk.clear_unfinished(str(self._root / folder), begun, others=True)


class RemoteShelf:
    """A place that fsspec knows; the packages that it needs come with the extra `cluster`."""

    def __init__(self, address: str) -> None:
        self.address = address
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            raise StyleError(
                "{address} needs the package fsspec", address=address, hint='run pip install "jianbao[cluster]"'
            ) from None
        try:
            self._files, self._root = url_to_fs(address)
        except (ImportError, ValueError, OSError) as trouble:
            raise StyleError(
                "there is no way to {address}: {reason}", address=address, reason=_reason(trouble),
                hint="install the package for this protocol, or name a folder",
            ) from None  # fmt: skip

    def names(self, below: str = "") -> Iterator[str]:
        """See Shelf.names."""
        try:
            found: list[str] = self._files.find(self._path(below))
        except OSError as trouble:
            raise _unreadable(self.address, trouble) from None
        root = self._path("").rstrip("/") + "/"
        for path in sorted(found):
            name = path.removeprefix(root) if path.startswith(root) else path.lstrip("/")
            folders = PurePosixPath(name).relative_to(below or ".").parts[:-1]
            if not any(part.startswith(".") for part in folders):
                yield name

    def read(self, name: str, limit: int = READ_LIMIT) -> bytes:
        """See Shelf.read."""
        path = self._path(name)
        try:
            if self._files.size(path) > limit:
                raise InputError(
                    "it is larger than {limit} MB", where=name, limit=limit // (1024 * 1024),
                    hint="divide it into several files",
                )  # fmt: skip
            data: bytes = self._files.cat_file(path)
        except OSError as trouble:
            raise _unreadable(name, trouble) from None
        return data

    def write(self, name: str, data: bytes) -> None:
        """See Shelf.write."""
        path = self._path(name)
        unfinished = f"{posixpath.dirname(path)}/.{posixpath.basename(path)[:60]}.{os.getpid()}{SUFFIX_OF_UNFINISHED}"
        try:
            if self._uploads_whole():
                self._files.pipe_file(path, data)
                return
            self._files.makedirs(posixpath.dirname(path), exist_ok=True)
            self._files.pipe_file(unfinished, data)
            self._files.mv(unfinished, path)
        except OSError as trouble:
            raise ExportError(
                "it cannot be written: {reason}", where=f"{self.address}/{name}", reason=_reason(trouble)
            ) from None

    def remove(self, name: str) -> None:
        """See Shelf.remove."""
        with contextlib.suppress(FileNotFoundError):
            self._files.rm_file(self._path(name))

    def outside(self, name: str, folders: tuple[str, ...]) -> bool:
        """See Shelf.outside. There are no links here: the name alone decides."""
        path = posixpath.normpath(name)
        if path.startswith(("../", "/")) or path == "..":
            return True
        return not any(
            (inside := posixpath.normpath(folder or ".")) == "." or path == inside or path.startswith(f"{inside}/")
            for folder in folders
        )

    def settle(self) -> None:
        """See Shelf.settle. What was uploaded is safe already."""

    def _path(self, name: str) -> str:
        root: str = self._root.rstrip("/")
        return f"{root}/{name}" if name else self._root

    def _uploads_whole(self) -> bool:
        """Is a file of an object store seen only when all of it is there? A folder has to rename."""
        protocols: Any = self._files.protocol
        return "file" not in ((protocols,) if isinstance(protocols, str) else protocols)


def _unreadable(name: str, trouble: Exception) -> InputError:
    if isinstance(trouble, FileNotFoundError):
        return InputError("there is no such file", where=name, hint="check the path")
    return InputError("it cannot be read: {reason}", where=name, reason=_reason(trouble))


def _reason(trouble: Exception) -> str:
    return getattr(trouble, "strerror", None) or " ".join(str(trouble).split()) or type(trouble).__name__
