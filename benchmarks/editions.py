"""One bulletin as its editions: once, cold and warm, and ten, a hundred and a thousand times over, beside the peers."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from . import peers
from .measure import Figure, cold, once, warm

SEED = Path(__file__).resolve().parent.parent / "seeds" / "minzheng.md"
JIANBAO = [sys.executable, "-m", "converters.cli"]
EDITIONS = ("pdf", "docx", "epub")

Rows = dict[str, Figure]


def copies(source: Path, count: int, target: Path) -> int:
    """Write `count` copies of a bulletin, each heading made distinct (第i期); returns the number of characters."""
    text = source.read_text(encoding="utf-8").strip("\n")
    parts = (re.sub(r"^(#+ )(.*)$", rf"\g<1>第{i}期 \g<2>", text, flags=re.MULTILINE) for i in range(1, count + 1))
    whole = "\n\n".join(parts) + "\n"
    target.write_text(whole, encoding="utf-8")
    return len(whole)


def build_command(source: Path, folder: Path, editions: str, *more: str) -> list[str]:
    """The command line of a build."""
    return [*JIANBAO, "build", str(source), "-o", str(folder), "--to", editions, *more]


def cold_rows(folder: Path, runs: int) -> Rows:
    """The seed in fresh processes."""
    rows = {
        "three editions, verified": cold(build_command(SEED, folder, "pdf,docx,epub"), runs),
        "three editions, --no-verify": cold(build_command(SEED, folder, "pdf,docx,epub", "--no-verify"), runs),
    }
    for edition in EDITIONS:
        command = build_command(SEED, folder, edition, "--no-verify")
        rows[f"{edition} alone, --no-verify"] = cold(command, runs, folder / f"minzheng.{edition}")
    for name, command, made in peers.commands(SEED, folder, count=1):
        rows[name] = cold(command, runs, made)
    return rows


def warm_rows(folder: Path, runs: int) -> Rows:
    """The seed in a process that has built it before."""
    import converters

    return {
        "three editions, verified": warm(lambda: converters.build(SEED, folder), runs),
        "three editions, --no-verify": warm(lambda: converters.build(SEED, folder, verify=False), runs),
        "saved again, with a cache": warm(lambda: converters.build(SEED, folder, cache=str(folder / "cache")), runs),
    }


def scale_rows(folder: Path, counts: Sequence[int]) -> dict[int, tuple[int, Rows]]:
    """The seed so many times over, each edition in a process of its own: count → characters, rows."""
    tables = {}
    for count in counts:
        source = folder / f"times{count}.md"
        characters = copies(SEED, count, source)
        runs = 3 if count <= 10 else 1
        rows: Rows = {}
        for edition in EDITIONS:
            made = folder / f"times{count}.{edition}"
            command = build_command(source, folder, edition, "--no-verify")
            rows[edition] = cold(command, runs, made) if runs > 1 else once(command, made)
        # Repair alone, and repair and check; a finding is no failure here.
        proof = {"repair": ("-o", str(folder / "mended.md")), "check": ("--fail-on", "never")}
        for verb, more in proof.items():
            command = [*JIANBAO, verb, str(source), *more]
            rows[verb] = cold(command, runs) if runs > 1 else once(command)
        for name, command, made in peers.commands(source, folder, count):
            rows[name] = cold(command, runs, made) if runs > 1 else once(command, made)
        tables[count] = characters, rows
    return tables
