"""Values of a style sheet: of the right type, in the right unit, within their limits."""

from __future__ import annotations

import difflib
import enum
import re
from typing import Any

from converters.units import parse_length

from .keys import AUTO, key_of
from .schema import Align, Role
from .sheet import Sheet, Written


def plain(value: Any) -> Any:
    """A value without the note of how it was written."""
    return value.value if isinstance(value, Written) else value


def is_color(text: str) -> bool:
    """Is this "#RRGGBB"?"""
    return re.fullmatch("#[0-9A-Fa-f]{6}", text) is not None


def is_recipe(text: str) -> bool:
    """Is this "M80 Y80": per cents of some of the inks C, M, Y, K, each at most once?"""
    parts = text.upper().split()
    inks = [part[:1] for part in parts]
    return (
        bool(parts)
        and len(set(inks)) == len(inks)
        and all(re.fullmatch(r"[CMYK](100|[0-9]?[0-9])", part, re.ASCII) for part in parts)
    )


def text_of(value: Any, path: str, sheet: Sheet) -> str:
    """A text. Raises StyleError for anything else."""
    if isinstance(value, Written):
        return value.value if isinstance(value.value, str) else value.text
    if isinstance(value, str):
        return value
    raise sheet.error(
        "{key} is a text, not {value}", path, hint="put it in quotation marks", key=path, value=_shown(value)
    )


def convert(value: Any, kind: str, path: str, sheet: Sheet, em: float | None) -> Any:
    """A value of a field, by the field's annotation and name."""
    written, value = value, plain(value)
    if kind.endswith(" | None"):
        if value == AUTO:
            return None
        kind = kind.removesuffix(" | None")
    match kind:
        case "bool":
            if not isinstance(value, bool):
                raise sheet.error("{key} is true or false, not {value}", path, key=path, value=_shown(value))
            return value
        case "int":
            if not isinstance(value, int) or isinstance(value, bool):
                raise sheet.error("{key} is a whole number, not {value}", path, key=path, value=_shown(value))
            return int(_in_range(value, path, sheet))
        case "float":
            return _in_range(_number(value, path, sheet, em), path, sheet)
        case "str" if path == "page.fit" and isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        case "str":
            return _word(text_of(written, path, sheet), path, sheet)
        case "Role" | "Align":
            return _member(text_of(written, path, sheet), kind, path, sheet)
    raise AssertionError(f"{path}: no reading for {kind}")


def _number(value: Any, path: str, sheet: Sheet, em: float | None) -> float:
    name = path.rpartition(".")[2]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if name.endswith(("_em", "_rows", "_ratio", "line_height")):
        unit = "em" if name.endswith("_em") else "rows" if name.endswith("_rows") else ""
        if is_number:
            return float(value)
        if isinstance(value, str) and unit and value.strip().endswith(unit):
            try:
                return float(value.strip().removesuffix(unit))
            except ValueError:
                pass
        raise sheet.error("{key} is a number, not {value}", path, key=path, value=_shown(value),
                          hint=f'write 2 or "2{unit}"' if unit else "write a number")  # fmt: skip
    if is_number and value == 0:
        return 0.0
    if is_number:
        raise sheet.error("{key} needs a unit: {value}", path, hint=f'write "{value}pt", "{value}mm" or a 号 size',
                          key=path, value=_shown(value))  # fmt: skip
    if not isinstance(value, str):
        raise sheet.error("{key} is a length, not {value}", path, key=path, value=_shown(value), hint='write "16pt"')
    try:
        return parse_length(value, em)
    except ValueError as error:
        raise sheet.error("{key}: {reason}", path, key=path, reason=str(error)) from None


def _shown(value: Any) -> str:
    match value:
        case str():
            return f'"{value}"'
        case bool():
            return str(value).lower()
        case dict():
            return "{ … }"
        case _:
            return str(value)


def _in_range(value: float, path: str, sheet: Sheet) -> float:
    key = key_of(path)
    if key is None or value != value:
        raise sheet.error("{key} is no number", path, key=path)
    if (key.low is not None and value < key.low) or (key.high is not None and value > key.high):
        limits = {"low": "" if key.low is None else f"{key.low:g}", "high": "" if key.high is None else f"{key.high:g}"}
        raise sheet.error("{key} is {value}, outside {low} to {high}", path, key=path, value=f"{value:g}", **limits)
    return value


def _word(text: str, path: str, sheet: Sheet) -> str:
    key = key_of(path)
    if key and key.choices and text not in key.choices:
        near = difflib.get_close_matches(text, key.choices, 1, 0.5)
        hint = f"did you mean {near[0]}?" if near else f"write one of {', '.join(key.choices)}"
        raise sheet.error("{key} is not {value}", path, hint=hint, key=path, value=_shown(text))
    return text


def _member(text: str, kind: str, path: str, sheet: Sheet) -> enum.Enum:
    members: type[enum.Enum] = Role if kind == "Role" else Align
    words = [str(member.value) for member in members]
    if text in words:
        return members(text)
    near = difflib.get_close_matches(text, words, 1, 0.5)
    hint = f"did you mean {near[0]}?" if near else f"write one of {', '.join(words)}"
    raise sheet.error("{key} is not {value}", path, hint=hint, key=path, value=_shown(text))
