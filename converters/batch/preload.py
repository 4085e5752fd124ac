"""Imported once by the server that workers are forked from: all that building needs, and what is told of faces."""

from __future__ import annotations

import gc
import importlib

from .faces import prepare_as_told

_MODULES = (
    "readers.markdown", "repairs", "checks", "theme.load", "theme.resolve", "fonts.roles", "layout", "pictures",
    "exporters.pdf", "exporters.docx", "exporters.epub", "fidelity", "batch.worker",
)  # fmt: skip

for _name in _MODULES:
    importlib.import_module(f"converters.{_name}")

prepare_as_told()

# What is here now stays: a worker that looked through it for garbage would take a copy of each page of it.
gc.freeze()
