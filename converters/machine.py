"""What the machine gives to this process."""

from __future__ import annotations

import contextlib
import functools
import os
from pathlib import Path

_QUOTA = "/sys/fs/cgroup/cpu.max"
"""Microseconds of processor time in each period, or "max", and the period (Linux, Control Group v2): how a container is
kept to a share of its machine."""
_OLD_QUOTA = ("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "/sys/fs/cgroup/cpu/cpu.cfs_period_us")
"""The same in Control Group v1; -1 for no bound."""


@functools.cache
def cores() -> int:
    """How many cores this process may fill: those it may run on, no more than its container is allowed; at least 1."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    allowed = share(_read(_QUOTA)) or share(" ".join(map(_read, _OLD_QUOTA)))
    return max(1, min(count, int(allowed))) if allowed else count


def share(said: str) -> float:
    """The cores that a quota and its period come to; 0 where there is no bound."""
    quota, _, period = said.strip().partition(" ")
    if not quota.isdigit() or not period.isdigit() or int(period) == 0:
        return 0.0
    return int(quota) / int(period)


def _read(name: str) -> str:
    with contextlib.suppress(OSError):
        return Path(name).read_text(encoding="ascii").strip()
    return ""
