"""Where the sample bulletins are."""

from __future__ import annotations

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
SEEDS = sorted((CHECKOUT / "seeds").glob("*.md"))
