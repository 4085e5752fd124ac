"""What a sheet says, laid over a theme: each table fills the dataclass of its name."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from converters.errors import StyleError
from converters.units import mm, parse_length

from .schema import Page, Role, Styles, TextStyle, Theme
from .sheet import Sheet
from .values import convert, is_color, is_recipe, plain, text_of

# Finished sizes of GB/T 148 (ISO 216) in millimetres, width before height.
PAPERS: dict[str, tuple[float, float]] = {
    "A3": (297, 420), "A4": (210, 297), "A5": (148, 210), "A6": (105, 148), "B4": (250, 353), "B5": (176, 250),
}  # fmt: skip
_BESIDE_TABLES = ("extends", "title")
# What a style that is set like the body takes over from it.
_FOLLOWING = ("role", "size", "leading")

_RULE = re.compile(r"[A-Z](?:-[A-Z]{2,})?|all")
_SAID = ("on", "off", "info", "warning", "error")

_NO_TABLES = ("name", "title", "checks", "regional_fonts", "folder", "missing")

_Fonts = tuple[tuple[Role, tuple[str, ...]], ...]


def apply(theme: Theme, sheet: Sheet) -> Theme:
    """The theme with what a sheet says. Raises StyleError at the first key that is wrong."""
    changes: dict[str, Any] = {}
    fields = {field.name: field for field in dataclasses.fields(Theme)}
    tables = [name for name in fields if name not in _NO_TABLES]
    for name, value in sheet.tables.items():
        if name == "extends":
            continue
        if name == "title":
            changes["title"] = text_of(value, name, sheet)
        elif name == "fonts":
            values = dict(_table(value, name, sheet))
            if "missing" in values:
                changes["missing"] = convert(values.pop("missing"), "str", "fonts.missing", sheet, None)
            changes["fonts"], changes["regional_fonts"] = _fonts(theme, values, sheet)
        elif name == "colors":
            changes["colors"] = _colors(theme, _table(value, name, sheet), sheet)
        elif name == "inks":
            changes["inks"] = _inks(theme, _table(value, name, sheet), sheet)
        elif name == "styles":
            changes["styles"] = _styles(theme, _table(value, name, sheet), sheet)
        elif name == "page":
            changes["page"] = _page(theme.page, _table(value, name, sheet), sheet)
        elif name == "check":
            changes["checks"] = (*theme.checks, *_checks(_table(value, name, sheet), sheet))
        elif name in tables:
            changes[name] = _fill(getattr(theme, name), _table(value, name, sheet), name, sheet)
        else:
            raise _unknown(name, "", (*_BESIDE_TABLES, "check", *tables), sheet)
    return dataclasses.replace(theme, **changes)


def _checks(values: Mapping[str, Any], sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """[check]: rules (N-DATE), families (N) or all, with "on", "off" or a level; `words`: a list beside the sheet."""
    found: list[tuple[str, str]] = []
    for name, value in values.items():
        path = f"check.{name}"
        if name == "words":
            found.append((name, str(Path(sheet.where).parent / text_of(value, path, sheet))))
            continue
        said = "on" if value is True else "off" if value is False else text_of(value, path, sheet).strip().lower()
        if _RULE.fullmatch(name) is None:
            raise sheet.error(
                "{key} is no rule", path, hint="write a rule's code (N-DATE), a family (N) or all", key=name
            )
        if said not in _SAID:
            words = ", ".join(_SAID)
            raise sheet.error("{key} cannot be {value}", path, hint=f"write one of {words}", key=name, value=said)
        found.append((name, said))
    return tuple(found)


def _table(value: Any, path: str, sheet: Sheet) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    raise sheet.error("{key} is a table, not a value", path, hint=f"write [{path}] and its keys below", key=path)


def _unknown(name: str, table: str, valid: Iterable[str], sheet: Sheet) -> StyleError:
    path = f"{table}.{name}" if table else name
    names = list(valid)
    near = difflib.get_close_matches(name, names, 1, 0.5)
    hint = f"did you mean {near[0]}?" if near else f"the keys here are {', '.join(names)}"
    return sheet.error("there is no key {key}", path, hint=hint, key=path)


def _fill(target: Any, values: Mapping[str, Any], table: str, sheet: Sheet, em: float | None = None) -> Any:
    """A dataclass with some of its fields set from a table."""
    fields = {field.name.rstrip("_"): field for field in dataclasses.fields(target)}
    changes = {}
    for name, value in values.items():
        if name not in fields:
            raise _unknown(name, table, fields, sheet)
        changes[fields[name].name] = convert(value, str(fields[name].type), f"{table}.{name}", sheet, em)
    return dataclasses.replace(target, **changes)


def _styles(theme: Theme, values: Mapping[str, Any], sheet: Sheet) -> Styles:
    names = [field.name for field in dataclasses.fields(theme.styles)]
    if unknown := next((name for name in values if name not in names), None):
        raise _unknown(unknown, "styles", names, sheet)
    styles = theme.styles
    if "body" in values:
        body = _style(styles.body, values["body"], "styles.body", sheet)
        styles = _follow(styles, body)
    changes = {
        name: _style(getattr(styles, name), value, f"styles.{name}", sheet)
        for name, value in values.items()
        if name != "body"
    }
    return dataclasses.replace(styles, **changes)


def _style(style: TextStyle, value: Any, table: str, sheet: Sheet) -> TextStyle:
    given = dict(_table(value, table, sheet))
    if "size" in given:  # first: in the other keys em is this size
        style = _fill(style, {"size": given.pop("size")}, table, sheet)
    filled: TextStyle = _fill(style, given, table, sheet, style.size)
    return filled


def _follow(styles: Styles, body: TextStyle) -> Styles:
    """The styles with a new body: those that had the body's role, size or leading have the new one's."""
    changes: dict[str, Any] = {"body": body}
    changed = [name for name in _FOLLOWING if getattr(body, name) != getattr(styles.body, name)]
    for field in dataclasses.fields(styles):
        style = getattr(styles, field.name)
        same = {name: getattr(body, name) for name in changed if getattr(style, name) == getattr(styles.body, name)}
        if same and field.name != "body":
            changes[field.name] = dataclasses.replace(style, **same)
    return dataclasses.replace(styles, **changes)


def _page(page: Page, values: Mapping[str, Any], sheet: Sheet) -> Page:
    given = dict(values)
    width, height = _paper(given.pop("size"), sheet) if "size" in given else (page.width, page.height)
    valid = [field.name for field in dataclasses.fields(Page)]
    if unknown := next((name for name in given if name not in valid), None):
        raise _unknown(unknown, "page", (*valid, "size"), sheet)
    changed = _fill(dataclasses.replace(page, width=width, height=height), given, "page", sheet)
    return _fit_grid(changed, page, values)


def _fit_grid(changed: Page, before: Page, values: Mapping[str, Any]) -> Page:
    """The page with as many rows and characters as keep their size, where a sheet changes the paper without them."""
    if "rows" not in values and changed.depth != before.depth and changed.depth > 0:
        rows = max(1, int(changed.depth / before.pitch + 0.01))
        changed = dataclasses.replace(changed, rows=rows)
    if "characters" not in values and changed.measure != before.measure and changed.measure > 0:
        characters = max(1, int(changed.measure / before.cell + 0.01))
        changed = dataclasses.replace(changed, characters=characters)
    return changed


def _paper(value: Any, sheet: Sheet) -> tuple[float, float]:
    text = text_of(value, "page.size", sheet)
    name, _, turn = text.strip().partition(" ")
    if name.upper() in PAPERS and turn.strip() in ("", "landscape"):
        width, height = (mm(side) for side in PAPERS[name.upper()])
        return (height, width) if turn else (width, height)
    sides = text.replace("×", "x").split("x")
    try:
        width, height = (parse_length(side) for side in sides)
    except ValueError:
        hint = f'write one of {", ".join(PAPERS)}, or "210mm x 297mm"'
        raise sheet.error("{value} is no paper size", "page.size", hint=hint, value=f'"{text}"') from None
    return width, height


def _fonts(theme: Theme, values: Mapping[str, Any], sheet: Sheet) -> tuple[_Fonts, tuple[tuple[str, _Fonts], ...]]:
    """[fonts] for Simplified Chinese and the tables [fonts.LANGUAGE] for others; a role not named stays as it was."""
    regional = dict(theme.regional_fonts)
    own: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            regional[name] = _face_names(regional.get(name, ()), value, f"fonts.{name}", sheet)
        else:
            own[name] = value
    return _face_names(theme.fonts, own, "fonts", sheet), tuple(regional.items())


def _face_names(fonts: _Fonts, values: Mapping[str, Any], table: str, sheet: Sheet) -> _Fonts:
    result = dict(fonts)
    words = [role.value for role in Role] + (["missing"] if table == "fonts" else [])
    for name, value in values.items():
        if name not in words:
            raise _unknown(name, table, words, sheet)
        names = plain(value)
        names = [names] if isinstance(names, str) else names
        if (
            not isinstance(names, list)
            or not names
            or not all(isinstance(face, str) and face.strip() for face in names)
        ):
            hint = 'write ["first choice", "second choice"]'
            raise sheet.error("{key} is a list of face names", f"{table}.{name}", hint=hint, key=f"{table}.{name}")
        result[Role(name)] = tuple(names)
    return tuple(result.items())


def _colors(theme: Theme, values: Mapping[str, Any], sheet: Sheet) -> tuple[tuple[str, str], ...]:
    result = dict(theme.colors)
    for name, value in values.items():
        text = text_of(value, f"colors.{name}", sheet)
        if not is_color(text):
            hint = 'write "#RRGGBB"'
            raise sheet.error("{value} is no colour", f"colors.{name}", hint=hint, value=text)
        result[name] = text.upper()
    return tuple(result.items())


def _inks(theme: Theme, values: Mapping[str, Any], sheet: Sheet) -> tuple[tuple[str, str], ...]:
    result = dict(theme.inks)
    colors = [*dict(theme.colors), *sheet.tables.get("colors", {})]
    for name, value in values.items():
        if name not in colors:
            raise _unknown(name, "inks", colors, sheet)
        text = text_of(value, f"inks.{name}", sheet)
        if not is_recipe(text):
            hint = 'write per cents of C, M, Y, K: "M80 Y80"'
            raise sheet.error("{value} is no recipe of inks", f"inks.{name}", hint=hint, value=f'"{text}"')
        result[name] = " ".join(text.upper().split())
    return tuple(result.items())
