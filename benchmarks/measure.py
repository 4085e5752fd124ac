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

    `memory` and `processor` are of each process that it has started: the most kilobytes seen, the last seconds. What
    they share is found out by walking through their pages, which took a tenth of the machine when it was done at each
    look: so it is done only when they hold more than before, and no look takes more than its share of the time.
    """

    _PERIOD = 0.04
    _SHARE = 0.01
    _MORE = 1.01

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.memory: dict[int, int] = {}
        self.processor: dict[int, float] = {}
        self.parents: set[int] = set()
        self._process = process
        self._ended = threading.Event()
        self._most = 0
        self._grown: dict[int, int] = {}

    def run(self) -> None:
        pause = self._PERIOD
        while not self._ended.wait(pause):
            start = time.thread_time()
            self._look()
            pause = max(self._PERIOD, (time.thread_time() - start) / self._SHARE)

    def _look(self) -> None:
        children = _with_children(self._process)
        processes = list(children)
        # One alone is measured better by the system itself.
        if len(processes) < 2:
            return
        filled = {process: _filled_pages(process) for process in processes}
        grown = [process for process in processes if filled[process] > self._grown.get(process, 0) * self._MORE]
        if sum(filled.values()) > self._most * self._MORE:
            self._most = sum(filled.values())
            grown = processes
        held = {process: _proportional_kilobytes(process) for process in grown}
        if grown == processes:
            self.peak = max(self.peak, sum(held.values()))
        for process in processes[1:]:
            if children[process]:
                self.parents.add(process)
            if process in held:
                self._grown[process] = filled[process]
                self.memory[process] = max(self.memory.get(process, 0), held[process])
            self.processor[process] = max(self.processor.get(process, 0.0), _processor_seconds(process))

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()


def _with_children(process: int) -> dict[int, list[int]]:
    """A process and all below it, each with those that it has started itself."""
    own: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            own += map(int, (task / "children").read_text().split())
    found = {process: own}
    for child in own:
        found |= _with_children(child)
    return found


def _filled_pages(process: int) -> int:
    """Pages of memory that a process has at hand, shared or not (proc(5): field 2 of statm)."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return 0


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
