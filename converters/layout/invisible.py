"""Characters that are not drawn by themselves alone."""

from __future__ import annotations

IGNORABLE = frozenset(
    map(
        chr,
        (
            0x00AD, 0x034F, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
            *range(0xFE00, 0xFE10), 0xFEFF, *range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0),
        ),
    )
)  # fmt: skip
"""Default ignorable code points (Unicode, chapter 5.21): they have no ink of their own."""

APOSTROPHE = "’"
NOT_PLAIN = IGNORABLE | frozenset((APOSTROPHE, "—", "―"))
"""Characters that need a look at their neighbours before it is known how they are drawn."""
STAND_IN = "\U00100000"
"""From here on lie the private characters that stand for what is drawn together (clusters.py)."""
