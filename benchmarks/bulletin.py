"""`python -m benchmarks.bulletin`: where the time of one bulletin of a batch goes, step by step, in a warm process.

Processor time of mixed bulletins, least of several rounds; `--functions N` adds the N functions of each edition's
exporter that take most.
"""

from __future__ import annotations

import argparse
import cProfile
import importlib
import pstats
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from converters.batch import Job, Limits, preload
from converters.batch.faces import prepare_as_told, told, worth_preparing
from converters.batch.job import tasks
from converters.batch.shelves import shelf
from converters.batch.worker import Worker
from converters.hands import alone
from converters.options import EDITIONS, Options
from converters.records import collect_rarely

from . import archive

_ROUNDS = 4
_STEPS = {
    "read": ("converters.pipeline", "fetch"),
    "repair": ("converters.repairs", "repair"),
    "check": ("converters.checks", "check"),
    "style sheet": ("converters.pipeline", "theme_of"),
    "faces": ("converters.fonts.roles", "resolve"),
    "layout": ("converters.layout", "lay_out"),
    **{f"export {name}": (f"converters.exporters.{name}", "export") for name in EDITIONS},
    "of that: subsets of faces": ("converters.fonts.subset", "_subset"),
    "verify": ("converters.fidelity", "verify"),
    "write": ("converters.batch.shelves", "FolderShelf.write"),
}


def _wrap(step: str, around: Callable[[str, Callable[..., Any]], Callable[..., Any]]) -> None:
    """Put something around the function that does a step."""
    module, name = _STEPS[step]
    owner: Any = importlib.import_module(module)
    *outer, last = name.split(".")
    for part in outer:
        owner = getattr(owner, part)
    setattr(owner, last, around(step, getattr(owner, last)))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bulletin", description=__doc__)
    parser.add_argument("--count", type=int, default=52, help="bulletins a round")
    parser.add_argument(
        "--functions", type=int, default=0, metavar="N", help="the N dearest functions of each exporter"
    )
    options = parser.parse_args()
    assert preload
    # As a long batch does.
    with told(worth_preparing(Options(), Limits(), 10_000)):
        prepare_as_told()
    collect_rarely()
    spent: dict[str, float] = defaultdict(float)
    profiles = {f"export {name}": cProfile.Profile() for name in EDITIONS}
    profiling = False

    def timed(step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            profile = profiles.get(step) if profiling else None
            start = time.process_time()
            try:
                return profile.runcall(function, *arguments, **named) if profile else function(*arguments, **named)
            finally:
                spent[step] += time.process_time() - start

        return call

    for step in _STEPS:
        _wrap(step, timed)
    with tempfile.TemporaryDirectory() as name, alone():
        sources = archive.put_bulletins(Path(name) / "in", options.count)
        job = Job(str(sources), str(Path(name) / "out"), Options())
        worker, todo = Worker(job, ""), list(tasks(shelf(job.sources), job.options))
        rounds = []
        for number in range(1 + _ROUNDS + bool(options.functions)):
            profiling = number > _ROUNDS
            spent.clear()
            start = time.process_time()
            for task in todo:
                record = worker.do(task)
                if record.status != "done":
                    raise RuntimeError(f"{task.source}: {record.fault}")
            if 0 < number <= _ROUNDS:
                rounds.append((time.process_time() - start, dict(spent)))
    total, least = min(rounds, key=lambda one: one[0])
    print(f"a bulletin of {len(todo)} mixed ones, three editions, verified, warm: {1000 * total / len(todo):.1f} ms")
    for step in _STEPS:
        print(f"  {step:<28}{1000 * least.get(step, 0.0) / len(todo):7.2f} ms")
    for step, profile in profiles.items() if options.functions else ():
        print(f"\n{step}")
        pstats.Stats(profile).sort_stats("tottime").print_stats(options.functions)


if __name__ == "__main__":
    main()
