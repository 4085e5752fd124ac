"""Many bulletins: every source of a shelf becomes its editions, in processes of this machine or on a cluster."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TypeAlias

from .faces import told, worth_preparing
from .job import Job, Task, check_apart, receipt_of, settings_key, tasks
from .ledger import Ledger, Lock
from .pool import Limits, Pool
from .record import Record
from .resources import limits
from .shelves import FolderShelf, is_url, shelf
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
    check_apart(job)
    sources, target = shelf(job.sources), shelf(job.target)
    todo = list(tasks(sources, job.options, _inside(job)))
    settings = settings_key(job.options, importlib.metadata.version("jianbao"))
    with ExitStack() as stack:
        if isinstance(target, FolderShelf):
            stack.enter_context(Lock(job.target))
            target.clear_unfinished(name for task in todo for name in task.files)
        ledger = stack.enter_context(Ledger(job.report, resume=resume))
        left = list(ledger.undone(todo, settings, sources, target)) if resume else todo
        summary = Summary(len(todo), len(todo) - len(left))
        for record in _records(job, bounds, settings, left, cluster):
            ledger.add(record)
            target.remove(receipt_of(record.source))
            summary.count(record)
            heard(record, summary)
        target.settle()
    return summary


def _records(job: Job, bounds: Limits, settings: str, left: Sequence[Task], cluster: str) -> Iterator[Record]:
    if cluster:
        from .cluster import run_on_cluster

        yield from run_on_cluster(job, settings, left, cluster)
        return
    with Pool(job, settings, bounds) as pool:
        with told(worth_preparing(job.options, bounds, len(left))):
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
