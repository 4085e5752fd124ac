"""Messages in Chinese: the template as written in the program -> its translation."""

from __future__ import annotations

MESSAGES: dict[str, str] = {}
