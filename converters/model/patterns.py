"""Regular expressions that are compiled when they are first needed, and once for many runs of the program.

Compiling took a tenth of a short run. What Python makes of a pattern is kept in the user's cache folder and handed to
Python's own engine the next time. Two private parts of `re` are used for it (the steps of re.compile in Python 3.11
to 3.14); where they are others, where nothing is kept or what is kept is damaged, the pattern is compiled as ever.
The engine checks the code that it is given, and the name of the entry says which engine it is for.
"""

from __future__ import annotations

import functools
import re
import sys
from typing import Any, TypeAlias

Entry: TypeAlias = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What the engine is given: flags, code in words of four bytes, groups, their names in both directions."""

_FOLDER = "patterns"


class _Store:
    """The compiled patterns of earlier runs; `fresh` once this run has compiled others."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, int], Entry] = {}
        self.fresh = False
        self.cache: Any = None
        self.name = ""

    def open(self, folder: str) -> None:
        """Take up what is kept in a folder."""
        import marshal

        from converters.cache import Cache, key_of

        try:
            engine = f"{sys.version} {_engine().MAGIC} {sys.byteorder}"
        except (KeyError, AttributeError):
            return
        self.cache, self.name = Cache(folder), key_of([engine.encode()])
        kept = self.cache.get(self.name)
        if kept is not None:
            # The cache has looked at its digest; the code itself is checked by the engine.
            self.entries = marshal.loads(kept)

    def keep(self) -> None:
        """Keep what this run has compiled, for the next one."""
        import marshal

        if self.fresh and self.cache is not None:
            # Another process may have kept some meanwhile.
            kept = self.cache.get(self.name)
            self.entries = {**(marshal.loads(kept) if kept is not None else {}), **self.entries}
            self.cache.put(self.name, marshal.dumps(self.entries))
            self.fresh = False


_store = _Store()


def remember(folder: str) -> None:
    """Use compiled patterns kept below a cache folder, for as long as this process lives."""
    _store.open(f"{folder}/{_FOLDER}")


def keep() -> None:
    """Keep the patterns that were compiled since `remember`; nothing happens without it."""
    _store.keep()


@functools.cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The compiled form of a pattern, made once."""
    if _store.cache is None:
        return re.compile(pattern, flags)
    flags = int(flags)
    try:
        entry = _store.entries.get((pattern, flags))
        if entry is None:
            entry = _store.entries[pattern, flags] = _entry(pattern, flags)
            _store.fresh = True
        return _made(pattern, entry)
    except (AttributeError, TypeError, ValueError, RuntimeError, KeyError):
        _store.entries.pop((pattern, flags), None)
        return re.compile(pattern, flags)


def _engine() -> Any:
    return vars(re)["_compiler"]._sre


def _made(pattern: str, entry: Entry) -> re.Pattern[str]:
    flags, code, groups, by_name, by_number = entry
    words = memoryview(code).cast("I").tolist()
    made: re.Pattern[str] = _engine().compile(pattern, flags, words, groups, by_name, by_number)
    return made


def _entry(pattern: str, flags: int) -> Entry:
    """The steps of re.compile but the last, which hands all this to the engine."""
    import array

    compiler: Any = vars(re)["_compiler"]
    parsed = compiler._parser.parse(pattern, flags)
    code = array.array("I", compiler._code(parsed, flags)).tobytes()
    by_name = dict(parsed.state.groupdict)
    by_number: list[str | None] = [None] * parsed.state.groups
    for name, number in by_name.items():
        by_number[number] = name
    return int(flags | parsed.state.flags), code, parsed.state.groups - 1, by_name, tuple(by_number)
