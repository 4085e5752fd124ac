"""Markdown that reads back to the same model."""

from __future__ import annotations

from .export import export

__all__ = ["export"]
