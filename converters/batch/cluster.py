"""The same batch on a Dask cluster that is there already: its workers do what the processes of pool.py do.

Sources and editions lie where all workers see them: a shared folder, or an URL. A task whose worker is lost goes to
another one; one that loses its worker twice is reported and not tried again.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import itertools
import os
import threading
from collections.abc import Generator, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from converters.errors import InputError, JianbaoError, StyleError
from converters.model.patterns import compiled
from converters.records import dataclass

from .job import OWN, Job, Task, settings_key
from .pool import ATTEMPTS
from .record import DIED, FAILED, Record, fault_of
from .shelves import is_url
from .worker import Worker

_PATIENCE = 10
"""Seconds in which the scheduler must answer."""

_IN_FLIGHT = 4096
"""Tasks that the scheduler knows of at a time: enough for a thousand workers, small enough for its memory."""


_OTHER = (
    "it would make other editions than the one that asks: its version of jianbao, its faces, its style sheets or its "
    "SOURCE_DATE_EPOCH is another"
)


@dataclass(frozen=True, slots=True)
class _Order:
    """A task as it travels; `settings` is the key under which it is done (see job.settings_key)."""

    job: Job
    settings: str
    task: Task


def seen_from_anywhere(job: Job) -> Job:
    """A job whose paths mean the same in whatever folder a worker was started."""
    options = job.options
    style = options.style
    if style and (os.sep in style or style.endswith(".toml")):
        style = _absolute(style)
    options = replace(
        options, style=style, words=tuple(map(_absolute, options.words)),
        font_paths=tuple(map(_absolute, options.font_paths)),
        allow_outside=tuple(map(_absolute, options.allow_outside)),
    )  # fmt: skip
    sources, target = (place if is_url(place) else _absolute(place) for place in (job.sources, job.target))
    return replace(job, sources=sources, target=target, options=options)


def _absolute(path: str) -> str:
    return str(Path(path).absolute())


def run_on_cluster(job: Job, settings: str, tasks: Iterable[Task], address: str) -> Generator[Record]:
    """The record of every task, as they come. Raises StyleError, InputError where there is no cluster, or none that

    could make these editions.
    """
    try:
        dask: Any = importlib.import_module("distributed")
    except ImportError:
        raise StyleError("--cluster needs the package dask", hint='run pip install "jianbao[cluster]"') from None
    if "://" not in address and compiled(r"[^\s/]+:\d{1,5}").fullmatch(address) is None:
        # The client would look for a machine of this name until its patience ends.
        raise StyleError("{address} is no address of a scheduler", address=address, hint="write it as tcp://HOST:8786")
    try:
        client = dask.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as trouble:
        raise InputError(
            "no scheduler answers there: {reason}", where=address, reason=_reason(trouble),
            hint="start one with `dask scheduler`, or check the address",
        ) from None  # fmt: skip
    with client, client.as_current():
        _look_at_workers(client, _Order(job, settings, Task("", ())), address)
        rest = iter(tasks)
        pending: dict[Any, Task] = {}

        def submit(task: Task) -> Any:
            future = client.submit(
                _do, _Order(job, settings, task), pure=False, retries=0, key=f"jianbao-{task.source}"
            )
            pending[future] = task
            return future

        flow = dask.as_completed([submit(task) for task in itertools.islice(rest, _IN_FLIGHT)])
        for future in flow:
            task = pending.pop(future)
            yield _record(future, task, settings)
            future.release()
            if (following := next(rest, None)) is not None:
                flow.add(submit(following))


def _look_at_workers(client: Any, order: _Order, address: str) -> None:
    """Ask every worker whether it can take part: one that fails at once would take most of the tasks. Raises InputError

    where there is none, or one that cannot.
    """
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        raise InputError(
            "this cluster has no workers", where=address, hint="start some with `dask worker ADDRESS --nthreads 1`"
        ) from None
    for worker, said in sorted(client.run(_why_not, order, on_error="return").items()):
        reason = f"{type(said).__name__}: {' '.join(str(said).split())}" if isinstance(said, BaseException) else said
        if reason:
            raise InputError(
                "this worker cannot take part: {reason}", where=worker, reason=reason,
                hint="mend it or stop it, then begin again",
            )  # fmt: skip


def _why_not(order: _Order) -> str:
    """What a Dask worker says of a job: why it cannot do it, "" where it can."""
    for place in (order.job.sources, order.job.target):
        if not is_url(place) and not Path(place).is_dir():
            return f"it does not see the folder {place}"
    # The one that asks keeps its own things there while it waits.
    if not is_url(order.job.target) and not Path(order.job.target, OWN).is_dir():
        return f"its folder {order.job.target} is another one"
    try:
        own = settings_key(order.job.options, importlib.metadata.version("jianbao"))
    except JianbaoError as trouble:
        return f"{trouble.where}: {trouble.message}" if trouble.where else trouble.message
    return "" if own == order.settings else _OTHER


def _reason(trouble: Exception) -> str:
    """Why there is no scheduler: the client speaks of its own sockets and timers."""
    said = " ".join(str(trouble).split())
    if isinstance(trouble, TimeoutError) or "timed out" in said.lower():
        return f"it took more than {_PATIENCE} s"
    return getattr(trouble, "strerror", None) or said


def _record(future: Any, task: Task, settings: str) -> Record:
    error = future.exception()
    if error is None:
        record: Record = future.result()
        return record
    if type(error).__name__ == "KilledWorker":
        text = f"its worker was lost {ATTEMPTS} times"
        return Record(task.source, DIED, settings, findings=(fault_of(text, "build this source alone"),))
    text = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return Record(task.source, FAILED, settings, findings=(fault_of(text),))


_here = threading.local()
"""A Dask worker may run several tasks at a time, each in a thread: each thread keeps a worker of its own."""


def _do(order: _Order) -> Record:
    """What a Dask worker runs."""
    workers: dict[tuple[Job, str], Worker] = _here.__dict__.setdefault("workers", {})
    key = (order.job, order.settings)
    if key not in workers:
        workers.clear()
        # One that came later than the others was not asked.
        if why := _why_not(order):
            hint = "stop this worker, mend it, and go on with --resume"
            return Record(order.task.source, FAILED, findings=(fault_of(f"this worker cannot take part: {why}", hint),))
        workers[key] = Worker(order.job, order.settings)
    return workers[key].do(order.task)
