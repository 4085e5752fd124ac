"""How many workers a machine can feed."""

from __future__ import annotations

from converters.machine import cores

from .memory import free_megabytes
from .pool import Limits

MEGABYTES_A_WORKER = 300
"""What a worker is given where nobody says otherwise: a bulletin takes 80 MB, an archive of 3,000 articles 250."""

_SHARE = 0.8
"""Share of the free memory that a batch takes where nobody says otherwise."""


def limits(jobs: int | None, megabytes: int | None, seconds: float | None) -> Limits:
    """Workers for the cores and the memory there are. `megabytes` is what all workers may take together."""
    free = megabytes or int(free_megabytes() * _SHARE)
    wanted = jobs or cores()
    if free and jobs is None:
        wanted = max(1, min(wanted, free // MEGABYTES_A_WORKER))
    bound = free // wanted if megabytes else 0
    return Limits(wanted, bound, seconds or 0.0)
