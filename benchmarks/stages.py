"""Where the time of a print edition goes, stage by stage, at three sizes, beside typst in the same run.

    python -m benchmarks.stages [--counts 1,100,1000] [--runs 3]

Each size is built in fresh processes; a stage has the least processor time of all runs, the memory is the peak after
it. The row of typst is the whole process (same face, same page, tagged too; its source is made beforehand).
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from . import peers
from .editions import SEED, build_command, copies
from .measure import Figure, run_process

T = TypeVar("T")
Laps = list[tuple[str, float, float]]
"""Stages: name, processor seconds, peak memory in MB."""


def main() -> None:
    """Measure and print; with `--child FILE`, one build in this process."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stages", description=__doc__)
    parser.add_argument("--counts", default="1,100,1000", help="how many times over the seed is built")
    parser.add_argument("--runs", type=int, default=3, help="runs of each size, the least of which counts")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(json.dumps(build_in_stages(str(given.child))))
        return
    whole: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as name:
        for count in map(int, given.counts.split(",")):
            whole[count] = one_size(Path(name), count, given.runs)
    counts = sorted(whole)
    for smaller, larger in itertools.pairwise(counts):
        print(f"×{larger} takes {whole[larger] / whole[smaller]:.1f} times as long as ×{smaller}")


def build_in_stages(source: str) -> dict[str, Any]:
    """Build the print edition of a source as the command line does, and time its parts."""
    # As the command line has it (see converters/cli).
    gc.disable()
    laps: Laps = []

    def lap(name: str, action: Callable[[], T]) -> T:
        start = time.process_time()
        # What others would do meanwhile counts too.
        with alone():
            result = action()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        laps.append((name, time.process_time() - start, peak))
        return result

    from converters.hands import alone

    laps.append(("start", time.process_time(), 0.0))
    pipeline = lap("imports", _imports)
    options = pipeline.Options(to=("pdf",), verify=False)
    fetched = lap("read", lambda: pipeline.fetch(source, options))
    mended = lap("repair", lambda: pipeline.mend_document(fetched, options))
    document = mended.value
    lap("check", lambda: pipeline.check_document(document, options))
    from converters.exporters import pdf
    from converters.fonts.roles import resolve
    from converters.layout import lay_out

    theme = lap("style", lambda: pipeline.theme_of(document, options))
    fonts = lap("faces", lambda: resolve(theme, document.metadata.lang).value)
    layout = lap("layout", lambda: lay_out(document, theme, fonts).value)
    pages = len(layout.pages)
    data = lap("export", lambda: pdf.export(layout, document, theme).value)
    return {"laps": laps, "pages": pages, "bytes": len(data)}


def _imports() -> Any:
    from converters import pipeline
    from converters.exporters import pdf
    from converters.layout import lay_out

    assert pdf and lay_out
    return pipeline


def one_size(folder: Path, count: int, runs: int) -> float:
    """Measure and print one size; returns the processor seconds of the whole build."""
    source = folder / f"times{count}.md"
    characters = copies(SEED, count, source)
    found = [_child(source) for _ in range(runs)]
    laps = [
        (name, min(one["laps"][index][1] for one in found), max(one["laps"][index][2] for one in found))
        for index, (name, _, _) in enumerate(found[0]["laps"])
    ]
    print(f"\n×{count}: {characters:,} characters, {found[0]['pages']:,} pages, {found[0]['bytes'] / 1e6:.2f} MB")
    for name, seconds, peak in laps:
        print(f"  {name:<26}{seconds * 1000:9.0f} ms cpu{f'{peak:8.0f} MB' if peak else ''}")
    command = build_command(source, folder, "pdf", "--no-verify")
    ours = _least([run_process(command) for _ in range(runs)])
    _row("jianbao, whole process", ours, characters)
    if peers.present():
        rival = _least([run_process(peers.typst_command(source, folder / "typst.pdf")) for _ in range(runs)])
        _row("typst, whole process", rival, characters)
        print(
            f"  characters a second: {rival.seconds / ours.seconds:.2f} times typst's by the clock, "
            f"{rival.processor / ours.processor:.2f} by processor time; "
            f"memory {ours.megabytes / rival.megabytes:.2f} of typst's"
        )
    return ours.processor


def _child(source: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.stages", "--child", str(source)]
    told: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return told


def _least(samples: list[Figure]) -> Figure:
    return Figure(
        min(sample.seconds for sample in samples),
        min(sample.processor for sample in samples),
        max(sample.megabytes for sample in samples),
        len(samples),
    )


def _row(name: str, figure: Figure, characters: int) -> None:
    print(
        f"  {name:<26}{figure.processor * 1000:9.0f} ms cpu{figure.megabytes:8.0f} MB{figure.seconds * 1000:9.0f} ms"
        f"  {characters / figure.seconds / 1e6:6.2f} M characters/s ({characters / figure.processor / 1e6:.2f} by cpu)"
    )


if __name__ == "__main__":
    main()
