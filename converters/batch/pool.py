"""Workers as processes of this machine.

Each worker has one task at a time, so that a task that hangs or kills its process costs that process alone: it is
replaced, the task tried once more, then reported. The server that workers are forked from has imported the whole
program once; faces are opened by each worker once.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Self, TypeAlias

from converters.files import DISK
from converters.hands import alone
from converters.orphans import end_with, watch
from converters.records import collect_rarely, dataclass

from .job import Job, Task
from .locks import Handed
from .memory import used_megabytes
from .record import DIED, MEMORY, TIMEOUT, Record, fault_of
from .shelves import FolderShelf, is_url
from .worker import Worker

ATTEMPTS = 2

_BETWEEN_LOOKS = 4
"""Bulletins between two looks for the garbage that they have left."""

_PERIOD = 0.2
"""Seconds between two looks at how much memory the workers have."""

_GRACE = 2.0
"""Seconds that workers have to finish what they are at when a batch is broken off."""


Work: TypeAlias = Callable[[Connection, Job, str], None]
"""What a worker process does: its pipe, the job, the key of its settings."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many workers there are, and what one of them may take for a source: MB of memory, seconds; 0: no limit."""

    jobs: int = 1
    megabytes: int = 0
    seconds: float = 0.0


class _Hand:
    """A worker process as its master sees it."""

    def __init__(self, context: Any, *work: Any) -> None:
        self.pipe, far = context.Pipe()
        self.process: Any = context.Process(target=_begin, args=(far, *work), daemon=True)
        self.process.start()
        far.close()
        self.task: Task | None = None
        self.attempt = 0
        self.since = 0.0

    def give(self, task: Task, attempt: int) -> None:
        """Hand a task over; that a worker has died meanwhile shows itself when its result is asked for."""
        self.task, self.attempt, self.since = task, attempt, time.monotonic()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send((task, attempt))

    def result(self) -> Record | None:
        """The record of its task, None where the worker has died over it."""
        try:
            record: Record = self.pipe.recv()
        except (EOFError, OSError):
            return None
        return record

    def kill(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def why_it_died(self) -> str:
        """How the process ended, in words."""
        self.process.join()
        code = self.process.exitcode or 0
        if code >= 0:
            return f"its worker ended with code {code}"
        with contextlib.suppress(ValueError):
            return f"its worker was ended by {signal.Signals(-code).name}"
        return f"its worker was ended by signal {-code}"


class Pool:
    """Worker processes for one job. `run` gives the records as they come, in no order."""

    def __init__(
        self, job: Job, settings: str, limits: Limits, work: Work | None = None, lock: Handed | None = None
    ) -> None:
        methods = multiprocessing.get_all_start_methods()
        self._context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            self._context.set_forkserver_preload([f"{__package__}.preload"])
        self.job, self.limits = job, limits
        self._settings = settings
        self._work = (work or serve, job, settings, lock)
        self._hands: list[_Hand] = []
        self._tried: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for hand in self._hands:
            hand.pipe.close()
        end = time.monotonic() + _GRACE
        for hand in self._hands:
            hand.process.join(max(0.0, end - time.monotonic()))
            if hand.process.is_alive():
                hand.process.kill()
                hand.process.join()
        self._hands.clear()

    def start(self) -> None:
        """Start the server that workers are forked from, where there is one and it does not run yet."""
        if self._context.get_start_method() == "forkserver":
            from multiprocessing import forkserver

            with _deaf():
                forkserver.ensure_running()

    def run(self, tasks: Iterable[Task]) -> Iterator[Record]:
        """The record of every task."""
        first, again = iter(tasks), deque[Task]()
        idle: list[_Hand] = []
        busy: list[_Hand] = []
        while True:
            while len(busy) < self.limits.jobs and (task := again.popleft() if again else next(first, None)):
                hand = idle.pop() if idle else self._hire()
                hand.give(task, 1 + (task.source in self._tried))
                busy.append(hand)
            if not busy:
                return
            for hand in self._finished(busy):
                busy.remove(hand)
                assert hand.task is not None
                if (record := hand.result()) is not None:
                    idle.append(hand)
                    yield record
                elif hand.attempt < ATTEMPTS:
                    self._tried.add(hand.task.source)
                    again.append(hand.task)
                    self._dismiss(hand)
                else:
                    why = hand.why_it_died()
                    self._dismiss(hand)
                    yield self._given_up(hand, DIED, fault_of(f"{why}, twice", "build this source alone to see more"))
            for hand, status, finding in [*self._overdue(busy), *self._too_large(busy)]:
                busy.remove(hand)
                self._dismiss(hand)
                yield self._given_up(hand, status, finding)

    def _hire(self) -> _Hand:
        hand = _Hand(self._context, *self._work)
        self._hands.append(hand)
        return hand

    def _dismiss(self, hand: _Hand) -> None:
        hand.kill()
        self._hands.remove(hand)
        if not is_url(self.job.target) and hand.task is not None:
            FolderShelf(self.job.target).clear_unfinished(hand.task.files)

    def _finished(self, busy: Sequence[_Hand]) -> list[_Hand]:
        """Those that have something to tell, at the latest when there is a limit to look after."""
        patience = _PERIOD if self.limits.megabytes else None
        if limit := self.limits.seconds:
            due = max(0.0, min(hand.since for hand in busy) + limit - time.monotonic())
            patience = due if patience is None else min(due, patience)
        by_pipe = {hand.pipe: hand for hand in busy}
        return [by_pipe[pipe] for pipe in wait(list(by_pipe), patience) if isinstance(pipe, Connection)]

    def _overdue(self, busy: Sequence[_Hand]) -> Iterator[tuple[_Hand, str, Mapping[str, Any]]]:
        limit, now = self.limits.seconds, time.monotonic()
        for hand in busy if limit else ():
            if now - hand.since >= limit:
                text = f"it took more than {limit:g} s"
                yield hand, TIMEOUT, fault_of(text, "raise --timeout, or build this source alone")

    def _too_large(self, busy: Sequence[_Hand]) -> Iterator[tuple[_Hand, str, Mapping[str, Any]]]:
        # A bound set by the system would have Python fail in the middle of something, which it does not always survive.
        limit = self.limits.megabytes
        for hand in busy if limit else ():
            if used_megabytes(hand.process.pid) > limit:
                text = f"it needs more memory than a worker has ({limit} MB)"
                yield hand, MEMORY, fault_of(text, "raise --memory, or take fewer --jobs")

    def _given_up(self, hand: _Hand, status: str, finding: Mapping[str, Any]) -> Record:
        assert hand.task is not None
        seconds = round(time.monotonic() - hand.since, 4)
        return Record(
            hand.task.source, status, self._settings, findings=(finding,), seconds=seconds, attempts=hand.attempt
        )


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """A process that is started meanwhile takes no notice of Ctrl-C, not even while it still imports."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _begin(pipe: Connection, work: Work, job: Job, settings: str, lock: Handed | None) -> None:
    """What each worker process does. It holds the `lock` as long as it lives, and lives no longer than its master."""
    master = multiprocessing.parent_process()
    if master is not None:
        end_with(master.sentinel)
        watch(master.sentinel)
    work(pipe, job, settings)
    del lock


def serve(pipe: Connection, job: Job, settings: str) -> None:
    """What a worker does until its master has gone: a task comes, a record goes."""
    # Ctrl-C reaches the whole group of processes; the master alone decides what follows from it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_rarely()
    if not DISK.environment("JIANBAO_DEBUG"):
        # What Python says of a process that runs out of memory helps nobody: the master reports it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    worker = Worker(job, settings)
    with alone(), contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        for number in itertools.count(1):
            pipe.send(worker.do(*pipe.recv()))
            if number % _BETWEEN_LOOKS == 0:
                # What went through one look while its bulletin was made is garbage by now: only a look at the second
                # generation finds it. Without, a worker grew from 45 to 120 MB.
                gc.collect(1)
