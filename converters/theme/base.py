"""The text of styles/base.toml: every key with its default and its comment, made from schema.py and keys.py."""

from __future__ import annotations

import dataclasses
import enum
from typing import Any

from converters.units import to_mm

from .keys import AUTO, KEYS, key_of
from .schema import Styles, TextStyle, Theme

_HEAD = """\
# base.toml: every key of a style sheet, its default and what it means.
#
# Other sheets extend this one and say only what differs:   extends = "base"
# Lengths carry a unit: "37mm", "2cm", "16pt", "三号", and in [styles] "1.5em" of the style's own size.
# Keys that end in _em count hanzi of the style's own size, in _rows rows of the page's grid.
# This text is made from the schema:   python -m converters.theme.base
"""

# Lengths that the trade and the standard give in points; all others are shown in millimetres.
_IN_POINTS = ("size", "leading", "rule_thickness", "rule_star", "leader_pitch")


def base_sheet() -> str:
    """The whole of base.toml."""
    theme = Theme()
    parts = [_HEAD, f"title = {_shown('title', _TITLE)}  # {KEYS['title'].comment}\n"]
    for field in dataclasses.fields(Theme):
        value = getattr(theme, field.name)
        if field.name == "styles":
            parts.append(_styles(value))
        elif dataclasses.is_dataclass(value):
            parts.append(_table(field.name, value))
    parts.append("\n# The faces of each role, first choice first; the Word edition names the first.\n[fonts]\n")
    parts += [f"{role.value} = {_list(names)}\n" for role, names in theme.fonts]
    parts.append(_line("missing", theme.missing, "fonts.missing"))
    for language, fonts in theme.regional_fonts:
        parts.append(f"\n[fonts.{language}]\n")
        parts += [f"{role.value} = {_list(names)}\n" for role, names in fonts]
    parts.append('\n# Colours by name, "#RRGGBB" on the screen.\n[colors]\n')
    parts += [f"{name} = {_shown('color', value)}\n" for name, value in theme.colors]
    parts.append("\n# Colours by name as a press prints them, in per cent of its inks C, M, Y, K.\n[inks]\n")
    parts += [f"{name} = {_shown('ink', value)}\n" for name, value in theme.inks]
    parts.append(_CHECK)
    return "".join(parts)


_CHECK = """
# What is checked: a rule's code, a family or all, and on, off, info, warning or error.
[check]
# N-LONE = "off"
# Q-COMMA = "on"
# words = "words.txt"  # your own names and confused words, beside the sheet: jianbao explain T-CONF
"""
_TITLE = "Every key and its default: the 简报 page of GB/T 9704-2012"


def _table(name: str, value: Any) -> str:
    lines = [f"\n[{name}]\n"]
    for field in dataclasses.fields(value):
        key = field.name.rstrip("_")
        lines.append(_line(key, _typed(value, field), f"{name}.{key}"))
    return "".join(lines)


def _line(key: str, value: Any, path: str) -> str:
    described = key_of(path)
    comment = f"  # {described.comment}" if described and described.comment else ""
    return f"{key} = {_shown(key, value)}{comment}\n"


def _typed(owner: Any, field: dataclasses.Field[Any]) -> Any:
    """A field's value, as a float where the schema says float and the default is a whole number."""
    value = getattr(owner, field.name)
    return float(value) if str(field.type).startswith("float") and value is not None else value


def _styles(styles: Styles) -> str:
    """The body with a comment for each key; the others a line each, in the same order."""
    keys = dataclasses.fields(TextStyle)
    lines = ["\n[styles.body]\n"]
    lines += [_line(key.name, _typed(styles.body, key), f"styles.body.{key.name}") for key in keys]
    lines.append("\n# The other styles, with the same keys.\n[styles]\n")
    for field in dataclasses.fields(styles):
        if field.name != "body":
            style = getattr(styles, field.name)
            pairs = ", ".join(f"{key.name} = {_shown(key.name, _typed(style, key))}" for key in keys)
            lines.append(f"{field.name} = {{ {pairs} }}\n")
    return "".join(lines)


def _shown(key: str, value: Any) -> str:
    match value:
        case None:
            return f'"{AUTO}"'
        case bool():
            return str(value).lower()
        case enum.Enum():
            return f'"{value.value}"'
        case str():
            return f'"{value}"'
        case int():
            return str(value)
        case float() if key.endswith(("_em", "_rows", "_ratio", "line_height")) or value == 0:
            return f"{value:g}"
        case float() if key in _IN_POINTS:
            return f'"{value:g}pt"'
        case float():
            return f'"{round(to_mm(value), 4):g}mm"'
    raise TypeError(f"{key}: {value!r}")


def _list(names: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


if __name__ == "__main__":
    import sys

    sys.stdout.write(base_sheet())
