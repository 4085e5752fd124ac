"""Timing of whole processes: wall clock, processor time, peak memory, medians."""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """Median seconds, least processor seconds and largest peak memory (MB, of all processes together) of several runs;

    `bytes` is the size of what was made, `worker` the peak memory of the largest process beside the first, its part of
    what it shares with others. Where other programs share the machine, the least processor time says more
    than the clock.
    """

    seconds: float
    processor: float
    megabytes: float
    runs: int
    bytes: int = 0
    worker: float = 0.0


def _environment() -> dict[str, str]:
    """As a user has it: compiled modules are kept, so that a cold start does not compile the program again."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run_process(command: Sequence[str], *, served: bool = False) -> Figure:
    """One process that must succeed; its children count with it.

    `served`: their parent is a server that the process leaves behind, so that the system does not add up what they
    took; it is looked up while they live.
    """
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors, env=_environment())
        watcher = _Watcher(process.pid)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        watcher.end()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            said = errors.read().decode(errors="replace")[-800:]
            raise RuntimeError(f"{command[0]} ended with {process.returncode}: {said}")
    peak = max(usage.ru_maxrss / 1024, watcher.peak / 1024)
    processor = usage.ru_utime + usage.ru_stime + (sum(watcher.processor.values()) if served else 0.0)
    # A server that others are forked from is no worker: getting ready takes it more than it keeps.
    workers = [held for child, held in watcher.memory.items() if child not in watcher.parents]
    return Figure(seconds, processor, peak, 1, worker=max(workers, default=0) / 1024)


class _Watcher(threading.Thread):
    """Looks now and then at how much memory a process and all that it has started hold; what they share counts once.

    `memory` and `processor` are of each process that it has started: the most kilobytes seen, the last seconds.
    """

    _PERIOD = 0.04

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.memory: dict[int, int] = {}
        self.processor: dict[int, float] = {}
        self.parents: set[int] = set()
        self._process = process
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(self._PERIOD):
            processes = _with_children(self._process)
            # One alone is measured better by the system itself.
            if len(processes) > 1:
                held = {process: _proportional_kilobytes(process) for process in processes}
                self.peak = max(self.peak, sum(held.values()))
                for process in processes[1:]:
                    if len(_with_children(process)) > 1:
                        self.parents.add(process)
                    self.memory[process] = max(self.memory.get(process, 0), held[process])
                    self.processor[process] = max(self.processor.get(process, 0.0), _processor_seconds(process))

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()


def _with_children(process: int) -> list[int]:
    found = [process]
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _with_children(int(child))
    return found


def _proportional_kilobytes(process: int) -> int:
    """What a process holds, its part of what it shares with others (PSS)."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _processor_seconds(process: int) -> float:
    """What a living process has taken so far (proc(5): fields 14 and 15 of stat)."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


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
