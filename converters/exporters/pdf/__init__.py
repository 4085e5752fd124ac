"""The print edition as PDF, with ReportLab."""

from __future__ import annotations

from .export import export

__all__ = ["export"]
