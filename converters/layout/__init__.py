"""Inlines → lines → pages: what the print edition is made of."""

from __future__ import annotations

from .build import lay_out
from .result import Layout

__all__ = ["Layout", "lay_out"]
