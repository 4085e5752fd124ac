"""Limits that hold between the keys of a sheet: margins and paper, forms and their fields, colours and their names."""

from __future__ import annotations

import dataclasses
import re
import string
from collections.abc import Sequence

from converters.errors import StyleError
from converters.units import to_mm

from .schema import Theme
from .sheet import Sheet
from .values import is_color

# A type area smaller than this holds no line of text (points).
_SMALLEST = 36.0

_FIT = re.compile(r"(?:multiple of )?[1-9]\d{0,4}")
_FORMS = {
    "masthead.issue_form": frozenset(("issue", "year", "total")),
    "page_number.form": frozenset(("page",)),
    "pdf.running_head": frozenset(("name", "title")),
}


def check(theme: Theme, sheets: Sequence[Sheet]) -> None:
    """Raises StyleError where values that are each right do not go together; `sheets` tell where they stand."""
    page = theme.page
    for across, sides, key in (
        (page.measure, "inner, outer", "page.inner"),
        (page.depth, "top, bottom", "page.top"),
    ):
        if across < _SMALLEST:
            paper = f"{to_mm(page.width):g} × {to_mm(page.height):g} mm"
            raise _error(sheets, key, "the margins {sides} leave {rest} mm of a paper of {paper}",
                         sides=sides, rest=f"{to_mm(across):.0f}", paper=paper, hint="make them smaller")  # fmt: skip
    if page.columns > 1 and (page.measure - page.column_gap * (page.columns - 1)) / page.columns < _SMALLEST:
        raise _error(sheets, "page.columns", "{n} columns leave no room for text", n=page.columns, hint="take fewer")
    for path, valid in _FORMS.items():
        table, _, name = path.partition(".")
        _check_form(getattr(getattr(theme, table), name), path, valid, sheets)
    if theme.page_number.position != "none" and "{page}" not in theme.page_number.form:
        raise _error(sheets, "page_number.form", "the form of the page number lacks {field}", field="{page}",
                     hint='write "— {page} —"')  # fmt: skip
    if page.fit and not _FIT.fullmatch(page.fit):
        raise _error(sheets, "page.fit", "page.fit is {value}", value=page.fit,
                     hint='write a number of pages, 4, or "multiple of 4"')  # fmt: skip
    named = dict(theme.colors)
    colors = [("draft.color", theme.draft.color), ("masthead.rule_color", theme.masthead.rule_color)]
    colors += [
        (f"styles.{f.name}.color", getattr(theme.styles, f.name).color) for f in dataclasses.fields(theme.styles)
    ]
    for path, color in colors:
        if color not in named and not is_color(color):
            hint = f'write "#RRGGBB" or one of {", ".join(named)}'
            raise _error(sheets, path, "{key}: there is no colour {value}", key=path, value=color, hint=hint)


def _check_form(form: str, path: str, valid: frozenset[str], sheets: Sequence[Sheet]) -> None:
    hint = f"write fields of these: {', '.join(f'{{{name}}}' for name in sorted(valid))}"
    try:
        names = [name for _, name, spec, conversion in string.Formatter().parse(form) if name is not None
                 and not (spec or (conversion and name in valid))]  # fmt: skip
    except ValueError:
        raise _error(sheets, path, "{key}: a brace has no partner", key=path, hint=hint) from None
    for name in names:
        if name not in valid:
            raise _error(sheets, path, "{key}: there is no field {field}", key=path, field=f"{{{name}}}", hint=hint)


def _error(sheets: Sequence[Sheet], path: str, message: str, *, hint: str = "", **values: object) -> StyleError:
    """A fault at a key, in the last sheet that sets it, or its table."""
    parts = path.split(".")
    for depth in range(len(parts), 0, -1):
        for sheet in reversed(sheets):
            tables: object = sheet.tables
            for part in parts[:depth]:
                tables = tables.get(part) if isinstance(tables, dict) else None
            if tables is not None:
                return sheet.error(message, path, hint, **values)
    return StyleError(message, where=sheets[-1].where if sheets else "", hint=hint, **values)
