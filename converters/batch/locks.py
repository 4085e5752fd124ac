"""One batch in a folder at a time, and none before the workers of a killed one have ended.

Two files in the batch's own folder are locked (flock(2)): one by the master alone; the other by the master and, through
the very handle that it hands to each worker, by all of them. A lock belongs to the handle, so there is no moment, from
before a worker is forked to its end, in which it does not hold it.
"""

from __future__ import annotations

import multiprocessing.reduction
import os
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from converters.errors import ExportError, StyleError
from converters.files import DISK

from .job import OWN

_PATIENCE = 30.0
"""Seconds in which the workers of a killed batch must have ended; the system ends them with their master, at once."""

_PERIOD = 0.01
"""Seconds between two looks whether they have."""


class Handed:
    """An open file that a process which is started takes along (with the start method forkserver)."""

    def __init__(self, handle: int) -> None:
        self.handle = handle

    def __reduce__(self) -> tuple[Any, ...]:
        return _taken, (multiprocessing.reduction.DupFd(self.handle),)


def _taken(handed: Any) -> Handed:
    return Handed(handed.detach())


class Lock:
    """Held while a batch works in a folder. Raises StyleError where another is at work there, ExportError where nothing

    can be written. `workers` is what each worker holds as long as it lives; None where the system has no such locks.
    """

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder, OWN)
        self._held: list[int] = []
        self.workers: Handed | None = None

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._held.append(_open(self._folder / "batch.lock"))
            self._held.append(_open(self._folder / "workers.lock"))
        except OSError as trouble:
            self._let_go()
            raise ExportError(
                "it cannot be written: {reason}", where=str(self._folder.parent), reason=str(trouble.strerror)
            ) from None
        try:
            self._lock(*self._held)
        except StyleError:
            self._let_go()
            raise
        return self

    def _lock(self, master: int, workers: int) -> None:
        try:
            import fcntl
        except ImportError:
            # Nothing is kept apart here.
            return
        where = str(self._folder.parent)
        if not _locked(master, fcntl.LOCK_EX):
            raise StyleError(
                "another batch is at work in this folder", where=where,
                hint="wait for it, or name another folder with -o",
            )  # fmt: skip
        end = DISK.seconds() + _PATIENCE
        while not _locked(workers, fcntl.LOCK_EX):
            if DISK.seconds() > end:
                raise StyleError(
                    "workers of a batch that was killed are still at work in this folder", where=where,
                    hint="end them, or name another folder with -o",
                )  # fmt: skip
            DISK.wait(_PERIOD)
        # From "alone" to "with those that hold this handle"; as long as `master` is locked nobody comes between.
        _locked(workers, fcntl.LOCK_SH)
        self.workers = Handed(workers)

    def _let_go(self) -> None:
        for handle in self._held:
            os.close(handle)
        self._held.clear()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._let_go()


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)


def _locked(handle: int, kind: int) -> bool:
    """Try to lock an open file; True where a file system has no locks, since then nothing can be kept apart."""
    import fcntl

    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
