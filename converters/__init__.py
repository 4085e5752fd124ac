"""jianbao (简报): one document model, three editions.

import converters

document = converters.read("seeds/minzheng.md")
converters.build("seeds/minzheng.md", "editions", to=("pdf", "docx", "epub"), style="jianbao")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model.document import Document as Document
    from .public import build as build
    from .public import check as check
    from .public import read as read
    from .public import repair as repair
    from .public import verify as verify
    from .public import write as write

__all__ = ["Document", "build", "check", "read", "repair", "verify", "write"]


def __getattr__(name: str) -> object:
    """The public names, each imported when it is first asked for."""
    import importlib

    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = importlib.import_module(".model.document" if name == "Document" else ".public", __name__)
    value = getattr(module, name)
    globals()[name] = value
    return value
