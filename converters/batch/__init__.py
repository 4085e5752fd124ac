"""Many bulletins: every source of a shelf becomes its editions, in processes of this machine or on a cluster."""

from __future__ import annotations

import functools
import importlib.metadata
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from .faces import told, worth_preparing
from .job import Job, Task, check_apart, receipt_of, settings_key, tasks
from .ledger import Ledger
from .locks import Lock
from .pool import Limits, Pool
from .record import Record
from .resources import limits
from .shelves import FolderShelf, is_url, plain, shelf
from .summary import Summary

__all__ = ["Job", "Limits", "Record", "Summary", "limits", "run_batch"]


Heard: TypeAlias = Callable[[Record, Summary], None]


def _nobody(record: Record, summary: Summary) -> None:
    """Where nobody wants to be told."""


def run_batch(job: Job, bounds: Limits, *, resume: bool = False, cluster: str = "", heard: Heard = _nobody) -> Summary:
    """Build all that is to be built; `heard` is told of each source when it is done.

    With `resume` what an earlier batch with the same report did, from the same files and settings, is left as it is.
    Raises InputError, StyleError, FontError, ExportError before work begins; what happens to one source never stops
    the rest.
    """
    job = replace(job, sources=plain(job.sources), target=plain(job.target))
    if cluster:
        from .cluster import run_on_cluster, seen_from_anywhere

        job = seen_from_anywhere(job)
    check_apart(job)
    sources, target = shelf(job.sources), shelf(job.target)
    todo = list(tasks(sources, job.options, _inside(job)))
    settings = settings_key(job.options, importlib.metadata.version("jianbao"))
    with ExitStack() as stack:
        lock = None
        if isinstance(target, FolderShelf):
            lock = stack.enter_context(Lock(job.target)).workers
            sweep = functools.partial(_sweep, target, todo)
            sweep()
            stack.callback(sweep)
        ledger = stack.enter_context(Ledger(job.report, resume=resume))
        left = list(ledger.undone(todo, settings, sources, target)) if resume else todo
        summary = Summary(len(todo), len(todo) - len(left))
        if cluster:
            records = run_on_cluster(job, settings, left, cluster)
        else:
            records = _run_here(Pool(job, settings, bounds, lock=lock), left)
        # Whatever goes wrong here, the workers have ended when the folder is let go.
        stack.push(closing(records))
        for record in records:
            ledger.add(record)
            target.remove(receipt_of(record.source))
            summary.count(record)
            heard(record, summary)
        target.settle()
    return summary


def _sweep(target: FolderShelf, todo: Sequence[Task]) -> None:
    target.clear_unfinished(name for task in todo for name in task.files)


def _run_here(pool: Pool, left: Sequence[Task]) -> Generator[Record]:
    """The record of every task, done by workers of this machine."""
    with pool:
        with told(worth_preparing(pool.job.options, pool.limits, len(left))):
            pool.start()
        yield from pool.run(left)


def _inside(job: Job) -> str:
    """The target's place below the sources, "" where it is elsewhere."""
    if is_url(job.sources) or is_url(job.target):
        root = job.sources.rstrip("/") + "/"
        return job.target.removeprefix(root).strip("/") if job.target.startswith(root) else ""
    below = Path(job.target).resolve()
    root_folder = Path(job.sources).resolve()
    return below.relative_to(root_folder).as_posix() if below.is_relative_to(root_folder) else ""
