"""What a build may use again: made once, kept in a folder under the digest of all that it was made of.

Several processes may use one folder at a time. An entry is written beside its place and renamed; it is believed only
when its own digest is right; and when the folder grows over its bound, what was not used for longest goes.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from pathlib import Path

from .errors import ExportError, InputError
from .files import Disk

LIMIT_MB = 512
"""A year's bulletins leave about 200 MB of pages and subsets."""

_ENTRIES_BETWEEN_LOOKS = 64
"""So many new entries before this process looks again how large the folder is …"""

_SHARE_BETWEEN_LOOKS = 1 / 64
"""… or so large a share of the bound: other processes fill it too meanwhile."""

_ROOM_LEFT = 0.8
"""Share of the bound to which a folder is cut back, so that it is not looked through for each new entry."""

_DIGEST_BYTES = 32


class Cache:
    """A folder of entries, bounded to `limit` bytes."""

    def __init__(self, folder: str, limit: int = LIMIT_MB * 1024 * 1024) -> None:
        self._folder = Path(folder)
        self._limit = limit
        # An entry that a power cut took is made again.
        self._disk = Disk(durable=False)
        self._new = 0
        self._room = 0.0

    def get(self, key: str) -> bytes | None:
        """What is kept under a key, None where that is nothing or damaged."""
        path = self._path(key)
        try:
            data = self._disk.read(str(path))
        except InputError:
            return None
        if hashlib.sha256(data[_DIGEST_BYTES:]).digest() != data[:_DIGEST_BYTES]:
            self._remove(path)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return data[_DIGEST_BYTES:]

    def put(self, key: str, data: bytes) -> None:
        """Keep something. A folder that cannot be written to, or a full disk, keeps nothing."""
        path = self._path(key)
        with contextlib.suppress(ExportError):
            self._disk.make_folder(str(path.parent))
            self._disk.write(str(path), hashlib.sha256(data).digest() + data)
        self._room -= len(data)
        if self._new % _ENTRIES_BETWEEN_LOOKS == 0 or self._room < 0:
            self._cut_back()
            self._new, self._room = 0, self._limit * _SHARE_BETWEEN_LOOKS
        self._new += 1

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key

    def _cut_back(self) -> None:
        """Let go of what was not used for longest."""
        entries = []
        for path in self._folder.glob("??/*"):
            with contextlib.suppress(OSError):
                state = path.stat()
                entries.append((state.st_mtime_ns, state.st_size, path))
        size = sum(entry[1] for entry in entries)
        if size <= self._limit:
            return
        for _, length, path in sorted(entries):
            if size <= self._limit * _ROOM_LEFT:
                return
            self._remove(path)
            size -= length

    def _remove(self, path: Path) -> None:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def key_of(parts: Iterable[bytes]) -> str:
    """The key of what is made of these parts; ("a", "bc") is another than ("ab", "c")."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


_current: ContextVar[Cache | None] = ContextVar("cache", default=None)


def current() -> Cache | None:
    """The cache of the build that is going on, None where it has none."""
    return _current.get()


@functools.lru_cache(maxsize=4)
def _opened(folder: str) -> Cache:
    """One for all builds of a process: a new one would look through the whole folder again."""
    return Cache(folder)


@contextlib.contextmanager
def using(folder: str) -> Iterator[None]:
    """Use a cache in this folder for all that is built meanwhile; "" for none."""
    token = _current.set(_opened(folder) if folder else None)
    try:
        yield
    finally:
        _current.reset(token)
