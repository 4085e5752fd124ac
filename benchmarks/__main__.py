"""`python -m benchmarks`: the seed once (cold and warm) and a thousand times, beside the peers, as one table.

`--peers` installs pandoc and typst from PyPI into an environment of their own first; without them the table has
jianbao's rows only. `--quick` leaves out the thousandfold run; `--json FILE` saves the figures.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from . import peers
from .measure import Figure, cold, once, warm

SEED = Path(__file__).resolve().parent.parent / "seeds" / "minzheng.md"
JIANBAO = [sys.executable, "-m", "converters.cli"]


def copies(source: Path, count: int, target: Path) -> int:
    """Write `count` copies of a bulletin, each heading made distinct (第i期); returns the number of characters."""
    text = source.read_text(encoding="utf-8").strip("\n")
    parts = (re.sub(r"^(#+ )(.*)$", rf"\g<1>第{i}期 \g<2>", text, flags=re.MULTILINE) for i in range(1, count + 1))
    whole = "\n\n".join(parts) + "\n"
    target.write_text(whole, encoding="utf-8")
    return len(whole)


def build_command(source: Path, folder: Path, editions: str, *, verify: bool) -> list[str]:
    """The command line of a build."""
    command = [*JIANBAO, "build", str(source), "-o", str(folder), "--to", editions]
    return command if verify else [*command, "--no-verify"]


def cold_rows(folder: Path, runs: int) -> dict[str, Figure]:
    """The seed in fresh processes."""
    rows = {
        "three editions, verified": cold(build_command(SEED, folder, "pdf,docx,epub", verify=True), runs),
        "three editions, --no-verify": cold(build_command(SEED, folder, "pdf,docx,epub", verify=False), runs),
    }
    for edition in ("pdf", "docx", "epub"):
        rows[f"{edition} alone, --no-verify"] = cold(build_command(SEED, folder, edition, verify=False), runs)
    if peers.present():
        rows["pandoc docx"] = cold(peers.pandoc_command(SEED, folder / "pandoc.docx"), runs)
        rows["pandoc epub"] = cold(peers.pandoc_command(SEED, folder / "pandoc.epub"), runs)
        rows["typst pdf"] = cold(peers.typst_command(SEED, folder / "typst.pdf"), runs)
    return rows


def warm_rows(folder: Path, runs: int) -> dict[str, Figure]:
    """The seed in a process that has built it before."""
    import converters

    return {
        "three editions, verified": warm(lambda: converters.build(SEED, folder), runs),
        "three editions, --no-verify": warm(lambda: converters.build(SEED, folder, verify=False), runs),
    }


def thousand_rows(folder: Path) -> tuple[dict[str, Figure], int]:
    """The seed a thousand times over, each edition in a process of its own; and the number of characters."""
    source = folder / "thousand.md"
    characters = copies(SEED, 1000, source)
    rows = {edition: once(build_command(source, folder, edition, verify=False)) for edition in ("pdf", "docx", "epub")}
    if peers.present():
        rows["pandoc docx"] = once(peers.pandoc_command(source, folder / "pandoc.docx"))
        rows["pandoc epub"] = once(peers.pandoc_command(source, folder / "pandoc.epub"))
        rows["typst pdf"] = once(peers.typst_command(source, folder / "typst.pdf"))
    return rows, characters


def show(title: str, rows: dict[str, Figure], characters: int = 0) -> None:
    """Print one table."""
    print(f"\n{title}")
    for name, figure in rows.items():
        speed = f"  {characters / figure.seconds / 1e6:6.2f} M characters/s" if characters else ""
        memory = f"  {figure.megabytes:6.0f} MB" if figure.megabytes else ""
        print(f"  {name:<30} {figure.seconds * 1000:9.0f} ms  {figure.processor * 1000:7.0f} ms cpu{memory}{speed}")


def main() -> None:
    """Run the tables that the arguments ask for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--peers", action="store_true", help="install pandoc and typst beside jianbao first")
    parser.add_argument("--quick", action="store_true", help="leave out the thousandfold run")
    parser.add_argument("--runs", type=int, default=7, help="runs of each short row (median)")
    parser.add_argument("--json", type=Path, help="save the figures here")
    options = parser.parse_args()
    if options.peers:
        peers.install()
    beside = peers.versions() if peers.present() else "no peers (run with --peers)"
    print(f"Python {platform.python_version()}, {platform.machine()}; {beside}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tables = {"cold": cold_rows(folder, options.runs), "warm": warm_rows(folder, options.runs)}
        show(f"×1, cold processes, median of {options.runs}", tables["cold"])
        show(f"×1, warm, median of {options.runs}", tables["warm"])
        if not options.quick:
            tables["thousand"], characters = thousand_rows(folder)
            show(f"×1000, {characters:,} characters, one run", tables["thousand"], characters)
    if options.json:
        figures = {table: {row: asdict(figure) for row, figure in rows.items()} for table, rows in tables.items()}
        options.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
