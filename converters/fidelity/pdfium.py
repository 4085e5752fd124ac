"""The few functions of PDFium that reading a text back needs, from the library that pypdfium2 brings.

pypdfium2's own bindings declare all of PDFium, which takes longer than reading a bulletin; only where its library
does not lie where it is looked for are they imported.
"""

from __future__ import annotations

import ctypes
import functools
import importlib.util
import sys
from ctypes import POINTER, c_char_p, c_float, c_int, c_uint, c_uint64, c_ulong, c_void_p
from pathlib import Path
from typing import Any

from .stand_in import StandIn

_LIBRARY = {"win32": "pdfium.dll", "darwin": "libpdfium.dylib"}.get(sys.platform, "libpdfium.so")


class Matrix(ctypes.Structure):
    """FS_MATRIX: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    _fields_ = tuple((name, ctypes.c_float) for name in "abcdef")


class _Configuration(ctypes.Structure):
    """FPDF_LIBRARY_CONFIG, version 2; `user_font_paths` is a list that ends with a null."""

    _fields_ = (
        ("version", c_int),
        ("user_font_paths", c_void_p),
        ("isolate", c_void_p),
        ("v8_embedder_slot", c_uint),
    )


# name -> (result, arguments), from fpdfview.h, fpdf_edit.h, fpdf_text.h, fpdf_structtree.h
_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "FPDF_InitLibraryWithConfig": (None, (c_void_p,)),
    "FPDF_SetSystemFontInfo": (None, (c_void_p,)),
    "FPDF_GetLastError": (c_ulong, ()),
    "FPDF_LoadMemDocument64": (c_void_p, (c_void_p, c_uint64, c_void_p)),
    "FPDF_CloseDocument": (None, (c_void_p,)),
    "FPDF_GetPageCount": (c_int, (c_void_p,)),
    "FPDF_LoadPage": (c_void_p, (c_void_p, c_int)),
    "FPDF_ClosePage": (None, (c_void_p,)),
    "FPDF_GetPageWidthF": (c_float, (c_void_p,)),
    "FPDF_GetPageHeightF": (c_float, (c_void_p,)),
    "FPDFPage_CountObjects": (c_int, (c_void_p,)),
    "FPDFPage_GetObject": (c_void_p, (c_void_p, c_int)),
    "FPDFFormObj_CountObjects": (c_int, (c_void_p,)),
    "FPDFFormObj_GetObject": (c_void_p, (c_void_p, c_int)),
    "FPDFPageObj_GetType": (c_int, (c_void_p,)),
    "FPDFPageObj_GetMatrix": (c_int, (c_void_p, c_void_p)),
    "FPDFPageObj_CountMarks": (c_int, (c_void_p,)),
    "FPDFPageObj_GetMark": (c_void_p, (c_void_p, c_ulong)),
    "FPDFPageObj_GetMarkedContentID": (c_int, (c_void_p,)),
    "FPDFPageObjMark_GetName": (c_int, (c_void_p, c_void_p, c_ulong, POINTER(c_ulong))),
    "FPDFPageObjMark_GetParamBlobValue": (c_int, (c_void_p, c_char_p, c_void_p, c_ulong, POINTER(c_ulong))),
    "FPDFText_LoadPage": (c_void_p, (c_void_p,)),
    "FPDFText_ClosePage": (None, (c_void_p,)),
    "FPDFText_CountChars": (c_int, (c_void_p,)),
    "FPDFText_GetUnicode": (c_uint, (c_void_p, c_int)),
    "FPDFText_IsGenerated": (c_int, (c_void_p, c_int)),
    "FPDFText_GetTextObject": (c_void_p, (c_void_p, c_int)),
    "FPDFTextObj_GetText": (c_ulong, (c_void_p, c_void_p, c_void_p, c_ulong)),
    "FPDF_StructTree_GetForPage": (c_void_p, (c_void_p,)),
    "FPDF_StructTree_Close": (None, (c_void_p,)),
    "FPDF_StructTree_CountChildren": (c_int, (c_void_p,)),
    "FPDF_StructTree_GetChildAtIndex": (c_void_p, (c_void_p, c_int)),
    "FPDF_StructElement_GetType": (c_ulong, (c_void_p, c_void_p, c_ulong)),
    "FPDF_StructElement_CountChildren": (c_int, (c_void_p,)),
    "FPDF_StructElement_GetChildAtIndex": (c_void_p, (c_void_p, c_int)),
    "FPDF_StructElement_GetChildMarkedContentID": (c_int, (c_void_p, c_int)),
}

# What PDFium is told where to find fonts: nowhere. Searching the machine's takes longer than reading a bulletin, and
# no glyph is drawn.
_NO_FONTS = (c_void_p * 1)()

STAND_IN = StandIn()
"""What PDFium gets in place of a file's faces, for as long as it is asked to."""


@functools.cache
def pdfium() -> Any:
    """PDFium's functions, the library being initialised."""
    library = ctypes.CDLL(str(_path()))
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    configuration = _Configuration(2, ctypes.cast(_NO_FONTS, c_void_p), None, 0)
    # Where another part of the process has initialised it already, this does nothing.
    library.FPDF_InitLibraryWithConfig(ctypes.byref(configuration))
    STAND_IN.offer(library)
    return library


def _path() -> Path:
    """Where the library lies."""
    spec = importlib.util.find_spec("pypdfium2_raw")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder, _LIBRARY)
        if path.exists():
            return path
    import pypdfium2_raw

    # A build of pypdfium2 for a library of the system: its own bindings know which one.
    return Path(next(iter(pypdfium2_raw.bindings._libs.values()))._name)
