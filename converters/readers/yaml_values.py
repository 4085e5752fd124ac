"""YAML as plain text values with their places: nothing is constructed, no alias is followed, no type is guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from converters.records import dataclass

from .yaml_reasons import CONTROL, FROM_ITS_BEGINNING, reason_of

if TYPE_CHECKING:
    import yaml

# Front matter nests list, mapping, list; anything deeper is a mistake or an attack.
DEPTH_LIMIT = 8


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written; `row` and `column` count from 0, `null` says that nothing was written."""

    text: str
    row: int
    column: int
    null: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Value, ...]
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in order; a key may stand there twice."""

    items: tuple[tuple[Scalar, Value], ...]
    row: int
    column: int


Value: TypeAlias = Scalar | Sequence | Mapping


class BrokenYamlError(Exception):
    """YAML that cannot be used: why, and the row and the column (from 0) where."""

    def __init__(self, reason: str, row: int, column: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.row = row
        self.column = column


def load(text: str) -> Value | None:
    """The one document of a YAML text, None where it holds nothing. Raises BrokenYamlError."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # Containers that are still open: their start event and what they hold so far.
    open_containers: list[tuple[yaml.Event, list[Value]]] = []
    root: Value | None = None
    documents = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            row, column = _mark(event)
            value: Value | None = None
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise BrokenYamlError("there is more than one document in it", row, column)
            elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise BrokenYamlError(
                    "anchors (&) and aliases (*) are not allowed; put such a text between quotation marks", row, column
                )
            elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                open_containers.append((event, []))
                if len(open_containers) > DEPTH_LIMIT:
                    raise BrokenYamlError("it is nested too deeply", row, column)
            elif isinstance(event, yaml.ScalarEvent):
                plain = not event.style
                null = plain and event.value in ("", "~", "null", "Null", "NULL")
                value = Scalar("" if null else event.value, row, column, null)
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                start, held = open_containers.pop()
                value = _close(start, held)
            if value is not None:
                if open_containers:
                    open_containers[-1][1].append(value)
                else:
                    root = value
    except yaml.MarkedYAMLError as error:
        reason = reason_of(error.problem or "")
        marks = (error.problem_mark, error.context_mark)
        mark = next(filter(None, marks[::-1] if reason in FROM_ITS_BEGINNING else marks), None)
        row, column = (mark.line, mark.column) if mark else (0, 0)
        raise BrokenYamlError(reason, row, column) from None
    except yaml.YAMLError as error:
        wrong = re.search(CONTROL, text)
        before = text[: wrong.start()] if wrong else ""
        raise BrokenYamlError(reason_of(str(error)), before.count("\n"), len(before) - before.rfind("\n") - 1) from None
    return root


def _mark(event: yaml.Event) -> tuple[int, int]:
    """Row and column (from 0) where an event begins."""
    mark = event.start_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _close(start: yaml.Event, held: list[Value]) -> Value:
    import yaml

    row, column = _mark(start)
    if isinstance(start, yaml.SequenceStartEvent):
        return Sequence(tuple(held), row, column)
    pairs: list[tuple[Scalar, Value]] = []
    for key, value in zip(held[::2], held[1::2], strict=True):
        if not isinstance(key, Scalar):
            raise BrokenYamlError("a key is not a text", key.row, key.column)
        pairs.append((key, value))
    return Mapping(tuple(pairs), row, column)
