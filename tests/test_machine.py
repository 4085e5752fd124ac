"""How many cores there are to be filled."""

from __future__ import annotations

import pytest

from converters.machine import cores, share


@pytest.mark.parametrize(
    ("said", "allowed"),
    [
        ("100000 100000", 1.0),
        ("150000 100000\n", 1.5),
        ("max 100000", 0.0),
        ("-1 100000", 0.0),
        ("", 0.0),
        ("5 0", 0.0),
    ],
)
def test_a_container_says_how_many_cores_it_may_fill(said: str, allowed: float) -> None:
    assert share(said) == allowed


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1
