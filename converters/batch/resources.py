"""How many workers a machine can feed."""

from __future__ import annotations

import os

from .memory import free_megabytes
from .pool import Limits

MEGABYTES_A_WORKER = 300
"""What a worker is given where nobody says otherwise: a bulletin takes 80 MB, an archive of 3,000 articles 250."""

_SHARE = 0.8
"""Share of the free memory that a batch takes where nobody says otherwise."""


def limits(jobs: int | None, megabytes: int | None, seconds: float | None) -> Limits:
    """Workers for the cores and the memory there are. `megabytes` is what all workers may take together."""
    cores = _cores()
    free = megabytes or int(free_megabytes() * _SHARE)
    wanted = jobs or cores
    if free and jobs is None:
        wanted = max(1, min(cores, free // MEGABYTES_A_WORKER))
    bound = free // wanted if megabytes else 0
    return Limits(wanted, bound, seconds or 0.0)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
