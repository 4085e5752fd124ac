"""Style sheets: TOML files, one on the shoulders of another, made into a Theme.

A sheet says only what differs from the one it `extends`; all stand on base.toml, whose values are the defaults
of schema.py. Lengths are written with a unit ("37mm", "16pt", "2em" of the style's own size, "三号").
"""

from __future__ import annotations

import dataclasses
import difflib
import functools
import tomllib
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from converters.errors import InputError, StyleError
from converters.files import DISK, Files

from . import lines
from .apply import apply
from .limits import check
from .schema import Theme
from .sheet import Sheet, Written

BASE = "base"
# Check sum of styles/base.toml while it says what schema.py says, so that it need not be read for every build;
# any other base.toml is read. A test keeps the three together.
BASE_CHECK_SUM = 0xA1855DE4

_MAX_DEPTH = 20
_MOST_KEPT = 64


def load(name_or_path: str, overrides: Mapping[str, str] | None = None, files: Files = DISK) -> Theme:
    """The Theme of a sheet: one of ours by name, or a file by its path; then the `--set` values.

    Raises StyleError: no such sheet, wrong TOML, unknown key (with the nearest valid one), a value of the wrong
    type, unit or range, a circle of `extends`.
    """
    sheets = _chain(name_or_path, files)
    key = name_or_path, tuple((sheet.where, sheet.text) for sheet in sheets), tuple((overrides or {}).items())
    theme = _made.get(key)
    if theme is None:
        theme = _make(name_or_path, sheets, overrides or {})
        if len(_made) >= _MOST_KEPT:
            _made.clear()
        _made[key] = theme
    return theme


_made: dict[tuple[Any, ...], Theme] = {}
"""What was made of sheets that say what they said before: the bulletins of a batch share a few."""


def _make(name_or_path: str, sheets: list[Sheet], overrides: Mapping[str, str]) -> Theme:
    """A theme of its sheets, the outermost first, and of the values that are set over them."""
    theme = Theme()
    for sheet in sheets:
        theme = apply(theme, sheet)
        if sheet.tables.get("masthead", {}).get("image"):
            theme = dataclasses.replace(theme, folder=str(Path(sheet.where).parent))
        if (profile := theme.pdf.output_intent) and "output_intent" in sheet.tables.get("pdf", {}):
            beside = str(Path(sheet.where).parent / profile)
            theme = dataclasses.replace(theme, pdf=dataclasses.replace(theme.pdf, output_intent=beside))
    for key, value in overrides.items():
        sheet = Sheet("--set", f"--set {key}={value}", "", _override(key, value))
        theme = apply(theme, sheet)
        sheets = [*sheets, sheet]
        if key.strip() == "masthead.image":
            theme = dataclasses.replace(theme, folder=None)
    check(theme, sheets)
    return dataclasses.replace(theme, name=Path(name_or_path).stem)


def available() -> tuple[tuple[str, str], ...]:
    """Name and title of each sheet that comes with the program, sorted by name."""
    found = {}
    for path in sorted(_folder().glob("*.toml")):
        found[path.stem] = str(_parse(path.stem, str(path), DISK).tables.get("title", ""))
    return tuple(sorted(found.items()))


def sheet_text(name: str) -> str:
    """The TOML text of a sheet that comes with the program. Raises StyleError for an unknown name."""
    return _read(name, Path(), DISK)[1].decode()


# -- reading


@functools.cache
def _folder() -> Path:
    """The sheets inside an installed package, else those of the checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "styles"
    return inside if inside.is_dir() else package.parent / "styles"


def _chain(name: str, files: Files) -> list[Sheet]:
    """The sheet and all that it extends, the outermost first. base.toml is left out while it says the defaults."""
    sheets: list[Sheet] = []
    origins: list[str] = []
    asked, beside = name, Path()
    while True:
        try:
            where, data = _read(asked, beside, files)
        except StyleError as error:
            if sheets and not error.where:
                # The name stands in another sheet: that is where it is to be mended.
                raise sheets[-1].error(error.template, "extends", hint=error.hint, **error.values) from None
            if not error.where:
                raise StyleError(error.template, where=f"--style {name}", hint=error.hint, **error.values) from None
            raise
        if where in origins:
            names = " → ".join((*origins[origins.index(where) :], where))
            raise StyleError("these sheets extend each other: {names}", where=sheets[-1].where, names=names)
        if len(origins) >= _MAX_DEPTH:
            raise StyleError("more than {n} sheets extend one another", where=where, n=_MAX_DEPTH)
        origins.append(where)
        if sheets and Path(where).stem == BASE and zlib.crc32(data.replace(b"\r\n", b"\n")) == BASE_CHECK_SUM:
            break
        sheet = _decode(Path(where).stem, where, data)
        sheets.append(sheet)
        parent = sheet.tables.get("extends", BASE if sheet.name != BASE else "")
        if not isinstance(parent, str):
            raise sheet.error("extends is the name or path of one sheet", "extends")
        if not parent:
            break
        asked, beside = parent, Path(where).parent
    return sheets[::-1]


def _read(name: str, beside: Path, files: Files) -> tuple[str, bytes]:
    """Path and bytes of a sheet given by name, or by a path (that ends in .toml) seen from the folder `beside`."""
    by_path = name.lower().endswith(".toml") or "/" in name or "\\" in name
    path = beside / name if by_path else _folder() / f"{name}.toml"
    if not by_path and not path.is_file():
        names = sorted(sheet.stem for sheet in _folder().glob("*.toml"))
        near = difflib.get_close_matches(name, names, 1)
        hint = f"did you mean {near[0]}?" if near else f"choose one of {', '.join(names)}, or give a .toml file"
        raise StyleError("there is no style sheet {name}", name=name, hint=hint)
    try:
        return str(path), (files if by_path else DISK).read(str(path))
    except InputError as error:
        raise StyleError("this style sheet cannot be read: {reason}", where=str(path), reason=error.message) from None


def _parse(name: str, where: str, files: Files) -> Sheet:
    return _decode(name, where, files.read(where))


@functools.lru_cache(maxsize=_MOST_KEPT)
def _decode(name: str, where: str, data: bytes) -> Sheet:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        return Sheet(name, where, text, tomllib.loads(text))
    except UnicodeDecodeError:
        raise StyleError("this style sheet is not UTF-8", where=where, hint="save it as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line, reason = lines.place_of_toml_error(str(error), text)
        raise StyleError("this is not TOML: {reason}", where=f"{where}:{line}", reason=reason) from None


def _override(key: str, value: str) -> dict[str, Any]:
    """`--set page.rows=24` as the tables of a sheet; a value that is no TOML is a text."""
    parts = [part.strip() for part in key.split(".")]
    try:
        parsed = tomllib.loads(f"value = {value}")
        found = parsed["value"] if len(parsed) == 1 else value
    except tomllib.TOMLDecodeError:
        found = value
    tables: dict[str, Any] = {parts[-1]: Written(found, value)}
    for part in reversed(parts[:-1]):
        tables = {part: tables}
    return tables
