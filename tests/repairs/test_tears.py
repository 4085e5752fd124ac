"""What a torn paragraph leaves open."""

from __future__ import annotations

import pytest

from converters.repairs.tears import left_open


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("他说：“好", "”"), ("他说：‘好", "’"), ("见（甲）和（乙", "）"), ("读《甲》《乙", "》"), ("“甲（乙", "）"),
        ("“甲”（乙）《丙》", ""), ("甲）乙》", ""),
    ],
)  # fmt: skip
def test_the_last_bracket_left_open_tells_what_it_wants(text: str, wanted: str) -> None:
    assert left_open(text) == wanted
