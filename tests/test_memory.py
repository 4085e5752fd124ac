"""Reading, repair and check hold, beside what they give back, no more for an archive than for a few bulletins."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.editions import SEED, copies
from benchmarks.repair import MEMORY

FEW, MANY = 50, 200


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[int, tuple[float, float]]]:
    """For each step and size what it keeps, and how much more it holds at its peak, in MB."""
    folder = tmp_path_factory.mktemp("memory")
    found: dict[str, dict[int, tuple[float, float]]] = {"read": {}, "repair": {}, "check": {}}
    for count in (FEW, MANY):
        source = folder / f"{count}.md"
        copies(SEED, count, Path(source))
        command = [sys.executable, "-c", MEMORY, str(source)]
        said = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()
        for index, step in enumerate(found):
            found[step][count] = float(said[2 * index]), float(said[2 * index + 1])
    return found


@pytest.mark.parametrize("step", ["read", "repair"])
def test_reading_and_repair_hold_as_much_for_two_hundred_bulletins_as_for_fifty(
    step: str, held: dict[str, dict[int, tuple[float, float]]]
) -> None:
    assert held[step][MANY][0] > 3.5 * held[step][FEW][0], "the model itself grows with the text"
    assert held[step][MANY][1] < held[step][FEW][1] + 0.15
    assert held[step][MANY][1] < 0.4


def test_check_holds_the_sheet_of_a_hundred_pages_whatever_the_size_of_the_archive(
    held: dict[str, dict[int, tuple[float, float]]],
) -> None:
    assert held["check"][MANY][1] < 4
