"""Where the characters of a line are written in the source, and the marks that it begins with."""

from __future__ import annotations

import re
from typing import NamedTuple

from .lines import ITEM, Line
from .looks import CALL, PICTURE
from .pictures import picture_end

_ENTITY = re.compile(r"&#?\w{1,32};")
_HASHES = re.compile(r" {0,3}(#{1,6})[ \t]+")


class Place(NamedTuple):
    """A stretch of the source."""

    start: int
    end: int


def extents(line: Line, source: str) -> list[Place]:
    """Where each character of a line is written in the source: escapes, references and notes' calls included.

    A character without a place has what stands between its neighbours, the first of several all of it.
    """
    places, text = line.flat.places, line.text
    out: list[Place] = []
    for number, place in enumerate(places):
        if place < 0:
            out.append(Place(-1, -1))
            continue
        end = place + 1
        char = text[number]
        if char == CALL:
            end = call_end(source, place)
        elif char == PICTURE:
            end = picture_end(source, place)
        elif char == "\n" and source.startswith("<br", place):
            end = source.find(">", place) + 1 or end
        elif source[place] == "&" and (match := _ENTITY.match(source, place)):
            following = places[number + 1] if number + 1 < len(places) else -1
            end = match.end() if following < 0 or following >= match.end() else end
        before = out[-1].end if out and out[-1].end >= 0 else line.start
        if place > before and source[place - 1] == "\\" and char in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~":
            out.append(Place(place - 1, end))
        else:
            out.append(Place(place, end))
    return _filled(out, line, source)


def _filled(found: list[Place], line: Line, source: str) -> list[Place]:
    out = list(found)
    number = 0
    while number < len(out):
        if out[number].start >= 0:
            number += 1
            continue
        last = number
        while last < len(out) and out[last].start < 0:
            last += 1
        low = out[number - 1].end if number else line.start
        high = out[last].start if last < len(out) else line.end
        entities = [Place(match.start(), match.end()) for match in _ENTITY.finditer(source, low, high)]
        if len(entities) == last - number:
            out[number:last] = entities
        else:
            out[number] = Place(low, max(low, high))
            out[number + 1 : last] = [Place(max(low, high), max(low, high))] * (last - number - 1)
        number = last
    return out


def call_end(source: str, place: int) -> int:
    """Where a note's call that begins at a place of the source ends, with what is written in it."""
    opened = source.find("[", place)
    if opened < 0:
        return place + 1
    depth = 0
    for position in range(opened, min(len(source), opened + 100_000)):
        depth += {"[": 1, "]": -1}.get(source[position], 0)
        if depth == 0:
            return position + 1
    return place + 1


def hashes(line: Line, source: str) -> str:
    """The marks that make a line of the source a heading, "" where it has none."""
    match = _HASHES.match(source, line.start) if line.start >= 0 else None
    return match[1] if match else ""


def heading_end(line: Line, source: str) -> int:
    """Where the marks of a heading end."""
    match = _HASHES.match(source, line.start)
    return match.end() if match else line.start


def item_mark(line: Line, source: str) -> re.Match[str] | None:
    """The marker of an item of a list."""
    return ITEM.match(source, line.start)
