"""Metadata as YAML front matter under the keys that its source used; what is not said is left out."""

from __future__ import annotations

import datetime
import enum
import json
import re
from collections.abc import Mapping
from dataclasses import fields

from converters.model.front_matter_keys import ARTICLE_KEYS, ISSUE_KEYS, names, normalise
from converters.model.metadata import ArticleOverride, Metadata

# Texts that YAML reads as nothing but text without quotation marks.
_PLAIN = re.compile(r"[A-Za-z\u3400-\u9fff（〔《“][\w\u3000-\u303f\u3400-\u9fff\uff01-\uff5e ./“”‘’—…·+()-]*")
# Front matter, and the keys in it.
_FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_SIGNS = r"\s\"':：#{}\[\],"
_KEY = re.compile(
    rf"^[ \t]*(?:-[ \t]+)?[\"']?([^{_SIGNS}](?:[^\n{_SIGNS}]|[ ]){{0,20}})[\"']?[ \t]*[:：](?=\s|$)", re.MULTILINE
)
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


class _Words:
    """The word for each key: the one that the source wrote; else one in the language of its others, or of the text."""

    def __init__(self, metadata: Metadata, source: str) -> None:
        front = _FRONT.match(source)
        self.kind = metadata.kind.value
        # As compared -> as written.
        self.written: dict[str, str] = {
            normalise(word): word for word in reversed(_KEY.findall(front[1]) if front else [])
        }
        known = [word for word in self.written if word in self._names(ISSUE_KEYS) or word in self._names(ARTICLE_KEYS)]
        lang = metadata.lang.lower()
        self.chinese = any(not word.isascii() for word in known) if known else lang.startswith("zh")
        self.traditional = lang.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo"))

    def of(self, key: str, table: Mapping[str, tuple[str, ...]] = ISSUE_KEYS) -> str:
        """The word to write for an English key."""
        meant = self._names(table)
        aliases = [alias for alias in table[key] if not alias.isascii() and meant.get(normalise(alias)) == key]
        for word, written in self.written.items():
            if meant.get(word) == key:
                return written
        if not self.chinese or not aliases:
            return key
        return _traditional(aliases) if self.traditional else aliases[0]

    def _names(self, table: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
        return names(table, self.kind)


def _traditional(aliases: list[str]) -> str:
    """Of a key's aliases the one that is likest to the first: its form in Traditional characters, if it has one."""
    first = aliases[0]
    likest, most = first, -1
    for alias in aliases[1:]:
        same = sum(a == z for a, z in zip(alias, first, strict=False))
        if len(alias) == len(first) and same >= most:
            likest, most = alias, same
    return likest


def write_front_matter(metadata: Metadata, overrides: tuple[ArticleOverride, ...], source: str = "") -> str:
    """The front matter with its lines of hyphens; "" where nothing is said. `source` is the text that was read."""
    lines: list[str] = []
    words = _Words(metadata, source)
    for name, value in _said(metadata):
        if name == "settings":
            lines.append(f"{words.of('check')}:")
            lines += [f"  {write_scalar(rule)}: {write_scalar(setting)}" for rule, setting in metadata.settings]
        elif name not in ("articles", "span"):
            lines += _entry(words.of(name), value, "")
    if any(_said(override) for override in overrides):
        lines.append(f"{words.of('articles')}:")
        for override in overrides:
            entry = [
                line for name, value in _said(override) for line in _entry(words.of(name, ARTICLE_KEYS), value, "    ")
            ] or ["    {}"]
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
