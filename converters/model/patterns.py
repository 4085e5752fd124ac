"""Regular expressions that are compiled when they are first needed: a plain build compiles few of them."""

from __future__ import annotations

import functools
import re


@functools.cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The compiled form of a pattern, made once."""
    return re.compile(pattern, flags)
