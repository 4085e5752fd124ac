"""Timing of whole processes: wall clock, processor time, peak memory, medians."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """Median seconds, least processor seconds and largest peak memory (MB, of the largest process) of several runs;

    `bytes` is the size of what was made. Where other programs share the machine, the least processor time says more
    than the clock.
    """

    seconds: float
    processor: float
    megabytes: float
    runs: int
    bytes: int = 0


def _environment() -> dict[str, str]:
    """As a user has it: compiled modules are kept, so that a cold start does not compile the program again."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run_process(command: Sequence[str]) -> Figure:
    """One process that must succeed; its children count with it."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_environment())
    assert process.stderr is not None
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {errors.decode(errors='replace')[-800:]}")
    return Figure(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, 1)


def cold(command: Sequence[str], runs: int = 7, made: Path | None = None) -> Figure:
    """A command as a fresh process, `runs` times, after one that fills the disk cache. `made` is what it writes."""
    run_process(command)
    return several([run_process(command) for _ in range(runs)], made)


def once(command: Sequence[str], made: Path | None = None) -> Figure:
    """A long command, once."""
    return several([run_process(command)], made)


def several(samples: Sequence[Figure], made: Path | None = None) -> Figure:
    """Several runs of one command as one figure."""
    return Figure(
        statistics.median(sample.seconds for sample in samples),
        min(sample.processor for sample in samples),
        max(sample.megabytes for sample in samples),
        len(samples),
        made.stat().st_size if made is not None else 0,
    )


def warm(action: Callable[[], object], runs: int = 7) -> Figure:
    """A call in this process, after one call that warms it."""
    action()
    samples = []
    for _ in range(runs):
        start, used = time.perf_counter(), time.process_time()
        action()
        samples.append(Figure(time.perf_counter() - start, time.process_time() - used, 0.0, 1))
    return replace(several(samples), megabytes=0.0)
