"""A style sheet as it was read, and the faults that are found in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from converters.errors import StyleError
from converters.records import dataclass

from . import lines


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was read: where from, its text and its tables. `name` is "jianbao" for jianbao.toml."""

    name: str
    where: str
    text: str
    tables: Mapping[str, Any]

    def error(self, message: str, path: str, hint: str = "", **values: object) -> StyleError:
        """A fault at a key, with the line where the key stands."""
        if not self.text:
            return StyleError(message, where=self.where, hint=hint, **values)
        line = lines.find(self.text, path)
        return StyleError(message, where=f"{self.where}:{line}" if line else self.where, hint=hint, **values)


@dataclass(frozen=True, slots=True)
class Written:
    """A value from the command line, and how it was written: `--set masthead.issue_form=7` means the text "7"."""

    value: Any
    text: str
