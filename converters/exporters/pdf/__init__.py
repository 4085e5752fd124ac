"""The print edition as PDF, with ReportLab."""

from __future__ import annotations

from .export import export
from .inks import read_intent

__all__ = ["export", "read_intent"]
