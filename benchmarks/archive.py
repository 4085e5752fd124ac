"""A folder of mixed bulletins as a batch: bulletins a second, and what a second process brings.

The second is held against a loop that does nothing but count: on a machine whose cores share their caches, or are
shared with others, two processes never do twice the work of one.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from .editions import JIANBAO
from .measure import Figure, run_process

SEEDS = sorted((Path(__file__).resolve().parent.parent / "seeds").glob("*.md"))
_LOOP = "total = 0\nfor number in range(12_000_000): total += number"


@dataclass(frozen=True, slots=True)
class Scaling:
    """What a second process multiplies the work by, for a batch and for a bare loop (median of several rounds)."""

    batch: float
    loop: float
    rounds: int

    @property
    def efficiency(self) -> float:
        """The batch's gain as a share of the loop's."""
        return (self.batch - 1) / (self.loop - 1) if self.loop > 1 else 0.0

    def told(self) -> dict[str, float]:
        """For the file of figures."""
        return {**asdict(self), "efficiency": self.efficiency}


def put_bulletins(folder: Path, count: int) -> Path:
    """A folder of so many sources made of the samples, each with titles of its own. Pictures are not copied."""
    texts = [path.read_text(encoding="utf-8") for path in SEEDS if "](pictures/" not in path.read_text("utf-8")]
    for number in range(count):
        text = texts[number % len(texts)]
        below = folder / f"{number // 100:03}"
        below.mkdir(parents=True, exist_ok=True)
        (below / f"bulletin{number:05}.md").write_text(f"{text}\n\n本期编号{number}。\n", encoding="utf-8")
    return folder


def batch(folder: Path, jobs: int) -> Figure:
    """A whole batch, verified, without a cache; processor time and memory are those of all its processes together."""
    target = folder.with_name(f"{folder.name}-{jobs}")
    return run_process(
        [*JIANBAO, "batch", str(folder), "-o", str(target), "--jobs", str(jobs), "--cache", "none"], served=True
    )


def scaling(one: Figure, two: Figure, rounds: int) -> Scaling:
    """What a second process brings to a batch, and to the loop (median of several rounds)."""
    loops = [2 * _loop(1) / _loop(2) for _ in range(rounds)]
    return Scaling(one.seconds / two.seconds, statistics.median(loops), rounds)


def _loop(count: int) -> float:
    """Seconds that so many processes need, each for the same counting."""
    start = time.perf_counter()
    processes = [subprocess.Popen([sys.executable, "-c", _LOOP]) for _ in range(count)]
    for process in processes:
        process.wait()
    return time.perf_counter() - start
