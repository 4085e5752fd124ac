"""Faces that a long batch makes ready before its workers begin (fonts/prepared.py): once, for all of them.

The server that workers are forked from does it; its memory is theirs as long as nobody writes to it. It is told
through its environment, the one thing that reaches it before it imports the program.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TypeAlias

from converters.files import DISK, telling
from converters.pipeline import Options

from .memory import free_megabytes, give_back
from .pool import Limits
from .resources import MEGABYTES_A_WORKER

FaceKey: TypeAlias = tuple[str, int, str]
"""File, index in it, language."""

_VARIABLE = "JIANBAO_PREPARED_FACES"

_ENOUGH = 200
"""So many sources a worker pay for it: a face takes up to 0.3 s, and a bulletin gains 5 to 10 ms."""

_ROOM = 450
"""MB that a worker must be allowed: those of a large archive, and up to 140 of prepared faces, which count as its own
though all share them."""


def worth_preparing(options: Options, bounds: Limits, count: int) -> tuple[FaceKey, ...]:
    """The faces that a batch of so many sources prepares: none where there are few, or little memory."""
    if count < _ENOUGH * bounds.jobs or 0 < bounds.megabytes < _ROOM:
        return ()
    free = free_megabytes()
    if free and free < bounds.jobs * MEGABYTES_A_WORKER:
        return ()
    from converters.fonts.roles import resolve
    from converters.theme.load import load
    from converters.theme.schema import Role

    # Most sources of one batch are in the language of the sheet; others are cut from the whole faces.
    language = "zh-Hans"
    theme = load(options.style or "jianbao", dict(options.overrides), DISK)
    fonts = resolve(theme, language, options.font_paths, options.strict_fonts).value
    chosen = (fonts.choice(role) for role in Role if role is not Role.MONO)
    return tuple(dict.fromkeys((str(choice.path), choice.index, language) for choice in chosen))


def told(faces: tuple[FaceKey, ...]) -> contextlib.AbstractContextManager[None]:
    """A server that is started meanwhile prepares these faces."""
    return telling(_VARIABLE, json.dumps(faces))


def prepare_as_told() -> None:
    """What that server does. A face that cannot be prepared is cut as ever, and says then what is wrong with it."""
    faces = json.loads(DISK.environment(_VARIABLE) or "[]")
    if not faces:
        return
    from converters.errors import FontError
    from converters.fonts.face import open_face
    from converters.fonts.prepared import prepare
    from converters.fonts.subset import web_features

    for path, index, language in faces:
        with contextlib.suppress(FontError, RuntimeError, MemoryError):
            prepare(open_face(Path(path), index, language), web_features())
    give_back()
