"""python-docx's relationships, part names and constants, without the rest of it.

`import docx` declares a class for every element that it knows, which takes a fifth of a DOCX's cold start; the package
layer needs none of them. So that layer alone is loaded, in copies of its own: whoever imports docx afterwards gets it
whole.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from docx.opc.constants import CONTENT_TYPE as CT
    from docx.opc.constants import RELATIONSHIP_TYPE as RT
    from docx.opc.packuri import PACKAGE_URI, PackURI
    from docx.opc.rel import Relationships

__all__ = ["CT", "PACKAGE_URI", "RT", "PackURI", "Relationships"]

_LAYER = ("docx.opc.constants", "docx.opc.packuri", "docx.opc.rel")


def _layer() -> list[ModuleType]:
    spec = importlib.util.find_spec("docx")
    if spec is None or "docx" in sys.modules:
        return [importlib.import_module(name) for name in _LAYER]
    # A package that is there but has not been run: its modules can be imported, its __init__ is not asked.
    sys.modules["docx"] = importlib.util.module_from_spec(spec)
    try:
        return [importlib.import_module(name) for name in _LAYER]
    finally:
        for name in [name for name in sys.modules if name == "docx" or name.startswith("docx.")]:
            del sys.modules[name]


if not TYPE_CHECKING:
    _constants, _names, _relationships = _layer()
    CT, RT = _constants.CONTENT_TYPE, _constants.RELATIONSHIP_TYPE
    PACKAGE_URI, PackURI = _names.PACKAGE_URI, _names.PackURI
    Relationships = _relationships.Relationships
