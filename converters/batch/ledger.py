"""What is done already: the report of a batch, read back.

A worker puts down a receipt, then the editions; the record comes into the report after them, and the receipt goes.
A batch that is killed, at whatever moment, leaves for each source one of three states: nothing or unfinished files
(it is built again), a receipt whose editions all stand there (its record is taken over into the report), or a
record. So nothing is forgotten, nothing is done twice, and no edition is believed that is not whole.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from converters.errors import ExportError, InputError, StyleError
from converters.files import DISK, Disk

from .job import OWN, Task
from .record import DONE, Record, parse
from .shelves import Shelf, content

_HEAD = b'{"version"'
"""How each line of a report begins (record.py)."""


class Ledger:
    """The report file of a batch, a record a line, flushed as it comes. Raises ExportError where it cannot be kept."""

    def __init__(self, path: str, *, resume: bool) -> None:
        self._path = Path(path)
        self._places: dict[str, int] = {}
        self._refuse_what_is_no_report()
        DISK.clear_unfinished(str(self._path.parent), [self._path.name])
        if resume:
            self._read()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self._path.open("ab" if resume else "wb", buffering=0)
        except OSError as trouble:
            raise self._unwritable(str(trouble.strerror), "name another file with --report") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        # What was to be said of a full disk has been said.
        with contextlib.suppress(OSError):
            os.fsync(self._stream.fileno())
        self._stream.close()

    def add(self, record: Record) -> None:
        """Write a record. It has left this process when this returns; where there is no room, no half of it stays."""
        # Half a character, in a file's name say, is written by its code: it must not stop the batch.
        rest = f"{record.line()}\n".encode("utf-8", "backslashreplace")
        length = os.fstat(self._stream.fileno()).st_size
        try:
            while rest:
                rest = rest[self._stream.write(rest) :]
        except OSError as trouble:
            with contextlib.suppress(OSError):
                self._stream.truncate(length)
            raise self._unwritable(str(trouble.strerror), "make room, then go on with --resume") from None

    def _unwritable(self, reason: str, hint: str) -> ExportError:
        return ExportError("the report cannot be written: {reason}", where=str(self._path), reason=reason, hint=hint)

    def _refuse_what_is_no_report(self) -> None:
        """A mistyped --report must not cost a bulletin. Raises StyleError."""
        try:
            with self._path.open("rb") as stream:
                head = stream.read(len(_HEAD))
        except OSError:
            return
        if not _HEAD.startswith(head):
            raise StyleError("this file is no report", where=str(self._path), hint="name another file with --report")

    def undone(self, tasks: Iterable[Task], settings: str, sources: Shelf, target: Shelf) -> Iterator[Task]:
        """The tasks that are still to do; what an earlier batch finished and could not report is reported now."""
        receipts = set(target.names(f"{OWN}/receipts"))
        for task in tasks:
            record = self._known(task.source)
            if record is not None and _stands(record, task, settings, sources, target):
                continue
            if task.receipt in receipts:
                record = parse(target.read(task.receipt).decode(errors="replace"))
                if record is not None and _stands(record, task, settings, sources, target):
                    self.add(record)
                    target.remove(task.receipt)
                    continue
            yield task

    def _read(self) -> None:
        """Where the last record of each source stands; lines that were cut off by the end of the machine are taken

        out. A report may be larger than the memory that a batch should take: no more than a line of it is kept.
        """
        try:
            with self._path.open("rb") as stream:
                torn = self._index(stream)
            if torn:
                with self._path.open("rb") as stream:
                    whole = b"".join(line for line in stream if line.endswith(b"\n") and _is_whole(line))
        except FileNotFoundError:
            return
        except OSError as trouble:
            raise ExportError(
                "the report of the batch before cannot be read: {reason}", where=str(self._path),
                reason=str(trouble.strerror), hint="leave out --resume",
            ) from None  # fmt: skip
        if torn:
            try:
                Disk().write(str(self._path), whole)
            except ExportError as trouble:
                raise self._unwritable(trouble.message, "make room, then go on with --resume") from None
            self._index(io.BytesIO(whole))

    def _index(self, stream: BinaryIO) -> bool:
        """Note where each source's last record begins; True where a line is torn."""
        self._places.clear()
        place, torn = 0, False
        for line in stream:
            if not line.endswith(b"\n") or not _is_whole(line):
                torn = True
            elif (record := parse(line.decode("utf-8", "replace"))) is not None:
                self._places[record.source] = place
            place += len(line)
        return torn

    def _known(self, source: str) -> Record | None:
        """The last record of a source in the report before, None where there is none."""
        place = self._places.get(source)
        if place is None:
            return None
        with self._path.open("rb") as stream:
            stream.seek(place)
            return parse(stream.readline().decode("utf-8", "replace"))


def _is_whole(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _stands(record: Record, task: Task, settings: str, sources: Shelf, target: Shelf) -> bool:
    """Is a source done as it is today, with today's settings, and does every edition stand there whole?"""
    if record.status != DONE or record.settings != settings or not record.inputs:
        return False
    if sorted((made.format, made.file) for made in record.editions) != sorted(task.editions):
        return False
    if any(content(target, made.file) != made.sha256 for made in record.editions):
        return False
    return all(_input(sources, name) == known for name, known in record.inputs.items())


def _input(sources: Shelf, name: str) -> str:
    if not name.endswith(".toml"):
        return content(sources, name)
    from .shelves import digest

    try:
        return digest(DISK.read(name))
    except InputError:
        return ""
