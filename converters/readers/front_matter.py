"""Front matter: the YAML block at the head of a source, typed into Metadata.

Texts are kept as written; only dates, numbers and switches are typed. A key that is not known is a warning
and the build goes on; YAML that cannot be read stops it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from converters.diagnostics import Checked, Diagnostic, Severity, Source, Span
from converters.errors import InputError
from converters.model.metadata import ArticleOverride, Kind, Metadata
from converters.records import dataclass

if TYPE_CHECKING:
    from . import yaml_values as y

# A year's list of articles is a few thousand lines; more is no front matter.
_LENGTH_LIMIT = 1_000_000


@dataclass(slots=True)
class _Reading:
    """What one reading of front matter knows: how a place in the YAML becomes one in the source."""

    place: Callable[[y.Scalar], Span | None]
    findings: list[Diagnostic] = field(default_factory=list)

    def find(self, rule: str, severity: Severity, message: str, at: y.Scalar, hint: str = "", /, **values: str) -> None:
        self.findings.append(
            Diagnostic(rule, severity, message, self.place(at), hint=hint, values=tuple(values.items()))
        )


def read_front_matter(source: Source) -> tuple[Checked[Metadata], int]:
    """The metadata of a source and the offset where its text begins (0 where there is no front matter).

    Raises InputError for YAML that cannot be read.
    """
    if not source.text.startswith("---"):
        return Checked(Metadata()), 0
    bounds = find_front_matter(source)
    if bounds is None:
        return Checked(Metadata()), 0
    start, end, body = bounds
    reading = _Reading(lambda scalar: _span(source, scalar))
    metadata = _metadata(_load(source, start, end), reading)
    return Checked(replace(metadata, span=Span(source.name, 0, end)), tuple(reading.findings)), body


def override(metadata: Metadata, settings: Mapping[str, str]) -> Checked[Metadata]:
    """The metadata with keys set from outside ("期号": "12"), under the same names and types as front matter."""
    from . import yaml_values as y

    reading = _Reading(lambda _scalar: None)
    pairs = tuple((y.Scalar(key, 0, 0), y.Scalar(text, 0, 0)) for key, text in settings.items())
    return Checked(_metadata(y.Mapping(pairs, 0, 0), reading, metadata), tuple(reading.findings))


def find_front_matter(source: Source) -> tuple[int, int, int] | None:
    """Where the YAML begins, where its closing line ends and where the text begins; None for no front matter.

    A first line of --- opens front matter only if a line of --- or ... closes it or a key follows it;
    otherwise it is a thematic break.
    """
    text = source.text
    first = text.find("\n")
    if first < 0 or text[:first].rstrip() != "---":
        return None
    start = position = first + 1
    while 0 < position <= len(text) and position < _LENGTH_LIMIT:
        end = text.find("\n", position)
        line = (text[position:] if end < 0 else text[position:end]).rstrip()
        if line in ("---", "..."):
            block = text[start:position]
            if not _opens_with_key(block) and not _means_keys(block):
                return None
            return start, position + len(line), len(text) if end < 0 else end + 1
        position = end + 1
    if _opens_with_key(text[start : start + 200]):
        raise InputError(
            "the front matter is not closed", where=f"{source.name}:1", hint="close it with a line of three hyphens"
        )
    return None


def _opens_with_key(block: str) -> bool:
    """Whether the first line that says something is a key with its colon."""
    import re

    for line in block.split("\n"):
        bare = line.strip()
        if bare and not bare.startswith("#"):
            return re.match(r"[\"']?[^\W\d][\w \-]{0,23}[\"']?[ \t]*(?::(?=\s|$)|：)", bare) is not None
    return False


def _means_keys(block: str) -> bool:
    """Whether a block between lines of --- that does not begin with a key is front matter gone wrong all the same.

    A list or a group alone, or a line further on with a key that is known; a blank line speaks for two rules of a
    text.
    """
    import re

    from converters.model.front_matter_keys import ISSUE_KEYS, names, normalise

    lines = [line.rstrip() for line in block.split("\n")[:-1]]
    if not lines or not all(lines):
        return False
    if all(line.startswith(("- ", "  ", "#")) or line == "-" for line in lines):
        return True
    if lines[0].startswith("{") and ":" in lines[0]:
        return True
    known = names(ISSUE_KEYS).keys()
    keys = (re.match(r"([\w \-]{1,24}?)[ \t]*(?::(?=\s|$)|：)", line) for line in lines)
    return any(key is not None and normalise(key[1]) in known for key in keys)


def _load(source: Source, start: int, end: int) -> y.Mapping:
    from . import yaml_values as y

    block = source.text[start:end].rstrip("-.")
    row = source.locate(start)[0]
    try:
        value = y.load(mend_colons(block))
    except y.BrokenYamlError as error:
        raise InputError(
            "the front matter cannot be read: {reason}",
            where=f"{source.name}:{_place(source, row + error.row, error.column)}",
            hint="write each key as “key: value”; put a value with : # [ or { in it between quotation marks",
            reason=error.reason,
        ) from None
    if value is None:
        return y.Mapping((), 0, 0)
    if not isinstance(value, y.Mapping):
        raise InputError(
            "the front matter is not a list of keys",
            where=f"{source.name}:{row}",
            hint="write each key as “key: value”, with a space after the colon",
        )
    return value


def _place(source: Source, row: int, column: int) -> str:
    """Line and column, from 1, of a fault in the YAML; one at the end of it stands behind its last line."""
    line = source.line(row).rstrip() if row <= len(source.line_starts) else ""
    # A full-width colon was read as one with a space.
    column -= "：" in line[:column] and ":" not in line[:column]
    return f"{row}:{min(column, len(line)) + 1}"


def mend_colons(block: str) -> str:
    """The block with a half-width colon after known keys that a full-width one follows; rows do not move."""
    if "：" not in block:
        return block
    from converters.model.front_matter_keys import ARTICLE_KEYS, ISSUE_KEYS, names, normalise

    known = names(ISSUE_KEYS).keys() | names(ARTICLE_KEYS).keys()
    lines = block.split("\n")
    for index, line in enumerate(lines):
        key, colon, rest = line.partition("：")
        if colon and ":" not in key and normalise(key.lstrip().removeprefix("- ")) in known and rest[:1] != ":":
            lines[index] = f"{key}: {rest.lstrip()}"
    return "\n".join(lines)


def _span(source: Source, scalar: y.Scalar) -> Span:
    # The YAML begins in the second line of the source.
    start = source.line_starts[scalar.row + 1] + scalar.column
    return Span(source.name, start, max(start, min(len(source.text), start + len(scalar.text))))


def _metadata(mapping: y.Mapping, reading: _Reading, base: Metadata | None = None) -> Metadata:
    from converters.model.front_matter_keys import ISSUE_KEYS, names, normalise

    metadata = base or Metadata()
    words = names(ISSUE_KEYS)
    kinds = [value for key, value in mapping.items if words.get(normalise(key.text)) == "kind"]
    kind = metadata.kind
    if kinds and hasattr(kinds[0], "text"):
        kind = _kind(kinds[0].text) or kind
    values: dict[str, Any] = {"kind": kind}
    for english, key, value in _known(mapping, names(ISSUE_KEYS, kind.value), reading):
        if english in ("check", "repair"):
            values["settings"] = (*values.get("settings", metadata.settings), *_settings(value, key, reading))
        elif english == "articles":
            values["articles"] = _articles(value, key, reading)
        elif english == "schema":
            if _text(value) != "jianbao/1":
                reading.find(
                    "M-VALUE", Severity.WARNING, "the schema “{value}” is not known", key,
                    "write jianbao/1, or leave the key out", value=_text(value) or "",
                )  # fmt: skip
        else:
            _set(values, english, key, value, reading)
    return replace(metadata, **values)


def _known(mapping: y.Mapping, words: Mapping[str, str], reading: _Reading) -> list[tuple[str, y.Scalar, y.Value]]:
    """The pairs whose keys are known, the first of each; findings for the others."""
    from converters.model.front_matter_keys import normalise

    seen: dict[str, str] = {}
    pairs = []
    for key, value in mapping.items:
        english = words.get(normalise(key.text))
        if english is None:
            near = _nearest(normalise(key.text), words)
            reading.find(
                "M-KEY", Severity.WARNING, "the front matter has no key “{key}”; it is left out", key,
                f"write {near}" if near else "see the list of keys in the README", key=key.text.strip(),
            )  # fmt: skip
        elif english in seen:
            reading.find(
                "M-TWICE", Severity.ERROR, "“{key}” says again what “{first}” said; the first counts", key,
                "keep one of the two keys", key=key.text.strip(), first=seen[english],
            )  # fmt: skip
        else:
            seen[english] = key.text.strip()
            pairs.append((english, key, value))
    return pairs


def _nearest(word: str, words: Mapping[str, str]) -> str:
    import difflib

    near = difflib.get_close_matches(word, list(words), 1, 0.5 if not word.isascii() else 0.7)
    return near[0] if near else ""


def _text(value: y.Value) -> str | None:
    """A scalar's text, None for a list or a mapping."""
    return getattr(value, "text", None)


def _texts(value: y.Value) -> tuple[str, ...] | None:
    """A list of texts; a single text is a list of one, nothing an empty one; None for anything else."""
    from . import yaml_values as y

    match value:
        case y.Scalar(null=True):
            return ()
        case y.Scalar(text=text):
            return (text,)
        case y.Sequence(items=items):
            texts = tuple(item.text for item in items if isinstance(item, y.Scalar))
            return texts if len(texts) == len(items) else None
        case _:
            return None


def _kind(text: str) -> Kind | None:
    from converters.model.front_matter_keys import KINDS

    bare = text.strip().lower()
    try:
        return Kind(KINDS.get(bare, bare))
    except ValueError:
        return None


def _set(values: dict[str, Any], english: str, key: y.Scalar, value: y.Value, reading: _Reading) -> None:
    """Type one value; where it is not of its type, a finding and the default."""
    from converters.model.front_matter_keys import LISTS

    if english == "signer" and (names := _texts(value)) is not None:
        # Several signers of a joint issue: names apart by wide spaces, as they are printed.
        values[english] = "\u3000".join(names)
        return
    if english in LISTS:
        texts = _texts(value)
        if texts is None:
            _wrong(reading, key, "a list of texts")
        else:
            values[english] = texts
        return
    text = _text(value)
    if text is None:
        _wrong(reading, key, "one text")
        return
    typed, wanted = _typed(english, text)
    if wanted:
        _wrong(reading, key, wanted, text)
    elif typed is not None:
        values[english] = typed


def _typed(english: str, text: str) -> tuple[object, str]:
    """A value as its key wants it and "", or None and what it should have been; None and "" for nothing said."""
    from converters.model.front_matter_keys import DATES, FALSE, NUMBERS, TRUE

    bare = text.strip()
    if english == "kind":
        kind = _kind(bare)
        return kind, "" if kind or not bare else "jianbao, gongbao, xinxi or gongwen"
    if english in NUMBERS:
        number = _number(bare)
        return number, "" if number is not None or not bare else "a whole number"
    if english in DATES:
        date = _date(bare)
        return date, "" if date or not bare else "a date of the calendar, for example 2026-03-27"
    if english == "supplement":
        if bare.lower() in TRUE + FALSE:
            return bare.lower() in TRUE, ""
        return None, "true or false"
    if english == "toc":
        if bare.lower() in ("", "auto", "自动"):
            return "auto", ""
        if bare.lower() in TRUE + FALSE:
            return ("true" if bare.lower() in TRUE else "false"), ""
        return None, "auto, true or false"
    if english == "article_break":
        word = {"接排": "run-on", "另页": "page", "换页": "page"}.get(bare, bare)
        return (word, "") if word in ("", "run-on", "page") else (None, "run-on or page")
    if english == "lang":
        tag = _language(bare)
        return tag, "" if tag or not bare else "a language tag, for example zh-Hans"
    return text, ""


def _language(text: str) -> str | None:
    """A language tag (RFC 5646) as it is written, with "_" for "-", or from a language's own name."""
    import re

    from converters.model.front_matter_keys import LANGUAGES

    tag = LANGUAGES.get(text.lower(), text.replace("_", "-"))
    return tag if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", tag, re.ASCII) else None


def _number(text: str) -> int | None:
    """The one number in a short text such as "100", "2026年" or "总第345期"."""
    import re

    match = re.fullmatch(r"\D{0,3}?(\d{1,9})\D{0,2}", text)
    return int(match[1]) if match and "-" not in text else None


def _date(text: str) -> datetime.date | None:
    from .dates import parse_date

    return parse_date(text)


def _wrong(reading: _Reading, key: y.Scalar, wanted: str, text: str = "") -> None:
    message = "“{key}” should be {should}, not “{value}”; it is left out" if text else "“{key}” should be {should}"
    reading.find("M-VALUE", Severity.ERROR, message, key, key=key.text.strip(), should=wanted, value=text)


def _articles(value: y.Value, key: y.Scalar, reading: _Reading) -> tuple[ArticleOverride, ...]:
    from converters.model.front_matter_keys import ARTICLE_KEYS, names

    from . import yaml_values as y

    if isinstance(value, y.Scalar) and value.null:
        return ()
    if not isinstance(value, y.Sequence) or not all(isinstance(item, y.Mapping) for item in value.items):
        _wrong(reading, key, "a list of articles, each with its own keys")
        return ()
    overrides = []
    for item in value.items:
        values: dict[str, Any] = {}
        assert isinstance(item, y.Mapping)
        for english, name, said in _known(item, names(ARTICLE_KEYS), reading):
            if english in ("title", "author"):
                texts = _texts(said)
                if texts is None:
                    _wrong(reading, name, "a text or a list of texts")
                else:
                    values[english] = tuple(text for text in texts if text)
            else:
                _set(values, english, name, said, reading)
        overrides.append(replace(ArticleOverride(), **values))
    return tuple(overrides)


def _settings(value: y.Value, key: y.Scalar, reading: _Reading) -> tuple[tuple[str, str], ...]:
    """Settings of rules: "N-HDUP: off", or lists under ignore, select, fix and no_fix."""
    from . import yaml_values as y

    if isinstance(value, y.Scalar) and value.null:
        return ()
    if not isinstance(value, y.Mapping):
        _wrong(reading, key, "a list of rules, each with its setting")
        return ()
    words = {"ignore": "off", "select": "on", "fix": "fix", "no_fix": "no-fix"}
    settings: list[tuple[str, str]] = []
    for name, said in value.items:
        word = words.get(name.text.strip().lower().replace("-", "_"))
        texts = _texts(said)
        if texts is None:
            _wrong(reading, name, "a text or a list of texts")
        elif word:
            settings.extend((rule.strip(), word) for text in texts for rule in text.split(",") if rule.strip())
        else:
            settings.append((name.text.strip(), ",".join(texts)))
    return tuple(settings)
