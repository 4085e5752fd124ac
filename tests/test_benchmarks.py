"""The benchmarks run: whether their figures are good is for a person to see, never for a test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measure import run_process
from samples import CHECKOUT


@pytest.mark.slow
def test_the_benchmarks_run_in_their_small_form(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks", "--small", "--save", str(tmp_path / "figures")]
    # No peers: they are installed by hand only.
    environment = os.environ | {"JIANBAO_TOOLS": str(tmp_path)}
    done = subprocess.run(
        command, cwd=CHECKOUT, capture_output=True, text=True, env=environment, timeout=280, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    figures = json.loads((tmp_path / "figures" / "figures.json").read_text("utf-8"))
    assert set(figures) == {"machine", "cold", "warm", "scale", "growth", "batch"}
    assert all(row["processor"] > 0 for row in figures["cold"].values())
    assert {"jianbao", "reportlab"} <= set(figures["machine"]["versions"])
    assert set(figures["growth"]) == {"pdf", "docx", "epub"}
    assert {"repair", "check"} <= set(figures["scale"]["4"]["rows"])
    batches = figures["batch"]["rows"]
    # What the workers take is counted, though they are no children of the process that is timed.
    assert "efficiency" in figures["batch"]["scaling"]
    assert all(row["worker"] > 20 and row["processor"] > 0.5 for row in batches.values())
    chart = (tmp_path / "figures" / "chart.svg").read_text("utf-8")
    assert chart.startswith("<svg")
    assert "in time for 2 times the text" in chart
    assert "MB a worker" in chart


def test_a_command_that_fails_breaks_the_benchmark() -> None:
    with pytest.raises(RuntimeError, match="ended with 3: nothing was written"):
        run_process([sys.executable, "-c", "import sys; print('nothing was written', file=sys.stderr); sys.exit(3)"])
    assert run_process([sys.executable, "-c", ""]).processor > 0


@pytest.mark.slow
def test_the_profile_of_a_bulletin_runs() -> None:
    command = [sys.executable, "-m", "benchmarks.bulletin", "--count", "2", "--functions", "2"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert all(f"export {name}" in done.stdout for name in ("pdf", "docx", "epub"))
