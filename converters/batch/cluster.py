"""The same batch on a Dask cluster that is there already: its workers do what the processes of pool.py do.

Sources and editions lie where all workers see them: a shared folder, or an URL. A task whose worker is lost goes to
another one; one that loses its worker twice is reported and not tried again.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import itertools
import threading
from collections.abc import Generator, Iterable
from typing import Any

from converters.errors import InputError, StyleError
from converters.records import dataclass

from .job import Job, Task, settings_key
from .pool import ATTEMPTS
from .record import DIED, FAILED, Record, fault_of
from .worker import Worker

_PATIENCE = 10
"""Seconds in which the scheduler must answer."""

_IN_FLIGHT = 4096
"""Tasks that the scheduler knows of at a time: enough for a thousand workers, small enough for its memory."""


@dataclass(frozen=True, slots=True)
class _Order:
    """A task as it travels; `settings` is the key under which it is done (see job.settings_key)."""

    job: Job
    settings: str
    task: Task


def run_on_cluster(job: Job, settings: str, tasks: Iterable[Task], address: str) -> Generator[Record]:
    """The record of every task, as they come. Raises StyleError, InputError where there is no cluster."""
    try:
        dask: Any = importlib.import_module("distributed")
    except ImportError:
        raise StyleError("--cluster needs the package dask", hint='run pip install "jianbao[cluster]"') from None
    try:
        client = dask.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as trouble:
        raise InputError(
            "no scheduler answers there: {reason}", where=address, reason=" ".join(str(trouble).split()),
            hint="start one with `dask scheduler`, or check the address",
        ) from None  # fmt: skip
    with client, client.as_current():
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
        if (own := settings_key(order.job.options, importlib.metadata.version("jianbao"))) != order.settings:
            text = f"this worker would make other editions than the one that asks (key {own[:12]})"
            hint = "install the same version of jianbao and the same faces on every machine"
            return Record(order.task.source, FAILED, own, findings=(fault_of(text, hint),))
        workers[key] = Worker(order.job, order.settings)
    return workers[key].do(order.task)
