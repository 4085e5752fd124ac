"""Timing of whole processes: wall clock, processor time, peak memory, medians."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """Median seconds, least processor seconds and largest peak memory (MB) of several runs.

    Where other programs share the machine, the least processor time says more than the clock.
    """

    seconds: float
    processor: float
    megabytes: float
    runs: int


def run_process(command: Sequence[str]) -> Figure:
    """One process that must succeed."""
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
    return Figure(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, 1)


def cold(command: Sequence[str], runs: int = 7) -> Figure:
    """A command as a fresh process, `runs` times; one run before them fills the disk cache."""
    run_process(command)
    samples = [run_process(command) for _ in range(runs)]
    return Figure(
        statistics.median(sample.seconds for sample in samples),
        min(sample.processor for sample in samples),
        max(sample.megabytes for sample in samples),
        runs,
    )


def once(command: Sequence[str]) -> Figure:
    """A long command, once."""
    return run_process(command)


def warm(action: Callable[[], object], runs: int = 7) -> Figure:
    """A call in this process, after one call that warms it."""
    action()
    seconds, processor = [], []
    for _ in range(runs):
        start, used = time.perf_counter(), time.process_time()
        action()
        seconds.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    return Figure(statistics.median(seconds), min(processor), 0.0, runs)
