"""Subsets kept from one build to the next. A face counts by what is in its file: a new one is cut anew."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import uharfbuzz as hb

from converters.cache import Cache, key_of

from .face import Face

Subset: TypeAlias = tuple[bytes, bool, dict[int, int]]
"""A font program as subset.FontProgram has it: data, whether it is CFF, the new glyph ids."""


def recall(cache: Cache, asked: tuple[str, Face, str], make: Callable[[], Subset]) -> Subset:
    """The subset that was asked for (its kind, its face, its glyphs or characters); made and kept where it is new."""
    kind, face, wanted = asked
    parts = (kind, hb.version_string(), _content(face), str(face.index), str(face.weight_axis), wanted)
    name = key_of(part.encode("utf-8", "surrogatepass") for part in parts)
    if (entry := cache.get(name)) is not None:
        length = int.from_bytes(entry[1:9], "big")
        return entry[9 + length :], bool(entry[0]), dict(json.loads(entry[9 : 9 + length]))
    data, is_cff, new_ids = made = make()
    ids = json.dumps(list(new_ids.items())).encode()
    cache.put(name, bytes((is_cff,)) + len(ids).to_bytes(8, "big") + ids + data)
    return made


def _content(face: Face) -> str:
    if face.data is not None:
        return hashlib.sha256(face.data).hexdigest()
    state = face.path.stat()
    return _digest(face.path, state.st_mtime_ns, state.st_size)


@functools.lru_cache(maxsize=64)
def _digest(path: Path, _changed: int, _size: int) -> str:
    """The digest of a face's file, read once a process."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
