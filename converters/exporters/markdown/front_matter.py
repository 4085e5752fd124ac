"""Metadata as YAML front matter under its English keys; what is not said is left out."""

from __future__ import annotations

import datetime
import enum
import json
import re
from dataclasses import fields

from converters.model.metadata import ArticleOverride, Metadata

# Texts that YAML reads as nothing but text without quotation marks.
_PLAIN = re.compile(r"[A-Za-z\u3400-\u9fff（〔《“][\w\u3000-\u303f\u3400-\u9fff\uff01-\uff5e ./“”‘’—…·+()-]*")
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def write_front_matter(metadata: Metadata, overrides: tuple[ArticleOverride, ...]) -> str:
    """The front matter with its lines of hyphens; "" where nothing is said."""
    lines: list[str] = []
    for name, value in _said(metadata):
        if name == "settings":
            lines.append("check:")
            lines += [f"  {write_scalar(rule)}: {write_scalar(setting)}" for rule, setting in metadata.settings]
        elif name not in ("articles", "span"):
            lines += _entry(name, value, "")
    if any(_said(override) for override in overrides):
        lines.append("articles:")
        for override in overrides:
            entry = [line for name, value in _said(override) for line in _entry(name, value, "    ")] or ["    {}"]
            lines.append("  - " + entry[0].lstrip())
            lines += entry[1:]
    return "---\n" + "\n".join(lines) + "\n---\n" if lines else ""


def _said(record: Metadata | ArticleOverride) -> list[tuple[str, object]]:
    """The fields that are not their defaults."""
    kind = type(record)
    return [
        (field.name, getattr(record, field.name))
        for field in fields(kind)
        if field.name != "span" and getattr(record, field.name) != field.default
    ]


def _entry(name: str, value: object, indent: str) -> list[str]:
    match value:
        case tuple() if len(value) == 1:
            return [f"{indent}{name}: [{write_scalar(str(value[0]), flow=True)}]"]
        case tuple():
            return [f"{indent}{name}:", *(f"{indent}  - {write_scalar(str(each))}" for each in value)]
        case bool():
            return [f"{indent}{name}: {'true' if value else 'false'}"]
        case int():
            return [f"{indent}{name}: {value}"]
        case enum.Enum():
            return [f"{indent}{name}: {value.value}"]
        case datetime.date():
            return [f"{indent}{name}: {value.isoformat()}"]
        case _:
            return [f"{indent}{name}: {write_scalar(str(value))}"]


def write_scalar(text: str, *, flow: bool = False) -> str:
    """A text as YAML reads it back: bare where that is safe, else between quotation marks."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS and text == text.strip() and not (flow and "," in text):
        return text
    if text.isdecimal() and text.isascii():
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
