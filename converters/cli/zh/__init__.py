"""Messages in Chinese: the template as written in the program -> its translation, a module a part of the house."""

from __future__ import annotations

from .batch import MESSAGES as BATCH
from .checking import MESSAGES as CHECKING
from .mendable import MESSAGES as MENDABLE
from .mending import MESSAGES as MENDING
from .printing import MESSAGES as PRINTING
from .program import MESSAGES as PROGRAM
from .reading import MESSAGES as READING
from .reasons import MESSAGES as REASONS
from .returning import MESSAGES as RETURNING
from .settings import MESSAGES as SETTINGS

MESSAGES: dict[str, str] = {
    **PROGRAM, **PRINTING, **SETTINGS, **READING, **REASONS, **MENDABLE, **MENDING, **CHECKING, **RETURNING, **BATCH,
}  # fmt: skip
