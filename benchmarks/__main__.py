"""`python -m benchmarks`: the seed once, cold and warm; ten, a hundred, a thousand times; a batch; beside the peers.

`--peers` installs pandoc, typst and WeasyPrint from PyPI into an environment of their own first; without them the
tables have jianbao's rows only. `--small` runs everything in a small form, to see that it runs. `--save FOLDER` keeps
figures.json and a chart there. `python -m benchmarks.repair` measures repair and check.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.metadata
import json
import os
import platform
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from . import archive, editions, peers
from .chart import chart
from .measure import Figure

_PACKAGES = ("jianbao", "reportlab", "python-docx", "EbookLib", "uharfbuzz", "lxml", "pypdfium2")
_PEER_OF = {"pdf": ("typst pdf", "weasyprint pdf"), "docx": ("pandoc docx",), "epub": ("pandoc epub",)}


def _processor() -> str:
    """What the machine calls its processor, "" where it does not say."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor()


def show(title: str, rows: Mapping[str, Figure], characters: int = 0) -> None:
    """Print one table; behind each of our editions stands how many times its peer's time it took."""
    print(f"\n{title}")
    for name, figure in rows.items():
        speed = f"  {characters / figure.seconds / 1e6:6.2f} M characters/s" if characters else ""
        memory = f"  {figure.megabytes:6.0f} MB" if figure.megabytes else ""
        size = f"  {figure.bytes / 1024:8.0f} kB" if figure.bytes else ""
        beside = "".join(
            f"  {figure.processor / rows[peer].processor:5.2f} × {peer}"
            for peer in _PEER_OF.get(name.split()[0], ())
            if peer in rows
        )
        clock = f"{figure.seconds * 1000:9.0f} ms  {figure.processor * 1000:7.0f} ms cpu"
        print(f"  {name:<30} {clock}{memory}{size}{speed}{beside}")


def growth(tables: Mapping[int, tuple[int, editions.Rows]]) -> dict[str, float]:
    """How many times longer each edition takes for ten times the text, at the two largest sizes."""
    if len(tables) < 2:
        return {}
    smaller, larger = sorted(tables)[-2:]
    before, after = tables[smaller][1], tables[larger][1]
    return {name: after[name].processor / before[name].processor for name in editions.EDITIONS}


def batch_table(folder: Path, count: int, rounds: int) -> dict[str, Any]:
    """The batch on one and on two processes, and what the second brings."""
    sources = archive.put_bulletins(folder / "bulletins", count)
    rows = {f"{jobs} process{'es' * (jobs > 1)}": archive.batch(sources, jobs) for jobs in (1, 2)}
    print(f"\nbatch of {count} mixed bulletins, three editions each, verified")
    for name, figure in rows.items():
        rate, by_processor = count / figure.seconds, count / figure.processor
        print(
            f"  {name:<30} {figure.seconds:8.1f} s  {rate:6.1f} bulletins/s  {by_processor:6.1f} a second of processor"
            f" time  {figure.worker:6.0f} MB a worker  {figure.megabytes:6.0f} MB in all"
        )
    found = archive.scaling(*rows.values(), rounds)
    print(
        f"  the second process: × {found.batch:.2f} for the batch, × {found.loop:.2f} for a bare loop; "
        f"{found.efficiency:.2f} of what can be had (the loop: median of {found.rounds})"
    )
    return {"count": count, "rows": {name: asdict(row) for name, row in rows.items()}, "scaling": found.told()}


def main() -> None:
    """Run the tables that the arguments ask for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--peers", action="store_true", help="install pandoc, typst, WeasyPrint first")
    parser.add_argument("--small", action="store_true", help="everything once and small: does it run?")
    parser.add_argument("--runs", type=int, default=7, help="runs of each short row (median)")
    parser.add_argument("--only", default="cold,warm,scale,batch", help="which tables (cold,warm,scale,batch)")
    parser.add_argument("--save", type=Path, help="keep figures.json and chart.svg in this folder")
    options = parser.parse_args()
    if options.peers:
        peers.install()
    machine = {
        "python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count(),
        "processor": _processor(), "versions": {name: importlib.metadata.version(name) for name in _PACKAGES},
        "peers": peers.versions(),
    }  # fmt: skip
    beside = ", ".join(f"{name} {version}" for name, version in peers.versions().items())
    print(f"Python {machine['python']}, {machine['system']}; {beside or 'no peers (run with --peers)'}")
    runs, bulletins = options.runs, 2000
    counts: tuple[int, ...] = (10, 100, 1000)
    if options.small:
        runs, counts, bulletins = 1, (2, 4), 16
    wanted = options.only.split(",")
    figures: dict[str, Any] = {"machine": machine}
    title, drawn, notes = "", {}, list[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "cold" in wanted:
            rows = editions.cold_rows(folder, runs)
            show(f"×1, cold processes, median of {runs}", rows)
            figures["cold"] = {row: asdict(figure) for row, figure in rows.items()}
        if "warm" in wanted:
            rows = editions.warm_rows(folder, runs)
            show(f"×1, warm, median of {runs}", rows)
            figures["warm"] = {row: asdict(figure) for row, figure in rows.items()}
        if "scale" in wanted:
            tables = editions.scale_rows(folder, counts)
            for count, (characters, rows) in tables.items():
                show(f"×{count}, {characters:,} characters", rows, characters)
                title, drawn = f"×{count}, {characters:,} characters: processor time, peak memory", rows
            figures["scale"] = {
                str(count): {"characters": characters, "rows": {row: asdict(figure) for row, figure in rows.items()}}
                for count, (characters, rows) in tables.items()
            }
            figures["growth"] = growth(tables)
            for edition, factor in figures["growth"].items():
                notes.append(f"{edition}: × {factor:.1f} in time for {counts[-1] // counts[-2]} times the text")
                print(f"  {notes[-1]}")
        if "batch" in wanted:
            figures["batch"] = found = batch_table(folder, bulletins, 1 if options.small else 5)
            notes += (
                f"batch, {name}: {found['count'] / row['processor']:.1f} bulletins a second of processor time, "
                f"{row['worker']:.0f} MB a worker"
                for name, row in found["rows"].items()
            )
            notes.append(f"a second process: {found['scaling']['efficiency']:.2f} of what a bare loop gains from it")
    if options.save:
        options.save.mkdir(parents=True, exist_ok=True)
        text = json.dumps(figures, indent=1, ensure_ascii=False) + "\n"
        (options.save / "figures.json").write_text(text, encoding="utf-8")
        if drawn:
            (options.save / "chart.svg").write_text(chart(title, drawn, notes), encoding="utf-8")


if __name__ == "__main__":
    main()
