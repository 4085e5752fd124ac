"""How much memory there is, and how much a process has taken. Only Linux says; elsewhere nothing is bound by it."""

from __future__ import annotations

import contextlib
import ctypes
from pathlib import Path


def free_megabytes() -> int:
    """Memory that can be had without swapping, 0 where the system does not say."""
    return _read("/proc/meminfo", "MemAvailable:")


def used_megabytes(process: int) -> int:
    """Memory that a process has filled itself: files that it only looks into do not count. 0 where it is not told."""
    return _read(f"/proc/{process}/status", "RssAnon:")


def _read(file: str, row: str) -> int:
    """A figure of the kernel's, in MB; 0 where it is not told."""
    with contextlib.suppress(OSError, ValueError), Path(file).open(encoding="ascii") as stream:
        for line in stream:
            if line.startswith(row):
                return int(line.split()[1]) // 1024
    return 0


def give_back() -> None:
    """Have the C library return what it holds of freed memory, where it can (glibc): up to half of a process."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
