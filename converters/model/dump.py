"""The model as text: every field that is not its default, a line for each part, indented by depth."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import MISSING, fields
from functools import cache
from typing import Any

from converters.diagnostics import Source, Span

from . import inlines as i
from .document import Document


def dump(document: Document, *, places: bool = True) -> str:
    """The document as readable text, for golden files; `places` adds offsets and spans.

    Sources are named with their encoding and length, not quoted.
    """
    return "\n".join(_lines(document, "", 0, places)) + "\n"


def dump_part(part: object, *, places: bool = False) -> str:
    """One block or inline of the model as readable text."""
    return "\n".join(_lines(part, "", 0, places)) + "\n"


@cache
def _fields(kind: Any) -> tuple[tuple[str, object], ...]:
    """Names and defaults of a part's fields; MISSING where a field must be given."""
    found: list[tuple[str, object]] = []
    for field in fields(kind):
        default = field.default
        if default is MISSING and field.default_factory is not MISSING:
            default = field.default_factory()
        found.append((field.name, default))
    return tuple(found)


def _lines(part: object, label: str, depth: int, places: bool) -> Iterator[str]:
    """The lines of one part: its name and short values first, then its inner parts, deeper."""
    kind: type = type(part)
    head: list[str] = []
    inner: list[tuple[str, object]] = []
    for name, default in _fields(kind):
        value = getattr(part, name)
        if value == () or value == ("" if default is MISSING else default):
            continue
        if name in ("span", "joined", "start") and (isinstance(value, (Span, tuple)) or kind.__name__ != "ListBlock"):
            if places:
                head.append(f"{name}={_short(value)}")
            continue
        if _is_short(value):
            head.append(f"{name}={_short(value)}" if not (name == "text" and kind is i.Text) else _short(value))
        else:
            inner.append((name, value))
    prefix = f"{label}: " if label else ""
    yield "  " * depth + prefix + " ".join((kind.__name__, *head))
    for name, value in inner:
        yield from _inner(name, value, depth + 1, places)


def _inner(name: str, value: object, depth: int, places: bool) -> Iterator[str]:
    """The lines of a field that holds parts. The main contents of a part carry no label."""
    label = "" if name in ("inlines", "children", "blocks", "items", "rows", "cells", "articles", "columns") else name
    if not isinstance(value, tuple):
        yield from _lines(value, label, depth, places)
        return
    if label:
        yield "  " * depth + f"{label}:"
        depth += 1
    for index, each in enumerate(value):
        if isinstance(each, tuple):
            if each and isinstance(each[0], (str, int)):
                yield "  " * depth + " ".join(_short(word) for word in each)
            else:
                yield "  " * depth + f"{index + 1}:"
                for part in each:
                    yield from _lines(part, "", depth + 1, places)
        elif isinstance(each, str):
            yield "  " * depth + _short(each)
        elif isinstance(each, Source):
            yield "  " * depth + f"{each.name} {each.encoding} {len(each.text)} characters"
        else:
            yield from _lines(each, "", depth, places)


def _is_short(value: object) -> bool:
    """Whether a value goes on the line of its part."""
    if isinstance(value, tuple):
        return all(isinstance(each, str) for each in value)
    return value is None or isinstance(value, (str, int, float, enum.Enum, Span)) or hasattr(value, "isoformat")


def _short(value: object) -> str:
    match value:
        case str():
            return f"“{_escaped(value)}”"
        case enum.Enum():
            return str(value.value)
        case Span(start=start, end=end):
            return f"{start}-{end}"
        case tuple():
            return "[" + " ".join(_short(each) for each in value) + "]"
        case _ if hasattr(value, "isoformat"):
            return str(value.isoformat())
        case _:
            return str(value)


def _escaped(text: str) -> str:
    """A text on one line, with every character that cannot be seen written as its number."""
    if text.isprintable():
        return text.replace("\\", "\\\\") if "\\" in text else text
    return "".join(
        char if char.isprintable() and char != "\\" else {"\n": "\\n", "\\": "\\\\"}.get(char, f"\\u{{{ord(char):x}}}")
        for char in text
    )
