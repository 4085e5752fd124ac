"""The faces in the machine's font folders, by name; remembered in the cache folder from one run to the next.

A record is good as long as its folders' and file's times and sizes are; a cache that is broken, foreign or not
writable is as good as none. Several processes may write it at once: each puts a whole file in place.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from converters.files import cache_folder
from converters.records import dataclass

from . import tables

_CACHE_NAME, _CACHE_VERSION = "faces-1.json", 1
_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
_HEAD = 12 + 4 * tables.MAX_FACES
_MOST_KEPT = 16
"""So many catalogues are kept in memory."""


@dataclass(frozen=True, slots=True)
class Found:
    """A face on disk: its normalised names, and what choosing needs. `family` is for people to read.

    `time` is the file's time of change when it was read, in nanoseconds.
    """

    path: Path
    index: int
    family: str
    chinese: str
    families: tuple[str, ...]
    full: tuple[str, ...]
    weight: int
    italic: bool
    variable: bool
    fs_type: int
    time: int = 0

    def now(self) -> Found | None:
        """This face as it is on disk now: None where the file is gone or holds another face in its place."""
        time = _time(str(self.path))
        if time == self.time:
            return self
        fresh = next((face for face in read_faces(self.path) if face.index == self.index), None) if time else None
        return fresh if fresh and (fresh.families, fresh.full) == (self.families, self.full) else None

    @property
    def may_embed(self) -> bool:
        """May a subset stand in a document that is read or printed?"""
        return tables.Rights(self.fs_type).may_embed


def normalise(name: str) -> str:
    """A face's name as it is compared: without case, spaces, hyphens and underscores."""
    return name.casefold().translate(_DROPPED)


_DROPPED = dict.fromkeys(map(ord, " -_\u00a0\u3000"))


class Catalogue:
    """Faces by normalised name, in the order of their folders."""

    def __init__(self, faces: Iterable[Found]) -> None:
        self.faces = tuple(faces)
        self._by_family: dict[str, list[Found]] = {}
        self._by_full: dict[str, list[Found]] = {}
        self._found: dict[tuple[str, int | None], Found | None] = {}
        for face in self.faces:
            for name in face.families:
                self._by_family.setdefault(name, []).append(face)
            for name in face.full:
                self._by_full.setdefault(name, []).append(face)

    def find(self, name: str, weight: int | None = None) -> Found | None:
        """The face of this full, PostScript or family name; of a family the upright one nearest to `weight`.

        A family without a weight within 150 of what is asked for does not match; None: any weight, Regular first.
        """
        asked = (name, weight)
        if asked not in self._found:
            self._found[asked] = self._find(normalise(name), weight)
        return self._found[asked]

    def _find(self, key: str, weight: int | None) -> Found | None:
        if weight is None and key in self._by_full:
            return min(self._by_full[key], key=lambda face: face.italic)
        wanted = weight or 400
        fitting = [
            face
            for face in self._by_family.get(key, ())
            if weight is None or face.variable or abs(face.weight - wanted) <= 150
        ]
        return min(
            fitting, key=lambda face: (face.italic, not face.variable and abs(face.weight - wanted)), default=None
        )


def read_faces(path: Path) -> tuple[Found, ...]:
    """The faces of one font file; () for a file that is no font, is broken or cannot be read."""
    try:
        with path.open("rb") as file:

            def read(offset: int, length: int) -> bytes:
                file.seek(offset)
                return file.read(length)

            return tuple(_read_faces(path, read))
    except (OSError, ValueError, OverflowError):
        return ()


def _read_faces(path: Path, read: Any) -> Iterator[Found]:
    time = _time(str(path))
    for index, offset in enumerate(tables.face_offsets(read(0, _HEAD))):
        directory = tables.read_directory(read, offset)
        if "name" not in directory or "cmap" not in directory:
            continue
        names = tables.parse_names(read(*directory["name"]))
        rights = tables.parse_rights(read(*directory["OS/2"]) if "OS/2" in directory else b"")
        # FandolSong-Bold and a few others call themselves Bold and give the weight of a Regular.
        weight = max(rights.weight, 700) if "bold" in names.full_name.casefold() else rights.weight
        weight = 600 if "semibold" in normalise(names.full_name) else weight
        yield Found(
            path, index, names.family, names.chinese,
            tuple(dict.fromkeys(map(normalise, names.families))), tuple(dict.fromkeys(map(normalise, names.full))),
            weight, rights.italic, "fvar" in directory, rights.fs_type, time,
        )  # fmt: skip


def forget() -> None:
    """Ask the cache file and the folders anew, as another process would."""
    _made.clear()
    _read.clear()


def catalogue(roots: Iterable[Path], skip: Iterable[Path] = (), memory: Memory | None = None) -> Catalogue:
    """The faces below these folders (files are welcome too), leaving out those below `skip`.

    One `memory` may serve several calls, so that the cache is read once. While the folders are as they were, the
    catalogue is the one that was made before: the bulletins of a batch ask for it one after the other.
    """
    cache = memory or Memory()
    wanted = tuple(dict.fromkeys(map(str, roots)))
    left_out = frozenset(map(str, skip))
    records = [cache.record(root) for root in wanted]
    known = _made.get((wanted, left_out))
    if known is not None and all(before is now for before, now in zip(known[0], records, strict=True)):
        return known[1]
    made = Catalogue(face for root in wanted for face in cache.faces(root, left_out))
    cache.save()
    if len(_made) >= _MOST_KEPT:
        _made.clear()
    _made[wanted, left_out] = [cache.record(root) for root in wanted], made
    return made


_made: dict[tuple[tuple[str, ...], frozenset[str]], tuple[list[Any], Catalogue]] = {}


@functools.lru_cache(maxsize=_MOST_KEPT)
def joined(first: Catalogue, second: Catalogue) -> Catalogue:
    """The faces of one catalogue, then those of another."""
    return Catalogue((*first.faces, *second.faces))


class Memory:
    """What earlier runs found: root -> folders with their times, files with time, size and faces."""

    def __init__(self) -> None:
        self._path = cache_folder() / _CACHE_NAME
        self._changed = False
        stamp = _stamp(self._path)
        if self._path not in _read or _read[self._path][0] != stamp:
            _read[self._path] = stamp, _stored(self._path) if stamp else {}
        self._roots = _read[self._path][1]

    def record(self, root: str) -> Any:
        """What lies below a root: the same object for as long as its folders are as they were."""
        record = self._roots.get(root)
        try:
            if record is None or any(_time(folder) != time for folder, time in record["folders"]):
                record = self._scan(root, record)
        except (TypeError, KeyError, ValueError):  # a foreign or damaged cache
            record = self._scan(root, None)
        return record

    def faces(self, root: str, left_out: Collection[str]) -> list[Found]:
        """Faces below a root, from the cache where its folders are as they were."""
        try:
            return _faces(self.record(root), left_out)
        except (TypeError, KeyError, ValueError):  # a foreign or damaged cache
            return _faces(self._scan(root, None), left_out)

    def _scan(self, root: str, earlier: Any) -> Any:
        known = {file["path"]: file for file in earlier["files"]} if earlier else {}
        folders: list[tuple[str, int]] = []
        files: list[dict[str, Any]] = []
        for folder, path, time, size in _walk(root):
            if not path:
                folders.append((folder, time))
                continue
            record = known.get(path)
            if record is None or (record["time"], record["size"]) != (time, size):
                faces = [_fields(face) for face in read_faces(Path(path))]
                record = {"path": path, "time": time, "size": size, "faces": faces}
            files.append(record)
        record = self._roots[root] = {"folders": folders, "files": files}
        self._changed = True
        return record

    def save(self) -> None:
        """Put the cache in place if it changed; silently do without where that is not possible."""
        if not self._changed:
            return
        temporary = self._path.with_name(f"{_CACHE_NAME}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps({"version": _CACHE_VERSION, "roots": dict(self._roots)}), encoding="utf-8")
            temporary.replace(self._path)
            _read[self._path] = _stamp(self._path), self._roots
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        self._changed = False


_read: dict[Path, tuple[tuple[int, ...], dict[str, Any]]] = {}
"""The roots in a cache file, read once for as long as it is the same file."""


def _stamp(path: Path) -> tuple[int, ...]:
    """What tells a cache file from the one that stood there before; () where there is none that we trust.

    Another user's, as may lie in a shared temporary folder, is not trusted.
    """
    try:
        state = path.stat()
    except OSError:
        return ()
    own = not hasattr(os, "getuid") or state.st_uid == os.getuid()
    return (state.st_mtime_ns, state.st_size, state.st_ino) if own else ()


def _stored(path: Path) -> dict[str, Any]:
    """The roots in a cache file, none where it is no such file."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        stored = json.loads(path.read_bytes())
        if stored["version"] == _CACHE_VERSION and isinstance(stored["roots"], dict):
            roots: dict[str, Any] = stored["roots"]
            return roots
    return {}


def _faces(record: Any, left_out: Collection[str]) -> list[Found]:
    return [
        _found(path, file["time"], fields)
        for file in record["files"]
        for path in (Path(file["path"]),)
        if not (left_out and any(str(parent) in left_out for parent in path.parents))
        for fields in file["faces"]
    ]


def _fields(face: Found) -> list[Any]:
    return [
        face.index, face.family, face.chinese, face.families, face.full,
        face.weight, face.italic, face.variable, face.fs_type,
    ]  # fmt: skip


def _found(path: Path, time: int, fields: list[Any]) -> Found:
    index, family, chinese, families, full, *rest = fields
    weight, italic, variable, fs_type = rest
    names = tuple(families), tuple(full)
    return Found(path, index, family, chinese, *names, weight, italic, variable, fs_type, time)


def _time(path: str) -> int:
    """A folder's or file's time of change in nanoseconds, 0 where it is not there."""
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116 - a Path for each of many folders costs more than the stat
    except OSError:
        return 0


def _walk(root: str) -> Iterator[tuple[str, str, int, int]]:
    """Folders as (folder, "", time, 0) and font files as (folder, path, time, size), sorted, each once."""
    if root.lower().endswith(_SUFFIXES) and Path(root).is_file():
        state = Path(root).stat()
        yield root, "", state.st_mtime_ns, 0
        yield root, root, state.st_mtime_ns, state.st_size
        return
    yield root, "", _time(root), 0
    seen: set[str] = set()
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            real = os.path.realpath(folder)
            if real in seen:
                continue
            seen.add(real)
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        if folder != root:
            yield folder, "", _time(folder), 0
        for entry in entries:
            with contextlib.suppress(OSError):
                if entry.is_dir():
                    waiting.append(entry.path)
                elif entry.name.lower().endswith(_SUFFIXES):
                    state = entry.stat()
                    yield folder, entry.path, state.st_mtime_ns, state.st_size
