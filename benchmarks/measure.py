"""Timing of whole processes: wall clock, peak memory, medians."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """Median seconds and largest peak memory (MB) of several runs."""

    seconds: float
    megabytes: float
    runs: int


def run_process(command: Sequence[str]) -> tuple[float, float]:
    """Seconds and peak memory in MB of one process that must succeed."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {errors.decode(errors='replace')[-800:]}")
    return seconds, usage.ru_maxrss / 1024


def cold(command: Sequence[str], runs: int = 7) -> Figure:
    """A command as a fresh process, `runs` times; one run before them fills the disk cache."""
    run_process(command)
    samples = [run_process(command) for _ in range(runs)]
    return Figure(statistics.median(s for s, _ in samples), max(m for _, m in samples), runs)


def once(command: Sequence[str]) -> Figure:
    """A long command, once."""
    seconds, megabytes = run_process(command)
    return Figure(seconds, megabytes, 1)


def warm(action: Callable[[], object], runs: int = 7) -> Figure:
    """A call in this process, after one call that warms it."""
    action()
    samples = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        samples.append(time.perf_counter() - start)
    return Figure(statistics.median(samples), 0.0, runs)
